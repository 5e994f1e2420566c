/* Units, currencies and percent: looked up, with metric prefixes, squares and cubes. */
#include "text/classes/unit.h"

#include "text/classes/numeral.h"

enum { UNIT_ATOMS = 5 };

_Static_assert((int)UNITS_SPOKEN == (int)CURRENCIES_SPOKEN, "a unit is a row of either table");

bool unit_is(const struct unit *u, uint32_t kinds)
{
    return row_kinds(u->row) & kinds;
}

bool units_fit(const struct unit *a, const struct unit *b)
{
    uint32_t dimensions = UNIT_LENGTH | UNIT_MASS | UNIT_DATA | UNIT_MONEY;
    bool same = row_kinds(a->row) & row_kinds(b->row) & dimensions;
    return (same && a->power == b->power) || a->row == b->row;
}

bool word_is_kind(const struct speaker *s, uint32_t i, uint32_t kinds)
{
    if (!is_word(s, i))
        return false;
    const struct row *row = rules_find(s->rules, TABLE_UNITS, atom_lower(s, i));
    return row && (row_kinds(row) & kinds);
}

static bool unit_ends(const struct speaker *s, uint32_t i)
{
    return !atom_glued(s, i) || (!is_word(s, i) && !is_number(s, i));
}

/* Looks the text from atom i on up in a table, the longest run of glued atoms first. */
static const struct row *longest(const struct speaker *s, uint32_t i, enum rule_table table,
                                 bool front, uint32_t *atoms)
{
    uint32_t most = 1;
    while (most < UNIT_ATOMS && atom_at(s, i + most)->text.len && atom_glued(s, i + most))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        const struct row *row = rules_find(s->rules, table, atoms_written(s, i, i + n - 1));
        if (row && (unit_ends(s, i + n) || (front && is_number(s, i + n)))) {
            *atoms = n;
            return row;
        }
    }
    return NULL;
}

/* Whether the unit takes the metric prefix: its row lists the first letters of those it takes. */
static bool takes_prefix(const struct row *row, struct sv prefix)
{
    return sv_find(row_text(row, UNITS_KIND), prefix) >= 0;
}

/* "km" is "k-" and "m": both have rows. */
static const struct row *with_prefix(const struct speaker *s, struct sv word,
                                     const struct row **prefix)
{
    size_t n = word.n && (unsigned char)word.p[0] >= 0xC0 ? 2 : 1;
    if (word.n <= n || word.n > n + 4)
        return NULL;
    char key[4] = {word.p[0], n == 2 ? word.p[1] : '-', n == 2 ? '-' : 0, 0};
    const struct row *row = rules_find(s->rules, TABLE_UNITS, sv_sub(word, n, word.n - n));
    *prefix = rules_find(s->rules, TABLE_UNITS, sv_of(key));
    return row && *prefix && takes_prefix(row, sv_sub(word, 0, n)) ? row : NULL;
}

/* The square or cube behind a unit of length: m2, m². */
static unsigned power_at(const struct speaker *s, uint32_t i)
{
    if (!atom_glued(s, i))
        return 0;
    if (is_mark(s, i, 0xB2) || (is_number(s, i) && sv_is(atom_written(s, i), "2")))
        return 2;
    return is_mark(s, i, 0xB3) || (is_number(s, i) && sv_is(atom_written(s, i), "3")) ? 3 : 0;
}

/* A unit that has no row of its own with all it is written with: km, dm2, kWh. */
static bool compose(const struct speaker *s, uint32_t i, struct unit *u)
{
    struct sv word = atom_written(s, i);
    const struct row *prefix = NULL, *row = rules_find(s->rules, TABLE_UNITS, word);
    if (!row)
        row = with_prefix(s, word, &prefix);
    if (!row)
        return false;
    *u = (struct unit){.row = row, .prefix = prefix, .cls = CLASS_measure, .atoms = 1};
    if (row_kinds(row) & UNIT_LENGTH)
        u->power = (uint8_t)power_at(s, i + 1);
    u->atoms += u->power != 0;
    return unit_ends(s, i + u->atoms);
}

bool currency_parse(const struct speaker *s, uint32_t i, bool front, struct unit *u)
{
    uint32_t atoms;
    const struct row *row =
        atom_at(s, i)->text.len ? longest(s, i, TABLE_CURRENCIES, front, &atoms) : NULL;
    if (row)
        *u = (struct unit){.row = row, .cls = CLASS_money, .atoms = atoms};
    return row;
}

/* 38 độ C: said as °C, which has the row. */
static bool degrees_parse(const struct speaker *s, uint32_t i, struct unit *u)
{
    struct sv scale = atom_written(s, i + 1);
    if (!word_is(s, i, "độ") || scale.n != 1 || !is_word(s, i + 1) || atom_glued(s, i + 1) ||
        (atom_glued(s, i + 2) && (is_word(s, i + 2) || is_number(s, i + 2))))
        return false;
    char key[4] = {'\xC2', '\xB0', scale.p[0], 0};
    const struct row *row = rules_find(s->rules, TABLE_UNITS, (struct sv){key, 3});
    if (!row || (row_kinds(row) & UNIT_MAP))
        return false;
    *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = 2};
    return true;
}

static bool find(const struct speaker *s, uint32_t i, struct unit *u)
{
    uint32_t atoms;
    if (!atom_at(s, i)->text.len)
        return false;
    const struct row *row = longest(s, i, TABLE_UNITS, false, &atoms);
    if (row && atoms > 1)
        *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = atoms};
    else if (!compose(s, i, u))
        return false;
    if (unit_is(u, UNIT_MONEY))
        u->cls = CLASS_money;
    else if (unit_is(u, UNIT_PERCENT))
        u->cls = CLASS_percentage;
    return true;
}

/* A quotation mark behind a number is inches only where it closes no quotation. */
static bool closes_quotation(const struct speaker *s, uint32_t i)
{
    enum { FAR = 60 };
    const struct atom *a = atom_at(s, i);
    if (a->code != '"' && a->code != '\'' && a->code != 0x201D && a->code != 0x2019)
        return false;
    uint32_t opener = a->code == 0x201D ? 0x201C : a->code == 0x2019 ? 0x2018 : a->code;
    bool open = false;
    for (uint32_t k = 1; k < FAR && i >= s->begin + k; k++) {
        /* Behind a number, the mark was one of measure itself. */
        if (is_mark(s, i - k, opener) && !(is_number(s, i - k - 1) && atom_glued(s, i - k)))
            open = !open;
    }
    return open;
}

void unit_forget(const struct speaker *s)
{
    for (unsigned k = 0; k < UNIT_MEMOS; k++)
        s->unit_memo[k].at = UINT32_MAX;
}

static bool look_up(const struct speaker *s, uint32_t i, struct unit *u)
{
    if (degrees_parse(s, i, u))
        return true;
    if (currency_parse(s, i, false, u))
        return !unit_is(u, UNIT_GLUED) || atom_glued(s, i);
    if (!find(s, i, u))
        return false;
    if (!unit_is(u, UNIT_PHYSICAL) && u->cls == CLASS_measure)
        return false;
    if (unit_is(u, UNIT_GLUED) && !atom_glued(s, i))
        return false;
    if (unit_is(u, UNIT_CAPITAL) && digit_count(s, i - 1) < 2)
        return false;
    if (unit_is(u, UNIT_DIGIT) && (digit_count(s, i - 1) != 1 || is_number(s, i + 1)))
        return false;
    return !closes_quotation(s, i);
}

bool unit_parse(const struct speaker *s, uint32_t i, struct unit *u)
{
    const struct atom *a = atom_at(s, i);
    if (!a->text.len || (a->kind == ATOM_PUNCT && (a->code == ',' || a->code == '.')))
        return false;
    struct unit_memo *memo = &s->unit_memo[i % UNIT_MEMOS];
    if (memo->at != i) {
        memo->at = i;
        memo->found = look_up(s, i, &memo->unit);
    }
    if (memo->found)
        *u = memo->unit;
    return memo->found;
}

bool unit_parse_below(const struct speaker *s, uint32_t i, struct unit *u)
{
    return find(s, i, u) && u->cls == CLASS_measure && !unit_is(u, UNIT_SCALE) &&
           !unit_is(u, UNIT_COIN) && atom_at(s, i)->kind == ATOM_WORD;
}

void say_unit(struct speaker *s, const struct unit *u)
{
    if (u->prefix)
        say_sv(s, row_text(u->prefix, UNITS_SPOKEN));
    if (unit_is(u, UNIT_THOUSAND))
        say(s, thousand_word(s));
    else
        say_sv(s, row_text(u->row, UNITS_SPOKEN));
    if (u->power)
        say(s, u->power == 2 ? "vuông" : "khối");
}
