#include "session/takes.h"

#include "sink/master/spool.h"
#include "sink/stage/chain.h"

enum { STEPS_A_SECOND = 10, WAIT_MS = 100, SILENCE_FRAMES = 1024 };

static const double full_scale = 32768;

/* ---- recording ---- */

static void measure(struct takes *t, const int16_t *pcm, uint32_t frames)
{
    for (uint32_t i = 0; i < frames; i++) {
        double weighted = k_weight_next(&t->weight, pcm[i] / full_scale);
        t->squares += weighted * weighted;
        if (++t->step < t->rate / STEPS_A_SECOND)
            continue;
        loudness_step(t->meter, t->squares / t->step);
        t->squares = t->step = 0;
    }
}

static void add_sound(struct takes *t, struct take *take, const int16_t *pcm, uint32_t frames)
{
    measure(t, pcm, frames);
    spool_write(t->spool, pcm, frames * sizeof *pcm);
    take->frames += frames;
}

static void add_silence(struct takes *t, struct take *take, uint32_t frames)
{
    static const int16_t silence[SILENCE_FRAMES];
    while (frames) {
        uint32_t piece = frames < SILENCE_FRAMES ? frames : SILENCE_FRAMES;
        spool_write(t->spool, silence, piece * sizeof *silence);
        take->frames += piece;
        frames -= piece;
    }
}

static void add_times(struct takes *t, struct take *take, const struct clip *clip)
{
    take->word0 = (uint32_t)t->times.n;
    take->words = (uint32_t)clip->times.n;
    for (size_t i = 0; i < clip->times.n; i++)
        *vec_push(&t->times) = clip->times.at[i];
}

struct recorder {
    struct takes *takes;
    struct feeder feeder;
    const struct takes_options *options;
    struct take take; /* the one that is coming */
};

static void end_take(struct recorder *r, const struct clip *clip)
{
    r->take.lost = clip->loss.n > 0;
    add_times(r->takes, &r->take, clip);
    *vec_push(&r->takes->takes) = r->take;
    r->take = (struct take){0};
    feeder_drop(&r->feeder, 1);
}

static void take_event(struct recorder *r, const struct feeder_event *event)
{
    const struct takes_options *o = r->options;
    const struct clip *clip = event->clip;
    if (event->kind == FEEDER_AUDIO)
        add_sound(r->takes, &r->take, event->pcm, event->frames);
    if (event->kind == FEEDER_LOST) {
        add_silence(r->takes, &r->take, event->frames);
        if (o->lost)
            o->lost(o->user, clip->article, clip->sentence, clip->loss.p);
    }
    if (event->kind != FEEDER_NOTHING && clip->complete)
        end_take(r, clip);
}

static enum status record_all(struct recorder *r, struct err *e)
{
    const volatile sig_atomic_t *stop = r->options->stop;
    enum status status = STATUS_OK;
    while (!status && !feeder_is_done(&r->feeder)) {
        struct feeder_event event;
        if (stop && *stop)
            return err_set(e, STATUS_STOPPED, "Stopped.");
        status = feeder_next(&r->feeder, WAIT_MS, &event, e);
        if (!status)
            take_event(r, &event);
        if (!status)
            status = spool_status(r->takes->spool, e);
        feeder_feed(&r->feeder);
    }
    return status;
}

static enum status record(struct recorder *r, const struct feeder_source *source, struct err *e)
{
    struct takes *t = r->takes;
    feeder_begin(&r->feeder, r->options->rules, source);
    feeder_feed(&r->feeder);
    enum status status = feeder_await_rate(&r->feeder, e);
    if (status)
        return status;
    t->rate = r->feeder.rate;
    k_weight_open(&t->weight, t->rate);
    status = spool_open(&t->spool, r->options->target, e);
    if (!status)
        status = record_all(r, e);
    t->lost = r->feeder.lost;
    t->cached = r->feeder.cached;
    t->has_lufs = loudness_of(t->meter, &t->lufs);
    return status;
}

enum status takes_record(struct takes *t, const struct takes_options *options,
                         const struct feeder_source *source, struct err *e)
{
    struct recorder r = {.takes = t, .options = options};
    t->meter = mem_zalloc(sizeof *t->meter);
    loudness_begin(t->meter);
    enum status status = feeder_open(&r.feeder, &options->feeder, e);
    if (!status)
        status = record(&r, source, e);
    feeder_close(&r.feeder);
    free(t->meter);
    t->meter = NULL;
    return status;
}

/* ---- reading ---- */

static enum status open_chain(struct takes *t, uint32_t rate, struct err *e)
{
    const struct stage_format in = {.rate = t->rate, .channels = 1};
    const struct stage stage = {&stage_resample, &t->resample};
    t->to = t->resample.rate = rate;
    return chain_open(&t->chain, &stage, rate != t->rate, &in, e);
}

enum status takes_rewind(struct takes *t, uint32_t rate, struct err *e)
{
    enum status status = t->chain ? STATUS_OK : open_chain(t, rate, e);
    t->next = 0;
    if (!status && !spool_rewind(t->spool))
        status = spool_status(t->spool, e);
    return status;
}

static void add_samples(struct samples *to, const int16_t *pcm, uint32_t n)
{
    vec_reserve(to, n);
    if (n)
        memcpy(to->at + to->n, pcm, n * sizeof *pcm);
    to->n += n;
}

/* The sound at the rate that is wanted, of exactly as many frames as that rate makes of it. */
static void change_rate(struct takes *t, uint32_t frames)
{
    uint32_t n, wanted = (uint32_t)((uint64_t)frames * t->to / t->rate);
    const int16_t *pcm = chain_process(t->chain, t->own.at, frames, &n);
    t->sound.n = 0;
    add_samples(&t->sound, pcm, n);
    pcm = chain_flush(t->chain, &n);
    add_samples(&t->sound, pcm, n);
    while (t->sound.n < wanted)
        *vec_push(&t->sound) = 0;
    t->sound.n = wanted;
}

enum status takes_next(struct takes *t, const int16_t **pcm, uint32_t *frames, struct err *e)
{
    uint32_t own = t->takes.at[t->next++].frames;
    t->own.n = 0;
    vec_reserve(&t->own, own + 1);
    t->own.n = spool_read(t->spool, t->own.at, own * sizeof *t->own.at) / sizeof *t->own.at;
    if (t->own.n < own)
        memset(t->own.at + t->own.n, 0, (own - t->own.n) * sizeof *t->own.at);
    if (!pcm)
        return spool_status(t->spool, e);
    if (t->to == t->rate) {
        *pcm = t->own.at;
        *frames = own;
    } else {
        change_rate(t, own);
        *pcm = t->sound.at;
        *frames = (uint32_t)t->sound.n;
    }
    return spool_status(t->spool, e);
}

void takes_free(struct takes *t)
{
    chain_close(t->chain);
    spool_close(t->spool);
    vec_free(&t->takes);
    vec_free(&t->times);
    vec_free(&t->own);
    vec_free(&t->sound);
    *t = (struct takes){0};
}
