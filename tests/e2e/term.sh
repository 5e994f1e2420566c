# A real terminal for a test: source it behind lib.sh. tmux runs a shell in it; keys are typed and
# the screen is read as a person would.
command -v tmux >/dev/null || skip "no tmux is here"
export TMUX_TMPDIR="$tmp" LC_ALL=C.UTF-8
unset TMUX NO_COLOR DBUS_SESSION_BUS_ADDRESS
terminal=0
term() {
    tmux -L "docbao$terminal" -f /dev/null "$@" 2>>tmux.log
}
cleanup='term kill-server'

# run COMMAND: in a new terminal of 80 x 24 (or $size), whose shell then writes the exit code to the
# file `code`. What it says on standard error goes to the file `err`.
size='-x 80 -y 24'
run() {
    rm -f code err modes
    term kill-server
    terminal=$((terminal + 1)) # the last server may take its time to go
    # shellcheck disable=SC2086 # two options
    term new-session -d $size "$1 2>err; echo \$? >code; stty -a >modes; sleep 1000"
}

keys() {
    term send-keys "$@"
}

shown() {
    term capture-pane -p -S -200
}

# until_shown PATTERN [SECONDS]: waits until the screen shows it.
until_shown() {
    tries=0
    while ! shown | grep -q -e "$1"; do
        tries=$((tries + 1))
        if [ $tries -gt $((${2:-15} * 20)) ]; then
            fail "the screen does not show “$1”: $(shown | grep -v '^$' | tail -n 12)"
            return 1
        fi
        sleep 0.05
    done
}

# until_said PATTERN: waits until standard error has it.
until_said() {
    tries=0
    while ! grep -q -e "$1" err 2>/dev/null; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ]; then
            fail "standard error does not say “$1”: $(tail -n 5 err)"
            return 1
        fi
        sleep 0.05
    done
}

# ended CODE: waits until the program has ended with that exit code.
ended() {
    tries=0
    while [ ! -s modes ] || [ ! -s code ]; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ]; then
            fail "it does not end: $(shown | grep -v '^$' | tail -n 5)"
            return 1
        fi
        sleep 0.05
    done
    [ "$(cat code)" = "$1" ] || fail "exit $(cat code), not $1 ($(head -c 300 err))"
    grep -qw -e echo modes && grep -qw -e icanon modes || fail "the terminal was left without echo"
    rm -f modes
}

# An article of eight sentences that are told apart, long enough to be interrupted anywhere.
numbered_article() {
    cat <<'END'
Chuyện bên sông

Câu thứ nhất kể rằng ông lái đò già UBND thức dậy từ lúc trời còn chưa sáng hẳn. Câu thứ hai kể rằng ông chèo đò sang bờ bên kia để đón những người đi chợ sớm.

Câu thứ ba kể rằng hôm ấy nước sông lên cao hơn mọi ngày, chảy xiết và đục ngầu. Câu thứ tư kể rằng người khách đầu tiên là một cô giáo trẻ mang theo chồng sách.

Câu thứ năm kể rằng đò ra giữa dòng thì trời bỗng nổi gió lớn và mưa như trút. Câu thứ sáu kể rằng ông lái đò bình tĩnh đưa mọi người cập bến an toàn.
END
}
