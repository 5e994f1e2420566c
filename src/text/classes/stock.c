#include "text/classes/stock.h"

enum { CODE_LETTERS = 3 };

static uint32_t stock_kinds(const struct view *v, struct sv lower)
{
    const struct row *row = rules_find(v->rules, TABLE_STOCK_WORDS, lower);
    return row ? row_kinds(row) : 0;
}

static bool may_be_code(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return is_word(v, i) && a->text.len == CODE_LETTERS && atom_has(a, ATOM_UPPER | ATOM_PLAIN) &&
           (stock_kinds(v, atom_lower(v, i)) & STOCK_CODE);
}

/* A code that is nothing else. */
static bool is_certain_code(const struct view *v, uint32_t i)
{
    if (!may_be_code(v, i))
        return false;
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i));
    return !row || (row_kinds(row) & SPELLED);
}

static bool is_list_mark(const struct view *v, uint32_t i)
{
    return is_mark(v, i, ',') || is_mark(v, i, ';') || is_mark(v, i, '/') || is_mark(v, i, '-') ||
           word_is(v, i, "và") || word_is(v, i, "hay") || word_is(v, i, "hoặc");
}

/* VPB, STB, VND: another code is one or two places before it or behind it. */
static bool is_listed(const struct view *v, uint32_t i)
{
    if (is_list_mark(v, i - 1) &&
        (is_certain_code(v, i - 2) || (is_list_mark(v, i - 3) && is_certain_code(v, i - 4))))
        return true;
    return is_list_mark(v, i + 1) &&
           (is_certain_code(v, i + 2) || (is_list_mark(v, i + 3) && is_certain_code(v, i + 4)));
}

/* The kinds of the word, or the two words, that end before atom i. */
static uint32_t kinds_before(const struct view *v, uint32_t i)
{
    uint32_t kinds = is_word(v, i - 1) ? stock_kinds(v, atom_lower(v, i - 1)) : 0;
    if (is_word(v, i - 1) && is_word(v, i - 2))
        kinds |= stock_kinds(v, atoms_lower(v, i - 2, i - 1));
    /* "công ty CP KDC": CP is cổ phần. */
    if (word_is(v, i - 1, "cp") && word_is(v, i - 2, "ty"))
        kinds = 0;
    return kinds;
}

/* "mã HSG", "(HOSE: HSG)"; "cổ phiếu thép như HSG": some words in small letters between. */
static bool is_announced(const struct view *v, uint32_t i)
{
    enum { WORDS_BETWEEN = 3 };
    uint32_t j = i;
    while (i - j < 2 && (is_mark(v, j - 1, ':') || is_mark(v, j - 1, '(')))
        j--;
    if (kinds_before(v, j) & (STOCK_BEFORE | STOCK_FAR))
        return true;
    for (uint32_t k = 1; k <= WORDS_BETWEEN && is_syllable(v, j - k) && !is_upper(v, j - k); k++)
        if (kinds_before(v, j - k) & STOCK_FAR)
            return true;
    return false;
}

static bool is_alone_in_brackets(const struct view *v, uint32_t i)
{
    return is_mark(v, i - 1, '(') && is_mark(v, i + 1, ')') && is_capitalized(v, i - 2);
}

bool is_stock_code(const struct view *v, uint32_t i)
{
    return may_be_code(v, i) &&
           (is_announced(v, i) || is_listed(v, i) || is_alone_in_brackets(v, i));
}
