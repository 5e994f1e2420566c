/* Ranges of dates: 5-7/3/2024, 29/4 - 1/5. */
#include "text/classes/calendar.h"
#include "text/classes/date_context.h"
#include "text/classes/date_evidence.h"
#include "text/classes/date_forms.h"
#include "text/classes/date_part.h"
#include "text/classes/numeral.h"

/* Both ends of a range; the second begins at atom `to_at`. */
struct date_pair {
    struct date from, to;
    uint32_t to_at;
};

static const struct date_pair *pair_of(const struct candidate *c)
{
    return c->parts;
}

static bool are_both_in_strokes(const struct candidate *c)
{
    const struct date_pair *p = pair_of(c);
    return p->from.month && p->from.mark == '/' && p->to.mark == '/';
}

/* Both have strokes, and one cannot be a fraction. */
static bool are_dates_in_strokes(const struct candidate *c)
{
    const struct date_pair *p = pair_of(c);
    return are_both_in_strokes(c) &&
           (p->from.day >= p->from.month || p->to.day >= p->to.month ||
            is_certain_date(c->v, c->i, &p->from) || is_certain_date(c->v, p->to_at, &p->to));
}

static bool is_day_to_date_in_strokes(const struct candidate *c)
{
    const struct date_pair *p = pair_of(c);
    return !p->from.month && p->to.mark == '/' &&
           (p->to.day > LAST_MONTH || !is_noun_after(c->v, p->to_at + p->to.atoms));
}

static bool is_certain_as_second(const struct candidate *c)
{
    return is_certain_date(c->v, c->i, &pair_of(c)->to);
}

static bool is_certain_as_first(const struct candidate *c)
{
    return pair_of(c)->from.month && is_certain_date(c->v, c->i, &pair_of(c)->from);
}

static const struct evidence for_date_pair[] = {
    {"the number of something", numbers_something, EXCLUDED},    /* số 5-7/3 phố Huế */
    {"so many a day", counts_by_day, EXCLUDED},                  /* mỗi ngày 5-7/3 viên */
    {"strokes, one no fraction", are_dates_in_strokes, CERTAIN}, /* 29/4 - 1/5 */
    {"strokes, both fractions", are_both_in_strokes, EXCLUDED},  /* khoảng 1/3 - 3/4 thôn */
    {"a day, then day and month", is_day_to_date_in_strokes, CERTAIN}, /* 5-7/3 */
    {"the second is a date here", is_certain_as_second, CERTAIN}, /* từ 5-7/3/2024 huyện tổ chức */
    {"the first is a date", is_certain_as_first, CERTAIN},        /* 30-4 - 1-5, ngày nghỉ */
    {"a cue before it or its list", is_announced_date, ENOUGH}, /* ngày 10- 12/8 */
    {0},
};

/* A day and a date: 5-7/3, and from the end of one month to the beginning of the next: 30-1/5, and
 * after "ngày" or "từ" 20-5/3. */
static bool are_days_in_order(const struct view *v, uint32_t i, const struct date_pair *p)
{
    enum { END_OF_MONTH = 25, MIDDLE_OF_MONTH = 15, BEGINNING_OF_MONTH = 10 };
    bool cue = is_day_word(v, i - 1) || word_is(v, i - 1, "từ");
    return p->to.day > p->from.day || (p->from.day >= (cue ? MIDDLE_OF_MONTH : END_OF_MONTH) &&
                                       p->to.day <= BEGINNING_OF_MONTH);
}

/* Finds both dates, or a day and a date. */
static bool parse_date_pair(const struct view *v, uint32_t i, struct date_pair *p)
{
    if (!is_day(v, i))
        return false;
    if (!parse_date(v, i, &p->from) || (p->from.mark == '-' && !p->from.tight))
        p->from = (struct date){.atoms = 1, .day = small_number(v, i)};
    uint32_t dash = i + p->from.atoms;
    p->to_at = dash + 1;
    if (!is_date_dash(v, dash) || !parse_date(v, p->to_at, &p->to))
        return false;
    if (p->from.mark == '-' && !p->from.year && atom_glued(v, dash))
        return false;
    return p->from.month || (p->to.mark != '-' && are_days_in_order(v, i, p));
}

/* "đến ngày 21-22/2", "tới 21-22/2": another "đến" would be heard as a second range. */
static bool is_after_until(const struct view *v, uint32_t i)
{
    uint32_t word = i - 1 - is_day_word(v, i - 1);
    return word_is(v, word, "đến") || word_is(v, word, "tới");
}

/* What stands between the two dates. */
static void say_join(struct utterance *out, const struct view *v, uint32_t i,
                     const struct date_pair *pair)
{
    bool two = !pair->from.month && are_both_counted(v, i, pair->to_at);
    if (is_after_until(v, i)) {
        say_pause(out, ',');
        return;
    }
    say(out, two ? "và" : "đến");
    if (!two && (word_is(v, i - 1, "ngày") || needs_day_word(v, i)))
        say(out, "ngày");
}

uint32_t read_date_range(struct utterance *out, const struct view *v, uint32_t i)
{
    struct date_pair pair;
    if (!parse_date_pair(v, i, &pair) || !evidence_is_enough(for_date_pair, v, i, &pair))
        return 0;
    uint32_t n = pair.to_at + pair.to.atoms - i;
    token_begin(out, v, CLASS_date, "date range", i, n);
    if (needs_day_word(v, i))
        say(out, "ngày");
    say_date(out, v, i, &pair.from);
    if (!pair.from.month && pair.from.day > pair.to.day) {
        say(out, "tháng"); /* 30-1/5: of the month before */
        say_month(out, pair.to.month > 1 ? (uint64_t)pair.to.month - 1 : LAST_MONTH);
    }
    say_join(out, v, i, &pair);
    say_date(out, v, pair.to_at, &pair.to);
    return end_date(out, v, i, n);
}
