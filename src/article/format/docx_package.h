/*
 * The parts of a DOCX file: which member is the text, which the styles and so on.
 *
 * Source: ECMA-376, part 2 (relationships) and part 1, 11.3 (the parts of a WordprocessingML
 * document). Programs choose other names than Word does: word/document2.xml.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_PACKAGE_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_PACKAGE_H

#include "article/input/archive.h"
#include "base/arena.h"
#include "base/vec.h"

enum { DOCX_MARGINS_MOST = 64 };

/* Paths of members; NULL: there is none. */
struct docx_package {
    const char *document, *properties;
    const char *styles, *numbering, *footnotes, *endnotes, *comments;
    VEC(const char *) margins; /* heads and feet of pages; at most DOCX_MARGINS_MOST */
    struct arena arena;
};

/* Finds the parts. False: the archive is no DOCX file. The caller frees *p with docx_package_free
 * in either case. */
bool docx_package_read(struct docx_package *p, struct archive *z);
void docx_package_free(struct docx_package *p);

#endif
