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
fi

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
expect 1 "$DOCBAO" save --raw --voice fails --rate 150 three.txt -o x.wav
says 'one speed only; read at --rate 100'

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
