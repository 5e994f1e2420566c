#!/bin/sh
# The page to read along and the book that is heard: what is made, what is refused, and what
# epubcheck finds. page_browser.sh tries the page in a browser.
. "$SOURCE/tests/e2e/lib.sh"

cp "$samples/dong-xuan.txt" bai.txt
save() { "$DOCBAO" save -q "$@"; }

# A page and its sound stand side by side; nothing else is left.
mkdir ra
expect 0 save bai.txt -o ra/bai.html
[ "$(ls -A ra)" = "bai.html
bai.mp3" ] || fail "beside the page: $(ls -A ra)"
expect 0 save bai.txt -o bai.mp3
cmp -s bai.mp3 ra/bai.mp3 || fail "the sound of the page is another"
cp ra/bai.html first.html
expect 0 save bai.txt -o ra/bai.html --jobs 1
cmp -s first.html ra/bai.html || fail "the page is another at the second time"
expect 0 save bai.txt --profile luu-tru -o ra/flac.html
[ -s ra/flac.flac ] && grep -q 'src="flac.flac"' ra/flac.html || fail "no sound as the profile says"
expect 0 save bai.txt -o "ra/Bài 1 #2?.html"
grep -qF 'src="B%C3%A0i%201%20%232%3F.mp3"' "ra/Bài 1 #2?.html" || fail "the address of the sound"

# One file, with the sound in it.
mkdir mot
expect 0 save bai.txt --single -o mot/mot.html
[ "$(ls -A mot)" = mot.html ] || fail "beside the single page: $(ls -A mot)"
sed -n 's/^<audio.*src="data:audio\/mpeg;base64,\([^"]*\)".*/\1/p' mot/mot.html | base64 -d >held.mp3
cmp -s held.mp3 bai.mp3 || fail "the sound in the page is another"

# A book holds its sound too.
mkdir sach
expect 0 save bai.txt -o sach/bai.epub
[ "$(ls -A sach)" = bai.epub ] || fail "beside the book: $(ls -A sach)"
cp sach/bai.epub first.epub
TZ=Asia/Tokyo expect 0 save bai.txt -o sach/bai.epub --jobs 1
cmp -s first.epub sach/bai.epub || fail "the book is another at the second time"
"$DOCBAO" text "$PWD/sach/bai.epub" >heard 2>/dev/null
"$DOCBAO" text bai.txt >wanted 2>/dev/null
[ "$(head -n 1 heard)" = "$(head -n 1 wanted)" ] || fail "the book begins otherwise"

# What is refused, and leaves nothing.
mkdir khong
expect 1 save bai.txt --single -o khong/bai.mp3
says 'Only a page'
expect 1 save bai.txt --captions epub -o khong/bai.mp3
says 'no captions'
expect 2 save bai.txt -o khong/no/bai.html
expect 2 save bai.txt -o khong/no/bai.epub
: >empty.txt
expect 2 save empty.txt -o khong/bai.html
expect 2 save empty.txt -o khong/bai.epub
[ -z "$(ls -A khong)" ] || fail "left behind: $(ls -A khong)"
(ulimit -f 100; save bai.txt -o khong/bai.epub) >out 2>err </dev/null && fail "a full disk is no fault"
(ulimit -f 100; save bai.txt --single -o khong/bai.html) >out 2>err </dev/null &&
    fail "a full disk is no fault"
[ -z "$(ls -A khong)" ] || fail "left behind by a full disk: $(ls -A khong)"

if command -v epubcheck >/dev/null 2>&1 && java -version >/dev/null 2>&1; then
    printf '# Một & <hai>\n\n- a\n- b\n\n## Ba\n\nBốn.\n' >la.md
    expect 0 save la.md bai.txt -o la.epub
    for book in sach/bai.epub la.epub; do
        java -jar /usr/share/java/epubcheck.jar "$book" >out 2>&1 ||
            fail "epubcheck: $(grep -E 'ERROR|WARNING' out | head -3)"
        grep -q '0 errors / 0 warnings' out || fail "epubcheck: $(cat out)"
    done
else
    echo "not tried, because it is not installed: epubcheck"
fi
finish
