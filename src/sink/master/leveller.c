#include "sink/master/leveller.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "sink/master/limiter.h"
#include "sink/master/loudness.h"
#include "sink/master/spool.h"
#include "sink/master/true_peak.h"

enum {
    BLOCKS_A_SECOND = 500,
    STEPS_A_SECOND = 10, /* of the loudness meter */
    MOST_TRIALS = 12,
    BEFORE = TRUE_PEAK_HALF - 1, /* frames that a peak depends on, before its block */
    MOST_CHANNELS = 2,
};

/* The wave may go higher between the points where the limiter looks at it. */
static const double margin_db = 0.1;
static const double close_enough = 0.01; /* LU; more trials would change nothing that is heard */
static const double most_gain_db = 40;

/* The note of a block. */
struct note {
    float peak;
    float energy; /* the sum of the squares of the weighted samples of all channels */
};

struct leveller {
    struct leveller_settings settings;
    uint32_t block; /* frames in a block */
    struct spool *sound, *notes;
    uint64_t frames, blocks;
    /* Of each channel, the samples that are not noted yet, with the BEFORE ones before them. */
    VEC(float) windows[MOST_CHANNELS];
    struct true_peak detector;
    struct k_weight weights[MOST_CHANNELS];
    struct loudness_meter meter;
    double gain;
    /* While the result is given: */
    struct limiter limiter;
    double from, to; /* the gain at the borders of the present block */
    uint32_t inside; /* frames of it that were given */
};

/* ---- taking sound ---- */

enum status leveller_open(struct leveller **out, const struct leveller_settings *settings,
                          struct err *e)
{
    struct leveller *l = mem_zalloc(sizeof *l);
    l->settings = *settings;
    l->block = settings->rate / BLOCKS_A_SECOND;
    true_peak_open(&l->detector);
    for (uint32_t c = 0; c < settings->width; c++) {
        k_weight_open(&l->weights[c], settings->rate);
        for (int i = 0; i < BEFORE; i++)
            *vec_push(&l->windows[c]) = 0;
    }
    enum status status = spool_open(&l->sound, settings->target, e);
    if (!status)
        status = spool_open(&l->notes, settings->target, e);
    if (status) {
        leveller_close(l);
        l = NULL;
    }
    *out = l;
    return status;
}

static double energy_of(struct leveller *l, uint32_t channel, const float *sound)
{
    double energy = 0;
    for (uint32_t i = 0; i < l->block; i++) {
        double weighted = k_weight_next(&l->weights[channel], sound[i]);
        energy += weighted * weighted;
    }
    return energy;
}

/* The block that begins so many samples behind the start of the windows. */
static void note_block(struct leveller *l, size_t at)
{
    struct note note = {0, 0};
    double energy = 0;
    for (uint32_t c = 0; c < l->settings.width; c++) {
        const float *sound = l->windows[c].at + at;
        note.peak = fmaxf(note.peak, true_peak_of(&l->detector, sound, l->block));
        energy += energy_of(l, c, sound);
    }
    note.energy = (float)energy;
    spool_write(l->notes, &note, sizeof note);
    l->blocks++;
}

/* Notes the blocks that all is known for. */
static void note_blocks(struct leveller *l)
{
    size_t at = 0;
    while (l->windows[0].n - at >= (size_t)BEFORE + l->block + TRUE_PEAK_HALF) {
        note_block(l, at + BEFORE);
        at += l->block;
    }
    for (uint32_t c = 0; c < l->settings.width; c++) {
        l->windows[c].n -= at;
        memmove(l->windows[c].at, l->windows[c].at + at, l->windows[c].n * sizeof(float));
    }
}

static void add_to_windows(struct leveller *l, const float *sound, size_t frames)
{
    uint32_t width = l->settings.width;
    for (uint32_t c = 0; c < width; c++) {
        vec_reserve(&l->windows[c], frames);
        float *to = l->windows[c].at + l->windows[c].n;
        for (size_t i = 0; i < frames; i++)
            to[i] = sound[i * width + c];
        l->windows[c].n += frames;
    }
    note_blocks(l);
}

static enum status spools_status(const struct leveller *l, struct err *e)
{
    enum status status = spool_status(l->sound, e);
    return status ? status : spool_status(l->notes, e);
}

enum status leveller_add(struct leveller *l, const float *sound, size_t frames, struct err *e)
{
    l->frames += frames;
    spool_write(l->sound, sound, frames * l->settings.width * sizeof *sound);
    add_to_windows(l, sound, frames);
    return spools_status(l, e);
}

/* ---- finding the gain ---- */

struct trial {
    struct limiter limiter;
    double energy;   /* of the present step of the meter */
    uint64_t frames; /* of it */
    uint64_t step;
    double least; /* gain at a border */
    double most;  /* peak of a block, limited */
};

/* The block between two borders; its gain goes in a straight line from `a` to `b`. */
static void try_block(struct leveller *l, struct trial *t, uint64_t index, const struct note *note,
                      double a, double b)
{
    uint64_t step = index * l->block * STEPS_A_SECOND / l->settings.rate;
    if (step != t->step) {
        loudness_step(&l->meter, t->energy / (double)t->frames);
        t->energy = 0;
        t->frames = 0;
        t->step = step;
    }
    t->energy += note->energy * (a * a + a * b + b * b) / 3;
    t->frames += l->block;
    double peak = note->peak * (a > b ? a : b);
    t->most = peak > t->most ? peak : t->most;
    t->least = b < t->least ? b : t->least;
}

static double ceiling_of(const struct leveller *l)
{
    return pow(10, (l->settings.peak_dbtp - margin_db) / 20);
}

/* Goes through all notes with this gain: afterwards the meter knows the loudness of the result. */
static void try_gain(struct leveller *l, double gain, struct trial *t)
{
    /* The notes of the blocks that the limiter knows and whose gain it has not given yet. */
    struct note waiting[LIMITER_DELAY + 1];
    double before = 0;
    *t = (struct trial){.least = gain};
    limiter_begin(&t->limiter, gain, ceiling_of(l), BLOCKS_A_SECOND);
    loudness_begin(&l->meter);
    spool_rewind(l->notes);
    for (uint64_t i = 0; i <= l->blocks + LIMITER_DELAY; i++) {
        struct note note = {0, 0};
        spool_read(l->notes, &note, sizeof note);
        double border = limiter_next(&t->limiter, note.peak);
        if (i > LIMITER_DELAY)
            try_block(l, t, i - LIMITER_DELAY - 1, &waiting[i % (LIMITER_DELAY + 1)], before,
                      border);
        waiting[i % (LIMITER_DELAY + 1)] = note;
        before = border;
    }
}

/* The loudness after a trial, in all channels. */
static bool trial_loudness(const struct leveller *l, double *lufs)
{
    if (!loudness_of(&l->meter, lufs))
        return false;
    *lufs += 10 * log10((double)l->settings.channels / l->settings.width);
    return true;
}

/* The limiter takes loudness away, so what is missing is added to the gain, and that is tried. */
static bool find_gain(struct leveller *l, struct trial *t, double *gain_db, double *lufs)
{
    *gain_db = 0;
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
        try_gain(l, pow(10, *gain_db / 20), t);
        if (!trial_loudness(l, lufs))
            return false;
        double missing = l->settings.lufs - *lufs;
        if (!l->settings.has_loudness || fabs(missing) < close_enough)
            return true;
        if (trial + 1 < MOST_TRIALS && *gain_db + missing < most_gain_db)
            *gain_db += missing;
    }
    return true;
}

/* Notes the last frames; silence follows them. */
static void note_the_end(struct leveller *l)
{
    static const float silence[TRUE_PEAK_HALF * MOST_CHANNELS];
    uint64_t blocks = (l->frames + l->block - 1) / l->block;
    while (l->blocks < blocks)
        add_to_windows(l, silence, TRUE_PEAK_HALF);
}

static double decibels(double ratio)
{
    return 20 * log10(ratio);
}

static void begin_result(struct leveller *l)
{
    limiter_begin(&l->limiter, l->gain, ceiling_of(l), BLOCKS_A_SECOND);
    spool_rewind(l->notes);
    spool_rewind(l->sound);
    l->inside = l->block;
    for (int i = 0; i <= LIMITER_DELAY; i++) {
        struct note note = {0, 0};
        spool_read(l->notes, &note, sizeof note);
        l->to = limiter_next(&l->limiter, note.peak);
    }
}

enum status leveller_settle(struct leveller *l, struct leveller_report *report, struct err *e)
{
    struct trial t;
    double gain_db, lufs = 0;
    note_the_end(l);
    bool heard = find_gain(l, &t, &gain_db, &lufs);
    l->gain = pow(10, gain_db / 20);
    *report = (struct leveller_report){
        .is_silent = !heard,
        .lufs = lufs,
        .peak_dbtp = t.most > 0 ? decibels(t.most) : 0,
        .gain_db = gain_db,
        .most_cut_db = decibels(l->gain / t.least),
    };
    begin_result(l);
    return spools_status(l, e);
}

/* ---- giving the result ---- */

static void next_block(struct leveller *l)
{
    struct note note = {0, 0};
    spool_read(l->notes, &note, sizeof note);
    l->from = l->to;
    l->to = limiter_next(&l->limiter, note.peak);
    l->inside = 0;
}

enum status leveller_next(struct leveller *l, float *sound, size_t most, size_t *n, struct err *e)
{
    uint32_t width = l->settings.width;
    size_t frame = width * sizeof *sound;
    *n = spool_read(l->sound, sound, most * frame) / frame;
    for (size_t i = 0; i < *n; i++) {
        if (l->inside == l->block)
            next_block(l);
        double part = (double)l->inside++ / l->block;
        float gain = (float)(l->from + (l->to - l->from) * part);
        for (uint32_t c = 0; c < width; c++)
            sound[i * width + c] *= gain;
    }
    return spools_status(l, e);
}

void leveller_close(struct leveller *l)
{
    if (!l)
        return;
    spool_close(l->sound);
    spool_close(l->notes);
    for (uint32_t c = 0; c < l->settings.width; c++)
        vec_free(&l->windows[c]);
    free(l);
}
