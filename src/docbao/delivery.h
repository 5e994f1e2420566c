/*
 * How a saved file shall be: from the public types to those of the sinks.
 */
#ifndef DOCBAO_DOCBAO_DELIVERY_H
#define DOCBAO_DOCBAO_DELIVERY_H

#include "docbao/docbao.h"
#include "sink/sink.h"

/* What the speech wants. Borrows `level`, which is set when the sound has been written. */
struct sink_delivery delivery_wanted(const struct docbao_speech *speech, struct sink_level *level);

/* The tags of the speech, else those of every file of its kind. Views of both. */
struct docbao_tags delivery_tags(const struct docbao_speech *speech);

/* The sink that delivers it: one that changes the sound only where something is to be changed. */
const struct sink_driver *delivery_sink(const struct docbao_speech *speech,
                                        const struct sink_delivery *delivery);

/* Adds what was measured to the statistics. */
void delivery_add_level(struct docbao_stats *stats, const struct sink_level *level);

#endif
