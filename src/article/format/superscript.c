#include "article/format/superscript.h"

#include "base/ascii.h"

const char *superscript_sign(char sign)
{
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    if (ascii_is_digit(sign))
        return digits[sign - '0'];
    return sign == '-' ? "⁻" : sign == '+' ? "⁺" : "";
}

/* Digits, perhaps with a sign. */
static bool is_exponent(struct sv text)
{
    size_t sign = text.n && (text.p[0] == '-' || text.p[0] == '+');
    for (size_t i = sign; i < text.n; i++)
        if (!ascii_is_digit(text.p[i]))
            return false;
    return text.n > sign && text.n <= sign + 3;
}

/* The ASCII letters, or the digits, at the end. */
static struct sv last_run(struct sv v, bool letters)
{
    size_t n = 0;
    while (n < v.n &&
           (letters ? ascii_is_letter(v.p[v.n - n - 1]) : ascii_is_digit(v.p[v.n - n - 1])))
        n++;
    return sv_sub(v, v.n - n, n);
}

static bool is_unit(struct sv word)
{
    static const char *const units[] = {"m", "cm", "dm", "mm", "km", "dam", "hm", "s", "nm"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (sv_is(word, units[i]))
            return true;
    return false;
}

/* Whether the byte in front of the run at the end may be inside a word or a number. */
static bool continues(struct sv before, struct sv run)
{
    char c = before.n > run.n ? before.p[before.n - run.n - 1] : ' ';
    return ascii_is_letter(c) || (unsigned char)c >= 0x80;
}

static bool may_have_power(struct sv before)
{
    struct sv letters = last_run(before, true), digits = last_run(before, false);
    char mark = before.n > digits.n ? before.p[before.n - digits.n - 1] : ' ';
    if (digits.n)
        return sv_is(digits, "10") && mark != '.' && mark != ',' && !continues(before, digits);
    return !continues(before, letters) && (is_unit(letters) || letters.n == 1);
}

enum superscript superscript_kind(struct sv before, struct sv text)
{
    bool bracketed = text.n > 2 && ((text.p[0] == '[' && text.p[text.n - 1] == ']') ||
                                    (text.p[0] == '(' && text.p[text.n - 1] == ')'));
    if (is_exponent(text) && may_have_power(before))
        return SUPERSCRIPT_POWER;
    if (bracketed)
        text = sv_sub(text, 1, text.n - 2);
    bool sign = text.n == 1 && (text.p[0] == '*' || ascii_is_letter(text.p[0]));
    return sign || (is_exponent(text) && ascii_is_digit(text.p[0])) ? SUPERSCRIPT_NOTE
                                                                    : SUPERSCRIPT_TEXT;
}
