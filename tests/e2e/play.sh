# Playing without a device: what is shown, what a signal does, and that no process stays.
. "${0%/*}/lib.sh"
sample="$samples/tin-ngan.txt"
long_article >long.txt

expect 0 "$DOCBAO" text --written -q "$sample"
cp out written
expect 0 "$DOCBAO" play --device null "$sample"
cmp out written || fail "playing shows other than the written sentences"
expect 0 "$DOCBAO" play -q --device null --stats "$sample"
[ -s out ] && fail "quiet playing shows something"
for key in first_block_ms sentences frames lost underruns; do
    says "\"$key\": "
done
says '"lost": 0'
expect 1 "$DOCBAO" play --device null:frobnicate "$sample"

# Ctrl-C as a terminal sends it (to all), as kill sends it (to one), and other ends.
# timeout ends the program in the midst of minutes of sound.
for signal in INT TERM HUP; do
    for how in '' --foreground; do
        timeout --preserve-status $how -s $signal 0.7 \
            env E2E_MARK="$tmp" "$DOCBAO" play --device null:realtime long.txt >out 2>err
        code=$?
        [ $code = 4 ] || fail "exit $code after SIG$signal $how ($(head -c 200 err))"
        [ -s err ] && fail "words after SIG$signal $how: $(head -c 200 err)"
        none_left "$tmp"
    done
done
# Even an end that cannot be caught leaves no process.
timeout -s KILL 0.7 env E2E_MARK="$tmp" "$DOCBAO" play --device null:realtime long.txt >out 2>err
none_left "$tmp"
# While standard input is waited for.
mkfifo quiet
sleep 60 >quiet &
sleeper=$!
cleanup='kill $sleeper'
timeout --preserve-status -s INT 0.5 env E2E_MARK="$tmp" "$DOCBAO" play --device null - <quiet \
    >out 2>err
[ $? = 4 ] || fail "exit $? after SIGINT while standard input is waited for"
timeout --preserve-status -s INT 0.5 "$DOCBAO" text - <quiet >out 2>err
[ $? = 4 ] || fail "exit $? after SIGINT while text is waited for"
none_left "$tmp"
finish
