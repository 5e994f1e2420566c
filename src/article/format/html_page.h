/*
 * An HTML page as lines of visible text in a tree of elements.
 *
 * Invariants: `nodes` are in page order, a parent before its children; node 0 is the page, and its
 * own parent. Only elements that structure the page are nodes, not bold or italic type. `lines` are
 * in text order and hold all of the text; their spans are not empty. The lines inside a node are
 * [line0, line1).
 */
#ifndef DOCBAO_ARTICLE_FORMAT_HTML_PAGE_H
#define DOCBAO_ARTICLE_FORMAT_HTML_PAGE_H

#include "article/article.h"
#include "article/format/html_text.h"

enum html_tag {
    TAG_OTHER, /* any other element */
    TAG_A,
    TAG_ARTICLE,
    TAG_ASIDE,
    TAG_BLOCKQUOTE,
    TAG_BODY,
    TAG_BOLD, /* b, strong */
    TAG_BR,
    TAG_CAPTION,
    TAG_DIV, /* and other blocks without a meaning of their own */
    TAG_FIGCAPTION,
    TAG_FIGURE,
    TAG_FOOTER,
    TAG_FORM, /* and the elements of forms */
    TAG_GONE, /* script, style, iframe …: not text */
    TAG_H1,
    TAG_H2,
    TAG_H3,
    TAG_HEADER,
    TAG_HEADING, /* h4 to h6 */
    TAG_HIDDEN,  /* template, noscript: text that is not shown */
    TAG_IMG,     /* and other pictures */
    TAG_LI,      /* also dt, dd */
    TAG_LIST,
    TAG_MAIN,
    TAG_META,
    TAG_NAV,
    TAG_P,
    TAG_PRE,
    TAG_SCRIPT,
    TAG_SPAN,
    TAG_SUP,
    TAG_TABLE,
    TAG_TD, /* and th */
    TAG_TIME,
    TAG_TITLE, /* of the document, in its head */
    TAG_TR,
};

struct html_node {
    uint32_t parent;
    uint32_t line0, line1;
    uint32_t alike;  /* a hash of its class: the same for similar boxes */
    uint64_t within; /* its own tag and those around it, as bits */
    uint16_t hints;  /* from class, id, itemprop …: bits of enum html_hint */
    uint8_t tag;
    uint8_t pictures; /* inside it, at most 255 */
};

struct html_line {
    struct span text;
    uint32_t node;
    uint32_t linked, bold; /* how many of its bytes are in links, in bold type */
    uint32_t link;         /* the number of the link that it begins in, 0: none */
    uint8_t tag;           /* TAG_TITLE, TAG_HIDDEN, TAG_FORM; else TAG_OTHER */
    bool by_author;        /* a link in it says that it leads to the author: rel="author" */
};

/* A <time datetime=…>. */
struct html_time {
    uint32_t line; /* index of the line that contains it */
    const char *value;
};

/* An <img> that is shown, with an address that begins at the page's own. */
struct html_picture {
    uint32_t node, line; /* `line`: the one that it is in, or that follows */
    const char *address; /* as written, in NFC and in the arena of the article */
    bool leads_away;     /* it is in a link, and not in one to a picture */
};

/* The page's statements about itself, in NFC and in the arena of the article. NULL: not stated. */
struct html_meta {
    const char *title, *headline; /* <title>; og:title or the like */
    const char *description;
    const char *published;    /* as written */
    const char *picture;      /* og:image or the like: an address */
    const char *author;       /* meta author */
    const char *people;       /* of JSON-LD: the authors, separated by ';' */
    const char *ld_date;      /* of JSON-LD: datePublished of the article */
    const char *ld_page_date; /* datePublished of another object */
    const char *ld_headline;  /* headline of the article */
    bool says_article;        /* its type is an article */
    bool says_list;           /* its type is a site, a list, a section */
};

struct html_page {
    struct article *a;
    struct html_text text;
    VEC(struct html_node) nodes;
    VEC(struct html_line) lines;
    VEC(struct skipped) holes; /* hidden text inside a line; spans of the text */
    VEC(struct html_time) times;
    VEC(struct html_picture) pictures;
    struct html_meta meta;
    bool cut; /* elements were nested too deeply: the structure after cut_at is flat */
    size_t cut_at;
};

/* Parses the decoded text of the article and may overwrite it. Of the article it uses only the
 * rules and the arena besides. The caller frees the page with html_page_free, after an error too.
 * STATUS_USAGE: the module is missing. */
enum status html_parse(struct html_page *page, struct article *a, struct err *e);
/* Frees what it holds, not the struct itself. */
void html_page_free(struct html_page *page);

#endif
