#!/bin/sh
# Podcasts: the feed, its files, what is made once only, what is too old, what fails.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"

url=https://bao.example/nghe%20bai
mkdir bai
# article NAME DATE TITLE
article() {
    printf '<html><head><title>%s</title><meta property="article:published_time" content="%s"></head><body><article><h1>%s</h1><p>Sáng nay bà con họp chợ ở đầu làng, ai cũng vui vì hàng về nhiều, giá lại rẻ.</p><h2>Giá cả</h2><p>Rau muống năm nghìn đồng một bó, cá rô hai mươi nghìn đồng một cân.</p></article></body></html>' \
        "$3" "$2" "$3" >"bai/$1.html"
}
today=$(date +%F)
article cu 2020-03-04T05:06:07+07:00 'Chợ cũ ở đầu làng họp phiên cuối năm'
article moi "$today" 'Chợ mới &amp; “vui” ở đầu làng họp phiên đầu'
: >bai/rong.txt

# One article is broken; the others are there, with all that a feed names.
expect 3 "$DOCBAO" podcast bai -o ra --base-url "$url" --title 'Nghe <báo>' -q
for ending in mp3 vtt chapters.json; do
    [ "$(ls ra/*."$ending" | wc -l)" = 2 ] || fail "files with $ending: $(ls ra)"
done
[ -s ra/cover.png ] || [ -n "$(cat err)" ] || fail "no cover"
sums() { (cd "$1" && cksum -- *.mp3 *.vtt *.json *.xml *.png 2>/dev/null); }
sums ra >first

# The second run changes nothing, and makes nothing.
touch -d '2001-01-01' ra/*
expect 2 "$DOCBAO" podcast bai/rong.txt -o ra --base-url "$url" --title 'Nghe <báo>' -q
expect 3 "$DOCBAO" podcast bai -o ra --base-url "$url" --title 'Nghe <báo>' -q
sums ra >second
cmp -s first second || fail "another run changed something: $(diff first second | head -5)"
[ -z "$(find ra -newermt 2002-01-01 ! -name '*.jsonl' -type f)" ] ||
    fail "written again: $(find ra -newermt 2002-01-01)"

# The feed, by another program, and the sound in parts.
if /usr/bin/python3 -c 'import feedparser' 2>/dev/null && command -v curl >/dev/null 2>&1; then
    /usr/bin/python3 -B "$SOURCE/tests/e2e/podcast.py" "$PWD/ra" "$url" >out 2>&1 ||
        fail "feedparser and curl: $(tail -5 out)"
else
    echo "not tried, because it is not installed: feedparser, curl"
fi

# An article that was changed keeps its name, and its sound gets another address.
old=$(sed -n 's/.*\(https:[^"]*moi[^"]*mp3?v=[0-9a-f]*\)".*/\1/p' ra/feed.xml)
article moi "$today" 'Chợ mới &amp; “vui” ở đầu làng họp phiên đầu'
sed -i 's/ai cũng vui/ai cũng rất vui/' bai/moi.html
expect 3 "$DOCBAO" podcast bai -o ra --base-url "$url" --title 'Nghe <báo>' -q
new=$(sed -n 's/.*\(https:[^"]*moi[^"]*mp3?v=[0-9a-f]*\)".*/\1/p' ra/feed.xml)
[ -n "$old" ] && [ "${old%%\?*}" = "${new%%\?*}" ] && [ "$old" != "$new" ] ||
    fail "the address of a changed sound: $old, $new"

# With another title its files have another name, and none are left of the old one.
article moi "$today" 'Chợ rất mới ở đầu làng họp phiên đầu'
expect 3 "$DOCBAO" podcast bai -o ra --base-url "$url" --title 'Nghe <báo>' -q
[ "$(ls ra/*.mp3 | wc -l)$(ls ra/*.vtt | wc -l)$(grep -c '<item>' ra/feed.xml)" = 222 ] ||
    fail "files of another title: $(ls ra)"
ls ra/*cho-rat-moi*.mp3 >/dev/null 2>&1 || fail "the new title: $(ls ra)"

# What is too old goes, and does not come back.
for run in 1 2; do
    expect 3 "$DOCBAO" podcast bai -o ra --base-url "$url" --title 'Nghe <báo>' --keep 30 -q
    [ "$(ls ra/*.mp3 | wc -l)$(grep -c '<item>' ra/feed.xml)" = 11 ] ||
        fail "run $run: what is too old is there: $(ls ra)"
    [ -z "$(ls ra/2020* 2>/dev/null)" ] || fail "files of what is too old: $(ls ra/2020*)"
done
grep -q '"status":"expired"' ra/docbao.log.jsonl || fail "the log does not say what is too old"
# With a larger number it comes back, as it does after a run whose clock was ahead.
expect 3 "$DOCBAO" podcast bai -o ra --base-url "$url" --title 'Nghe <báo>' --keep 20000 -q
[ "$(ls ra/*.mp3 | wc -l)$(grep -c '<item>' ra/feed.xml)" = 22 ] ||
    fail "what is not too old any more: $(ls ra)"
# In a new folder it is not even made.
expect 3 "$DOCBAO" podcast bai -o moi --base-url "$url" --keep 30
[ "$(ls moi/*.mp3 | wc -l)" = 1 ] || fail "made although it is too old: $(ls moi)"
grep -q '<title>moi</title>' moi/feed.xml || fail "without a title it is called like its folder"

# A cover of one's own.
expect 1 "$DOCBAO" podcast bai -o moi --base-url "$url" --cover none.png
if [ -s ra/cover.png ]; then
    { cat ra/cover.png && echo; } >bia.png
    expect 3 "$DOCBAO" podcast bai -o moi --base-url "$url" --cover bia.png --keep 30 -q
    cmp -s bia.png moi/cover.png || fail "the cover is another"
    # An article with a picture keeps it.
    mkdir -p tranh/anh
    cp ra/cover.png tranh/anh/a.png
    {
        printf '<html><head><title>Bài ảnh</title></head><body><article><h1>Bài có ảnh của làng</h1>'
        printf '<p>Sáng nay bà con họp chợ ở đầu làng, ai cũng vui vì hàng về nhiều.</p><figure>'
        printf '<img src="anh/a.png"><figcaption>Chợ đầu làng</figcaption></figure>'
        printf '<p>Rau muống năm nghìn đồng một bó, cá rô hai mươi nghìn đồng.</p></article></body></html>'
    } >tranh/anh.html
    expect 0 "$DOCBAO" podcast tranh -o ra-tranh --base-url "$url" -q
    cmp -s ra-tranh/cover.png tranh/anh/a.png && fail "covers of two titles are the same"
    if command -v ffmpeg >/dev/null; then
        ffmpeg -v error -i ra-tranh/*.mp3 -map 0:v -c copy -f image2pipe - </dev/null >picture
        cmp -s picture tranh/anh/a.png || fail "the picture of an article is not that of its episode"
    fi
fi

# A feed that has only links; one leads nowhere. What the page does not say, the feed does.
{ printf '<html><head><title>Tin một</title></head><body><article><h1>Tin một của làng</h1>' &&
    printf '<p>Sáng nay bà con họp chợ ở đầu làng, ai cũng vui.</p></article></body></html>'; } |
    page mot 'text/html; charset=utf-8'
printf 'Tin hai của xã\n\nCầu mới đã thông xe, bà con đi lại dễ dàng.\n' |
    page hai 'text/plain; charset=utf-8'
{
    printf '<?xml version="1.0"?><rss version="2.0"><channel><title>Báo mẫu</title>'
    for item in mot hai mat; do
        printf '<item><title>Nhan đề %s</title><link>%s/%s</link>' $item "$web" $item
        printf '<pubDate>Mon, 30 Nov 2026 06:00:00 +0700</pubDate></item>'
    done
    printf '</channel></rss>'
} | page rss 'application/rss+xml; charset=utf-8'
for run in 1 2; do
    expect 3 "$DOCBAO" podcast "$web/rss" -o tu-rss --base-url "$url" --allow-local -q
    [ "$(grep -c '<item>' tu-rss/feed.xml)" = 2 ] || fail "run $run: $(cat tu-rss/feed.xml)"
    [ "$(grep -c 'Sun, 29 Nov 2026 23:00:00 +0000</pubDate>' tu-rss/feed.xml)" = 2 ] ||
        fail "run $run: the dates of the feed: $(grep pubDate tu-rss/feed.xml)"
    grep -qF "<link>$web/mot</link>" tu-rss/feed.xml || fail "run $run: no link to the page"
    [ $run = 1 ] && cp tu-rss/feed.xml feed-1
done
cmp -s feed-1 tu-rss/feed.xml || fail "the second run of a feed changed it"

# What is wrong is said.
expect 1 "$DOCBAO" podcast bai -o moi
says 'base-url'
for bad in ftp://x 'https://x/"' 'https://x/?a=b' nghe; do
    expect 1 "$DOCBAO" podcast bai -o moi --base-url "$bad"
done
expect 1 "$DOCBAO" podcast bai --base-url "$url"
expect 2 "$DOCBAO" podcast khong-co -o trong --base-url "$url"
[ -e trong ] && fail "a run without articles left $(ls -d trong/*)"
finish
