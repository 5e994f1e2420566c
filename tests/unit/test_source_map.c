/*
 * The source map against a model that stores, for every byte of the text, what it was made from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/source_map.h"

enum { CASES = 6000, STEPS = 40 };

/* Of one byte of the text. */
struct origin {
    uint32_t from, to; /* bytes of the source */
    uint32_t run;      /* whole runs are removed together; 0: a byte of a linear run */
};

struct model {
    VEC(struct origin) bytes;
    uint32_t runs; /* how many whole runs there were */
    bool open;     /* the end of the last run's source is not known yet */
};

struct both {
    struct source_map map;
    struct model model;
};

static uint32_t seed;

static uint32_t below(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* ---- the model ---- */

static uint32_t model_source_end(const struct model *m)
{
    return m->bytes.n ? m->bytes.at[m->bytes.n - 1].to : 0;
}

static void model_close(struct model *m, uint32_t source_off)
{
    for (size_t i = m->bytes.n; m->open && i-- && m->bytes.at[i].run == m->runs;)
        m->bytes.at[i].to = source_off;
    m->open = false;
}

static void model_add(struct model *m, uint32_t n, uint32_t from, uint32_t to, bool linear)
{
    model_close(m, from);
    m->runs += !linear;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(&m->bytes) = linear ? (struct origin){from + i, from + i + 1, 0}
                                      : (struct origin){from, to, m->runs};
}

static struct span model_take_back(struct model *m, uint32_t text_len)
{
    uint32_t end = model_source_end(m), from = end, run = 0;
    while (m->bytes.n > text_len || (run && m->bytes.n && m->bytes.at[m->bytes.n - 1].run == run)) {
        struct origin last = m->bytes.at[--m->bytes.n];
        from = last.from;
        run = last.run;
        m->open = false;
    }
    return (struct span){from, end - from};
}

static struct span model_find_source(const struct model *m, struct span text)
{
    size_t first = text.off < m->bytes.n ? text.off : m->bytes.n - 1;
    struct origin from = m->bytes.at[first];
    if (text.len) {
        uint32_t end = m->bytes.at[text.off + text.len - 1].to;
        return (struct span){from.from, end > from.from ? end - from.from : 0};
    }
    if (from.run)
        return (struct span){from.from, from.to - from.from};
    return (struct span){from.from + (text.off - (uint32_t)first), 0};
}

/* The origin of a byte of the text in the source of `inner`. */
static struct origin model_compose(struct origin outer, const struct model *inner)
{
    struct span span = model_find_source(inner, (struct span){outer.from, outer.to - outer.from});
    return (struct origin){span.off, span.off + span.len, 0};
}

/* ---- both ---- */

static void add_run(struct both *b)
{
    uint32_t n = 1 + below(5), from = model_source_end(&b->model) + (below(2) ? below(4) : 0);
    uint32_t length = below(5);
    switch (below(4)) {
    case 0:
        source_map_add_whole(&b->map, n, (struct span){from, length});
        model_add(&b->model, n, from, from + length, false);
        break;
    case 1:
        source_map_add_until_next(&b->map, n, from);
        if (b->model.open && model_source_end(&b->model) == from) /* extends the run */
            b->model.runs--, b->model.open = false;
        model_add(&b->model, n, from, from, false);
        b->model.open = true;
        break;
    default:
        source_map_add_linear(&b->map, n, from);
        model_add(&b->model, n, from, from + n, true);
    }
}

static void take_back(struct both *b)
{
    struct span source;
    uint32_t length = (uint32_t)b->model.bytes.n;
    uint32_t wanted = length - (below(4) ? below(length < 4 ? length + 1 : 4) : below(length + 1));
    size_t got = source_map_take_back(&b->map, wanted, &source);
    struct span want = model_take_back(&b->model, wanted);
    assert_int_equal(got, b->model.bytes.n);
    assert_int_equal(source.off, want.off);
    assert_int_equal(source.len, want.len);
}

/* A map of a text with at least `least` bytes. Returns the length of the source. */
static uint32_t grow(struct both *b, size_t least)
{
    *b = (struct both){0};
    for (uint32_t steps = 1 + below(STEPS); steps || b->model.bytes.n<least; steps -= steps> 0) {
        if (below(5) || !b->model.bytes.n)
            add_run(b);
        else
            take_back(b);
        assert_int_equal(b->map.text_len, b->model.bytes.n);
        assert_int_equal(source_map_source_end(&b->map), model_source_end(&b->model));
    }
    uint32_t source_len = model_source_end(&b->model) + below(6);
    source_map_end(&b->map, source_len);
    model_close(&b->model, source_len);
    return source_len;
}

static void release(struct both *b)
{
    source_map_free(&b->map);
    vec_free(&b->model.bytes);
}

static void expect_invariants(const struct source_map *m)
{
    assert_true(!m->open && (m->runs.n > 0) == (m->text_len > 0));
    for (size_t i = 0; i < m->runs.n; i++) {
        const struct source_run *r = &m->runs.at[i];
        assert_true(i || r->text_off == 0);
        assert_true(r->text_off < m->text_len);
        assert_true(!i || (r->text_off > r[-1].text_off && r->source_off >= r[-1].source_off));
    }
}

static void expect_source(const struct source_map *m, struct span text, struct span want)
{
    struct span got = source_map_find_source(m, text);
    if (got.off != want.off || got.len != want.len)
        fail_msg("%u+%u is from %u+%u, not %u+%u", text.off, text.len, got.off, got.len, want.off,
                 want.len);
}

static void expect_same(const struct both *b)
{
    uint32_t n = (uint32_t)b->model.bytes.n;
    expect_invariants(&b->map);
    for (uint32_t at = 0; at < n; at++) {
        struct span one = {at, 1}, none = {at, 0}, some = {at, 1 + below(n - at)};
        expect_source(&b->map, one, model_find_source(&b->model, one));
        expect_source(&b->map, none, model_find_source(&b->model, none));
        expect_source(&b->map, some, model_find_source(&b->model, some));
    }
}

/* ---- tests ---- */

static void a_map_equals_its_model(void **state)
{
    (void)state;
    seed = 1;
    for (int i = 0; i < CASES; i++) {
        struct both b;
        grow(&b, 0);
        expect_same(&b);
        release(&b);
    }
}

static void a_composed_map_leads_where_its_parts_lead(void **state)
{
    (void)state;
    seed = 2;
    for (int i = 0; i < CASES; i++) {
        struct both outer, inner;
        struct source_map composed = {0};
        uint32_t between = grow(&outer, 0);
        grow(&inner, between + 1);
        source_map_compose(&composed, &outer.map, &inner.map);
        expect_invariants(&composed);
        assert_int_equal(composed.text_len, outer.model.bytes.n);
        for (uint32_t at = 0; at < composed.text_len; at++) {
            struct origin want = model_compose(outer.model.bytes.at[at], &inner.model);
            expect_source(&composed, (struct span){at, 1},
                          (struct span){want.from, want.to - want.from});
        }
        source_map_free(&composed);
        release(&outer);
        release(&inner);
    }
}

/* The text of a source offset is the first byte that lies behind it, or copies it. */
static void the_text_of_an_offset_is_the_first_behind_it(void **state)
{
    (void)state;
    seed = 3;
    for (int i = 0; i < CASES; i++) {
        struct both b;
        uint32_t source_len = grow(&b, 1);
        for (uint32_t off = 0; off <= source_len; off++) {
            uint32_t got = source_map_find_text(&b.map, off);
            const struct origin *at = b.model.bytes.at;
            assert_true(got <= b.model.bytes.n);
            /* The text before it was made, at least partly, from the source before `off`, or from
             * no source there. */
            assert_true(!got || at[got - 1].from <= off);
            assert_true(got == b.model.bytes.n || at[got].from >= off);
        }
        release(&b);
    }
}

static void runs_that_continue_are_one(void **state)
{
    (void)state;
    struct source_map m = {0};
    source_map_add_linear(&m, 3, 0);
    source_map_add_linear(&m, 4, 3);
    source_map_add_linear(&m, 0, 9);
    assert_int_equal(m.runs.n, 1);
    source_map_add_linear(&m, 2, 8);
    assert_int_equal(m.runs.n, 2);
    assert_int_equal(m.text_len, 9);
    source_map_free(&m);
}

static void an_open_run_reaches_to_the_next_source(void **state)
{
    (void)state;
    struct source_map m = {0};
    source_map_add_linear(&m, 2, 0);
    source_map_add_until_next(&m, 1, 2);
    source_map_add_linear(&m, 1, 7);
    source_map_add_until_next(&m, 1, 8);
    source_map_end(&m, 12);
    expect_source(&m, (struct span){2, 1}, (struct span){2, 5});
    expect_source(&m, (struct span){4, 1}, (struct span){8, 4});
    source_map_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_equals_its_model),
        cmocka_unit_test(a_composed_map_leads_where_its_parts_lead),
        cmocka_unit_test(the_text_of_an_offset_is_the_first_behind_it),
        cmocka_unit_test(runs_that_continue_are_one),
        cmocka_unit_test(an_open_run_reaches_to_the_next_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
