#include "docbao/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "article/parser.h"

struct ahead {
    pthread_t thread;
    struct buf name;
    struct docbao own; /* what it reads with: the tables are those of the caller */
    atomic_bool cancel, ended;
    /* Used by the thread alone until it has ended. */
    enum status status;
    struct docbao_article *article;
};

static void *open_document(void *of)
{
    struct ahead *h = of;
    struct read_options options = api_read_options(&h->own);
    h->status = parser_read(&h->article->a, h->name.p, &options, &h->article->parser, &h->own.err);
    /* With repeats, the words depend on the articles before it. */
    bool later = h->own.options.skip_repeats || h->own.options.read_when_spoken;
    if (!h->status && !later && !atomic_load(&h->cancel))
        h->status = api_read_words(&h->own, h->article);
    atomic_store(&h->ended, true);
    return NULL;
}

static void free_all(struct ahead *h)
{
    docbao_close(h->article);
    buf_free(&h->name);
    if (h->own.has_voice)
        voice_free(&h->own.voice);
    err_free(&h->own.err);
    free(h);
}

/* The new thread takes no signal: a signal must interrupt the thread that waits for sound. */
static bool start_thread(struct ahead *h)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&h->thread, NULL, open_document, h) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

struct ahead *ahead_start(const struct docbao *d, const char *name)
{
    struct ahead *h = mem_zalloc(sizeof *h);
    h->name = BUF_INIT;
    buf_adds(&h->name, name);
    h->article = api_new_article();
    h->own.options = d->options;
    h->own.options.waits = NULL;
    h->own.fetch = d->fetch;
    h->own.fetch.cancel = &h->cancel;
    h->own.err = ERR_INIT;
    h->own.rules = d->rules;
    h->own.has_voice = d->has_voice;
    if (d->has_voice)
        voice_copy(&h->own.voice, &d->voice);
    atomic_init(&h->cancel, false);
    atomic_init(&h->ended, false);
    if (start_thread(h))
        return h;
    free_all(h);
    return NULL;
}

bool ahead_is_of(const struct ahead *h, const char *name)
{
    return strcmp(h->name.p, name) == 0;
}

bool ahead_arrived(const struct ahead *h)
{
    return atomic_load(&h->ended);
}

static bool is_same_voice(const struct docbao *d, const struct docbao *other)
{
    return d->has_voice && other->has_voice && strcmp(d->voice.name, other->voice.name) == 0;
}

enum status ahead_finish(struct ahead *h, struct docbao *d, struct docbao_article **out)
{
    pthread_join(h->thread, NULL);
    enum status status = h->status;
    struct err *e = &h->own.err;
    if (status) {
        err_set(&d->err, status, "%s", e->message.p);
        err_at(&d->err, e->file.p, e->line, e->column);
    }
    *out = h->article;
    h->article = NULL;
    if (!status && (*out)->was_read && !is_same_voice(d, &h->own))
        status = api_read_words(d, *out);
    free_all(h);
    return status;
}

void ahead_free(struct ahead *h)
{
    if (!h)
        return;
    atomic_store(&h->cancel, true);
    pthread_join(h->thread, NULL);
    free_all(h);
}
