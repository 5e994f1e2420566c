/* Months: tháng 4/2024, 3/2026; alone: tháng 4, tháng 3 - 6, rằm tháng 1, các tháng 3, 4 và 5/2024.
 */
#include "text/classes/calendar.h"
#include "text/classes/date_context.h"
#include "text/classes/date_forms.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

static bool is_month_written(const struct view *v, uint32_t i)
{
    return word_is(v, i - 1, "tháng");
}

/* Whether "tháng" is before the number, or a month of the same list was read before it. */
static bool is_month_named(const struct view *v, uint32_t i)
{
    if (is_month_written(v, i))
        return true;
    return is_joint(v, i - 1, "-,", CUE_AND | CUE_TO) && i > v->begin &&
           last_ended_at(v, CLASS_date, i - 1);
}

/* đợt 1/2013, học kỳ 2/2024: the number before a year numbers something else than months. */
static bool numbers_turn(const struct view *v, uint32_t i)
{
    return cue_before(v, i, CUE_TURN);
}

/* Từ 6.2016 đến 6.2017, từ 11-2003 đến 9-2009: no quantity has a year behind its full stop. */
static uint32_t read_dotted_month(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { YEAR = 4 };
    uint32_t year = i + 2;
    struct unit u;
    bool mark = is_tight_mark(v, i + 1, '.') || is_tight_mark(v, i + 1, '-');
    if (!is_month(v, i) || !mark || digit_count(v, year) != YEAR || small_number(v, year) < 1900 ||
        small_number(v, year) > 2100 || date_goes_on(v, i + 3) ||
        !cue_before(v, i, CUE_DATE_WEAK) || unit_parse(v, i + 3, &u) ||
        cue_after(v, i + 3, CUE_COUNTED) || word_is_kind(v, i + 3, UNIT_SCALE | UNIT_COIN))
        return 0;
    token_begin(out, v, CLASS_date, "month and year", i, 3);
    say(out, "tháng");
    say_month_at(out, v, i);
    say_year_at(out, v, year);
    return end_date(out, v, i, 3);
}

/* tháng 4/2024, 3/2026, tháng 3 - 6/2027. "tháng" is said even if it is not written. */
uint32_t read_month_year(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t from = i, dotted = read_dotted_month(out, v, i);
    if (dotted)
        return dotted;
    bool written = is_month_written(v, i), named = is_month_named(v, i);
    if (written && is_month(v, i) && is_dash(v, i + 1) && is_month(v, i + 2))
        i += 2;
    if (!is_month(v, i) || is_quarter_word(v, i - 1) || !is_year_after(v, i + 1, named))
        return 0;
    int32_t year = small_number(v, i + 2);
    if (!named && (year < 1900 || year > 2100 || cue_before(v, i, CUE_ADDRESS | CUE_RATIO)))
        return 0;
    if (numbers_turn(v, i)) {
        token_begin(out, v, CLASS_date, "number and year", i, 3);
        say_value(out, v, i);
        say_year_at(out, v, i + 2);
        return end_date(out, v, i, 3);
    }
    token_begin(out, v, CLASS_date, "month and year", from, i + 3 - from);
    if (!written && is_dash(v, from - 1) && last_ended_at(v, CLASS_date, from - 1))
        say(out, "đến");
    if (!written)
        say(out, "tháng");
    if (from < i) {
        say_month_at(out, v, from);
        say(out, "đến tháng");
    }
    say_month_at(out, v, i);
    say_year_at(out, v, i + 2);
    return end_date(out, v, from, i + 3 - from);
}

/* ---- months alone ---- */

static bool is_no_month(const struct candidate *c)
{
    return !is_month(c->v, c->i) || date_goes_on(c->v, c->i + 1);
}

static bool is_so_much_a_month(const struct candidate *c)
{
    const struct view *v = c->v;
    bool each = near_before(v, c->i - 1, NEAR_EACH_MONTH);
    return is_month_written(v, c->i) && (each || cue_after(v, c->i + 1, CUE_AMOUNT));
}

static bool is_months_and_days(const struct candidate *c)
{
    return is_month_written(c->v, c->i) && is_number(c->v, c->i - 2) &&
           word_is(c->v, c->i + 1, "ngày");
}

static bool ends_list(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t after = c->i + 1;
    return !is_month_written(v, c->i) && !is_mark(v, after, ',') && !is_mark(v, after, '/') &&
           !is_joint(v, after, "", CUE_AND);
}

static bool is_named_month(const struct candidate *c)
{
    return is_month_named(c->v, c->i);
}

static const struct evidence for_month[] = {
    {"no month, or more than one", is_no_month, EXCLUDED}, /* tháng 13, tháng 4.500 */
    {"so much a month", is_so_much_a_month, EXCLUDED},     /* mỗi tháng 4 triệu đồng */
    {"months and days are counted", is_months_and_days, EXCLUDED}, /* 3 tháng 4 ngày */
    {"the last of a list", ends_list, EXCLUDED},                   /* tháng 3 và 4 người */
    {"\"tháng\", or a month in a list before it", is_named_month, ENOUGH}, /* tháng 4 */
    {0},
};

static void say_month_of(struct utterance *out, const struct view *v, uint32_t i, bool lunar)
{
    if (lunar)
        say_lunar_month(out, small_number(v, i));
    else
        say_month_at(out, v, i);
}

/* tháng 11/2024, 3 và 6/2025: a year ends the months before the comma, and others begin. */
static bool begins_months(const struct view *v, uint32_t i)
{
    enum { YEAR = 4 };
    return !is_month_written(v, i) && is_mark(v, i - 1, ',') && digit_count(v, i - 2) == YEAR;
}

uint32_t read_month(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_month_named(v, i) || !evidence_is_enough(for_month, v, i, NULL))
        return 0;
    bool range = is_dash(v, i + 1) && is_month(v, i + 2) && !date_goes_on(v, i + 3) &&
                 is_month_written(v, i) && small_number(v, i + 2) > small_number(v, i);
    uint32_t n = range ? 3 : 1;
    bool lunar = moon_counts(v, i, i + n);
    token_begin(out, v, CLASS_date, lunar ? N_("lunar month") : N_("month"), i, n);
    if (begins_months(v, i))
        say(out, "tháng");
    say_month_of(out, v, i, lunar);
    if (range) {
        say(out, are_both_counted(v, i, i + 2) ? "và" : "đến tháng");
        say_month_of(out, v, i + 2, lunar);
    }
    return end_date(out, v, i, n);
}
