/* Roman numerals: after the thing that is numbered, in lists, after a name. */
#include "text/classes/calendar.h"
#include "text/classes/class.h"
#include "text/classes/numeral.h"

/* D and M are letters (CD, MC): nothing in an article is numbered that high. */
static unsigned roman_digit(char c)
{
    switch (c) {
    case 'I':
        return 1;
    case 'V':
        return 5;
    case 'X':
        return 10;
    case 'L':
        return 50;
    case 'C':
        return 100;
    default:
        return 0;
    }
}

static void roman_write(unsigned value, struct buf *out)
{
    static const struct {
        unsigned value;
        const char *letters;
    } steps[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; value >= steps[i].value; value -= steps[i].value)
            buf_adds(out, steps[i].letters);
}

/* The value of a well-formed numeral below 400, 0 for anything else. */
static unsigned roman_value(struct sv word)
{
    enum { TOO_MANY = 400 };
    unsigned value = 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned here = roman_digit(word.p[i]);
        unsigned next = i + 1 < word.n ? roman_digit(word.p[i + 1]) : 0;
        if (!here)
            return 0;
        value = here < next ? value - here : value + here;
    }
    if (value >= TOO_MANY)
        return 0;
    /* It is well formed if its value is written the same way: IIII and VX are not. */
    struct buf again = BUF_INIT;
    roman_write(value, &again);
    bool same = sv_eq(buf_sv(&again), word);
    buf_free(&again);
    return same ? value : 0;
}

/* I, V and X only: C, D, L and M are more often letters (bảng C, CD, MC, XL). */
static bool is_small_letters(struct sv word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] != 'I' && word.p[i] != 'V' && word.p[i] != 'X')
            return false;
    return true;
}

/* XLIV and LVIII may be numerals after a cue; LC and CCC are not. */
static bool is_possible_roman(struct sv word)
{
    bool small = false;
    for (size_t i = 0; i < word.n; i++)
        small = small || word.p[i] == 'I' || word.p[i] == 'V' || word.p[i] == 'X';
    return small && (word.n > 2 || is_small_letters(word));
}

static bool is_list_joint(const struct view *v, uint32_t i)
{
    return is_joint(v, i, ",/+-", CUE_AND | CUE_OR | CUE_TO);
}

/* XI, XII và XIII; XIX - XX: another numeral is before it in the same list. */
static bool follows_roman(const struct view *v, uint32_t i)
{
    return i > v->begin && last_ended_at(v, CLASS_roman, i - 1) && is_list_joint(v, i - 1);
}

/* Elizabeth II, SEA Games XXXI: several letters after a name. */
static bool is_name_before_roman(const struct view *v, uint32_t i)
{
    const struct atom *name = atom_at(v, i - 1);
    if (!is_capitalized(v, i - 1) || (v->in_capitals && atom_has(name, ATOM_UPPER)) ||
        !atom_has(atom_at(v, i), ATOM_SPACED))
        return false;
    /* The first word of a sentence always has a capital; only a foreign one is a name there. */
    return i - 1 > v->begin || !atom_has(name, ATOM_LEGAL);
}

/* vua Charles I, nhà máy nhiệt điện Uông Bí I: a single letter after a name, with a cue before the
 * name. */
static bool is_title_before(const struct view *v, uint32_t i)
{
    enum { FAR = 6 };
    if (!is_capitalized(v, i - 1))
        return false;
    for (uint32_t k = 2; k <= FAR && is_word(v, i - k); k++)
        if (cue_before(v, i - k + 1, CUE_ROMAN_FAR))
            return true;
    return false;
}

/* "X. Tân Lập, H. Ba Vì": X is xã before the name of a place and the district it is in. */
static bool is_commune(const struct view *v, uint32_t i)
{
    enum { NAME_WORDS = 3 };
    uint32_t j = i + 2;
    while (j < i + 2 + NAME_WORDS && is_capitalized(v, j) && is_syllable(v, j))
        j++;
    return word_is(v, i, "x") && is_mark(v, i + 1, '.') && j > i + 2 && is_mark(v, j, ',') &&
           ((is_one_letter(v, j + 1) && is_mark(v, j + 2, '.')) ||
            near_after(v, j + 1, NEAR_DISTRICT));
}

/* "I." or "II. " before a heading or an item. */
static bool is_roman_marker(const struct view *v, uint32_t i)
{
    uint32_t j = i + 1;
    bool stop = is_mark(v, j, '.') || is_mark(v, j, '/') || is_mark(v, j, ')') || is_dash(v, j) ||
                is_mark(v, j, ':');
    if (i != v->begin || !stop || is_commune(v, i))
        return false;
    /* "V. Putin", "V. phát hiện": a single letter before a foreign name or a small letter is an
     * initial. */
    bool item = atom_has(atom_at(v, j + 1), ATOM_LEGAL) && is_capitalized(v, j + 1);
    bool initial = atom_at(v, i)->text.len == 1 && is_mark(v, j, '.') && is_word(v, j + 1) && !item;
    if (initial)
        return false;
    bool part = is_mark(v, j, '.') && is_number(v, j + 1) && atom_glued(v, j + 1);
    return part || atom_has(atom_at(v, j + 1), ATOM_SPACED);
}

static bool is_capital_syllable(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_LEGAL | ATOM_UPPER) &&
           atom_at(v, i)->text.len > 1;
}

/* NHÓM VI KHUẨN: among words in capitals, a syllable after a cue may be an ordinary word. */
static bool is_word_in_capitals(const struct view *v, uint32_t i)
{
    bool among = v->in_capitals || is_capital_syllable(v, i + 1) ||
                 (is_upper(v, i - 1) && atom_at(v, i - 1)->text.len > 1);
    return among && is_capital_syllable(v, i) && is_word(v, i + 1) && !is_list_joint(v, i + 1);
}

/* V-League, V.League, X-quang: a single letter that is a part of a name. */
static bool begins_name(const struct view *v, uint32_t i)
{
    return atom_at(v, i)->text.len == 1 &&
           (is_tight_mark(v, i + 1, '-') || is_tight_mark(v, i + 1, '.')) && is_word(v, i + 2) &&
           !roman_value(atom_written(v, i + 2));
}

/* RON 95-V, DO 0,05S-II: the grade of a fuel. */
static bool is_fuel_grade(const struct view *v, uint32_t i)
{
    if (!is_tight_mark(v, i - 1, '-'))
        return false;
    bool petrol = is_number(v, i - 2) && word_is(v, i - 3, "ron");
    return petrol || (word_is(v, i - 2, "s") && atom_glued(v, i - 2) && is_number(v, i - 3));
}

/* Công ty XX: letters that hide a name are no numeral. */
static bool hides_name(struct sv word)
{
    return sv_is(word, "XX") || sv_is(word, "XXX");
}

/* Several letters that are well formed are a number, if no table has them as an abbreviation. */
static bool is_certain_roman(const struct view *v, uint32_t i, struct sv word)
{
    return word.n > 1 && !hides_name(word) && atom_has(atom_at(v, i), ATOM_SPACED | ATOM_UPPER)
               ? !rules_find(v->rules, TABLE_ABBREVIATIONS, word)
               : is_tight_mark(v, i - 1, '-') && word.n > 1;
}

/* I, II, III: a single letter before the numeral that comes next. */
static bool begins_list(const struct view *v, uint32_t i, struct sv word)
{
    return word.n == 1 && is_list_joint(v, i + 1) && is_upper(v, i + 2) &&
           atom_at(v, i + 2)->text.len > 1 &&
           roman_value(atom_written(v, i + 2)) == roman_value(word) + 1;
}

/* Subaru XV 2018: two letters between the name of a firm and a number are a model; behind a king or
 * a festival they are a numeral (Louis XV 1710, Cannes XX 2018). */
static bool is_of_model(const struct view *v, uint32_t i, struct sv word)
{
    return word.n == 2 && !memchr(word.p, 'I', word.n) && is_number(v, i + 1) &&
           !atom_glued(v, i + 1) && near_before(v, i, NEAR_PRODUCT);
}

static bool is_numbered(const struct view *v, uint32_t i, struct sv word)
{
    bool plain = is_small_letters(word), doubtful = is_word_in_capitals(v, i);
    uint32_t cue = cue_before(v, i, CUE_ROMAN) && !is_mark(v, i - 1, ',');
    if (begins_name(v, i) || (!cue && is_of_model(v, i, word)))
        return false;
    if (cue && plain && doubtful)
        cue = !cue_before(v, i, CUE_ROMAN_WEAK);
    if (cue || follows_roman(v, i))
        return plain || is_possible_roman(word);
    if (!plain)
        return is_name_before_roman(v, i) && is_possible_roman(word) && word.n > 3;
    if (is_roman_marker(v, i) || is_title_before(v, i) || is_fuel_grade(v, i) ||
        begins_list(v, i, word))
        return true;
    return !doubtful && word.n > 1 && (is_certain_roman(v, i, word) || is_name_before_roman(v, i));
}

/* Whether the numeral, or the list it ends, is one of quarters. */
static bool is_of_quarter(const struct view *v, uint32_t i)
{
    for (uint32_t k = 1; k <= 6; k++) {
        if (is_quarter_word(v, i - k))
            return true;
        if (!is_list_joint(v, i - k) && !is_number(v, i - k) &&
            !atom_has(atom_at(v, i - k), ATOM_UPPER))
            return false;
    }
    return false;
}

/* Reads the year after a quarter, too: quý IV/2023, quý III-2024. */
static uint32_t end_roman(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    uint32_t mark = i + n;
    bool year =
        (is_year_after(v, mark, true) || is_short_year_after(v, mark)) && is_of_quarter(v, i);
    if (year) {
        token_begin(out, v, CLASS_date, "year behind a quarter", mark + 1, 1);
        say_full_year_at(out, v, mark + 1);
        token_end(out);
        n += 2;
    }
    note_end(v, CLASS_roman, i + n);
    return n;
}

static void say_roman(struct utterance *out, unsigned value, bool ordinal)
{
    if (ordinal)
        say_ordinal(out, value);
    else
        say_cardinal(out, value);
}

/* The second numeral of a range: XII-XIII, XIX – XX; 0 if there is none. */
static unsigned range_end(const struct view *v, uint32_t i, unsigned first)
{
    if (!is_dash(v, i) || !is_word(v, i + 1) ||
        !atom_has(atom_at(v, i + 1), ATOM_UPPER | ATOM_PLAIN))
        return 0;
    if (is_word(v, i + 2) && atom_glued(v, i + 2))
        return 0;
    bool chain = (is_dash(v, i + 2) && is_word(v, i + 3) && roman_value(atom_written(v, i + 3))) ||
                 (is_dash(v, i - 2) && last_ended_at(v, CLASS_roman, i - 2)); /* I-II-III */
    unsigned second = chain ? 0 : roman_value(atom_written(v, i + 1));
    return second > first && is_possible_roman(atom_written(v, i + 1)) ? second : 0;
}

/* I.1, II.2.3: parts of a numbered heading. */
static uint32_t say_roman_parts(struct utterance *out, const struct view *v, uint32_t i, bool speak)
{
    uint32_t n = 0;
    while (n < 8 && is_mark(v, i + n, '.') && atom_glued(v, i + n) && is_number(v, i + n + 1) &&
           atom_glued(v, i + n + 1) && digit_count(v, i + n + 1) <= 2) {
        if (speak) {
            say(out, "chấm");
            say_number_atom(out, v, i + n + 1);
        }
        n += 2;
    }
    return n;
}

/* The value of a numeral of the small letters i, v and x; 0 for anything else. */
static unsigned lower_value(struct sv word)
{
    enum { LONGEST = 6 };
    char capitals[LONGEST];
    if (word.n > LONGEST)
        return 0;
    for (size_t k = 0; k < word.n; k++) {
        if (!memchr("ivx", word.p[k], 3))
            return 0;
        capitals[k] = (char)(word.p[k] - 'a' + 'A');
    }
    return roman_value((struct sv){capitals, word.n});
}

/* iv. Các trường hợp: a numeral of several letters that begins an item. */
static bool is_small_marker(const struct view *v, uint32_t i)
{
    return i == v->begin && atom_at(v, i)->text.len > 1 && is_mark(v, i + 1, '.');
}

/* LOSE (v), lose /luːz/ (v): the bracket at atom i says that the English word is a verb. */
static bool says_verb(const struct view *v, uint32_t i)
{
    bool headword = i == v->begin + 1 && is_word(v, i - 1) && !is_syllable(v, i - 1);
    return word_is(v, i + 1, "v") && (headword || is_mark(v, i - 1, '/'));
}

/* (ii), iv), iv.: small numerals that number the items of a list. */
static uint32_t read_small(struct utterance *out, const struct view *v, uint32_t i)
{
    bool bracket = is_mark(v, i, '(');
    uint32_t at = i + bracket;
    const struct atom *a = atom_at(v, at);
    bool closed = is_mark(v, at + 1, ')') && (bracket ? atom_glued(v, at) : at == v->begin);
    if (a->kind != ATOM_WORD || !atom_glued(v, at + 1) || !(closed || is_small_marker(v, i)))
        return 0;
    if (bracket && says_verb(v, i))
        return 0;
    enum { HIGHEST = 9 }; /* x) is the letter */
    unsigned value = lower_value(atom_written(v, at));
    if (!value || value > HIGHEST || !atom_has(atom_at(v, at + 2), ATOM_SPACED))
        return 0;
    if (bracket)
        say_pause(out, ',');
    token_begin(out, v, CLASS_roman, "number of an item", at, 1);
    say_cardinal(out, value);
    token_end(out);
    return bracket + 1;
}

/* thế kỷ xix, khóa xiii: small letters right after a cue. "vi" and "xi" are words, too, so nothing
 * else may follow them. */
static uint32_t read_lower(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!is_word(v, i) || atom_at(v, i)->text.len < 2 || atom_glued(v, i) || is_glued_on(v, i + 1))
        return 0;
    unsigned value = lower_value(atom_written(v, i));
    if (!value)
        return 0;
    bool ends = !is_word(v, i + 1) || word_is(v, i + 1, "của") || is_list_joint(v, i + 1);
    bool cue = (!is_mark(v, i - 1, ',') && cue_before(v, i, CUE_ROMAN)) || follows_roman(v, i);
    if (!cue || (is_syllable(v, i) && !ends))
        return 0;
    token_begin(out, v, CLASS_roman, "Roman numeral in small letters", i, 1);
    say_roman(out, value, word_is(v, i - 1, "thứ"));
    token_end(out);
    note_end(v, CLASS_roman, i + 1);
    return 1;
}

/* SM-3 Block IIA: no other word ends so. */
static bool is_two_or_three(struct sv numeral)
{
    return sv_is(numeral, "II") || sv_is(numeral, "III");
}

/* giai đoạn IIIA, nhóm IIB: a numeral and a letter, after a cue or with II and III. */
static uint32_t read_lettered_numeral(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv word = atom_written(v, i);
    if (word.n < 2 || word.p[word.n - 1] < 'A' || word.p[word.n - 1] > 'D' || is_glued_on(v, i + 1))
        return 0;
    struct sv numeral = sv_sub(word, 0, word.n - 1);
    if (!is_two_or_three(numeral) && !cue_before(v, i, CUE_ROMAN))
        return 0;
    unsigned value = is_small_letters(numeral) ? roman_value(numeral) : 0;
    if (!value || atom_has(atom_at(v, i), ATOM_LEGAL) ||
        rules_find(v->rules, TABLE_ABBREVIATIONS, word)) /* mật độ XD */
        return 0;
    token_begin(out, v, CLASS_roman, "Roman numeral and a letter", i, 1);
    say_cardinal(out, value);
    say_letter(out, (unsigned char)word.p[word.n - 1], false, false);
    token_end(out);
    note_end(v, CLASS_roman, i + 1);
    return 1;
}

/* bảng H và bảng I: the letter of a group in a sport, as another group of the sentence has one. */
static bool is_letter_of_group(const struct view *v, uint32_t i)
{
    if (!is_one_letter(v, i) || !word_is(v, i - 1, "bảng"))
        return false;
    for (uint32_t k = v->begin + 1; k < v->end; k++)
        if (word_is(v, k - 1, "bảng") && is_one_letter(v, k) && is_upper(v, k) &&
            !is_small_letters(atom_written(v, k)))
            return true;
    return false;
}

uint32_t read_roman(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (!atom_has(a, ATOM_UPPER | ATOM_PLAIN)) {
        uint32_t small = read_small(out, v, i);
        return small ? small : read_lower(out, v, i);
    }
    if ((is_word(v, i + 1) && atom_glued(v, i + 1)) || is_contraction(v, i) ||
        (i > v->begin && atom_glued(v, i) && is_number(v, i - 1)))
        return 0;
    struct sv word = atom_written(v, i);
    unsigned value = roman_value(word);
    if (!value)
        return read_lettered_numeral(out, v, i);
    bool model = is_number(v, i + 1) && is_inner_mark(v, i + 2, '.'); /* phiên bản XV 2.0i */
    if (model || !is_numbered(v, i, word) || is_letter_of_group(v, i))
        return 0;
    bool ordinal = word_is(v, i - 1, "thứ");
    unsigned end = ordinal ? 0 : range_end(v, i + 1, value);
    uint32_t n = end ? 3 : 1 + say_roman_parts(out, v, i + 1, false);
    bool version = is_number(v, i - 1) && is_capitalized(v, i - 2); /* Xperia 1 III */
    if (version || (is_dash(v, i - 1) && last_ended_at(v, CLASS_roman, i - 1)))
        say_pause(out, ',');
    token_begin(out, v, CLASS_roman, ordinal ? N_("Roman numeral behind thứ") : N_("Roman numeral"),
                i, n);
    say_roman(out, value, ordinal);
    if (end) {
        say(out, "đến");
        say_cardinal(out, end);
    } else {
        say_roman_parts(out, v, i + 1, true);
    }
    token_end(out);
    if (ordinal && is_tight_mark(v, i + n, '-') && digit_count(v, i + n + 1) == 4)
        say_pause(out, ','); /* lần thứ VI-2017 */
    if (i == v->begin && n > 1 && !end)
        pause_before_words(out, v, i + n); /* III.2 Kinh phí */
    return end_roman(out, v, i, n);
}
