/* Symbols that are said: & + = > < ≥ ± × ÷ ‰ ~ ½ № (assets/rules/symbols.tsv). */
#include "text/classes/class.h"

/* Whether the symbol is said here: `where` is everywhere, before a number, or between two things.
 * */
static bool is_said_here(const struct view *v, uint32_t i, uint64_t where)
{
    bool number = is_number(v, i + 1) && atom_glued(v, i + 1);
    if (where & SYMBOL_NUMBER)
        return number;
    if ((where & SYMBOL_COMPARE) && (is_number(v, i + 1) || is_mark(v, i + 1, '=')))
        return true;
    if (where & (SYMBOL_BETWEEN | SYMBOL_COMPARE)) {
        const struct atom *after = atom_at(v, i + 1);
        bool before = is_number(v, i - 1) || is_word(v, i - 1) || is_mark(v, i - 1, ')') ||
                      is_mark(v, i - 1, '%');
        return before &&
               (after->kind == ATOM_NUMBER || after->kind == ATOM_WORD || is_mark(v, i + 1, '('));
    }
    return true;
}

/* GMT+7, +5%, 18+, C++: a plus glued to something on one side. */
static bool is_glued_plus(const struct view *v, uint32_t i)
{
    if (!is_mark(v, i, '+'))
        return false;
    bool front = is_number(v, i + 1) && atom_glued(v, i + 1);
    bool back = atom_glued(v, i) && (is_number(v, i - 1) || is_word(v, i - 1) ||
                                     (is_mark(v, i - 1, '+') && atom_glued(v, i - 1)));
    return front || back;
}

/* >= and <=, as typed. */
static bool is_or_equal(const struct view *v, uint32_t i)
{
    return (is_mark(v, i, '>') || is_mark(v, i, '<')) && is_mark(v, i + 1, '=') &&
           atom_glued(v, i + 1);
}

uint32_t read_symbol(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct row *row = rules_find(v->rules, TABLE_SYMBOLS, atom_written(v, i));
    struct sv spoken = row ? row_text(row, SYMBOLS_SPOKEN) : SV("");
    if (!spoken.n || (!is_said_here(v, i, row_kinds(row)) && !is_glued_plus(v, i)))
        return 0;
    bool equal = is_or_equal(v, i);
    token_begin(out, v, CLASS_symbol, "symbols.tsv", i, equal ? 2 : 1);
    say_sv(out, spoken);
    if (equal)
        say(out, "hoặc bằng");
    token_end(out);
    return equal ? 2 : 1;
}
