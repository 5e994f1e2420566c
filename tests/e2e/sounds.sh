# The sounds that docbao brings are those that tests/sounds/make_sounds.c computes.
. "${0%/*}/lib.sh"

for flac in "$SOURCE"/assets/sounds/*.flac; do
    name=$(basename "$flac" .flac)
    "$HELPERS/make_sounds" "$name" >"$name.raw" || fail "$name is not known to make_sounds"
    bytes=$(wc -c <"$name.raw")
    # A WAV file around the bytes: 16 bits, one channel, 32,000 frames a second.
    word() {
        printf "\\$(printf %o $(($1 & 255)))\\$(printf %o $(($1 >> 8 & 255)))"
        printf "\\$(printf %o $(($1 >> 16 & 255)))\\$(printf %o $(($1 >> 24 & 255)))"
    }
    {
        printf RIFF
        word $((36 + bytes))
        printf 'WAVEfmt '
        word 16
        printf '\1\0\1\0'
        word 32000
        word 64000
        printf '\2\0\20\0data'
        word "$bytes"
        cat "$name.raw"
    } >"$name.wav"
    "$HELPERS/wavcmp" "$name.wav" "$flac" || fail "$name is not as it is computed"
done
[ -e nhac-hieu.wav ] || fail "no sound was compared"

finish
