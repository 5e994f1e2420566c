/*
 * A recording: the sound of a file that becomes a part of another sound, such as a jingle.
 *
 *     file ─▶ decoder, in a confined process ─▶ rate ─▶ spool, with its loudness
 *
 * Invariants:
 * - It is at the rate that was asked for, and of two channels if the file is, and two were asked
 *   for, else of one.
 * - It waits in a spool beside the file that is saved: memory does not grow with it.
 * - The same file gives the same samples, as often as it is read.
 */
#ifndef DOCBAO_SINK_RECORDING_H
#define DOCBAO_SINK_RECORDING_H

#include <signal.h>

#include "base/err.h"

struct recording;

struct recording_options {
    const char *name;                  /* the path of the file; for messages, if there are bytes */
    struct sv bytes;                   /* of the file; p is NULL: it is read */
    const char *target;                /* the file that is saved */
    uint32_t rate;                     /* frames a second */
    uint32_t channels;                 /* the most that it may have: 1 or 2 */
    const volatile sig_atomic_t *stop; /* or NULL */
};

/* Reads all of it. Errors: STATUS_INPUT (it is not there, or is no sound, or holds none),
 * STATUS_USAGE (a part is not installed), STATUS_OUTPUT (the spool), STATUS_STOPPED; then *out is
 * NULL. The caller closes *out with recording_close. */
enum status recording_open(struct recording **out, const struct recording_options *options,
                           struct err *e);

uint64_t recording_frames(const struct recording *r);
uint32_t recording_channels(const struct recording *r);

/* From now on it is given at this loudness, or a little below where its peaks would go beyond full
 * scale. Of two channels it is the mean of their powers, so that speech at this loudness in both is
 * as loud. Silence stays silence. */
void recording_level(struct recording *r, double lufs);

/* Reading begins at the start. */
void recording_rewind(struct recording *r);

/* Gives the next frames, fewer only at the end, in no fewer channels than it has: one channel is
 * given twice for two. 1 is full scale. */
size_t recording_read(struct recording *r, float *sound, size_t frames, uint32_t channels);

/* STATUS_OK, or what failed while it was read: STATUS_OUTPUT. */
enum status recording_status(const struct recording *r, struct err *e);

/* NULL is allowed. */
void recording_close(struct recording *r);

#endif
