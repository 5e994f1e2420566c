/* Symbols that are said: & + = > < ≥ ± × ÷ ‰ ~ ½ № (assets/rules/symbols.tsv). */
#include "text/classes/class.h"
#include "text/pause.h"

/* Whether the symbol is said here: `where` is everywhere, before a number, or between two things.
 * */
static bool is_said_here(const struct view *v, uint32_t i, uint64_t where)
{
    bool number = is_number(v, i + 1) && atom_glued(v, i + 1);
    if (where & SYMBOL_NUMBER)
        return number;
    bool arrow =
        is_mark(v, i, '>') && atom_glued(v, i) && (is_dash(v, i - 1) || is_mark(v, i - 1, '='));
    if (arrow || pause_is_menu_step(v, i) || pause_is_item(v, i))
        return false;
    if ((where & SYMBOL_COMPARE) && (is_number(v, i + 1) || is_mark(v, i + 1, '=')))
        return true;
    if (where & (SYMBOL_BETWEEN | SYMBOL_COMPARE)) {
        const struct atom *after = atom_at(v, i + 1);
        /* (Lan)> Chồng tôi: a mark of quoted mail. */
        if ((where & SYMBOL_COMPARE) && atom_glued(v, i) && !atom_glued(v, i + 1))
            return false;
        bool before = is_number(v, i - 1) || is_word(v, i - 1) || is_mark(v, i - 1, ')') ||
                      is_mark(v, i - 1, '%') || is_raised_digit(v, i - 1);
        /* (>BĐ1 1,04m): above the first level. */
        if ((where & SYMBOL_COMPARE) && is_mark(v, i - 1, '(') && is_upper(v, i + 1) &&
            atom_glued(v, i + 1))
            return true;
        return before &&
               (after->kind == ATOM_NUMBER || after->kind == ATOM_WORD || is_mark(v, i + 1, '('));
    }
    return true;
}

/* GMT+7, +5%, 18+, C++: a plus glued to something on one side. */
static bool is_glued_plus(const struct view *v, uint32_t i)
{
    if (!is_mark(v, i, '+'))
        return false;
    bool front = is_number(v, i + 1) && atom_glued(v, i + 1);
    /* Galaxy S8 và S8 +, */
    if (is_number(v, i - 1) && atom_glued(v, i - 1) && is_upper(v, i - 2) && !is_number(v, i + 1) &&
        !is_word(v, i + 1))
        return true;
    bool back = atom_glued(v, i) && (is_number(v, i - 1) || is_word(v, i - 1) ||
                                     (is_mark(v, i - 1, '+') && atom_glued(v, i - 1)));
    return front || back;
}

/* A word before the letters of a grade: hạng A-, điểm B-, nhóm máu O-. */
static bool is_grade_word(const struct view *v, uint32_t i)
{
    return near_before(v, i + 1, NEAR_GRADE);
}

/* The word for a grade or a group of blood that is some words before the letters at atom i, or
 * NO_ATOM. */
static uint32_t grade_word_before(const struct view *v, uint32_t i)
{
    enum { FAR = 12 };
    for (uint32_t k = 1; k <= FAR && atom_exists(v, i - k); k++)
        if (is_grade_word(v, i - k))
            return i - k;
    return NO_ATOM;
}

/* A, BB, AAA, O: letters of a grade. */
static bool is_grade(const struct view *v, uint32_t i)
{
    enum { LONGEST = 3 };
    struct sv letters = atom_written(v, i);
    if (!is_upper(v, i) || letters.n > LONGEST || is_glued_on(v, i))
        return false;
    for (size_t k = 0; k < letters.n; k++)
        if (!strchr("ABCDO", letters.p[k]))
            return false;
    return true;
}

/* The word for the sign of a grade or a group of blood: hạng A-, nhóm máu O-, Rh+; NULL: it is
 * none. */
static const char *sign_of_grade(const struct view *v, uint32_t i)
{
    bool minus = is_dash(v, i), plus = is_mark(v, i, '+');
    uint32_t letters = i - 1 - is_mark(v, i - 1, '('); /* Rh(-) */
    bool rhesus = word_is(v, letters, "rh") && is_capitalized(v, letters);
    if ((!minus && !plus) || !atom_glued(v, i) || is_glued_on(v, i + 1) ||
        (!rhesus && !is_grade(v, i - 1)))
        return NULL;
    uint32_t word = rhesus ? NO_ATOM : grade_word_before(v, i - 1);
    if (!rhesus && word == NO_ATOM)
        return NULL;
    if (rhesus || word_is(v, word, "máu"))
        return minus ? "âm" : "dương";
    return minus ? "trừ" : "cộng";
}

/* EGFR(+), HIV (-): the sign in brackets behind capitals is the result of a test. */
static uint32_t read_result(struct utterance *out, const struct view *v, uint32_t i)
{
    bool minus = is_dash(v, i), plus = is_mark(v, i, '+');
    if (!minus && !plus)
        return 0;
    bool bracket = is_mark(v, i - 1, '(') && is_mark(v, i + 1, ')') && atom_glued(v, i) &&
                   atom_glued(v, i + 1);
    const struct atom *name = atom_at(v, i - 2);
    bool test = is_word(v, i - 2) && !atom_has(name, ATOM_LEGAL) && name->text.len > 1 &&
                (name->flags & (ATOM_UPPER | ATOM_MIXED));
    if (!bracket || !test)
        return 0;
    token_begin(out, v, CLASS_symbol, "result of a test", i, 1);
    say(out, minus ? "âm tính" : "dương tính");
    token_end(out);
    return 1;
}

static uint32_t read_sign_of_grade(struct utterance *out, const struct view *v, uint32_t i)
{
    const char *sign = sign_of_grade(v, i);
    if (!sign)
        return 0;
    token_begin(out, v, CLASS_symbol, "sign of a grade", i, 1);
    say(out, sign);
    token_end(out);
    return 1;
}

/* 1.560 +/- 10 điểm: plus or minus, as typed. */
static uint32_t read_plus_minus(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t number = i + 3;
    if (!is_mark(v, i, '+') || !is_tight_mark(v, i + 1, '/') || !is_mark(v, i + 2, '-') ||
        !is_number(v, number))
        return 0;
    token_begin(out, v, CLASS_symbol, "plus or minus", i, 3);
    say(out, "cộng trừ");
    token_end(out);
    return 3;
}

/* 14,6%o: per mille, as typed. */
static uint32_t read_per_mille(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv sign = atom_written(v, i + 1);
    if (!is_mark(v, i, '%') || !is_number(v, i - 1) || !atom_glued(v, i + 1) ||
        !(sv_is(sign, "o") || sv_is(sign, "0")) || is_glued_on(v, i + 2))
        return 0;
    token_begin(out, v, CLASS_percentage, "per mille", i, 2);
    say(out, "phần nghìn");
    token_end(out);
    return 2;
}

/* >= and <=, as typed. */
static bool is_or_equal(const struct view *v, uint32_t i)
{
    return (is_mark(v, i, '>') || is_mark(v, i, '<')) && is_mark(v, i + 1, '=') &&
           atom_glued(v, i + 1);
}

uint32_t read_symbol(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t sign = read_sign_of_grade(out, v, i);
    if (!sign)
        sign = read_result(out, v, i);
    if (!sign)
        sign = read_plus_minus(out, v, i);
    if (!sign)
        sign = read_per_mille(out, v, i);
    if (sign)
        return sign;
    const struct row *row = rules_find(v->rules, TABLE_SYMBOLS, atom_written(v, i));
    struct sv spoken = row ? row_text(row, SYMBOLS_SPOKEN) : SV("");
    if (!spoken.n || (!is_said_here(v, i, row_kinds(row)) && !is_glued_plus(v, i)))
        return 0;
    bool equal = is_or_equal(v, i);
    token_begin(out, v, CLASS_symbol, "symbols.tsv", i, equal ? 2 : 1);
    say_sv(out, spoken);
    if (equal)
        say(out, "hoặc bằng");
    token_end(out);
    return equal ? 2 : 1;
}
