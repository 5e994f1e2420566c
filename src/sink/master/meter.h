/*
 * docbao-meter.so (src/module/meter.c) exports these functions. They measure the loudness of the
 * sound that is saved, apart from the code that made it so loud.
 *
 * Invariants: the module knows nothing of the rest of docbao; a `meter` is what `open` made.
 */
#ifndef DOCBAO_SINK_MASTER_METER_H
#define DOCBAO_SINK_MASTER_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define METER_SYMBOL "docbao_meter"

struct meter_driver {
    /* For sound of one channel; NULL where that is impossible. Its memory does not grow. */
    void *(*open)(uint32_t rate);
    bool (*add)(void *meter, const int16_t *pcm, size_t frames);
    /* The integrated loudness so far; -HUGE_VAL: there is none yet, or only silence. */
    double (*lufs)(void *meter);
    void (*close)(void *meter);
};

#endif
