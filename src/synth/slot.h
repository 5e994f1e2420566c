/*
 * A slot: shared memory through which one child hands what it makes to the caller.
 *
 * Invariants:
 * - A slot is a header and a ring of records. One writer (the child), one reader (the caller); two
 *   counters of bytes that only grow say how far each of them is, so no lock is needed.
 * - A record is 16 bytes and, for audio and reasons, a payload right behind it that never
 *   wraps around the end of the ring. All starts are multiples of 16.
 * - Who finds nothing to do sets a flag and sleeps; the other side sees the flag after its next
 *   step and wakes it through their socket. So audio costs no system call while both are busy.
 *   A reader that is faster than the writer is woken for the first record, then for twice as much
 *   each time up to READER_WAKE_BYTES, and at the end of a sentence: the first sound comes at
 *   once, and few wakes follow.
 * - The writer may have been crashed by its text: the reader checks all that it reads.
 */
#ifndef DOCBAO_SYNTH_SLOT_H
#define DOCBAO_SYNTH_SLOT_H

#include <stdalign.h>
#include <stdatomic.h>

#include "base/sv.h"

enum {
    SLOT_BYTES = 4 << 20,
    SLOT_HEADER_BYTES = 4096,
    RING_BYTES = SLOT_BYTES - SLOT_HEADER_BYTES, /* 95 s of audio at 22,050 Hz */
    RING_WAKE_BYTES = RING_BYTES / 4, /* a sleeping writer is woken when so much is free */
    READER_WAKE_BYTES = 64 << 10,     /* a sleeping reader is woken at least so often: 1.5 s */
    RECORD_FRAMES_MAX = 8192,
};

enum record_kind {
    RECORD_AUDIO = 1, /* a: frames, s16 behind it */
    RECORD_WORD,      /* a: position in the text, b: frame */
    RECORD_REASON,    /* a: bytes of text behind it, a piece of why the sentence failed */
    RECORD_SENTENCE,  /* the sentence is complete */
    RECORD_FAILED,    /* the engine gave the sentence up; its reasons stand before */
};

struct record {
    uint32_t kind, a, b, unused;
};

struct slot {
    _Atomic uint64_t unit; /* whose content this is; set by the zygote before the child starts */
    _Atomic uint64_t written;
    _Atomic uint32_t reader_sleeps;
    alignas(64) _Atomic uint64_t read;
    _Atomic uint32_t writer_sleeps;
    alignas(SLOT_HEADER_BYTES) unsigned char ring[RING_BYTES];
};

/* Empties the slot for a unit; only while nobody writes. The reader counts as asleep: a wake too
 * many is harmless, one too few is not. */
void slot_reset(struct slot *slot, uint64_t unit);

/* The writer's end. `sleep` waits until the reader may have made room; `wake` wakes the reader. */
struct slot_writer {
    struct slot *slot;
    uint64_t at, woken_at; /* bytes written, at all and at the last wake */
    void (*sleep)(void *with);
    void (*wake)(void *with);
    void *with;
};

/* Writes a record, in pieces where it is long: audio and reasons have `a` items of `item` bytes
 * at `payload`; others have item 0. */
void slot_write(struct slot_writer *w, struct record record, const void *payload, size_t item);

/* The reader's end: `at` is where it stands. */
enum slot_state { SLOT_EMPTY, SLOT_RECORD, SLOT_BROKEN };

/* The record at `at` and its payload (inside the ring: it stays until the reader moves on), and
 * the bytes both take. SLOT_BROKEN: what is there was not made by slot_write. */
enum slot_state slot_peek(struct slot *slot, uint64_t unit, uint64_t at, struct record *record,
                          const unsigned char **payload, uint64_t *size);

/* Gives all before `at` back to the writer; true if the writer sleeps and should be woken. */
bool slot_release(struct slot *slot, uint64_t at);

#endif
