/*
 * The search for the article in a page, pasted or HTML: its lines, and what was found so far. Also
 * what both finders ask of a line. They differ in the evidence they have: only an HTML page knows
 * elements, links and bold type.
 *
 * Invariants: `lines` are in text order (line.h). from <= to, core0 <= core1. title, date and
 * byline are indices of lines, -1 if there is none; a line is at most one of them. For pasted text
 * `page` is NULL and the fields under "HTML only" are empty. `boxes` has an entry for each node of
 * the page; `prose`, `letters` and `links` have one entry more than `lines`: the sums of bytes in
 * all lines before a line.
 */
#ifndef DOCBAO_ARTICLE_FIND_SEARCH_H
#define DOCBAO_ARTICLE_FIND_SEARCH_H

#include "article/article.h"
#include "article/find/boilerplate.h"
#include "article/find/dateline.h"
#include "article/find/line.h"
#include "article/format/html_page.h"

struct search {
    struct article *a;
    const struct packed_table *boilerplate;
    struct line_list lines;
    size_t core0, core1; /* [core0, core1): where prose is densest */
    size_t from, to;     /* [from, to): the lines that may be read, besides title, date, byline */
    ptrdiff_t title, date, byline;
    struct span names; /* of who wrote, in the publication line; len 0: it has none */
    bool is_page;      /* there is something around the article */
    bool several;      /* pasted text: other articles follow the first; all are read */

    /* HTML only. */
    const struct html_page *page;
    VEC(enum skip_reason) boxes; /* why no line of the node is read */
    VEC(uint64_t) prose, letters, links;
    uint32_t container;            /* the node that holds the text of the article */
    char page_date[ISO_DATE_SIZE]; /* what the page says of itself; "": nothing */
};

/* Begins a search without lines. The caller frees it with search_free. */
void search_begin(struct search *s, struct article *a, const struct html_page *page);
/* Frees what the search holds; the article and the page stay. */
void search_free(struct search *s);

/* Measures and recognizes a line, whose span and HTML fields are set, and appends it. */
void search_add(struct search *s, struct line l);

/* Recognizes the numbers of pictures, 1/5 to 5/5. All lines must have been added. */
void search_find_counters(struct search *s);

/* Finds the run of lines with the greatest sum of weights, from line `start` on, and sets core0 and
 * core1. Below the title of an HTML page, the first run of some paragraphs is preferred: what
 * follows may be a gallery or another article. Returns the sum. */
double search_core(struct search *s, size_t start);

/* Sets the date of the article from the publication line, or a time from the line beside it. */
void search_read_date(struct search *s);

/* Sets `names` by the publication line, if no other line is the byline. */
void search_find_names(struct search *s);

/* Title, date and byline are read as what they are. */
void search_settle(struct search *s);

/* ---- What a line is ---- */

/* The text of a line. */
struct sv search_text(const struct search *s, size_t line);

/* Whether an article does not go on below such a line: comments, copyright, tags, links. */
bool reason_is_closing(enum skip_reason reason);
/* Whether such a line is skipped inside an article too. A heading may be called like a section of
 * the paper, and an address may belong to the story; a box of links does not. */
bool reason_is_box(enum skip_reason reason);
/* Whether what follows such a line belongs to the same box. Not so below buttons. */
bool reason_spreads(enum skip_reason reason);

bool line_is_any(const struct search *s, size_t line); /* always true */
/* The boilerplate table knows it: for any reason, as related articles, as what ends an article. */
bool line_is_known(const struct search *s, size_t line);
bool line_is_known_related(const struct search *s, size_t line);
bool line_is_known_closing(const struct search *s, size_t line);
/* As measured and recognized: the fields of struct line. */
bool line_is_dated(const struct search *s, size_t line);
bool line_is_prose(const struct search *s, size_t line);
/* Prose of the article, not of a known box. False also for an index that is no line. */
bool line_is_text(const struct search *s, size_t line);
/* A list marker begins it; it has six words at least; it has a digit. */
bool line_has_marker(const struct search *s, size_t line);
bool line_has_six_words(const struct search *s, size_t line);
bool line_has_digits(const struct search *s, size_t line);
bool line_is_small(const struct search *s, size_t line);  /* begins with a small letter */
bool line_is_clause(const struct search *s, size_t line); /* a few words that end like a clause */
/* As people.h judges its text: who wrote it, what a picture shows, where a text is from. */
bool line_is_byline(const struct search *s, size_t line);
bool line_is_caption(const struct search *s, size_t line);
bool line_is_source(const struct search *s, size_t line);
/* A caption, or a line above a picture's credit. */
bool line_is_captioned(const struct search *s, size_t line);
/* Title, date or byline. */
bool line_is_settled(const struct search *s, size_t line);

/* The weight of the line's length if it is prose: 0.4 to 3.7. */
double line_prose_amount(const struct search *s, size_t line);

#endif
