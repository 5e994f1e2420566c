/*
 * One line of a page, pasted or HTML: what is measured, recognized and decided of it.
 *
 * Invariants: lines are in text order, disjoint, not empty and without white space at their ends;
 * together they hold every character of the text that is not white space. A line of pasted text
 * may have been several that a hard wrap had broken (wrap.h). `reason` is SKIP_NONE for a line
 * that is read, and `kind` then says as what. Fields that only an HTML page can fill are 0 for
 * pasted text, but `shown` is true there.
 */
#ifndef DOCBAO_ARTICLE_FIND_LINE_H
#define DOCBAO_ARTICLE_FIND_LINE_H

#include "article/reasons.h"
#include "base/buf.h"
#include "base/sv.h"
#include "base/vec.h"

enum line_end {
    END_NONE,
    END_SENTENCE, /* . ! ? … also inside closing quotes or brackets */
    END_QUESTION, /* ends a sentence too, but a title may end like this */
    END_OPEN,     /* : ; , */
};

struct line {
    struct span text;

    /* Measured by line_measure. */
    uint32_t chars;    /* code points */
    uint32_t words;    /* runs without white space that hold a letter or digit; characters of
                          Chinese and Japanese count one by one */
    uint16_t digits;   /* at most 65535 */
    uint16_t gap;      /* the most white space in a row before a word, in bytes; at most 65535 */
    uint16_t marker;   /* bytes of a list marker and the space after it, or 0 */
    uint8_t end;       /* enum line_end */
    bool all_capitals; /* at least two letters, none of them small */
    bool starts_small; /* begins with a small letter */
    bool has_content;  /* a letter or digit: something to be read */
    bool numbered;     /* the marker is a number or letter, not a dash or bullet */

    bool blank_before; /* set by wrap_lines */

    /* Recognized by search_add. */
    enum skip_reason known; /* the result of boilerplate_reason */
    bool prose;             /* running text that is shown and is not a link */
    bool dated;             /* a publication line, or a clock */
    bool has_date;          /* and it holds a whole date, not only a time */

    /* HTML only. */
    uint32_t node;         /* index into html_page.nodes */
    uint32_t row;          /* the node of its table row; 0: none */
    uint32_t linked_bytes; /* inside links */
    uint8_t tag;           /* as in struct html_line */
    bool linked;           /* hardly anything but a link */
    bool bold;             /* all of it */
    bool teaser;           /* a few words about another article, below its linked headline */
    bool shown;            /* the reader of the page sees it */

    /* Decided by the finders. */
    double weight;           /* evidence that it is in the article (above 0) or not (below) */
    enum skip_reason reason; /* why it is skipped */
    uint8_t kind;            /* enum block_kind, if it is read */
};

VEC_TYPE(line_list, struct line);

/* Sets the measured fields of a line from its span `l->text` of `text`; leaves the others alone. */
void line_measure(struct line *l, struct sv text);

/* Running text: long and ending like a sentence, or very long. */
bool line_reads_as_prose(const struct line *l);

/* A possible title or headline: some words that do not end like a sentence. */
bool line_reads_as_headline(const struct line *l);

/* A possible heading inside an article: short, and not a part of a sentence or a list. */
bool line_reads_as_heading(const struct line *l);

/* Appends the text in lower case. */
void line_add_lower(struct buf *out, struct sv text);

/* Cuts the next word (a run without white space) off `rest`. Empty at the end. */
struct sv line_next_word(struct sv *rest);

#endif
