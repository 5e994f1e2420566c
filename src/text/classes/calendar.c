#include "text/classes/calendar.h"

#include "text/classes/numeral.h"

bool is_year(const struct view *v, uint32_t i)
{
    int32_t year = small_number(v, i);
    return digit_count(v, i) == 4 && year >= 1000 && year <= 2999;
}

/* 3Q24, 1H24: beside other numbers a year of two digits is not certain. */
enum { FIRST_SHORT_YEAR = 18, LAST_SHORT_YEAR = 29 };

bool is_short_year(const struct view *v, uint32_t i)
{
    int32_t year = small_number(v, i);
    return digit_count(v, i) == 2 && year >= FIRST_SHORT_YEAR && year <= LAST_SHORT_YEAR;
}

bool is_month(const struct view *v, uint32_t i)
{
    int32_t month = small_number(v, i);
    return digit_count(v, i) <= 2 && month >= 1 && month <= LAST_MONTH;
}

bool is_time_of_day(const struct view *v, uint32_t i)
{
    if (!is_number(v, i) || digit_count(v, i) > 2)
        return false;
    bool letter = (word_is(v, i + 1, "h") || word_is(v, i + 1, "g")) && atom_glued(v, i + 1);
    return letter || word_is(v, i + 1, "giờ") ||
           (is_inner_mark(v, i + 1, ':') && digit_count(v, i + 2) == 2);
}

bool is_early_day_word(const struct view *v, uint32_t i)
{
    return word_is(v, i, "mùng") || word_is(v, i, "mồng");
}

bool is_day_word(const struct view *v, uint32_t i)
{
    return word_is(v, i, "ngày") || is_early_day_word(v, i);
}

bool is_quarter_word(const struct view *v, uint32_t i)
{
    return word_is(v, i, "quý") || word_is(v, i, "quí");
}

bool date_goes_on(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i))
        return false;
    /* 24/08/2021Tổng biên tập: only a space is missing */
    if (is_word(v, i) || is_number(v, i))
        return !(is_syllable(v, i) && is_capitalized(v, i) && !is_upper(v, i));
    bool joint = is_mark(v, i, '/') || is_mark(v, i, '.') || is_mark(v, i, ',');
    bool word = is_mark(v, i, '/') && is_word(v, i + 1);
    return joint && (is_number(v, i + 1) || word) && atom_glued(v, i + 1);
}

bool is_year_after(const struct view *v, uint32_t i, bool named)
{
    if (!is_year(v, i + 1) || date_goes_on(v, i + 2))
        return false;
    bool even = atom_glued(v, i) == atom_glued(v, i + 1);
    if (is_mark(v, i, '/'))
        return even || named;
    if (!named || (is_dash(v, i + 2) && is_year(v, i + 3)))
        return false;
    return (is_dash(v, i) && even) || (is_mark(v, i, '.') && even && atom_glued(v, i));
}

bool is_short_year_after(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '/') && atom_glued(v, i) && atom_glued(v, i + 1) &&
           is_short_year(v, i + 1) && !date_goes_on(v, i + 2);
}

static bool is_moon_sign(const struct view *v, uint32_t i)
{
    return near_after(v, i, NEAR_MOON);
}

bool moon_counts(const struct view *v, uint32_t i, uint32_t end)
{
    enum { FAR = 12 };
    if (word_is(v, i - 1, "rằm") || (word_is(v, i - 1, "tháng") && word_is(v, i - 2, "rằm")))
        return true;
    uint32_t before = is_mark(v, i - 1, ':') ? i - 2 : i - 1;
    before = word_is(v, before, "ngày") || word_is(v, before, "tháng") ? before - 1 : before;
    if (phrase_is(v, before - 1, "âm lịch"))
        return true;
    for (uint32_t j = end; j < end + FAR; j++) {
        if (is_moon_sign(v, j))
            return true;
        bool on = is_number(v, j) || is_joint(v, j, "/(-,", CUE_AND | CUE_TO) ||
                  word_is(v, j, "tháng") || word_is(v, j, "ngày");
        if (!on)
            return false;
    }
    return false;
}

void say_lunar_month(struct utterance *out, int32_t month)
{
    if (month == 1)
        say(out, "giêng");
    else if (month == 12)
        say(out, "chạp");
    else
        say_month(out, (uint64_t)month);
}

void say_value(struct utterance *out, const struct view *v, uint32_t i)
{
    say_cardinal(out, (uint64_t)small_number(v, i));
}

void say_month_at(struct utterance *out, const struct view *v, uint32_t i)
{
    say_month(out, (uint64_t)small_number(v, i));
}

void say_year_at(struct utterance *out, const struct view *v, uint32_t i)
{
    say(out, "năm");
    say_value(out, v, i);
}

void say_full_year_at(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { CENTURY = 2000 };
    int32_t year = small_number(v, i);
    say(out, "năm");
    say_cardinal(out, (uint64_t)(is_short_year(v, i) ? CENTURY + year : year));
}

uint32_t end_date(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    token_end(out);
    note_end(v, CLASS_date, i + n);
    return n;
}
