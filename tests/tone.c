#include "tone.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

enum {
    TONE_RATE = 22050,
    WORD_FRAMES = 2205,
    BLOCK_FRAMES = 735,
    LONG_FRAMES = 300 * TONE_RATE,
    USUAL_RATE = 170
};

/* Of this child, as of every engine: its state is its process's. */
static uint32_t word_frames = WORD_FRAMES;

static enum status tone_start(const struct synth_settings *settings, uint32_t *rate, struct err *e)
{
    if (strcmp(settings->voice, "none") == 0)
        return err_set(e, STATUS_USAGE, "The tone engine has no voice \"none\".");
    if (strcmp(settings->voice, "dies") == 0)
        abort();
    *rate = TONE_RATE;
    return STATUS_OK;
}

static enum status tone_adjust(const struct synth_settings *settings, struct err *e)
{
    if (strcmp(settings->voice, "none") == 0)
        return err_set(e, STATUS_USAGE, "The tone engine has no voice \"none\".");
    word_frames = WORD_FRAMES / BLOCK_FRAMES * USUAL_RATE / settings->rate * BLOCK_FRAMES;
    return STATUS_OK;
}

static enum status act(struct sv word, struct err *e)
{
    if (sv_is(word, "crash") || sv_is(word, "ngã"))
        abort();
    if (sv_is(word, "exit"))
        _exit(3);
    if (sv_is(word, "stop"))
        raise(SIGSTOP);
    if (sv_is(word, "slow"))
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    while (sv_is(word, "hang"))
        pause();
    if (sv_is(word, "fail"))
        return err_set(e, STATUS_PARTIAL, "the tone engine was asked to fail");
    return STATUS_OK;
}

/* A saw of a period between 32 and 95 frames. */
static bool make_tone(const struct synth_output *out, uint32_t seed, uint32_t frames)
{
    int16_t block[BLOCK_FRAMES];
    uint32_t period = 32 + seed % 64;
    for (uint32_t done = 0; done < frames; done += BLOCK_FRAMES) {
        for (uint32_t i = 0; i < BLOCK_FRAMES; i++)
            block[i] = (int16_t)((done + i) % period * 8000 / period);
        if (!out->audio(out->to, block, BLOCK_FRAMES))
            return false;
    }
    return true;
}

static enum status tone_speak(const char *text, const struct synth_output *out, struct err *e)
{
    struct sv rest = sv_of(text);
    uint32_t position = 0, frame = 0;
    while (rest.p) {
        struct sv word = sv_cut(&rest, ' ');
        enum status status = act(word, e);
        if (status != STATUS_OK)
            return status;
        if (word.n) {
            uint32_t frames = sv_is(word, "long") ? LONG_FRAMES : word_frames;
            uint32_t seed = (uint32_t)sv_hash(word) + position;
            if (!out->word(out->to, position, frame) || !make_tone(out, seed, frames))
                return STATUS_OK;
            frame += frames;
        }
        position += (uint32_t)utf8_count(word) + 1;
    }
    return STATUS_OK;
}

static bool tone_has_voice(const char *voice, struct buf *why)
{
    bool has = strcmp(voice, "none") != 0;
    if (!has)
        buf_adds(why, "the tone engine has no voice \"none\"");
    return has;
}

static void tone_prepare(const struct rules *rules, enum dialect dialect,
                         const struct synth_word *words, size_t n, struct buf *text,
                         uint32_t *positions)
{
    uint32_t position = 0;
    (void)rules;
    (void)dialect;
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_putc(text, ' ');
        positions[i] = position;
        buf_add_sv(text, words[i].spoken);
        if (words[i].pause)
            buf_putc(text, words[i].pause);
        position += (uint32_t)utf8_count(words[i].spoken) + (words[i].pause ? 2 : 1);
    }
}

static void tone_count(enum dialect dialect, const struct synth_word *words, size_t n,
                       double *terms)
{
    (void)dialect;
    (void)words;
    terms[0] = (double)n;
}

static void tone_weigh(enum dialect dialect, const struct synth_settings *settings, double *weights)
{
    (void)dialect;
    weights[0] = 1000.0 * WORD_FRAMES / TONE_RATE * USUAL_RATE / settings->rate;
}

const struct synth_engine synth_tone = {
    .name = "tone",
    .rate_min = 80,
    .rate_max = 449,
    .dies_at_start = "The tone engine died again and again while starting.",
    .start = tone_start,
    .adjust = tone_adjust,
    .speak = tone_speak,
    .prepare = tone_prepare,
    .timing = {1, tone_count, tone_weigh},
    .has_voice = tone_has_voice,
};
