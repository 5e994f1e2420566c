/*
 * For the tests of the pool: puts sentences in, keeps all that comes out.
 */
#ifndef DOCBAO_TESTS_POOL_RUN_H
#define DOCBAO_TESTS_POOL_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <sys/wait.h>
#include <time.h>

#include "base/vec.h"
#include "synth/pool.h"

struct heard_word {
    uint32_t position, frame;
};

struct heard {
    uint32_t id;
    bool lost;
    struct buf why;
    struct buf pcm;
    VEC(struct heard_word) words;
};

struct run {
    const struct synth_engine *engine;
    const char *voice;
    uint32_t jobs, deadline_ms, start_ms;
    bool batch, spare;
    uint32_t nap_us;                            /* the caller's pause after each event */
    void (*at_event)(struct pool *p, size_t n); /* before the n-th event is asked for, or NULL */
    VEC(struct heard) heard;
};

static inline struct pool *run_start(const struct run *r)
{
    struct err e = ERR_INIT;
    struct pool *p = NULL;
    const struct synth_settings settings = {r->voice, 170, 50, 50, 90, 100, 0, 0};
    const struct pool_options options = {.jobs = r->jobs,
                                         .deadline_ms = r->deadline_ms,
                                         .start_ms = r->start_ms,
                                         .batch = r->batch,
                                         .spare = r->spare};
    if (pool_start(&p, r->engine, &settings, &options, &e) != STATUS_OK)
        fail_msg("%s", e.message.p);
    return p;
}

static inline void nap(uint32_t us)
{
    if (us)
        nanosleep(&(struct timespec){us / 1000000, (long)(us % 1000000) * 1000}, NULL);
}

/* Waits for the next event, whatever signals come. */
static inline struct pool_event run_next(struct pool *p)
{
    struct err e = ERR_INIT;
    struct pool_event event;
    bool got = false;
    while (!got)
        if (pool_next(p, -1, &event, &got, &e) != STATUS_OK)
            fail_msg("%s", e.message.p);
    return event;
}

static inline void run_note(struct run *r, bool *fresh, const struct pool_event *event)
{
    if (*fresh)
        *vec_push(&r->heard) = (struct heard){.id = event->id, .why = BUF_INIT, .pcm = BUF_INIT};
    struct heard *h = &r->heard.at[r->heard.n - 1];
    assert_int_equal(h->id, event->id);
    *fresh = false;
    uint32_t frames = (uint32_t)(h->pcm.n / sizeof(int16_t));
    if (event->kind == POOL_WORD) {
        assert_true(event->frame >= frames); /* told before its audio */
        *vec_push(&h->words) = (struct heard_word){event->text_position, event->frame};
    } else if (event->kind == POOL_AUDIO) {
        assert_true(event->frames > 0);
        buf_add(&h->pcm, event->pcm, event->frames * sizeof(int16_t));
    } else {
        h->lost = event->kind == POOL_LOST;
        if (h->lost)
            buf_adds(&h->why, event->why);
        *fresh = true;
    }
}

/* Puts `n` sentences through a pool that runs, ids from 0, and keeps what is heard. */
static inline void run_in(struct run *r, struct pool *p, const char *const *texts, size_t n)
{
    size_t added = 0;
    bool fresh = true;
    for (size_t events = 0;; events++) {
        for (; added < n && pool_wants(p); added++)
            pool_add(p, (uint32_t)added, sv_of(texts[added]));
        if (added == n)
            pool_finish(p);
        if (r->at_event)
            r->at_event(p, events);
        struct pool_event event = run_next(p);
        if (event.kind == POOL_IDLE)
            break;
        run_note(r, &fresh, &event);
        nap(r->nap_us);
    }
    assert_true(fresh);
    assert_int_equal(added, n);
    assert_int_equal(r->heard.n, n);
}

static inline void run_all(struct run *r, const char *const *texts, size_t n)
{
    struct pool *p = run_start(r);
    run_in(r, p, texts, n);
    pool_stop(p);
    /* Nothing is left of the pool, not even a zombie. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static inline void run_free(struct run *r)
{
    for (size_t i = 0; i < r->heard.n; i++) {
        buf_free(&r->heard.at[i].why);
        buf_free(&r->heard.at[i].pcm);
        vec_free(&r->heard.at[i].words);
    }
    vec_free(&r->heard);
}

static inline void assert_same_heard(const struct heard *a, const struct heard *b)
{
    assert_int_equal(a->lost, b->lost);
    assert_int_equal(a->pcm.n, b->pcm.n);
    assert_memory_equal(a->pcm.p, b->pcm.p, a->pcm.n);
    assert_int_equal(a->words.n, b->words.n);
    if (a->words.n)
        assert_memory_equal(a->words.at, b->words.at, a->words.n * sizeof *a->words.at);
}

/* The same audio and words, sentence by sentence. */
static inline void assert_same_run(const struct run *a, const struct run *b)
{
    assert_int_equal(a->heard.n, b->heard.n);
    for (size_t i = 0; i < a->heard.n; i++) {
        assert_int_equal(a->heard.at[i].id, b->heard.at[i].id);
        assert_same_heard(&a->heard.at[i], &b->heard.at[i]);
    }
}

#endif
