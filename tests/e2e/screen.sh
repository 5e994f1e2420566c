# The screen, in a terminal of a known size: what stands where, what is marked, and that the
# terminal is as before when it is left. And plain lines, which hold nothing but lines.
. "$(dirname "$0")/lib.sh"

command -v tmux >/dev/null || skip "tmux is not installed"
demo=$HELPERS/screen_demo
unset TMUX NO_COLOR
export TMUX_TMPDIR="$tmp" LC_ALL=C.UTF-8
server=0
terminal() {
    tmux -L "screen$server" -f /dev/null "$@"
}
# shellcheck disable=SC2034 # lib.sh does it at the end
cleanup='terminal kill-server 2>/dev/null'

# start COLUMNS LINES: a shell in a fresh terminal, of a server of its own: one that is being killed
# takes no new sessions.
start() {
    terminal kill-server 2>/dev/null
    server=$((server + 1))
    terminal new-session -d -s screen -x "$1" -y "$2" "PS1='shell> ' sh"
    await '^shell>'
}

keys() {
    terminal send-keys "$@"
}

# holds PATTERN [-e]: whether a line of the terminal matches; with -e as it is coloured.
holds() {
    terminal capture-pane -p ${2:+-e} >capture 2>/dev/null
    grep -q -e "$1" capture
}

# await PATTERN [-e]: waits some seconds for it, then fails.
await() {
    tries=0
    until holds "$@"; do
        tries=$((tries + 1))
        if [ $tries -gt 100 ]; then
            fail "the terminal lacks “$1”:"
            cat capture
            return 1
        fi
        sleep 0.05
    done
}

run() {
    keys "$*" Enter
}

esc=$(printf '\033')
# What curses may send between two looks.
sgr="\\($esc\\[[0-9;]*m\\)*"

# ---- 80 x 24: title, place, marks, progress ----
start 80 24
run "$demo $samples/dong-xuan.txt $samples/kinh-te.txt"
await '^│ Đông Xuân: Giữ đất lúa, mở rộng rừng quế'
await ' 1/2$'
await '0:00 / 2:04 · 2:04 left$'
await 'playing · bac-nam · speed 110 % .*? help$'
head -n 1 capture | grep -q 'Đông' && fail "the title stands twice"
await '7mĐông' -e
keys n n n
await "7mđất$sgr lúa" -e
keys N N
await "^$sgr│$sgr ${esc}\\[1;7mSau" -e
await "^$sgr│$sgr ${esc}\\[1mXuân (tỉnh" -e
keys N N N N N N N
await '^  Đông Xuân: Giữ đất lúa, .* 1/2$'
await '^│ Từ nguồn vốn'
# The middle third: lines 7 to 14 of the screen or so.
[ "$(grep -n '^│' capture | head -n 1 | cut -d: -f1)" -gt 5 ] || fail "scrolled too far"
keys p
await '^  paused · '
keys p w
await '^  sound device away: it was unplugged'
keys w m
await '^  speed 110 %$'
await '^  playing · ' # some seconds later
keys r n
await '7mnguồn' -e
keys G
await '2:00 / 2:04'
keys '>'
await ' 2/2$'

# ---- a page, a question ----
keys '?'
await '^  SPACE p .* pause, go on$'
await 'Esc closes$'
keys Escape
await '? help$'
keys a
await '^  Search for:'
keys -l 'công nhân'
await '^  Search for: công nhân$'
[ "$(terminal display-message -p '#{cursor_flag} #{cursor_x} #{cursor_y}')" = '1 23 23' ] ||
    fail "the cursor is not behind the answer: $(terminal display-message -p \
        '#{cursor_flag} #{cursor_x} #{cursor_y}')"
keys -l ' nông dân trí thức đi trên đường làng buổi sáng sớm mùa xuân năm ấy hết rồi'
await 'năm ấy hết rồi$'
keys BSpace BSpace BSpace Enter
await '^  asked: công nhân'
[ "$(terminal display-message -p '#{cursor_flag}')" = 0 ] || fail "the cursor is left on"

# ---- smaller, larger, tiny ----
keys '>' N N n
terminal resize-window -x 40 -y 10
await '^│ Sau gần 3 năm đưa Nghị quyết số'
await '7mgần' -e
await 'playing · 0:08 · 1:56 left'
[ "$(grep -c . capture)" -le 10 ] || fail "more than ten lines"
keys '?'
await '^  SPACE p'
await ' Esc closes$'
keys q
terminal resize-window -x 10 -y 3
await '7mgần' -e
terminal resize-window -x 1 -y 1
keys n n N '?' '?' a x Enter
terminal resize-window -x 120 -y 30
await '^ *│ Nằm ở thượng nguồn'

# ---- left and taken again, closed and opened again, and the terminal as before ----
keys z
await '^left for a while'
holds '^ *│' && fail "the screen is still there after it was left"
keys x Enter # the terminal itself holds the line now
await '^ *│ Nằm ở thượng nguồn'
keys c
await '^ *│ Nằm ở thượng nguồn'
keys q
await 'frames: first'
await '^shell>'
[ "$(terminal display-message -p '#{cursor_flag} #{alternate_on}')" = '1 0' ] ||
    fail "the cursor or the other screen was not given back"
run 'stty -a >modes; echo written'
await '^written'
tr -s ' ;' '\n' <modes >mode
for mode in echo icanon isig icrnl ixon; do
    grep -qx "$mode" mode || fail "stty: $mode is off"
done

# ---- wide and combining characters ----
start 40 12
printf 'Chữ lạ\n\nNgười ta viết 漢字漢字漢字漢字漢字漢字 và x\314\201y rồi cười 😀😀 mãi. %s\n' \
    "Ký tự$(printf '\033')[31m lạ." >wide.txt
run "$demo $tmp/wide.txt"
await '^  Người ta viết 漢字漢字漢字漢字漢字漢$'
await '^  字 và x́y rồi cười 😀😀 mãi'
holds "$esc\\[31m" -e && fail "a control sequence of the article reached the terminal"
terminal resize-window -x 37 -y 12
await '^  Người ta viết 漢字漢字漢字漢字漢$'
keys q
await '^shell>'

# ---- no colour, no terminal that can do it ----
start 80 24
run "NO_COLOR=1 $demo $samples/dong-xuan.txt"
await '^│ Đông Xuân'
await "${esc}\\[1m" -e
holds "$esc\\[[0-9;]*3[0-7]m" -e && fail "colours in spite of NO_COLOR"
keys q
await '^shell>'
run "clear; NO_COLOR= TERM=vt100 $demo $samples/dong-xuan.txt"
await '^│ Đông Xuân'
keys q
await 'frames: first'
run "clear; LC_ALL=POSIX TERM=screen $demo $samples/dong-xuan.txt"
await '^│ Đông Xuân'
keys q
await 'frames: first'
run "clear; TERM=dumb $demo $samples/dong-xuan.txt"
await '^no screen: TERM says'
run "clear; TERM=no-such-terminal $demo $samples/dong-xuan.txt"
await '^no screen: the kind of the terminal'
run "clear; TERM= $demo $samples/dong-xuan.txt"
await '^no screen: TERM, which'
run "clear; stty rows 0 cols 0; $demo $samples/dong-xuan.txt; stty rows 24 cols 80"
await '^no screen: the terminal does not tell'
run "clear; $demo $samples/dong-xuan.txt | cat"
await '^no screen: the output is no terminal'

# ---- a long article; and the terminal goes away ----
i=0
{
    echo 'Chuyện dài'
    while [ $i -lt 5000 ]; do
        printf '\nCâu một dài. Câu hai dài. Câu ba dài. Câu bốn dài. Câu năm của đoạn %d.\n' $i
        i=$((i + 1))
    done
} >long.txt
run "clear; $demo $tmp/long.txt"
await '^│ Chuyện dài'
keys N N N G
await '^│ Câu năm của đoạn\|Câu năm của đoạn 4999'
keys q
await 'frames: first'
slowest=$(sed -n 's/.*slowest later \([0-9]*\).*/\1/p' capture | tail -n 1)
[ "${slowest:-9999}" -lt 1000 ] || fail "a frame took $slowest ms"
run "clear; E2E_MARK=screen-$$ $demo $tmp/long.txt"
await '^│ Chuyện dài'
terminal kill-server
none_left "screen-$$"

# ---- plain lines ----
printf 'NNNq' | "$demo" --plain "$samples/dong-xuan.txt" >plain 2>err
"$DOCBAO" text --written "$samples/dong-xuan.txt" | head -n 4 >want
head -n 4 plain | cmp - want || fail "plain lines are not the sentences"
[ -s err ] && fail "messages of a quiet run: $(cat err)"
grep -q "$esc" plain && fail "escape sequences in plain lines"
printf 'Nm?q' | "$demo" --plain "$samples/dong-xuan.txt" >plain 2>err
[ "$(cat err)" = 'speed 110 %' ] || fail "the message is not on standard error"
sed -n 3p plain | grep -qx 'Keys' || fail "the page is not printed: $(head -n 5 plain)"
grep -qx 'SPACE p .*pause, go on' plain || fail "the page has no lines"

finish
