/*
 * What a program that is kept answers: frames on its standard output.
 *
 * A frame is a head of 5 bytes and a payload: the length of the payload (32 bits, least byte
 * first), then the kind, one byte. docs/voices.md describes the frames for those who write
 * programs.
 *
 * Invariant: the program is trusted in nothing. A frame that was read has a known kind and a length
 * that its kind may have.
 */
#ifndef DOCBAO_SYNTH_COMMAND_ANSWER_H
#define DOCBAO_SYNTH_COMMAND_ANSWER_H

#include "base/err.h"
#include "synth/command/process.h"

enum answer_kind {
    ANSWER_HELLO = 'h', /* once, first: version 1, frames a second, abilities: 32 bits each */
    ANSWER_PCM = 'p',   /* signed 16-bit samples, one channel, least byte first */
    ANSWER_WORD = 'w',  /* the number of the word (from 0), and the frame at which it begins */
    ANSWER_END = 'e',   /* the id of the sentence, which is complete */
    ANSWER_ERROR = 'x', /* a text: why the sentence could not be spoken; it ends here */
};

/* Of a hello. */
enum { ABLE_SPEED = 1, ABLE_WORDS = 2 };

enum { ANSWER_BYTES_MOST = 1 << 20 };

struct answer {
    enum answer_kind kind;
    struct sv payload; /* valid until the next one is read */
};

enum answer_state {
    ANSWER_MORE, /* it is not there whole */
    ANSWER_WHOLE,
    ANSWER_BAD, /* it is no frame */
};

/* Looks at the frame at the beginning of the bytes. Sets *size to the bytes that it takes, as far
 * as that can be told yet. ANSWER_WHOLE sets *out, a view of the bytes; ANSWER_BAD sets its kind
 * and the length of its payload, which is not there. */
enum answer_state answer_parse(struct sv bytes, struct answer *out, size_t *size);

/* Reads the next frame; `buffer` is the caller's, for the bytes. STATUS_PARTIAL: the program has
 * ended, is late, or sent what is no frame; the message says which, without a full stop. */
enum status answer_read(struct process *p, uint64_t silence_ms, struct buf *buffer,
                        struct answer *out, struct err *e);

/* The 32-bit number at `index` of the payload. */
uint32_t answer_number(const struct answer *a, unsigned index);

#endif
