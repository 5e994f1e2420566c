# Twelve thousand articles wait: the server begins at once, answers at once, takes no more in, and
# needs little memory; the page turns to the last ones.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"
python=$(command -v python3)
"$python" -c 'import sqlite3' 2>/dev/null || skip "python3 has no sqlite3"

begin
end TERM 0
"$python" -c 'import sqlite3
base = sqlite3.connect("state/articles.sqlite")
base.executemany("INSERT INTO articles (id, source, title, added, place) VALUES (?, ?, ?, ?, ?)",
                 (("%016x" % i, "https://khong-co.invalid/%d" % i, "Tin số %d" % i, 1700000000 + i, i)
                  for i in range(1, 12001)))
base.commit()'
begin --jobs 1
for path in / '/?from=11950' /feed.xml /api/articles '/api/articles?from=11000&most=1000'; do
    time=$(curl -s -o out -w '%{time_total}' "$web$path")
    [ "${time%%.*}" -lt 2 ] || fail "$path took $time seconds"
done
curl -s "$web/" >out
holds 'href="/?from=50#queue"'
grep -q 'Newer' out && fail "there is something newer than the newest"
curl -s "$web/?from=11950" >out
holds 'Tin số 50<'
holds 'Tin số 1<'
grep -q 'Older\|Tin số 51<' out && fail "there is something older than the oldest"
curl -s "$web/?from=4294967295" >out
holds 'Newer'
sent 503 -H 'Content-Type: text/plain' -d 'Thêm một bài.'
holds 'Too many articles are waiting'
# The first that came is the first that is made.
told '"state":"failed"' "$web/api/articles/0000000000000001"
ask 200 "$web/api/articles/0000000000002ee0"
holds '"state":"queued"'
memory=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server/status")
grep -qa __asan_init "$DOCBAO" || [ "$memory" -lt 25600 ] || fail "the server took $memory KiB"
end TERM 0
finish
