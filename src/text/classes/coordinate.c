/*
 * Angles on the map: 20°57'30"N, 107°05'Đ, N20°57'30"; and positions without degree signs:
 * 17,5N-108,2E. (15,5°N is a unit of units.tsv.)
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct angle {
    struct numeral degrees, minutes, seconds;
    uint32_t degrees_at, minutes_at, seconds_at; /* minutes_at, seconds_at: 0 where not written */
    uint32_t end;
};

static bool is_degree(const struct view *v, uint32_t i)
{
    /* 20o57': the sign is typed as a letter, and minutes follow. */
    if (word_is(v, i, "o") || word_is(v, i, "º"))
        return atom_glued(v, i) && is_number(v, i + 1) && atom_glued(v, i + 1);
    return is_mark(v, i, 0xB0) || is_mark(v, i, 0xBA) || is_mark(v, i, 0x2DA) ||
           (word_is(v, i, "độ") && is_number(v, i + 1)); /* 08 độ 00'N */
}

static bool is_minute(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '\'') || is_mark(v, i, 0x2019) || is_mark(v, i, 0x2032) ||
           is_mark(v, i, 0x2018) || is_mark(v, i, 0xB4);
}

/* The number of atoms of a mark of seconds, its own or two of minutes; 0 if there is none. */
static uint32_t second_mark(const struct view *v, uint32_t i)
{
    if (is_mark(v, i, '"') || is_mark(v, i, 0x201D) || is_mark(v, i, 0x2033))
        return 1;
    return is_minute(v, i) && is_minute(v, i + 1) ? 2 : 0;
}

static bool parse_angle(const struct view *v, uint32_t i, struct angle *a)
{
    *a = (struct angle){.degrees_at = i};
    if (!is_degree(v, i + 1) && !is_inner_mark(v, i + 1, ',') && !is_inner_mark(v, i + 1, '.'))
        return false;
    if (!numeral_parse(v, i, &a->degrees) || !is_degree(v, i + a->degrees.atoms))
        return false;
    uint32_t j = i + a->degrees.atoms + 1;
    if (!numeral_parse(v, j, &a->minutes) || !is_minute(v, j + a->minutes.atoms))
        return false;
    a->minutes_at = j;
    a->end = j + a->minutes.atoms + 1;
    uint32_t mark = 0;
    if (numeral_parse(v, a->end, &a->seconds))
        mark = second_mark(v, a->end + a->seconds.atoms);
    if (mark) {
        a->seconds_at = a->end;
        a->end += a->seconds.atoms + mark;
    }
    return true;
}

/* Whether directions are written with Vietnamese letters, where N is south. */
static bool uses_vietnamese_letters(const struct view *v, uint32_t i)
{
    enum { FAR = 16 };
    for (uint32_t k = i > FAR ? i - FAR : 0; k < i + FAR; k++)
        if (sv_is(atom_written(v, k), "Đ") || sv_is(atom_written(v, k), "B"))
            return true;
    return false;
}

static const char *direction(const struct view *v, uint32_t i)
{
    static const struct {
        const char *letter, *spoken;
    } letters[] = {{"N", "bắc"}, {"S", "nam"},  {"E", "đông"}, {"W", "tây"},
                   {"B", "bắc"}, {"Đ", "đông"}, {"T", "tây"}};
    if (!is_word(v, i) || (atom_glued(v, i + 1) && is_word(v, i + 1)))
        return NULL;
    if (sv_is(atom_written(v, i), "N") && uses_vietnamese_letters(v, i))
        return "nam";
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
        if (sv_is(atom_written(v, i), letters[k].letter))
            return letters[k].spoken;
    return NULL;
}

/* The leading zero of minutes and seconds is not said: 05'. */
static void say_angle_part(struct utterance *out, const struct view *v, uint32_t at,
                           const struct numeral *n)
{
    struct numeral plain = *n;
    if (n->spelled && n->whole == 1 && small_number(v, at) >= 0) {
        plain.spelled = false;
        plain.value = (uint64_t)small_number(v, at);
    }
    say_numeral(out, v, at, &plain);
}

/* ---- 17,5N-108,2E; 15,5-16,5N; 110,0-111,0E ---- */

struct position {
    struct numeral from, to;
    uint32_t to_at; /* 0: no range */
    uint32_t end;
    bool north; /* or south: a latitude */
    const char *direction;
};

static bool parse_position(const struct view *v, uint32_t i, struct position *p)
{
    *p = (struct position){0};
    if (!numeral_parse(v, i, &p->from) || p->from.grouped)
        return false;
    uint32_t letter = i + p->from.atoms;
    if (is_range_dash(v, letter) && numeral_parse(v, letter + 1, &p->to)) {
        p->to_at = letter + 1;
        letter = p->to_at + p->to.atoms;
    }
    p->direction = atom_at(v, letter)->text.len <= 2 && is_upper(v, letter) && atom_glued(v, letter)
                       ? direction(v, letter)
                       : NULL;
    p->north = p->direction && (!strcmp(p->direction, "bắc") || !strcmp(p->direction, "nam"));
    p->end = letter + 1;
    return p->direction;
}

/* 14,0N-17,0N: the letter is at both ends of the range. */
static bool parse_full_range(const struct view *v, uint32_t i, struct position *p)
{
    struct position to;
    if (!parse_position(v, i, p))
        return false;
    if (!p->to_at && is_dash(v, p->end) && parse_position(v, p->end + 1, &to) && !to.to_at &&
        to.direction == p->direction) {
        p->to = to.from;
        p->to_at = p->end + 1;
        p->end = to.end;
    }
    return true;
}

static bool joins_coordinates(const struct view *v, uint32_t i)
{
    return is_joint(v, i, "-;,/", CUE_AND | CUE_TO);
}

/* vĩ tuyến 17,0N, kinh tuyến 115,0E */
static bool is_on_named_circle(const struct view *v, uint32_t i, const struct position *p)
{
    enum { FAR = 6 };
    uint32_t first = i; /* vĩ tuyến 15,0 đến 19,00N */
    if (is_joint(v, i - 1, "-", CUE_TO))
        while (i - first < FAR && !is_syllable(v, first - 1 - (first == i)))
            first--;
    return word_is(v, first - 2, p->north ? "vĩ" : "kinh") &&
           (word_is(v, first - 1, "tuyến") || word_is(v, first - 1, "độ"));
}

/* A latitude is known by the longitude after it: 30E alone may be anything. */
static uint32_t read_position(struct utterance *out, const struct view *v, uint32_t i)
{
    struct position p, east;
    if (!parse_full_range(v, i, &p))
        return 0;
    bool joint = joins_coordinates(v, p.end);
    bool first = p.north && parse_position(v, p.end + joint, &east) && !east.north &&
                 (p.from.fraction || is_dash(v, p.end) || is_mark(v, p.end, ';'));
    bool second =
        !p.north && (last_ended_at(v, CLASS_coordinate, i) ||
                     (joins_coordinates(v, i - 1) && last_ended_at(v, CLASS_coordinate, i - 1)));
    bool named = is_on_named_circle(v, i, &p);
    if (!first && !second && !named)
        return 0;
    token_begin(out, v, CLASS_coordinate, "latitude or longitude", i, p.end - i);
    say_numeral(out, v, i, &p.from);
    if (p.to_at) {
        say(out, "đến");
        say_numeral(out, v, p.to_at, &p.to);
    }
    bool end = is_joint(v, i - 1, "", CUE_TO); /* kinh tuyến 109,0E đến 114,0E */
    say(out, named || end ? "độ" : p.north ? "độ vĩ" : "độ kinh");
    say(out, p.direction);
    token_end(out);
    if (first)
        say_pause(out, ',');
    note_end(v, CLASS_coordinate, p.end);
    return p.end - i;
}

/* 15 độ 30 phút N, 110 độ 45 phút E: the letter behind an angle in words. */
static uint32_t read_direction(struct utterance *out, const struct view *v, uint32_t i)
{
    bool angle = is_number(v, i - 2) && (word_is(v, i - 1, "phút") || word_is(v, i - 1, "giây")) &&
                 (word_is(v, i - 3, "độ") || word_is(v, i - 3, "phút"));
    const char *spoken = angle && is_upper(v, i) && is_one_letter(v, i) ? direction(v, i) : NULL;
    if (!spoken)
        return 0;
    token_begin(out, v, CLASS_coordinate, "direction", i, 1);
    say(out, spoken);
    token_end(out);
    return 1;
}

uint32_t read_coordinate(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = is_number(v, i) ? read_position(out, v, i) : read_direction(out, v, i);
    if (n)
        return n;
    struct angle a;
    const char *before = is_word(v, i) ? direction(v, i) : NULL;
    if ((is_word(v, i) && !before) || !parse_angle(v, i + (before != NULL), &a))
        return 0;
    const char *after = before ? NULL : direction(v, a.end);
    uint32_t end = a.end + (after != NULL);
    token_begin(out, v, CLASS_coordinate, "degrees and minutes", i, end - i);
    if (before)
        say(out, before);
    say_angle_part(out, v, a.degrees_at, &a.degrees);
    say(out, "độ");
    say_angle_part(out, v, a.minutes_at, &a.minutes);
    say(out, "phút");
    if (a.seconds_at) {
        say_angle_part(out, v, a.seconds_at, &a.seconds);
        say(out, "giây");
    }
    if (after)
        say(out, after);
    token_end(out);
    return end - i;
}
