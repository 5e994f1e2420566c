/*
 * The interface of the module docbao-html.so (src/module/html.c), which exports `docbao_html`: the
 * HTML parser of libxml2. The parser and the libraries that it needs take longer to load than a
 * short text takes to be read.
 *
 * Invariants: the parser opens no file and no address; the text is never changed.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_MODULE_H
#define DOCBAO_ARTICLE_FORMAT_HTML_MODULE_H

#include <stddef.h>

/* The parser calls these functions. Texts are UTF-8 and valid only during the call. */
struct html_client {
    /* `attributes` holds names and values by turns, and ends with NULL; a value, or the list
     * itself, may be NULL. Names are in lower case. */
    void (*open)(void *user, const char *name, const char *const *attributes);
    void (*close)(void *user, const char *name);
    void (*text)(void *user, const char *text, size_t n);
    void (*script)(void *user, const char *text, size_t n); /* also of styles */
    void *user;
};

struct html_driver {
    /* A parser of a text of less than 2 GiB, which must stay as it is until the parser is closed.
     * NULL: there is no memory. */
    void *(*begin)(const struct html_client *client, const char *text, size_t n);
    void (*run)(void *parser);
    /* How much of the text the parser has taken; only while it runs. */
    size_t (*position)(const void *parser);
    void (*stop)(void *parser); /* ends the run after the present call */
    void (*end)(void *parser);
};

#endif
