/*
 * docbao-flac.so: FLAC, through libsndfile.
 */
#include <sndfile.h>
#include <stdlib.h>

#include "sink/codec.h"

#include "base/message.h"

/* From 0 to 1: the larger ones take far longer, and make speech hardly smaller. */
static const double compression = 3.0 / 8;

struct codec {
    struct codec_output output;
    SNDFILE *file;
    uint64_t position; /* where libsndfile writes next */
    uint64_t length;   /* as libsndfile sees it */
    bool dropped;      /* nothing that libsndfile writes is wanted any more */
};

/* ---- what libsndfile sees as its file ---- */

/* The head is written anew at the end, which a stream cannot do: there it does not tell the length.
 */
static bool is_wanted(const struct codec *c)
{
    return !c->dropped && (c->output.read || c->position >= c->length);
}

static sf_count_t io_write(const void *bytes, sf_count_t n, void *user)
{
    struct codec *c = user;
    if (is_wanted(c) && !c->output.write(c->output.user, c->position, bytes, (size_t)n))
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

static void *open_flac(const struct codec_task *task, const char **why)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {.samplerate = (int)task->rate,
                    .channels = (int)task->channels,
                    .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16};
    double level = compression;
    struct codec *c = calloc(1, sizeof *c);
    if (!c) {
        *why = N_("out of memory");
        return NULL;
    }
    c->output = task->output;
    c->file = sf_open_virtual(&io, SFM_WRITE, &info, c);
    if (!c->file) {
        *why = sf_strerror(NULL);
        free(c);
        return NULL;
    }
    sf_command(c->file, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
    return c;
}

static bool write_flac(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    if (sf_writef_short(c->file, pcm, frames) == frames)
        return true;
    *why = sf_strerror(c->file);
    return false;
}

static bool finish_flac(void *codec, const char **why)
{
    struct codec *c = codec;
    int failure = sf_close(c->file);
    *why = failure ? sf_error_number(failure) : "";
    free(c);
    return !failure;
}

static void close_flac(void *codec)
{
    struct codec *c = codec;
    c->dropped = true;
    sf_close(c->file);
    free(c);
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .open = open_flac,
    .write = write_flac,
    .finish = finish_flac,
    .close = close_flac,
};
