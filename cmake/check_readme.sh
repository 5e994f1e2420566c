#!/bin/sh
# Whether README.md and README.vi.md name the same things in code spans and lead to the same files, and
# whether each room of src has a row in README.md and in the map of docs/developing.md:
# check_readme.sh [FOLDER]. Prints what is missing, and leaves with 1 if there was anything.
set -eu

cd "${1:-$(dirname "$0")/..}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Code spans that are no Vietnamese, commands of code blocks without their comments, and links.
names() {
    LC_ALL=C awk '
    /^```/ { block = block ? "" : $0; next }
    block == "```sh" { sub(/ *#.*/, ""); if ($0 != "") print }
    block { next }
    {
        line = $0
        while (match(line, /`[^`]+`/)) {
            span = substr(line, RSTART + 1, RLENGTH - 2)
            line = substr(line, RSTART + RLENGTH)
            if (span !~ / ⟶ /) print span
        }
        line = $0
        while (match(line, /\]\([^)]*\)/)) {
            link = substr(line, RSTART + 2, RLENGTH - 3)
            line = substr(line, RSTART + RLENGTH)
            if (link !~ /^README/) print link
        }
    }' "$1" | LC_ALL=C sort -u
}

for language in '' .vi; do
    [ -f "README$language.md" ] || {
        echo "README$language.md is missing"
        exit 1
    }
    names "README$language.md" >"$work/names$language"
done
only() {
    LC_ALL=C comm "$1" "$work/names" "$work/names.vi" | sed "s/^[[:space:]]*/only in $2: /"
}
{
    only -23 README.md
    only -13 README.vi.md
    for room in src/*/; do
        room=${room%/}
        for page in README.md docs/developing.md; do
            grep -q "^| \`$room\`" $page || echo "$page has no row for $room"
        done
    done
} >"$work/said"
cat "$work/said"
[ ! -s "$work/said" ]
