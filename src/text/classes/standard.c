/*
 * Standards with their year: ISO 9001:2015, TCVN 7790-1:2007, QCVN 01:2021/BYT.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* The atom after the parts of the number: 7790-1, 08-MT. */
static uint32_t number_end(const struct view *v, uint32_t i)
{
    enum { MOST_PARTS = 4 };
    uint32_t j = i + 1;
    for (unsigned k = 0; k < MOST_PARTS; k++) {
        bool part = is_number(v, j + 1) || atom_has(atom_at(v, j + 1), ATOM_UPPER);
        if (!is_tight_mark(v, j, '-') || !part)
            break;
        j += 2;
    }
    return j;
}

static const struct row *issuer_after(const struct view *v, uint32_t i)
{
    if (!is_tight_mark(v, i, '/') || !is_word(v, i + 1))
        return NULL;
    return rules_find(v->rules, TABLE_CODE_ISSUERS, atom_written(v, i + 1));
}

static void say_number(struct utterance *out, const struct view *v, uint32_t i, uint32_t end)
{
    for (uint32_t j = i; j < end; j++) {
        const struct row *row =
            is_word(v, j) ? rules_find(v->rules, TABLE_CODE_ISSUERS, atom_written(v, j)) : NULL;
        if (is_number(v, j))
            say_number_atom(out, v, j);
        else if (row && !row_kinds(row))
            say_sv(out, row_text(row, CODE_ISSUERS_SPOKEN));
        else if (is_word(v, j))
            say_letters(out, atom_written(v, j), false);
    }
}

uint32_t read_standard(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_upper(v, i - 1) || atom_at(v, i - 1)->text.len < 2)
        return 0;
    uint32_t end = number_end(v, i);
    int32_t year = small_number(v, end + 1);
    if (!is_tight_mark(v, end, ':') || digit_count(v, end + 1) != 4)
        return 0;
    const struct row *issuer = issuer_after(v, end + 2);
    token_begin(out, v, CLASS_standard, "standard and its year", i, end + 2 - i);
    say_number(out, v, i, end);
    token_end(out);
    say_pause(out, ',');
    say(out, "năm");
    say_cardinal(out, (uint64_t)year);
    token_end(out);
    if (!issuer || row_kinds(issuer))
        return end + 2 - i;
    say_pause(out, ',');
    token_begin(out, v, CLASS_standard, "who issued the standard", end + 3, 1);
    say_sv(out, row_text(issuer, CODE_ISSUERS_SPOKEN));
    token_end(out);
    pause_before_words(out, v, end + 4);
    return end + 4 - i;
}
