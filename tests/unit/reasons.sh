#!/bin/sh
# The check of the reasons notices each way in which the code gives one.
set -eu

check=$(cd "$(dirname "$0")/../../cmake" && pwd)/check_reasons.sh
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/src/article/find"
printf '%s\n' 'SKIPPED("menu", N_("menu"), "a menu")' 'DIAGNOSTIC("lost", N_("lost"), "a loss")' \
    >"$folder/src/article/reasons.def"

# try CODE: 0 if the check accepts it
try() {
    printf '%s\n' "$1" >"$folder/src/article/find/a.c"
    sh "$check" "$folder" >/dev/null
}

for code in 'article_skip(a, span, "REASON");' 'draft_end_piece(d, kind,
    contents ? "REASON" : NULL);' 'l->reason = l->known ? l->known : "REASON";' \
    'return "REASON";' 'if (reason_is(l->known, "REASON")) return true;'; do
    try "$(printf '%s' "$code" | sed 's/REASON/menu/')" || {
        echo "refused, though it is listed: $code"
        exit 1
    }
    if try "$(printf '%s' "$code" | sed 's/REASON/lost/')"; then
        echo "not noticed: $code"
        exit 1
    fi
done
try 'article_note(a, span, "lost", "the menu is lost");'
if try 'article_note(a, span, "menu", "it is lost");'; then
    echo "a kind of diagnostics that is not listed was not noticed"
    exit 1
fi
