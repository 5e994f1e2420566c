/*
 * docbao-encode.so (src/module/encode.c) exports these functions. They write sound in formats that
 * need a library.
 *
 * Invariants: the module knows nothing of the rest of docbao but the types of sink/description.h; a
 * `codec` is what `open` made.
 */
#ifndef DOCBAO_SINK_CODEC_H
#define DOCBAO_SINK_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sink/description.h"

#define CODEC_SYMBOL "docbao_codec"

enum codec_format { CODEC_FLAC, CODEC_VORBIS, CODEC_MP3 };

/* Takes the encoded bytes. */
struct codec_output {
    /* False on a failure. */
    bool (*write)(void *user, uint64_t offset, const void *bytes, size_t n);
    /* Gives how many bytes were read. NULL: nothing can be read back, and nothing before the end
     * can be changed. */
    size_t (*read)(void *user, uint64_t offset, void *bytes, size_t n);
    void *user;
};

struct codec_driver {
    /* Whether the library was built with this format. */
    bool (*has)(enum codec_format format);
    /* `output` is copied; `description` is that of struct encoder_task. On a failure NULL, and *why
     * says it in a few words, which are valid until the next call. */
    void *(*open)(enum codec_format format, uint32_t rate, uint32_t channels,
                  const struct description *description, const struct codec_output *output,
                  const char **why);
    bool (*write)(void *codec, const int16_t *pcm, uint32_t frames, const char **why);
    /* Writes the rest; returns false on a failure. Frees everything in any case. */
    bool (*finish)(void *codec, const char **why);
    /* Frees all and writes nothing. */
    void (*close)(void *codec);
};

#endif
