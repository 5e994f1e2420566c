# Articles for the tests of several machines, in the folder in which they are: bai/ and the list of
# them, `list`. Some have the same title and no date, so that their names are alike.
mkdir bai
number=1
while [ $number -le 12 ]; do
    printf '# Bản tin %s\n\nHôm nay là bản tin số %s. Trời nắng, bà con ra đồng.\n' \
        $((number % 3)) $number >"bai/$number.md"
    number=$((number + 1))
done
ls bai/*.md >list

# same_sounds A B: whether both folders hold the same sound files.
same_sounds() {
    for folder in "$1" "$2"; do
        (cd "$folder" && sha256sum -- *.mp3) >"$folder.sums" || fail "no sound in $folder"
    done
    [ "$(wc -l <"$1.sums")" = 12 ] || fail "$1 holds $(wc -l <"$1.sums") sound files, not 12"
    cmp "$1.sums" "$2.sums" || fail "$2 is another folder than $1: $(diff "$1.sums" "$2.sums")"
}
