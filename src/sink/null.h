/*
 * Functions of the sink that plays nothing, for tests and measurements.
 *
 * Invariants: no sound leaves the process; frames are only counted.
 */
#ifndef DOCBAO_SINK_NULL_H
#define DOCBAO_SINK_NULL_H

#include "sink/sink.h"

/* For tests: the frames written since open; `state` is a state of sink_null. */
uint64_t sink_null_frames(const void *state);

#endif
