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
        if [ $tries -gt 300 ]; then
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
        if [ $tries -gt 600 ]; then
            kill -KILL "$player"
            fail "it does not end"
        fi
        sleep 0.1
    done
    wait "$player"
    code=$?
    [ $code = "$1" ] || fail "exit $code, not $1: $(head -c 300 err)"
}

# Killed in the midst, and back: said, and every sentence is heard, none told twice.
rm -f out
"$DOCBAO" play --rate 250 --stats doc.txt >out 2>err </dev/null &
player=$!
until_has 'Câu thứ ba' out
kill -KILL $server
until_has 'Waiting for it to come back' err
sleep 1
start_server
ends 0
cmp -s out written || fail "after the loss other sentences are told: $(diff out written)"
grep -q '"lost": 0' err || fail "sentences were lost: $(tail -n 1 err)"

# Hung for two seconds: nothing is lost, nobody gives up.
rm -f out
"$DOCBAO" play --rate 250 doc.txt >out 2>err </dev/null &
player=$!
until_has 'Câu thứ ba' out
kill -STOP $server
sleep 2
kill -CONT $server
ends 0
cmp -s out written || fail "after a hang other sentences are told: $(diff out written)"
[ -s err ] && fail "words after a short hang: $(head -c 300 err)"

# Who wants to leave a hung server need not wait for it.
rm -f out
E2E_MARK="$tmp" "$DOCBAO" play doc.txt >out 2>err </dev/null &
player=$!
until_has 'Câu thứ hai' out
kill -STOP $server
sleep 0.5
kill -TERM $player
ends 4
none_left "$tmp"
# Nor who only saves: the engine looks for no sound server.
expect 0 timeout 30 "$DOCBAO" save -q doc.txt -o hung.wav
kill -CONT $server

# What is heard while both cores work on something else has no gap that is not ours.
for core in 1 2; do
    timeout 60 sh -c 'while :; do :; done' &
    busy="${busy:-} $!"
done
dry=0
for time in 1 2; do
    "$DOCBAO" play --rate 250 --stats doc.txt >out 2>err </dev/null &
    player=$!
    ends 0
    grep -q '"underruns": 0' err && break
    # A machine that is shared may be taken away for a moment; a player that is too late is so again.
    dry=$((dry + 1))
done
# shellcheck disable=SC2086 # several
kill $busy
[ $dry -lt 2 ] || fail "the device ran dry twice: $(tail -n 1 err)"

# A key is heard: the capture falls silent, and sounds again.
long_article >long.txt
timeout 60 "$HELPERS/typist" heard 3 "$capture" -- \
    "$DOCBAO" play --ui plain --from-start --stats long.txt >heard 2>err
# What is not answered counts as long as it is waited for: 900 ms, and 1100 or more.
awk '$1 == "silence" && $3 > 0 && $3 < 900 { silence = 1 }
    $1 == "sound" && $2 > 0 && $3 < 1100 { sound = 1 } END { exit !(silence && sound) }' heard || fail "a key is not heard: $(cat heard)"
finish
