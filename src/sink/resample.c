#include "sink/resample.h"

#include <soxr.h>

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
    /* Room that is made at a time: what comes out at once is seldom more. */
    STEP_FRAMES = 4096,
    /* The delay is measured on so many pieces of a hundredth of a second. */
    TRIALS = 50,
    TRIALS_A_SECOND = 100,
};

static const int64_t second_ns = 1000 * 1000 * 1000;

struct resample {
    soxr_t soxr;
    uint32_t from, to, channels;
    uint64_t taken, given; /* frames since the last clear, at `from` and at `to` */
    uint64_t most_behind;  /* frames of `to` */
    int16_t *out;
    uint32_t out_room; /* frames */
};

static soxr_t make(const struct resample *r)
{
    soxr_error_t error = NULL;
    soxr_io_spec_t io = soxr_io_spec(SOXR_INT16_I, SOXR_INT16_I);
    io.flags |= SOXR_NO_DITHER; /* silence stays silence */
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_t soxr = soxr_create(r->from, r->to, r->channels, &error, &io, &quality, &runtime);
    if (error) {
        soxr_delete(soxr);
        return NULL;
    }
    return soxr;
}

/* How far it lies behind is found by trying: half a second of silence. */
static void measure_delay(struct resample *r)
{
    uint32_t piece = r->from / TRIALS_A_SECOND + 1, count;
    int16_t *silence = mem_zalloc((size_t)piece * r->channels * sizeof *silence);
    for (int i = 0; i < TRIALS; i++) {
        resample_put(r, silence, piece, &count);
        uint64_t due = r->taken * r->to / r->from;
        uint64_t behind = due > r->given ? due - r->given : 0;
        r->most_behind = behind > r->most_behind ? behind : r->most_behind;
    }
    free(silence);
    resample_clear(r);
}

struct resample *resample_open(uint32_t from, uint32_t to, uint32_t channels)
{
    struct resample *r = mem_zalloc(sizeof *r);
    *r = (struct resample){.from = from, .to = to, .channels = channels};
    r->soxr = make(r);
    if (!r->soxr) {
        free(r);
        return NULL;
    }
    measure_delay(r);
    return r;
}

/* One round: takes what it can of the input (NULL: there is no more) and adds what comes out;
 * gives whether anything moved. */
static bool step(struct resample *r, const int16_t **pcm, uint32_t *frames, uint32_t *count)
{
    if (r->out_room - *count < STEP_FRAMES) {
        r->out_room += STEP_FRAMES;
        r->out = mem_regrow(r->out, r->out_room, r->channels * sizeof *r->out);
    }
    size_t taken = 0, given = 0;
    soxr_error_t error = soxr_process(r->soxr, *pcm, *frames, &taken,
                                      r->out + (size_t)*count * r->channels, STEP_FRAMES, &given);
    if (*pcm)
        *pcm += taken * r->channels;
    *frames -= (uint32_t)taken;
    *count += (uint32_t)given;
    r->taken += taken;
    r->given += given;
    return !error && (taken || given);
}

const int16_t *resample_put(struct resample *r, const int16_t *pcm, uint32_t frames,
                            uint32_t *count)
{
    *count = 0;
    while (frames && step(r, &pcm, &frames, count))
        ;
    return r->out;
}

/* A new one rather than soxr_clear, which forgets the ratio in version 0.1.3. A failure leaves
 * nothing to go on with: the one that is there has the better chance. */
void resample_clear(struct resample *r)
{
    soxr_t fresh = make(r);
    r->taken = r->given = 0;
    if (!fresh)
        return;
    soxr_delete(r->soxr);
    r->soxr = fresh;
}

const int16_t *resample_flush(struct resample *r, uint32_t *count)
{
    const int16_t *none = NULL;
    uint32_t frames = 0;
    *count = 0;
    while (step(r, &none, &frames, count))
        ;
    resample_clear(r);
    return r->out;
}

int64_t resample_delay(const struct resample *r)
{
    return (int64_t)r->most_behind * second_ns / r->to;
}

void resample_close(struct resample *r)
{
    if (!r)
        return;
    soxr_delete(r->soxr);
    free(r->out);
    free(r);
}
