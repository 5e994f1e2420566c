/*
 * docbao-flac.so: FLAC, through libFLAC.
 */
#include <FLAC/stream_encoder.h>
#include <stdlib.h>

#include "sink/codec.h"

enum {
    PIECE_SAMPLES = 4096,
    BITS = 16,
    /* Of 8: the larger ones take far longer, and make speech hardly smaller. */
    COMPRESSION = 3,
};

struct codec {
    struct codec_output output;
    const struct description *description;
    FLAC__StreamEncoder *encoder;
    uint32_t channels;
    uint64_t position; /* where libFLAC writes next */
    bool begun;        /* the head is written */
    bool dropped;      /* nothing that libFLAC writes is wanted any more */
};

/* ---- what libFLAC sees as its file ---- */

static FLAC__StreamEncoderWriteStatus write_encoded(const FLAC__StreamEncoder *encoder,
                                                    const FLAC__byte *bytes, size_t n,
                                                    uint32_t samples, uint32_t frame, void *user)
{
    struct codec *c = user;
    (void)encoder;
    (void)samples;
    (void)frame;
    if (!c->dropped && !c->output.write(c->output.user, c->position, bytes, n))
        return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR;
    c->position += n;
    return FLAC__STREAM_ENCODER_WRITE_STATUS_OK;
}

static FLAC__StreamEncoderSeekStatus seek_to(const FLAC__StreamEncoder *encoder,
                                             FLAC__uint64 offset, void *user)
{
    struct codec *c = user;
    (void)encoder;
    c->position = offset;
    return FLAC__STREAM_ENCODER_SEEK_STATUS_OK;
}

static FLAC__StreamEncoderTellStatus tell_place(const FLAC__StreamEncoder *encoder,
                                                FLAC__uint64 *offset, void *user)
{
    const struct codec *c = user;
    (void)encoder;
    *offset = c->position;
    return FLAC__STREAM_ENCODER_TELL_STATUS_OK;
}

/* ---- the driver ---- */

static const char *reason_of(const struct codec *c)
{
    return FLAC__StreamEncoderStateString[FLAC__stream_encoder_get_state(c->encoder)];
}

/* A stream cannot go back: its head does not tell the length. */
static bool begin_file(struct codec *c, const char **why)
{
    bool stream = !c->output.read;
    if (c->begun)
        return true;
    c->begun = true;
    FLAC__StreamEncoderInitStatus status = FLAC__stream_encoder_init_stream(
        c->encoder, write_encoded, stream ? NULL : seek_to, stream ? NULL : tell_place, NULL, c);
    if (status == FLAC__STREAM_ENCODER_INIT_STATUS_OK)
        return true;
    *why = FLAC__StreamEncoderInitStatusString[status];
    return false;
}

static void *open_flac(const struct codec_task *task, const char **why)
{
    struct codec *c = calloc(1, sizeof *c);
    FLAC__StreamEncoder *encoder = FLAC__stream_encoder_new();
    if (!c || !encoder) {
        *why = "out of memory";
        free(c);
        if (encoder)
            FLAC__stream_encoder_delete(encoder);
        return NULL;
    }
    *c = (struct codec){task->output, task->description, encoder, task->channels, 0, false, false};
    FLAC__stream_encoder_set_channels(encoder, task->channels);
    FLAC__stream_encoder_set_bits_per_sample(encoder, BITS);
    FLAC__stream_encoder_set_sample_rate(encoder, task->rate);
    FLAC__stream_encoder_set_compression_level(encoder, COMPRESSION);
    return c;
}

static bool write_flac(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    FLAC__int32 wide[PIECE_SAMPLES];
    if (!begin_file(c, why))
        return false;
    while (frames) {
        uint32_t most = PIECE_SAMPLES / c->channels, piece = frames < most ? frames : most;
        for (uint32_t i = 0; i < piece * c->channels; i++)
            wide[i] = pcm[i];
        if (!FLAC__stream_encoder_process_interleaved(c->encoder, wide, piece)) {
            *why = reason_of(c);
            return false;
        }
        pcm += (size_t)piece * c->channels;
        frames -= piece;
    }
    return true;
}

static void free_flac(struct codec *c)
{
    FLAC__stream_encoder_delete(c->encoder);
    free(c);
}

static bool finish_flac(void *codec, const char **why)
{
    struct codec *c = codec;
    bool done = begin_file(c, why);
    if (done && !FLAC__stream_encoder_finish(c->encoder)) {
        *why = reason_of(c);
        done = false;
    }
    free_flac(c);
    return done;
}

static void close_flac(void *codec)
{
    struct codec *c = codec;
    c->dropped = true;
    free_flac(c);
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .open = open_flac,
    .write = write_flac,
    .finish = finish_flac,
    .close = close_flac,
};
