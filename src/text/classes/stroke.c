/*
 * The stroke between what is counted and what it is counted by: 5 mg/l, 25.000đ/kg, 2 lần/ngày,
 * 3 triệu/người/tháng, 5 lít/100km.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_STROKES = 4 };

/* "trên" before a physical unit and, behind the sign of one, before a time of the clock (mét khối
 * trên giây); "một" behind money and percent, and before longer times and counted things. */
static bool is_over(const struct unit *below, enum class cls, bool symbol)
{
    if (cls != CLASS_measure || !(unit_is(below, "physical") || unit_is(below, "word")))
        return cls == CLASS_measure && symbol && unit_is(below, "clock");
    return !unit_is(below, "time") || symbol;
}

/* /100km: a number and a unit below the stroke. */
static uint32_t read_counted_below(struct speaker *s, uint32_t i, bool speak)
{
    struct numeral n;
    struct unit u;
    if (!numeral_parse(s, i, &n) || n.spelled || !unit_parse(s, i + n.atoms, &u) ||
        u.cls != CLASS_measure)
        return 0;
    if (speak) {
        say(s, "trên");
        say_numeral(s, i, &n);
        say_unit(s, &u);
    }
    return n.atoms + u.atoms;
}

/* One stroke; of a plain word below it only the stroke itself is taken. */
static uint32_t read_one(struct speaker *s, uint32_t i, enum class cls, bool symbol, bool speak)
{
    struct unit below;
    if (!is_mark(s, i, '/') || !atom_glued(s, i) || !atom_at(s, i + 1)->text.len)
        return 0;
    if (is_number(s, i + 1)) {
        uint32_t n = symbol ? read_counted_below(s, i + 1, speak) : 0;
        return n ? n + 1 : 0;
    }
    bool unit = unit_parse_below(s, i + 1, &below);
    if (!unit &&
        (cls == CLASS_measure || !is_word(s, i + 1) || !atom_has(atom_at(s, i + 1), ATOM_LEGAL) ||
         atom_has(atom_at(s, i + 1), ATOM_UPPER)))
        return 0;
    if (speak) {
        say(s, unit && is_over(&below, cls, symbol) ? "trên" : "một");
        if (unit)
            say_unit(s, &below);
    }
    return unit ? 1 + below.atoms : 1;
}

uint32_t read_strokes(struct speaker *s, uint32_t i, enum class cls, bool symbol, bool speak)
{
    uint32_t n = 0;
    for (unsigned k = 0; k < MOST_STROKES; k++) {
        uint32_t more = read_one(s, i + n, cls, symbol, speak);
        n += more;
        if (more < 2)
            break;
    }
    return n;
}

/* The number of something, a few words back in the same phrase: 2 lần/ngày. */
static bool is_counted(const struct speaker *s, uint32_t i)
{
    enum { FAR = 9 };
    for (uint32_t k = 1; k <= FAR; k++) {
        if (is_number(s, i - k))
            return true;
        if (!is_word(s, i - k) && !is_mark(s, i - k, '%') && !is_mark(s, i - k, '/'))
            return false;
    }
    return false;
}

/* Whether the words before a stroke are money: triệu/tháng, đồng/bó, đồng/học sinh/năm. */
static bool is_money(const struct speaker *s, uint32_t i)
{
    enum { FAR = 6 };
    if (word_is_kind(s, i - 1, "scale") || word_is_kind(s, i - 1, "coin"))
        return true;
    for (uint32_t k = 2; k <= FAR && i >= s->begin + k; k++) {
        if (is_mark(s, i - k, '/'))
            return word_is_kind(s, i - k - 1, "scale") || word_is_kind(s, i - k - 1, "coin") ||
                   rules_find(s->rules, TABLE_CURRENCIES, atom_written(s, i - k - 1), NULL);
        if (!is_word(s, i - k))
            return false;
    }
    return false;
}

uint32_t read_stroke(struct speaker *s, uint32_t i)
{
    bool formula = is_number(s, i - 1) && atom_glued(s, i - 1) && is_word(s, i - 2);
    if (!is_mark(s, i, '/') || !atom_glued(s, i) || !atom_glued(s, i + 1) ||
        !(is_word(s, i - 1) || formula))
        return 0;
    struct unit below;
    bool unit = unit_parse_below(s, i + 1, &below), counted = is_counted(s, i);
    bool physical = unit && unit_is(&below, "physical") && !unit_is(&below, "time");
    bool money = is_money(s, i), number = is_number(s, i + 1);
    if (!physical && !money && !(counted && (unit || number)))
        return 0;
    if (money && !unit && !counted)
        return 0;
    enum class cls = money ? CLASS_money : CLASS_measure;
    bool symbol = word_is_kind(s, i - 1, "physical") || word_is_kind(s, i - 1, "word");
    uint32_t n = read_strokes(s, i, cls, symbol || number, false);
    if (!n)
        return 0;
    token_begin(s, cls, "stroke behind what is counted", i, n);
    read_strokes(s, i, cls, symbol || number, true);
    token_end(s);
    return n;
}
