#include "article/find/dateline.h"

#include <stdio.h>

#include "article/find/line.h"
#include "article/find/line_words.h"
#include "article/find/people.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* Reads a number of at most `most` digits into *value. Returns how many digits it has, 0 if none or
 * too many. */
static size_t number_at(struct sv v, size_t at, size_t most, int *value)
{
    size_t n = 0;
    *value = 0;
    while (at + n < v.n && v.p[at + n] >= '0' && v.p[at + n] <= '9' && n <= most)
        *value = *value * 10 + (v.p[at + n++] - '0');
    return n <= most ? n : 0;
}

static bool date_is_possible(const struct dateline *d)
{
    return d->day >= 1 && d->day <= 31 && d->month >= 1 && d->month <= 12 && d->year >= 1900 &&
           d->year <= 2100;
}

/* Reads "27/05/2022", "7-3-2026", "1.3.2026" or "2026-03-07". Returns the length, 0 if the text is
 * no date. */
static size_t numeric_date(struct sv v, size_t at, struct dateline *d)
{
    int part[3];
    size_t i = at, first = number_at(v, i, 4, &part[0]);
    i += first;
    if (!first || i >= v.n || !strchr("/-.", v.p[i]))
        return 0;
    char by = v.p[i++];
    size_t n = number_at(v, i, 2, &part[1]);
    i += n;
    if (!n || i >= v.n || v.p[i++] != by)
        return 0;
    size_t last = number_at(v, i, 4, &part[2]);
    i += last;
    if (first == 4 && (last == 1 || last == 2)) {
        int year = part[0];
        part[0] = part[2];
        part[2] = year;
    } else if (first > 2 || last != 4) {
        return 0;
    }
    d->day = part[0];
    d->month = part[1];
    d->year = part[2];
    return date_is_possible(d) ? i - at : 0;
}

static size_t skip_spaces(struct sv v, size_t at)
{
    while (at < v.n && v.p[at] == ' ')
        at++;
    return at;
}

/* The length of `want` (in lower case) at v[at], compared without regard to case. 0 if v has
 * another word there, or a longer one. */
static size_t words_at(struct sv v, size_t at, struct sv want)
{
    size_t i = at, w = 0;
    /* Compare the first byte before anything else: it nearly always differs. */
    unsigned char front = at < v.n ? (unsigned char)v.p[at] : 0;
    if (front < 0x80 ? (char)char_lower(front) != want.p[0] : (unsigned char)want.p[0] < 0x80)
        return 0;
    while (w < want.n) {
        uint32_t a, b;
        if (i >= v.n)
            return 0;
        i += utf8_decode(sv_from(v, i), &a);
        w += utf8_decode(sv_from(want, w), &b);
        if (char_lower(a) != b)
            return 0;
    }
    if (i < v.n) {
        uint32_t next, last = (unsigned char)want.p[want.n - 1];
        utf8_decode(sv_from(v, i), &next);
        if (char_kind_of(next) == CHAR_LETTER && last != ':')
            return 0;
    }
    return i - at;
}

static size_t word_at(struct sv v, size_t at, const char *word)
{
    return words_at(v, at, sv_of(word));
}

/* Reads the number of a month, in digits or words: "9", "chín". Returns the length or 0. */
static size_t month_at(struct sv v, size_t at, int *month)
{
    static const char *const words[] = {"mười hai", "mười một", "mười", "chín", "tám", "bảy",
                                        "sáu",      "năm",      "tư",   "ba",   "hai", "một"};
    enum { MONTHS = sizeof words / sizeof *words };
    size_t n = number_at(v, at, 2, month);
    for (int i = 0; !n && i < MONTHS; i++) {
        n = word_at(v, at, words[i]);
        *month = MONTHS - i;
    }
    return n;
}

/* Reads "tháng 9" or "Tháng Chín". Returns the length or 0. */
static size_t month_with_word(struct sv v, size_t at, int *month)
{
    size_t n = word_at(v, at, "tháng"), i = skip_spaces(v, at + n);
    size_t length = n ? month_at(v, i, month) : 0;
    return length ? i + length - at : 0;
}

static size_t skip_comma(struct sv v, size_t at)
{
    at = skip_spaces(v, at);
    return at < v.n && v.p[at] == ',' ? skip_spaces(v, at + 1) : at;
}

/* Reads what programs print for a date: "12 Tháng 9 2026", "12 Tháng Chín, 2026",
 * "Tháng Chín 12, 2026". Returns the length or 0. */
static size_t printed_date(struct sv v, size_t at, struct dateline *d)
{
    size_t n = number_at(v, at, 2, &d->day), i = skip_spaces(v, at + n);
    size_t month = month_with_word(v, i, &d->month);
    i = skip_comma(v, i + month);
    if (!n) {
        n = number_at(v, i, 2, &d->day);
        i = skip_comma(v, i + n);
    }
    size_t year = n && month ? number_at(v, i, 4, &d->year) : 0;
    return year && date_is_possible(d) ? i + year - at : 0;
}

/* Reads "ngày 7 tháng 3 năm 2026", also with commas. Returns the length or 0. */
static size_t spoken_date(struct sv v, size_t at, struct dateline *d)
{
    static const char *const names[] = {"ngày", "tháng", "năm"};
    int *const values[] = {&d->day, &d->month, &d->year};
    size_t i = at;
    for (int k = 0; k < 3; k++) {
        i = skip_spaces(v, i);
        if (i < v.n && k && v.p[i] == ',')
            i = skip_spaces(v, i + 1);
        size_t n = word_at(v, i, names[k]);
        if (!n && k)
            return 0;
        i = skip_spaces(v, i + n);
        n = number_at(v, i, k == 2 ? 4 : 2, values[k]);
        if (!n)
            return 0;
        i += n;
    }
    return date_is_possible(d) ? i - at : 0;
}

static size_t weekday_length(struct sv v, size_t at)
{
    static const char *const days[] = {"hai", "ba", "tư", "năm", "sáu", "bảy", "bẩy",
                                       "2",   "3",  "4",  "5",   "6",   "7"};
    size_t n = word_at(v, at, "chủ nhật");
    if (!n)
        n = word_at(v, at, "cn");
    if (n)
        return n;
    n = word_at(v, at, "thứ");
    size_t i = skip_spaces(v, at + n);
    if (!n || i == at + n)
        return 0;
    for (size_t k = 0; k < sizeof days / sizeof *days; k++) {
        n = word_at(v, i, days[k]);
        if (n)
            return i + n - at;
    }
    return 0;
}

/* Reads a date, with or without a weekday before it. Returns the length or 0. */
static size_t date_at(struct sv v, size_t at, struct dateline *d)
{
    size_t i = at, n = weekday_length(v, at);
    i += n;
    while (n && i < v.n && strchr(" ,-|", v.p[i]))
        i++;
    size_t of_day = n ? word_at(v, i, "ngày") : 0;
    size_t length = spoken_date(v, i, d);
    if (!length)
        length = printed_date(v, i, d);
    if (!length) {
        i = skip_spaces(v, i + of_day);
        length = numeric_date(v, i, d);
    }
    return length ? i + length - at : 0;
}

/* Reads "08:21:16", "00:05", "16h30" or "12:01 AM". Returns the length or 0. */
static size_t time_at(struct sv v, size_t at, struct dateline *d)
{
    int hour, minute, second = -1;
    size_t i = at, n = number_at(v, i, 2, &hour);
    i += n;
    if (!n || i >= v.n || !strchr(":hHgG", v.p[i]))
        return 0;
    n = number_at(v, ++i, 2, &minute);
    if (n != 2 || hour > 24 || minute > 59)
        return 0;
    i += n;
    if (i < v.n && v.p[i] == ':') {
        n = number_at(v, i + 1, 2, &second);
        second = n == 2 ? second : -1;
        i += n == 2 ? 3 : 0;
    }
    size_t half = skip_spaces(v, i);
    size_t after = word_at(v, half, "pm") + word_at(v, half, "ch");
    size_t before = word_at(v, half, "am") + word_at(v, half, "sa");
    if (after || before) {
        i = half + after + before;
        hour = hour % 12 + (after || hour > 12 ? 12 : 0);
    }
    if (!d->has_time) {
        d->hour = hour;
        d->minute = minute;
        d->second = second;
        d->has_time = true;
    }
    return i - at;
}

/* Reads "GMT+7", "[GMT +7]" or "(UTC+07:00)". Returns the length or 0. */
static size_t zone_at(struct sv v, size_t at, struct dateline *d)
{
    size_t i = at;
    bool bracket = i < v.n && (v.p[i] == '(' || v.p[i] == '[');
    i += bracket;
    size_t n = word_at(v, i, "gmt") + word_at(v, i, "utc");
    if (!n)
        return 0;
    i = skip_spaces(v, i + n);
    if (i < v.n && (v.p[i] == '+' || v.p[i] == '-')) {
        int sign = v.p[i] == '+' ? 1 : -1, hours, minutes = 0;
        i = skip_spaces(v, i + 1);
        n = number_at(v, i, 2, &hours);
        i += n;
        if (n && i < v.n && v.p[i] == ':')
            i += 1 + number_at(v, i + 1, 2, &minutes);
        if (n && hours <= 14 && minutes < 60) {
            d->zone = sign * (hours * 60 + minutes);
            d->has_zone = true;
        }
    }
    i += bracket && i < v.n && (v.p[i] == ')' || v.p[i] == ']');
    return i - at;
}

/* Finds a word that introduces a date or time (reason "clock") or a button that changes the size of
 * letters ("widget"). Returns the length or 0. */
static size_t label_at(const struct rules *rules, struct sv v, size_t at, enum skip_reason *reason)
{
    uint32_t next = 0;
    const struct row *row;
    if (!rules_may_begin(rules, sv_from(v, at), HEAD_LINE_WORDS))
        return 0;
    *reason = SKIP_CLOCK;
    while ((row = line_words_next(rules, LINE_DATE, &next))) {
        size_t n = words_at(v, at, line_words_of(row));
        if (n)
            return n;
    }
    *reason = SKIP_WIDGET;
    for (next = 0; (row = line_words_next(rules, LINE_BUTTON, &next));) {
        size_t n = words_at(v, at, line_words_of(row));
        if (n && (at + n == v.n || v.p[at + n] == ' '))
            return n;
    }
    return 0;
}

/* Adds a piece. Extends the last piece instead if it has the same reason and neither a bar nor the
 * date is between the two. */
static void add_piece(struct dateline *d, struct sv line, size_t at, size_t n,
                      enum skip_reason reason)
{
    if (d->rest.n) {
        struct dateline_piece *last = &d->rest.at[d->rest.n - 1];
        size_t end = last->text.off + last->text.len;
        bool date_between = d->date.len && d->date.off >= end && d->date.off < at;
        if (last->reason == reason && !date_between && !memchr(line.p + end, '|', at - end)) {
            last->text.len = (uint32_t)(at + n - last->text.off);
            return;
        }
    }
    *vec_push(&d->rest) = (struct dateline_piece){{(uint32_t)at, (uint32_t)n}, reason};
}

/* Reads a date, time, zone, weekday or label at `at`. Returns the length, 0 for anything else. */
static size_t known_at(const struct rules *rules, struct sv v, size_t at, struct dateline *d)
{
    struct dateline trial = {0};
    size_t n = d->date.len ? 0 : date_at(v, at, &trial);
    if (n) {
        d->date = (struct span){(uint32_t)at, (uint32_t)n};
        d->year = trial.year;
        d->month = trial.month;
        d->day = trial.day;
        return n;
    }
    enum skip_reason reason = SKIP_CLOCK;
    n = time_at(v, at, d);
    if (!n)
        n = zone_at(v, at, d);
    if (!n && d->date.len)
        n = date_at(v, at, &trial); /* a second date: when it was changed */
    if (!n && !d->date.len)
        n = weekday_length(v, at);
    if (!n)
        n = label_at(rules, v, at, &reason);
    if (n)
        add_piece(d, v, at, n, reason);
    return n;
}

static bool is_separator(struct sv v, size_t at, unsigned *n)
{
    uint32_t code;
    *n = utf8_decode(sv_from(v, at), &code);
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_SPACE || code == '|' || code == 0x2022 || code == 0xB7 || code == ',' ||
           code == '-' || code == 0x2013;
}

static bool has_digit(struct sv line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] >= '0' && line.p[i] <= '9')
            return true;
    return false;
}

/* The words of a line that are neither date nor time. */
struct other_words {
    size_t n;
    bool divided; /* a separator other than a space, or another such word, precedes the position */
    bool unsure;  /* one follows the date after nothing but a space */
};

/* Reads the separator, known part or other word at `at`. Returns its length. */
static size_t read_part(const struct rules *rules, struct sv line, size_t at, struct dateline *d,
                        struct other_words *others)
{
    unsigned step;
    if (is_separator(line, at, &step)) {
        others->divided = others->divided || line.p[at] != ' ';
        return step;
    }
    size_t n = known_at(rules, line, at, d);
    if (n) {
        others->divided = false;
        return n;
    }
    struct sv rest = sv_from(line, at);
    n = line_next_word(&rest).n;
    others->n++;
    others->unsure = others->unsure || (!others->divided && d->date.len);
    others->divided = true;
    add_piece(d, line, at, n, SKIP_SECTION); /* neither date nor time */
    return n;
}

/* The part of "Hà Vy, Theo Sớm Mai" before the source. */
static struct sv before_source(struct sv v)
{
    static const char *const heads[] = {", Theo ", " - Theo ", " theo ", " Theo "};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        ptrdiff_t at = sv_find(v, sv_of(heads[i]));
        if (at > 0)
            return sv_sub(v, 0, (size_t)at);
    }
    return v;
}

/* Whether words beside a date are names of people: two words at least, and not those of a paper. */
static bool is_people(const struct rules *rules, struct sv v)
{
    uint32_t next = 0;
    for (const struct row *row; (row = line_words_next(rules, LINE_PAPER, &next));) {
        struct sv paper = line_words_of(row);
        if (sv_starts(v, paper) && v.n > paper.n && v.p[paper.n] == ' ')
            return false;
    }
    return memchr(v.p, ' ', v.n) && people_is_byline(rules, v) && !people_is_source(rules, v);
}

struct span dateline_names(const struct rules *rules, const struct dateline *d, struct sv line)
{
    for (size_t i = 0; d->date.len && i<d->rest.n; i += d->rest.n> 1 ? d->rest.n - 1 : 1) {
        struct span piece = d->rest.at[i].text;
        struct sv names = before_source(sv_at(line, piece));
        bool at_edge = !piece.off || piece.off + piece.len == line.n;
        if (at_edge && d->rest.at[i].reason == SKIP_SECTION && is_people(rules, names))
            return (struct span){piece.off, (uint32_t)names.n};
    }
    return (struct span){0, 0};
}

bool dateline_parse(const struct rules *rules, struct sv line, struct dateline *d)
{
    enum { LONGEST = 200, MOST_OTHERS = 6, MOST_WITH_NAMES = 12 };
    *d = (struct dateline){.second = -1};
    if (line.n > LONGEST || !has_digit(line) || memchr(line.p, '\n', line.n))
        return false;
    struct other_words others = {.divided = true};
    for (size_t at = 0; at < line.n && others.n <= MOST_WITH_NAMES;)
        at += read_part(rules, line, at, d, &others);
    if (others.n > MOST_OTHERS && (!d->has_time || !dateline_names(rules, d, line).len))
        return false;
    if (!d->date.len)
        return d->has_time && !others.n;
    return others.n == 0 || (others.n <= MOST_WITH_NAMES && (d->has_time || !others.unsure) &&
                             (d->has_time || memchr(line.p, '|', line.n)));
}

void dateline_free(struct dateline *d)
{
    vec_free(&d->rest);
}

static void add_split(struct dateline_pieces *out, uint32_t from, uint32_t to,
                      enum skip_reason reason)
{
    if (from < to)
        *vec_push(out) = (struct dateline_piece){{from, to - from}, reason};
}

void dateline_split(const struct dateline *d, uint32_t length, struct dateline_pieces *out)
{
    uint32_t done = 0, date_end = d->date.off + d->date.len;
    for (size_t i = 0; i <= d->rest.n; i++) {
        struct dateline_piece next = {{length, 0}, SKIP_NONE};
        if (i < d->rest.n)
            next = d->rest.at[i];
        if (done <= d->date.off && d->date.off <= next.text.off) {
            add_split(out, done, d->date.off, SKIP_DECORATION);
            add_split(out, d->date.off, date_end, SKIP_NONE);
            done = date_end;
        }
        add_split(out, done, next.text.off, SKIP_DECORATION);
        done = next.text.off + next.text.len;
        add_split(out, next.text.off, done, next.reason);
    }
}

void dateline_borrow_time(const struct rules *rules, struct dateline *d, struct sv line)
{
    struct dateline other;
    if (dateline_parse(rules, line, &other) && !other.date.len) {
        d->hour = other.hour;
        d->minute = other.minute;
        d->second = other.second;
        d->has_time = other.has_time;
        d->zone = other.zone;
        d->has_zone = other.has_zone;
    }
    dateline_free(&other);
}

void dateline_iso(const struct dateline *d, char out[ISO_DATE_SIZE])
{
    int n = snprintf(out, 32, "%04d-%02d-%02d", d->year % 10000, d->month % 100, d->day % 100);
    if (!d->has_time)
        return;
    n += snprintf(out + n, 32 - (size_t)n, "T%02d:%02d", d->hour % 24, d->minute % 60);
    if (d->second >= 0)
        n += snprintf(out + n, 32 - (size_t)n, ":%02d", d->second % 60);
    int zone = d->zone < 0 ? -d->zone : d->zone;
    if (d->has_zone)
        snprintf(out + n, 32 - (size_t)n, "%c%02d:%02d", d->zone < 0 ? '-' : '+', zone / 60 % 24,
                 zone % 60);
}
