/* Sums and powers: 2+3=5, 6:2=3, 10^6, 5×10⁶; and x2 for "nhân hai". */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_TERMS = 12 };

struct sum {
    uint32_t end, terms;
    bool equals, power;
};

/* The digit of a superscript, 10 for its minus, -1 for anything else. */
static int superscript(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind != ATOM_SYMBOL || !atom_glued(v, i))
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

/* The number of atoms of the power after a number: ^6, ^-6, ⁶, ⁻⁶. Says it if `speak`. */
static uint32_t read_power(struct utterance *out, const struct view *v, uint32_t i, bool ten,
                           bool speak)
{
    enum { MOST_DIGITS = 4 };
    if (is_mark(v, i, '^') && atom_glued(v, i)) {
        bool minus = is_dash(v, i + 1);
        if (!is_number(v, i + 1 + minus))
            return 0;
        if (speak) {
            say(out, minus ? "mũ âm" : "mũ");
            say_number_atom(out, v, i + 1 + minus);
        }
        return 2 + minus;
    }
    uint32_t n = 0;
    while (n < MOST_DIGITS && superscript(v, i + n) >= 0)
        n++;
    if (n == 1 && !superscript(v, i)) /* 10⁰C: a degree */
        return 0;
    bool plain = n == 1 && !ten && superscript(v, i) <= 3;
    if (!n || superscript(v, i + n - 1) > 9 || (plain && superscript(v, i) < 2))
        return 0;
    if (speak && plain)
        say(out, superscript(v, i) == 2 ? "bình phương" : "lập phương");
    if (speak && !plain) {
        uint64_t value = 0;
        bool minus = superscript(v, i) > 9;
        for (uint32_t k = minus; k < n; k++)
            value = value * 10 + (uint64_t)superscript(v, i + k) % 10;
        say(out, minus ? "mũ âm" : "mũ");
        say_cardinal(out, value);
    }
    return n;
}

static const char *sign(const struct view *v, uint32_t i)
{
    if (is_mark(v, i, '+'))
        return "cộng";
    if (is_dash(v, i))
        return "trừ";
    if (word_is(v, i, "x") || is_mark(v, i, 0xD7) || is_mark(v, i, '*'))
        return "nhân";
    if (is_mark(v, i, ':') || is_mark(v, i, 0xF7))
        return "chia";
    /* 3,5.10⁶ */
    if (is_tight_mark(v, i, '.') && sv_is(atom_written(v, i + 1), "10") &&
        (superscript(v, i + 2) >= 0 || is_mark(v, i + 2, '^')))
        return "nhân";
    if (is_mark(v, i, '/'))
        return "phần";
    return is_mark(v, i, '=') ? "bằng" : NULL;
}

static bool is_ten(const struct numeral *n)
{
    return n->value == 10 && !n->fraction;
}

/* Goes through the terms from atom i on, and says them if `speak`. `sum` is what was found. */
static void walk_sum(struct utterance *out, const struct view *v, uint32_t i, uint32_t most,
                     bool speak, struct sum *sum)
{
    struct numeral n;
    *sum = (struct sum){.end = i};
    while (sum->terms < most && numeral_parse(v, i, &n)) {
        bool quarter = is_mark(v, i - 1, '/') && n.value == 4 && !n.fraction;
        if (speak && quarter)
            say(out, "tư");
        else if (speak)
            say_numeral(out, v, i, &n);
        uint32_t power = read_power(out, v, i + n.atoms, is_ten(&n), speak);
        sum->power = sum->power || power;
        sum->terms++;
        sum->end = i + n.atoms + power;
        const char *word = sign(v, sum->end);
        if (!word || !is_number(v, sum->end + 1))
            break;
        sum->equals = sum->equals || is_mark(v, sum->end, '=');
        if (speak && sum->terms < most)
            say(out, word);
        i = sum->end + 1;
    }
}

/* x2, x10: so many times. */
static uint32_t read_times(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!sv_is(atom_written(v, i), "x") || !is_number(v, i + 1) || !atom_glued(v, i + 1) ||
        digit_count(v, i + 1) > 3 || (atom_glued(v, i) && is_word(v, i - 1)))
        return 0;
    struct sv digits = atom_written(v, i + 1);
    bool processor = sv_is(digits, "86") || sv_is(digits, "64");           /* x86 */
    if (processor || (is_capitalized(v, i - 1) && !is_syllable(v, i - 1))) /* Atom x5 */
        return 0;
    struct numeral n;
    numeral_parse(v, i + 1, &n);
    token_begin(out, v, CLASS_maths, "so many times", i, 1 + n.atoms);
    say(out, "nhân");
    say_numeral(out, v, i + 1, &n);
    token_end(out);
    return 1 + n.atoms;
}

uint32_t read_maths(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_word(v, i))
        return read_times(out, v, i);
    struct sum sum;
    uint32_t next = i + 1;
    /* Most numbers are no sum: the next atom decides quickly. */
    if (!sign(v, next) && !is_mark(v, next, '^') && !is_mark(v, next, ',') &&
        !is_mark(v, next, '.') && superscript(v, next) < 0)
        return 0;
    /* If the whole was no sum, its middle is not one either. */
    if (is_number(v, i - 2) && sign(v, i - 1))
        return 0;
    walk_sum(out, v, i, MOST_TERMS, false, &sum);
    if (!sum.power && !(sum.equals && sum.terms > 2))
        return 0;
    uint32_t terms = sum.terms;
    token_begin(out, v, CLASS_maths, sum.equals ? N_("sum") : N_("power"), i, sum.end - i);
    walk_sum(out, v, i, terms, true, &sum);
    token_end(out);
    return sum.end - i;
}
