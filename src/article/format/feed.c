/*
 * Sources: RSS 2.0 (RSS Advisory Board), RSS 1.0 and its content and Dublin Core modules, Atom
 * (RFC 4287). Entities are never replaced by what a feed defines for them, so that a small feed
 * cannot grow.
 */
#include "article/format/feed.h"

#include <limits.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>

#include "article/format/entity.h"
#include "article/format/feed_date.h"
#include "base/nfc.h"
#include "base/utf8.h"

enum space { SPACE_NONE, SPACE_ATOM, SPACE_CONTENT, SPACE_DC, SPACE_OTHER };

static const struct {
    const char *name;
    enum space space;
} spaces[] = {
    {"http://www.w3.org/2005/Atom", SPACE_ATOM},
    {"http://purl.org/rss/1.0/modules/content/", SPACE_CONTENT},
    {"http://purl.org/dc/elements/1.1/", SPACE_DC},
    {"http://purl.org/rss/1.0/", SPACE_NONE},
    {"http://my.netscape.com/rdf/simple/0.9/", SPACE_NONE},
    {"http://backend.userland.com/rss2", SPACE_NONE},
};

/* The item that is being read: the best that its elements said of each. */
struct reading_item {
    struct feed *feed;
    xmlDoc *document;
    const char *source; /* the name of the feed */
    struct buf title, link, id, date, content;
    bool id_is_link;
};

/* ---- nodes ---- */

static const char *local_name(const xmlNode *node)
{
    return (const char *)node->name;
}

static enum space space_of(const xmlNode *node)
{
    const char *name = node->ns ? (const char *)node->ns->href : NULL;
    if (!name || !*name)
        return SPACE_NONE;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(name, spaces[i].name) == 0)
            return spaces[i].space;
    return SPACE_OTHER;
}

static bool is_element(const xmlNode *node, enum space space, const char *name)
{
    return node->type == XML_ELEMENT_NODE && space_of(node) == space &&
           strcmp(local_name(node), name) == 0;
}

/* The text inside; the depth is bounded by the parser. */
static void add_text(struct buf *out, const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
            buf_adds(out, (const char *)child->content);
        else if (child->type == XML_ELEMENT_NODE)
            add_text(out, child);
}

/* Appends the value of an attribute without a namespace; false: there is none. */
static bool add_attribute(struct buf *out, const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        if (strcmp((const char *)a->name, name) != 0)
            continue;
        add_text(out, (const xmlNode *)a);
        return true;
    }
    return false;
}

static bool attribute_is(const xmlNode *node, const char *name, const char *value, bool without)
{
    struct buf b = BUF_INIT;
    bool is = add_attribute(&b, node, name) ? sv_is(sv_trim(buf_sv(&b)), value) : without;
    buf_free(&b);
    return is;
}

/* ---- texts ---- */

static bool begins_tag(struct sv v)
{
    return v.n > 1 && v.p[0] == '<' &&
           ((v.p[1] | 0x20) >= 'a' ? (v.p[1] | 0x20) <= 'z' : v.p[1] == '/' || v.p[1] == '!');
}

/* Titles may be HTML, even in feeds that say otherwise: drops tags and decodes references. */
static void strip_html(struct buf *out, struct sv html)
{
    for (size_t i = 0; i < html.n;) {
        struct sv rest = sv_sub(html, i, html.n - i);
        const char *end = begins_tag(rest) ? memchr(rest.p, '>', rest.n) : NULL;
        uint32_t code;
        size_t n = entity_decode(rest, &code);
        if (end)
            i += (size_t)(end - rest.p) + 1;
        else if (n)
            buf_add_code(out, code), i += n;
        else
            buf_putc(out, rest.p[0]), i++;
    }
}

/* Makes one line: white space and controls become one space, format characters are dropped. */
static void fold_line(struct buf *out, struct sv text)
{
    bool owed = false;
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        if (!n) /* the parser has checked that it is UTF-8 */
            break;
        if (char_is_format(code)) {
            /* invisible */
        } else if (char_kind_of(code) == CHAR_SPACE) {
            owed = out->n > 0;
        } else {
            if (owed)
                buf_putc(out, ' ');
            owed = false;
            buf_add(out, text.p + i, n);
        }
        i += n;
    }
}

static const char *keep_line(struct feed *f, struct sv text)
{
    struct buf folded = BUF_INIT, composed = BUF_INIT;
    fold_line(&folded, text);
    nfc_append(&composed, buf_sv(&folded));
    const char *kept = arena_dup(&f->arena, buf_sv(&composed));
    buf_free(&folded);
    buf_free(&composed);
    return kept;
}

/* ---- items ---- */

static void add_if_empty(struct buf *out, const xmlNode *node)
{
    if (!out->n)
        add_text(out, node);
}

/* The markup inside an element, as text. */
static void add_markup(struct reading_item *r, struct buf *out, xmlNode *node)
{
    xmlBuffer *bytes = xmlBufferCreate();
    for (xmlNode *child = node->children; bytes && child; child = child->next)
        if (child->type != XML_ENTITY_REF_NODE)
            xmlNodeDump(bytes, r->document, child, 0, 0);
    if (bytes)
        buf_add(out, xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
    xmlBufferFree(bytes);
}

static void escape(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '<' || c == '&')
            buf_adds(out, c == '<' ? "&lt;" : "&amp;");
        else
            buf_putc(out, c);
    }
}

/* Sets the content to that of an Atom element, which is HTML, XHTML or text, as HTML. */
static void set_content(struct reading_item *r, xmlNode *node)
{
    struct buf text = BUF_INIT;
    buf_clear(&r->content);
    if (attribute_is(node, "type", "xhtml", false)) {
        add_markup(r, &r->content, node);
    } else if (attribute_is(node, "type", "html", false)) {
        add_text(&r->content, node);
    } else if (attribute_is(node, "type", "text", true)) {
        add_text(&text, node);
        escape(&r->content, buf_sv(&text));
    }
    buf_free(&text);
}

static void add_atom_element(struct reading_item *r, xmlNode *node)
{
    const char *name = local_name(node);
    if (strcmp(name, "title") == 0)
        add_if_empty(&r->title, node);
    else if (strcmp(name, "id") == 0)
        add_if_empty(&r->id, node);
    else if (strcmp(name, "content") == 0)
        set_content(r, node);
    else if (strcmp(name, "published") == 0) {
        buf_clear(&r->date);
        add_text(&r->date, node);
    } else if (strcmp(name, "updated") == 0)
        add_if_empty(&r->date, node);
    else if (strcmp(name, "link") == 0 && !r->link.n &&
             attribute_is(node, "rel", "alternate", true))
        add_attribute(&r->link, node, "href");
}

static void add_rss_element(struct reading_item *r, xmlNode *node)
{
    const char *name = local_name(node);
    if (strcmp(name, "title") == 0)
        add_if_empty(&r->title, node);
    else if (strcmp(name, "link") == 0)
        add_if_empty(&r->link, node);
    else if (strcmp(name, "pubDate") == 0)
        add_if_empty(&r->date, node);
    else if (strcmp(name, "guid") == 0) {
        add_if_empty(&r->id, node);
        r->id_is_link = attribute_is(node, "isPermaLink", "true", true);
    }
}

static void add_element(struct reading_item *r, xmlNode *node)
{
    enum space space = space_of(node);
    if (space == SPACE_ATOM)
        add_atom_element(r, node);
    else if (space == SPACE_NONE)
        add_rss_element(r, node);
    else if (space == SPACE_CONTENT && strcmp(local_name(node), "encoded") == 0)
        add_if_empty(&r->content, node);
    else if (space == SPACE_DC && strcmp(local_name(node), "date") == 0)
        add_if_empty(&r->date, node);
}

/* The absolute address of the item, which may be relative to that of the feed; "" if it is not on
 * the web. */
static const char *resolve(struct reading_item *r, xmlNode *node)
{
    struct sv link = sv_trim(buf_sv(&r->link));
    if (!link.n && r->id_is_link)
        link = sv_trim(buf_sv(&r->id));
    const char *kept = arena_dup(&r->feed->arena, link);
    xmlChar *base = xmlNodeGetBase(r->document, node);
    xmlChar *whole = base && link.n ? xmlBuildURI((const xmlChar *)kept, base) : NULL;
    if (whole)
        kept = arena_dup(&r->feed->arena, sv_of((const char *)whole));
    xmlFree(whole);
    xmlFree(base);
    struct buf line = BUF_INIT;
    fold_line(&line, sv_of(kept));
    bool usable = fetch_is_web(sv_of(kept)) && sv_is(buf_sv(&line), kept);
    buf_free(&line);
    return usable ? kept : "";
}

/* The identifier of the item. An id that is not a URL may occur in another feed too. */
static const char *key_of(struct reading_item *r, const char *link)
{
    struct sv id = sv_trim(buf_sv(&r->id));
    struct buf key = BUF_INIT;
    bool everywhere = !id.n ? *link : memchr(id.p, ':', id.n) != NULL;
    if (!everywhere)
        buf_addf(&key, "%s ", r->source);
    if (id.n)
        buf_add_sv(&key, id);
    else
        buf_adds(&key, *link ? link : r->title.p);
    const char *kept = keep_line(r->feed, buf_sv(&key));
    buf_free(&key);
    return kept;
}

static void finish_item(struct reading_item *r, xmlNode *node)
{
    struct buf title = BUF_INIT, date = BUF_INIT;
    strip_html(&title, buf_sv(&r->title));
    feed_date_append(&date, buf_sv(&r->date));
    const char *link = resolve(r, node);
    struct feed_item item = {
        .title = keep_line(r->feed, buf_sv(&title)),
        .link = link,
        .date = keep_line(r->feed, buf_sv(&date)),
        .key = key_of(r, link),
        .content =
            sv_trim(buf_sv(&r->content)).n ? arena_dup(&r->feed->arena, buf_sv(&r->content)) : "",
    };
    if (*item.link || *item.content)
        *vec_push(&r->feed->items) = item;
    buf_free(&title);
    buf_free(&date);
}

static void read_item(struct reading_item *r, xmlNode *node)
{
    struct buf *bufs[] = {&r->title, &r->link, &r->id, &r->date, &r->content};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_clear(bufs[i]);
    r->id_is_link = false;
    if (space_of(node) != SPACE_ATOM) /* rdf:about */
        add_attribute(&r->id, node, "about");
    for (xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            add_element(r, child);
    finish_item(r, node);
}

static void read_items(struct reading_item *r, xmlNode *parent)
{
    for (xmlNode *child = parent->children; child; child = child->next) {
        if (is_element(child, SPACE_NONE, "item") || is_element(child, SPACE_ATOM, "entry"))
            read_item(r, child);
        else if (is_element(child, SPACE_NONE, "channel"))
            read_items(r, child); /* as deep as the parser allows */
    }
}

/* ---- documents ---- */

static bool is_feed(const xmlNode *root)
{
    return root && (strcmp(local_name(root), "rss") == 0 || strcmp(local_name(root), "RDF") == 0 ||
                    is_element(root, SPACE_ATOM, "feed"));
}

static void say_nothing(void *user, const char *format, ...)
{
    (void)user, (void)format;
}

static xmlDoc *parse(struct sv bytes, const char *name, const char *charset)
{
    const int options =
        XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    /* Some servers send an empty line in front of the XML declaration, which XML forbids. */
    while (bytes.n && strchr(" \t\r\n", bytes.p[0]) && bytes.p[0])
        bytes = sv_sub(bytes, 1, bytes.n - 1);
    if (!bytes.n || bytes.n > INT_MAX)
        return NULL;
    /* Without this, libxml2 prints faults of the encoding whatever the options say. */
    xmlGenericErrorFunc printer = xmlGenericError;
    void *printer_context = xmlGenericErrorContext;
    xmlSetGenericErrorFunc(NULL, say_nothing);
    xmlDoc *document = xmlReadMemory(bytes.p, (int)bytes.n, name, charset, options);
    if (charset && !is_feed(document ? xmlDocGetRootElement(document) : NULL)) {
        xmlFreeDoc(document);
        document = xmlReadMemory(bytes.p, (int)bytes.n, name, NULL, options);
    }
    xmlSetGenericErrorFunc(printer_context, printer);
    return document;
}

static enum status add_document(struct feed *f, xmlDoc *document, const char *name, struct err *e)
{
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!is_feed(root)) {
        err_set(e, STATUS_INPUT,
                "is no feed (RSS, RDF or Atom); for one article leave the word feed out");
        return load_error_in(name, e);
    }
    struct reading_item r = {f,        document, name,     BUF_INIT, BUF_INIT,
                             BUF_INIT, BUF_INIT, BUF_INIT, false};
    read_items(&r, root);
    struct buf *bufs[] = {&r.title, &r.link, &r.id, &r.date, &r.content};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        buf_free(bufs[i]);
    return STATUS_OK;
}

enum status feed_read(struct feed *out, const char *name, const struct load_options *options,
                      struct err *e)
{
    struct buf bytes = BUF_INIT, charset = BUF_INIT;
    *out = (struct feed){0};
    enum status status = load_document(name, options, &bytes, &charset, e);
    if (!status) {
        xmlDoc *document = parse(buf_sv(&bytes), name, charset.n ? charset.p : NULL);
        status = add_document(out, document, name, e);
        xmlFreeDoc(document);
    }
    buf_free(&charset);
    buf_free(&bytes);
    return status;
}

void feed_page(const struct feed_item *item, struct buf *out)
{
    buf_adds(out, "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>");
    escape(out, sv_of(item->title));
    buf_adds(out, "</title></head>\n<body><article><h1>");
    escape(out, sv_of(item->title));
    buf_addf(out, "</h1>\n%s\n</article></body></html>\n", item->content);
}

void feed_free(struct feed *f)
{
    vec_free(&f->items);
    arena_free(&f->arena);
}
