/* Units, currencies and percent: looked up, with metric prefixes, squares and cubes. */
#include "text/classes/unit.h"

enum { UNIT_ATOMS = 5 };
enum { SPOKEN = 1, KIND = 2 };

static bool kind_has(const struct rule *row, const char *kind)
{
    struct sv rest = row->cell[KIND];
    while (rest.p && rest.n)
        if (sv_is(sv_cut(&rest, ' '), kind))
            return true;
    return false;
}

bool unit_is(const struct unit *u, const char *kind)
{
    return kind_has(u->row, kind);
}

bool units_fit(const struct unit *a, const struct unit *b)
{
    static const char *const dimensions[] = {"length", "mass", "data", "money"};
    for (size_t k = 0; k < sizeof dimensions / sizeof *dimensions; k++)
        if (unit_is(a, dimensions[k]) && unit_is(b, dimensions[k]) && a->power == b->power)
            return true;
    return a->row == b->row;
}

bool word_is_kind(const struct view *v, uint32_t i, const char *kind)
{
    if (!is_word(v, i))
        return false;
    const struct rule *row = rules_find(v->rules, TABLE_UNITS, atom_lower(v, i), NULL);
    return row && kind_has(row, kind);
}

/* Looks up the text from atom i on in a table, the longest run of glued atoms first. */
static const struct rule *longest_row(const struct view *v, uint32_t i, enum rule_table table,
                                      bool front, uint32_t *atoms)
{
    uint32_t most = 1;
    while (most < UNIT_ATOMS && atom_at(v, i + most)->text.len && atom_glued(v, i + most))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        const struct rule *row = rules_find(v->rules, table, atoms_written(v, i, i + n - 1), NULL);
        if (row && (!is_glued_on(v, i + n) || (front && is_number(v, i + n)))) {
            *atoms = n;
            return row;
        }
    }
    return NULL;
}

/* Whether the row allows the prefix: "si:kcm" lists the allowed first letters. */
static bool takes_prefix(const struct rule *row, struct sv prefix)
{
    struct sv rest = row->cell[KIND];
    while (rest.p && rest.n) {
        struct sv word = sv_cut(&rest, ' ');
        if (sv_starts(word, SV("si:")))
            return sv_find(sv_sub(word, 3, word.n - 3), prefix) >= 0;
    }
    return false;
}

/* Splits "km" into "k-" and "m", which have rows. */
static const struct rule *with_prefix(const struct view *v, struct sv word,
                                      const struct rule **prefix)
{
    size_t n = word.n && (unsigned char)word.p[0] >= 0xC0 ? 2 : 1;
    if (word.n <= n || word.n > n + 4)
        return NULL;
    char key[4] = {word.p[0], n == 2 ? word.p[1] : '-', n == 2 ? '-' : 0, 0};
    const struct rule *row = rules_find(v->rules, TABLE_UNITS, sv_sub(word, n, word.n - n), NULL);
    *prefix = rules_find(v->rules, TABLE_UNITS, sv_of(key), NULL);
    return row && *prefix && takes_prefix(row, sv_sub(word, 0, n)) ? row : NULL;
}

/* The power after a unit of length: m2, m²; 0 if there is none. */
static unsigned power_at(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i))
        return 0;
    if (is_mark(v, i, 0xB2) || (is_number(v, i) && sv_is(atom_written(v, i), "2")))
        return 2;
    return is_mark(v, i, 0xB3) || (is_number(v, i) && sv_is(atom_written(v, i), "3")) ? 3 : 0;
}

/* A unit whose prefix or power is not in its row: km, dm2, kWh. */
static bool compose_unit(const struct view *v, uint32_t i, struct unit *u)
{
    struct sv word = atom_written(v, i);
    const struct rule *prefix = NULL, *row = rules_find(v->rules, TABLE_UNITS, word, NULL);
    if (!row)
        row = with_prefix(v, word, &prefix);
    if (!row)
        return false;
    *u = (struct unit){.row = row, .prefix = prefix, .cls = CLASS_measure, .atoms = 1};
    if (kind_has(row, "length"))
        u->power = (uint8_t)power_at(v, i + 1);
    u->atoms += u->power != 0;
    return !is_glued_on(v, i + u->atoms);
}

bool currency_parse(const struct view *v, uint32_t i, bool front, struct unit *u)
{
    uint32_t atoms;
    const struct rule *row =
        atom_at(v, i)->text.len ? longest_row(v, i, TABLE_CURRENCIES, front, &atoms) : NULL;
    if (row)
        *u = (struct unit){.row = row, .cls = CLASS_money, .atoms = atoms};
    return row;
}

/* 38 độ C: the row is that of °C. */
static bool degrees_parse(const struct view *v, uint32_t i, struct unit *u)
{
    struct sv scale = atom_written(v, i + 1);
    if (!word_is(v, i, "độ") || scale.n != 1 || !is_word(v, i + 1) || atom_glued(v, i + 1) ||
        (atom_glued(v, i + 2) && (is_word(v, i + 2) || is_number(v, i + 2))))
        return false;
    char key[4] = {'\xC2', '\xB0', scale.p[0], 0};
    const struct rule *row = rules_find(v->rules, TABLE_UNITS, (struct sv){key, 3}, NULL);
    if (!row || kind_has(row, "map"))
        return false;
    *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = 2};
    return true;
}

static bool find_unit(const struct view *v, uint32_t i, struct unit *u)
{
    uint32_t atoms;
    if (!atom_at(v, i)->text.len)
        return false;
    const struct rule *row = longest_row(v, i, TABLE_UNITS, false, &atoms);
    if (row && atoms > 1)
        *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = atoms};
    else if (!compose_unit(v, i, u))
        return false;
    if (kind_has(u->row, "money"))
        u->cls = CLASS_money;
    else if (kind_has(u->row, "percent"))
        u->cls = CLASS_percentage;
    return true;
}

/* Whether a quotation mark after a number closes a quotation; otherwise it means inches. */
static bool closes_quotation(const struct view *v, uint32_t i)
{
    enum { FAR = 60 };
    const struct atom *a = atom_at(v, i);
    if (a->code != '"' && a->code != '\'' && a->code != 0x201D && a->code != 0x2019)
        return false;
    uint32_t opener = a->code == 0x201D ? 0x201C : a->code == 0x2019 ? 0x2018 : a->code;
    bool open = false;
    for (uint32_t k = 1; k < FAR && i >= v->begin + k; k++) {
        /* After a number, that mark was a measure, too. */
        if (is_mark(v, i - k, opener) && !(is_number(v, i - k - 1) && atom_glued(v, i - k)))
            open = !open;
    }
    return open;
}

static bool find_unit_here(const struct view *v, uint32_t i, struct unit *u)
{
    if (degrees_parse(v, i, u))
        return true;
    if (currency_parse(v, i, false, u))
        return !unit_is(u, "glued") || atom_glued(v, i);
    if (!find_unit(v, i, u))
        return false;
    if (!unit_is(u, "physical") && u->cls == CLASS_measure)
        return false;
    if (unit_is(u, "glued") && !atom_glued(v, i))
        return false;
    if (unit_is(u, "capital") && digit_count(v, i - 1) < 2)
        return false;
    if (unit_is(u, "digit") && (digit_count(v, i - 1) != 1 || is_number(v, i + 1)))
        return false;
    return !closes_quotation(v, i);
}

bool unit_parse(const struct view *v, uint32_t i, struct unit *u)
{
    const struct atom *a = atom_at(v, i);
    if (!a->text.len || (a->kind == ATOM_PUNCT && (a->code == ',' || a->code == '.')))
        return false;
    uint32_t none;
    if (memo_find(v, MEMO_NO_UNIT, i, &none))
        return false;
    if (find_unit_here(v, i, u))
        return true;
    memo_keep(v, MEMO_NO_UNIT, i, true);
    return false;
}

bool unit_parse_below(const struct view *v, uint32_t i, struct unit *u)
{
    return find_unit(v, i, u) && u->cls == CLASS_measure && !unit_is(u, "scale") &&
           !unit_is(u, "coin") && atom_at(v, i)->kind == ATOM_WORD;
}

const char *thousand_word(const struct utterance *out)
{
    return out->options->dialect == DIALECT_SOUTH ? "ngàn" : "nghìn";
}

void say_unit(struct utterance *out, const struct unit *u)
{
    if (u->prefix)
        say_sv(out, u->prefix->cell[SPOKEN]);
    if (unit_is(u, "thousand"))
        say(out, thousand_word(out));
    else
        say_sv(out, u->row->cell[SPOKEN]);
    if (u->power)
        say(out, u->power == 2 ? "vuông" : "khối");
}
