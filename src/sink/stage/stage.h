/*
 * A stage: one step that changes sound on its way to a sink or inside the player, such as its
 * volume, its rate or its channels.
 *
 * Invariants:
 * - A stage is a const struct of functions; its state is its own.
 * - Sound is signed 16-bit and interleaved. "Frames in" are counted at the rate and channels that
 *   come in, "frames out" at those that go out.
 * - The same sound gives the same samples, however it was cut into pieces.
 * - Frame i in is frame i * (rate out) / (rate in) out, rounded. A stage may hold sound back
 *   (latency says how much), but it never moves sound in time.
 * - After flush the frames out last as long as the frames in, give or take one frame.
 */
#ifndef DOCBAO_SINK_STAGE_STAGE_H
#define DOCBAO_SINK_STAGE_STAGE_H

#include <stdatomic.h>

#include "base/err.h"
#include "base/vec.h"

struct stage_format {
    uint32_t rate;     /* frames a second */
    uint32_t channels; /* 1 or 2 */
};

VEC_TYPE(samples, int16_t);

struct stage_driver {
    const char *name;
    /* *format is what comes in; open sets it to what goes out. `settings` is the driver's own
     * struct (below) and outlives the state. Errors: STATUS_USAGE (this cannot be done: the format,
     * or a part that is not installed); then *state is NULL. */
    enum status (*open)(void **state, const void *settings, struct stage_format *format,
                        struct err *e);
    /* Appends to `out` what can be given by now. */
    void (*process)(void *state, const int16_t *pcm, uint32_t frames, struct samples *out);
    /* The sound ends here: appends all that is held. The next input is a new sound. NULL: the stage
     * holds nothing. */
    void (*flush)(void *state, struct samples *out);
    /* The sound was cut: drops all that is held. What comes in next is a new sound. NULL: the stage
     * keeps nothing from one frame to the next. */
    void (*clear)(void *state);
    /* Returns the longest time that sound is held, in nanoseconds, give or take 1 ms. NULL: it is
     * not held. */
    int64_t (*latency)(const void *state);
    void (*close)(void *state);
};

/* A stage as it is asked for: `settings` is the struct named beside each driver. */
struct stage {
    const struct stage_driver *driver;
    const void *settings;
};

/* Volume. At 100 percent every sample stays as it is. */
extern const struct stage_driver stage_gain;
struct gain_settings {
    /* 0 to 100. It may change at any time, also by another process that shares the memory; a
     * change takes some 10 ms, so that it does not click. */
    const atomic_uint *percent;
    /* The time in which the sound after a cut (clear) rises from silence, in milliseconds. */
    uint32_t fade_ms;
};

/* Another rate. The same rate passes unchanged. */
extern const struct stage_driver stage_resample;
struct resample_settings {
    uint32_t rate;
};

/* One channel to two equal ones. The same number passes unchanged. */
extern const struct stage_driver stage_channels;
struct channels_settings {
    uint32_t channels;
};

#endif
