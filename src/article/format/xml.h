/*
 * Reads XML from front to back, and reports the place of each piece of text.
 *
 * Invariants: nothing but the given bytes is read: no external subset, no external entity. Entities
 * that a document declares are not expanded; those of HTML are known (article/format/entity.h).
 * Malformed XML is read as far as possible.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_H
#define DOCBAO_ARTICLE_FORMAT_XML_H

#include "base/err.h"

/* `name` has no prefix; `space` is the namespace, "" if there is none. Valid during the call only.
 */
struct xml_tag {
    const char *name, *space;
    const void *attributes;
    int count;
};

struct xml_client {
    void (*open)(void *user, const struct xml_tag *tag);
    void (*close)(void *user, const char *name, const char *space);
    /* A run of text that was made from the bytes `from`: byte by byte if both have the same length.
     */
    void (*text)(void *user, struct sv text, struct span from);
    void *user;
};

struct xml_fault {
    uint32_t line;      /* of the first error; 0: there is none */
    struct buf message; /* the message of the parser, one line */
};

/* Whether the tag has this name, in any namespace. */
bool xml_is(const struct xml_tag *tag, const char *name);

/* The value of an attribute, named without prefix, with references as written; p is NULL if there
 * is none. */
struct sv xml_attribute(const struct xml_tag *tag, const char *name);

/* Reads the document and calls the client. Sets *fault; the caller frees its message. */
void xml_walk(struct sv bytes, const struct xml_client *client, struct xml_fault *fault);

#endif
