#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/format/xml.h"
#include "base/ascii.h"
#include "documents.h"

static void expect_kept(struct sv bytes, const char *member, bool raw);

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
    buf_free(&bytes);
}

/* The part of an archive that arrived is read, and a diagnostic says that this is not all. */
static void archives_cut_short(void **state)
{
    (void)state;
    struct buf text = BUF_INIT, bytes = BUF_INIT;
    buf_adds(&text, "<w:document " WORD "><w:body>");
    for (unsigned i = 0; i < 400; i++)
        buf_addf(&text, "<w:p><w:r><w:t>Đoạn %u, %u con cá.</w:t></w:r></w:p>", i, i * 7919 % 1000);
    buf_adds(&text, "</w:body></w:document>");
    const struct part parts[] = {{"word/document.xml", text.p}, {NULL, NULL}};
    zip_parts(&bytes, parts, NULL);
    size_t read = 0;
    for (size_t n = 4; n < bytes.n; n += 1 + bytes.n / 100) {
        struct article a;
        struct err e = ERR_INIT;
        struct read_options options = {0};
        if (article_from_bytes(&a, "a.docx", sv_sub(buf_sv(&bytes), 0, n), &options, &e)) {
            assert_true(e.message.n > 10);
        } else {
            assert_int_equal(a.diagnostics.at[0].kind, NOTE_MISSING);
            assert_true(a.blocks.n >= read);
            read = a.blocks.n;
        }
        err_free(&e);
        article_free(&a);
    }
    assert_true(read > 300);
    bytes.p[bytes.n / 2] ^= 0x55; /* in the packed bytes */
    expect_kept(buf_sv(&bytes), NULL, false);
    buf_free(&bytes);
    buf_free(&text);
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

/* ---- any damage ---- */

/* Whether the letters of a member's text are covered. */
struct letters {
    const unsigned char *covered; /* from the member on */
    struct sv member;
    unsigned depth, data; /* depth of an element whose text is for programs; 0: none is open */
};

static void open_letters(void *user, const struct xml_tag *tag)
{
    struct letters *l = user;
    bool data = xml_is(tag, "instrText") || xml_is(tag, "script") || xml_is(tag, "style");
    l->depth++;
    if (data && !l->data)
        l->data = l->depth;
}

static void close_letters(void *user, const char *name, const char *space)
{
    struct letters *l = user;
    (void)name, (void)space;
    if (l->data == l->depth)
        l->data = 0;
    l->depth--;
}

static void check_letters(void *user, struct sv text, struct span from)
{
    const struct letters *l = user;
    for (size_t i = 0; i < text.n && !l->data && text.n == from.len; i++)
        if ((ascii_is_letter(text.p[i]) || ascii_is_digit(text.p[i])) && !l->covered[from.off + i])
            fail_msg("%.*s is lost of:\n%.*s", SV_ARG(text), SV_ARG(l->member));
}

static void expect_all_letters(const struct article *a, const char *member, bool is_page)
{
    unsigned char *covered = covered_bytes(a);
    for (size_t i = 0; i < a->members.n; i++) {
        const struct member *m = &a->members.at[i];
        struct letters l = {covered + m->off, sv_sub(a->source, m->off, m->len), 0, 0};
        const struct xml_client client = {.open = open_letters,
                                          .close = close_letters,
                                          .text = check_letters,
                                          .user = &l,
                                          .is_html = is_page};
        struct xml_fault fault;
        if (strcmp(m->name, member) == 0)
            xml_walk(l.member, NULL, &client, &fault);
    }
    free(covered);
}

/* Reads the archive; no letter of the member is lost. */
static void expect_kept(struct sv bytes, const char *member, bool raw)
{
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {.raw = raw};
    if (article_from_bytes(&a, "a", bytes, &options, &e)) {
        assert_true(e.message.n > 10);
    } else {
        expect_promises(&a);
        if (member)
            expect_all_letters(&a, member, sv_ends(sv_of(member), SV(".xhtml")));
    }
    err_free(&e);
    article_free(&a);
}

static const char noise[] = "<>&;'\"/!?[]-#x0\xff\xe1\x01 :";

/* Damages a member; then the archive. */
static void read_damaged(const struct part *parts, size_t damaged, uint32_t *seed, unsigned count)
{
    struct buf member = BUF_INIT, bytes = BUF_INIT;
    struct part copy[8];
    size_t n = 0;
    for (; parts[n].name; n++)
        copy[n] = parts[n];
    copy[n] = parts[n];
    buf_adds(&member, parts[damaged].text);
    damage(&member, noise, seed, count);
    copy[damaged].text = member.p;
    zip_parts(&bytes, copy, NULL);
    bool text = !strstr(parts[damaged].name, "opf") && !strstr(parts[damaged].name, "container");
    expect_kept(buf_sv(&bytes), text ? parts[damaged].name : NULL, *seed >> 31);
    damage(&bytes, noise, seed, count);
    expect_kept(buf_sv(&bytes), NULL, *seed >> 31);
    buf_free(&bytes);
    buf_free(&member);
}

static void damaged_anywhere(void **state)
{
    (void)state;
    static const struct part docx[] = {
        {"word/document.xml",
         BODY(
             STYLED("Title", "T&amp;n chợ") "<w:tbl><w:tblPr/><w:tr>" CELL("C&#225;")
                 CELL("80") "</w:tr></w:tbl>" PARAGRAPH(
                     "Giá 5 đồng, còn 7 đồng.") "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r>"
                                                "<w:instrText>PAGE</w:instrText></w:r><w:del><w:r>"
                                                "<w:delText>bo</w:delText></w:r></w:del></w:p>"
                                                "<!-- x --><w:p><w:r><w:t><![CDATA[R & D]]></w:t>"
                                                "<w:br/></w:r></w:p><w:sectPr/>")},
        {NULL, NULL},
    };
    static const struct part epub[] = {
        {"META-INF/container.xml", "<container><rootfiles><rootfile "
                                   "full-path='a.opf'/></rootfiles></container>"},
        {"a.opf", "<package><manifest><item id='c' href='c.xhtml' "
                  "media-type='application/xhtml+xml'/></manifest><spine><itemref "
                  "idref='c'/></spine></package>"},
        {"c.xhtml",
         "<html><head><title>Tên</title><style>p {}</style></head><body><h1>Chương một</h1>"
         "<p>Sáng nay <b>chợ</b><a href='#n'><sup>1</sup></a> họp, gi&aacute; 5 đồng.</p><ul>"
         "<li>Cá</li></ul><p id='n'>1. Ghi.</p><nav><p>Mục 2</p></nav><table><tr><td>Rau"
         "</td><td>7</td></tr></table></body></html>"},
        {NULL, NULL},
    };
    uint32_t seed = 3;
    for (unsigned round = 0; round < 600; round++) {
        read_damaged(docx, 0, &seed, 1 + round % 6);
        read_damaged(epub, 2, &seed, 1 + round % 6);
        read_damaged(epub, round % 2, &seed, 1);
    }
}

/* ---- archives that other programs write, and damaged ones ---- */

static void add_little(struct buf *out, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buf_putc(out, (char)(number >> (8 * i)));
}

/* A head of a member, before it or in the list (at >= 0), of text that is stored as it is. */
static void add_head(struct buf *out, const char *name, struct sv text, uint32_t sum, bool large,
                     int64_t at, unsigned flags)
{
    uint32_t n = large ? UINT32_MAX : (uint32_t)text.n;
    bool listed = at >= 0, later = !listed && flags & 8;
    buf_adds(out, listed ? "PK\x01\x02" : "PK\x03\x04");
    if (listed)
        add_little(out, 45, 2);
    add_little(out, 45, 2);
    add_little(out, flags, 2);
    add_little(out, 0, 6);
    add_little(out, later ? 0 : sum, 4);
    add_little(out, later ? 0 : n, 4);
    add_little(out, later ? 0 : n, 4);
    add_little(out, strlen(name), 2);
    add_little(out, large ? 20 : 0, 2);
    if (listed) {
        add_little(out, 0, 8);
        add_little(out, 0, 2);
        add_little(out, (uint64_t)at, 4);
    }
    buf_adds(out, name);
    if (large) {
        add_little(out, 1, 2);
        add_little(out, 16, 2);
        add_little(out, text.n, 8);
        add_little(out, text.n, 8);
    }
}

static uint32_t sum_of(struct sv text)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < text.n; i++) {
        sum ^= (unsigned char)text.p[i];
        for (int k = 0; k < 8; k++)
            sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
    }
    return ~sum;
}

enum { PLAIN, LARGE_FORM = 1, DESCRIPTORS = 2, WRONG_SUM = 4, NO_LIST = 8 };

static void store_parts(struct buf *out, const struct part *parts, unsigned how)
{
    struct buf list = BUF_INIT;
    unsigned count = 0, flags = how & DESCRIPTORS ? 8 : 0;
    for (const struct part *p = parts; p->name; p++, count++) {
        struct sv text = sv_of(p->text);
        uint32_t sum = sum_of(text) + (how & WRONG_SUM ? 1 : 0);
        size_t at = out->n;
        add_head(out, p->name, text, sum, how & LARGE_FORM, -1, flags);
        buf_add_sv(out, text);
        if (flags) {
            buf_adds(out, "PK\x07\x08");
            add_little(out, sum, 4);
            add_little(out, text.n, 4);
            add_little(out, text.n, 4);
        }
        add_head(&list, p->name, text, sum, how & LARGE_FORM, (int64_t)at, flags);
    }
    size_t at = out->n;
    if (!(how & NO_LIST)) {
        buf_add_sv(out, buf_sv(&list));
        buf_adds(out, "PK\x05\x06");
        add_little(out, 0, 4);
        add_little(out, count, 2);
        add_little(out, count, 2);
        add_little(out, list.n, 4);
        add_little(out, at, 4);
        add_little(out, 0, 2);
    }
    buf_free(&list);
}

static void other_forms_of_archives(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/styles.xml", "<w:styles " WORD "/>"},
        {"word/document.xml", BODY(PARAGRAPH("Chợ họp sớm."))},
        {"word/document.xml", BODY(PARAGRAPH("Tên có hai lần."))},
        {NULL, NULL},
    };
    static const struct {
        unsigned how;
        bool said;
    } forms[] = {{PLAIN, false},
                 {LARGE_FORM, false},
                 {DESCRIPTORS, false},
                 {WRONG_SUM, true},
                 {NO_LIST, true},
                 {NO_LIST | DESCRIPTORS, true},
                 {NO_LIST | LARGE_FORM, true}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct buf bytes = BUF_INIT;
        struct article a;
        store_parts(&bytes, parts, forms[i].how);
        open_document(&a, "a.docx", buf_sv(&bytes), false);
        expect_described(&a, "paragraph: Chợ họp sớm.\n");
        assert_int_equal(a.diagnostics.n > 0, forms[i].said);
        if (forms[i].said)
            assert_int_equal(a.diagnostics.at[0].kind, NOTE_MISSING);
        article_free(&a);
        buf_free(&bytes);
    }
}

/* Text that libraries that mend XML leave out. */
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
        cmocka_unit_test(archives_cut_short),    cmocka_unit_test(other_forms_of_archives),
        cmocka_unit_test(bombs_do_not_go_off),   cmocka_unit_test(entities_do_not_multiply),
        cmocka_unit_test(cut_short_anywhere),    cmocka_unit_test(damaged_anywhere),
        cmocka_unit_test(no_letter_is_lost),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
