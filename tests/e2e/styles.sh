# --style, and the pause between two articles.
. "${0%/*}/lib.sh"
export XDG_CACHE_HOME="$tmp/cache"

cat >doc.md <<'END'
# Chợ phiên họp sáu ngày một lần

Mỗi lần chợ họp có hàng trăm gian hàng của bà con trong vùng. “Năm nay hàng về nhiều lắm.” Đông vui.

- Rau quả của các xã trong huyện
- Vải vóc và đồ dùng trong nhà
- Cá, tôm và các thứ bắt ở sông
END
echo 'Trời mưa to.' >b.txt

save() { # OUT OPTION...
    out=$1
    shift
    "$DOCBAO" save -q "$@" -o "$out" || fail "save $*: exit $?"
}

# The same bytes with and without the cache, and with any number of engines; plain is another sound,
# which the cache does not mix up with it.
for style in natural plain; do
    save $style.wav --no-cache --style $style doc.md
    for jobs in 1 4; do
        save other.wav --no-cache --jobs $jobs --style $style doc.md
        cmp $style.wav other.wav || fail "$style: $jobs jobs give another sound"
    done
done
for round in first second; do
    for style in natural plain; do
        save other.wav --style $style doc.md
        cmp $style.wav other.wav || fail "$style: the cache gives another sound, the $round time"
    done
done
cmp -s natural.wav plain.wav && fail "--style plain changes nothing"
save other.wav --no-cache doc.md
cmp natural.wav other.wav || fail "natural is not what is done without --style"

# A row of the user's own replaces ours: a title as long as in plain.
mkdir own
printf 'title\t100\t0\t0\t100\t0\n' >own/styles.tsv
save other.wav --no-cache --rules own doc.md
[ "$(wav_frames other.wav)" -lt "$(wav_frames natural.wav)" ] || fail "a row for titles changes nothing"

# apart OPTION...: the milliseconds between two articles.
apart() {
    save a.wav --no-cache "$@" b.txt
    save b.wav --no-cache "$@" b.txt b.txt
    echo $((($(wav_frames b.wav) - 2 * $(wav_frames a.wav)) * 1000 / 22050))
}
is() { # MS MS OPTION...
    ms=$1 least=$2
    shift 2
    [ "$ms" -ge "$least" ] && [ "$ms" -le $((least + 1)) ] || fail "$* between two articles: $ms ms"
}
is "$(apart)" 1799 natural
is "$(apart --style plain)" 649 --style plain
is "$(apart --rate 400)" 449 --rate 400
usage "$DOCBAO" text --style loud doc.md
finish
