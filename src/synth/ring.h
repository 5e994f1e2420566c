/*
 * A ring: shared memory through which one worker hands its results to the caller.
 *
 * Invariants:
 * - A header and a ring of records, with one writer (the worker) and one reader (the caller). Two
 *   counters of bytes that only grow say how far each of them is, so there is no lock.
 * - A record is 16 bytes, followed for audio and reasons by a payload that never wraps around the
 *   end of the ring. Records start at multiples of 16.
 * - The side that has nothing to do sets a flag and sleeps; the other side looks at the flag after
 *   its next step and wakes it through their socket. So audio costs no system call while both are
 *   busy. A reader that is faster than the writer is woken for the first record of a sentence, then
 *   for twice as much each time up to READER_WAKE_BYTES, and at the end of the sentence: the first
 *   sound comes at once, with few wakes after it. In a batch this holds for the worker's first
 *   sound only; after it a wake comes for each RING_WAKE_BYTES, whatever sentences end. So a writer
 *   that has no more sentences must wake the reader itself.
 * - The writer may have been crashed by its text: the reader checks all that it reads.
 * - Rings start at multiples of RING_ALIGNMENT, because Linux maps the pages of shared memory in
 *   windows of that size at a fault.
 */
#ifndef DOCBAO_SYNTH_RING_H
#define DOCBAO_SYNTH_RING_H

#include <stdalign.h>
#include <stdatomic.h>

#include "base/sv.h"

enum {
    RING_ALIGNMENT = 64 << 10,
    RING_TOTAL_BYTES = 2 << 20,
    RING_BYTES = RING_TOTAL_BYTES - RING_ALIGNMENT, /* 46 s of audio at 22,050 Hz */
    RING_WAKE_BYTES = RING_BYTES / 4, /* a sleeping writer is woken when this much is free */
    READER_WAKE_BYTES = 64 << 10,     /* a sleeping reader is woken at least this often: 1.5 s */
    RECORD_FRAMES_MAX = 8192,
};

enum record_kind {
    RECORD_AUDIO = 1, /* a: frames; then the frames, s16 */
    RECORD_WORD,      /* a: position in the text, b: frame */
    RECORD_REASON,    /* a: bytes; then a piece of the reason why the sentence failed */
    RECORD_SENTENCE,  /* the sentence is complete */
    RECORD_FAILED,    /* the engine gave the sentence up; the reasons came before */
};

struct record {
    uint32_t kind, a, b, unused;
};

struct ring {
    _Atomic uint64_t owner; /* the worker that writes; set by the zygote before it starts */
    _Atomic uint64_t written;
    _Atomic uint64_t done; /* bytes of text of the sentences that the worker has finished */
    _Atomic uint32_t reader_sleeps;
    alignas(64) _Atomic uint64_t read;
    _Atomic uint32_t writer_sleeps;
    alignas(RING_ALIGNMENT) unsigned char bytes[RING_BYTES];
};

/* `count` rings in shared memory that children inherit; NULL with errno set on failure. */
struct ring *rings_map(uint32_t count);
/* Unmaps them; children keep theirs. */
void rings_unmap(struct ring *rings, uint32_t count);

/* Empties the ring for a worker; only while nobody writes. The reader counts as asleep: a wake too
 * many is harmless, one too few is not. */
void ring_reset(struct ring *ring, uint64_t owner);

/* The writer's end. `sleep` waits until the reader may have made room; `wake` wakes the reader. */
struct ring_writer {
    struct ring *ring;
    uint64_t at, woken_at; /* bytes written, in all and at the last wake */
    uint64_t begun_at;     /* where the present sentence begins; in a batch, the first one */
    bool batch;            /* only the first sound is urgent */
    void (*sleep)(void *with);
    void (*wake)(void *with);
    void *with;
};

/* Writes a record, in pieces if it is long: audio and reasons have `a` items of `item` bytes at
 * `payload`; others have item 0. */
void ring_write(struct ring_writer *w, struct record record, const void *payload, size_t item);

/* The record that the reader finds at `at`. */
enum ring_state { RING_EMPTY, RING_RECORD, RING_BROKEN };

/* The record at `at` with its payload (in the ring: valid until it is released), and the bytes that
 * both take. RING_BROKEN: the bytes there were not written by ring_write. */
enum ring_state ring_peek(struct ring *ring, uint64_t owner, uint64_t at, struct record *record,
                          const unsigned char **payload, uint64_t *size);

/* Gives all before `at` back to the writer; true if the writer sleeps and should be woken. */
bool ring_release(struct ring *ring, uint64_t at);

#endif
