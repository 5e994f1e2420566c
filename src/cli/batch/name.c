#include "cli/batch/name.h"

#include "base/ascii.h"
#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "cli/options.h"

enum {
    LONGEST_STEM = 250,  /* 255, without ".flac", ".opus" or ".json" */
    LONGEST_FIELD = 150, /* longer names say nothing more to people */
    LEAST_FIELD = 16,
    DATE_LETTERS = 10,
    NUMBER_DIGITS = 10,
    HASH_LETTERS = 8,
};

static const struct {
    const char *name;
    enum name_field field;
} fields[] = {
    {"date", FIELD_DATE},   {"slug", FIELD_SLUG}, {"slug-vi", FIELD_SLUG_VI},
    {"title", FIELD_TITLE}, {"name", FIELD_NAME}, {"number", FIELD_NUMBER},
    {"hash", FIELD_HASH},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* ---- the template ---- */

static bool is_free(enum name_field field)
{
    return field == FIELD_SLUG || field == FIELD_SLUG_VI || field == FIELD_TITLE ||
           field == FIELD_NAME;
}

static bool is_of_article(enum name_field field)
{
    return field == FIELD_DATE || (is_free(field) && field != FIELD_NAME);
}

static bool add_field(struct name_template *t, struct sv name)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (sv_is(name, fields[i].name)) {
            *vec_push(&t->parts) = (struct name_part){fields[i].field, {NULL, 0}};
            return true;
        }
    usage_error("--name has no {%.*s}; it has {date}, {slug}, {slug-vi}, {title}, {name}, {number} "
                "and {hash}",
                SV_ARG(name));
    return false;
}

static bool add_literal(struct name_template *t, struct sv literal)
{
    if (literal.n)
        *vec_push(&t->parts) = (struct name_part){FIELD_LITERAL, literal};
    if (!utf8_has_control(literal) && !memchr(literal.p ? literal.p : "", '/', literal.n))
        return true;
    usage_error("--name makes the name of a file: it cannot hold a slash or a control character");
    return false;
}

static bool parse_parts(struct name_template *t, struct sv text)
{
    while (text.n) {
        const char *open = memchr(text.p, '{', text.n);
        struct sv literal = sv_sub(text, 0, open ? (size_t)(open - text.p) : text.n);
        if (!add_literal(t, literal))
            return false;
        text = sv_sub(text, literal.n, text.n - literal.n);
        if (!text.n)
            break;
        const char *close = memchr(text.p, '}', text.n);
        size_t length = close ? (size_t)(close - text.p) : text.n;
        if (!add_field(t, sv_sub(text, 1, length - 1)))
            return false;
        length += close != NULL;
        text = sv_sub(text, length, text.n - length);
    }
    return true;
}

static size_t fixed_length(const struct name_part *part)
{
    switch (part->field) {
    case FIELD_LITERAL:
        return part->literal.n;
    case FIELD_DATE:
        return DATE_LETTERS;
    case FIELD_NUMBER:
        return NUMBER_DIGITS;
    case FIELD_HASH:
        return HASH_LETTERS;
    default:
        return 0;
    }
}

/* Divides the room among the fields of free length, and sees how names are told apart. */
static bool settle(struct name_template *t)
{
    size_t used = 1 + HASH_LETTERS, count = 0;
    bool distinct = false, of_article = false;
    for (size_t i = 0; i < t->parts.n; i++) {
        const struct name_part *part = &t->parts.at[i];
        used += fixed_length(part);
        count += is_free(part->field);
        distinct = distinct || part->field == FIELD_NUMBER || part->field == FIELD_HASH;
        of_article = of_article || is_of_article(part->field);
    }
    t->distinction = distinct     ? NAMES_DISTINCT
                     : of_article ? NAMES_SHOWN_BY_NOTHING
                                  : NAMES_SHOWN_BY_LIST;
    if (used + count * LEAST_FIELD > LONGEST_STEM) {
        usage_error("--name is too long for the name of a file");
        return false;
    }
    t->longest = count ? (LONGEST_STEM - used) / count : 0;
    if (t->longest > LONGEST_FIELD)
        t->longest = LONGEST_FIELD;
    return true;
}

bool name_template_parse(struct name_template *t, struct sv text)
{
    *t = (struct name_template){.longest = 0};
    if (!text.n) {
        usage_error("--name is empty; such as {date}-{slug} is a name");
        return false;
    }
    return parse_parts(t, text) && settle(t);
}

void name_template_free(struct name_template *t)
{
    vec_free(&t->parts);
}

/* ---- fields ---- */

/* Shortens what was appended since `begin` to `most` bytes, in whole characters; where that leaves
 * most of it, in whole words. */
static void shorten(struct buf *b, size_t begin, size_t most)
{
    if (b->n - begin <= most)
        return;
    size_t end = begin + most;
    while (end > begin && ((unsigned char)b->p[end] & 0xC0) == 0x80)
        end--;
    size_t word = end;
    while (word > begin && b->p[word] != '-' && b->p[word] != ' ')
        word--;
    buf_cut(b, word > begin + most / 2 ? word : end);
}

/* A letter without its marks, in small ASCII; 0: it has none. */
static char plain_letter(uint32_t code)
{
    enum { D_WITH_STROKE = 0x111 };
    uint32_t base = nfc_base(code);
    if (base == D_WITH_STROKE)
        return 'd';
    return base < 0x80 && (ascii_is_letter((char)base) || ascii_is_digit((char)base)) ? (char)base
                                                                                      : 0;
}

static bool is_word(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_MARK;
}

static void add_slug(struct buf *out, struct sv text, bool with_marks)
{
    bool gap = false;
    size_t begin = out->n;
    for (uint32_t code; text.n;) {
        unsigned n = utf8_decode(text, &code);
        text = sv_sub(text, n ? n : 1, text.n - (n ? n : 1));
        char plain = plain_letter(code);
        bool shown = n && is_word(code) && (with_marks || plain);
        if (n && !shown && char_kind_of(code) == CHAR_MARK)
            continue;
        if (shown && gap && out->n > begin)
            buf_putc(out, '-');
        gap = !shown;
        if (shown && with_marks)
            buf_add_code(out, char_lower(code));
        else if (shown)
            buf_putc(out, plain);
    }
}

/* What Windows forbids in names; '-' stands for what divides, nothing for the rest. */
static void add_legal(struct buf *out, uint32_t code)
{
    if (code < 0x80 && strchr("/\\|:", (int)code))
        buf_putc(out, '-');
    else if (code == UTF8_REPLACEMENT || (code < 0x80 && strchr("*?\"<>", (int)code)))
        buf_putc(out, '_');
    else
        buf_add_code(out, code);
}

static void add_text(struct buf *out, struct sv text)
{
    bool gap = false;
    size_t begin = out->n;
    for (uint32_t code; text.n;) {
        unsigned n = utf8_decode(text, &code);
        text = sv_sub(text, n ? n : 1, text.n - (n ? n : 1));
        bool hidden = code == 0 || char_is_obeyed(code) || char_kind_of(code) == CHAR_SPACE;
        if (hidden) {
            gap = true;
            continue;
        }
        if (gap && out->n > begin)
            buf_putc(out, ' ');
        gap = false;
        add_legal(out, code);
    }
}

static void add_hash(struct buf *out, uint64_t hash)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    for (unsigned i = 0; i < HASH_LETTERS; i++)
        buf_putc(out, letters[hash >> (59 - 5 * i) & 31]);
}

static void add_date(struct buf *out, struct sv date)
{
    for (size_t i = 0; i < date.n && i < DATE_LETTERS; i++) {
        if (!ascii_is_digit(date.p[i]) && date.p[i] != '-')
            break;
        buf_putc(out, date.p[i]);
    }
}

static void add_part(const struct name_part *part, const struct name_facts *f, struct buf *out)
{
    struct sv title = f->title.n ? f->title : f->name;
    switch (part->field) {
    case FIELD_LITERAL:
        buf_add_sv(out, part->literal);
        break;
    case FIELD_DATE:
        add_date(out, f->date);
        break;
    case FIELD_SLUG:
        add_slug(out, title, false);
        break;
    case FIELD_SLUG_VI:
        add_slug(out, title, true);
        break;
    case FIELD_TITLE:
        add_text(out, title);
        break;
    case FIELD_NAME:
        add_text(out, f->name);
        break;
    case FIELD_NUMBER:
        buf_addf(out, "%0*u", (int)f->digits, f->number);
        break;
    case FIELD_HASH:
        add_hash(out, f->hash);
        break;
    }
}

/* ---- the whole ---- */

static bool is_separator(char c)
{
    return c == '-' || c == '_' || c == ' ' || c == '.';
}

/* Removes separators at both ends, and one of two that are the same: a field between them was
 * empty. */
static void tidy(struct buf *b, size_t begin)
{
    size_t to = begin;
    for (size_t i = begin; i < b->n; i++) {
        bool first = to == begin && is_separator(b->p[i]);
        bool twice = to > begin && is_separator(b->p[i]) && b->p[i] == b->p[to - 1];
        if (!first && !twice)
            b->p[to++] = b->p[i];
    }
    while (to > begin && is_separator(b->p[to - 1]))
        to--;
    buf_cut(b, to);
}

static void add_part_shortened(const struct name_template *t, const struct name_part *part,
                               const struct name_facts *facts, struct buf *out)
{
    struct buf text = BUF_INIT;
    add_part(part, facts, &text);
    if (is_free(part->field))
        shorten(&text, 0, t->longest);
    buf_add_sv(out, buf_sv(&text));
    buf_free(&text);
}

void name_render(const struct name_template *t, const struct name_facts *facts, struct buf *out)
{
    struct buf made = BUF_INIT;
    size_t begin = out->n;
    for (size_t i = 0; i < t->parts.n; i++)
        add_part_shortened(t, &t->parts.at[i], facts, &made);
    nfc_append(out, buf_sv(&made));
    buf_free(&made);
    tidy(out, begin);
    if (out->n == begin)
        buf_adds(out, "bai");
    if (facts->with_hash) {
        buf_putc(out, '-');
        add_hash(out, facts->hash);
    }
}

/* Of a URL, what is before the question mark and behind the host. */
static struct sv path_of_url(struct sv url)
{
    ptrdiff_t scheme = sv_find(url, SV("://"));
    if (scheme < 0)
        return url;
    struct sv rest = sv_sub(url, (size_t)scheme + 3, url.n - (size_t)scheme - 3);
    struct sv path = sv_cut(&rest, '#');
    struct sv whole = path;
    path = sv_cut(&whole, '?');
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

void name_of_source(struct sv source, struct buf *out)
{
    struct buf valid = BUF_INIT;
    struct sv rest = path_of_url(source), name = rest;
    while (rest.p)
        name = sv_cut(&rest, '/');
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.') {
            name.n = i - 1;
            break;
        }
    buf_add_valid(&valid, name);
    nfc_append(out, buf_sv(&valid));
    buf_free(&valid);
}
