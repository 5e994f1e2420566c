# Usage errors, help, version, voices.
. "${0%/*}/lib.sh"
echo 'Trời mưa.' >a.txt

usage "$DOCBAO"
usage "$DOCBAO" text
usage "$DOCBAO" frobnicate
usage "$DOCBAO" help frobnicate
usage "$DOCBAO" text --frobnicate a.txt
usage "$DOCBAO" text -x a.txt
usage "$DOCBAO" text --voice
usage "$DOCBAO" text --raw=yes a.txt
usage "$DOCBAO" text --json --written a.txt
usage "$DOCBAO" text --device null a.txt
usage "$DOCBAO" play --json a.txt
usage "$DOCBAO" save a.txt
usage "$DOCBAO" save a.txt -o ''
usage "$DOCBAO" voices a.txt
usage "$DOCBAO" text --codes=maybe a.txt
for rate in 49 401 0 -5 +100 1e2 100x '' ' 100' 99999999999999999999; do
    usage "$DOCBAO" text --rate "$rate" a.txt
done
usage "$DOCBAO" play --jobs 0 --device null a.txt
usage "$DOCBAO" text --max-bytes 0 a.txt
expect 1 "$DOCBAO" text --voice no-such-voice a.txt
says 'no-such-voice'
expect 1 "$DOCBAO" save --voice no-such-voice a.txt -o a.wav
[ -e a.wav ] && fail "a file was saved with a voice that there is not"
expect 1 "$DOCBAO" save a.txt -o a.xyz
expect 1 "$DOCBAO" text --rules no-such-folder a.txt
mkdir tables
printf '# ours\nmưa\tMưa rào\n' >tables/loanwords.tsv
expect 1 "$DOCBAO" text --rules tables a.txt
says 'tables/loanwords.tsv:2:2: "Mưa" has a capital letter'
rm tables/loanwords.tsv
printf 'xem thêm\tadvert\twhole\n' >tables/boilerplate.tsv
expect 1 "$DOCBAO" text --rules tables a.txt
says 'tables/boilerplate.tsv:1:3: "whole" is not allowed .*exact, prefix, contains, sentence, agency'

# Not a word on standard error where a long option is the last to see.
expect 0 "$DOCBAO" --version
grep -q '^docbao [0-9]' out || fail "--version prints: $(cat out)"
grep -q '^Documents are taken apart in .*processes' out || fail "--version prints: $(cat out)"
expect 0 "$DOCBAO" --help
cp out all
for word in play save text voices help --voice --rate --raw --jobs --rules --quiet --help \
    --version --max-bytes --device --codes --output --written --json --explain --time; do
    grep -q -e "$word" all || fail "the help lacks $word"
done
expect 0 "$DOCBAO" help
cmp -s out all || fail "docbao help is not docbao --help"
for verb in play save text feed voices; do
    expect 0 "$DOCBAO" help $verb
    grep -q "docbao $verb" out || fail "help $verb does not tell about it"
    cp out one
    expect 0 "$DOCBAO" $verb --help
    cmp -s out one || fail "docbao $verb --help is not docbao help $verb"
done

# Options may stand before and behind; the shortest and the longest rate are allowed.
expect 0 "$DOCBAO" --quiet text a.txt --rate 50
expect 0 "$DOCBAO" text a.txt --rate=400 --jobs 3 --codes=spell --codes expand
# A word that is no verb is a file to be played.
expect 0 "$DOCBAO" --device null a.txt
grep -q 'Trời mưa.' out || fail "docbao FILE does not play it"
expect 2 "$DOCBAO" --device null no-such-file.txt

expect 0 "$DOCBAO" voices
awk -F '\t' 'NF != 5 || $1 == "" || $5 !~ /^(works$|unavailable: .)/ { exit 1 }' out ||
    fail "the list of voices is not as it should be: $(head -3 out)"
[ -s out ] || fail "there are no voices"

# A voice of one's own; one that the engine lacks is named as such, and never replaced.
mkdir -p config/docbao/voices
first=$(head -n 1 out | cut -f 1)
sed 's/^engine_voice.*/engine_voice = vi+no-such-variant/' "$SOURCE/voices/$first.voice" \
    >config/docbao/voices/mine.voice
expect 0 "$DOCBAO" voices
grep -q "^mine.*unavailable: ." out || fail "a voice that cannot work is listed as: $(grep mine out)"
expect 1 "$DOCBAO" save --voice mine a.txt -o mine.wav
[ -e mine.wav ] && fail "a voice that cannot work was replaced"
expect 1 "$DOCBAO" play --voice mine --device null a.txt

# A broken voice file is listed with the reason, hides no other voice and stops no reading.
echo 'rate = fast' >config/docbao/voices/broken.voice
expect 0 "$DOCBAO" voices
grep -q "^broken.*unavailable: .*broken.voice:1: " out || fail "broken is listed as: $(grep broken out)"
grep -q "^$first.*works" out || fail "a broken voice hides $first"
expect 0 "$DOCBAO" text a.txt
mv out right
expect 0 "$DOCBAO" text --voice broken a.txt
cmp -s out right || fail "a broken voice changes the reading"
expect 0 "$DOCBAO" text --explain --voice broken a.txt
grep -q 'broken is broken' out || fail "the reason is not among the notes: $(cat out)"
expect 1 "$DOCBAO" save --voice broken a.txt -o broken.wav
rm config/docbao/voices/broken.voice
# A typing error gets the name that is near it; what is near nothing gets none.
for pair in --profle=loa:--profile --vioce:--voice --Raw:--raw; do
    usage "$DOCBAO" save bai.txt -o bai.wav "${pair%:*}"
    says "do you mean ${pair#*:}?"
done
usage "$DOCBAO" txet bai.txt
says 'do you mean text?'
usage "$DOCBAO" help txet
says 'do you mean text?'
usage "$DOCBAO" help zzzzzz
grep -q 'do you mean' err && fail "zzzzzz is near a verb: $(cat err)"
# Behind the help of an option stand its verbs, but not where it is one of all that read articles.
grep -q '(save, feed)$' all || fail "the help does not name the verbs of --single: $(cat all)"
grep -A 3 -e '--lexicon FILE' all | grep -q '(play' && fail "the help names all verbs of --lexicon"
usage "$DOCBAO" save bai.txt -o bai.wav --zzzzzz
grep -q 'do you mean' err && fail "--zzzzzz is near something: $(cat err)"

# The sound never replaces what is read.
echo 'Một hai ba.' >bai.wav
usage "$DOCBAO" save bai.wav -o ./bai.wav
says 'another name'
[ "$(cat bai.wav)" = 'Một hai ba.' ] || fail "the source was written to"
finish
