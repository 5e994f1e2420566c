# Feeds that lie: endless ones, those that lead to themselves or say nothing, of ten thousand items,
# with an item twice and dates of no calendar. None stops the others, and each says what is wrong.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"
. "${0%/*}/server.sh"
stories=$web

item() {
    echo "<item><title>$1</title><link>$stories/$2</link><guid>$3</guid><pubDate>$4</pubDate></item>"
}
rss() {
    echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>'
    cat
    echo '</channel></rss>'
}
for number in 1 2 3; do
    printf 'Bài số %s\n\nTrời mưa ở bến sông số %s.\n' $number $number |
        page "bai$number" 'text/plain; charset=utf-8'
done
{
    item 'Tin 1' bai1 g1 'Mon, 30 Nov 2026 08:00:00 GMT'
    item 'Tin 1' bai1 g1 'Mon, 30 Nov 2026 08:00:00 GMT'
    item 'Tin 2' bai2 g1 'Sun, 99 Foo 9999 99:99:99 +9999'
    item 'Tin 3' bai3 g3 'Thu, 01 Jan 1970 00:00:00 GMT'
} | rss | page ngay application/rss+xml
i=0
while [ $i -lt 10000 ]; do
    i=$((i + 1))
    echo "<item><title>Tin $i</title><link>$stories/khong-co/$i</link></item>"
done | rss | page nhieu application/rss+xml
{ echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>'; item x y z t; } |
    page khong-dut application/rss+xml
leads vong "$stories/vong"
echo '<html><p>Không phải nguồn tin.</p></html>' | page trang text/html

begin --allow-local --timeout 3 --max-bytes 3000000 --jobs 1
secret=$(form_secret)
for feed in endless/khong-dut vong hop/40 silent reset trang khong-co nhieu ngay; do
    subscribe 303 "$stories/$feed"
done
# The one that is asked last was asked, whatever the others did.
tries=0
while [ $tries -lt 600 ]; do
    curl -s "$web/" >page
    [ "$(grep -c '<li>http' page)" = "$(grep -c '<li>http.* · [0-9]' page)" ] && break
    tries=$((tries + 1))
    sleep 0.1
done
[ $tries -lt 600 ] || fail "not all feeds were asked: $(grep '<li>http' page)"
# What is wrong stands behind the address.
for feed in endless/khong-dut vong hop/40 silent reset trang khong-co; do
    awk -v feed="<li>$stories/$feed " 'index($0, feed) { on = 1 } on && /<p>/ { print; exit } on && /<form/ { exit }' page >message
    [ -s message ] || fail "nothing is said of $feed"
done
# Of ten thousand items the first thirty are taken; one that is there twice once.
told '"unfinished":0' "$web/api/articles"
holds '"count":33,"unfinished":0'
for number in 1 2 3; do
    [ "$(grep -o "$stories/bai$number\"" out | wc -l)" = 1 ] || fail "item $number is not there once"
done
grep -q "khong-co/31\"" out && fail "more than thirty items were taken"
memory=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server/status")
[ "$memory" -lt 131072 ] || fail "the server took $memory KiB"

# There are not more than so many.
count=$(grep -c '<li>http' page)
while [ "$count" -lt 200 ]; do
    count=$((count + 1))
    printf 'url = "%s/feeds"\ndata = "secret=%s&url=%s/khong-co/%s"\noutput = out\nheader = "Authorization: Bearer %s"\n' \
        "$web" "$secret" "$stories" "$count" "$token"
    [ "$count" = 200 ] || echo next
done >many
curl -s -K many
subscribe 503 "$stories/them"
holds 'too many feeds'
end TERM 0
finish
