#include "session/saver.h"

#include "session/marks.h"

enum {
    MS_PER_SECOND = 1000,
    /* A signal that comes just before a wait does not end it, so no wait is longer than this. */
    WAIT_MS = 100,
};

struct saver {
    struct saver_options options;
    const struct saver_client *client;
    struct feeder feeder;
    struct sound sound;
    struct marks marks;
    const struct clip *clip;       /* whose sound is written; NULL: none has begun */
    uint32_t frame;                /* of the clip: written so far */
    size_t word;                   /* of its times: the next to announce */
    uint32_t pause_ms;             /* after the clip before; not written yet */
    uint32_t article_pause_ms;     /* the same, if an article ends there */
    const struct article *article; /* of the clip before, only to be compared */
    uint32_t sentence;
};

enum status saver_open(struct saver **out, const struct saver_options *options, struct err *e)
{
    *out = NULL;
    struct saver *s = mem_zalloc(sizeof *s);
    s->options = *options;
    struct feeder_options feeder = {
        .engine = options->engine,
        .settings = options->settings,
        .jobs = options->jobs,
        .deadline_ms = options->deadline_ms,
        .batch = true,
        .store = options->store,
        .kept = options->kept,
    };
    enum status status = feeder_open(&s->feeder, &feeder, e);
    if (status) {
        saver_close(s);
        return status;
    }
    *out = s;
    return STATUS_OK;
}

/* ---- one clip ---- */

/* The present time of the sound, in microseconds. */
static uint64_t now_us(const struct saver *s)
{
    enum { US_PER_SECOND = 1000000 };
    uint64_t frames = s->sound.frames, rate = s->sound.rate;
    return frames / rate * US_PER_SECOND + frames % rate * US_PER_SECOND / rate;
}

/* An article that was given back may have left its memory to the next one. */
static bool begins_article(const struct saver *s, const struct clip *clip)
{
    return clip->article != s->article || clip->sentence <= s->sentence;
}

/* The pause before the clip, then its start. */
static enum status begin_clip(struct saver *s, const struct clip *clip, struct err *e)
{
    const struct saver_client *c = s->client;
    uint64_t ms = begins_article(s, clip) ? s->article_pause_ms : s->pause_ms;
    enum status status = sound_silence(&s->sound, ms * s->sound.rate / MS_PER_SECOND, e);
    if (!status)
        status = marks_sentence(&s->marks, s->sound.frames, clip, e);
    if (status)
        return status;
    s->clip = clip;
    s->pause_ms = s->article_pause_ms = s->frame = 0;
    s->article = clip->article;
    s->sentence = clip->sentence;
    s->word = 0;
    if (c->sentence)
        c->sentence(c->user, clip->article, clip->sentence, now_us(s));
    return STATUS_OK;
}

/* Announces the words that begin at the present frame. */
static enum status announce_due_words(struct saver *s, struct err *e)
{
    const struct saver_client *c = s->client;
    const struct clip *clip = s->clip;
    enum status status = STATUS_OK;
    while (!status && s->word < clip->times.n && clip->times.at[s->word].frame <= s->frame) {
        uint32_t token = clip->times.at[s->word++].token;
        status = marks_word(&s->marks, s->sound.frames, clip, token, e);
        if (c->word)
            c->word(c->user, clip->article, clip->sentence, token, now_us(s));
    }
    return status;
}

/* At most `frames`, and none of the next word. */
static uint32_t frames_to_next_word(const struct saver *s, uint32_t frames)
{
    if (s->word == s->clip->times.n)
        return frames;
    uint32_t gap = s->clip->times.at[s->word].frame - s->frame;
    return gap < frames ? gap : frames;
}

static enum status write_clip_audio(struct saver *s, const int16_t *pcm, uint32_t frames,
                                    struct err *e)
{
    bool by_word = s->client->word || s->marks.words;
    while (frames) {
        enum status status = by_word ? announce_due_words(s, e) : STATUS_OK;
        uint32_t piece = by_word ? frames_to_next_word(s, frames) : frames;
        if (!status)
            status = sound_write(&s->sound, pcm, piece, e);
        if (status)
            return status;
        s->frame += piece;
        pcm += piece;
        frames -= piece;
    }
    return STATUS_OK;
}

static enum status write_loss(struct saver *s, const struct feeder_event *event, struct err *e)
{
    const struct saver_client *c = s->client;
    const struct clip *clip = event->clip;
    if (c->lost)
        c->lost(c->user, clip->article, clip->sentence, clip->loss.p);
    return sound_silence(&s->sound, event->frames, e);
}

static void end_clip(struct saver *s)
{
    const struct saver_client *c = s->client;
    if (c->sentence_end)
        c->sentence_end(c->user, s->clip->article, s->clip->sentence, !s->clip->loss.n, now_us(s));
    /* Before any sound there is nothing to pause after. */
    if (s->sound.frames) {
        s->pause_ms = feeder_pause_ms(&s->feeder, s->clip, false);
        s->article_pause_ms = feeder_pause_ms(&s->feeder, s->clip, true);
    }
    s->clip = NULL;
    feeder_drop(&s->feeder, 1);
    feeder_release(&s->feeder, (struct feeder_held){{NULL}}, 0);
}

static enum status handle_event(struct saver *s, const struct feeder_event *event, struct err *e)
{
    if (event->kind == FEEDER_NOTHING)
        return STATUS_OK;
    enum status status = s->clip ? STATUS_OK : begin_clip(s, event->clip, e);
    if (!status && event->kind == FEEDER_AUDIO)
        status = write_clip_audio(s, event->pcm, event->frames, e);
    if (!status && event->kind == FEEDER_LOST)
        status = write_loss(s, event, e);
    if (!status && event->clip->complete)
        end_clip(s);
    return status;
}

/* ---- all of them ---- */

/* A source that was told to stop gives no more, which is not the end. */
static enum status check_stop(const struct saver *s, struct err *e)
{
    const volatile sig_atomic_t *stop = s->options.sound.stop;
    return stop && *stop ? err_set(e, STATUS_STOPPED, "Stopped.") : STATUS_OK;
}

static enum status speak(struct saver *s, struct err *e)
{
    while (!feeder_is_done(&s->feeder)) {
        if (check_stop(s, e))
            return STATUS_STOPPED;
        struct feeder_event event;
        enum status status = feeder_next(&s->feeder, WAIT_MS, &event, e);
        if (!status)
            status = handle_event(s, &event, e);
        if (status)
            return status;
        feeder_feed(&s->feeder);
    }
    return check_stop(s, e);
}

/* Whether sentences were lost. */
static enum status judge(const struct saver *s, struct err *e)
{
    uint32_t lost = s->feeder.lost, sentences = s->feeder.sentences;
    if (!lost)
        return STATUS_OK;
    if (lost == sentences)
        return err_set(e, STATUS_INPUT,
                       "The engine could not speak a single sentence; check the voice with "
                       "“docbao voices”, or choose another with --voice NAME.");
    return err_set(e, STATUS_PARTIAL,
                   "%u of %u sentences could not be spoken; a short silence stands for each.", lost,
                   sentences);
}

static enum status open_sound(struct saver *s, struct err *e)
{
    const struct sound_options *o = &s->options.sound;
    enum status status = feeder_await_rate(&s->feeder, e);
    if (!status)
        status = sound_open(&s->sound, o, s->feeder.rate, e);
    if (status)
        return status;
    struct marks_target target = {
        .given = s->options.tags,
        .tags = sound_tags,
        .mark = sound_mark,
        .to = &s->sound,
    };
    marks_begin(&s->marks, o->sink, &target);
    return STATUS_OK;
}

static enum status run(struct saver *s, struct err *e)
{
    /* The workers speak the first sentences while the sink opens, which may take long. */
    feeder_feed(&s->feeder);
    if (check_stop(s, e))
        return STATUS_STOPPED;
    if (!s->feeder.next_id)
        return err_set(e, STATUS_INPUT, "There is nothing to speak.");
    enum status status = open_sound(s, e);
    if (status)
        return status;
    status = speak(s, e);
    /* A stream that is full keeps its sound. After any other failure the file is removed; so is a
     * file that would hold only silence. */
    if (status && status != STATUS_PARTIAL)
        return status;
    if (!status)
        status = judge(s, e);
    if (status == STATUS_INPUT)
        return status;
    if (s->client->complete) {
        enum status failed = s->client->complete(s->client->user, e);
        if (failed)
            return failed;
    }
    enum status finished = sound_finish(&s->sound, e);
    return finished ? finished : status;
}

enum status saver_run(struct saver *s, const struct rules *rules, const struct saver_client *client,
                      struct err *e)
{
    s->client = client;
    feeder_begin(&s->feeder, rules, &client->source);
    enum status status = run(s, e);
    sound_close(&s->sound); /* first: what follows may take time, and nothing may sound meanwhile */
    feeder_abandon(&s->feeder);
    return status;
}

void saver_stats(const struct saver *s, struct docbao_stats *stats)
{
    *stats = (struct docbao_stats){
        .first_block_ns = s->sound.first_ns,
        .frames = s->sound.frames,
        .rate = s->sound.rate,
        .sentences = s->feeder.sentences,
        .lost = s->feeder.lost,
        .cached = s->feeder.cached,
    };
}

void saver_close(struct saver *s)
{
    if (!s)
        return;
    sound_close(&s->sound);
    feeder_close(&s->feeder);
    marks_free(&s->marks);
    free(s);
}
