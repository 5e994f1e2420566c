/* Number plates: 29A-123.45, 63C- 136.59, 30H-4567, 51F.12345, 14A1-234.56, 29-A1 123.45,
 * 51R- 5415, 29LD-123.45, 30M-863.XX, 80-NG-123-45, QN-90123-TS. */
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"

/* A plate's parts: the province, the letters of the series, a digit after them, the serial. */
struct plate {
    uint32_t series, digit, serial, end; /* atoms; digit 0: there is none */
    uint32_t hidden;                     /* 123.XX: the atom of the letters; 0: none */
    uint32_t last;                       /* 01644V: the atom of a last letter; 0: none */
    bool split;                          /* a hyphen after the province: 29-A1 */
    bool dash;                           /* a dash before the serial, or a full stop */
    bool even;                           /* it has spaces on both sides or on none */
};

/* The number of atoms of the serial: 4 or 5 digits, perhaps with a dot before the last two, or by a
 * slip before the last three. */
static uint32_t serial_length(const struct view *v, uint32_t i)
{
    if (is_tight_mark(v, i + 1, '.') && digit_count(v, i) + digit_count(v, i + 2) == 5 &&
        (digit_count(v, i) == 3 || digit_count(v, i) == 2))
        return 3;
    /* 011.781: a slip. */
    if (is_tight_mark(v, i + 1, '.') && digit_count(v, i) == 3 && digit_count(v, i + 2) == 3 &&
        *atom_written(v, i).p == '0')
        return 3;
    if (digit_count(v, i) == 4 || digit_count(v, i) == 5)
        return 1;
    /* "17C-025...": a number that is not written in full. */
    return digit_count(v, i) == 3 && atom_glued(v, i + 1) && atom_at(v, i + 1)->text.len == 3 &&
           (atom_at(v, i + 1)->code == '.' || atom_at(v, i + 1)->code == 0x2026);
}

/* 123.XX, 0123.xx: the last digits are not told; the atom of the letters for them, or 0. */
static uint32_t hidden_digits(const struct view *v, uint32_t i)
{
    uint32_t digits = digit_count(v, i);
    bool hidden = (digits == 3 || digits == 4) && is_tight_mark(v, i + 1, '.') &&
                  (word_is(v, i + 2, "xx") || word_is(v, i + 2, "x") || word_is(v, i + 2, "xxx"));
    return hidden ? i + 2 : 0;
}

/* 123-45 after 80-NG-: the plate of a foreign mission. */
static uint32_t mission_serial_length(const struct view *v, uint32_t i)
{
    bool parts = digit_count(v, i) == 3 && is_tight_mark(v, i + 1, '-') &&
                 digit_count(v, i + 2) == 2 && atom_glued(v, i + 2);
    return parts ? 3 : 0;
}

static bool is_mission(const struct view *v, uint32_t i)
{
    return is_upper(v, i) && (word_is(v, i, "ng") || word_is(v, i, "nn") || word_is(v, i, "qt"));
}

static bool is_series(const struct view *v, uint32_t i)
{
    enum { WITH_DOT = 3 };
    const struct atom *a = atom_at(v, i);
    bool small = is_one_letter(v, i) && is_tight_mark(v, i + 1, '-') &&
                 serial_length(v, i + 2) == WITH_DOT; /* 77c-016.47 */
    return a->kind == ATOM_WORD && (atom_has(a, ATOM_UPPER) || small) && a->text.len <= 2;
}

/* F and S have their short names here: ép, ét. */
static void say_series(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv series = atom_written(v, i);
    for (size_t k = 0; k < series.n; k++)
        if ((unsigned char)series.p[k] < 0x80)
            say_letter(out, (unsigned char)series.p[k], false, false);
    if (atom_at(v, i)->code >= 0x80)
        say_letters(out, series, false);
}

/* 99B-01644V: a capital at the end, glued on. */
static bool is_last_letter(const struct view *v, uint32_t i)
{
    return is_upper(v, i) && is_one_letter(v, i) && atom_glued(v, i) && !is_glued_on(v, i + 1);
}

static uint32_t digits_of_serial(const struct view *v, const struct plate *p)
{
    return digit_count(v, p->serial) + (p->end > p->serial + 2 ? digit_count(v, p->end - 1) : 0);
}

/* Finds the parts, from the number of the province on. */
static bool parse_plate(const struct view *v, uint32_t i, struct plate *p)
{
    if (digit_count(v, i) != 2)
        return false;
    *p = (struct plate){.split = is_tight_mark(v, i + 1, '-')};
    uint32_t j = i + 1 + p->split;
    bool apart = !atom_glued(v, j); /* BKS: 67 K1 - 14961 */
    if (!is_series(v, j) || (apart && !cue_before(v, i, CUE_DIGITS)))
        return false;
    p->series = j++;
    if (digit_count(v, j) == 1 && atom_glued(v, j))
        p->digit = j++;
    if (apart && !p->digit)
        return false;
    p->dash = is_dash(v, j) || (p->digit && is_mark(v, j, ':')) ||
              (is_tight_mark(v, j, '.') && digit_count(v, j + 1) == 5);
    p->even = p->dash && atom_glued(v, j) == atom_glued(v, j + 1);
    p->serial = j + p->dash;
    p->hidden = hidden_digits(v, p->serial);
    uint32_t serial = p->hidden ? 3 : serial_length(v, p->serial);
    if (is_mission(v, p->series) && mission_serial_length(v, p->serial))
        serial = 3;
    p->end = p->serial + serial;
    if (!p->hidden && is_last_letter(v, p->end) && digits_of_serial(v, p) == 5)
        p->last = p->end++;
    return serial;
}

static bool is_school_class(const struct candidate *c)
{
    return word_is(c->v, c->i - 1, "lớp");
}

static bool is_longer(const struct candidate *c)
{
    const struct plate *p = c->parts;
    return is_glued_on(c->v, p->end) || (is_mark(c->v, p->end, '%') && atom_glued(c->v, p->end));
}

static bool is_split_without_digit(const struct candidate *c)
{
    const struct plate *p = c->parts;
    return p->split && !p->digit && !(is_mission(c->v, p->series) && p->end - p->serial == 3);
}

static bool has_serial_dash(const struct candidate *c)
{
    return ((const struct plate *)c->parts)->even;
}

static bool has_series_digit(const struct candidate *c)
{
    return ((const struct plate *)c->parts)->digit;
}

static bool has_dotted_serial(const struct candidate *c)
{
    const struct plate *p = c->parts;
    return p->end - p->serial == 3;
}

/* xe con 30A - 48.567, ô tô 36A - 48.567: a vehicle is named shortly before it. */
static bool is_behind_vehicle(const struct view *v, uint32_t i)
{
    enum { FAR = 3 };
    for (uint32_t k = 0; k < FAR && is_word(v, i - k - 1); k++)
        if (near_before(v, i - k, NEAR_VEHICLE))
            return true;
    return false;
}

/* 51R- 5415, 51C -1234: a dash with a space on one side, which a class (12A- 2023) may have too. */
static bool is_uneven_plate(const struct candidate *c)
{
    const struct plate *p = c->parts;
    bool other = c->v->notes && c->v->notes->last_end[CLASS_plate] != NO_ATOM;
    return p->dash && !p->even &&
           (other || *atom_written(c->v, p->serial).p == '0' || is_behind_vehicle(c->v, c->i));
}

/* 36A - 48.567: such a serial may be a quantity, so that it needs a cue. */
static bool may_be_thousands(const struct candidate *c)
{
    const struct plate *p = c->parts;
    bool thousands = digit_count(c->v, p->serial) == 2 && p->end > p->serial + 2;
    return thousands && !p->digit && !atom_glued(c->v, p->serial) &&
           !cue_before(c->v, c->i, CUE_DIGITS) && !is_behind_vehicle(c->v, c->i);
}

static bool has_plate_cue(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_DIGITS);
}

static const struct evidence for_plate[] = {
    {"a class at school", is_school_class, EXCLUDED},           /* lớp 12A-2023 */
    {"something is glued on", is_longer, EXCLUDED},             /* 29A-2023B */
    {"a quantity after a class", may_be_thousands, EXCLUDED},   /* 12A - 48.567 đồng */
    {"29-A without a digit", is_split_without_digit, EXCLUDED}, /* xe 10-B-2023 */
    {"a dash before the serial", has_serial_dash, ENOUGH},      /* 30H-4567 */
    {"an uneven dash, and a cue", is_uneven_plate, ENOUGH},     /* rơ móc 51R- 5415 */
    {"a digit in the series", has_series_digit, ENOUGH},        /* 29-A1 123.45 */
    {"a full stop in the serial", has_dotted_serial, ENOUGH},   /* 29A123.45 */
    {"a cue before it", has_plate_cue, ENOUGH},                 /* biển số 29A12345 */
    {0},
};

/* QN-90123-TS, BĐ 971 TS: a fishing boat. */
struct boat {
    uint32_t number, rest, sign; /* atoms; the number may have a full stop and a rest behind it */
};

static bool has_no_boat_number(const struct candidate *c)
{
    const struct boat *b = c->parts;
    uint32_t digits = digit_count(c->v, b->number) + (b->rest ? digit_count(c->v, b->rest) : 0);
    return digits < 3 || digits > 5 || !word_is(c->v, b->sign, "ts") || !is_upper(c->v, b->sign);
}

static bool has_province(const struct candidate *c)
{
    return is_capitalized(c->v, c->i) && atom_at(c->v, c->i)->text.len <= 4;
}

static bool counts_before_letters(const struct candidate *c)
{
    return is_number(c->v, c->i - 1);
}

static const struct evidence for_boat[] = {
    {"no number and TS", has_no_boat_number, EXCLUDED},       /* QN 12 TS */
    {"doctors are counted", counts_before_letters, EXCLUDED}, /* 12 GS 100 TS */
    {"letters of a province", has_province, ENOUGH},          /* BĐ 97123 TS, but có 1000 TS */
    {0},
};

static uint32_t read_boat(struct utterance *out, const struct view *v, uint32_t i)
{
    struct boat b = {.number = i + 1 + is_dash(v, i + 1)};
    if (is_inner_mark(v, b.number + 1, '.') && is_number(v, b.number + 2))
        b.rest = b.number + 2; /* QB - 116.19 TS */
    uint32_t behind = (b.rest ? b.rest : b.number) + 1;
    b.sign = behind + is_dash(v, behind);
    if (!is_number(v, b.number) || !evidence_is_enough(for_boat, v, i, &b))
        return 0;
    token_begin(out, v, CLASS_plate, "registration of a boat", i, b.sign + 1 - i);
    say_letters(out, atom_written(v, i), false);
    say_digits(out, atom_written(v, b.number));
    if (b.rest)
        say_digits(out, atom_written(v, b.rest));
    say_letters(out, atom_written(v, b.sign), false);
    token_end(out);
    return b.sign + 1 - i;
}

/* xxx, XX: letters for digits that are not told. */
static bool is_mask(const struct view *v, uint32_t i)
{
    enum { LONGEST = 5 };
    struct sv letters = atom_lower(v, i);
    for (size_t k = 0; k < letters.n; k++)
        if (letters.p[k] != 'x')
            return false;
    return is_word(v, i) && letters.n >= 2 && letters.n <= LONGEST;
}

/* xxx, 22xx: the atoms of a part of the serial whose digits are not all told; 0: it is none. */
static uint32_t masked_part(const struct view *v, uint32_t i)
{
    uint32_t digits = is_number(v, i) && digit_count(v, i) <= 3 && atom_glued(v, i + 1);
    return is_mask(v, i + digits) ? digits + 1 : 0;
}

/* The province, the series and its digit, if it has one, as the token of n atoms. */
static void say_head(struct utterance *out, const struct view *v, uint32_t i, uint32_t n,
                     bool digit)
{
    token_begin(out, v, CLASS_plate, "number plate", i, n);
    say_digits(out, atom_written(v, i));
    say_series(out, v, i + 1);
    if (digit)
        say_digits(out, atom_written(v, i + 2));
    token_end(out);
}

/* 59X3-xxx.45, 29A-xxxxx, 97H-22xx: a plate of which digits of the serial are not told. */
static uint32_t read_masked_plate(struct utterance *out, const struct view *v, uint32_t i)
{
    if (digit_count(v, i) != 2 || !is_series(v, i + 1) || !atom_glued(v, i + 1) ||
        word_is(v, i - 1, "lớp"))
        return 0;
    uint32_t digit = digit_count(v, i + 2) == 1 && atom_glued(v, i + 2), mask = i + 3 + digit;
    uint32_t part = is_tight_mark(v, mask - 1, '-') ? masked_part(v, mask) : 0, end = mask + part;
    if (!part)
        return 0;
    if (is_tight_mark(v, end, '.') && (is_mask(v, end + 1) || is_number(v, end + 1)))
        end += 2;
    say_head(out, v, i, end - i, digit);
    say_pause(out, ',');
    for (uint32_t k = mask; k < end; k++) {
        say_letters(out, is_word(v, k) ? atom_written(v, k) : SV(""), false);
        say_digits(out, is_number(v, k) ? atom_written(v, k) : SV(""));
    }
    token_end(out);
    note_end(v, CLASS_plate, end);
    return end - i;
}

/* BKS 29B, biển kiểm soát 21A: the province and the series alone, behind words for a plate. */
static uint32_t read_plate_head(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t words = i - is_mark(v, i - 1, ':');
    if (digit_count(v, i) != 2 || !is_series(v, i + 1) || !cue_before(v, i, CUE_DIGITS) ||
        !near_before(v, words, NEAR_VEHICLE))
        return 0;
    uint32_t digit = digit_count(v, i + 2) == 1 && atom_glued(v, i + 2), end = i + 2 + digit;
    if (!atom_glued(v, i + 1) && !digit) /* biển số 65 P5... */
        return 0;
    if (is_glued_on(v, end) || is_dash(v, end) || is_number(v, end))
        return 0;
    say_head(out, v, i, end - i, digit);
    return end - i;
}

uint32_t read_plate(struct utterance *out, const struct view *v, uint32_t i)
{
    struct plate p;
    if (is_word(v, i))
        return read_boat(out, v, i);
    uint32_t masked = read_masked_plate(out, v, i);
    if (masked)
        return masked;
    if (!parse_plate(v, i, &p) || !evidence_is_enough(for_plate, v, i, &p))
        return read_plate_head(out, v, i);
    token_begin(out, v, CLASS_plate, "number plate", i, p.end - i);
    say_digits(out, atom_written(v, i));
    say_series(out, v, p.series);
    if (p.digit)
        say_digits(out, atom_written(v, p.digit));
    token_end(out);
    say_pause(out, ',');
    say_digits(out, atoms_written(v, p.serial, p.end - 1));
    if (p.hidden || p.last)
        say_letters(out, atom_written(v, p.hidden ? p.hidden : p.last), false);
    token_end(out);
    if (word_is(v, p.end, "có")) /* 76M – 1210 có dấu hiệu, not "không có" */
        say_pause(out, ',');
    note_end(v, CLASS_plate, p.end);
    return p.end - i;
}
