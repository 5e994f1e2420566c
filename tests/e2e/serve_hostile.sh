# What hostile senders and pages try: scripts in articles and titles, lines in headers, names and
# origins that look like ours, long addresses, methods and bodies of all kinds.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"

begin --max-bytes 100000
secret=$(form_secret)

# An article with scripts: what is shown of it is text.
cat >bad.html <<'END'
<!DOCTYPE html><html><head><title>Tin "&gt;&lt;script&gt;alert(1)&lt;/script&gt; 'x' \ ]]&gt;</title>
<script>alert(2)</script></head><body onload="alert(3)"><h1>Tin "&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>
<p>Trời mưa &lt;img src=x onerror=alert(4)&gt; ở Huế, &lt;/script&gt;&lt;script&gt;alert(5)&lt;/script&gt; thuyền về bến.</p>
<p><a href="javascript:alert(6)">Nước lên</a> ở bến sông, trời mưa to &lt;!-- gió &amp;lt;b&amp;gt; lớn.</p></body></html>
END
sent 201 -H 'Content-Type: text/html' --data-binary @bad.html
id=$(id_of)
made "$id"
grep -q '"state":"done"' state.json || fail "it is not made: $(cat state.json)"
for path in / /feed.xml "/read/$id" "/api/articles/$id.html" "/api/articles/$id.json" \
    "/api/articles/$id.vtt" /api/articles; do
    ask 200 "$web$path"
    cp out page
    grep -qi '<script>alert\|<img src=x\|href="javascript:alert\|onload=' page &&
        case $path in
        *.json | /api/articles) ;; # no browser takes it for a page
        *) fail "a script is in $path" ;;
        esac
    heads '^content-security-policy: default-src'
done
ask 200 "$web/api/articles/$id.json"
heads '^content-type: application/json'
if command -v python3 >/dev/null; then
    curl -s "$web/feed.xml" | python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.stdin.buffer)' ||
        fail "the podcast is no XML"
    curl -s "$web/api/articles" | python3 -c 'import sys, json; json.load(sys.stdin)' || fail "the list is no JSON"
fi

# A title with lines of a header, and one of terminals.
sent 201 -H 'Content-Type: application/json' \
    -d '{"title": "x\r\nSet-Cookie: docbao=1\r\n\r\n<b>\u001b[31m\u202e", "text": "Mưa ở Huế."}'
grep -qi '^set-cookie' head && fail "a title sets a cookie"
id=$(id_of)
made "$id"
ask 200 "$web/api/articles/$id"
grep -q "$(printf '[\033\r]')" out && fail "a title has characters of terminals"
ask 200 -H "X-Forwarded-Proto: javascript:quit()//" "$web/"
grep -q 'quit()' out && fail "a scheme is taken from outside"
ask 200 "$web/?url=javascript:alert(1)"
grep -q 'javascript:alert' out && fail "an address of no web is in the page"
ask 200 -G --data-urlencode 'url=https://x.vn/"autofocus onfocus="alert(1)' "$web/"
grep -q '"autofocus' out && fail "an address leaves its attribute"
ask 200 -G --data-urlencode "url=https://x.vn/'><script>alert(1)</script>" "$web/"
grep -q '<script>alert' out && fail "an address leaves its attribute"

# Names and origins that look like ours.
for host in "localhost:$port.evil.example" "localhost:$port@evil.example" "evil.example#localhost:$port" \
    "localhost:$port, evil.example" "xlocalhost:$port" "localhost.:$port" "127.0.0.1.evil.example:$port" \
    "localhost:${port}0" "localhost:0$port" '[::1]' ' '; do
    got=$(curl -s -o out -w '%{http_code}' -H "Host: $host" "$web/")
    [ "$got" = 421 ] || [ "$got" = 400 ] || fail "$got for the name “$host”"
done
for origin in "http://localhost:$port.evil.example" "http://localhost:$port@evil.example" \
    "http://evil.example/http://localhost:$port" "file://localhost:$port" "http://localhost" null '' \
    "$web/" "$web, http://evil.example" "$(echo "$web" | sed 's/http/ftp/')"; do
    got=$(curl -s -o out -w '%{http_code}' -H "Origin: $origin" -d "secret=$secret&text=x" "$web/articles")
    [ "$got" = 403 ] || [ -z "$origin" ] || fail "$got for the origin “$origin”"
done
got=$(curl -s -o out -w '%{http_code}' -H 'Sec-Fetch-Site: none, same-origin' -d "secret=$secret&text=x" "$web/articles")
[ "$got" = 403 ] || fail "$got for two places in one header"

# Addresses and heads that are too long, and bodies that are no texts.
long=$(head -c 3000 /dev/zero | tr '\0' a)
sent 422 -H 'Content-Type: application/json' -d "{\"url\": \"https://x.vn/$long\"}"
for size in 20000 40000 90000; do
    head -c $size /dev/zero | tr '\0' a >much
    got=$(printf 'url = "%s/%s"\n' "$web" "$(cat much)" | curl -s -m 10 -o out -w '%{http_code}' -K -)
    case $got in 404 | 414 | 431 | 400 | 000) ;; *) fail "$got for an address of $size bytes" ;; esac
    got=$(printf 'header = "X: %s"\nurl = "%s/"\n' "$(cat much)" "$web" | curl -s -m 10 -o out -w '%{http_code}' -K -)
    case $got in 200 | 413 | 431 | 400 | 000) ;; *) fail "$got for a header of $size bytes" ;; esac
done
for method in PUT PATCH OPTIONS TRACE PROPFIND 'G"T'; do
    got=$(curl -s -m 10 -X "$method" -H "Authorization: Bearer $token" -o out -w '%{http_code}' "$web/api/articles")
    case $got in 405 | 404 | 400 | 501 | 000) ;; *) fail "$got for $method" ;; esac
    grep -qF "$token" out && fail "$method gives the token back"
done
printf 'text=\377\376%%00%%ff&secret=%s' "$secret" >body
ask 422 --data-binary @body "$web/articles"
{ printf '{"text": '; head -c 50000 /dev/zero | tr '\0' '['; } >body
sent 415 -H 'Content-Type: application/json' --data-binary @body
printf '{"text": "\\u0000x"}' >body
sent 415 -H 'Content-Type: application/json' --data-binary @body
printf '\377\376\000x' >body
sent 201 -H 'Content-Type: text/plain' --data-binary @body
made "$(id_of)"
sent 415 -H 'Content-Type: multipart/form-data; boundary=x' --data-binary @bad.html

# A person sees a page, a program JSON; a body that is too large has a reason, too.
ask 404 -H 'Accept: text/html' "$web/khong-co"
heads '^content-type: text/html'
holds '<a href="/">'
ask 404 "$web/khong-co"
heads '^content-type: application/json'
ask 404 -H 'Accept: text/html' "$web/api/articles/0000000000000000"
heads '^content-type: application/json'
ask 404 -H 'Accept: text/html' "$web/read/0000000000000000"
heads '^content-type: text/html'
ask 421 -H 'Accept: text/html' -H 'Host: evil.example' "$web/<script>alert(1)</script>"
grep -q 'script' out && fail "what was asked for is in the answer"
ask 422 -d "secret=$secret" "$web/articles"
heads '^content-type: text/html'
holds 'no text and no address'
head -c 200000 /dev/zero | tr '\0' a >much
ask 413 -H 'Accept: text/html' --data-binary @much "$web/articles"
holds 'larger than the server takes'
ask 413 -H "Authorization: Bearer $token" -H 'Content-Type: text/plain' --data-binary @much "$web/api/articles"
holds '"error":"This is larger'
for path in /read/../token "/read/$id/../../token" "/read/$id.mp3" '/read/%2e%2e%2f%2e%2e%2ftoken' /read/; do
    got=$(curl -s --path-as-is -o out -w '%{http_code}' "$web$path")
    [ "$got" = 404 ] || fail "$got for $path"
done
ask 200 "$web/"
end TERM 0
finish
