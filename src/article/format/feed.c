/*
 * Sources: RSS 2.0 (RSS Advisory Board), RSS 1.0 and its content and Dublin Core modules, Atom
 * (RFC 4287). Entities are never replaced by what a feed defines for them, so that a small feed
 * cannot grow.
 */
#include "article/format/feed.h"

#include "article/format/entity.h"
#include "article/format/feed_item.h"
#include "article/format/feed_json.h"
#include "article/format/feed_text.h"
#include "article/format/xml.h"
#include "base/utf8.h"

enum space { SPACE_NONE, SPACE_ATOM, SPACE_CONTENT, SPACE_DC, SPACE_OTHER };

static const struct {
    const char *name;
    enum space space;
} spaces[] = {
    {"http://www.w3.org/2005/Atom", SPACE_ATOM},
    {"http://purl.org/atom/ns#", SPACE_ATOM}, /* Atom 0.3 */
    {"http://purl.org/rss/1.0/modules/content/", SPACE_CONTENT},
    {"http://purl.org/dc/elements/1.1/", SPACE_DC},
    {"http://purl.org/rss/1.0/", SPACE_NONE},
    {"http://my.netscape.com/rdf/simple/0.9/", SPACE_NONE},
    {"http://backend.userland.com/rss2", SPACE_NONE},
};

/* The notation of the text of a part. */
enum writing { AS_TEXT, AS_PLAIN_TEXT, AS_MARKUP, AS_BASE64 };

struct reading {
    struct feed *feed;
    const char *source;     /* the name of the feed */
    unsigned depth;         /* tags open */
    unsigned path;          /* how many of them are the feed or its channel, from the outside */
    unsigned item, element; /* depth of the item, and of its element that is read; 0: none */
    enum feed_part part;    /* of the item, in this element */
    enum writing writing;
    bool in_tag; /* of the markup that is written: its '>' is missing */
    bool is_feed;
    struct buf text; /* of the element */
    struct feed_parts item_parts;
    const char *base; /* for relative addresses */
};

static enum space space_of(const char *name)
{
    if (!*name)
        return SPACE_NONE;
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp(name, spaces[i].name) == 0)
            return spaces[i].space;
    return SPACE_OTHER;
}

/* ---- attributes ---- */

/* Sets *out to the value of an attribute; false: there is none. */
static bool set_attribute(struct buf *out, const struct xml_tag *tag, const char *name)
{
    struct sv value = xml_attribute(tag, name);
    buf_clear(out);
    entity_decode_all(out, value);
    return value.p != NULL;
}

static bool attribute_is(const struct xml_tag *tag, const char *name, const char *value,
                         bool without)
{
    struct sv given = xml_attribute(tag, name);
    return given.p ? sv_is(sv_trim(given), value) : without;
}

/* ---- markup inside an element ---- */

static void end_tag(struct reading *r, const char *end)
{
    if (r->in_tag)
        buf_adds(&r->text, end);
    r->in_tag = false;
}

static void write_tag(struct reading *r, const struct xml_tag *tag)
{
    end_tag(r, ">");
    buf_addf(&r->text, "<%s", tag->name);
    for (size_t i = 0; i < tag->count; i++) {
        struct sv value = tag->attributes[i].value;
        char quote = memchr(value.p, '"', value.n) ? '\'' : '"';
        buf_addf(&r->text, " %.*s=%c%.*s%c", SV_ARG(tag->attributes[i].name), quote, SV_ARG(value),
                 quote);
    }
    r->in_tag = true;
}

static void write_end_tag(struct reading *r, const char *name)
{
    if (r->in_tag)
        end_tag(r, "/>");
    else
        buf_addf(&r->text, "</%s>", name);
}

/* ---- items ---- */

/* Returns the part of its item that an Atom element is; FEED_PARTS: none. */
static enum feed_part atom_part(const struct xml_tag *tag)
{
    static const struct {
        const char *name;
        enum feed_part part;
    } names[] = {{"title", FEED_TITLE},    {"id", FEED_ID},          {"content", FEED_CONTENT},
                 {"published", FEED_DATE}, {"issued", FEED_DATE},    {"updated", FEED_DATE},
                 {"modified", FEED_DATE},  {"summary", FEED_SUMMARY}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(tag, names[i].name))
            return names[i].part;
    return FEED_PARTS;
}

static enum feed_part rss_part(const struct xml_tag *tag)
{
    return xml_is(tag, "title")         ? FEED_TITLE
           : xml_is(tag, "link")        ? FEED_LINK
           : xml_is(tag, "pubDate")     ? FEED_DATE
           : xml_is(tag, "guid")        ? FEED_ID
           : xml_is(tag, "description") ? FEED_SUMMARY
                                        : FEED_PARTS;
}

static enum feed_part part_of(const struct xml_tag *tag, enum space space)
{
    if (space == SPACE_ATOM)
        return atom_part(tag);
    if (space == SPACE_NONE)
        return rss_part(tag);
    if (space == SPACE_CONTENT && xml_is(tag, "encoded"))
        return FEED_CONTENT;
    if (space == SPACE_DC && (xml_is(tag, "date") || xml_is(tag, "title")))
        return xml_is(tag, "date") ? FEED_DATE : FEED_TITLE;
    return FEED_PARTS;
}

/* Returns the notation of an Atom element: RFC 4287, 3.1.1; in Atom 0.3, by "mode". */
static enum writing writing_of(const struct xml_tag *tag, enum feed_part part)
{
    if (attribute_is(tag, "mode", "base64", false))
        return AS_BASE64;
    if (attribute_is(tag, "mode", "escaped", false) || part < FEED_CONTENT)
        return AS_TEXT;
    if (attribute_is(tag, "type", "xhtml", false) || attribute_is(tag, "mode", "xml", false) ||
        attribute_is(tag, "type", "application/xhtml+xml", false))
        return AS_MARKUP;
    return attribute_is(tag, "type", "text", true) ? AS_PLAIN_TEXT : AS_TEXT;
}

static void begin_element(struct reading *r, const struct xml_tag *tag)
{
    enum space space = space_of(tag->space);
    if (space == SPACE_ATOM && xml_is(tag, "link") && !r->item_parts.text[FEED_LINK].n &&
        attribute_is(tag, "rel", "alternate", true))
        set_attribute(&r->item_parts.text[FEED_LINK], tag, "href");
    r->part = part_of(tag, space);
    if (r->part == FEED_PARTS)
        return;
    r->writing = space == SPACE_ATOM ? writing_of(tag, r->part) : AS_TEXT;
    if (space == SPACE_NONE && r->part == FEED_ID)
        r->item_parts.id_is_link = attribute_is(tag, "isPermaLink", "true", true);
    r->element = r->depth;
    r->in_tag = false;
    buf_clear(&r->text);
}

/* Of several elements for a part the first counts; but when an item was published, where Atom says
 * it, before when it was changed. */
static void end_element(struct reading *r, const char *name)
{
    struct buf *part = &r->item_parts.text[r->part];
    bool published = strcmp(name, "published") == 0 || strcmp(name, "issued") == 0;
    r->element = 0;
    end_tag(r, "/>");
    if (published)
        buf_clear(part);
    if (part->n)
        return;
    if (r->writing == AS_BASE64)
        feed_decode_base64(part, buf_sv(&r->text));
    else if (r->writing == AS_PLAIN_TEXT)
        feed_escape(part, buf_sv(&r->text));
    else
        buf_add_sv(part, buf_sv(&r->text));
}

/* The base of addresses in this element: xml:base. */
static const char *base_of(struct reading *r, const struct xml_tag *tag)
{
    struct buf base = BUF_INIT;
    const char *kept = r->base;
    if (set_attribute(&base, tag, "base"))
        kept = feed_absolute(r->feed, sv_trim(buf_sv(&base)), r->base);
    buf_free(&base);
    return kept;
}

static void end_item(struct reading *r)
{
    feed_item_add(&r->item_parts, r->feed, r->source);
    r->item = 0;
}

static void begin_item(struct reading *r, const struct xml_tag *tag)
{
    feed_parts_clear(&r->item_parts);
    r->item = r->depth;
    r->item_parts.base = base_of(r, tag);
    if (space_of(tag->space) != SPACE_ATOM) /* rdf:about */
        set_attribute(&r->item_parts.text[FEED_ID], tag, "about");
}

/* ---- what the parser calls ---- */

static bool is_root(const struct xml_tag *tag)
{
    return xml_is(tag, "rss") || xml_is(tag, "RDF") ||
           (xml_is(tag, "feed") && space_of(tag->space) == SPACE_ATOM);
}

static bool is_channel(const struct xml_tag *tag)
{
    return xml_is(tag, "channel") && space_of(tag->space) == SPACE_NONE;
}

static bool is_item(const struct xml_tag *tag)
{
    enum space space = space_of(tag->space);
    return (space == SPACE_NONE && xml_is(tag, "item")) ||
           (space == SPACE_ATOM && xml_is(tag, "entry"));
}

/* The feed itself, or a channel in it. */
static void begin_channel(struct reading *r, const struct xml_tag *tag)
{
    r->is_feed = true;
    r->path++;
    r->base = base_of(r, tag);
}

static void on_open(void *user, const struct xml_tag *tag)
{
    struct reading *r = user;
    r->depth++;
    if (r->element) {
        if (r->writing == AS_MARKUP)
            write_tag(r, tag);
    } else if (r->item) {
        if (r->depth == r->item + 1)
            begin_element(r, tag);
    } else if (r->path + 1 == r->depth) {
        if (r->path && is_item(tag))
            begin_item(r, tag);
        else if (r->path ? is_channel(tag) : is_root(tag))
            begin_channel(r, tag);
    }
}

static void on_close(void *user, const char *name, const char *space)
{
    struct reading *r = user;
    (void)space;
    if (r->element == r->depth)
        end_element(r, name);
    else if (r->element && r->writing == AS_MARKUP)
        write_end_tag(r, name);
    if (r->item == r->depth)
        end_item(r);
    if (r->path == r->depth)
        r->path--;
    r->depth--;
}

static void on_text(void *user, struct sv text, struct span from)
{
    struct reading *r = user;
    (void)from;
    if (!r->element)
        return;
    if (r->writing != AS_MARKUP) {
        buf_add_sv(&r->text, text);
        return;
    }
    end_tag(r, ">");
    feed_escape(&r->text, text);
}

/* ---- documents ---- */

static void read_document(struct reading *r, struct sv bytes, const char *charset)
{
    const struct xml_client client = {
        .open = on_open, .close = on_close, .text = on_text, .user = r};
    struct xml_fault fault;
    /* Some servers send an empty line in front of the XML declaration, which XML forbids. */
    bytes = sv_trim(bytes);
    r->text = BUF_INIT;
    feed_parts_begin(&r->item_parts);
    xml_walk(bytes, charset, &client, &fault);
    r->feed->cut_short = fault.cut_short;
    feed_parts_free(&r->item_parts);
    buf_free(&r->text);
}

enum status feed_from_bytes(struct feed *out, const char *name, struct sv bytes,
                            const char *charset, struct err *e)
{
    *out = (struct feed){0};
    struct reading r = {.feed = out, .source = name, .base = name};
    if (feed_is_json(bytes))
        return feed_read_json(out, name, bytes, e);
    read_document(&r, bytes, charset);
    if (r.is_feed)
        return STATUS_OK;
    err_set(e, STATUS_INPUT,
            "is no feed (RSS, RDF, Atom or JSON Feed); for one article leave the word feed out");
    return load_error_in(name, e);
}

/* Cuts a declaration or a comment, which begins with `open`, off the front. */
static bool cut_prolog(struct sv *rest, struct sv open, struct sv close)
{
    ptrdiff_t end = sv_starts(*rest, open) ? sv_find(*rest, close) : -1;
    if (end < 0)
        return false;
    *rest = sv_trim(sv_from(*rest, (size_t)end + close.n));
    return true;
}

bool feed_begins(struct sv bytes)
{
    static const struct sv mark = {"\xEF\xBB\xBF", 3}, atom = SV("http://www.w3.org/2005/Atom");
    struct sv rest = sv_trim(sv_starts(bytes, mark) ? sv_from(bytes, mark.n) : bytes);
    while (cut_prolog(&rest, SV("<?"), SV("?>")) || cut_prolog(&rest, SV("<!--"), SV("-->")) ||
           cut_prolog(&rest, SV("<!DOCTYPE"), SV(">")))
        ;
    struct sv tag = sv_cut(&rest, '>');
    if (sv_starts(tag, SV("<feed")))
        return sv_find(tag, atom) >= 0;
    return (sv_starts(tag, SV("<rss")) && sv_find(tag, SV("version")) >= 0) ||
           sv_starts(tag, SV("<rdf:RDF"));
}

void feed_page(const struct feed_item *item, struct buf *out)
{
    buf_adds(out, "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>");
    feed_escape(out, sv_of(item->title));
    buf_adds(out, "</title></head>\n<body><article><h1>");
    feed_escape(out, sv_of(item->title));
    buf_addf(out, "</h1>\n%s\n</article></body></html>\n", item->content);
}

void feed_free(struct feed *f)
{
    vec_free(&f->items);
    arena_free(&f->arena);
}
