# The keys of a listener in plain mode, in a real terminal: what a person with a screen reader has.
. "${0%/*}/lib.sh"
. "${0%/*}/term.sh"
numbered_article >doc.txt
play="$DOCBAO play --ui plain --device null:realtime"
lexicon="$XDG_CONFIG_HOME/docbao/lexicon.tsv"
positions="$HOME/.local/state/docbao/positions"

run "$play doc.txt"
until_shown 'Chuyện bên sông'
keys Right
until_shown 'Câu thứ nhất'
keys ' '
until_said '^paused'
before=$(shown)
sleep 1
[ "$(shown)" = "$before" ] || fail "something is read in a pause"
keys Down
until_shown 'Câu thứ ba' # where it leads is shown at once
keys p
keys Right
until_shown 'Câu thứ tư'
keys Up
until_shown 'Câu thứ ba'
keys ']'
until_said 'speed 110 %'
keys '['
until_said 'speed 100 %'
keys '}'
until_said 'speed 200 %'
keys '}'
until_said 'speed 400 %'
keys BSpace
until_said 'speed 100 %'
keys 9
until_said 'volume 95 %'
keys 0
until_said 'volume 100 %'
keys v
until_said 'voice bac-nu'
keys s
until_said 'sleep timer: pause in 15 minutes'

# A search without marks, typed at a question, and read from there.
keys /
until_shown 'Search:'
keys 'binh tinh' Enter
until_shown 'Câu thứ sáu'
keys n
until_said 'it stands nowhere else'
# What is not found is still there, and can be mended.
keys /
keys 'sang song' Enter
until_said 'does not stand in this article'
until_shown '^Search: sang song$'
keys C-u Escape
until_said '^cancelled'
: >err
keys /
keys 'rang' Enter
until_shown 'Câu thứ nhất'
until_said 'searched on from the start'
keys n
until_shown 'Câu thứ hai'
keys N N
until_said 'searched on from the end'
keys g
until_shown 'Go to sentence (1 to'
keys 2 Enter
until_shown 'Câu thứ nhất'
# An answer that is refused is still there, and can be mended; what is allowed stands before it.
keys g
keys 99 Enter
until_said 'no sentence of that number'
until_shown '^Go to sentence (1 to 7, now 2), 50%, or 3:20: 99$'
keys C-u '1:2:3:4' Enter
until_said 'a share as in 50%'
until_shown '3:20: 1:2:3:4$'
keys Escape
until_said '^cancelled'
: >err
keys w
until_said 'sentence 2 of [0-9]*, 0:[0-9]* / [0-9:]* · .*left, playing · bac-nu · speed 100 %'
keys g
keys '50%' Enter
until_shown 'Câu thứ'
keys w
until_said 'sentence [3-9][0-9]* of'
keys g
keys '0:00' Enter
sleep 0.5
keys w
until_said 'sentence 1 of'
keys g
keys 0 Enter
until_said 'a share as in 50%'
keys C-u 2 Enter
until_shown 'Go to .* 2$'
until_shown 'Câu thứ nhất'

# Ctrl-D and ESC give no answer; the keys are keys again.
for key in C-d Escape; do
    keys g
    sleep 0.3
    keys $key
    until_said '^cancelled'
    : >err
    keys 9
    until_said 'volume 95 %'
    keys 0
done

# By seconds, and to both ends.
keys ' '
until_said '^paused'
keys Home
sleep 0.2
keys f
keys w
until_said 'sentence [34] of [0-9]*, 0:\(09\|1[0-2]\)'
keys b
sleep 0.2
keys w
until_said 'sentence [12] of [0-9]*, 0:0[0-2]'
keys End
until_shown 'Câu thứ sáu'
keys f
until_said 'nothing further'
keys ' '
until_said '^going on'
keys g
keys 2 Enter
until_shown 'Go to .*7), .* 2$'

# Why is it read so?
keys e
until_shown 'How this sentence is read'
until_shown 'UBND → ủy ban nhân dân (abbreviation'
keys '?'
until_shown 'RIGHT  LEFT'

# It is corrected on the spot, kept, and the sentence is read again.
[ "$(shown | grep -c 'Câu thứ nhất kể rằng ông lái đò già UBND')" -ge 1 ] || fail "no sentence"
keys c
until_shown 'Correct the reading of:'
keys UBND Enter
until_shown 'Read it as: \[ủy ban nhân dân\]'
keys 'bác sáu' Enter
until_said 'UBND is now read: bác sáu'
grep -q "^UBND	bác sáu" "$lexicon" || fail "the lexicon lacks the reading: $(cat "$lexicon")"
keys c
until_shown 'Correct the reading of:'
keys UBND Enter
until_shown 'Read it as: \[bác sáu\]'
keys 'xyzw qq' Enter
until_said 'is no Vietnamese syllable'
# What was refused is still there, to be mended; the same reading again is no row.
until_shown '^Read it as: \[bác sáu\] xyzw qq$'
keys C-u 'bác sáu' Enter
until_said 'UBND is read so already'
keys c
until_shown 'Correct the reading of:'
keys UBND Enter Enter
until_said 'UBND is read so already'
[ "$(grep -c '^[^#]' "$lexicon")" = 1 ] || fail "the lexicon has other rows: $(cat "$lexicon")"

# Left, remembered, and found again one sentence before.
keys g
keys 5 Enter
until_shown 'Câu thứ tư'
keys Q
ended 0
grep -q 'doc.txt: left at sentence 5 of 7 (0:[0-9]* of .*reads on from there' err ||
    fail "it does not say where it was left: $(tail -n 2 err)"
[ -s "$positions" ] || fail "nothing was remembered"
run "$play doc.txt"
until_said 'going on at sentence'
until_shown 'Câu thứ'
shown | grep -m 1 'Câu thứ' | grep -q 'Câu thứ ba' || fail "resumed elsewhere: $(shown | head -3)"
keys q
ended 0
run "$play --from-start doc.txt"
until_shown 'Chuyện bên sông'
keys q
ended 0
grep -q 'left at sentence 1 of .*Q instead of q' err || fail "q does not speak of Q: $(cat err)"

# Only what keys have done: not a sentence, to the end, which is said.
run "$DOCBAO play --ui keys --device null:realtime --from-start doc.txt"
sleep 1
keys ' '
until_said '^paused'
keys ' '
until_said '^going on'
keys End
until_said '^the end$'
ended 0
grep -q 'left at' err && fail "an article that was heard was left: $(cat err)"
shown | grep -q 'Câu thứ' && fail "--ui keys shows sentences: $(shown | head -5)"

# Lines are broken between words.
size='-x 30 -y 24'
run "$play --from-start doc.txt"
size='-x 80 -y 24'
keys Right
until_shown '^Câu thứ nhất kể rằng ông lái$'
until_shown '^đò già UBND thức dậy từ lúc$'
keys q
ended 0

# Two articles: on and back, and the next part.
sed 's/Chuyện bên sông/Chuyện thứ hai/; s/Câu/Đoạn/g' doc.txt >other.txt
run "$play --from-start doc.txt other.txt"
until_shown 'Chuyện bên sông'
keys '>'
until_shown 'Chuyện thứ hai'
keys '>'
until_said 'nothing further that way'
# The list of articles, chosen from by number.
keys l
until_shown '^Articles 1 to 2 of 2$'
until_shown '^1. Chuyện bên sông · 0:[0-9]*$'
until_shown '^2. Chuyện thứ hai · 0:[0-9]* · now$'
keys 3 Enter
until_said 'no article of that number'
until_shown '^Go to article (1 to 2, now 2): 3$'
keys BSpace 1x Enter
until_said 'give the number of an article'
until_shown '^Go to article (1 to 2, now 2): 1x$'
keys BSpace Enter
until_shown 'now 2): 1$'
sleep 0.5
keys w
until_said 'sentence [12] of 7'
keys Right
until_shown 'Câu thứ nhất'
keys l
until_shown '^1. Chuyện bên sông · 0:[0-9]* · now$'
keys Escape
until_said '^cancelled'
keys '>'
until_shown 'Chuyện thứ hai'
keys PPage
sleep 0.3
keys '<'
sleep 0.3
keys NPage
sleep 0.3
keys Q
ended 0
run "$play doc.txt other.txt"
until_shown 'Chuyện thứ hai'
keys C-c
ended 4

# On a screen the list is chosen from with the arrows; a queue of many goes anywhere at once.
mkdir -p nhieu
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    sed "s/Chuyện bên sông/Chuyện số $i/; s/Câu/Đoạn/g" doc.txt >"nhieu/$i.txt"
done
run "$play --from-start doc.txt missing.txt other.txt"
until_shown 'Chuyện bên sông'
keys '>'
until_shown 'Chuyện thứ hai' # what is missing is left out
keys l
until_shown '^2. missing.txt · cannot be read$'
keys 2 Enter
until_said 'that article cannot be read'
until_shown '^Go to article .*: 2$'
keys Escape
until_said '^cancelled'
keys q
ended 3
run "$DOCBAO play --ui screen --device null:realtime --from-start nhieu"
until_shown '^│ Chuyện số 1$'
# On a screen, too, a refused answer can be mended; what is said of it is taken away with the question.
keys g
keys 999 Enter
until_shown '^  this article has no sentence of that number$'
until_shown '50%, or 3:20: 999$\|^  999$'
keys Escape
sleep 0.4
shown | grep -q 'no sentence of that number' && fail "what is said of an answer stays without it"
keys l
until_shown '^  Articles$'
until_shown '^  1. Chuyện số 1 · 0:[0-9]* · now$'
until_shown '^  12. Chuyện số 12 · 0:[0-9]*$'
keys Down Down Up Up Up Down Enter
until_shown '^│ Chuyện số 2$'
keys l
until_shown '^  2. Chuyện số 2 · 0:[0-9]* · now$'
keys End Down Enter
until_shown '^│ Chuyện số 12$'
keys '<'
until_shown '^│ Đoạn thứ năm\|^│ Chuyện số 11$'
keys l
until_shown '^  11. Chuyện số 11 · 0:[0-9]* · now$'
keys Home Escape
sleep 0.3
keys q
ended 0
grep -q '11.txt: left at' err || fail "ESC in the list goes elsewhere: $(cat err)"

# Speed and volume are those of the last time; --rate is for once, BACKSPACE goes back. Silence is
# not kept, nor what nobody chose.
levels="$HOME/.local/state/docbao/levels"
level() {
    sed -n "s/^$1	//p" "$levels"
}
[ "$(level speed) $(level volume)" = '100 100' ] || fail "levels are kept as: $(cat "$levels")"
run "$play --from-start doc.txt"
until_shown 'Chuyện bên sông'
keys ']' ']' 9 9
until_said 'volume 90 %'
keys q
ended 0
[ "$(level speed) $(level volume)" = '120 90' ] || fail "levels are kept as: $(cat "$levels")"
grep -q 'as last time' err && fail "the usual speed is told: $(cat err)"
run "$play --from-start --rate 150 doc.txt"
until_said 'as last time: speed 150 %, volume 90 %'
until_shown 'Chuyện bên sông'
keys w
until_said 'speed 150 % · volume 90 %'
keys q
ended 0
[ "$(level speed)" = 120 ] || fail "--rate is kept: $(cat "$levels")"
run "$play --from-start doc.txt"
until_said 'as last time: speed 120 %, volume 90 %; BACKSPACE'
until_shown 'Chuyện bên sông'
keys w
until_said 'speed 120 % · volume 90 %'
keys BSpace 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9
until_said 'volume 0 %'
keys C-c
ended 4
[ "$(level speed) $(level volume)" = '100 90' ] || fail "levels are kept as: $(cat "$levels")"
run "$DOCBAO play --ui screen --device null:realtime --from-start doc.txt"
until_shown 'speed 100 % · volume 90 %'
keys ']'
until_shown 'speed 110 %'
keys q
ended 0
[ "$(level speed)" = 110 ] || fail "a screen keeps: $(cat "$levels")"
for broken in 'speed	many' 'speed	99999999999999999999' 'speed	1500' 'speed	0
volume	0' 'speed	-5' 'speed	150x' 'speed 150' ''; do
    printf '%s\nvolume\t90\n' "$broken" >"$levels"
    cp "$levels" before
    expect 0 "$DOCBAO" play --device null --from-start doc.txt
    says 'as last time: speed 100 %'
    cmp -s "$levels" before || fail "what nobody chose is written"
done
rm -f "$levels"
mkdir "$levels"
run "$play --from-start doc.txt"
until_shown 'Chuyện bên sông'
keys ']'
until_said 'speed 110 %'
keys q
ended 0
grep -q 'levels: the speed and the volume cannot be kept for the next time: ' err ||
    fail "nothing is said of levels that cannot be kept: $(cat err)"
rmdir "$levels"

# A terminal that is closed ends it, on a screen as well, and the place is kept.
for ui in plain screen; do
    rm -f "$positions"
    run "env E2E_MARK=$tmp $DOCBAO play --ui $ui --device null:realtime doc.txt"
    until_shown 'Chuyện bên sông'
    keys Right Right
    sleep 0.5
    term kill-server
    none_left "$tmp"
    grep -q '^article' "$positions" || fail "a closed terminal ($ui) forgets the place"
done
rm -f "$positions"

# Plain is plain: not one escape sequence, whatever is done.
run "$play doc.txt"
term pipe-pane "cat >'$tmp/raw'"
sleep 0.3
keys Right Right ' ' ' ' e v
until_said 'voice'
keys q
ended 0
tries=0
until [ -s raw ] || [ $tries -gt 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
[ -s raw ] || fail "nothing came from the terminal"
LC_ALL=C grep -q "$(printf '\033')" raw && fail "plain mode sends escape sequences"

# A dumb terminal, and a pipe, are plain by themselves; keys work in both.
run "env TERM=dumb $DOCBAO play --from-start --device null:realtime doc.txt"
until_shown 'Chuyện bên sông'
keys Right
until_shown 'Câu thứ nhất'
keys q
ended 0
run "$DOCBAO play --from-start --device null:realtime doc.txt | cat >piped"
sleep 1
keys Right
sleep 1
keys q
ended 0
grep -q 'Câu thứ nhất' piped || fail "keys do not work beside a pipe"

# A text from a pipe leaves the keys to the terminal.
run "cat doc.txt | $DOCBAO play --ui plain --device null:realtime --from-start -"
until_shown 'Chuyện bên sông'
keys Right
until_shown 'Câu thứ nhất'
keys q
ended 0

# Ctrl-Z gives the terminal back; fg goes on.
rm -f code modes
term kill-server
terminal=$((terminal + 1))
term new-session -d -x 80 -y 24 "sh -i"
keys "$play --from-start doc.txt 2>err" Enter
until_shown 'Chuyện bên sông'
keys C-z
until_shown 'Stopped'
keys fg Enter
sleep 0.5
keys Right
until_shown 'Câu thứ nhất'
keys q
sleep 0.5
keys 'echo $? >code; stty -a >modes' Enter
ended 0

# Two at once keep both places.
run "$play doc.txt"
until_shown 'Chuyện bên sông'
keys Right Right
until_shown 'Câu thứ hai'
timeout 20 "$HELPERS/typist" keys 500 DOWN DOWN Q -- "$DOCBAO" play --ui plain \
    --device null:realtime other.txt >out 2>other.err &
keys Q
ended 0
wait
[ "$(grep -c '^article' "$positions")" -ge 2 ] || fail "a place was lost: $(cat "$positions")"

# Of articles on the network the list has the length of the one that was fetched ahead, and says of
# the others that theirs is not known; it fetches none.
. "${0%/*}/server.sh"
long_article() {
    cat doc.txt
    for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
        printf '\n'
        sed "1,2d; s/Câu/Đoạn $n, câu/g" doc.txt
    done
}
for name in mot hai ba; do
    long_article | sed "s/Chuyện bên sông/Chuyện $name/" | page $name 'text/plain; charset=utf-8'
done
run "$play --allow-local --from-start $web/mot $web/hai $web/ba"
until_shown 'Chuyện mot'
until_asked /hai
tries=0
until shown | grep -q '^2. Chuyện hai · [0-9:]*$' || [ $tries -gt 20 ]; do
    tries=$((tries + 1))
    keys l
    sleep 0.3
    keys Escape
    sleep 0.2
done
until_shown '^1. Chuyện mot · [0-9:]* · now$'
until_shown '^2. Chuyện hai · [0-9:]*$'
until_shown "^3. $web/ba · length not known yet$"
[ "$(asked /ba)" = 0 ] || fail "the list fetches articles"
keys '>'
until_shown '^Chuyện hai$'
until_asked /ba
keys q
ended 0
[ "$(asked /mot) $(asked /hai)" = '1 1' ] || fail "fetched again: $(cat www/log)"
finish
