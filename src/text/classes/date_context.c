#include "text/classes/date_context.h"

#include "text/classes/calendar.h"
#include "text/classes/numeral.h"
#include "text/classes/weekday.h"

bool joins_dates(const struct view *v, uint32_t i)
{
    return is_number(v, i) || is_joint(v, i, "/,.-", CUE_AND | CUE_OR | CUE_TO);
}

/* "mỗi ngày 1/2 viên" counts by the day. */
static bool cue_counts(const struct view *v, uint32_t i)
{
    if (is_mark(v, i + 1, '/') && small_number(v, i) > small_number(v, i + 2))
        return false;
    return word_is(v, i - 1, "ngày") && near_before(v, i - 1, NEAR_EACH_DAY);
}

static bool date_cue_at(const struct view *v, uint32_t i, uint64_t kinds)
{
    return cue_before(v, i, kinds) && !cue_counts(v, i);
}

/* mùng 7 Tết (28/1), 29 tháng chạp (8/2): the same day, counted by the moon, is before the bracket.
 */
static bool is_behind_day(const struct view *v, uint32_t i)
{
    if (!is_mark(v, i - 1, '('))
        return false;
    uint32_t day = i - 2;
    if (!is_number(v, day))
        return false;
    return is_day_word(v, day - 1) || word_is(v, day - 1, "tháng");
}

/* ngày xét xử là 4/3, hạn nộp hồ sơ là 5/6, ngày sinh của anh (5/11): the sentence names a day, and
 * says that it is this. */
static bool is_named_day(const struct view *v, uint32_t i)
{
    enum { FAR = 10 };
    uint32_t j = i - 1 - word_is(v, i - 1, "vào");
    if (!word_is(v, j, "là") && !is_mark(v, j, ':') && !is_mark(v, j, '('))
        return false;
    for (uint32_t k = 1; k <= FAR && (is_word(v, j - k) || is_number(v, j - k)); k++)
        if (near_before(v, j - k + 1, NEAR_DAY))
            return !word_is(v, j - k - 1, "mỗi");
    return false;
}

bool is_behind_time(const struct view *v, uint32_t i)
{
    bool open = is_mark(v, i - 1, ',') || is_mark(v, i - 1, '(');
    return last_ended_at(v, CLASS_time, open ? i - 1 : i);
}

bool has_date_cue(const struct view *v, uint32_t i)
{
    enum { FAR = 16 };
    if (date_cue_at(v, i, CUE_DATE) || word_is(v, i - 1, "phiên") || is_behind_day(v, i) ||
        is_named_day(v, i))
        return true;
    for (uint32_t j = i; i - j < FAR && j > v->begin && joins_dates(v, j - 1);) {
        j--;
        if (last_ended_at(v, CLASS_date, j) && !is_number(v, j))
            return true;
        if (is_number(v, j) && date_cue_at(v, j, CUE_DATE))
            return true;
    }
    return false;
}

/* Whether "thứ" at atom i begins a day of the week, and no ordinal: sáng thứ hai, not lần thứ hai.
 * The name of a day often has a capital; before an ordinal there is the thing that is numbered. */
static bool is_no_ordinal(const struct view *v, uint32_t i)
{
    if (is_capitalized(v, i) || is_capitalized(v, i + 1) || !is_word(v, i - 1))
        return true;
    return last_ended_at(v, CLASS_time, i) ||
           cue_before(v, i, CUE_WEEKDAY | CUE_DATE_WEAK | CUE_DATE_OPEN);
}

/* Thứ Sáu, · thứ 6 ( · Chủ nhật · T7 · CN */
static bool is_weekday_before(const struct view *v, uint32_t i)
{
    uint32_t atoms, j = is_mark(v, i - 1, ',') || is_mark(v, i - 1, '(') ? i - 1 : i;
    return weekday_before(v, j, &atoms) && (!word_is(v, j - 2, "thứ") || is_no_ordinal(v, j - 2));
}

bool needs_day_word(const struct view *v, uint32_t i)
{
    return is_weekday_before(v, i) || (i == v->begin && v->block == BLOCK_DATE);
}

/* thị lực ≥ 8/10: something is compared with it. */
static bool is_compared(const struct view *v, uint32_t i)
{
    return is_mark(v, i - 1, '>') || is_mark(v, i - 1, '<') || is_mark(v, i - 1, 0x2265) ||
           is_mark(v, i - 1, 0x2264);
}

/* lớp 3/2: the second class of the third year. */
static bool is_school_class(const struct view *v, uint32_t i)
{
    enum { YEARS = 12 };
    int32_t year = small_number(v, i);
    return word_is(v, i - 1, "lớp") && year >= 1 && year <= YEARS;
}

/* A house number or a ratio: số 12/3, tỷ lệ 1/5. */
static bool is_numbering(const struct view *v, uint32_t i)
{
    if (is_compared(v, i) || is_school_class(v, i))
        return true;
    return is_word(v, i - 1) && cue_before(v, i, CUE_ADDRESS | CUE_RATIO) &&
           !phrase_is(v, i - 2, "xổ số");
}

bool numbers_something(const struct candidate *c)
{
    return is_numbering(c->v, c->i);
}

bool counts_by_day(const struct candidate *c)
{
    return cue_counts(c->v, c->i);
}

bool is_announced_date(const struct candidate *c)
{
    return has_date_cue(c->v, c->i);
}

bool are_both_counted(const struct view *v, uint32_t first, uint32_t second)
{
    bool two = word_is(v, first - 2, "hai") ||
               (is_number(v, first - 2) && small_number(v, first - 2) == 2);
    return two && is_word(v, first - 1) && small_number(v, second) == small_number(v, first) + 1;
}
