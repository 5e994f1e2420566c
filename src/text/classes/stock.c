#include "text/classes/stock.h"

enum { CODE_LETTERS = 3 };

static uint64_t stock_kinds(const struct view *v, struct sv lower)
{
    return packed_kinds(rules_table(v->rules, TABLE_STOCK_WORDS), lower);
}

static bool may_be_code(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return is_word(v, i) && !word_is(v, i - 1, "tp") /* TP HCM */ && a->text.len == CODE_LETTERS &&
           atom_has(a, ATOM_UPPER | ATOM_PLAIN) && (stock_kinds(v, atom_lower(v, i)) & STOCK_CODE);
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
    return is_joint(v, i, ",;/-", CUE_AND | CUE_OR) || word_is(v, i, "hay");
}

/* The atom of a bracket that belongs to the other one at atom i, going by `step`; i if it is far.
 */
static uint32_t other_bracket(const struct view *v, uint32_t i, int step)
{
    enum { INSIDE = 10 };
    uint32_t j = i;
    for (unsigned k = 0; k < INSIDE; k++) {
        j += (uint32_t)step;
        if (is_mark(v, j, step > 0 ? ')' : '('))
            return j;
    }
    return i;
}

/* The next place in a list behind atom i, before it for a step of -1; brackets after a code are
 * passed over: "VCG (1,8 triệu), VND (1,4 triệu)". NO_ATOM if no list goes on. */
static uint32_t next_in_list(const struct view *v, uint32_t i, int step)
{
    uint32_t j = i + (uint32_t)step;
    if (step > 0 && is_mark(v, j, '('))
        j = other_bracket(v, j, step) + 1;
    if (!is_list_mark(v, j))
        return NO_ATOM;
    j += (uint32_t)step;
    return step < 0 && is_mark(v, j, ')') ? other_bracket(v, j, step) - 1 : j;
}

/* VPB, STB, VND: another code is one or two places before it or behind it. */
static bool is_listed(const struct view *v, uint32_t i)
{
    for (int step = -1; step <= 1; step += 2) {
        uint32_t j = next_in_list(v, i, step);
        if (j == NO_ATOM)
            continue;
        uint32_t k = next_in_list(v, j, step);
        if (is_certain_code(v, j) || (k != NO_ATOM && is_certain_code(v, k)))
            return true;
    }
    return false;
}

/* The kinds of the word, or the two words, that end before atom i. */
static uint64_t kinds_before(const struct view *v, uint32_t i)
{
    uint64_t kinds = is_word(v, i - 1) ? stock_kinds(v, atom_lower(v, i - 1)) : 0;
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

bool is_bracketed_behind_firm(const struct view *v, uint32_t i)
{
    enum { NAME_WORDS = 9 };
    if (!is_mark(v, i - 1, '(') || !is_mark(v, i + 1, ')'))
        return false;
    for (uint32_t k = 1; k <= NAME_WORDS && is_word(v, i - 1 - k); k++)
        if (kinds_before(v, i - k) & STOCK_FIRM)
            return true;
    return false;
}

/* "KDC giảm 1,9% so với phiên trước": words of the market are near. */
static bool is_near_market(const struct view *v, uint32_t i)
{
    enum { NEAR = 12 };
    for (uint32_t k = 1; k <= NEAR; k++)
        if ((kinds_before(v, i - k) | kinds_before(v, i + 2 + k)) & STOCK_MARKET)
            return true;
    return false;
}

bool is_stock_code(const struct view *v, uint32_t i)
{
    return may_be_code(v, i) && (is_announced(v, i) || is_listed(v, i) ||
                                 is_bracketed_behind_firm(v, i) || is_near_market(v, i));
}
