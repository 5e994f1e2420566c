/*
 * HTML pages keep the promises: those of tests/unit/html (which test_layouts.c compares with what
 * is expected of them), cut and hostile ones. The sample page comes out as its sidecar says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "article/read.h"
#include "base/sanitizer.h"
#include "promises.h"
#include "rules/rules.h"
#include "text/normalize.h"

static const char *const kinds[] = {"title", "date",  "sapo",    "heading", "paragraph",
                                    "list",  "table", "caption", "byline"};
static struct rules *rules;

static int load_rules(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    enum status status = rules_load(&rules, NULL, &e);
    err_free(&e);
    return status == STATUS_OK ? 0 : -1;
}

static int free_rules(void **state)
{
    (void)state;
    rules_free(rules);
    return 0;
}

/* White space folded to one space, the written form of the sidecars. */
static void fold(struct buf *out, struct sv v)
{
    bool space = false;
    for (size_t i = 0; i < v.n; i++) {
        bool white = v.p[i] == ' ' || v.p[i] == '\n';
        if (!white || !space)
            buf_putc(out, white ? ' ' : v.p[i]);
        space = white;
    }
}

static void describe(struct buf *out, const struct article *a, bool skips)
{
    for (size_t i = 0; !skips && i < a->blocks.n; i++) {
        buf_addf(out, "%s\t", kinds[a->blocks.at[i].kind]);
        fold(out, sv_at(a->text, a->blocks.at[i].text));
        buf_putc(out, '\n');
    }
    for (size_t i = 0; skips && i < a->skipped.n; i++) {
        if (a->skipped.at[i].reason == SKIP_DECORATION)
            continue;
        buf_adds(out, "skip\t");
        fold(out, sv_at(a->text, a->skipped.at[i].text));
        buf_putc(out, '\n');
    }
}

/* The lines of a sidecar that are skips, or that are blocks. */
static void pick(struct buf *out, struct sv sidecar, bool skips)
{
    while (sidecar.p) {
        struct sv line = sv_cut(&sidecar, '\n');
        if (!line.n || line.p[0] == '#' || sv_starts(line, SV("iso\t")) ||
            sv_starts(line, SV("skip\t")) != skips)
            continue;
        buf_add_sv(out, line);
        buf_putc(out, '\n');
    }
}

static char *load(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    struct buf b = BUF_INIT;
    char chunk[4096];
    size_t got;
    if (!f)
        fail_msg("%s is missing", path);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&b, chunk, got);
    fclose(f);
    *n = b.n;
    return buf_detach(&b);
}

/* Reads the page, which must keep all promises; whether it held an article. */
static bool read_page(struct article *a, struct sv html, bool raw)
{
    struct read_options options = {.raw = raw};
    struct err e = ERR_INIT;
    struct buf broken = BUF_INIT;
    bool read = article_from_bytes(a, "thử.html", html, &options, &e) == STATUS_OK;
    if (!read && !e.message.n)
        fail_msg("an error without a sentence");
    if (read) {
        normalize_article(a, rules, &(struct reading_options){0});
        if (!promises_kept(a, rules, &broken))
            fail_msg("%s", broken.p);
    }
    buf_free(&broken);
    err_free(&e);
    return read;
}

static void compare(const char *path, struct sv html, struct sv sidecar)
{
    struct article a;
    if (!read_page(&a, html, false))
        fail_msg("%s: no article was found", path);
    for (int skips = 0; skips < 2; skips++) {
        struct buf want = BUF_INIT, got = BUF_INIT;
        pick(&want, sidecar, skips);
        describe(&got, &a, skips);
        if (strcmp(got.p, want.p) != 0)
            fail_msg("%s\ngot:\n%s\nwanted:\n%s", path, got.p, want.p);
        buf_free(&want);
        buf_free(&got);
    }
    assert_non_null(a.date);
    assert_true(sv_find(sidecar, sv_of(a.date)) >= 0);
    article_free(&a);
}

/* Calls `visit` with every page of tests/unit/html, and the sample page. */
static void each_page(void (*visit)(const char *path))
{
    static const char *const folders[] = {"tests/unit/html", "assets/samples"};
    for (size_t i = 0; i < 2; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", DOCBAO_SOURCE, folders[i]);
        DIR *folder = opendir(path.p);
        assert_non_null(folder);
        for (struct dirent *d = readdir(folder); d; d = readdir(folder)) {
            if (!sv_ends(sv_of(d->d_name), SV(".html")))
                continue;
            buf_clear(&path);
            buf_addf(&path, "%s/%s/%s", DOCBAO_SOURCE, folders[i], d->d_name);
            visit(path.p);
        }
        closedir(folder);
        buf_free(&path);
    }
}

static void the_sample_comes_out_right(void **state)
{
    (void)state;
    const char *path = DOCBAO_SOURCE "/assets/samples/trang-web.html";
    size_t n, m;
    char *html = load(path, &n);
    char *want = load(DOCBAO_SOURCE "/assets/samples/trang-web.expected.tsv", &m);
    compare(path, (struct sv){html, n}, (struct sv){want, m});
    free(html);
    free(want);
}

static void visit_whole(const char *path)
{
    size_t n;
    char *html = load(path, &n);
    for (int raw = 0; raw < 2; raw++) {
        struct article a;
        bool read = read_page(&a, (struct sv){html, n}, raw);
        if (raw && !read)
            fail_msg("%s: nothing is read with --raw", path);
        article_free(&a);
    }
    free(html);
}

static void pages_keep_the_promises(void **state)
{
    (void)state;
    each_page(visit_whole);
}

static void try_page(struct sv html)
{
    struct article a;
    read_page(&a, html, false);
    article_free(&a);
}

/* Cuts one page at every byte, the others now and then; all of them less often with sanitizers. */
static void visit_cut(const char *path)
{
    size_t n, seldom = SANITIZER ? 7 : 1;
    char *html = load(path, &n);
    bool every_byte = strstr(path, "danh-sach") != NULL;
    for (size_t end = 1; end < n; end += (every_byte ? 1 : 61) * seldom)
        try_page((struct sv){html, end});
    free(html);
}

static void cut_pages_keep_the_promises(void **state)
{
    (void)state;
    each_page(visit_cut);
}

/* `first` once, `again` a number of times, a paragraph at the end. */
static void try_many(const char *first, const char *again, size_t times, bool found)
{
    static const char text[] = "<p>Sáng sớm nay, người dân xóm Bến kéo nhau ra đê xem nước rút sau "
                               "ba ngày mưa lớn liên tiếp.</p>";
    struct buf html = BUF_INIT;
    struct article a;
    buf_adds(&html, first);
    for (size_t i = 0; i < times; i++)
        buf_adds(&html, again);
    buf_adds(&html, text);
    bool read = read_page(&a, buf_sv(&html), false);
    if (found && (!read || sv_find(a.text, SV("Sáng sớm nay")) < 0))
        fail_msg("%s%s... : the text is lost", first, again);
    article_free(&a);
    buf_free(&html);
}

static void hostile_pages_end(void **state)
{
    (void)state;
    try_many("<html><body>", "<div>", 200000, true);
    try_many("<html><body>", "<b>", 200000, true);
    try_many("<html><body>", "<ul><li>", 50000, true);
    try_many("<html><body>", "<table><tr><td>", 20000, true);
    try_many("<html><body>", "<form><button>", 20000, false);
    try_many("<html><body>", "</i><b>", 50000, true);
    try_many("<html><body><p>e", "&#769;", 50000, true);
    try_many("<html><body>", "&aacute;&#x1EE9;&hellip;&", 50000, true);
    try_many("<html><body>", "&#0;&#128;&#xD800;&#x110000;&bogus;", 20000, true);
    try_many("<html><body><p>", "&Ba ngôi làng, &ampa ruộng ", 1000, true);
    try_many("<html><body>", "<", 200000, true);
    try_many("<html><body>", "<a b=\"", 50000, false);
    try_many("<html><body><div ", "a ", 50000, false);
    try_many("<html><body>", "<p><span hidden>x</span>y", 20000, true);
    try_many("<html><body>", "<script>", 50000, false);
    try_many("<html><body>", "<!--", 50000, false);
    try_many("<html><body>", "<p>Thời sự<br>", 20000, true);
}

static void many_attributes_lose_no_text(void **state)
{
    (void)state;
    struct buf html = BUF_INIT;
    struct article a;
    buf_adds(&html, "<html><body><div");
    for (int i = 0; i < 50000; i++)
        buf_addf(&html, " a%d=\"x > y\"", i);
    buf_adds(&html, "><p>Nước đã rút.</p></div>");
    assert_true(read_page(&a, buf_sv(&html), false));
    assert_int_equal(a.blocks.n, 1);
    assert_true(sv_is(sv_at(a.text, a.blocks.at[0].text), "Nước đã rút."));
    article_free(&a);
    buf_free(&html);
}

static void nuls_are_passed_over(void **state)
{
    (void)state;
    static const char html[] = "<html>\0<body>\0\0<p>Nước\0 đã r\0út.</p>\0";
    struct article a;
    assert_true(read_page(&a, SV(html), false));
    assert_int_equal(a.blocks.n, 1);
    article_free(&a);
}

static void deep_pages_say_so(void **state)
{
    (void)state;
    struct buf html = BUF_INIT;
    struct article a;
    for (int i = 0; i < 1000; i++)
        buf_adds(&html, "<div>");
    buf_adds(&html, "<p>Nước đã rút.</p>");
    assert_true(read_page(&a, buf_sv(&html), false));
    assert_int_equal(a.blocks.n, 1);
    assert_int_equal(a.diagnostics.n, 1);
    assert_int_equal(a.diagnostics.at[0].kind, NOTE_STRUCTURE);
    article_free(&a);
    buf_free(&html);
}

/* Each block's source, where it holds no markup, is what the block says. */
static void spans_point_into_the_source(void **state)
{
    (void)state;
    static const char html[] = "<html><body><h1>M&#432;a <b>lớn</b></h1>\r\n"
                               "<p>Ba\xCC\x80 <i>con</i> &agrave;</p><p>Nước rút</p>";
    static const char *const want[] = {"M&#432;a <b>lớn", "Ba\xCC\x80 <i>con</i> &agrave;",
                                       "Nước rút"};
    struct article a;
    assert_true(read_page(&a, SV(html), true));
    assert_int_equal(a.blocks.n, 3);
    for (size_t i = 0; i < 3; i++) {
        struct sv got = sv_at(a.source, article_source_span(&a, a.blocks.at[i].text));
        if (!sv_is(got, want[i]))
            fail_msg("\"%.*s\", not \"%s\"", SV_ARG(got), want[i]);
    }
    article_free(&a);
}

static void all_names_of_characters_are_known(void **state)
{
    (void)state;
    struct article a;
    assert_true(read_page(
        &a,
        SV("<p>T&abreve;ng &dstrok;&ecirc;&lpar;5&percnt;&rpar;&comma; A&T &bogus;&hellip;</p>"),
        true));
    assert_true(sv_is(a.text, "Tăng đê(5%), A&T &bogus;…\n"));
    article_free(&a);
    assert_true(
        read_page(&a, SV("<p>Hai&nbsp<b>ba</b> b&agrave, &amp b&#7889n &ldquo t&reg=1</p>"), true));
    assert_true(sv_is(a.text, "Hai ba bà, & bốn &ldquo t&reg=1\n"));
    article_free(&a);
}

/* What is said of a page that a browser would show only in part. */
static void damaged_tags_lose_no_text(void **state)
{
    (void)state;
    static const char *const pages[][2] = {
        {"<p>Nước rút. <b Giá vàng tăng", "Nước rút. <b Giá vàng tăng\n"},
        {"<p>Nước rút. </b lúa", "Nước rút. </b lúa\n"},
        {"<p>Nước rút.<p class=\"dam", "Nước rút.\n"}, /* cut short in a tag */
        {"<p>Nước rút.</p", "Nước rút.\n"},
        {"<p>Nước <a href=\"x>Giá vàng</a> tăng.</p>", "Nước Giá vàng tăng.\n"},
        {"<p>Nước <a href='x>rút</a> <a href='y'>dần</a>.", "Nước rút dần.\n"},
        {"<p title=\"a > b <i> c\">Nước <i title='=' lang=vi>rút</i>", "Nước rút\n"},
        {"<p>Xóm <Bến Đò> có <bờ đê", "Xóm <Bến Đò> có <bờ đê\n"},
        {"<p>Nước <!-- quảng cáo > rút <b>dần</b>", "Nước rút dần\n"},
        {"<p>Nước <!--> rút <!-- a > b --> dần <!---> hết", "Nước rút dần hết\n"},
        {"<p>Nước <script>if (a<Đ) b('<a href=\"');</script>rút", "Nước rút\n"},
        {"<p>Nước <style>a::after{content:'<b x'}</style>rút", "Nước rút\n"},
        {"<p>Nước&#127; rút", "Nước rút\n"},
    };
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct article a;
        assert_true(read_page(&a, sv_of(pages[i][0]), true));
        if (!sv_is(a.text, pages[i][1]))
            fail_msg("%s: \"%.*s\", not \"%s\"", pages[i][0], SV_ARG(a.text), pages[i][1]);
        article_free(&a);
    }
}

/* The ending of the name is enough, though there is no tag. */
static void a_page_without_tags_is_one(void **state)
{
    (void)state;
    struct article a;
    assert_true(read_page(&a, SV("Nước đã r&uacute;t."), true));
    assert_true(sv_is(a.text, "Nước đã rút.\n"));
    article_free(&a);
}

static void text_that_is_no_page_is_no_html(void **state)
{
    (void)state;
    static const char *const texts[] = {"<b>đậm</b> & < > |", "3 < 5 và 7 > 2",
                                        "Thẻ <p> mở một đoạn, thẻ </p> đóng nó lại."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct article a;
        struct err e = ERR_INIT;
        struct read_options options = {0};
        assert_int_equal(article_from_bytes(&a, "thử", sv_of(texts[i]), &options, &e), STATUS_OK);
        assert_true(sv_is(a.text, texts[i]));
        article_free(&a);
        err_free(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_comes_out_right),
        cmocka_unit_test(pages_keep_the_promises),
        cmocka_unit_test(spans_point_into_the_source),
        cmocka_unit_test(all_names_of_characters_are_known),
        cmocka_unit_test(damaged_tags_lose_no_text),
        cmocka_unit_test(a_page_without_tags_is_one),
        cmocka_unit_test(text_that_is_no_page_is_no_html),
        cmocka_unit_test(many_attributes_lose_no_text),
        cmocka_unit_test(nuls_are_passed_over),
        cmocka_unit_test(deep_pages_say_so),
        cmocka_unit_test(cut_pages_keep_the_promises),
        cmocka_unit_test(hostile_pages_end),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
