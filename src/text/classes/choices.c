/*
 * Sizes to choose from, no fractions: RAM 6/8/12 GB, 256GB/512GB/1TB.
 */
#include "text/classes/name_forms.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_CHOICES = 6 };

struct choices {
    uint32_t at[MOST_CHOICES];
    struct unit unit[MOST_CHOICES]; /* row: NULL if none is written there */
    uint32_t n, end;
};

/* A unit glued to one of them, or the last one's with a space. */
static bool choice_unit(const struct view *v, uint32_t i, struct unit *u)
{
    if (!unit_parse(v, i, u))
        return false;
    return !is_mark(v, i, '/') && (atom_glued(v, i) || !is_mark(v, i + u->atoms, '/'));
}

static bool parse_choices(const struct view *v, uint32_t i, struct choices *c)
{
    *c = (struct choices){.end = i};
    while (c->n < MOST_CHOICES && small_number(v, c->end) > 0 && digit_count(v, c->end) <= 4) {
        c->at[c->n] = c->end++;
        struct unit *u = &c->unit[c->n++];
        if (choice_unit(v, c->end, u))
            c->end += u->atoms;
        else
            u->row = NULL;
        if (!is_tight_mark(v, c->end, '/') || !is_number(v, c->end + 1))
            return c->n > 1 && !is_mark(v, c->end, '/');
        c->end++;
    }
    return false;
}

/* 64, 96, 128: memory is made in such sizes, and seldom used up in them. */
static bool is_size_of_memory(int32_t value)
{
    return (value & (value - 1)) == 0 || value % 6 == 0;
}

static bool is_choice_of_memory(const struct view *v, const struct choices *c)
{
    for (uint32_t k = 0; k < c->n; k++)
        if (!is_size_of_memory(small_number(v, c->at[k])) ||
            (c->unit[k].row && !unit_is(&c->unit[k], UNIT_DATA)))
            return false;
    return c->unit[c->n - 1].row;
}

/* The numbers from atom i on are a date: ngày 5/6/23, hôm 5/6/23, sáng 5/6/23; kỳ hạn 3/6/12 tháng
 * are periods. */
static bool are_of_date(const struct view *v, uint32_t i)
{
    return !near_before(v, i, NEAR_PERIOD) &&
           (cue_before(v, i, CUE_DATE | CUE_DATE_WEAK | CUE_WEEKDAY) ||
            near_before(v, i, NEAR_TIME_PART));
}

/* Three or more that rise, with one unit or thing behind: màn hình 55/65/75 inch, kỳ hạn 3/6/12
 * tháng, xe 16/29/45 chỗ. */
static bool is_rising_choice(const struct view *v, const struct choices *c)
{
    const struct unit *last = &c->unit[c->n - 1];
    for (uint32_t k = 1; k < c->n; k++)
        if (c->unit[k - 1].row || small_number(v, c->at[k - 1]) >= small_number(v, c->at[k]))
            return false;
    bool year = small_number(v, c->at[c->n - 1]) > 1900;
    bool things =
        !last->row && !are_of_date(v, c->at[0]) && !year && cue_after(v, c->end, CUE_COUNTED);
    return c->n > 2 && (things || (last->row && last->cls == CLASS_measure));
}

uint32_t read_choices(struct utterance *out, const struct view *v, uint32_t i)
{
    struct choices c;
    if (!parse_choices(v, i, &c) || !(is_choice_of_memory(v, &c) || is_rising_choice(v, &c)))
        return 0;
    token_begin(out, v, CLASS_measure, "sizes to choose from", i, c.end - i);
    for (uint32_t k = 0; k < c.n; k++) {
        say_number_atom(out, v, c.at[k]);
        if (c.unit[k].row)
            say_unit(out, &c.unit[k]);
        if (k + 1 < c.n)
            say_pause(out, ',');
    }
    token_end(out);
    return c.end - i;
}
