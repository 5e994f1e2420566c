#include "article/find/boilerplate.h"

#include "base/embedded.h"
#include "base/nfc.h"
#include "base/utf8.h"

static bool is_letter_byte(char c)
{
    return (unsigned char)c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The run of letters that begins at v[at]; it may be empty. */
static struct sv letters_at(struct sv v, size_t at)
{
    size_t end = at;
    while (end < v.n && is_letter_byte(v.p[end]))
        end++;
    return sv_sub(v, at, end - at);
}

void boilerplate_load(struct boilerplate *b)
{
    *b = (struct boilerplate){0};
    struct err e = ERR_INIT;
    /* A row too many is the only possible error, and the table's own test finds it. */
    table_parse(&b->table, "boilerplate.tsv", embedded_find(SV("boilerplate.tsv")), 3, &e);
    err_free(&e);
    for (uint32_t row = 0; row < table_rows(&b->table); row++) {
        struct sv line = table_cell(&b->table, row, 0), how = table_cell(&b->table, row, 2);
        if (sv_is(how, "exact"))
            index_add(&b->exact, line, row);
        else if (sv_is(how, "agency"))
            index_add(&b->agencies, line, row);
        else
            index_add(sv_is(how, "prefix") ? &b->prefixes : &b->parts, letters_at(line, 0), row);
    }
}

void boilerplate_free(struct boilerplate *b)
{
    index_free(&b->exact);
    index_free(&b->agencies);
    index_free(&b->prefixes);
    index_free(&b->parts);
    table_free(&b->table);
}

/* Reasons outlive the table: they are ours. */
static const char *reason_of(const struct boilerplate *b, uint32_t row)
{
    static const char *const reasons[] = {"clock", "widget", "share",  "comments", "related",
                                          "tags",  "links",  "advert", "copyright"};
    struct sv reason = table_cell(&b->table, row, 1);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (sv_is(reason, reasons[i]))
            return reasons[i];
    return "menu";
}

static bool is_content(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_MARK;
}

static bool is_number_part(uint32_t code)
{
    return (code >= '0' && code <= '9') || !is_content(code);
}

/* Without the arrows, colons, brackets and counts at both ends. */
static struct sv core_of(struct sv v)
{
    while (v.n) {
        uint32_t code;
        unsigned n = utf8_decode(v, &code);
        if (!is_number_part(code))
            break;
        v = sv_sub(v, n, v.n - n);
    }
    while (v.n) {
        size_t i = v.n - 1;
        uint32_t code;
        while (i && ((unsigned char)v.p[i] & 0xC0) == 0x80)
            i--;
        utf8_decode(sv_sub(v, i, v.n - i), &code);
        if (!is_number_part(code) || code == '+')
            break;
        v.n = i;
    }
    return v;
}

static const struct index_entry *find_exact(const struct boilerplate *b, struct sv part)
{
    const struct index_entry *hit = index_find(&b->exact, sv_trim(part));
    return hit ? hit : index_find(&b->exact, core_of(part));
}

/* The entry of the first phrase if the part (at most a few words) consists of known phrases. */
static const struct index_entry *find_phrases(const struct boilerplate *b, struct sv part)
{
    enum { MOST_WORDS = 12 };
    struct sv words[MOST_WORDS], rest = part;
    size_t n = 0;
    for (struct sv w = line_next_word(&rest); w.n; w = line_next_word(&rest)) {
        if (n == MOST_WORDS)
            return NULL;
        words[n++] = w;
    }
    const struct index_entry *first = NULL;
    for (size_t i = 0; i < n;) {
        size_t end = n;
        const struct index_entry *hit = NULL;
        for (; end > i && !hit; end--) {
            size_t length = (size_t)(words[end - 1].p + words[end - 1].n - words[i].p);
            hit = find_exact(b, (struct sv){words[i].p, length});
            if (hit)
                break;
        }
        if (!hit && core_of(words[i]).n)
            return NULL;
        first = first ? first : hit;
        i = hit ? end : i + 1;
    }
    return first;
}

/* Cuts the next part of a line: parts stand apart by two spaces or a bar. */
static struct sv next_part(struct sv *rest)
{
    size_t i = 0;
    while (i < rest->n && rest->p[i] != '|' &&
           !(rest->p[i] == ' ' && i + 1 < rest->n && rest->p[i + 1] == ' '))
        i++;
    struct sv part = sv_sub(*rest, 0, i);
    size_t skip = i < rest->n ? i + 1 : i;
    *rest = sv_sub(*rest, skip, rest->n - skip);
    return part;
}

static const char *match_parts(const struct boilerplate *b, struct sv line)
{
    const char *reason = NULL;
    while (line.n) {
        struct sv part = next_part(&line);
        if (!core_of(part).n && !find_exact(b, part))
            continue;
        const struct index_entry *hit = find_phrases(b, part);
        if (!hit)
            return NULL;
        reason = reason ? reason : reason_of(b, hit->row);
    }
    return reason;
}

static bool begins_with(struct sv line, struct sv head)
{
    if (line.n < head.n || line.p[0] != head.p[0] || !sv_starts(line, head))
        return false;
    uint32_t code, last;
    if (line.n == head.n)
        return true;
    utf8_decode(sv_sub(line, head.n, line.n - head.n), &code);
    last = (unsigned char)head.p[head.n - 1];
    bool word_end = last >= 0x80 || char_kind_of(last) == CHAR_LETTER;
    return !word_end || !is_content(code);
}

static const char *match_rest(const struct boilerplate *b, struct sv line)
{
    const struct index_entry *x = index_find(&b->prefixes, letters_at(line, 0));
    for (; x; x = index_next(&b->prefixes, x))
        if (begins_with(line, table_cell(&b->table, x->row, 0)))
            return reason_of(b, x->row);
    for (size_t i = 0, n; i < line.n; i += n) {
        struct sv run = letters_at(line, i);
        n = run.n ? run.n : 1;
        for (x = index_find(&b->parts, run); x; x = index_next(&b->parts, x))
            if (sv_starts(sv_sub(line, i, line.n - i), table_cell(&b->table, x->row, 0)))
                return reason_of(b, x->row);
    }
    return NULL;
}

static void add_lower(struct buf *out, struct sv v)
{
    buf_reserve(out, v.n);
    for (size_t i = 0; i < v.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(v, i, v.n - i), &code);
        uint32_t lower = char_lower(code);
        if (n && lower == code)
            buf_add(out, v.p + i, n);
        else
            buf_add_code(out, lower);
        i += n ? n : 1;
    }
}

const char *boilerplate_reason(const struct boilerplate *b, struct sv line, bool prose)
{
    enum { LONGEST = 240 };
    if (line.n > LONGEST)
        return NULL;
    struct buf lower = BUF_INIT;
    add_lower(&lower, line);
    const char *reason = match_parts(b, buf_sv(&lower));
    if (!reason)
        reason = match_rest(b, buf_sv(&lower));
    if (prose && reason && !sv_is(sv_of(reason), "comments") && !sv_is(sv_of(reason), "copyright"))
        reason = NULL;
    buf_free(&lower);
    return reason;
}

/* Where a dash stands behind v[at], after at most one space: the offset behind it and the spaces
 * that follow; 0: none. */
static size_t after_dash(struct sv v, size_t at)
{
    uint32_t code = 0;
    if (at < v.n && v.p[at] == ' ')
        at++;
    if (at >= v.n)
        return 0;
    unsigned n = utf8_decode(sv_sub(v, at, v.n - at), &code);
    if (code != '-' && code != 0x2013 && code != 0x2014)
        return 0;
    return at + n;
}

static bool is_agency(const struct boilerplate *b, struct sv name)
{
    struct buf lower = BUF_INIT;
    add_lower(&lower, sv_trim(name));
    bool known = index_find(&b->agencies, buf_sv(&lower)) != NULL;
    buf_free(&lower);
    return known;
}

size_t boilerplate_agency(const struct boilerplate *b, struct sv text, bool opening)
{
    enum { LONGEST = 40 };
    size_t window = text.n < LONGEST ? text.n : LONGEST;
    if (window && text.p[0] == '(') {
        const char *close = memchr(text.p, ')', window);
        if (!close)
            return 0;
        size_t inside = (size_t)(close - text.p) - 1;
        struct sv name = sv_sub(text, 1, inside);
        size_t end = after_dash(text, inside + 2);
        bool worded = core_of(name).n > 1;
        return worded && (opening || is_agency(b, name)) ? end : 0;
    }
    for (size_t i = 1; i < window; i++) {
        if (text.p[i] != ' ')
            continue;
        size_t end = after_dash(text, i);
        if (end)
            return is_agency(b, sv_sub(text, 0, i)) ? end : 0;
    }
    return 0;
}
