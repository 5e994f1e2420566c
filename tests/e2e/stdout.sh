# Standard output that cannot be written, and readers that go away.
. "${0%/*}/lib.sh"
long_article >long.txt

for arguments in 'text' 'text --json' 'text --explain' 'text --written' 'play --device null'; do
    "$DOCBAO" $arguments -q long.txt >/dev/null 2>err || fail "$arguments: exit $?"
    # Quiet playing prints nothing that could fail.
    [ -c /dev/full ] || continue
    "$DOCBAO" $arguments long.txt >/dev/full 2>err
    code=$?
    [ $code = 2 ] || fail "docbao $arguments >/dev/full: exit $code"
    says 'standard output'
done
"$DOCBAO" --help >/dev/full 2>err && fail "docbao --help >/dev/full succeeds"
"$DOCBAO" voices >/dev/full 2>err && fail "docbao voices >/dev/full succeeds"

# The reader goes away: 4, and silently.
gone() {
    mkfifo pipe
    { "$DOCBAO" "$@" >pipe 2>err; echo $? >code; } &
    head -c 1 <pipe >/dev/null
    wait $!
    rm pipe
    [ "$(cat code)" = 4 ] || fail "exit $(cat code), not 4, when the reader goes away: $*"
    [ -s err ] && fail "words when the reader goes away: $* ($(head -1 err))"
}
i=0
while [ $i -lt 20 ]; do
    cat long.txt
    i=$((i + 1))
done >longer.txt
gone text -q longer.txt
gone text -q --json longer.txt
gone play --device null longer.txt
gone save -q longer.txt -o -
finish
