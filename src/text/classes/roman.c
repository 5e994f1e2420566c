/* Roman numerals: behind what they number, in lists of them, behind a name. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

static unsigned digit_value(char c)
{
    switch (c) {
    case 'I':
        return 1;
    case 'V':
        return 5;
    case 'X':
        return 10;
    case 'L':
        return 50;
    case 'C':
        return 100;
    case 'D':
        return 500;
    case 'M':
        return 1000;
    default:
        return 0;
    }
}

static void roman_write(unsigned value, struct buf *out)
{
    static const struct {
        unsigned value;
        const char *letters;
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
                 {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; value >= steps[i].value; value -= steps[i].value)
            buf_adds(out, steps[i].letters);
}

/* The value of a well-formed numeral of up to 15 letters, 0 for anything else. */
static unsigned roman_value(struct sv word)
{
    unsigned value = 0;
    if (!word.n || word.n > 15)
        return 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned here = digit_value(word.p[i]);
        unsigned next = i + 1 < word.n ? digit_value(word.p[i + 1]) : 0;
        if (!here)
            return 0;
        value = here < next ? value - here : value + here;
    }
    if (value >= 4000)
        return 0;
    /* Well-formed is what writing the value gives back: IIII and VX are not. */
    struct buf again = BUF_INIT;
    roman_write(value, &again);
    bool same = sv_eq(buf_sv(&again), word);
    buf_free(&again);
    return same ? value : 0;
}

static bool is_small_letters(struct sv word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] != 'I' && word.p[i] != 'V' && word.p[i] != 'X')
            return false;
    return true;
}

/* XI, XII và XIII; XIX - XX: a numeral before it in the same list. */
static bool follows_roman(const struct speaker *s, uint32_t i)
{
    if (!is_mark(s, i - 1, ',') && !is_dash(s, i - 1) && !word_is(s, i - 1, "và") &&
        !word_is(s, i - 1, "đến"))
        return false;
    return s->last_roman == i - 1 && i > s->begin;
}

static bool is_name_before(const struct speaker *s, uint32_t i)
{
    const struct atom *before = atom_at(s, i - 1);
    return before->kind == ATOM_WORD && atom_has(before, ATOM_CAPITAL) &&
           !atom_has(before, ATOM_UPPER) && i - 1 > s->begin;
}

/* "I." or "II. " in front of a heading or an item. */
static bool is_list_marker(const struct speaker *s, uint32_t i)
{
    return i == s->begin && (is_mark(s, i + 1, '.') || is_mark(s, i + 1, '/') || is_dash(s, i + 1)) &&
           atom_has(atom_at(s, i + 2), ATOM_SPACED);
}

uint32_t read_roman(struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (!atom_has(a, ATOM_UPPER | ATOM_PLAIN) || (is_word(s, i + 1) && atom_glued(s, i + 1)))
        return 0;
    struct sv word = atom_written(s, i);
    unsigned value = roman_value(word);
    if (!value)
        return 0;
    bool ordinal = word_is(s, i - 1, "thứ");
    bool plain = is_small_letters(word);
    bool numbered = ordinal || cue_before(s, i, CUE_ROMAN) || follows_roman(s, i) ||
                    (plain && (is_list_marker(s, i) || (word.n > 1 && is_name_before(s, i))));
    if (!numbered)
        return 0;
    token_begin(s, CLASS_roman, ordinal ? "Roman numeral behind thứ" : "Roman numeral", i, 1);
    if (ordinal)
        say_ordinal(s, value);
    else
        say_cardinal(s, value);
    bool year = is_mark(s, i + 1, '/') && digit_count(s, i + 2) == 4 && word_is(s, i - 1, "quý");
    token_end(s);
    s->last_roman = i + 1;
    if (!year)
        return 1;
    token_begin(s, CLASS_date, "year behind a quarter", i + 2, 1);
    say(s, "năm");
    say_cardinal(s, (uint64_t)small_number(s, i + 2));
    token_end(s);
    return 3;
}
