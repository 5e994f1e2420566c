/*
 * Texts of a megabyte made of one piece: each is read to its end, with every promise kept. How long
 * it takes is measured by ./dev bench.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "article/read.h"
#include "base/sanitizer.h"
#include "pathological.h"
#include "promises.h"
#include "rules/rules.h"

/* The sanitizers make everything an order slower, and find as much in less. */
#if SANITIZER
enum { RAW_BYTES = 50000, PAGE_BYTES = 20000 };
#else
enum { RAW_BYTES = 1000000, PAGE_BYTES = 250000 };
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

/* Without an article to find, the last word must be the one that was put there. */
static bool ends_with_hai(const struct article *a)
{
    if (!a->words.n)
        return false;
    return sv_is(sv_at(buf_sv(&a->spoken), a->words.at[a->words.n - 1].spoken), "hai");
}

static bool is_read(const struct pathological *text, struct sv document, bool raw)
{
    struct article a = {0};
    struct err e = ERR_INIT;
    struct buf broken = BUF_INIT;
    if (article_from_bytes(&a, text->name, document, &(struct read_options){.raw = raw}, &e)) {
        buf_add_sv(&broken, buf_sv(&e.message));
    } else {
        normalize_article(&a, rules, &(struct reading_options){.sentence_pause_ms = 400});
        if (promises_kept(&a, rules, &broken) && raw && !ends_with_hai(&a))
            buf_adds(&broken, "the last word is not read last");
    }
    bool good = broken.n == 0;
    if (!good)
        print_error("%s%s: %s\n", text->name, raw ? " (raw)" : "", broken.p);
    buf_free(&broken);
    err_free(&e);
    article_free(&a);
    return good;
}

static void read_all(bool raw)
{
    size_t wrong = 0;
    for (const struct pathological *text = pathological_texts; text->name; text++) {
        struct buf document = BUF_INIT;
        pathological_make(&document, text, raw ? RAW_BYTES : PAGE_BYTES);
        wrong += !is_read(text, buf_sv(&document), raw);
        buf_free(&document);
    }
    assert_int_equal(wrong, 0);
}

static void every_line_is_read(void **state)
{
    (void)state;
    read_all(true);
}

static void an_article_is_looked_for(void **state)
{
    (void)state;
    read_all(false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_read),
        cmocka_unit_test(an_article_is_looked_for),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
