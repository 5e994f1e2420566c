/*
 * For the tests of engines that a voice file describes: what their sections may hold, and why they
 * do not start.
 */
#ifndef DOCBAO_TESTS_ENGINE_CHECKS_H
#define DOCBAO_TESTS_ENGINE_CHECKS_H

#include "pool_run.h"

struct checked_line {
    const char *key, *value;
    bool good;
};

struct checked_section {
    const char *section;
    bool good;
};

/* Each line is taken or refused as its row says, and what is refused has a reason. */
static inline void check_lines(const struct synth_engine *engine, const struct checked_line *rows,
                               size_t n)
{
    struct buf problem = BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        buf_clear(&problem);
        assert_int_equal(engine->check_line(rows[i].key, rows[i].value, &problem), rows[i].good);
        assert_int_equal(problem.n == 0, rows[i].good);
    }
    buf_free(&problem);
}

/* The same for whole sections. */
static inline void check_sections(const struct synth_engine *engine,
                                  const struct checked_section *rows, size_t n)
{
    struct buf problem = BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        buf_clear(&problem);
        assert_int_equal(engine->check_section(rows[i].section, &problem), rows[i].good);
        assert_int_equal(problem.n == 0, rows[i].good);
    }
    buf_free(&problem);
}

/* A pool that was just started tells no sample rate, and why; it is stopped. */
static inline void check_not_started(struct pool *p, const char *why)
{
    struct err e = ERR_INIT;
    uint32_t rate;
    assert_int_equal(pool_rate(p, &rate, &e), STATUS_USAGE);
    if (!strstr(e.message.p, why))
        fail_msg("“%s” does not say “%s”", e.message.p, why);
    pool_stop(p);
    err_free(&e);
}

#endif
