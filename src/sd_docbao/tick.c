#include "sd_docbao/tick.h"

/* A triangle wave that dies away: no library of mathematics is needed for that. */
uint32_t tick_make(struct buf *out, uint32_t rate)
{
    enum { HERTZ = 1400, MS = 30, LOUD = 9000 };
    uint32_t frames = rate * MS / 1000, period = rate / HERTZ;
    for (uint32_t i = 0; i < frames && period; i++) {
        int32_t place = (int32_t)(i % period * 4 * LOUD / period); /* 0 to 4 LOUD */
        int32_t wave = place < 2 * LOUD ? place - LOUD : 3 * LOUD - place;
        int16_t sample = (int16_t)(wave * (int32_t)(frames - i) / (int32_t)frames);
        buf_add(out, &sample, sizeof sample);
    }
    return period ? frames : 0;
}
