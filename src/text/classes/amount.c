#include "text/classes/amount.h"

#include "text/classes/class.h"

/* 1m75, 3kg5, 1tr5: digits behind a unit that takes them. "m2" is an area, but a length behind
 * "cao" and the like. */
static bool tail_parse(const struct speaker *s, const struct amount *a, uint32_t i, struct unit *u,
                       uint32_t *tail)
{
    enum { WORDS = 3, MOST_DIGITS = 2, SHORT = 10 };
    const struct row *row = rules_find(s->rules, TABLE_UNITS, atom_written(s, i));
    *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = 1};
    if (!row || !unit_is(u, UNIT_TAIL) || a->number.fraction || a->number.grouped ||
        !atom_glued(s, i))
        return false;
    uint32_t digits = digit_count(s, i + 1);
    if (!digits || !atom_glued(s, i + 1) ||
        digits > (unit_is(u, UNIT_PHYSICAL) ? MOST_DIGITS : MOST_DIGITS + 1u))
        return false;
    if (atom_glued(s, i + 2) && (is_word(s, i + 2) || is_number(s, i + 2)))
        return false;
    if (unit_is(u, UNIT_MONEY) || unit_is(u, UNIT_SCALE))
        u->cls = CLASS_money;
    struct sv written = atom_written(s, i + 1);
    bool length = !unit_is(u, UNIT_LENGTH) || (!sv_is(written, "2") && !sv_is(written, "3"));
    for (uint32_t k = 1; k <= WORDS && !length && a->number.value < SHORT; k++)
        length = rules_cues(s->rules, atom_lower(s, a->begin - k)) & CUE_HEIGHT;
    *tail = i + 1;
    return length;
}

static bool is_sign(const struct speaker *s, uint32_t i)
{
    return (is_mark(s, i, '-') || is_mark(s, i, 0x2212)) && atom_glued(s, i + 1) &&
           is_number(s, i + 1);
}

/* An en dash is a minus before degrees only: –5°C. */
static bool is_degrees_sign(const struct speaker *s, uint32_t i)
{
    struct numeral n;
    return is_mark(s, i, 0x2013) && atom_has(atom_at(s, i), ATOM_SPACED) && atom_glued(s, i + 1) &&
           !is_number(s, i - 1) && numeral_parse(s, i + 1, &n) &&
           (is_mark(s, i + 1 + n.atoms, 0xB0) || is_mark(s, i + 1 + n.atoms, 0xBA));
}

bool amount_parse(const struct speaker *s, uint32_t i, struct amount *a)
{
    *a = (struct amount){.begin = i};
    a->about = is_mark(s, i, '~') || is_mark(s, i, 0x2248);
    i += a->about;
    a->minus = is_minus(s, i) || is_degrees_sign(s, i) || (is_sign(s, i) && a->about);
    i += a->minus;
    a->number_at = i;
    if (!numeral_parse(s, i, &a->number))
        return false;
    i += a->number.atoms;
    if (tail_parse(s, a, i, &a->unit, &a->tail)) {
        a->has_unit = true;
        a->end = a->tail + 1;
        return true;
    }
    a->tail = 0;
    if (word_is_kind(s, i, UNIT_SCALE))
        a->scale = i++;
    a->has_unit = unit_parse(s, i, &a->unit);
    a->end = i + (a->has_unit ? a->unit.atoms : 0);
    return true;
}

void say_amount(struct speaker *s, const struct amount *a, bool bare)
{
    if (a->about && !word_is(s, a->begin - 1, "khoảng"))
        say(s, "khoảng");
    if (a->minus && !word_is(s, a->begin - 1, "âm"))
        say(s, "âm");
    say_numeral(s, a->number_at, &a->number);
    if (bare)
        return;
    if (a->scale)
        say_sv(s, atom_lower(s, a->scale));
    /* phút 90': the sign repeats the word in front. */
    bool said = a->has_unit && unit_is(&a->unit, UNIT_CLOCK) && word_is(s, a->begin - 1, "phút");
    if (a->has_unit && !said)
        say_unit(s, &a->unit);
    if (a->tail)
        say_number_atom(s, a->tail);
}

/* -1, 0 or 1 as the numbers alone compare. */
static int compare(const struct speaker *s, const struct amount *a, const struct amount *b)
{
    if (a->number.value != b->number.value)
        return a->number.value < b->number.value ? -1 : 1;
    if (!a->number.fraction || !b->number.fraction)
        return !!a->number.fraction - !!b->number.fraction;
    return sv_cmp(atom_written(s, a->number.fraction), atom_written(s, b->number.fraction));
}

bool amounts_rise(const struct speaker *s, const struct amount *a, const struct amount *b)
{
    if (b->about)
        return false;
    /* 5m - 7: the unit stands behind the last of a range, or behind both. */
    if (a->has_unit && (!b->has_unit || a->unit.cls != b->unit.cls))
        return false;
    if (a->scale && !b->scale && !a->has_unit && !b->has_unit)
        return false;
    bool scales_differ =
        a->scale && b->scale && !sv_eq(atom_lower(s, a->scale), atom_lower(s, b->scale));
    bool units_differ = a->has_unit && a->unit.row != b->unit.row;
    if (a->has_unit && !units_fit(&a->unit, &b->unit))
        return false;
    if (scales_differ || units_differ || (a->has_unit && a->unit.prefix != b->unit.prefix))
        return true;
    if ((a->scale || (a->has_unit && b->scale)) && !(a->scale && b->scale))
        return true;
    if (a->minus != b->minus)
        return a->minus;
    return a->minus ? compare(s, a, b) > 0 : compare(s, a, b) < 0;
}
