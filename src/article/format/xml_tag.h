/*
 * Reads the pieces of a tag: names and values of attributes.
 *
 * Invariants: at <= rest.n; reading goes forward only, and never behind `rest`.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_TAG_H
#define DOCBAO_ARTICLE_FORMAT_XML_TAG_H

#include "base/sv.h"

/* A cursor in a tag. */
struct xml_tag_reader {
    struct sv rest;
    size_t at;
    bool strict; /* a '<' is not part of a value in quotation marks */
};

/* The next byte; 0 at the end. */
static inline char xml_tag_peek(const struct xml_tag_reader *t)
{
    return t->at < t->rest.n ? t->rest.p[t->at] : '\0';
}

/* Goes on to the next byte that is no white space. */
void xml_tag_skip_space(struct xml_tag_reader *t);
/* A name of ASCII, perhaps with a prefix; empty if none is next. */
struct sv xml_tag_name(struct xml_tag_reader *t);
/* A value in quotation marks, or a word, as in HTML. A mark without another is passed over. */
struct sv xml_tag_value(struct xml_tag_reader *t);

#endif
