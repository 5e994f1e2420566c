# What is given to be read: exit codes and words for each way in which it can be bad, and nothing
# but legal JSON for what is merely odd.
. "${0%/*}/lib.sh"

echo 'Trời mưa.' >good.txt

# Nothing can be read: 2, from each verb.
mkdir folder
: >empty.txt
head -c 5000 /dev/zero >zeros.bin
head -c 5000 "$DOCBAO" >program.bin
printf ' \n\t\n. , !\n' >blank.txt
for bad in missing.txt folder empty.txt zeros.bin program.bin blank.txt good.txt/x ''; do
    expect 2 "$DOCBAO" text "$bad"
    [ -s out ] && fail "something was printed for “$bad”"
    expect 2 "$DOCBAO" text --json "$bad"
    expect 2 "$DOCBAO" play --device null "$bad"
    expect 2 "$DOCBAO" save "$bad" -o bad.wav
    [ -e bad.wav ] && fail "a file was saved of “$bad”"
done
expect 2 "$DOCBAO" text --max-bytes 3 good.txt
says 'max-bytes'
expect 0 "$DOCBAO" text --max-bytes 14 good.txt

# Odd, but read: 0, JSON as promised, and a voice that survives it.
odd() {
    expect 0 "$DOCBAO" text --json "$1"
    "$HELPERS/jsoncheck" "$1" <out >faults || fail "$1: $(head -5 faults)"
    expect 0 "$DOCBAO" play --device null -q "$1"
}
printf 'Trời m\377\376a to, nước s\303ng dâng \xed\xa0\x80 cao.\n' >invalid.txt
printf 'Một \001Vhai \002ba [[k@t]] bốn [\002k@t]] năm\033[31m sáu\0 bảy.\n' >controls.txt
printf 'Một <b>hai</b> <script>ba</script> & bốn.\n' >tags.txt
printf 'Hôm nay %s là thế.\n' "$(head -c 100000 /dev/zero | tr '\0' a)" >word.txt
i=0
while [ $i -lt 68 ]; do
    printf "s'"
    i=$((i + 1))
done >apostrophes.txt
printf 'Chữ \340\244\225 này, và "-ông, (-ông, …-ông, '"''''''''"'.\n' >devanagari.txt
printf '\357\273\277Có dấu đầu tệp.\r\nHai dòng.\r\n' >bom.txt
printf 'Không có dòng cuối' >no-newline.txt
printf 'Ho\314\200a bi\314\200nh, \302\240 kho\303\242ng\342\200\213 tr\303\264ng.\n' >nfd.txt
for file in invalid controls tags apostrophes devanagari bom no-newline nfd; do
    odd $file.txt
done
# Spelled out this is hours of sound: enough that it is read.
expect 0 "$DOCBAO" text --json word.txt
"$HELPERS/jsoncheck" word.txt <out >faults || fail "a long word: $(head -c 300 faults)"
for sample in "$samples"/*.txt; do
    odd "$sample"
done

# 10 MB on one line: no more than time and memory. (2 MB with sanitizers.)
big=10000000 copies='1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30'
[ -z "${ASAN_OPTIONS:-}" ] || big=2000000 copies='1 2 3 4 5 6'
line='Chiều nay mưa lớn, nước lên nhanh. '
i=0
while [ $i -lt 2000 ]; do
    printf '%s' "$line"
    i=$((i + 1))
done >piece
for _ in $copies; do
    cat piece piece piece piece
done >big.txt
[ "$(wc -c <big.txt)" -gt $big ] || fail "the big file is too small"
expect 0 "$DOCBAO" text -q big.txt
[ "$(wc -l <out)" -gt $((big / 50)) ] ||
    fail "of about $((big / 43)) sentences in a line, $(wc -l <out) are told"

# Standard input, and several files.
"$DOCBAO" text - <good.txt >out 2>err || fail "standard input: exit $?"
[ -s out ] || fail "standard input is not read"
cat good.txt | "$DOCBAO" text --json - >out 2>err
grep -q '"source":"-"' out || fail "standard input is called otherwise than -"
expect 2 "$DOCBAO" text -
expect 0 "$DOCBAO" text good.txt good.txt
[ "$(wc -l <out)" = 2 ] || fail "two files are not two sentences"
expect 3 "$DOCBAO" text good.txt missing.txt
[ "$(wc -l <out)" = 1 ] || fail "the file that could be read was not"
expect 2 "$DOCBAO" text missing.txt empty.txt
expect 3 "$DOCBAO" text --json missing.txt good.txt empty.txt good.txt
"$HELPERS/jsoncheck" good.txt good.txt <out >faults || fail "array: $(head -5 faults)"
case $(head -c 1 out) in
'[') ;;
*) fail "several files are no array" ;;
esac
expect 2 "$DOCBAO" text --json missing.txt empty.txt
[ "$(tr -d '\n' <out)" = '[]' ] || fail "no article of several is no empty array"
expect 3 "$DOCBAO" play --device null good.txt missing.txt
expect 3 "$DOCBAO" save missing.txt good.txt -o part.wav
[ -s part.wav ] || fail "what could be read was not saved"

# An old encoding is told, and a note says so; --encoding settles it.
printf 'C\351ng h\337a x\267 h\351i\n' >old.txt
expect 0 "$DOCBAO" text old.txt
[ "$(cat out)" = 'cộng hòa xã hội' ] || fail "TCVN3 is read as $(cat out)"
grep -q 'read as TCVN3.*--encoding' err || fail "the guess is not told: $(cat err)"
expect 0 "$DOCBAO" text --explain old.txt
grep -q '^encoding: TCVN3, [0-9]* percent sure' out || fail "--explain does not name TCVN3"
printf 'Tin noùng\n' >old.txt
expect 0 "$DOCBAO" text --encoding vni old.txt
[ "$(cat out)" = 'tin nóng' ] || fail "--encoding vni gives $(cat out)"
[ -s err ] && fail "a named encoding is told as a guess: $(cat err)"
expect 1 "$DOCBAO" text --encoding nothing old.txt
grep -q 'TCVN3' err || fail "the encodings are not named: $(cat err)"

# A file name that is no UTF-8 is no reason for broken JSON.
name=$(printf 'm\377a.txt')
cp good.txt "$name"
expect 0 "$DOCBAO" text --json "$name"
"$HELPERS/jsoncheck" "$name" <out >faults || fail "odd name: $(head -5 faults)"

# --written is the source; --explain names what it explains.
printf 'Trời\302\240 mưa.   To\n  lắm 25 ngày.\n' >folded.txt
expect 0 "$DOCBAO" text --written folded.txt
grep -q '  ' out && fail "white space is not folded: $(cat out)"
expect 0 "$DOCBAO" text --explain folded.txt
grep -q '^line 2: 25 .*→ hai mươi lăm' out || fail "--explain does not explain 25: $(cat out)"
finish
