# A sound server that goes away, comes back, hangs: what a listener notices.
. "${0%/*}/lib.sh"
. "${0%/*}/pulse.sh"
numbered() {
    for n in hai ba tư năm sáu bảy tám chín; do
        echo "Câu thứ $n kể chuyện ông lái đò chèo qua sông trong một buổi chiều lộng gió."
    done
}
{
    echo 'Chuyện bên sông'
    echo
    numbered
} >doc.txt
"$DOCBAO" text --written -q doc.txt >written

# until PATTERN FILE: waits until the file has a line like it.
until_has() {
    tries=0
    until grep -q -e "$1" "$2" 2>/dev/null; do
        tries=$((tries + 1))
        if [ $tries -gt 900 ]; then
            fail "“$1” does not come: $(tail -n 3 "$2")"
            return 1
        fi
        sleep 0.1
    done
}

ends() {
    tries=0
    while kill -0 "$player" 2>/dev/null; do
        tries=$((tries + 1))
        if [ $tries -gt 900 ]; then
            kill -KILL "$player"
            fail "it does not end"
        fi
        sleep 0.1
    done
    wait "$player"
    code=$?
    [ $code = "$1" ] || fail "exit $code, not $1: $(head -c 300 err)"
}

# The server is killed while it plays, and comes back: the program says so, and every sentence is heard
# once.
rm -f out
"$DOCBAO" play --rate 250 --stats doc.txt >out 2>err </dev/null &
player=$!
until_has 'Câu thứ ba' out
kill -KILL $server
until_has 'Waiting for it to come back' err
sleep 1
start_server
ends 0
cmp -s out written || fail "after the loss other sentences are heard: $(diff out written)"
grep -q '"lost": 0' err || fail "sentences were lost: $(tail -n 1 err)"

# It hangs for two seconds: nothing is lost, and the program does not give up.
rm -f out
"$DOCBAO" play --rate 250 doc.txt >out 2>err </dev/null &
player=$!
until_has 'Câu thứ ba' out
kill -STOP $server
sleep 2
kill -CONT $server
ends 0
cmp -s out written || fail "after a hang other sentences are heard: $(diff out written)"
[ -s err ] && fail "words after a short hang: $(head -c 300 err)"

# The program can be ended while the server hangs.
rm -f out
E2E_MARK="$tmp" "$DOCBAO" play doc.txt >out 2>err </dev/null &
player=$!
until_has 'Câu thứ hai' out
kill -STOP $server
sleep 0.5
kill -TERM $player
ends 4
none_left "$tmp"
# Saving does not wait for it either: the engine looks for no sound server.
expect 0 timeout 30 "$DOCBAO" save -q doc.txt -o hung.wav
kill -CONT $server

# With both cores busy on something else, the player is never the cause of a gap. The device runs dry
# when a player is late, but also when the machine gives nobody its turn in time, as a shared one may
# do: so watchers that sleep as the player does say how late a turn came. A play counts only if no
# turn came later than half of what the device holds (45 ms), and three such plays with a gap are a
# fault of the player.
for core in 1 2; do
    timeout 250 sh -c 'while :; do :; done' &
    busy="${busy:-} $!"
done
gaps=0
for play in 1 2 3 4 5; do
    "$DOCBAO" play --rate 250 --stats doc.txt >out 2>err </dev/null &
    player=$!
    "$HELPERS/late" $player >late &
    watcher=$!
    ends 0
    wait $watcher
    grep -q '"underruns": 0' err && break
    echo "a gap in play $play; a turn came $(cat late) ms late"
    [ "$(cat late)" -gt 22 ] || gaps=$((gaps + 1))
    [ $gaps -lt 3 ] || break
done
# shellcheck disable=SC2086 # several
kill $busy
[ $gaps -lt 3 ] || fail "the device runs dry though no turn comes late: $(tail -n 1 err)"

# A key is heard: the capture falls silent, and sounds again.
long_article >long.txt
timeout 250 "$HELPERS/typist" answered 2 "$capture" -- \
    "$DOCBAO" play --ui plain --from-start --rate 250 long.txt >heard 2>err ||
    fail "a key is not heard: $(cat heard) $(head -c 300 err)"
finish
