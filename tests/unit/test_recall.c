/* Words that are forgotten and read again, beside the same article with all words in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>

#include "article/read.h"
#include "base/file.h"
#include "rules/rules.h"
#include "text/recall.h"

struct reader {
    struct article a;
    struct normalizer *normalizer;
    struct recall *recall;
    size_t most_tokens; /* that were there at once */
};

static const struct reading_options options = {.sentence_pause_ms = 300, .block_pause_ms = 600};

static struct rules *rules;

static int load_rules(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    return rules_load(&rules, NULL, &e);
}

static int free_rules(void **state)
{
    (void)state;
    rules_free(rules);
    return 0;
}

static void note_size(struct reader *r)
{
    if (r->a.tokens.n > r->most_tokens)
        r->most_tokens = r->a.tokens.n;
}

static void open_reader(struct reader *r, struct sv bytes, uint32_t stretch_tokens)
{
    static const struct read_options raw = {.raw = true};
    struct err e = ERR_INIT;
    *r = (struct reader){0};
    assert_int_equal(article_from_bytes(&r->a, "a.txt", bytes, &raw, &e), STATUS_OK);
    r->normalizer = normalizer_new(&r->a, rules, &options);
    if (stretch_tokens)
        r->recall = recall_new(&r->a, r->normalizer, stretch_tokens);
    while (normalizer_read(r->normalizer))
        if (r->recall) {
            recall_block_was_read(r->recall);
            note_size(r);
        }
    err_free(&e);
}

static void close_reader(struct reader *r)
{
    recall_free(r->recall);
    normalizer_free(r->normalizer);
    article_free(&r->a);
}

static void assert_same_text(struct sv a, struct sv b)
{
    if (!sv_eq(a, b))
        fail_msg("“%.*s” is not “%.*s”", SV_ARG(a), SV_ARG(b));
}

static void assert_same_token(const struct article *all, const struct article *some, uint32_t i)
{
    const struct token *a = article_token(all, i), *b = article_token(some, i);
    assert_int_equal(a->cls, b->cls);
    assert_string_equal(a->rule, b->rule);
    assert_memory_equal(&a->text, &b->text, sizeof a->text);
    assert_memory_equal(&a->spoken, &b->spoken, sizeof a->spoken);
    assert_int_equal(a->word0, b->word0);
    assert_int_equal(a->nword, b->nword);
    for (uint32_t k = a->word0; k < a->word0 + a->nword; k++)
        assert_memory_equal(article_word(all, k), article_word(some, k), sizeof(struct word));
}

/* Asks for the sentences in an order that goes to and fro. */
static void assert_same(const struct article *all, struct reader *some)
{
    uint32_t n = (uint32_t)all->sentences.n;
    assert_int_equal(some->a.sentences.n, n);
    assert_int_equal(recall_token_count(&some->a), article_token_count(all));
    for (uint32_t i = 0; i < 2 * n; i++) {
        uint32_t at = i < n ? i : (uint32_t)((uint64_t)i * 7919 % n);
        const struct sentence *s = &all->sentences.at[at], *held = &some->a.sentences.at[at];
        recall_sentence(&some->a, at);
        assert_ptr_equal(&some->a.sentences.at[at], held); /* it does not move */
        assert_memory_equal(s, &some->a.sentences.at[at], sizeof *s);
        assert_same_text(article_spoken(all, s->spoken), article_spoken(&some->a, s->spoken));
        for (uint32_t k = 0; k < s->ntok; k++)
            assert_same_token(all, &some->a, s->tok0 + k);
        note_size(some);
    }
    assert_int_equal(all->skipped.n, some->a.skipped.n);
    assert_memory_equal(all->skipped.at, some->a.skipped.at,
                        all->skipped.n * sizeof *all->skipped.at);
}

static void compare(struct sv bytes, uint32_t stretch_tokens)
{
    struct reader all, some;
    open_reader(&all, bytes, 0);
    open_reader(&some, bytes, stretch_tokens);
    if (all.a.sentences.n)
        assert_same(&all.a, &some);
    close_reader(&some);
    close_reader(&all);
}

static void test_the_samples_are_the_same(void **state)
{
    (void)state;
    glob_t found = {0};
    assert_int_equal(glob(DOCBAO_SOURCE "/assets/samples/*.txt", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct buf bytes = BUF_INIT;
        assert_true(file_read(found.gl_pathv[i], &bytes));
        compare(buf_sv(&bytes), 1);
        compare(buf_sv(&bytes), 100);
        buf_free(&bytes);
    }
    globfree(&found);
}

/* An abbreviation that one paragraph explains, a meaning that one has decided by the words around
 * it, and the origin of a name: all of them hold for the paragraphs that follow. */
static void test_what_was_noted_before_holds(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    buf_adds(&text, "Trung tâm Dạy nghề Hoa Sen (TTHS) mở lớp ở NXB Trẻ.\n\n");
    buf_adds(&text, "Tổ phó CLB bóng đá Bến Tre đá trận thứ 3 ở sân 19/8.\n\n");
    for (int i = 0; i < 40; i++)
        buf_addf(&text, "Ngày %d-5, TTHS và CLB họp; ông Sánchez nói “%d%%” ☂.\n\n2. Ý 1.\n\n",
                 i % 28 + 1, i);
    compare(buf_sv(&text), 1);
    compare(buf_sv(&text), 30);
    buf_free(&text);
}

static void test_few_words_are_there_at_once(void **state)
{
    (void)state;
    enum { STRETCH = 50, PARAGRAPHS = 400, WORDS = 8 };
    struct buf text = BUF_INIT;
    for (int i = 0; i < PARAGRAPHS; i++)
        buf_addf(&text, "Hôm nay trời mưa to ở ngoài bến.\n\n");
    struct reader r;
    open_reader(&r, buf_sv(&text), STRETCH);
    assert_true(recall_is_needed(r.recall));
    assert_int_equal(recall_token_count(&r.a), PARAGRAPHS * WORDS);
    for (uint32_t i = 0; i < PARAGRAPHS; i++) {
        uint32_t token = (PARAGRAPHS - 1 - i) * WORDS + 3;
        recall_token(&r.a, token);
        assert_same_text(article_spoken(&r.a, article_token(&r.a, token)->spoken), SV("mưa"));
        note_size(&r);
    }
    assert_true(r.most_tokens <= 2 * (STRETCH + WORDS));
    close_reader(&r);
    open_reader(&r, buf_sv(&text), PARAGRAPHS * WORDS);
    assert_false(recall_is_needed(r.recall)); /* it was short */
    close_reader(&r);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_samples_are_the_same),
        cmocka_unit_test(test_what_was_noted_before_holds),
        cmocka_unit_test(test_few_words_are_there_at_once),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
