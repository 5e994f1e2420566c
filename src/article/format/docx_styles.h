/*
 * What the styles of a DOCX file mean: the names of the built-in ones are English in every
 * language's Word, their ids are not ("u1" may be a heading).
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_STYLES_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_STYLES_H

#include "base/arena.h"
#include "base/table.h"

enum docx_role { DOCX_PLAIN, DOCX_TITLE, DOCX_HEADING, DOCX_LIST, DOCX_CAPTION, DOCX_CONTENTS };

struct docx_style {
    struct sv id, based_on;
    enum docx_role role;
};

struct docx_styles {
    VEC(struct docx_style) all;
    struct index by_id; /* to `all` */
    struct arena arena;
};

/* From the bytes of word/styles.xml (none: what the usual ids say). */
void docx_styles_load(struct docx_styles *s, struct sv xml);
enum docx_role docx_styles_role(const struct docx_styles *s, struct sv id);
void docx_styles_free(struct docx_styles *s);

#endif
