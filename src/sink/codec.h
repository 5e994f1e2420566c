/*
 * The modules docbao-flac.so, docbao-vorbis.so, docbao-opus.so, docbao-mp3.so and docbao-aac.so
 * (src/module/) each export a struct codec_driver. They write sound in a format that needs a
 * library.
 *
 * Invariants:
 * - A module knows nothing of the rest of docbao but the types of sink/description.h; a `codec` is
 *   what `open` made.
 * - The same sound and the same task make the same bytes: no time of day, no random number.
 */
#ifndef DOCBAO_SINK_CODEC_H
#define DOCBAO_SINK_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sink/description.h"

#define CODEC_SYMBOL "docbao_codec"

/* Takes the encoded bytes. */
struct codec_output {
    /* False on a failure. */
    bool (*write)(void *user, uint64_t offset, const void *bytes, size_t n);
    /* Gives how many bytes were read. NULL: nothing can be read back, and nothing before the end
     * can be changed. */
    size_t (*read)(void *user, uint64_t offset, void *bytes, size_t n);
    void *user;
};

struct codec_task {
    uint32_t rate, channels;
    uint32_t bitrate; /* bits a second; 0: what suits speech */
    bool variable;    /* the bit rate may follow the sound, where the format has both ways */
    bool book;        /* an MP4 file is an audiobook (.m4b) */
    const struct description *description; /* that of struct encoder_task */
    /* What a stream of Vorbis or Opus has behind the vendor in its comments (sink/tag/vorbis.h);
     * complete at the first write (or at finish); empty: nothing. */
    const struct sv *comments;
    struct codec_output output; /* copied */
};

struct codec_driver {
    /* On a failure NULL, and *why says it in a few words, which are valid until the next call. */
    void *(*open)(const struct codec_task *task, const char **why);
    bool (*write)(void *codec, const int16_t *pcm, uint32_t frames, const char **why);
    /* Writes the rest; returns false on a failure. Frees everything in any case. */
    bool (*finish)(void *codec, const char **why);
    /* Frees all and writes nothing. */
    void (*close)(void *codec);
};

#endif
