/*
 * docbao-decoder.so and docbao-decoder-av.so (src/module/decoder.c, decoder_av.c) export these
 * functions. They read sound files.
 *
 * Invariants: the module knows nothing of the rest of docbao; it runs in a confined process, since
 * the files may come from anyone.
 */
#ifndef DOCBAO_SINK_DECODER_H
#define DOCBAO_SINK_DECODER_H

#include <stddef.h>
#include <stdint.h>

#define DECODER_SYMBOL "docbao_decoder"

struct decoder_driver {
    /* Opens the bytes of a file, which outlive the decoder, and sets *rate (frames a second) and
     * *channels: 2 where the file has two, otherwise 1, the mean of all. NULL: it is none that is
     * known. */
    void *(*open)(const void *bytes, size_t n, uint32_t *rate, uint32_t *channels);
    /* Writes up to `room` frames, 1 being full scale, and gives how many; 0: there are no more. */
    size_t (*read)(void *decoder, float *sound, size_t room);
    void (*close)(void *decoder);
};

#endif
