/* Plain numbers, with their decimals and sign: 506, 2,35, -5, 007. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

bool is_minus(const struct view *v, uint32_t i)
{
    if (!is_mark(v, i, '-') && !is_mark(v, i, 0x2212))
        return false;
    if (word_is(v, i - 1, "covid"))
        return false; /* Covid -19 */
    bool open = is_mark(v, i - 1, '(') || is_mark(v, i - 1, '[') || is_mark(v, i - 1, 0x201C);
    return (open || atom_has(atom_at(v, i), ATOM_SPACED)) && is_number(v, i + 1) &&
           atom_glued(v, i + 1) && !is_number(v, i - 1);
}

/* 4-3-3: three or more numbers joined by hyphens are said one after another. */
static uint32_t read_chain(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = 1;
    while (n < 16 && is_mark(v, i + n, '-') && atom_glued(v, i + n) && is_number(v, i + n + 1) &&
           atom_glued(v, i + n + 1))
        n += 2;
    if (n < 5)
        return 0;
    token_begin(out, v, CLASS_digits, "numbers tied by hyphens", i, n);
    for (uint32_t k = 0; k < n; k += 2) {
        struct numeral part = {.value = 0};
        numeral_parse(v, i + k, &part);
        part.fraction = 0;
        say_numeral(out, v, i + k, &part);
    }
    token_end(out);
    return n;
}

uint32_t read_cardinal(struct utterance *out, const struct view *v, uint32_t i)
{
    bool minus = is_minus(v, i);
    struct numeral n;
    if (!minus && !is_number(v, i))
        return 0;
    uint32_t chain = minus ? 0 : read_chain(out, v, i);
    if (chain)
        return chain;
    uint32_t at = i + minus;
    numeral_parse(v, at, &n);
    enum token_class cls = n.fraction ? CLASS_decimal : n.spelled ? CLASS_digits : CLASS_cardinal;
    const char *rule = n.spelled ? "leading zero or too long: digit by digit" : "number";
    token_begin(out, v, cls, n.fraction ? "decimal" : rule, i, n.atoms + minus);
    if (minus && !word_is(v, i - 1, "âm"))
        say(out, "âm");
    bool quarter = n.value == 4 && n.atoms == 1 && word_is(v, i - 1, "phần") && is_number(v, i - 2);
    if (quarter)
        say(out, "tư");
    else
        say_numeral(out, v, at, &n);
    token_end(out);
    return n.atoms + minus;
}
