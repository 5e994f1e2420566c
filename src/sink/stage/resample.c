#include "sink/stage/resampler.h"
#include "sink/stage/stage.h"

enum {
    /* Room that is made at a time: what comes out at once is seldom more. */
    STEP_FRAMES = 4096,
    /* The delay is measured on so many pieces of a hundredth of a second. */
    TRIALS = 50,
    TRIALS_A_SECOND = 100,
};

static const int64_t second_ns = 1000 * 1000 * 1000;

struct resample {
    const struct resampler_driver *driver; /* NULL: the rates are equal */
    void *resampler;
    uint32_t from, to, channels;
    uint64_t most_missing; /* frames out that are held at the most */
};

/* Takes what it can of the input (NULL: there is no more) and appends what comes out; gives whether
 * anything moved. */
static bool resample_some(struct resample *r, const int16_t **pcm, uint32_t *frames,
                          struct samples *out)
{
    size_t taken, given;
    vec_reserve(out, (size_t)STEP_FRAMES * r->channels);
    bool moved = r->driver->process(r->resampler, *pcm, *frames, &taken, out->at + out->n,
                                    STEP_FRAMES, &given);
    if (*pcm)
        *pcm += taken * r->channels;
    *frames -= (uint32_t)taken;
    out->n += given * r->channels;
    return moved;
}

static void resample_process(void *state, const int16_t *pcm, uint32_t frames, struct samples *out)
{
    struct resample *r = state;
    if (!r->driver) {
        size_t count = (size_t)frames * r->channels;
        vec_reserve(out, count);
        memcpy(out->at + out->n, pcm, count * sizeof *pcm);
        out->n += count;
        return;
    }
    while (frames && resample_some(r, &pcm, &frames, out))
        ;
}

/* A new one rather than soxr_clear, which forgets the ratio in version 0.1.3. If that fails, the
 * old one is kept: nothing better is at hand. */
static void resample_clear(void *state)
{
    struct resample *r = state;
    void *fresh = r->driver ? r->driver->open(r->from, r->to, r->channels, false) : NULL;
    if (!fresh)
        return;
    r->driver->close(r->resampler);
    r->resampler = fresh;
}

static void resample_flush(void *state, struct samples *out)
{
    struct resample *r = state;
    const int16_t *none = NULL;
    uint32_t frames = 0;
    if (!r->driver)
        return;
    while (resample_some(r, &none, &frames, out))
        ;
    resample_clear(r);
}

/* Finds by trial how much is held: half a second of silence goes through. */
static void measure_delay(struct resample *r)
{
    uint32_t piece = r->from / TRIALS_A_SECOND + 1;
    int16_t *silence = mem_zalloc((size_t)piece * r->channels * sizeof *silence);
    struct samples out = {0};
    for (uint64_t trial = 1; trial <= TRIALS; trial++) {
        resample_process(r, silence, piece, &out);
        uint64_t due = trial * piece * r->to / r->from, given = out.n / r->channels;
        uint64_t missing = due > given ? due - given : 0;
        r->most_missing = missing > r->most_missing ? missing : r->most_missing;
    }
    vec_free(&out);
    free(silence);
    resample_clear(r);
}

static void resample_close(void *state)
{
    struct resample *r = state;
    if (r->resampler)
        r->driver->close(r->resampler);
    free(r);
}

static enum status open_resampler(struct resample *r, struct err *e)
{
    enum status status = resampler_load(&r->driver, r->from, r->to, e);
    if (!status)
        r->resampler = resampler_open(r->driver, r->from, r->to, r->channels, false, e);
    if (!r->resampler)
        return e->status;
    measure_delay(r);
    return STATUS_OK;
}

static enum status resample_open(void **state, const void *settings, struct stage_format *format,
                                 struct err *e)
{
    const struct resample_settings *wanted = settings;
    struct resample *r = mem_zalloc(sizeof *r);
    *state = NULL;
    *r = (struct resample){.from = format->rate, .to = wanted->rate, .channels = format->channels};
    if (r->from != r->to) {
        enum status status = open_resampler(r, e);
        if (status) {
            resample_close(r);
            return status;
        }
    }
    format->rate = r->to;
    *state = r;
    return STATUS_OK;
}

static int64_t resample_latency(const void *state)
{
    const struct resample *r = state;
    return (int64_t)r->most_missing * second_ns / r->to;
}

const struct stage_driver stage_resample = {
    .name = "resample",
    .open = resample_open,
    .process = resample_process,
    .flush = resample_flush,
    .clear = resample_clear,
    .latency = resample_latency,
    .close = resample_close,
};
