#include "docbao/said_text.h"

#include "article/read.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/letter.h"
#include "text/character_name.h"
#include "text/normalize.h"

enum {
    /* Longer lines are divided, at a space if there is one: a line is read as a whole, and the
     * caller wants to be asked meanwhile. */
    LINE_BYTES = 2000,
    LINE_MOST_BYTES = 4000,
    MANY = 4, /* so many equal marks in a row are counted */
};

struct maker {
    struct said_text *out;
    const struct docbao_utterance *u;
    const struct rules *rules;
    const struct reading_options *options;
    struct sv text;    /* that was given, as valid UTF-8: invalid bytes are spaces of one byte */
    bool *read;        /* bytes of it that lie in a token; NULL: not asked */
    size_t line_began; /* in `prepared` */
    bool in_word;      /* the last character was a letter or digit */
};

/* ---- to the prepared text ---- */

static void add_itself(struct maker *m, size_t at, size_t n)
{
    buf_add(&m->out->prepared, m->text.p + at, n);
    source_map_add_linear(&m->out->map, n, at);
}

/* Appends text that stands for n bytes of what was given. */
static void add_instead(struct maker *m, struct sv instead, size_t at, size_t n)
{
    buf_add_sv(&m->out->prepared, instead);
    source_map_add_whole(&m->out->map, instead.n, (struct span){(uint32_t)at, (uint32_t)n});
}

static void add_name(struct maker *m, const struct named_character *c, bool capital, size_t at,
                     size_t n)
{
    struct buf name = BUF_INIT;
    character_add_name(m->rules, m->options->letters, c, capital, &name);
    add_instead(m, buf_sv(&name), at, n);
    buf_free(&name);
}

static struct named_character at(const struct maker *m, size_t i)
{
    return named_character_at(m->rules, m->options->letters, sv_from(m->text, i));
}

/* The same without its name, where it is a letter or a digit, as most are. */
static struct named_character plain_at(const struct maker *m, size_t i)
{
    struct sv rest = sv_from(m->text, i);
    uint32_t code;
    unsigned n = utf8_decode(rest, &code);
    bool digit = code >= '0' && code <= '9' && (rest.n < 2 || (unsigned char)rest.p[1] < 0x80);
    if (n && (digit || letter_of(code).id))
        return (struct named_character){.code = code, .length = n, .rest = ""};
    return at(m, i);
}

/* ---- as characters ---- */

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\n' || code == '\t' || code == '\r';
}

/* A single character is named with all that it is; of a text the spaces only part the words. */
static void name_characters(struct maker *m)
{
    bool only = at(m, 0).length >= m->text.n;
    bool begun = false;
    for (size_t i = 0; i < m->text.n;) {
        struct named_character c = at(m, i);
        if (!only && is_blank(c.code)) {
            if (begun)
                add_instead(m, c.code == '\n' ? SV("\n") : SV(" ; "), i, c.length);
            begun = false;
        } else {
            if (begun)
                add_instead(m, SV(", "), i, c.length);
            add_name(m, &c, m->u->capitals, i, c.length);
            begun = true;
        }
        i += c.length;
    }
}

/* ---- as text ---- */

/* Marks which bytes lie in a token: these are read without being named. */
static void find_read(struct maker *m)
{
    struct article a;
    struct err ignored = ERR_INIT;
    m->read = mem_zalloc(m->text.n + 1);
    if (!article_from_text(&a, "", m->text, m->rules, &ignored)) {
        normalize_article(&a, m->rules, m->options);
        for (size_t i = 0; i < a.tokens.n; i++) {
            struct span from = article_source_span(&a, a.tokens.at[i].text);
            memset(m->read + from.off, true, from.len);
        }
    }
    article_free(&a);
    err_free(&ignored);
}

static bool has_letter_or_digit(struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(text, i), &code);
        enum char_kind kind = char_kind_of(code);
        if (kind == CHAR_LETTER || kind == CHAR_DIGIT)
            return true;
        i += n ? n : 1;
    }
    return false;
}

/* How many times the character stands here in a row. */
static size_t run_of(const struct maker *m, const struct named_character *c, size_t i)
{
    size_t n = 1;
    struct sv one = sv_sub(m->text, i, c->length);
    while (sv_starts(sv_from(m->text, i + n * c->length), one))
        n++;
    return n;
}

static bool is_pause(uint32_t code)
{
    return code < 0x80 && code && strchr(",.;:?!", (int)code) != NULL;
}

/* Names a mark, or a row of equal ones; gives the bytes that are done. */
static size_t name_mark(struct maker *m, const struct named_character *c, size_t i)
{
    size_t count = run_of(m, c, i), bytes = count * c->length;
    bool inside = m->read && m->read[i];
    if (count < MANY) {
        count = 1;
        bytes = c->length;
    }
    add_instead(m, SV(" "), i, bytes);
    if (count > 1) {
        struct buf number = BUF_INIT;
        buf_addf(&number, "%zu ", count);
        add_instead(m, buf_sv(&number), i, bytes);
        buf_free(&number);
    }
    add_name(m, c, false, i, bytes);
    if (is_pause(c->code) && !inside)
        add_itself(m, i, 1);
    add_instead(m, SV(" "), i, bytes);
    return bytes;
}

/* A mark inside what is read as a whole (15/5, 3.5) is named only if all marks are. */
static bool is_to_be_named(const struct maker *m, const struct named_character *c, size_t i)
{
    if (c->code == ' ' || !character_is_named(c, m->u->punctuation))
        return false;
    return m->u->punctuation == DOCBAO_PUNCTUATION_ALL || !m->read || !m->read[i];
}

/* Ends a line that has become too long. True: in place of the character. */
static bool break_line(struct maker *m, const struct named_character *c, size_t i)
{
    size_t n = m->out->prepared.n - m->line_began;
    bool blank = c->code == ' ' || c->code == '\t';
    if (c->code == '\n') {
        m->line_began = m->out->prepared.n + 1;
        return false;
    }
    if (n < LINE_BYTES || (n < LINE_MOST_BYTES && !blank))
        return false;
    add_instead(m, SV("\n"), i, c->length);
    m->line_began = m->out->prepared.n;
    return blank;
}

static void say_capital(struct maker *m, const struct named_character *c, size_t i)
{
    enum char_kind kind = char_kind_of(c->code);
    bool letter = kind == CHAR_LETTER || kind == CHAR_MARK || kind == CHAR_DIGIT;
    if (m->u->capitals && !m->in_word && char_is_capital(c->code))
        add_instead(m, SV("hoa "), i, c->length);
    m->in_word = letter;
}

static void prepare_as_text(struct maker *m)
{
    for (size_t i = 0; i < m->text.n;) {
        struct named_character c = plain_at(m, i);
        if (break_line(m, &c, i)) {
            i += c.length;
            continue;
        }
        if (is_to_be_named(m, &c, i)) {
            i += name_mark(m, &c, i);
            m->in_word = false;
            continue;
        }
        say_capital(m, &c, i);
        add_itself(m, i, c.length);
        i += c.length;
    }
}

/* A text without letters and digits is its marks. */
static void name_marks(struct maker *m)
{
    for (size_t i = 0; i < m->text.n;) {
        struct named_character c = at(m, i);
        if (is_blank(c.code)) {
            add_itself(m, i, c.length);
            i += c.length;
        } else {
            i += name_mark(m, &c, i);
        }
    }
}

static void make_text(struct maker *m)
{
    enum docbao_punctuation p = m->u->punctuation;
    if (!has_letter_or_digit(m->text)) {
        name_marks(m);
        return;
    }
    if (p != DOCBAO_PUNCTUATION_NONE)
        find_read(m);
    prepare_as_text(m);
    free(m->read);
}

/* ---- the whole ---- */

/* What is not UTF-8 becomes characters of one byte, so that all places stay. */
static void add_valid(struct buf *out, struct sv text)
{
    buf_add_sv(out, text);
    for (size_t i = 0; i < out->n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_from(buf_sv(out), i), &code);
        if (!n || !code)
            out->p[i] = ' ';
        i += n ? n : 1;
    }
}

static void make_key(struct maker *m)
{
    struct buf name = BUF_INIT;
    key_add_name(m->rules, m->options->letters, m->text, &name);
    add_instead(m, buf_sv(&name), 0, m->text.n);
    buf_free(&name);
}

void said_text_make(struct said_text *out, const struct docbao_utterance *u,
                    const struct rules *rules, const struct reading_options *options)
{
    struct buf valid = BUF_INIT;
    *out = (struct said_text){.prepared = BUF_INIT};
    add_valid(&valid, (struct sv){u->text.p, u->text.n});
    struct maker m = {
        .out = out, .u = u, .rules = rules, .options = options, .text = buf_sv(&valid)};
    if (!m.text.n)
        ;
    else if (u->manner == DOCBAO_AS_CHARACTERS)
        name_characters(&m);
    else if (u->manner == DOCBAO_AS_KEY)
        make_key(&m);
    else
        make_text(&m);
    source_map_end(&out->map, m.text.n);
    buf_free(&valid);
}

void said_text_as_it_is(struct said_text *out, const struct docbao_utterance *u)
{
    *out = (struct said_text){.prepared = BUF_INIT};
    add_valid(&out->prepared, (struct sv){u->text.p, u->text.n});
    source_map_add_linear(&out->map, out->prepared.n, 0);
    source_map_end(&out->map, out->prepared.n);
}

void said_text_free(struct said_text *t)
{
    buf_free(&t->prepared);
    source_map_free(&t->map);
}

struct docbao_span said_text_span(const struct said_text *t, struct span prepared)
{
    if (!t->map.runs.n)
        return (struct docbao_span){0, 0};
    struct span span = source_map_find_source(&t->map, prepared);
    return (struct docbao_span){span.off, span.len};
}
