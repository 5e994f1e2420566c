# A web server for a test: source it behind lib.sh. It serves the folder www ($web is its address)
# until the test ends; see httpd.c for what it does.
mkdir www
mkfifo server-input server-output
"$HELPERS/httpd" www <server-input >server-output &
exec 9>server-input # as long as this is open, the server runs
read -r port <server-output || skip "no server can be started on loopback"
web=http://127.0.0.1:$port

# page NAME TYPE [HEADER...]: an answer 200 of that type; its body comes from standard input.
page() {
    name=$1
    {
        printf 'HTTP/1.1 200 OK\r\nContent-Type: %s\r\nConnection: close\r\n' "$2"
        shift 2
        for header; do
            printf '%s\r\n' "$header"
        done
        printf '\r\n'
        cat
    } >"www/$name"
}

# leads NAME LOCATION: an answer that leads on.
leads() {
    printf 'HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' \
        "$2" >"www/$1"
}

# asked PATH: how often it was asked for.
asked() {
    touch www/log
    grep -cxF "$1" www/log
}

# until_asked PATH [BEFORE]: waits until it was asked for, once more than BEFORE (0) times.
until_asked() {
    tries=0
    while [ "$(asked "$1")" -le "${2:-0}" ] && [ $tries -lt 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    [ "$(asked "$1")" -gt "${2:-0}" ] || fail "nobody asked for $1"
}
