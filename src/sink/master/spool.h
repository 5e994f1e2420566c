/*
 * A spool: bytes that are written once and then read, from the start, as often as is wanted. They
 * are in a file without a name, so that memory stays flat and nothing is left behind, however the
 * program ends.
 *
 * Invariants: all is written before the first spool_rewind; after a failure nothing more is written
 * or read, and spool_status reports it.
 */
#ifndef DOCBAO_SINK_MASTER_SPOOL_H
#define DOCBAO_SINK_MASTER_SPOOL_H

#include "base/err.h"

struct spool;

/* Makes the file in the folder of `target`, the file that is to be saved, since that is where there
 * must be room for sound; beside no stream, but in /var/tmp. Errors: STATUS_OUTPUT; then *out is
 * NULL. The caller closes *out with spool_close. */
enum status spool_open(struct spool **out, const char *target, struct err *e);

/* False on a failure. */
bool spool_write(struct spool *s, const void *bytes, size_t n);

/* The next spool_read begins at the start. False on a failure. */
bool spool_rewind(struct spool *s);

/* Gives how many bytes were read: fewer than `n` only at the end, or on a failure. */
size_t spool_read(struct spool *s, void *bytes, size_t n);

/* STATUS_OK, or the failure, with what to do about it. */
enum status spool_status(const struct spool *s, struct err *e);

/* NULL is allowed. */
void spool_close(struct spool *s);

#endif
