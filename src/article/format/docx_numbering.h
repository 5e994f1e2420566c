/*
 * The numbers that Word writes in front of paragraphs by itself: "Điều 1.", "a)", "1.2.".
 *
 * Invariants: numbers are counted in the order in which the paragraphs are asked for; a count
 * begins anew when a level above it counts. Views lie in the arena.
 *
 * Source: ECMA-376, part 1, 17.9 (numbering).
 */
#ifndef DOCBAO_ARTICLE_FORMAT_DOCX_NUMBERING_H
#define DOCBAO_ARTICLE_FORMAT_DOCX_NUMBERING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/table.h"

enum { NUMBERING_LEVELS = 9 };

struct numbering_level {
    uint32_t start;
    struct sv format; /* "decimal", "lowerLetter"; empty: decimal */
    struct sv text;   /* "Điều %1." */
};

/* A pattern of numbers, and how far its paragraphs have come. */
struct numbering_pattern {
    struct numbering_level levels[NUMBERING_LEVELS];
    uint32_t count[NUMBERING_LEVELS];
    bool begun[NUMBERING_LEVELS];
};

/* A list of the document: paragraphs with the same pattern that may begin anew. */
struct numbering_list {
    struct sv pattern;
    uint32_t start[NUMBERING_LEVELS]; /* where it begins anew; UINT32_MAX: it goes on */
    bool used;
};

struct docx_numbering {
    VEC(struct numbering_pattern) patterns;
    VEC(struct numbering_list) lists;
    struct index pattern_of, list_of; /* by id */
    struct arena arena;
};

/* The level that a file gives, at most the deepest. */
uint32_t docx_level(struct sv written);

/* Reads word/numbering.xml, which may be empty. The caller frees *n with docx_numbering_free. */
void docx_numbering_load(struct docx_numbering *n, struct sv xml);

/* Counts a paragraph of the list at a level from 0, and appends its number. Nothing is appended for
 * bullets, and for lists that are not known. */
void docx_numbering_next(struct docx_numbering *n, struct sv list, uint32_t level, struct buf *out);
/* Frees what it holds, not the struct itself. */
void docx_numbering_free(struct docx_numbering *n);

#endif
