# Saving: what is in the file, what stays of the old one, and every way in which it can fail.
. "${0%/*}/lib.sh"
sample="$samples/tin-ngan.txt"
long_article >long.txt

# As long as what is played, the same whatever the number of workers, and twice.
expect 0 "$DOCBAO" save -q "$sample" -o a.wav
frames=$(wav_frames a.wav)
expect 0 "$DOCBAO" play -q --device null --stats "$sample"
grep -q "\"frames\": $frames," err || fail "saved $frames frames, played: $(cat err)"
[ "$frames" -gt 220500 ] || fail "only $frames frames were saved"
for jobs in 1 2 4; do
    expect 0 "$DOCBAO" save -q --jobs $jobs "$sample" -o b.wav
    cmp a.wav b.wav || fail "--jobs $jobs gives another file"
done
for ending in flac ogg; do
    expect 0 "$DOCBAO" save -q "$sample" -o a.$ending
    [ "$(wav_frames a.$ending)" = "$frames" ] || fail ".$ending holds other than $frames frames"
done
"$HELPERS/wavcmp" a.wav a.flac || fail "FLAC holds another sound"
expect 0 "$DOCBAO" save -q --rate 200 "$sample" -o fast.wav
[ "$(wav_frames fast.wav)" -lt $((frames * 3 / 4)) ] || fail "--rate 200 is no faster"

# Streams: a pipe, standard output, a named pipe.
"$DOCBAO" save -q "$sample" -o - 2>err | cat >piped.wav
"$HELPERS/wavcmp" a.wav piped.wav || fail "-o - into a pipe is another sound"
"$DOCBAO" save -q "$sample" -o - >redirected.wav 2>err || fail "-o - into a file: exit $?"
cmp piped.wav redirected.wav || fail "-o - into a pipe and into a file differ"
mkfifo fifo
cat fifo >fifo.wav &
expect 0 "$DOCBAO" save -q "$sample" -o fifo
wait $!
"$HELPERS/wavcmp" a.wav fifo.wav || fail "a named pipe gets another sound"
[ -p fifo ] || fail "the named pipe was replaced"

# Several files: one after another, with a pause between.
expect 0 "$DOCBAO" save -q "$sample" "$sample" -o two.wav
two=$(wav_frames two.wav)
[ "$two" -gt $((2 * frames)) ] || fail "two articles in $two frames, one in $frames"
[ "$two" -lt $((2 * frames + 44100)) ] || fail "more than two seconds between articles"

# Failures leave the old file as it was, and no other.
echo old >old.wav
old_stays() {
    [ "$(cat old.wav)" = old ] || fail "the old file was changed: $1"
    ls -A | grep -q '\.part$' && fail "a temporary file was left: $1"
}
expect 2 "$DOCBAO" save missing.txt -o old.wav
old_stays 'missing input'
expect 1 "$DOCBAO" save --voice no-such-voice "$sample" -o old.wav
old_stays 'no such voice'
timeout --preserve-status -s TERM 0.5 "$DOCBAO" save -q --jobs 1 long.txt long.txt long.txt \
    long.txt long.txt long.txt long.txt long.txt long.txt long.txt long.txt -o old.wav 2>err
code=$?
[ $code = 4 ] || [ $code = 0 ] || fail "exit $code after SIGTERM"
[ $code = 0 ] && echo old >old.wav
old_stays SIGTERM
expect 2 "$DOCBAO" save "$sample" -o no-such-folder/a.wav
expect 2 "$DOCBAO" save "$sample" -o "$sample/a.wav"
expect 2 "$DOCBAO" save "$sample" -o . # a folder
if [ -c /dev/full ]; then
    expect 2 "$DOCBAO" save "$sample" -o /dev/full
    "$DOCBAO" save "$sample" -o - >/dev/full 2>err
    [ $? = 2 ] || fail "-o - >/dev/full: exit $?"
    [ -c /dev/full ] || fail "/dev/full was replaced"
fi
"$DOCBAO" save "$sample" -o - >&- 2>err
[ $? = 2 ] || fail "-o - with standard output closed: exit $?"

# A disk of its own where that may be made: full, then read-only.
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=256k none disk 2>/dev/null; then
    cleanup='umount "$tmp/disk"'
    echo old >disk/old.wav
    expect 2 "$DOCBAO" save "$sample" -o disk/old.wav
    [ "$(cat disk/old.wav)" = old ] || fail "a full disk cost the old file"
    [ "$(ls -A disk)" = old.wav ] || fail "left on a full disk: $(ls -A disk)"
    mount -o remount,ro disk
    expect 2 "$DOCBAO" save "$sample" -o disk/new.wav
else
    echo "left out: a full disk and a read-only one (no right to mount)"
fi
if [ "$(id -u)" != 0 ]; then
    mkdir locked
    chmod a-w locked
    expect 2 "$DOCBAO" save "$sample" -o locked/a.wav
    chmod u+w locked
else
    echo "left out: a folder without the right to write (run by root)"
fi
finish
