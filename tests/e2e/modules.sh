# A part that is not installed, or whose library is missing: only what needs it fails, and a sentence
# says what to install.
. "${0%/*}/lib.sh"
echo 'Một câu ngắn.' >doc.txt
mkdir bin bin/modules
cp "$DOCBAO" bin/docbao
modules=$(dirname "$DOCBAO")/modules

works_without_sound() {
    expect 0 bin/docbao text doc.txt
    expect 0 bin/docbao save -q doc.txt -o out.wav
    [ "$(wav_frames out.wav)" -gt 10000 ] || fail "a WAV is too short"
}

refuses() {
    expect 1 bin/docbao save -q doc.txt -o out.flac
    says "$1"
    says 'libsndfile1'
    says '[.]wav'
    [ -e out.flac ] && fail "a file was left: out.flac"
    expect 2 bin/docbao play -q doc.txt
    says "$2"
    says 'libportaudio2'
    says 'docbao save FILE -o OUT.wav'
    expect 2 bin/docbao devices
    says 'libportaudio2'
}

# Without the engine nothing can be spoken, but a text can still be read.
expect 0 bin/docbao text doc.txt
expect 1 bin/docbao save -q doc.txt -o out.wav
says 'docbao-espeak.so'
[ -e out.wav ] && fail "a file was left: out.wav"
cp "$modules/docbao-espeak.so" bin/modules

# Nothing above the engine's own speed is promised without the part for it.
expect 0 bin/docbao save -q --rate 250 doc.txt -o out.wav
expect 1 bin/docbao save -q --rate 300 doc.txt -o fast.wav
says 'docbao-speed.so'
says 'libsonic0'
says '[-]-rate 250'
[ -e fast.wav ] && fail "a file was left: fast.wav"
if [ -e "$modules/docbao-speed.so" ]; then
    cp "$modules/docbao-speed.so" bin/modules
    expect 0 bin/docbao save -q --rate 300 doc.txt -o fast.wav
    rm bin/modules/docbao-speed.so
fi

# Not installed.
works_without_sound
refuses 'docbao-flac.so' 'docbao-device.so'

# Installed without the library that it drives.
sed 's/libsndfile\.so\.[0-9]/libsndfile.so.X/' "$modules/docbao-flac.so" >bin/modules/docbao-flac.so
sed 's/libportaudio\.so\.[0-9]/libportaudio.so.X/' "$modules/docbao-device.so" \
    >bin/modules/docbao-device.so
if cmp -s bin/modules/docbao-flac.so "$modules/docbao-flac.so"; then
    skip "libsndfile is linked under another name here"
fi
works_without_sound
refuses 'libsndfile.so.X' 'libportaudio.so.X'

# A program that only reads or saves a WAV has none of these libraries in its memory.
LD_DEBUG=libs "$DOCBAO" text doc.txt >/dev/null 2>libs
LD_DEBUG=libs "$DOCBAO" save -q doc.txt -o out.wav 2>>libs
for library in libportaudio libsndfile libFLAC libmp3lame libavformat libsoxr libjack libpulse libxml2; do
    grep -q "calling init: .*$library" libs && fail "$library is loaded without need"
done
finish
