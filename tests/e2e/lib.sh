# What the scripts share. Source it first; it makes a private folder, $tmp, and goes there.
# End each script with `finish`.
set -u
: "${DOCBAO:?the program to test}" "${SOURCE:?the source folder}" "${HELPERS:?the folder of wavcmp}"
tmp=$(mktemp -d) || exit 1
cleanup=:
trap 'eval "$cleanup"; rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cd "$tmp" || exit 1
# Neither the user's language, own rules and voices nor the machine's sound shall matter.
unset LANGUAGE
export LC_ALL=C.UTF-8
export HOME="$tmp" XDG_CONFIG_HOME="$tmp/config" JACK_NO_START_SERVER=1
# Every sound is made anew: here no cache can be.
export XDG_CACHE_HOME=/dev/null
failures=0
samples="$SOURCE/assets/samples"

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

finish() {
    [ "$failures" = 0 ] || echo "$failures failed"
    [ "$failures" = 0 ]
    exit
}

skip() {
    echo "skipped: $*"
    [ "$failures" = 0 ] && exit 77
    finish
}

# expect CODE COMMAND...: runs it with its output in out and err, checks the exit code, and that a
# failure says something.
expect() {
    want=$1
    shift
    "$@" >out 2>err </dev/null
    got=$?
    [ $got = "$want" ] || fail "exit $got, not $want: $* ($(head -c 200 err))"
    case $want in
    1 | 2 | 3) [ -s err ] || fail "exit $got without a word: $*" ;;
    esac
}

# says PATTERN: whether the error output of the last `expect` has it.
says() {
    grep -q -e "$1" err || fail "the message lacks “$1”: $(head -c 300 err)"
}

# usage COMMAND...: a usage error: exit 1, nothing on standard output, one line that leads on.
usage() {
    expect 1 "$@"
    [ -s out ] && fail "a usage error printed to standard output: $*"
    [ "$(wc -l <err)" = 1 ] || fail "a usage error of other than one line: $*"
    says 'see docbao --help$'
}

# An article long enough to be interrupted: some minutes of sound.
long_article() {
    echo 'Chuyện dài ở bến sông'
    i=0
    while [ $i -lt 60 ]; do
        echo
        echo "Người lái đò kể lại chuyện cũ cho khách nghe trong một chiều mưa, rồi lặng lẽ" \
            "chèo tiếp. Con nước lớn dần, bờ bên kia mờ đi trong làn mưa trắng xóa."
        i=$((i + 1))
    done
}

# none_left MARK: waits until no process has MARK in its environment; fails if one stays.
none_left() {
    tries=0
    while [ $tries -lt 100 ]; do
        # Not by its exit code: a process that goes while it looks is an error to grep.
        grep -lzs -e "^E2E_MARK=$1\$" /proc/[0-9]*/environ >left
        [ -s left ] || return 0
        tries=$((tries + 1))
        sleep 0.1
    done
    fail "processes were left behind: $(cat left)"
}

# wav_frames FILE: the number of frames in a sound file.
wav_frames() {
    "$HELPERS/wavcmp" --frames "$1"
}
