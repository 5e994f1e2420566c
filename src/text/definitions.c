#include "text/definitions.h"

#include "base/table.h"
#include "base/utf8.h"
#include "lang/letter.h"

enum { FEWEST_LETTERS = 2, MOST_LETTERS = 12 };
enum { HEAD_WORDS = 3, NAME_ATOMS = 14, FEWEST_WORDS = 3 }; /* of an explanation by its head */

struct definitions {
    struct index index;
    VEC(struct sv) readings;
    struct arena arena;
};

struct definitions *definitions_new(void)
{
    return mem_zalloc(sizeof(struct definitions));
}

void definitions_free(struct definitions *d)
{
    if (!d)
        return;
    index_free(&d->index);
    vec_free(&d->readings);
    arena_free(&d->arena);
    free(d);
}

struct sv definitions_find(const struct definitions *d, struct sv written)
{
    const struct index_entry *entry = d ? index_find(&d->index, written) : NULL;
    return entry ? d->readings.at[entry->row] : (struct sv){NULL, 0};
}

/* What one abbreviation and its explanation are matched with. */
struct match {
    const struct rules *rules;
    struct sv text;
    const char *lower;
    const struct atoms *atoms;
    uint8_t letters[MOST_LETTERS]; /* enum letter_id of each letter of the abbreviation */
    uint32_t n;
};

static bool is_mark(const struct match *m, size_t i, uint32_t code)
{
    return i < m->atoms->n && m->atoms->at[i].kind == ATOM_PUNCT && m->atoms->at[i].code == code;
}

/* The letters of the capitals from atom i to j; false if anything but capitals tied by - & / . is
 * there, or too many or too few. */
static bool take_letters(struct match *m, size_t i, size_t j)
{
    m->n = 0;
    for (; i <= j; i++) {
        const struct atom *a = &m->atoms->at[i];
        if (a->kind == ATOM_PUNCT && (a->code == '-' || a->code == '&' || a->code == '/'))
            continue;
        if (a->kind != ATOM_WORD || !atom_has(a, ATOM_UPPER))
            return false;
        struct sv word = sv_at(m->text, a->text);
        for (size_t k = 0; k < word.n;) {
            uint32_t code;
            unsigned bytes = utf8_decode(sv_sub(word, k, word.n - k), &code);
            if (!bytes || m->n == MOST_LETTERS)
                return false;
            m->letters[m->n++] = letter_of(code).id;
            k += bytes;
        }
    }
    return m->n >= FEWEST_LETTERS;
}

static uint8_t first_letter(const struct match *m, size_t i)
{
    uint32_t code;
    struct sv word = sv_at(m->text, m->atoms->at[i].text);
    utf8_decode(word, &code);
    return letter_of(code).id;
}

static bool may_be_skipped(const struct match *m, size_t i)
{
    const struct atom *a = &m->atoms->at[i];
    struct sv lower = {m->lower + a->text.off, a->text.len};
    if (a->kind == ATOM_PUNCT)
        return a->code == ',' || a->code == '-' || a->code == 0x2013;
    return sv_is(lower, "và") || sv_is(lower, "của") || sv_is(lower, "về");
}

/* Whether the atoms that end at `end` (not included) begin with the letters, one each; gives the
 * first of them. */
static bool match_backwards(const struct match *m, size_t end, size_t *first)
{
    uint32_t left = m->n;
    size_t i = end;
    while (left && i > 0) {
        i--;
        const struct atom *a = &m->atoms->at[i];
        if (a->kind == ATOM_WORD && atom_has(a, ATOM_LEGAL) &&
            first_letter(m, i) == m->letters[left - 1])
            left--;
        else if (!may_be_skipped(m, i))
            return false;
    }
    *first = i;
    return left == 0;
}

static bool match_forwards(const struct match *m, size_t begin, size_t *end)
{
    uint32_t done = 0;
    size_t i = begin;
    for (; done < m->n && i < m->atoms->n; i++) {
        const struct atom *a = &m->atoms->at[i];
        if (a->kind == ATOM_WORD && atom_has(a, ATOM_LEGAL) &&
            first_letter(m, i) == m->letters[done])
            done++;
        else if (!may_be_skipped(m, i))
            return false;
    }
    *end = i;
    return done == m->n && is_mark(m, i, ')');
}

static void add(struct definitions *d, const struct match *m, size_t i, size_t j, size_t first,
                size_t end)
{
    const struct atom *a = m->atoms->at;
    uint32_t off = a[i].text.off;
    struct sv written = sv_sub(m->text, off, a[j].text.off + a[j].text.len - off);
    if (index_find(&d->index, written))
        return;
    struct buf reading = BUF_INIT;
    for (; first < end; first++) {
        if (a[first].kind != ATOM_WORD)
            continue;
        if (reading.n)
            buf_putc(&reading, ' ');
        buf_add(&reading, m->lower + a[first].text.off, a[first].text.len);
    }
    *vec_push(&d->readings) = (struct sv){arena_dup(&d->arena, buf_sv(&reading)), reading.n};
    struct sv key = {arena_dup(&d->arena, written), written.n};
    index_add(&d->index, key, (uint32_t)(d->readings.n - 1));
    buf_free(&reading);
}

/* Whether the words from atom i on begin a name, as "Ngân hàng" does. */
static bool is_head(const struct match *m, size_t i, size_t end)
{
    const struct atom *a = m->atoms->at;
    for (size_t words = 1; words <= HEAD_WORDS && i + words <= end; words++) {
        uint32_t off = a[i].text.off, last = a[i + words - 1].text.off + a[i + words - 1].text.len;
        struct sv phrase = {m->lower + off, last - off};
        const struct row *row = rules_find(m->rules, TABLE_DEFINITION_HEADS, phrase);
        if (row && (atom_has(&a[i], ATOM_CAPITAL) || (row_kinds(row) & HEAD_ANY)))
            return true;
    }
    return false;
}

/* Words of a name: syllables, with no mark between but a hyphen or comma. */
static bool is_of_name(const struct match *m, size_t i)
{
    const struct atom *a = &m->atoms->at[i];
    if (a->kind == ATOM_PUNCT)
        return a->code == ',' || a->code == '-' || a->code == 0x2013;
    return a->kind == ATOM_WORD && atom_has(a, ATOM_LEGAL);
}

/* Whether the abbreviation is said as a word or by a Vietnamese meaning already. */
static bool has_reading(const struct match *m, struct sv written)
{
    const struct row *row = rules_find(m->rules, TABLE_ABBREVIATIONS, written);
    return row && !(row_kinds(row) & (SPELLED | SPELLED_FOREIGN));
}

/* A name that ends before atom `end`: from the nearest head on. */
static bool name_before(const struct match *m, size_t end, size_t *first)
{
    size_t i = end;
    while (i > 0 && end - i < NAME_ATOMS && is_of_name(m, i - 1)) {
        i--;
        if (m->atoms->at[i].kind == ATOM_WORD && is_head(m, i, end) && end - i >= FEWEST_WORDS) {
            *first = i;
            return true;
        }
    }
    return false;
}

/* A name that is all the bracket behind atom `begin` holds. */
static bool name_inside(const struct match *m, size_t begin, size_t *end)
{
    size_t i = begin;
    while (i < m->atoms->n && i - begin < NAME_ATOMS && is_of_name(m, i))
        i++;
    *end = i;
    return is_mark(m, i, ')') && i - begin >= FEWEST_WORDS && is_head(m, begin, i);
}

static struct sv written_between(const struct match *m, size_t i, size_t j)
{
    const struct atom *a = m->atoms->at;
    return sv_sub(m->text, a[i].text.off, a[j].text.off + a[j].text.len - a[i].text.off);
}

/* Where the abbreviation begins that ends before the bracket `close`: behind "gọi tắt là" or an
 * opening quotation mark, or right behind the bracket `open`. */
static size_t abbreviation_start(const struct match *m, size_t open, size_t close)
{
    size_t first = close - 1;
    const struct atom *a = m->atoms->at;
    while (first > open + 1 && !(a[first].flags & ATOM_SPACED) &&
           (a[first - 1].kind == ATOM_WORD || a[first - 1].code == '-' ||
            a[first - 1].code == '&' || a[first - 1].code == '/'))
        first--;
    for (size_t i = open + 1; i < first; i++)
        if (a[i].kind != ATOM_PUNCT &&
            !(a[i].kind == ATOM_WORD && atom_has(&a[i], ATOM_LEGAL) && !(a[i].flags & ATOM_UPPER)))
            return close;
    return first;
}

/* "(HĐND)" at the bracket `open`: its meaning stands before it. */
static void collect_bracketed(struct definitions *d, struct match *m, size_t open)
{
    size_t close = open + 1, first;
    while (close < m->atoms->n && close < open + MOST_LETTERS && !is_mark(m, close, ')'))
        close++;
    if (!is_mark(m, close, ')') || close == open + 1)
        return;
    size_t end = close;
    if (m->atoms->at[end - 1].code == '"' || m->atoms->at[end - 1].code == 0x201D)
        end--;
    size_t start = abbreviation_start(m, open, end);
    if (start >= end || !take_letters(m, start, end - 1))
        return;
    if (match_backwards(m, open, &first) ||
        (!has_reading(m, written_between(m, start, end - 1)) && name_before(m, open, &first)))
        add(d, m, start, end - 1, first, open);
}

/* "HĐND (Hội đồng nhân dân)": the abbreviation stands before the bracket. */
static void collect_explained(struct definitions *d, struct match *m, size_t open)
{
    size_t first = open, end;
    while (first > 0 && open - first < MOST_LETTERS) {
        first--;
        if (m->atoms->at[first].flags & ATOM_SPACED)
            break;
    }
    if (first == open || !take_letters(m, first, open - 1))
        return;
    if (match_forwards(m, open + 1, &end) ||
        (!has_reading(m, written_between(m, first, open - 1)) && name_inside(m, open + 1, &end)))
        add(d, m, first, open - 1, open + 1, end);
}

void definitions_collect(struct definitions *d, const struct rules *rules, struct sv text,
                         const char *lower, const struct atoms *atoms)
{
    struct match m = {.rules = rules, .text = text, .lower = lower, .atoms = atoms};
    for (size_t i = 0; i + 2 < atoms->n; i++) {
        if (!is_mark(&m, i, '('))
            continue;
        collect_bracketed(d, &m, i);
        collect_explained(d, &m, i);
    }
}
