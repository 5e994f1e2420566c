/*
 * The output that a listener hears: a sink that is listened to, opened again when its device is
 * lost.
 *
 * Invariants:
 * - No call waits, except live_output_close.
 * - A device that is lost after some sound is "away": it is opened again every half second until it
 *   accepts sound. A device that never played anything is an error at once.
 * - After an error only live_output_close may be called.
 */
#ifndef DOCBAO_SESSION_LIVE_OUTPUT_H
#define DOCBAO_SESSION_LIVE_OUTPUT_H

#include "sink/sink.h"

struct live_output {
    const struct sink_driver *driver;
    const char *target;
    bool impatient;  /* being away for ten seconds is an error */
    uint32_t rate;   /* frames a second; 0: not opened yet */
    uint32_t volume; /* percent */
    void *sink;      /* NULL: not open */
    bool away;
    struct buf trouble; /* why it is away, or empty */
    uint32_t tries;     /* half seconds it has been away, not counting those before it last came
                           back for a while */
    uint64_t next_try_ns;
    uint64_t frames;    /* written in all */
    uint64_t opened_at; /* `frames` when it was opened last */
    uint64_t written;   /* since the last cut or open */
    uint64_t heard;     /* of those */
    uint64_t cut_ns;    /* when it was cut, if nothing was written since; otherwise 0 */
    uint64_t first_ns;  /* when the first frames were about to be written; 0: never */
    uint32_t underruns; /* of the sinks that were closed */
};

/* `driver`, `target`, `impatient` and `volume` are set, the rest is zero. Opens at `rate`, mono.
 * Errors are the sink's. */
enum status live_output_open(struct live_output *o, uint32_t rate, struct err *e);
/* Silence at once. Soon after a cut it waits, at most a tenth of a second, until the device has
 * played the end of the fade: closing earlier would click. */
void live_output_close(struct live_output *o);

enum live_output_change { LIVE_OUTPUT_SAME, LIVE_OUTPUT_LOST, LIVE_OUTPUT_BACK };

/* Brings `heard` up to date. LIVE_OUTPUT_LOST: what was written and not heard is gone.
 * LIVE_OUTPUT_BACK: it accepts sound again, and nothing has been written. Errors are the sink's,
 * and STATUS_DEVICE. */
enum status live_output_update(struct live_output *o, enum live_output_change *change,
                               struct err *e);

/* Returns the number of frames that it accepts now. */
uint32_t live_output_room(struct live_output *o);
/* `frames` is at most the room. The change is LIVE_OUTPUT_SAME or LIVE_OUTPUT_LOST. */
enum status live_output_write(struct live_output *o, const int16_t *pcm, uint32_t frames,
                              enum live_output_change *change, struct err *e);
/* As the functions of struct sink_driver; dropped while it is away. */
enum status live_output_tags(void *output, const struct sink_tags *tags, struct err *e);
enum status live_output_mark(void *output, const struct sink_mark *mark, struct err *e);
/* Drops the sound that has not been heard yet. */
void live_output_cut(struct live_output *o);
/* Sets the volume, in percent, also of what is opened later. */
void live_output_set_volume(struct live_output *o, uint32_t percent);

/* The descriptor to wait for, or -1; lowers *timeout_ms. */
int live_output_descriptor(struct live_output *o, int *timeout_ms);
/* How often the device ran dry, of all sinks that were opened. */
uint32_t live_output_underruns(const struct live_output *o);

#endif
