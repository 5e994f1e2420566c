/*
 * A number and letters glued to it that count or name: 3D, 4G, 2N1Đ, 1T2L, 90s, 49ers, 45t, iPhone
 * 6s; and the minute of a goal: Messi (63').
 */
#include "text/classes/name_forms.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

/* 2D, 3D: dimensions, with the foreign name of the letter. */
uint32_t read_dimensions(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t value = small_number(v, i);
    const struct atom *letter = atom_at(v, i + 1);
    if (value < 2 || value > 7 || digit_count(v, i) != 1 || !word_is(v, i + 1, "d") ||
        !atom_has(letter, ATOM_UPPER) || !atom_glued(v, i + 1) || word_is(v, i - 1, "lớp") ||
        cue_before(v, i, CUE_ADDRESS) || (atom_glued(v, i) && is_word(v, i - 1)) ||
        (atom_glued(v, i + 2) && (is_number(v, i + 2) || is_mark(v, i + 2, '-'))))
        return 0;
    token_begin(out, v, CLASS_letters, "dimensions", i, 2);
    say_cardinal(out, (uint64_t)value);
    say_letter(out, 'd', false, true);
    token_end(out);
    return 2;
}

/* Whether 10A1 is at atom i: the form of a year at school. */
static bool is_school_form(const struct view *v, uint32_t i)
{
    return digit_count(v, i) > 0 && digit_count(v, i) <= 2 && is_upper(v, i + 1) &&
           is_one_letter(v, i + 1) && atom_glued(v, i + 1) && atom_glued(v, i + 2) &&
           digit_count(v, i + 2) > 0 && digit_count(v, i + 2) <= 2;
}

/* 10A1-10A12: from one form to another of the same year and letter. */
uint32_t read_form_range(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { FORM = 3 };
    uint32_t to = i + FORM + 1;
    if (!is_school_form(v, i) || !is_range_dash(v, i + FORM) || !is_school_form(v, to) ||
        !sv_eq(atom_written(v, i), atom_written(v, to)) ||
        !sv_eq(atom_written(v, i + 1), atom_written(v, to + 1)) ||
        small_number(v, to + 2) <= small_number(v, i + 2) || is_dash(v, to + FORM) ||
        is_glued_on(v, to + FORM))
        return 0;
    token_begin(out, v, CLASS_letters, "range of forms", i, 2 * FORM + 1);
    say_name_parts(out, v, i, FORM);
    say(out, "đến");
    say_name_parts(out, v, to, FORM);
    token_end(out);
    return 2 * FORM + 1;
}

/* mạng 4g: a generation of networks, no grams. */
uint32_t read_generation(struct utterance *out, const struct view *v, uint32_t i)
{
    if (digit_count(v, i) != 1 || !sv_is(atom_written(v, i + 1), "g") || !atom_glued(v, i + 1) ||
        !cue_before(v, i, CUE_NAME))
        return 0;
    token_begin(out, v, CLASS_letters, "generation of networks", i, 2);
    say_name_parts(out, v, i, 2);
    token_end(out);
    return 2;
}

/* Says two numbers, each with the word for the letter behind it. */
static uint32_t say_two_counts(struct utterance *out, const struct view *v, uint32_t i,
                               const char *rule, const char *first, const char *second)
{
    token_begin(out, v, CLASS_abbreviation, rule, i, 4);
    say_number_atom(out, v, i);
    say(out, first);
    say_number_atom(out, v, i + 2);
    say(out, second);
    token_end(out);
    return 4;
}

/* A number and what is glued to it: a word, another number and another word. */
static bool are_two_counts(const struct view *v, uint32_t i)
{
    enum { MOST_DIGITS = 2 };
    return digit_count(v, i) <= MOST_DIGITS && is_number(v, i + 2) &&
           digit_count(v, i + 2) <= MOST_DIGITS && atom_glued(v, i + 1) && atom_glued(v, i + 2) &&
           atom_glued(v, i + 3);
}

/* 3N2Đ, 10N9Đ: days and nights of a journey. */
uint32_t read_journey(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i + 1, "n") || !word_is(v, i + 3, "đ") || !are_two_counts(v, i))
        return 0;
    return say_two_counts(out, v, i, N_("days and nights"), "ngày", "đêm");
}

/* 1T3L: a ground floor and the floors above it. */
uint32_t read_floors(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!sv_is(atom_written(v, i + 1), "T") || !sv_is(atom_written(v, i + 3), "L") ||
        !are_two_counts(v, i))
        return 0;
    return say_two_counts(out, v, i, N_("floors of a house"), "trệt", "lầu");
}

/* những năm 1990s, nhạc 90s: the s of a decade is silent; 90s may be seconds elsewhere. */
uint32_t read_decade(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { FIRST = 1800, LAST = 2090 };
    int32_t value = small_number(v, i);
    if (!sv_is(atom_written(v, i + 1), "s") || !atom_glued(v, i + 1) || value <= 0 || value % 10)
        return 0;
    bool year = digit_count(v, i) == 4 && value >= FIRST && value <= LAST;
    if (!year && !(digit_count(v, i) == 2 && near_before(v, i, NEAR_DECADE)))
        return 0;
    token_begin(out, v, CLASS_date, "decade", i, 2);
    say_number_atom(out, v, i);
    token_end(out);
    return 2;
}

static bool ends_in_digit(const struct view *v, uint32_t i, char digit)
{
    struct sv digits = atom_written(v, i);
    bool teen = digits.n > 1 && digits.p[digits.n - 2] == '1';
    return digits.p[digits.n - 1] == digit && !teen;
}

/* San Francisco 49ers, the 21st Century: an English ending behind a number is silent. The one of
 * 12th is left: Vietnamese writers mean months by it. */
uint32_t read_english_ending(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_number(v, i) || !is_glued_on(v, i + 1) || is_glued_on(v, i + 2))
        return 0;
    bool ending = word_is(v, i + 1, "ers") ||
                  (word_is(v, i + 1, "st") && ends_in_digit(v, i, '1')) ||
                  (word_is(v, i + 1, "nd") && ends_in_digit(v, i, '2')) ||
                  (word_is(v, i + 1, "rd") && ends_in_digit(v, i, '3'));
    bool foreign = is_foreign_name_part(v, i + 2) && !atom_glued(v, i + 2);
    ending = ending || (word_is(v, i + 1, "th") && foreign); /* 50th Anniversary */
    if (!ending || is_upper(v, i + 1))
        return 0;
    token_begin(out, v, CLASS_cardinal, "number with an English ending", i, 2);
    say_number_atom(out, v, i);
    token_end(out);
    return 2;
}

/* bệnh nhân nam 45t, sản phụ 28t, bé 3t: a word for a person is right before the age. */
static bool is_person_before(const struct view *v, uint32_t i)
{
    return near_before(v, i, NEAR_PERSON) ||
           (rules_stop_kinds(v->rules, atom_lower(v, i - 1)) & STOP_PERSON);
}

enum { OLDEST = 120 };

/* ông Nam (68t), bà Hoa (72t, Hà Nội): the age of a person. */
uint32_t read_age(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t value = small_number(v, i);
    bool open = is_mark(v, i - 1, '(') && is_capitalized(v, i - 2);
    bool close = is_mark(v, i + 2, ')') || is_mark(v, i + 2, ',') || is_mark(v, i + 2, ';');
    bool capital = sv_is(atom_written(v, i + 1), "T") && is_person_before(v, i); /* bệnh nhân 57T */
    if (!(capital || sv_is(atom_written(v, i + 1), "t")) || !atom_glued(v, i + 1) ||
        !((open && close) || is_person_before(v, i)) || value < 1 || value > OLDEST)
        return 0;
    token_begin(out, v, CLASS_abbreviation, "age", i, 2);
    say_number_atom(out, v, i);
    say(out, "tuổi");
    token_end(out);
    return 2;
}

/* nam, nữ 18-45t, trẻ em 6-12t: the ages between which people are. */
uint32_t read_ages(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t from = small_number(v, i), to = small_number(v, i + 2);
    if (!is_range_dash(v, i + 1) || !sv_is(atom_written(v, i + 3), "t") || !atom_glued(v, i + 3) ||
        from < 0 || to <= from || to > OLDEST ||
        !(is_person_before(v, i) || near_before(v, i, NEAR_AGE)))
        return 0;
    token_begin(out, v, CLASS_abbreviation, "ages", i, 4);
    say_number_atom(out, v, i);
    say(out, "đến");
    say_number_atom(out, v, i + 2);
    say(out, "tuổi");
    token_end(out);
    return 4;
}

/* iPhone 6s, iPhone 7s và 7s Plus, Redmi 9t: the small letter behind the number of a model is no
 * unit. In a list the name of the product stands once. */
uint32_t read_letter_of_model(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { MOST_DIGITS = 3 };
    bool letter = is_one_letter(v, i + 1) && !is_capitalized(v, i + 1) && atom_glued(v, i + 1) &&
                  !is_glued_on(v, i + 2);
    if (!letter || digit_count(v, i) > MOST_DIGITS || atom_glued(v, i))
        return 0;
    bool listed = is_joint(v, i - 1, ",/", CUE_AND | CUE_OR) && last_ended_at(v, CLASS_name, i - 1);
    if (!listed && !near_word(v, i - 1, NEAR_PRODUCT))
        return 0;
    token_begin(out, v, CLASS_name, "number and letter of a model", i, 2);
    say_number_atom(out, v, i);
    say_letter(out, letter_base(atom_at(v, i + 1)->code), false, true);
    token_end(out);
    note_end(v, CLASS_name, i + 2);
    return 2;
}
