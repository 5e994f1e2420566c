/*
 * A pasted page while its article is looked for.
 *
 * Invariants: lines stand in text order; `from` <= `to`; title, date and byline are indices of
 * lines, -1 where there is none; a line is at most one of them.
 */
#ifndef DOCBAO_ARTICLE_FIND_SEARCH_H
#define DOCBAO_ARTICLE_FIND_SEARCH_H

#include "article/article.h"
#include "article/find/boilerplate.h"
#include "article/find/line.h"

struct line {
    struct unit u;
    const char *known;  /* what boilerplate_reason says, or NULL */
    const char *reason; /* not NULL: skipped for that reason */
    double weight;      /* how much it speaks for being in the article (above 0) or against */
    uint8_t kind;       /* enum block_kind where it is not skipped */
    bool prose;
    bool dated; /* a publication line, or a clock */
};

struct page {
    struct article *a;
    struct boilerplate rules;
    VEC(struct line) lines;
    size_t core0, core1; /* [core0, core1): where the prose is densest */
    size_t from, to;     /* [from, to): the body */
    ptrdiff_t title, date, byline;
    bool several; /* other articles follow the first; all are read */
    bool is_page; /* there is something around the article */
};

/* Fills `lines` from the text of the article `a`. */
void page_look(struct page *p, struct article *a);

/* Finds title, date, body and byline. False: no article can be told from the rest. */
bool page_find(struct page *p);

void page_free(struct page *p);

struct sv page_text(const struct page *p, size_t line);
/* Whether the line is "Đọc tiếp", which ends the teaser of another article. */
bool page_is_read_on(const struct page *p, size_t line);
bool page_is_reason(const char *reason, const char *name);

#endif
