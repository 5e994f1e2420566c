/* Houses and rooms: số 12/3A, 135/37/50 Nguyễn Hữu Cảnh, căn A12-05, lô B2-15. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

static bool is_glued_mark(const struct speaker *s, uint32_t i, uint32_t mark)
{
    return is_mark(s, i, mark) && atom_glued(s, i) && atom_glued(s, i + 1);
}

/* A letter or two glued behind a number: 3A, 12bis. */
static bool is_tail(const struct speaker *s, uint32_t i)
{
    return is_word(s, i) && atom_glued(s, i) && atom_at(s, i)->text.len <= 3;
}

/* 12/3A, 135/37/50, 12A/5: how many atoms, and how many strokes. */
static uint32_t strokes_length(const struct speaker *s, uint32_t i, uint32_t *strokes)
{
    enum { MOST_PARTS = 8 };
    uint32_t n = 0;
    *strokes = 0;
    for (unsigned k = 0; k < MOST_PARTS && digit_count(s, i + n) && digit_count(s, i + n) <= 4;
         k++) {
        n += 1 + is_tail(s, i + n + 1);
        bool more = is_glued_mark(s, i + n, '/') && is_number(s, i + n + 1);
        if (!more)
            break;
        n++;
        *strokes += 1;
    }
    return n;
}

static uint32_t read_strokes(struct speaker *s, uint32_t i)
{
    uint32_t strokes, n = strokes_length(s, i, &strokes);
    bool cue = is_word(s, i - 1) && cue_before(s, i, CUE_ADDRESS);
    bool road = word_is(s, i + n, "đường") || word_is(s, i + n, "phố") ||
                word_is(s, i + n, "ngõ") || word_is(s, i + n, "hẻm");
    road = road && atom_has(atom_at(s, i + n + 1), ATOM_CAPITAL);
    if (!strokes || (atom_glued(s, i + n) && (is_word(s, i + n) || is_number(s, i + n))))
        return 0;
    bool dense = strokes >= 2 && !is_mark(s, i + n, '%');
    if (!cue && !dense && !road)
        return 0;
    token_begin(s, CLASS_address, "number of a house", i, n);
    for (uint32_t k = 0; k < n; k++) {
        if (is_number(s, i + k))
            say_number_atom(s, i + k);
        else if (is_word(s, i + k))
            say_letters(s, atom_written(s, i + k), false);
        else
            say(s, "trên");
    }
    token_end(s);
    return n;
}

/* căn A12-05, lô B2-15, phòng 1204-A */
static uint32_t read_room(struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (!atom_has(a, ATOM_UPPER) || a->text.len > 3 || !is_number(s, i + 1) ||
        !atom_glued(s, i + 1) || !cue_before(s, i, CUE_ADDRESS))
        return 0;
    uint32_t n = 2 + is_tail(s, i + 2);
    if (!(is_glued_mark(s, i + n, '-') || is_glued_mark(s, i + n, '.')) || !is_number(s, i + n + 1))
        return 0;
    n += 2;
    token_begin(s, CLASS_address, "number of a room", i, n);
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(s, i + k))
            say_letters(s, atom_written(s, i + k), false);
        else if (is_number(s, i + k))
            say_number_atom(s, i + k);
    }
    token_end(s);
    return n;
}

uint32_t read_house(struct speaker *s, uint32_t i)
{
    return is_number(s, i) ? read_strokes(s, i) : read_room(s, i);
}
