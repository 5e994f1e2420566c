/*
 * Numbers with what they count in: percentages, money, measures, and ranges of all of them.
 * 100%, 5-7%/năm, 3-5 triệu đồng, 331.690 km2, -5°C, $3,2 tỷ, 25.000đ/kg.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { UNIT_ATOMS = 4 };

/* A quantity: one number, or two with a dash between. */
struct quantity {
    bool minus, range, about;
    uint32_t first_at, second_at;
    struct numeral first, second;
    uint32_t end; /* the atom behind it */
};

struct unit {
    const struct rule *row;
    enum class cls;
    uint32_t atoms;
};

static bool unit_ends(const struct speaker *s, uint32_t i)
{
    return !atom_glued(s, i) || (!is_word(s, i) && !is_number(s, i));
}

static bool row_has(const struct rule *row, const char *kind)
{
    return sv_find(row->cell[2], sv_of(kind)) >= 0;
}

/* Looks the text from atom i on up in a table, the longest run of glued atoms first. */
static const struct rule *longest(const struct speaker *s, uint32_t i, enum rule_table table,
                                  uint32_t *atoms)
{
    uint32_t most = 1;
    while (most < UNIT_ATOMS && atom_at(s, i + most)->text.len && atom_glued(s, i + most))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        const struct rule *row = rules_find(s->rules, table, atoms_written(s, i, i + n - 1), NULL);
        if (row && unit_ends(s, i + n)) {
            *atoms = n;
            return row;
        }
    }
    return NULL;
}

/* A unit, currency or % at atom i. */
static bool unit_parse(const struct speaker *s, uint32_t i, struct unit *u)
{
    if (!atom_at(s, i)->text.len)
        return false;
    if (is_mark(s, i, '%')) {
        *u = (struct unit){NULL, CLASS_percentage, 1};
        return true;
    }
    uint32_t atoms;
    const struct rule *row = longest(s, i, TABLE_CURRENCIES, &atoms);
    if (row) {
        *u = (struct unit){row, CLASS_money, atoms};
        return true;
    }
    row = longest(s, i, TABLE_UNITS, &atoms);
    if (!row || (row_has(row, "glued") && !atom_glued(s, i)))
        return false;
    *u = (struct unit){row, row_has(row, "money") ? CLASS_money : CLASS_measure, atoms};
    return true;
}

static void say_unit(struct speaker *s, const struct unit *u)
{
    if (u->cls == CLASS_percentage)
        say(s, "phần trăm");
    else
        say_sv(s, u->row->cell[1]);
}

static bool starts_minus(const struct speaker *s, uint32_t i)
{
    return (is_mark(s, i, '-') || is_mark(s, i, 0x2212)) && atom_glued(s, i + 1) &&
           is_number(s, i + 1);
}

/* Number, or number dash number. */
static bool quantity_parse(const struct speaker *s, uint32_t i, struct quantity *q)
{
    *q = (struct quantity){0};
    q->about = is_mark(s, i, '~') || is_mark(s, i, 0x2248);
    i += q->about;
    q->minus = is_minus(s, i) || (starts_minus(s, i) && q->about);
    i += q->minus;
    q->first_at = i;
    if (!numeral_parse(s, i, &q->first))
        return false;
    q->end = i + q->first.atoms;
    uint32_t dash = q->end;
    if (!is_range_dash(s, dash) || q->first.spelled)
        return true;
    if (numeral_parse(s, dash + 1, &q->second) && !q->second.spelled) {
        q->range = true;
        q->second_at = dash + 1;
        q->end = dash + 1 + q->second.atoms;
    }
    return true;
}

static bool rises(const struct speaker *s, const struct quantity *q)
{
    if (q->first.value != q->second.value)
        return q->first.value < q->second.value;
    if (!q->first.fraction || !q->second.fraction)
        return !q->first.fraction && q->second.fraction;
    return sv_cmp(atom_written(s, q->first.fraction), atom_written(s, q->second.fraction)) < 0;
}

static void say_quantity(struct speaker *s, uint32_t i, const struct quantity *q)
{
    if (q->about)
        say(s, "khoảng");
    if (q->minus && !word_is(s, i - 1, "âm"))
        say(s, "âm");
    say_numeral(s, q->first_at, &q->first);
    if (!q->range)
        return;
    say(s, "đến");
    say_numeral(s, q->second_at, &q->second);
}

/* What a unit is counted by: "/kg" behind a measure, "/năm" behind a percentage. Says it and
 * returns how many atoms it takes; of a plain word only the stroke is taken. */
static uint32_t read_per(struct speaker *s, uint32_t i, enum class cls, bool speak)
{
    struct unit below;
    if (!is_mark(s, i, '/') || !atom_glued(s, i) || !atom_at(s, i + 1)->text.len)
        return 0;
    bool unit = unit_parse(s, i + 1, &below) && below.cls == CLASS_measure;
    if (!unit && !(is_word(s, i + 1) && atom_has(atom_at(s, i + 1), ATOM_LEGAL)))
        return 0;
    bool over = unit && row_has(below.row, "physical") && cls == CLASS_measure;
    if (speak) {
        say(s, over ? "trên" : "một");
        if (unit)
            say_unit(s, &below);
    }
    return unit ? 1 + below.atoms : 1;
}

static uint32_t say_with_unit(struct speaker *s, uint32_t i, const struct quantity *q,
                              const struct unit *u)
{
    uint32_t end = q->end + u->atoms;
    uint32_t n = end - i + read_per(s, end, u->cls, false);
    token_begin(s, u->cls, q->range ? "range with its unit" : "number with its unit", i, n);
    say_quantity(s, i, q);
    say_unit(s, u);
    read_per(s, end, u->cls, true);
    token_end(s);
    return n;
}

/* $3,2 tỷ: the currency is said behind the number and its scale. */
static uint32_t read_sign_first(struct speaker *s, uint32_t i)
{
    struct unit u;
    if (!unit_parse(s, i, &u) || u.cls != CLASS_money)
        return 0;
    uint32_t at = i + u.atoms;
    struct quantity q;
    bool sign = atom_at(s, i)->kind == ATOM_SYMBOL;
    if (!is_number(s, at) || (sign && !atom_glued(s, at)) || !quantity_parse(s, at, &q))
        return 0;
    bool scale = word_is(s, q.end, "tỷ") || word_is(s, q.end, "tỉ") || word_is(s, q.end, "triệu") ||
                 word_is(s, q.end, "nghìn") || word_is(s, q.end, "ngàn");
    token_begin(s, CLASS_money, "currency before its number", i, q.end + scale - i);
    say_quantity(s, at, &q);
    if (scale)
        say_sv(s, atom_lower(s, q.end));
    say_unit(s, &u);
    token_end(s);
    return q.end + scale - i;
}

/* 60 tỷ USD: a currency behind a word that says how many. */
static bool is_amount_before(const struct speaker *s, uint32_t i)
{
    static const char *const scales[] = {"tỷ", "tỉ", "triệu", "nghìn", "ngàn", "trăm", "chục", "mươi"};
    if (is_number(s, i - 1))
        return true;
    for (size_t k = 0; k < sizeof scales / sizeof *scales; k++)
        if (word_is(s, i - 1, scales[k]))
            return true;
    return false;
}

static uint32_t read_lone_currency(struct speaker *s, uint32_t i)
{
    struct unit u;
    if (!is_amount_before(s, i) || !unit_parse(s, i, &u) || u.cls != CLASS_money)
        return 0;
    uint32_t n = u.atoms + read_per(s, i + u.atoms, CLASS_money, false);
    token_begin(s, CLASS_money, "currency", i, n);
    say_unit(s, &u);
    read_per(s, i + u.atoms, CLASS_money, true);
    token_end(s);
    return n;
}

/* The number of something, a few words back in the same phrase: 2 lần/ngày. */
static bool is_counted(const struct speaker *s, uint32_t i)
{
    for (uint32_t k = 1; k <= 6; k++) {
        if (is_number(s, i - k))
            return true;
        if (!is_word(s, i - k) && !is_mark(s, i - k, '%'))
            return false;
    }
    return false;
}

/* người/km2, lần/ngày, triệu/tháng: a stroke behind a word that is counted. */
static uint32_t read_stroke(struct speaker *s, uint32_t i)
{
    struct unit below;
    if (!is_mark(s, i, '/') || !atom_glued(s, i) || !atom_glued(s, i + 1) || !is_word(s, i - 1))
        return 0;
    bool unit = unit_parse(s, i + 1, &below) && below.cls == CLASS_measure;
    bool physical = unit && row_has(below.row, "physical");
    if ((!physical && !is_counted(s, i)) || (!unit && !is_word(s, i + 1)))
        return 0;
    static const char *const money[] = {"đồng", "triệu", "tỷ", "nghìn", "ngàn"};
    bool over = physical;
    for (size_t k = 0; k < sizeof money / sizeof *money; k++)
        if (word_is(s, i - 1, money[k]))
            over = false;
    uint32_t n = unit ? 1 + below.atoms : 1;
    token_begin(s, CLASS_measure, "stroke behind what is counted", i, n);
    say(s, over ? "trên" : "một");
    if (unit)
        say_unit(s, &below);
    token_end(s);
    return n;
}

uint32_t read_measure(struct speaker *s, uint32_t i)
{
    if (is_mark(s, i, '/'))
        return read_stroke(s, i);
    uint32_t n = read_sign_first(s, i);
    if (n)
        return n;
    if (!is_number(s, i) && (n = read_lone_currency(s, i)))
        return n;
    struct quantity q;
    struct unit u;
    if (is_word(s, i) || !quantity_parse(s, i, &q))
        return 0;
    if (unit_parse(s, q.end, &u))
        return say_with_unit(s, i, &q, &u);
    /* 18°C-25°C: the dash stands behind the unit, so each is read alone. */
    if (q.range && rises(s, &q) && !is_range_dash(s, q.end)) {
        token_begin(s, CLASS_range, "range", i, q.end - i);
        say_quantity(s, i, &q);
        token_end(s);
        return q.end - i;
    }
    if (q.about) {
        token_begin(s, CLASS_measure, "about", i, q.first_at + q.first.atoms - i);
        q.range = false;
        say_quantity(s, i, &q);
        token_end(s);
        return q.first_at + q.first.atoms - i;
    }
    return 0;
}
