/*
 * The file sink with its limit open to tests.
 */
#ifndef DOCBAO_SINK_FILE_H
#define DOCBAO_SINK_FILE_H

#include "sink/sink.h"

/* As sink_file.open; a WAV stream takes at most `stream_limit` bytes of sound (sink_file.open:
 * what its 32-bit sizes can tell). */
enum status sink_file_open_limited(void **state, const char *target,
                                   const struct sink_format *format, uint64_t stream_limit,
                                   struct err *e);

/* Appends the endings this build can save to: ".wav, .flac, .ogg or .mp3". */
void sink_file_endings(struct buf *out);

#endif
