#include "text/classes/weekday.h"

#include "text/classes/numeral.h"

static int32_t named_day(const struct view *v, uint32_t i)
{
    static const struct {
        const char *name;
        int32_t day;
    } names[] = {{"hai", 2}, {"ba", 3}, {"tư", 4}, {"năm", 5}, {"sáu", 6}, {"bảy", 7}, {"bẩy", 7}};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (word_is(v, i, names[k].name))
            return names[k].day;
    int32_t value = digit_count(v, i) == 1 ? small_number(v, i) : 0;
    return value >= MONDAY && value <= SATURDAY ? value : 0;
}

bool is_letter_weekday(const struct view *v, uint32_t i)
{
    bool digit = digit_count(v, i + 1) == 1 && atom_glued(v, i + 1) && named_day(v, i + 1);
    if (!digit || !is_upper(v, i) || !word_is(v, i, "t") || is_glued_on(v, i + 2))
        return false;
    bool decimal = is_inner_mark(v, i + 2, '.') || is_inner_mark(v, i + 2, ',');
    return !decimal && !is_inner_mark(v, i + 2, '/');
}

int32_t weekday_at(const struct view *v, uint32_t i, uint32_t *atoms)
{
    *atoms = 2;
    if (word_is(v, i, "thứ"))
        return named_day(v, i + 1);
    if (phrase_is(v, i, "chủ nhật"))
        return SUNDAY;
    if (is_letter_weekday(v, i))
        return small_number(v, i + 1);
    *atoms = 1;
    return word_is(v, i, "cn") && is_upper(v, i) && !is_glued_on(v, i + 1) ? SUNDAY : 0;
}

int32_t weekday_before(const struct view *v, uint32_t i, uint32_t *atoms)
{
    for (uint32_t n = 1; n <= 2; n++) {
        int32_t day = weekday_at(v, i - n, atoms);
        if (day && *atoms == n)
            return day;
    }
    return 0;
}
