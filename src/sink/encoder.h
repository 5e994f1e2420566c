/*
 * An encoder turns sound into the bytes of a file. There are two encoders: encoder_wav, which needs
 * no library, and encoder_compressed, through the modules of sink/codec.h.
 *
 * Invariants:
 * - An encoder writes into an output that its caller opens, completes and closes.
 * - After any error only close may be called.
 */
#ifndef DOCBAO_SINK_ENCODER_H
#define DOCBAO_SINK_ENCODER_H

#include "sink/description.h"
#include "sink/output.h"
#include "sink/sink.h"

enum encoder_format {
    ENCODER_WAV,
    ENCODER_FLAC,
    ENCODER_VORBIS,
    ENCODER_OPUS,
    ENCODER_MP3,
    ENCODER_M4A,
    ENCODER_M4B,
};

/* The sound to encode and its format. */
struct encoder_task {
    enum encoder_format format;
    const char *target; /* of the sink: for messages */
    uint32_t rate, channels;
    uint32_t bitrate;      /* bits a second; 0: what suits speech */
    bool variable;         /* as in struct codec_task */
    uint64_t stream_limit; /* the most bytes of sound in a WAV stream */
    /* Outlives the encoder; description.h says what is known when. Without tags (has_tags) the
     * encoder writes none. A stream gets the tags at its start and no chapters. */
    const struct description *description;
    const struct sv *comments; /* that of struct codec_task; outlives the encoder */
};

struct encoder {
    /* Errors: STATUS_USAGE (a part is not installed), STATUS_OUTPUT; then *state is NULL. */
    enum status (*open)(void **state, const struct encoder_task *task, struct output *output,
                        struct err *e);
    /* Errors: STATUS_OUTPUT, STATUS_STOPPED; STATUS_PARTIAL where the format can take no more. */
    enum status (*write)(void *state, const int16_t *pcm, uint32_t frames, struct err *e);
    /* Writes all that is left, such as sizes in the header. Errors: as write. */
    enum status (*finish)(void *state, struct err *e);
    /* Frees all and writes nothing. */
    void (*close)(void *state);
};

extern const struct encoder encoder_wav;
extern const struct encoder encoder_compressed;

/* Whether encoder_compressed can make this format here. If not, the error (STATUS_USAGE) says what
 * to install. */
bool encoder_compressed_has(enum encoder_format format, const char *target, struct err *e);

#endif
