/* Names of a letter and a number that other classes would misread: F-16, S-400, 3D. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* F-16, S-400: a single capital with a hyphen before its number. */
static uint32_t read_tied_letter(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->text.len != 1 || !atom_has(a, ATOM_UPPER | ATOM_PLAIN) || !is_mark(v, i + 1, '-') ||
        !atom_glued(v, i + 1) || !is_number(v, i + 2) || !atom_glued(v, i + 2) ||
        digit_count(v, i + 2) > 4)
        return 0;
    uint32_t tail = is_word(v, i + 3) && atom_glued(v, i + 3);
    if (tail && (atom_at(v, i + 3)->text.len != 1 || !atom_has(atom_at(v, i + 3), ATOM_UPPER)))
        return 0;
    if (!tail && atom_glued(v, i + 3) && is_mark(v, i + 3, '.') && is_number(v, i + 4))
        return 0;
    token_begin(out, v, CLASS_letters, "letter and number", i, 3 + tail);
    say_letter(out, a->code, false, false);
    say_number_atom(out, v, i + 2);
    if (tail)
        say_letter(out, atom_at(v, i + 3)->code, false, false);
    token_end(out);
    return 3 + tail;
}

/* VN30, PC06: letters that mean something else without a number glued to them. */
static uint32_t read_spelled(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!atom_has(atom_at(v, i), ATOM_UPPER) || !is_number(v, i + 1) || !atom_glued(v, i + 1) ||
        !(rules_cues(v->rules, atom_lower(v, i)) & CUE_SPELLED))
        return 0;
    token_begin(out, v, CLASS_letters, "letters before a number", i, 2);
    say_letters(out, atom_written(v, i), false);
    say_number_atom(out, v, i + 1);
    token_end(out);
    return 2;
}

/* 2D, 3D: dimensions, with the foreign name of the letter. */
static uint32_t read_dimensions(struct utterance *out, const struct view *v, uint32_t i)
{
    int32_t value = small_number(v, i);
    const struct atom *letter = atom_at(v, i + 1);
    if (value < 2 || value > 7 || digit_count(v, i) != 1 || !word_is(v, i + 1, "d") ||
        !atom_has(letter, ATOM_UPPER) || !atom_glued(v, i + 1) || word_is(v, i - 1, "lớp") ||
        cue_before(v, i, CUE_ADDRESS) || (i > v->begin && atom_glued(v, i) && is_word(v, i - 1)) ||
        (atom_glued(v, i + 2) && (is_number(v, i + 2) || is_mark(v, i + 2, '-'))))
        return 0;
    token_begin(out, v, CLASS_letters, "dimensions", i, 2);
    say_cardinal(out, (uint64_t)value);
    say_letter(out, 'd', false, true);
    token_end(out);
    return 2;
}

/* 3N2Đ: days and nights of a journey. */
static uint32_t read_journey(struct utterance *out, const struct view *v, uint32_t i)
{
    if (digit_count(v, i) != 1 || !word_is(v, i + 1, "n") || !atom_glued(v, i + 1) ||
        digit_count(v, i + 2) != 1 || !atom_glued(v, i + 2) || !word_is(v, i + 3, "đ") ||
        !atom_glued(v, i + 3))
        return 0;
    token_begin(out, v, CLASS_abbreviation, "days and nights", i, 4);
    say_number_atom(out, v, i);
    say(out, "ngày");
    say_number_atom(out, v, i + 2);
    say(out, "đêm");
    token_end(out);
    return 4;
}

uint32_t read_name(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = is_number(v, i) ? read_dimensions(out, v, i) : 0;
    if (is_number(v, i))
        return n ? n : read_journey(out, v, i);
    n = read_tied_letter(out, v, i);
    return n ? n : read_spelled(out, v, i);
}
