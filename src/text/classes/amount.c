#include "text/classes/amount.h"

#include "text/classes/class.h"
#include "text/classes/evidence.h"

/* ---- digits after a unit: 1m75, 3kg5, 1tr5 ---- */

/* The unit at atom `at`, and the amount so far. */
struct tail {
    uint32_t at;
    const struct amount *amount;
    const struct unit *unit;
};

static bool is_no_tail_unit(const struct candidate *c)
{
    const struct tail *t = c->parts;
    return !unit_is(t->unit, UNIT_TAIL) || !atom_glued(c->v, t->at);
}

static bool has_written_parts(const struct candidate *c)
{
    const struct tail *t = c->parts;
    return t->amount->number.fraction || t->amount->number.grouped;
}

static bool has_too_many_digits(const struct candidate *c)
{
    const struct tail *t = c->parts;
    uint32_t most = unit_is(t->unit, UNIT_PHYSICAL) ? 2 : 3;
    return digit_count(c->v, t->at + 1) > most || is_glued_on(c->v, t->at + 2);
}

static bool has_digits_after(const struct candidate *c)
{
    const struct tail *t = c->parts;
    return is_number(c->v, t->at + 1) && atom_glued(c->v, t->at + 1);
}

static bool is_height(const struct view *v, const struct amount *a)
{
    enum { WORDS = 3, SHORT = 10 };
    if (is_dash(v, a->begin - 1) && word_is(v, a->begin - 2, "m"))
        return a->number.value < SHORT; /* trẻ em 1m-1m3 */
    for (uint32_t k = 1; k <= WORDS && a->number.value < SHORT; k++)
        if (rules_cues(v->rules, atom_lower(v, a->begin - k)) & CUE_HEIGHT)
            return true;
    return false;
}

static bool is_area_or_volume(const struct candidate *c)
{
    const struct tail *t = c->parts;
    struct sv digits = atom_written(c->v, t->at + 1);
    return unit_is(t->unit, UNIT_LENGTH) && (sv_is(digits, "2") || sv_is(digits, "3")) &&
           !is_height(c->v, t->amount);
}

static const struct evidence for_tail[] = {
    {"a unit that is never split", is_no_tail_unit, EXCLUDED},        /* 10m/s2 */
    {"decimals or thousands before it", has_written_parts, EXCLUDED}, /* 1,5m75 */
    {"too many digits", has_too_many_digits, EXCLUDED},               /* 5m1234 */
    {"an area or volume, no height", is_area_or_volume, EXCLUDED},    /* phòng 3m2, but cao 1m2 */
    {"digits after it", has_digits_after, ENOUGH},                    /* 1m75 */
    {0},
};

static bool tail_parse(const struct view *v, const struct amount *a, uint32_t i, struct unit *u,
                       uint32_t *tail)
{
    const struct row *row = rules_find(v->rules, TABLE_UNITS, atom_written(v, i));
    *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = 1};
    const struct tail found = {i, a, u};
    if (!row || !evidence_is_enough(for_tail, v, i, &found))
        return false;
    if (unit_is(u, UNIT_MONEY) || unit_is(u, UNIT_SCALE))
        u->cls = CLASS_money;
    *tail = i + 1;
    return true;
}

static bool is_sign(const struct view *v, uint32_t i)
{
    return (is_mark(v, i, '-') || is_mark(v, i, 0x2212)) && atom_glued(v, i + 1);
}

/* An en dash is a minus before degrees only: –5°C; so is a dash with spaces: xuống - 5 độ C. */
static bool is_degrees_sign(const struct view *v, uint32_t i)
{
    struct numeral n;
    bool dash = is_mark(v, i, 0x2013), spaced = !atom_glued(v, i + 1);
    if (!(dash || is_mark(v, i, '-')) || atom_glued(v, i) || is_number(v, i - 1) ||
        !numeral_parse(v, i + 1, &n))
        return false;
    uint32_t unit = i + 1 + n.atoms;
    bool degrees = is_mark(v, unit, 0xB0) || is_mark(v, unit, 0xBA);
    if (spaced)
        return (degrees || word_is(v, unit, "độ")) && near_before(v, i, NEAR_COLD);
    return dash && degrees;
}

const struct row *short_scale_at(const struct view *v, uint32_t i)
{
    enum { LETTERS = 3 };
    char key[1 + LETTERS] = {'$'};
    struct sv word = atom_written(v, i);
    if (!is_word(v, i) || !atom_glued(v, i) || word.n > LETTERS || is_glued_on(v, i + 1))
        return NULL;
    memcpy(key + 1, word.p, word.n);
    const struct row *row = rules_find(v->rules, TABLE_UNITS, (struct sv){key, 1 + word.n});
    return row && (row_kinds(row) & UNIT_SHORT) ? row : NULL;
}

/* 10M view, 2M lượt xem: people of the web are counted by the million. */
static bool is_audience(const struct view *v, uint32_t i)
{
    return word_is(v, i, "lượt") || (!is_syllable(v, i) && cue_after(v, i, CUE_COUNTED));
}

/* 5M USD, 1.2bn EUR, 10M view: the letters are a scale before a currency or an audience. */
static bool short_scale_parse(const struct view *v, struct amount *a, uint32_t i)
{
    bool name = atom_glued(v, a->number_at) && is_word(v, a->number_at - 1); /* QL40B */
    a->short_scale = name ? NULL : short_scale_at(v, i);
    a->has_unit = a->short_scale && currency_parse(v, i + 1, false, &a->unit);
    if (!a->has_unit && !(a->short_scale && is_audience(v, i + 1)))
        a->short_scale = NULL;
    return a->short_scale;
}

/* hạng, hạng cân; or weights after them in a list: hạng -48 kg, -52 kg */
static bool is_weight_word(const struct view *v, uint32_t i)
{
    enum { FAR = 24 };
    for (uint32_t k = 0; k < FAR; k++, i--) {
        bool list = is_number(v, i) || word_is(v, i, "kg") || is_joint(v, i, "", CUE_AND) ||
                    is_mark(v, i, ',') || is_mark(v, i, ';') || is_dash(v, i) || is_mark(v, i, '+');
        if (!list)
            break;
    }
    return near_before(v, i + 1, NEAR_WEIGHT_CLASS);
}

/* hạng -48 kg, hạng cân +78kg */
static bool is_weight_class(const struct view *v, const struct amount *a)
{
    return (a->minus || a->plus) && is_weight_word(v, a->begin - 1) && word_is(v, a->end - 1, "kg");
}

/* 80tr500k: two sums are glued. Takes the unit of the first one. */
static bool millions_before_thousands(const struct view *v, uint32_t i, struct amount *a)
{
    if (!word_is(v, i, "tr") || !atom_glued(v, i) || !is_number(v, i + 1) ||
        !atom_glued(v, i + 1) || !word_is(v, i + 2, "k") || !atom_glued(v, i + 2))
        return false;
    a->unit = (struct unit){
        .row = rules_find(v->rules, TABLE_UNITS, SV("tr")), .cls = CLASS_money, .atoms = 1};
    a->has_unit = a->unit.row;
    a->end = i + 1;
    return a->has_unit;
}

bool amount_parse(const struct view *v, uint32_t i, struct amount *a)
{
    *a = (struct amount){.begin = i};
    a->about = is_mark(v, i, '~') || is_mark(v, i, 0x2248);
    i += a->about;
    a->plus = is_mark(v, i, '+') && atom_glued(v, i + 1) && is_weight_word(v, i - 1);
    i += a->plus;
    a->minus = is_minus(v, i) || is_degrees_sign(v, i) || (is_sign(v, i) && a->about);
    i += a->minus;
    a->number_at = i;
    if (!numeral_parse(v, i, &a->number))
        return false;
    i += a->number.atoms;
    if (millions_before_thousands(v, i, a))
        return true;
    if (tail_parse(v, a, i, &a->unit, &a->tail)) {
        a->has_unit = true;
        a->end = a->tail + 1;
        return true;
    }
    a->tail = 0;
    if (short_scale_parse(v, a, i)) {
        a->end = i + 1 + (a->has_unit ? a->unit.atoms : 0);
        return true;
    }
    if (word_is_kind(v, i, UNIT_SCALE))
        a->scale = i++;
    a->has_unit = unit_parse(v, i, &a->unit);
    a->end = i + (a->has_unit ? a->unit.atoms : 0);
    return true;
}

void say_amount(struct utterance *out, const struct view *v, const struct amount *a, bool bare)
{
    if (a->about && !word_is(v, a->begin - 1, "khoảng"))
        say(out, "khoảng");
    if (is_weight_class(v, a))
        say(out, a->plus ? "trên" : "dưới");
    else if (a->plus)
        say(out, "cộng");
    else if (a->minus && !word_is(v, a->begin - 1, "âm"))
        say(out, "âm");
    say_numeral(out, v, a->number_at, &a->number);
    if (bare)
        return;
    if (a->short_scale && (row_kinds(a->short_scale) & UNIT_THOUSAND))
        say(out, thousand_word(out));
    else if (a->short_scale)
        say_sv(out, row_text(a->short_scale, UNITS_SPOKEN));
    if (a->scale)
        say_sv(out,
               row_text(rules_find(v->rules, TABLE_UNITS, atom_lower(v, a->scale)), UNITS_SPOKEN));
    /* phút 90': the sign repeats the word before it. */
    bool said = a->has_unit && unit_is(&a->unit, UNIT_CLOCK) && word_is(v, a->begin - 1, "phút");
    if (a->has_unit && !said)
        say_unit(out, &a->unit);
    if (a->tail)
        say_number_atom(out, v, a->tail);
}

/* -1, 0 or 1, for the numbers without sign and unit; 1m5 is less than 1m75. */
static int compare_numbers(const struct view *v, const struct amount *a, const struct amount *b)
{
    if (a->number.value != b->number.value)
        return a->number.value < b->number.value ? -1 : 1;
    if (a->tail || b->tail)
        return a->tail && b->tail ? sv_cmp(atom_written(v, a->tail), atom_written(v, b->tail))
                                  : !!a->tail - !!b->tail;
    if (!a->number.fraction || !b->number.fraction)
        return !!a->number.fraction - !!b->number.fraction;
    return sv_cmp(atom_written(v, a->number.fraction), atom_written(v, b->number.fraction));
}

bool measures_behind(const struct view *v, uint32_t i)
{
    struct unit u;
    struct numeral to;
    if (is_range_dash(v, i) && numeral_parse(v, i + 1, &to))
        i += 1 + to.atoms;
    if (word_is_kind(v, i, UNIT_SCALE | UNIT_COIN) || is_mark(v, i, '%'))
        return true;
    return unit_parse(v, i, &u) && (!atom_glued(v, i) || atom_at(v, i)->text.len > 1);
}

/* ---- the ends of a range ---- */

struct ends_of_range {
    const struct amount *from, *to;
};

static const struct amount *from_of(const struct candidate *c)
{
    return ((const struct ends_of_range *)c->parts)->from;
}

static const struct amount *to_of(const struct candidate *c)
{
    return ((const struct ends_of_range *)c->parts)->to;
}

static bool is_second_about(const struct candidate *c)
{
    return to_of(c)->about;
}

static bool has_only_first_unit(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->has_unit && (!b->has_unit || a->unit.cls != b->unit.cls);
}

static bool has_only_first_scale(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->scale && !b->scale && !a->has_unit && !b->has_unit;
}

static bool is_short_money_and_scale(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->has_unit && unit_is(&a->unit, UNIT_MONEY) && b->scale;
}

static bool have_other_dimensions(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->has_unit && !units_fit(&a->unit, &b->unit);
}

static bool have_other_scales(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    if (a->scale && b->scale)
        return !sv_eq(atom_lower(c->v, a->scale), atom_lower(c->v, b->scale));
    return a->scale || (a->has_unit && b->scale);
}

/* $900M-$1.2B */
static bool have_other_short_scales(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->short_scale && b->short_scale && a->short_scale != b->short_scale;
}

static bool have_other_units(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->has_unit && (a->unit.row != b->unit.row || a->unit.prefix != b->unit.prefix);
}

/* The first is written out, the second has its scale as a word. */
static bool is_grouped_before_scale(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->number.grouped && !a->scale && !a->has_unit && b->scale;
}

/* Sống đẹp mùa 3 - 2023: a year after a small number is no end of a range. */
static bool is_number_and_year(const struct candidate *c)
{
    enum { SMALL = 100, FIRST = 1950, LAST = 2050 };
    const struct amount *a = from_of(c), *b = to_of(c);
    return !a->has_unit && !b->has_unit && !a->scale && !b->scale && a->number.value < SMALL &&
           !a->number.fraction && !b->number.grouped && !b->number.fraction &&
           b->number.value >= FIRST && b->number.value <= LAST &&
           !cue_after(c->v, b->end, CUE_COUNTED);
}

static bool rises_from_below_zero(const struct candidate *c)
{
    return from_of(c)->minus && !to_of(c)->minus;
}

static bool falls_below_zero(const struct candidate *c)
{
    return !from_of(c)->minus && to_of(c)->minus;
}

static bool have_rising_numbers(const struct candidate *c)
{
    int order = compare_numbers(c->v, from_of(c), to_of(c));
    return from_of(c)->minus ? order > 0 : order < 0;
}

/* A price that fell. A difference has its sum behind it. */
static bool have_both_scales(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return a->scale && b->scale && a->has_unit == b->has_unit && atom_at(c->v, b->end)->code != '=';
}

/* The weather gives the heat of the day before that of the night. */
static bool are_degrees(const struct candidate *c)
{
    const struct amount *b = to_of(c);
    uint32_t sign = b->number_at + b->number.atoms, code = atom_at(c->v, sign)->code;
    return word_is(c->v, sign, "độ") || code == 0xB0 || code == 0x2103;
}

/* 22°-28°C: the scale is named once. */
static bool are_degrees_twice(const struct candidate *c)
{
    const struct amount *a = from_of(c), *b = to_of(c);
    return is_mark(c->v, a->number_at + a->number.atoms, 0xB0) && a->unit.atoms == 1 &&
           is_mark(c->v, b->number_at + b->number.atoms, 0xB0) && have_rising_numbers(c);
}

/* DDR5-6400: the number of a name, and what belongs to it. */
static bool is_number_of_name(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t from = from_of(c)->number_at, to = to_of(c)->number_at;
    return is_upper(v, from - 1) && atom_glued(v, from) && is_tight_mark(v, to - 1, '-') &&
           atom_written(v, from - 1).n > 1 && digit_count(v, to) >= digit_count(v, from) + 3;
}

static const struct evidence for_range[] = {
    {"the number of a name", is_number_of_name, EXCLUDED},          /* DDR5-6400 */
    {"~ before the second", is_second_about, EXCLUDED},             /* 5 - ~7 */
    {"tr or k, then a scale", is_short_money_and_scale, CERTAIN},   /* 500tr - 1 tỷ */
    {"a unit only after the first", has_only_first_unit, EXCLUDED}, /* 5m - 7 */
    {"a scale only after the first", has_only_first_scale, EXCLUDED}, /* giảm 5 triệu - 3 người */
    {"degrees, then their scale", are_degrees_twice, CERTAIN},        /* 22°-28°C */
    {"units of two dimensions", have_other_dimensions, EXCLUDED},       /* 220V-50Hz */
    {"different units", have_other_units, CERTAIN},                     /* 500m - 1km */
    {"different letters for scales", have_other_short_scales, CERTAIN}, /* $900M-$1.2B */
    {"different scales", have_other_scales, CERTAIN}, /* 500 nghìn - 1 triệu đồng */
    {"written out, then a scale", is_grouped_before_scale, CERTAIN}, /* 500.000 - 2 triệu */
    {"a small number and a year", is_number_and_year, EXCLUDED},     /* mùa 3 - 2023 */
    {"from below zero up", rises_from_below_zero, CERTAIN},          /* -5 - 2°C */
    {"from above zero down", falls_below_zero, EXCLUDED},            /* 5 - -2°C */
    {"the numbers rise", have_rising_numbers, ENOUGH}, /* 10-15 người, -5 - -2°C */
    {"a scale after both", have_both_scales, ENOUGH},  /* 1,7 tỷ - 1,45 tỷ */
    {"degrees", are_degrees, ENOUGH},                  /* 36-26 độ */
    {0},
};

bool amounts_rise(const struct view *v, const struct amount *a, const struct amount *b)
{
    const struct ends_of_range range = {a, b};
    return evidence_is_enough(for_range, v, a->begin, &range);
}
