/*
 * A walk through an XML document (xml.c): how its text (xml_text.c) and its elements
 * (xml_elements.c) are reported to the client.
 *
 * Invariants: `at` <= bytes.n, and it never goes back but to read a tag that was none again, as
 * text, as far as `retries` allows; so the time is linear. Every element that was opened is closed.
 * `open` has the elements from the outside; `bindings` those prefixes that are in force.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_WALK_H
#define DOCBAO_ARTICLE_FORMAT_XML_WALK_H

#include "article/format/xml.h"
#include "article/source_map.h"
#include "base/arena.h"

/* The ends of pieces of markup; each is looked for in vain only once. */
enum end { END_COMMENT, END_INSTRUCTION, END_CDATA, END_COUNT };

struct element {
    struct sv prefix, name;
    const char *space;
    size_t bindings; /* in force before it */
};

/* A prefix and its namespace. */
struct binding {
    struct sv prefix;
    const char *space;
};

struct walk {
    const struct xml_client *client;
    struct xml_fault *fault;
    struct sv bytes;
    size_t at;
    const struct source_map *map; /* from `bytes` to the document; NULL: they are the same */
    struct arena arena;           /* of the names of namespaces */
    struct buf name;              /* of the tag that is reported */
    bool missing[END_COUNT], has_doctype;
    /* How many bytes of tags that were none may still be read again, and how many open elements
     * looked through in vain. */
    size_t retries;
    bool missing_raw_end;
    bool is_html, is_strict; /* as the client says; every element must have an end tag */
    VEC(struct element) open;
    VEC(struct binding) bindings;
    VEC(struct xml_attribute) attributes;
};

/* The bytes that the walk has still to read. */
struct sv xml_rest(const struct walk *w);
/* Keeps the first fault, with the line of `at`; `message` is marked by N_. */
void xml_note_fault(struct walk *w, const char *message);

/* ---- text (xml_text.c) ---- */

/* Reports the next `length` bytes as `text`. */
void xml_report_text(struct walk *w, struct sv text, size_t length);
/* Reports the end of a line, which is at `at`: in any form it is one line feed. */
void xml_report_line_end(struct walk *w);
/* Reports text up to one of the bytes of `ends`, which must hold '\r', or at most `n` bytes. */
void xml_report_run(struct walk *w, size_t n, const char *ends);
/* Reports the text of a CDATA section of `n` bytes. */
void xml_report_cdata(struct walk *w, size_t n);
/* Reports the character of the reference that begins at `at`; if it is none, the "&". */
void xml_read_reference(struct walk *w);

/* ---- elements (xml_elements.c) ---- */

/* From now on the prefix means this namespace, until the element that is opened next is closed. */
void xml_add_binding(struct walk *w, struct sv prefix, struct sv space);
/* Splits "w:p": returns the prefix, and leaves the name. A name that ends with a colon has no
 * prefix. */
struct sv xml_cut_prefix(struct sv *name);
/* Opens an element with the attributes of the walk; `bindings`: how many were in force before it.
 * Elements of HTML that end where it begins are closed; so is it, if it is `empty`. */
void xml_open_element(struct walk *w, struct sv name, size_t bindings, bool empty);
/* Closes the innermost element, of which there must be one. */
void xml_close_element(struct walk *w);
/* Whether all elements from the i-th on may be closed without an end tag. */
bool xml_may_close(const struct walk *w, size_t i);
/* Closes the element of this name, and those in it that are still open; nothing if none is. */
void xml_end_element(struct walk *w, struct sv name);
/* Counts bytes or elements that were looked through in vain. */
void xml_use_retries(struct walk *w, size_t n);

#endif
