#include "article/format/feed_json.h"

#include <yajl/yajl_parse.h>

#include "article/format/feed_item.h"
#include "article/format/feed_text.h"

/* Deeper values are passed over; a document that is deeper still is not a feed. */
enum { FEED_DEPTH = 1, LIST_DEPTH = 2, ITEM_DEPTH = 3, DEEPEST = 200 };

enum key { KEY_NONE, KEY_VERSION, KEY_ITEMS, KEY_TEXT_PART, KEY_HTML_PART, KEY_LINK_PART };

struct json_reading {
    struct feed *feed;
    const char *source;
    unsigned depth; /* objects and arrays open */
    bool is_feed, in_items;
    enum key key; /* the last one, of the feed or of an item */
    enum feed_part part;
    bool is_better; /* than what another key says of the same part */
    struct feed_parts item;
};

/* ---- strings ---- */

/* A line of plain text is a paragraph. */
static void add_paragraphs(struct buf *out, struct sv text)
{
    while (text.p) {
        struct sv line = sv_trim(sv_cut(&text, '\n'));
        if (!line.n)
            continue;
        buf_adds(out, "<p>");
        feed_escape(out, line);
        buf_adds(out, "</p>\n");
    }
}

static void set_part(struct json_reading *r, struct sv value)
{
    struct buf *part = &r->item.text[r->part];
    if (part->n && !r->is_better)
        return;
    buf_clear(part);
    if (r->key != KEY_TEXT_PART)
        buf_add_sv(part, value);
    else if (r->part == FEED_TITLE)
        feed_escape(part, value);
    else
        add_paragraphs(part, value);
}

static int on_string(void *user, const unsigned char *bytes, size_t n)
{
    struct json_reading *r = user;
    struct sv value = {(const char *)bytes, n};
    if (r->key == KEY_VERSION && r->depth == FEED_DEPTH)
        r->is_feed = sv_find(value, SV("jsonfeed.org/version/")) >= 0;
    else if (r->key >= KEY_TEXT_PART && r->in_items && r->depth == ITEM_DEPTH)
        set_part(r, value);
    return 1;
}

/* An id may be a number. */
static int on_number(void *user, const char *digits, size_t n)
{
    return on_string(user, (const unsigned char *)digits, n);
}

/* ---- keys ---- */

static void take_item_key(struct json_reading *r, struct sv name)
{
    static const struct {
        const char *name;
        enum key key;
        enum feed_part part;
        bool is_better;
    } keys[] = {
        {"id", KEY_LINK_PART, FEED_ID, false},
        {"url", KEY_LINK_PART, FEED_LINK, true},
        {"external_url", KEY_LINK_PART, FEED_LINK, false},
        {"title", KEY_TEXT_PART, FEED_TITLE, false},
        {"content_html", KEY_HTML_PART, FEED_CONTENT, true},
        {"content_text", KEY_TEXT_PART, FEED_CONTENT, false},
        {"summary", KEY_TEXT_PART, FEED_SUMMARY, false},
        {"date_published", KEY_LINK_PART, FEED_DATE, true},
        {"date_modified", KEY_LINK_PART, FEED_DATE, false},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!sv_is(name, keys[i].name))
            continue;
        r->key = keys[i].key;
        r->part = keys[i].part;
        r->is_better = keys[i].is_better;
    }
}

static int on_key(void *user, const unsigned char *name, size_t n)
{
    struct json_reading *r = user;
    struct sv key = {(const char *)name, n};
    r->key = KEY_NONE;
    if (r->depth == FEED_DEPTH)
        r->key = sv_is(key, "version") ? KEY_VERSION : sv_is(key, "items") ? KEY_ITEMS : KEY_NONE;
    else if (r->in_items && r->depth == ITEM_DEPTH)
        take_item_key(r, key);
    return 1;
}

/* ---- objects and arrays ---- */

static int on_open(void *user)
{
    struct json_reading *r = user;
    if (++r->depth == ITEM_DEPTH && r->in_items)
        feed_parts_clear(&r->item);
    return r->depth <= DEEPEST;
}

static int on_array(void *user)
{
    struct json_reading *r = user;
    r->in_items = r->in_items || (r->depth == FEED_DEPTH && r->key == KEY_ITEMS);
    return on_open(user);
}

static int on_object_end(void *user)
{
    struct json_reading *r = user;
    if (r->depth-- == ITEM_DEPTH && r->in_items) {
        r->item.id_is_link = true;
        feed_item_add(&r->item, r->feed, r->source);
    }
    r->key = KEY_NONE;
    return 1;
}

static int on_array_end(void *user)
{
    struct json_reading *r = user;
    if (r->depth-- == LIST_DEPTH)
        r->in_items = false;
    r->key = KEY_NONE;
    return 1;
}

/* ---- documents ---- */

static struct sv without_mark(struct sv bytes)
{
    if (sv_starts(bytes, SV("\xEF\xBB\xBF")))
        bytes = sv_sub(bytes, 3, bytes.n - 3);
    return sv_trim(bytes);
}

bool feed_is_json(struct sv bytes)
{
    return sv_starts(without_mark(bytes), SV("{"));
}

/* Whether all of it came. */
static bool parse(struct json_reading *r, struct sv bytes)
{
    static const yajl_callbacks callbacks = {
        .yajl_string = on_string,
        .yajl_number = on_number,
        .yajl_start_map = on_open,
        .yajl_map_key = on_key,
        .yajl_end_map = on_object_end,
        .yajl_start_array = on_array,
        .yajl_end_array = on_array_end,
    };
    yajl_alloc_funcs memory = {mem_for_library, mem_regrow_for_library, mem_free_for_library, NULL};
    yajl_handle parser = yajl_alloc(&callbacks, &memory, r);
    yajl_config(parser, yajl_dont_validate_strings, 1); /* bytes that are not UTF-8 cost no item */
    yajl_status status = yajl_parse(parser, (const unsigned char *)bytes.p, bytes.n);
    if (status == yajl_status_ok)
        status = yajl_complete_parse(parser);
    yajl_free(parser);
    return status == yajl_status_ok;
}

enum status feed_read_json(struct feed *out, const char *name, struct sv bytes, struct err *e)
{
    struct json_reading r = {.feed = out, .source = name};
    feed_parts_begin(&r.item);
    r.item.base = name;
    out->cut_short = !parse(&r, without_mark(bytes));
    feed_parts_free(&r.item);
    if (r.is_feed)
        return STATUS_OK;
    err_set(e, STATUS_INPUT,
            "is JSON, but no feed: its \"version\" is not that of JSON Feed "
            "(https://jsonfeed.org/version/1.1)");
    return load_error_in(name, e);
}
