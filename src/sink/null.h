/*
 * The sink that plays nothing, as tests and measurements see it.
 */
#ifndef DOCBAO_SINK_NULL_H
#define DOCBAO_SINK_NULL_H

#include "sink/sink.h"

/* The frames written since open; `state` is a state of sink_null. */
uint64_t sink_null_frames(const void *state);

#endif
