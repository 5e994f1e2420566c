/* Symbols that are said: & + = > < ≥ ± × ÷ ‰ ~ ½ № (assets/rules/symbols.tsv). */
#include "text/classes/class.h"

/* Where a row's symbol is said: everywhere, before a number, between two things, or nowhere. */
static bool place_fits(const struct speaker *s, uint32_t i, struct sv where)
{
    bool number = is_number(s, i + 1) && atom_glued(s, i + 1);
    if (sv_is(where, "number"))
        return number;
    if (sv_is(where, "compare") && (is_number(s, i + 1) || is_mark(s, i + 1, '=')))
        return true;
    if (sv_is(where, "between") || sv_is(where, "compare")) {
        const struct atom *after = atom_at(s, i + 1);
        bool before = is_number(s, i - 1) || is_word(s, i - 1) || is_mark(s, i - 1, ')') ||
                      is_mark(s, i - 1, '%');
        return before &&
               (after->kind == ATOM_NUMBER || after->kind == ATOM_WORD || is_mark(s, i + 1, '('));
    }
    return true;
}

/* GMT+7, +5%, 18+, C++: a plus glued to something on one side. */
static bool is_glued_plus(const struct speaker *s, uint32_t i)
{
    if (!is_mark(s, i, '+'))
        return false;
    bool front = is_number(s, i + 1) && atom_glued(s, i + 1);
    bool back = atom_glued(s, i) && (is_number(s, i - 1) || is_word(s, i - 1) ||
                                     (is_mark(s, i - 1, '+') && atom_glued(s, i - 1)));
    return front || back;
}

/* >= and <=, as typed. */
static bool is_or_equal(const struct speaker *s, uint32_t i)
{
    return (is_mark(s, i, '>') || is_mark(s, i, '<')) && is_mark(s, i + 1, '=') &&
           atom_glued(s, i + 1);
}

uint32_t read_symbol(struct speaker *s, uint32_t i)
{
    const struct rule *row = rules_find(s->rules, TABLE_SYMBOLS, atom_written(s, i), NULL);
    if (!row || !row->cell[1].n || (!place_fits(s, i, row->cell[2]) && !is_glued_plus(s, i)))
        return 0;
    bool equal = is_or_equal(s, i);
    token_begin(s, CLASS_symbol, "symbols.tsv", i, equal ? 2 : 1);
    say_sv(s, row->cell[1]);
    if (equal)
        say(s, "hoặc bằng");
    token_end(s);
    return equal ? 2 : 1;
}
