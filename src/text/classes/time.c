/* Clock times: 8h30, 9g15, 7h, 21:05, 08:21:16, 7h30-11h. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct clock_time {
    uint32_t atoms;
    int32_t hour, minute, second; /* -1: not written */
};

static bool is_two_digits(const struct speaker *s, uint32_t i, int32_t below)
{
    return digit_count(s, i) == 2 && atom_glued(s, i) && small_number(s, i) < below;
}

/* 21:05, 08:21:16 */
static bool parse_colon(const struct speaker *s, uint32_t i, struct clock_time *t)
{
    if (!is_mark(s, i + 1, ':') || !atom_glued(s, i + 1) || !is_two_digits(s, i + 2, 60))
        return false;
    if (t->hour > 24 || digit_count(s, i) > 2)
        return false;
    t->minute = small_number(s, i + 2);
    t->atoms = 3;
    if (is_mark(s, i + 3, ':') && atom_glued(s, i + 3) && is_two_digits(s, i + 4, 60)) {
        t->second = small_number(s, i + 4);
        t->atoms = 5;
    }
    return true;
}

/* 8h, 8h30, 9g15, 8h30' */
static bool parse_letter(const struct speaker *s, uint32_t i, struct clock_time *t)
{
    bool hour = word_is(s, i + 1, "h"), gio = word_is(s, i + 1, "g");
    if ((!hour && !gio) || !atom_glued(s, i + 1) || digit_count(s, i) > 3)
        return false;
    t->atoms = 2;
    bool minutes = digit_count(s, i + 2) && digit_count(s, i + 2) <= 2 && atom_glued(s, i + 2) &&
                   small_number(s, i + 2) < 60 && t->hour <= 24;
    if (minutes) {
        t->minute = small_number(s, i + 2);
        t->atoms = 3;
        bool prime = is_mark(s, i + 3, '\'') || is_mark(s, i + 3, 0x2019) || word_is(s, i + 3, "p");
        if (prime && atom_glued(s, i + 3))
            t->atoms = 4;
    }
    /* 9g alone is nine grams. */
    return hour ? true : minutes;
}

static bool parse_time(const struct speaker *s, uint32_t i, struct clock_time *t)
{
    *t = (struct clock_time){0, small_number(s, i), -1, -1};
    if (t->hour < 0)
        return false;
    bool ok = parse_letter(s, i, t) || (!cue_before(s, i, CUE_RATIO) && parse_colon(s, i, t));
    /* Something glued behind makes it another thing: 10:30:45:12, 8h30x. */
    uint32_t j = i + t->atoms;
    return ok && !((is_word(s, j) || is_number(s, j)) && atom_glued(s, j));
}

static void say_time(struct speaker *s, const struct clock_time *t)
{
    say_cardinal(s, (uint64_t)t->hour);
    say(s, "giờ");
    if (t->minute > 0 || t->second > 0) {
        say_cardinal(s, (uint64_t)t->minute);
        say(s, "phút");
    }
    if (t->second > 0) {
        say_cardinal(s, (uint64_t)t->second);
        say(s, "giây");
    }
}

uint32_t read_time(struct speaker *s, uint32_t i)
{
    struct clock_time from, to;
    if (!parse_time(s, i, &from))
        return 0;
    uint32_t n = from.atoms;
    bool range = is_range_dash(s, i + n) && parse_time(s, i + n + 1, &to);
    if (range)
        n += 1 + to.atoms;
    token_begin(s, CLASS_time, range ? "time range" : "time", i, n);
    say_time(s, &from);
    if (range) {
        say(s, "đến");
        say_time(s, &to);
    }
    token_end(s);
    return n;
}
