/*
 * docbao-opus.so: Ogg Opus, through libopusenc, which also brings the sound to the 48,000 frames a
 * second that Opus has.
 */
#include <opusenc.h>
#include <stdlib.h>
#include <string.h>

#include "sink/codec.h"

#include "base/message.h"

enum {
    PIECE_FRAMES = 1024,
    /* Names the stream inside its file; any number will do, but always the same. */
    SERIAL = 0x64626F21,
    /* Of 10: more takes far longer, and nobody hears it. */
    COMPLEXITY = 2,
    /* Below these Opus makes sound quieter by 0.3 dB and more, and its peaks higher by 2. */
    USUAL_BITRATE = 48000,
    USUAL_BITRATE_STEREO = 64000,
    TWO_CHANNELS = 2,
};

struct codec {
    struct codec_output output;
    const struct sv *said; /* what the comments of a stream hold */
    uint32_t rate, channels, bitrate;
    bool variable;
    uint64_t position;     /* where the next page goes */
    OggOpusEnc *encoder;   /* NULL: the head is not written yet */
    OggOpusComments *tags; /* of the encoder */
    bool dropped;
};

/* 0: done; 1: it failed (libopusenc). */
static int write_page(void *user, const unsigned char *bytes, opus_int32 n)
{
    struct codec *c = user;
    if (c->dropped)
        return 0;
    if (!c->output.write(c->output.user, c->position, bytes, (size_t)n))
        return 1;
    c->position += (uint64_t)n;
    return 0;
}

static int close_nothing(void *user)
{
    (void)user;
    return 0;
}

static uint32_t number_at(const char *p)
{
    const unsigned char *byte = (const unsigned char *)p;
    return byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24;
}

static bool add_comment(OggOpusComments *tags, struct sv comment)
{
    char *text = strndup(comment.p, comment.n);
    bool added = text && ope_comments_add_string(tags, text) == OPE_OK;
    free(text);
    return added;
}

/* The number of the comments, then each with its length. */
static bool add_comments(struct codec *c)
{
    enum { NUMBER_BYTES = 4 };
    for (size_t at = NUMBER_BYTES; at + NUMBER_BYTES <= c->said->n;) {
        uint32_t n = number_at(c->said->p + at);
        at += NUMBER_BYTES;
        if (!add_comment(c->tags, (struct sv){c->said->p + at, n}))
            return false;
        at += n;
    }
    return true;
}

static bool set_up(struct codec *c, const char **why)
{
    int error = ope_encoder_ctl(c->encoder, OPE_SET_SERIALNO(SERIAL));
    if (!error)
        error = ope_encoder_ctl(c->encoder, OPUS_SET_BITRATE((opus_int32)c->bitrate));
    if (!error)
        error = ope_encoder_ctl(c->encoder, OPUS_SET_VBR(c->variable));
    if (!error)
        error = ope_encoder_ctl(c->encoder, OPUS_SET_COMPLEXITY(COMPLEXITY));
    *why = ope_strerror(error);
    return !error;
}

static bool begin_opus(struct codec *c, const char **why)
{
    static const OpusEncCallbacks callbacks = {write_page, close_nothing};
    int error = 0;
    if (c->encoder)
        return true;
    *why = N_("out of memory");
    if (!add_comments(c))
        return false;
    c->encoder = ope_encoder_create_callbacks(&callbacks, c, c->tags, (opus_int32)c->rate,
                                              (int)c->channels, 0, &error);
    *why = ope_strerror(error);
    return c->encoder && set_up(c, why);
}

static void *open_opus(const struct codec_task *task, const char **why)
{
    struct codec *c = calloc(1, sizeof *c);
    OggOpusComments *tags = ope_comments_create();
    if (!c || !tags) {
        *why = N_("out of memory");
        if (tags)
            ope_comments_destroy(tags);
        free(c);
        return NULL;
    }
    uint32_t usual = task->channels == TWO_CHANNELS ? USUAL_BITRATE_STEREO : USUAL_BITRATE;
    *c = (struct codec){
        .output = task->output,
        .said = task->comments,
        .rate = task->rate,
        .channels = task->channels,
        .bitrate = task->bitrate ? task->bitrate : usual,
        .variable = task->variable || !task->bitrate,
        .tags = tags,
    };
    return c;
}

static bool write_opus(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    if (!begin_opus(c, why))
        return false;
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        int error = ope_encoder_write(c->encoder, pcm, (int)piece);
        if (error) {
            *why = ope_strerror(error);
            return false;
        }
        pcm += (size_t)piece * c->channels;
        frames -= piece;
    }
    return true;
}

static void free_opus(struct codec *c)
{
    if (c->encoder)
        ope_encoder_destroy(c->encoder);
    ope_comments_destroy(c->tags);
    free(c);
}

static bool finish_opus(void *codec, const char **why)
{
    struct codec *c = codec;
    bool done = begin_opus(c, why);
    int error = done ? ope_encoder_drain(c->encoder) : 0;
    if (error) {
        *why = ope_strerror(error);
        done = false;
    }
    free_opus(c);
    return done;
}

static void close_opus(void *codec)
{
    struct codec *c = codec;
    c->dropped = true;
    free_opus(c);
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .open = open_opus,
    .write = write_opus,
    .finish = finish_opus,
    .close = close_opus,
};
