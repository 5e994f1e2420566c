/*
 * Parts of laws and of numbered texts: Điều 7a, khoản 1g, điểm a-c, tiểu mục 1.2; markers of items:
 * "1." "1.2." "2.3.1".
 */
#include "text/classes/amount.h"
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

/* Điều 7a, khoản 2b: a small letter glued to the number, which might be a unit elsewhere. */
static uint32_t read_lettered(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *letter = atom_at(v, i + 1);
    struct sv word = atom_written(v, i + 1);
    bool cue = near_before(v, i, NEAR_LAW) && !phrase_is(v, i - 2, "thời điểm"); /* 13h */
    bool small = letter->kind == ATOM_WORD && !atom_has(letter, ATOM_UPPER) &&
                 (word.n == 1 || sv_is(word, "đ"));
    if (!cue || !small || !atom_glued(v, i + 1) || (atom_glued(v, i + 2) && is_number(v, i + 2)))
        return 0;
    token_begin(out, v, CLASS_legal, "part of a law", i, 2);
    say_number_atom(out, v, i);
    say_letter(out, letter->code, false, false);
    token_end(out);
    return 2;
}

/* The number of atoms of a number in parts: 1.2, 2.3.1. Each part has one or two digits. */
static uint32_t parts_length(const struct view *v, uint32_t i)
{
    enum { MOST_PARTS = 6 };
    uint32_t n = 1;
    for (unsigned k = 0; k < MOST_PARTS; k++) {
        if (!is_mark(v, i + n, '.') || !atom_glued(v, i + n) || !atom_glued(v, i + n + 1) ||
            !digit_count(v, i + n + 1) || digit_count(v, i + n + 1) > 2)
            break;
        n += 2;
    }
    bool goes_on = atom_glued(v, i + n) && (is_word(v, i + n) || is_number(v, i + n) ||
                                            is_mark(v, i + n, '%') || is_inner_mark(v, i + n, ','));
    return goes_on || digit_count(v, i) > 2 ? 1 : n;
}

static void say_parts_of_number(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    for (uint32_t k = 0; k < n; k += 2) {
        if (k)
            say(out, "chấm");
        say_number_atom(out, v, i + k);
    }
}

static uint32_t say_numbered_parts(struct utterance *out, const struct view *v,
                                   enum token_class cls, const char *rule, uint32_t i, uint32_t n)
{
    token_begin(out, v, cls, rule, i, n);
    say_parts_of_number(out, v, i, n);
    token_end(out);
    return n;
}

/* bảng 2.1-2.3: from one number in parts to another. */
static uint32_t read_range_of_parts(struct utterance *out, const struct view *v, uint32_t i,
                                    uint32_t n)
{
    uint32_t to = i + n + 1, more = is_range_dash(v, i + n) ? parts_length(v, to) : 1;
    if (more != n)
        return 0;
    token_begin(out, v, CLASS_legal, "range of numbers in parts", i, n + 1 + more);
    say_parts_of_number(out, v, i, n);
    say(out, "đến");
    say_parts_of_number(out, v, to, more);
    token_end(out);
    return n + 1 + more;
}

/* 1.5 TRIỆU NGƯỜI, 2.5 Tỷ đồng: a decimal. In small letters what is counted has no capital; "1.20
 * Người dân" is an item. */
static bool is_counted_at(const struct view *v, uint32_t i)
{
    struct unit u;
    return word_is_kind(v, i, UNIT_SCALE | UNIT_COIN) || unit_parse(v, i, &u) ||
           (v->in_capitals && cue_after(v, i, CUE_COUNTED));
}

/* Whether atom i can begin the text of a heading or item. */
static bool is_item_text(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (!atom_has(a, ATOM_SPACED) || !a->text.len || is_counted_at(v, i))
        return false;
    return a->kind == ATOM_WORD ? atom_has(a, ATOM_CAPITAL) : a->kind == ATOM_PUNCT;
}

/* "1.2. Nội dung", "2.1 Mục tiêu" where the line begins. */
static uint32_t read_marker(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = i == v->begin ? parts_length(v, i) : 1;
    if (n < 3)
        return 0;
    bool stop = is_mark(v, i + n, '.') && atom_glued(v, i + n);
    bool counts = stop && is_number(v, i + n + 1) && !atom_glued(v, i + n + 1);
    if (!(stop && i + n + 1 == v->end) && !counts && !is_item_text(v, i + n + stop))
        return 0;
    say_numbered_parts(out, v, CLASS_list, N_("number of an item"), i, n);
    pause_before_words(out, v, i + n);
    return n;
}

/* tiểu mục 1.2. "điểm 1.2" only if another part of a law follows, because points can have decimals.
 * */
static uint32_t read_pointed(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = parts_length(v, i);
    struct unit u;
    if (n < 3 || !is_word(v, i - 1) || !cue_before(v, i, CUE_POINT) || unit_parse(v, i + n, &u) ||
        (n == 3 && measures_behind(v, i + n))) /* tài khoản 2.5 tỷ */
        return 0;
    if (n == 3 && word_is(v, i - 1, "điểm")) {
        uint32_t j = is_mark(v, i + n, ',') ? i + n + 1 : i + n;
        if (!near_after(v, j, NEAR_LAW_NEXT))
            return 0;
    }
    uint32_t range = read_range_of_parts(out, v, i, n);
    return range ? range : say_numbered_parts(out, v, CLASS_legal, N_("number in parts"), i, n);
}

/* điểm a-c: a range of letters. */
static uint32_t read_clause_range(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *from = atom_at(v, i), *to = atom_at(v, i + 2);
    bool letters = is_word(v, i) && is_word(v, i + 2) && from->text.len <= 2 && to->text.len <= 2 &&
                   letter_of(from->code).id && letter_of(to->code).id;
    if (!letters || from->text.len > (from->code < 0x80 ? 1 : 2) ||
        to->text.len > (to->code < 0x80 ? 1 : 2))
        return 0;
    if (!is_range_dash(v, i + 1) || !cue_before(v, i, CUE_CLAUSE))
        return 0;
    token_begin(out, v, CLASS_legal, "range of letters", i, 3);
    say_letter(out, from->code, false, false);
    say(out, "đến");
    say_letter(out, to->code, false, false);
    token_end(out);
    return 3;
}

uint32_t read_legal(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_number(v, i))
        return is_dash(v, i + 1) ? read_clause_range(out, v, i) : 0;
    uint32_t n = read_marker(out, v, i);
    if (!n)
        n = read_lettered(out, v, i);
    return n ? n : read_pointed(out, v, i);
}
