/*
 * Names of letters and numbers that other classes would misread: F-16, S-400, 3D, BA.5, i9-14900K,
 * A350-900, f/1.7, đường băng 25R/07L, chuyến bay MU9191, pháo 2S3, vàng 24K.
 */
#include "text/classes/evidence.h"
#include "text/classes/name_forms.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

void say_name_parts(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    for (uint32_t k = i; k < i + n; k++) {
        if (is_number(v, k))
            say_number_atom(out, v, k);
        else if (is_one_letter(v, k))
            say_letter(out, letter_base(atom_at(v, k)->code), false, false);
        else if (is_word(v, k))
            say_letters(out, atom_written(v, k), false);
    }
}

/* The atoms of up to three capitals, and a number, that are glued on: F-35B, S-300PMU2. */
static uint32_t tail_length(const struct view *v, uint32_t i)
{
    enum { LETTERS = 3 };
    if (!is_upper(v, i) || !atom_glued(v, i) || atom_at(v, i)->text.len > LETTERS)
        return 0;
    if (!is_number(v, i + 1) || !atom_glued(v, i + 1))
        return 1;
    /* T-72B3M */
    return 2 + (is_upper(v, i + 2) && atom_glued(v, i + 2) && atom_at(v, i + 2)->text.len == 1);
}

/* F-16, S-400: a single capital with a hyphen before its number. */
static uint32_t read_tied_letter(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->text.len != 1 || !atom_has(a, ATOM_UPPER) || !is_tight_mark(v, i + 1, '-') ||
        !is_number(v, i + 2) || digit_count(v, i + 2) > 4)
        return 0;
    if (strchr("IVX", (int)a->code) && cue_before(v, i, CUE_ROMAN)) /* quý I-2024 */
        return 0;
    uint32_t tail = tail_length(v, i + 3);
    if (is_glued_on(v, i + 3 + tail))
        return 0;
    if (!tail && atom_glued(v, i + 3) && is_mark(v, i + 3, '.') && is_number(v, i + 4))
        return 0;
    token_begin(out, v, CLASS_letters, "letter and number", i, 3 + tail);
    say_name_parts(out, v, i, 3 + tail);
    token_end(out);
    return 3 + tail;
}

/* VN30, PC06: letters that mean something else without a number glued to them. */
static uint32_t read_spelled(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!atom_has(atom_at(v, i), ATOM_UPPER) || !is_number(v, i + 1) || !atom_glued(v, i + 1) ||
        !(rules_cues(v->rules, atom_lower(v, i)) & CUE_SPELLED))
        return 0;
    token_begin(out, v, CLASS_letters, "letters before a number", i, 2);
    say_letters(out, atom_written(v, i), false);
    say_number_atom(out, v, i + 1);
    token_end(out);
    return 2;
}

/* The last name that was read ends right before a comma or "và" before atom i. */
static bool continues_names(const struct view *v, uint32_t i)
{
    return last_ended_at(v, CLASS_name, i - 1) && is_joint(v, i - 1, ",/", CUE_AND | CUE_OR);
}

/* ---- BA.5, XBB.1.5: lineages of a virus ---- */

struct lineage {
    uint32_t atoms, numbers;
};

static bool is_no_lineage(const struct candidate *c)
{
    const struct lineage *l = c->parts;
    return !l->numbers || !atom_has(atom_at(c->v, c->i), ATOM_PLAIN) ||
           is_glued_on(c->v, c->i + l->atoms);
}

/* biến thể BA.5, các biến thể như BA.2.86: the cue may be up to two words before. */
static bool is_named(const struct candidate *c)
{
    enum { FAR = 2 };
    for (uint32_t k = 0; k <= FAR; k++) {
        if (cue_before(c->v, c->i - k, CUE_NAME))
            return true;
        if (!is_syllable(c->v, c->i - k - 1))
            break;
    }
    return continues_names(c->v, c->i);
}

static bool has_three_letters_and_two_numbers(const struct candidate *c)
{
    const struct lineage *l = c->parts;
    return l->numbers > 1 && atom_at(c->v, c->i)->text.len > 2 &&
           !rules_find(c->v->rules, TABLE_ABBREVIATIONS, atom_written(c->v, c->i));
}

static const struct evidence for_lineage[] = {
    {"no letters, dots and numbers", is_no_lineage, EXCLUDED},        /* BA.5G */
    {"a word for a variant before it", is_named, ENOUGH},             /* biến thể BA.5 */
    {"three letters, two numbers", has_three_letters_and_two_numbers, /* XBB.1.5 */
     ENOUGH},
    {0},
};

static uint32_t read_lineage(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { MOST = 8, LETTERS = 3 };
    struct lineage l = {.atoms = 1};
    if (!is_tight_mark(v, i + 1, '.') || !is_upper(v, i) || atom_at(v, i)->text.len > LETTERS)
        return 0;
    while (l.atoms < MOST && is_tight_mark(v, i + l.atoms, '.') &&
           digit_count(v, i + l.atoms + 1) && digit_count(v, i + l.atoms + 1) <= 2) {
        l.atoms += 2;
        l.numbers++;
    }
    if (!evidence_is_enough(for_lineage, v, i, &l))
        return 0;
    token_begin(out, v, CLASS_letters, "lineage", i, l.atoms);
    say_letters(out, atom_written(v, i), false);
    /* The first full stop is silent: "bê a năm", "ích xì bê bê một chấm năm". */
    for (uint32_t k = 2; k < l.atoms; k += 2) {
        if (k > 2)
            say(out, "chấm");
        say_number_atom(out, v, i + k);
    }
    token_end(out);
    note_end(v, CLASS_name, i + l.atoms);
    return l.atoms;
}

/* ---- chuyến bay MU9191, số hiệu B1234: letters, then digit by digit ---- */

static bool has_no_code_length(const struct candidate *c)
{
    enum { LETTERS = 4, FEWEST = 3, MOST = 12 };
    const struct atom *a = atom_at(c->v, c->i);
    uint32_t digits = digit_count(c->v, c->i + 1);
    return !atom_has(a, ATOM_UPPER | ATOM_PLAIN) || a->text.len > LETTERS || digits < FEWEST ||
           digits > MOST;
}

/* RB123456789VN: a parcel. */
static bool has_country_behind(const struct view *v, uint32_t i)
{
    enum { DIGITS = 9 };
    return digit_count(v, i + 1) == DIGITS && atom_glued(v, i + 1) && is_upper(v, i + 2) &&
           atom_glued(v, i + 2) && atom_at(v, i + 2)->text.len == 2 && !is_glued_on(v, i + 3);
}

static bool goes_on_after_number(const struct candidate *c)
{
    uint32_t after = c->i + 2;
    if (has_country_behind(c->v, c->i))
        return false;
    return is_glued_on(c->v, after) || (is_mark(c->v, after, '-') && atom_glued(c->v, after)) ||
           (is_mark(c->v, after, '.') && is_number(c->v, after + 1) && atom_glued(c->v, after + 1));
}

static bool is_named_flight(const struct candidate *c)
{
    return atom_at(c->v, c->i)->text.len > 1 && is_named(c);
}

static bool is_glued_identifier(const struct candidate *c)
{
    bool two_letters = atom_at(c->v, c->i)->text.len == 2;
    return cue_before(c->v, c->i, CUE_DIGITS) && (two_letters || atom_glued(c->v, c->i + 1));
}

static bool is_parcel(const struct candidate *c)
{
    return has_country_behind(c->v, c->i);
}

static const struct evidence for_code_name[] = {
    {"other lengths", has_no_code_length, EXCLUDED},                 /* VN30 */
    {"something after the number", goes_on_after_number, EXCLUDED},  /* mã A12B34 */
    {"nine digits and a country", is_parcel, ENOUGH},                /* RB123456789VN */
    {"a word for a flight before it", is_named_flight, ENOUGH},      /* chuyến bay MU9191 */
    {"a word for a number that names", is_glued_identifier, ENOUGH}, /* số hiệu B1234 */
    {0},
};

/* chuyến VN-7211: the number after the letters, perhaps behind a hyphen; VN-A651, the registration
 * of a plane, has a letter more. */
static uint32_t read_tied_code(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (!is_tight_mark(v, i + 1, '-') || !atom_has(a, ATOM_UPPER | ATOM_PLAIN) || a->text.len != 2)
        return 0;
    uint32_t letter = is_upper(v, i + 2) && is_one_letter(v, i + 2), at = i + 2 + letter;
    bool named = cue_before(v, i, CUE_NAME | CUE_DIGITS) || (letter && word_is(v, i, "vn"));
    if (digit_count(v, at) < 3 || digit_count(v, at) > 4 || !atom_glued(v, at) || !named ||
        is_glued_on(v, at + 1))
        return 0;
    token_begin(out, v, CLASS_letters, "letters, then digit by digit", i, at + 1 - i);
    say_letters(out, atom_written(v, i), false);
    if (letter)
        say_letter(out, letter_base(atom_at(v, i + 2)->code), false, false);
    say_digits(out, atom_written(v, at));
    token_end(out);
    note_end(v, CLASS_name, at + 1);
    return at + 1 - i;
}

static uint32_t read_code_name(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_tied_code(out, v, i);
    if (n)
        return n;
    if (!is_number(v, i + 1) || !evidence_is_enough(for_code_name, v, i, NULL))
        return 0;
    n = 2 + has_country_behind(v, i);
    token_begin(out, v, CLASS_letters, "letters, then digit by digit", i, n);
    say_letters(out, atom_written(v, i), false);
    say_digits(out, atom_written(v, i + 1));
    if (n > 2)
        say_letters(out, atom_written(v, i + 2), false);
    token_end(out);
    note_end(v, CLASS_name, i + n);
    return n;
}

/* ---- i9-14900K, A350-900: two numbers, and perhaps letters, of one model ---- */

struct model {
    uint32_t second; /* the atom of the second number */
    uint32_t atoms;
};

static bool has_letters_behind(const struct candidate *c)
{
    const struct model *m = c->parts;
    return c->i + m->atoms > m->second + 1;
}

static bool are_both_long(const struct candidate *c)
{
    const struct model *m = c->parts;
    return digit_count(c->v, c->i + 1) >= 3 && digit_count(c->v, m->second) >= 3;
}

/* The number of atoms of a small letter that names a planet, behind its star: 1; 0: there is none.
 */
static uint32_t planet_length(const struct view *v, uint32_t i)
{
    struct sv letter = atom_written(v, i);
    return is_one_letter(v, i) && atom_glued(v, i) && letter.p[0] >= 'b' && letter.p[0] <= 'f';
}

static bool is_processor(const struct candidate *c)
{
    const struct model *m = c->parts;
    return sv_is(atom_written(c->v, c->i), "i") && digit_count(c->v, c->i + 1) == 1 &&
           digit_count(c->v, m->second) >= 4;
}

/* LP720-4: a car of so much power, driven by four wheels. */
static bool is_long_and_single(const struct candidate *c)
{
    const struct model *m = c->parts;
    return atom_at(c->v, c->i)->text.len >= 2 && digit_count(c->v, c->i + 1) == 3 &&
           digit_count(c->v, m->second) == 1;
}

static const struct evidence for_model[] = {
    {"letters behind", has_letters_behind, ENOUGH},         /* i9-14900K, K2-18b */
    {"two numbers of three digits", are_both_long, ENOUGH}, /* A350-900 */
    {"a processor", is_processor, ENOUGH},                  /* i5-12400 */
    {"three digits and one", is_long_and_single, ENOUGH},   /* LP720-4 */
    {0},
};

/* "A ba trăm năm mươi, một nghìn": without the pause the two numbers would be heard as one. */
static void say_model(struct utterance *out, const struct view *v, uint32_t i, uint32_t second,
                      uint32_t n)
{
    token_begin(out, v, CLASS_letters, "model", i, n);
    say_name_parts(out, v, i, second - i);
    say_pause(out, ',');
    say_name_parts(out, v, second, i + n - second);
    token_end(out);
}

static uint32_t read_model(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LETTERS = 3 };
    const struct atom *a = atom_at(v, i);
    bool letters = atom_has(a, ATOM_UPPER | ATOM_PLAIN) && a->text.len <= LETTERS;
    struct model m = {.second = i + 3};
    if ((!letters && !sv_is(atom_written(v, i), "i")) || !is_number(v, i + 1) ||
        !atom_glued(v, i + 1) || !is_tight_mark(v, i + 2, '-') || !is_number(v, m.second))
        return 0;
    uint32_t tail = tail_length(v, i + 4);
    m.atoms = 4 + (tail ? tail : planet_length(v, i + 4));
    if (is_glued_on(v, i + m.atoms) || !evidence_is_enough(for_model, v, i, &m))
        return 0;
    say_model(out, v, i, m.second, m.atoms);
    return m.atoms;
}

/* máy bay 777-300ER, chiếc 787-9: jets of Boeing without its name. */
static bool is_jet(const struct view *v, uint32_t i)
{
    struct sv number = atom_written(v, i);
    bool named = word_is(v, i - 1, "chiếc") || cue_before(v, i, CUE_NAME);
    return number.p[0] == '7' && number.p[2] == '7' &&
           (named || (is_upper(v, i + 3) && atom_glued(v, i + 3)));
}

/* Boeing 737-800, 777-300ER: two numbers after a name, no range. */
static uint32_t read_numbered_model(struct utterance *out, const struct view *v, uint32_t i)
{
    bool atr = word_is(v, i - 1, "atr"); /* ATR 72-500 */
    if ((digit_count(v, i) != 3 && !atr) || !is_tight_mark(v, i + 1, '-') || !is_number(v, i + 2))
        return 0;
    if (!atr && !is_jet(v, i) && (!is_capitalized(v, i - 1) || !cue_before(v, i, CUE_NAME)))
        return 0;
    uint32_t n = 3 + (is_upper(v, i + 3) && atom_glued(v, i + 3));
    say_model(out, v, i, i + 2, n);
    return n;
}

/* A foreign name is before the number, perhaps with a number of its own: Core Ultra 7 155H. */
static bool follows_foreign_name(const struct view *v, uint32_t i)
{
    uint32_t name = i - 1 - is_number(v, i - 1);
    const struct atom *a = atom_at(v, name);
    return a->kind == ATOM_WORD && !atom_has(a, ATOM_LEGAL) && !atom_has(a, ATOM_UPPER) &&
           (a->flags & (ATOM_CAPITAL | ATOM_MIXED)) && !atom_glued(v, i);
}

/* Xiaomi 14T, Ryzen 7 7840HS: letters that are something else behind other numbers: months, hours,
 * abbreviations. "Vietcombank 9T" may be nine months. */
static uint32_t read_letters_of_model(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LETTERS = 3, MONTHS = 12, HOURS = 24 };
    const struct atom *a = atom_at(v, i + 1);
    int32_t value = small_number(v, i);
    if (!atom_has(a, ATOM_UPPER | ATOM_PLAIN) || !atom_glued(v, i + 1) || a->text.len > LETTERS ||
        is_glued_on(v, i + 2) || is_mark(v, i + 2, '/') || !follows_foreign_name(v, i))
        return 0;
    struct unit u;
    bool month = sv_is(atom_written(v, i + 1), "T"), hour = sv_is(atom_written(v, i + 1), "H");
    bool letters = month ? value > MONTHS : hour ? value > HOURS : a->text.len > 1;
    if (!letters || (a->text.len > 1 && unit_parse(v, i + 1, &u)))
        return 0;
    token_begin(out, v, CLASS_letters, "model", i, 2);
    say_name_parts(out, v, i, 2);
    token_end(out);
    return 2;
}

/* ---- pháo 2S3: a letter between two numbers ---- */

static bool is_weapon(const struct view *v, uint32_t i)
{
    /* Only S would be read as something else there: seconds. */
    bool parts = digit_count(v, i) <= 2 && sv_is(atom_written(v, i + 1), "S") &&
                 atom_glued(v, i + 1) && is_number(v, i + 2) && atom_glued(v, i + 2);
    bool tied = (atom_glued(v, i) && !is_mark(v, i - 1, '(')) || is_glued_on(v, i + 3) ||
                is_mark(v, i + 3, '-');
    return parts && !tied;
}

static uint32_t read_weapon(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_weapon(v, i))
        return 0;
    token_begin(out, v, CLASS_letters, "letter between numbers", i, 3);
    say_name_parts(out, v, i, 3);
    token_end(out);
    return 3;
}

/* ---- vàng 24K: the fineness of gold, no thousands ---- */

/* vàng 999,9 (24k): in a sentence that speaks of gold these numbers are its fineness. */
static bool is_usual_karat(const struct view *v, uint32_t i)
{
    static const int32_t usual[] = {10, 14, 18, 22, 24};
    for (unsigned k = 0; k < sizeof usual / sizeof *usual; k++)
        if (small_number(v, i) == usual[k])
            return cue_in_sentence(v, CUE_FINENESS);
    return false;
}

static uint32_t read_karat(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LEAST = 8, MOST = 24 };
    int32_t value = small_number(v, i);
    bool fine = word_is(v, i + 1, "k") && atom_glued(v, i + 1) && !is_glued_on(v, i + 2) &&
                value >= LEAST && value <= MOST;
    if (!fine || !(cue_before(v, i, CUE_FINENESS) || continues_names(v, i) || is_usual_karat(v, i)))
        return 0;
    token_begin(out, v, CLASS_letters, "fineness of gold", i, 2);
    say_name_parts(out, v, i, 2);
    token_end(out);
    note_end(v, CLASS_name, i + 2);
    return 2;
}

/* ---- đường băng 25R/07L: runways ---- */

static bool is_runway(const struct view *v, uint32_t i)
{
    enum { HIGHEST = 36 };
    int32_t value = small_number(v, i);
    return digit_count(v, i) == 2 && value >= 1 && value <= HIGHEST && atom_glued(v, i + 1) &&
           is_upper(v, i + 1) &&
           (word_is(v, i + 1, "l") || word_is(v, i + 1, "r") || word_is(v, i + 1, "c"));
}

/* Both directions of one runway: their numbers differ by half a circle. */
static bool is_runway_pair(const struct view *v, uint32_t i)
{
    enum { HALF = 18 };
    return is_runway(v, i) && (is_tight_mark(v, i + 2, '/') || is_tight_mark(v, i + 2, '-')) &&
           is_runway(v, i + 3) &&
           (small_number(v, i) + HALF - small_number(v, i + 3)) % (2 * HALF) == 0;
}

static uint32_t read_runway(struct utterance *out, const struct view *v, uint32_t i)
{
    bool pair = is_runway_pair(v, i);
    uint32_t n = pair ? 5 : 2;
    bool named = near_before(v, i, NEAR_RUNWAY) || continues_names(v, i);
    if (!is_runway(v, i) || is_glued_on(v, i + n) || !(pair || named))
        return 0;
    token_begin(out, v, CLASS_name, "runway", i, n);
    say_name_parts(out, v, i, 2);
    if (pair) {
        say_pause(out, ',');
        say_name_parts(out, v, i + 3, 2);
    }
    token_end(out);
    note_end(v, CLASS_name, i + n);
    return n;
}

/* ---- H26.12-250915-0012: what was handed in to an office ---- */

/* The end of the numbers with dots between from atom i on. */
static uint32_t end_of_dotted(const struct view *v, uint32_t i)
{
    while (is_tight_mark(v, i, '.') && is_number(v, i + 1))
        i += 2;
    return i;
}

/* The letter H and two digits for a province, perhaps offices below it; the day, and a number. */
static uint32_t read_dossier(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { PROVINCE = 2, DAY = 6, LEAST = 4 };
    if (!sv_is(atom_written(v, i), "H") || digit_count(v, i + 1) != PROVINCE ||
        !atom_glued(v, i + 1))
        return 0;
    uint32_t day = end_of_dotted(v, i + 2);
    if (!is_tight_mark(v, day, '-') || digit_count(v, day + 1) != DAY ||
        !is_tight_mark(v, day + 2, '-') || digit_count(v, day + 3) < LEAST)
        return 0;
    uint32_t n = day + 4 - i;
    token_begin(out, v, CLASS_digits, "number of a file", i, n);
    say_letter(out, 'h', false, false);
    for (uint32_t k = i + 1; k < i + n; k += 2) {
        if (k > i + 1)
            say_pause(out, ',');
        say_digits(out, atom_written(v, k));
    }
    token_end(out);
    return n;
}

/* sổ đỏ số BK 123456: the letters and the number of a paper; tổng số CP 1234567 counts shares. */
static uint32_t read_serial(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LETTERS = 2, FEWEST = 6, MOST = 8 };
    uint32_t digits = digit_count(v, i + 1);
    struct unit u;
    if (!word_is(v, i - 1, "số") || near_before(v, i - 1, NEAR_NUMBER_OF) ||
        sv_ends(atom_written(v, i + 1), SV("000")) || !is_upper(v, i) ||
        atom_written(v, i).n != LETTERS || atom_glued(v, i + 1) || digits < FEWEST ||
        digits > MOST || is_glued_on(v, i + 2) || is_mark(v, i + 2, '/') ||
        unit_parse(v, i + 2, &u))
        return 0;
    token_begin(out, v, CLASS_digits, "letters and number of a paper", i, 2);
    say_letters(out, atom_written(v, i), false);
    say_digits(out, atom_written(v, i + 1));
    token_end(out);
    return 2;
}

static uint32_t read_from_number(struct utterance *out, const struct view *v, uint32_t i)
{
    reader_function *const readers[] = {read_choices,
                                        read_letter_of_model,
                                        read_form_range,
                                        read_floors,
                                        read_decade,
                                        read_english_ending,
                                        read_age,
                                        read_ages,
                                        read_runway,
                                        read_dimensions,
                                        read_generation,
                                        read_journey,
                                        read_weapon,
                                        read_karat,
                                        read_numbered_model,
                                        read_letters_of_model};
    uint32_t n = 0;
    for (unsigned k = 0; k < sizeof readers / sizeof *readers && !n; k++)
        n = readers[k](out, v, i);
    return n;
}

/* đái tháo đường type 2: doctors say the French word. */
static uint32_t read_type(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!word_is(v, i, "type") || digit_count(v, i + 1) != 1 || atom_glued(v, i + 1) ||
        is_glued_on(v, i + 2))
        return 0;
    token_begin(out, v, CLASS_foreign, "type before a number", i, 1);
    say(out, "tuýp");
    token_end(out);
    return 1;
}

/* khẩu độ f/1.7, ống kính f/2.8: the f is not followed by a pause. */
static uint32_t read_aperture(struct utterance *out, const struct view *v, uint32_t i)
{
    struct numeral number;
    bool glued = is_glued_on(v, i) && !is_mark(v, i - 1, '(');
    if (!word_is(v, i, "f") || glued || !is_tight_mark(v, i + 1, '/') ||
        digit_count(v, i + 2) > 2 || !numeral_parse(v, i + 2, &number) ||
        is_glued_on(v, i + 2 + number.atoms))
        return 0;
    uint32_t n = 2 + number.atoms;
    token_begin(out, v, CLASS_letters, "aperture", i, n);
    say_letter(out, 'f', false, false);
    say_numeral(out, v, i + 2, &number);
    token_end(out);
    return n;
}

/* beautiful (adj), LOSE /luːz/ (v): the kind of an English word, in brackets behind it. */
static uint32_t read_part_of_speech(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_mark(v, i - 1, '(') || !is_mark(v, i + 1, ')') || !atom_glued(v, i) ||
        !atom_glued(v, i + 1) || is_capitalized(v, i))
        return 0;
    bool english = (is_word(v, i - 2) && !is_syllable(v, i - 2)) || is_mark(v, i - 2, '/') ||
                   is_closing_quote(v, i - 2);
    const struct row *row =
        english ? rules_find(v->rules, TABLE_ABBREVIATIONS, atoms_written(v, i - 1, i + 1)) : NULL;
    if (!row)
        return 0;
    token_begin(out, v, CLASS_abbreviation, "kind of an English word", i, 1);
    say_sv(out, row_text(row, ABBREVIATIONS_SPOKEN));
    token_end(out);
    return 1;
}

static uint32_t read_from_letters(struct utterance *out, const struct view *v, uint32_t i)
{
    reader_function *const readers[] = {
        read_dossier,   read_serial,  read_tied_letter, read_lineage, read_model,
        read_code_name, read_spelled, read_aperture,    read_type,    read_part_of_speech};
    uint32_t n = 0;
    for (unsigned k = 0; k < sizeof readers / sizeof *readers && !n; k++)
        n = readers[k](out, v, i);
    return n;
}

/* Numbers with strokes between that are said one after the other. */
static uint32_t read_in_turn(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_version_list(out, v, i);
    return n ? n : read_choices(out, v, i);
}

uint32_t read_name(struct utterance *out, const struct view *v, uint32_t i)
{
    /* All these names are short, and most atoms are not followed by what is in them. */
    const struct atom *next = atom_at(v, i + 1);
    if (is_number(v, i))
        return next->kind == ATOM_WORD || is_mark(v, i + 1, '-') ? read_from_number(out, v, i)
               : is_mark(v, i + 1, '/')                          ? read_in_turn(out, v, i)
                                                                 : 0;
    return next->kind == ATOM_NUMBER || next->kind == ATOM_PUNCT ? read_from_letters(out, v, i) : 0;
}
