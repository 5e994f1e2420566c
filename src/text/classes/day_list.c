/* Days of a month that is named elsewhere: các ngày 5-7, từ ngày 14 - 16; 14, 15/6. */
#include "text/classes/calendar.h"
#include "text/classes/date_context.h"
#include "text/classes/date_forms.h"
#include "text/classes/day_month.h"
#include "text/classes/numeral.h"

static bool goes_on_as_code(const struct candidate *c)
{
    uint32_t after = c->i + 3;
    return is_number(c->v, after + 1) && atom_glued(c->v, after) &&
           atom_at(c->v, after)->kind == ATOM_PUNCT;
}

static bool falls(const struct candidate *c)
{
    return small_number(c->v, c->i + 2) <= small_number(c->v, c->i);
}

static bool has_stroke_or_counted(const struct candidate *c)
{
    return is_mark(c->v, c->i + 3, '/') ||
           (cue_after(c->v, c->i + 3, CUE_COUNTED) && !word_is(c->v, c->i + 3, "tháng"));
}

static bool has_month_after(const struct candidate *c)
{
    return word_is(c->v, c->i + 3, "tháng") || word_is(c->v, c->i + 3, "tết");
}

static bool are_several_days(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = c->i - 2;
    return near_before(v, before + 1, NEAR_SEVERAL) || digit_count(v, before) == 1;
}

static bool ends_above_twelve(const struct candidate *c)
{
    return small_number(c->v, c->i + 2) > LAST_MONTH;
}

static const struct evidence for_days[] = {
    {"it goes on as a code", goes_on_as_code, EXCLUDED},       /* ngày 5-7.123 */
    {"the days do not rise", falls, EXCLUDED},                 /* các ngày 20 - 15 */
    {"so many a day", counts_by_day, EXCLUDED},                /* mỗi ngày 5-7 viên */
    {"a stroke, or counted", has_stroke_or_counted, EXCLUDED}, /* ngày 5-7 người */
    {"a month or Tết after them", has_month_after, CERTAIN},   /* mùng 5-6 Tết */
    {"a word for several days", are_several_days, ENOUGH},     /* các ngày 5-7 */
    {"a day above twelve", ends_above_twelve, ENOUGH},         /* từ ngày 14-16, trời mưa */
    {0},
};

static bool parse_days(const struct view *v, uint32_t i)
{
    return is_day_word(v, i - 1) && is_day(v, i) && is_date_dash(v, i + 1) && is_day(v, i + 2) &&
           !date_goes_on(v, i + 3) && atom_glued(v, i + 1) == atom_glued(v, i + 2);
}

uint32_t read_days(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!parse_days(v, i) || !evidence_is_enough(for_days, v, i, NULL))
        return 0;
    token_begin(out, v, CLASS_date, "range of days", i, 3);
    say_cardinal(out, (uint64_t)small_number(v, i));
    bool two = are_both_counted(v, i, i + 2);
    say(out, two ? "và" : "đến");
    if (!two)
        say_sv(out, atom_lower(v, i - 1));
    say_cardinal(out, (uint64_t)small_number(v, i + 2));
    return end_date(out, v, i, 3);
}

/* 14, 15/6: days of the month that is written after the last of them. A word in the list is read on
 * its own, so this reads the days up to the last comma. */
uint32_t read_day_list(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { MOST = 16 };
    uint32_t n = 0;
    struct date last;
    while (n < MOST && is_day(v, i + n) && is_mark(v, i + n + 1, ',') && is_number(v, i + n + 2))
        n += 2;
    bool dated = n && parse_date(v, i + n, &last) && last.mark == '/' && has_date_cue(v, i);
    bool joined = n && is_day(v, i + n) && !dated && is_number(v, i + n + 2) &&
                  joins_dates(v, i + n + 1) && is_word(v, i + n + 1) && has_date_cue(v, i) &&
                  parse_date(v, i + n + 2, &last);
    if (!dated && !joined)
        return 0;
    uint32_t atoms = n + (dated ? last.atoms : 1);
    token_begin(out, v, CLASS_date, "list of days", i, atoms);
    for (uint32_t k = 0; k < n; k += 2) {
        say_cardinal(out, (uint64_t)small_number(v, i + k));
        token_end(out);
        say_pause(out, ',');
    }
    if (dated)
        say_date(out, v, i + n, &last);
    else
        say_cardinal(out, (uint64_t)small_number(v, i + n));
    return end_date(out, v, i, atoms);
}
