#include "session/takes.h"

#include "session/engine_words.h"

enum {
    LOST_SILENCE_MS = 300,
    /* Articles without a sentence, one after another: a queue that goes round may hold nothing
     * else. */
    MOST_EMPTY = 1000,
};

void takes_init(struct takes *t, struct pool *pool, const struct rules *rules,
                const struct takes_source *source)
{
    t->pool = pool;
    t->rules = rules;
    t->source = *source;
    t->text = BUF_INIT;
}

static void free_take(struct take *take)
{
    vec_free(&take->pcm);
    follow_free(&take->follow);
    buf_free(&take->lost);
    free(take);
}

void takes_drop(struct takes *t, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free_take(t->line.at[i]);
    t->line.n -= n;
    if (n && t->line.n)
        memmove(t->line.at, t->line.at + n, t->line.n * sizeof *t->line.at);
}

void takes_free(struct takes *t)
{
    takes_drop(t, t->line.n);
    vec_free(&t->line);
    vec_free(&t->fed);
    vec_free(&t->known);
    vec_free(&t->words);
    vec_free(&t->positions);
    buf_free(&t->text);
}

void takes_from(struct takes *t, struct article *a, uint32_t sentence)
{
    takes_drop(t, t->line.n);
    pool_cancel(t->pool);
    t->fed.n = t->coming = 0;
    t->waits = t->ended = false;
    t->article = a;
    t->sentence = sentence;
}

/* ---- to the pool ---- */

/* Where the article begins; asked once, when it is come to for the first time. */
static uint32_t start_of(struct takes *t, struct article *a)
{
    for (size_t i = 0; i < t->known.n; i++)
        if (t->known.at[i].article == a)
            return t->known.at[i].start;
    uint32_t start = t->source.start ? t->source.start(t->source.user, a) : 0;
    *vec_push(&t->known) = (struct known){a, start};
    return start;
}

void takes_heard(struct takes *t, const struct article *a)
{
    for (size_t i = 0; i < t->known.n; i++)
        if (t->known.at[i].article == a)
            t->known.at[i].start = 0;
}

/* Goes to the next article with a sentence; false: there is none, or it is not there yet. */
static bool take_article(struct takes *t)
{
    for (int empty = 0; empty < MOST_EMPTY; empty++) {
        struct article *a = NULL;
        t->waits = !t->source.neighbour(t->source.user, t->article, 1, &a);
        if (t->waits)
            return false;
        if (!a)
            break;
        t->article = a;
        t->sentence = start_of(t, a);
        if (t->sentence < a->sentences.n)
            return true;
    }
    t->ended = true;
    return false;
}

static void feed_sentence(struct takes *t)
{
    const struct article *a = t->article;
    const struct sentence *sentence = &a->sentences.at[t->sentence];
    buf_clear(&t->text);
    t->positions.n = 0;
    engine_words_of(a, sentence, &t->words);
    vec_reserve(&t->positions, t->words.n);
    pool_engine(t->pool)->prepare(t->rules, (enum dialect)a->dialect, t->words.at, t->words.n,
                                  &t->text, t->positions.at);
    *vec_push(&t->fed) = (struct fed){t->article, t->sentence, t->next_id};
    pool_add(t->pool, t->next_id++, buf_sv(&t->text), t->sentence == 0);
    t->sentence++;
}

void takes_feed(struct takes *t)
{
    while (!t->ended && pool_wants(t->pool)) {
        bool more = t->article && t->sentence < t->article->sentences.n;
        if (!more && !take_article(t))
            return;
        feed_sentence(t);
    }
}

bool takes_outstanding(const struct takes *t)
{
    return t->coming < t->fed.n;
}

/* ---- from the pool ---- */

static struct take *begin_take(struct takes *t, const struct fed *fed)
{
    struct take *take = mem_zalloc(sizeof *take);
    take->article = fed->article;
    take->sentence = fed->sentence;
    take->id = fed->id;
    take->lost = BUF_INIT;
    follow_init(&take->follow);
    follow_sentence(&take->follow, pool_engine(t->pool), take->article,
                    &take->article->sentences.at[take->sentence], t->rules);
    *vec_push(&t->line) = take;
    t->begun++;
    return take;
}

/* The take of the sentence that is coming. */
static struct take *coming_take(struct takes *t)
{
    const struct fed *fed = &t->fed.at[t->coming];
    struct take *last = t->line.n ? t->line.at[t->line.n - 1] : NULL;
    return last && last->id == fed->id ? last : begin_take(t, fed);
}

static void add_audio(struct take *take, const int16_t *pcm, size_t frames)
{
    vec_reserve(&take->pcm, frames);
    if (pcm)
        memcpy(take->pcm.at + take->pcm.n, pcm, frames * sizeof *pcm);
    else
        memset(take->pcm.at + take->pcm.n, 0, frames * sizeof *pcm);
    take->pcm.n += frames;
}

static void lose(struct takes *t, struct take *take, const char *why)
{
    t->lost++;
    buf_adds(&take->lost, *why ? why : "without a reason");
    article_note(take->article, take->article->sentences.at[take->sentence].text, "lost",
                 "the engine could not speak this sentence (%s)", why);
    add_audio(take, NULL, (size_t)t->rate * LOST_SILENCE_MS / 1000);
}

/* Forgets what has come whole, now and then. */
static void complete(struct takes *t, struct take *take)
{
    enum { ENOUGH = 256 };
    take->complete = true;
    t->coming++;
    if (t->coming < ENOUGH)
        return;
    t->fed.n -= t->coming;
    memmove(t->fed.at, t->fed.at + t->coming, t->fed.n * sizeof *t->fed.at);
    t->coming = 0;
}

enum status takes_pull(struct takes *t, bool *got, struct err *e)
{
    struct pool_event event;
    enum status status = pool_next(t->pool, 0, &event, got, e);
    if (status || !*got || event.kind == POOL_IDLE) {
        *got = false;
        return status;
    }
    struct take *take = coming_take(t);
    switch (event.kind) {
    case POOL_AUDIO:
        add_audio(take, event.pcm, event.frames);
        break;
    case POOL_WORD:
        follow_word(&take->follow, take->article, event.text_position, event.frame);
        break;
    case POOL_LOST:
        lose(t, take, event.why);
        complete(t, take);
        break;
    case POOL_SENTENCE:
        complete(t, take);
        break;
    case POOL_IDLE:
        break;
    }
    return STATUS_OK;
}
