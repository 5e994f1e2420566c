# Servers (docbao serve) for a test, and requests to them: source it behind lib.sh.
command -v curl >/dev/null || skip "curl is not installed"
"$DOCBAO" --version | grep -q 'not installed:.*\(http\|sqlite\)' && skip "the server is not built"
server=
servers=
state=state
cleanup='for one in $servers; do kill -9 $one 2>/dev/null; done'

# begin ARGUMENT...: starts a server with the folder $state at a free port of loopback; $web is its
# address, $server its process.
begin() {
    : >address
    E2E_MARK="$tmp" "$DOCBAO" serve -o $state --listen 127.0.0.1:0 "$@" >address 2>said &
    server=$!
    servers="$servers $server"
    tries=0
    while [ ! -s address ] && [ $tries -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    web=$(head -1 address)
    web=${web%/}
    [ -s address ] || fail "the server does not begin: $(cat said)"
    token=$(cat "${token_file:-$state/token}")
    port=${web##*:}
}
# end SIGNAL CODE: ends $server, the last one.
end() {
    kill "-$1" $server
    wait $server 2>/dev/null
    code=$?
    servers=
    # The tracer of LeakSanitizer itself sometimes ends with a fault while threads end.
    ! grep -q '^Tracer caught signal' said || { code=$2; echo "leaks of this server are not known"; }
    [ $code = "$2" ] || fail "exit $code, not $2, after $1: $(cat said)"
    none_left "$tmp"
}
# ask CODE ARGUMENT...: a request by curl; its body in `out`, its head in `head`.
ask() {
    want=$1
    shift
    : >out
    got=$(curl -s -m 20 -o out -D head -w '%{http_code}' "$@")
    [ "$got" = "$want" ] || fail "$got, not $want: curl $* ($(head -c 200 out))"
    grep -qi '^x-content-type-options: nosniff' head || [ "$got" = 400 ] ||
        fail "no nosniff: curl $*"
}
# holds PATTERN: whether the last body has it; heads PATTERN: whether the last head has it.
holds() {
    grep -q -e "$1" out || fail "the body lacks “$1”: $(head -c 300 out)"
}
heads() {
    grep -qi -e "$1" head || fail "the head lacks “$1”: $(cat head)"
}
id_of() {
    sed -n 's/.*"id":"\([0-9a-z]*\)".*/\1/p' out | head -1
}
# made ID: waits until it is made.
made() {
    tries=0
    while [ $tries -lt 300 ]; do
        curl -s "$web/api/articles/$1" -H "Authorization: Bearer $token" >state.json
        grep -q '"state":"\(done\|part\|failed\)"' state.json && return 0
        tries=$((tries + 1))
        sleep 0.1
    done
    fail "$1 is not made: $(cat state.json)"
}
# told PATTERN ADDRESS: waits until the body there, which is in `out` then, has the pattern.
told() {
    tries=0
    while [ $tries -lt 600 ]; do
        curl -s "$2" >out
        grep -q -e "$1" out && return 0
        tries=$((tries + 1))
        sleep 0.1
    done
    fail "$2 never has “$1”: $(head -c 300 out)"
}
# form_secret: that of the forms of the server's pages.
form_secret() {
    curl -s "$web/" | sed -n 's/.*name="secret" value="\([0-9a-f]*\)".*/\1/p' | head -1
}
# subscribe CODE ADDRESS: to a feed, by the form of the page.
subscribe() {
    ask "$1" -d "secret=$secret" --data-urlencode "url=$2" "$web/feeds"
}
# sent CODE ARGUMENT...: an article is sent, by a program.
sent() {
    ask "$@" -H "Authorization: Bearer $token" "$web/api/articles"
}
