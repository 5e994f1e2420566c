/* The head of a WAV stream, which programs write to standard output before the sound. */
#ifndef DOCBAO_SYNTH_COMMAND_WAV_H
#define DOCBAO_SYNTH_COMMAND_WAV_H

#include "base/sv.h"

enum wav_state {
    WAV_NONE, /* no WAV: the sound itself */
    WAV_MORE, /* more bytes are needed to tell */
    WAV_GOOD,
    WAV_BAD, /* a WAV that is not of one channel and 16 bits, or is damaged */
};

/* Looks at the first bytes of a stream. WAV_GOOD: sets the frames a second, and the bytes before
 * the sound. */
enum wav_state wav_read_head(struct sv bytes, uint32_t *rate, size_t *length);

#endif
