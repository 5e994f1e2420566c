# How far a saving is: a line on a terminal, JSON on request, nothing in a pipe. Without the cache,
# because the article repeats itself, and a saving from the cache is over before its first report.
. "${0%/*}/lib.sh"
. "${0%/*}/term.sh"
long_article >long.txt
printf 'Một tin ngắn.\n' >short.txt

# on_terminal COMMAND: with all of its output on the terminal.
on_terminal() {
    printf 'exec 2>/dev/tty\ntrap : INT\n%s\n' "$1" >on_terminal.sh
    run 'sh on_terminal.sh'
}

on_terminal "$DOCBAO save --no-cache long.txt short.txt -o out.wav -j 1"
until_shown '^1 of 2 · [0-9]* % · .*long.txt$'
until_shown '^1 of 2 · [1-9][0-9]* % · 0:[0-9]* left · long.txt$'
ended 0
shown | grep -q '%' && fail "the line is left behind: $(shown | head -3)"
[ "$(wav_frames out.wav)" -gt 1000000 ] || fail "the sound is not whole"
cp out.wav first.wav

# What is there is named before it is replaced; Ctrl-C keeps it.
on_terminal "$DOCBAO save --no-cache short.txt long.txt -o out.wav -j 1"
until_shown 'is there already, and is replaced'
until_shown '^2 of 2'
keys C-c
ended 4
cmp -s out.wav first.wav || fail "an interrupted saving has replaced the file"

# One file has no number; --quiet and --progress off say nothing.
on_terminal "$DOCBAO save --no-cache long.txt -o one.wav -j 1"
until_shown '^[0-9]* % · .*long.txt$'
ended 0
for option in -q '--progress off'; do
    on_terminal "$DOCBAO save $option long.txt -o two.wav -j 1; echo saved"
    until_shown '^saved'
    ended 0
    shown | grep -v '^saved$' | grep -q . && fail "save $option shows something: $(shown | head -3)"
    rm -f two.wav
done

# No terminal: nothing, and what is there is replaced as ever.
expect 0 "$DOCBAO" save short.txt -o one.wav
[ -s out ] || [ -s err ] && fail "save talks to a pipe: $(cat out err)"

expect 0 "$DOCBAO" save --no-cache -j 1 --progress json long.txt short.txt -o json.wav
while read -r line; do
    echo "$line" | "$HELPERS/jsoncheck" --any || fail "no JSON: $line"
done <out
grep -q '^{"event":"progress","name":"long.txt","article":1,"articles":2,"share":0\.[0-9]*,"left_s":[0-9n]' out ||
    fail "no share: $(head -2 out)"
# Of both articles, and never more than the whole, though the second is read ahead of its time.
grep -q '"name":"long.txt","article":1,"articles":2,"share":0\.[1-9]' out || fail "no progress: $(cat out)"
grep -v '"event":"end"' out | grep -v '"share":\(0\.\|1\.000\)' && fail "a share is beyond the whole"
grep '"name":"short.txt"' out | grep -v '"article":2' && fail "the second article has another number"
tail -n 1 out | grep -q '^{"event":"end","sentences":122,"lost":0,"sound_s":[1-9][0-9]*\.' ||
    fail "no end: $(tail -n 1 out)"
usage "$DOCBAO" save --progress json short.txt -o -
usage "$DOCBAO" text --progress json short.txt
finish
