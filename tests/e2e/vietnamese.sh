# The program in Vietnamese: help, errors (also of confined processes), readings, the page of check;
# and what does not change with the language.
. "$(dirname "$0")/lib.sh"
[ -f "$(dirname "$DOCBAO")/locale/vi/LC_MESSAGES/docbao.mo" ] || skip "built without gettext"

# vi COMMAND...: in Vietnamese; the system needs no Vietnamese locale.
vi() {
    LANGUAGE=vi "$@"
}
# vi_expect CODE COMMAND...: as expect.
vi_expect() {
    LANGUAGE=vi
    export LANGUAGE
    expect "$@"
    unset LANGUAGE
}
# has LINE FILE: whether it is one of the lines.
has() {
    grep -qxF -e "$1" "$2" || fail "no line “$1”: $(head -c 600 "$2")"
}

printf 'Hội XYQZ họp.\nChợ 3/4 đông. Nhà số 12/3A.\n' >bai.txt

# Every line of the help has at most 80 columns, in both languages, and none is in English.
for verb in '' play save batch text check feed lexicon devices voices; do
    # shellcheck disable=SC2086 # no word or one
    vi_expect 0 "$DOCBAO" help $verb
    cp out vi_help
    # shellcheck disable=SC2086
    expect 0 "$DOCBAO" help $verb
    for help in out vi_help; do
        # In UTF-8 all bytes but those from 0x80 to 0xBF begin a character.
        LC_ALL=C tr -d '\200-\277' <$help | LC_ALL=C awk -v v="$verb" \
            'length($0) > 80 { print "help " v ": " $0; bad = 1 } END { exit bad }' ||
            fail "$help has a line of more than 80 columns"
    done
    cut -c 33- out | grep -E '^([a-z]+ ){4}' >english_words
    while read -r words; do
        grep -qF -e "$words" vi_help && fail "help $verb is in English: $words"
    done <english_words
done
vi "$DOCBAO" --help >out
has 'docbao đọc báo tiếng Việt thành tiếng.' out

# Errors: of the command line, of files, of a confined process, of the network.
vi_expect 1 "$DOCBAO" text --frobnicate bai.txt
has 'docbao: không có tùy chọn --frobnicate; xem docbao --help' err
vi_expect 2 "$DOCBAO" text none.txt
has 'docbao: none.txt: không có tệp này; hãy kiểm tra tên và thư mục' err
: >empty.txt
vi_expect 2 "$DOCBAO" text empty.txt
has 'docbao: empty.txt: tệp trống, không có gì để đọc' err
printf 'PK\003\004 no more' >book.epub
vi_expect 2 "$DOCBAO" text book.epub
says 'docbao: book.epub: là tệp zip .* bị hỏng'
printf 'a\tB c\n' >bad.tsv
vi_expect 1 "$DOCBAO" text --lexicon bad.tsv bai.txt
says '"B" không phải âm tiết tiếng Việt'
vi_expect 2 "$DOCBAO" save bai.txt -o no/such/folder.wav
says 'Không ghi được “no/such/folder.wav”: Không có tệp hoặc thư mục này\.'
vi_expect 2 "$DOCBAO" text http://127.0.0.1/
says 'hãy\|cho phép'
expect 2 "$DOCBAO" text none.txt
says 'there is no such file'
LANGUAGE=vi LC_ALL=C "$DOCBAO" text none.txt 2>err
says 'there is no such file'

# What people read about a reading; what is said does not change.
vi "$DOCBAO" text --raw --explain bai.txt >out
has 'dòng 2: 12/3A → mười hai trên ba a (địa chỉ, số nhà)' out
has '1 từ phải đọc từng chữ cái (XYQZ); thêm hàng vào bảng hay từ điển riêng thì đọc hay hơn; docbao check liệt kê tất cả (đọc từng chữ cái)' out
vi "$DOCBAO" text --raw bai.txt >vi_said
"$DOCBAO" text --raw bai.txt >said
cmp -s said vi_said || fail "another text is spoken"
vi "$DOCBAO" voices >out
grep -q "^bac-nam	Giọng nam miền Bắc	miền Bắc	espeak	" out || fail "voices: $(cat out)"
"$DOCBAO" voices >out
grep -q "^bac-nam	A man of the North	north	espeak	" out || fail "voices: $(cat out)"

# JSON is the same in every language.
for verb in text check; do
    "$DOCBAO" $verb --raw --json bai.txt >en.json
    vi "$DOCBAO" $verb --raw --json bai.txt >vi.json
    cmp -s en.json vi.json || fail "$verb --json depends on the language"
done

# The page of check.
vi_expect 0 "$DOCBAO" check --raw --html bai.html bai.txt
grep -q '<html lang="vi">' bai.html || fail "the page does not say that it is Vietnamese"
grep -q '<title>Những chỗ cần xem lại</title>' bai.html || fail "the page has another title"
grep -q 'aria-label="Phát câu ở 0:0' bai.html || fail "the buttons have other labels"

# A copy of the program elsewhere finds the translation beside it, and does without one.
mkdir -p copy/bin copy/share
cp "$DOCBAO" copy/bin/docbao
LANGUAGE=vi copy/bin/docbao text none.txt 2>err
says 'there is no such file'
cp -R "$(dirname "$DOCBAO")/locale" copy/share/locale
LANGUAGE=vi copy/bin/docbao text none.txt 2>err
says 'không có tệp này'
finish
