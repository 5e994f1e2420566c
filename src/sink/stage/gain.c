#include "sink/stage/stage.h"

enum {
    MS_PER_SECOND = 1000,
    FULL_VOLUME = 100,
    /* A change of volume is spread over so many frames. */
    RAMP_FRAMES = 256,
};

struct gain {
    const struct gain_settings *settings;
    uint32_t channels;
    uint32_t from, to; /* percent, at the start and at the end of the ramp */
    uint32_t ramp;     /* frames since the ramp began; RAMP_FRAMES: it is over */
    uint32_t fade;     /* frames that a fade takes */
    uint32_t fading;   /* frames that still fade in */
};

static uint32_t wanted_volume(const struct gain *g)
{
    return atomic_load_explicit(g->settings->percent, memory_order_relaxed);
}

static enum status gain_open(void **state, const void *settings, struct stage_format *format,
                             struct err *e)
{
    struct gain *g = mem_zalloc(sizeof *g);
    (void)e;
    g->settings = settings;
    g->channels = format->channels;
    g->from = g->to = FULL_VOLUME;
    g->ramp = RAMP_FRAMES;
    g->fade = format->rate * g->settings->fade_ms / MS_PER_SECOND + 1;
    *state = g;
    return STATUS_OK;
}

/* The volume of the frame after `ramp` frames of the ramp. */
static uint32_t volume_at(const struct gain *g, uint32_t ramp)
{
    int64_t change = (int64_t)g->to - g->from;
    return (uint32_t)(g->from + change * ramp / RAMP_FRAMES);
}

/* A change starts from where the last one has come to. */
static void follow_volume(struct gain *g)
{
    uint32_t volume = wanted_volume(g);
    if (volume == g->to)
        return;
    g->from = volume_at(g, g->ramp);
    g->to = volume;
    g->ramp = 0;
}

static bool changes_nothing(const struct gain *g)
{
    return g->to == FULL_VOLUME && g->ramp == RAMP_FRAMES && !g->fading;
}

static void add_frame(struct gain *g, const int16_t *frame, struct samples *out)
{
    g->ramp += g->ramp < RAMP_FRAMES;
    int64_t volume = volume_at(g, g->ramp);
    for (uint32_t c = 0; c < g->channels; c++) {
        /* The ear hears the square: half of the number is about half as loud. */
        int64_t sample = frame[c] * volume * volume / (FULL_VOLUME * FULL_VOLUME);
        sample = sample * (int64_t)(g->fade - g->fading) / (int64_t)g->fade;
        out->at[out->n++] = (int16_t)sample;
    }
    g->fading -= g->fading > 0;
}

static void gain_process(void *state, const int16_t *pcm, uint32_t frames, struct samples *out)
{
    struct gain *g = state;
    size_t count = (size_t)frames * g->channels;
    follow_volume(g);
    vec_reserve(out, count);
    size_t at = 0;
    for (; at < count && !changes_nothing(g); at += g->channels)
        add_frame(g, pcm + at, out);
    memcpy(out->at + out->n, pcm + at, (count - at) * sizeof *pcm);
    out->n += count - at;
}

/* The first sound after a cut begins from nothing. */
static void gain_clear(void *state)
{
    struct gain *g = state;
    g->fading = g->fade;
}

static void gain_close(void *state)
{
    free(state);
}

const struct stage_driver stage_gain = {
    .name = "gain",
    .open = gain_open,
    .process = gain_process,
    .clear = gain_clear,
    .close = gain_close,
};
