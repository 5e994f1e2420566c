# The configuration of nginx for several servers, as docs/serve.md has it: readers get the files and
# nothing else, the newsroom has the page, and when a server ends the other answers.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"
nginx=$(command -v nginx || command -v /usr/sbin/nginx) || skip "nginx is not installed"

# port_of PROCESS: at which it listens.
port_of() {
    for file in "/proc/$1/fd/"*; do
        inode=$(readlink "$file" | sed -n 's/^socket:\[\([0-9]*\)\]$/\1/p')
        [ -n "$inode" ] && awk -v inode="$inode" \
            '$4 == "0A" && $10 == inode { split($2, part, ":"); print part[2] }' /proc/net/tcp
    done | while read -r hex; do printf '%d\n' "0x$hex"; done
}
token_file=$tmp/token
state=one
begin --shared finished --token-file "$token_file" --host nghe.example.vn
first=$server port1=$(port_of "$server")
state=two
begin --shared finished --token-file "$token_file" --host nghe.example.vn
port2=$(port_of "$server")
[ -n "$port1" ] && [ -n "$port2" ] || fail "the ports are not found: $port1 $port2"

# The block of the page that has two servers, with the addresses of this test.
printf 'proxy_set_header Authorization "Bearer %s";\n' "$token" >token.conf
{
    echo "pid $tmp/pid; error_log $tmp/error.log; events {} http { access_log off;"
    for kind in client_body proxy fastcgi uwsgi scgi; do
        echo "${kind}_temp_path $tmp/nginx-$kind;"
    done
    awk '/^```nginx$/ { on = 1; text = ""; next } /^```$/ && on { on = 0; if (text ~ /upstream/) print text }
        on { text = text $0 "\n" }' "$SOURCE/docs/serve.md" |
        sed "s|10.0.0.5:8642|127.0.0.1:$port1|; s|10.0.0.6:8642|127.0.0.1:$port2|
             s|listen 443 ssl|listen unix:$tmp/readers|; s|listen 10.0.0.4:8642|listen unix:$tmp/newsroom|
             s|/etc/nginx/docbao-token.conf|$tmp/token.conf|"
    echo '}'
} >nginx.conf
grep -q 'upstream docbao' nginx.conf || fail "docs/serve.md has no such configuration"
"$nginx" -c "$tmp/nginx.conf" -e "$tmp/error.log" || fail "nginx does not take it: $(cat error.log)"
cleanup="$cleanup; kill \$(cat '$tmp/pid') 2>/dev/null; :"
readers() {
    want=$1
    shift
    got=$(curl -s -m 20 --unix-socket readers -o out -D head -w '%{http_code}' "$@")
    [ "$got" = "$want" ] || fail "$got, not $want, through nginx: $* ($(head -c 200 out))"
}
newsroom() {
    curl -s -m 20 --unix-socket newsroom -H "Authorization: Bearer $token" "$@"
}

newsroom -H 'Content-Type: text/plain' -d 'Trời mưa ở Huế.' http://x/api/articles >out
id=$(id_of)
[ ${#id} = 16 ] || fail "the newsroom cannot send: $(cat out)"
tries=0
while [ $tries -lt 100 ]; do
    newsroom "http://x/api/articles/$id" >out
    grep -q '"state":"done"' out && break
    tries=$((tries + 1))
    sleep 0.1
done
holds '"state":"done"'
article=http://nghe.example.vn/api/articles/$id
readers 200 "$article.mp3"
heads '^access-control-allow-origin: https://bao.example.vn'
cp out whole.mp3
readers 206 -H 'Range: bytes=10-19' "$article.mp3"
[ "$(wc -c <out)" = 10 ] || fail "a range of other length through nginx"
readers 403 -X DELETE "$article.mp3"
readers 404 "$article"
readers 404 http://nghe.example.vn/
newsroom http://x/ >out
holds 'name="secret"'

kill -9 $first
wait $first 2>/dev/null
readers 200 "$article.mp3"
cmp -s out whole.mp3 || fail "other bytes from the other server"
newsroom -H 'Content-Type: text/plain' -d 'Tin thứ hai.' http://x/api/articles >out
holds '"id"'
end TERM 0
readers 502 "$article.mp3"
finish
