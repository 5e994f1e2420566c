# Documents of other formats than text: read from the command line, or refused in words that help.
. "${0%/*}/lib.sh"

word='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
paragraph() {
    printf '<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>' "$1" "$2"
}
{
    printf '<w:document %s><w:body>' "$word"
    paragraph Title 'Chợ &amp; bến'
    paragraph Normal 'Chợ họp hôm 25-4 lúc 5 giờ.'
    printf '</w:body></w:document>'
} >document.xml
"$HELPERS/mkzip" a.docx word/document.xml=document.xml || fail "no archive could be made"

# By the first bytes, whatever the name.
cp a.docx a.txt
for file in a.docx a.txt; do
    expect 0 "$DOCBAO" text $file
    grep -q 'hôm hai mươi lăm tháng tư lúc năm giờ' out || fail "$file is not read: $(cat out)"
    expect 0 "$DOCBAO" text --json $file
    "$HELPERS/jsoncheck" <out >faults || fail "$file: $(head -5 faults)"
    grep -q '"member": *"word/document.xml"' out || fail "$file: no member is named"
done
"$DOCBAO" text - <a.docx >out 2>err || fail "standard input is not read: $(cat err)"
[ "$(wc -l <out)" = 2 ] || fail "two paragraphs are not two sentences"
expect 0 "$DOCBAO" save a.docx -o a.wav
expect 0 "$DOCBAO" text --explain a.docx

echo '<container><rootfiles><rootfile full-path="s.opf"/></rootfiles></container>' >container.xml
cat >s.opf <<'END'
<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Sách chợ</dc:title>
</metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="b"/><itemref idref="a"/></spine></package>
END
echo '<html><body><p>Chương sau.</p></body></html>' >a.xhtml
echo '<html><body><p>Chương trước.</p></body></html>' >b.xhtml
"$HELPERS/mkzip" a.epub META-INF/container.xml=container.xml s.opf=s.opf a.xhtml=a.xhtml \
    b.xhtml=b.xhtml || fail "no book could be made"
expect 0 "$DOCBAO" text a.epub
[ "$(tr '\n' ' ' <out)" = 'sách chợ. chương trước. chương sau. ' ] ||
    [ "$(tr '\n' ' ' <out)" = 'sách chợ chương trước. chương sau. ' ] ||
    fail "the chapters are out of order: $(cat out)"
expect 0 "$DOCBAO" text --json a.epub a.docx
"$HELPERS/jsoncheck" <out >faults || fail "a book: $(head -5 faults)"

expect 0 "$DOCBAO" text --json "$samples/ghi-chu.md"
"$HELPERS/jsoncheck" "$samples/ghi-chu.md" <out >faults || fail "Markdown: $(head -5 faults)"
expect 0 "$DOCBAO" text "$samples/ghi-chu.md"
grep -q 'vi-du\|IMG\|\*' out && fail "an address or code is read: $(cat out)"

# refused FILE PATTERN: exit 2, with words that help.
refused() {
    expect 2 "$DOCBAO" text "$1"
    says "$2"
    [ -s out ] && fail "something was printed for $1"
}
"$HELPERS/mkzip" -p mật locked.docx word/document.xml=document.xml && refused locked.docx password
head -c 40 a.docx >cut.docx
refused cut.docx 'cut short'
# What came of an archive is read, and it is said that this is not all.
head -c -22 a.docx >cut.docx
expect 3 "$DOCBAO" text cut.docx
says 'cut short'
grep -q 'lúc năm giờ' out || fail "what came of an archive is not read: $(cat out)"
printf '{\\rtf1 chào}' >a.rtf
refused a.rtf 'save it as .docx'
printf '\320\317\021\340\241\261\032\341 gì đó' >a.doc
refused a.doc 'save it as .docx'
"$HELPERS/mkzip" other.zip a.txt=container.xml
refused other.zip 'neither a DOCX nor an EPUB'
{
    printf '<w:document %s><w:body><w:p><w:r><w:t>Chữ' "$word"
    head -c 40000000 /dev/zero | tr '\0' ' '
    printf '</w:t></w:r></w:p></w:body></w:document>'
} >document.xml
"$HELPERS/mkzip" bomb.docx word/document.xml=document.xml
refused bomb.docx 'made to fill the memory'
expect 2 "$DOCBAO" text --max-bytes 100000 bomb.docx
says 'max-bytes'

# A program without its modules says what is missing; other documents are read all the same.
mkdir alone
cp "$DOCBAO" alone/docbao
expect 1 alone/docbao text a.docx
says 'docbao-zip.so'
printf '%%PDF-1.4\nhỏng\n' >a.pdf
expect 1 alone/docbao text a.pdf
says 'poppler-glib'
printf '<!DOCTYPE html><p>Một trang web.</p>\n' >trang.html
expect 1 alone/docbao text trang.html
says 'docbao-html.so'
expect 0 alone/docbao text "$samples/ghi-chu.md"
# Tables are read row by row, or skipped with a reason.
printf '# Giá rau\n\nGiá tại chợ sáng nay.\n\n| Loại | Giá |\n|---|---|\n| cải | 15 |\n' >gia.md
expect 0 "$DOCBAO" text gia.md
grep -q 'cải' out || fail "a table is not read"
expect 0 "$DOCBAO" text --tables skip gia.md
grep -q 'cải' out && fail "a table is read though it should be skipped"
expect 0 "$DOCBAO" text --explain --tables skip gia.md
grep -q '(table)$' out || fail "a skipped table is not listed"
finish
