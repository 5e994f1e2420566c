/*
 * Amounts: a number with its sign, scale and unit, as far as they are written.
 *
 * Invariants: parsing changes nothing and says nothing; atoms are counted from the view, and an
 * atom that is not there is 0.
 */
#ifndef DOCBAO_TEXT_CLASSES_AMOUNT_H
#define DOCBAO_TEXT_CLASSES_AMOUNT_H

#include "text/classes/numeral.h"
#include "text/classes/unit.h"

struct amount {
    uint32_t begin, end; /* the first atom, and the one after the last */
    bool about, minus;   /* ~5, -5 */
    bool plus;           /* hạng +78 kg */
    uint32_t number_at;
    struct numeral number;
    uint32_t scale;                /* the atom of triệu, tỷ ...; or 0 */
    const struct row *short_scale; /* of the letters glued to it: $3bn, 5M USD; or NULL */
    bool has_unit;
    struct unit unit;
    uint32_t tail; /* the number glued to the unit: 1m75; or 0 */
};

/* Reads the amount that begins at atom i into *a; false: none begins there. */
bool amount_parse(const struct view *v, uint32_t i, struct amount *a);
/* The row of English letters for a scale, glued to the number before atom i: the bn of $3bn. NULL:
 * there are none. Only a currency makes them a scale. */
const struct row *short_scale_at(const struct view *v, uint32_t i);
/* Says it without its strokes. `bare`: only sign and number. */
void say_amount(struct utterance *out, const struct view *v, const struct amount *a, bool bare);
/* Whether what is at atom i measures the number before it, perhaps behind the other end of a range:
 * tỷ đồng, GHz, -2 m. A single letter glued on may be part of a name: bản 2.0L. */
bool measures_behind(const struct view *v, uint32_t i);
/* Whether b may be the end of a range that begins with a. */
bool amounts_rise(const struct view *v, const struct amount *a, const struct amount *b);

#endif
