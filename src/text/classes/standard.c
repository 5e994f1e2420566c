/* Standards with the year they were issued in: ISO 9001:2015, TCVN 7790-1:2007, QCVN 01:2021/BYT.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

static bool is_glued_mark(const struct speaker *s, uint32_t i, uint32_t mark)
{
    return is_mark(s, i, mark) && atom_glued(s, i) && atom_glued(s, i + 1);
}

/* The parts of the number: 7790-1, 08-MT. Gives the atom behind them. */
static uint32_t number_end(const struct speaker *s, uint32_t i)
{
    enum { MOST_PARTS = 4 };
    uint32_t j = i + 1;
    for (unsigned k = 0; k < MOST_PARTS; k++) {
        bool part = is_number(s, j + 1) || atom_has(atom_at(s, j + 1), ATOM_UPPER);
        if (!is_glued_mark(s, j, '-') || !part)
            break;
        j += 2;
    }
    return j;
}

static const struct row *issuer_behind(const struct speaker *s, uint32_t i)
{
    if (!is_glued_mark(s, i, '/') || !is_word(s, i + 1))
        return NULL;
    return rules_find(s->rules, TABLE_CODE_ISSUERS, atom_written(s, i + 1));
}

static void say_number(struct speaker *s, uint32_t i, uint32_t end)
{
    for (uint32_t j = i; j < end; j++) {
        const struct row *row =
            is_word(s, j) ? rules_find(s->rules, TABLE_CODE_ISSUERS, atom_written(s, j)) : NULL;
        if (is_number(s, j))
            say_number_atom(s, j);
        else if (row && !row_kinds(row))
            say_sv(s, row_text(row, CODE_ISSUERS_SPOKEN));
        else if (is_word(s, j))
            say_letters(s, atom_written(s, j), false);
    }
}

uint32_t read_standard(struct speaker *s, uint32_t i)
{
    const struct atom *name = atom_at(s, i - 1);
    if (i == s->begin || name->kind != ATOM_WORD || !atom_has(name, ATOM_UPPER) ||
        name->text.len < 2)
        return 0;
    uint32_t end = number_end(s, i);
    int32_t year = small_number(s, end + 1);
    if (!is_glued_mark(s, end, ':') || digit_count(s, end + 1) != 4 || year < 1900 || year > 2100)
        return 0;
    const struct row *issuer = issuer_behind(s, end + 2);
    token_begin(s, CLASS_standard, "standard and its year", i, end + 2 - i);
    say_number(s, i, end);
    say(s, "năm");
    say_cardinal(s, (uint64_t)year);
    token_end(s);
    if (!issuer || row_kinds(issuer))
        return end + 2 - i;
    say_pause(s, ',');
    token_begin(s, CLASS_standard, "who issued the standard", end + 3, 1);
    say_sv(s, row_text(issuer, CODE_ISSUERS_SPOKEN));
    token_end(s);
    return end + 4 - i;
}
