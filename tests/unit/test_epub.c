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
    expect_parts(
        "a.epub", parts,
        "title: Sách chợ quê\nheading: Chương một\nlist: cá\nlist: rau\n"
        "table: Cá; 80\nparagraph: 字 tự xong\n"
        "heading: Chương hai\nparagraph: Cỡ 10⁶ con, năm 1930 3.\nparagraph: Trời mưa — "
        "to 1.\nparagraph: Dòng hai.\n-title: Tên trang\n-contents: Mục lục\n-title: Tên trang\n"
        "-repeated: Sách chợ quê\n-title: Tên trang\n-notes: Lời chú.\n-contents: Mục\n-title: Tên "
        "trang\n-beside: Trang phụ\n"
        "-pronunciation: tự\n-notes: 3\n-notes: 1\n");
}

/* A book with one page. */
static void expect_page(const char *page, const char *expected)
{
    const struct part parts[] = {
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf", PACKAGE(ITEM("a", "a.html"), "<itemref idref=\"a\"/>")},
        {"OEBPS/a.html", page},
        {NULL, NULL},
    };
    struct buf all = BUF_INIT;
    buf_addf(&all, "title: Sách chợ quê\n%s", expected);
    expect_parts("a.epub", parts, all.p);
    buf_free(&all);
}

static void pages_of_html(void **state)
{
    (void)state;
    expect_page(
        "<!DOCTYPE html><HTML><HEAD><META charset=utf-8><LINK rel=a><TITLE>Tên</TITLE>"
        "<SCRIPT>if (a<b) document.write('<p>x</p>');</SCRIPT></HEAD><BODY><H1>Chương</H1>"
        "<P>Một<BR>hai<IMG SRC=a.png> ba<P>Bốn <I>năm</I><UL><LI>cá<LI>rau</UL>"
        "<TABLE><TR><TD>Cá<TD>80<TR><TD>Rau<TD>5</TABLE><HR><P>Cuối.",
        "heading: Chương\nparagraph: Một\nparagraph: hai ba\nparagraph: Bốn năm\n"
        "list: cá\nlist: rau\ntable: Cá; 80\ntable: Rau; 5\nparagraph: Cuối.\n-title: Tên\n");
    expect_page("<p>Một &nbsp;&hellip; hai<p hidden>Ẩn<p style='color: red; display:none'>Ẩn nữa"
                "<p>Ba <span hidden>ẩn</span>bốn",
                "paragraph: Một  … hai\nparagraph: Ba ẩn bốn\n-hidden: Ẩn\n-hidden: Ẩn nữa\n"
                "-hidden: ẩn\n");
    expect_page("<html><head><meta http-equiv='Content-Type' content='text/html; "
                "charset=windows-1252'></head><body><p>S\xE1ng, tr\xEAn b\xE0n.</body></html>",
                "paragraph: Sáng, trên bàn.\n");
}

static void pages_of_the_printed_book(void **state)
{
    (void)state;
    expect_page(
        PAGE("<p>Chợ <span epub:type=\"pagebreak\" id=\"p5\">5</span>họp<span "
             "class=\"pagenum\">[Pg 6]</span> sớm.</p><div role=\"doc-pagebreak\">xii</div>"
             "<p class=\"pagebreak\">Trang trại ở xa.</p>"
             "<nav epub:type=\"page-list\"><ol><li><a href=\"a.html#p5\">5</a></li></ol></nav>"),
        "paragraph: Chợ 5 họp [Pg 6] sớm.\nparagraph: Trang trại ở xa.\n-title: Tên trang\n-page: "
        "xii\n"
        "-contents: 5\n-page: 5\n-page: [Pg 6]\n");
}

static void notes_are_listed(void **state)
{
    (void)state;
    /* By their types, in any order of attributes. */
    expect_page(PAGE("<p>Cá<a type=\"x\" epub:type=\"noteref\" href=\"#a\">*)</a> tươi.</p>"
                     "<section role=\"doc-endnotes\"><h2>Chú thích</h2><p>Một.</p></section>"
                     "<div class=\"footnotes\"><p>Hai.</p></div><ol><li epub:type=\"rearnote\">"
                     "Ba.</li></ol><p>Footnotes là chú.</p>"),
                "paragraph: Cá *) tươi.\nparagraph: Footnotes là chú.\n-title: Tên trang\n"
                "-notes: Chú thích\n-notes: Một.\n-notes: Hai.\n-notes: Ba.\n");
    /* By the marks that lead to them; a link after a space is text. */
    expect_page(
        PAGE("<p>Huế<a href=\"#n1\"><sup>1</sup></a>, Vinh<sup><a href=\"a.html#n2\">2</a>"
             "</sup>, Sa Pa<a href=\"#n3\">3</a>; xem chương <a href=\"#c4\">4</a>.</p>"
             "<p id=\"c4\">Chương bốn.</p><p id=\"n1\">1. Cố đô.</p>"
             "<p><a id=\"n2\" href=\"#x\">2</a> Ở Nghệ An.</p><dl><dt id=\"n3\">3</dt>"
             "<dd>Ở Lào Cai.</dd></dl>"),
        "paragraph: Huế 1, Vinh 2, Sa Pa 3; xem chương 4.\nparagraph: Chương bốn.\n"
        "list: Ở Lào Cai.\n-title: Tên trang\n-notes: 1. Cố đô.\n-notes: 2 Ở Nghệ An.\n-notes: 3\n"
        "-notes: 1\n-notes: 2\n-notes: 3\n");
}

static void parts_that_are_no_chapters(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf",
         PACKAGE(
             "<item id=\"bia\" href=\"bia.svg\" media-type=\"image/svg+xml\"/>"
             "<item id=\"anh\" href=\"anh.jpg\" media-type=\"image/jpeg\"/>"
             "<item id=\"pdf\" href=\"a.pdf\" media-type=\"application/pdf\" fallback=\"thay\"/>"
             "<item id=\"la\" href=\"a.xyz\" media-type=\"application/x-y\" fallback=\"la\"/>"
             "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>"
             "<item id=\"utf\" href=\"utf.xhtml\" media-type=\"application/xhtml+xml\"/>" ITEM(
                 "thay", "../thay%20th%E1%BA%BF.xhtml"),
             "<itemref idref=\"bia\"/><itemref idref=\"anh\"/><itemref idref=\"pdf\"/>"
             "<itemref idref=\"la\"/>")},
        {"OEBPS/bia.svg",
         "<svg><title>Tên ảnh</title><text>Bìa sách</text><text>Nhà in</text></svg>"},
        {"OEBPS/anh.jpg", "\xFF\xD8"},
        {"OEBPS/a.pdf", "%PDF"},
        {"OEBPS/a.xyz", "Gì đó"},
        {"OEBPS/toc.ncx", "<ncx><pageList><pageTarget>5</pageTarget></pageList></ncx>"},
        {"thay thế.xhtml", PAGE("<p>Trang thay thế.</p><math><mn>2</mn><annotation>x_2"
                                "</annotation></math>")},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, parts, NULL);
    expect_read("a.epub", buf_sv(&bytes),
                "title: Sách chợ quê\nparagraph: Bìa sách\nparagraph: Nhà in\n"
                "paragraph: Trang thay thế.\nparagraph: 2 x_2\n-title: Tên ảnh\n-title: Tên "
                "trang\n-formula: x_2\n");
    open_document(&a, "a.epub", buf_sv(&bytes), false);
    assert_int_equal(a.diagnostics.at[0].kind, NOTE_MISSING);
    assert_non_null(strstr(a.diagnostics.at[0].message, "a.xyz"));
    article_free(&a);
    buf_free(&bytes);
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
    assert_int_equal(a.diagnostics.at[0].kind, NOTE_DAMAGED);
    assert_int_equal(a.diagnostics.at[a.diagnostics.n - 1].kind, NOTE_MISSING);
    article_free(&a);
    buf_free(&bytes);
    static const struct part cut[] = {
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf", PACKAGE(ITEM("a", "a.xhtml"), "<itemref idref=\"a\"/>")},
        {"OEBPS/a.xhtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>Một hai"},
        {NULL, NULL},
    };
    zip_parts(&bytes, cut, NULL);
    open_document(&a, "a.epub", buf_sv(&bytes), false);
    assert_int_equal(a.diagnostics.at[0].kind, NOTE_MISSING);
    article_free(&a);
    buf_free(&bytes);
    expect_parts_error(locked, 0, "DRM");
    expect_parts_error(empty, 0, "names no package");
}

#define ENCRYPTED(path)                                                                            \
    "<EncryptedData><CipherData><CipherReference URI=\"" path "\"/></CipherData></EncryptedData>"
#define TWO_CHAPTERS                                                                               \
    PACKAGE(ITEM("n", "nav.xhtml\" properties=\"nav") ITEM("a", "a.xhtml")                         \
                ITEM("b", "b%20b.xhtml"),                                                          \
            "<itemref idref=\"n\"/><itemref idref=\"a\"/><itemref idref=\"b\"/>")

/* A book of two chapters, of which these parts are encrypted. */
static void zip_book(struct buf *out, const char *encrypted)
{
    struct buf list = BUF_INIT;
    buf_addf(&list, "<encryption>%s</encryption>", encrypted);
    const struct part parts[] = {
        {"META-INF/container.xml", CONTAINER},
        {"META-INF/encryption.xml", list.p},
        {"OEBPS/sach.opf", TWO_CHAPTERS},
        {"OEBPS/nav.xhtml", PAGE("<nav><p>Mục lục</p></nav>")},
        {"OEBPS/a.xhtml", PAGE("<p>Chợ họp sớm.</p>")},
        {"OEBPS/b b.xhtml", PAGE("<p>Bến vắng khách vắng khách vắng khách vắng khách.</p>")},
        {"OEBPS/chu.otf", "\x01\x02"},
        {NULL, NULL},
    };
    buf_clear(out);
    zip_parts(out, parts, NULL);
    buf_free(&list);
}

static void expect_book(const struct buf *bytes, const char *expected, const char *note)
{
    struct article a;
    open_document(&a, "a.epub", buf_sv(bytes), false);
    expect_described(&a, expected);
    expect_promises(&a);
    assert_int_equal(a.diagnostics.n, note ? 1 : 0);
    if (note) {
        assert_int_equal(a.diagnostics.at[0].kind, NOTE_MISSING);
        assert_non_null(strstr(a.diagnostics.at[0].message, note));
    }
    article_free(&a);
}

static void chapters_are_read_once(void **state)
{
    (void)state;
    const struct part parts[] = {
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf", PACKAGE(ITEM("a", "a.xhtml"), "<itemref idref=\"a\"/><itemref "
                                                         "idref=\"a\"/><itemref idref=\"a\"/>")},
        {"OEBPS/a.xhtml", PAGE("<p>Chợ họp sớm.</p>")},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, parts, NULL);
    open_document(&a, "a.epub", buf_sv(&bytes), false);
    expect_described(&a, "title: Sách chợ quê\nparagraph: Chợ họp sớm.\n-title: Tên trang\n");
    assert_int_equal(a.diagnostics.n, 1);
    assert_non_null(strstr(a.diagnostics.at[0].message, "lists 2 chapters again"));
    article_free(&a);
    buf_free(&bytes);
}

static void locked_parts(void **state)
{
    (void)state;
    static const char beside[] = "-title: Tên trang\n-contents: Mục lục\n-title: Tên trang\n";
    struct buf bytes = BUF_INIT, all = BUF_INIT;
    /* Fonts: nothing is lost. */
    zip_book(&bytes, ENCRYPTED("OEBPS/chu.otf"));
    buf_addf(&all,
             "title: Sách chợ quê\nparagraph: Chợ họp sớm.\nparagraph: Bến vắng khách vắng khách "
             "vắng khách vắng khách.\n%s-title: Tên trang\n",
             beside);
    expect_book(&bytes, all.p, NULL);
    /* One chapter: the others are read. */
    zip_book(&bytes, ENCRYPTED("OEBPS/chu.otf") ENCRYPTED("OEBPS/b%20b.xhtml"));
    buf_clear(&all);
    buf_addf(&all, "title: Sách chợ quê\nparagraph: Chợ họp sớm.\n%s", beside);
    expect_book(&bytes, all.p, "1 chapter is not read: it is locked");
    /* All chapters; that the table of contents can be read is of no use. */
    zip_book(&bytes, ENCRYPTED("OEBPS/a.xhtml") ENCRYPTED("OEBPS/b%20b.xhtml"));
    expect_error(buf_sv(&bytes), 0, "DRM");
    buf_free(&all);
    buf_free(&bytes);
}

/* Spoils what is packed of a member: no byte of it can be unpacked. */
static void spoil(struct buf *bytes, const char *member)
{
    ptrdiff_t at = sv_find(buf_sv(bytes), sv_of(member));
    assert_true(at >= 0);
    memset(bytes->p + (size_t)at + strlen(member), 0xFF, 8);
}

static void chapters_that_cannot_be_unpacked(void **state)
{
    (void)state;
    struct buf bytes = BUF_INIT;
    zip_book(&bytes, "");
    spoil(&bytes, "OEBPS/b b.xhtml");
    expect_book(&bytes,
                "title: Sách chợ quê\nparagraph: Chợ họp sớm.\n-title: Tên trang\n-contents: Mục "
                "lục\n-title: Tên trang\n",
                "OEBPS/b b.xhtml cannot be unpacked");
    spoil(&bytes, "OEBPS/a.xhtml");
    expect_error(buf_sv(&bytes), 0, "cannot be unpacked");
    buf_free(&bytes);
}

/* ---- the picture on the cover ---- */

/* A book whose package has this in it, and this file as OEBPS/bia.png. */
static void expect_picture(const char *meta, const char *items, bool wanted, const char *picture)
{
    struct buf package = BUF_INIT, bytes = BUF_INIT;
    struct err e = ERR_INIT;
    struct article a;
    buf_addf(&package,
             "<package><metadata>%s</metadata><manifest>%s" ITEM(
                 "a", "a.html") "</manifest><spine>"
                                "<itemref idref=\"a\"/></spine></package>",
             meta, items);
    const struct part parts[] = {
        {"META-INF/container.xml", CONTAINER},
        {"OEBPS/sach.opf", package.p},
        {"OEBPS/a.html", PAGE("<p>Chợ họp sớm.</p>")},
        {"OEBPS/bia.png", "một bức tranh"},
        {NULL, NULL},
    };
    const struct read_options options = {.picture = wanted, .rules = rules};
    zip_parts(&bytes, parts, NULL);
    assert_int_equal(article_from_bytes(&a, "a.epub", buf_sv(&bytes), &options, &e), STATUS_OK);
    assert_true(sv_is(a.picture, picture));
    assert_int_equal(a.diagnostics.n, 0);
    article_free(&a);
    err_free(&e);
    buf_free(&package);
    buf_free(&bytes);
}

static void the_cover_is_kept_where_it_is_wanted(void **state)
{
    (void)state;
    const char *epub3 = "<item id=\"p\" href=\"bia.png\" properties=\"svg cover-image\" "
                        "media-type=\"image/png\"/>";
    const char *epub2 = "<item id=\"p\" href=\"bia.png\" media-type=\"image/png\"/>";
    const char *gone = "<item id=\"p\" href=\"../../bia.png\" media-type=\"image/png\"/>";
    expect_picture("", epub3, true, "một bức tranh");
    expect_picture("", epub3, false, "");
    expect_picture("<meta name=\"cover\" content=\"p\"/>", epub2, true, "một bức tranh");
    expect_picture("<meta name=\"cover\" content=\"OEBPS/bia.png\"/>", epub2, true,
                   "một bức tranh");
    expect_picture("", epub2, true, "");
    expect_picture("<meta name=\"cover\" content=\"a\"/>", epub2, true, "");
    expect_picture("<meta name=\"cover\" content=\"p\"/>", gone, true, "");
    expect_picture("<meta name=\"cover\" content=\"p\"/>", "", true, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chapters_are_read_once),
        cmocka_unit_test(locked_parts),
        cmocka_unit_test(chapters_that_cannot_be_unpacked),
        cmocka_unit_test(the_cover_is_kept_where_it_is_wanted),
        cmocka_unit_test(epub_is_read),
        cmocka_unit_test(pages_of_html),
        cmocka_unit_test(pages_of_the_printed_book),
        cmocka_unit_test(notes_are_listed),
        cmocka_unit_test(parts_that_are_no_chapters),
        cmocka_unit_test(epub_that_is_odd),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
