/*
 * The parts of a DOCX file: which member is the text, which the styles and so on.
 *
 * Invariants: every path that is not NULL is one of a member that the archive names, from its
 * root; the strings lie in the arena.
 *
 * Source: ECMA-376, part 2 (relationships) and part 1, 11.3 (the parts of a WordprocessingML
 * document). Programs choose other names than Word does: word/document2.xml.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_PACKAGE_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_PACKAGE_H

#include "article/input/archive.h"
#include "base/arena.h"
#include "base/vec.h"

enum { DOCX_MARGINS_MOST = 64, DOCX_CHUNKS_MOST = 256 };

/* A document of another format that the text includes. */
struct docx_chunk {
    const char *id; /* by which the text names it */
    const char *path;
};

/* Paths of members; NULL: there is none. */
struct docx_package {
    const char *document, *properties;
    const char *styles, *numbering, *footnotes, *endnotes, *comments;
    VEC(const char *) margins;     /* heads and feet of pages; at most DOCX_MARGINS_MOST */
    VEC(struct docx_chunk) chunks; /* at most DOCX_CHUNKS_MOST */
    struct arena arena;
};

/* Finds the parts. False: the archive is no DOCX file. The caller frees *p with docx_package_free
 * in either case. */
bool docx_package_read(struct docx_package *p, struct archive *z);

/* The member that has this identifier, or NULL. */
const char *docx_package_chunk(const struct docx_package *p, struct sv id);

/* Frees what it holds, not the struct itself. */
void docx_package_free(struct docx_package *p);

#endif
