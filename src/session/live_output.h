/*
 * The way to a device that is listened to: what it takes, what it has let be heard, and what
 * happens when it is lost.
 *
 * Invariants: no call waits. A device that is lost after some sound is away: it is opened again and
 * again, every half second, until it takes sound; one that was never heard is an error at once.
 * After an error only outlet_close may be called.
 */
#ifndef DOCBAO_SESSION_OUTLET_H
#define DOCBAO_SESSION_OUTLET_H

#include "sink/sink.h"

struct outlet {
    const struct sink_driver *driver;
    const char *target;
    bool impatient; /* away for ten seconds is an error */
    uint32_t rate;
    uint32_t volume; /* percent */
    void *state;     /* of the sink; NULL: not open */
    bool away;
    struct buf trouble; /* why it is away, or empty */
    uint32_t ticks;     /* half seconds it has been away without being back for long */
    uint64_t tick_ns;   /* when the next one ends */
    uint64_t frames;    /* handed on, in all */
    uint64_t opened_at; /* `frames` when it was opened last */
    uint64_t written;   /* since the last cut, or since it was opened */
    uint64_t heard;     /* of those */
    uint64_t cut_ns;    /* when the last cut was, while nothing was written since; else 0 */
    uint64_t first_ns;  /* when the first frames were about to be handed on; 0: never */
    uint32_t underruns; /* of sinks that were closed */
};

/* `driver`, `target` and `impatient` are set, the rest zeroed; opens at `rate`, mono. Errors are
 * the sink's. */
enum status outlet_open(struct outlet *o, uint32_t rate, struct err *e);
/* Silence at once. After a cut it waits, a tenth of a second at most, until the device has played
 * the end of the fade: to take that away would click. */
void outlet_close(struct outlet *o);

enum outlet_news { OUTLET_NOTHING, OUTLET_LOST, OUTLET_BACK };

/* Brings `heard` up to date. OUTLET_LOST: what was written and not heard is gone; OUTLET_BACK: it
 * takes sound again, and nothing has been written. Errors: STATUS_DEVICE, STATUS_OUTPUT ... */
enum status outlet_look(struct outlet *o, enum outlet_news *news, struct err *e);

/* How many frames it takes now. */
uint32_t outlet_room(struct outlet *o);
/* `frames` are at most its room. The news is OUTLET_NOTHING or OUTLET_LOST. */
enum status outlet_write(struct outlet *o, const int16_t *pcm, uint32_t frames,
                         enum outlet_news *news, struct err *e);
/* Drops what is not heard yet. */
void outlet_cut(struct outlet *o);
void outlet_volume(struct outlet *o, uint32_t percent);

/* What to wait for, or -1; lowers *timeout_ms. */
int outlet_descriptor(struct outlet *o, int *timeout_ms);
uint32_t outlet_underruns(const struct outlet *o);

uint64_t outlet_now_ns(void);

#endif
