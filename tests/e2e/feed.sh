# Feeds: what is listed, read and remembered. The server is our own, on loopback.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"
export XDG_STATE_HOME="$tmp/state"
heard=state/docbao/heard

for name in mot hai ba; do
    printf 'Bài %s có một câu.\n' $name | page $name 'text/plain; charset=utf-8'
done

# rss PLACE: an RSS 2.0 feed of three articles; the second has no date, the third a title in HTML.
rss() {
    cat <<END

<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
     xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Báo mẫu</title><link>$1/</link>
<atom:link href="$1/rss" rel="self"/>
<item><title>Bài một &#8211; mưa</title><link>$1/mot</link><guid isPermaLink="false">so-1</guid>
  <pubDate>Tue, 24 Nov 2026 08:30:00 +0700</pubDate></item>
<item><title><![CDATA[Bài
  hai]]></title><link> $1/hai </link></item>
<item><title>&lt;b&gt;Bài&lt;/b&gt; ba &amp;amp; bốn</title><guid>$1/ba</guid>
  <pubDate>24 Nov 2026 01:05 GMT</pubDate></item>
</channel></rss>
END
}
rss "$web" | page rss 'application/rss+xml; charset=utf-8'
lists() {
    cat >wanted
    expect 0 "$DOCBAO" feed --list --allow-local "$@"
    cmp -s out wanted || fail "$* lists: $(cat out)"
}
rows() {
    printf '2026-11-24T08:30:00+07:00\tBài một – mưa\t%s/mot\n\tBài hai\t%s/hai\n' "$web" "$web"
    printf '2026-11-24T01:05Z\tBài ba & bốn\t%s/ba\n' "$web"
}
rows | lists "$web/rss"
[ "$(asked /mot)" = 0 ] || fail "listing fetches articles"
[ -e $heard ] && fail "listing remembers something"

# Taken for an article it is refused with the verb for it, from the network and as a file; raw it is
# text like any other.
rss "$web" >rss.xml
for source in "$web/rss" rss.xml; do
    expect 2 "$DOCBAO" text --allow-local "$source"
    says 'is a feed, a list of articles; docbao feed reads them'
done
expect 0 "$DOCBAO" text --raw --written rss.xml
grep -q 'channel' out || fail "raw it is read as: $(cat out)"

# Played: in order, each remembered, and not twice with --new.
plays() {
    cat >wanted
    expect 0 "$DOCBAO" feed --allow-local --device null "$@"
    cmp -s out wanted || fail "$* plays: $(cat out)"
}
printf 'Bài mot có một câu.\nBài hai có một câu.\nBài ba có một câu.\n' >all
plays "$web/rss" <all
[ "$(wc -l <$heard)" = 3 ] || fail "heard: $(cat $heard)"
grep -qxF "$web/hai" $heard || fail "heard lacks the second: $(cat $heard)"
grep -qxF "$web/rss so-1" $heard || fail "heard lacks the first: $(cat $heard)"
plays "$web/rss" <all
[ "$(wc -l <$heard)" = 3 ] || fail "heard twice, remembered twice: $(cat $heard)"
expect 0 "$DOCBAO" feed --new --allow-local --device null "$web/rss"
[ -s out ] && fail "--new plays what was heard"
says 'nothing new'
lists --new "$web/rss" </dev/null
grep -vF so-1 $heard >less
cp less $heard
echo 'Bài mot có một câu.' | plays --new "$web/rss"

# Saved: remembered when the file is whole.
rm $heard
expect 2 "$DOCBAO" feed --allow-local "$web/rss" -o no/such/folder/a.wav
[ -e $heard ] && fail "what was not saved is remembered: $(cat $heard)"
expect 0 "$DOCBAO" feed -q --allow-local "$web/rss" -o a.wav
[ -s a.wav ] || fail "a feed is not saved"
[ "$(wc -l <$heard)" = 3 ] || fail "saved, but not remembered: $(cat $heard)"

# Stopped in the midst: what was heard before is remembered, what was begun is not.
rm $heard www/log
long_article | page hai 'text/plain; charset=utf-8'
E2E_MARK="$tmp" "$DOCBAO" feed --allow-local --device null:realtime "$web/rss" >out 2>err &
player=$!
until_asked /ba
tries=0
while [ ! -s $heard ] && [ $tries -lt 300 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
kill -TERM $player
wait $player
code=$?
[ $code = 4 ] || fail "exit $code after a signal: $(head -c 200 err)"
none_left "$tmp"
grep -qxF "$web/hai" $heard && fail "an article that was broken off is remembered"
grep -qF "so-1" $heard || fail "an article that was heard is not remembered"
grep -qxF "$web/ba" $heard && fail "an article that was only fetched is remembered"
printf 'Bài hai có một câu.\n' | page hai 'text/plain; charset=utf-8'

# One that cannot be had: the others are read, and it is said.
leads hai /loop
leads loop /loop
rm $heard
expect 3 "$DOCBAO" feed --allow-local --device null "$web/rss"
says "$web/hai: "
[ "$(wc -l <out)" = 2 ] || fail "with one of three missing, $(wc -l <out) are read"
grep -qxF "$web/hai" $heard && fail "an article that could not be had is remembered"

# Many at once lose nothing.
rm $heard
i=0
workers=
while [ $i -lt 6 ]; do
    printf '<rss><channel><item><title>Bài</title><guid>x:%s</guid><link>%s/mot</link></item>
        <item><title>Bài</title><guid>y:%s</guid><link>%s/ba</link></item></channel></rss>' \
        $i "$web" $i "$web" | page many$i text/xml
    "$DOCBAO" feed -q --allow-local --device null "$web/many$i" >many$i.out 2>&1 &
    workers="$workers $!"
    i=$((i + 1))
done
# shellcheck disable=SC2086 # one argument a process
wait $workers
[ "$(sort -u $heard | wc -l)" = 12 ] || fail "of 12 heard at once, these are left: $(cat $heard)"
ls -A state/docbao | grep -qv '^heard\(\.lock\)\?$' && fail "left over: $(ls -A state/docbao)"

# Atom, with relative links, two links, text and XHTML; RDF; a file; an old encoding.
cat >atom <<END
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="$web/cu/"><title>Báo</title>
<entry><title type="html">Một &amp;lt; hai</title><id>tag:mau,2026:1</id>
 <link rel="edit" href="/sua"/><link href="../mot"/><updated>2026-11-24T09:00:00+07:00</updated>
 <published>2026-11-24T08:00:00+07:00</published></entry>
<entry><title>Không có gì</title><id>tag:mau,2026:2</id></entry>
<entry><title>Tệp</title><id>tag:mau,2026:3</id><link href="file:///etc/passwd"/></entry>
</feed>
END
page atom application/atom+xml <atom
printf '2026-11-24T08:00:00+07:00\tMột < hai\t%s/mot\n' "$web" >rows
lists "$web/atom" <rows
lists atom <rows
cat >rdf <<END
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="$web/"><title>Báo</title></channel>
<item rdf:about="$web/mot"><title>Một</title><link>$web/mot</link><dc:date>2026-11-24</dc:date></item>
</rdf:RDF>
END
printf '2026-11-24\tMột\t%s/mot\n' "$web" | lists rdf
"$DOCBAO" feed --list - <rdf >out 2>err || fail "a feed is not read from standard input"
[ -s out ] || fail "a feed from standard input is empty"

# The text stands in the feed itself: read where there is no page.
cat >content <<END
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>Chợ nổi</title><link>$web/missing</link><guid>z:1</guid><description>Tóm tắt.</description>
<content:encoded><![CDATA[<p>Chợ nổi họp từ sáng sớm trên khúc sông rộng, ghe thuyền khắp nơi đổ về
mua bán trái cây, rau củ.</p><p>Người dân nói rằng năm nay nước lên muộn hơn mọi năm nửa tháng, nên
khách đến xem cũng ít đi nhiều.</p>]]></content:encoded></item></channel></rss>
END
expect 0 "$DOCBAO" feed --allow-local --device null content
grep -q 'Chợ nổi họp từ sáng sớm' out || fail "the content of a feed is not read: $(cat out)"
grep -q '<p>\|&lt;' out && fail "the content of a feed is not read as HTML: $(cat out)"
says 'read from the feed'

# Controls do not reach the terminal, and entities do not grow.
printf '<rss><channel><item><title>M\302\233\342\200\256t</title><link>%s/mot</link></item></channel></rss>' \
    "$web" >controls
printf '\tM t\t%s/mot\n' "$web" | lists controls
{
    echo '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    last=a
    for name in b c d e f g h i; do
        echo "<!ENTITY $name \"&$last;&$last;&$last;&$last;&$last;&$last;&$last;&$last;\">"
        last=$name
    done
    echo "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>T&$last;&x;</title>"
    echo "<link>$web/mot</link></item></channel></rss>"
} >growing
"$DOCBAO" feed --list growing >out 2>err
[ "$(wc -c <out)" -lt 1000 ] || fail "entities grew"
grep -q root out && fail "a feed was given a file of this machine"

# What is no feed, or an empty one, or cut off.
echo '<html><body><p>Trang.</p></body></html>' >html
echo '<rss><channel><title>Trống</title></channel></rss>' >none
for bad in html none no-such-file ok.txt "$web/missing" "$web/mot"; do
    expect 2 "$DOCBAO" feed --list --allow-local $bad
    expect 2 "$DOCBAO" feed --allow-local --device null $bad
done
head -c 700 atom >cut
rss "$web" | head -c 620 >cut
expect 3 "$DOCBAO" feed --list cut
says "cut short"
expect 3 "$DOCBAO" feed --list none cut
expect 2 "$DOCBAO" feed --list "$web/rss"
says 'allow-local'
usage "$DOCBAO" feed
usage "$DOCBAO" feed --list --device null rdf
usage "$DOCBAO" text --new rdf

# Nothing can be remembered: read all the same, and said.
mkdir -p blocked
: >blocked/docbao
XDG_STATE_HOME="$tmp/blocked" "$DOCBAO" feed --allow-local --device null rdf >out 2>err
grep -q 'remembered' err || fail "what cannot be remembered is not said: $(cat err)"
grep -q 'Bài mot' out || fail "without a memory nothing is read"
finish
