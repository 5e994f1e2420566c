/*
 * The bytes of a saved file: into a temporary file beside the destination, or straight into a
 * stream.
 *
 * Invariants:
 * - A regular file is replaced whole or not at all: until output_complete the bytes are in a
 *   temporary file beside it, and the old file stays as it was.
 * - A destination that exists and is no regular file (pipe, device), and "-" (standard output), is
 *   a stream: written straight and in order, never replaced.
 * - A stream gets every byte at once, so that it can be listened to. A file is written in large
 *   blocks: an error (a full disk) may be seen only by a later call, at the latest by
 *   output_complete.
 * - After the first failure nothing more is written; the failure is kept for output_status.
 */
#ifndef DOCBAO_SINK_OUTPUT_H
#define DOCBAO_SINK_OUTPUT_H

#include <signal.h>

#include "base/err.h"

struct output;

/* Opens `path`. A wait for a stream's reader ends when *stop becomes nonzero (or never, where stop
 * is NULL). Errors: STATUS_OUTPUT, STATUS_STOPPED; then *out is NULL. */
enum status output_open(struct output **out, const char *path, const volatile sig_atomic_t *stop,
                        struct err *e);

/* Whether the destination is a stream; known from output_open on. */
bool output_is_stream(const struct output *o);

/* Writes `n` bytes at `offset`. A stream cannot go back: bytes before its end are left out. Returns
 * false on a failure, which output_status then reports. */
bool output_write(struct output *o, uint64_t offset, const void *bytes, size_t n);

/* Of a file, `copy` gets from now on the bytes that are written at its end, before output_write
 * returns; none any more after output_resize. */
void output_copy(struct output *o, void (*copy)(void *user, const void *bytes, size_t n),
                 void *user);

/* Reads back up to `n` bytes of a file from `offset` (of a stream only while it is held); gives how
 * many. */
size_t output_read(struct output *o, uint64_t offset, void *bytes, size_t n);

/* Makes the `old` bytes of a file at `offset` `wanted` bytes, whose content is then undefined: what
 * is behind them moves (of a stream only while it is held). Returns false on a failure. */
bool output_resize(struct output *o, uint64_t offset, uint64_t old, uint64_t wanted);

/* A stream begins with these bytes, before anything else is written; all offsets count from behind
 * them. Returns false on a failure. */
bool output_begin_stream(struct output *o, struct sv bytes);

/* What a stream gets from now on waits in memory, where it can be read, changed and resized as a
 * file can; `output_let_go sends it.
 * Before anything is written; a file is never held. */
void output_hold(struct output *o);

/* Sends what waits, if anything was held. Offsets count on from what they were when the first byte
 * was written, however much was resized. Returns false on a failure. */
bool output_let_go(struct output *o);

/* STATUS_OK, or the failure that stopped the writing, with what to do about it. */
enum status output_status(const struct output *o, struct err *e);

/* All is written: puts the file on disk and in its place. The caller still calls output_close. */
enum status output_complete(struct output *o, struct err *e);

/* Frees all. Without a successful output_complete the temporary file is removed. */
void output_close(struct output *o);

#endif
