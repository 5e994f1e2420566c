/*
 * The synthesizer seen from outside: settings, and what an engine must do.
 *
 * Invariants:
 * - An engine is a const struct. It runs only inside a child process of the pool (synth/pool.h),
 *   so it may keep global state, crash or hang; none of that reaches the caller.
 * - All audio is signed 16-bit mono at the engine's own rate.
 * - The text of a sentence is what text/respell.h made: legal Vietnamese syllables separated by
 *   single spaces, `, . ; : ? !` behind a word, and [[phonemes]] of our own tables. An engine may
 *   rely on that and never sees anything else.
 */
#ifndef DOCBAO_SYNTH_SYNTH_H
#define DOCBAO_SYNTH_SYNTH_H

#include "base/err.h"

struct synth_settings {
    const char *voice; /* the engine's own name of the voice, such as "vi" or "vi-vn-x-south" */
    uint32_t rate;     /* words a minute, 80 to 449 */
    uint32_t pitch;    /* 0 to 99, 50 is the middle */
    uint32_t range;    /* 0 to 99, 50 is the middle */
    uint32_t volume;   /* 0 to 100 */
};

/* Where an engine puts what it makes. Each call returns false when the rest is not wanted. */
struct synth_output {
    bool (*audio)(void *to, const int16_t *pcm, uint32_t frames);
    /* The word that starts at code point `text_position` (from 0) of the sentence is heard from
     * `frame` (from the start of the sentence) on. Words are told in order. */
    bool (*word)(void *to, uint32_t text_position, uint32_t frame);
    void *to;
};

struct synth_engine {
    const char *name;
    /* Once in a process, in the zygote: gives the sample rate, frames a second. Errors: the
     * engine, its data or the voice is missing (STATUS_USAGE, a sentence that says what to
     * install). */
    enum status (*start)(const struct synth_settings *settings, uint32_t *rate, struct err *e);
    /* Other settings, in a child of that process, before its first sentence. Errors: as of start.
     */
    enum status (*adjust)(const struct synth_settings *settings, struct err *e);
    /* One sentence, NUL-terminated, in a child of that process. */
    enum status (*speak)(const char *text, const struct synth_output *out, struct err *e);
    /* Whether this machine has the voice; on false `why` says what is missing. Loads nothing
     * heavy. May be called in any process. */
    bool (*has_voice)(const char *voice, struct buf *why);
};

extern const struct synth_engine synth_espeak; /* espeak-ng, through its library */
extern const struct synth_engine synth_tone;   /* for tests: a tone a word, and faults on demand */

/* The engine of that name, or NULL. */
const struct synth_engine *synth_engine_named(struct sv name);

#endif
