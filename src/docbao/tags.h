/*
 * The tags that a caller gives to a sound file (struct docbao_tags), checked and loaded.
 *
 * Invariants: a text that was not given is empty; nothing of an article is looked at here.
 */
#ifndef DOCBAO_DOCBAO_TAGS_H
#define DOCBAO_DOCBAO_TAGS_H

#include "docbao/docbao.h"
#include "sink/sink.h"

/* *tags: views of `given`, and of `cover`, which gets the bytes of the picture and is the caller's.
 * Errors: STATUS_USAGE (the date or the picture is not as it should be, or the picture cannot be
 * read). */
enum status tags_load(const struct docbao_tags *given, struct sink_tags *tags, struct buf *cover,
                      struct err *e);

#endif
