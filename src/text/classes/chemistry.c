/*
 * Chemical formulas: CO2 xê ô hai, H2O, CO₂, NaOH, NOx. All their letters are elements, unlike
 * other letters with digits. Oxygen is "ô" here.
 */
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"

#include "base/utf8.h"

enum { MOST_ATOMS = 12, MOST_COUNT = 12 };

/* The length of the symbol of an element at the start of `text`; 0 if there is none. */
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

/* Whether all letters are elements, except a last "x" or a "p" in SpO (NOx, SpO2). */
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

/* A possible formula: its elements and counts. */
struct formula {
    uint32_t atoms;
    bool oxygen;    /* one of the elements is */
    bool several;   /* more than one element */
    bool count;     /* numbers in it */
    bool subscript; /* digits below the line in it */
};

/* Collects the elements and counts that are glued together. False if anything else is among them.
 * */
static bool parse_formula(const struct view *v, uint32_t i, struct formula *f)
{
    *f = (struct formula){0};
    for (; f->atoms < MOST_ATOMS && (!f->atoms || atom_glued(v, i + f->atoms)); f->atoms++) {
        uint32_t k = i + f->atoms;
        if (is_word(v, k)) {
            if (!is_elements(atom_written(v, k), &f->oxygen, &f->several))
                return false;
            f->several = f->several || f->count;
        } else if (is_number(v, k)) {
            if (!is_count(v, k))
                return false;
            f->count = true;
        } else if (subscript(v, k) >= 0) {
            f->subscript = true;
        } else {
            break;
        }
    }
    return true;
}

static bool has_hyphen_after(const struct candidate *c)
{
    const struct formula *f = c->parts;
    return is_mark(c->v, c->i + f->atoms, '-') && atom_glued(c->v, c->i + f->atoms);
}

static bool has_subscript(const struct candidate *c)
{
    return ((const struct formula *)c->parts)->subscript;
}

static bool is_oxide_in_small_letters(const struct candidate *c)
{
    const struct formula *f = c->parts;
    return f->several && f->oxygen && !is_upper(c->v, c->i);
}

static bool is_hydride(const struct candidate *c)
{
    const struct formula *f = c->parts;
    struct sv first = atom_written(c->v, c->i);
    int32_t hydrogen = small_number(c->v, c->i + 1);
    return f->atoms == 2 && f->count && (sv_is(first, "NH") || sv_is(first, "CH")) &&
           (hydrogen == 3 || hydrogen == 4);
}

static bool has_counts_between(const struct candidate *c)
{
    const struct formula *f = c->parts;
    return f->atoms > 2 && f->count && f->several;
}

static bool is_counted_oxide(const struct candidate *c)
{
    const struct formula *f = c->parts;
    return f->oxygen && f->several && f->count;
}

static bool is_oxygen_alone(const struct candidate *c)
{
    const struct formula *f = c->parts;
    return f->oxygen && f->count && f->atoms == 2 && small_number(c->v, c->i + 1) <= 3;
}

/* Other letters with a number (F0, H1, B2, KH5, NH 3) are read by later classes. */
static const struct evidence for_formula[] = {
    {"a hyphen after it", has_hyphen_after, EXCLUDED},                  /* CO2-2 */
    {"a subscript", has_subscript, ENOUGH},                             /* CH₄ */
    {"an oxide with small letters", is_oxide_in_small_letters, ENOUGH}, /* NaOH, NOx */
    {"NH3 or CH4", is_hydride, ENOUGH},                                 /* NH3 */
    {"elements after a count", has_counts_between, ENOUGH},             /* H5N1 */
    {"oxygen, another element, a count", is_counted_oxide, ENOUGH},     /* CO2 */
    {"O2 or O3", is_oxygen_alone, ENOUGH},                              /* O3 */
    {0},
};

static void say_elements(struct utterance *out, struct sv word)
{
    for (size_t k = 0; k < word.n; k++) {
        if (word.p[k] == 'O' || word.p[k] == 'o')
            say(out, "ô");
        else
            say_letter(out, (unsigned char)word.p[k], false, false);
    }
}

static void say_formula(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    token_begin(out, v, CLASS_chemistry, "chemical formula", i, n);
    for (uint32_t k = i; k < i + n; k++) {
        if (is_word(v, k))
            say_elements(out, atom_written(v, k));
        else if (is_number(v, k))
            say_number_atom(out, v, k);
        else
            say_cardinal(out, (uint64_t)subscript(v, k));
    }
    token_end(out);
}

uint32_t read_chemistry(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind != ATOM_WORD || !(a->flags & (ATOM_CAPITAL | ATOM_MIXED)) ||
        !atom_has(a, ATOM_PLAIN))
        return 0;
    /* A formula has a number in it, or is written like NaCl. */
    if (atom_has(a, ATOM_UPPER) && !atom_glued(v, i + 1))
        return 0;
    struct formula formula;
    if (!parse_formula(v, i, &formula) || !evidence_is_enough(for_formula, v, i, &formula))
        return 0;
    say_formula(out, v, i, formula.atoms);
    return formula.atoms;
}
