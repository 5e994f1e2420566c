#include "article/format/entity.h"
#include "article/format/html_meta.h"
#include "article/format/html_module.h"
#include "article/format/html_names.h"
#include "article/format/html_preprocess.h"
#include "article/format/list_number.h"
#include "article/format/superscript.h"
#include "base/ascii.h"
#include "base/module.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "rules/rules.h"

/* The parser walks its stack of open elements for every end tag; a limit keeps that linear. At the
 * limit, a new run of the parser begins after the tag, so that no text is lost. */
enum { DEEPEST = 400, DEEPEST_AGAIN = 800, FLAT_BELOW = 64, MOST_LD = 1 << 20 };

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

struct frame {
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

struct parse {
    struct html_page *page;
    const struct html_driver *driver;
    void *parser;
    struct sv source; /* the decoded text */
    size_t base;      /* offset where the current run began */
    size_t cursor;    /* the place of all text before this offset is known */
    /* The position of the parser at the last tag. If an element is only implied, the parser has
     * already passed the text in it. */
    size_t tag_at;
    VEC(struct frame) frames;
    size_t floor;          /* number of frames of earlier runs */
    bool stopped;          /* this run has ended; the next begins at `cursor` */
    size_t runs;           /* how many ended early */
    uint32_t links;        /* how many have begun */
    struct html_line line; /* the current line */
    bool line_begun;
    bool was_hidden;
    uint32_t hidden;    /* bytes of it that are hidden */
    uint32_t last_link; /* of the last text of it */
    size_t first_hole;
    const struct packed_table *words; /* for html_hints_of */
    struct list_numbers lists;
    struct buf number; /* of the item that is open, until its text begins */
    struct buf names, ld;
    struct known_class classes[256];
};

/* The position of the parser. The text that it reports is in front of it. */
static size_t position(const struct parse *p)
{
    if (p->stopped)
        return p->cursor;
    size_t at = p->base + p->driver->position(p->parser);
    return at < p->cursor ? p->cursor : at > p->source.n ? p->source.n : at;
}

static struct frame *top(struct parse *p)
{
    return &p->frames.at[p->frames.n - 1];
}

static void end_line(struct parse *p)
{
    struct html_page *page = p->page;
    size_t from = page->text.line;
    if (html_text_end_line(&page->text)) {
        struct html_line l = p->line;
        l.text = (struct span){(uint32_t)from, (uint32_t)(page->text.out.n - 1 - from)};
        if (p->hidden >= l.text.len) {
            l.tag = l.tag == TAG_TITLE ? TAG_TITLE : TAG_HIDDEN;
            page->holes.n = p->first_hole;
        }
        if (l.tag == TAG_TITLE && !page->meta.title)
            page->meta.title = html_meta_keep(page->a, sv_at(buf_sv(&page->text.out), l.text));
        *vec_push(&page->lines) = l;
    } else {
        page->holes.n = p->first_hole;
    }
    p->line_begun = false;
    p->hidden = 0;
    p->first_hole = page->holes.n;
}

/* ---- elements ---- */

static bool has_word(const char *value, const char *word)
{
    return value && strstr(value, word);
}

static bool names_its_purpose(const char *attribute)
{
    static const char *const names[] = {"class", "id",        "itemprop",  "role",
                                        "rel",   "data-role", "data-field"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(attribute, names[i]) == 0)
            return true;
    return false;
}

static void add_name(struct buf *names, const char *value)
{
    enum { LONGEST = 400 };
    buf_putc(names, ' ');
    for (size_t i = 0; value[i] && i < LONGEST; i++)
        buf_putc(names, value[i] == '_' ? '-' : ascii_lower(value[i]));
}

struct element {
    enum html_tag tag;
    uint32_t alike;
    bool hidden, linked, ld;
    bool item; /* <li> */
    const char *time;
    const char *name, *content; /* of <meta> */
    struct list_tag list;
    struct sv value; /* of <li> */
};

/* Whether a link leads to something else to read: not a script, and not the own address of the
 * heading that it stands in. */
static bool leads_elsewhere(struct parse *p, const char *href)
{
    const uint64_t headings = (uint64_t)1 << TAG_H1 | (uint64_t)1 << TAG_H2 |
                              (uint64_t)1 << TAG_H3 | (uint64_t)1 << TAG_HEADING;
    if (ascii_starts(sv_of(href), SV("javascript:")))
        return false;
    return href[0] != '#' || !href[1] || !(p->page->nodes.at[top(p)->node].within & headings);
}

/* Reads an attribute of <ol> or <li>. */
static void read_list_attribute(struct element *e, const char *name, const char *value)
{
    if (e->tag != TAG_LIST && e->tag != TAG_LI)
        return;
    if (strcmp(name, "start") == 0)
        e->list.start = sv_of(value);
    else if (strcmp(name, "type") == 0)
        e->list.type = sv_of(value);
    else if (strcmp(name, "style") == 0)
        e->list.style = sv_of(value);
    else if (strcmp(name, "reversed") == 0)
        e->list.reversed = true;
}

/* Reads the attributes of an element, and its names into p->names. */
static void read_attributes(struct parse *p, struct element *e, const char *const *attributes)
{
    buf_clear(&p->names);
    for (; attributes && attributes[0]; attributes += 2) {
        const char *name = attributes[0], *value = attributes[1] ? attributes[1] : "";
        if (names_its_purpose(name)) {
            add_name(&p->names, value);
            if (name[0] == 'c')
                e->alike = (uint32_t)sv_hash(sv_of(value)) | 1;
        }
        read_list_attribute(e, name, value);
        if (strcmp(name, "style") == 0)
            e->hidden = e->hidden || html_is_not_displayed(sv_of(value));
        else if (strcmp(name, "hidden") == 0)
            e->hidden = true;
        else if (strcmp(name, "aria-hidden") == 0)
            e->hidden = e->hidden || strcmp(value, "true") == 0;
        else if (strcmp(name, "href") == 0)
            e->linked = e->tag == TAG_A && leads_elsewhere(p, value);
        else if (strcmp(name, "type") == 0)
            e->ld = has_word(value, "ld+json");
        else if (strcmp(name, "value") == 0)
            e->value = sv_of(value);
        else if (strcmp(name, "datetime") == 0)
            e->time = value;
        else if (strcmp(name, "content") == 0)
            e->content = value;
        if (strcmp(name, "property") == 0 || strcmp(name, "name") == 0 ||
            (strcmp(name, "itemprop") == 0 && !e->name))
            e->name = value;
    }
}

static unsigned hints_of(struct parse *p)
{
    if (!p->names.n)
        return 0;
    uint64_t hash = sv_hash(buf_sv(&p->names)) | 1;
    struct known_class *known = &p->classes[hash / 2 % 256];
    if (known->hash != hash)
        *known = (struct known_class){hash, html_hints_of(p->words, buf_sv(&p->names))};
    return known->hints;
}

static uint32_t add_node(struct parse *p, const struct element *e, unsigned hints)
{
    struct html_page *page = p->page;
    uint32_t parent = top(p)->node;
    struct html_node node = {.parent = parent,
                             .within = page->nodes.at[parent].within | (uint64_t)1 << e->tag,
                             .line0 = (uint32_t)page->lines.n,
                             .line1 = (uint32_t)page->lines.n,
                             .alike = e->alike,
                             .hints = (uint16_t)hints,
                             .tag = (uint8_t)e->tag};
    *vec_push(&page->nodes) = node;
    return (uint32_t)page->nodes.n - 1;
}

/* Date and author often are neighbouring spans that only a style sheet separates. */
static bool is_separate(const struct parse *p, unsigned hints)
{
    enum html_tag around = (enum html_tag)p->page->nodes.at[p->frames.at[p->frames.n - 1].node].tag;
    return (hints & (HINT_DATE | HINT_AUTHOR | HINT_SOURCE | HINT_WIDGET)) && around != TAG_P &&
           around != TAG_LI && around != TAG_TD && around != TAG_FIGCAPTION;
}

static uint8_t flags_of(const struct element *e)
{
    unsigned flags = e->hidden ? IN_HIDDEN : 0;
    switch (e->tag) {
    case TAG_A:
        return (uint8_t)(flags | (e->linked ? IN_LINK : 0));
    case TAG_BOLD:
        return (uint8_t)(flags | IN_BOLD);
    case TAG_GONE:
        return (uint8_t)(flags | IN_GONE);
    case TAG_SCRIPT:
        return (uint8_t)(flags | IN_GONE | (e->ld ? IN_LD : 0));
    case TAG_HIDDEN:
    case TAG_TITLE:
        return (uint8_t)(flags | IN_HIDDEN);
    case TAG_PRE:
        return (uint8_t)(flags | IN_PRE);
    case TAG_SUP:
        return (uint8_t)(flags | IN_RAISED);
    default:
        return (uint8_t)flags;
    }
}

/* Whether a list is one of links or buttons, whose items have no numbers to be read. */
static bool is_list_of_site(const struct html_node *node)
{
    const uint64_t boxes =
        (uint64_t)1 << TAG_NAV | (uint64_t)1 << TAG_FOOTER | (uint64_t)1 << TAG_ASIDE;
    const unsigned hints = HINT_MENU | HINT_RELATED | HINT_COMMENTS | HINT_SHARE | HINT_TAGS;
    return node->within & boxes || node->hints & (hints | HINT_UNMARKED);
}

/* Opens a list, or counts an item. `f` is the frame of the element. */
static void open_list(struct parse *p, const struct element *e, struct frame *f)
{
    const struct html_node *node = &p->page->nodes.at[f->node];
    if (e->tag == TAG_LIST) {
        struct list_tag list = e->list;
        size_t at = position(p);
        list.unmarked = is_list_of_site(node);
        list_open(&p->lists, &list, sv_sub(p->source, at, p->source.n - at));
        f->lists++;
    } else if (e->item) {
        buf_clear(&p->number);
        if (!e->hidden && !(node->hints & HINT_UNMARKED)) /* what is not shown is not counted */
            list_next(&p->lists, e->value, e->list.style, &p->number);
    }
}

/* Ends the line at a <br>. A title that is broken into lines is one. */
static void break_line(struct parse *p, uint32_t node)
{
    struct html_text *t = &p->page->text;
    if (!(p->page->nodes.at[node].within >> TAG_H1 & 1)) {
        end_line(p);
    } else if (!t->space) {
        t->space = true;
        t->space_from = p->cursor;
    }
}

static void open_element(struct parse *p, const struct element *e)
{
    struct frame f = *top(p);
    f.flags = (uint8_t)((f.flags & ~(IS_BLOCK | IN_LD)) | flags_of(e));
    if (e->linked)
        f.link = ++p->links;
    if (!(f.flags & IN_GONE)) {
        unsigned hints = e->tag == TAG_BOLD || e->tag == TAG_A ? 0 : hints_of(p);
        bool block = html_tag_is_block(e->tag) || e->tag == TAG_HIDDEN ||
                     (e->tag == TAG_SPAN && is_separate(p, hints));
        if (block) {
            end_line(p);
            f.node = add_node(p, e, hints);
            f.flags |= IS_BLOCK;
        }
        if (e->tag == TAG_TITLE || e->tag == TAG_FORM)
            f.tag = (uint8_t)e->tag;
        else if (f.flags & IN_HIDDEN && f.tag == TAG_OTHER && block)
            f.tag = TAG_HIDDEN;
        if (e->tag == TAG_BR)
            break_line(p, f.node);
        open_list(p, e, &f);
        struct html_node *node = &p->page->nodes.at[f.node];
        if (e->tag == TAG_IMG && node->pictures < UINT8_MAX)
            node->pictures++;
        if (e->time && e->tag == TAG_TIME)
            *vec_push(&p->page->times) = (struct html_time){
                (uint32_t)p->page->lines.n, html_meta_keep(p->page->a, sv_of(e->time))};
    }
    *vec_push(&p->frames) = f;
}

/* Ends the run of the parser, because its stack is full. The next run begins after this tag, inside
 * the same elements. */
static void break_off(struct parse *p)
{
    p->cursor = position(p);
    const char *end = memchr(p->source.p + p->cursor, '>', p->source.n - p->cursor);
    p->cursor = end ? (size_t)(end - p->source.p) + 1 : p->source.n;
    if (!p->page->cut)
        p->page->cut_at = p->cursor;
    p->page->cut = true;
    for (size_t i = 0; i < p->frames.n; i++) /* until the end of the page */
        p->page->nodes.at[p->frames.at[i].node].line1 = UINT32_MAX;
    /* Keep the tree shallow, because it is walked upwards for each line. */
    uint32_t node = p->frames.at[p->runs ? 0 : FLAT_BELOW].node;
    p->frames.at[0] = *top(p);
    p->frames.at[0].node = node;
    p->frames.at[0].flags &= (uint8_t)~IS_BLOCK;
    p->runs++;
    p->frames.n = 1;
    p->stopped = true;
    p->driver->stop(p->parser);
}

/* Whether what is open belongs to readers' comments: a <meta> there tells nothing of the page. */
static bool is_in_comments(struct parse *p)
{
    const struct html_node *nodes = p->page->nodes.at;
    uint32_t node = top(p)->node;
    while (node && !(nodes[node].hints & HINT_COMMENTS))
        node = nodes[node].parent;
    return node;
}

static void start_element(void *user, const char *name, const char *const *attributes)
{
    struct parse *p = user;
    if (p->stopped)
        return;
    p->tag_at = position(p);
    struct element e = {.tag = html_tag_of(name), .item = strcmp(name, "li") == 0};
    e.list.ordered = strcmp(name, "ol") == 0;
    read_attributes(p, &e, attributes);
    if (e.tag == TAG_META && e.name && e.content && !is_in_comments(p))
        html_meta_add(p->page, e.name, e.content);
    open_element(p, &e);
    if (p->frames.n - p->floor > (p->runs ? DEEPEST_AGAIN : DEEPEST))
        break_off(p);
}

static void end_element(void *user, const char *name)
{
    struct parse *p = user;
    (void)name;
    if (p->stopped)
        return;
    p->tag_at = position(p);
    if (p->frames.n <= p->floor)
        return;
    struct frame f = *top(p);
    if (f.flags & IS_BLOCK) {
        end_line(p);
        p->page->nodes.at[f.node].line1 = (uint32_t)p->page->lines.n;
    }
    if (p->ld.n && f.flags & IN_LD) {
        html_meta_add_ld(p->page, buf_sv(&p->ld));
        buf_clear(&p->ld);
    }
    p->frames.n--;
    list_close(&p->lists, top(p)->lists);
    if (f.node != top(p)->node && p->page->nodes.at[f.node].tag == TAG_LI)
        buf_clear(&p->number); /* the item is empty */
}

static void script(void *user, const char *bytes, size_t n)
{
    struct parse *p = user;
    if (!p->stopped && (top(p)->flags & IN_LD) && p->ld.n < MOST_LD)
        buf_add(&p->ld, bytes, n);
}

/* ---- text ---- */

/* The part of the decoded text that a text from the parser was made from. */
struct place {
    size_t from, to;
    bool linear;
};

static bool is_at(const struct parse *p, size_t at, struct sv text)
{
    return at + text.n <= p->source.n && memcmp(p->source.p + at, text.p, text.n) == 0;
}

/* Whether the text begins with a reference to an ampersand, and not with an ampersand. */
static bool is_written_out(struct sv rest)
{
    uint32_t code;
    return entity_decode(rest, &code) && code == '&';
}

/* Finds the place of a text from the parser: right after the text before it, right in front of the
 * position of the parser, a reference, or somewhere between the two. */
static struct place find_place(const struct parse *p, struct sv text, size_t bound)
{
    const char *source = p->source.p;
    bool goes_on = p->tag_at <= p->cursor;
    size_t low = goes_on || p->tag_at > bound ? p->cursor : p->tag_at;
    if (goes_on && is_at(p, p->cursor, text) && p->cursor + text.n <= bound)
        return (struct place){p->cursor, p->cursor + text.n, true};
    if (bound >= p->cursor + text.n && is_at(p, bound - text.n, text))
        return (struct place){bound - text.n, bound, true};
    if (text.n <= 8 && bound > low) {
        size_t near = bound - low > 48 ? bound - 48 : low;
        const char *entity = goes_on && source[low] == '&'
                                 ? source + low
                                 : memrchr(source + near, '&', bound - near);
        size_t at = entity ? (size_t)(entity - source) : 0;
        if (entity && sv_is(text, "&") && !is_written_out(sv_sub(p->source, at, p->source.n - at)))
            return (struct place){at, at + 1, true};
        if (entity)
            return (struct place){at, bound, false};
    }
    size_t window = bound + 8 < p->source.n ? bound + 8 : p->source.n;
    const char *hit = memmem(source + low, window - low, text.p, text.n);
    if (!hit)
        hit = memmem(source + p->cursor, window - p->cursor, text.p, text.n);
    if (hit)
        return (struct place){(size_t)(hit - source), (size_t)(hit - source) + text.n, true};
    if (bound == p->cursor) /* the position of the parser is unknown */
        bound = p->cursor + text.n < p->source.n ? p->cursor + text.n : p->source.n;
    return (struct place){p->cursor, bound, false};
}

static void add_text(struct parse *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    uint32_t code;
    char bytes[4];
    if (!place.linear && text.n && utf8_decode(text, &code) == text.n &&
        entity_meaning(code) != code) {
        text = (struct sv){bytes, utf8_encode(entity_meaning(code), bytes)};
        html_text_add(t, text, place.from, place.to, false);
        return;
    }
    html_text_add(t, text, place.from, place.to, place.linear);
}

/* Adds text that is not read. Inside a line it is a hole. */
static void add_hidden(struct parse *p, struct sv text, struct place place, enum skip_reason reason)
{
    struct html_text *t = &p->page->text;
    html_text_flush(t);
    size_t from = t->out.n;
    add_text(p, text, place);
    html_text_flush(t);
    if (from > t->out.n)
        from = t->out.n;
    while (from > t->line && from < t->out.n && ((unsigned char)t->out.p[from] & 0xC0) == 0x80)
        from--;
    struct span hole = {(uint32_t)from, (uint32_t)(t->out.n - from)};
    p->hidden += hole.len;
    struct skipped *last =
        p->page->holes.n > p->first_hole ? &p->page->holes.at[p->page->holes.n - 1] : NULL;
    if (last && last->text.off + last->text.len >= hole.off && last->reason == reason)
        last->text.len = hole.off + hole.len - last->text.off;
    else if (hole.len)
        *vec_push(&p->page->holes) = (struct skipped){hole, reason};
}

/* Puts a space between a visible word and the text after it that is not read. */
static void part_from_word(struct parse *p, struct place place)
{
    struct html_text *t = &p->page->text;
    if (t->out.n + t->codes.n == t->line || t->space)
        return;
    t->space = true;
    t->space_from = place.from;
}

/* Puts a space between a hole and the text behind it, so that they are no one word. */
static void part_from_hole(struct parse *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    if (p->page->holes.n == p->first_hole || !text.n)
        return;
    html_text_flush(t);
    struct span hole = p->page->holes.at[p->page->holes.n - 1].text;
    bool word = ascii_is_letter(text.p[0]) || ascii_is_digit(text.p[0]) || text.p[0] & 0x80;
    if (word && !t->space && hole.off + hole.len == t->out.n) {
        t->space = true;
        t->space_from = place.from;
    }
}

static void add_raised(struct parse *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    html_text_flush(t);
    struct sv before = sv_sub(buf_sv(&t->out), t->line, t->out.n - t->line);
    enum superscript kind = t->space ? SUPERSCRIPT_TEXT : superscript_kind(before, sv_trim(text));
    if (kind == SUPERSCRIPT_NOTE) {
        part_from_word(p, place);
        add_hidden(p, text, place, SKIP_NOTES);
        return;
    }
    part_from_hole(p, text, place);
    for (size_t i = 0; i < text.n && kind == SUPERSCRIPT_POWER; i++)
        html_text_add(t, sv_of(superscript_sign(text.p[i])), place.from + i, place.from + i + 1,
                      false);
    if (kind == SUPERSCRIPT_TEXT)
        add_text(p, text, place);
}

static bool is_blank(struct sv text)
{
    return !sv_trim(text).n;
}

/* Puts a space between two links that only a style sheet parts, and between a link and a text that
 * begins with a capital behind a small letter: "<a>Cũ nhất</a><span>Tự động". */
static void part_links(struct parse *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    uint32_t link = top(p)->link, before, code;
    if (!p->line_begun || link == p->last_link || t->space)
        return;
    html_text_flush(t);
    size_t at = t->out.n;
    while (at > t->line && ((unsigned char)t->out.p[--at] & 0xC0) == 0x80)
        continue;
    if (at >= t->out.n || !text.n || !utf8_decode(text, &code))
        return;
    utf8_decode(sv_sub(buf_sv(&t->out), at, t->out.n - at), &before);
    bool letters = char_kind_of(before) == CHAR_LETTER && char_kind_of(code) == CHAR_LETTER;
    if (letters && ((link && p->last_link) || (char_is_small(before) && !char_is_small(code))))
        part_from_word(p, place);
}

/* Counts text for its line. */
static void count_piece(struct parse *p, size_t n)
{
    const struct frame *f = top(p);
    if (!p->line_begun) {
        p->line = (struct html_line){.node = f->node, .tag = f->tag, .link = f->link};
        p->line_begun = true;
    }
    p->line.linked += f->flags & IN_LINK ? (uint32_t)n : 0;
    p->line.bold += f->flags & IN_BOLD ? (uint32_t)n : 0;
}

/* Adds the number of an item in front of its text. Each byte was made from one of the markup there,
 * which has as many. */
static void add_number(struct parse *p, struct sv text, struct place place)
{
    struct html_text *t = &p->page->text;
    struct sv number = buf_sv(&p->number);
    size_t low = source_map_source_end(&t->map), at = place.from;
    at = at > low + number.n ? at - number.n : low;
    if (!list_number_is_written(number, text) && place.from > low) {
        part_from_hole(p, number, (struct place){at, at + 1, false});
        t->space_from = t->space_from < at ? t->space_from : at;
        for (size_t i = 0; i < number.n; i++, at += at + 1 < place.from)
            html_text_add(t, sv_sub(number, i, 1), at, at + 1, false);
        count_piece(p, number.n);
    }
    buf_clear(&p->number);
}

static void add_piece(struct parse *p, struct sv text, struct place place)
{
    struct frame f = *top(p);
    if (!is_blank(text)) {
        part_links(p, text, place);
        count_piece(p, text.n);
        p->last_link = f.link;
    }
    bool hidden = f.flags & IN_HIDDEN;
    if (hidden != p->was_hidden)
        part_from_word(p, place);
    p->was_hidden = hidden;
    if (p->number.n && !hidden && !is_blank(text))
        add_number(p, text, place);
    if (hidden)
        add_hidden(p, text, place, SKIP_HIDDEN);
    else if (f.flags & IN_RAISED)
        add_raised(p, text, place);
    else {
        part_from_hole(p, text, place);
        add_text(p, text, place);
    }
}

/* Adds preformatted text, in which a line feed ends a line. */
static void add_preformatted(struct parse *p, struct sv text, struct place place)
{
    while (place.linear && text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        add_piece(p, sv_sub(text, 0, n), (struct place){place.from, place.from + n, true});
        if (!end)
            return;
        end_line(p);
        text = sv_sub(text, n + 1, text.n - n - 1);
        place.from += n + 1;
    }
    if (text.n)
        add_piece(p, text, place);
}

static void characters(void *user, const char *bytes, size_t n)
{
    struct parse *p = user;
    if (p->stopped || top(p)->flags & IN_GONE)
        return;
    struct sv text = {bytes, n};
    struct place place = find_place(p, text, position(p));
    p->cursor = place.to;
    if (top(p)->flags & IN_PRE)
        add_preformatted(p, text, place);
    else
        add_piece(p, text, place);
}

/* ---- the run ---- */

static void run(struct parse *p)
{
    const struct html_client client = {start_element, end_element, characters, script, p};
    p->base = p->tag_at = p->cursor;
    p->floor = p->frames.n;
    p->stopped = false;
    p->parser = p->driver->begin(&client, p->source.p + p->base, p->source.n - p->base);
    if (!p->parser)
        mem_exhausted();
    p->driver->run(p->parser);
    p->driver->end(p->parser);
    p->parser = NULL;
}

/* Sets the ends of nodes that were open when a run ended early, and adds the pictures of each node
 * to its parent. */
static void close_nodes(struct html_page *page)
{
    page->nodes.at[0].line1 = (uint32_t)page->lines.n;
    for (size_t i = 0; i < page->nodes.n; i++)
        if (page->nodes.at[i].line1 > page->lines.n)
            page->nodes.at[i].line1 = (uint32_t)page->lines.n;
    for (size_t i = page->nodes.n; i-- > 1;) {
        uint8_t *pictures = &page->nodes.at[page->nodes.at[i].parent].pictures;
        unsigned sum = *pictures + page->nodes.at[i].pictures;
        *pictures = (uint8_t)(sum < UINT8_MAX ? sum : UINT8_MAX);
    }
}

enum status html_parse(struct html_page *page, struct article *a, struct err *e)
{
    const void *driver;
    *page = (struct html_page){.a = a};
    enum status status = module_find("html", "docbao_html", &driver, e);
    if (status)
        return err_set(e, status, "HTML pages cannot be read: %s", e->message.p);
    html_text_start(&page->text);
    *vec_push(&page->nodes) = (struct html_node){.tag = TAG_OTHER};
    struct parse *p = mem_zalloc(sizeof *p);
    p->page = page;
    p->driver = driver;
    p->words = rules_table(a->rules, TABLE_HTML_WORDS);
    p->number = p->names = p->ld = BUF_INIT;
    html_preprocess(a->text_owned, a->text.n);
    p->source = a->text;
    *vec_push(&p->frames) = (struct frame){.tag = TAG_OTHER};
    do
        run(p);
    while (p->stopped && p->cursor < p->source.n);
    end_line(p);
    close_nodes(page);
    html_meta_end(&page->meta);
    vec_free(&p->frames);
    list_numbers_free(&p->lists);
    buf_free(&p->number);
    buf_free(&p->names);
    buf_free(&p->ld);
    free(p);
    return STATUS_OK;
}

void html_page_free(struct html_page *page)
{
    html_text_free(&page->text);
    vec_free(&page->nodes);
    vec_free(&page->lines);
    vec_free(&page->holes);
    vec_free(&page->times);
}
