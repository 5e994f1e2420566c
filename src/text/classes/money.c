/*
 * Money whose currency stands apart from its number: $3,2 tỷ, USD 100, 60 tỷ USD, vài triệu USD.
 * (25.000đ and 3-5 triệu USD are read in measure.c.)
 */
#include "text/classes/amount.h"
#include "text/classes/class.h"

/* $25,000: behind a sign three digits behind a comma are thousands, unless a scale follows. */
static void mend_thousands(const struct speaker *s, struct amount *a)
{
    struct numeral *n = &a->number;
    if (n->fraction && digit_count(s, n->fraction) == 3 && is_mark(s, n->fraction - 1, ',') &&
        !a->scale && n->value && !n->grouped) {
        n->value = n->value * 1000 + (uint64_t)small_number(s, n->fraction);
        n->fraction = 0;
    }
}

/* The currency in front and its amount; false if what stands at atom i is none. */
static bool parse_front(const struct speaker *s, uint32_t i, struct unit *u, struct amount *a)
{
    if (is_number(s, i) || !currency_parse(s, i, true, u))
        return false;
    uint32_t at = i + u->atoms;
    bool sign = atom_at(s, at - 1)->kind == ATOM_SYMBOL;
    bool code = !sign && atom_has(atom_at(s, i), ATOM_UPPER) && atom_at(s, i)->text.len >= 3;
    if (!is_number(s, at) || (!sign && !code) || !amount_parse(s, at, a))
        return false;
    /* $100 and its second sign are one; USD 5 kg are two things. */
    if (a->has_unit && unit_is(&a->unit, UNIT_THOUSAND))
        return true;
    if (a->has_unit) {
        a->has_unit = false;
        a->tail = 0;
        a->end = a->scale ? a->scale + 1 : a->number_at + a->number.atoms;
    }
    mend_thousands(s, a);
    return true;
}

/* $3,2 tỷ, $100-$200, $100-200: the currency is said behind the numbers and their scale. */
static uint32_t read_front(struct speaker *s, uint32_t i)
{
    struct unit u, again;
    struct amount from, to;
    if (!parse_front(s, i, &u, &from))
        return 0;
    uint32_t end = from.end;
    bool range = is_dash(s, end) &&
                 ((parse_front(s, end + 1, &again, &to) && again.row == u.row) ||
                  amount_parse(s, end + 1, &to)) &&
                 !to.has_unit && amounts_rise(s, &from, &to);
    if (range)
        end = to.end;
    uint32_t n = end - i, strokes = read_strokes(s, end, CLASS_money, false, false);
    token_begin(s, CLASS_money, "currency before its number", i, n + strokes);
    say_amount(s, &from, false);
    if (range) {
        say(s, "đến");
        say_amount(s, &to, false);
    }
    say_unit(s, &u);
    read_strokes(s, end, CLASS_money, false, true);
    token_end(s);
    return n + strokes;
}

/* 60 tỷ USD, vài trăm USD: a currency behind a word that says how many. */
static uint32_t read_behind(struct speaker *s, uint32_t i)
{
    struct unit u;
    if (!(word_is_kind(s, i - 1, UNIT_SCALE) || is_number(s, i - 1)) ||
        !currency_parse(s, i, false, &u))
        return 0;
    uint32_t strokes = read_strokes(s, i + u.atoms, CLASS_money, false, false);
    token_begin(s, CLASS_money, "currency", i, u.atoms + strokes);
    say_unit(s, &u);
    read_strokes(s, i + u.atoms, CLASS_money, false, true);
    token_end(s);
    return u.atoms + strokes;
}

uint32_t read_money(struct speaker *s, uint32_t i)
{
    uint32_t n = read_front(s, i);
    return n ? n : read_behind(s, i);
}
