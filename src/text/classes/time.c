/*
 * Clock times and durations: 8h30, 9g15, 7h, 21:05, 08:21:16, 7h30-11h, 7 giờ 00, 1h23'45", 9"58,
 * 4:21.15.
 */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/day_month.h"
#include "text/classes/numeral.h"
#include "text/classes/primes.h"
#include "text/classes/unit.h"

enum { MOST_DECIMALS = 3 }; /* of a second */

struct clock_time {
    uint32_t atoms;
    int32_t hour, minute, second; /* -1: not written */
    uint32_t hundredths;          /* their atom; 0: not written */
};

static bool is_two_digits(const struct view *v, uint32_t i, int32_t below)
{
    return digit_count(v, i) == 2 && atom_glued(v, i) && small_number(v, i) < below;
}

/* The number of atoms of a sign of minutes glued to a number: ' p ph phút m. */
static uint32_t minute_sign(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i))
        return 0;
    return is_prime(v, i) || near_word(v, i, NEAR_MINUTE);
}

/* The number of atoms of such a sign, or of the word with a space before it: 30 phút. */
static uint32_t minute_word(const struct view *v, uint32_t i)
{
    return minute_sign(v, i) || word_is(v, i, "phút");
}

/* Video 02:15 03:40, 01:54 Video, thời lượng 03:45: how long a film is, so these are minutes; so is
 * a row of three or more. */
static bool is_length_of_film(const struct view *v, uint32_t i)
{
    enum { MOST = 8, ROW = 3 };
    uint32_t after = i + 3;
    while (is_number(v, after) && is_mark(v, after + 1, ':') && is_number(v, after + 2))
        after += 3;
    for (unsigned k = 0; k < MOST && is_number(v, i - 1) && is_mark(v, i - 2, ':'); k++)
        i -= 3;
    if (after - i >= 3 * ROW || word_is(v, after, "video"))
        return true;
    return near_before(v, i - is_mark(v, i - 1, ':'), NEAR_FILM);
}

/* pace 6:00/km, 5:45 mỗi km: how long a runner takes for a kilometre. */
static bool is_pace(const struct view *v, uint32_t i)
{
    uint32_t after = i + 3;
    return word_is(v, i - 1, "pace") ||
           (is_tight_mark(v, after, '/') && word_is(v, after + 1, "km")) ||
           phrase_is(v, after, "mỗi km");
}

/* The decimals of seconds behind a full stop at atom i: two or three digits. */
static bool has_decimals(const struct view *v, uint32_t i)
{
    return is_inner_mark(v, i, '.') && digit_count(v, i + 1) >= 2 && digit_count(v, i + 1) <= 3;
}

/* 21:05, 08:21:16; 59:30 is minutes and seconds. */
static bool parse_colon(const struct view *v, uint32_t i, struct clock_time *t)
{
    if (!is_mark(v, i + 1, ':') || !atom_glued(v, i + 1) || !is_two_digits(v, i + 2, 60))
        return false;
    if (digit_count(v, i) > 2 || cue_before(v, i, CUE_RATIO))
        return false;
    if (t->hour + small_number(v, i + 2) == 100 && !is_glued_on(v, i + 3) &&
        !is_length_of_film(v, i))
        return false; /* chia 50:50, 60:40 */
    t->minute = small_number(v, i + 2);
    t->atoms = 3;
    if (is_mark(v, i + 3, ':') && atom_glued(v, i + 3) && is_two_digits(v, i + 4, 60)) {
        t->second = small_number(v, i + 4);
        t->atoms = 5;
    } else if (has_decimals(v, i + 3) && t->hour < 60) {
        *t = (struct clock_time){5, -1, t->hour, t->minute, i + 4}; /* 4:21.15 */
    } else if (t->hour > 24 || is_pace(v, i) ||
               (digit_count(v, i) == 2 && is_length_of_film(v, i))) {
        if (t->hour > 59 || (t->hour > 24 && cue_in_sentence(v, CUE_SCORE)))
            return false;
        *t = (struct clock_time){3, -1, t->hour, t->minute, 0};
    }
    return t->hour <= 24;
}

/* Whether a day and month begin at atom i, glued to a time before them: 19h16/9, 19h/17/9. */
static bool is_glued_date(const struct view *v, uint32_t i)
{
    return atom_glued(v, i) && is_day(v, i) && is_inner_mark(v, i + 1, '/') && is_month(v, i + 2) &&
           (!is_inner_mark(v, i + 3, '/') || is_year(v, i + 4));
}

/* Reads minutes, and perhaps seconds, from atom j on, after "8h". The atom after them goes into
 * t->atoms. */
static void parse_minutes(const struct view *v, uint32_t j, struct clock_time *t)
{
    uint32_t digits = digit_count(v, j);
    if (!digits || digits > 2 || !atom_glued(v, j) || small_number(v, j) >= 60 ||
        is_glued_date(v, j))
        return;
    t->minute = small_number(v, j++);
    uint32_t sign = minute_word(v, j);
    j += sign;
    uint32_t seconds = sign && is_number(v, j) && atom_glued(v, j) ? second_sign(v, j + 1) : 0;
    if (seconds && small_number(v, j) >= 0 && small_number(v, j) < 60) {
        t->second = small_number(v, j);
        j += 1 + seconds;
        if (digit_count(v, j) && digit_count(v, j) <= MOST_DECIMALS && atom_glued(v, j))
            t->hundredths = j++; /* 1h31'44"742 */
    }
    t->atoms = j;
}

/* "8h 30": minutes after a space, with nothing after them that they could count. */
static bool has_spaced_minutes(const struct view *v, uint32_t j)
{
    if (digit_count(v, j) != 2 || small_number(v, j) >= 60 || atom_glued(v, j))
        return false;
    const struct atom *next = atom_at(v, j + 1);
    if (next->kind == ATOM_WORD)
        return atom_has(next, ATOM_CAPITAL) || cue_after(v, j + 1, CUE_DATE);
    return next->kind != ATOM_SYMBOL &&
           !(atom_glued(v, j + 1) && is_number(v, j + 2) && atom_glued(v, j + 2)) &&
           !is_mark(v, j + 1, '%');
}

/* 1H24: the first half of 2024 (letter_period.c). */
static bool is_half_year(const struct view *v, uint32_t i)
{
    int32_t half = small_number(v, i);
    if (is_upper(v, i + 1) && is_inner_mark(v, i + 2, '/') && is_year(v, i + 3))
        return true;
    return is_upper(v, i + 1) && (half == 1 || half == 2) && is_short_year(v, i + 2) &&
           !is_glued_on(v, i + 3) && !is_mark(v, i + 3, '\'') && !cue_before(v, i, CUE_CLOCK) &&
           !cue_after(v, i + 3, CUE_CLOCK | CUE_DATE) && !word_is(v, i + 3, "phút");
}

/* 15g ngày 3/4: g is an hour before a day. */
static bool is_before_day(const struct view *v, uint32_t i)
{
    i += is_mark(v, i, ',');
    return word_is(v, i, "ngày") && is_number(v, i + 1) &&
           (is_inner_mark(v, i + 2, '/') || is_inner_mark(v, i + 2, '-') ||
            word_is(v, i + 2, "tháng"));
}

/* Whether two times may be joined by the atom: 7g đến 11g30, lúc 8.30 và 9.45. */
static bool is_time_joint(const struct view *v, uint32_t i)
{
    return is_joint(v, i, "-", CUE_AND | CUE_TO);
}

/* 7g đến 11g30, 7g-11g sáng, mở cửa 6g - 22g: of two weights none is read so. */
static bool is_range_of_hours(const struct view *v, uint32_t i)
{
    uint32_t second = i + 3, end = i + 5;
    if (!word_is(v, i + 1, "g") || !is_time_joint(v, i + 2) || !is_number(v, second) ||
        !word_is(v, second + 1, "g"))
        return false;
    bool minutes = atom_glued(v, end) && digit_count(v, end) == 2;
    return minutes || cue_after(v, end, CUE_CLOCK) || cue_in_sentence(v, CUE_WEEK);
}

/* 4G 45 Mbps: a generation of networks, and no hour unless minutes are glued to it. */
static bool is_network(const struct view *v, uint32_t i)
{
    enum { FIRST = 2, LAST = 6 };
    return digit_count(v, i) == 1 && small_number(v, i) >= FIRST && small_number(v, i) <= LAST &&
           is_upper(v, i + 1) && atom_glued(v, i + 1) && !atom_glued(v, i + 2);
}

/* 8h, 8h30, 9g15, 8h30', 8 h 30 */
/* Windows 11 24H2: the half of a year in the name of a version. */
static bool is_version_of_windows(const struct view *v, uint32_t i)
{
    uint32_t name = i - 1 - is_number(v, i - 1);
    return is_upper(v, i + 1) && digit_count(v, i + 2) == 1 && atom_glued(v, i + 2) &&
           (word_is(v, name, "windows") || cue_before(v, i, CUE_VERSION));
}

static bool parse_letter(const struct view *v, uint32_t i, struct clock_time *t)
{
    bool hour = word_is(v, i + 1, "h"), gio = word_is(v, i + 1, "g"), glued = atom_glued(v, i + 1);
    if ((!hour && !gio) || digit_count(v, i) > 3 || is_half_year(v, i) ||
        is_version_of_windows(v, i) || (gio && is_network(v, i)))
        return false;
    uint32_t end = i + 2;
    if (t->hour <= 24) {
        if (glued)
            parse_minutes(v, end, t);
        if (t->minute >= 0)
            end = t->atoms;
        else if (has_spaced_minutes(v, end))
            t->minute = small_number(v, end++);
    }
    t->atoms = end - i;
    /* 9g alone is nine grams; 8 h needs a cue. */
    bool cued = cue_before(v, i, CUE_CLOCK) || cue_after(v, end, CUE_CLOCK) ||
                (is_number(v, end) && word_is(v, end + 1, "phút")) ||
                (t->hour <= 24 &&
                 (is_before_day(v, end) || is_range_of_hours(v, i) || is_range_of_hours(v, i - 3)));
    return t->minute >= 0 || cued || (hour && glued);
}

/* 9"58, 1'23"45, 5'30", 45p: durations without hours. */
static bool parse_duration(const struct view *v, uint32_t i, struct clock_time *t)
{
    uint32_t j = i + 1, sign = minute_sign(v, j);
    int32_t first = t->hour;
    t->hour = -1;
    if (digit_count(v, i) > 2)
        return false;
    if (sign && is_number(v, j + sign) && atom_glued(v, j + sign)) {
        t->minute = first;
        j += sign;
        first = small_number(v, j++);
        if (is_prime(v, i + 1) && first >= 0 && first < 60 && has_decimals(v, j)) { /* 40'42.854 */
            uint32_t end = j + 2 + second_sign(v, j + 2);
            *t = (struct clock_time){end - i, -1, t->minute, first, j + 1};
            return true;
        }
    } else if (word_is(v, j, "p") && sign &&
               !(is_upper(v, j) && is_mark(v, j + 1, '/') && is_capitalized(v, j + 2))) {
        *t = (struct clock_time){2, -1, first, -1, 0};
        return true;
    }
    uint32_t seconds = second_sign(v, j);
    if (!seconds || first < 0)
        return false;
    t->second = first;
    j += seconds;
    if (digit_count(v, j) && digit_count(v, j) <= MOST_DECIMALS && atom_glued(v, j))
        t->hundredths = j++;
    t->atoms = j - i;
    /* A single number before a quotation mark is not in seconds. */
    return t->minute >= 0 || t->hundredths;
}

/* lúc 8.30: "lúc" and "hồi" announce a time of the day, and no day; 06.00 am needs no word. */
static bool parse_stop(const struct view *v, uint32_t i, struct clock_time *t)
{
    bool part = (word_is(v, i + 3, "am") || word_is(v, i + 3, "pm")) && t->hour <= 12 &&
                (!is_word(v, i + 4) || cue_after(v, i + 4, CUE_DATE) || word_is(v, i + 4, "và"));
    if (!is_inner_mark(v, i + 1, '.') || !is_two_digits(v, i + 2, 60) || t->hour > 24 ||
        is_inner_mark(v, i + 3, '.') || is_inner_mark(v, i + 3, '/'))
        return false;
    bool listed = is_time_joint(v, i - 1) && last_ended_at(v, CLASS_time, i - 1);
    if (!listed && !part && (!cue_before(v, i, CUE_CLOCK) || cue_before(v, i, CUE_DATE)))
        return false;
    t->minute = small_number(v, i + 2);
    t->atoms = 3;
    return true;
}

static bool parse_clock_time(const struct view *v, uint32_t i, struct clock_time *t)
{
    const struct clock_time start = {0, small_number(v, i), -1, -1, 0};
    *t = start;
    if (t->hour < 0)
        return false;
    bool ok = parse_letter(v, i, t);
    if (!ok) {
        *t = start;
        ok = parse_colon(v, i, t);
    }
    if (!ok) {
        *t = start;
        ok = parse_stop(v, i, t) || parse_duration(v, i, t);
    }
    /* With something glued to its end it is something else: 10:30:45:12, 8h30x. */
    t->atoms += ok && is_mark(v, i + 1, ':') && atom_glued(v, i + t->atoms) &&
                word_is(v, i + t->atoms, "h"); /* 0:45h */
    uint32_t j = i + t->atoms;
    bool colon =
        is_mark(v, j, ':') && atom_glued(v, j) && is_number(v, j + 1) && atom_glued(v, j + 1);
    bool lost_space = is_word(v, j) && !atom_has(atom_at(v, j), ATOM_PLAIN); /* 17:54ngày 16/2 */
    return ok && !colon && (!is_glued_on(v, j) || is_glued_date(v, j) || lost_space);
}

/* The hundredths of a second keep a zero in front: 14'55"06. */
static void say_time(struct utterance *out, const struct view *v, const struct clock_time *t)
{
    if (t->hour >= 0) {
        say_cardinal(out, (uint64_t)t->hour);
        say(out, "giờ");
    }
    if (t->minute > 0 || (t->second > 0 && t->hour >= 0)) {
        say_cardinal(out, (uint64_t)t->minute);
        say(out, "phút");
    }
    if (t->second > 0 || (t->second == 0 && t->hour < 0 && t->minute <= 0)) {
        say_cardinal(out, (uint64_t)t->second);
        say(out, "giây");
    }
    if (t->hundredths)
        say_number_atom(out, v, t->hundredths);
}

/* 7:00 AM, 8h30 PM: the part of the day; NULL: nothing is there. */
static const char *part_of_day(const struct view *v, uint32_t i, const struct clock_time *t)
{
    enum { NOON = 12, EVENING = 6 };
    /* 6:00 am; "am" begins words, too (am hiểu) */
    bool small = t->minute >= 0 && is_word(v, i) &&
                 (!is_word(v, i + 1) || cue_after(v, i + 1, CUE_DATE) || word_is(v, i + 1, "và") ||
                  word_is(v, i, "pm"));
    bool part = (is_upper(v, i) || small) && !is_glued_on(v, i + 1);
    if (t->hour < 1 || t->hour > NOON || !part)
        return NULL;
    if (word_is(v, i, "am"))
        return t->hour == NOON ? "đêm" : "sáng";
    return !word_is(v, i, "pm") ? NULL
           : t->hour == NOON    ? "trưa"
           : t->hour < EVENING  ? "chiều"
                                : "tối";
}

static uint32_t end_time(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    token_end(out);
    note_end(v, CLASS_time, i + n);
    return n;
}

/* 7-9h30: both hours share the letter after the second. */
static uint32_t read_shared_letter(struct utterance *out, const struct view *v, uint32_t i)
{
    struct clock_time to;
    int32_t from = small_number(v, i);
    if (digit_count(v, i) > 2 || !is_range_dash(v, i + 1) || !is_number(v, i + 2) ||
        !parse_letter(v, i + 2, &(struct clock_time){0, small_number(v, i + 2), -1, -1, 0}) ||
        !parse_clock_time(v, i + 2, &to) || from >= to.hour)
        return 0;
    token_begin(out, v, CLASS_time, N_("time range"), i, 2 + to.atoms);
    say_cardinal(out, (uint64_t)from);
    say(out, "đến");
    say_time(out, v, &to);
    return end_time(out, v, i, 2 + to.atoms);
}

/* 7 giờ 00', 6 giờ 43 ngày 6-2: minutes of zero are silent, and before a day the others need their
 * word. */
static uint32_t read_word_time(struct utterance *out, const struct view *v, uint32_t i)
{
    struct clock_time t = {3, small_number(v, i), small_number(v, i + 2), -1, 0};
    if (!word_is(v, i + 1, "giờ") || digit_count(v, i) > 2 || digit_count(v, i + 2) != 2 ||
        atom_glued(v, i + 2) || t.hour > 24 || t.minute > 59)
        return 0;
    uint32_t word = minute_word(v, i + 3);
    bool day = word_is(v, i + 3, "cùng") || cue_after(v, i + 3, CUE_WEEKDAY);
    bool open = word || day || !is_word(v, i + 3);
    bool longer = is_inner_mark(v, i + 3, '.') || is_inner_mark(v, i + 3, ',');
    if (t.minute ? word || !day : longer || (!open && is_counted_thing(v, i + 3)))
        return 0;
    t.atoms += word;
    token_begin(out, v, CLASS_time, "time in words", i, t.atoms);
    say_time(out, v, &t);
    return end_time(out, v, i, t.atoms);
}

/* 23 g 30, 5 g sáng: an hour with a space before its letter, if minutes or a time of the day
 * follow. Returns the number of atoms; *minute is the atom of the minutes, or 0. */
static uint32_t spaced_hour_length(const struct view *v, uint32_t i, uint32_t *minute)
{
    enum { HOURS = 24, MINUTES = 60 };
    int32_t hour = small_number(v, i), minutes = small_number(v, i + 2);
    if (!sv_is(atom_written(v, i + 1), "g") || atom_glued(v, i + 1) || hour < 0 || hour > HOURS)
        return 0;
    bool more = minutes >= 0 && minutes < MINUTES && digit_count(v, i + 2) == 2;
    *minute = more ? i + 2 : 0;
    if (more)
        return word_is(v, i + 3, "phút") ? 4 : 3;
    return cue_after(v, i + 2, CUE_DATE) ? 2 : 0;
}

static uint32_t read_spaced_hour(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t minute, n = spaced_hour_length(v, i, &minute);
    if (!n)
        return 0;
    token_begin(out, v, CLASS_time, "hour with a space", i, n);
    say_number_atom(out, v, i);
    say(out, "giờ");
    if (minute) {
        say_cardinal(out, (uint64_t)small_number(v, minute));
        say(out, "phút");
    }
    token_end(out);
    return n;
}

/* The number at atom i stands in a bracket of minutes behind a name: (12', 63'). */
static bool is_in_minutes(const struct view *v, uint32_t i)
{
    enum { MOST = 12 };
    for (uint32_t k = 1; k <= MOST && atom_exists(v, i - k); k++) {
        if (is_mark(v, i - k, '('))
            return is_capitalized(v, i - k - 1);
        if (!is_number(v, i - k) && !is_mark(v, i - k, ',') && !is_mark(v, i - k, '+') &&
            !is_prime(v, i - k))
            return false;
    }
    return false;
}

/* The sentence has another bracket that begins or ends with a minute. */
static bool has_other_minutes(const struct view *v, uint32_t i)
{
    enum { FAR = 60 };
    uint32_t first = i > v->begin + FAR ? i - FAR : v->begin;
    for (uint32_t k = first; k < i + FAR && atom_exists(v, k); k++) {
        bool second = is_mark(v, k + 1, '"') && is_mark(v, k + 2, ')');
        bool minute = is_prime(v, k + 1) || is_mark(v, k + 1, 0x2018) || second;
        if (k != i && is_number(v, k) && minute &&
            (is_mark(v, k - 1, '(') || is_mark(v, k + 2, ')')))
            return true;
    }
    return false;
}

static bool is_scorer(const struct view *v, uint32_t i)
{
    return is_capitalized(v, i) && cue_in_sentence(v, CUE_SCORE);
}

/* Words go on behind the minute: Quyết 6' nữa. */
static bool is_told_on(const struct view *v, uint32_t i)
{
    return is_word(v, i) && !is_capitalized(v, i) && !word_is(v, i, "và");
}

/* David Silva (Pedro 69'): who came on for him, and when. */
static bool is_substitute(const struct view *v, uint32_t i)
{
    enum { MOST = 6 };
    uint32_t comma = is_mark(v, i - 1, ','), k = 1 + comma; /* (Quốc Phương, 85') */
    while (k < MOST && is_capitalized(v, i - k))
        k++;
    return k > 1 + comma && is_mark(v, i - k, '(') && is_capitalized(v, i - k - 1);
}

/* 25': Pha bóng, 67' Gomes sút xa: a report, minute by minute. */
static bool begins_report(const struct view *v, uint32_t i, uint32_t after)
{
    bool told = is_mark(v, after, ':') ? is_word(v, after + 1)
                                       : is_capitalized(v, after) && !atom_glued(v, after);
    return i == v->begin && told;
}

/* Machis (63'), Molina (45+2'): the minutes of a match in which somebody did something. */
static uint32_t read_match_minute(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { MOST_DIGITS = 3 };
    bool added = is_inner_mark(v, i + 1, '+') && digit_count(v, i + 2) <= 2;
    uint32_t n = added ? 3 : 1;
    bool closed = is_mark(v, i + n + 1, ')') || is_mark(v, i + n + 1, ',');
    bool scorer = is_scorer(v, i - 1) && !is_told_on(v, i + n + 1); /* Haaland 12' */
    /* Onomah (84"), Doãn Dũng (25‘): another sign is typed for that of a minute. */
    bool second = (is_mark(v, i + n, '"') || is_mark(v, i + n, 0x2018)) &&
                  is_mark(v, i + n + 1, ')') && is_mark(v, i - 1, '(');
    if (!(is_prime(v, i + n) || second) || digit_count(v, i) > MOST_DIGITS)
        return 0;
    bool match =
        cue_in_sentence(v, CUE_SCORE) || has_other_minutes(v, i) || v->notes->article[CLASS_score];
    bool said = word_is(v, i - 1, "phút"); /* Phút 90+4', */
    if (said && !added)
        return 0;
    bool certain =
        said || (match && ((closed && is_substitute(v, i)) || begins_report(v, i, i + n + 1)));
    bool likely = (closed || scorer) && (scorer || is_in_minutes(v, i)) &&
                  (cue_in_sentence(v, CUE_SCORE) || has_other_minutes(v, i));
    if (!certain && !likely)
        return 0;
    token_begin(out, v, CLASS_time, "minute of a match", i, n + 1);
    if (!said)
        say(out, "phút");
    say_number_atom(out, v, i);
    if (added) {
        say(out, "cộng");
        say_number_atom(out, v, i + 2);
    }
    token_end(out);
    if (begins_report(v, i, i + n + 1))
        say_pause(out, ',');
    v->notes->article[CLASS_score] = true;
    return n + 1;
}

uint32_t read_time(struct utterance *out, const struct view *v, uint32_t i)
{
    struct clock_time from, to;
    bool code = is_upper(v, i + 1) && atom_glued(v, i) && is_upper(v, i - 1) &&
                !is_one_letter(v, i - 1); /* LDE44S59 */
    if (code || is_letter_of_model(v, i + 1) || feet_length(v, i))
        return 0;
    uint32_t minute = read_match_minute(out, v, i);
    if (minute)
        return minute;
    if (!parse_clock_time(v, i, &from)) {
        uint32_t n = read_shared_letter(out, v, i);
        n = n ? n : read_word_time(out, v, i);
        return n ? n : read_spaced_hour(out, v, i);
    }
    uint32_t n = from.atoms;
    bool range =
        is_dash(v, i + n) && is_number(v, i + n + 1) && parse_clock_time(v, i + n + 1, &to);
    if (range)
        n += 1 + to.atoms;
    n += is_mark(v, i + n, '/') && is_glued_date(v, i + n + 1);
    bool length = from.hour < 0 && is_mark(v, i + n, '/');
    uint32_t strokes = length ? read_strokes(out, v, i + n, CLASS_measure, true, false) : 0;
    token_begin(out, v, CLASS_time, range ? N_("time range") : N_("time"), i, n + strokes);
    say_time(out, v, &from);
    if (range) {
        say(out, "đến");
        say_time(out, v, &to);
    }
    if (strokes)
        read_strokes(out, v, i + n, CLASS_measure, true, true);
    n += strokes;
    const char *part = part_of_day(v, i + n, range ? &to : &from);
    if (part) {
        token_end(out);
        token_begin(out, v, CLASS_time, "part of the day", i + n, 1);
        say(out, part);
        n++;
    }
    return end_time(out, v, i, n);
}
