# The analysis and the sound of every sample are as they were when tests/golden/update.sh was run.
. "${0%/*}/../e2e/lib.sh"
golden="$SOURCE/tests/golden"
cd "$samples" || exit 1

for sample in *.txt; do
    "$DOCBAO" text --json "$sample" >"$tmp/json" 2>"$tmp/err" || fail "$sample: exit $?"
    "$HELPERS/jsoncheck" "$sample" <"$tmp/json" || fail "$sample: JSON other than promised"
    awk '{gsub(/,\{"/, ",\n{\""); print}' "$tmp/json" >"$tmp/lines"
    cmp -s "$tmp/lines" "$golden/${sample%.txt}.json" && continue
    fail "$sample is analysed otherwise (if it should be: sh tests/golden/update.sh PROGRAM)"
    diff "$golden/${sample%.txt}.json" "$tmp/lines" | head -n 20
done
for json in "$golden"/*.json; do
    name=${json##*/}
    [ -e "${name%.json}.txt" ] || fail "$name belongs to no sample"
done

grep -qx "engine ${ESPEAK_VERSION:-unknown}" "$golden/sound.txt" ||
    skip "the sound: it was taken from another version of espeak-ng than ${ESPEAK_VERSION:-unknown}"
for sample in *.txt; do
    sum=$("$DOCBAO" save -q "$sample" -o - | cksum)
    grep -qx "$sample $sum" "$golden/sound.txt" || fail "$sample sounds otherwise: $sum"
    sum=$("$DOCBAO" save -q --style plain "$sample" -o - | cksum)
    grep -qx "plain $sample $sum" "$golden/sound.txt" || fail "$sample, plain, sounds otherwise: $sum"
done
finish
