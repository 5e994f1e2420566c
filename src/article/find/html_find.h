/*
 * The article in an HTML page.
 *
 * The steps, in this order: html_begin, html_find, html_find_date, html_find_byline,
 * html_classify. Each needs what those before it found.
 *
 * Invariants: each step sets only what it is named for. A question about a line changes nothing.
 */
#ifndef DOCBAO_ARTICLE_FIND_HTML_FIND_H
#define DOCBAO_ARTICLE_FIND_HTML_FIND_H

#include "article/find/search.h"
#include "article/format/html_names.h"

/* Begins a search in a parsed page. The text of its article must be that of the page. The caller
 * frees the search with search_free. */
void html_begin(struct search *s, const struct html_page *page);

/* Finds title, container, core and range of the article. False: the page holds no article. */
bool html_find(struct search *s);

/* The <article> around the title, if it holds prose; else NULL. The title must be known. */
const struct html_node *html_article_of_title(const struct search *s);

/* Sets `boxes`: which nodes hold what is not read. The title must be known. */
void html_find_boxes(struct search *s);

/* Finds the publication line and sets the date of the article. */
void html_find_date(struct search *s);

/* Finds for each line the table row it is in. A table that only lays out the page has none. */
void html_find_rows(struct search *s);

/* Finds the byline. Rows must be known. */
void html_find_byline(struct search *s);

/* Gives every line its reason or kind. */
void html_classify(struct search *s);

/* Names the pictures of the article: those in its text, not of boxes and not in links to something
 * else, and that which the head of the page names. */
void html_find_pictures(struct search *s);

/* The reason not to read the text of such an element, by its tag and names alone; SKIP_NONE: there
 * is none. */
enum skip_reason html_reason_of_node(const struct html_node *node);

/* ---- What a line is ---- */

/* Whether the line is in an element with that tag. */
bool html_inside(const struct search *s, size_t line, enum html_tag tag);
/* All hints of the line's node and the `levels` nodes around it: bits of enum html_hint. */
unsigned html_hints_around(const struct search *s, size_t line, unsigned levels);
/* The reason not to read any line of its box, or SKIP_NONE. */
enum skip_reason html_box(const struct search *s, size_t line);

/* The reader of the page does not see it; it is hardly anything but a link; it belongs to the
 * linked headline of another article (see the fields of struct line). */
bool line_is_hidden(const struct search *s, size_t line);
bool line_is_linked(const struct search *s, size_t line);
bool line_is_teaser(const struct search *s, size_t line);
/* Its box is not read (html_box), for whatever reason, or for one that ends the article. */
bool line_is_in_box(const struct search *s, size_t line);
bool line_is_in_closing_box(const struct search *s, size_t line);
bool line_is_preformatted(const struct search *s, size_t line);    /* pre */
bool line_is_in_cell(const struct search *s, size_t line);         /* td */
bool line_is_in_row(const struct search *s, size_t line);          /* after html_find_rows */
bool line_is_in_figure(const struct search *s, size_t line);       /* figure */
bool line_is_in_item(const struct search *s, size_t line);         /* of a list */
bool line_is_in_main_heading(const struct search *s, size_t line); /* h1 */
bool line_is_in_subheading(const struct search *s, size_t line);   /* h2, h3 */
bool line_is_in_any_heading(const struct search *s, size_t line);  /* h1 to h6 */
/* The names of its node, or of the one or two around it, call it a title, a sapo, a caption. */
bool line_has_title_hint(const struct search *s, size_t line);
bool line_has_sapo_hint(const struct search *s, size_t line);
bool line_has_caption_hint(const struct search *s, size_t line);

#endif
