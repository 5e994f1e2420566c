#include "article/format/xml.h"

#include "article/format/entity.h"
#include "article/format/xml_encoding.h"
#include "article/format/xml_html.h"
#include "article/format/xml_tag.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/message.h"
#include "base/utf8.h"

/* The ends of pieces of markup; each is looked for in vain only once. */
enum end { END_COMMENT, END_INSTRUCTION, END_CDATA, END_COUNT };

enum {
    ATTRIBUTES_MAX = 256,
    BINDINGS_MAX = 256, /* of prefixes, in force at one place */
    SEARCH_MAX = 512,   /* open elements that an end tag looks through when `retries` is used up */
};

struct element {
    struct sv prefix, name;
    const char *space;
    size_t bindings; /* in force before it */
};

/* A prefix and its namespace. */
struct binding {
    struct sv prefix;
    const char *space;
};

struct walk {
    const struct xml_client *client;
    struct xml_fault *fault;
    struct sv bytes;
    size_t at;
    const struct source_map *map; /* from `bytes` to the document; NULL: they are the same */
    struct arena arena;           /* of the names of namespaces */
    struct buf name;              /* of the tag that is reported */
    bool missing[END_COUNT], has_doctype;
    /* How many bytes of tags that were none may still be read again, and how many open elements
     * looked through in vain. */
    size_t retries;
    bool missing_raw_end;
    bool is_html, is_strict; /* as the client says; every element must have an end tag */
    VEC(struct element) open;
    VEC(struct binding) bindings;
    VEC(struct xml_attribute) attributes;
};

bool xml_is(const struct xml_tag *tag, const char *name)
{
    return strcmp(tag->name, name) == 0;
}

struct sv xml_attribute(const struct xml_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->count; i++)
        if (ascii_same(tag->attributes[i].name, sv_of(name)))
            return tag->attributes[i].value;
    return (struct sv){NULL, 0};
}

static struct sv rest_of(const struct walk *w)
{
    return sv_sub(w->bytes, w->at, w->bytes.n - w->at);
}

static void note_fault(struct walk *w, const char *message)
{
    if (w->fault->line)
        return;
    w->fault->line = 1;
    for (size_t i = 0; i < w->at; i++)
        w->fault->line += w->bytes.p[i] == '\n';
    w->fault->message = message_text(message);
}

/* ---- text ---- */

/* Each character has its own place in a document that was decoded. */
static void report_decoded(const struct walk *w, struct sv text, struct span from)
{
    if (text.n != from.len) { /* of a reference */
        w->client->text(w->client->user, text, source_map_find_source(w->map, from));
        return;
    }
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        struct span place = {from.off + (uint32_t)i, n};
        w->client->text(w->client->user, sv_sub(text, i, n), source_map_find_source(w->map, place));
        i += n;
    }
}

/* Reports the next `length` bytes as `text`. */
static void report_text(struct walk *w, struct sv text, size_t length)
{
    struct span from = {(uint32_t)w->at, (uint32_t)length};
    w->at += length;
    if (!w->client->text || !text.n)
        return;
    if (w->map)
        report_decoded(w, text, from);
    else
        w->client->text(w->client->user, text, from);
}

static void report_code(struct walk *w, uint32_t code, size_t length)
{
    char bytes[4];
    report_text(w, (struct sv){bytes, utf8_encode(code, bytes)}, length);
}

/* The end of a line in any form is one line feed. */
static void report_line_end(struct walk *w)
{
    struct sv v = rest_of(w);
    report_code(w, '\n', v.n > 1 && v.p[1] == '\n' ? 2 : 1);
}

/* Reports text up to one of the bytes of `ends`, which must hold '\r', or at most `n` bytes. */
static void report_run(struct walk *w, size_t n, const char *ends)
{
    struct sv v = rest_of(w);
    size_t length = 0;
    while (length < n && !(v.p[length] && strchr(ends, v.p[length])))
        length++;
    report_text(w, sv_sub(v, 0, length), length);
}

/* The text of a CDATA section of `n` bytes. */
static void report_cdata(struct walk *w, size_t n)
{
    for (size_t end = w->at + n; w->at < end;) {
        if (w->bytes.p[w->at] == '\r')
            report_line_end(w);
        else
            report_run(w, end - w->at, "\r");
    }
}

static void read_reference(struct walk *w)
{
    uint32_t code;
    size_t length = entity_decode(rest_of(w), &code);
    if (length) {
        report_code(w, code, length);
        return;
    }
    note_fault(w, N_("a & that begins no reference"));
    report_text(w, SV("&"), 1);
}

/* ---- namespaces ---- */

static const char *space_of(const struct walk *w, struct sv prefix)
{
    for (size_t i = w->bindings.n; i-- > 0;)
        if (sv_eq(w->bindings.at[i].prefix, prefix))
            return w->bindings.at[i].space;
    return "";
}

static void add_binding(struct walk *w, struct sv prefix, struct sv space)
{
    if (w->bindings.n < BINDINGS_MAX)
        *vec_push(&w->bindings) = (struct binding){prefix, arena_dup(&w->arena, space)};
}

/* Splits "w:p". What has nothing behind its colon has no prefix. */
static struct sv cut_prefix(struct sv *name)
{
    const char *colon = memchr(name->p, ':', name->n);
    size_t n = colon ? (size_t)(colon - name->p) : 0;
    if (!colon || n + 1 == name->n)
        return sv_sub(*name, 0, 0);
    struct sv prefix = sv_sub(*name, 0, n);
    *name = sv_sub(*name, n + 1, name->n - n - 1);
    return prefix;
}

/* ---- elements ---- */

/* HTML does not distinguish capitals in names. */
static void set_name(struct walk *w, struct sv name)
{
    buf_clear(&w->name);
    for (size_t i = 0; i < name.n; i++)
        buf_putc(&w->name, w->is_html ? ascii_lower(name.p[i]) : name.p[i]);
}

static void report_open(struct walk *w, const struct element *e)
{
    set_name(w, e->name);
    const struct xml_tag tag = {w->name.p, e->space, w->attributes.at, w->attributes.n};
    w->client->open(w->client->user, &tag);
}

static void close_element(struct walk *w)
{
    const struct element *e = &w->open.at[w->open.n - 1];
    set_name(w, e->name);
    w->client->close(w->client->user, w->name.p, e->space);
    w->bindings.n = e->bindings;
    w->open.n--;
}

/* The body ends the head, also where the end tag of the head is damaged. */
static void end_head(struct walk *w)
{
    enum { DEEPEST = 64 };
    size_t i = w->open.n < DEEPEST ? w->open.n : 0;
    while (i && !ascii_same(w->open.at[i - 1].name, SV("head")))
        i--;
    while (i && w->open.n >= i)
        close_element(w);
}

static void open_element(struct walk *w, struct sv name, size_t bindings, bool empty)
{
    if (w->is_html && ascii_same(name, SV("body")))
        end_head(w);
    while (w->is_html && !w->is_strict && w->open.n &&
           xml_html_ends_before(w->open.at[w->open.n - 1].name, name))
        close_element(w);
    struct element e = {.name = name, .bindings = bindings};
    if (e.bindings > w->bindings.n)
        e.bindings = w->bindings.n;
    e.prefix = cut_prefix(&e.name);
    e.space = space_of(w, e.prefix);
    *vec_push(&w->open) = e;
    report_open(w, &e);
    if (empty)
        close_element(w);
}

static void use_retries(struct walk *w, size_t n)
{
    w->retries -= n < w->retries ? n : w->retries;
}

/* Whether the element may lack its end tag. */
static bool may_stay_open(const struct walk *w, struct sv name)
{
    return w->is_html && !w->is_strict && xml_html_may_stay_open(name);
}

static bool same_name(const struct walk *w, const struct element *e, struct sv prefix,
                      struct sv name)
{
    return w->is_html ? ascii_same(e->name, name)
                      : sv_eq(e->name, name) && sv_eq(e->prefix, prefix);
}

/* Whether all elements from the i-th on may be closed without an end tag. */
static bool may_close(const struct walk *w, size_t i)
{
    while (i < w->open.n && may_stay_open(w, w->open.at[i].name))
        i++;
    return i == w->open.n;
}

/* Closes the element of this name, and those in it that are still open. */
static void end_element(struct walk *w, struct sv name)
{
    struct sv prefix = cut_prefix(&name);
    size_t lowest = w->retries || w->open.n < SEARCH_MAX ? 0 : w->open.n - SEARCH_MAX;
    size_t i = w->open.n;
    if (w->is_html && xml_html_is_void(name))
        return;
    while (i > lowest && !same_name(w, &w->open.at[i - 1], prefix, name))
        i--;
    if (i == lowest || !may_close(w, i))
        note_fault(w, N_("an end tag that does not fit"));
    if (i == lowest)
        use_retries(w, w->open.n);
    while (i > lowest && w->open.n >= i)
        close_element(w);
}

/* ---- tags ---- */

static void add_attribute(struct walk *w, struct sv name, struct sv value)
{
    struct sv local = name, prefix = cut_prefix(&local);
    if (sv_is(name, "xmlns"))
        add_binding(w, (struct sv){name.p, 0}, value);
    else if (sv_is(prefix, "xmlns"))
        add_binding(w, local, value);
    else if (w->attributes.n < ATTRIBUTES_MAX)
        *vec_push(&w->attributes) = (struct xml_attribute){local, value};
}

/* Reads attributes up to '>'. False: this is no tag, but a '<' in a text. */
static bool read_attributes(struct walk *w, struct xml_tag_reader *t, bool *empty)
{
    *empty = false;
    for (;;) {
        xml_tag_skip_space(t);
        char c = xml_tag_peek(t);
        if (c == '>') {
            t->at++;
            return true;
        }
        if (t->at == t->rest.n || c == '<' || (unsigned char)c >= 0x80)
            return false;
        *empty = c == '/';
        struct sv name = xml_tag_name(t);
        if (!name.n) {
            t->at++; /* '/', or a sign that does not belong here */
            continue;
        }
        xml_tag_skip_space(t);
        if (xml_tag_peek(t) != '=') {
            if (w->is_html) /* hidden */
                add_attribute(w, name, (struct sv){name.p, 0});
            continue;
        }
        t->at++;
        xml_tag_skip_space(t);
        add_attribute(w, name, xml_tag_value(t));
    }
}

/* Goes on behind a '<' that begins no tag, as a text. `length`: what was read as attributes, and is
 * read again. */
static void refuse_tag(struct walk *w, size_t length)
{
    use_retries(w, length);
    note_fault(w, N_("a < that begins no tag"));
    report_text(w, SV("<"), 1);
}

/* In the scripts and styles of HTML, only their own end tag is markup. */
static void read_raw_text(struct walk *w, struct sv name)
{
    struct sv v = rest_of(w);
    bool script = ascii_same(name, SV("script"));
    struct sv end = script ? SV("</script") : SV("</style");
    if (!script && !ascii_same(name, SV("style")))
        return;
    if (w->missing_raw_end) { /* what follows is no script */
        close_element(w);
        return;
    }
    for (size_t i = 0; i + end.n < v.n; i++)
        if (v.p[i] == '<' && ascii_starts(sv_sub(v, i, v.n - i), end)) {
            report_text(w, sv_sub(v, 0, i), i);
            return;
        }
    w->missing_raw_end = true;
    close_element(w);
}

static void read_start_tag(struct walk *w)
{
    struct xml_tag_reader t = {rest_of(w), 1, w->retries == 0};
    struct sv name = xml_tag_name(&t);
    size_t bindings = w->bindings.n;
    bool empty = false;
    w->attributes.n = 0;
    if (!name.n || !read_attributes(w, &t, &empty)) {
        w->bindings.n = bindings;
        refuse_tag(w, t.at);
        return;
    }
    w->at += t.at;
    w->is_strict = w->is_strict || (ascii_same(name, SV("html")) && w->bindings.n);
    open_element(w, name, bindings, empty || (w->is_html && xml_html_is_void(name)));
    if (w->is_html && !empty)
        read_raw_text(w, name);
}

static void read_end_tag(struct walk *w)
{
    struct xml_tag_reader t = {rest_of(w), 2, false};
    struct sv name = xml_tag_name(&t);
    xml_tag_skip_space(&t);
    if (!name.n || xml_tag_peek(&t) != '>') {
        refuse_tag(w, 0);
        return;
    }
    w->at += t.at + 1;
    end_element(w, name);
}

/* ---- other markup ---- */

/* The length up to and including the end; 0: it does not end. */
static size_t length_until(struct walk *w, enum end end)
{
    static const char *const ends[] = {"-->", "?>", "]]>"};
    struct sv mark = sv_of(ends[end]);
    ptrdiff_t at = w->missing[end] ? -1 : sv_find(rest_of(w), mark);
    w->missing[end] = at < 0;
    return at < 0 ? 0 : (size_t)at + mark.n;
}

/* The length of a document type declaration with its internal subset; 0: it does not end. */
static size_t doctype_length(struct sv v)
{
    char quote = 0;
    size_t brackets = 0;
    for (size_t i = 2; i < v.n; i++) {
        char c = v.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[')
            brackets++;
        else if (c == ']' && brackets)
            brackets--;
        else if (c == '>' && !brackets)
            return i + 1;
    }
    return 0;
}

/* A document has one, in front of its elements. */
static size_t read_doctype(struct walk *w)
{
    bool here = !w->has_doctype && ascii_starts(rest_of(w), SV("<!doctype"));
    w->has_doctype = w->has_doctype || here;
    return here ? doctype_length(rest_of(w)) : 0;
}

static void read_cdata(struct walk *w)
{
    enum { MARK = 9 };
    size_t length = length_until(w, END_CDATA);
    if (!length)
        note_fault(w, N_("a CDATA section that does not end"));
    w->at += MARK;
    if (!length)
        return;
    report_cdata(w, length - MARK - 3);
    w->at += 3;
}

/* "<!" and "<?". */
static void read_declaration(struct walk *w)
{
    struct sv v = rest_of(w);
    if (sv_starts(v, SV("<![CDATA["))) {
        read_cdata(w);
        return;
    }
    size_t length = sv_starts(v, SV("<!--")) ? length_until(w, END_COMMENT)
                    : v.p[1] == '?'          ? length_until(w, END_INSTRUCTION)
                                             : read_doctype(w);
    w->at += length;
    if (length)
        return;
    note_fault(w, N_("a comment or declaration that does not end"));
    report_text(w, SV("<"), 1);
}

static void read_markup(struct walk *w)
{
    struct sv v = rest_of(w);
    char next = v.n > 1 ? v.p[1] : '\0';
    if (next == '!' || next == '?')
        read_declaration(w);
    else if (next == '/')
        read_end_tag(w);
    else
        read_start_tag(w);
}

/* ---- documents ---- */

static void walk_text(struct walk *w)
{
    w->retries = w->bytes.n;
    while (w->at < w->bytes.n) {
        char c = w->bytes.p[w->at];
        if (c == '<')
            read_markup(w);
        else if (c == '&')
            read_reference(w);
        else if (c == '\r')
            report_line_end(w);
        else
            report_run(w, w->bytes.n - w->at, "<&\r");
    }
    w->fault->cut_short = !may_close(w, 0);
    if (w->fault->cut_short)
        note_fault(w, N_("it ends too early"));
    while (w->open.n)
        close_element(w);
    vec_free(&w->open);
    vec_free(&w->bindings);
    vec_free(&w->attributes);
    buf_free(&w->name);
    arena_free(&w->arena);
}

void xml_walk(struct sv bytes, const char *charset, const struct xml_client *client,
              struct xml_fault *fault)
{
    *fault = (struct xml_fault){.message = ""};
    struct walk w = {.client = client,
                     .fault = fault,
                     .bytes = bytes,
                     .name = BUF_INIT,
                     .is_html = client->is_html};
    struct encoding encoding = xml_encoding(bytes, charset);
    struct buf decoded = BUF_INIT;
    struct source_map map = {0};
    if (sv_starts(bytes, SV("\xEF\xBB\xBF")))
        w.at = 3;
    else if (!encoding_eq(encoding, (struct encoding){FORM_UTF8, LETTERS_PLAIN}))
        xml_decode(bytes, encoding, &decoded, &map);
    if (decoded.n) {
        w.bytes = buf_sv(&decoded);
        w.map = &map;
    }
    w.is_strict = ascii_starts(rest_of(&w), SV("<?xml"));
    walk_text(&w);
    buf_free(&decoded);
    source_map_free(&map);
}
