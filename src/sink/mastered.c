/*
 * The file sink with what a producer wants done to the sound before it:
 *
 *     16 bits ─▶ tone ─▶ rate ─▶ (loudness and peak) ─▶ dither ─▶ channels ─▶ file
 *
 * All of it is done in the channels that come, and in real numbers from the first step to the
 * dither; one channel becomes two at the end. Tags and marks go to the file at once, and so before
 * the sound where this has to wait.
 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "sink/file.h"
#include "sink/master/dither.h"
#include "sink/master/leveller.h"
#include "sink/master/tone.h"
#include "sink/sink.h"
#include "sink/stage/resampler.h"

enum { PIECE_FRAMES = 4096, MOST_CHANNELS = 2 };

static const double full_scale = 32768;
static const double usual_peak_dbtp = -1; /* EBU R 128 */
/* Formats that leave out a part of the sound make its peaks higher: by 0.3 to 1 dB with MP3, AAC,
 * Vorbis and Opus at bit rates for speech. */
static const double lossy_room_db = 1;

struct mastered {
    const struct sink_delivery *delivery;
    const volatile sig_atomic_t *stop;
    void *file;          /* of sink_file; NULL: not open */
    uint32_t from, rate; /* frames a second that come and go */
    uint32_t width;      /* channels that come */
    uint32_t channels;   /* that go: as many, or two of one */
    bool exact;          /* the samples stay as they are */
    struct tone tone;
    const struct resampler_driver *resampler; /* NULL: the rates are equal */
    void *resampling;
    struct leveller *leveller; /* NULL: neither loudness nor peak matter */
    struct dither dither;
    VEC(float) resampled;
};

/* ---- opening ---- */

static enum status open_resampling(struct mastered *m, struct err *e)
{
    if (m->from == m->rate)
        return STATUS_OK;
    enum status status = resampler_load(&m->resampler, m->from, m->rate, e);
    if (!status)
        m->resampling = resampler_open(m->resampler, m->from, m->rate, m->width, true, e);
    return m->resampling ? STATUS_OK : e->status;
}

static double highest_peak(const struct sink_delivery *d, const char *target)
{
    double peak = d->has_peak ? d->peak_dbtp : usual_peak_dbtp;
    const char *format = sink_file_ending(target, d->ending);
    if (!format || !sink_file_is_lossy(format))
        return peak;
    return fmin(peak, usual_peak_dbtp) - lossy_room_db;
}

static enum status open_leveller(struct mastered *m, const char *target, struct err *e)
{
    const struct sink_delivery *d = m->delivery;
    struct leveller_settings settings = {
        .target = target,
        .rate = m->rate,
        .width = m->width,
        .channels = m->channels,
        .has_loudness = d->has_loudness,
        .lufs = d->lufs,
        .peak_dbtp = highest_peak(d, target),
    };
    if (!d->has_loudness && !d->has_peak)
        return STATUS_OK;
    return leveller_open(&m->leveller, &settings, e);
}

static void mastered_close(void *state)
{
    struct mastered *m = state;
    if (m->file)
        sink_file.close(m->file);
    if (m->resampling)
        m->resampler->close(m->resampling);
    leveller_close(m->leveller);
    tone_close(&m->tone);
    vec_free(&m->resampled);
    free(m);
}

static enum status mastered_open(void **state, const char *target, const struct sink_format *format,
                                 struct err *e)
{
    const struct sink_delivery *d = format->delivery;
    struct mastered *m = mem_zalloc(sizeof *m);
    struct sink_format given = *format;
    *state = NULL;
    m->delivery = d;
    m->stop = format->stop;
    m->from = format->rate;
    m->rate = given.rate = d->rate ? d->rate : format->rate;
    m->width = format->channels;
    m->channels = given.channels = d->channels > m->width ? d->channels : m->width;
    m->exact = !tone_is_wanted(&d->tone) && m->from == m->rate;
    tone_open(&m->tone, &d->tone, m->from, m->width);
    enum status status = open_resampling(m, e);
    if (!status)
        status = sink_file.open(&m->file, target, &given, e);
    if (!status)
        status = open_leveller(m, target, e);
    if (status)
        mastered_close(m);
    else
        *state = m;
    return status;
}

/* ---- sound ---- */

/* At most PIECE_FRAMES. */
static enum status write_channels(struct mastered *m, const int16_t *pcm, size_t n, struct err *e)
{
    int16_t frames[PIECE_FRAMES * MOST_CHANNELS];
    if (m->channels == m->width)
        return sink_file.write(m->file, pcm, (uint32_t)n, e);
    for (size_t i = 0; i < n; i++)
        frames[2 * i] = frames[2 * i + 1] = pcm[i];
    return sink_file.write(m->file, frames, (uint32_t)n, e);
}

/* At most PIECE_FRAMES. */
static enum status write_samples(struct mastered *m, const float *sound, size_t n, struct err *e)
{
    int16_t pcm[PIECE_FRAMES * MOST_CHANNELS];
    dither_samples(&m->dither, sound, n * m->width, pcm);
    return write_channels(m, pcm, n, e);
}

static enum status take_samples(struct mastered *m, const float *sound, size_t n, struct err *e)
{
    if (m->leveller)
        return leveller_add(m->leveller, sound, n, e);
    enum status status = STATUS_OK;
    for (size_t at = 0; at < n && !status; at += PIECE_FRAMES)
        status = write_samples(m, sound + at * m->width,
                               n - at < PIECE_FRAMES ? n - at : PIECE_FRAMES, e);
    return status;
}

/* Takes frames (NULL: there are no more), passes on what comes out. */
static enum status change_rate(struct mastered *m, const float *sound, size_t n, struct err *e)
{
    size_t taken, given;
    bool moved = true;
    if (!m->resampling)
        return n ? take_samples(m, sound, n, e) : STATUS_OK;
    m->resampled.n = 0;
    while (moved && (n || !sound)) {
        vec_reserve(&m->resampled, (size_t)PIECE_FRAMES * m->width);
        moved = m->resampler->process(m->resampling, sound, n, &taken,
                                      m->resampled.at + m->resampled.n, PIECE_FRAMES, &given);
        if (sound)
            sound += taken * m->width;
        n -= taken;
        m->resampled.n += given * m->width;
    }
    size_t frames = m->resampled.n / m->width;
    return frames ? take_samples(m, m->resampled.at, frames, e) : STATUS_OK;
}

/* At most PIECE_FRAMES. */
static enum status take_piece(struct mastered *m, const int16_t *pcm, size_t n, struct err *e)
{
    float sound[PIECE_FRAMES * MOST_CHANNELS];
    float toned[(PIECE_FRAMES + TONE_STEP) * MOST_CHANNELS];
    if (m->exact && !m->leveller)
        return write_channels(m, pcm, n, e);
    for (size_t i = 0; i < n * m->width; i++)
        sound[i] = (float)(pcm[i] / full_scale);
    if (m->exact)
        return change_rate(m, sound, n, e);
    n = tone_process(&m->tone, sound, n, toned);
    return n ? change_rate(m, toned, n, e) : STATUS_OK;
}

static enum status mastered_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct mastered *m = state;
    enum status status = STATUS_OK;
    for (size_t at = 0; at < frames && !status; at += PIECE_FRAMES)
        status = take_piece(m, pcm + at * m->width,
                            frames - at < PIECE_FRAMES ? frames - at : PIECE_FRAMES, e);
    return status;
}

static enum status mastered_tags(void *state, const struct sink_tags *tags, struct err *e)
{
    const struct mastered *m = state;
    return sink_file.tags(m->file, tags, e);
}

/* The file is given sound of another rate: the same moment has another frame there. */
static enum status mastered_mark(void *state, const struct sink_mark *mark, struct err *e)
{
    const struct mastered *m = state;
    struct sink_mark moved = *mark;
    uint64_t seconds = mark->frame / m->from, rest = mark->frame % m->from;
    moved.frame = seconds * m->rate + (rest * m->rate + m->from / 2) / m->from;
    return sink_file.mark(m->file, &moved, e);
}

/* ---- the end ---- */

static enum status write_levelled(struct mastered *m, struct err *e)
{
    float sound[PIECE_FRAMES * MOST_CHANNELS];
    size_t n;
    for (;;) {
        if (m->stop && *m->stop)
            return err_set(e, STATUS_STOPPED, "Stopped.");
        enum status status = leveller_next(m->leveller, sound, PIECE_FRAMES, &n, e);
        if (!status && n)
            status = write_samples(m, sound, n, e);
        if (status || !n)
            return status;
    }
}

static enum status level_sound(struct mastered *m, struct err *e)
{
    struct leveller_report report;
    enum status status = leveller_settle(m->leveller, &report, e);
    if (status)
        return status;
    struct sink_level level = {
        .known = !report.is_silent,
        .lufs = report.lufs,
        .peak_dbtp = report.peak_dbtp,
        .gain_db = report.gain_db,
        .most_cut_db = report.most_cut_db,
    };
    sink_file.level(m->file, &level);
    if (m->delivery->level)
        *m->delivery->level = level;
    return write_levelled(m, e);
}

static enum status mastered_finish(void *state, struct err *e)
{
    struct mastered *m = state;
    float rest[TONE_STEP * MOST_CHANNELS];
    enum status status = STATUS_OK;
    for (size_t n; !status && (n = tone_end(&m->tone, rest)) > 0;)
        status = change_rate(m, rest, n, e);
    if (!status)
        status = change_rate(m, NULL, 0, e);
    if (!status && m->leveller)
        status = level_sound(m, e);
    return status ? status : sink_file.finish(m->file, e);
}

const struct sink_driver sink_mastered = {
    .name = "mastered",
    .open = mastered_open,
    .write = mastered_write,
    .finish = mastered_finish,
    .close = mastered_close,
    .tags = mastered_tags,
    .mark = mastered_mark,
    .only_parts = true,
};
