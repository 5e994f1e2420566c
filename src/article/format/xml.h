/*
 * Reads XML from front to back, and reports the place of each piece of text.
 *
 * Invariants: every byte outside of markup is reported as text, at its place, once and in order,
 * however damaged the document is; markup that is not legal is text, or is passed over up
 * to its '>'. A tag whose name is not ASCII is text. Nothing but the given bytes is read: no
 * external subset, no external entity. Entities that a document declares are not expanded; those of
 * HTML are known (article/format/entity.h). Time and memory grow with the length of the document
 * only.
 *
 * This is not a library's parser, because those that recover from faults (libxml2) drop text when
 * they do, do not say which, and do not know the place of a text.
 *
 * Sources: Extensible Markup Language (XML) 1.0; Namespaces in XML 1.0; for references, HTML.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_XML_H
#define DOCBAO_ARTICLE_FORMAT_XML_H

#include "base/buf.h"

struct xml_attribute {
    struct sv name;  /* without prefix */
    struct sv value; /* with references as written */
};

/* `name` has no prefix; `space` is the namespace, "" if there is none. Valid during the call only.
 */
struct xml_tag {
    const char *name, *space;
    const struct xml_attribute *attributes;
    size_t count;
};

/* Each open is followed by one close, in the right order, also in a damaged document. */
struct xml_client {
    void (*open)(void *user, const struct xml_tag *tag);
    void (*close)(void *user, const char *name, const char *space);
    /* A run of text that was made from the bytes `from`: byte by byte if both have the same length.
     * It need not be valid UTF-8 where the document is not. Of a
     * document in another encoding, each character is a run. NULL: no text is wanted. */
    void (*text)(void *user, struct sv text, struct span from);
    void *user;
    /* The document is a page of HTML that may be XML too: names are reported in small letters, <br>
     * needs no end, nor do <p> and the like in a document that does not say it is XML; attributes
     * may lack a value; script and style hold no markup. */
    bool is_html;
};

struct xml_fault {
    uint32_t line;       /* of the first fault; 0: there is none */
    const char *message; /* what it is, translated */
    bool cut_short;      /* an element has no end */
};

/* Whether the tag has this name, in any namespace. */
bool xml_is(const struct xml_tag *tag, const char *name);

/* The value of an attribute, named without prefix, in small or capital letters, with references as
 * written; p is NULL if there is none. */
struct sv xml_attribute(const struct xml_tag *tag, const char *name);

/*
 * Reads the document, which holds less than 4 GiB, and calls the client. Sets *fault. The encoding
 * is that of the byte order mark or of the XML declaration; without either it is UTF-8, or, if the
 * bytes are not that, what `charset` says (NULL: nothing does), or what their words say. At most
 * 256 attributes of a tag are known.
 */
void xml_walk(struct sv bytes, const char *charset, const struct xml_client *client,
              struct xml_fault *fault);

#endif
