# The cache of sentences: the bytes are those of a run without it, however full, damaged or crowded it
# is, and only new sentences are spoken.
. "${0%/*}/lib.sh"
export XDG_CACHE_HOME="$tmp/cache"
kept="$XDG_CACHE_HOME/docbao/sentences"
sample="$samples/tin-ngan.txt"

# With sanitizers, which make it eight times slower, fewer sentences and formats.
count=200 formats='wav flac ogg opus mp3'
[ -z "${ASAN_OPTIONS:-}" ] || count=40 formats='wav mp3'

# story CHANGED: so many sentences, one of which may be another.
story() {
    i=1
    while [ $i -le $count ]; do
        [ $i = "$1" ] && echo "Riêng thuyền này về trễ."
        [ $i = "$1" ] || echo "Thuyền thứ $i về bến."
        i=$((i + 1))
    done
}

# saves SENTENCES CACHED ARGUMENT...: saves and compares what the statistics tell.
saves() {
    sentences=$1 cached=$2
    shift 2
    expect 0 "$DOCBAO" save --stats "$@"
    grep -q "\"sentences\": $sentences, .*\"cached\": $cached}" err ||
        fail "not $cached of $sentences from the cache: $* ($(cat err))"
    [ "$(wc -l <err)" = 1 ] || fail "something was said: $(cat err)"
}

# forget SEDSCRIPT: removes those files of the cache whose numbers sed prints.
forget() {
    ls "$kept" 2>ls | grep -v grown | sed -n "$1" | while read -r name; do rm "$kept/$name"; done
}

# same A B WHAT
same() {
    cmp "$1" "$2" || fail "other bytes: $3"
}

# One changed sentence of all is spoken, and no other.
story 0 >a.txt
story 17 >b.txt
saves $count 0 --no-cache --raw --rate 250 a.txt -o a.wav
saves $count 0 --no-cache --raw --rate 250 b.txt -o b.wav
[ -e "$XDG_CACHE_HOME" ] && fail "--no-cache makes a cache"
saves $count 0 --raw --rate 250 a.txt -o c.wav
same a.wav c.wav "with an empty cache"
saves $count $count --raw --rate 250 a.txt -o c.wav
same a.wav c.wav "with a full cache"
saves $count $((count - 1)) --raw --rate 250 b.txt -o c.wav
same b.wav c.wav "one sentence changed"
saves $count 0 --no-cache --raw --rate 250 a.txt -o c.wav
[ "$(stat -c %a "$kept")" = 700 ] || fail "others may look into the cache"
[ -z "$(find "$kept" -type f ! -perm 600)" ] || fail "others may read what is kept"

# Half of it, in another order, any number of jobs.
for jobs in 1 2 4; do
    forget 'n;p'
    saves $count '[0-9]*' --jobs $jobs --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "half of the cache, --jobs $jobs"
    saves $count $count --jobs $jobs --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "all of the cache, --jobs $jobs"
done

# Damaged entries: empty, cut short, changed, foreign. Each is made anew.
for name in "$kept"/?[048c]*; do : >"$name"; done
for name in "$kept"/?[159d]*; do truncate -s -1 "$name"; done
for name in "$kept"/?[26ae]*; do printf 'x' | dd of="$name" bs=1 seek=1000 conv=notrunc 2>dd; done
other=$(ls "$kept"/?3* | head -n 1)
for name in "$kept"/?3*; do cp "$other" "$name" 2>cp; done
saves $count '[0-9]*' --raw --rate 250 a.txt -o c.wav
same a.wav c.wav "a damaged cache"
saves $count $count --raw --rate 250 a.txt -o c.wav
same a.wav c.wav "a mended cache"

# Every format, with what is written beside it, first, second and with half of it.
rm -r "$kept"
"$DOCBAO" save -q --no-cache "$sample" -o probe.m4a 2>err && m4='m4a m4b'
[ -z "${ASAN_OPTIONS:-}" ] || m4=
for ending in $formats ${m4:-}; do
    set -- -q --captions json,vtt
    [ $ending = flac ] && set -- "$@" --loudness -19 --sample-rate 44100
    [ $ending = mp3 ] && set -- "$@" --profile loa
    expect 0 "$DOCBAO" save --no-cache "$@" "$sample" -o plain.$ending
    for fill in none all half; do
        [ $fill = none ] && [ $ending = wav ] && forget p
        [ $fill = half ] && forget 'n;p'
        expect 0 "$DOCBAO" save "$@" "$sample" -o out.$ending
        same plain.$ending out.$ending "$ending, cache: $fill"
        same plain.json out.json "captions, $ending, cache: $fill"
        same plain.vtt out.vtt "captions, $ending, cache: $fill"
    done
done
expect 0 "$DOCBAO" save -q --no-cache "$sample" -o -
mv out plain
"$DOCBAO" save -q "$sample" -o - 2>err | cmp - plain || fail "other bytes: a stream"

# Voices and rates have their own sound, also a voice whose file was changed.
mkdir -p "$XDG_CONFIG_HOME/docbao/voices"
voice="$XDG_CONFIG_HOME/docbao/voices/rieng.voice"
cp "$SOURCE/voices/bac-nam.voice" "$voice"
sentences=$("$DOCBAO" text "$sample" | wc -l)
for how in '--voice bac-nu' '--voice nam-nam' '--rate 60' '--rate 230' '--voice bac-nu --rate 230'; do
    # shellcheck disable=SC2086 # several words
    set -- $how
    saves "$sentences" 0 --no-cache "$@" "$sample" -o plain.wav
    saves "$sentences" 0 "$@" "$sample" -o out.wav
    same plain.wav out.wav "$how"
    saves "$sentences" "$sentences" "$@" "$sample" -o out.wav
    same plain.wav out.wav "$how, again"
done
saves "$sentences" "$sentences" "$sample" -o plain.wav
saves "$sentences" "$sentences" --voice rieng "$sample" -o out.wav
same plain.wav out.wav "a voice of another name with the same content"
sed 's/^pitch *=.*/pitch = 77/' "$SOURCE/voices/bac-nam.voice" >"$voice"
saves "$sentences" 0 --voice rieng "$sample" -o out.wav
cmp -s plain.wav out.wav && fail "a changed voice sounds as before"

# So has another state of the engine's data.
data=$(espeak-ng --version 2>err | sed -n 's/.*Data at: //p')
if [ -d "$data" ]; then
    cp -r "$data" espeak-ng-data
    saves "$sentences" 0 "$sample" -o out.wav
    saves "$sentences" "$sentences" "$sample" -o out.wav
    printf '\n// changed\n' >>espeak-ng-data/lang/aav/vi
    saves "$sentences" 0 "$sample" -o out.wav
    saves "$sentences" "$sentences" "$sample" -o out.wav
    rm -r espeak-ng-data
    saves "$sentences" "$sentences" "$sample" -o out.wav
else
    echo "left out: other data of the engine (no program espeak-ng)"
fi

# Hardly any room, a folder that cannot be made or used: not a word, and the same bytes.
rm -r "$kept"
for _ in 1 2 3; do
    saves $count '[0-9]*' --cache-size 1 --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "a tiny cache"
done
[ "$(du -sk "$kept" | cut -f 1)" -le 1200 ] || fail "a cache of 1 MiB holds $(du -sk "$kept")"
echo file >file
for folder in /dev/null "$tmp/file" /proc/none; do
    XDG_CACHE_HOME=$folder saves $count 0 --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "a cache in $folder"
done
(ulimit -f 500 && XDG_CACHE_HOME="$tmp/limited" exec "$DOCBAO" save "$sample" -o - 2>err |
    cmp - plain) || fail "a limit of file sizes changes the sound: $(cat err)"
mkdir disk
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=3m none disk 2>/dev/null; then
    cleanup='umount "$tmp/disk"'
    XDG_CACHE_HOME="$tmp/disk" saves $count '[0-9]*' --cache-size 1 --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "a cache on a small disk"
    XDG_CACHE_HOME="$tmp/disk" saves $count '[0-9]*' --cache-size 2 --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "a cache on a full disk"
    rm -r disk/docbao
    mount -o remount,ro disk
    XDG_CACHE_HOME="$tmp/disk" saves $count 0 --cache-size 1 --raw --rate 250 a.txt -o c.wav
    same a.wav c.wav "a cache on a read-only disk"
else
    echo "left out: a full disk and a read-only one (no right to mount)"
fi

# Several at once, some of them killed.
rm -r "$kept"
for round in 1 2 3 4; do
    "$DOCBAO" save -q --jobs 2 --raw --rate 250 b.txt -o killed$round.wav 2>/dev/null &
    killed=$!
    "$DOCBAO" save -q --jobs 1 --raw --rate 250 a.txt -o one.wav 2>err.one &
    one=$!
    "$DOCBAO" save -q --jobs 2 --cache-size 2 --raw --rate 250 a.txt -o two.wav 2>err.two &
    two=$!
    sleep 0.0$((round * 3))
    kill -9 $killed 2>/dev/null
    wait $one || fail "exit $? beside others: $(cat err.one)"
    wait $two || fail "exit $? beside others: $(cat err.two)"
    wait $killed
    same a.wav one.wav "beside others"
    same a.wav two.wav "beside others"
    [ $round = 3 ] && rm -r "$kept"
done

usage "$DOCBAO" save --cache-size 0 "$sample" -o out.wav
usage "$DOCBAO" play --no-cache "$sample"
finish
