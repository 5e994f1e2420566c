/*
 * Formulas: what their layout means is said in words, because their text alone would be another
 * formula: a half is the text "1" and "2". docx_math.h and mathml.h know how the formats write
 * formulas, and call this for both.
 *
 *     fraction   1/2 of two numbers, else "a trên b"; "a + 1, tất cả trên b"
 *     power      x², else "x mũ n"                     index      "x 1"
 *     root       "căn x", "căn bậc 3 của x"            limits     "∑ từ i = 1 đến n"
 *     brackets   as signs                              minus      "trừ", in front of a term "âm"
 *
 * Invariants: no text of the formula is lost; words are only added, and only a minus and a prime
 * are said as words, and the powers 2 and 3 as raised digits. What is added comes before the text
 * that follows, so that all stays in the order of the document.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_MATH_H
#define DOCBAO_ARTICLE_FORMAT_MATH_H

#include "base/buf.h"
#include "base/vec.h"

enum math_part {
    MATH_GROUP,
    MATH_FRACTION,
    MATH_NUMERATOR,
    MATH_DENOMINATOR,
    MATH_POWER,
    MATH_INDEX,
    MATH_ROOT,
    MATH_DEGREE,        /* of a root, in front of what is under it */
    MATH_DEGREE_BEHIND, /* the same behind it */
    MATH_FROM,          /* the limits of a sum, a product, an integral */
    MATH_TO,
    MATH_WHEN, /* below "lim" and the like */
    MATH_FENCE,
};

/* A part that is open. */
struct math_frame {
    unsigned depth; /* of its element */
    enum math_part part;
    uint32_t texts;          /* in it */
    bool said;               /* the word that it begins with */
    bool is_number;          /* its texts are digits */
    bool has_operator;       /* it is more than one term */
    bool is_number_above;    /* of a fraction: the numerator is one number */
    bool has_operator_above; /* of a fraction: the numerator is more than one term */
};

/* All zero in the beginning. */
struct math {
    VEC(struct math_frame) frames;
    struct buf pending; /* goes in front of the next text; p is NULL in the beginning */
    bool after_term;    /* what was said last ends a term: a minus behind it is "trừ" */
};

/* Takes what is to be read: text that was made from the `n` bytes of the given text at `from`.
 * n == 0: it is added in front of the given text. */
typedef void math_add_fn(void *user, struct sv text, size_t from, size_t n);

/* A part begins at the element of this depth. */
void math_open(struct math *m, enum math_part part, unsigned depth);
/* All parts that begin at this depth or below end. */
void math_close(struct math *m, unsigned depth);

/* Says these signs or words in front of the next text; a space only if none is there. */
void math_put(struct math *m, const char *words);

enum math_flag {
    MATH_EXACT = 1,  /* the text has the bytes of the document, so parts of it may be replaced */
    MATH_ALONE = 2,  /* nothing follows it in the part that it begins */
    MATH_JOINED = 4, /* it goes on with the text before it: the digits of one number */
};

/* Whether the document goes on with the ends of elements up to that of one of these names, which
 * end with NULL and have no prefix: what is in front of `rest` was all of a part. */
bool math_ends_part(struct sv rest, const char *const *names);

/* Says a text of the formula; `flags`: bits of enum math_flag. */
void math_say(struct math *m, struct sv text, unsigned flags, math_add_fn *add, void *user);

/* Says of the words that are added in front of the place `next` what each is made from: its share
 * of the markup from `from` on, so that no two have the same. Calls `add` with each word, the space
 * behind it included, and its place. Nothing is added where there is less markup than words. */
void math_divide(struct sv words, size_t from, size_t next,
                 void (*add)(void *user, struct sv word, size_t from, size_t to), void *user);

/* The brackets that close at the end of the formula and were not said yet; valid until the next
 * call. */
struct sv math_rest(struct math *m);

/* Ends all that is open: at the end of a formula. */
void math_forget(struct math *m);

/* Frees what it holds, not the struct itself. */
void math_free(struct math *m);

#endif
