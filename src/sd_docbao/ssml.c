#include "sd_docbao/ssml.h"

#include "base/utf8.h"

enum { MOST_TAG_BYTES = 1024, MOST_DEPTH = 256 };

/* An element that is open. */
struct element {
    struct sv name;
    struct span language;
    enum docbao_manner manner;
    bool silent; /* its text is not read: an alias stands for it */
};

struct parser {
    struct ssml *out;
    VEC(struct element) open;
    bool unclosed[4]; /* of each of `specials`: no end follows */
};

struct tag {
    struct sv name, attributes;
    bool closes, is_empty;
};

/* ---- tags ---- */

static bool is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The length of the tag at the front, with its brackets; 0: it does not end. */
static size_t tag_length(struct sv text)
{
    char quote = '\0';
    for (size_t i = 1; i < text.n && i < MOST_TAG_BYTES; i++) {
        char c = text.p[i];
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
        else if (c == '<')
            return 0;
    }
    return 0;
}

static struct tag tag_of(struct sv text)
{
    struct tag tag = {.closes = text.p[1] == '/'};
    struct sv inside = sv_sub(text, 1u + tag.closes, text.n - 2 - tag.closes);
    if (inside.n && inside.p[inside.n - 1] == '/') {
        tag.is_empty = true;
        inside.n--;
    }
    size_t n = 0;
    while (n < inside.n && !is_space(inside.p[n]))
        n++;
    tag.name = sv_sub(inside, 0, n);
    tag.attributes = sv_from(inside, n);
    return tag;
}

/* Takes the next NAME="VALUE" from the front. */
static bool next_attribute(struct sv *rest, struct sv *name, struct sv *value)
{
    *rest = sv_trim(*rest);
    struct sv after = *rest;
    *name = sv_trim(sv_cut(&after, '='));
    after = sv_trim(after);
    if (!after.n || (after.p[0] != '"' && after.p[0] != '\''))
        return false;
    char quote = after.p[0];
    after = sv_from(after, 1);
    *value = sv_cut(&after, quote);
    *rest = after;
    return true;
}

/* The value of an attribute; p is NULL where there is none. */
static struct sv attribute(const struct tag *tag, const char *wanted)
{
    struct sv rest = tag->attributes, name, value;
    while (next_attribute(&rest, &name, &value))
        if (sv_is(name, wanted))
            return value;
    return (struct sv){NULL, 0};
}

/* ---- entities ---- */

static const struct {
    const char *name;
    char is;
} entities[] = {{"lt;", '<'}, {"gt;", '>'}, {"amp;", '&'}, {"quot;", '"'}, {"apos;", '\''}};

static uint32_t digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0');
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : UINT32_MAX;
}

/* &#225; or &#xE1; : its length, and the character; 0: it is none. */
static size_t numeric_entity(struct sv text, uint32_t *code)
{
    bool hex = text.n > 2 && (text.p[2] | 0x20) == 'x';
    uint32_t base = hex ? 16 : 10;
    size_t i = hex ? 3 : 2, first = i;
    *code = 0;
    for (; i < text.n && digit_value(text.p[i]) < base && *code <= 0x10FFFF; i++)
        *code = *code * base + digit_value(text.p[i]);
    bool ends = i > first && i < text.n && text.p[i] == ';';
    bool valid = *code && *code <= 0x10FFFF && (*code < 0xD800 || *code > 0xDFFF);
    return ends && valid ? i + 1 : 0;
}

/* Appends the character of an entity at the front; gives its length, or 0. */
static size_t add_entity(struct buf *out, struct sv text)
{
    uint32_t code;
    if (text.n > 1 && text.p[1] == '#') {
        size_t n = numeric_entity(text, &code);
        if (n)
            buf_add_code(out, code);
        return n;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (sv_starts(sv_from(text, 1), sv_of(entities[i].name))) {
            buf_putc(out, entities[i].is);
            return 1 + strlen(entities[i].name);
        }
    return 0;
}

/* Text with its entities replaced. */
static void add_text(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        size_t n = text.p[i] == '&' ? add_entity(out, sv_from(text, i)) : 0;
        if (!n) {
            buf_putc(out, text.p[i]);
            n = 1;
        }
        i += n;
    }
}

/* ---- elements ---- */

static struct element innermost(const struct parser *p)
{
    return p->open.n ? p->open.at[p->open.n - 1] : (struct element){.manner = DOCBAO_AS_TEXT};
}

static bool same_run(const struct ssml_run *run, const struct element *e)
{
    return run->manner == e->manner && run->language.off == e->language.off &&
           run->language.len == e->language.len;
}

/* What is added from here on belongs to a run of the innermost element. */
static void begin_run(struct parser *p)
{
    struct ssml *s = p->out;
    struct element e = innermost(p);
    uint32_t at = (uint32_t)s->text.n;
    struct ssml_run *last = s->runs.n ? &s->runs.at[s->runs.n - 1] : NULL;
    if (last && same_run(last, &e))
        return;
    if (last && last->from == at) {
        last->language = e.language;
        last->manner = e.manner;
        return;
    }
    if (last)
        last->to = at;
    *vec_push(&s->runs) = (struct ssml_run){at, at, e.language, e.manner};
}

static struct span keep_name(struct ssml *s, struct sv text)
{
    struct span span = {.off = (uint32_t)s->names.n};
    add_text(&s->names, text);
    span.len = (uint32_t)s->names.n - span.off;
    return span;
}

static void add_mark(struct parser *p, const struct tag *tag)
{
    struct sv name = attribute(tag, "name");
    if (name.p && !utf8_has_control(name))
        *vec_push(&p->out->marks) =
            (struct ssml_mark){(uint32_t)p->out->text.n, keep_name(p->out, name)};
}

static enum docbao_manner manner_of(struct sv interpret_as, enum docbao_manner present)
{
    static const char *const spelled[] = {"characters", "character", "spell-out",
                                          "verbatim",   "tts:char",  "letters"};
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++)
        if (sv_is(interpret_as, spelled[i]))
            return DOCBAO_AS_CHARACTERS;
    return sv_is(interpret_as, "tts:key") ? DOCBAO_AS_KEY : present;
}

static bool is_silent(struct sv name)
{
    return sv_is(name, "metadata") || sv_is(name, "desc") || sv_is(name, "lexicon");
}

static void open_element(struct parser *p, const struct tag *tag)
{
    struct element e = innermost(p);
    e.name = tag->name;
    struct sv language = attribute(tag, "xml:lang");
    if (!language.p && sv_is(tag->name, "voice"))
        language = attribute(tag, "language");
    if (language.p)
        e.language = keep_name(p->out, language);
    if (sv_is(tag->name, "say-as"))
        e.manner = manner_of(attribute(tag, "interpret-as"), e.manner);
    struct sv alias = attribute(tag, "alias");
    if (sv_is(tag->name, "sub") && alias.p && !e.silent) {
        add_text(&p->out->text, alias);
        e.silent = true;
    }
    e.silent |= is_silent(tag->name);
    if (p->open.n < MOST_DEPTH)
        *vec_push(&p->open) = e;
}

static void close_element(struct parser *p, struct sv name)
{
    for (size_t i = p->open.n; i--;)
        if (sv_eq(p->open.at[i].name, name)) {
            p->open.n = i;
            return;
        }
}

/* A pause is the end of a line, which is the end of a paragraph. */
static void add_pause(struct parser *p)
{
    struct buf *text = &p->out->text;
    if (text->n && text->p[text->n - 1] != '\n')
        buf_putc(text, '\n');
}

static void take_tag(struct parser *p, const struct tag *tag)
{
    bool pause = sv_is(tag->name, "p") || sv_is(tag->name, "s") || sv_is(tag->name, "paragraph") ||
                 sv_is(tag->name, "sentence");
    if (pause)
        add_pause(p);
    if (sv_is(tag->name, "break") && !tag->closes && !sv_is(attribute(tag, "strength"), "none"))
        add_pause(p);
    if (sv_is(tag->name, "mark") && !tag->closes)
        add_mark(p, tag);
    else if (tag->closes)
        close_element(p, tag->name);
    else if (!tag->is_empty)
        open_element(p, tag);
    begin_run(p);
}

/* ---- the whole ---- */

/* What is not to be taken as text or tags. */
enum { SPECIAL_CDATA, SPECIAL_COMMENT, SPECIAL_INSTRUCTION, SPECIAL_DECLARATION, SPECIALS };
static const struct {
    const char *open, *close;
} specials[SPECIALS] = {{"<![CDATA[", "]]>"}, {"<!--", "-->"}, {"<?", "?>"}, {"<!", ">"}};

/* Which of them is at the front, with its length; SPECIALS: none. */
static size_t find_special(struct parser *p, struct sv text, size_t *n)
{
    for (size_t i = 0; i < SPECIALS; i++) {
        struct sv open = sv_of(specials[i].open);
        if (p->unclosed[i] || !sv_starts(text, open))
            continue;
        ptrdiff_t end = sv_find(sv_from(text, open.n), sv_of(specials[i].close));
        p->unclosed[i] = end < 0; /* nor do any later ones end */
        *n = open.n + (size_t)end + strlen(specials[i].close);
        if (end >= 0)
            return i;
    }
    return SPECIALS;
}

static size_t take_special(struct parser *p, struct sv text)
{
    size_t n;
    size_t which = find_special(p, text, &n);
    size_t open = strlen(specials[SPECIAL_CDATA].open),
           close = strlen(specials[SPECIAL_CDATA].close);
    if (which == SPECIAL_CDATA && !innermost(p).silent)
        buf_add(&p->out->text, text.p + open, n - open - close);
    return which < SPECIALS ? n : 0;
}

static size_t take_markup(struct parser *p, struct sv text)
{
    size_t n = take_special(p, text);
    if (n)
        return n;
    bool closes = text.n > 1 && text.p[1] == '/';
    if (text.n < 3 || !is_name_start(text.p[1 + closes]))
        return 0;
    n = tag_length(text);
    if (n) {
        struct tag tag = tag_of(sv_sub(text, 0, n));
        take_tag(p, &tag);
    }
    return n;
}

void ssml_parse(struct ssml *out, struct sv markup)
{
    struct parser p = {.out = out};
    *out = (struct ssml){.text = BUF_INIT, .names = BUF_INIT};
    begin_run(&p);
    for (size_t i = 0; i < markup.n;) {
        struct sv rest = sv_from(markup, i);
        size_t n = rest.p[0] == '<' ? take_markup(&p, rest) : 0;
        if (!n) {
            const char *next = rest.n > 1 ? memchr(rest.p + 1, '<', rest.n - 1) : NULL;
            n = next ? (size_t)(next - rest.p) : rest.n;
            if (!innermost(&p).silent)
                add_text(&out->text, sv_sub(rest, 0, n));
        }
        i += n;
    }
    if (out->runs.n > 1 && out->runs.at[out->runs.n - 1].from == out->text.n)
        out->runs.n--; /* nothing came after the last tag */
    out->runs.at[out->runs.n - 1].to = (uint32_t)out->text.n;
    vec_free(&p.open);
}

void ssml_free(struct ssml *s)
{
    buf_free(&s->text);
    buf_free(&s->names);
    vec_free(&s->marks);
    vec_free(&s->runs);
}
