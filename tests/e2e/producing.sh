# Profiles, loudness, rate, channels and bit rate: what comes out, and what goes wrong.
. "${0%/*}/lib.sh"
sample="$samples/tin-ngan.txt"

# figure NAME: a number of the last --stats.
figure() {
    sed -n 's/.*"'"$1"'": \(-*[0-9.]*\).*/\1/p' err
}

# near A B MOST
near() {
    awk -v a="$1" -v b="$2" -v most="$3" 'BEGIN { d = a - b; exit !(d <= most && -d <= most) }' ||
        fail "$1 is not $2 give or take $3"
}

# A profile names the format where the name does not.
for profile in loa podcast phat-thanh luu-tru; do
    expect 0 "$DOCBAO" save -q --profile $profile "$sample" -o $profile --jobs 1
    expect 0 "$DOCBAO" save -q --profile $profile "$sample" -o again --jobs 3
    cmp $profile again || fail "the profile $profile makes other bytes with other --jobs"
done
[ "$(head -c 4 phat-thanh)" = RIFF ] || fail "phat-thanh is no WAV"
[ "$(head -c 4 luu-tru)" = fLaC ] || fail "luu-tru is no FLAC"
expect 0 "$DOCBAO" save -q "$sample" -o plain.wav
"$HELPERS/wavcmp" plain.wav luu-tru || fail "luu-tru changes the sound"

# The ending comes first, and that is said.
expect 0 "$DOCBAO" save --profile podcast "$sample" -o a.flac
says 'saved as flac'
[ "$(head -c 4 a.flac)" = fLaC ] || fail "a.flac is no FLAC"
expect 0 "$DOCBAO" save -q --profile podcast "$sample" -o a.flac
[ -s err ] && fail "--quiet says: $(cat err)"

# Single options override. Two channels are 3 LU louder than one.
expect 0 "$DOCBAO" save --stats --profile podcast --loudness -20 --peak -3 "$sample" -o a.wav
says 'limiter took at most'
near "$(figure loudness)" -20 0.2
near "$(figure peak)" -3 0.2
expect 0 "$DOCBAO" save -q --stats --profile podcast --channels 2 "$sample" -o a.wav
near "$(figure loudness)" -16 0.2
expect 0 "$DOCBAO" save -q --stats --profile podcast --loudness none "$sample" -o a.wav
grep -q loudness err && fail "--loudness none levels: $(cat err)"
seconds() {
    echo $(($(wav_frames "$1") / $2))
}
expect 0 "$DOCBAO" save -q --sample-rate 8000 "$sample" -o a.wav
[ "$(seconds a.wav 8000)" = "$(seconds plain.wav 22050)" ] || fail "--sample-rate 8000: another length"
expect 0 "$DOCBAO" save -q --bitrate 16 "$sample" -o 16.mp3
expect 0 "$DOCBAO" save -q --bitrate 32 "$sample" -o 32.mp3
near "$(wc -c <16.mp3)" $(($(wc -c <32.mp3) / 2)) 3000
expect 0 "$DOCBAO" save -q --loudness -19 "$sample" -o - >stream.wav
[ "$(head -c 4 out)" = RIFF ] || fail "-o - with --loudness streams no WAV"

# An own profile, and what is wrong with one.
mkdir -p config/docbao/profiles
printf '[format]\ntype = flac\nchannels = 2\n' >config/docbao/profiles/mine.ini
expect 0 "$DOCBAO" save -q --profile mine "$sample" -o mine
[ "$(head -c 4 mine)" = fLaC ] || fail "an own profile is not used"
printf '[format]\ntype = flac\nchannels = 5\n' >config/docbao/profiles/mine.ini
rm mine
expect 1 "$DOCBAO" save -q --profile mine "$sample" -o mine
says 'mine.ini:3: .*from 1 to 2'
expect 1 "$DOCBAO" save -q --profile nobody "$sample" -o mine
says 'phat-thanh'
[ -e mine ] && fail "a wrong profile left a file"
usage "$DOCBAO" save --loudness loud "$sample" -o a.wav
usage "$DOCBAO" save --loudness -99 "$sample" -o a.wav
usage "$DOCBAO" save --peak 3 "$sample" -o a.wav
usage "$DOCBAO" save --channels 3 "$sample" -o a.wav
usage "$DOCBAO" save --bitrate 64 "$sample" -o a.wav
usage "$DOCBAO" text --profile loa "$sample"
expect 1 "$DOCBAO" save --bitrate 65 "$sample" -o b.mp3
says '64, 80'
expect 1 "$DOCBAO" save --sample-rate 47999 "$sample" -o b.mp3
says '44100 or 48000'
expect 1 "$DOCBAO" save "$sample" -o no-such-format
[ -e b.mp3 ] && fail "a file was left: b.mp3"

# A disk that is too small for the sound, or for the file: nothing is left.
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=600k none disk 2>/dev/null; then
    cleanup='umount "$tmp/disk"'
    for name in a.wav a.flac a.ogg a.opus a.mp3 a.m4a; do
        echo old >disk/$name
        expect 2 "$DOCBAO" save -q --loudness -16 "$sample" -o disk/$name
        [ "$(cat disk/$name)" = old ] || fail "a full disk cost the old $name"
        rm disk/$name
        [ -z "$(ls -A disk)" ] || fail "left on a full disk: $(ls -A disk)"
    done
    # 943,052 samples: the spool would fit, the file beside it does not.
    mount -o remount,size=4900k disk
    expect 2 "$DOCBAO" save -q --loudness -16 "$sample" -o disk/a.wav
    [ -z "$(ls -A disk)" ] || fail "left on a full disk: $(ls -A disk)"
    [ "$(df --output=used disk | tail -1)" -lt 50 ] || fail "the spool is still there"
else
    echo "left out: a full disk (no right to mount)"
fi
# Facts for Rivendell, beside a file alone.
expect 0 "$DOCBAO" save -q --rdxml "$sample" -o tin.wav
grep -q '^  <title>.*</title>$' tin.xml || fail "tin.xml has no title: $(cat tin.xml)"
expect 0 "$DOCBAO" save -q --rdxml --profile podcast --title 'Ước & mơ' "$sample" -o tin.mp3
grep -qF '<title>Ước &amp; mơ</title>' tin.xml || fail "tin.xml has another title: $(cat tin.xml)"
rm tin.xml
expect 0 "$DOCBAO" save -q --rdxml --no-tags "$sample" -o tin.wav
[ -e tin.xml ] && fail "there are facts beside a file without tags"
expect 1 "$DOCBAO" save -q --rdxml "$sample" -o -
says 'beside a sound file'
mkdir tin.xml
expect 2 "$DOCBAO" save -q --rdxml "$sample" -o tin.wav
says 'tin.xml.*cannot be written'

finish
