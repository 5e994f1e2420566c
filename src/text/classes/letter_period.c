/*
 * Letters for periods: months (T4/2024, T9/2013-T9/2014), quarters (Q1/2025, QIII/2024, 3Q24),
 * halves (1H24), months counted from the start of a year (9T/2024).
 */
#include "text/classes/calendar.h"
#include "text/classes/date_forms.h"
#include "text/classes/numeral.h"

enum { QUARTERS = 4, HALVES = 2 };

struct letter_period {
    char letter; /* t, q or h */
    int32_t value;
    uint32_t atoms;
    uint32_t year_at; /* 0: none */
};

static int32_t roman_quarter(struct sv letters)
{
    static const char *const written[] = {"i", "ii", "iii", "iv"};
    for (int32_t k = 0; k < QUARTERS; k++)
        if (sv_is(letters, written[k]))
            return k + 1;
    return 0;
}

/* A letter with its number: T4, Q3, Q.3, QIII, Q.III, H1. */
static bool parse_letter_number(const struct view *v, uint32_t i, struct letter_period *p)
{
    struct sv word = atom_lower(v, i);
    if (!is_upper(v, i) || !word.n || !strchr("tqh", word.p[0]))
        return false;
    *p = (struct letter_period){.letter = word.p[0], .atoms = 1};
    if (word.n > 1) {
        p->value = p->letter == 'q' ? roman_quarter(sv_sub(word, 1, word.n - 1)) : 0;
        return p->value > 0;
    }
    p->atoms += p->letter == 'q' && is_mark(v, i + 1, '.') && atom_glued(v, i + 1);
    uint32_t number = i + p->atoms++;
    if (!is_glued_on(v, number) || digit_count(v, number) > 2)
        return false;
    p->value =
        is_number(v, number) ? small_number(v, number) : roman_quarter(atom_lower(v, number));
    int32_t most = p->letter == 't' ? LAST_MONTH : p->letter == 'q' ? QUARTERS : HALVES;
    return p->value >= 1 && p->value <= most && (is_number(v, number) || p->letter == 'q');
}

/* Finds the year after a period: /2024, -2024, /24; after a quarter or half also " 2024". */
static void parse_period_year(const struct view *v, uint32_t i, struct letter_period *p)
{
    uint32_t after = i + p->atoms;
    if (is_year_after(v, after, true) || is_short_year_after(v, after)) {
        p->year_at = after + 1;
        p->atoms += 2;
    } else if (p->letter != 't' && is_year(v, after) && !atom_glued(v, after) &&
               !date_goes_on(v, after + 1)) {
        p->year_at = after;
        p->atoms++;
    }
}

static bool parse_letter_period(const struct view *v, uint32_t i, struct letter_period *p)
{
    if (!parse_letter_number(v, i, p))
        return false;
    parse_period_year(v, i, p);
    return p->year_at || !is_glued_on(v, i + p->atoms);
}

static void say_letter_period(struct utterance *out, const struct view *v,
                              const struct letter_period *p)
{
    if (p->letter == 'h') {
        say(out, p->value == 1 ? "nửa đầu" : "nửa cuối");
    } else {
        say(out, p->letter == 'q' ? "quý" : "tháng");
        if (p->letter == 'q')
            say_cardinal(out, (uint64_t)p->value);
        else
            say_month(out, (uint64_t)p->value);
    }
    if (p->year_at)
        say_full_year_at(out, v, p->year_at);
}

/* The end of a range of months: the 6 of T4-6/2024. */
static bool parse_number_end(const struct view *v, uint32_t i, struct letter_period *p)
{
    if (!is_month(v, i) || !atom_glued(v, i))
        return false;
    p->value = small_number(v, i);
    p->atoms = 1;
    parse_period_year(v, i, p);
    return p->year_at;
}

/* T9/2013-T9/2014, T4-T6/2024, T4-6/2024, Q1-Q3/2024 */
uint32_t read_letter_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct letter_period from, to;
    if (!parse_letter_period(v, i, &from) || !is_dash(v, i + from.atoms))
        return 0;
    uint32_t second = i + from.atoms + 1;
    bool letter = parse_letter_period(v, second, &to) && to.letter == from.letter;
    if (!letter) {
        to = (struct letter_period){.letter = from.letter};
        if (!parse_number_end(v, second, &to) || to.value <= from.value)
            return 0;
    }
    if (!to.year_at)
        return 0;
    uint32_t n = second + to.atoms - i;
    token_begin(out, v, CLASS_date, "range of periods", i, n);
    say_letter_period(out, v, &from);
    say(out, "đến");
    say_letter_period(out, v, &to);
    return end_date(out, v, i, n);
}

/* T4/2024, Q1/2025, Q4 năm 2024 */
uint32_t read_letter_and_year(struct utterance *out, const struct view *v, uint32_t i)
{
    struct letter_period p;
    if (!parse_letter_period(v, i, &p))
        return 0;
    bool word = p.letter == 'q' && word_is(v, i + p.atoms, "năm") && is_year(v, i + p.atoms + 1);
    if (!p.year_at && !word)
        return 0;
    token_begin(out, v, CLASS_date, "month or quarter and year", i, p.atoms);
    say_letter_period(out, v, &p);
    return end_date(out, v, i, p.atoms);
}

/* The letter after its number: 3Q24, 1H2024, 9T/2024, 6M24. */
static bool parse_number_letter(const struct view *v, uint32_t i, struct letter_period *p)
{
    struct sv word = atom_lower(v, i + 1);
    if (!is_upper(v, i + 1) || !atom_glued(v, i + 1) || word.n != 1 || !strchr("qhtm", word.p[0]))
        return false;
    *p = (struct letter_period){.letter = word.p[0], .value = small_number(v, i), .atoms = 2};
    bool whole = p->value % 3 == 0; /* months are counted by quarters: 6M24, but 1M25 is a length */
    if (p->letter == 'm' ? !whole : p->value < 1)
        return false;
    if (p->letter == 't' && p->value == 1 && atom_glued(v, i + 2)) /* xe 1T25: tonnes */
        return false;
    int32_t most = p->letter == 'q' ? QUARTERS : p->letter == 'h' ? HALVES : LAST_MONTH;
    uint32_t after = i + 2;
    if (is_tight_mark(v, after + 1, '-') && is_word(v, after + 2)) /* 3M24-E is a missile */
        return false;
    if (p->value > most || p->value < 1)
        return false;
    bool glued = atom_glued(v, after) && (is_short_year(v, after) || is_year(v, after));
    if (glued && !date_goes_on(v, after + 1)) {
        p->year_at = after;
        p->atoms++;
    } else {
        parse_period_year(v, i, p);
    }
    return p->year_at || (p->letter == 't' && phrase_is(v, after, "đầu năm"));
}

/* kỳ hạn 24T, 6T - 12T: so many months, after a word for a term or in its list. */
static bool is_term(const struct view *v, uint32_t i)
{
    if (!sv_is(atom_written(v, i + 1), "T") || !atom_glued(v, i + 1) || is_glued_on(v, i + 2) ||
        small_number(v, i) < 1)
        return false;
    bool joint = is_joint(v, i - 1, ",-", CUE_AND);
    return near_before(v, i, NEAR_PERIOD) ||
           (joint && last_ended_at(v, CLASS_date, i - 1) && sv_is(atom_written(v, i - 2), "T"));
}

static uint32_t read_term(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_term(v, i))
        return 0;
    token_begin(out, v, CLASS_date, "term in months", i, 2);
    if (is_dash(v, i - 1))
        say(out, "đến");
    say_value(out, v, i);
    say(out, "tháng");
    return end_date(out, v, i, 2);
}

uint32_t read_number_letter(struct utterance *out, const struct view *v, uint32_t i)
{
    struct letter_period p;
    if (digit_count(v, i) > 2)
        return 0;
    if (!parse_number_letter(v, i, &p))
        return read_term(out, v, i);
    token_begin(out, v, CLASS_date, "part of a year", i, p.atoms);
    if (p.letter == 'q' || p.letter == 'h') {
        say_letter_period(out, v, &p);
    } else {
        say_cardinal(out, (uint64_t)p.value);
        say(out, p.value < LAST_MONTH && p.year_at ? "tháng đầu" : "tháng");
        if (p.year_at)
            say_full_year_at(out, v, p.year_at);
    }
    return end_date(out, v, i, p.atoms);
}

/* nhà ga đến T3: a terminal */
static bool is_terminal(const struct view *v, uint32_t i)
{
    enum { WORDS = 4 };
    for (uint32_t k = 1; k <= WORDS; k++)
        if (word_is(v, i - k, "ga"))
            return true;
    return false;
}

/* đứng T3, xếp hạng T18 với điểm -3, từ T4 (-9): a place in golf that several players share. After
 * the first one in an article, such words are enough: xuống T24. */
static bool is_shared_rank(const struct view *v, uint32_t i)
{
    uint32_t after = i + 2, sign = i + 3;
    bool ranked = near_before(v, i, NEAR_RANKED);
    bool points =
        near_after(v, after, NEAR_AT_POINTS) || (word_is(v, after, "điểm") && is_dash(v, sign));
    bool bracket = is_mark(v, after, '(') &&
                   (is_dash(v, sign) || is_mark(v, sign, '+') || word_is(v, sign, "e")) &&
                   !is_terminal(v, i);
    bool golf = cue_in_sentence(v, CUE_GOLF) && !is_terminal(v, i) && !date_goes_on(v, after);
    return ranked || points || bracket || golf ||
           (v->notes->article[CLASS_ordinal] && near_before(v, i, NEAR_MOVED));
}

static uint32_t read_shared_rank(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_shared_rank(v, i))
        return 0;
    v->notes->article[CLASS_ordinal] = true;
    token_begin(out, v, CLASS_ordinal, "shared place", i, 2);
    if (!word_is(v, i - 1, "hạng"))
        say(out, "đồng hạng");
    say_ordinal(out, (uint64_t)small_number(v, i + 1));
    token_end(out);
    return 2;
}

/* T2 is a month only after a cue (từ T2, cuối T4), otherwise a name. */
uint32_t read_letter_alone(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i, "t") || !is_number(v, i + 1) || !atom_glued(v, i + 1) ||
        date_goes_on(v, i + 2))
        return 0;
    if (digit_count(v, i + 1) <= 3 && read_shared_rank(out, v, i))
        return 2;
    bool bridge = word_is(v, i - 1, "cầu"); /* cầu 30/4, but cầu T11 */
    if (cue_before(v, i, CUE_DATE_WEAK) && is_month(v, i + 1) && !is_terminal(v, i) && !bridge) {
        token_begin(out, v, CLASS_date, "month", i, 2);
        say(out, "tháng");
        say_month_at(out, v, i + 1);
        return end_date(out, v, i, 2);
    }
    token_begin(out, v, CLASS_letters, "letter and number", i, 2);
    say_letter(out, 't', false, false);
    say_number_atom(out, v, i + 1);
    token_end(out);
    return 2;
}
