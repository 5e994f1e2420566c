# Some thousands of requests, and clients that break off: the server's memory does not grow, and no
# file stays open.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"

begin
printf 'Chợ nổi\n\nNgày 15/5/2016, UBND tỉnh họp.\n' >bai
sent 201 -H 'Content-Type: text/plain' --data-binary @bai
id=$(id_of)
made "$id"
# rounds N: so many requests of each kind.
rounds() {
    for path in / /api/articles /feed.xml /serve.js "/api/articles/$id" "/api/articles/$id.mp3" \
        "/api/articles/$id.html" /api/articles/0000000000000000.mp3 /khong-co; do
        curl -s -o /dev/null "$web$path?n=[1-$1]"
    done
    curl -s -o /dev/null -H 'Accept-Encoding: gzip' "$web/?n=[1-$1]"
    curl -s -o /dev/null -H 'Range: bytes=7-99' "$web/api/articles/$id.mp3?n=[1-$1]"
    curl -s -o /dev/null -H 'Host: evil.example' "$web/?n=[1-$1]"
    curl -s -o /dev/null -d 'secret=x&text=y' "$web/articles?n=[1-$1]"
    curl -s -o /dev/null -H "Authorization: Bearer $token" -H 'Content-Type: text/plain' \
        --data-binary @bai "$web/api/articles?n=[1-$1]"
    # Those who go away in the middle.
    i=0
    while [ $i -lt $(($1 / 10)) ]; do
        i=$((i + 1))
        curl -s "$web/api/articles/$id.mp3" | head -c 100 >/dev/null
        curl -s -m 0.05 --limit-rate 1 --data-binary @bai "$web/api/articles" -o /dev/null
    done
}
memory() {
    sed -n 's/^RssAnon:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server/status"
}
descriptors() {
    ls "/proc/$server/fd" | wc -l
}
rounds 60
before=$(memory) open=$(descriptors)
rounds 300
after=$(memory)
[ $((after - before)) -lt 256 ] || fail "4200 requests took $((after - before)) KiB: $before, then $after"
tries=0
while [ "$(descriptors)" -gt "$open" ] && [ $tries -lt 50 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
[ "$(descriptors)" -le "$open" ] || fail "files stay open: $open, then $(descriptors)"
ask 200 "$web/api/articles/$id.mp3"
end TERM 0
finish
