/*
 * Functions of the file sink that other sinks do not have.
 *
 * Invariants: the formats are the rows of `file_formats` in file.c; an ending is compared without
 * its case.
 */
#ifndef DOCBAO_SINK_FILE_H
#define DOCBAO_SINK_FILE_H

#include "sink/sink.h"

/* For tests: as sink_file.open, but a WAV stream takes at most `stream_limit` bytes of sound.
 * (sink_file.open allows as many as fit a size of 32 bits.) */
enum status sink_file_open_limited(void **state, const char *target,
                                   const struct sink_format *format, uint64_t stream_limit,
                                   struct err *e);

/* The ending, without its dot, of the format that a target (and the `ending` of struct
 * sink_delivery, or NULL) would get; NULL: none is known. The string is static. */
const char *sink_file_ending(const char *target, const char *ending);

/* Whether the format with this ending leaves out a part of the sound, so that its peaks change. */
bool sink_file_is_lossy(const char *ending);

#endif
