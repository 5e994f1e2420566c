# A sound device, made of ALSA's file plugin: what is played is what is saved; a device that is
# lost, that fails at once, that is not there.
. "${0%/*}/lib.sh"
sample="$samples/tin-ngan.txt"

# alsa FORMAT TARGET: the default device writes to TARGET, a file or "|command".
alsa() {
    cat >alsa.conf <<END
pcm.!default {
    type file
    slave.pcm null
    file "$2"
    format "$1"
    perm 0644
}
pcm.null {
    type null
}
END
}
export ALSA_CONFIG_PATH="$tmp/alsa.conf"

alsa wav "$tmp/capture.wav"
"$DOCBAO" play -q "$sample" >out 2>err || skip "no sound through ALSA's file plugin: $(cat err)"
[ -s err ] && fail "words while playing: $(head -3 err)"
[ -s capture.wav ] || fail "nothing was played"
expect 0 "$DOCBAO" save -q "$sample" -o saved.wav
"$HELPERS/wavcmp" saved.wav capture.wav || fail "what is played is not what is saved"

# A device that takes nothing was never there: 2, at once.
alsa raw /dev/full
expect 2 env E2E_MARK="$tmp" "$DOCBAO" play -q "$sample"
none_left "$tmp"

# No device at all.
echo 'pcm.null { type null }' >alsa.conf
expect 2 env E2E_MARK="$tmp" "$DOCBAO" play -q "$sample"
none_left "$tmp"
: >alsa.conf
expect 2 "$DOCBAO" play -q "$sample"
expect 2 "$DOCBAO" play -q --device no-such-device "$sample"

# Lost in the midst, and back: all is read. The reader of the first time leaves early.
cat >reader <<'END'
if [ -e lost ]; then exec cat >rest; fi
: >lost
exec head -c 200000 >begin
END
alsa raw "|sh $tmp/reader"
expect 0 "$DOCBAO" play "$sample"
says 'Waiting for it to come back'
[ -s rest ] || fail "after the device came back nothing was played"

# Lost and not back within ten seconds: 3. A pipe without a reader takes a second of sound each
# time before it fails, so the article is long.
rm -f lost
long_article >long.txt
cat >reader <<'END'
if [ -e lost ]; then exit 1; fi
: >lost
exec head -c 200000 >begin
END
expect 3 env E2E_MARK="$tmp" "$DOCBAO" play -q long.txt
none_left "$tmp"
finish
