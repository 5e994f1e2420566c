/* Symbols that are said: & + = > < ≥ ± × ÷ ‰ ~ ½ № (assets/rules/symbols.tsv). */
#include "text/classes/class.h"

/* Where a row's symbol is said: everywhere, before a number, between two things, or nowhere. */
static bool place_fits(const struct speaker *s, uint32_t i, struct sv where)
{
    if (sv_is(where, "number"))
        return is_number(s, i + 1) && atom_glued(s, i + 1);
    if (sv_is(where, "between")) {
        const struct atom *after = atom_at(s, i + 1);
        bool before = is_number(s, i - 1) || is_word(s, i - 1) || is_mark(s, i - 1, ')') ||
                      is_mark(s, i - 1, '%');
        return before && (after->kind == ATOM_NUMBER || after->kind == ATOM_WORD ||
                          is_mark(s, i + 1, '('));
    }
    return true;
}

/* GMT+7: a sign glued between a word and a number. */
static bool is_signed_zone(const struct speaker *s, uint32_t i)
{
    return is_mark(s, i, '+') && is_number(s, i + 1) && atom_glued(s, i + 1);
}

uint32_t read_symbol(struct speaker *s, uint32_t i)
{
    const struct rule *row = rules_find(s->rules, TABLE_SYMBOLS, atom_written(s, i), NULL);
    if (!row || !row->cell[1].n || (!place_fits(s, i, row->cell[2]) && !is_signed_zone(s, i)))
        return 0;
    token_begin(s, CLASS_symbol, "symbols.tsv", i, 1);
    say_sv(s, row->cell[1]);
    token_end(s);
    return 1;
}
