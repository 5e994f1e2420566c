/*
 * Title, date and byline of documents that do not mark them, as masthead_find finds them among the
 * pieces of a draft. An example has a line for each piece; its first character says what it is:
 * "=" the title of the properties, "#" a title, "&" a heading, "@" a byline, "!" a skipped note,
 * "?" a skipped byline, "." a paragraph.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "article/find/masthead.h"
#include "article/read.h"

static const struct {
    char sign;
    enum block_kind kind;
    enum skip_reason reason;
} signs[] = {
    {'=', BLOCK_TITLE, SKIP_PROPERTIES}, {'#', BLOCK_TITLE, SKIP_NONE},
    {'&', BLOCK_HEADING, SKIP_NONE},     {'@', BLOCK_BYLINE, SKIP_NONE},
    {'!', BLOCK_PARAGRAPH, SKIP_NOTES},  {'?', BLOCK_BYLINE, SKIP_NOTES},
    {'.', BLOCK_PARAGRAPH, SKIP_NONE},   {'+', BLOCK_DATE, SKIP_NONE},
};

static void add_piece(struct draft *d, struct sv line, uint32_t at)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign != line.p[0])
            continue;
        draft_add(d, sv_from(line, 1), (struct span){at + 1, (uint32_t)line.n - 1});
        assert_true(draft_end_piece(d, signs[i].kind, signs[i].reason));
        d->properties += signs[i].sign == '=';
        return;
    }
    fail_msg("no sign: %.*s", SV_ARG(line));
}

/* The pieces as in an example, "+" a date; parts that are skipped only now have their reason. */
static void describe(struct buf *out, const struct draft *d)
{
    for (size_t i = 0; i < d->pieces.n; i++) {
        const struct piece *p = &d->pieces.at[i];
        char sign = 0;
        for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
            if (signs[k].kind == p->kind && signs[k].reason == p->reason)
                sign = signs[k].sign;
        if (sign)
            buf_putc(out, sign);
        else
            buf_addf(out, "%s:", skip_word(p->reason));
        buf_addf(out, "%.*s\n", SV_ARG(draft_piece_text(d, i)));
    }
    buf_addf(out, "%s\n", d->a->date ? d->a->date : "-");
}

static void check(const char *document, const char *want, bool keep_all)
{
    const struct read_options options = {0};
    struct buf got = BUF_INIT;
    struct article a;
    struct draft d;
    article_begin(&a, "document", &options);
    draft_begin(&d, &a, keep_all);
    for (struct sv rest = sv_of(document); rest.n;) {
        struct sv line = sv_cut(&rest, '\n');
        add_piece(&d, line, (uint32_t)(line.p - document));
    }
    masthead_find(&d);
    describe(&got, &d);
    if (strcmp(got.p, want) != 0)
        fail_msg("%s\ngot:\n%s\nwanted:\n%s", document, got.p, want);
    buf_free(&got);
    draft_free(&d);
    article_free(&a);
}

#define TITLE "Chuyến đò đầu tiên"
#define FIRST ".Sáng nay, nước rút.\n"
#define SECOND ".Bà con ra bến.\n"
#define THIRD ".Đò lại chạy.\n"

static void titles(void **state)
{
    (void)state;
    check("=" TITLE "\n" FIRST SECOND, "#" TITLE "\n" FIRST SECOND "-\n", false);
    /* The document has a title. */
    check("=" TITLE "\n#Nước rút ở bến đò\n" FIRST, "=" TITLE "\n#Nước rút ở bến đò\n" FIRST "-\n",
          false);
    check("=" TITLE "\n" FIRST "#Nước rút ở bến đò\n",
          "=" TITLE "\n" FIRST "#Nước rút ở bến đò\n-\n", false);
    /* The first paragraph says the same. */
    check("=" TITLE "\n." TITLE "\n" FIRST, "=" TITLE "\n#" TITLE "\n" FIRST "-\n", false);
    check("=" TITLE "\n&" TITLE "\n" FIRST, "=" TITLE "\n#" TITLE "\n" FIRST "-\n", false);
    check("=" TITLE "\n." TITLE "!\n" FIRST, "#" TITLE "\n." TITLE "!\n" FIRST "-\n", false);
    /* Nothing but a title; no properties. */
    check("=" TITLE "\n", "#" TITLE "\n-\n", false);
    check("." TITLE "\n" FIRST SECOND, "." TITLE "\n" FIRST SECOND "-\n", false);
    check("=" TITLE "\n" FIRST, "." TITLE "\n" FIRST "-\n", true);
}

static void titles_of_programs(void **state)
{
    (void)state;
    static const char *const names[] = {"Microsoft Word - bao cao.doc", "Document 1",
                                        "PowerPoint Presentation", "Slide 1", "baocao"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char document[200], want[200];
        snprintf(document, sizeof document, "=%s\n" FIRST, names[i]);
        snprintf(want, sizeof want, "=%s\n" FIRST "-\n", names[i]);
        check(document, want, false);
    }
}

#define DATE ".Thứ Ba, 5/3/2024 | 09:51\n"
#define FOUND "+Thứ Ba, 5/3/2024\ndecoration: | \nclock:09:51\n"
#define ISO "2024-03-05T09:51\n"

static void dates(void **state)
{
    (void)state;
    check(DATE FIRST SECOND, FOUND FIRST SECOND ISO, false);
    check(FIRST SECOND THIRD DATE, FIRST SECOND THIRD FOUND ISO, false);
    check(FIRST SECOND THIRD "&Ở bến\n" DATE, FIRST SECOND THIRD "&Ở bến\n" DATE "-\n", false);
    check("!Ghi chú\n" FIRST "!Ghi chú\n" SECOND THIRD DATE,
          "!Ghi chú\n" FIRST "!Ghi chú\n" SECOND THIRD FOUND ISO, false);
    check(DATE DATE FIRST, FOUND DATE FIRST ISO, false); /* the first is taken */
    /* Neither a skipped note nor a heading is the date. A time alone is none. */
    check("!Thứ Ba, 5/3/2024\n" FIRST, "!Thứ Ba, 5/3/2024\n" FIRST "-\n", false);
    check("&Thứ Ba, 5/3/2024\n" FIRST, "&Thứ Ba, 5/3/2024\n" FIRST "-\n", false);
    check(".09:51\n" FIRST, ".09:51\n" FIRST "-\n", false);
    check(DATE FIRST SECOND, DATE FIRST SECOND "-\n", true);
}

static void bylines(void **state)
{
    (void)state;
    check(FIRST SECOND ".Hà Vy\n", FIRST SECOND "@Hà Vy\n-\n", false);
    check(FIRST SECOND ".Hà Vy\n!Ghi chú\n", FIRST SECOND "@Hà Vy\n!Ghi chú\n-\n", false);
    check(FIRST ".Hà Vy\n", FIRST ".Hà Vy\n-\n", false); /* too short to tell */
    check(FIRST ".Hà Vy\n" SECOND, FIRST ".Hà Vy\n" SECOND "-\n", false);
    check(FIRST SECOND "&Hà Vy\n", FIRST SECOND "&Hà Vy\n-\n", false);
    check(FIRST SECOND ".Hà Vy / Sớm Mai\n", FIRST SECOND ".Hà Vy / Sớm Mai\n-\n", false);
    check(FIRST "@Lê Na\n" SECOND ".Hà Vy\n", FIRST "@Lê Na\n" SECOND ".Hà Vy\n-\n", false);
    check("?Lê Na\n" FIRST SECOND ".Hà Vy\n", "?Lê Na\n" FIRST SECOND "@Hà Vy\n-\n", false);
    check(FIRST SECOND ".Hà Vy\n", FIRST SECOND ".Hà Vy\n-\n", true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles),
        cmocka_unit_test(titles_of_programs),
        cmocka_unit_test(dates),
        cmocka_unit_test(bylines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
