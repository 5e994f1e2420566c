#include "text/classes/numeral.h"

#include "text/classes/evidence.h"
#include "text/classes/unit.h"

enum { MAX_DIGITS = 18, MAX_GROUPS = 40 };

static uint64_t value_of(struct sv digits)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.n; i++)
        value = value * 10 + (uint64_t)(digits.p[i] - '0');
    return value;
}

int32_t value_of_number(const struct view *v, uint32_t i)
{
    enum { MOST_DIGITS = 9 };
    struct sv digits = atom_written(v, i);
    return digits.n <= MOST_DIGITS ? (int32_t)value_of(digits) : -1;
}

bool is_inner_mark(const struct view *v, uint32_t i, uint32_t mark)
{
    return is_mark(v, i, mark) && atom_glued(v, i) && is_number(v, i + 1) && atom_glued(v, i + 1);
}

uint32_t number_chain(const struct view *v, uint32_t i, uint32_t mark, uint32_t most)
{
    uint32_t n = 1;
    while (n < 2 * most && is_inner_mark(v, i + n, mark))
        n += 2;
    return n;
}

static bool is_decimal_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number of atoms of digits and the letters O or l glued to them. `plain`: every letter is a
 * capital O. `letters`: how many of the digits are letters. */
static uint32_t mixed_length(const struct view *v, uint32_t i, bool *plain, uint32_t *letters)
{
    enum { MOST_ATOMS = 8 };
    uint32_t n = 1;
    *plain = true;
    *letters = 0;
    for (; n < MOST_ATOMS && atom_glued(v, i + n); n++) {
        struct sv text = atom_written(v, i + n);
        if (is_number(v, i + n))
            continue;
        for (size_t k = 0; k < text.n; k++) {
            if (text.p[k] != 'O' && text.p[k] != 'o' && !(text.n == 1 && text.p[k] == 'l'))
                return is_word(v, i + n) ? 1 : n;
            *plain = *plain && text.p[k] == 'O';
        }
        *letters += (uint32_t)text.n;
    }
    return n;
}

/* The number of atoms of a number in which O was typed for 0, or l for 1: 2O16, 5OO.000, 20l6; 1 if
 * there is no such letter. Small letters may be a litre (1l5) or a degree (20o57'), so with them
 * only a year, or a number with thousands after it, is certain. */
static uint32_t slip_length(const struct view *v, uint32_t i)
{
    enum { YEAR_DIGITS = 4 };
    bool plain;
    uint32_t letters, n = is_word(v, i + 1) ? mixed_length(v, i, &plain, &letters) : 1;
    if (n == 1)
        return 1;
    bool group = is_inner_mark(v, i + n, '.') && digit_count(v, i + n + 1) == 3;
    bool inside = is_number(v, i + n - 1);
    struct sv all = atoms_written(v, i, i + n - 1);
    bool year = inside && n == 3 && all.n == YEAR_DIGITS && (all.p[0] == '1' || all.p[0] == '2') &&
                letters <= 2 && (all.p[1] == '9' || all.p[1] == '0' || !is_decimal_digit(all.p[1]));
    return group || year || (plain && (inside || is_mark(v, i + n, '%'))) ? n : 1;
}

/* Gives the value of the first group, with the slips corrected, and returns its number of digits.
 * Only the first 18 count for the value. */
static uint32_t first_digits(const struct view *v, uint32_t i, uint32_t atoms, uint64_t *value)
{
    struct sv text = atoms_written(v, i, i + atoms - 1);
    *value = 0;
    for (size_t k = 0; k < text.n && k < MAX_DIGITS; k++) {
        char c = text.p[k];
        unsigned digit = is_decimal_digit(c) ? (unsigned)(c - '0') : c == 'l' || c == 'L' ? 1 : 0;
        *value = *value * 10 + digit;
    }
    return (uint32_t)text.n;
}

/* A group of three digits after a glued mark, or after a full stop with a space on one side: "1
 * .500", and "10. 000" because no number begins with 0, or "khoảng 25. 300" because of the word. */
static bool group_follows(const struct view *v, uint32_t i, uint32_t mark)
{
    if (!is_mark(v, i, mark) || digit_count(v, i + 1) != 3)
        return false;
    bool before = atom_glued(v, i), after = atom_glued(v, i + 1);
    if (before && after)
        return true;
    if (mark != '.' || (!before && !after))
        return false;
    return after || atom_written(v, i + 1).p[0] == '0' ||
           (is_word(v, i - 2) && (rules_stop_kinds(v->rules, atom_lower(v, i - 2)) & STOP_AMOUNT));
}

/* The number of further groups of three digits, each after a `mark`, from atom i on. */
static uint32_t groups_after(const struct view *v, uint32_t i, uint32_t mark)
{
    uint32_t n = 0;
    while (n <= MAX_GROUPS && group_follows(v, i + 2 * n, mark))
        n++;
    /* 192.168.1.1: a group of another length follows, so these are no thousands. */
    if (n && is_inner_mark(v, i + 2 * n, mark))
        return 0;
    return n;
}

static bool is_counting_word(const struct view *v, uint32_t i)
{
    struct unit u;
    return unit_parse(v, i, &u) || word_is_kind(v, i, UNIT_SCALE | UNIT_COIN) ||
           word_is_kind(v, i, UNIT_WORD | UNIT_MANY);
}

/* iPhone 14 128 GB: so much memory is not counted by the thousand. */
static bool is_capacity(const struct view *v, uint32_t i)
{
    struct unit u;
    return unit_parse(v, i, &u) && unit_is(&u, UNIT_DATA);
}

/* M107 155 mm, F1 300 km: the number at atom i belongs to letters, which are no currency (VND10
 * 000), so that the next number is another one. */
static bool is_number_of_code(const struct view *v, uint32_t i)
{
    struct unit u;
    return atom_glued(v, i) && is_upper(v, i - 1) && !currency_parse(v, i - 1, true, &u);
}

/* Mk 45 127mm: the number at atom i is that of a name. */
static bool is_number_of_foreign_name(const struct view *v, uint32_t i)
{
    return is_capitalized(v, i - 1) && !is_syllable(v, i - 1) && !is_upper(v, i - 1);
}

/* 10 000 000: groups of three after single spaces. A single group only if it is 000 or something
 * counted follows, because in "lớp 5 120 em" there are two numbers. */
static uint32_t spaced_groups_after(const struct view *v, uint32_t i)
{
    enum { WIDEST_SPACE = 3 };
    uint32_t n = 0, first = i;
    if (digit_count(v, i + 1) != 3 || is_number_of_code(v, i))
        return 0;
    while (n <= MAX_GROUPS && digit_count(v, i + 1) == 3 &&
           atom_at(v, i + 1)->text.off - atom_at(v, i)->text.off <=
               atom_at(v, i)->text.len + WIDEST_SPACE) {
        n++;
        i++;
    }
    if (n != 1)
        return n;
    bool thousand = sv_is(atom_written(v, i), "000") ||
                    (is_counting_word(v, i + 1) && !is_number_of_foreign_name(v, first));
    return thousand && !is_capacity(v, i + 1);
}

static void add_groups(const struct view *v, uint32_t i, uint32_t step, uint32_t groups,
                       struct numeral *out)
{
    if (!groups)
        return;
    uint32_t first = out->atoms - 1;
    for (uint32_t g = 1; g <= groups && !out->spelled; g++)
        out->value = out->value * 1000 + value_of(atom_written(v, i + first + g * step));
    out->spelled = out->spelled || digit_count(v, i + first) + 3 * groups > MAX_DIGITS;
    out->atoms += groups * step;
    out->grouped = true;
}

/* No price in đồng has decimals: 22,670 đồng/USD. */
static bool is_dong(const struct view *v, uint32_t i)
{
    return word_is(v, i, "đồng") || word_is(v, i, "vnd") || word_is(v, i, "vnđ") ||
           word_is(v, i, "đ");
}

/* giá 6,300 NZD, phạt 1,300 USD; a rate is told with other words (ở mức 1,500 USD). */
static bool is_price_before(const struct view *v, uint32_t i)
{
    return word_is(v, i - 1, "giá") || word_is(v, i - 1, "phạt") || word_is(v, i - 1, "trả") ||
           word_is(v, i - 1, "lương") || word_is(v, i - 1, "hơn") || word_is(v, i - 1, "khoảng") ||
           word_is(v, i - 1, "thưởng") || word_is(v, i - 1, "trị") || word_is(v, i - 1, "tiền") ||
           word_is(v, i - 1, "gần");
}

/* 57,945 USD, giá 6,300 USD; but 1,184 USD for a euro and 32,675 USD/ounce have decimals. */
static bool is_sum_of_money(const struct view *v, uint32_t i, const struct unit *money)
{
    uint32_t after = money ? i + money->atoms : i + 1;
    if (is_dong(v, i))
        return true;
    bool rate = is_mark(v, after, '/') || near_after(v, after, NEAR_EACH | NEAR_EACH_DAY);
    bool round = sv_ends(atom_written(v, i - 1), SV("00")) && is_price_before(v, i - 3);
    return !rate && (digit_count(v, i - 3) > 1 || round);
}

/* 328,000 nhân viên: what is counted is whole; a measure or points may have decimals. One digit
 * before the comma is too few to tell (xà cao 2,000 mét). */
static bool counts_whole_things(const struct view *v, uint32_t i)
{
    struct unit u;
    return is_syllable(v, i) && !is_capitalized(v, i) && !atom_glued(v, i) &&
           digit_count(v, i - 3) > 1 && !word_is(v, i, "điểm") && !word_is(v, i, "lần") &&
           !word_is(v, i, "độ") && !word_is(v, i, "phần") && !word_is(v, i, "cao") &&
           !unit_parse(v, i, &u) &&
           !word_is_kind(v, i, UNIT_WORD | UNIT_SCALE | UNIT_TIME | UNIT_LENGTH | UNIT_MASS) &&
           !cue_after(v, i, CUE_DATE_OPEN);
}

/* A sum or a weight that would have zeros at its end: 25,000 đồng, 1,500 tấn. A child of 3,200 kg
 * has them. */
static bool is_round_thousand(const struct view *v, uint32_t i, const struct unit *u)
{
    if (word_is_kind(v, i, UNIT_SCALE))
        return false;
    bool money = (u && u->cls == CLASS_money) || word_is_kind(v, i, UNIT_COIN);
    struct sv digits = atom_written(v, i - 1);
    bool mass =
        word_is(v, i, "tấn") || (u && unit_is(u, UNIT_PHYSICAL) && digit_count(v, i - 3) > 1);
    return (money && is_sum_of_money(v, i, u)) || (mass && sv_ends(digits, SV("00"))) ||
           (sv_is(digits, "000") && (money || counts_whole_things(v, i)));
}

/* dài 1,970 mm, rộng 1,080 mm, x 1,475 mm: a side of a vehicle; a sheet may be 1,250 mm thick. */
static bool is_long_side(const struct view *v, uint32_t i)
{
    uint32_t before = i - 1 - (word_is(v, i - 1, "là") || word_is(v, i - 1, "đạt"));
    return word_is(v, before, "dài") || word_is(v, before, "rộng") || word_is(v, before, "cao") ||
           word_is(v, before, "sở") || word_is(v, before, "x") || is_mark(v, before, 0xD7) ||
           is_mark(v, i + 4, 0xD7) || word_is(v, i + 4, "x");
}

/* A comma before three digits parts thousands only where nothing else makes sense: decimals follow
 * behind a full stop (1,754.67; 3,929.566), or a unit that is never split so finely (3,200mAh), or
 * money or a measure that would have zeros at its end (25,000 đồng, 1,500 kg). `i` is the atom
 * after the digits. */
static bool is_english_thousand(const struct view *v, uint32_t i)
{
    enum { MOST_DECIMALS = 4 };
    struct unit u;
    if (is_inner_mark(v, i, '.'))
        return digit_count(v, i + 1) <= MOST_DECIMALS && !is_inner_mark(v, i + 2, '.');
    /* 22,670 – 22,790 đồng: the unit is behind the second. */
    if (is_range_dash(v, i) && is_inner_mark(v, i + 2, ',') && digit_count(v, i + 3) == 3)
        return is_dong(v, i + 4);
    bool unit = unit_parse(v, i, &u);
    bool side = sv_is(atom_written(v, i), "mm") && is_long_side(v, i - 3);
    if (unit && (unit_is(&u, UNIT_WHOLE) || side))
        return true;
    return is_round_thousand(v, i, unit ? &u : NULL);
}

/* +2.019s: three decimals of a second are no thousand; 2.000s is one. */
static bool is_decimal_second(const struct view *v, uint32_t i)
{
    return sv_is(atom_written(v, i + 1), "s") && atom_glued(v, i + 1) && !is_glued_on(v, i + 2) &&
           !sv_is(atom_written(v, i), "000");
}

static void parse_thousands(const struct view *v, uint32_t i, struct numeral *out)
{
    uint32_t end = i + out->atoms;
    uint32_t dots = groups_after(v, end, '.');
    if (dots == 1 && is_decimal_second(v, end + 1))
        return;
    uint32_t commas = dots ? 0 : groups_after(v, end, ',');
    if (dots)
        add_groups(v, i, 2, dots, out);
    else if (commas >= 2 || (commas == 1 && is_english_thousand(v, end + 2)))
        add_groups(v, i, 2, commas, out);
    else if (!commas)
        add_groups(v, i, 1, spaced_groups_after(v, end - 1), out);
}

static bool is_four_digit_year(const struct view *v, uint32_t i)
{
    return digit_count(v, i) == 4 && small_number(v, i) >= 1900 && small_number(v, i) <= 2100;
}

/* 36 ,9 độ; 24 ,5 tỷ: a comma that stands by the digit behind it, before something counted. */
static bool is_slipped_comma(const struct view *v, uint32_t i)
{
    struct unit u;
    bool amount = is_word(v, i - 2) && !atom_glued(v, i + 1) &&
                  word_is_kind(v, i + 2, UNIT_SCALE) &&
                  ((rules_stop_kinds(v->rules, atom_lower(v, i - 2)) & STOP_AMOUNT) ||
                   word_is(v, i - 2, "tới"));
    /* lên tới 41, 75 tỷ đồng; but hơn 30, 40 triệu is about so many */
    bool rough =
        small_number(v, i - 1) % 5 == 0 || small_number(v, i + 1) <= small_number(v, i - 1) + 10;
    if (amount && atom_glued(v, i) && is_mark(v, i, ','))
        return digit_count(v, i - 1) < 4 && digit_count(v, i + 1) == 2 && !rough;
    bool slipped = is_mark(v, i, ',') && !atom_glued(v, i) && atom_glued(v, i + 1) &&
                   digit_count(v, i - 1) < 4 && digit_count(v, i + 1) && digit_count(v, i + 1) <= 2;
    return slipped && (word_is_kind(v, i + 2, UNIT_SCALE) || unit_parse(v, i + 2, &u) ||
                       word_is(v, i + 2, "độ"));
}

/* số 34,36, 42 Chu Mạnh Trinh: the numbers of houses; tr 65,68: of pages. */
static bool are_houses(const struct view *v, uint32_t i, uint32_t comma)
{
    bool pages = word_is(v, i - 1, "tr") || word_is(v, i - 1, "trang");
    if (pages && digit_count(v, i) > 1 && digit_count(v, comma + 1) == digit_count(v, i) &&
        small_number(v, i) < small_number(v, comma + 1))
        return true;
    return is_mark(v, comma + 2, ',') && is_number(v, comma + 3) && cue_before(v, i, CUE_ADDRESS);
}

/* 5,6 và 7 điểm; 8,9 tháng: numbers that follow one another. */
static bool are_neighbours(const struct view *v, uint32_t i, uint32_t comma)
{
    uint32_t end = comma + 2;
    int32_t first = small_number(v, i);
    if (digit_count(v, i) != 1 || digit_count(v, comma + 1) != 1 ||
        small_number(v, comma + 1) != first + 1)
        return false;
    if (word_is(v, i - 1, "khoản") && word_is(v, end, "điều")) /* khoản 1,2 Điều 17 */
        return true;
    if (word_is(v, i - 1, "độ") && is_word(v, i - 2)) /* mức độ 3,4 */
        return word_is(v, i - 2, "mức") || word_is(v, i - 2, "cấp");
    bool third = is_joint(v, end, "", CUE_AND) && digit_count(v, end + 1) == 1 &&
                 small_number(v, end + 1) == first + 2;
    bool later = word_is(v, i - 1, "sau") || word_is(v, i - 1, "mới") || word_is(v, i - 1, "được");
    return (third && !word_is(v, i - 1, "lượt") && !word_is(v, i - 1, "đạt")) ||
           (later && word_is(v, end, "tháng")) || word_is(v, end, "hôm") || word_is(v, end, "đứa");
}

/* The decimals after the whole part: a comma or a dot. "5,6,7", "2.1.3" and "2022,2024" have none.
 */
static void parse_decimals(const struct view *v, uint32_t i, struct numeral *out)
{
    uint32_t next = i + out->atoms;
    bool list = is_inner_mark(v, i - 1, ',') && is_number(v, i - 2);
    bool comma = (is_inner_mark(v, next, ',') || is_slipped_comma(v, next)) &&
                 !is_inner_mark(v, next + 2, ',') && !list && !are_houses(v, i, next) &&
                 !are_neighbours(v, i, next) &&
                 !(is_four_digit_year(v, i) && is_four_digit_year(v, next + 1));
    bool english = out->grouped && is_mark(v, next - 2, ',');
    bool dot = (!out->grouped || english) && is_inner_mark(v, next, '.') &&
               !is_inner_mark(v, next + 2, '.');
    if ((comma && !english) || dot) {
        out->fraction = next + 1;
        out->atoms += 2;
    }
}

static bool is_fraction_sign(const struct view *v, uint32_t i)
{
    uint32_t code = atom_at(v, i)->code;
    return atom_at(v, i)->kind == ATOM_SYMBOL && atom_glued(v, i) &&
           ((code >= 0xBC && code <= 0xBE) || (code >= 0x2150 && code <= 0x215E)) &&
           rules_find(v->rules, TABLE_SYMBOLS, atom_written(v, i));
}

/* ---- a zero before one digit: 01 sản phẩm, ngày 09, but số 05 ---- */

/* The zero at the candidate's atom, and the atom after its number. */
struct zero {
    uint32_t after;
};

static uint32_t after_zero(const struct candidate *c)
{
    return ((const struct zero *)c->parts)->after;
}

/* Whether the atom joins the numbers of a list or range. */
static bool joins_numbers(const struct view *v, uint32_t i)
{
    return is_joint(v, i, ",-", CUE_AND | CUE_OR | CUE_TO);
}

/* The first number of the list that holds the number at atom i. */
static uint32_t first_of_list(const struct view *v, uint32_t i)
{
    enum { MOST = 8 };
    for (unsigned k = 0; k < MOST && joins_numbers(v, i - 1) && is_number(v, i - 2); k++)
        i -= 2;
    return i;
}

static bool is_tied_to_name(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = c->i - 1;
    if (!atom_glued(v, c->i) || !atom_exists(v, before))
        return false;
    bool opens = is_mark(v, before, '(') || is_mark(v, before, '"') || is_mark(v, before, 0x201C);
    return !opens && !(joins_numbers(v, before) && is_number(v, before - 1));
}

static bool is_in_long_chain(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t after = c->i + 1, before = c->i - 1;
    bool ahead = is_dash(v, after) && is_number(v, after + 1) && is_dash(v, after + 2);
    bool behind = is_dash(v, before) && is_number(v, before - 1) && is_dash(v, before - 2);
    return ahead || behind || (is_dash(v, before) && is_dash(v, after));
}

static bool follows_calendar_word(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t before = first_of_list(v, c->i) - 1;
    bool hour = word_is(v, before, "giờ") && is_number(v, before - 1);
    return hour || near_before(v, before + 1, NEAR_CALENDAR);
}

static bool follows_code_word(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t first = first_of_list(v, c->i);
    if (word_is(v, first - 1, "số"))
        return !near_before(v, first - 1, NEAR_NUMBER_OF);
    /* thông tư 02 ngày 31/3, but kế hoạch 02 năm */
    bool span = word_is_kind(v, after_zero(c), UNIT_TIME) && !is_number(v, after_zero(c) + 1);
    bool document = cue_before(v, first, CUE_DOCUMENT) && !near_before(v, first, NEAR_NO_DOCUMENT);
    if (!is_word(v, first - 1) || document)
        return is_word(v, first - 1) && !span;
    return cue_before(v, first, CUE_DIGITS | CUE_PHONE) &&
           !cue_after(v, after_zero(c), CUE_COUNTED);
}

/* A word in small letters that may be counted, and not one that only joins. */
static bool is_thing_word(const struct view *v, uint32_t i)
{
    if (word_is(v, i, "trong"))
        return near_after(v, i + 1, NEAR_OF_WHICH) || is_number(v, i + 1);
    return is_syllable(v, i) && (!is_capitalized(v, i) || v->in_capitals) &&
           (!cue_after(v, i, CUE_SCORE_OPEN) || cue_after(v, i, CUE_COUNTED));
}

/* 01 Phó Chủ tịch, 02 HTX: with a capital only after a word that is no name's first part. */
static bool is_thing_or_unit(const struct view *v, uint32_t first, uint32_t i)
{
    struct unit u;
    if (is_mark(v, i, '(') && is_word(v, i + 1) && is_mark(v, i + 2, ')'))
        i += 3;
    if (unit_parse(v, i, &u) || is_thing_word(v, i))
        return true;
    /* Sư đoàn, 04 Trung đoàn */
    if (is_mark(v, first - 1, ',') && is_syllable(v, i) && !is_upper(v, i) && !atom_glued(v, i) &&
        is_syllable(v, i + 1) && !is_capitalized(v, i + 1))
        return true;
    bool name = is_capitalized(v, first - 1) && first - 1 > v->begin;
    return is_word(v, i) && !atom_glued(v, i) && is_syllable(v, first - 1) && !name &&
           !cue_before(v, first, CUE_ADDRESS);
}

static bool is_zero_before_thing(const struct candidate *c)
{
    enum { MOST = 4 };
    uint32_t i = after_zero(c), first = first_of_list(c->v, c->i);
    for (unsigned k = 0; k < MOST && joins_numbers(c->v, i) && is_number(c->v, i + 1); k++)
        i += 2;
    return is_thing_or_unit(c->v, first, i);
}

static const struct evidence for_silent_zero[] = {
    {"glued to letters or a mark", is_tied_to_name, EXCLUDED},     /* PC06, A-05 */
    {"three numbers in a row", is_in_long_chain, EXCLUDED},        /* 05 - 12 - 23 */
    {"a word of the calendar", follows_calendar_word, CERTAIN},    /* ngày 09, tuần thứ 07 */
    {"a word that announces a code", follows_code_word, EXCLUDED}, /* bản tin số 05 */
    {"something that is counted", is_zero_before_thing, CERTAIN}, /* 01 sản phẩm, 03-05 ngày */
    {0},
};

/* The number of `digits` at atom i is 01 to 09. */
static bool is_padded(const struct view *v, uint32_t i, uint32_t digits)
{
    struct sv written = atom_written(v, i);
    return digits == 2 && written.p[0] == '0' && written.p[1] != '0';
}

static bool has_silent_zero(const struct view *v, uint32_t i, uint32_t atoms)
{
    const struct zero zero = {i + atoms};
    return evidence_is_enough(for_silent_zero, v, i, &zero);
}

static void parse_numeral(const struct view *v, uint32_t i, struct numeral *out)
{
    *out = (struct numeral){.atoms = slip_length(v, i)};
    uint32_t digits = first_digits(v, i, out->atoms, &out->value);
    bool zero = atom_written(v, i).p[0] == '0';
    out->spelled = digits > MAX_DIGITS || (digits > 1 && zero);
    if (digits <= 3 && !zero)
        parse_thousands(v, i, out);
    out->whole = out->atoms;
    parse_decimals(v, i, out);
    if (!out->fraction && is_fraction_sign(v, i + out->atoms))
        out->vulgar = i + out->atoms++;
    out->padded = is_padded(v, i, digits);
    if (out->padded && has_silent_zero(v, i, out->atoms))
        out->spelled = false;
}

bool numeral_parse(const struct view *v, uint32_t i, struct numeral *out)
{
    struct notes *notes = v->notes;
    uint32_t slot = i % MEMO_SLOTS;
    if (!is_number(v, i))
        return false;
    /* Most readers of numbers ask about the same one. */
    if (notes && notes->numerals[slot].atom == i) {
        *out = notes->numerals[slot].numeral;
        return true;
    }
    parse_numeral(v, i, out);
    if (notes) {
        notes->numerals[slot].atom = i;
        notes->numerals[slot].numeral = *out;
    }
    return true;
}

static const char *const digit_names[10] = {"không", "một", "hai", "ba",  "bốn",
                                            "năm",   "sáu", "bảy", "tám", "chín"};

void say_digits(struct utterance *out, struct sv digits)
{
    for (size_t i = 0; i < digits.n; i++)
        if (is_decimal_digit(digits.p[i]))
            say(out, digit_names[digits.p[i] - '0']);
}

static const char *link_word(const struct utterance *out)
{
    return out->options->dialect == DIALECT_SOUTH ? "lẻ" : "linh";
}

static void say_tens(struct utterance *out, unsigned value)
{
    unsigned tens = value / 10, ones = value % 10;
    if (tens == 1)
        say(out, "mười");
    else {
        say(out, digit_names[tens]);
        say(out, "mươi");
    }
    if (ones == 5)
        say(out, "lăm");
    else if (ones == 1 && tens > 1)
        say(out, "mốt");
    else if (ones == 4 && tens > 1)
        say(out, "tư");
    else if (ones)
        say(out, digit_names[ones]);
}

/* Says a group of up to three digits. `inside`: another group was said before it. */
static void say_group(struct utterance *out, unsigned value, bool inside)
{
    unsigned hundreds = value / 100, rest = value % 100;
    if (hundreds || inside) {
        say(out, digit_names[hundreds]);
        say(out, "trăm");
    }
    if (rest >= 10)
        say_tens(out, rest);
    else if (rest) {
        if (hundreds || inside)
            say(out, link_word(out));
        say(out, digit_names[rest]);
    }
}

static void say_below_billion(struct utterance *out, uint32_t value, bool inside)
{
    uint32_t millions = value / 1000000, thousands = value / 1000 % 1000, ones = value % 1000;
    if (millions) {
        say_group(out, millions, inside);
        say(out, "triệu");
        inside = true;
    }
    if (thousands) {
        say_group(out, thousands, inside);
        say(out, thousand_word(out));
        inside = true;
    }
    if (ones)
        say_group(out, ones, inside);
}

void say_cardinal(struct utterance *out, uint64_t value)
{
    if (!value) {
        say(out, digit_names[0]);
        return;
    }
    uint64_t billions = value / 1000000000;
    if (billions) {
        say_below_billion(out, (uint32_t)billions, false);
        say(out, "tỷ");
    }
    say_below_billion(out, (uint32_t)(value % 1000000000), billions != 0);
}

void say_number_atom(struct utterance *out, const struct view *v, uint32_t i)
{
    struct sv digits = atom_written(v, i);
    if (digits.n > MAX_DIGITS || (digits.n > 1 && digits.p[0] == '0'))
        say_digits(out, digits);
    else
        say_cardinal(out, value_of(digits));
}

void say_month(struct utterance *out, uint64_t month)
{
    if (month == 4)
        say(out, "tư");
    else
        say_cardinal(out, month);
}

void say_numeral(struct utterance *out, const struct view *v, uint32_t i, const struct numeral *n)
{
    if (n->spelled)
        say_digits(out, atoms_written(v, i, i + (n->whole ? n->whole : 1) - 1));
    else
        say_cardinal(out, n->value);
    if (n->vulgar) {
        say(out, "và");
        say_sv(out, row_text(rules_find(v->rules, TABLE_SYMBOLS, atom_written(v, n->vulgar)),
                             SYMBOLS_SPOKEN));
    }
    if (!n->fraction)
        return;
    struct sv decimals = atom_written(v, n->fraction);
    say(out, "phẩy");
    if (decimals.n <= 2 && decimals.p[0] != '0')
        say_cardinal(out, value_of(decimals));
    else
        say_digits(out, decimals);
}

bool is_range_dash(const struct view *v, uint32_t i)
{
    if (!is_dash(v, i))
        return false;
    return atom_glued(v, i) == atom_glued(v, i + 1);
}
