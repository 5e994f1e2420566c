/*
 * Puts the description into a file whose sound is complete.
 *
 * Invariants:
 * - The sound stays as it is; it moves back to make room, so a stream must be held (output_hold).
 * - A file that is not as its format has it stays as it is: a tag is never worth a sound.
 * - No more than a few blocks are in memory, however long the sound is.
 * - Failures of the output are kept by it (output_status).
 */
#ifndef DOCBAO_SINK_TAG_TAG_H
#define DOCBAO_SINK_TAG_TAG_H

#include "sink/description.h"
#include "sink/output.h"

/* MP3: an ID3v2.4 tag at the front; FLAC: blocks of metadata. `rate`: of the frames of the
 * chapters. */
void tag_mp3(struct output *file, const struct description *d, uint32_t rate);
void tag_flac(struct output *file, const struct description *d, uint32_t rate);
/* Ogg with one stream, Vorbis or Opus (RFC 3533, RFC 7845). */
void tag_ogg(struct output *file, const struct description *d, uint32_t rate);

#endif
