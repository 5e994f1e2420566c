/*
 * Units of numbers: units, currencies, percent (assets/rules/units.tsv, currencies.tsv).
 */
#ifndef DOCBAO_TEXT_CLASSES_UNIT_H
#define DOCBAO_TEXT_CLASSES_UNIT_H

#include "text/utterance.h"

struct unit {
    const struct row *row;
    const struct row *prefix; /* the metric prefix "k-", or NULL */
    enum token_class cls;     /* percentage, money or measure */
    uint8_t power;            /* 2: square, 3: cubic, otherwise 0 */
    uint32_t atoms;
};

/* Finds the unit, currency or % at atom i, right after a number. */
bool unit_parse(const struct view *v, uint32_t i, struct unit *u);
/* Whether a unit or a word that is counted is at atom i, so that the number before it is a
 * quantity.
 */
bool is_counted_thing(const struct view *v, uint32_t i);
/* RX450h: a small letter behind several capitals and their number, which is no unit and no hour. */
bool is_letter_of_model(const struct view *v, uint32_t i);
/* Finds what may follow a stroke: a physical unit, a time, something counted. */
bool unit_parse_below(const struct view *v, uint32_t i, struct unit *u);
/* Finds a currency alone. `front`: its number may be glued after it, $100. */
bool currency_parse(const struct view *v, uint32_t i, bool front, struct unit *u);
/* "nghìn", in the South "ngàn". */
const char *thousand_word(const struct utterance *out);
/* Says the words of the unit, its prefix and power included. */
void say_unit(struct utterance *out, const struct unit *u);
/* Whether both measure the same thing: g and kg, MB and GB. */
bool units_fit(const struct unit *a, const struct unit *b);
/* Whether the unit is of one of these kinds: bits of enum unit_kind. */
bool unit_is(const struct unit *u, uint64_t kinds);
/* Whether the word has a row of one of these kinds: UNIT_SCALE (triệu), UNIT_COIN (đồng). */
bool word_is_kind(const struct view *v, uint32_t i, uint64_t kinds);

/* Reads the strokes after a quantity, from atom i on: /kg, /người/tháng, /100km. Says them if
 * `speak`. Returns their number of atoms. `cls` is the class of the quantity; `symbol`: it ends
 * with the sign of a physical unit. */
uint32_t read_strokes(struct utterance *out, const struct view *v, uint32_t i, enum token_class cls,
                      bool symbol, bool speak);
/* The same as tokens of their own, after words: người/km2, lần/ngày. */
uint32_t read_stroke(struct utterance *out, const struct view *v, uint32_t i);

#endif
