/* Units, currencies and percent: looked up, with metric prefixes, squares and cubes. */
#include "text/classes/unit.h"

enum { UNIT_ATOMS = 5 };

_Static_assert((int)UNITS_SPOKEN == (int)CURRENCIES_SPOKEN, "a unit is a row of either table");

bool unit_is(const struct unit *u, uint64_t kinds)
{
    return row_kinds(u->row) & kinds;
}

bool units_fit(const struct unit *a, const struct unit *b)
{
    uint64_t dimensions = UNIT_LENGTH | UNIT_MASS | UNIT_DATA | UNIT_MONEY;
    bool same = row_kinds(a->row) & row_kinds(b->row) & dimensions;
    return (same && a->power == b->power) || a->row == b->row;
}

bool word_is_kind(const struct view *v, uint32_t i, uint64_t kinds)
{
    if (!is_word(v, i) || !begins_key(v, i, HEAD_UNITS))
        return false;
    const struct row *row = rules_find(v->rules, TABLE_UNITS, atom_lower(v, i));
    return row && (row_kinds(row) & kinds);
}

/* Looks up the text from atom i on in a table, the longest run of glued atoms first. */
static const struct row *longest_row(const struct view *v, uint32_t i, enum rule_table table,
                                     bool front, uint32_t *atoms)
{
    uint32_t most = 1;
    if (!begins_key(v, i, table == TABLE_UNITS ? HEAD_UNITS : HEAD_CURRENCIES))
        return NULL;
    while (most < UNIT_ATOMS && atom_at(v, i + most)->text.len && atom_glued(v, i + most))
        most++;
    for (uint32_t n = most; n > 0; n--) {
        const struct row *row = rules_find(v->rules, table, atoms_written(v, i, i + n - 1));
        bool prefix = row && table == TABLE_UNITS && (row_kinds(row) & UNIT_PREFIX); /* m- */
        if (row && !prefix && (!is_glued_on(v, i + n) || (front && is_number(v, i + n)))) {
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

/* Splits "km" into "k-" and "m", which have rows. */
static const struct row *with_prefix(const struct view *v, struct sv word,
                                     const struct row **prefix)
{
    size_t n = word.n && (unsigned char)word.p[0] >= 0xC0 ? 2 : 1;
    if (word.n <= n || word.n > n + 4)
        return NULL;
    char key[4] = {word.p[0], n == 2 ? word.p[1] : '-', n == 2 ? '-' : 0, 0};
    const struct row *row = rules_find(v->rules, TABLE_UNITS, sv_sub(word, n, word.n - n));
    *prefix = rules_find(v->rules, TABLE_UNITS, sv_of(key));
    return row && *prefix && takes_prefix(row, sv_sub(word, 0, n)) ? row : NULL;
}

/* Behind the number at atom i is a mark or the end, so that it counts nothing. */
static bool is_closed_behind(const struct view *v, uint32_t i)
{
    bool mark = is_mark(v, i + 1, '.') || is_mark(v, i + 1, ',') || is_mark(v, i + 1, ';') ||
                is_mark(v, i + 1, ')') || is_mark(v, i + 1, 0x201D) || i + 1 == v->end;
    bool bracket = is_mark(v, i + 1, '(') && !atom_glued(v, i + 1);
    return bracket || (mark && !is_glued_on(v, i + 2));
}

/* μg, mg: what is measured in a volume or on an area. */
static bool is_small_mass(const struct view *v, uint32_t i)
{
    const struct row *prefix, *row = with_prefix(v, atom_written(v, i), &prefix);
    return row && (row_kinds(row) & UNIT_MASS);
}

/* diện tích đất 44,7 m 2, diện tích khoảng 1.5m 2: the number that begins at atom i is an area. */
static bool is_area(const struct view *v, uint32_t i)
{
    enum { FAR = 3 };
    for (uint32_t k = 0; k < FAR && is_word(v, i - k - 1); k++)
        if (phrase_is(v, i - k - 2, "diện tích"))
            return true;
    return false;
}

/* 13.000m 2 đất, 120 m 2 trên đường, 3.000 m 3 cát: what has an area or a volume is behind it, or a
 * word that nothing counts. */
static bool is_before_surface(const struct view *v, uint32_t i)
{
    bool open = cue_after(v, i + 1, CUE_DATE_OPEN) && digit_count(v, i - 2) > 1;
    uint32_t first = i - 2; /* of 13.000 */
    while ((is_tight_mark(v, first - 1, '.') || is_tight_mark(v, first - 1, ',')) &&
           is_number(v, first - 2))
        first -= 2;
    bool length = word_is(v, first - 1, "cách") || word_is(v, first - 1, "ngang") ||
                  word_is(v, first - 1, "dài") || word_is(v, first - 1, "cao") ||
                  word_is(v, first - 1, "sâu") || word_is(v, first - 1, "xa") ||
                  word_is(v, first - 1, "đi") || word_is(v, first - 1, "chạy") ||
                  word_is(v, first - 1, "trường") || word_is(v, first - 1, "nhà") ||
                  word_is(v, first - 1, "x");
    return !length && !atom_glued(v, i + 1) && is_number(v, i - 2) && word_is(v, i - 1, "m") &&
           (open || is_area(v, first) || cue_after(v, i + 1, CUE_AREA));
}

/* 10m 3., 250m 2, : a power that stood above the line, behind a number of two digits or more (1m 2
 * may be a height) and before a mark; behind a stroke, too, đồng/m 2., where a word that is not
 * counted is as good: người/km 2 ở. By a small mass it is one before anything: μg/m 3 không khí. */
static bool is_spaced_power(const struct view *v, uint32_t i)
{
    bool stroke = is_mark(v, i + 1, '/') && is_word(v, i + 2);
    if (stroke || (word_is_kind(v, i - 2, UNIT_SCALE) && !is_glued_on(v, i + 1)))
        return true; /* 12 m 3 /s, 1 triệu m 3 bùn */
    if (is_before_surface(v, i))
        return true;
    if (is_tight_mark(v, i - 2, '/'))
        return !is_glued_on(v, i + 1) && (is_closed_behind(v, i) || is_small_mass(v, i - 3) ||
                                          cue_after(v, i + 1, CUE_DATE_OPEN));
    return is_closed_behind(v, i) && digit_count(v, i - 2) > 1 && !is_mark(v, i - 3, ':');
}

/* The power after a unit of length: m2, m²; 0 if there is none. */
static unsigned power_at(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i) && !is_spaced_power(v, i))
        return 0;
    if (is_mark(v, i, 0xB2) || (is_number(v, i) && sv_is(atom_written(v, i), "2")))
        return 2;
    return is_mark(v, i, 0xB3) || (is_number(v, i) && sv_is(atom_written(v, i), "3")) ? 3 : 0;
}

/* A unit whose prefix or power is not in its row: km, dm2, kWh. */
static bool compose_unit(const struct view *v, uint32_t i, struct unit *u)
{
    struct sv word = atom_written(v, i);
    const struct row *prefix = NULL, *row = rules_find(v->rules, TABLE_UNITS, word);
    if (!row)
        row = with_prefix(v, word, &prefix);
    if (!row)
        return false;
    *u = (struct unit){.row = row, .prefix = prefix, .cls = CLASS_measure, .atoms = 1};
    if (row_kinds(row) & UNIT_LENGTH)
        u->power = (uint8_t)power_at(v, i + 1);
    u->atoms += u->power != 0;
    return !is_glued_on(v, i + u->atoms);
}

/* Đức 9đ, Bồ Đào Nha (7đ): the points of a team, right behind its name. */
static bool follows_team(const struct view *v, uint32_t i)
{
    bool bracket = is_mark(v, i - 1, '('), ends = !is_word(v, i + 2) && !is_number(v, i + 2);
    uint32_t name = i - 1 - bracket;
    return is_capitalized(v, name) && !is_upper(v, name) && name > v->begin && ends &&
           bracket == is_mark(v, i + 2, ')');
}

/* 9,75đ, đạt 9đ: points; no sum of đồng has so small a whole and decimals. */
static bool is_mark_of_school(const struct view *v, uint32_t i)
{
    enum { MOST_DIGITS = 2 };
    uint32_t whole = i - 3, digits = digit_count(v, i - 1);
    if (!sv_is(atom_written(v, i), "đ") || !digits || digits > MOST_DIGITS ||
        is_mark(v, i + 1, '/'))
        return false;
    if (near_before(v, i - 1, NEAR_POINTS) || follows_team(v, i - 1))
        return true;
    bool decimal = is_tight_mark(v, i - 2, ',') || is_tight_mark(v, i - 2, '.');
    return decimal && digit_count(v, whole) && digit_count(v, whole) <= MOST_DIGITS &&
           !is_mark(v, whole - 1, '.');
}

bool currency_parse(const struct view *v, uint32_t i, bool front, struct unit *u)
{
    uint32_t atoms;
    /* 27 đ/c: đồng chí */
    bool comrades = is_tight_mark(v, i + 1, '/') && word_is(v, i, "đ") && word_is(v, i + 2, "c") &&
                    !is_glued_on(v, i + 3);
    const struct row *row = atom_at(v, i)->text.len && !comrades
                                ? longest_row(v, i, TABLE_CURRENCIES, front, &atoms)
                                : NULL;
    if (row)
        *u = (struct unit){.row = row, .cls = CLASS_money, .atoms = atoms};
    return row;
}

/* The letter of 38 độ C and 38 độC, with the number of its atoms; empty if there is none. */
static struct sv scale_of_degrees(const struct view *v, uint32_t i, uint8_t *atoms)
{
    static const struct sv none = {"", 0};
    struct sv word = atom_written(v, i), degrees = SV("độ"), scale = atom_written(v, i + 1);
    *atoms = 1;
    if (word.n == degrees.n + 1 && sv_starts(word, degrees) && word.p[degrees.n] <= 'Z')
        return sv_sub(word, degrees.n, 1);
    *atoms = 2;
    bool one = scale.n == 1 && is_word(v, i + 1) && !atom_glued(v, i + 1);
    return word_is(v, i, "độ") && one ? scale : none;
}

/* 38 độ C: the row is that of °C. */
static bool degrees_parse(const struct view *v, uint32_t i, struct unit *u)
{
    uint8_t atoms;
    struct sv scale = scale_of_degrees(v, i, &atoms);
    if (!scale.n || is_glued_on(v, i + atoms))
        return false;
    char key[4] = {'\xC2', '\xB0', scale.p[0], 0};
    const struct row *row = rules_find(v->rules, TABLE_UNITS, (struct sv){key, 3});
    if (!row || (row_kinds(row) & UNIT_MAP))
        return false;
    *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = atoms};
    return true;
}

/* ‘The Face 2017’: a quotation that closes behind a year is no minute. */
static bool is_quote_behind_year(const struct view *v, uint32_t i)
{
    enum { YEAR = 4 };
    bool quote = is_mark(v, i, '\'') || is_mark(v, i, 0x2019);
    return quote && digit_count(v, i - 1) == YEAR;
}

static bool find_unit(const struct view *v, uint32_t i, struct unit *u)
{
    uint32_t atoms;
    if (!atom_at(v, i)->text.len || is_quote_behind_year(v, i))
        return false;
    const struct row *row = longest_row(v, i, TABLE_UNITS, false, &atoms);
    if (row && atoms > 1)
        *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = atoms};
    else if (!compose_unit(v, i, u))
        return false;
    if (unit_is(u, UNIT_MONEY))
        u->cls = CLASS_money;
    else if (unit_is(u, UNIT_PERCENT))
        u->cls = CLASS_percentage;
    return true;
}

/* 20,9 0 C, 25-27 0C, 37 o C: the sign of degrees, no longer raised. */
static bool fallen_degrees_parse(const struct view *v, uint32_t i, struct unit *u)
{
    struct sv sign = atom_written(v, i), scale = atom_written(v, i + 1);
    bool degrees =
        (sv_is(sign, "0") || sv_is(sign, "o")) && is_number(v, i - 1) && !atom_glued(v, i);
    if (!degrees || !(sv_is(scale, "C") || sv_is(scale, "F")) || is_glued_on(v, i + 2))
        return false;
    char key[4] = {'\xC2', '\xB0', scale.p[0], 0};
    *u = (struct unit){.row = rules_find(v->rules, TABLE_UNITS, (struct sv){key, 3}),
                       .cls = CLASS_measure,
                       .atoms = 2};
    return u->row;
}

/* The marks of one kind of quotation: those that open one, and those that close one. */
static bool is_same_quote(uint32_t mark, const struct atom *a)
{
    switch (mark) {
    case 0x201D:
        return a->code == 0x201C || a->code == 0x201D;
    case 0x2019:
        return a->code == 0x2018 || a->code == 0x2019;
    default:
        return a->code == mark;
    }
}

/* Atom k of the block opens a quotation: by its own mark, or by the space before it. */
static bool opens_quotation(const struct view *v, uint32_t k)
{
    const struct atom *a = &v->atoms[k];
    if (a->code == 0x201C || a->code == 0x2018)
        return true;
    bool tight = !atom_has(a + 1, ATOM_SPACED);
    return tight && (k == 0 || atom_has(a, ATOM_SPACED) || (a - 1)->code == '(');
}

/* The number at atom i measures no inches: a year, the number of something (lần 2"), or the last
 * word of somebody who is named after it (2", chị nói). */
static bool is_no_length(const struct view *v, uint32_t i)
{
    const uint32_t numbering = CUE_ROMAN | CUE_DATE | CUE_ADDRESS | CUE_DOCUMENT;
    uint32_t speaker = i + 3;
    return digit_count(v, i) > 3 || word_is(v, i - 1, "năm") ||
           (is_word(v, i - 1) && cue_before(v, i, numbering)) ||
           (is_mark(v, i + 2, ',') && is_word(v, speaker) &&
            (rules_stop_kinds(v->rules, atom_lower(v, speaker)) & STOP_PERSON));
}

/* Whether a quotation mark after a number closes a quotation; otherwise it means inches or minutes.
 * The quotation may have begun in a sentence before, so this looks at the whole block. */
static bool closes_quotation(const struct view *v, uint32_t i)
{
    enum { FAR = 400 };
    const struct atom *a = atom_at(v, i);
    if (a->code != '"' && a->code != '\'' && a->code != 0x201D && a->code != 0x2019)
        return false;
    if ((a->code == '"' || a->code == 0x201D) && is_no_length(v, i - 1))
        return true;
    for (uint32_t k = i; k > 0 && i - k < FAR; k--) {
        const struct atom *before = &v->atoms[k - 1];
        bool inside = before->code == '\'' || before->code == 0x2019;
        inside = inside && !atom_has(before, ATOM_SPACED) && !atom_has(before + 1, ATOM_SPACED);
        if (before->kind == ATOM_PUNCT && is_same_quote(a->code, before) && !inside)
            return opens_quotation(v, k - 1);
    }
    return false;
}

/* The number before atom i is a part of a name: MiG-29K, S-300V, Airbus A320s. */
static bool is_number_of_name(const struct view *v, uint32_t i)
{
    uint32_t before = i - 2;
    if (!is_number(v, i - 1) || !atom_glued(v, i - 1))
        return false;
    before -= is_mark(v, before, '-') && atom_glued(v, before);
    if (is_number(v, before - 1) && atom_glued(v, before))
        return false; /* 2PN-3PN */
    return is_capitalized(v, before) && (atom_at(v, before + 1)->text.len == 1 || before == i - 2);
}

/* tải trọng 13T, xe tải 0,5T-2,5T, xe 24T: without a word for a load or a vehicle before it, or
 * before the list it ends, T is something else: months, Tesla. */
static bool is_behind_weight_word(const struct view *v, uint32_t i)
{
    enum { MOST = 12 };
    uint32_t k = 1;
    while (k < MOST &&
           (is_number(v, i - k) || is_mark(v, i - k, ',') || is_dash(v, i - k) ||
            word_is(v, i - k, "t") || is_mark(v, i - k, '>') || is_mark(v, i - k, '<') ||
            is_mark(v, i - k, 0x2265) || is_mark(v, i - k, 0x2264)))
        k++;
    return near_before(v, i - k + 1, NEAR_LOAD);
}

/* giá 20 tr đồng, lương 5 tr/tháng: letters for a sum, though a space is before them. */
static bool is_spaced_sum(const struct view *v, uint32_t i, const struct unit *u)
{
    if (!unit_is(u, UNIT_MONEY) || is_capitalized(v, i))
        return false;
    return word_is_kind(v, i + 1, UNIT_COIN) || word_is(v, i + 1, "đ") ||
           (is_mark(v, i + 1, '/') && word_is_kind(v, i + 2, UNIT_TIME)) ||
           near_before(v, i - 1, NEAR_SUM);
}

/* cự ly 10K, 21K: the distance of a race, in a list behind a word for one. */
static bool is_race(const struct view *v, uint32_t i)
{
    enum { FAR = 16 };
    uint32_t k = i - 1;
    while (i - k < FAR && (is_number(v, k) || word_is(v, k, "k") || is_mark(v, k, ',') ||
                           is_mark(v, k, '/') || is_joint(v, k, "", CUE_AND)))
        k--;
    return near_before(v, k + 1, NEAR_RACE);
}

/* khí áp 985mb: no megabytes behind a word for pressure. */
static bool is_pressure(const struct view *v, uint32_t i)
{
    enum { FAR = 12 };
    if (!sv_is(atom_written(v, i), "mb"))
        return false;
    for (uint32_t k = 1; k <= FAR && atom_exists(v, i - k); k++)
        if (near_before(v, i - k + 1, NEAR_PRESSURE))
            return true;
    return false;
}

/* DOHC 16V, 16V van biến thiên: the valves of an engine. */
static bool is_valves(const struct view *v, uint32_t i)
{
    return sv_is(atom_written(v, i), "V") && atom_glued(v, i) &&
           (word_is(v, i - 2, "dohc") || word_is(v, i - 2, "sohc") || word_is(v, i + 1, "van") ||
            word_is(v, i + 1, "dohc") || word_is(v, i + 1, "sohc"));
}

static bool find_unit_here(const struct view *v, uint32_t i, struct unit *u)
{
    if (degrees_parse(v, i, u) || fallen_degrees_parse(v, i, u))
        return true;
    if (is_mark_of_school(v, i)) {
        *u = (struct unit){
            .row = rules_find(v->rules, TABLE_UNITS, SV("$đ")), .cls = CLASS_measure, .atoms = 1};
        return u->row;
    }
    if (is_pressure(v, i)) {
        *u = (struct unit){
            .row = rules_find(v->rules, TABLE_UNITS, SV("$mb")), .cls = CLASS_measure, .atoms = 1};
        return u->row;
    }
    if (currency_parse(v, i, false, u))
        return !unit_is(u, UNIT_GLUED) || atom_glued(v, i);
    if (!find_unit(v, i, u))
        return false;
    if (!unit_is(u, UNIT_PHYSICAL) && u->cls == CLASS_measure)
        return false;
    if (is_letter_of_model(v, i) || is_valves(v, i))
        return false;
    if (sv_is(atom_written(v, i), "KV") && !atom_glued(v, i) && digit_count(v, i - 1) == 4)
        return false; /* năm 2026 KV châu Á: a region */
    bool spaced = !atom_glued(v, i) && !is_spaced_sum(v, i, u);
    if (unit_is(u, UNIT_GLUED) && (spaced || is_number_of_name(v, i)))
        return false;
    if (unit_is(u, UNIT_WEIGHT) && !is_behind_weight_word(v, i))
        return false;
    if (unit_is(u, UNIT_CAPITAL) && (digit_count(v, i - 1) < 2 || is_race(v, i)))
        return false;
    if (unit_is(u, UNIT_DIGIT) && (digit_count(v, i - 1) != 1 || is_number(v, i + 1)))
        return false;
    return !closes_quotation(v, i);
}

/* Nhiệt độ thấp nhất từ 23 - 26 C: a few words and numbers behind the word for it. */
static bool is_temperature(const struct view *v, uint32_t i)
{
    enum { FAR = 9 };
    for (uint32_t k = 1; k <= FAR; k++) {
        if (word_is(v, i - k, "độ") && word_is(v, i - k - 1, "nhiệt"))
            return true;
        bool inside = (is_word(v, i - k) && !is_capitalized(v, i - k)) || is_number(v, i - k) ||
                      is_dash(v, i - k) || is_mark(v, i - k, ',') || is_mark(v, i - k, '.');
        if (!inside)
            return false;
    }
    return false;
}

/* Nhiệt độ 23 - 26 C: the sign of a degree is left out. Động cơ 2.4 L: litres behind decimals. */
static bool find_by_capital(const struct view *v, uint32_t i, struct unit *u)
{
    struct sv letter = atom_written(v, i);
    if (letter.n != 1 || !is_number(v, i - 1) || is_glued_on(v, i + 1))
        return false;
    bool degree = letter.p[0] == 'C' && is_temperature(v, i);
    bool litre = letter.p[0] == 'L' && is_tight_mark(v, i - 2, '.') && is_number(v, i - 3);
    if (!degree && !litre)
        return false;
    const struct row *row = rules_find(v->rules, TABLE_UNITS, degree ? SV("°C") : SV("lít"));
    *u = (struct unit){.row = row, .cls = CLASS_measure, .atoms = 1};
    return row;
}

bool unit_parse(const struct view *v, uint32_t i, struct unit *u)
{
    const struct atom *a = atom_at(v, i);
    if (!a->text.len || (a->kind == ATOM_PUNCT && (a->code == ',' || a->code == '.')))
        return false;
    uint64_t none;
    if (memo_find(v, MEMO_NO_UNIT, i, &none))
        return false;
    if (find_unit_here(v, i, u) || find_by_capital(v, i, u))
        return true;
    memo_keep(v, MEMO_NO_UNIT, i, true);
    return false;
}

bool is_letter_of_model(const struct view *v, uint32_t i)
{
    bool small = is_one_letter(v, i) && !is_upper(v, i) && !is_glued_on(v, i + 1);
    return small && atom_glued(v, i) && is_number(v, i - 1) && atom_glued(v, i - 1) &&
           is_upper(v, i - 2) && !is_one_letter(v, i - 2);
}

bool is_counted_thing(const struct view *v, uint32_t i)
{
    struct unit u;
    return unit_parse(v, i, &u) || cue_after(v, i, CUE_COUNTED);
}

bool unit_parse_below(const struct view *v, uint32_t i, struct unit *u)
{
    return find_unit(v, i, u) && u->cls == CLASS_measure && !unit_is(u, UNIT_SCALE) &&
           !unit_is(u, UNIT_COIN) && !unit_is(u, UNIT_WEIGHT) && atom_at(v, i)->kind == ATOM_WORD;
}

const char *thousand_word(const struct utterance *out)
{
    return out->options->dialect == DIALECT_SOUTH ? "ngàn" : "nghìn";
}

void say_unit(struct utterance *out, const struct unit *u)
{
    if (u->prefix)
        say_sv(out, row_text(u->prefix, UNITS_SPOKEN));
    if (unit_is(u, UNIT_THOUSAND))
        say(out, thousand_word(out));
    else
        say_sv(out, row_text(u->row, UNITS_SPOKEN));
    if (u->power)
        say(out, u->power == 2 ? "vuông" : "khối");
}
