/*
 * Brings a whole sound to a loudness and below a peak. All of it must be known before the first
 * sample can leave, so it waits in a spool.
 *
 *     leveller_add … leveller_settle, leveller_next …
 *
 * The sound is looked at once, when it comes: for each block of 2 ms its true peak and its weighted
 * energy are noted. From these notes alone the limiter's gains, and with them the loudness of the
 * limited sound, are found for any gain, again and again until the loudness is right.
 *
 * Invariants: two channels have the same gain at every moment; memory does not grow with the sound;
 * the same sound gives the same samples, however it was cut into pieces.
 */
#ifndef DOCBAO_SINK_MASTER_LEVELLER_H
#define DOCBAO_SINK_MASTER_LEVELLER_H

#include "base/err.h"

struct leveller;

struct leveller_settings {
    const char *target; /* the file that is saved: the spool is made beside it */
    uint32_t rate;
    uint32_t width;    /* channels of the sound, interleaved: 1 or 2 */
    uint32_t channels; /* in which it will be played: one in both of two is louder than in one */
    bool has_loudness;
    double lufs;      /* the loudness that is wanted */
    double peak_dbtp; /* the highest true peak that is allowed */
};

/* What was found and done. */
struct leveller_report {
    bool is_silent;     /* there is nothing whose loudness could be told: the gain is 0 dB */
    double lufs;        /* of the sound as it will be; what was wanted, give or take little */
    double peak_dbtp;   /* likewise, or less */
    double gain_db;     /* before the limiter */
    double most_cut_db; /* the most that the limiter takes away anywhere; 0: nothing */
};

/* Errors: STATUS_OUTPUT (the spool); then *out is NULL. The caller closes *out with
 * leveller_close. */
enum status leveller_open(struct leveller **out, const struct leveller_settings *settings,
                          struct err *e);

/* Takes frames. Errors: STATUS_OUTPUT (the spool). */
enum status leveller_add(struct leveller *l, const float *sound, size_t frames, struct err *e);

/* The sound has ended: finds the gain. Errors: STATUS_OUTPUT (the spool). */
enum status leveller_settle(struct leveller *l, struct leveller_report *report, struct err *e);

/* Gives up to `most` frames of the result; *n is 0 after the last one. Errors: STATUS_OUTPUT (the
 * spool). */
enum status leveller_next(struct leveller *l, float *sound, size_t most, size_t *n, struct err *e);

/* NULL is allowed. */
void leveller_close(struct leveller *l);

#endif
