/*
 * docbao-mp3.so: MP3, through libmp3lame.
 */
#include <lame/lame.h>
#include <stdarg.h>
#include <stdlib.h>

#include "sink/codec.h"

#include "base/message.h"

enum {
    PIECE_FRAMES = 4096,
    /* The most that comes out of a piece (lame.h): 1.25 * frames + 7200. */
    ROOM = PIECE_FRAMES + PIECE_FRAMES / 4 + 7200,
    TWO_CHANNELS = 2,
    KBIT = 1000,
    /* Of 0 (best) to 9: the better ones take far longer, and change speech little. */
    QUALITY = 7,
    /* Of a varying bit rate: 0 (best) to 9. */
    VARIABLE_QUALITY = 4,
    MPEG_1_RATE = 32000, /* from here on sound is MPEG-1, below MPEG-2, whose frames are half */
};

struct codec {
    struct codec_output output;
    const struct description *description;
    lame_t lame;
    uint32_t channels;
    uint64_t start;    /* of the sound: what stands before it is no business of LAME */
    uint64_t position; /* where the next bytes go */
    unsigned char out[ROOM];
};

/* ---- what MP3 can do ---- */

/* The bit rates in kbit/s of layer III (ISO/IEC 11172-3, 13818-3). */
static bool bitrate_exists(uint32_t rate, uint32_t kbit)
{
    static const uint32_t mpeg_1[] = {32,  40,  48,  56,  64,  80,  96,
                                      112, 128, 160, 192, 224, 256, 320};
    static const uint32_t mpeg_2[] = {8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    const uint32_t *rates = rate >= MPEG_1_RATE ? mpeg_1 : mpeg_2;
    for (size_t i = 0; i < sizeof mpeg_1 / sizeof *mpeg_1; i++)
        if (rates[i] == kbit)
            return true;
    return false;
}

static bool rate_exists(uint32_t rate)
{
    static const uint32_t rates[] = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (rates[i] == rate)
            return true;
    return false;
}

static uint32_t usual_bitrate(const struct codec_task *task)
{
    if (task->rate >= MPEG_1_RATE)
        return task->channels == TWO_CHANNELS ? 128 : 96;
    return task->channels == TWO_CHANNELS ? 96 : 64;
}

static bool task_is_possible(const struct codec_task *task, const char **why)
{
    *why = N_(
        "MP3 has 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100 or 48000 frames a second");
    if (!rate_exists(task->rate))
        return false;
    *why =
        task->rate >= MPEG_1_RATE
            ? N_("MP3 from 32000 frames a second on has 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, "
                 "192, 224, 256 or 320 kbit/s")
            : N_("MP3 below 32000 frames a second has 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, "
                 "128, 144 or 160 kbit/s");
    return !task->bitrate || bitrate_exists(task->rate, task->bitrate / KBIT);
}

/* ---- the driver ---- */

static bool write_out(struct codec *c, int n, const char **why)
{
    *why = N_("libmp3lame fails");
    if (n < 0 || !c->output.write(c->output.user, c->position, c->out, (size_t)n))
        return false;
    c->position += (uint64_t)n;
    return true;
}

/* Of failures the program itself tells. */
static void say_nothing(const char *format, va_list args)
{
    (void)format;
    (void)args;
}

/* A stream cannot go back to the frame that LAME fills at the end. NULL: LAME cannot do this. */
static lame_t new_lame(const struct codec_task *task, float scale)
{
    uint32_t kbit = task->bitrate ? task->bitrate / KBIT : usual_bitrate(task);
    lame_t lame = lame_init();
    if (!lame)
        return NULL;
    lame_set_errorf(lame, say_nothing);
    lame_set_in_samplerate(lame, (int)task->rate);
    lame_set_out_samplerate(lame, (int)task->rate);
    lame_set_num_channels(lame, (int)task->channels);
    lame_set_mode(lame, task->channels == TWO_CHANNELS ? JOINT_STEREO : MONO);
    lame_set_quality(lame, QUALITY);
    lame_set_VBR(lame, task->variable ? vbr_mtrh : vbr_off);
    if (task->variable)
        lame_set_VBR_q(lame, VARIABLE_QUALITY);
    else
        lame_set_brate(lame, (int)kbit);
    lame_set_bWriteVbrTag(lame, task->output.read != NULL);
    lame_set_write_id3tag_automatic(lame, 0);
    lame_set_scale(lame, scale);
    if (lame_init_params(lame) >= 0)
        return lame;
    lame_close(lame);
    return NULL;
}

/* For a constant bit rate LAME takes settings of its own that make the sound quieter, by 0.4 dB
 * mostly, whatever scale it was asked for: this finds by how much, and undoes it. */
static lame_t open_lame(const struct codec_task *task)
{
    lame_t lame = new_lame(task, 1);
    float scale = lame ? lame_get_scale(lame) : 1;
    if (scale == 1)
        return lame;
    lame_close(lame);
    return new_lame(task, 1 / scale);
}

static void close_mp3(void *codec)
{
    struct codec *c = codec;
    lame_close(c->lame);
    free(c);
}

static void *open_mp3(const struct codec_task *task, const char **why)
{
    if (!task_is_possible(task, why))
        return NULL;
    struct codec *c = calloc(1, sizeof *c);
    *why = N_("out of memory");
    if (!c)
        return NULL;
    c->output = task->output;
    c->description = task->description;
    c->channels = task->channels;
    c->lame = open_lame(task);
    if (c->lame)
        return c;
    *why = N_("libmp3lame cannot do this");
    free(c);
    return NULL;
}

static int encode(struct codec *c, const int16_t *pcm, uint32_t frames)
{
    /* LAME does not change what it is given, but does not say so. */
    short *sound = (short *)(uintptr_t)pcm;
    if (c->channels == TWO_CHANNELS)
        return lame_encode_buffer_interleaved(c->lame, sound, (int)frames, c->out, ROOM);
    return lame_encode_buffer(c->lame, sound, sound, (int)frames, c->out, ROOM);
}

static bool write_mp3(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        if (!write_out(c, encode(c, pcm, piece), why))
            return false;
        pcm += (size_t)piece * c->channels;
        frames -= piece;
    }
    return true;
}

/* The first frame, which tells delay, padding and length. */
static bool write_info(struct codec *c, const char **why)
{
    if (!c->output.read)
        return true;
    size_t n = lame_get_lametag_frame(c->lame, c->out, ROOM);
    *why = N_("the output cannot be written");
    return n <= ROOM && c->output.write(c->output.user, c->start, c->out, n);
}

static bool finish_mp3(void *codec, const char **why)
{
    struct codec *c = codec;
    bool done = write_out(c, lame_encode_flush(c->lame, c->out, ROOM), why) && write_info(c, why);
    close_mp3(c);
    return done;
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .open = open_mp3,
    .write = write_mp3,
    .finish = finish_mp3,
    .close = close_mp3,
};
