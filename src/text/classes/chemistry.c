/*
 * Chemical formulas: CO2 xê ô hai, H2O, CO₂, NaOH, NOx. What tells them from other letters with
 * digits is that all their letters are elements; oxygen is "ô" there.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

#include "base/utf8.h"

enum { MOST_ATOMS = 12, MOST_COUNT = 12 };

/* The length of the element's sign at the start of `text`; 0 if there is none. */
static size_t element_length(struct sv text)
{
    static const char *const two[] = {"Na", "Mg", "Al", "Si", "Cl", "Ca", "Cr", "Mn", "Fe",
                                      "Ni", "Cu", "Zn", "As", "Br", "Ag", "Cd", "Sn", "Ba",
                                      "Pt", "Au", "Hg", "Pb", "Li", "Ti", "He", "Ne", "Ar"};
    for (size_t k = 0; k < sizeof two / sizeof *two; k++)
        if (sv_starts(text, sv_of(two[k])))
            return 2;
    bool small =
        text.n > 1 && text.p[1] >= 'a' && text.p[1] <= 'z' && !(text.n == 2 && text.p[1] == 'x');
    return text.n && strchr("HCNOFPSKIBUV", text.p[0]) && !small ? 1 : 0;
}

/* All letters are elements; a last "x" or "p" in front (NOx, SpO2) may stand beside them. */
static bool is_elements(struct sv word, bool *oxygen, bool *several)
{
    size_t count = 0;
    if (sv_is(word, "SpO")) {
        *oxygen = *several = true;
        return true;
    }
    while (word.n) {
        size_t n = element_length(word);
        bool rest = count && word.n == 1 && word.p[0] == 'x';
        if (!n && !rest)
            return false;
        n = n ? n : 1;
        *oxygen = *oxygen || word.p[0] == 'O';
        *several = *several || count > 0 || rest;
        word = sv_sub(word, n, word.n - n);
        count++;
    }
    return true;
}

static int subscript(const struct view *v, uint32_t i)
{
    uint32_t code = atom_at(v, i)->code;
    bool is = atom_at(v, i)->kind == ATOM_SYMBOL && code >= 0x2080 && code <= 0x2089;
    return is ? (int)(code - 0x2080) : -1;
}

static bool is_count(const struct view *v, uint32_t i)
{
    int32_t n = small_number(v, i);
    return n >= 2 && n <= MOST_COUNT && atom_written(v, i).p[0] != '0';
}

/* How many atoms the formula at atom i takes, 0 if there is none. */
static uint32_t formula_length(const struct view *v, uint32_t i)
{
    uint32_t n = 0;
    bool oxygen = false, several = false, count = false, low = false;
    while (n < MOST_ATOMS && (n == 0 || atom_glued(v, i + n))) {
        if (is_word(v, i + n)) {
            if (!is_elements(atom_written(v, i + n), &oxygen, &several))
                return 0;
            several = several || count;
        } else if (subscript(v, i + n) >= 0) {
            low = true;
        } else if (is_number(v, i + n)) {
            if (!is_count(v, i + n))
                return 0;
            count = true;
        } else {
            break;
        }
        n++;
    }
    bool mixed = several && oxygen && !atom_has(atom_at(v, i), ATOM_UPPER);
    /* O2 and O3 alone; F0, H1 and B2 are other things and sound alike anyway. */
    bool ozone = n == 2 && count && oxygen && small_number(v, i + 1) <= 3;
    /* NH3 and CH4, but not NH 3 or KH5. */
    struct sv first = atom_written(v, i);
    bool hydride = n == 2 && count && (sv_is(first, "NH") || sv_is(first, "CH")) &&
                   (small_number(v, i + 1) == 3 || small_number(v, i + 1) == 4);
    bool formula = low || mixed || hydride || (n > 2 && count && several) ||
                   (oxygen && count && (several || ozone));
    return formula && !(is_mark(v, i + n, '-') && atom_glued(v, i + n)) ? n : 0;
}

static void say_elements(struct utterance *out, struct sv word)
{
    for (size_t k = 0; k < word.n; k++) {
        if (word.p[k] == 'O' || word.p[k] == 'o')
            say(out, "ô");
        else
            say_letter(out, (unsigned char)word.p[k], false, false);
    }
}

uint32_t read_chemistry(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_word(v, i) || !(atom_at(v, i)->flags & (ATOM_CAPITAL | ATOM_MIXED)) ||
        !atom_has(atom_at(v, i), ATOM_PLAIN))
        return 0;
    /* A formula has a number in it, or is written like NaCl. */
    if (atom_has(atom_at(v, i), ATOM_UPPER) && !atom_glued(v, i + 1))
        return 0;
    uint32_t n = formula_length(v, i);
    if (!n)
        return 0;
    token_begin(out, v, CLASS_chemistry, "chemical formula", i, n);
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(v, i + k))
            say_elements(out, atom_written(v, i + k));
        else if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
        else
            say_cardinal(out, (uint64_t)subscript(v, i + k));
    }
    token_end(out);
    return n;
}
