# The user's own readings: docbao lexicon, the file in the configuration folder, the one beside an
# article.
. "$SOURCE/tests/e2e/lib.sh"
mkdir config
file=config/docbao/lexicon.tsv

reads() {
    got=$("$DOCBAO" text --raw --quiet "$1")
    [ "$got" = "$2" ] || fail "$1 is read “$got”, not “$2”"
}

expect 0 "$DOCBAO" lexicon list
[ -s out ] && fail "a lexicon that does not exist has rows"
expect 0 "$DOCBAO" lexicon add 'Sơn Nam' 'sơn nàm'
expect 0 "$DOCBAO" lexicon add CT 'chỉ tiêu' --context '>kế hoạch'
expect 0 "$DOCBAO" lexicon add 'Sơn Nam' 'sơn nam mới'
[ "$(grep -c 'Sơn Nam' $file)" = 1 ] || fail "a second reading did not replace the first"
expect 0 "$DOCBAO" lexicon list
grep -q '^CT	chỉ tiêu	>kế hoạch$' out || fail "list lacks a row: $(cat out)"

echo 'Báo Sơn Nam: CT theo kế hoạch.' >bai.txt
reads bai.txt 'báo sơn nam mới: chỉ tiêu theo kế hoạch.'
expect 0 "$DOCBAO" text --raw --explain bai.txt
grep -q 'lexicon.tsv:' out || fail "--explain does not name the row"
printf 'Sơn Nam\tsơn của bài\n' >bai.lexicon.tsv
reads bai.txt 'báo sơn của bài: chỉ tiêu theo kế hoạch.'

# That it is used is said, whatever else is asked for, with the number of its rows that apply.
printf 'Hà Nội\thà nội\n' >>bai.lexicon.tsv
used='bai.lexicon.tsv; rows that apply: 1 of 2'
for mode in "" --json --explain --quiet --time; do
    # shellcheck disable=SC2086 # one option or none
    expect 0 "$DOCBAO" text --raw $mode bai.txt
    says "$used"
done
expect 0 "$DOCBAO" text --raw --json bai.txt
grep -q "\"kind\":\"lexicon\",\"message\":\"[^\"]*$used" out || fail "JSON does not tell of the lexicon"
expect 0 "$DOCBAO" save --raw bai.txt -o bai.wav
says "$used"
expect 0 "$DOCBAO" play --raw --quiet --device null --ui none bai.txt
says "$used"

# One that others could have written is not used, and that is said; one that is named is used.
not_used() {
    expect 0 "$DOCBAO" text --raw bai.txt
    says "bai.lexicon.tsv, is not used, because $1"
    reads bai.txt 'báo sơn nam mới: chỉ tiêu theo kế hoạch.'
    expect 0 "$DOCBAO" text -q --raw bai.txt --lexicon bai.lexicon.tsv
    grep -q 'sơn của bài' out || fail "a lexicon that is named is not used: $(cat out err)"
    [ -s err ] && fail "of a lexicon that is named is told: $(cat err)"
}
for mode in g+w o+w; do
    chmod $mode bai.lexicon.tsv
    not_used 'other users can write to it'
    chmod go-w bai.lexicon.tsv
done
chmod o+w .
not_used 'other users can write to its folder'
chmod +t .
reads bai.txt 'báo sơn của bài: chỉ tiêu theo kế hoạch.'
chmod o-w,-t .
if chown 65534 bai.lexicon.tsv 2>/dev/null; then
    not_used 'another user owns it'
    chown "$(id -u)" bai.lexicon.tsv
fi
for strange in folder pipe; do
    mv bai.lexicon.tsv kept
    [ $strange = pipe ] && mkfifo bai.lexicon.tsv || mkdir bai.lexicon.tsv
    expect 0 "$DOCBAO" text --raw bai.txt
    says "is not used, because it is a $strange"
    rm -r bai.lexicon.tsv
    mv kept bai.lexicon.tsv
done

# None at all.
expect 0 "$DOCBAO" text -q --raw --no-lexicon bai.txt
[ -s err ] && fail "told of a lexicon that is not wanted: $(cat err)"
grep -q 'sơn nam:' out || fail "--no-lexicon uses one: $(cat out)"
usage "$DOCBAO" text --no-lexicon --lexicon $file bai.txt
usage "$DOCBAO" lexicon list --no-lexicon

# What cannot be spoken is refused, and the file stays as it was.
cp $file before
expect 1 "$DOCBAO" lexicon add Hà 'haf'
says 'no Vietnamese syllable'
expect 1 "$DOCBAO" lexicon add '...' 'ba chấm'
expect 1 "$DOCBAO" lexicon add 'a	b' 'a bê'
cmp -s before $file || fail "a refused reading changed the file"

expect 0 "$DOCBAO" lexicon check
printf 'Hà\thaf\n' >>$file
expect 1 "$DOCBAO" lexicon check
says "lexicon.tsv:5: "
expect 1 "$DOCBAO" text --raw bai.txt
says 'lexicon.tsv:5: '
expect 0 "$DOCBAO" lexicon remove Hà
expect 2 "$DOCBAO" lexicon remove Hà
expect 0 "$DOCBAO" lexicon remove 'Sơn Nam'
grep -q '^# written' $file || fail "removing a row removed the comments"

expect 2 "$DOCBAO" lexicon add Hà hà --lexicon no/such/folder/lexicon.tsv
usage "$DOCBAO" lexicon
usage "$DOCBAO" lexicon add Hà
usage "$DOCBAO" lexicon keep
usage "$DOCBAO" text --context x bai.txt
# In a home that is new there is not even a folder for configurations.
mkdir "$tmp/new"
expect 0 env -u XDG_CONFIG_HOME HOME="$tmp/new" "$DOCBAO" lexicon add Hà hà
[ -s "$tmp/new/.config/docbao/lexicon.tsv" ] || fail "no lexicon in a new home"
finish
