/*
 * A name or an acronym never comes out as one of the small words of Vietnamese, or as a coarse one:
 * AI is not "ai" (who), SoC not "sóc", "these" not "đít". Over all rows, and over all short words
 * in capitals. ("vs" means với.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "base/sanitizer.h"
#include "docbao/docbao.h"
#include "rules/rules.h"

static const char *const function_words[] = {
    "ai",  "bị",  "bởi", "cho",  "chi", "chỉ", "chưa", "có", "còn", "của", "cùng", "cũng",
    "đã",  "đó",  "do",  "ghen", "gì",  "gin", "hay",  "họ", "khi", "là",  "lại",  "mà",
    "mấy", "mi",  "mới", "này",  "nên", "nếu", "nó",   "ở",  "ra",  "rất", "rồi",  "sẽ",
    "sóc", "tại", "tao", "the",  "thế", "thì", "ta",   "từ", "và",  "vào", "vẫn",  "vậy",
    "vì",  "xin", "đi",  "đến",  "để",  "như", "đít",  "cút"};

static bool is_function_word(struct sv reading)
{
    while (reading.n && strchr(",.;:?!", reading.p[reading.n - 1]))
        reading.n--;
    for (size_t i = 0; i < sizeof function_words / sizeof *function_words; i++)
        if (sv_is(reading, function_words[i]))
            return true;
    return false;
}

/* Small letters may shorten any word: cx is cũng. */
static bool has_capital(struct sv written)
{
    for (size_t i = 0; i < written.n; i++)
        if (written.p[i] >= 'A' && written.p[i] <= 'Z')
            return true;
    return false;
}

static void check_table(enum rule_table which, uint32_t spoken)
{
    const struct packed_table *table = rules_table(NULL, which);
    for (uint32_t i = 0; i < table->rows; i++) {
        struct sv written = row_text(packed_row(table, i), 0);
        struct sv reading = row_text(packed_row(table, i), spoken);
        bool end = sv_starts(written, SV("-")); /* of a compound: never said alone */
        if (!end && (which == TABLE_LOANWORDS || has_capital(written)) && is_function_word(reading))
            fail_msg("%s: %.*s is said \"%.*s\"", table_definitions[which].file, SV_ARG(written),
                     SV_ARG(reading));
    }
}

static void rows_are_no_function_words(void **state)
{
    (void)state;
    check_table(TABLE_ABBREVIATIONS, ABBREVIATIONS_SPOKEN);
    check_table(TABLE_LOANWORDS, LOANWORDS_SPOKEN);
}

/* AI and all other pairs; SoC, THE, xAI and all other words of three letters with these capitals.
 * What is said does not depend on sanitizers, so with them, which are slow, every 27th will do. */
static void add_names(struct buf *text)
{
    static const char *const shapes[] = {"AA", "AAA", "AaA", "aAA"};
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        size_t letters = strlen(shapes[shape]);
        unsigned names = letters == 2 ? 26 * 26 : 26 * 26 * 26;
        for (unsigned n = 0; n < names; n += SANITIZER && letters > 2 ? 27 : 1) {
            char name[4] = {0};
            unsigned rest = n;
            for (size_t k = 0; k < letters; k++, rest /= 26)
                name[k] = (char)(shapes[shape][k] + rest % 26);
            buf_addf(text, "Hãng %s mở cửa.\n", name);
        }
    }
}

static void capitals_are_no_function_words(void **state)
{
    (void)state;
    struct docbao_article *a = NULL;
    struct buf text = BUF_INIT;
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    add_names(&text);
    assert_int_equal(docbao_open_bytes(d, "names", text.p, text.n, &a), DOCBAO_OK);
    for (uint32_t i = 0; i < docbao_head_of(a).tokens; i++) {
        struct docbao_token token = docbao_token_at(a, i);
        if (is_function_word((struct sv){token.spoken.p, token.spoken.n}))
            fail_msg("%.*s is said \"%.*s\"", (int)token.written.n, token.written.p,
                     (int)token.spoken.n, token.spoken.p);
    }
    docbao_close(a);
    docbao_free(d);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_no_function_words),
        cmocka_unit_test(capitals_are_no_function_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
