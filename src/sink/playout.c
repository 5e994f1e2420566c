#include "sink/playout.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"
#include "base/module.h"
#include "sink/device.h"
#include "sink/player_end.h"
#include "sink/stage/chain.h"

enum {
    MS_PER_SECOND = 1000,
    /* Long enough for a voice to stop without a click. */
    FADE_MS = 5,
    /* After a cut the device is kept running with silence for so long; then it may rest. */
    HELD_SECONDS = 10,
    /* While it is held: how long it looks for orders at a time. */
    LOOK_MS = 20,
    /* If nothing more comes, the sound that the stages hold is played so long before the device
     * runs dry. */
    LAST_MOMENT_MS = 15,
    /* Stopping the device drops what is still buffered, in it and in the sound server beyond it: so
     * silence is what is dropped. */
    BEYOND_MS = 150,
    /* A device may report its first sound as late: nobody heard that. */
    SETTLE_MS = 100,
};

static const int64_t second_ns = CLOCK_NS_PER_SECOND;
static const int64_t ms_ns = CLOCK_NS_PER_MS;

struct playout {
    const struct player_shared *shared;
    const struct device_driver *driver;
    struct device *device;
    struct device_format format; /* the device's */
    struct chain *chain;         /* from the caller's format to the device's */
    bool holds;                  /* the chain has taken sound that has not come out */
    uint32_t obeyed;             /* the generation of the last cut that was obeyed */
    bool held;                   /* after a cut: silence keeps the device running */
    int64_t held_until;
    int64_t dry_at;     /* when all that was written will have been played, by the clock */
    uint32_t settling;  /* frames of the device until an underrun counts */
    uint32_t underruns; /* not yet reported */
    int16_t last[PLAYER_CHANNELS]; /* the frame written last */
    int16_t *ramp, *silence;       /* one fade, one piece */
    struct gain_settings gain;
    struct resample_settings rate;
    struct channels_settings channels;
};

/* ---- opening ---- */

static uint32_t fade_frames(const struct playout *p)
{
    return p->format.rate * FADE_MS / MS_PER_SECOND + 1;
}

const struct device_driver *playout_device_driver(void)
{
    const void *driver;
    struct err why = ERR_INIT, e = ERR_INIT;
    if (!module_find("device", DEVICE_SYMBOL, &driver, &why))
        return driver;
    err_set(&e, STATUS_DEVICE,
            "No sound can be played: %s. Install the library PortAudio (Debian and Ubuntu: apt "
            "install libportaudio2), or install docbao again. To save the sound instead: “docbao "
            "save FILE -o OUT.wav”.",
            why.message.p);
    player_end_fail(e.message.p);
}

static void open_chain(struct playout *p, const struct sink_format *format)
{
    struct err e = ERR_INIT, whole = ERR_INIT;
    struct stage_format in = {format->rate, format->channels};
    p->gain = (struct gain_settings){&p->shared->volume, FADE_MS};
    p->rate = (struct resample_settings){p->format.rate};
    p->channels = (struct channels_settings){p->format.channels};
    const struct stage stages[] = {
        {&stage_gain, &p->gain}, {&stage_resample, &p->rate}, {&stage_channels, &p->channels}};
    if (!chain_open(&p->chain, stages, sizeof stages / sizeof *stages, &in, &e))
        return;
    err_set(&whole, STATUS_DEVICE,
            "The sound device takes another rate than the voice has. %s Or choose another device, "
            "or save the sound with “docbao save FILE -o OUT.wav”.",
            e.message.p);
    player_end_fail(whole.message.p);
}

struct playout *playout_open(const char *device, const struct sink_format *format,
                             const struct player_shared *shared)
{
    struct playout *p = mem_zalloc(sizeof *p);
    struct device_fault why = DEVICE_FAULT_INIT;
    p->shared = shared;
    p->driver = playout_device_driver();
    p->format = (struct device_format){.rate = format->rate, .channels = format->channels};
    p->device = p->driver->open(device, &p->format, &why);
    if (!p->device)
        player_end_fail(why.text.p);
    open_chain(p, format);
    p->ramp = mem_zalloc(fade_frames(p) * p->format.channels * sizeof *p->ramp);
    p->silence = mem_zalloc(p->format.piece * p->format.channels * sizeof *p->silence);
    return p;
}

int64_t playout_latency(const struct playout *p)
{
    return p->driver->latency(p->device) + chain_latency(p->chain);
}

void playout_close(struct playout *p)
{
    p->driver->close(p->device);
}

/* ---- writing to the device ---- */

static void stop_device(struct playout *p)
{
    struct device_fault why = DEVICE_FAULT_INIT;
    if (!p->driver->stop(p->device, &why))
        player_end_fail(why.text.p);
}

static uint32_t wanted_generation(const struct playout *p)
{
    return atomic_load_explicit(&p->shared->generation, memory_order_acquire);
}

static void settle_anew(struct playout *p)
{
    p->settling = p->format.rate * SETTLE_MS / MS_PER_SECOND;
}

/* The clock tells how much is ahead only as long as the device keeps its pace: more than a device
 * would hold is not believed. */
static void note_written(struct playout *p, uint32_t frames)
{
    int64_t now = clock_now_ns();
    int64_t most = now + p->driver->latency(p->device) + BEYOND_MS * ms_ns;
    int64_t from = p->dry_at > now ? p->dry_at : now;
    p->dry_at = from + frames * second_ns / p->format.rate;
    p->dry_at = p->dry_at < most ? p->dry_at : most;
}

static void write_device(struct playout *p, const int16_t *pcm, uint32_t frames)
{
    struct device_fault why = DEVICE_FAULT_INIT;
    bool dry;
    if (player_end_hung_up()) {
        playout_close(p);
        _exit(0);
    }
    if (!p->driver->running(p->device))
        settle_anew(p);
    if (!p->driver->write(p->device, pcm, frames, &dry, &why))
        player_end_fail(why.text.p);
    p->underruns += dry && !p->settling && !p->held;
    p->settling -= frames < p->settling ? frames : p->settling;
    note_written(p, frames);
    memcpy(p->last, pcm + (size_t)(frames - 1) * p->format.channels,
           p->format.channels * sizeof *pcm);
}

/* ---- cuts ---- */

/* Fades to nothing what would have come next: `frames` of it, and then the last frame's level. */
static void fade_out(struct playout *p, const int16_t *pcm, uint32_t frames)
{
    uint32_t channels = p->format.channels, fade = fade_frames(p);
    for (uint32_t i = 0; i < fade; i++) {
        const int16_t *frame = i < frames ? pcm + (size_t)i * channels : p->last;
        for (uint32_t c = 0; c < channels; c++) {
            p->last[c] = frame[c];
            p->ramp[i * channels + c] =
                (int16_t)(frame[c] * (int32_t)(fade - 1 - i) / (int32_t)fade);
        }
    }
    write_device(p, p->ramp, fade);
}

/* Obeys a cut. `frames` of `pcm`, as the device takes it, are what would have come next; without
 * any, the sound may have ended by itself meanwhile, and then nothing is left to fade. */
static void obey_cut(struct playout *p, const int16_t *pcm, uint32_t frames)
{
    p->obeyed = wanted_generation(p);
    bool sounds = p->driver->running(p->device) && !p->held;
    p->held = p->driver->running(p->device);
    p->held_until = clock_now_ns() + HELD_SECONDS * second_ns;
    if (sounds && (frames || clock_now_ns() < p->dry_at + p->driver->latency(p->device)))
        fade_out(p, pcm, frames);
    chain_clear(p->chain);
    p->holds = false;
}

/* Turns the next sound into the sound that the device gets next. */
static const int16_t *next_sound(struct playout *p, const int16_t *pcm, uint32_t *frames)
{
    p->holds = chain_latency(p->chain) > 0;
    return chain_process(p->chain, pcm, *frames, frames);
}

/* … and where none comes: what the chain still holds. */
static const int16_t *rest_of_sound(struct playout *p, uint32_t *frames)
{
    bool some = p->holds;
    *frames = 0;
    p->holds = false;
    return some ? chain_flush(p->chain, frames) : NULL;
}

/* Obeys a cut that was asked for, with the sound that would have come next. */
static void cut_before(struct playout *p, const int16_t *pcm, uint32_t frames)
{
    if (wanted_generation(p) == p->obeyed)
        return;
    const int16_t *sound = frames ? next_sound(p, pcm, &frames) : NULL;
    if (!frames)
        sound = rest_of_sound(p, &frames);
    obey_cut(p, sound, frames);
}

void playout_cut(struct playout *p)
{
    cut_before(p, NULL, 0);
}

/* ---- sound ---- */

/* Plays what the device takes, piece by piece, until a cut is asked for. */
static void write_pieces(struct playout *p, const int16_t *pcm, uint32_t frames)
{
    while (frames) {
        if (wanted_generation(p) != p->obeyed) {
            obey_cut(p, pcm, frames);
            return;
        }
        uint32_t piece = frames < p->format.piece ? frames : p->format.piece;
        write_device(p, pcm, piece);
        pcm += (size_t)piece * p->format.channels;
        frames -= piece;
    }
}

uint32_t playout_play(struct playout *p, uint32_t generation, const int16_t *pcm, uint32_t frames)
{
    bool stale = generation != wanted_generation(p);
    cut_before(p, pcm, stale ? frames : 0);
    if (generation == p->obeyed) { /* and not cut since the line before */
        if (p->held)
            settle_anew(p);
        p->held = false;
        const int16_t *sound = next_sound(p, pcm, &frames);
        write_pieces(p, sound, frames);
    }
    uint32_t underruns = p->underruns;
    p->underruns = 0;
    return underruns;
}

/* ---- between sounds ---- */

/* Keeps the device running until there is an order, or until it may rest. */
static void keep_silent(struct playout *p)
{
    for (;;) {
        int64_t now = clock_now_ns(), ahead = p->dry_at - p->driver->latency(p->device) - now;
        if (now >= p->held_until)
            break;
        if (!player_end_wait(ahead < LOOK_MS * ms_ns ? ahead : LOOK_MS * ms_ns))
            return;
        if (clock_now_ns() >= p->dry_at - p->driver->latency(p->device))
            write_device(p, p->silence, p->format.piece);
    }
    p->held = false;
    stop_device(p);
}

/* The chain keeps the sound that it holds and waits for more, as long as there is time. */
static void release_in_time(struct playout *p)
{
    if (!player_end_wait(p->dry_at - LAST_MOMENT_MS * ms_ns - clock_now_ns()))
        return;
    uint32_t frames;
    const int16_t *rest = rest_of_sound(p, &frames);
    write_pieces(p, rest, frames);
}

void playout_rest(struct playout *p)
{
    if (p->held)
        keep_silent(p);
    else if (p->holds)
        release_in_time(p);
}

void playout_finish(struct playout *p)
{
    uint32_t frames;
    const int16_t *rest = rest_of_sound(p, &frames);
    write_pieces(p, rest, frames);
    int64_t beyond = p->driver->latency(p->device) + BEYOND_MS * ms_ns;
    int64_t left = p->format.rate * beyond / second_ns;
    if (!p->driver->running(p->device) || p->held)
        left = 0; /* nothing sounds */
    for (; left > 0; left -= p->format.piece)
        write_device(p, p->silence, p->format.piece);
    stop_device(p);
    playout_close(p);
}
