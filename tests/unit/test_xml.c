/*
 * XML as it comes: legal, damaged, hostile. No byte outside of markup is lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "article/format/xml.h"
#include "base/sanitizer.h"

/* What is reported of a document: "<name space|attribute=value>" and "</name>" between the texts.
 */
struct heard {
    struct sv bytes;
    struct buf all, text;
    unsigned depth;
    size_t end;  /* of the last text in the bytes */
    bool broken; /* texts are not in order, or not where they are said to be */
};

static void on_open(void *user, const struct xml_tag *tag)
{
    struct heard *h = user;
    h->depth++;
    buf_addf(&h->all, "<%s", tag->name);
    if (*tag->space)
        buf_addf(&h->all, " %s|", tag->space);
    for (size_t i = 0; i < tag->count; i++)
        buf_addf(&h->all, " %.*s=%.*s", SV_ARG(tag->attributes[i].name),
                 SV_ARG(tag->attributes[i].value));
    buf_putc(&h->all, '>');
}

static void on_close(void *user, const char *name, const char *space)
{
    struct heard *h = user;
    (void)space;
    h->broken = h->broken || !h->depth;
    h->depth--;
    buf_addf(&h->all, "</%s>", name);
}

static void on_text(void *user, struct sv text, struct span from)
{
    struct heard *h = user;
    size_t end = (size_t)from.off + from.len;
    bool is_utf16 = h->bytes.p[0] == '\0' || h->bytes.p[0] == '\xFF';
    h->broken =
        h->broken || from.off < h->end || end > h->bytes.n || !from.len ||
        (text.n == from.len && !is_utf16 && memcmp(text.p, h->bytes.p + from.off, text.n) != 0 &&
         h->bytes.p[from.off] != '&' && h->bytes.p[from.off] != '\r');
    h->end = end;
    buf_add_sv(&h->all, text);
    buf_add_sv(&h->text, text);
}

static void walk(struct heard *h, struct sv bytes, const char *charset, struct xml_fault *fault)
{
    const struct xml_client client = {
        .open = on_open, .close = on_close, .text = on_text, .user = h};
    *h = (struct heard){.bytes = bytes, .all = BUF_INIT, .text = BUF_INIT};
    xml_walk(bytes, charset, &client, fault);
    assert_int_equal(h->depth, 0);
}

static void heard_free(struct heard *h)
{
    buf_free(&h->all);
    buf_free(&h->text);
}

/* `fault`: a part of the message of the first fault; NULL: there is none. */
static void expect_of(struct sv bytes, const char *charset, const char *all, const char *fault)
{
    struct heard h;
    struct xml_fault found;
    walk(&h, bytes, charset, &found);
    if (!sv_is(buf_sv(&h.all), all) || h.broken)
        fail_msg("%.*s is read as %s, not as %s", SV_ARG(bytes), h.all.p, all);
    assert_int_equal(found.line > 0, fault != NULL);
    if (fault && !strstr(found.message, fault))
        fail_msg("%.*s: the fault is '%s', not '%s'", SV_ARG(bytes), found.message, fault);
    heard_free(&h);
}

static void expect(const char *bytes, const char *all, const char *fault)
{
    expect_of(sv_of(bytes), NULL, all, fault);
}

static void legal_documents(void **state)
{
    (void)state;
    expect("<a>chữ</a>", "<a>chữ</a>", NULL);
    expect("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a --> <a b='1' c=\"2>\"/>",
           "\n <a b=1 c=2>></a>", NULL);
    expect("<!DOCTYPE a [<!ENTITY b \"]>\">]><a>&b;</a>", "<a>&b;</a>", "reference");
    expect("<a>1 &lt; 2 &amp; 3 &#225;&#xE1;&aacute;&hellip;</a>", "<a>1 < 2 & 3 ááá…</a>", NULL);
    expect("<a><![CDATA[<b> & ]] ]>]]>c</a>", "<a><b> & ]] ]>c</a>", NULL);
    expect("<a>1\r\n2\r3<![CDATA[4\r\n5]]></a>", "<a>1\n2\n34\n5</a>", NULL);
    expect("<w:p xmlns:w='W' xmlns='D'><b w:c='1'/><w:d xmlns:w='V'/><w:e/></w:p>",
           "<p W|><b D| c=1></b><d V|></d><e W|></e></p>", NULL);
    expect("<a href='?a=1&amp;b=2'/>", "<a href=?a=1&amp;b=2></a>", NULL);
    expect("<a b = '1'\n/><c/ >", "<a b=1></a><c></c>", NULL);
}

static void bare_signs_are_text(void **state)
{
    (void)state;
    expect("<a>AT&T mở cửa</a>", "<a>AT&T mở cửa</a>", "reference");
    expect("<a>Giá <5 đồng, còn 7.</a><b>Hai</b>", "<a>Giá <5 đồng, còn 7.</a><b>Hai</b>", "tag");
    expect("<a>nếu a <b thì c</a>", "<a>nếu a <b thì c</a>", "tag");
    expect("<a>x <b và c> y</a>", "<a>x <b và c> y</a>", "tag");
    expect("<a>Xin &foo;chào</a>", "<a>Xin &foo;chào</a>", "reference");
    expect("<a>u/?a=1&b=2 S&aacute;ng</a>", "<a>u/?a=1&b=2 Sáng</a>", "reference");
    expect("<a>a < b <= c << d <</a>", "<a>a < b <= c << d <</a>", "tag");
    expect("<a>1</ a>2</a>", "<a>1</ a>2</a>", "tag");
    expect("<a>tr\x01i\x1F</a>", "<a>tr\x01i\x1F</a>", NULL);
    expect("<a>trời tr\xE1i \xFF</a>", "<a>trời tr\xE1i \xFF</a>", NULL);
    expect("chữ <a/> sau", "chữ <a></a> sau", NULL);
    expect("<a>1</a><b>2</b>", "<a>1</a><b>2</b>", NULL);
}

static void markup_that_does_not_end(void **state)
{
    (void)state;
    expect("<a>1<!-- 2</a>", "<a>1<!-- 2</a>", "comment");
    expect("<a>1<? 2</a>", "<a>1<? 2</a>", "comment");
    expect("<a>1<![CDATA[2<b/>3</a>", "<a>12<b></b>3</a>", "CDATA");
    expect("<!DOCTYPE a [<a>1</a>", "<!DOCTYPE a [<a>1</a>", "comment");
    expect("<a>1<b c='2</b>3</a>", "<a>1<b c='23</a>", "tag");
    expect("<a>1<b c='2>3</b></a>", "<a>1<b c=>3</b></a>", NULL);
    expect("<a>1<b c='2>3<d e='4'/></b></a>", "<a>1<b c=>3<d e=4></d></b></a>", NULL);
    expect("<a b='x < y'>1</a>", "<a b=x < y>1</a>", NULL);
    expect("<a>1<b", "<a>1<b</a>", "tag");
    expect("<a>1</b", "<a>1</b</a>", "tag");
    expect("<a>1<", "<a>1<</a>", "tag");
    expect("<a>1&", "<a>1&</a>", "reference");
    expect("<a>1<b>2", "<a>1<b>2</b></a>", "too early");
    expect("<a b=1 hidden c=2>3</a>", "<a b=1 c=2>3</a>", NULL);
}

static void tags_that_do_not_fit(void **state)
{
    (void)state;
    expect("<a>1</b>2</a>", "<a>12</a>", "end tag");
    expect("<a><b>1</a>2", "<a><b>1</b></a>2", "end tag");
    expect("</a>1<a>2</a></a>3", "1<a>2</a>3", "end tag");
    expect("<x:a>1</a>2</x:a>", "<a>12</a>", "end tag");
    expect("<p>1<br>2</p>", "<p>1<br>2</br></p>", "end tag");
}

static void other_encodings(void **state)
{
    (void)state;
    expect_of((struct sv){"\xFF\xFE<\0a\0>\0\xE1\0&\0l\0t\0;\0<\0/\0a\0>\0", 26}, NULL, "<a>á<</a>",
              NULL);
    expect_of((struct sv){"\0<\0a\0>\x1E\xA1\0<\0/\0a\0>", 16}, NULL, "<a>ạ</a>", NULL);
    expect("<?xml version='1.0' encoding=\"ISO-8859-1\"?><a>\xE1</a>", "<a>á</a>", NULL);
    expect_of(SV("<a>\xE1</a>"), "windows-1252", "<a>á</a>", NULL);
    expect_of(SV("<a>á</a>"), "windows-1252", "<a>á</a>", NULL); /* the server is wrong */
    expect_of(SV("<a>\xE1</a>"), NULL, "<a>á</a>", NULL); /* nothing names it: by its words */
    expect("<a>Céng hßa x· héi chñ nghÜa</a>", "<a>Céng hßa x· héi chñ nghÜa</a>", NULL);
    expect("<a b='c'>C\xE9ng h\xDF"
           "a x\xB7 h\xE9i ch\xF1 ngh\xDC"
           "a</a>",
           "<a b=c>Cộng hòa xã hội chủ nghĩa</a>", NULL);
}

static void names_are_never_empty(void **state)
{
    (void)state;
    expect("<a:>1<b:c:/></a:>", "<a:>1<c:></c:></a:>", NULL);
    expect("<a b:='1' xmlns:='2'/>", "<a b:=1 xmlns:=2></a>", NULL);
}

static void expect_html(const char *bytes, const char *all, const char *fault)
{
    struct heard h = {.bytes = sv_of(bytes), .all = BUF_INIT, .text = BUF_INIT};
    const struct xml_client client = {
        .open = on_open, .close = on_close, .text = on_text, .user = &h, .is_html = true};
    struct xml_fault found;
    xml_walk(h.bytes, NULL, &client, &found);
    if (!sv_is(buf_sv(&h.all), all) || h.broken || h.depth)
        fail_msg("%s is read as %s, not as %s", bytes, h.all.p, all);
    assert_int_equal(found.line > 0, fault != NULL);
    if (fault && !strstr(found.message, fault))
        fail_msg("%s: the fault is '%s', not '%s'", bytes, found.message, fault);
    heard_free(&h);
}

static void pages_of_html(void **state)
{
    (void)state;
    expect_html("<P Class=a>1<BR>2</p>", "<p Class=a>1<br></br>2</p>", NULL);
    expect_html("<body><p>1<p>2<ul><li>3<li>4</ul>5",
                "<body><p>1</p><p>2</p><ul><li>3</li><li>4</li></ul>5</body>", NULL);
    expect_html("<div hidden>1<hr/></hr></div>", "<div hidden=>1<hr></hr></div>", NULL);
    expect_html("<script>if (a<b) '<p>'</SCRIPT>1", "<script>if (a<b) '<p>'</script>1", NULL);
    expect_html("<style>a > b</style><style/>1<script>2",
                "<style>a > b</style><style></style>1"
                "<script></script>2",
                NULL);
    expect_html("<div>1", "<div>1</div>", "too early");
    expect_html("<p>1</b>2", "<p>12</p>", "end tag");
    expect_html("<html xmlns='x'><p>1", "<html x|><p x|>1</p></html>", "too early");
    expect_html("<?xml version='1.0'?><p>1", "<p>1</p>", "too early");
}

/* ---- any damage ---- */

/* Bytes between two texts are markup: they begin and end as markup does. */
static void check_gap(struct sv gap, struct sv document)
{
    bool begins = sv_starts(gap, SV("<")) || sv_starts(gap, SV("]]>"));
    bool ends = sv_ends(gap, SV(">")) || sv_ends(gap, SV("<![CDATA["));
    if (gap.n && !(begins && ends))
        fail_msg("'%.*s' is lost in %.*s", SV_ARG(gap), SV_ARG(document));
}

struct gaps {
    struct sv bytes;
    size_t end;
};

static void note_gap(void *user, struct sv text, struct span from)
{
    struct gaps *g = user;
    (void)text;
    assert_true(from.off >= g->end);
    check_gap(sv_sub(g->bytes, g->end, from.off - g->end), g->bytes);
    g->end = (size_t)from.off + from.len;
}

static void ignore_tag(void *user, const struct xml_tag *tag)
{
    (void)user, (void)tag;
}

static void ignore_end(void *user, const char *name, const char *space)
{
    (void)user, (void)name, (void)space;
}

static void nothing_is_lost_whatever_is_damaged(void **state)
{
    (void)state;
    static const char document[] =
        "<?xml version=\"1.0\"?><!DOCTYPE w><w:d xmlns:w=\"W\"><!-- c --><w:p w:v=\"1\">Một &amp; "
        "hai<w:t/>ba</w:p><![CDATA[bốn < năm]]><w:p a='b'>s&aacute;u\r\nbảy</w:p></w:d>";
    static const char noise[] = "<>&;'\"/!?[]-=#: \x01\xE1\xFF\r";
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char bytes[sizeof document];
        memcpy(bytes, document, sizeof document);
        for (int i = 0; i <= round % 5; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[(seed >> 8) % (sizeof document - 1)] = noise[(seed >> 24) % (sizeof noise - 1)];
        }
        struct gaps g = {
            .bytes = {bytes, (seed >> 4) % 3 ? sizeof bytes - 1 : (seed >> 8) % sizeof bytes}};
        const struct xml_client client = {
            .open = ignore_tag, .close = ignore_end, .text = note_gap, .user = &g};
        struct xml_fault fault;
        xml_walk(g.bytes, NULL, &client, &fault);
        check_gap(sv_sub(g.bytes, g.end, g.bytes.n - g.end), g.bytes);
    }
}

/* Each would take minutes if time grew with the square of the length. */
static void hostile_documents_take_no_longer(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<a>",
                                         "</a>",
                                         "<a b=\"",
                                         "<!--",
                                         "<![CDATA[",
                                         "<?",
                                         "<!D [",
                                         "<a b='1' ",
                                         "&",
                                         "<x:a>",
                                         "<a ",
                                         " c='1'",
                                         "<",
                                         "<!DOCTYPE",
                                         "<a xmlns:b='c'>",
                                         "a=\"<a \" ",
                                         "a='<a ' b=\"<\" "};
    enum { PIECES = 100000 };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct buf b = BUF_INIT;
        buf_adds(&b, "<r ");
        for (int n = 0; n < PIECES; n++)
            buf_adds(&b, pieces[i]);
        struct heard h;
        struct xml_fault fault;
        walk(&h, buf_sv(&b), NULL, &fault);
        heard_free(&h);
        buf_free(&b);
    }
}

/* A text is reported once, for any surroundings of any length. */
static void a_flood_hides_no_text(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece, *after;
    } floods[] = {{"<r><p", " a='1'", ">chữ</p></r>"},
                  {"<r><p", " xmlns:a='1'", ">chữ</p></r>"},
                  {"<r>", "<p>", "chữ"},
                  {"<r>", "<p xmlns:a='b'>", "chữ"},
                  {"<r title='", "trang ", "'>chữ</r>"},
                  {"<r>", "<!--x-->", "chữ</r>"},
                  {"<r>", "</p>", "chữ</r>"},
                  {"<r><p>", "<b>", "</p></p></q>chữ</r></p>"}};
    enum { PIECES = SANITIZER ? 50000 : 1000000 };
    for (size_t i = 0; i < sizeof floods / sizeof *floods; i++) {
        struct buf b = BUF_INIT;
        buf_adds(&b, floods[i].before);
        for (int n = 0; n < PIECES; n++)
            buf_adds(&b, floods[i].piece);
        buf_adds(&b, floods[i].after);
        struct heard h;
        struct xml_fault fault;
        walk(&h, buf_sv(&b), NULL, &fault);
        assert_string_equal(h.text.p, "chữ");
        heard_free(&h);
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legal_documents),
        cmocka_unit_test(bare_signs_are_text),
        cmocka_unit_test(markup_that_does_not_end),
        cmocka_unit_test(tags_that_do_not_fit),
        cmocka_unit_test(other_encodings),
        cmocka_unit_test(names_are_never_empty),
        cmocka_unit_test(pages_of_html),
        cmocka_unit_test(nothing_is_lost_whatever_is_damaged),
        cmocka_unit_test(hostile_documents_take_no_longer),
        cmocka_unit_test(a_flood_hides_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
