/*
 * XML read from front to back, with the place of each piece of text in its bytes.
 *
 * Invariants: nothing but the bytes given is ever read (no external subset, no entity from
 * elsewhere); entities that a document declares itself are not expanded; those of HTML are known.
 * What is badly formed is read as far as it can be understood.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_H
#define DOCBAO_ARTICLE_FORMAT_XML_H

#include "base/err.h"

/* Names without their prefix; `space` is the namespace, "" for none. All is borrowed, for the
 * length of the call. */
struct xml_tag {
    const char *name, *space;
    const void *attributes;
    int count;
};

struct xml_client {
    void (*open)(void *user, const struct xml_tag *tag);
    void (*close)(void *user, const char *name, const char *space);
    /* A run of text, made from the bytes `from`: byte by byte if both are as long. */
    void (*text)(void *user, struct sv text, struct span from);
    void *user;
};

struct xml_fault {
    uint32_t line;      /* of the first place that is badly formed; 0: there is none */
    struct buf message; /* what is wrong there */
};

/* Whether the tag bears the name, in whichever namespace. */
bool xml_is(const struct xml_tag *tag, const char *name);

/* The value of the attribute of that name (without a prefix); p is NULL if there is none. Entities
 * stand in it as they are written. */
struct sv xml_attribute(const struct xml_tag *tag, const char *name);

/* Walks through the document. `fault` is set; the caller frees its message. */
void xml_walk(struct sv bytes, const struct xml_client *client, struct xml_fault *fault);

#endif
