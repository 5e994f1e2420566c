/* Ranges of years (2021-2025, 2015 - nay, 2024/25), and the year of a birth (SN: 1966). */
#include "text/classes/calendar.h"
#include "text/classes/date_forms.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"

/* khóa 2020/24: years of study or of an office may be far apart. */
static bool is_course(const struct view *v, uint32_t i)
{
    return near_before(v, i, NEAR_COURSE);
}

/* The second year of a range: 2025, or 25 after 2024. 0: none. */
static int32_t second_year(const struct view *v, uint32_t first, uint32_t i)
{
    int32_t year = small_number(v, i), start = small_number(v, first);
    if (is_year(v, i))
        return year;
    if (digit_count(v, i) != 2 || !atom_glued(v, i) || !atom_glued(v, i - 1))
        return 0;
    if (year == (start + 1) % 100)
        return start + 1;
    bool later = is_dash(v, i - 1) || is_course(v, first);
    return later && year > start % 100 ? start / 100 * 100 + year : 0;
}

/* 2021-2025, 2023/2024, 2024/25, 2015 - nay */
struct years {
    bool stroke, open; /* open: until now */
    int32_t last;      /* 0: none */
};

static const struct years *years_of(const struct candidate *c)
{
    return c->parts;
}

static bool have_no_second(const struct candidate *c)
{
    return !years_of(c)->open && years_of(c)->last <= small_number(c->v, c->i) &&
           !(years_of(c)->last && is_course(c->v, c->i)); /* nhiệm kỳ 2016-2010: a slip */
}

static bool skip_a_year(const struct candidate *c)
{
    return years_of(c)->stroke && years_of(c)->last != small_number(c->v, c->i) + 1 &&
           !is_course(c->v, c->i);
}

static bool are_counted(const struct candidate *c)
{
    return !years_of(c)->open && cue_after(c->v, c->i + 3, CUE_COUNTED);
}

static bool are_years(const struct candidate *c)
{
    return is_year(c->v, c->i);
}

static const struct evidence for_years[] = {
    {"no year, or no later one", have_no_second, EXCLUDED}, /* 2025-2021 */
    {"a stroke between far years", skip_a_year, EXCLUDED},  /* 2020/2025 */
    {"something is counted", are_counted, EXCLUDED},        /* 2000-2500 người */
    {"two years", are_years, ENOUGH},                       /* 1975-1986 */
    {0},
};

/* từ mùa giải 2010/11 đến 2013/14: "đến" is between two seasons, and so not inside them. */
static bool is_end_of_seasons(const struct view *v, uint32_t i, const struct years *years)
{
    return years->stroke && (is_joint(v, i - 1, "", CUE_TO) || is_joint(v, i + 3, "", CUE_TO));
}

uint32_t read_year_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct years years = {.stroke = is_mark(v, i + 1, '/')};
    bool chain = is_range_dash(v, i + 3) && is_year(v, i + 4); /* 2019 - 2021 - 2023 */
    if (is_glued_on(v, i) && is_word(v, i - 1))                /* B1620-26: a star */
        return 0;
    if (!is_year(v, i) || (!is_dash(v, i + 1) && !years.stroke) || date_goes_on(v, i + 3) || chain)
        return 0;
    years.open = !years.stroke && word_is(v, i + 2, "nay");
    years.last = years.open ? 0 : second_year(v, i, i + 2);
    if (!evidence_is_enough(for_years, v, i, &years))
        return 0;
    token_begin(out, v, CLASS_date, "range of years", i, 3);
    say_value(out, v, i);
    if (is_end_of_seasons(v, i, &years))
        say_pause(out, ',');
    else
        say(out, years.open ? "đến nay" : "đến");
    if (!years.open)
        say_cardinal(out, (uint64_t)years.last);
    return end_date(out, v, i, 3);
}

/* SN 12/5/1990, SN 5/2012: "sinh", the date is read by itself. But SN 12/5: số nhà. */
static uint32_t read_born(struct utterance *out, const struct view *v, uint32_t i, uint32_t date)
{
    bool month = is_inner_mark(v, date + 1, '/') && is_year(v, date + 2);
    bool mark = is_inner_mark(v, date + 1, '/') || is_inner_mark(v, date + 1, '.') ||
                is_inner_mark(v, date + 1, '-');
    bool day =
        mark && is_inner_mark(v, date + 3, atom_at(v, date + 1)->code) && is_year(v, date + 4);
    if (!month && !day)
        return 0;
    token_begin(out, v, CLASS_date, "date of birth", i, date - i);
    say(out, is_mark(v, date + 1, '/') ? "sinh" : "sinh ngày");
    token_end(out);
    return date - i;
}

/* SN: 1966, SN 2009-2012 */
uint32_t read_birth_year(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i, "sn"))
        return 0;
    uint32_t j = i + 1 + (is_mark(v, i + 1, ':') || is_mark(v, i + 1, '.'));
    if (!is_year(v, j) || date_goes_on(v, j + 1))
        return read_born(out, v, i, j);
    bool range = is_range_dash(v, j + 1) && is_year(v, j + 2) && !date_goes_on(v, j + 3) &&
                 small_number(v, j + 2) > small_number(v, j);
    uint32_t n = j + (range ? 3 : 1) - i;
    token_begin(out, v, CLASS_date, "year of birth", i, n);
    say(out, "sinh năm");
    say_value(out, v, j);
    if (range) {
        say(out, "đến");
        say_value(out, v, j + 2);
    }
    return end_date(out, v, i, n);
}
