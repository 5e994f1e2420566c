/*
 * Documents with very much of one thing: each is read to its end, and what is not markup is read or
 * listed. Where time grew with the square of the length, a case would take minutes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "article/read.h"
#include "base/sanitizer.h"
#include "promises.h"
#include "rules/rules.h"

#if SANITIZER
enum { PIECES = 5000 };
#else
enum { PIECES = 200000 };
#endif

static struct rules *rules;

static int load(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    return rules_load(&rules, NULL, &e) == STATUS_OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    rules_free(rules);
    return 0;
}

static void flood(struct buf *out, const char *before, const char *piece, const char *after)
{
    buf_adds(out, before);
    for (int i = 0; i < PIECES; i++)
        buf_adds(out, piece);
    buf_adds(out, after);
}

#define PROSE                                                                                                           \
    "<p>Mưa to từ sáng sớm, nước sông dâng cao và người dân phải sơ tán khỏi vùng trũng, các " \
    "trường học trong xã cho học sinh nghỉ.</p>"
#define END "<p>Đến chiều thì trời tạnh, người dân đã trở về nhà và dọn dẹp ở khắp các thôn.</p>"

/* A part of the page's text; NULL: for any browser, all that is behind the flood is markup. */
static const struct {
    const char *before, *piece, *after, *wanted;
} pages[] = {
    {"<p", " a=1", ">" END, "trời tạnh"}, {"<p", " a=\">\"", ">" END, "trời tạnh"},
    {"<p", " /", ">" END, "trời tạnh"},   {"<p title='", "x ", "'>" END, "trời tạnh"},
    {"", "<div>", END, "trời tạnh"},      {"", "<b>", END, "trời tạnh"},
    {"", "</p>", END, "trời tạnh"},       {"", "<!-- -->", END, "trời tạnh"},
    {END, "<a", "", "trời tạnh"},         {END, "<a href=\"", "", "trời tạnh"},
    {END, "<!", "", "trời tạnh"},         {END, "&#", "", "trời tạnh"},
};

static void pages_are_read_to_their_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct buf page = BUF_INIT, broken = BUF_INIT;
        struct article a = {0};
        struct err e = ERR_INIT;
        buf_adds(&page, "<html><title>Bài</title><body>" PROSE PROSE);
        flood(&page, pages[i].before, pages[i].piece, pages[i].after);
        struct read_options options = {.rules = rules};
        assert_int_equal(article_from_bytes(&a, "a.html", buf_sv(&page), &options, &e), STATUS_OK);
        normalize_article(&a, rules, &(struct reading_options){.sentence_pause_ms = 400});
        if (sv_find(a.text, sv_of(pages[i].wanted)) < 0)
            fail_msg("“%s” over and over hides the text", pages[i].piece);
        if (!promises_kept(&a, rules, &broken))
            fail_msg("“%s” over and over: %s", pages[i].piece, broken.p);
        buf_free(&page);
        buf_free(&broken);
        article_free(&a);
        err_free(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
