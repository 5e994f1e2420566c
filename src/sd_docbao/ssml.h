/*
 * SSML, as speech-dispatcher sends it: text with marks, and stretches in other languages or that
 * shall be spelled.
 *
 * Invariants:
 * - No text is lost, however broken the markup: what is no tag and no entity is text.
 * - Runs cover the text from its start to its end, in order. Marks are ordered by their place.
 */
#ifndef DOCBAO_SD_SSML_H
#define DOCBAO_SD_SSML_H

#include "docbao/docbao.h"
#include "base/buf.h"
#include "base/vec.h"

/* Spans of ssml.names. */
struct ssml_mark {
    uint32_t at; /* bytes of the text before it */
    struct span name;
};

struct ssml_run {
    uint32_t from, to;    /* bytes of the text */
    struct span language; /* empty: none was named */
    enum docbao_manner manner;
};

struct ssml {
    struct buf text, names;
    VEC(struct ssml_mark) marks;
    VEC(struct ssml_run) runs; /* at least one */
};

/* Sets *out, which is freed with ssml_free. */
void ssml_parse(struct ssml *out, struct sv markup);
void ssml_free(struct ssml *s);

#endif
