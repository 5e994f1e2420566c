/* How a programme is brought to a length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "publish/fit.h"

/* An opening of 5 s; articles with priority 5, 2 and 5 of 3, 4 and 6 sentences of 4 s, each with a
 * pause of 0.5 s behind it and at least two sentences; a jingle of 3 s. Gaps of 1 s. */
enum { PARTS = 5, SENTENCES = 14 };

struct programme {
    struct fit fit;
    struct fit_part parts[PARTS];
    struct fit_sentence sentences[SENTENCES];
};

static void begin(struct programme *p)
{
    static const uint32_t counts[] = {1, 3, 4, 6, 0}, priorities[] = {0, 5, 2, 5, 0};
    memset(p, 0, sizeof *p);
    p->fit = (struct fit){p->parts, PARTS, p->sentences, SENTENCES};
    uint32_t first = 0;
    for (size_t i = 0; i < PARTS; i++) {
        p->parts[i] = (struct fit_part){.gap = 1,
                                        .priority = priorities[i],
                                        .first = first,
                                        .sentences = counts[i],
                                        .least = i ? 2 : 1};
        first += counts[i];
    }
    p->parts[4].fixed = 3;
    for (size_t i = 0; i < SENTENCES; i++)
        p->sentences[i] = (struct fit_sentence){i ? 4 : 5, 0.5, FIT_NO_PART, false};
}

static double seconds(const struct programme *p)
{
    return fit_seconds(fit_length(&p->fit), 1, 1);
}

static uint32_t kept(const struct programme *p, size_t part)
{
    uint32_t n = 0;
    const struct fit_part *at = &p->parts[part];
    for (uint32_t i = at->first; i < at->first + at->sentences; i++)
        n += fit_keeps(&p->fit, at, i);
    return n;
}

static void the_whole_length(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    struct fit_length l = fit_length(&p.fit);
    assert_true(fabs(l.fixed - 3) < 1e-9);
    assert_true(fabs(l.speech - (5 + 13 * 4)) < 1e-9);
    /* Pauses inside the articles only: 2 + 3 + 5, and four gaps. */
    assert_true(fabs(l.pauses - (10 * 0.5 + 4)) < 1e-9);
    assert_true(fabs(fit_seconds(l, 2, 0.5) - (3 + 57 * 2 + 18)) < 1e-9);
}

static void sentences_go_first_from_the_longest(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    assert_true(fit_choose(&p.fit, seconds(&p) - 1));
    assert_int_equal(kept(&p, 3), 5);
    assert_int_equal(kept(&p, 1) + kept(&p, 2), 7);
    assert_true(p.sentences[SENTENCES - 1].left_out);
    begin(&p);
    assert_true(fit_choose(&p.fit, seconds(&p) - 4 * 4.5 - 1));
    assert_int_equal(kept(&p, 3), 2);
    assert_int_equal(kept(&p, 1), 2);
    assert_int_equal(kept(&p, 2), 4);
}

/* The longest by its sound, not by its place or the number of its sentences. */
static void the_longest_need_not_be_the_last(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    p.sentences[2].seconds = 20;
    assert_true(fit_choose(&p.fit, seconds(&p) - 1));
    assert_int_equal(kept(&p, 1), 2);
    assert_int_equal(kept(&p, 3), 6);
}

static void then_articles_the_last_first(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    /* Without the third: 5 + (2 + 4) * 4 + 3 s, 4 pauses, 3 gaps. */
    assert_true(fit_choose(&p.fit, 5 + 24 + 3 + 2 + 3 + 0.1));
    assert_true(p.parts[3].left_out);
    assert_int_equal(kept(&p, 1), 2);
    assert_int_equal(kept(&p, 2), 4);
    begin(&p);
    assert_true(fit_choose(&p.fit, 5 + 3 + 8 + 0.5 + 2 + 0.1)); /* room for two sentences */
    assert_true(p.parts[3].left_out && p.parts[1].left_out);
    assert_int_equal(kept(&p, 2), 2);
}

static void room_is_filled(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    /* Two articles of two sentences and one more: when the third went, one sentence came back. */
    assert_true(fit_choose(&p.fit, 5 + 3 + 7 * 4 + 5 * 0.5 + 3 + 0.1));
    assert_true(p.parts[3].left_out);
    assert_int_equal(kept(&p, 2), 4);
    assert_int_equal(kept(&p, 1), 3);
}

static void what_has_no_priority_stays(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    assert_true(fit_choose(&p.fit, 9.01));
    assert_int_equal(kept(&p, 0), 1);
    assert_false(p.parts[4].left_out);
    begin(&p);
    assert_false(fit_choose(&p.fit, 8.99));
    fit_restore(&p.fit);
    assert_int_equal(kept(&p, 3), 6);
    assert_false(p.parts[1].left_out);
}

static void titles_go_with_their_articles(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    p.parts[0].sentences = 1;
    p.sentences[0].announces = 3;
    double before = seconds(&p);
    p.parts[3].left_out = true;
    /* The title, the six sentences, their pauses and the gap. */
    assert_true(fabs(before - seconds(&p) - (5 + 24 + 2.5 + 1)) < 1e-9);
    assert_int_equal(kept(&p, 0), 0);
}

static void the_sound_between(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    for (size_t i = 1; i <= 3; i++)
        p.parts[i].between = 2;
    assert_true(fabs(fit_length(&p.fit).fixed - 7) < 1e-9);
    p.parts[2].left_out = true;
    assert_true(fabs(fit_length(&p.fit).fixed - 5) < 1e-9);
    assert_true(fit_has_between(&p.fit, 3));
    assert_false(fit_has_between(&p.fit, 1));
    assert_int_equal(fit_last_part(&p.fit), 4);
    p.parts[4].left_out = true;
    assert_int_equal(fit_last_part(&p.fit), 3);
}

static void pauses_are_inside_a_part(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    const struct fit_part *part = &p.parts[3]; /* sentences 8 to 13 */
    assert_true(fit_pause_after(&p.fit, part, 8) == 0.5);
    assert_true(fit_pause_after(&p.fit, part, 12) == 0.5);
    assert_true(fit_pause_after(&p.fit, part, 13) == 0);
    assert_true(fit_pause_after(&p.fit, &p.parts[2], 7) == 0); /* the next part goes on */
    p.sentences[12].left_out = p.sentences[13].left_out = true;
    assert_true(fit_pause_after(&p.fit, part, 11) == 0);
    assert_true(fit_pause_after(&p.fit, part, 10) == 0.5);
}

/* Two articles of one length: the later one gives first. */
static void of_equals_the_later_gives(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    for (size_t i = 11; i <= 13; i++)
        p.sentences[i].left_out = true;
    assert_int_equal(kept(&p, 3), 3);
    p.parts[3].sentences = 3;
    assert_true(fit_choose(&p.fit, seconds(&p) - 0.1));
    assert_int_equal(kept(&p, 1), 3);
    assert_int_equal(kept(&p, 3), 2);
}

static void what_just_fits_stays(void **unused)
{
    (void)unused;
    struct programme p;
    begin(&p);
    assert_true(fit_choose(&p.fit, seconds(&p)));
    assert_int_equal(kept(&p, 3), 6);
}

/* One sentence comes back: that of the more important article, up to the least important. */
static void room_is_filled_by_importance(void **unused)
{
    (void)unused;
    for (unsigned priority = 8; priority <= 9; priority++) {
        struct programme p;
        begin(&p);
        p.parts[1].priority = priority;
        p.parts[3].priority = 17 - priority;
        p.sentences[3].left_out = p.sentences[13].left_out = true;
        double before = seconds(&p);
        assert_true(fit_choose(&p.fit, before + 4.6));
        assert_int_equal(kept(&p, 1), priority == 8 ? 3 : 2);
        assert_int_equal(kept(&p, 3), priority == 8 ? 5 : 6);
        assert_true(fit_choose(&p.fit, before + 9.1));
        assert_int_equal(kept(&p, 1) + kept(&p, 3), 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_length),
        cmocka_unit_test(sentences_go_first_from_the_longest),
        cmocka_unit_test(the_longest_need_not_be_the_last),
        cmocka_unit_test(then_articles_the_last_first),
        cmocka_unit_test(room_is_filled),
        cmocka_unit_test(what_has_no_priority_stays),
        cmocka_unit_test(titles_go_with_their_articles),
        cmocka_unit_test(the_sound_between),
        cmocka_unit_test(pauses_are_inside_a_part),
        cmocka_unit_test(of_equals_the_later_gives),
        cmocka_unit_test(what_just_fits_stays),
        cmocka_unit_test(room_is_filled_by_importance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
