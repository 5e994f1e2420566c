#include "article/format/xml.h"

#include <limits.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "article/format/entity.h"
#include "base/utf8.h"

struct walk {
    const struct xml_client *client;
    struct xml_fault *fault;
    xmlParserCtxtPtr parser;
    struct sv bytes;
    size_t at;        /* the place of all text before this offset was reported */
    bool in_cdata;    /* whether `at` is in a CDATA section */
    xmlEntity entity; /* the last result of find_entity */
    char text[5];
};

bool xml_is(const struct xml_tag *tag, const char *name)
{
    return strcmp(tag->name, name) == 0;
}

/* libxml2 passes five pointers for each attribute: name, prefix, namespace, value, end of value. */
struct sv xml_attribute(const struct xml_tag *tag, const char *name)
{
    const xmlChar **a = (const xmlChar **)tag->attributes;
    for (int i = 0; i < tag->count; i++, a += 5)
        if (strcmp((const char *)a[0], name) == 0)
            return (struct sv){(const char *)a[3], (size_t)(a[4] - a[3])};
    return (struct sv){NULL, 0};
}

/* ---- the place of a text in the bytes ---- */

static struct sv rest_of(const struct walk *w)
{
    return sv_sub(w->bytes, w->at, w->bytes.n - w->at);
}

/* The length of the markup at the front, up to and including `end`; all, if it is not ended. */
static size_t length_until(struct sv v, struct sv end)
{
    ptrdiff_t at = sv_find(v, end);
    return at < 0 ? v.n : (size_t)at + end.n;
}

static size_t tag_length(struct sv v)
{
    char quote = 0;
    for (size_t i = 1; i < v.n; i++) {
        if (quote)
            quote = v.p[i] == quote ? 0 : quote;
        else if (v.p[i] == '"' || v.p[i] == '\'')
            quote = v.p[i];
        else if (v.p[i] == '>')
            return i + 1;
    }
    return v.n;
}

/* Moves `at` past tags, comments and the like. */
static void pass_markup(struct walk *w)
{
    while (w->at < w->bytes.n) {
        struct sv v = rest_of(w);
        if (w->in_cdata) {
            if (!sv_starts(v, SV("]]>")))
                return;
            w->in_cdata = false;
            w->at += 3;
        } else if (v.p[0] != '<') {
            return;
        } else if (sv_starts(v, SV("<![CDATA["))) {
            w->in_cdata = true;
            w->at += 9;
        } else if (sv_starts(v, SV("<!--"))) {
            w->at += length_until(v, SV("-->"));
        } else if (sv_starts(v, SV("<?"))) {
            w->at += length_until(v, SV("?>"));
        } else {
            w->at += tag_length(v);
        }
    }
}

/* Moves `at` to the position of the parser: all text in front of it was reported. */
static void catch_up(struct walk *w, bool inside_tag)
{
    long here = xmlByteConsumed(w->parser);
    if (here > 0 && (size_t)here <= w->bytes.n && (size_t)here > w->at) {
        w->at = (size_t)here;
        w->in_cdata = false;
    }
    if (!inside_tag || w->at >= w->bytes.n)
        return;
    struct sv v = rest_of(w);
    const char *end = memchr(v.p, '>', v.n);
    w->at += end ? (size_t)(end - v.p) + 1 : v.n;
}

/* The number of bytes at the front of the text that are the same in the document. */
static size_t same_bytes(const struct walk *w, struct sv text)
{
    struct sv v = rest_of(w);
    size_t n = 0;
    while (n < text.n && n < v.n && text.p[n] == v.p[n]) {
        if (w->in_cdata ? v.p[n] == ']' : v.p[n] == '&' || v.p[n] == '<')
            break;
        n++;
    }
    return n;
}

/* The length of what one character of the text is written as, if that differs: a reference, or the
 * end of a line. 0: it is not here. */
static size_t other_spelling(const struct walk *w)
{
    struct sv v = rest_of(w);
    if (!v.n)
        return 0;
    if (v.p[0] == '\r')
        return v.n > 1 && v.p[1] == '\n' ? 2 : 1;
    if (v.p[0] != '&' || w->in_cdata)
        return v.p[0] == ']' ? 1 : 0;
    enum { LONGEST = 64 };
    size_t n = length_until(sv_sub(v, 0, v.n < LONGEST ? v.n : LONGEST), SV(";"));
    return n < LONGEST ? n : 0;
}

static struct span span_at(const struct walk *w, size_t length)
{
    return (struct span){(uint32_t)w->at, (uint32_t)length};
}

/* Reports text that is not where it should be, as in a damaged document: the place of each
 * character is one of the bytes that the parser has read since. What is left over, such as part of
 * a tag at the end of the document, is not text. */
static void report_lost_text(struct walk *w, struct sv text)
{
    const struct xml_client *c = w->client;
    size_t at = w->at;
    catch_up(w, false);
    while (text.n && at < w->at) {
        uint32_t code;
        unsigned n = utf8_decode(text, &code);
        if (!n)
            return;
        c->text(c->user, sv_sub(text, 0, n), (struct span){(uint32_t)at, 1});
        text = sv_sub(text, n, text.n - n);
        at++;
    }
}

static void report_text(struct walk *w, struct sv text)
{
    const struct xml_client *c = w->client;
    while (text.n) {
        pass_markup(w);
        size_t n = same_bytes(w, text), length = n;
        if (!n) {
            uint32_t code;
            length = other_spelling(w);
            n = utf8_decode(text, &code);
        }
        if (!length || !n)
            break;
        c->text(c->user, sv_sub(text, 0, n), span_at(w, length));
        w->at += length;
        text = sv_sub(text, n, text.n - n);
    }
    if (text.n)
        report_lost_text(w, text);
}

/* ---- what the parser calls ---- */

static void open_tag(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
                     int namespaces, const xmlChar **namespace_list, int count, int defaulted,
                     const xmlChar **attributes)
{
    (void)prefix, (void)namespaces, (void)namespace_list, (void)defaulted;
    struct walk *w = user;
    catch_up(w, true);
    struct xml_tag tag = {
        .name = (const char *)name,
        .space = space ? (const char *)space : "",
        .attributes = attributes,
        .count = count,
    };
    w->client->open(w->client->user, &tag);
}

static void close_tag(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
    (void)prefix;
    struct walk *w = user;
    w->client->close(w->client->user, (const char *)name, space ? (const char *)space : "");
}

static void on_text(void *user, const xmlChar *text, int n)
{
    struct walk *w = user;
    if (w->client->text)
        report_text(w, (struct sv){(const char *)text, (size_t)n});
}

/* Gives the parser the entities of HTML, as if each were predefined. */
static xmlEntityPtr find_entity(void *user, const xmlChar *name)
{
    struct walk *w = user;
    uint32_t code = w->parser->inSubset ? 0 : entity_named(sv_of((const char *)name));
    if (!code)
        return NULL;
    memset(w->text, 0, sizeof w->text);
    unsigned n = utf8_encode(code, w->text);
    w->entity = (xmlEntity){
        .type = XML_ENTITY_DECL,
        .name = name,
        .content = (xmlChar *)w->text,
        .length = (int)n,
        .etype = XML_INTERNAL_PREDEFINED_ENTITY,
    };
    return &w->entity;
}

#if LIBXML_VERSION >= 21200
static void note_fault(void *user, const xmlError *error)
#else
static void note_fault(void *user, xmlErrorPtr error)
#endif
{
    struct walk *w = user;
    if (w->fault->line || !error || error->level < XML_ERR_ERROR ||
        error->domain == XML_FROM_NAMESPACE)
        return;
    w->fault->line = error->line > 0 ? (uint32_t)error->line : 1;
    buf_clear(&w->fault->message);
    struct sv message = sv_trim(sv_of(error->message));
    if (utf8_valid_prefix(message) != message.n)
        return;
    for (size_t i = 0; i < message.n; i++) /* some messages have two lines */
        buf_putc(&w->fault->message, message.p[i] == '\n' ? ' ' : message.p[i]);
}

void xml_walk(struct sv bytes, const struct xml_client *client, struct xml_fault *fault)
{
    *fault = (struct xml_fault){0, BUF_INIT};
    struct walk w = {.client = client, .fault = fault, .bytes = bytes};
    xmlSAXHandler handler = {
        .initialized = XML_SAX2_MAGIC,
        .startElementNs = open_tag,
        .endElementNs = close_tag,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .getEntity = find_entity,
        .serror = note_fault,
    };
    w.parser = bytes.n < INT_MAX ? xmlCreateMemoryParserCtxt(bytes.p, (int)bytes.n) : NULL;
    if (!w.parser) {
        fault->line = 1;
        buf_adds(&fault->message, "it is empty or too large");
        return;
    }
    xmlCtxtUseOptions(w.parser, XML_PARSE_RECOVER | XML_PARSE_NONET);
    *w.parser->sax = handler;
    w.parser->userData = &w;
    xmlParseDocument(w.parser);
    if (w.parser->myDoc)
        xmlFreeDoc(w.parser->myDoc);
    w.parser->myDoc = NULL;
    xmlFreeParserCtxt(w.parser);
}
