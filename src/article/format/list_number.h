/*
 * The numbers that a reader of HTML sees in front of the items of an ordered list: "1.", "b.".
 *
 * Invariants: `levels` are the lists that are open, the innermost last.
 *
 * Source: HTML, 4.4.5 (ol) and 4.4.8 (li); CSS Counter Styles, 6.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_LIST_NUMBER_H
#define DOCBAO_ARTICLE_FORMAT_LIST_NUMBER_H

#include "base/buf.h"
#include "base/vec.h"

/* What the tag of a list says, as written; empty: nothing. */
struct list_tag {
    bool ordered; /* <ol> */
    bool reversed;
    bool unmarked; /* its items show no number */
    struct sv start, type, style;
};

struct list_level {
    int32_t next; /* the number of the next item */
    char type;    /* '1', 'a', 'A', 'i', 'I'; 0: the items have no numbers */
    bool reversed;
};

struct list_numbers {
    VEC(struct list_level) levels;
};

/* Opens a list inside those that are open. `behind` is the source behind the tag: a reversed list
 * counts down from the number of its items. */
void list_open(struct list_numbers *n, const struct list_tag *tag, struct sv behind);

/* Closes lists until `levels` are open. */
void list_close(struct list_numbers *n, size_t levels);

/* Counts an item of the innermost list, and appends its number and a space. `value` and `style` are
 * its attributes. Nothing is appended if it shows no number. */
void list_next(struct list_numbers *n, struct sv value, struct sv style, struct buf *out);

/* Whether the text of an item begins with that number, since its author wrote the numbers too. */
bool list_number_is_written(struct sv number, struct sv text);

/* Appends a number in letters: a to z, then aa, ab. More than 0. */
void list_append_letters(struct buf *out, uint32_t number, char first);

/* Appends a Roman number. More than 0, and less than 4000. */
void list_append_roman(struct buf *out, uint32_t number, bool upper);

/* Frees what it holds, not the struct itself. */
void list_numbers_free(struct list_numbers *n);

#endif
