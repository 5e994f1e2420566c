/*
 * Names in addresses: Vietnamese words run together without their marks.
 *
 * Invariants: what is appended is legal syllables; if false is returned, nothing is appended. A
 * legal syllable never has a mark that was not written, but those that spelling forces.
 */
#ifndef DOCBAO_LANG_WEB_NAMES_H
#define DOCBAO_LANG_WEB_NAMES_H

#include "base/buf.h"
#include "base/packed_table.h"

/* The columns of the table of syllables: column 0 is one or two of them without marks. */
enum { SYLLABLE_CLASS = 1, SYLLABLE_FIRST };
/* A kind of its rows: a syllable that ends in a stop has nặng more often than sắc. */
enum stop_tone { STOP_TONE_NANG = 1 << 0 };
/* The column of the table of words in addresses. */
enum { WEB_WORD_SPOKEN = 1 };

struct web_tables {
    const struct packed_table *syllables, *words;
};

/* Splits lower-case ASCII letters into syllables and into words that have a reading (online,
 * vn): those that are together the most frequent by the table, of equal splits the
 * one with the fewest syllables, then the longest first. Only the marks that spelling forces are
 * put back: ie iê, ye yê, uoi uôi, uo uô before c, m, t and ươ otherwise, ua uâ before n, t, y, ue
 * uê, eu êu, uu ưu, ech êch, enh ênh, before a final c, ch, k, p, t sắc or nặng. Appends them with
 * spaces between; false if the name does not split, or is longer than 64 letters. */
bool web_name_split(const struct web_tables *tables, struct sv name, struct buf *out);

/* The same for a name that is one syllable: Nguyen, Viet, Truong. It need not be in an address, so
 * only ie, ye, uoi and uo are put back. */
bool web_name_syllable(struct sv name, struct buf *out);

#endif
