# The module under the real server of speech-dispatcher, which has a place of its own here and plays into a
# file: messages of every kind end, marks and stops come back, and there is sound.
. "${0%/*}/lib.sh"
command -v speech-dispatcher >/dev/null && command -v spd-say >/dev/null ||
    skip "speech-dispatcher is not installed"
set -- /usr/lib/*/speech-dispatcher/spd_alsa.so /usr/lib*/speech-dispatcher/spd_alsa.so
[ -e "$1" ] || [ -e "$2" ] || skip "speech-dispatcher cannot play through ALSA here"
unset XDG_CONFIG_HOME XDG_DATA_HOME
mkdir -p conf log "$HOME/.local/share"
"$DOCBAO" setup screen-reader >/dev/null || fail "setup: $?"
cat >asound.conf <<END
pcm.!default { type file slave.pcm null file "$tmp/heard.wav" format "wav" perm 0644 }
pcm.null { type null }
END
cat >conf/speechd.conf <<END
LogLevel 5
LogDir "$tmp/log"
DefaultVolume 100
AudioOutputMethod "alsa"
AudioALSADevice "default"
END
ALSA_CONFIG_PATH="$tmp/asound.conf" speech-dispatcher -s -C conf -S "$tmp/socket" -P "$tmp/pid" -t 0 \
    >server.out 2>&1 &
server=$!
cleanup="kill $server 2>/dev/null"
export SPEECHD_ADDRESS="unix_socket:$tmp/socket"
tries=0
until [ -S socket ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || skip "the server does not start: $(head -3 server.out)"
    sleep 0.1
done

# heard TEXT...: says it and waits until it was heard.
heard() {
    timeout 60 spd-say -w -o docbao "$@" || fail "spd-say $*: $?"
}

timeout 60 spd-say -O >modules
grep -qx docbao modules || fail "the server does not find the module: $(cat modules)"
timeout 60 spd-say -o docbao -L >voices
grep -q bac-nam voices || fail "no voices: $(cat voices)"
heard -l vi "Xin chào các bạn."
heard -l vi -r 80 -p 20 -i 50 -m all "Ngày 15/5/2016, UBND tỉnh họp (lần 2)."
heard -l vi -y nam-nu "Giọng miền Nam."
heard -l vi -t female2 "Giọng miền Trung."
heard -l vi -x '<speak>Một <mark name="a"/>hai.</speak>'
heard -l vi -s "đi"
heard -l vi -m none "."
heard -l vi -I message
timeout 60 spd-say -o docbao -l vi "$(long_article)"
sleep 1
timeout 60 spd-say -S || fail "stop: $?"
heard -l vi "Xong rồi."
[ "$(grep -c 'Got audio: eventually' log/speech-dispatcher.log)" -gt 60 ] || fail "the server got hardly any sound"
grep -q '703 STOP' log/speech-dispatcher.log || fail "a stop was not answered"
grep -q 'bogus\|unexpected\|Unknown event\|Broken pipe' log/speech-dispatcher.log &&
    fail "the server complains: $(grep 'bogus\|unexpected\|Unknown event\|Broken pipe' log/speech-dispatcher.log | head -3)"
[ "$(wc -c <heard.wav)" -gt 20000 ] || fail "nothing was played"
finish
