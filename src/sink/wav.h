/*
 * The headers of WAV files with 16-bit sound.
 *
 * A file has room for one of two headers of the same size, so that its sound need not move once its
 * length is known:
 *     up to 4 GiB:  RIFF WAVE fmt(16) JUNK(60) [front] data [back]
 *     beyond:       RF64 WAVE ds64(28) fmt(40, extensible) PAD(0) [front] data [back]
 *                                                                      (EBU Tech 3306)
 * Front and back are the chunks of tag/riff.h, where there are tags.
 * A stream has the shortest header, whose sizes say "not known":
 *     RIFF WAVE fmt(16) data
 */
#ifndef DOCBAO_SINK_WAV_H
#define DOCBAO_SINK_WAV_H

#include <stdint.h>

#include "base/buf.h"

enum { WAV_FILE_HEADER = 112, WAV_STREAM_HEADER = 44 };

struct wav_layout {
    uint32_t rate, channels;
    struct sv front;      /* whole chunks */
    uint64_t bytes, back; /* of sound, and of the chunks behind it */
};

/* For tests, which cannot write a file of 4 GiB: appends the header of a file, WAV_FILE_HEADER
 * bytes and those of the front. */
void wav_add_file_header(struct buf *out, const struct wav_layout *layout);

#endif
