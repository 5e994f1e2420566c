/* Number plates: 29A-123.45, 30H-4567, 14A1-234.56, 29-A1 123.45, 29LD-123.45, QN-90123-TS. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* A plate's parts: the province, the letters of the series, a digit behind them, the serial. */
struct plate {
    uint32_t series, digit, serial, end; /* atoms; digit may be 0 */
};

/* How many atoms the serial takes: 4 or 5 digits, the last two perhaps behind a dot. */
static uint32_t serial_length(const struct view *v, uint32_t i)
{
    if (digit_count(v, i) == 3 && is_mark(v, i + 1, '.') && atom_glued(v, i + 1) &&
        digit_count(v, i + 2) == 2 && atom_glued(v, i + 2))
        return 3;
    if (digit_count(v, i) == 4 || digit_count(v, i) == 5)
        return 1;
    /* "17C-025...": a number that the writer leaves open. */
    return digit_count(v, i) == 3 && atom_glued(v, i + 1) && atom_at(v, i + 1)->text.len == 3 &&
           (atom_at(v, i + 1)->code == '.' || atom_at(v, i + 1)->code == 0x2026);
}

static bool is_series(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return a->kind == ATOM_WORD && atom_has(a, ATOM_UPPER) && a->text.len <= 2;
}

static bool ends(const struct view *v, uint32_t i)
{
    return !atom_glued(v, i) || (!is_word(v, i) && !is_number(v, i) && !is_mark(v, i, '%'));
}

/* F and S are no words by themselves here: ép, ét. */
static void say_series(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv series = atom_written(v, i);
    for (size_t k = 0; k < series.n; k++)
        if ((unsigned char)series.p[k] < 0x80)
            say_letter(out, (unsigned char)series.p[k], false, false);
    if (atom_at(v, i)->code >= 0x80)
        say_letters(out, series, false);
}

static bool parse_plate(const struct view *v, uint32_t i, struct plate *p)
{
    uint32_t j = i + 1;
    bool inner = is_mark(v, j, '-') && atom_glued(v, j) && atom_glued(v, j + 1);
    j += inner;
    if (digit_count(v, i) != 2 || !is_series(v, j) || !atom_glued(v, j) || word_is(v, i - 1, "lớp"))
        return false;
    *p = (struct plate){.series = j++};
    if (digit_count(v, j) == 1 && atom_glued(v, j))
        p->digit = j++;
    bool dash = is_dash(v, j) && atom_glued(v, j) == atom_glued(v, j + 1);
    bool apart = is_number(v, j) && !atom_glued(v, j) &&
                 (p->digit || serial_length(v, j) == 3 || cue_before(v, i, CUE_DIGITS));
    bool joined = is_number(v, j) && atom_glued(v, j) && !p->digit &&
                  (serial_length(v, j) == 3 || cue_before(v, i, CUE_DIGITS));
    if (!dash && !apart && !joined)
        return false;
    p->serial = j + dash;
    uint32_t serial = serial_length(v, p->serial);
    p->end = p->serial + serial;
    return serial && ends(v, p->end) && (!inner || p->digit);
}

/* QN-90123-TS, BĐ 97123 TS: a fishing boat. */
static uint32_t read_boat(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv province = atom_written(v, i);
    uint32_t j = i + 1 + is_dash(v, i + 1), end = j + 1 + is_dash(v, j + 1);
    if (!atom_has(atom_at(v, i), ATOM_CAPITAL) || province.n > 4 || digit_count(v, j) < 4 ||
        digit_count(v, j) > 5 || !word_is(v, end, "ts") || !atom_has(atom_at(v, end), ATOM_UPPER))
        return 0;
    token_begin(out, v, CLASS_plate, "registration of a boat", i, end + 1 - i);
    say_letters(out, province, false);
    say_digits(out, atom_written(v, j));
    say_letters(out, atom_written(v, end), false);
    token_end(out);
    return end + 1 - i;
}

uint32_t read_plate(struct utterance *out, const struct view *v, uint32_t i)
{
    struct plate p;
    if (is_word(v, i))
        return read_boat(out, v, i);
    if (!parse_plate(v, i, &p))
        return 0;
    token_begin(out, v, CLASS_plate, "number plate", i, p.end - i);
    say_digits(out, atom_written(v, i));
    say_series(out, v, p.series);
    if (p.digit)
        say_digits(out, atom_written(v, p.digit));
    token_end(out);
    say_pause(out, ',');
    say_digits(out, atoms_written(v, p.serial, p.end - 1));
    token_end(out);
    return p.end - i;
}
