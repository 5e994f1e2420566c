/*
 * Atoms: the smallest pieces of text that rules deal with.
 *
 * Invariants:
 * - Atoms are in order and disjoint; between them there is only white space.
 * - A word is a longest run of letters with their marks, a number a longest run of ASCII digits.
 *   Any other character is an atom of its own, except that a run of full stops ("...") is one.
 * - Offsets are in bytes of the text of the article.
 */
#ifndef DOCBAO_TEXT_ATOMS_H
#define DOCBAO_TEXT_ATOMS_H

#include "base/packed_table.h"

enum atom_kind {
    ATOM_WORD,   /* Latin letters */
    ATOM_SCRIPT, /* letters of another script */
    ATOM_NUMBER, /* 0-9 */
    ATOM_PUNCT,  /* Unicode category P */
    ATOM_SYMBOL, /* Unicode category S, N other than 0-9, and what has no category */
};

enum atom_flag {
    ATOM_SPACED = 1 << 0,    /* white space or the start of the block is before it */
    ATOM_LEGAL = 1 << 1,     /* a word that is a legal syllable */
    ATOM_UPPER = 1 << 2,     /* all its letters are capitals */
    ATOM_CAPITAL = 1 << 3,   /* its first letter is one */
    ATOM_PLAIN = 1 << 4,     /* all its letters are ASCII */
    ATOM_MIXED = 1 << 5,     /* a capital after a small letter: ThS, QĐi */
    ATOM_MISPLACED = 1 << 6, /* a legal syllable whose tone mark is on the wrong vowel: thâý */
    ATOM_BREAK = 1 << 7,     /* the writer forgot a space and a mark before it: HCMDoanh nghiệp */
};

struct atom {
    struct span text;
    uint32_t code;  /* the code point of a punctuation mark or symbol; of a word, its first */
    uint32_t heads; /* of a word: bits of enum table_head (rules/tables.h): the tables with keys
                       that begin with it; all bits if it was not looked up */
    uint8_t kind, flags;
};

VEC_TYPE(atoms, struct atom);

/* Words that were scanned before. A text has many words, but few different ones, so most words need
 * not be scanned letter by letter. All zero is an empty memo. The result of a scan does not depend
 * on the words in it. */
enum { SCAN_MEMO_WORDS = 4096, SCAN_MEMO_BYTES = 16 };

/* The bytes of a word, with zeros behind them. */
struct memo_word {
    uint64_t head, tail;
};

struct known_word {
    struct memo_word word;
    uint32_t code, heads;
    uint8_t length, flags; /* length 0: an empty slot */
};

struct scan_memo {
    const struct packed_table *heads; /* where words are looked up (rules_heads), or NULL */
    struct known_word at[SCAN_MEMO_WORDS];
    char lower[SCAN_MEMO_WORDS][SCAN_MEMO_BYTES]; /* apart, as most words are in lower case */
};

/* A stretch of the text in lower case, byte for byte; it begins at this offset of the text. */
struct lowered {
    char *p;
    uint32_t off;
};

/* The place of a byte of the text; it must lie in the stretch. */
static inline char *lowered_at(struct lowered lower, size_t off)
{
    return lower.p + (off - lower.off);
}

/* Appends the atoms of a span of `text` to `out`. Writes the text of the span in lower case to its
 * place in `lower`, which has room for it. `memo` may be NULL: then no word is looked up. */
void scan(struct sv text, struct span span, struct lowered lower, struct atoms *out,
          struct scan_memo *memo);

/* Whether the atom has all of these flags (enum atom_flag). */
static inline bool atom_has(const struct atom *a, unsigned flags)
{
    return (a->flags & flags) == flags;
}

#endif
