# Sound as fast as it can be made, an hour of it where the machine is fast enough, while a listener
# presses any key in any order: it goes on, ends well, and its memory stays what it was.
. "${0%/*}/lib.sh"
hour=$((3600 * 22050))
sanitized=${ASAN_OPTIONS:-}
# The sanitizer keeps freed memory for a while: that is not the program's.
export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=4" TERM=xterm LC_ALL=C.UTF-8
unset DBUS_SESSION_BUS_ADDRESS
long_article >long.txt

# The memory of the program under the typist, in kB: its first child's.
memory() {
    program=$(cat "/proc/$typist/task/$typist/children" 2>/dev/null)
    program=${program%% *}
    awk '$1 == "VmRSS:" { print $2 }' "/proc/$program/status" 2>/dev/null
}

# soak SEED UI SECONDS: random keys for so long.
soak() {
    "$HELPERS/typist" random "$1" 15 "$3" -- "$DOCBAO" play --ui "$2" --device null --loop --stats \
        "$samples/dong-xuan.txt" "$samples/kinh-te.txt" long.txt "$samples/tin-ngan.txt" \
        >shown 2>err &
    typist=$!
    sleep $(($3 / 2))
    middle=$(memory)
    sleep $(($3 / 2 - 1))
    late=$(memory)
    wait $typist
    code=$?
    [ $code = 0 ] || fail "exit $code with seed $1, --ui $2: $(tail -c 1500 err)"
    frames=$(sed -n 's/.*"frames": \([0-9]*\).*/\1/p' err)
    total=$((total + ${frames:-0}))
    [ "${late:-0}" -gt 0 ] || fail "its memory cannot be looked at"
    [ "${late:-0}" -le $((${middle:-0} + ${middle:-0} / 5 + 4096)) ] ||
        fail "memory grows: $middle kB in the middle, $late kB later"
    echo "seed $1, $2: $((${frames:-0} / 22050)) s of sound, $middle kB, then $late kB"
}

total=0
soak 1 plain 16
soak 2 screen 16
seed=3
# With sanitizers less sound is made in the same time, so no hour is waited for.
wanted=$hour
[ -z "$sanitized" ] || wanted=$((hour / 36))
while [ $total -lt $wanted ] && [ $seed -lt 8 ]; do
    soak $seed plain 16
    seed=$((seed + 1))
done
# How much is made depends on the machine; hardly any means that it hung.
[ $total -ge $((hour / 36)) ] || fail "only $((total / 22050)) s of sound were made"
grep -q 'Sanitizer' err && fail "$(grep -m 3 Sanitizer err)"
finish
