# Articles from the network: what a server may answer, each with its exit code and words. The
# server is our own, on loopback; without --allow-local it may not be asked at all.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"

reads() {
    expect 0 "$DOCBAO" text --raw --written -q --allow-local "$1"
    [ "$(cat out)" = "$2" ] || fail "$1 is read “$(head -c 300 out)”, not “$2”"
}
# refused WORDS ARGUMENT...
refused() {
    words=$1
    shift
    expect 2 "$DOCBAO" text --allow-local "$@"
    [ -s out ] && fail "something was printed for $*"
    says "$words"
    [ "$(wc -l <err)" = 1 ] || fail "an error of other than one line: $*: $(cat err)"
}

echo 'Trời mưa to.' >rain
page ok 'text/plain; charset=utf-8' <rain
reads "$web/ok" 'Trời mưa to.'
expect 0 "$DOCBAO" text --json --allow-local "$web/ok"
"$HELPERS/jsoncheck" "$web/ok" <out >faults || fail "JSON: $(head -5 faults)"
grep -qF "\"source\":\"$web/ok\"" out || grep -qF "\"source\": \"$web/ok\"" out ||
    fail "the source is not the URL: $(head -c 200 out)"
expect 0 "$DOCBAO" play --allow-local --device null "$web/ok"
grep -qx 'Trời mưa to.' out || fail "the page is not played"
expect 0 "$DOCBAO" --allow-local --device null "$web/ok"
expect 0 "$DOCBAO" save -q --allow-local "$web/ok" -o ok.wav
[ -s ok.wav ] || fail "the page is not saved"
expect 3 "$DOCBAO" text --allow-local "$web/missing" "$web/ok"

# Nothing is sent to this machine, however it is named, without --allow-local.
before=$(wc -l <www/log)
for url in "$web/ok" "http://localhost:$port/ok" "http://127.1:$port/ok" "http://2130706433:$port/ok" \
    "http://0x7f.0.0.1:$port/ok" "http://0.0.0.0:$port/ok" "http://[::ffff:127.0.0.1]:$port/ok" \
    "http://[::1]:$port/ok"; do
    expect 2 "$DOCBAO" text --timeout 5 "$url"
    case $url in
    *\[*) grep -q -e allow-local -e 'cannot be reached' err || fail "$url: $(cat err)" ;;
    *) says '--allow-local' ;;
    esac
done
[ "$(wc -l <www/log)" = "$before" ] || fail "a local server was asked without --allow-local"

# What was asked, and how.
expect 0 "$DOCBAO" text --raw --written -q --allow-local "$web/echo"
grep -q '^User-Agent: docbao/[0-9]' out || fail "no clear user agent: $(cat out)"
grep -q '^Accept-Encoding: .*gzip' out || fail "compression is not asked for: $(cat out)"
grep -qi '^Cookie' out && fail "a cookie was sent that nobody gave"
printf '# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tphien\tabc123\n' >cookies
printf 'other.example\tFALSE\t/\tFALSE\t0\tla\tkhac\n' >>cookies
cp cookies kept
expect 0 "$DOCBAO" text --raw --written -q --allow-local --cookie-file cookies "$web/echo"
grep -q '^Cookie: phien=abc123' out || fail "the cookie was not sent: $(cat out)"
grep -q khac out && fail "the cookie of another server was sent"
cmp -s cookies kept || fail "the cookie file was changed"
expect 1 "$DOCBAO" text --allow-local --cookie-file no-such-file "$web/echo"
says 'cookie'

# What the server calls the encoding is believed where it can be true.
printf 'C\340 ph\352 s\341ng.\n' | page old 'text/plain; charset="Windows-1258"'
reads "$web/old" 'Cà phê sáng.'
expect 0 "$DOCBAO" text --json --allow-local "$web/old"
grep -q 'windows-1258' out || fail "the charset of the server is not believed: $(head -c 200 out)"
printf 'M\000\260\001a\000.\000' | page wide 'text/plain; charset=utf-16le'
reads "$web/wide" 'Mưa.'
for charset in windows-1258 utf-16le iso-8859-1 utf-7 '' '"'; do
    page ok "text/plain; charset=$charset" <rain
    reads "$web/ok" 'Trời mưa to.'
done
page ok 'text/plain; charset=utf-8' <rain

# Compression: gzip; deflate and br where they are stored, not packed; one that is damaged.
gzip -c <rain >rain.gz
page gzip text/plain 'Content-Encoding: gzip' <rain.gz
reads "$web/gzip" 'Trời mưa to.'
# zlib: 78 01, one stored block, Adler-32 of "Hoa mua.\n".
printf '\170\001\001\011\000\366\377Hoa mua.\n\016\356\002\264' | page deflate text/plain \
    'Content-Encoding: deflate'
reads "$web/deflate" 'Hoa mua.'
expect 0 "$DOCBAO" text --raw --written -q --allow-local "$web/echo"
if grep -q '^Accept-Encoding: .*br' out; then
    # Brotli: a window of 16 bits, a stored piece of 9 bytes, the end.
    printf '\200\000\020Hoa mua.\n\003' | page brotli text/plain 'Content-Encoding: br'
    reads "$web/brotli" 'Hoa mua.'
fi
head -c 20 rain.gz | tr '\000-\037' x | page garbled text/plain 'Content-Encoding: gzip'
refused 'unpacked\|cannot be fetched' "$web/garbled"

# What came of a packed page is read, and it is said that this is not all.
i=0
while [ $i -lt 400 ]; do
    i=$((i + 1))
    echo "Con cá thứ $((i * 7919 % 1000)) ở chợ."
done >fish
gzip -c fish >fish.gz
half=$(($(wc -c <fish.gz) / 2))
head -c $half fish.gz | page cut text/plain 'Content-Encoding: gzip'
expect 3 "$DOCBAO" text --raw --written --allow-local "$web/cut"
says 'cut short'
[ "$(wc -l <out)" -gt 50 ] || fail "what came of a packed page is not read: $(wc -l <out) lines"
head -c $half fish.gz >cut.txt.gz
expect 3 "$DOCBAO" text --raw --written cut.txt.gz
says 'cut short'
head -c 60000000 /dev/zero | tr '\0' a | gzip -c >bomb.gz
expect 2 "$DOCBAO" text bomb.gz
says '200 times'
expect 0 "$DOCBAO" text --raw --written fish.gz
[ "$(wc -l <out)" = 400 ] || fail "a packed file is not read: $(wc -l <out) lines"

# Size: announced, come without an announcement, endless, and only large when it is unpacked.
page large text/plain 'Content-Length: 5000000' <rain
refused 'max-bytes' "$web/large" --max-bytes 1000
refused 'max-bytes' "$web/ok" --max-bytes 10
refused 'max-bytes' "$web/endless/ok" --max-bytes 100000
head -c 20000000 /dev/zero | tr '\0' a | gzip -c | page bomb text/plain 'Content-Encoding: gzip'
[ "$(wc -c <www/bomb)" -lt 100000 ] || fail "the packed page is not small"
refused 'max-bytes' "$web/bomb" --max-bytes 1000000
reads "$web/ok" 'Trời mưa to.'

# Redirects: ten of them, and never to other than the web.
expect 0 "$DOCBAO" text --raw --allow-local "$web/hop/9"
refused 'without an end' "$web/hop/10"
leads loop /loop
refused 'without an end' "$web/loop"
[ "$(asked /loop)" = 11 ] || fail "a loop was walked through $(asked /loop) times"
for place in "file://$tmp/rain" "file:///etc/passwd" ftp://127.0.0.1/rain gopher://127.0.0.1:1/ \
    dict://127.0.0.1:1/x; do
    leads away "$place"
    refused 'only http' "$web/away"
done
leads nowhere 'http://127.0.0.1:1/'
refused 'refused' "$web/nowhere"

# Answers that are no page.
refused 'not found' "$web/missing"
for code in 403 410 429 500 503 204 304; do
    printf 'HTTP/1.1 %s Words\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n' $code \
        >www/code
    [ $code = 204 ] || [ $code = 304 ] || cat rain >>www/code
    refused "HTTP $code\|empty" "$web/code"
done
for type in image/png video/mp4 audio/mpeg 'Image/PNG; charset=utf-8' application/json text/css; do
    page wrong "$type" <rain
    refused 'is no text' "$web/wrong"
done
refused 'is no text' "$web/endless/wrong"
head -c 4000 /dev/zero | page octets application/octet-stream
refused . "$web/octets"
page octets application/octet-stream <rain
reads "$web/octets" 'Trời mưa to.'
page empty text/html </dev/null
refused 'empty' "$web/empty"

# Broken connections.
refused 'broke off' "$web/reset"
page short text/plain 'Content-Length: 500' <rain
expect 3 "$DOCBAO" text --allow-local "$web/short"
says 'cut short'
grep -q 'trời mưa' out || fail "what came is not read: $(cat out)"
printf 'Trời mưa, không có tiêu đề.\n' >www/bare
refused . "$web/bare"
page chunked text/plain 'Transfer-Encoding: chunked' <rain
refused . "$web/chunked"
refused 'refused' http://127.0.0.1:1/
refused 'TLS' "https://127.0.0.1:$port/ok"
refused 'address' 'http://'
refused 'address' 'http://[bad'
expect 2 "$DOCBAO" text "ftp://127.0.0.1/x.txt"
says 'only http'
expect 2 "$DOCBAO" text "file://$tmp/rain"
says 'only http'

# Time: no byte at all, and a byte now and then.
refused 'timeout' "$web/silent" --timeout 1
refused 'timeout' "$web/drip/ok" --timeout 1
usage "$DOCBAO" text --timeout 0 "$web/ok"

# Headers without an end.
{
    printf 'HTTP/1.1 200 OK\r\n'
    i=0
    while [ $i -lt 700 ]; do
        printf 'X-Line-%s: %01000d\r\n' $i 0
        i=$((i + 1))
    done
} >www/headers
refused . "$web/endless/headers" --timeout 10

# Stopped while a page is waited for: before there is any sound, and while another is spoken. (What
# runs in the background never sees the signal of Ctrl-C; this one is handled in the same way.)
stopped() {
    rm -f www/log
    E2E_MARK="$tmp" "$DOCBAO" "$@" --allow-local "$web/silent" >out 2>err &
    reader=$!
    until_asked /silent
    kill -TERM $reader
    wait $reader
    code=$?
    [ $code = 4 ] || fail "exit $code after a signal in $*: $(head -c 200 err)"
    [ -s err ] && fail "words after a signal in $*: $(head -c 200 err)"
    none_left "$tmp"
}
stopped text
stopped play --device null
stopped save -o stopped.wav
stopped play --device null:realtime "$web/ok"
stopped save -o stopped.wav "$web/ok"
[ -e stopped.wav ] && fail "a file stays of a save that was stopped"

# No run but these pays for the network, and without its module they say so.
mkdir bare
cp "$DOCBAO" bare/docbao
expect 0 bare/docbao text --raw rain
expect 1 bare/docbao text --allow-local "$web/ok"
says 'docbao-fetch.so'
finish
