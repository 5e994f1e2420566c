/*
 * Dates, from days to years. The forms that have files of their own are in date_forms.h; here are a
 * day and month that are no range or list, and what is written around them.
 */
#include "text/classes/calendar.h"
#include "text/classes/date_context.h"
#include "text/classes/date_evidence.h"
#include "text/classes/date_forms.h"
#include "text/classes/weekday.h"
#include "text/classes/numeral.h"

static uint32_t read_day_month(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date d;
    if (!parse_date(v, i, &d))
        return 0;
    if (!is_certain_date(v, i, &d) && !has_sister_date(v, i, &d))
        return 0;
    token_begin(out, v, CLASS_date, "date", i, d.atoms);
    if (needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, i, &d);
    return end_date(out, v, i, d.atoms);
}

/* "thứ 6,27/05/2022": the comma is no decimal comma. */
static uint32_t read_weekday_number(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date d;
    uint32_t atoms;
    if (!is_number(v, i) || !weekday_before(v, i + 1, &atoms) || !word_is(v, i - 1, "thứ") ||
        !is_mark(v, i + 1, ',') || !parse_date(v, i + 2, &d))
        return 0;
    token_begin(out, v, CLASS_ordinal, "day of the week", i, 1);
    say_ordinal(out, (uint64_t)small_number(v, i));
    token_end(out);
    return 1;
}

/* (ÂL), 15/8 ÂL, 1/1 DL: the calendar after a day or month. */
static uint32_t read_calendar_sign(struct utterance *out, const struct view *v, uint32_t i)
{
    bool moon = near_word(v, i, NEAR_MOON), sun = word_is(v, i, "dl");
    uint32_t end = is_mark(v, i - 1, '(') ? i - 1 : i;
    if ((!moon && !sun) || !is_upper(v, i) || !last_ended_at(v, CLASS_date, end))
        return 0;
    token_begin(out, v, CLASS_date, "calendar", i, 1);
    say(out, moon ? "âm lịch" : "dương lịch");
    return end_date(out, v, i, 1);
}

/* Asks the readers of forms, which end with a NULL, in their order. */
static uint32_t read_form(struct utterance *out, const struct view *v, uint32_t i,
                          reader_function *const *form)
{
    for (; *form; form++) {
        uint32_t n = (*form)(out, v, i);
        if (n)
            return n;
    }
    return 0;
}

uint32_t read_date(struct utterance *out, const struct view *v, uint32_t i)
{
    static reader_function *const numbers[] = {read_iso_date,
                                               read_weekday_number,
                                               read_date_range,
                                               read_days,
                                               read_day_list,
                                               read_day_month,
                                               read_year_range,
                                               read_quarter,
                                               read_month_year,
                                               read_month,
                                               read_number_letter,
                                               read_english_date,
                                               NULL};
    static reader_function *const letters[] = {read_birth_year,
                                               read_calendar_sign,
                                               read_letter_range,
                                               read_letter_and_year,
                                               read_letter_day,
                                               read_letter_alone,
                                               NULL};
    if (is_word(v, i)) {
        if (is_upper(v, i) || word_is(v, i, "sn"))
            return read_form(out, v, i, letters);
        bool named = is_capitalized(v, i) && (is_number(v, i + 1) || is_number(v, i + 2));
        return named ? read_english_date(out, v, i) : 0;
    }
    if (is_mark(v, i + 1, '/') && (has_ratio_cue(v, i) || is_parts_range(v, i)))
        return 0;
    return read_form(out, v, i, numbers);
}
