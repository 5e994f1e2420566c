/*
 * Numbers with their unit: percentages, money, measures; ranges of them and of plain numbers;
 * dimensions. 100%, 5-7%/năm, 3-5 triệu đồng, 331.690 km2, -5°C, 18°C-25°C, 3x4 m.
 */
#include "text/classes/amount.h"
#include "text/classes/class.h"
#include "text/classes/primes.h"

enum { MOST_AMOUNTS = 4 };

enum join { JOIN_NONE, JOIN_RANGE, JOIN_TIMES };

/* Amounts that belong together: the ends of a range, or the sides of something. */
struct amounts {
    struct amount at[MOST_AMOUNTS];
    uint32_t n;
    enum join join;
};

static bool is_times(const struct view *v, uint32_t i)
{
    bool product = is_upper(v, i) && atom_glued(v, i) && is_glued_on(v, i - 1) && is_word(v, i - 2);
    if (product) /* GDDR5X 11 GB/s */
        return false;
    return word_is(v, i, "x") || is_mark(v, i, 0xD7) || is_mark(v, i, '*');
}

/* 4-3-3 and 5 - 12 - 23 are no ranges: `first` is the dash before the one at atom i. */
static bool dash_goes_on(const struct view *v, uint32_t first, uint32_t i)
{
    return is_range_dash(v, i) && is_number(v, i + 1) && atom_glued(v, i) == atom_glued(v, first);
}

/* CVE-2024-3094, Qwen3-235B: a number tied to letters and another one do not make a range. */
static bool is_in_code(const struct view *v, const struct amount *a, const struct amount *b)
{
    uint32_t tie = a->begin - 1;
    bool tied = is_tight_mark(v, tie, '-') && is_upper(v, tie - 1) && atom_glued(v, a->end);
    bool named = is_word(v, tie) && atom_glued(v, a->begin) && !is_one_letter(v, tie);
    /* HC1-02: a zero begins no end of a range. */
    bool zero = is_word(v, tie) && atom_glued(v, a->begin) && atom_glued(v, a->end) &&
                atom_written(v, b->begin).p[0] == '0' && digit_count(v, b->begin) > 1;
    /* vụ kiện số 25-807: no houses of a street are so far apart. */
    enum { APART = 10 };
    int32_t first = small_number(v, a->begin), last = small_number(v, b->begin);
    bool file = word_is(v, tie, "số") && !word_is(v, tie - 1, "từ") && atom_glued(v, a->end) &&
                digit_count(v, b->begin) == 3 && first > 0 && last >= first * APART;
    return tied || zero || file || (named && is_upper(v, b->end) && atom_glued(v, b->end));
}

/* Despicable Me 3 - 75,4 triệu USD: one digit behind two words of a name in another language
 * belongs to it. */
static bool is_number_of_title(const struct view *v, const struct amount *a, const struct amount *b)
{
    uint32_t last = a->begin - 1;
    bool name = is_word(v, last) && is_capitalized(v, last - 1) && !is_syllable(v, last - 1) &&
                !is_upper(v, last - 1) && atom_has(atom_at(v, last), ATOM_PLAIN) &&
                (is_capitalized(v, last) || word_is(v, last, "me"));
    return name && digit_count(v, a->begin) == 1 && !a->has_unit && !a->number.fraction &&
           !atom_glued(v, a->end) && b->number.fraction && b->scale;
}

/* 605-562 trước Công Nguyên: the years fall. */
static bool is_before_our_era(const struct view *v, uint32_t i)
{
    return word_is(v, i, "tcn") || (word_is(v, i, "trước") && phrase_is(v, i + 1, "công nguyên"));
}

/* Finds out how the amounts a and b are joined; the mark between them is atom a->end. */
static enum join join_of(const struct view *v, const struct amount *a, const struct amount *b)
{
    uint32_t i = a->end;
    if (is_times(v, i))
        return b->minus || b->about ? JOIN_NONE : JOIN_TIMES;
    bool tilde = is_mark(v, i, '~') && atom_glued(v, i) == atom_glued(v, i + 1);
    if ((!is_dash(v, i) && !tilde) || dash_goes_on(v, i, b->end) || is_times(v, b->end))
        return JOIN_NONE;
    /* U23 - 25 người: a number in a name does not begin a range with spaces. */
    bool named = is_word(v, a->begin - 1) && atom_glued(v, a->begin);
    if (named && !atom_glued(v, i))
        return JOIN_NONE;
    /* 26.138 - 26.168 - 26.408: the last two of three columns are no range. */
    if (is_dash(v, a->begin - 1) && is_number(v, a->begin - 2) && !atom_glued(v, i) &&
        !atom_glued(v, a->begin))
        return JOIN_NONE;
    if (is_in_code(v, a, b) || is_number_of_title(v, a, b))
        return JOIN_NONE;
    return amounts_rise(v, a, b) || is_before_our_era(v, b->end) ? JOIN_RANGE : JOIN_NONE;
}

static void parse_amounts(const struct view *v, struct amounts *all)
{
    while (all->n < MOST_AMOUNTS) {
        const struct amount *last = &all->at[all->n - 1];
        struct amount *next = &all->at[all->n];
        if (all->join == JOIN_RANGE || !amount_parse(v, last->end + 1, next))
            break;
        enum join join = join_of(v, last, next);
        if (join == JOIN_NONE || (all->join != JOIN_NONE && join != all->join))
            break;
        all->join = join;
        all->n++;
    }
}

static enum token_class class_of_amounts(const struct amounts *all)
{
    const struct amount *last = &all->at[all->n - 1];
    if (last->has_unit)
        return last->unit.cls;
    if (last->scale)
        return CLASS_money;
    return all->join == JOIN_RANGE ? CLASS_range : CLASS_measure;
}

/* 650-900/1.200 điểm: the number of atoms of the most that there is, after a range; 0 if there is
 * none. */
static uint32_t most_length(const struct view *v, const struct amounts *all, struct numeral *most)
{
    const struct amount *last = &all->at[all->n - 1];
    bool range = all->join == JOIN_RANGE && !last->has_unit && !last->scale;
    if (!range || !is_inner_mark(v, last->end, '/') || !numeral_parse(v, last->end + 1, most) ||
        most->fraction || most->value < last->number.value ||
        is_mark(v, last->end + 1 + most->atoms, '/'))
        return 0;
    return 1 + most->atoms;
}

static uint32_t read_out_of(struct utterance *out, const struct view *v, uint32_t i,
                            const struct amounts *all)
{
    struct numeral most;
    const struct amount *last = &all->at[all->n - 1];
    uint32_t n = most_length(v, all, &most);
    if (!n)
        return 0;
    token_begin(out, v, CLASS_range, "range out of a number", i, last->end + n - i);
    say_amount(out, v, &all->at[0], false);
    say(out, "đến");
    say_amount(out, v, last, false);
    say(out, "trên");
    say_numeral(out, v, last->end + 1, &most);
    token_end(out);
    return last->end + n - i;
}

/* 36.000-38.000/kg: prices whose unit is left out. */
static bool is_rate_of_thousands(const struct view *v, const struct amounts *all)
{
    const struct amount *last = &all->at[all->n - 1];
    struct unit below;
    return all->join == JOIN_RANGE && !last->has_unit && !last->scale && last->number.grouped &&
           is_mark(v, last->end, '/') && unit_parse_below(v, last->end + 1, &below);
}

/* chênh đến 5-6 lần: "đến" is said already, and the numbers are near each other. */
static bool is_said_before(const struct view *v, uint32_t i, const struct amounts *all)
{
    enum { NEAR = 3 };
    bool said = word_is(v, i - 1, "đến") && is_word(v, i - 2) && !word_is(v, i - 2, "lên");
    return said && all->at[1].number.value <= NEAR * all->at[0].number.value;
}

static uint32_t say_amounts(struct utterance *out, const struct view *v, uint32_t i,
                            const struct amounts *all)
{
    const struct amount *last = &all->at[all->n - 1];
    enum token_class cls = class_of_amounts(all);
    bool rate = is_rate_of_thousands(v, all);
    enum token_class counted = (last->scale && !last->has_unit) || rate ? CLASS_money : cls;
    uint32_t strokes = last->has_unit || last->scale || rate
                           ? read_strokes(out, v, last->end, counted, true, false)
                           : 0;
    token_begin(out, v, cls,
                all->join == JOIN_RANGE ? N_("range with its unit") : N_("number with its unit"), i,
                last->end + strokes - i);
    /* tăng tốc 0-100 km/h: "không đến một trăm" would be less than that */
    const struct numeral *least = &all->at[0].number;
    bool from_zero = all->join == JOIN_RANGE && !least->value && !least->fraction &&
                     !least->spelled && last->has_unit && !word_is(v, i - 1, "từ");
    if (from_zero)
        say(out, "từ");
    for (uint32_t k = 0; k < all->n; k++) {
        bool codes = all->at[0].number.spelled && all->at[k].number.spelled; /* trung tâm 05 - 06 */
        if (k && all->join != JOIN_RANGE)
            say(out, "nhân");
        else if (k && (codes || is_said_before(v, i, all)))
            say_pause(out, ',');
        else if (k)
            say(out, "đến");
        say_amount(out, v, &all->at[k], false);
    }
    if (strokes)
        read_strokes(out, v, last->end, counted, true, true);
    token_end(out);
    return last->end + strokes - i;
}

/* P/E 10,5x, gấp 3x: so many times. A whole number with x may be a generation: 8x. */
static uint32_t read_multiple(struct utterance *out, const struct view *v, uint32_t i,
                              const struct amount *a)
{
    bool ratio = is_upper(v, i - 1) && is_mark(v, i - 2, '/');
    if (!sv_is(atom_written(v, a->end), "x") || !atom_glued(v, a->end) || a->has_unit || a->scale ||
        is_glued_on(v, a->end + 1) || is_number(v, a->end + 1) ||
        !(a->number.fraction || ratio || near_before(v, i, NEAR_MULTIPLE)))
        return 0;
    token_begin(out, v, CLASS_measure, "so many times", i, a->end + 1 - i);
    say_amount(out, v, a, false);
    say(out, "lần");
    token_end(out);
    return a->end + 1 - i;
}

/* 500.000/tháng: a number whose unit is left out. */
static uint32_t read_bare_rate(struct utterance *out, const struct view *v, uint32_t i,
                               const struct amount *a)
{
    struct unit below;
    if (a->number.spelled || !is_mark(v, a->end, '/') || !unit_parse_below(v, a->end + 1, &below))
        return 0;
    bool density = below.prefix && below.power; /* 12.000/mm3, but 500.000/m2 and 1.500/kWh */
    bool money = (a->number.grouped || a->scale) && !density;
    if (!money && !density &&
        (unit_is(&below, UNIT_PHYSICAL) || !atom_has(atom_at(v, a->end + 1), ATOM_LEGAL)))
        return 0;
    enum token_class cls = money ? CLASS_money : CLASS_measure;
    uint32_t n = a->end - i, strokes = read_strokes(out, v, a->end, cls, density, false);
    token_begin(out, v, cls, "number by something", i, n + strokes);
    say_amount(out, v, a, false);
    read_strokes(out, v, a->end, cls, density, true);
    token_end(out);
    return n + strokes;
}

/* cao 6'2" */
static uint32_t read_feet(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = feet_length(v, i);
    if (!n)
        return 0;
    token_begin(out, v, CLASS_measure, "feet and inches", i, n);
    say_cardinal(out, (uint64_t)small_number(v, i));
    say(out, "phít");
    say_cardinal(out, (uint64_t)small_number(v, i + 2));
    say(out, "inh");
    token_end(out);
    return n;
}

/* hàng nghìn m2, mỗi ha, vài km: a unit without a number, after a word for a quantity. Areas and
 * volumes need no such word. */
static uint32_t read_lone_unit(struct utterance *out, const struct view *v, uint32_t i)
{
    struct unit u;
    if (!unit_parse(v, i, &u) || u.cls != CLASS_measure || unit_is(&u, UNIT_GLUED))
        return 0;
    bool counted = word_is_kind(v, i - 1, UNIT_SCALE | UNIT_EACH);
    if ((!u.power || atom_has(atom_at(v, i), ATOM_CAPITAL)) && !counted)
        return 0;
    uint32_t strokes = read_strokes(out, v, i + u.atoms, CLASS_measure, true, false);
    token_begin(out, v, CLASS_measure, "unit without a number", i, u.atoms + strokes);
    say_unit(out, &u);
    read_strokes(out, v, i + u.atoms, CLASS_measure, true, true);
    token_end(out);
    return u.atoms + strokes;
}

/* ẩn x, chị x, x bằng ba: the letter at atom i stands for a number or for somebody. Of hệ số x, số
 * alone is no such word. */
static bool is_letter_for_something(const struct view *v, uint32_t i)
{
    bool compound = is_word(v, i - 1) && is_word(v, i - 2) &&
                    rules_find(v->rules, TABLE_COMPOUNDS, atoms_lower(v, i - 2, i - 1));
    bool multiplied = word_is(v, i + 1, "nhân") && (is_one_letter(v, i + 2) || is_number(v, i + 2));
    return multiplied || (!compound && cue_before(v, i, CUE_LETTER)) ||
           cue_after(v, i + 1, CUE_LETTER_AFTER);
}

static bool ends_formula(const struct view *v, uint32_t i)
{
    bool stop =
        is_mark(v, i, '.') || is_mark(v, i, '?') || is_mark(v, i, '!') || is_mark(v, i, ';');
    return !atom_exists(v, i) || (stop && !atom_glued(v, i + 1));
}

/* Whether another x that multiplies, or a sign of equality, is behind atom i in the same formula,
 * or before it if `step` is -1. */
static bool has_operator(const struct view *v, uint32_t i, int step)
{
    enum { NEAREST = 2, FAR = 12 };
    for (int k = 1; k <= FAR; k++) {
        uint32_t at = i + (uint32_t)(k * step);
        if (ends_formula(v, at))
            return false;
        bool times = word_is(v, at, "x") && !atom_glued(v, at) && !is_letter_for_something(v, at);
        if (k >= NEAREST && (times || is_mark(v, at, '=')))
            return true;
    }
    return false;
}

/* giá hợp đồng x hệ số nhân x số lượng: another such x is a few words away. */
static bool is_between_factors(const struct view *v, uint32_t i)
{
    if (!is_syllable(v, i - 1) || !is_syllable(v, i + 1) || is_one_letter(v, i - 1) ||
        is_letter_for_something(v, i))
        return false;
    return has_operator(v, i, 1) || has_operator(v, i, -1);
}

/* Whether the atoms beside atom i are two letters, or two sides of a thing: D x R, dài x rộng. */
static bool is_between_sides(const struct view *v, uint32_t i)
{
    uint32_t a = i - 1, b = i + 1;
    if (!is_word(v, a) || !is_word(v, b) || atom_glued(v, i) || atom_glued(v, b))
        return false;
    if (is_one_letter(v, a) && is_one_letter(v, b))
        return is_upper(v, a) && is_upper(v, b);
    if (is_between_factors(v, i))
        return true;
    return (rules_cues(v->rules, atom_lower(v, a)) | rules_cues(v->rules, atom_lower(v, b))) &
           CUE_HEIGHT;
}

/* Whether the atoms beside atom i are two counts: 2 viên x 3 lần, 10 viên/vỉ x 3 vỉ. */
static bool is_between_counts(const struct view *v, uint32_t i)
{
    enum { MOST_WORDS = 5 };
    if (!is_number(v, i + 1) || !(is_syllable(v, i - 1) || is_upper(v, i - 1)))
        return false;
    uint32_t k = 2;
    while (k <= MOST_WORDS &&
           (is_syllable(v, i - k) || is_upper(v, i - k) || is_mark(v, i - k, '/')))
        k++;
    return is_number(v, i - k);
}

/* A letter x that multiplies. */
static uint32_t read_times_sign(struct utterance *out, const struct view *v, uint32_t i)
{
    bool model = is_glued_on(v, i + 1) && is_number(v, i + 1) && !is_number(v, i - 1); /* x86 */
    if (!word_is(v, i, "x") || is_capitalized(v, i) || model ||
        !(is_between_counts(v, i) || is_between_sides(v, i)))
        return 0;
    token_begin(out, v, CLASS_measure, "times", i, 1);
    say(out, "nhân");
    token_end(out);
    return 1;
}

uint32_t read_measure(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_mark(v, i, '/'))
        return read_stroke(out, v, i);
    if (is_word(v, i)) {
        uint32_t times = read_times_sign(out, v, i);
        return times ? times : read_lone_unit(out, v, i);
    }
    uint32_t feet = read_feet(out, v, i);
    if (feet)
        return feet;
    struct amounts all = {.n = 1};
    struct amount *first = &all.at[0];
    if (!amount_parse(v, i, first))
        return 0;
    uint32_t multiple = read_multiple(out, v, i, first);
    if (multiple)
        return multiple;
    parse_amounts(v, &all);
    uint32_t n = all.n > 1 ? read_out_of(out, v, i, &all) : 0;
    if (n)
        return n;
    if (all.n > 1 || first->has_unit || first->about || first->short_scale)
        return say_amounts(out, v, i, &all);
    return read_bare_rate(out, v, i, first);
}
