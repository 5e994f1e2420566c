# save --watch: the sound is made again when the text changes, once for each change, and only of what
# is new; whatever happens to the text, it goes on until it is told to end.
. "${0%/*}/lib.sh"
export XDG_CACHE_HOME="$tmp/cache"

# With sanitizers, which make it eight times slower, fewer sentences.
count=200 long='1 2 3 4'
[ -z "${ASAN_OPTIONS:-}" ] || count=40 long=1

# story CHANGED: so many sentences, one of which may be another.
story() {
    i=1
    while [ $i -le $count ]; do
        [ $i = "$1" ] && echo "Riêng thuyền này về trễ."
        [ $i = "$1" ] || echo "Thuyền thứ $i về bến."
        i=$((i + 1))
    done
}

# awaits COUNT PATTERN: waits until so many lines of the log have it, as long as that may take on a
# busy machine.
awaits() {
    tries=0
    while [ "$(grep -c -e "$2" log)" -lt "$1" ]; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { fail "no “$2” for the $1. time: $(cat log)"; finish; }
        sleep 0.1
    done
    [ "$(grep -c -e "$2" log)" = "$1" ] || fail "“$2” more than $1 times: $(cat log)"
}

# same FILE: the sound is that of the text now.
same() {
    expect 0 "$DOCBAO" save -q --no-cache --raw --rate 250 text/a.txt -o plain.wav
    cmp plain.wav out.wav || fail "another sound: $1"
}

mkdir text
story 0 >text/a.txt
ln -s text/a.txt a.txt
: >log
E2E_MARK=watch "$DOCBAO" save --watch --raw --rate 250 text/a.txt -o out.wav >log 2>&1 &
watcher=$!
cleanup='kill -9 $watcher 2>/dev/null'
awaits 1 "“out.wav” is saved: $count of $count sentences were new\."
awaits 1 'whenever the text changes'
same 'at first'

# Written in place, and by another file that takes its name.
story 17 >text/a.txt
awaits 1 " 1 of $count sentences was new\."
same 'written in place'
{ story 17 && echo 'Trời tối dần.'; } >text/new
mv text/new text/a.txt
awaits 1 " 1 of $((count + 1)) sentences was new\."
same 'replaced'
touch text/a.txt
awaits 1 " 0 of $((count + 1)) sentences were new\."

# A file that somebody writes is not read before it is closed, however slowly it is written.
exec 3>text/a.txt
for part in 'Một con' ' thuyền lạ. Nó' ' đi nhanh.'; do
    printf '%s' "$part" >&3
    sleep 0.6
done
exec 3>&-
awaits 1 ' 2 of 2 sentences were new\.'
awaits 5 '” is saved'
same 'written slowly'

# Removed and back, with its folder too; emptied; a fault in what it is read with.
rm text/a.txt
awaits 1 '“text/a.txt” is gone'
story 0 >text/a.txt
awaits 6 '” is saved'
same 'back'
mv text away
awaits 2 '“text/a.txt” is gone'
mkdir text
story 17 >text/a.txt
awaits 7 '” is saved'
same 'in another folder'
: >text/a.txt
awaits 1 'is empty'
same=$(cksum <out.wav)
printf 'Thuyền về.\tmột\thai\tba\tbốn\n' >text/a.lexicon.tsv
story 0 >text/a.txt
awaits 1 'text/a.lexicon.tsv:1'
[ "$(cksum <out.wav)" = "$same" ] || fail "a failure changed the sound"
printf 'Thuyền thứ 9\tthuyền thứ chín mươi\n' >text/a.lexicon.tsv
awaits 8 '” is saved'
same 'with a lexicon'
rm text/a.lexicon.tsv
awaits 9 '” is saved'
same 'without the lexicon'

# The end: between two, and in the middle of one.
kill -TERM $watcher
wait $watcher
[ $? = 4 ] || fail "exit $? after SIGTERM"
none_left watch
for _ in $long; do long_article; done >text/a.txt
E2E_MARK=watch "$DOCBAO" save --watch --no-cache --raw --jobs 1 text/a.txt -o long.wav >log 2>&1 &
watcher=$!
awaits 1 '” is saved'
sum=$(cksum <long.wav)
sed 's/con/cây/g' text/a.txt >text/new && mv text/new text/a.txt
sleep 1
kill -TERM $watcher
wait $watcher
[ $? = 4 ] || fail "exit $? after SIGTERM in the middle"
none_left watch
if [ "$(grep -c "” is saved" log)" -gt 1 ]; then
    echo "the second save was done before the signal came"
elif [ "$(cksum <long.wav)" != "$sum" ]; then
    fail "a sound that is not whole took the place of the old one"
fi
[ -z "$(ls -A | grep '\.part$')" ] || fail "left behind: $(ls -A)"

# What cannot be watched; a first save that fails ends it.
usage "$DOCBAO" save --watch - -o out.wav
says 'standard input'
usage "$DOCBAO" save --watch https://bao.example/a -o out.wav
says 'save the page to a file'
usage "$DOCBAO" save --watch a.txt -o -
usage "$DOCBAO" play --watch a.txt
expect 2 "$DOCBAO" save --watch none.txt -o out.wav
expect 1 "$DOCBAO" save --watch --voice none a.txt -o out.wav
expect 2 "$DOCBAO" save --watch a.txt -o none/out.wav
finish
