#include "text/classes/numeral.h"

enum { MAX_DIGITS = 18, MAX_GROUPS = 7 };

uint32_t digit_count(const struct speaker *s, uint32_t i)
{
    return is_number(s, i) ? atom_at(s, i)->text.len : 0;
}

static uint64_t value_of(struct sv digits)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.n; i++)
        value = value * 10 + (uint64_t)(digits.p[i] - '0');
    return value;
}

int32_t small_number(const struct speaker *s, uint32_t i)
{
    uint32_t n = digit_count(s, i);
    return n >= 1 && n <= 9 ? (int32_t)value_of(atom_written(s, i)) : -1;
}

/* How many further groups of three digits, each behind a glued `mark`, follow number atom i. */
static uint32_t groups_after(const struct speaker *s, uint32_t i, uint32_t mark)
{
    uint32_t n = 0;
    while (n <= MAX_GROUPS && is_mark(s, i + 1, mark) && atom_glued(s, i + 1) &&
           digit_count(s, i + 2) == 3 && atom_glued(s, i + 2)) {
        n++;
        i += 2;
    }
    return n;
}

/* 10 000 000: groups of three behind single spaces. Two groups at least unless the first is
 * short, as "năm 2024 100 người" is no number. */
static uint32_t spaced_groups_after(const struct speaker *s, uint32_t i)
{
    uint32_t n = 0;
    while (n <= MAX_GROUPS && digit_count(s, i + 1) == 3 &&
           atom_at(s, i + 1)->text.off == atom_at(s, i)->text.off + atom_at(s, i)->text.len + 1) {
        n++;
        i++;
    }
    return n;
}

static bool decimals_follow(const struct speaker *s, uint32_t i, uint32_t mark)
{
    return is_mark(s, i, mark) && atom_glued(s, i) && is_number(s, i + 1) && atom_glued(s, i + 1);
}

static void take_groups(const struct speaker *s, uint32_t i, uint32_t step, uint32_t groups,
                        struct numeral *out)
{
    for (uint32_t g = 1; g <= groups; g++)
        out->value = out->value * 1000 + value_of(atom_written(s, i + g * step));
    out->atoms = 1 + groups * step;
    out->grouped = true;
}

static bool first_group_fits(struct sv first)
{
    return first.n <= 3 && first.p[0] != '0';
}

bool numeral_parse(const struct speaker *s, uint32_t i, struct numeral *out)
{
    struct sv first = atom_written(s, i);
    if (!is_number(s, i))
        return false;
    *out = (struct numeral){.atoms = 1};
    out->spelled = first.n > MAX_DIGITS || (first.n > 1 && first.p[0] == '0');
    if (!out->spelled)
        out->value = value_of(first);
    uint32_t dots = first_group_fits(first) ? groups_after(s, i, '.') : 0;
    uint32_t commas = first_group_fits(first) && !dots ? groups_after(s, i, ',') : 0;
    uint32_t spaces = first_group_fits(first) && !dots && !commas ? spaced_groups_after(s, i) : 0;
    if (dots && dots <= 5)
        take_groups(s, i, 2, dots, out);
    else if (commas >= 2 && commas <= 5)
        take_groups(s, i, 2, commas, out);
    else if (spaces >= 2 && spaces <= 5)
        take_groups(s, i, 1, spaces, out);
    uint32_t next = i + out->atoms;
    bool many_dots = !out->grouped && is_mark(s, next + 2, '.') && atom_glued(s, next + 2) &&
                     is_number(s, next + 3) && atom_glued(s, next + 3);
    if (decimals_follow(s, next, ',') ||
        (!out->grouped && !many_dots && decimals_follow(s, next, '.'))) {
        out->fraction = next + 1;
        out->atoms += 2;
        /* "0,5" and "00,5": a lone zero before the comma is a number. */
        if (first.n == 1)
            out->spelled = false;
    }
    return true;
}

static const char *const digit_names[10] = {"không", "một", "hai", "ba",  "bốn",
                                            "năm",   "sáu", "bảy", "tám", "chín"};

void say_digits(struct speaker *s, struct sv digits)
{
    for (size_t i = 0; i < digits.n; i++)
        if (digits.p[i] >= '0' && digits.p[i] <= '9')
            say(s, digit_names[digits.p[i] - '0']);
}

static const char *link_word(const struct speaker *s)
{
    return s->options->dialect == DIALECT_SOUTH ? "lẻ" : "linh";
}

static const char *thousand_word(const struct speaker *s)
{
    return s->options->dialect == DIALECT_SOUTH ? "ngàn" : "nghìn";
}

static void say_tens(struct speaker *s, unsigned value)
{
    unsigned tens = value / 10, ones = value % 10;
    if (tens == 1)
        say(s, "mười");
    else {
        say(s, digit_names[tens]);
        say(s, "mươi");
    }
    if (ones == 5)
        say(s, "lăm");
    else if (ones == 1 && tens > 1)
        say(s, "mốt");
    else if (ones == 4 && tens > 1)
        say(s, "tư");
    else if (ones)
        say(s, digit_names[ones]);
}

/* A group of up to three digits; `inside` another group was said before it. */
static void say_group(struct speaker *s, unsigned value, bool inside)
{
    unsigned hundreds = value / 100, rest = value % 100;
    if (hundreds || inside) {
        say(s, digit_names[hundreds]);
        say(s, "trăm");
    }
    if (rest >= 10)
        say_tens(s, rest);
    else if (rest) {
        if (hundreds || inside)
            say(s, link_word(s));
        say(s, digit_names[rest]);
    }
}

static void say_below_billion(struct speaker *s, uint32_t value, bool inside)
{
    uint32_t millions = value / 1000000, thousands = value / 1000 % 1000, ones = value % 1000;
    if (millions) {
        say_group(s, millions, inside);
        say(s, "triệu");
        inside = true;
    }
    if (thousands) {
        say_group(s, thousands, inside);
        say(s, thousand_word(s));
        inside = true;
    }
    if (ones)
        say_group(s, ones, inside);
}

void say_cardinal(struct speaker *s, uint64_t value)
{
    if (!value) {
        say(s, digit_names[0]);
        return;
    }
    uint64_t billions = value / 1000000000;
    if (billions) {
        say_below_billion(s, (uint32_t)billions, false);
        say(s, "tỷ");
    }
    say_below_billion(s, (uint32_t)(value % 1000000000), billions != 0);
}

void say_number_atom(struct speaker *s, uint32_t i)
{
    struct sv digits = atom_written(s, i);
    if (digits.n > MAX_DIGITS || (digits.n > 1 && digits.p[0] == '0'))
        say_digits(s, digits);
    else
        say_cardinal(s, value_of(digits));
}

void say_month(struct speaker *s, uint64_t month)
{
    if (month == 4)
        say(s, "tư");
    else
        say_cardinal(s, month);
}

void say_numeral(struct speaker *s, uint32_t i, const struct numeral *n)
{
    if (n->spelled)
        say_digits(s, atom_written(s, i));
    else
        say_cardinal(s, n->value);
    if (!n->fraction)
        return;
    struct sv decimals = atom_written(s, n->fraction);
    say(s, "phẩy");
    if (decimals.n <= 2 && decimals.p[0] != '0')
        say_cardinal(s, value_of(decimals));
    else
        say_digits(s, decimals);
}

bool is_range_dash(const struct speaker *s, uint32_t i)
{
    if (!is_dash(s, i))
        return false;
    return atom_glued(s, i) == atom_glued(s, i + 1);
}
