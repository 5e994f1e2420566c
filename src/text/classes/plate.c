/* Number plates: 29A-123.45, 30H-4567, 14A1-234.56. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* How many atoms the serial takes: 4 or 5 digits, the last two perhaps behind a dot. */
static uint32_t serial_length(const struct speaker *s, uint32_t i)
{
    if (digit_count(s, i) == 3 && is_mark(s, i + 1, '.') && atom_glued(s, i + 1) &&
        digit_count(s, i + 2) == 2 && atom_glued(s, i + 2))
        return 3;
    return digit_count(s, i) == 4 || digit_count(s, i) == 5 ? 1 : 0;
}

uint32_t read_plate(struct speaker *s, uint32_t i)
{
    struct sv series = atom_written(s, i + 1);
    if (digit_count(s, i) != 2 || !is_word(s, i + 1) || !atom_glued(s, i + 1) ||
        !atom_has(atom_at(s, i + 1), ATOM_UPPER) || series.n > 2)
        return 0;
    uint32_t j = i + 2;
    bool more = digit_count(s, j) == 1 && atom_glued(s, j);
    j += more;
    bool dash = is_dash(s, j) && atom_glued(s, j) == atom_glued(s, j + 1);
    uint32_t serial = dash ? serial_length(s, j + 1) : 0;
    if (!serial)
        return 0;
    uint32_t n = j + 1 + serial - i;
    token_begin(s, CLASS_plate, "number plate", i, n);
    say_digits(s, atom_written(s, i));
    say_letters(s, series, false);
    if (more)
        say_digits(s, atom_written(s, i + 2));
    token_end(s);
    say_pause(s, ',');
    say_digits(s, atoms_written(s, j + 1, j + serial));
    token_end(s);
    return n;
}
