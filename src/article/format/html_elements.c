#include "article/format/html_parse.h"

#include "article/format/html_meta.h"
#include "article/format/html_names.h"
#include "base/ascii.h"
#include "rules/rules.h"

/* The parser walks its stack of open elements for every end tag; a limit keeps that linear. At the
 * limit, a new run of the parser begins after the tag, so that no text is lost. */
enum { DEEPEST = 400, DEEPEST_AGAIN = 800, FLAT_BELOW = 64, MOST_LD = 1 << 20 };

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
    bool hidden, linked, by_author, ld;
    bool item;       /* <li> */
    bool formula;    /* of MediaWiki, which hides it and shows a picture of it */
    bool to_picture; /* a link that leads to a picture */
    const char *time;
    const char *source;         /* of <img> */
    bool tiny;                  /* it says that it is shown so small that it shows nothing */
    const char *name, *content; /* of <meta> */
    struct list_tag list;
    struct sv value; /* of <li> */
};

/* Whether a link leads to something else to read: not a script, and not the own address of
 * the heading that it stands in. */
static bool leads_elsewhere(struct html_parser *p, const char *href)
{
    const uint64_t headings = (uint64_t)1 << TAG_H1 | (uint64_t)1 << TAG_H2 |
                              (uint64_t)1 << TAG_H3 | (uint64_t)1 << TAG_HEADING;
    if (ascii_starts(sv_of(href), SV("javascript:")))
        return false;
    return href[0] != '#' || !href[1] || !(p->page->nodes.at[html_top(p)->node].within & headings);
}

/* Whether a folder of the address says that it is the page of an author: /tac-gia/ha-vy. */
static bool leads_to_author(const struct html_parser *p, struct sv href)
{
    for (const char *slash; (slash = memchr(href.p, '/', href.n));) {
        struct sv folder = sv_sub(href, 0, (size_t)(slash - href.p));
        href = sv_from(href, folder.n + 1);
        if (folder.n && href.n && html_hints_of(p->words, folder) & HINT_AUTHOR)
            return true;
    }
    return false;
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

/* An address on the page's own machine: without a scheme, and not from the root. */
static bool is_relative(struct sv address)
{
    enum { LONGEST = 1000 };
    struct sv first = address;
    first = sv_cut(&first, '/');
    return first.n && address.n <= LONGEST && !memchr(first.p, ':', first.n) &&
           !memchr(first.p, '\\', first.n) && first.p[0] != '#';
}

/* Reads an attribute of <img>. */
static void read_picture_attribute(struct element *e, const char *name, const char *value)
{
    enum { SMALLEST = 64 };
    if (e->tag != TAG_IMG)
        return;
    if (strcmp(name, "src") == 0 && is_relative(sv_of(value)))
        e->source = value;
    else if (strcmp(name, "width") == 0 || strcmp(name, "height") == 0)
        e->tiny = e->tiny || (ascii_is_digit(value[0]) && strtoul(value, NULL, 10) < SMALLEST &&
                              !strchr(value, '%'));
}

static bool is_address_of_picture(struct sv address)
{
    static const char *const endings[] = {".jpg", ".jpeg", ".png", ".webp", ".gif"};
    struct sv path = sv_cut(&address, '?');
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ascii_ends(path, sv_of(endings[i])))
            return true;
    return false;
}

static void read_author_address(struct html_parser *p, struct element *e, const char *href)
{
    e->linked = e->tag == TAG_A && leads_elsewhere(p, href);
    e->by_author = e->linked && leads_to_author(p, sv_of(href));
    e->to_picture = e->linked && is_address_of_picture(sv_of(href));
}

/* Reads the attributes of an element, and its names into p->names. */
static void read_attributes(struct html_parser *p, struct element *e, const char *const *attributes)
{
    buf_clear(&p->names);
    for (; attributes && attributes[0]; attributes += 2) {
        const char *name = attributes[0], *value = attributes[1] ? attributes[1] : "";
        if (strcmp(name, "class") == 0)
            e->formula = has_word(value, "mwe-math-mathml");
        if (names_its_purpose(name)) {
            add_name(&p->names, value);
            if (name[0] == 'c')
                e->alike = (uint32_t)sv_hash(sv_of(value)) | 1;
        }
        read_list_attribute(e, name, value);
        read_picture_attribute(e, name, value);
        if (strcmp(name, "style") == 0)
            e->hidden = e->hidden || html_is_not_displayed(sv_of(value));
        else if (strcmp(name, "hidden") == 0)
            e->hidden = true;
        else if (strcmp(name, "aria-hidden") == 0)
            e->hidden = e->hidden || strcmp(value, "true") == 0;
        else if (strcmp(name, "href") == 0)
            read_author_address(p, e, value);
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
    e->hidden = e->hidden && !e->formula;
}

static unsigned hints_of(struct html_parser *p)
{
    if (!p->names.n)
        return 0;
    uint64_t hash = sv_hash(buf_sv(&p->names)) | 1;
    struct known_class *known = &p->classes[hash / 2 % 256];
    if (known->hash != hash)
        *known = (struct known_class){hash, html_hints_of(p->words, buf_sv(&p->names))};
    return known->hints;
}

static uint32_t add_node(struct html_parser *p, const struct element *e, unsigned hints)
{
    struct html_page *page = p->page;
    uint32_t parent = html_top(p)->node;
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
static bool is_separate(const struct html_parser *p, unsigned hints)
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
static void open_list(struct html_parser *p, const struct element *e, struct html_frame *f)
{
    const struct html_node *node = &p->page->nodes.at[f->node];
    if (e->tag == TAG_LIST) {
        struct list_tag list = e->list;
        size_t at = html_position(p);
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
static void break_line(struct html_parser *p, uint32_t node)
{
    struct html_text *t = &p->page->text;
    if (!(p->page->nodes.at[node].within >> TAG_H1 & 1)) {
        html_end_line(p);
    } else if (!t->space) {
        t->space = true;
        t->space_from = p->cursor;
    }
}

static void add_picture(struct html_parser *p, const struct element *e, const struct html_frame *f)
{
    enum { MOST_PICTURES = 500 };
    struct html_page *page = p->page;
    struct html_node *node = &page->nodes.at[f->node];
    if (node->pictures < UINT8_MAX)
        node->pictures++;
    if (!e->source || e->tiny || f->flags & IN_HIDDEN || page->pictures.n == MOST_PICTURES)
        return;
    const char *address = html_meta_keep(page->a, sv_of(e->source));
    if (address)
        *vec_push(&page->pictures) = (struct html_picture){
            .node = f->node,
            .line = (uint32_t)page->lines.n,
            .address = address,
            .leads_away = f->flags & IN_LINK && f->link != p->picture_link,
        };
}

static void open_element(struct html_parser *p, const struct element *e)
{
    struct html_frame f = *html_top(p);
    f.flags = (uint8_t)((f.flags & ~(IS_BLOCK | IN_LD)) | flags_of(e));
    if (e->linked)
        f.link = ++p->links;
    if (e->to_picture)
        p->picture_link = f.link;
    if (!(f.flags & IN_GONE)) {
        unsigned hints = e->tag == TAG_BOLD || e->tag == TAG_A ? 0 : hints_of(p);
        bool block = html_tag_is_block(e->tag) || e->tag == TAG_HIDDEN ||
                     (e->tag == TAG_SPAN && is_separate(p, hints));
        if (block) {
            html_end_line(p);
            f.node = add_node(p, e, hints);
            f.flags |= IS_BLOCK;
        }
        if (e->tag == TAG_A && (e->by_author || hints_of(p) & HINT_AUTHOR))
            p->by_author = true;
        if (e->tag == TAG_TITLE || e->tag == TAG_FORM)
            f.tag = (uint8_t)e->tag;
        else if (f.flags & IN_HIDDEN && f.tag == TAG_OTHER && block)
            f.tag = TAG_HIDDEN;
        if (e->tag == TAG_BR)
            break_line(p, f.node);
        open_list(p, e, &f);
        if (e->tag == TAG_IMG)
            add_picture(p, e, &f);
        if (e->time && e->tag == TAG_TIME)
            *vec_push(&p->page->times) = (struct html_time){
                (uint32_t)p->page->lines.n, html_meta_keep(p->page->a, sv_of(e->time))};
    }
    *vec_push(&p->frames) = f;
}

/* Ends the run of the parser, because its stack is full. The next run begins after this tag, inside
 * the same elements. */
static void break_off(struct html_parser *p)
{
    p->cursor = html_position(p);
    const char *end = memchr(p->source.p + p->cursor, '>', p->source.n - p->cursor);
    p->cursor = end ? (size_t)(end - p->source.p) + 1 : p->source.n;
    if (!p->page->cut)
        p->page->cut_at = p->cursor;
    p->page->cut = true;
    for (size_t i = 0; i < p->frames.n; i++) /* until the end of the page */
        p->page->nodes.at[p->frames.at[i].node].line1 = UINT32_MAX;
    /* Keep the tree shallow, because it is walked upwards for each line. */
    uint32_t node = p->frames.at[p->runs ? 0 : FLAT_BELOW].node;
    p->frames.at[0] = *html_top(p);
    p->frames.at[0].node = node;
    p->frames.at[0].flags &= (uint8_t)~IS_BLOCK;
    mathml_forget(&p->formula);
    p->runs++;
    p->frames.n = 1;
    p->stopped = true;
    p->driver->stop(p->parser);
}

/* Whether what is open belongs to readers' comments: a <meta> there tells nothing of the page. */
static bool is_in_comments(struct html_parser *p)
{
    const struct html_node *nodes = p->page->nodes.at;
    uint32_t node = html_top(p)->node;
    while (node && !(nodes[node].hints & HINT_COMMENTS))
        node = nodes[node].parent;
    return node;
}

void html_on_open(void *user, const char *name, const char *const *attributes)
{
    struct html_parser *p = user;
    if (p->stopped)
        return;
    p->tag_at = html_position(p);
    struct element e = {.tag = html_tag_of(name), .item = strcmp(name, "li") == 0};
    e.list.ordered = strcmp(name, "ol") == 0;
    read_attributes(p, &e, attributes);
    if (e.tag == TAG_META && e.name && e.content && !is_in_comments(p))
        html_meta_add(p->page, e.name, e.content);
    open_element(p, &e);
    mathml_open(&p->formula, name, (unsigned)p->frames.n);
    if (p->frames.n - p->floor > (p->runs ? DEEPEST_AGAIN : DEEPEST))
        break_off(p);
}

void html_on_close(void *user, const char *name)
{
    struct html_parser *p = user;
    (void)name;
    if (p->stopped)
        return;
    p->tag_at = html_position(p);
    if (p->frames.n <= p->floor)
        return;
    struct html_frame f = *html_top(p);
    struct sv rest = mathml_close(&p->formula, (unsigned)p->frames.n);
    if (!(f.flags & (IN_HIDDEN | IN_GONE)))
        html_add_words(p, rest, html_position(p));
    if (f.flags & IS_BLOCK) {
        html_end_line(p);
        p->page->nodes.at[f.node].line1 = (uint32_t)p->page->lines.n;
    }
    if (p->ld.n && f.flags & IN_LD) {
        html_meta_add_ld(p->page, buf_sv(&p->ld));
        buf_clear(&p->ld);
    }
    p->frames.n--;
    list_close(&p->lists, html_top(p)->lists);
    if (f.node != html_top(p)->node && p->page->nodes.at[f.node].tag == TAG_LI)
        buf_clear(&p->number); /* the item is empty */
}

void html_on_script(void *user, const char *bytes, size_t n)
{
    struct html_parser *p = user;
    if (!p->stopped && (html_top(p)->flags & IN_LD) && p->ld.n < MOST_LD)
        buf_add(&p->ld, bytes, n);
}
