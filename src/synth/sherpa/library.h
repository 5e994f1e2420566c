/*
 * What docbao uses of libsherpa-onnx-c-api.so (Apache-2.0, by k2-fsa), which is
 * opened when a voice needs it. Its package for npm brings no header; the declarations here are of
 * this program.
 *
 * Invariants:
 * - They hold for the versions that library_is_known accepts: from 1.10 on the settings begin with
 *   these members, and what comes after them differs from version to version. All of that is left
 *   zero, which in every version means "not used, or as usual".
 */
#ifndef DOCBAO_SYNTH_SHERPA_LIBRARY_H
#define DOCBAO_SYNTH_SHERPA_LIBRARY_H

#include "base/err.h"

struct sherpa_settings {
    const char *model, *lexicon, *tokens, *data;
    float noise, noise_of_lengths, length;
    const char *unused;
    int32_t threads, debug;
    const char *provider;
    /* Other kinds of models, and how texts are taken apart: about 450 bytes in 1.13. */
    unsigned char later[4096];
};

struct sherpa_sound {
    const float *samples; /* -1 to 1 */
    int32_t n, sample_rate;
};

struct sherpa_model;

struct sherpa_library {
    const char *(*version)(void);
    /* NULL: the files cannot be used. */
    const struct sherpa_model *(*create)(const struct sherpa_settings *settings);
    int32_t (*sample_rate)(const struct sherpa_model *model);
    int32_t (*speakers)(const struct sherpa_model *model);
    /* NULL: it cannot say that. */
    const struct sherpa_sound *(*generate)(const struct sherpa_model *model, const char *text,
                                           int32_t speaker, float speed);
    void (*free_sound)(const struct sherpa_sound *sound);
};

/* Whether docbao knows what this version ("1.13.8") expects. */
bool library_is_known(struct sv version);

/* Opens the library at `path`, or where the system keeps libraries if that is empty. Errors
 * (STATUS_USAGE): it is not there, or of another version. */
enum status library_open(struct sherpa_library *out, const char *path, struct err *e);

#endif
