#include "article/input/prefetch.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"

struct prefetch {
    pthread_t thread;
    struct buf url;
    uint64_t max_bytes;
    struct fetch_options options;
    atomic_bool cancel, ended;
    /* Used by the thread alone until it has ended. */
    enum status status;
    struct buf body, charset;
    struct err err;
};

static void *fetch(void *of)
{
    struct prefetch *p = of;
    p->status = fetch_url(p->url.p, p->max_bytes, &p->options, &p->body, &p->charset, &p->err);
    atomic_store(&p->ended, true);
    return NULL;
}

bool prefetch_arrived(const struct prefetch *p)
{
    return atomic_load(&p->ended);
}

static void free_all(struct prefetch *p)
{
    buf_free(&p->url);
    buf_free(&p->body);
    buf_free(&p->charset);
    err_free(&p->err);
    free(p);
}

/* The new thread takes no signal: a signal must interrupt the thread that waits for sound. */
static bool start_thread(struct prefetch *p)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&p->thread, NULL, fetch, p) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

struct prefetch *prefetch_start(const char *url, uint64_t max_bytes,
                                const struct fetch_options *options)
{
    struct prefetch *p = mem_zalloc(sizeof *p);
    p->url = p->body = p->charset = BUF_INIT;
    p->err = ERR_INIT;
    buf_adds(&p->url, url);
    p->max_bytes = max_bytes;
    p->options = *options;
    atomic_init(&p->cancel, false);
    atomic_init(&p->ended, false);
    p->options.cancel = &p->cancel;
    if (start_thread(p))
        return p;
    free_all(p);
    return NULL;
}

const char *prefetch_url(const struct prefetch *p)
{
    return p->url.p;
}

enum status prefetch_finish(struct prefetch *p, struct buf *body, struct buf *charset,
                            struct err *e)
{
    pthread_join(p->thread, NULL);
    enum status status = p->status;
    if (status) {
        err_set(e, status, "%s", p->err.message.p);
        err_at(e, p->err.file.p, p->err.line, p->err.column);
    }
    buf_add_sv(charset, buf_sv(&p->charset));
    buf_free(body);
    *body = p->body;
    p->body = BUF_INIT;
    free_all(p);
    return status;
}

void prefetch_free(struct prefetch *p)
{
    if (!p)
        return;
    atomic_store(&p->cancel, true);
    pthread_join(p->thread, NULL);
    free_all(p);
}
