# The server: what is sent becomes sound, captions and a page; who may not, is refused; nothing is
# lost when it ends, however it ends. All on loopback.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"

begin
grep -q '^http://127.0.0.1:[0-9]*$' address || grep -q '^http://127.0.0.1:[0-9]*/$' address ||
    fail "the address is not told: $(cat address)"
[ "$(stat -c %a state/token)" = 600 ] || fail "others may read the token"
[ "$(stat -c %a state)" = 700 ] || fail "others may read the folder"
tr '\0' ' ' <"/proc/$server/cmdline" | grep -qF "$token" && fail "the token is in the command line"

# A text becomes sound, captions, and a page.
printf 'Chợ nổi Cái Răng\n\nNgày 15/5/2016, UBND tỉnh họp.\n\nTrời mưa to ở bến sông.\n' >bai
sent 201 -H 'Content-Type: text/plain; charset=utf-8' --data-binary @bai
id=$(id_of)
[ ${#id} = 16 ] || fail "no id: $(cat out)"
heads "^location: /api/articles/$id"
made "$id"
grep -q '"state":"done"' state.json || fail "it is not made: $(cat state.json)"
sent 200 -H 'Content-Type: text/plain' --data-binary @bai
[ "$(id_of)" = "$id" ] || fail "the same text has another id"
ask 200 "$web/api/articles"
holds "$id"
holds 'Chợ nổi'
jq -e '.count == 1 and .unfinished == 0 and (.articles | length) == 1' out >/dev/null 2>&1 ||
    ! command -v jq >/dev/null || fail "the list is another: $(cat out)"

ask 200 "$web/api/articles/$id.vtt"
heads '^content-type: text/vtt'
holds '^WEBVTT'
ask 200 "$web/api/articles/$id.json"
heads '^content-type: application/json'
holds 'UBND'
ask 200 "$web/api/articles/$id.html"
holds "src=\"$id.mp3\""
heads "^content-security-policy: .*script-src 'sha256-"
# The policy lets just the script of the page run.
awk '/^<script>$/ { on = 1; printf "\n"; next } /^<\/script>$/ { on = 0 } on' out >script
hash=$(openssl dgst -sha256 -binary script 2>/dev/null | base64)
[ -z "$hash" ] || grep -qF "sha256-$hash" head || fail "the policy is for another script"

# Ranges, and tags.
ask 200 "$web/api/articles/$id.mp3"
heads '^content-type: audio/mpeg'
heads '^accept-ranges: bytes'
cp out whole.mp3
size=$(wc -c <whole.mp3)
etag=$(sed -n 's/^[Ee][Tt][Aa][Gg]: //p' head | tr -d '\r')
case $etag in '"'*'"') ;; *) fail "no strong tag: $etag" ;; esac
part() {
    range=$1 first=$2 count=$3
    ask 206 -H "Range: bytes=$range" "$web/api/articles/$id.mp3"
    heads "^content-range: bytes $first-$((first + count - 1))/$size"
    tail -c +$((first + 1)) whole.mp3 | head -c "$count" | cmp -s - out ||
        fail "other bytes for $range"
}
part 0-0 0 1
part 100-299 100 200
part "$((size - 5))-" $((size - 5)) 5
part -7 $((size - 7)) 7
part "10-$((size * 2))" 10 $((size - 10))
ask 416 -H "Range: bytes=$size-" "$web/api/articles/$id.mp3"
heads "^content-range: bytes \*/$size"
ask 200 -H 'Range: bytes=5-3' "$web/api/articles/$id.mp3"
ask 200 -H 'Range: bytes=0-1' -H 'If-Range: "other"' "$web/api/articles/$id.mp3"
ask 206 -H 'Range: bytes=0-1' -H "If-Range: $etag" "$web/api/articles/$id.mp3"
ask 304 -H "If-None-Match: $etag" "$web/api/articles/$id.mp3"
ask 304 -H "If-None-Match: \"x\", W/$etag" "$web/api/articles/$id.mp3"
ask 200 -H 'If-None-Match: "x"' "$web/api/articles/$id.mp3"
ask 200 -I "$web/api/articles/$id.mp3"
heads "^content-length: $size"

# The page, its form, and compression.
ask 200 "$web/"
heads "^content-security-policy: default-src 'none'"
holds "/api/articles/$id.mp3"
secret=$(sed -n 's/.*name="secret" value="\([0-9a-f]*\)".*/\1/p' out | head -1)
[ ${#secret} = 64 ] || fail "the form has no secret"
cp out page
ask 200 -H 'Accept-Encoding: gzip' "$web/"
heads '^content-encoding: gzip'
gzip -dc out | cmp -s - page || fail "the packed page is another"
ask 303 --data-urlencode 'text=Bài gửi từ biểu mẫu.' -d "secret=$secret" "$web/articles"
heads '^location: /'
ask 200 "$web/feed.xml"
heads '^content-type: application/rss+xml'
holds "<enclosure url=\"$web/api/articles/$id.mp3?v="
holds "length=\"$size\""

# Other names, other sites.
ask 421 -H 'Host: evil.example' "$web/"
ask 421 -H "Host: evil.example:$port" "$web/api/articles"
ask 421 -H "Host: localhost" "$web/"
ask 200 -H "Host: localhost:$port" "$web/"
ask 403 -H 'Origin: http://evil.example' -d "secret=$secret&text=x" "$web/articles"
ask 403 -H 'Origin: null' -d "secret=$secret&text=x" "$web/articles"
ask 403 -H 'Sec-Fetch-Site: cross-site' -d "secret=$secret&text=x" "$web/articles"
ask 403 -H 'Sec-Fetch-Site: same-site' -d "secret=$secret&text=x" "$web/articles"
ask 403 -d "text=x" "$web/articles"
ask 403 -d "secret=$(echo "$secret" | tr 0-9a-f 1-9a-f0)&text=x" "$web/articles"
ask 403 -d "secret=&text=x" "$web/articles"
ask 403 -H 'Content-Type: text/plain' -d x "$web/api/articles"
ask 403 -H 'Authorization: Bearer 0123' -H 'Content-Type: text/plain' -d x "$web/api/articles"
ask 403 -X DELETE "$web/api/articles/$id"
ask 303 -H "Origin: $web" -H 'Sec-Fetch-Site: same-origin' -d "secret=$secret&text=Mưa." \
    "$web/articles"

# What no browser sends.
raw() {
    want=$1
    shift
    printf "$@" | timeout 5 "$python" -c '
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 4)
s.settimeout(4)
try:
    s.sendall(sys.stdin.buffer.read())
    s.shutdown(socket.SHUT_WR)
    print(s.recv(4096).decode("latin-1").split("\r\n")[0])
except OSError:
    print("closed")' "$port" >out 2>&1
    grep -q -e "$want" out || fail "$(cat out), not $want: $*"
}
python=$(command -v python3)
if [ -n "$python" ]; then
    raw ' 200 ' 'GET / HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$port"
    raw ' 4[0-9][0-9] ' 'GET / HTTP/1.0\r\n\r\n'
    raw ' 4[0-9][0-9] ' 'GET / HTTP/1.1\r\nHost: localhost:%s\r\nHost: evil.example\r\n\r\n' "$port"
    raw ' 4[0-9][0-9] ' 'GET / HTTP/1.1\r\nHost: evil.example\r\nHost: localhost:%s\r\n\r\n' "$port"
    raw ' 4[0-9][0-9] ' 'GET http://evil.example/ HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$port"
    raw ' 4[0-9][0-9] \|closed\|^$' 'GET / HTTP/1.1\r\nHost: localhost:%s\r\nX: %0100000d\r\n\r\n' "$port" 0
    raw ' 4[0-9][0-9] \|closed\|^$' 'nonsense\r\n\r\n'
    raw ' 4[0-9][0-9] \|closed\|^$' \
        'POST /api/articles HTTP/1.1\r\nHost: localhost:%s\r\nContent-Length: -5\r\n\r\nx' "$port"
    ask 200 "$web/api/articles"
fi

# What is no article, and paths.
sent 422 -H 'Content-Type: application/json' -d '{"url": "file:///etc/passwd"}'
sent 422 -H 'Content-Type: application/json' -d '{"url": "/etc/passwd"}'
sent 422 -H 'Content-Type: application/json' -d '{}'
sent 422 -H 'Content-Type: text/plain' -d '  '
sent 415 -H 'Content-Type: application/json' -d '[[[['
sent 415 -H 'Content-Type: image/png' -d x
for path in /api/articles/../token /../state/token "/api/articles/$id.source" /token \
    "/api/articles/$id/../token" '/api/articles/%2e%2e%2ftoken' "/api/articles/$id.mp3/x" \
    /articles.sqlite '/api/articles/%00' //etc/passwd; do
    got=$(curl -s --path-as-is -o out -w '%{http_code}' "$web$path")
    [ "$got" = 404 ] || fail "$got for $path"
    grep -q "$token" out && fail "the token is at $path"
done
ask 404 "$web/api/articles/0000000000000000"
ask 404 "$web/api/articles/0000000000000000.mp3"
ask 405 -X DELETE -H "Authorization: Bearer $token" "$web/"
grep -rqF "$tmp" page whole.mp3 && fail "a path of the disk is served"
for kind in vtt json html; do
    curl -s "$web/api/articles/$id.$kind" | grep -qF "$tmp" && fail "a path of the disk is in $kind"
done

# A page of this machine is not fetched for anybody.
sent 201 -H 'Content-Type: application/json' -d "{\"url\": \"$web/api/articles\"}"
id=$(id_of)
made "$id"
grep -q '"state":"failed"' state.json || fail "a local address was fetched: $(cat state.json)"
ask 204 -X DELETE -H "Authorization: Bearer $token" "$web/api/articles/$id"
ask 404 "$web/api/articles/$id"
curl -s "$web/api/articles" | grep -q "$id" && fail "what was removed is in the list"
[ -z "$(find state/articles -name "$id*")" ] || fail "files of what was removed stay"
sent 200 -H 'Content-Type: application/json' -d "{\"url\": \"$web/api/articles\"}"
holds '"state":"queued"'
made "$id"
sent 200 -H 'Content-Type: application/json' -d "{\"url\": \"$web/api/articles\"}"
holds '"state":"queued"'
made "$id"

# A reading is corrected, and the article made again.
sent 201 -H 'Content-Type: text/plain' -d 'Hội ABX họp ở Huế.'
id=$(id_of)
made "$id"
curl -s "$web/api/articles/$id.mp3" >before.mp3
ask 422 -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"written": "ABX", "spoken": "xyz qqq"}' "$web/api/readings"
ask 303 --data-urlencode 'written=ABX' --data-urlencode 'spoken=an bình xanh' \
    -d "article=$id&secret=$secret" "$web/readings"
grep -q '^ABX' config/docbao/lexicon.tsv || fail "the reading is not kept"
made "$id"
curl -s "$web/api/articles/$id.mp3" >after.mp3
cmp -s before.mp3 after.mp3 && fail "the article was not made again"

# The place where the listener left it: one for the household, whoever asks.
left() {
    ask 204 -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2" \
        "$web/api/articles/$1/place"
}
curl -s "$web/api/articles/$id" | grep -q '"place"' && fail "a place before anyone listened"
left "$id" '{"seconds": 1.1, "sentence": 1, "of": 1}'
ask 200 "$web/api/articles/$id"
holds '"place":{"seconds":1.100,"sentence":1,"of":1,"at":[0-9]*}'
left "$id" '{"seconds": 1.15, "sentence": 1, "of": 1}'
ask 200 "$web/api/articles"
holds '"place":{"seconds":1.150,"sentence":1,"of":1,'
ask 204 -X PUT -H "X-Docbao-Form: $secret" -H "Origin: $web" -H 'Sec-Fetch-Site: same-origin' \
    -H 'Content-Type: application/json' -d '{"seconds": 1.2, "sentence": 1, "of": 3}' \
    "$web/api/articles/$id/place"
for place in '{}' '{"seconds": -1}' '{"seconds": 1e9}' '{"seconds": 2000000}' '{"seconds": "x"}' \
    '{"seconds": 1, "sentence": 3, "of": 2}' '{"seconds": 1, "sentence": 1.5, "of": 2}' \
    '{"seconds": 1, "sentence": -1, "of": 2}' '{"seconds": 1, "sentence": 1, "of": 9000000}'; do
    ask 422 -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
        -d "$place" "$web/api/articles/$id/place"
done
put_refused() {
    want=$1
    shift
    ask "$want" -X PUT "$@" -H 'Content-Type: application/json' -d '{"seconds": 9}' \
        "$web/api/articles/$id/place"
}
put_refused 403
put_refused 403 -H "X-Docbao-Form: 00"
put_refused 403 -H "X-Docbao-Form: $secret" -H 'Origin: http://evil.example'
put_refused 403 -H "X-Docbao-Form: $secret" -H 'Sec-Fetch-Site: cross-site'
put_refused 403 -u "ai:$token"
ask 415 -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: text/plain' -d 9 \
    "$web/api/articles/$id/place"
ask 404 -X PUT -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"seconds": 9}' "$web/api/articles/0000000000000000/place"
ask 405 "$web/api/articles/$id/place"
ask 200 "$web/api/articles/$id"
holds '"place":{"seconds":1.200,"sentence":1,"of":3,'

ask 200 "$web/"
holds 'left at sentence 1 of 3, 0:0[0-9] to go'

# The page to read along as the server shows it; what everyone may have has no secret.
ask 200 "$web/read/$id"
holds "data-article=\"$id\" data-secret=\"$secret\" data-seconds=\"1.200\" data-sentence=\"1\""
holds ' data-readings>'
holds '<span id="s1-1" data-from='
heads "^content-security-policy: .*script-src 'self'"
ask 200 "$web/api/articles/$id.html"
grep -q "$secret\|served" out && fail "the file to read along has a secret"
ask 404 "$web/read/0000000000000000"
ask 404 "$web/read/$id/"
ask 405 -X DELETE -H "Authorization: Bearer $token" "$web/read/$id"

# Who hears it to its end begins again; what is removed has no place any more.
sent 201 -H 'Content-Type: text/plain' -d 'Thuyền về bến vắng.'
heard=$(id_of)
made "$heard"
left "$heard" '{"seconds": 999}'
ask 200 "$web/"
holds 'heard to the end'
ask 200 "$web/read/$heard"
holds 'data-seconds="0.000" data-sentence="0" data-at='
ask 204 -X DELETE -H "Authorization: Bearer $token" "$web/api/articles/$heard"
sent 200 -H 'Content-Type: text/plain' -d 'Thuyền về bến vắng.'
made "$heard"
grep -q '"place"' state.json && fail "what was removed has its place again"

# It ends cleanly, and everything is there again.
end TERM 0
begin --max-bytes 1000 --ask-token
grep -q "asked for the token" said || fail "it is not said that there is a token"
ask 401 "$web/"
ask 401 "$web/api/articles"
ask 401 "$web/api/articles/$id.mp3"
ask 401 "$web/feed.xml"
ask 401 -H 'Content-Type: text/plain' -d x "$web/api/articles"
ask 401 -H "Cookie: docbao=$token" "$web/"
ask 401 -H 'Authorization: Bearer' "$web/"
ask 303 -H 'Accept: text/html' "$web/"
ask 200 "$web/login"
grep -q secret out && fail "the secret of forms is shown to everyone"
ask 200 -H "Authorization: Bearer $token" "$web/api/articles/$id.mp3"
cmp -s out after.mp3 || fail "the sound is not there after a restart"
ask 200 -H "Authorization: Bearer $token" "$web/api/articles/$id"
holds '"place":{"seconds":1.200,"sentence":1,"of":3,'
ask 401 "$web/read/$id"
ask 200 -u "ai:$token" "$web/feed.xml"
# A browser sends a password by itself, also for another site: it changes nothing.
ask 401 -u "ai:x$token" "$web/feed.xml"
ask 403 -u "ai:$token" -H 'Content-Type: text/plain' -d x "$web/api/articles"
ask 403 -u "ai:$token" -H 'Origin: http://evil.example' -H 'Content-Type: text/plain' -d x \
    "$web/api/articles"
ask 403 -u "ai:$token" -X DELETE "$web/api/articles/$id"
ask 401 -d 'token=x' "$web/login"
ask 303 -d "token=$token" "$web/login"
heads '^set-cookie: docbao=.*HttpOnly; SameSite=Lax'
grep -qF "$token" head && fail "the cookie is the token"
cookie=$(sed -n 's/^[Ss]et-[Cc]ookie: \([^;]*\);.*/\1/p' head)
ask 200 -H "Cookie: $cookie" "$web/"
ask 403 -H "Cookie: $cookie" -d 'text=x' "$web/articles"
ask 403 -H 'Origin: http://evil.example' -d "token=$token" "$web/login"
head -c 1001 /dev/zero | tr '\0' a >large
sent 413 -H 'Content-Type: text/plain' --data-binary @large
sent 413 -H 'Content-Type: text/plain' -H 'Transfer-Encoding: chunked' --data-binary @large
tries=0
while [ $tries -lt 12 ]; do
    tries=$((tries + 1))
    got=$(curl -s -o out -w '%{http_code}' -d token=x "$web/login")
done
[ "$got" = 429 ] || fail "the token may be guessed as often as one likes: $got"
expect 1 "$DOCBAO" serve -o state --listen 127.0.0.1:0
says 'Another docbao serve'
end HUP 0

# A feed is subscribed to: its articles are queued, the last one first; an address of this machine
# only if that is allowed.
own=$web
. "${0%/*}/server.sh"
stories=$web
for number in 1 2; do
    printf 'Bài số %s\n\nTrời mưa ở bến sông số %s.\n' $number $number |
        page "bai$number" 'text/plain; charset=utf-8'
done
{
    echo '<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>'
    for number in 1 2; do
        echo "<item><title>Tin $number</title><link>$stories/bai$number</link></item>"
    done
    echo '<item><title>Bẫy</title><link>file:///etc/passwd</link></item></channel></rss>'
} | page nguon application/rss+xml
begin --allow-local
curl -s "$web/" >page
secret=$(sed -n 's/.*name="secret" value="\([0-9a-f]*\)".*/\1/p' page | head -1)
ask 422 -d "secret=$secret&url=file:///etc/passwd" "$web/feeds"
ask 303 -d "secret=$secret" --data-urlencode "url=$stories/nguon" "$web/feeds"
tries=0
while [ $tries -lt 100 ]; do
    tries=$((tries + 1))
    curl -s "$web/api/articles" >out
    [ "$(grep -o "\"state\":\"done\",\"title\":\"[^\"]*\",\"url\":\"$stories/bai[12]" out | wc -l)" = 2 ] && break
    sleep 0.1
done
[ $tries -lt 100 ] || fail "the articles of the feed are not made: $(cat out)"
grep -q passwd out && fail "a link to a file was taken from a feed"
grep -q "$stories/nguon" page && fail "the feed was there before"
ask 200 "$web/"
holds "$stories/nguon"
# What was removed does not come back with the feed.
curl -s "$web/api/articles" >out
id=$(id_of)
ask 204 -X DELETE -H "Authorization: Bearer $token" "$web/api/articles/$id"
before=$(asked /nguon)
subscribe 303 "$stories/nguon"
until_asked /nguon "$before"
sleep 0.3
ask 404 "$web/api/articles/$id"
ask 200 "$web/"
ask 303 -d "secret=$secret&remove=1" --data-urlencode "url=$stories/nguon" "$web/feeds"
ask 200 "$web/"
grep -q "$stories/nguon" out && fail "the feed is still there"
# A client that sends a byte and waits keeps nobody else waiting.
mkfifo slow
curl -s -m 20 -T slow -X POST -H "Authorization: Bearer $token" "$web/api/articles" >/dev/null &
slow=$!
exec 8>slow
printf M >&8
ask 200 "$web/api/articles"
exec 8>&-
wait $slow
end TERM 0
web=$own

# Sound is heard while it is made, by several listeners; all get the same.
begin --no-cache
{
    long_article
    long_article | sed 's/Chuyện dài/Chuyện thứ hai/; s/Người lái đò/Bà lái đò/'
} >longer
sent 201 -H 'Content-Type: text/plain' --data-binary @longer
id=$(id_of)
curl -s -m 60 -D live.head -w '%{time_starttransfer}\n' "$web/api/articles/$id.mp3" -o live1 >first &
one=$!
curl -s -m 60 "$web/api/articles/$id.mp3" -o live2 &
two=$!
curl -s -m 1 "$web/api/articles/$id.mp3" -o /dev/null --limit-rate 1000 & # goes away
three=$!
made "$id"
grep -q '"state":"done"' state.json || fail "it is not made: $(cat state.json)"
wait $one $two $three
grep -qi '^transfer-encoding: chunked' live.head || fail "it was not sent while it was made"
cmp live1 live2 || fail "two listeners got other sounds"
[ -s live1 ] || fail "nothing was heard while it was made"
curl -s "$web/api/articles/$id.mp3" >whole.mp3
# The file has tags in front, and the lengths in its first frame, at most 2000 bytes.
tail -c +2000 live1 >live.tail
tail -c "$(wc -c <live.tail)" whole.mp3 | cmp -s - live.tail ||
    fail "what was heard while it was made is another sound: $(wc -c <live1) and $(wc -c <whole.mp3)"
[ -z "$(find state/articles -name '*.live')" ] || fail "a file of listeners stays"
end TERM 0

# What is corrected while an article is made is read in it, too.
begin --no-cache
{
    echo 'Hội QXZ'
    long_article
} >third
sent 201 -H 'Content-Type: text/plain' --data-binary @third
id=$(id_of)
tries=0
until curl -s "$web/api/articles/$id" | grep -q '"state":"making"' || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
ask 200 -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d "{\"written\": \"QXZ\", \"spoken\": \"quỳnh xuân dung\", \"article\": \"$id\"}" "$web/api/readings"
made "$id"
ask 200 "$web/api/articles/$id.json"
holds 'quỳnh xuân dung'
end TERM 0

# Killed in the middle: no half file, and the queue goes on.
begin
long_article >long
sent 201 -H 'Content-Type: text/plain' --data-binary @long
id=$(id_of)
sleep 0.3
# The place of an article that is not made yet is kept, too.
left "$id" '{"seconds": 1.5}'
end KILL 137
find state/articles -name "*$id*" ! -name '*.source' | while read -r file; do
    case $file in *.mp3) [ -s "$file" ] || echo half ;; *.part) echo half ;; esac
done >half
[ -s half ] && fail "a half file stays"
begin
made "$id"
grep -q '"state":"done"' state.json || fail "the queue does not go on: $(cat state.json)"
grep -q '"place":{"seconds":1.500,"at":' state.json || fail "the place is gone: $(cat state.json)"
end TERM 0

# The token is nobody else's.
chmod 644 state/token
expect 1 "$DOCBAO" serve -o state --listen 127.0.0.1:0
says 'chmod 600'
chmod 600 state/token
: >state/token
expect 1 "$DOCBAO" serve -o state --listen 127.0.0.1:0
says 'no token'
usage "$DOCBAO" serve --host 'a b'
usage "$DOCBAO" serve file.txt
expect 1 "$DOCBAO" serve -o state2 --listen example.vn
says 'no address'
finish
