# How long files take (text --time), against how long they are once saved.
. "${0%/*}/lib.sh"

# seconds TIME: of M:SS or H:MM:SS.
seconds() {
    echo "$1" | awk -F : '{ n = 0; for (i = 1; i <= NF; i++) n = n * 60 + $i; print n }'
}

# near TOLD FRAMES WHAT: within one in twenty, and the second that is rounded.
near() {
    awk -v told="$1" -v frames="$2" 'BEGIN {
        real = frames / 22050
        off = told > real ? told - real : real - told
        exit !(off <= real / 20 + 0.6)
    }' || fail "$3: told $1 s, saved $2 frames"
}

# check FILE VOICE RATE
check() {
    expect 0 "$DOCBAO" text -q --time --voice "$2" --rate "$3" "$1"
    [ "$(wc -l <out)" = 1 ] || fail "other than one line for one file: $(cat out)"
    told=$(seconds "$(cut -f 1 out)")
    "$DOCBAO" save -q --voice "$2" --rate "$3" "$1" -o a.wav || fail "save: exit $?"
    near "$told" "$(wav_frames a.wav)" "$1, $2, $3"
}

for file in "$samples"/*.txt "$samples"/*.html "$samples"/*.md; do
    check "$file" bac-nam 100
done
for rate in 50 75 125 160 200 250 275 400; do
    check "$samples/tin-ngan.txt" nam-nam $rate
done
check "$samples/trang-web.html" bac-nu 150
check "$samples/trang-web.html" trung-nam 60
check "$samples/trang-web.html" trung-nu 100
check "$samples/trang-web.html" nam-nu 225

# Without --rate as with 100; the counts are those of the article; the name is as given.
expect 0 "$DOCBAO" text -q --time "$samples/tin-ngan.txt"
cp out one
expect 0 "$DOCBAO" text -q --time --rate 100 "$samples/tin-ngan.txt"
cmp -s out one || fail "--rate 100 is another time than none"
"$DOCBAO" text -q "$samples/tin-ngan.txt" >spoken
printf '%s\t%s\t%s\n' "$(wc -l <spoken)" "$(wc -w <spoken)" "$samples/tin-ngan.txt" >counts
cut -f 2- out | cmp -s - counts || fail "counts: $(cat out counts)"
grep -q -E '^[0-9]:[0-5][0-9]	' out || fail "not M:SS: $(cat out)"

# Several: a line each and all of them; standard input has its name.
expect 0 "$DOCBAO" text -q --time "$samples/tin-ngan.txt" "$samples/the-thao.txt"
[ "$(wc -l <out)" = 3 ] || fail "other than three lines for two files: $(cat out)"
"$DOCBAO" save -q "$samples/tin-ngan.txt" "$samples/the-thao.txt" -o a.wav || fail "save"
tail -n 1 out | grep -q '	total$' || fail "no total: $(cat out)"
near "$(seconds "$(tail -n 1 out | cut -f 1)")" "$(wav_frames a.wav)" total
awk -F '\t' '$4 == "total" { exit !(s == $2 && w == $3) } { s += $2; w += $3 }' out ||
    fail "the total is no sum: $(cat out)"
echo 'Một, hai.' | "$DOCBAO" text --time - >out || fail "standard input: exit $?"
[ "$(cat out)" = "0:01	1	2	-" ] || fail "standard input: $(cat out)"

# An hour and more.
long_article >long.txt
for _ in 1 2 3 4 5 6 7 8; do
    cat long.txt
done >hours.txt
expect 0 "$DOCBAO" text --raw --time hours.txt
grep -q -E '^[0-9]+:[0-5][0-9]:[0-5][0-9]	' out || fail "not H:MM:SS: $(cat out)"

# What cannot be read costs its own line.
usage "$DOCBAO" text --time --json "$samples/tin-ngan.txt"
usage "$DOCBAO" text --time --written "$samples/tin-ngan.txt"
usage "$DOCBAO" text --explain --time "$samples/tin-ngan.txt"
usage "$DOCBAO" play --time "$samples/tin-ngan.txt"
usage "$DOCBAO" text --time
expect 2 "$DOCBAO" text --time no-such-file.txt
[ -s out ] && fail "a time for no file: $(cat out)"
expect 3 "$DOCBAO" text -q --time no-such-file.txt "$samples/tin-ngan.txt"
[ "$(wc -l <out)" = 2 ] || fail "one of two files: $(cat out)"
expect 1 "$DOCBAO" text --time --voice no-such-voice "$samples/tin-ngan.txt"
finish
