# What the program does when a call fails: each kind of call (tests/fault/sweep.c), in short texts of
# every format, printed and saved. SAMPLES says how many calls of each kind are tried; 0: all.
. "$SOURCE/tests/e2e/lib.sh"
: "${SHIM:?the library that makes calls fail}" "${SWEEP:?what tries them}"
: "${SAMPLES:=1}"

cat >a.txt <<'END'
Chợ và bến

Chợ họp hôm 25-4 lúc 5 giờ, giá 15.000 đồng.
END
cat >a.md <<'END'
# Chợ và bến

Chợ họp hôm **25-4** lúc [5 giờ](https://vidu.vn/5), giá 15.000 đồng.
END
cat >a.html <<'END'
<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Chợ và bến</title></head>
<body><article><h1>Chợ và bến</h1>
<p>Chợ họp hôm 25-4 lúc 5 giờ &amp; nghỉ trưa, giá 15.000 đồng, người bán đông hơn người mua.</p>
</article></body></html>
END
cat >a.xml <<'END'
<rss version="2.0"><channel><title>Tin chợ</title><item><title>Chợ và bến</title>
<description>&lt;p&gt;Chợ họp hôm 25-4 lúc 5 giờ, giá 15.000 đồng.&lt;/p&gt;</description>
</item></channel></rss>
END
word='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
cat >document.xml <<END
<w:document $word><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Chợ và
bến</w:t></w:r></w:p><w:p><w:r><w:t>Chợ họp hôm 25-4 lúc 5 giờ.</w:t></w:r></w:p></w:body></w:document>
END
"$HELPERS/mkzip" a.docx word/document.xml=document.xml || fail "no DOCX could be made"
echo '<container><rootfiles><rootfile full-path="s.opf"/></rootfiles></container>' >container.xml
cat >s.opf <<'END'
<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Sách chợ</dc:title>
</metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/></spine></package>
END
echo '<html><body><p>Chợ họp hôm 25-4 lúc 5 giờ.</p></body></html>' >a.xhtml
"$HELPERS/mkzip" a.epub META-INF/container.xml=container.xml s.opf=s.opf a.xhtml=a.xhtml ||
    fail "no EPUB could be made"
cat >a.pdf <<'END'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R
/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 55>> stream
BT /F 12 Tf 20 300 Td (Anh Ba ra song mua 5 con ca.) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
END

for file in ${FILES:-a.txt a.md a.html a.docx a.epub a.pdf}; do
    if [ $file = a.pdf ] && ! "$DOCBAO" text a.pdf >out 2>err; then
        echo "not tried: a.pdf: $(cat err)"
        continue
    fi
    for verb in ${VERBS:-text save}; do
        case $verb in
        text) set -- "" "$DOCBAO" text --json "$tmp/$file" ;;
        save) set -- out.wav "$DOCBAO" save --jobs 1 "$tmp/$file" -o out.wav ;;
        esac
        "$SWEEP" "$SHIM" "$SAMPLES" "$verb $file" "$@" || failures=$((failures + 1))
    done
done
"$SWEEP" "$SHIM" "$SAMPLES" "feed a.xml" "" "$DOCBAO" feed --list "$tmp/a.xml" ||
    failures=$((failures + 1))
# Modules are opened at calls that few samples meet: without memory none shall count as missing.
[ "$SAMPLES" = 0 ] || ONLY="memory of" "$SWEEP" "$SHIM" 0 "text a.docx" "" \
    "$DOCBAO" text --json "$tmp/a.docx" || failures=$((failures + 1))
finish
