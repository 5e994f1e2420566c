/* Angles on the map: 20°57'30"N, 107°05'Đ, N20°57'30". (15,5°N is a unit of units.tsv.) */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

struct angle {
    struct numeral degrees, minutes, seconds;
    uint32_t degrees_at, minutes_at, seconds_at; /* minutes_at, seconds_at: 0 where not written */
    uint32_t end;
};

static bool is_degree(const struct speaker *s, uint32_t i)
{
    /* 20o57': the sign typed as a letter, with minutes behind it. */
    if (word_is(s, i, "o") || word_is(s, i, "º"))
        return atom_glued(s, i) && is_number(s, i + 1) && atom_glued(s, i + 1);
    return is_mark(s, i, 0xB0) || is_mark(s, i, 0xBA) || is_mark(s, i, 0x2DA);
}

static bool is_minute(const struct speaker *s, uint32_t i)
{
    return is_mark(s, i, '\'') || is_mark(s, i, 0x2019) || is_mark(s, i, 0x2032) ||
           is_mark(s, i, 0x2018) || is_mark(s, i, 0xB4);
}

/* The mark of seconds: one of its own, or that of minutes twice. 0, or how many atoms it takes. */
static uint32_t second_mark(const struct speaker *s, uint32_t i)
{
    if (is_mark(s, i, '"') || is_mark(s, i, 0x201D) || is_mark(s, i, 0x2033))
        return 1;
    return is_minute(s, i) && is_minute(s, i + 1) ? 2 : 0;
}

static bool parse_angle(const struct speaker *s, uint32_t i, struct angle *a)
{
    *a = (struct angle){.degrees_at = i};
    if (!is_degree(s, i + 1) && !is_inner_mark(s, i + 1, ',') && !is_inner_mark(s, i + 1, '.'))
        return false;
    if (!numeral_parse(s, i, &a->degrees) || !is_degree(s, i + a->degrees.atoms))
        return false;
    uint32_t j = i + a->degrees.atoms + 1;
    if (!numeral_parse(s, j, &a->minutes) || !is_minute(s, j + a->minutes.atoms))
        return false;
    a->minutes_at = j;
    a->end = j + a->minutes.atoms + 1;
    uint32_t mark = 0;
    if (numeral_parse(s, a->end, &a->seconds))
        mark = second_mark(s, a->end + a->seconds.atoms);
    if (mark) {
        a->seconds_at = a->end;
        a->end += a->seconds.atoms + mark;
    }
    return true;
}

/* Whether Vietnamese letters are used for directions, so that N is south. */
static bool is_vietnamese(const struct speaker *s, uint32_t i)
{
    enum { FAR = 16 };
    for (uint32_t k = i > FAR ? i - FAR : 0; k < i + FAR; k++)
        if (sv_is(atom_written(s, k), "Đ") || sv_is(atom_written(s, k), "B"))
            return true;
    return false;
}

static const char *direction(const struct speaker *s, uint32_t i)
{
    static const struct {
        const char *letter, *spoken;
    } letters[] = {{"N", "bắc"}, {"S", "nam"},  {"E", "đông"}, {"W", "tây"},
                   {"B", "bắc"}, {"Đ", "đông"}, {"T", "tây"}};
    if (!is_word(s, i) || (atom_glued(s, i + 1) && is_word(s, i + 1)))
        return NULL;
    if (sv_is(atom_written(s, i), "N") && is_vietnamese(s, i))
        return "nam";
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
        if (sv_is(atom_written(s, i), letters[k].letter))
            return letters[k].spoken;
    return NULL;
}

/* Minutes and seconds are written with a leading zero that is not said: 05'. */
static void say_part(struct speaker *s, uint32_t at, const struct numeral *n)
{
    struct numeral plain = *n;
    if (n->spelled && n->whole == 1 && small_number(s, at) >= 0) {
        plain.spelled = false;
        plain.value = (uint64_t)small_number(s, at);
    }
    say_numeral(s, at, &plain);
}

uint32_t read_coordinate(struct speaker *s, uint32_t i)
{
    struct angle a;
    const char *before = is_word(s, i) ? direction(s, i) : NULL;
    if ((is_word(s, i) && !before) || !parse_angle(s, i + (before != NULL), &a))
        return 0;
    const char *behind = before ? NULL : direction(s, a.end);
    uint32_t end = a.end + (behind != NULL);
    token_begin(s, CLASS_coordinate, "degrees and minutes", i, end - i);
    if (before)
        say(s, before);
    say_part(s, a.degrees_at, &a.degrees);
    say(s, "độ");
    say_part(s, a.minutes_at, &a.minutes);
    say(s, "phút");
    if (a.seconds_at) {
        say_part(s, a.seconds_at, &a.seconds);
        say(s, "giây");
    }
    if (behind)
        say(s, behind);
    token_end(s);
    return end - i;
}
