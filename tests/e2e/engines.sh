# Voices of other engines: a program that is kept, one that runs once a sentence, one that fails; what
# is listed, kept in the cache, and refused.
. "${0%/*}/lib.sh"
voices="$XDG_CONFIG_HOME/docbao/voices"
mkdir -p "$voices"
program="$HELPERS/../engine_program"
sample="$samples/tin-ngan.txt"

# voice NAME RATE: makes a voice of the section that comes from standard input.
voice() {
    {
        cat <<EOF
[voice]
description = Giọng thử $1
engine = command
licence = CC BY 4.0
dialect = north
gender = male
[speech]
rate = $2
[pause]
sentence = 350
block = 650
title = 900
[command]
EOF
        cat
    } >"$voices/$1.voice"
}

# saves_with VOICE ARGUMENT...: saves, and gives its statistics in err.
saves_with() {
    chosen=$1
    shift
    expect 0 "$DOCBAO" save --stats --raw --voice "$chosen" "$@"
}

# What is listed: the licence, the file, and why a voice does not work.
voice kept 400 <<EOF
program = $program 22050 3
EOF
voice missing 200 <<EOF
program = /no/such/program
EOF
voice each 170 <<EOF
program = espeak-ng -v vi -s {words} --stdin --stdout
run = each
sample_rate = 22050
EOF
expect 0 "$DOCBAO" voices
tab=$(printf '\t')
grep -q "^kept$tab.*${tab}command${tab}works${tab}CC BY 4.0$tab$voices/kept.voice\$" out || fail "kept: $(grep kept out)"
grep -q "^missing$tab.*unavailable: there is no program \"/no/such/program\"" out || fail "missing: $(grep missing out)"
grep -q "^bac-nam$tab.*${tab}works\$" out || fail "a built-in voice has no file: $(grep bac-nam out)"
expect 1 "$DOCBAO" save --raw --voice missing "$sample" -o x.wav
says 'there is no program "/no/such/program"'

# A program that is kept: the same bytes again, faster when asked, and captions that end with it.
saves_with kept "$sample" -o a.wav
says '"lost": 0'
saves_with kept "$sample" -o b.wav --jobs 3
cmp a.wav b.wav || fail "the same program gave other bytes"
saves_with kept --rate 200 "$sample" -o fast.wav
[ "$(stat -c %s fast.wav)" -lt "$(stat -c %s a.wav)" ] || fail "twice as fast is not shorter"
saves_with kept --captions vtt "$sample" -o c.wav
[ -s c.vtt ] || fail "no captions"
expect 0 "$DOCBAO" play -q --device null --stats --voice kept "$sample"
says '"lost": 0'
says '"underruns": 0'

# The adapter for programs that write a WAV, in both ways.
adapter="$SOURCE/contrib/docbao-stdout"
if [ -x /usr/bin/python3 ] && command -v espeak-ng >/dev/null; then
    voice adapted 170 <<EOF
program = $adapter espeak-ng -v vi
  -s {words} --stdin --stdout
EOF
    saves_with adapted "$sample" -o adapted.wav
    saves_with each "$sample" -o each.wav
    cmp adapted.wav each.wav || fail "the adapter gives another sound than the program alone"

    # The adapters for programs that are not installed here, with what stands for these: a package
    # piper of both kinds, and an RHVoice-test. They check how they are called, and speak by espeak-ng.
    mkdir -p new/piper old/piper bin
    cat >common.py <<'EOF'
import os, subprocess
class Config:
    sample_rate, length_scale = 22050, 1.0
def speak(text, length_scale):
    words = str(round(170 / length_scale))
    done = subprocess.run(["espeak-ng", "-v", "vi", "-s", words, "--stdout", text], stdout=subprocess.PIPE)
    return done.stdout[44:]
def check(model, config_path):
    assert config_path == model + ".json" and os.path.exists(model) and os.path.exists(config_path)
EOF
    cp common.py new/piper/common.py
    cp common.py old/piper/common.py
    cat >new/piper/__init__.py <<'EOF'
from dataclasses import dataclass
from typing import Optional
from .common import Config, speak, check
@dataclass
class SynthesisConfig:
    speaker_id: Optional[int] = None
    length_scale: Optional[float] = None
    noise_scale: Optional[float] = None
    noise_w_scale: Optional[float] = None
    normalize_audio: bool = True
    volume: float = 1.0
@dataclass
class AudioChunk:
    audio_int16_bytes: bytes
class PiperVoice:
    config = Config()
    @staticmethod
    def load(model_path, config_path=None, use_cuda=False):
        check(model_path, config_path)
        return PiperVoice()
    def synthesize(self, text, syn_config=None):
        assert syn_config.noise_scale == 0 and syn_config.noise_w_scale == 0
        yield AudioChunk(speak(text, syn_config.length_scale))
EOF
    cat >old/piper/__init__.py <<'EOF'
from .common import Config, speak, check
class PiperVoice:
    config = Config()
    @staticmethod
    def load(model_path, config_path=None, use_cuda=False):
        check(model_path, config_path)
        return PiperVoice()
    def synthesize_stream_raw(self, text, speaker_id=None, length_scale=None, noise_scale=None, noise_w=None,
                              sentence_silence=0.0):
        assert noise_scale == 0 and noise_w == 0
        yield speak(text, length_scale)
EOF
    cat >bin/RHVoice-test <<'EOF'
#!/usr/bin/python3
import re, subprocess, sys
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
assert arguments["-p"] == "Thu" and set(arguments) == {"-p", "-r", "-o"}
words = str(170 * int(arguments["-r"]) // 100)
wav = subprocess.run(["espeak-ng", "-v", "vi", "-s", words, "--stdin", "--stdout"], stdout=subprocess.PIPE).stdout
with open(arguments["-o"], "wb") as out:
    out.write(wav[:40] + bytes(4) + wav[44:])
EOF
    chmod +x bin/RHVoice-test
    echo model >m.onnx
    echo '{}' >m.onnx.json
    for kind in new old; do
        voice piper-$kind 170 <<EOF
program = /usr/bin/env PYTHONPATH=$tmp/$kind /usr/bin/python3
  $SOURCE/contrib/docbao-piper $tmp/m.onnx
read = $tmp/$kind
EOF
        saves_with piper-$kind "$sample" -o piper.wav
        cmp piper.wav each.wav || fail "docbao-piper, $kind: another sound"
        saves_with piper-$kind --rate 150 "$sample" -o piper.wav
        [ "$(stat -c %s piper.wav)" -lt "$(stat -c %s each.wav)" ] || fail "docbao-piper, $kind: no speed"
    done
    voice rhvoice 170 <<EOF
program = $SOURCE/contrib/docbao-rhvoice Thu
read = $SOURCE/contrib $tmp/bin
EOF
    usual=$PATH
    PATH="$tmp/bin:$PATH"
    saves_with rhvoice "$sample" -o rhvoice.wav
    PATH=$usual
    cmp rhvoice.wav each.wav || fail "docbao-rhvoice: another sound"
fi
for file in "$SOURCE"/contrib/*; do
    [ "$(wc -l <"$file")" -le 60 ] || fail "$file is longer than an adapter should be"
done

# The voice of docs/voices.md, as it stands there: only what it is to be fetched for is missing.
awk '/^ *```ini/ { on = 1; next } on && /```/ { exit } on { sub(/^ +/, ""); print }' \
    "$SOURCE/docs/voices.md" >"$voices/vais.voice"
expect 0 "$DOCBAO" voices
grep -q "^vais$tab.*unavailable: \"$HOME/.local/share/docbao/vits.*onnx\", which the section \[sherpa\] names" out ||
    fail "the voice of the guide: $(grep vais out)"

# One bad sentence: the others are saved, and the message says what the program printed.
printf 'Một hai ba.\nBốn năm sáu.\nBảy tám chín.\n' >three.txt
cat >fails <<EOF
#!/bin/sh
read -r text
case \$text in bốn*) echo "no such sound" >&2; exit 5 ;; esac
exec head -c 44100 /dev/zero
EOF
chmod +x fails
voice fails 170 <<EOF
program = $tmp/fails
run = each
sample_rate = 22050
EOF
expect 3 "$DOCBAO" save --raw --voice fails three.txt -o fails.wav
says 'the program left with code 5; it printed: no such sound'
[ "$(stat -c %s fails.wav)" -gt 88200 ] || fail "the other sentences are not there"
# The speed that this program does not have is docbao's part.
expect 3 "$DOCBAO" save --raw --voice fails --rate 200 three.txt -o fast.wav
[ "$(stat -c %s fast.wav)" -lt "$(($(stat -c %s fails.wav) * 7 / 10))" ] || fail "twice as fast is not shorter"

# The cache: what was spoken is not spoken again, until the program is another.
export XDG_CACHE_HOME="$tmp/cache"
cp "$program" own
voice cached 400 <<EOF
program = $tmp/own 22050 3
EOF
saves_with cached three.txt -o a.wav
says '"sentences": 3,.*"cached": 0}'
saves_with cached three.txt -o b.wav
says '"sentences": 3,.*"cached": 3}'
cmp a.wav b.wav || fail "the cache gives other bytes"
printf x >>own
saves_with cached three.txt -o b.wav
says '"sentences": 3,.*"cached": 0}'
export XDG_CACHE_HOME=/dev/null

# Nothing that lies beside an article is a voice, and nothing that others could have written.
cat "$voices/kept.voice" >beside.voice
expect 1 "$DOCBAO" save --raw --voice beside three.txt -o x.wav
says 'There is no voice "beside"'
expect 1 "$DOCBAO" save --raw --voice ./beside three.txt -o x.wav
says 'There is no voice "./beside"'
chmod 666 "$voices/kept.voice"
expect 1 "$DOCBAO" save --raw --voice kept three.txt -o x.wav
says "$voices/kept.voice: The voice names a program, and is not used"
chmod 600 "$voices/kept.voice"

# A program that hangs ends with docbao, and docbao with a signal.
voice hangs 170 <<EOF
program = sleep 1000
run = each
sample_rate = 22050
EOF
env E2E_MARK="$tmp" "$DOCBAO" save --raw --voice hangs three.txt -o x.wav 2>err &
saver=$!
sleep 1
kill "$saver"
wait "$saver"
[ $? = 4 ] || fail "a save that was ended has another code"
none_left "$tmp"
finish
