#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

static void other_kinds_are_named(void **state)
{
    (void)state;
    static const struct part odt[] = {{"content.xml", "<a/>"}, {NULL, NULL}};
    static const struct part xlsx[] = {{"xl/workbook.xml", "<a/>"}, {NULL, NULL}};
    static const struct part other[] = {{"a.txt", "chữ"}, {NULL, NULL}};
    expect_parts_error(odt, 0, "OpenDocument");
    expect_parts_error(xlsx, 0, "presentation");
    expect_parts_error(other, 0, "neither a DOCX nor an EPUB");
    expect_error(SV("{\\rtf1\\ansi Chào}"), 0, ".docx");
    expect_error(SV("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 gì đó"), 0, ".docx");
    struct buf locked = BUF_INIT;
    buf_adds(&locked, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    buf_add(&locked, "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
    expect_error(buf_sv(&locked), 0, "password");
    buf_free(&locked);
}

static void locked_and_broken_archives(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml", BODY(PARAGRAPH("Một đoạn văn bị cắt ở giữa chừng."))},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    zip_parts(&bytes, parts, "bí mật");
    expect_error(buf_sv(&bytes), 0, "password");
    buf_clear(&bytes);
    zip_parts(&bytes, parts, NULL);
    for (size_t n = 4; n < bytes.n; n++) {
        struct article a;
        struct err e = ERR_INIT;
        struct read_options options = {0};
        enum status status =
            article_from_bytes(&a, "a.docx", sv_sub(buf_sv(&bytes), 0, n), &options, &e);
        assert_int_equal(status, STATUS_INPUT);
        assert_true(e.message.n > 10);
        err_free(&e);
        article_free(&a);
    }
    bytes.p[80] ^= 0x55; /* in the packed bytes */
    expect_error(buf_sv(&bytes), 0, "damaged");
    buf_free(&bytes);
}

static void bombs_do_not_go_off(void **state)
{
    (void)state;
    enum { LARGE = 24 << 20 };
    struct buf text = BUF_INIT;
    buf_adds(&text, "<w:document " WORD "><w:body><w:p><w:r><w:t>Chữ ");
    size_t head = text.n;
    buf_reserve(&text, LARGE);
    memset(text.p + head, ' ', LARGE);
    buf_cut(&text, head + LARGE);
    buf_adds(&text, "hết</w:t></w:r></w:p></w:body></w:document>");
    struct part parts[] = {{"word/document.xml", text.p}, {NULL, NULL}};
    expect_parts_error(parts, 1 << 20, "--max-bytes");
    expect_parts_error(parts, 0, "200 times");
    buf_free(&text);
}

/* Entities that a document declares are never expanded. */
static void entities_do_not_multiply(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"cười \"><!ENTITY b "
         "\"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY nbsp SYSTEM \"file:///etc/passwd\"><!ENTITY "
         "c "
         "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
         "<w:document " WORD "><w:body>" PARAGRAPH("Trước &c; &x;&nbsp;sau.")
             PARAGRAPH("Rồi thôi.") "</w:body></w:document>"},
        {NULL, NULL},
    };
    struct buf bytes = BUF_INIT;
    struct article a;
    zip_parts(&bytes, parts, NULL);
    open_document(&a, "a.docx", buf_sv(&bytes), false);
    expect_promises(&a);
    assert_true(a.text.n < 200);
    assert_int_equal(sv_find(a.text, SV("root")), -1);
    assert_int_equal(sv_find(a.text, SV("cười")), -1);
    assert_true(stands_before(&a, "Trước", "sau."));
    article_free(&a);
    buf_free(&bytes);
}

/* Every prefix of a document is read, or refused in words. */
static void cut_short_anywhere(void **state)
{
    (void)state;
    static const char document[] =
        BODY(STYLED("Title", "T&amp;n") "<w:tbl><w:tr>" CELL("C&#225;")
                 CELL("80") "</w:tr></w:tbl>"
                            "<!-- x --><w:p><w:r><w:t><![CDATA[R & D]]></w:t><w:br/></w:r></w:p>");
    for (size_t n = 0; n < sizeof document; n++) {
        struct buf cut = BUF_INIT, bytes = BUF_INIT;
        buf_add(&cut, document, n);
        struct part parts[] = {{"word/document.xml", cut.p}, {NULL, NULL}};
        struct article a;
        struct err e = ERR_INIT;
        struct read_options options = {.raw = n % 2};
        zip_parts(&bytes, parts, NULL);
        if (article_from_bytes(&a, "a.docx", buf_sv(&bytes), &options, &e))
            assert_non_null(strstr(e.message.p, "nothing to read"));
        else
            expect_promises(&a);
        err_free(&e);
        article_free(&a);
        buf_free(&bytes);
        buf_free(&cut);
    }
}

/* Reads an archive whose member `damaged` has some bytes replaced. */
static void read_damaged(const struct part *parts, size_t damaged, uint32_t *seed, unsigned count)
{
    static const char noise[] = "<>&;'\"/!?[]-#x0\xff\xe1\x01 :";
    struct buf member = BUF_INIT, bytes = BUF_INIT;
    struct part copy[8];
    size_t n = 0;
    for (; parts[n].name; n++)
        copy[n] = parts[n];
    copy[n] = parts[n];
    buf_adds(&member, parts[damaged].text);
    for (unsigned i = 0; i < count; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        member.p[(*seed >> 8) % member.n] = noise[(*seed >> 4) % (sizeof noise - 1)];
    }
    copy[damaged].text = member.p;
    zip_parts(&bytes, copy, NULL);
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {.raw = *seed >> 31};
    if (article_from_bytes(&a, "a", buf_sv(&bytes), &options, &e))
        assert_true(e.message.n > 10);
    else
        expect_promises(&a);
    err_free(&e);
    article_free(&a);
    buf_free(&bytes);
    buf_free(&member);
}

static void damaged_anywhere(void **state)
{
    (void)state;
    static const struct part docx[] = {
        {"word/document.xml",
         BODY(STYLED("Title", "T&amp;n chợ") "<w:tbl><w:tr>" CELL("C&#225;")
                  CELL("80") "</w:tr></w:tbl>" PARAGRAPH(
                      "Giá 5 đồng, còn 7 đồng.") "<!-- x --><w:p><w:r><w:t><![CDATA[R & "
                                                 "D]]></w:t><w:br/></w:r></w:p>")},
        {NULL, NULL},
    };
    static const struct part epub[] = {
        {"META-INF/container.xml", "<container><rootfiles><rootfile "
                                   "full-path='a.opf'/></rootfiles></container>"},
        {"a.opf", "<package><manifest><item id='c' href='c.xhtml' "
                  "media-type='application/xhtml+xml'/></manifest><spine><itemref "
                  "idref='c'/></spine></package>"},
        {"c.xhtml", "<html><head><title>Tên</title></head><body><h1>Chương một</h1><p>Sáng nay "
                    "<b>chợ</b> họp, gi&aacute; 5 đồng.</p><ul><li>Cá</li></ul></body></html>"},
        {NULL, NULL},
    };
    uint32_t seed = 3;
    for (unsigned round = 0; round < 300; round++) {
        read_damaged(docx, 0, &seed, 1 + round % 6);
        read_damaged(epub, 2, &seed, 1 + round % 6);
        read_damaged(epub, round % 2, &seed, 1);
    }
}

/* What libraries that mend XML leave out. */
static void no_letter_is_lost(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(PARAGRAPH("Hãng AT&T mở cửa; giá tăng 5% rồi.") PARAGRAPH("Giá <5 đồng, còn 7.")
                  PARAGRAPH("Xin &foo;chào tr\x01ời.") PARAGRAPH(
                      "a.vn/?a=1&b=2 S&aacute;ng nay.") "<w:p><w:r><w:t>Chữ</b> cuối</w:p>")},
        {NULL, NULL},
    };
    expect_parts("a.docx", parts,
                 "paragraph: Hãng AT&T mở cửa; giá tăng 5% rồi.\nparagraph: Giá <5 đồng, còn 7.\n"
                 "paragraph: Xin &foo;chào tr ời.\nparagraph: a.vn/?a=1&b=2 Sáng nay.\n"
                 "paragraph: Chữ cuối\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_kinds_are_named), cmocka_unit_test(locked_and_broken_archives),
        cmocka_unit_test(bombs_do_not_go_off),   cmocka_unit_test(entities_do_not_multiply),
        cmocka_unit_test(cut_short_anywhere),    cmocka_unit_test(damaged_anywhere),
        cmocka_unit_test(no_letter_is_lost),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
