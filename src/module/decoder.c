/*
 * docbao-decoder.so: reads sound files, through libsndfile.
 */
#include <sndfile.h>
#include <stdlib.h>

#include "sink/decoder.h"
#include "sink/decoder_bytes.h"

enum { MOST_CHANNELS = 64, PIECE_FRAMES = 1024, STEREO = 2 };

struct decoder {
    SNDFILE *file;
    struct decoder_bytes bytes;
    int channels; /* of the file */
    float piece[PIECE_FRAMES * MOST_CHANNELS];
};

/* ---- what libsndfile sees as its file ---- */

static sf_count_t io_length(void *user)
{
    const struct decoder *d = user;
    return d->bytes.length;
}

static sf_count_t io_tell(void *user)
{
    const struct decoder *d = user;
    return d->bytes.position;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user)
{
    struct decoder *d = user;
    return decoder_bytes_seek(&d->bytes, offset, whence);
}

static sf_count_t io_read(void *bytes, sf_count_t n, void *user)
{
    struct decoder *d = user;
    return decoder_bytes_read(&d->bytes, bytes, n);
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

static void *open_sound(const void *bytes, size_t n, uint32_t *rate, uint32_t *channels)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {0};
    struct decoder *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->bytes = (struct decoder_bytes){.at = bytes, .length = (int64_t)n};
    d->file = sf_open_virtual(&io, SFM_READ, &info, d);
    d->channels = info.channels;
    *rate = (uint32_t)info.samplerate;
    *channels = info.channels == STEREO ? STEREO : 1;
    if (d->file && info.channels <= MOST_CHANNELS)
        return d;
    close_sound(d);
    return NULL;
}

static float mean_of(const float *frame, int channels)
{
    float sum = 0;
    for (int c = 0; c < channels; c++)
        sum += frame[c];
    return sum / (float)channels;
}

static size_t read_sound(void *decoder, float *sound, size_t room)
{
    struct decoder *d = decoder;
    size_t given = 0;
    while (given < room) {
        size_t wanted = room - given < PIECE_FRAMES ? room - given : PIECE_FRAMES;
        sf_count_t n = sf_readf_float(d->file, d->piece, (sf_count_t)wanted);
        if (n <= 0)
            break;
        if (d->channels == STEREO)
            memcpy(sound + STEREO * given, d->piece, (size_t)n * STEREO * sizeof *sound);
        for (sf_count_t i = 0; i < n && d->channels != STEREO; i++)
            sound[given + (size_t)i] = mean_of(d->piece + i * d->channels, d->channels);
        given += (size_t)n;
    }
    return given;
}

extern const struct decoder_driver docbao_decoder;

__attribute__((visibility("default"))) const struct decoder_driver docbao_decoder = {
    .open = open_sound,
    .read = read_sound,
    .close = close_sound,
};
