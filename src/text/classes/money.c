/*
 * Money with its currency before the number, or after a scale: $3,2 tỷ, USD 100, 60 tỷ USD, vài
 * triệu USD. (25.000đ and 3-5 triệu USD are read in measure.c.)
 */
#include "text/classes/amount.h"
#include "text/classes/class.h"

/* $25,000: after a currency sign, three digits after a comma are thousands, unless a scale follows.
 * */
static void mend_thousands(const struct view *v, struct amount *a)
{
    struct numeral *n = &a->number;
    if (n->fraction && digit_count(v, n->fraction) == 3 && is_mark(v, n->fraction - 1, ',') &&
        !a->scale && n->value && !n->grouped) {
        n->value = n->value * 1000 + (uint64_t)small_number(v, n->fraction);
        n->fraction = 0;
    }
}

/* $3bn, $1.2B, €500M */
static bool take_short_scale(const struct view *v, struct amount *a)
{
    uint32_t letters = a->number_at + a->number.atoms;
    a->short_scale = short_scale_at(v, letters);
    if (!a->short_scale)
        return false;
    a->has_unit = false;
    a->tail = 0;
    a->end = letters + 1;
    return true;
}

/* Finds a currency and the amount after it; false if there is none at atom i. */
static bool parse_currency_first(const struct view *v, uint32_t i, struct unit *u, struct amount *a)
{
    if (is_number(v, i) || !currency_parse(v, i, true, u) || unit_is(u, UNIT_LAST))
        return false;
    uint32_t at = i + u->atoms;
    bool sign = atom_at(v, at - 1)->kind == ATOM_SYMBOL;
    if (!sign && word_is(v, i, "euro") && digit_count(v, at) == 4 && !is_inner_mark(v, at + 1, ','))
        return false; /* EURO 2024: a championship */
    bool code = is_upper(v, i) && atom_at(v, i)->text.len >= 3;
    if (!is_number(v, at) || (!sign && !code) || !amount_parse(v, at, a))
        return false;
    if (take_short_scale(v, a))
        return true;
    /* "$5k" is one amount; "USD 5 kg" is not. */
    if (a->has_unit && unit_is(&a->unit, UNIT_THOUSAND))
        return true;
    if (a->has_unit) {
        a->has_unit = false;
        a->tail = 0;
        a->end = a->scale ? a->scale + 1 : a->number_at + a->number.atoms;
    }
    mend_thousands(v, a);
    return true;
}

/* The end of a range without a currency of its own: $100-200, $3-5bn. */
static bool parse_second(const struct view *v, uint32_t i, struct amount *a)
{
    if (!amount_parse(v, i, a))
        return false;
    take_short_scale(v, a);
    return true;
}

/* $3,2 tỷ, $100-$200, $100-200: the currency is said after the numbers and their scale. */
static uint32_t read_currency_first(struct utterance *out, const struct view *v, uint32_t i)
{
    struct unit u, again;
    struct amount from, to;
    if (!parse_currency_first(v, i, &u, &from))
        return 0;
    uint32_t end = from.end;
    bool range = is_dash(v, end) &&
                 ((parse_currency_first(v, end + 1, &again, &to) && again.row == u.row) ||
                  parse_second(v, end + 1, &to)) &&
                 !to.has_unit && amounts_rise(v, &from, &to);
    if (range)
        end = to.end;
    uint32_t n = end - i, strokes = read_strokes(out, v, end, CLASS_money, false, false);
    token_begin(out, v, CLASS_money, "currency before its number", i, n + strokes);
    say_amount(out, v, &from, false);
    if (range) {
        say(out, "đến");
        say_amount(out, v, &to, false);
    }
    say_unit(out, &u);
    read_strokes(out, v, end, CLASS_money, false, true);
    token_end(out);
    return n + strokes;
}

/* một USD, giá USD, đồng EUR: the code of a currency after one of these words. */
static bool is_code_of_money(const struct view *v, uint32_t i)
{
    return is_upper(v, i) && atom_at(v, i)->text.len == 3 && !is_mark(v, i + 1, '/') &&
           (word_is_kind(v, i - 1, UNIT_EACH) || near_before(v, i, NEAR_PRICED));
}

/* 60 tỷ USD, vài trăm USD, 40 tr đ: a currency after a word for a quantity. */
static uint32_t read_currency_last(struct utterance *out, const struct view *v, uint32_t i)
{
    struct unit u;
    bool counted = word_is_kind(v, i - 1, UNIT_SCALE) || is_number(v, i - 1) ||
                   (word_is_kind(v, i - 1, UNIT_MONEY) && is_number(v, i - 2));
    if (!(counted || is_code_of_money(v, i)) || !currency_parse(v, i, false, &u))
        return 0;
    uint32_t strokes = read_strokes(out, v, i + u.atoms, CLASS_money, false, false);
    token_begin(out, v, CLASS_money, "currency", i, u.atoms + strokes);
    if (word_is(v, i - 1, "đồng") && (word_is(v, i, "vnd") || word_is(v, i, "vnđ")))
        say(out, "việt nam"); /* đồng VND */
    else
        say_unit(out, &u);
    read_strokes(out, v, i + u.atoms, CLASS_money, false, true);
    token_end(out);
    return u.atoms + strokes;
}

uint32_t read_money(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_currency_first(out, v, i);
    return n ? n : read_currency_last(out, v, i);
}
