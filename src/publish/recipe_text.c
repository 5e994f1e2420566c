/* What the texts of a recipe say on a day. */
#include "publish/recipe.h"

#include "base/ascii.h"

/* ---- days ---- */

/* The days from 1970-01-01 to a day of the Gregorian calendar, months from March on (Richards, in
 * the Explanatory Supplement to the Astronomical Almanac, 2013, section 15.11). */
static int32_t days_of(int32_t year, int32_t month, int32_t day)
{
    int32_t y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    int32_t century = y / 100, rest = y % 100;
    return 146097 * century / 4 + 1461 * rest / 4 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static void date_of(int32_t days, int32_t *year, int32_t *month, int32_t *day)
{
    int32_t d = days + 719468, century = (4 * d + 3) / 146097;
    d -= 146097 * century / 4;
    int32_t rest = (4 * d + 3) / 1461;
    d -= 1461 * rest / 4;
    int32_t m = (5 * d + 2) / 153;
    *day = d - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = 100 * century + rest + (m >= 10);
}

bool recipe_days(const char *date, int32_t *days)
{
    static const char pattern[] = "dddd-dd-dd";
    int32_t numbers[3] = {0}, year, month, day;
    size_t part = 0, i;
    for (i = 0; pattern[i]; i++) {
        if (pattern[i] == 'd' ? !ascii_is_digit(date[i]) : date[i] != '-')
            return false;
        if (pattern[i] == 'd')
            numbers[part] = numbers[part] * 10 + (date[i] - '0');
        else
            part++;
    }
    if (date[i] || numbers[0] < 1900)
        return false;
    *days = days_of(numbers[0], numbers[1], numbers[2]);
    date_of(*days, &year, &month, &day); /* 2026-02-30 comes back as another day */
    return year == numbers[0] && month == numbers[1] && day == numbers[2];
}

/* ---- placeholders ---- */

static void add_weekday(int32_t day, struct buf *out)
{
    /* 1970-01-01 was a Thursday. */
    static const char *const names[] = {"Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật",
                                        "Thứ Hai", "Thứ Ba",  "Thứ Tư"};
    enum { WEEK = 7 };
    buf_adds(out, names[(day % WEEK + WEEK) % WEEK]);
}

static void add_date(int32_t days, struct buf *out)
{
    int32_t year, month, day;
    date_of(days, &year, &month, &day);
    buf_addf(out, "%d/%d/%d", day, month, year);
}

static enum status add_number(const struct recipe *r, const struct recipe_part *p, int32_t day,
                              struct buf *out, struct err *e)
{
    const struct recipe_part *w = &r->whole;
    if (recipe_has(w, RECIPE_KEY_number)) {
        buf_addf(out, "%.0f", w->values[RECIPE_KEY_number].number);
        return STATUS_OK;
    }
    if (!recipe_has(w, RECIPE_KEY_first)) {
        err_set(e, STATUS_USAGE,
                "{number} needs number = N in [bulletin], or first = DATE, the day of number 1.");
        return recipe_error_at(r, p, RECIPE_KEY_text, e);
    }
    int32_t first = (int32_t)w->values[RECIPE_KEY_first].number;
    if (day < first) {
        err_set(e, STATUS_USAGE, "The day of the bulletin is before first = %s.",
                w->values[RECIPE_KEY_first].text);
        return recipe_error_at(r, w, RECIPE_KEY_first, e);
    }
    buf_addf(out, "%d", day - first + 1);
    return STATUS_OK;
}

static enum status add_given(const struct recipe *r, const struct recipe_part *p,
                             enum recipe_key key, const char *name, struct buf *out, struct err *e)
{
    const char *text = recipe_text(&r->whole, key, NULL);
    if (text) {
        buf_adds(out, text);
        return STATUS_OK;
    }
    err_set(e, STATUS_USAGE, "{%s} needs %s = TEXT in [bulletin].", name, name);
    return recipe_error_at(r, p, RECIPE_KEY_text, e);
}

static enum status add_placeholder(const struct recipe *r, const struct recipe_part *p,
                                   struct sv name, int32_t day, struct buf *out, struct err *e)
{
    if (sv_is(name, "station"))
        return add_given(r, p, RECIPE_KEY_station, "station", out, e);
    if (sv_is(name, "title"))
        return add_given(r, p, RECIPE_KEY_title, "title", out, e);
    if (sv_is(name, "number"))
        return add_number(r, p, day, out, e);
    if (sv_is(name, "weekday")) {
        add_weekday(day, out);
        return STATUS_OK;
    }
    if (sv_is(name, "date")) {
        add_date(day, out);
        return STATUS_OK;
    }
    err_set(e, STATUS_USAGE,
            "There is no {%.*s}; there are {station}, {title}, {weekday}, {date} and {number}.",
            SV_ARG(name));
    return recipe_error_at(r, p, RECIPE_KEY_text, e);
}

enum status recipe_add_text(const struct recipe *r, const struct recipe_part *p, const char *text,
                            int32_t day, struct buf *out, struct err *e)
{
    struct sv rest = sv_of(text);
    enum status status = STATUS_OK;
    while (rest.p && !status) {
        buf_add_sv(out, sv_cut(&rest, '{'));
        if (!rest.p)
            break;
        struct sv name = sv_cut(&rest, '}');
        if (rest.p) {
            status = add_placeholder(r, p, name, day, out, e);
        } else { /* a bracket that is never closed is a bracket */
            buf_putc(out, '{');
            buf_add_sv(out, name);
        }
    }
    return status;
}
