#include "article/format/entity.h"
#include "article/format/xml_encoding.h"
#include "article/format/xml_html.h"
#include "article/format/xml_tag.h"
#include "article/format/xml_walk.h"
#include "base/ascii.h"
#include "base/message.h"

enum { ATTRIBUTES_MAX = 256 };

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

struct sv xml_rest(const struct walk *w)
{
    return sv_sub(w->bytes, w->at, w->bytes.n - w->at);
}

void xml_note_fault(struct walk *w, const char *message)
{
    if (w->fault->line)
        return;
    w->fault->line = 1;
    for (size_t i = 0; i < w->at; i++)
        w->fault->line += w->bytes.p[i] == '\n';
    w->fault->message = message_text(message);
}

/* ---- tags ---- */

static void add_attribute(struct walk *w, struct sv name, struct sv value)
{
    struct sv local = name, prefix = xml_cut_prefix(&local);
    if (sv_is(name, "xmlns"))
        xml_add_binding(w, (struct sv){name.p, 0}, value);
    else if (sv_is(prefix, "xmlns"))
        xml_add_binding(w, local, value);
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
    xml_use_retries(w, length);
    xml_note_fault(w, N_("a < that begins no tag"));
    xml_report_text(w, SV("<"), 1);
}

/* In the scripts and styles of HTML, only their own end tag is markup. */
static void read_raw_text(struct walk *w, struct sv name)
{
    struct sv v = xml_rest(w);
    bool script = ascii_same(name, SV("script"));
    struct sv end = script ? SV("</script") : SV("</style");
    if (!script && !ascii_same(name, SV("style")))
        return;
    if (w->missing_raw_end) { /* what follows is no script */
        xml_close_element(w);
        return;
    }
    for (size_t i = 0; i + end.n < v.n; i++)
        if (v.p[i] == '<' && ascii_starts(sv_sub(v, i, v.n - i), end)) {
            xml_report_text(w, sv_sub(v, 0, i), i);
            return;
        }
    w->missing_raw_end = true;
    xml_close_element(w);
}

static void read_start_tag(struct walk *w)
{
    struct xml_tag_reader t = {xml_rest(w), 1, w->retries == 0};
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
    xml_open_element(w, name, bindings, empty || (w->is_html && xml_html_is_void(name)));
    if (w->is_html && !empty)
        read_raw_text(w, name);
}

static void read_end_tag(struct walk *w)
{
    struct xml_tag_reader t = {xml_rest(w), 2, false};
    struct sv name = xml_tag_name(&t);
    xml_tag_skip_space(&t);
    if (!name.n || xml_tag_peek(&t) != '>') {
        refuse_tag(w, 0);
        return;
    }
    w->at += t.at + 1;
    xml_end_element(w, name);
}

/* ---- other markup ---- */

/* The length up to and including the end; 0: it does not end. */
static size_t length_until(struct walk *w, enum end end)
{
    static const char *const ends[] = {"-->", "?>", "]]>"};
    struct sv mark = sv_of(ends[end]);
    ptrdiff_t at = w->missing[end] ? -1 : sv_find(xml_rest(w), mark);
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
    bool here = !w->has_doctype && ascii_starts(xml_rest(w), SV("<!doctype"));
    w->has_doctype = w->has_doctype || here;
    return here ? doctype_length(xml_rest(w)) : 0;
}

static void read_cdata(struct walk *w)
{
    enum { MARK = 9 };
    size_t length = length_until(w, END_CDATA);
    if (!length)
        xml_note_fault(w, N_("a CDATA section that does not end"));
    w->at += MARK;
    if (!length)
        return;
    xml_report_cdata(w, length - MARK - 3);
    w->at += 3;
}

/* "<!" and "<?". */
static void read_declaration(struct walk *w)
{
    struct sv v = xml_rest(w);
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
    xml_note_fault(w, N_("a comment or declaration that does not end"));
    xml_report_text(w, SV("<"), 1);
}

static void read_markup(struct walk *w)
{
    struct sv v = xml_rest(w);
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
            xml_read_reference(w);
        else if (c == '\r')
            xml_report_line_end(w);
        else
            xml_report_run(w, w->bytes.n - w->at, "<&\r");
    }
    w->fault->cut_short = !xml_may_close(w, 0);
    if (w->fault->cut_short)
        xml_note_fault(w, N_("it ends too early"));
    while (w->open.n)
        xml_close_element(w);
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
    w.is_strict = ascii_starts(xml_rest(&w), SV("<?xml"));
    walk_text(&w);
    buf_free(&decoded);
    source_map_free(&map);
}
