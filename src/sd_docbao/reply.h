/*
 * What a module answers: lines, and sound in frames of its own.
 */
#ifndef DOCBAO_SD_REPLY_H
#define DOCBAO_SD_REPLY_H

#include "base/buf.h"

/* The most frames of one piece of sound: between two pieces the module looks at its commands. */
enum { REPLY_MOST_FRAMES = 5000 };

/* Appends a line. */
void reply_line(struct buf *out, const char *line);
/* Appends sound, at most REPLY_MOST_FRAMES, of one channel and this many frames a second. NULL:
 * silence. */
void reply_sound(struct buf *out, const int16_t *pcm, uint32_t frames, uint32_t rate);
/* Appends that a mark is reached. */
void reply_mark(struct buf *out, struct sv name);

#endif
