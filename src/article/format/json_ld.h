/*
 * Reads what the JSON-LD scripts of a page state about its article (schema.org).
 *
 * The article is the object whose @type is a kind of article: the outermost such object, and of
 * several the first. Objects are searched for in arrays, in "@graph" and inside other objects, but
 * not in comments and not in lists of other articles.
 *
 * Invariants: objects and arrays deeper than a limit are not read; what was read before a fault is
 * kept.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_JSON_LD_H
#define DOCBAO_ARTICLE_FORMAT_JSON_LD_H

#include "base/buf.h"

/* Strings are as written, but for JSON's escapes; empty: the script does not say. */
struct json_ld {
    bool has_article;
    bool has_list;        /* a list of pages, a section, or the results of a search */
    struct buf date;      /* datePublished of the article */
    struct buf headline;  /* of the article */
    struct buf people;    /* the names of the article's authors, separated by ';' */
    struct buf page_date; /* datePublished of the first other object that may mean the page */
};

/* Reads one script. What is not JSON is passed over, broken JSON is read as far as possible. The
 * caller frees *out with json_ld_free. */
void json_ld_read(struct json_ld *out, struct sv script);
/* Frees what it holds, not the struct itself. */
void json_ld_free(struct json_ld *out);

#endif
