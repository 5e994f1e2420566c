#!/bin/sh
# The lists of tests/corpus over a small text. PROGRAM is the first argument.
set -eu

program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

cat >"$folder/text" <<'EOF'
@@ first paper
UBND TP. Huế họp ngày 2/9. Ủy ban Bảo tồn sông hồ (UBBTSH) nêu ý kiến, UBBTSH đã họp.
Ông John Smith ở QZX thắng 3-2, hơn 3/4 dân số, từ 3-5 ngày; UBND và HĐND.
HĐND TỈNH HỌP.

@@ second paper
Bà Smith thích	UBND. QZY mở, có QZY.
Hôm qua tại trụ sở của ủy ban nhân dân phường ở trung tâm thành phố các đại biểu của nhiều cơ quan đã nghe những báo cáo rất dài về tình hình mua bán nhà cửa trong sáu tháng đầu năm nay nhưng chưa ai phát biểu ý kiến gì thêm về chuyện xây nhà ở cho công nhân của các khu công nghiệp mới mở năm ngoái.
EOF

# Rows of the test's own: with and without a cue.
mkdir "$folder/rules"
printf 'QZY\tđội bóng\t<có\nQZY\tcông ty\n' >"$folder/rules/abbreviations.tsv"

# holds LIST LINE: the list has the line that begins so; ~ is a tab.
holds() {
    wanted=$(printf '%s' "$2" | tr '~' '\t')
    "$program" --rules "$folder/rules" "$1" "$folder/text" >"$folder/list"
    # What it begins with is compared as text, not as a pattern.
    if ! LC_ALL=C awk -v wanted="$wanted" 'index($0, wanted) == 1 { found = 1 } END { exit !found }' \
        "$folder/list"; then
        echo "$1 has no such line: $2"
        cat "$folder/list"
        failed=1
    fi
}

holds totals 'articles~2'
holds totals 'spelled~1'
holds capitals 'capitals~3~UBND~ủy ban nhân dân~abbreviations.tsv~«UBND» TP. Huế'
holds capitals 'capitals~1~HĐND~'
holds spelled 'spelled~1~QZX~quy dét ích xì~letters: letter by letter~Ông John Smith ở «QZX» thắng'
holds rules 'rules~1~3-2~ba hai~score: '
holds foreign 'foreign~2~Smith~'
holds fractions 'fractions~1~3/4~ba phần tư~'
holds dates 'dates~1~2/9~hai tháng chín~'
holds ranges 'ranges~1~3-5~ba đến năm~'
holds scores 'scores~1~3-2~ba hai~'
holds definitions 'definitions~1~UBBTSH~ủy ban bảo tồn sông hồ~abbreviation: defined in the article~Ủy ban Bảo tồn sông hồ («UBBTSH»)'
holds all 'articles~2'
holds all 'scores~1~3-2'

holds defaults 'defaults~1~QZY~công ty~abbreviation: abbreviations.tsv, no cue~«QZY» mở'
if [ "$(wc -l <"$folder/list")" -ne 1 ]; then
    echo "an abbreviation with a cue is listed as one without"
    failed=1
fi
holds pauses 'pauses~1~nay | nhưng~,~~'

"$program" all "$folder/text" >"$folder/once"
"$program" all - <"$folder/text" >"$folder/twice"
cmp "$folder/once" "$folder/twice" || failed=1

if "$program" nothing "$folder/text" 2>/dev/null || "$program" all "$folder/none" >"$folder/list" 2>&1; then
    echo "a list or a file that does not exist is not refused"
    failed=1
fi
exit $failed
