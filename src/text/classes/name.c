/* Names of a letter and a number that other classes would misread: F-16, S-400, 3D. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* F-16, S-400: a single capital tied to its number. */
static uint32_t read_tied_letter(struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (a->text.len != 1 || !atom_has(a, ATOM_UPPER | ATOM_PLAIN) || !is_mark(s, i + 1, '-') ||
        !atom_glued(s, i + 1) || !is_number(s, i + 2) || !atom_glued(s, i + 2) ||
        digit_count(s, i + 2) > 4)
        return 0;
    uint32_t tail = is_word(s, i + 3) && atom_glued(s, i + 3);
    if (tail && (atom_at(s, i + 3)->text.len != 1 || !atom_has(atom_at(s, i + 3), ATOM_UPPER)))
        return 0;
    if (!tail && atom_glued(s, i + 3) && is_mark(s, i + 3, '.') && is_number(s, i + 4))
        return 0;
    token_begin(s, CLASS_letters, "letter and number", i, 3 + tail);
    say_letter(s, a->code, false, false);
    say_number_atom(s, i + 2);
    if (tail)
        say_letter(s, atom_at(s, i + 3)->code, false, false);
    token_end(s);
    return 3 + tail;
}

/* VN30, PC06: letters that mean something else where no number is glued to them. */
static uint32_t read_spelled(struct speaker *s, uint32_t i)
{
    if (!atom_has(atom_at(s, i), ATOM_UPPER) || !is_number(s, i + 1) || !atom_glued(s, i + 1) ||
        !(rules_cues(s->rules, atom_lower(s, i)) & CUE_SPELLED))
        return 0;
    token_begin(s, CLASS_letters, "letters before a number", i, 2);
    say_letters(s, atom_written(s, i), false);
    say_number_atom(s, i + 1);
    token_end(s);
    return 2;
}

/* 2D, 3D: dimensions, with the foreign name of the letter. */
static uint32_t read_dimensions(struct speaker *s, uint32_t i)
{
    int32_t value = small_number(s, i);
    const struct atom *letter = atom_at(s, i + 1);
    if (value < 2 || value > 7 || digit_count(s, i) != 1 || !word_is(s, i + 1, "d") ||
        !atom_has(letter, ATOM_UPPER) || !atom_glued(s, i + 1) || word_is(s, i - 1, "lớp") ||
        cue_before(s, i, CUE_ADDRESS) || (i > s->begin && atom_glued(s, i) && is_word(s, i - 1)) ||
        (atom_glued(s, i + 2) && (is_number(s, i + 2) || is_mark(s, i + 2, '-'))))
        return 0;
    token_begin(s, CLASS_letters, "dimensions", i, 2);
    say_cardinal(s, (uint64_t)value);
    say_letter(s, 'd', false, true);
    token_end(s);
    return 2;
}

/* 3N2Đ: days and nights of a journey. */
static uint32_t read_journey(struct speaker *s, uint32_t i)
{
    if (digit_count(s, i) != 1 || !word_is(s, i + 1, "n") || !atom_glued(s, i + 1) ||
        digit_count(s, i + 2) != 1 || !atom_glued(s, i + 2) || !word_is(s, i + 3, "đ") ||
        !atom_glued(s, i + 3))
        return 0;
    token_begin(s, CLASS_abbreviation, "days and nights", i, 4);
    say_number_atom(s, i);
    say(s, "ngày");
    say_number_atom(s, i + 2);
    say(s, "đêm");
    token_end(s);
    return 4;
}

uint32_t read_name(struct speaker *s, uint32_t i)
{
    uint32_t n = is_number(s, i) ? read_dimensions(s, i) : 0;
    if (is_number(s, i))
        return n ? n : read_journey(s, i);
    n = read_tied_letter(s, i);
    return n ? n : read_spelled(s, i);
}
