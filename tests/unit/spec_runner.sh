#!/bin/sh
# The spec runner passes a good file and can fail: each bad file below must be refused, with the
# line named. SPEC_RUNNER is the program.
# shellcheck disable=SC2016 # backquotes are meant as they stand
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# refused LINE TEXT: this file, as printf writes it, has a fault that is named at that line.
refused() {
    # shellcheck disable=SC2059 # the text is the format
    printf "$2" >"$folder/bad.md"
    if "$SPEC_RUNNER" "$folder/bad.md" >"$folder/out" 2>&1; then
        echo "passed, but is wrong: $2"
        failed=1
    elif ! grep -qF "bad.md:$1: " "$folder/out"; then
        echo "refused, but not at line $1: $2"
        cat "$folder/out"
        failed=1
    fi
}

printf '# Good\n\n```reading\n# comment\nđọc báo ⟶ đọc báo\n```\n' >"$folder/good.md"
printf '\n```sentences\n> Đọc báo.  Nghe đài.\nĐọc báo.\nNghe đài.\n```\n' >>"$folder/good.md"
if ! "$SPEC_RUNNER" "$folder/good.md" >"$folder/out" 2>&1; then
    echo "a good file was refused:"
    cat "$folder/out"
    failed=1
fi
grep -q '2 examples, 0 wrong' "$folder/out" || failed=1

refused 2 'no example\n'
refused 2 '```reading\nđọc báo ⟶ nghe đài\n```\n'
refused 2 '```reading\nđọc báo ⟶ đọc, báo.\n```\n'
refused 2 '```reading\nđọc báo ⟶ đọc báo ⟶ money\n```\n'
refused 2 '```reading\nđọc báo -> đọc báo\n```\n'
refused 2 '```reading\nradio ⟶ radio\n```\n'
refused 1 '```reading dialect=east\nđọc ⟶ đọc\n```\n'
refused 1 '```reding\nđọc ⟶ đọc\n```\n'
refused 1 '```reading\nđọc ⟶ đọc\n'
refused 2 '```reading\nba\314\201o ⟶ báo\n```\n'
refused 3 '```sentences\n> Đọc báo. Nghe đài.\nĐọc báo. Nghe đài.\n```\n'
refused 2 '```sentences\n> Đọc báo.\n```\n'
refused 2 '```sentences\nĐọc báo.\n```\n'

# The record of an example: another class or pause is refused, an example without one passes.
mkdir -p "$folder/spec" "$folder/golden/spec"
printf '# Good\n\n```reading\nngày 2/9 ⟶ ngày hai tháng chín\n```\n' >"$folder/spec/good.md"
"$SPEC_RUNNER" --record "$folder/spec/good.md" >/dev/null || failed=1
record=$folder/golden/spec/good.tsv
grep -q 'date \[ngày 2/9\]' "$record" || grep -q 'date \[2/9\]' "$record" || failed=1
"$SPEC_RUNNER" "$folder/spec/good.md" >/dev/null || failed=1
sed -i 's/date/money/' "$record"
if "$SPEC_RUNNER" "$folder/spec/good.md" >/dev/null; then
    echo "passed, but differs from its record"
    failed=1
fi
: >"$record"
"$SPEC_RUNNER" "$folder/spec/good.md" >/dev/null || failed=1
exit $failed
