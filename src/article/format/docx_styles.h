/*
 * The meaning of the paragraph styles of a DOCX file. The names of built-in styles are English in
 * every Word; their ids are not ("u1" may be a heading).
 *
 * Invariants: a chain of styles that are based on one another is followed a limited number of
 * steps, so a circle ends. Strings lie in the arena.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_STYLES_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_STYLES_H

#include "base/arena.h"
#include "base/table.h"

enum docx_role { DOCX_PLAIN, DOCX_TITLE, DOCX_HEADING, DOCX_LIST, DOCX_CAPTION, DOCX_CONTENTS };

struct docx_style {
    struct sv id, based_on;
    enum docx_role role;
    struct sv list; /* that its paragraphs belong to; empty: none */
    uint32_t level; /* in that list */
};

struct docx_styles {
    VEC(struct docx_style) all;
    struct index by_id; /* to `all` */
    struct arena arena;
};

/* Reads word/styles.xml. Without it, styles are known by the ids that they usually have. The caller
 * frees *s with docx_styles_free. */
void docx_styles_load(struct docx_styles *s, struct sv xml);
/* The style that gives the list of a paragraph of this style; NULL: it belongs to none. */
const struct docx_style *docx_styles_list(const struct docx_styles *s, struct sv id);
/* The role of that style, or of the first that it is based on and that has one; DOCX_PLAIN if none
 * has. */
enum docx_role docx_styles_role(const struct docx_styles *s, struct sv id);
/* Frees what it holds, not the struct itself. */
void docx_styles_free(struct docx_styles *s);

#endif
