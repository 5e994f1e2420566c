#include "article/input/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

struct ahead {
    pthread_t thread;
    struct buf url;
    uint64_t max_bytes;
    struct fetch_options options;
    atomic_bool cancel, ended;
    /* Of the thread, until it has ended. */
    enum status status;
    struct buf body, charset;
    struct err err;
};

static void *fetch(void *of)
{
    struct ahead *a = of;
    a->status = fetch_url(a->url.p, a->max_bytes, &a->options, &a->body, &a->charset, &a->err);
    atomic_store(&a->ended, true);
    return NULL;
}

bool ahead_arrived(const struct ahead *a)
{
    return atomic_load(&a->ended);
}

static void drop(struct ahead *a)
{
    buf_free(&a->url);
    buf_free(&a->body);
    buf_free(&a->charset);
    err_free(&a->err);
    free(a);
}

/* Signals are for those who wait for sound. */
static bool start_thread(struct ahead *a)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&a->thread, NULL, fetch, a) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

struct ahead *ahead_start(const char *url, uint64_t max_bytes, const struct fetch_options *options)
{
    struct ahead *a = mem_zalloc(sizeof *a);
    a->url = a->body = a->charset = BUF_INIT;
    a->err = ERR_INIT;
    buf_adds(&a->url, url);
    a->max_bytes = max_bytes;
    a->options = *options;
    atomic_init(&a->cancel, false);
    atomic_init(&a->ended, false);
    a->options.cancel = &a->cancel;
    if (start_thread(a))
        return a;
    drop(a);
    return NULL;
}

const char *ahead_url(const struct ahead *a)
{
    return a->url.p;
}

enum status ahead_take(struct ahead *a, struct buf *body, struct buf *charset, struct err *e)
{
    pthread_join(a->thread, NULL);
    enum status status = a->status;
    if (status) {
        err_set(e, status, "%s", a->err.message.p);
        err_at(e, a->err.file.p, a->err.line, a->err.column);
    }
    buf_add_sv(charset, buf_sv(&a->charset));
    buf_free(body);
    *body = a->body;
    a->body = BUF_INIT;
    drop(a);
    return status;
}

void ahead_free(struct ahead *a)
{
    if (!a)
        return;
    atomic_store(&a->cancel, true);
    pthread_join(a->thread, NULL);
    drop(a);
}
