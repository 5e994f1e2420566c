/*
 * A sink with a chain of stages before it: what the session writes into.
 *
 * Invariants:
 * - The order of calls and their errors are those of sink/sink.h.
 * - The sink is opened with the rate and channels that the chain gives. The frames of marks are
 *   those of the sound that is written here; the sink gets them as frames of the sound that it is
 *   given.
 * - With no stage the sink gets every call as it is made, with the same samples.
 * - A sink that is listened to (sink_live) is not used this way: it counts the frames that it was
 *   given itself, and the player has stages of its own after it.
 */
#ifndef DOCBAO_SINK_STAGE_STAGED_SINK_H
#define DOCBAO_SINK_STAGE_STAGED_SINK_H

#include "sink/sink.h"
#include "sink/stage/stage.h"

struct staged_sink;

/* Opens the stages and then the sink. `format` is what will be written. The stages' settings must
 * outlive *out. Errors: those of the stages and of the driver's open; then *out is NULL. The caller
 * closes *out with staged_sink_close. */
enum status staged_sink_open(struct staged_sink **out, const struct sink_driver *driver,
                             const char *target, const struct stage *stages, size_t count,
                             const struct sink_format *format, struct err *e);

/* These are the functions of struct sink_driver. */
enum status staged_sink_tags(struct staged_sink *s, const struct sink_tags *tags, struct err *e);
enum status staged_sink_mark(struct staged_sink *s, const struct sink_mark *mark, struct err *e);
enum status staged_sink_write(struct staged_sink *s, const int16_t *pcm, uint32_t frames,
                              struct err *e);
enum status staged_sink_finish(struct staged_sink *s, struct err *e);
/* NULL is allowed. */
void staged_sink_close(struct staged_sink *s);

#endif
