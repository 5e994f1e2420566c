# A sound server without hardware, for a test: source it behind lib.sh. The default device leads to
# it; $server is its process; what it plays can be captured (see $capture).
for program in pulseaudio parec; do
    command -v $program >/dev/null || skip "no $program is here"
done
mkdir pulse
cat >pulse.conf <<'END'
pcm.!default { type pulse }
pcm.null { type null }
END
pulse() {
    env HOME="$tmp/pulse" XDG_RUNTIME_DIR="$tmp/pulse" PULSE_RUNTIME_PATH="$tmp/pulse" "$@"
}
export PULSE_SERVER="unix:$tmp/pulse/native" ALSA_CONFIG_PATH="$tmp/pulse.conf"
capture="env HOME=$tmp/pulse XDG_RUNTIME_DIR=$tmp/pulse parec -d cap.monitor --raw --format=s16le \
--rate=44100 --channels=1 --latency-msec=20"

start_server() {
    # Not through the function above: $! has to be the server itself.
    env HOME="$tmp/pulse" XDG_RUNTIME_DIR="$tmp/pulse" PULSE_RUNTIME_PATH="$tmp/pulse" \
        pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 \
        -L "module-native-protocol-unix socket=$tmp/pulse/native auth-anonymous=1" \
        -L "module-null-sink sink_name=cap rate=44100 channels=2 norewinds=1" >pulse.log 2>&1 </dev/null &
    server=$!
    cleanup="kill -KILL $server 2>/dev/null; $cleanup"
    tries=0
    until pulse pactl info >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || skip "the sound server does not start: $(tail -n 2 pulse.log)"
        sleep 0.1
    done
}
start_server
