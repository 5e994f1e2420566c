/* Names with dots in them: 4.0, iOS 17.5, phiên bản 2.1.3, PM2.5, mục 1.2.3. */
#include "text/classes/amount.h"
#include "text/classes/class.h"
#include "text/classes/digit_groups.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_PARTS = 8, HIGHEST_ROUND = 20 };

/* iOS 17.5, ChatGPT 4.5, PM2.5: a name that is no Vietnamese word, or one the number is glued to.
 */
static bool is_product_before(const struct view *v, uint32_t i)
{
    bool hyphen = is_mark(v, i - 1, '-') && atom_glued(v, i) && atom_glued(v, i - 1);
    const struct atom *a = atom_at(v, hyphen ? i - 2 : i - 1);
    if (a->kind != ATOM_WORD || !(a->flags & (ATOM_CAPITAL | ATOM_MIXED)))
        return false;
    return atom_glued(v, i) || !(a->flags & (ATOM_LEGAL | ATOM_UPPER)) || atom_has(a, ATOM_MIXED);
}

/* A quantity, which is never a name: 4.0 điểm, 1.5 triệu, 2.5%. */
static bool is_quantity_of_things(const struct view *v, uint32_t i)
{
    struct unit u;
    return is_counted_thing(v, i) || unit_parse_below(v, i, &u) ||
           word_is_kind(v, i, UNIT_SCALE | UNIT_COIN);
}

/* phiên bản 1.2 và 1.3, bản 1.5T hoặc 2.0T: the last of a list. */
static bool continues_versions(const struct view *v, uint32_t i)
{
    uint32_t before = i - 1;
    uint32_t end = before - (is_upper(v, before - 1) && is_one_letter(v, before - 1));
    return is_joint(v, before, ",/", CUE_AND | CUE_OR) && i > v->begin &&
           last_ended_at(v, CLASS_version, end) && !is_quantity_of_things(v, i + 3);
}

static bool is_version(const struct view *v, uint32_t i, uint32_t n)
{
    if (n > 3)
        return true;
    if (digit_count(v, i + 2) == 3 || digit_count(v, i) > 3)
        return false;
    struct unit u;
    if (measures_behind(v, i + n))
        return false; /* doanh nghiệp 2.5 tỷ đồng, chip 4.5 GHz */
    if (cue_before(v, i, CUE_VERSION) || continues_versions(v, i))
        return true;
    if (cue_before(v, i, CUE_POINT) && !word_is(v, i - 1, "điểm") && !unit_parse(v, i + n, &u))
        return true;
    if (is_quantity_of_things(v, i + n))
        return false;
    bool round = sv_is(atom_written(v, i + 2), "0") && small_number(v, i) > 0 &&
                 small_number(v, i) <= HIGHEST_ROUND;
    return round || is_product_before(v, i);
}

/* 7317.00.55.80: the number of goods at the customs; four digits, then two each. */
static bool is_customs_number(const struct view *v, uint32_t i, uint32_t n)
{
    enum { SHORT = 5 }; /* three groups may be a date, or a version of one */
    bool listed =
        is_joint(v, i - 1, ",;", CUE_AND | CUE_OR) && last_ended_at(v, CLASS_digits, i - 1);
    if (n < SHORT || digit_count(v, i) != 4 ||
        (n == SHORT && !listed && !cue_before(v, i, CUE_DIGITS)))
        return false;
    for (uint32_t k = 2; k < n; k += 2)
        if (digit_count(v, i + k) != 2)
            return false;
    return true;
}

static uint32_t read_customs_number(struct utterance *out, const struct view *v, uint32_t i,
                                    uint32_t n)
{
    token_begin(out, v, CLASS_digits, "number of goods", i, n);
    say_digit_groups(out, v, i, n);
    token_end(out);
    note_end(v, CLASS_digits, i + n);
    return n;
}

static void say_version(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    for (uint32_t k = 0; k < n; k += 2) {
        if (k)
            say(out, "chấm");
        say_number_atom(out, v, i + k);
    }
}

enum { PAIR = 3 }; /* atoms of 7.0 */

/* phiên bản 2.0L: the letter is the litres of an engine. */
static bool has_litres(const struct view *v, uint32_t i, uint32_t n)
{
    uint32_t at = i + n;
    return n == PAIR && digit_count(v, i) == 1 && atom_glued(v, at) && word_is(v, at, "l") &&
           is_upper(v, at) && !is_glued_on(v, at + 1);
}

/* IELTS 7.0-7.5: the atoms of the dash and the second one; 0 if there is none. */
static uint32_t second_length(const struct view *v, uint32_t i, uint32_t n)
{
    uint32_t at = i + n + 1;
    bool second = n == PAIR && is_range_dash(v, i + n) && is_number(v, at) &&
                  is_inner_mark(v, at + 1, '.') && number_chain(v, at, '.', MOST_PARTS) == PAIR &&
                  small_number(v, at) >= small_number(v, i);
    return second ? 1 + PAIR : 0;
}

/* Parts that begin with 0 are said digit by digit: 10.04 mười chấm không bốn. */
uint32_t read_version(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = is_inner_mark(v, i + 1, '.') ? number_chain(v, i, '.', MOST_PARTS) : 1;
    struct numeral whole;
    if (is_customs_number(v, i, n))
        return read_customs_number(out, v, i, n);
    if (n < 3 || !numeral_parse(v, i, &whole) || (n > 3 && whole.grouped) || !is_version(v, i, n))
        return 0;
    uint32_t more = second_length(v, i, n);
    if (more && is_quantity_of_things(v, i + n + more))
        return 0; /* 7.0-7.5 điểm */
    token_begin(out, v, CLASS_version, "name with dots", i, n + more + has_litres(v, i, n));
    say_version(out, v, i, n);
    if (more) {
        say(out, "đến");
        say_version(out, v, i + n + 1, more - 1);
    }
    if (!more && has_litres(v, i, n)) {
        say(out, "lít");
        more = 1;
    }
    token_end(out);
    note_end(v, CLASS_version, i + n + more);
    return n + more;
}
