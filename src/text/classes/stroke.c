/*
 * The stroke between a quantity and what it is counted by: 5 mg/l, 25.000đ/kg, 2 lần/ngày, 3
 * triệu/người/tháng, 5 lít/100km.
 */
#include "text/classes/amount.h"
#include "text/classes/class.h"
#include "text/classes/expansion.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_STROKES = 4 };

/* Whether the stroke is "trên": before a physical unit, and after the sign of one also before a
 * time of the clock (mét khối trên giây). It is "một" after money and percent, and before longer
 * times and things. */
static bool is_said_as_over(const struct unit *below, enum token_class cls, bool symbol)
{
    if (cls != CLASS_measure)
        return false;
    if (unit_is(below, UNIT_CLOCK))
        return symbol;
    return (unit_is(below, UNIT_PHYSICAL) || unit_is(below, UNIT_WORD)) &&
           !unit_is(below, UNIT_TIME);
}

/* Finds the unit after a stroke; after money it may be money, too. */
static bool parse_below(const struct view *v, uint32_t i, bool money, struct unit *below)
{
    return unit_parse_below(v, i, below) || (money && currency_parse(v, i, false, below));
}

/* /100km: a number and a unit after the stroke. Of money, 1 kg is said as kg is: một ki lô gam. */
static uint32_t read_counted_below(struct utterance *out, const struct view *v, uint32_t i,
                                   enum token_class cls, bool speak)
{
    struct numeral n;
    struct unit u;
    if (!numeral_parse(v, i, &n) || n.spelled || !unit_parse(v, i + n.atoms, &u) ||
        u.cls != CLASS_measure)
        return 0;
    bool one = cls == CLASS_money && n.value == 1 && n.atoms == 1;
    if (speak) {
        say(out, one ? "một" : "trên");
        if (!one)
            say_numeral(out, v, i, &n);
        say_unit(out, &u);
    }
    return n.atoms + u.atoms;
}

/* 3 GB RAM/32 GB ROM: the number at atom i is of a part of a device, as is what is before the
 * stroke: the two are listed, and none is counted by the other. */
static bool is_of_device(const struct view *v, uint32_t i)
{
    struct numeral n;
    struct unit u;
    return is_number(v, i) && numeral_parse(v, i, &n) && unit_parse(v, i + n.atoms, &u) &&
           unit_is(&u, UNIT_DEVICE);
}

/* 5.000 mAh/sạc 33 W, 8 GB/camera 50 MP: a part of a device and its number are listed after the
 * stroke. */
static bool is_part_of_device(const struct view *v, uint32_t i)
{
    enum { MOST_WORDS = 4 };
    struct unit above;
    if (!is_word(v, i + 1) || !is_number(v, i - 2) || !unit_parse(v, i - 1, &above) ||
        !unit_is(&above, UNIT_DEVICE))
        return false;
    for (uint32_t k = 2; k <= MOST_WORDS; k++)
        if (!is_word(v, i + k))
            return is_of_device(v, i + k);
    return false;
}

/* 160 cm/50 kg, 1m75/68kg: how tall and how heavy somebody is. */
static bool is_weight_behind_height(const struct view *v, uint32_t i)
{
    struct numeral n;
    struct unit above, below;
    bool tail = digit_count(v, i - 1) == 2 && atom_glued(v, i - 1) && word_is(v, i - 2, "m");
    bool height = tail || (is_word(v, i - 1) && unit_parse_below(v, i - 1, &above) &&
                           unit_is(&above, UNIT_LENGTH));
    return height && is_number(v, i + 1) && numeral_parse(v, i + 1, &n) &&
           unit_parse(v, i + 1 + n.atoms, &below) && unit_is(&below, UNIT_MASS);
}

/* A word in small letters that may follow money: đồng/cặp; but not 800.000 đồng/tùy phòng. */
static bool is_thing(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_LEGAL) &&
           !atom_has(atom_at(v, i), ATOM_UPPER) && !rules_clause_kinds(v->rules, atom_lower(v, i));
}

/* Reads one stroke with its unit; before an ordinary word only the stroke itself. Says it if
 * `speak`. */
static uint32_t read_one_stroke(struct utterance *out, const struct view *v, uint32_t i,
                                enum token_class cls, bool symbol, bool speak)
{
    struct unit below;
    bool tight = is_tight_mark(v, i, '/') || (cls == CLASS_money && atom_glued(v, i));
    if (!is_mark(v, i, '/') || !atom_at(v, i + 1)->text.len)
        return 0;
    if (is_of_device(v, i + 1) || is_part_of_device(v, i) || is_weight_behind_height(v, i))
        return 0;
    if (is_number(v, i + 1) && atom_glued(v, i)) {
        uint32_t n = symbol ? read_counted_below(out, v, i + 1, cls, speak) : 0;
        return n ? n + 1 : 0;
    }
    bool unit = parse_below(v, i + 1, cls == CLASS_money, &below);
    bool letters = cls == CLASS_money && capitals_are_letters(v, i + 1);
    bool coin = cls == CLASS_money && is_word(v, i + 1) && /* 965 USD/Bitcoin */
                !atom_has(atom_at(v, i + 1), ATOM_LEGAL) && !is_upper(v, i + 1);
    bool thing = letters || coin || (is_thing(v, i + 1) && (cls != CLASS_measure || symbol));
    if (!unit && !(tight && thing))
        return 0;
    if (speak) {
        say(out, unit && is_said_as_over(&below, cls, symbol) ? "trên" : "một");
        if (unit)
            say_unit(out, &below);
    }
    return unit ? 1 + below.atoms : 1;
}

uint32_t read_strokes(struct utterance *out, const struct view *v, uint32_t i, enum token_class cls,
                      bool symbol, bool speak)
{
    uint32_t n = 0;
    for (unsigned k = 0; k < MOST_STROKES; k++) {
        uint32_t more = read_one_stroke(out, v, i + n, cls, symbol, speak);
        n += more;
        if (more < 2)
            break;
    }
    return n;
}

/* Whether a number, or a word for one, is a few words before atom i in the same phrase: 2 lần/ngày,
 * vài nghìn tấn/ngày. */
static bool has_number_before(const struct view *v, uint32_t i)
{
    enum { FAR = 9 };
    for (uint32_t k = 1; k <= FAR; k++) {
        if (is_number(v, i - k) || (k > 1 && word_is_kind(v, i - k, UNIT_SCALE | UNIT_EACH)))
            return !near_before(v, i - k + 1, NEAR_EACH);
        if (!is_word(v, i - k) && !is_mark(v, i - k, '%') && !is_mark(v, i - k, '/'))
            return false;
    }
    return false;
}

static bool is_coin(const struct view *v, uint32_t i)
{
    return word_is_kind(v, i, UNIT_SCALE | UNIT_COIN) || phrase_is(v, i - 1, "đô la");
}

/* Whether the words before a stroke are money: triệu/tháng, đồng/bó, đồng/học sinh/năm. */
static bool is_money(const struct view *v, uint32_t i)
{
    enum { FAR = 6 };
    if (is_coin(v, i - 1) || word_is_kind(v, i - 1, UNIT_MONEY)) /* 85 tr/m2 */
        return true;
    for (uint32_t k = 2; k <= FAR; k++) {
        if (is_mark(v, i - k, '/'))
            return is_coin(v, i - k - 1) ||
                   rules_find(v->rules, TABLE_CURRENCIES, atom_written(v, i - k - 1));
        if (!is_word(v, i - k))
            return false;
    }
    return false;
}

/* Whether what is counted before the stroke at atom i is counted again at atom `thing`: xã, m3,
 * USD. */
static bool is_same_thing(const struct view *v, uint32_t i, uint32_t thing)
{
    bool power = is_number(v, i - 1) && atom_glued(v, i - 1); /* m3 is two atoms */
    uint32_t unit = i - 1 - power;
    if (!is_word(v, unit) || !is_word(v, thing) ||
        !sv_eq(atom_lower(v, thing), atom_lower(v, unit)))
        return false;
    if (power)
        return is_number(v, thing + 1) && atom_glued(v, thing + 1) &&
               sv_eq(atom_written(v, thing + 1), atom_written(v, i - 1));
    return is_thing(v, thing) || rules_find(v->rules, TABLE_CURRENCIES, atom_written(v, thing));
}

/* 112 bé trai/100 bé gái: out of a round number. 5 xã/9 xã, 120 ha/1,6 triệu ha: out of the same
 * things. 5 triệu/1 tháng: in one. */
static uint32_t read_number_below(struct utterance *out, const struct view *v, uint32_t i)
{
    struct numeral n;
    if (!numeral_parse(v, i + 1, &n) || n.spelled || !is_word(v, i + 1 + n.atoms))
        return 0;
    bool one = n.value == 1 && n.atoms == 1, round = !n.fraction;
    if (!one && is_of_device(v, i + 1))
        return 0;
    uint64_t rest = n.value;
    while (rest >= 10 && rest % 10 == 0)
        rest /= 10;
    uint32_t thing = i + 1 + n.atoms;
    thing += word_is_kind(v, thing, UNIT_SCALE) && is_word(v, thing + 1);
    bool same =
        is_same_thing(v, i, thing) || (word_is(v, i - 1, "bàn") && word_is(v, thing, "trận"));
    bool scale = one && word_is_kind(v, i + 2, UNIT_SCALE); /* 8 bác sĩ/1 vạn dân */
    round = round && rest == 1 && n.value >= 100;
    if (!one && !same && !round)
        return 0;
    struct unit u;
    bool unit = one && unit_parse(v, i + 2, &u); /* 25.000đ/1GB */
    uint32_t atoms = unit ? 2 + u.atoms : one ? 2 : 1;
    /* 0,638 mg/1 lít: what has a unit of its own is out of one. */
    struct unit above;
    bool physical = one && word_is_kind(v, thing, UNIT_PHYSICAL | UNIT_WORD) &&
                    !word_is_kind(v, thing, UNIT_TIME) && unit_parse_below(v, i - 1, &above) &&
                    unit_is(&above, UNIT_PHYSICAL);
    token_begin(out, v, CLASS_measure, "stroke before a number", i, atoms);
    say(out, physical || scale ? "trên một" : one ? "một" : "trên");
    if (unit)
        say_unit(out, &u);
    token_end(out);
    return atoms;
}

/* a/b/g: a letter that no number is before is no unit. */
static bool is_lone_letter(const struct view *v, uint32_t i)
{
    return is_one_letter(v, i) && !is_number(v, i - 1);
}

/* 126 xã/phường: two places are two names of one thing. */
static bool are_places(const struct view *v, uint32_t i)
{
    bool country = phrase_is(v, i - 2, "quốc gia") && word_is(v, i + 1, "vùng");
    return country || (word_is_kind(v, i - 1, UNIT_PLACE) && word_is_kind(v, i + 1, UNIT_PLACE));
}

/* 25 giường/vạn dân: out of ten thousand. 150.000 đồng/chục: for ten. */
static uint32_t read_scale_below(struct utterance *out, const struct view *v, uint32_t i,
                                 bool money)
{
    token_begin(out, v, CLASS_measure, "stroke before a scale", i, 1);
    say(out, money ? "một" : "trên");
    token_end(out);
    return 1;
}

/* trong 9 tháng/2025: months of a year. */
static uint32_t read_months_of_year(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { YEAR = 4, FIRST = 1990, LAST = 2050 };
    int32_t year = small_number(v, i + 1);
    if (!is_tight_mark(v, i, '/') || !word_is(v, i - 1, "tháng") || !is_number(v, i - 2) ||
        digit_count(v, i + 1) != YEAR || year < FIRST || year > LAST || is_glued_on(v, i + 2))
        return 0;
    token_begin(out, v, CLASS_date, "year of months", i, 1);
    say(out, "năm");
    token_end(out);
    return 1;
}

/* 7,24/USD: an amount without its own currency. */
static uint32_t read_currency_below(struct utterance *out, const struct view *v, uint32_t i)
{
    struct unit below;
    if (!is_tight_mark(v, i, '/') || !is_number(v, i - 1) || !is_upper(v, i + 1) ||
        is_glued_on(v, i + 2) || !currency_parse(v, i + 1, false, &below))
        return 0;
    token_begin(out, v, CLASS_money, "stroke behind what is counted", i, 1 + below.atoms);
    say(out, "một");
    say_unit(out, &below);
    token_end(out);
    return 1 + below.atoms;
}

/* Finds the amount with a unit that ends right before atom `end`. */
static bool amount_before(const struct view *v, uint32_t end, struct amount *found)
{
    enum { MOST_ATOMS = 6 };
    for (uint32_t k = 1; k <= MOST_ATOMS; k++) {
        struct amount a;
        if (is_number(v, end - k) && amount_parse(v, end - k, &a) && a.end == end &&
            (a.has_unit || a.scale)) {
            *found = a;
            return true;
        }
    }
    return false;
}

/* What is counted right before atom `end`: money, or a measure. */
static enum token_class class_before(const struct view *v, uint32_t end, const struct amount *a)
{
    if (a->has_unit)
        return a->unit.cls;
    return a->scale || is_money(v, end) ? CLASS_money : CLASS_measure;
}

/* (khoảng 2,18 đô la)/kg, (5 mg)/l: the unit of what is counted at the end of the bracket. */
static uint32_t read_below_bracket(struct utterance *out, const struct view *v, uint32_t i)
{
    struct amount above = {.has_unit = false};
    uint32_t close = i - 1;
    if (!is_tight_mark(v, i, '/') || !is_mark(v, close, ')'))
        return 0;
    if (!amount_before(v, close, &above) && !(is_word(v, close - 1) && has_number_before(v, close)))
        return 0;
    enum token_class cls = class_before(v, close, &above);
    uint32_t n = read_strokes(out, v, i, cls, above.has_unit, false);
    if (!n)
        return 0;
    token_begin(out, v, cls, "stroke behind a bracket", i, n);
    read_strokes(out, v, i, cls, above.has_unit, true);
    token_end(out);
    return n;
}

/* tỷ lệ M2/GDP: two quantities that are set against each other. */
static uint32_t read_ratio_of_letters(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t first = i - 1 - (is_number(v, i - 1) && atom_glued(v, i - 1));
    if (!is_tight_mark(v, i, '/') || !is_upper(v, first) || !is_upper(v, i + 1) ||
        !cue_before(v, first, CUE_RATIO))
        return 0;
    token_begin(out, v, CLASS_fraction, N_("ratio"), i, 1);
    say(out, "trên");
    token_end(out);
    return 1;
}

uint32_t read_stroke(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_months_of_year(out, v, i);
    if (!n)
        n = read_ratio_of_letters(out, v, i);
    if (!n)
        n = read_below_bracket(out, v, i);
    if (!n)
        n = read_currency_below(out, v, i);
    if (n)
        return n;
    const struct atom *before = atom_at(v, i - 1);
    bool formula = is_number(v, i - 1) && atom_glued(v, i - 1) && is_word(v, i - 2);
    formula = formula || (before->kind == ATOM_SYMBOL && before->code >= 0x2070 &&
                          before->code <= 0x2079); /* 10⁹/L */
    if (!is_mark(v, i, '/') || !(is_word(v, i - 1) || formula) || are_places(v, i) ||
        is_lone_letter(v, i - 1) || last_ended_at(v, CLASS_roman, i)) /* loại IV/V */
        return 0;
    struct unit below;
    bool money = is_money(v, i), number = is_number(v, i + 1), counted = has_number_before(v, i);
    bool unit = parse_below(v, i + 1, money, &below), tight = is_tight_mark(v, i, '/');
    bool physical = unit && unit_is(&below, UNIT_PHYSICAL) && !unit_is(&below, UNIT_TIME);
    if (counted && tight && word_is_kind(v, i + 1, UNIT_SCALE))
        return read_scale_below(out, v, i, money);
    bool word = word_is_kind(v, i - 1, UNIT_WORD);
    bool each = counted && tight && word_is_kind(v, i - 1, UNIT_TIME) &&
                cue_after(v, i + 1, CUE_COUNTED); /* 93 phút/bàn */
    if (!physical && !each && !(counted && (unit || number || money)) && !((money || word) && unit))
        return 0;
    bool slip = money && atom_glued(v, i); /* đồng/ lỗi */
    if (!tight && ((!unit && !slip) || (!counted && !money) || is_capitalized(v, i + 1)))
        return 0;
    enum token_class cls = money ? CLASS_money : CLASS_measure;
    bool symbol = number || each || word_is_kind(v, i - 1, UNIT_PHYSICAL | UNIT_WORD);
    n = read_strokes(out, v, i, cls, symbol, false);
    if (!n)
        return number ? read_number_below(out, v, i) : 0;
    token_begin(out, v, cls, "stroke behind what is counted", i, n);
    read_strokes(out, v, i, cls, symbol, true);
    token_end(out);
    return n;
}
