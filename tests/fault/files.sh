# Files that are being made: whatever ends the program, none is left of them.
. "$SOURCE/tests/e2e/lib.sh"
: "${SHIM:?the library that makes calls fail}"

# Too long to be done before a signal comes.
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    long_article
done >long.txt
echo 'Trời mưa to.' >short.txt
mkdir sounds

# empty WHEN: whether the folder holds no file.
empty() {
    left=$(ls -A sounds)
    [ -z "$left" ] || fail "a file is left $1: $left"
    rm -f sounds/* sounds/.??*
}

# begun PROCESS: waits until the sound file is open and has some sound.
begun() {
    tries=0
    while [ $tries -lt 300 ]; do
        for open in /proc/"$1"/fd/*; do
            case $(readlink "$open") in
            */sounds/*) [ "$(stat -L -c %s "$open" 2>/dev/null || echo 0)" -gt 0 ] && return 0 ;;
            esac
        done
        tries=$((tries + 1))
        sleep 0.1
    done
    fail "no sound was written in half a minute"
}

# The file system decides how they are made; where it knows files without a name, both ways are tried.
for way in as_is named; do
    case $way in
    named) export LD_PRELOAD="$SHIM" DOCBAO_NO_TMPFILE=1 ;;
    esac

    # More than a file may hold (ulimit -f).
    (ulimit -f 1000 && exec "$DOCBAO" save long.txt -o sounds/a.wav) >out.txt 2>err </dev/null
    code=$?
    [ $code = 2 ] || fail "$way: a limit of the size: exit $code"
    says 'ulimit -f'
    empty "$way: after a limit of the size"

    # A signal, halfway: the file is removed.
    E2E_MARK=files "$DOCBAO" save long.txt -o sounds/a.wav >out.txt 2>err </dev/null &
    process=$!
    begun $process
    kill -TERM $process
    wait $process
    code=$?
    [ $code = 4 ] || fail "$way: exit $code after a signal"
    empty "$way: after a signal"
    none_left files

    # The end without notice.
    E2E_MARK=files "$DOCBAO" save long.txt -o sounds/a.wav >out.txt 2>err </dev/null &
    process=$!
    begun $process
    # While it is made, another run leaves it alone.
    expect 0 "$DOCBAO" save short.txt -o sounds/a.wav
    case $way in named) [ "$(ls -A sounds | wc -l)" = 2 ] || fail "another's file was removed" ;; esac
    rm sounds/a.wav
    kill -KILL $process
    wait $process
    none_left files
    # Where the file has a name, the next run removes it.
    case $way in
    named)
        [ -n "$(ls -A sounds)" ] || fail "the test is wrong: no file has a name"
        expect 0 "$DOCBAO" save short.txt -o sounds/a.wav
        rm sounds/a.wav
        ;;
    esac
    case $way in
    as_is) [ -n "$(ls -A sounds)" ] && echo "this file system gives every file a name" && rm -f sounds/.a.wav.* ;;
    esac
    empty "$way: after the end without notice"
done
unset LD_PRELOAD DOCBAO_NO_TMPFILE

# A disk without room.
if mkdir disk && mount -t tmpfs -o size=300k none disk 2>/dev/null; then
    cleanup='umount disk'
    expect 2 "$DOCBAO" save long.txt -o disk/a.wav
    says 'Make room'
    [ -z "$(ls -A disk)" ] || fail "a file is left on a full disk: $(ls -A disk)"
    umount disk
    cleanup=
else
    echo "left out: a full disk (only root may mount one)"
fi
expect 2 "$DOCBAO" save long.txt -o /dev/full
says 'Make room'
finish
