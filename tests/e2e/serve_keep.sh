# Old articles go, with their files: --keep DAYS and --keep-bytes N. What waits stays, feeds bring
# nothing back, and sending an article again does.
. "${0%/*}/lib.sh"
. "${0%/*}/serving.sh"
. "${0%/*}/server.sh"
stories=$web

gone() {
    tries=0
    while [ $tries -lt 100 ]; do
        [ "$(curl -s -o out -w '%{http_code}' "$web/api/articles/$1")" = 404 ] && break
        tries=$((tries + 1))
        sleep 0.1
    done
    [ $tries -lt 100 ] || fail "$1 is still there: $(cat out)"
    [ -z "$(find state/articles finished -name "*$1*" 2>/dev/null)" ] || fail "files of $1 stay"
}
# send TEXT: $id is that of the article, once it is made.
send() {
    sent "${2:-201}" -H 'Content-Type: text/plain' -d "$1"
    id=$(id_of)
    made "$id"
}

begin --keep-bytes 1
send 'Bài thứ nhất ở Huế.'
first=$id
ask 200 "$web/api/articles/$first.mp3" # the newest one stays, however large
send 'Bài thứ hai ở Huế.'
gone "$first"
ask 200 "$web/api/articles/$id.mp3"
send 'Bài thứ nhất ở Huế.' 200 # it was sent again
ask 200 "$web/api/articles/$first.mp3"
end TERM 0
begin --keep-bytes 10000000 --keep 1
ask 200 "$web/api/articles/$first.mp3"
end TERM 0

python=$(command -v python3)
"$python" -c 'import sqlite3' 2>/dev/null || skip "python3 has no sqlite3: nothing can be made older"
# age DAYS ID: makes it older.
age() {
    "$python" -c 'import sqlite3, sys
base = sqlite3.connect("state/articles.sqlite")
assert base.execute("UPDATE articles SET added = added - ? WHERE id = ?",
                    (86400 * int(sys.argv[1]), sys.argv[2])).rowcount == 1
base.commit()' "$1" "$2"
}
# The clock was set back, as on a machine that has none and starts without a network: what comes in
# then is no older than what was there. (One that was added tomorrow is the same as a clock of
# yesterday.)
begin
send 'Bài của ngày mai.'
end TERM 0
age -1 "$id"
begin
send 'Bài đến sau.'
curl -s "$web/api/articles?most=1" >out
[ "$(id_of)" = "$id" ] || fail "the last one does not come first: $(cat out)"
added=$(sed -n 's/.*"added":\([0-9]*\).*/\1/p' out)
[ "$added" -gt "$(($(date +%s) + 80000))" ] || fail "what comes in looks older than what is there: $added"
end TERM 0

printf 'Bài của nguồn\n\nTrời mưa ở bến sông.\n' | page bai 'text/plain; charset=utf-8'
echo "<rss version=\"2.0\"><channel><title>Báo</title><item><title>Tin</title><link>$stories/bai</link></item></channel></rss>" |
    page nguon application/rss+xml
for shared in '' '--shared finished'; do
    rm -rf state
    # shellcheck disable=SC2086 # none, or two words
    begin --allow-local $shared
    secret=$(form_secret)
    subscribe 303 "$stories/nguon"
    told '"state":"done"' "$web/api/articles"
    old=$(id_of)
    send "Bài mới $shared."
    young=$id
    end TERM 0
    age 8 "$old"
    age 6 "$young"
    # shellcheck disable=SC2086
    begin --allow-local --keep 7 $shared
    gone "$old"
    ask 200 "$web/api/articles/$young.mp3"
    before=$(asked /nguon)
    subscribe 303 "$stories/nguon"
    until_asked /nguon "$before"
    sleep 0.3
    gone "$old"
    sent 200 -H 'Content-Type: application/json' -d "{\"url\": \"$stories/bai\"}"
    made "$old"
    grep -q '"state":"done"' state.json || fail "it cannot be sent again: $(cat state.json)"
    end TERM 0
done
finish
