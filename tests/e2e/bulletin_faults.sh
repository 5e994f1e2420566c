# A bulletin that is stopped, killed, or has no room: the old file stays, nothing is left.
. "${0%/*}/lib.sh"

long_article >dai.txt
cat >tin.ini <<'END'
[bulletin]
voices = bac-nu, bac-nam
profile = phat-thanh
[headlines]
bed = docbao:nhac-nen
[article]
file = dai.txt
[article]
file = dai.txt
END

# begin MARK: starts one in the background, and waits until its engine runs.
begin() {
    mkdir -p place
    echo old >place/x.wav
    E2E_MARK=$1 "$DOCBAO" bulletin tin.ini -o place/x.wav --captions vtt --run-sheet csv 2>messages &
    pid=$!
    tries=0
    while [ "$(grep -lzs -e "^E2E_MARK=$1\$" /proc/[0-9]*/environ | wc -l)" -lt 3 ] &&
        [ $tries -lt 200 ]; do
        tries=$((tries + 1))
        sleep 0.02
    done
}
# clean WHAT: the old file, and nothing else.
clean() {
    [ "$(cat place/x.wav)" = old ] || fail "$1 cost the old file"
    [ "$(ls -A place)" = x.wav ] || fail "$1 left $(ls -A place)"
}

for signal in INT TERM HUP; do
    begin "bulletin-$signal"
    # A shell has its background processes ignore SIGINT.
    [ $signal = INT ] || kill -$signal $pid
    [ $signal != INT ] || kill -9 $pid
    wait $pid
    code=$?
    case $signal in
    INT) [ $code = 137 ] || fail "killed: exit $code" ;;
    *) [ $code = 4 ] || fail "SIG$signal: exit $code: $(cat err)" ;;
    esac
    clean "SIG$signal"
    none_left "bulletin-$signal"
done

mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=2m none disk 2>/dev/null; then
    cleanup='umount "$tmp/disk"'
    echo old >disk/x.wav
    expect 2 "$DOCBAO" bulletin tin.ini -o disk/x.wav --captions vtt
    says 'Make room'
    [ "$(cat disk/x.wav)" = old ] || fail "a full disk cost the old file"
    [ "$(ls -A disk)" = x.wav ] || fail "left on a full disk: $(ls -A disk)"
    [ "$(df --output=used disk | tail -1)" -lt 50 ] || fail "the sound is still on the disk"
else
    echo "left out: a full disk (no right to mount)"
fi

# Where the decoder is not installed, only bulletins with other sound need it.
mkdir -p bin
cp "$DOCBAO" bin/docbao
cp -rL "$(dirname "$DOCBAO")/modules" bin/modules
rm bin/modules/docbao-decoder.so
expect 1 bin/docbao bulletin tin.ini -o x.wav
says 'Sound files cannot be read.*libsndfile1'
sed -i '/^bed/d; s/dai.txt/ngan.txt/' tin.ini
echo 'Một câu.' >ngan.txt
expect 0 bin/docbao bulletin tin.ini -o x.wav -q

finish
