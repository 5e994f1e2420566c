/*
 * docbao-decoder.so: reads sound files, through libsndfile.
 */
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

#include "sink/decoder.h"

enum { MOST_CHANNELS = 64, PIECE_FRAMES = 1024 };

struct decoder {
    SNDFILE *file;
    const char *bytes;
    sf_count_t length, position;
    int channels;
    float piece[PIECE_FRAMES * MOST_CHANNELS];
};

/* ---- what libsndfile sees as its file ---- */

static sf_count_t io_length(void *user)
{
    const struct decoder *d = user;
    return d->length;
}

static sf_count_t io_tell(void *user)
{
    const struct decoder *d = user;
    return d->position;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user)
{
    struct decoder *d = user;
    sf_count_t from = whence == SEEK_CUR ? d->position : whence == SEEK_END ? d->length : 0;
    if (offset < -from || offset > d->length - from)
        return -1;
    d->position = from + offset;
    return d->position;
}

static sf_count_t io_read(void *bytes, sf_count_t n, void *user)
{
    struct decoder *d = user;
    if (n > d->length - d->position)
        n = d->length - d->position;
    memcpy(bytes, d->bytes + d->position, (size_t)n);
    d->position += n;
    return n;
}

static sf_count_t io_write(const void *bytes, sf_count_t n, void *user)
{
    (void)bytes;
    (void)n;
    (void)user;
    return 0;
}

/* ---- the driver ---- */

static void close_sound(void *decoder)
{
    struct decoder *d = decoder;
    if (d->file)
        sf_close(d->file);
    free(d);
}

static void *open_sound(const void *bytes, size_t n, uint32_t *rate, const char **why)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {0};
    struct decoder *d = calloc(1, sizeof *d);
    *why = "out of memory";
    if (!d)
        return NULL;
    d->bytes = bytes;
    d->length = (sf_count_t)n;
    d->file = sf_open_virtual(&io, SFM_READ, &info, d);
    *why = sf_strerror(d->file);
    d->channels = info.channels;
    *rate = (uint32_t)info.samplerate;
    if (d->file && info.channels <= MOST_CHANNELS)
        return d;
    close_sound(d);
    return NULL;
}

static size_t read_sound(void *decoder, float *sound, size_t room)
{
    struct decoder *d = decoder;
    size_t given = 0;
    while (given < room) {
        size_t wanted = room - given < PIECE_FRAMES ? room - given : PIECE_FRAMES;
        sf_count_t n = sf_readf_float(d->file, d->piece, (sf_count_t)wanted);
        for (sf_count_t i = 0; i < n; i++) {
            float sum = 0;
            for (int c = 0; c < d->channels; c++)
                sum += d->piece[i * d->channels + c];
            sound[given++] = sum / (float)d->channels;
        }
        if (n <= 0)
            break;
    }
    return given;
}

extern const struct decoder_driver docbao_decoder;

__attribute__((visibility("default"))) const struct decoder_driver docbao_decoder = {
    .open = open_sound,
    .read = read_sound,
    .close = close_sound,
};
