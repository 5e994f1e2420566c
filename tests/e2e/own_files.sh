# Every file that the user names or keeps is a regular file of a sensible size: a pipe to which
# nobody writes, a device without end, a folder and a file too large are refused in a sentence.
. "${0%/*}/lib.sh"
. "${0%/*}/server.sh"
export XDG_STATE_HOME="$tmp/state"
mkdir -p state/docbao config/docbao/voices rules folder
mkfifo pipe
truncate -s 1G large
echo 'Trời mưa to.' >a.txt
echo 'Tin có một câu.' | page news 'text/plain; charset=utf-8'
echo "<rss><channel><item><title>Tin</title><link>$web/news</link></item></channel></rss>" |
    page feed application/rss+xml

# in_place NAME: puts the strange file there.
in_place() {
    rm -rf "$1"
    ln -s "$strange" "$1"
}

refuses() {
    why=$1
    code=$2
    shift 2
    expect "$code" "$@"
    says "$why"
}

for strange in "$tmp/pipe" /dev/zero "$tmp/folder" "$tmp/large"; do
    case $strange in
    */folder) why='a folder' ;;
    */large) why='larger than' ;;
    *) why='a pipe or a device' ;;
    esac
    refuses "$why" 1 "$DOCBAO" text --lexicon "$strange" a.txt
    for action in list check "add a á" "remove a"; do
        # shellcheck disable=SC2086 # an action and its words
        refuses "$why" 1 "$DOCBAO" lexicon $action --lexicon "$strange"
    done
    in_place config/docbao/lexicon.tsv
    refuses "$why" 1 "$DOCBAO" text a.txt
    rm config/docbao/lexicon.tsv
    in_place rules/loanwords.tsv
    refuses "$why" 1 "$DOCBAO" text --rules rules a.txt
    in_place config/docbao/voices/own.voice
    refuses "$why" 1 "$DOCBAO" save --voice own a.txt -o a.wav
    expect 0 "$DOCBAO" voices
    grep "^own" out | grep -q "$why" || fail "the list of voices does not say why: $(cat out)"
    rm config/docbao/voices/own.voice
    refuses "$why" 1 "$DOCBAO" text --allow-local --cookie-file "$strange" "$web/news"
done

# What is remembered: of a large file only the end counts.
for strange in "$tmp/pipe" /dev/zero "$tmp/folder"; do
    in_place state/docbao/heard
    expect 1 "$DOCBAO" feed --list --allow-local "$web/feed"
    says 'heard cannot be looked up'
    in_place state/docbao/positions
    expect 0 "$DOCBAO" play --device null --ui none a.txt
    rm state/docbao/heard state/docbao/positions
done
strange=$tmp/large
in_place state/docbao/heard
expect 0 "$DOCBAO" feed --list --allow-local "$web/feed"

# What another program left beside the list, or was put there, is not waited for.
rm state/docbao/heard
mkfifo state/docbao/heard.new state/docbao/heard.part
expect 0 "$DOCBAO" feed --allow-local --device null "$web/feed"
[ -s state/docbao/heard ] || fail "what was heard is not remembered: $(head -c 200 err)"
finish
