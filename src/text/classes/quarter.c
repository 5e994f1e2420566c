/* Quarters after their word: quý 4/2023, quý 1-2/2024. */
#include "text/classes/calendar.h"
#include "text/classes/date_forms.h"
#include "text/classes/numeral.h"

static bool is_quarter(const struct view *v, uint32_t i)
{
    int32_t value = small_number(v, i);
    return digit_count(v, i) == 1 && value >= 1 && value <= 4;
}

/* quý 4/2023, quý 1 - 2004, quý 1-2/2024, quý 1, 2/2024 */
uint32_t read_quarter(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_quarter_word(v, i - 1) || digit_count(v, i) > 2)
        return 0;
    uint32_t last = i;
    bool pair = is_joint(v, i + 1, "-,", CUE_AND) && is_quarter(v, i + 2) &&
                small_number(v, i + 2) > small_number(v, i);
    if (pair)
        last = i + 2;
    bool year = is_year_after(v, last + 1, true) || is_short_year_after(v, last + 1);
    if (!year && (!pair || date_goes_on(v, last + 1)))
        return 0;
    uint32_t n = last + (year ? 3 : 1) - i;
    token_begin(out, v, CLASS_date, "quarter and year", i, n);
    say_value(out, v, i);
    if (pair) {
        if (is_dash(v, i + 1))
            say(out, "đến");
        else if (is_word(v, i + 1))
            say(out, "và");
        else {
            token_end(out);
            say_pause(out, ',');
        }
        say_value(out, v, last);
    }
    if (year)
        say_full_year_at(out, v, last + 2);
    return end_date(out, v, i, n);
}
