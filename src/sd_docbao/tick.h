/*
 * The short sound before a word that begins with a capital.
 */
#ifndef DOCBAO_SD_TICK_H
#define DOCBAO_SD_TICK_H

#include "base/buf.h"

/* Appends 16-bit samples, this many a second, and gives their number. */
uint32_t tick_make(struct buf *out, uint32_t rate);

#endif
