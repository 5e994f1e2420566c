#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

#define CONTAINER                                                                                  \
    "<container><rootfiles><rootfile full-path=\"OEBPS/sach.opf\"/></rootfiles></container>"
#define PACKAGE(items, spine)                                                                      \
    "<package xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata><dc:title>Sách chợ quê"  \
    "</dc:title></metadata><manifest>" items "</manifest><spine>" spine "</spine></package>"
#define ITEM(id, href)                                                                             \
    "<item id=\"" id "\" href=\"" href "\" media-type=\"application/xhtml+xml\"/>"
#define PAGE(inside)                                                                                \
    "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"e\"><head><title>Tên trang</title>" \
    "<style>p { color: red }</style></head><body>" inside "</body></html>"

static void epub_is_read(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"mimetype", "application/epub+zip"},
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf",
         PACKAGE("<item id=\"n\" href=\"nav.xhtml\" properties=\"nav\" "
                 "media-type=\"application/xhtml+xml\"/>" ITEM("hai", "t/ch%202.xhtml")
                     ITEM("mot", "t/../ch1.xhtml") ITEM("thoat", "../../../etc/passwd")
                         ITEM("phu", "phu.xhtml"),
                 "<itemref idref=\"n\"/><itemref idref=\"mot\"/><itemref idref=\"hai\"/>"
                 "<itemref idref=\"thoat\"/><itemref idref=\"phu\" linear=\"no\"/>")},
        {"etc/passwd", PAGE("<p>mật khẩu</p>")},
        {"OEBPS/nav.xhtml", PAGE("<p>Mục lục</p>")},
        {"OEBPS/phu.xhtml", PAGE("<p>Trang phụ</p>")},
        {"OEBPS/t/ch 2.xhtml",
         PAGE("<h1>Chương hai</h1>\n<p>Cỡ 10<sup>6</sup> con, năm "
              "1930<sup>3</sup>.</p><p>Trời&nbsp;mưa &mdash; to<a epub:type=\"noteref\">1</a>."
              "<br/>Dòng hai.</p><aside epub:type=\"footnote\"><p>Lời chú.</p></aside>"
              "<nav><ol><li>Mục</li></ol></nav>")},
        {"OEBPS/ch1.xhtml",
         PAGE("<h1>Sách chợ quê</h1><h2>Chương <b>một</b></h2><ul><li>cá</li><li><p>rau</p></li>"
              "</ul><table><tr><td>Cá</td><td><p>80</p></td></tr></table><script>var a = 1;"
              "</script><p><ruby>字<rt>tự</rt></ruby> xong</p>")},
        {NULL, NULL},
    };
    expect_parts("a.epub", parts,
                 "title: Sách chợ quê\nheading: Chương một\nlist: cá\nlist: rau\n"
                 "table: Cá; 80\nparagraph: 字 xong\n"
                 "heading: Chương hai\nparagraph: Cỡ 10⁶ con, năm 1930.\nparagraph: Trời mưa — "
                 "to.\nparagraph: Dòng hai.\n"
                 "-repeated: Sách chợ quê\n-notes: Lời chú.\n-contents: Mục\n");
}

static void epub_that_is_odd(void **state)
{
    (void)state;
    static const struct part lacking[] = {
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf", PACKAGE(ITEM("a", "a.xhtml") ITEM("b", "b.xhtml"),
                                   "<itemref idref=\"a\"/><itemref idref=\"b\"/>")},
        {"OEBPS/a.xhtml", PAGE("<p>Một <b>hai</p><p>ba")},
        {NULL, NULL},
    };
    static const struct part locked[] = {
        {"META-INF/container.xml", CONTAINER},
        {"META-INF/encryption.xml", "<encryption><EncryptedData><CipherData><CipherReference "
                                    "URI=\"OEBPS/a.xhtml\"/></CipherData></EncryptedData>"
                                    "</encryption>"},
        {"OEBPS/sach.opf", PACKAGE(ITEM("a", "a.xhtml"), "<itemref idref=\"a\"/>")},
        {"OEBPS/a.xhtml", "\x01\x02\x03"},
        {NULL, NULL},
    };
    static const struct part empty[] = {{"META-INF/container.xml", "<container/>"}, {NULL, NULL}};
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, lacking, NULL);
    open_document(&a, "a.epub", buf_sv(&bytes), false);
    expect_promises(&a);
    assert_true(stands_before(&a, "hai", "ba"));
    assert_true(a.diagnostics.n >= 2);
    assert_string_equal(a.diagnostics.at[0].kind, "damaged");
    assert_string_equal(a.diagnostics.at[a.diagnostics.n - 1].kind, "missing");
    article_free(&a);
    buf_free(&bytes);
    expect_parts_error(locked, 0, "DRM");
    expect_parts_error(empty, 0, "names no package");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(epub_is_read),
        cmocka_unit_test(epub_that_is_odd),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
