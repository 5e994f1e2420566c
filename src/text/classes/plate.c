/* Number plates: 29A-123.45, 30H-4567, 14A1-234.56, 29-A1 123.45, 29LD-123.45, QN-90123-TS. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* A plate's parts: the province, the letters of the series, a digit behind them, the serial. */
struct plate {
    uint32_t series, digit, serial, end; /* atoms; digit may be 0 */
};

/* How many atoms the serial takes: 4 or 5 digits, the last two perhaps behind a dot. */
static uint32_t serial_length(const struct speaker *s, uint32_t i)
{
    if (digit_count(s, i) == 3 && is_mark(s, i + 1, '.') && atom_glued(s, i + 1) &&
        digit_count(s, i + 2) == 2 && atom_glued(s, i + 2))
        return 3;
    if (digit_count(s, i) == 4 || digit_count(s, i) == 5)
        return 1;
    /* "17C-025...": a number that the writer leaves open. */
    return digit_count(s, i) == 3 && atom_glued(s, i + 1) && atom_at(s, i + 1)->text.len == 3 &&
           (atom_at(s, i + 1)->code == '.' || atom_at(s, i + 1)->code == 0x2026);
}

static bool is_series(const struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    return a->kind == ATOM_WORD && atom_has(a, ATOM_UPPER) && a->text.len <= 2;
}

static bool ends(const struct speaker *s, uint32_t i)
{
    return !atom_glued(s, i) || (!is_word(s, i) && !is_number(s, i) && !is_mark(s, i, '%'));
}

/* F and S are no words by themselves here: ép, ét. */
static void say_series(struct speaker *s, uint32_t i)
{
    struct sv series = atom_written(s, i);
    for (size_t k = 0; k < series.n; k++)
        if ((unsigned char)series.p[k] < 0x80)
            say_letter(s, (unsigned char)series.p[k], false, false);
    if (atom_at(s, i)->code >= 0x80)
        say_letters(s, series, false);
}

static bool parse_plate(const struct speaker *s, uint32_t i, struct plate *p)
{
    uint32_t j = i + 1;
    bool inner = is_mark(s, j, '-') && atom_glued(s, j) && atom_glued(s, j + 1);
    j += inner;
    if (digit_count(s, i) != 2 || !is_series(s, j) || !atom_glued(s, j) || word_is(s, i - 1, "lớp"))
        return false;
    *p = (struct plate){.series = j++};
    if (digit_count(s, j) == 1 && atom_glued(s, j))
        p->digit = j++;
    bool dash = is_dash(s, j) && atom_glued(s, j) == atom_glued(s, j + 1);
    bool apart = is_number(s, j) && !atom_glued(s, j) &&
                 (p->digit || serial_length(s, j) == 3 || cue_before(s, i, CUE_DIGITS));
    bool joined = is_number(s, j) && atom_glued(s, j) && !p->digit &&
                  (serial_length(s, j) == 3 || cue_before(s, i, CUE_DIGITS));
    if (!dash && !apart && !joined)
        return false;
    p->serial = j + dash;
    uint32_t serial = serial_length(s, p->serial);
    p->end = p->serial + serial;
    return serial && ends(s, p->end) && (!inner || p->digit);
}

/* QN-90123-TS, BĐ 97123 TS: a fishing boat. */
static uint32_t read_boat(struct speaker *s, uint32_t i)
{
    struct sv province = atom_written(s, i);
    uint32_t j = i + 1 + is_dash(s, i + 1), end = j + 1 + is_dash(s, j + 1);
    if (!atom_has(atom_at(s, i), ATOM_CAPITAL) || province.n > 4 || digit_count(s, j) < 4 ||
        digit_count(s, j) > 5 || !word_is(s, end, "ts") || !atom_has(atom_at(s, end), ATOM_UPPER))
        return 0;
    token_begin(s, CLASS_plate, "registration of a boat", i, end + 1 - i);
    say_letters(s, province, false);
    say_digits(s, atom_written(s, j));
    say_letters(s, atom_written(s, end), false);
    token_end(s);
    return end + 1 - i;
}

uint32_t read_plate(struct speaker *s, uint32_t i)
{
    struct plate p;
    if (is_word(s, i))
        return read_boat(s, i);
    if (!parse_plate(s, i, &p))
        return 0;
    token_begin(s, CLASS_plate, "number plate", i, p.end - i);
    say_digits(s, atom_written(s, i));
    say_series(s, p.series);
    if (p.digit)
        say_digits(s, atom_written(s, p.digit));
    token_end(s);
    say_pause(s, ',');
    say_digits(s, atoms_written(s, p.serial, p.end - 1));
    token_end(s);
    return p.end - i;
}
