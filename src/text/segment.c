#include "text/segment.h"

#include "base/utf8.h"

struct segmenter {
    struct sv text;
    const char *lower;
    const struct atom *at;
    uint32_t n;
    const struct rules *rules;
};

static bool is_punct(const struct segmenter *g, uint32_t i, uint32_t code)
{
    return i < g->n && g->at[i].kind == ATOM_PUNCT && g->at[i].code == code;
}

static bool is_closer(const struct segmenter *g, uint32_t i)
{
    return is_punct(g, i, ')') || is_punct(g, i, ']') || is_punct(g, i, '"') ||
           is_punct(g, i, 0x201D) || is_punct(g, i, 0x2019) || is_punct(g, i, 0xBB) ||
           is_punct(g, i, '\'');
}

static bool is_opener(const struct segmenter *g, uint32_t i)
{
    return is_punct(g, i, '(') || is_punct(g, i, '[') || is_punct(g, i, '"') ||
           is_punct(g, i, 0x201C) || is_punct(g, i, 0x2018) || is_punct(g, i, 0xAB) ||
           is_punct(g, i, '\'') || is_punct(g, i, '-') || is_punct(g, i, 0x2013) ||
           is_punct(g, i, 0x2014) || is_punct(g, i, '*') || is_punct(g, i, 0x2022);
}

static bool is_stop(const struct segmenter *g, uint32_t i)
{
    return is_punct(g, i, '.') || is_punct(g, i, '!') || is_punct(g, i, '?') ||
           is_punct(g, i, 0x2026);
}

static bool spaced(const struct segmenter *g, uint32_t i)
{
    return i >= g->n || (g->at[i].flags & ATOM_SPACED);
}

static struct sv lower_of(const struct segmenter *g, uint32_t i)
{
    return (struct sv){g->lower + g->at[i].text.off, g->at[i].text.len};
}

static bool word_is(const struct segmenter *g, uint32_t i, const char *lower)
{
    return i < g->n && g->at[i].kind == ATOM_WORD && sv_is(lower_of(g, i), lower);
}

/* The stop's run: "...", "?!", and the closing marks behind it. Gives the atom behind them. */
static uint32_t behind_stop(const struct segmenter *g, uint32_t i)
{
    uint32_t j = i + 1;
    while (j < g->n && is_stop(g, j) && !spaced(g, j))
        j++;
    while (j < g->n && is_closer(g, j)) {
        /* A straight quotation mark after a space opens the next sentence, unless nothing but a
         * stop follows it: `học ".` */
        bool straight = is_punct(g, j, '"') || is_punct(g, j, '\'');
        bool opens = spaced(g, j) && j + 1 < g->n && !spaced(g, j + 1) && !is_stop(g, j + 1);
        if (straight && opens)
            break;
        j++;
        while (j < g->n && is_stop(g, j) && !spaced(g, j))
            j++;
    }
    return j;
}

/* The first atom of what follows that is no opening mark or dash. */
static uint32_t next_content(const struct segmenter *g, uint32_t j)
{
    while (j < g->n && is_opener(g, j))
        j++;
    return j;
}

static bool begins_sentence(const struct segmenter *g, uint32_t j)
{
    uint32_t k = next_content(g, j);
    if (k >= g->n)
        return true;
    const struct atom *a = &g->at[k];
    if (a->kind == ATOM_NUMBER || a->kind == ATOM_SCRIPT)
        return true;
    if (a->kind == ATOM_WORD)
        return a->flags & ATOM_CAPITAL;
    return a->kind == ATOM_SYMBOL;
}

static uint32_t letters_of(const struct segmenter *g, uint32_t i)
{
    return (uint32_t)utf8_count(sv_at(g->text, g->at[i].text));
}

/* An abbreviation that always has something behind it: TP. PGS. ThS. Q. Tr. */
static bool is_leading_abbreviation(const struct segmenter *g, uint32_t i)
{
    static const char *const titles[] = {"tp", "tx", "tt", "gs",  "pgs", "ts",  "tskh", "ths", "bs",
                                         "ks", "kts", "ls", "cn", "dr",  "mr",  "mrs",  "ms",  "st",
                                         "no", "đc", "đ", "q",   "p",   "h",   "x",    "ql",  "đt",
                                         "tl", "tr", "bscki", "bsckii", "ncs", "nsnd", "nsưt", "gđ"};
    if (!(g->at[i].flags & ATOM_CAPITAL) && !word_is(g, i, "tr") && !word_is(g, i, "đc"))
        return false;
    for (size_t k = 0; k < sizeof titles / sizeof *titles; k++)
        if (word_is(g, i, titles[k]))
            return true;
    return false;
}

/* A single capital before the full stop: an initial, unless it ends a name ("Nguyễn Văn A."). */
static bool is_initial(const struct segmenter *g, uint32_t i)
{
    const struct atom *a = &g->at[i];
    if (a->kind != ATOM_WORD || !(a->flags & ATOM_UPPER) || letters_of(g, i) != 1)
        return false;
    if (i == 0 || spaced(g, i)) {
        bool name = i > 0 && g->at[i - 1].kind == ATOM_WORD && (g->at[i - 1].flags & ATOM_CAPITAL) &&
                    !(g->at[i - 1].flags & ATOM_UPPER) && spaced(g, i);
        return !name;
    }
    return false;
}

/* "1. X", "Điều 1. X", "II. X", "a. X" where the block begins. */
static bool is_list_marker(const struct segmenter *g, uint32_t begin, uint32_t i)
{
    uint32_t first = next_content(g, begin);
    if (i == first)
        return g->at[i].kind == ATOM_NUMBER || letters_of(g, i) == 1 || (g->at[i].flags & ATOM_UPPER);
    bool numbered = word_is(g, first, "điều") || word_is(g, first, "khoản") ||
                    word_is(g, first, "chương") || word_is(g, first, "mục") ||
                    word_is(g, first, "phần") || word_is(g, first, "bài") ||
                    word_is(g, first, "câu") || word_is(g, first, "bước") ||
                    word_is(g, first, "phụ");
    return numbered && i == first + 1 && letters_of(g, i) <= 5;
}

/* A full stop that belongs to what stands before it. */
static bool belongs(const struct segmenter *g, uint32_t begin, uint32_t i)
{
    if (!is_punct(g, i, '.') || g->at[i].text.len > 1 || i == begin || spaced(g, i))
        return false;
    uint32_t before = i - 1;
    if (g->at[before].kind == ATOM_WORD &&
        (is_leading_abbreviation(g, before) || is_initial(g, before)))
        return true;
    return (g->at[before].kind == ATOM_WORD || g->at[before].kind == ATOM_NUMBER) &&
           is_list_marker(g, begin, before);
}

/* A stop with no space behind it: only where a small syllable meets a capitalised one, a slip of
 * the typist ("xong.Hôm"). */
static bool is_slip(const struct segmenter *g, uint32_t i, uint32_t j)
{
    if (j != i + 1 || i == 0 || j >= g->n)
        return false;
    const struct atom *a = &g->at[i - 1], *b = &g->at[j];
    return a->kind == ATOM_WORD && b->kind == ATOM_WORD && atom_has(a, ATOM_LEGAL) &&
           !(a->flags & ATOM_CAPITAL) && atom_has(b, ATOM_LEGAL | ATOM_CAPITAL) &&
           !(b->flags & ATOM_UPPER) && b->text.len > 1;
}

static bool ends_sentence(const struct segmenter *g, uint32_t begin, uint32_t i, uint32_t j)
{
    if (j >= g->n)
        return true;
    if (!spaced(g, j))
        return is_slip(g, i, j) || (is_opener(g, j) && j > i + 1 && begins_sentence(g, j));
    return begins_sentence(g, j) && !belongs(g, begin, i);
}

void segment(struct sv text, const char *lower, const struct atoms *atoms, const struct rules *rules,
             struct ends *out)
{
    struct segmenter g = {text, lower, atoms->at, (uint32_t)atoms->n, rules};
    uint32_t begin = 0;
    for (uint32_t i = 0; i < g.n; i++) {
        if (!is_stop(&g, i))
            continue;
        uint32_t j = behind_stop(&g, i);
        if (ends_sentence(&g, begin, i, j)) {
            *vec_push(out) = j;
            begin = j;
        }
        i = j - 1;
    }
    if (begin < g.n)
        *vec_push(out) = g.n;
}
