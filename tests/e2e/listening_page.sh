# docs/listening.md has every key, with the help that ? shows.
. "${0%/*}/lib.sh"
page="$SOURCE/docs/listening.md"
sed -n 's/^| \([^|]*\) | \([^|]*\) |$/\1	\2/p' "$page" >rows
sed -n 's/^COMMAND([^"]*"[^"]*", [^,]*, [^,]*, [^,]*, "\([^"]*\)", "\([^"]*\)", "\(.*\)")$/\1@\2@\3/p' \
    "$SOURCE/src/cli/commands.def" >commands
[ "$(wc -l <commands)" -ge 20 ] || fail "commands.def is not understood here"
while IFS=@ read -r keys back help; do
    [ -n "$keys" ] || continue
    found=$((${found:-0} + 1))
    want=$(echo "$keys $back" | sed 's/ *$//; s/  */, /g')
    grep -qxF "$want	$help" rows || fail "the page lacks “$want”: $help"
done <commands
[ "${found:-0}" -ge 18 ] || fail "only ${found:-0} keys were looked for"
finish
