/*
 * The article in an HTML page: which of its lines belong to it, and what they are.
 *
 * Invariants: `lines` are those of the page, one for one; title, date and byline are indices of
 * lines, -1 where there is none; a line is at most one of them. `boxes` are the nodes of the page:
 * why all of a node's lines are not read, or NULL. prose[i] is the sum of `weight_of_prose` of
 * the lines before line i.
 */
#ifndef DOCBAO_ARTICLE_FIND_HTML_FIND_H
#define DOCBAO_ARTICLE_FIND_HTML_FIND_H

#include "article/find/boilerplate.h"
#include "article/format/html_page.h"

struct html_unit {
    struct unit u;
    const char *known;  /* what boilerplate_reason says, or NULL */
    const char *reason; /* not NULL: skipped for that reason */
    uint32_t row;       /* the node of the table's row it stands in; 0: none */
    uint8_t kind;       /* enum block_kind where it is read */
    bool prose;         /* running text that is not a link */
    bool linked;        /* hardly anything but a link */
    bool bold;          /* all of it */
    bool dated;         /* a publication line, or a clock */
    bool teaser;        /* the few words about another article below its linked headline */
    bool seen;          /* shown to the reader of the page */
};

struct html_view {
    struct html_page *page;
    struct boilerplate rules;
    VEC(struct html_unit) lines;
    VEC(const char *) boxes;
    VEC(uint64_t) prose, letters, links; /* sums, one more than lines */
    ptrdiff_t title, date, byline;
    uint32_t body;       /* the node that holds the text */
    size_t core0, core1; /* [core0, core1): where the prose is densest */
    size_t from, to;     /* [from, to): the lines that may be read, but for title and byline */
};

/* Fills `lines` and `boxes` for a page that was parsed; the text of the page's article must be that
 * of the page. The caller frees it with html_view_free. */
void html_look(struct html_view *v, struct html_page *page);
void html_view_free(struct html_view *v);

/* Finds title, body, date and byline. False: the page holds no article. */
bool html_find(struct html_view *v);

struct sv html_line_text(const struct html_view *v, size_t line);

/* Whether the line stands in an element with that tag. */
bool html_inside(const struct html_view *v, size_t line, enum html_tag tag);

/* All hints of the node of the line and the `levels` nodes around it. */
unsigned html_hints_around(const struct html_view *v, size_t line, unsigned levels);

/* Whether two texts say the same: letters and digits alone count, in any case. 2: the same, 1: one
 * begins with the other and is most of it, 0: neither. */
int html_agree(struct sv a, struct sv b);

/* The length of a <title> without the site's name behind it ("… - Báo Sớm Mai"). */
size_t html_own_title(struct sv text);

#endif
