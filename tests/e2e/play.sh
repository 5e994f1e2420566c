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

# begin COMMAND...: runs it in the background, in a process group of its own, with its input from
# $input. A shell makes background programs ignore some signals; they get them back here.
input=/dev/null
begin() {
    : >out
    : >err # what the program before said is nothing to wait for
    env --default-signal E2E_MARK="$tmp" setsid "$@" >out 2>err <"$input" &
    program=$!
    cleanup="kill -KILL -- -$program 2>/dev/null; ${sleeper:+kill $sleeper}"
}

# wait_until COMMAND...: as long as that takes.
wait_until() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        if [ $tries -gt 600 ]; then
            fail "never: $* ($(head -c 200 err))"
            return
        fi
        sleep 0.1
    done
}

plays() {
    [ -s out ]
}

# Whether the program has a handler for SIGINT, which is bit 1 of the mask. Before it is there, it is
# this shell, which catches signals too.
catches_signals() {
    [ "$(cat "/proc/$program/comm")" = "${DOCBAO##*/}" ] &&
        grep -q '^SigCgt:.*[2367abef]$' "/proc/$program/status"
}

# ends_with CODE WHAT
ends_with() {
    wait "$program"
    code=$?
    [ $code = "$1" ] || fail "exit $code after $2 ($(head -c 200 err))"
    none_left "$tmp"
}

# Ctrl-C as a terminal sends it (to all), as kill sends it (to one), and other ends, in the midst of
# minutes of sound.
for signal in INT TERM HUP; do
    for group in '' -; do
        begin "$DOCBAO" play --device null:realtime long.txt
        wait_until plays
        kill -s $signal -- $group$program
        ends_with 4 "SIG$signal to $group$program"
        [ -s err ] && fail "words after SIG$signal: $(head -c 200 err)"
    done
done
# Even an end that cannot be caught leaves no process.
begin "$DOCBAO" play --device null:realtime long.txt
wait_until plays
kill -s KILL "$program"
ends_with 137 SIGKILL
# While standard input is waited for.
mkfifo quiet
sleep 600 >quiet &
sleeper=$!
input=quiet
begin "$DOCBAO" play --device null -
wait_until catches_signals
kill -s INT "$program"
ends_with 4 "SIGINT while standard input is waited for"
begin "$DOCBAO" text -
wait_until catches_signals
kill -s INT "$program"
ends_with 4 "SIGINT while text is waited for"
# While the next article is read ahead, from a pipe that nobody writes to.
input=/dev/null
mkfifo never
echo 'Trời mưa to.' >short.txt
for signal in INT TERM HUP; do
    begin "$DOCBAO" play --device null --ui plain short.txt never
    wait_until grep -q 'waiting for the next article' err
    kill -s $signal "$program"
    ends_with 4 "SIG$signal while the next article is waited for"
done
finish
