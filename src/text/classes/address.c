/* Houses and rooms: số 12/3A, 135/37/50 Nguyễn Hữu Cảnh, căn A12-05, lô B2-15, P.301. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* A letter or two glued after a number: 3A, 12bis. */
static bool is_tail(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_glued(v, i) && atom_at(v, i)->text.len <= 3;
}

/* 12/3A, 135/37/50, 12A/5: how many atoms, and how many strokes. */
static uint32_t strokes_length(const struct view *v, uint32_t i, uint32_t *strokes)
{
    enum { MOST_PARTS = 8 };
    uint32_t n = 0;
    *strokes = 0;
    for (unsigned k = 0; k < MOST_PARTS && digit_count(v, i + n) && digit_count(v, i + n) <= 4;
         k++) {
        n += 1 + is_tail(v, i + n + 1);
        bool more = is_tight_mark(v, i + n, '/') && is_number(v, i + n + 1);
        if (!more)
            break;
        n++;
        *strokes += 1;
    }
    return n;
}

/* 15A/28 Lê Thánh Tôn: letters are glued to a number, and the name of a street follows. */
static bool is_lettered_house(const struct view *v, uint32_t i, uint32_t n)
{
    bool letters = is_tail(v, i + 1) || is_tail(v, i + n - 1);
    bool school = near_before(v, i, NEAR_SCHOOL);
    return letters && !school && is_capitalized(v, i + n) && is_syllable(v, i + n) &&
           is_capitalized(v, i + n + 1);
}

static uint32_t read_house(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t strokes, n = strokes_length(v, i, &strokes);
    bool cue = is_word(v, i - 1) && cue_before(v, i, CUE_ADDRESS) && !is_stroke_score(v, i);
    bool road = near_after(v, i + n, NEAR_STREET) && atom_has(atom_at(v, i + n + 1), ATOM_CAPITAL);
    if (!strokes || (atom_glued(v, i + n) && (is_word(v, i + n) || is_number(v, i + n))))
        return 0;
    /* 3G/4G/5G: the same letter behind each is no house. */
    bool list = is_tail(v, i + 1) && sv_eq(atom_written(v, i + 1), atom_written(v, i + 4));
    bool dense = strokes >= 2 && !list && !is_mark(v, i + n, '%');
    if (!cue && !dense && !road && !is_lettered_house(v, i, n))
        return 0;
    token_begin(out, v, CLASS_address, "number of a house", i, n);
    for (uint32_t k = 0; k < n; k++) {
        if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
        else if (is_word(v, i + k))
            say_letters(out, atom_written(v, i + k), false);
        else
            say(out, "trên");
    }
    token_end(out);
    return n;
}

/* căn 05-12A, phòng 08-03: a zero or a letter makes it one room, no range. */
static uint32_t read_room_of_numbers(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_tight_mark(v, i + 1, '-') || !digit_count(v, i + 2) || digit_count(v, i) > 2 ||
        digit_count(v, i + 2) > 3 || !is_word(v, i - 1) || !cue_before(v, i, CUE_ADDRESS))
        return 0;
    uint32_t n = 3 + (is_upper(v, i + 3) && is_tail(v, i + 3));
    bool room = n > 3 || (digit_count(v, i) == 2 && atom_written(v, i).p[0] == '0');
    if (!room || is_glued_on(v, i + n) || is_mark(v, i + n, '/') || is_mark(v, i + n, '-'))
        return 0;
    token_begin(out, v, CLASS_address, "number of a room", i, n);
    say_number_atom(out, v, i);
    say_number_atom(out, v, i + 2);
    if (n > 3)
        say_letters(out, atom_written(v, i + 3), false);
    token_end(out);
    return n;
}

/* A word for a house or room is before the letters, or they are short for one: lô B2-15, LK5-12. */
static bool has_address_letters(const struct view *v, uint32_t i)
{
    return cue_before(v, i, CUE_ADDRESS) || (rules_cues(v->rules, atom_lower(v, i)) & CUE_ADDRESS);
}

/* The letters of a room: LK5-12 is said in words; TP2-15 is only a letter and another. */
static void say_room_letters(struct utterance *out, const struct view *v, uint32_t i)
{
    bool building = rules_cues(v->rules, atom_lower(v, i)) & CUE_ADDRESS;
    if (!building || !say_abbreviation(out, v, i))
        say_letters(out, atom_written(v, i), false);
}

/* căn A12-05, lô B2-15, phòng 1204-A, LK5-12 */
static uint32_t read_room(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LONGEST = 5 };
    const struct atom *a = atom_at(v, i);
    if (!atom_has(a, ATOM_UPPER) || a->text.len > 3 || !is_number(v, i + 1) ||
        digit_count(v, i + 1) > LONGEST || !atom_glued(v, i + 1) || !has_address_letters(v, i))
        return 0;
    uint32_t n = 2 + is_tail(v, i + 2);
    if (!(is_tight_mark(v, i + n, '-') || is_tight_mark(v, i + n, '.')) || !is_number(v, i + n + 1))
        return 0;
    n += 2;
    token_begin(out, v, CLASS_address, "number of a room", i, n);
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(v, i + k) && !k)
            say_room_letters(out, v, i);
        else if (is_word(v, i + k))
            say_letters(out, atom_written(v, i + k), false);
        else if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
    }
    token_end(out);
    return n;
}

/* P.301, phòng P 1204, P.301A: three digits or four are a room; a ward has one or two (P.5). */
static uint32_t read_numbered_room(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t at = i + 1 + is_tight_mark(v, i + 1, '.');
    uint32_t end = at + 1 + (is_upper(v, at + 1) && is_tail(v, at + 1));
    bool tied = atom_glued(v, at) || word_is(v, i - 1, "phòng");
    if (!tied || atom_glued(v, i) || !sv_is(atom_written(v, i), "P") || digit_count(v, at) < 3 ||
        digit_count(v, at) > 4 || is_glued_on(v, end) || is_inner_mark(v, end, '.') ||
        (!atom_glued(v, i + 1) && cue_after(v, end, CUE_COUNTED)))
        return 0;
    token_begin(out, v, CLASS_address, "number of a room", i, end - i);
    if (!word_is(v, i - 1, "phòng"))
        say(out, "phòng");
    say_number_atom(out, v, at);
    if (end > at + 1)
        say_letters(out, atom_written(v, at + 1), false);
    token_end(out);
    return end - i;
}

uint32_t read_address(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_number(v, i)) {
        uint32_t house = read_house(out, v, i);
        return house ? house : read_room_of_numbers(out, v, i);
    }
    uint32_t n = read_room(out, v, i);
    return n ? n : read_numbered_room(out, v, i);
}
