/*
 * Text as a terminal shows it: in cells.
 *
 * Invariants:
 * - A cluster is what shares its cells: a base of one or two cells and the marks that join it. It
 *   is never split, neither at the end of a line nor by a cut.
 * - What terminals disagree about (joiners, variation selectors, skin tones, changes of direction)
 *   and what they obey (control characters) is never shown, so that all of them count alike.
 * - Widths come from wcwidth: the LC_CTYPE of the program must be one of UTF-8.
 */
#ifndef DOCBAO_CLI_CELLS_H
#define DOCBAO_CLI_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

enum { CLUSTER_MOST = 5 }; /* code points; further marks on the same base are left out */

struct cluster {
    size_t bytes;   /* what it takes of the text; never 0 */
    unsigned cells; /* 0: it shows nothing */
};

/* The cluster at the front of the `n` > 0 bytes, and what to show of it, ended by 0; empty where it
 * has no cells. Bytes that are not UTF-8 show as U+FFFD. */
struct cluster cluster_show(const char *text, size_t n, wchar_t show[CLUSTER_MOST + 1]);

/* A byte that is one cell by itself. */
static inline bool cell_is_ascii(char byte)
{
    return byte >= ' ' && byte < 0x7F;
}

/* The same without what to show. Laying out a book means asking for each of its letters. */
static inline struct cluster cluster_at(const char *text, size_t n)
{
    wchar_t show[CLUSTER_MOST + 1];
    if (cell_is_ascii(text[0]) && (n == 1 || cell_is_ascii(text[1])))
        return (struct cluster){1, 1};
    return cluster_show(text, n, show);
}

/* Returns the number of cells that the text takes. */
unsigned cells_of(const char *text, size_t n);
/* Returns the number of bytes of the text that fit into so many cells, in whole clusters. */
size_t cells_fit(const char *text, size_t n, unsigned cells);

#endif
