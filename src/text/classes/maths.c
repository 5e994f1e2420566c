/* Sums and powers: 2+3=5, 6:2=3, 10^6, 5×10⁶; and x2 for "nhân hai". */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_TERMS = 12 };

struct sum {
    uint32_t end, terms;
    bool equals, power;
};

/* The digit of a superscript, 10 for its minus, -1 for anything else. */
static int superscript(const struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (a->kind != ATOM_SYMBOL || !atom_glued(s, i))
        return -1;
    switch (a->code) {
    case 0xB9:
        return 1;
    case 0xB2:
        return 2;
    case 0xB3:
        return 3;
    case 0x207B:
        return 10;
    default:
        return a->code == 0x2070 || (a->code >= 0x2074 && a->code <= 0x2079)
                   ? (int)(a->code - 0x2070)
                   : -1;
    }
}

/* How many atoms the power behind a number takes: ^6, ^-6, ⁶, ⁻⁶. Says it if `speak`. */
static uint32_t read_power(struct speaker *s, uint32_t i, bool ten, bool speak)
{
    enum { MOST_DIGITS = 4 };
    if (is_mark(s, i, '^') && atom_glued(s, i)) {
        bool minus = is_dash(s, i + 1);
        if (!is_number(s, i + 1 + minus))
            return 0;
        if (speak) {
            say(s, minus ? "mũ âm" : "mũ");
            say_number_atom(s, i + 1 + minus);
        }
        return 2 + minus;
    }
    uint32_t n = 0;
    while (n < MOST_DIGITS && superscript(s, i + n) >= 0)
        n++;
    bool plain = n == 1 && !ten && superscript(s, i) <= 3;
    if (!n || superscript(s, i + n - 1) > 9 || (plain && superscript(s, i) < 2))
        return 0;
    if (speak && plain)
        say(s, superscript(s, i) == 2 ? "bình phương" : "lập phương");
    if (speak && !plain) {
        uint64_t value = 0;
        bool minus = superscript(s, i) > 9;
        for (uint32_t k = minus; k < n; k++)
            value = value * 10 + (uint64_t)superscript(s, i + k) % 10;
        say(s, minus ? "mũ âm" : "mũ");
        say_cardinal(s, value);
    }
    return n;
}

static const char *sign(const struct speaker *s, uint32_t i)
{
    if (is_mark(s, i, '+'))
        return "cộng";
    if (is_dash(s, i))
        return "trừ";
    if (word_is(s, i, "x") || is_mark(s, i, 0xD7) || is_mark(s, i, '*'))
        return "nhân";
    if (is_mark(s, i, ':') || is_mark(s, i, 0xF7))
        return "chia";
    if (is_mark(s, i, '/'))
        return "phần";
    return is_mark(s, i, '=') ? "bằng" : NULL;
}

static bool is_ten(const struct numeral *n)
{
    return n->value == 10 && !n->fraction;
}

/* Goes over the terms from atom i on, saying them if `speak`; `sum` tells what they were. */
static void walk(struct speaker *s, uint32_t i, uint32_t most, bool speak, struct sum *sum)
{
    struct numeral n;
    *sum = (struct sum){.end = i};
    while (sum->terms < most && numeral_parse(s, i, &n)) {
        bool quarter = is_mark(s, i - 1, '/') && n.value == 4 && !n.fraction;
        if (speak && quarter)
            say(s, "tư");
        else if (speak)
            say_numeral(s, i, &n);
        uint32_t power = read_power(s, i + n.atoms, is_ten(&n), speak);
        sum->power = sum->power || power;
        sum->terms++;
        sum->end = i + n.atoms + power;
        const char *word = sign(s, sum->end);
        if (!word || !is_number(s, sum->end + 1))
            break;
        sum->equals = sum->equals || is_mark(s, sum->end, '=');
        if (speak && sum->terms < most)
            say(s, word);
        i = sum->end + 1;
    }
}

/* x2, x10: so many times. */
static uint32_t read_times(struct speaker *s, uint32_t i)
{
    if (!sv_is(atom_written(s, i), "x") || !is_number(s, i + 1) || !atom_glued(s, i + 1) ||
        digit_count(s, i + 1) > 3 || (atom_glued(s, i) && is_word(s, i - 1)))
        return 0;
    struct numeral n;
    numeral_parse(s, i + 1, &n);
    token_begin(s, CLASS_maths, "so many times", i, 1 + n.atoms);
    say(s, "nhân");
    say_numeral(s, i + 1, &n);
    token_end(s);
    return 1 + n.atoms;
}

uint32_t read_maths(struct speaker *s, uint32_t i)
{
    if (is_word(s, i))
        return read_times(s, i);
    struct sum sum;
    uint32_t next = i + 1;
    /* Most numbers are none: a look at what stands behind spares them the walk. */
    if (!sign(s, next) && !is_mark(s, next, '^') && !is_mark(s, next, ',') &&
        !is_mark(s, next, '.') && superscript(s, next) < 0)
        return 0;
    /* The middle of what was no sum is none either. */
    if (is_number(s, i - 2) && sign(s, i - 1))
        return 0;
    walk(s, i, MOST_TERMS, false, &sum);
    if (!sum.power && !(sum.equals && sum.terms > 2))
        return 0;
    uint32_t terms = sum.terms;
    token_begin(s, CLASS_maths, sum.equals ? "sum" : "power", i, sum.end - i);
    walk(s, i, terms, true, &sum);
    token_end(s);
    return sum.end - i;
}
