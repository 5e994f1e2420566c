/*
 * Numbers to call: 0912.345.678, (0203) 3.835.678, 1900 1234, +84 912 345 678, gọi 113; and numbers
 * that name an account or a person, which are read digit by digit too.
 */
#include "text/classes/class.h"
#include "text/classes/numeral.h"

enum { MOST_GROUPS = 6, FEWEST_DIGITS = 8, MOST_DIGITS = 13 };

static bool is_joint(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '.') || is_mark(v, i, '-') || is_mark(v, i, 0x2013) ||
           is_mark(v, i, ')') || is_mark(v, i, '(');
}

/* What joins two groups: a mark, with nothing or a bracket beside it. The count of its atoms. */
static uint32_t joint_length(const struct view *v, uint32_t i)
{
    if (is_number(v, i))
        return 0;
    uint32_t n = 0;
    while (n < 2 && is_joint(v, i + n))
        n++;
    bool bracket = is_mark(v, i, '(') || is_mark(v, i, ')') || is_mark(v, i + n - 1, ')');
    bool tight = atom_glued(v, i) && atom_glued(v, i + n);
    return n && is_number(v, i + n) && (bracket || tight) ? n : 0;
}

struct groups {
    uint32_t atoms, digits, count;
};

/* The groups of digits from atom i on, as many as one number to call may have. */
static struct groups parse_groups(const struct view *v, uint32_t i, uint32_t most)
{
    struct groups g = {0};
    while (g.count < MOST_GROUPS) {
        uint32_t joint = g.count ? joint_length(v, i + g.atoms) : 0;
        uint32_t at = i + g.atoms + joint, here = digit_count(v, at);
        bool group = here && (g.count == 0 || joint || (!atom_glued(v, at) && here >= 2));
        if (!group || g.digits + here > most)
            break;
        g.atoms += joint + 1;
        g.digits += here;
        g.count++;
    }
    return g;
}

static bool is_service_number(const struct view *v, uint32_t i)
{
    struct sv first = atom_written(v, i);
    return sv_is(first, "1900") || sv_is(first, "1800") ||
           (first.n >= 8 && (sv_starts(first, SV("1900")) || sv_starts(first, SV("1800"))));
}

static void say_groups(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    bool more = false;
    for (uint32_t k = 0; k < n; k++) {
        if (!is_number(v, i + k))
            continue;
        if (more) {
            token_end(out);
            say_pause(out, ',');
        }
        say_digits(out, atom_written(v, i + k));
        more = true;
    }
}

/* A short number goes on as a quantity: 500 người, 18.000, 5%. */
static bool is_counting(const struct view *v, uint32_t i)
{
    const struct atom *next = atom_at(v, i + 1);
    if (next->kind == ATOM_WORD)
        return atom_glued(v, i + 1) || cue_after(v, i + 1, CUE_COUNTED | CUE_AMOUNT);
    if (next->kind == ATOM_SYMBOL || is_mark(v, i + 1, '%'))
        return true;
    return atom_glued(v, i + 1) && is_number(v, i + 2) && atom_glued(v, i + 2) &&
           !is_mark(v, i + 1, '/') && !is_mark(v, i + 1, ',');
}

/* gọi 113, tổng đài 1022; and those behind it in a list: 113, 114 và 115. */
static uint32_t read_short(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t digits = digit_count(v, i);
    bool listed = last_ended_at(v, CLASS_phone, i - 1) && i > v->begin &&
                  (is_mark(v, i - 1, ',') || is_mark(v, i - 1, '/') || is_mark(v, i - 1, '-') ||
                   word_is(v, i - 1, "và") || word_is(v, i - 1, "hoặc"));
    /* "ĐT 741" is a road. */
    if (digits < 3 || digits > 5 || word_is(v, i - 1, "đt") || is_counting(v, i) ||
        (!listed && !cue_before(v, i, CUE_PHONE)))
        return 0;
    token_begin(out, v, CLASS_phone, "number to call, by its cue", i, 1);
    say_digits(out, atom_written(v, i));
    token_end(out);
    note_end(v, CLASS_phone, i + 1);
    return 1;
}

/* số tài khoản 1234567890, mã số 0101-234: digit by digit. */
static uint32_t read_identifier(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LONGEST = 24, FEWEST = 3 };
    bool nines = is_number(v, i) && digit_count(v, i) >= 3;
    struct sv digits = atom_written(v, i);
    for (size_t k = 0; nines && k < digits.n; k++)
        nines = digits.p[k] == '9';
    bool fine = nines && cue_before(v, i, CUE_FINENESS) && !is_counting(v, i);
    if (!fine && !cue_before(v, i, CUE_DIGITS))
        return 0;
    struct groups g = parse_groups(v, i, LONGEST);
    if (g.digits < FEWEST || is_counting(v, i + g.atoms - 1) || is_mark(v, i + 1, '/'))
        return 0;
    token_begin(out, v, CLASS_digits, "number that names, by its cue", i, g.atoms);
    say_groups(out, v, i, g.atoms);
    token_end(out);
    return g.atoms;
}

/* Whether groups of digits are a number to call. */
static bool is_phone(const struct view *v, uint32_t i, uint32_t start, const struct groups *g)
{
    bool plus = start > i && is_mark(v, start - 1, '+'), bracket = is_mark(v, i, '(');
    if (bracket && !is_mark(v, start + 1, ')') && !joint_length(v, start + 1))
        return false;
    bool zero = atom_written(v, start).p[0] == '0' && g->digits > FEWEST_DIGITS && g->digits <= 12;
    if (zero || (plus && g->digits > FEWEST_DIGITS))
        return true;
    if (bracket && sv_starts(atom_written(v, start), SV("84")) && g->count > 1 && g->digits >= 10)
        return true;
    if (is_service_number(v, start) && (g->count > 1 || g->digits >= 8) && g->digits <= 10)
        return true;
    return !bracket && g->digits >= 7 && cue_before(v, i, CUE_PHONE) &&
           !is_counting(v, start + g->atoms - 1) &&
           (g->count == 1 || g->digits > 9 || !is_mark(v, start + 1, '.') ||
            digit_count(v, start + g->atoms - 1) != 3);
}

/* A service number stops where the next one begins: 1900 1234 1800 ... */
static struct groups phone_groups(const struct view *v, uint32_t start, bool plus)
{
    uint32_t most = plus ? MOST_DIGITS : is_service_number(v, start) ? 10 : 12;
    if (!plus && atom_written(v, start).p[0] == '0')
        most = 11;
    return parse_groups(v, start, most);
}

/* "ĐT: (0203) ...", "Tel +84 ...": the word in front, where a number to call follows. */
static uint32_t read_label(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t j = i + 1;
    while (j < i + 3 && (is_mark(v, j, ':') || is_mark(v, j, '.')))
        j++;
    bool mark = j > i + 1, bracket = is_mark(v, j, '(') || is_mark(v, j, '+');
    bool digits = is_number(v, j) && (atom_written(v, j).p[0] == '0' || mark);
    if ((!word_is(v, i, "đt") && !word_is(v, i, "tel")) || !(bracket || digits) ||
        (bracket && !is_number(v, j + 1) && !is_mark(v, j + 1, '+')) ||
        (is_mark(v, i + 1, '.') && atom_glued(v, j) && digit_count(v, j) == 3))
        return 0;
    token_begin(out, v, CLASS_abbreviation, "word before a number to call", i, 1);
    say(out, "điện thoại");
    token_end(out);
    return 1;
}

uint32_t read_phone(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_word(v, i))
        return read_label(out, v, i);
    uint32_t start = i;
    bool bracket = is_mark(v, i, '('), plus = is_mark(v, bracket ? i + 1 : i, '+');
    start += (uint32_t)bracket + (uint32_t)plus;
    if (!is_number(v, start) || (start > i && !atom_glued(v, start)))
        return 0;
    if (start == i) {
        uint32_t n = read_identifier(out, v, i);
        if (n)
            return n;
    }
    struct groups g = phone_groups(v, start, plus);
    if (!g.count || !is_phone(v, i, start, &g))
        return start == i ? read_short(out, v, i) : 0;
    uint32_t n = start + g.atoms - i;
    if (bracket && is_mark(v, i + n, ')') && g.count == 1)
        return 0;
    token_begin(out, v, CLASS_phone, "telephone number", i, n);
    if (plus)
        say(out, "cộng");
    say_groups(out, v, start, g.atoms);
    token_end(out);
    note_end(v, CLASS_phone, i + n);
    return n;
}
