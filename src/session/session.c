#include "session/session.h"

#include "session/engine_words.h"
#include "session/follow.h"
#include "session/sound.h"

enum {
    LOST_SILENCE_MS = 300,
    /* A signal that arrives just before a wait does not end it; so no wait is longer. */
    WAIT_MS = 100,
};

/* An article on its way from `next` to `done`. */
struct flight {
    struct article *article;
    uint32_t first_id; /* the pool's number of its sentence 0 */
    uint32_t left;     /* sentences not yet complete */
};

struct session {
    struct pool *pool;
    struct sound_plan plan;
    struct sound sound;
    const struct rules *rules;
    const struct session_client *client;

    VEC(struct flight) flights; /* the last one is being fed to the pool */
    uint32_t next_id;           /* of the next article's sentence 0 */
    uint32_t block, sentence;   /* of the last flight: what is fed next */
    bool fed;                   /* `next` has no more */
    struct engine_words words;
    struct buf text;
    VEC(uint32_t) positions;

    bool speaking; /* `current` is being heard */
    uint32_t current;
    uint32_t owed_ms; /* the pause behind the sentence before */
    uint32_t frame;   /* of the current sentence: handed on so far */
    struct follow follow;
    uint32_t sentences, lost;
};

enum status session_open(struct session **out, const struct session_options *options, struct err *e)
{
    *out = NULL;
    struct session *s = mem_zalloc(sizeof *s);
    s->plan = (struct sound_plan){
        .driver = options->sink,
        .target = options->target,
        .stop = options->stop,
    };
    s->text = BUF_INIT;
    follow_init(&s->follow);
    struct pool_options pool = {options->jobs, options->deadline_ms};
    enum status status = pool_start(&s->pool, options->engine, options->settings, &pool, e);
    if (status) {
        s->pool = NULL;
        session_close(s);
        return status;
    }
    *out = s;
    return STATUS_OK;
}

/* ---- from articles to the pool ---- */

static void land(struct session *s, size_t index)
{
    s->client->done(s->client->user, s->flights.at[index].article);
    memmove(s->flights.at + index, s->flights.at + index + 1,
            (s->flights.n - index - 1) * sizeof *s->flights.at);
    s->flights.n--;
}

/* Gives back the articles that were heard, but for the one that is being fed. */
static void land_heard(struct session *s)
{
    for (size_t i = s->fed ? s->flights.n : s->flights.n - 1; i--;)
        if (!s->flights.at[i].left)
            land(s, i);
}

/* Takes the next article; false after the last. */
static bool take_article(struct session *s)
{
    struct article *a = s->client->next(s->client->user);
    if (!a) {
        s->fed = true;
        land_heard(s);
        return false;
    }
    uint32_t sentences = (uint32_t)a->sentences.n;
    *vec_push(&s->flights) = (struct flight){a, s->next_id, sentences};
    s->next_id += sentences;
    s->block = s->sentence = 0;
    land_heard(s);
    return true;
}

static void feed_sentence(struct session *s, const struct flight *flight, uint32_t index,
                          bool starts_article)
{
    const struct article *a = flight->article;
    const struct sentence *sentence = &a->sentences.at[index];
    buf_clear(&s->text);
    s->positions.n = 0;
    engine_words_of(a, sentence, &s->words);
    vec_reserve(&s->positions, s->words.n);
    pool_engine(s->pool)->prepare(s->rules, (enum dialect)a->dialect, s->words.at, s->words.n,
                                  &s->text, s->positions.at);
    pool_add(s->pool, flight->first_id + index, buf_sv(&s->text), starts_article);
}

/* The next sentence of the last flight; false where it has no more. */
static bool feed_next(struct session *s)
{
    if (!s->flights.n)
        return false;
    struct flight *flight = &s->flights.at[s->flights.n - 1];
    const struct article *a = flight->article;
    while (s->block < a->blocks.n) {
        const struct block *block = &a->blocks.at[s->block];
        if (s->sentence < block->nsent) {
            uint32_t index = s->sentence++;
            /* Units go across blocks: many a line is too short to be worth a child of its own. */
            feed_sentence(s, flight, block->sent0 + index, block->sent0 + index == 0);
            return true;
        }
        s->block++;
        s->sentence = 0;
    }
    return false;
}

/* Gives the pool what it wants. */
static void feed(struct session *s)
{
    while (!s->fed && pool_wants(s->pool))
        if (!feed_next(s) && !take_article(s))
            pool_finish(s->pool);
}

/* ---- from the pool to the sink ---- */

static size_t flight_of(const struct session *s, uint32_t id)
{
    size_t i = s->flights.n - 1;
    while (i && s->flights.at[i].first_id > id)
        i--;
    return i;
}

static uint32_t sentence_of(const struct session *s, const struct flight *flight)
{
    return s->current - flight->first_id;
}

/* The first event of a sentence: the pause before it, then its client hears of it. */
static enum status begin_sentence(struct session *s, uint32_t id, struct err *e)
{
    if (s->speaking)
        return STATUS_OK;
    enum status status = sound_silence(&s->sound, s->owed_ms, e);
    if (status)
        return status;
    s->speaking = true;
    s->current = id;
    s->owed_ms = s->frame = 0;
    s->sentences++;
    const struct flight *flight = &s->flights.at[flight_of(s, id)];
    struct article *a = flight->article;
    uint32_t index = sentence_of(s, flight);
    if (s->client->word)
        follow_sentence(&s->follow, pool_engine(s->pool), a, &a->sentences.at[index], s->rules);
    if (s->client->sentence)
        s->client->sentence(s->client->user, a, index);
    return STATUS_OK;
}

static void tell_words(struct session *s)
{
    const struct flight *flight = &s->flights.at[flight_of(s, s->current)];
    for (const struct due_word *w; (w = follow_due(&s->follow, s->frame));)
        s->client->word(s->client->user, flight->article, sentence_of(s, flight), w->token);
}

static enum status hear(struct session *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    while (frames) {
        uint32_t piece = frames;
        if (s->client->word) {
            tell_words(s);
            piece = follow_until_next(&s->follow, s->frame, frames);
        }
        enum status status = sound_write(&s->sound, pcm, piece, e);
        if (status)
            return status;
        s->frame += piece;
        pcm += piece;
        frames -= piece;
    }
    return STATUS_OK;
}

static void end_sentence(struct session *s)
{
    struct flight *flight = &s->flights.at[flight_of(s, s->current)];
    const struct sentence *sentence = &flight->article->sentences.at[sentence_of(s, flight)];
    /* Without sound there is nothing to pause behind. */
    s->owed_ms = s->sound.frames ? sentence->pause_ms : 0;
    s->speaking = false;
    flight->left--;
    land_heard(s);
}

static enum status lose_sentence(struct session *s, const char *why, struct err *e)
{
    const struct flight *flight = &s->flights.at[flight_of(s, s->current)];
    struct article *a = flight->article;
    uint32_t index = sentence_of(s, flight);
    s->lost++;
    article_note(a, a->sentences.at[index].text, "lost",
                 "the engine could not speak this sentence (%s)", why);
    if (s->client->lost)
        s->client->lost(s->client->user, a, index, why);
    return sound_silence(&s->sound, LOST_SILENCE_MS, e);
}

static enum status take_event(struct session *s, const struct pool_event *event, struct err *e)
{
    if (event->kind == POOL_IDLE)
        return STATUS_OK;
    enum status status = begin_sentence(s, event->id, e);
    if (status)
        return status;
    switch (event->kind) {
    case POOL_AUDIO:
        return hear(s, event->pcm, event->frames, e);
    case POOL_WORD:
        if (s->client->word)
            follow_word(&s->follow, s->flights.at[flight_of(s, s->current)].article,
                        event->text_position, event->frame);
        return STATUS_OK;
    case POOL_LOST:
        status = lose_sentence(s, event->why, e);
        break;
    default:
        break;
    }
    if (!status)
        end_sentence(s);
    return status;
}

static enum status speak(struct session *s, struct err *e)
{
    for (;;) {
        if (s->plan.stop && *s->plan.stop)
            return err_set(e, STATUS_STOPPED, "Stopped.");
        feed(s);
        struct pool_event event;
        bool got = false;
        enum status status = pool_next(s->pool, WAIT_MS, &event, &got, e);
        if (!status && got)
            status = take_event(s, &event, e);
        if (status)
            return status;
        if (got && event.kind == POOL_IDLE && s->fed)
            return STATUS_OK;
    }
}

static enum status judge(const struct session *s, struct err *e)
{
    if (!s->lost)
        return STATUS_OK;
    if (s->lost == s->sentences)
        return err_set(e, STATUS_INPUT,
                       "The engine could not speak a single sentence; check the voice with "
                       "“docbao voices”, or choose another with --voice NAME.");
    return err_set(e, STATUS_PARTIAL,
                   "%u of %u sentences could not be spoken; a short silence stands for each.",
                   s->lost, s->sentences);
}

static enum status run(struct session *s, struct err *e)
{
    /* The children work on what they are given here while the sink opens, which may take long. */
    feed(s);
    if (!s->flights.n)
        return err_set(e, STATUS_INPUT, "There is nothing to speak.");
    uint32_t rate;
    enum status status = pool_rate(s->pool, &rate, e);
    if (status)
        return status;
    status = sound_open(&s->sound, &s->plan, rate, e);
    if (status)
        return status;
    status = speak(s, e);
    /* A stream that can take no more keeps what it has; anything else that failed keeps nothing,
     * and neither does silence alone. */
    if (status && status != STATUS_PARTIAL)
        return status;
    if (!status)
        status = judge(s, e);
    if (status == STATUS_INPUT)
        return status;
    enum status finished = sound_finish(&s->sound, e);
    return finished ? finished : status;
}

enum status session_run(struct session *s, const struct rules *rules,
                        const struct session_client *client, struct err *e)
{
    s->rules = rules;
    s->client = client;
    enum status status = run(s, e);
    /* Silence at once: what comes behind may take time. */
    sound_close(&s->sound);
    while (s->flights.n)
        land(s, s->flights.n - 1);
    return status;
}

void session_stats(const struct session *s, struct session_stats *stats)
{
    *stats = (struct session_stats){
        .first_block_ns = s->sound.first_ns,
        .frames = s->sound.frames,
        .rate = s->sound.rate,
        .sentences = s->sentences,
        .lost = s->lost,
    };
}

void session_close(struct session *s)
{
    if (!s)
        return;
    sound_close(&s->sound);
    pool_stop(s->pool);
    vec_free(&s->flights);
    vec_free(&s->words);
    vec_free(&s->positions);
    buf_free(&s->text);
    follow_free(&s->follow);
    free(s);
}
