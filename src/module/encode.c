/*
 * docbao-encode.so: FLAC, Ogg Vorbis and MP3, through libsndfile.
 */
#include <sndfile.h>
#include <stdlib.h>

#include "sink/codec.h"

/* libsndfile gets sound in pieces: its Vorbis part keeps a whole write in memory. */
enum { PIECE_FRAMES = 4096 };

static const int formats[] = {
    [CODEC_FLAC] = SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
    [CODEC_VORBIS] = SF_FORMAT_OGG | SF_FORMAT_VORBIS,
    [CODEC_MP3] = SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,
};

struct codec {
    struct codec_output output;
    const struct description *description;
    SNDFILE *file;
    uint32_t channels;
    uint64_t position; /* where libsndfile writes next */
    uint64_t length;   /* as libsndfile sees it */
    bool dropped;      /* nothing that libsndfile writes is wanted any more */
};

/* ---- what libsndfile sees as its file ---- */

static sf_count_t io_write(const void *bytes, sf_count_t n, void *user)
{
    struct codec *c = user;
    if (!c->dropped && !c->output.write(c->output.user, c->position, bytes, (size_t)n))
        return 0;
    c->position += (uint64_t)n;
    if (c->length < c->position)
        c->length = c->position;
    return n;
}

static sf_count_t io_read(void *bytes, sf_count_t n, void *user)
{
    struct codec *c = user;
    if (!c->output.read)
        return 0;
    size_t got = c->output.read(c->output.user, c->position, bytes, (size_t)n);
    c->position += got;
    return (sf_count_t)got;
}

static sf_count_t io_length(void *user)
{
    const struct codec *c = user;
    return (sf_count_t)c->length;
}

static sf_count_t io_tell(void *user)
{
    const struct codec *c = user;
    return (sf_count_t)c->position;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user)
{
    struct codec *c = user;
    sf_count_t from = 0;
    if (whence == SEEK_CUR)
        from = (sf_count_t)c->position;
    else if (whence == SEEK_END)
        from = (sf_count_t)c->length;
    if (from + offset < 0)
        return -1;
    c->position = (uint64_t)(from + offset);
    return from + offset;
}

/* ---- the driver ---- */

/* MP3 came late to libsndfile and may be left out. */
static bool has_format(enum codec_format format)
{
    int count = 0;
    sf_command(NULL, SFC_GET_FORMAT_MAJOR_COUNT, &count, sizeof count);
    for (int i = 0; i < count; i++) {
        SF_FORMAT_INFO info = {.format = i};
        if (sf_command(NULL, SFC_GET_FORMAT_MAJOR, &info, sizeof info) == 0 &&
            info.format == (formats[format] & SF_FORMAT_TYPEMASK))
            return true;
    }
    return false;
}

/* An MP3 of varying bit rate has its length at its head, where a stream cannot go back to; players
 * would guess it, some far too short. sf_command gives 0 even where this works. */
static void use_constant_rate(SNDFILE *file)
{
    int mode = SF_BITRATE_MODE_CONSTANT;
    sf_command(file, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
}

static void *open_codec(enum codec_format format, uint32_t rate, uint32_t channels,
                        const struct description *description, const struct codec_output *output,
                        const char **why)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {.samplerate = (int)rate, .channels = (int)channels, .format = formats[format]};
    struct codec *c = calloc(1, sizeof *c);
    if (!c) {
        *why = "out of memory";
        return NULL;
    }
    c->output = *output;
    c->description = description;
    c->channels = channels;
    c->file = sf_open_virtual(&io, SFM_WRITE, &info, c);
    if (!c->file) {
        *why = sf_strerror(NULL);
        free(c);
        return NULL;
    }
    if (!c->output.read)
        use_constant_rate(c->file);
    return c;
}

static bool encode_sound(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        if (sf_writef_short(c->file, pcm, piece) != piece) {
            *why = sf_strerror(c->file);
            return false;
        }
        pcm += (size_t)piece * c->channels;
        frames -= piece;
    }
    return true;
}

static bool finish_codec(void *codec, const char **why)
{
    struct codec *c = codec;
    int failure = sf_close(c->file);
    *why = failure ? sf_error_number(failure) : "";
    free(c);
    return !failure;
}

static void close_codec(void *codec)
{
    struct codec *c = codec;
    c->dropped = true;
    sf_close(c->file);
    free(c);
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .has = has_format,
    .open = open_codec,
    .write = encode_sound,
    .finish = finish_codec,
    .close = close_codec,
};
