/*
 * A page of HTML while it is parsed (html_parse.c): what elements do (html_elements.c), and where
 * text stands in the source and how it is added (html_characters.c).
 *
 * Invariants:
 * - `frames` has a frame for each element that is open, and below them one for the page or, after a
 *   run of the parser that ended early, for the element in which the next one began.
 * - The place of all text before `cursor` is known; `cursor` never goes back.
 * - Holes from `first_hole` on are in the current line.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_PARSE_H
#define DOCBAO_ARTICLE_FORMAT_HTML_PARSE_H

#include "article/format/html_module.h"
#include "article/format/html_page.h"
#include "article/format/list_number.h"
#include "article/format/mathml.h"

enum frame_flag {
    IN_LINK = 1,
    IN_BOLD = 2,
    IN_HIDDEN = 4,
    IN_GONE = 8,
    IN_LD = 16, /* in a JSON-LD script */
    IN_PRE = 32,
    IS_BLOCK = 64,
    IN_RAISED = 128, /* in <sup> */
};

struct html_frame {
    uint32_t node;
    uint8_t tag;    /* for html_line.tag: of the innermost element that sets it */
    uint8_t flags;  /* all but IS_BLOCK are inherited */
    uint32_t link;  /* the number of the link that is open, counted from 1 */
    uint32_t lists; /* how many are open */
};

/* A cached result of html_hints_of: the same names come again and again. */
struct known_class {
    uint64_t hash;
    unsigned hints;
};

struct html_parser {
    struct html_page *page;
    const struct html_driver *driver;
    void *parser;
    struct sv source; /* the decoded text */
    size_t base;      /* offset where the current run began */
    size_t cursor;    /* the place of all text before this offset is known */
    /* The position of the parser at the last tag. If an element is only implied, the parser has
     * already passed the text in it. */
    size_t tag_at;
    VEC(struct html_frame) frames;
    size_t floor;          /* number of frames of earlier runs */
    bool stopped;          /* this run has ended; the next begins at `cursor` */
    size_t runs;           /* how many ended early */
    uint32_t links;        /* how many have begun */
    uint32_t picture_link; /* the number of the last one that leads to a picture */
    struct html_line line; /* the current line */
    bool line_begun;
    bool by_author; /* a link to an author has begun in it */
    bool was_hidden;
    uint32_t hidden;    /* bytes of it that are hidden */
    uint32_t last_link; /* of the last text of it */
    size_t first_hole;
    const struct packed_table *words; /* for html_hints_of */
    struct list_numbers lists;
    struct mathml formula;
    struct buf number; /* of the item that is open, until its text begins */
    struct buf names, ld;
    struct known_class classes[256];
};

/* The position of the parser. The text that it reports is in front of it. */
size_t html_position(const struct html_parser *p);
/* The frame of the innermost element. */
struct html_frame *html_top(struct html_parser *p);
/* Ends the current line, if it has text. */
void html_end_line(struct html_parser *p);

/* Adds words in front of what is at `next` in the source: made from the markup there. */
void html_add_words(struct html_parser *p, struct sv words, size_t next);

/* The functions of struct html_client; `user` is the struct html_parser. */
void html_on_open(void *user, const char *name, const char *const *attributes);
/* The element ends, as its end tag or the parser says. */
void html_on_close(void *user, const char *name);
/* The content of a script or a style: only JSON-LD is kept. */
void html_on_script(void *user, const char *bytes, size_t n);
/* Visible or hidden text, references decoded, in pieces of any length. */
void html_on_text(void *user, const char *bytes, size_t n);

#endif
