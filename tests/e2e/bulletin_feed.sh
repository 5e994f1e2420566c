# Bulletins of a feed, day after day: what is new, what was heard, and feeds that lie.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"
export XDG_CACHE_HOME="$tmp/cache" XDG_STATE_HOME="$tmp/state"

for name in mot hai ba bon; do
    printf 'Bài %s của làng\n\nCâu thứ nhất của bài %s kể chuyện mùa gặt.\n' $name $name |
        page $name 'text/plain; charset=utf-8'
done

# item NAME DATE
item() {
    printf '<item><title>Nhan đề %s</title><link>%s/%s</link><pubDate>%s</pubDate></item>\n' \
        "$1" "$web" "$1" "$2"
}
# feed ITEMS...: as they stand in standard input.
feed() {
    {
        printf '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        printf '<title>Báo mẫu</title><link>%s/</link>\n' "$web"
        cat
        printf '</channel></rss>\n'
    } | page rss 'application/rss+xml; charset=utf-8'
}
# make DATE [OPTION...]
make() {
    "$DOCBAO" bulletin tin.ini -o x.wav --allow-local --captions srt --run-sheet csv --date "$@"
}
titles() {
    sed 1d x.sheet.csv | cut -d '"' -f 2 | tr '\n' ';'
}

cat >tin.ini <<END
[bulletin]
first = 2026-11-30
[opening]
text = {weekday}, ngày {date}, số {number}.
[headlines]
[articles]
feed = $web/rss
most = 3
days = 2
new = yes
[closing]
END

# Today's and yesterday's; a date that cannot be read, or is to come, counts as today; an older one
# does not.
{
    item mot 'Mon, 30 Nov 2026 06:00:00 +0700'
    item hai 'Sat, 28 Nov 2026 06:00:00 +0700'
    item ba 'hôm qua'
    item bon 'Tue, 30 Nov 2099 06:00:00 +0700'
} | feed
expect 0 make 2026-11-30
[ "$(titles)" = 'Mở đầu;Những tin chính;Nhan đề mot;Nhan đề ba;Nhan đề bon;Kết thúc;' ] ||
    fail "the first day has $(titles)"
grep -q 'Thứ Hai, ngày 30/11/2026, số 1' x.srt || fail "no opening: $(head -4 x.srt)"
# Made again on the same day, it has the same news; another recipe of the day has none of them.
cp x.srt once.srt
expect 0 make 2026-11-30
cmp -s once.srt x.srt || fail "made again, the bulletin is another: $(titles)"
cp tin.ini trua.ini
expect 0 "$DOCBAO" bulletin trua.ini -o trua.wav --allow-local --date 2026-11-30
says 'There is no article to take'
# The next day nothing is new, and that is said; the rest is made.
expect 0 make 2026-12-01
says 'tin.ini:7: There is no article to take'
[ "$(titles)" = 'Mở đầu;Kết thúc;' ] || fail "without news: $(titles)"
grep -q 'Thứ Ba, ngày 1/12/2026, số 2' x.srt || fail "no opening: $(head -4 x.srt)"
# What failed counts as new; a page that is gone is left out, and the next one comes.
rm www/mot
rm -r state
expect 3 make 2026-11-30
says 'An article is left out.*/mot'
[ "$(titles)" = 'Mở đầu;Những tin chính;Nhan đề ba;Nhan đề bon;Kết thúc;' ] ||
    fail "without a page that is gone: $(titles)"
grep -q "$web/mot" state/docbao/heard && fail "what could not be read counts as heard"
grep -q "$web/ba" state/docbao/heard || fail "what was made is not remembered"
# A bulletin that fails remembers nothing.
rm -r state
sed -i 's/^first/profile = khong-co\nfirst/' tin.ini
expect 1 make 2026-11-30
[ -e state/docbao/heard ] && fail "a bulletin that failed remembers what it took"
sed -i '/^profile/d' tin.ini
# The same article twice, in one feed or in two, is heard once.
{
    item ba ''
    item ba ''
} | feed
printf '[articles]\nfeed = %s/rss\n' "$web" >>tin.ini
expect 0 make 2026-11-30
[ "$(titles | grep -o 'Nhan đề ba' | wc -l)" = 1 ] || fail "heard twice: $(titles)"
# No feed at all: it is told, and the rest is made.
printf '<html><p>Không phải nguồn tin.</p></html>' | page rss 'text/html'
expect 3 make 2026-11-30
says "tin.ini:7: A feed is left out. $web/rss"
[ "$(titles)" = 'Mở đầu;Kết thúc;' ] || fail "without a feed: $(titles)"
# What goes for the time is not heard, and so comes again.
{
    item ba ''
    item bon ''
} | feed
rm -r state
for name in ba bon; do
    printf 'Bài %s kể chuyện mùa gặt của bà con trong làng năm nay.\n' $name |
        page $name 'text/plain; charset=utf-8'
done
printf '[bulletin]\nfit = 0:04\n[articles]\nfeed = %s/rss\n' "$web" >tin.ini
make 2026-11-30 >out 2>err
says 'Nhan đề bon.*left out'
grep -q "$web/bon" state/docbao/heard && fail "what was left out counts as heard"
grep -q "$web/ba" state/docbao/heard || fail "what was kept is not remembered"

finish
