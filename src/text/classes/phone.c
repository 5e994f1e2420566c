/* Telephone numbers: 0912.345.678, (0203) 3.835.678, 1900 1234, +84 912 345 678, gọi 113. */
#include "text/classes/class.h"
#include "text/classes/digit_groups.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"

enum { FEWEST_DIGITS = 8, MOST_DIGITS = 13 };

/* ---- short numbers ---- */

static bool has_no_short_length(const struct candidate *c)
{
    uint32_t digits = digit_count(c->v, c->i);
    bool decimals = is_inner_mark(c->v, c->i + 1, ','); /* nhà máy 339,6 ha */
    return digits < 3 || digits > 5 || decimals;
}

static bool is_road_number(const struct candidate *c)
{
    return word_is(c->v, c->i - 1, "đt");
}

static bool counts_something(const struct candidate *c)
{
    return is_quantity(c->v, c->i);
}

static bool continues_list(const struct candidate *c)
{
    const struct view *v = c->v;
    uint32_t joint = c->i - 1;
    return c->i > v->begin && last_ended_at(v, CLASS_phone, joint) &&
           is_joint(v, joint, ",/-", CUE_AND | CUE_OR);
}

static bool counts_things(const struct candidate *c)
{
    return is_before_things(c->v, c->i);
}

static bool has_phone_cue(const struct candidate *c)
{
    return cue_before(c->v, c->i, CUE_PHONE);
}

/* The same, or one with its full stop: "Tel. 3835678". */
static bool has_phone_label(const struct candidate *c)
{
    bool stop =
        is_mark(c->v, c->i - 1, '.') && atom_glued(c->v, c->i - 1) && !atom_glued(c->v, c->i);
    return cue_before(c->v, stop ? c->i - 1 : c->i, CUE_PHONE);
}

static const struct evidence for_short_number[] = {
    {"not three to five digits", has_no_short_length, EXCLUDED}, /* liên hệ 3 trường */
    {"the number of a road", is_road_number, EXCLUDED},          /* ĐT 741 */
    {"it counts something", counts_something, EXCLUDED},         /* gọi 115 người */
    {"it continues a list", continues_list, ENOUGH},             /* gọi 113, 114 và 115 */
    {"things behind it", counts_things, EXCLUDED},               /* gọi 1200 tân binh */
    {"a cue before it", has_phone_cue, ENOUGH},                  /* gọi 113 */
    {0},
};

static uint32_t read_short(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!evidence_is_enough(for_short_number, v, i, NULL))
        return 0;
    token_begin(out, v, CLASS_phone, "number to call, by its cue", i, 1);
    say_digits(out, atom_written(v, i));
    token_end(out);
    note_end(v, CLASS_phone, i + 1);
    return 1;
}

/* ---- telephone numbers ---- */

/* A possible telephone number, with its bracket or plus sign. */
struct call {
    bool bracket, plus;
    uint32_t start; /* the first number */
    struct digit_groups groups;
};

static bool is_bracket_without_code(const struct candidate *c)
{
    const struct call *call = c->parts;
    uint32_t after = call->start + 1;
    return call->bracket && !is_mark(c->v, after, ')') && !digit_joint_length(c->v, after);
}

/* 02-11-19-28-35-41: pairs of digits that go on where a telephone number would end. */
static bool is_row_of_pairs(const struct candidate *c)
{
    const struct call *call = c->parts;
    uint32_t end = call->start + call->groups.atoms;
    uint32_t next = end + digit_joint_length(c->v, end);
    return call->groups.digits == 2 * call->groups.count && digit_count(c->v, call->start) == 2 &&
           digit_count(c->v, next) == 2 && call->groups.count > 3;
}

static bool begins_with_zero(const struct candidate *c)
{
    const struct call *call = c->parts;
    return atom_written(c->v, call->start).p[0] == '0' && call->groups.digits > FEWEST_DIGITS &&
           call->groups.digits <= 12;
}

/* 00603.21448634: from abroad. */
static bool begins_with_two_zeros(const struct candidate *c)
{
    enum { FEWEST = 10 };
    const struct call *call = c->parts;
    return sv_starts(atom_written(c->v, call->start), SV("00")) && call->groups.digits >= FEWEST;
}

static bool begins_with_plus(const struct candidate *c)
{
    const struct call *call = c->parts;
    return call->plus && call->groups.digits > FEWEST_DIGITS;
}

static bool has_country_code_in_bracket(const struct candidate *c)
{
    const struct call *call = c->parts;
    return call->bracket && sv_starts(atom_written(c->v, call->start), SV("84")) &&
           call->groups.count > 1 && call->groups.digits >= 10;
}

/* 84-24-22105148 */
static bool begins_with_country_code(const struct candidate *c)
{
    const struct call *call = c->parts;
    return sv_is(atom_written(c->v, call->start), "84") && is_mark(c->v, call->start + 1, '-') &&
           call->groups.count == 3 && call->groups.digits >= 11;
}

static bool is_service_call(const struct candidate *c)
{
    const struct call *call = c->parts;
    const struct digit_groups *g = &call->groups;
    return is_service_number(c->v, call->start) && (g->count > 1 || g->digits >= 8) &&
           g->digits <= 10;
}

static bool is_bracketed_or_short(const struct candidate *c)
{
    const struct call *call = c->parts;
    return call->bracket || call->groups.digits < 7;
}

static bool is_counted_call(const struct candidate *c)
{
    const struct call *call = c->parts;
    return is_quantity(c->v, call->start + call->groups.atoms - 1);
}

static bool has_thousands(const struct candidate *c)
{
    const struct call *call = c->parts;
    const struct digit_groups *g = &call->groups;
    return g->count > 1 && g->digits <= 9 && is_mark(c->v, call->start + 1, '.') &&
           digit_count(c->v, call->start + g->atoms - 1) == 3;
}

/* A number of seven digits of the land line, after a colon or a word that is only a label. No price
 * ends like this. */
static bool is_labelled_land_line(const struct candidate *c)
{
    const struct call *call = c->parts;
    const struct digit_groups *g = &call->groups;
    uint32_t i = call->start, last = i + g->atoms - 1;
    bool label =
        is_mark(c->v, i - 1, ':') || is_mark(c->v, i - 1, '.') || cue_before(c->v, i, CUE_LABEL);
    return label && (g->digits == 7 || g->digits == 8) && !sv_is(atom_written(c->v, last), "000") &&
           has_phone_label(c);
}

/* Điện thoại: Văn phòng: 080.43162; Tòa soạn: 080.43163: the name of an office is before the
 * number, and before that name a label or another number to call. */
static bool is_labelled_office(const struct candidate *c)
{
    enum { MOST_WORDS = 5 };
    const struct view *v = c->v;
    const struct call *call = c->parts;
    uint32_t k = call->start - 2, label = k;
    if (!is_mark(v, call->start - 1, ':') || call->groups.digits < 7)
        return false;
    while (label - k < MOST_WORDS && is_word(v, k))
        k--;
    if (k == label || !is_punct(v, k))
        return false;
    return (is_mark(v, k, ':') && cue_before(v, k, CUE_PHONE)) || last_ended_at(v, CLASS_phone, k);
}

/* 080.43162, (080) 45100: no number with decimals begins so. */
static bool is_government_line(const struct candidate *c)
{
    enum { FEWEST = 5 };
    const struct call *call = c->parts;
    uint32_t i = call->start;
    bool mark = call->bracket ? is_mark(c->v, i + 1, ')') : is_tight_mark(c->v, i + 1, '.');
    return digit_count(c->v, i) == 3 && atom_written(c->v, i).p[0] == '0' && mark &&
           call->groups.digits == 3 + FEWEST;
}

/* A number of the land line after another number to call, without its area code. */
static bool continues_land_lines(const struct candidate *c)
{
    const struct call *call = c->parts;
    const struct digit_groups *g = &call->groups;
    return (g->digits == 7 || g->digits == 8) && continues_list(c);
}

/* số cố định tại Hà Nội là 23456789: written together, some words behind what says so. */
static bool is_land_line_far_behind(const struct candidate *c)
{
    enum { FAR = 8, DIGITS = 8 };
    const struct view *v = c->v;
    const struct call *call = c->parts;
    bool told = word_is(v, c->i - 1, "là") || is_mark(v, c->i - 1, ':');
    if (call->groups.digits != DIGITS || call->groups.count > 1 || !told)
        return false;
    for (uint32_t k = 1; k < FAR && is_word(v, c->i - k - 1); k++)
        if (phrase_is(v, c->i - k - 2, "cố định") || phrase_is(v, c->i - k - 2, "số máy") ||
            phrase_is(v, c->i - k - 2, "điện thoại"))
            return true;
    return false;
}

static const struct evidence for_phone[] = {
    {"a bracket around no area code", is_bracket_without_code, EXCLUDED},   /* (2024) */
    {"a row of pairs", is_row_of_pairs, EXCLUDED},                          /* 02-11-19-28-35-41 */
    {"0 and nine to twelve digits", begins_with_zero, CERTAIN},             /* 0912.345.678 */
    {"00 and eight digits or more", begins_with_two_zeros, CERTAIN},        /* 00603.21448634 */
    {"+ and nine digits or more", begins_with_plus, CERTAIN},               /* +84 912 345 678 */
    {"84 in a bracket", has_country_code_in_bracket, CERTAIN},              /* (84-24) 3825 1234 */
    {"84, the area and the number", begins_with_country_code, CERTAIN},     /* 84-24-22105148 */
    {"a service number", is_service_call, CERTAIN},                         /* 1900 1234 */
    {"0, a mark and five digits", is_government_line, CERTAIN},             /* (080) 45100 */
    {"a bracket, or fewer than 7 digits", is_bracketed_or_short, EXCLUDED}, /* năm 1900 */
    {"it counts something", is_counted_call, EXCLUDED},              /* gọi 1.500 thanh niên */
    {"a land line after its label", is_labelled_land_line, CERTAIN}, /* điện thoại: 3.835.678 */
    {"a land line in a list", continues_land_lines, CERTAIN},        /* 3.9294.091, 3.9294.092 */
    {"an office with a number", is_labelled_office, CERTAIN},        /* Tel: Văn phòng: 3835678 */
    {"thousands with full stops", has_thousands, EXCLUDED},          /* gọi 1.500.000 */
    {"a cue before it", has_phone_label, ENOUGH},                    /* điện thoại 3835678 */
    {"a cue some words before it", is_land_line_far_behind, ENOUGH}, /* số cố định là 23456789 */
    {0},
};

/* The groups of one number. A service number ends before the next one: 1900 1234 1800 ... */
static struct digit_groups phone_groups(const struct view *v, uint32_t start, bool plus)
{
    uint32_t most = plus ? MOST_DIGITS : is_service_number(v, start) ? 10 : 12;
    if (!plus && atom_written(v, start).p[0] == '0')
        most = sv_starts(atom_written(v, start), SV("00")) ? MOST_DIGITS + 2 : 11;
    return digit_groups_parse(v, start, most);
}

/* ---- the word before a number: "ĐT: (0203) ...", "Tel +84 ..." ---- */

/* The atom after the word and its marks. */
static uint32_t after_label(const struct candidate *c)
{
    return *(const uint32_t *)c->parts;
}

static bool is_other_word(const struct candidate *c)
{
    return !word_is(c->v, c->i, "đt") && !word_is(c->v, c->i, "tel");
}

static bool opens_number(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '(') || is_mark(v, i, '+');
}

static bool opens_no_number(const struct candidate *c)
{
    uint32_t after = after_label(c);
    return opens_number(c->v, after) && !is_number(c->v, after + 1) &&
           !is_mark(c->v, after + 1, '+');
}

static bool numbers_road(const struct candidate *c)
{
    enum { ROAD_DIGITS = 3 };
    uint32_t after = after_label(c);
    if (is_mark(c->v, c->i + 1, ':') || !word_is(c->v, c->i, "đt"))
        return false;
    return is_number(c->v, after) &&
           ((after > c->i + 1 && digit_count(c->v, after) == ROAD_DIGITS) ||
            digit_groups_parse(c->v, after, MOST_DIGITS).digits < ROAD_DIGITS);
}

/* Tel: Văn phòng: 3835678 */
static bool is_tel_with_colon(const struct candidate *c)
{
    return word_is(c->v, c->i, "tel") && is_mark(c->v, c->i + 1, ':');
}

static bool is_before_opened_number(const struct candidate *c)
{
    return opens_number(c->v, after_label(c));
}

static bool is_before_number(const struct candidate *c)
{
    uint32_t after = after_label(c);
    return is_number(c->v, after) && (after > c->i + 1 || atom_written(c->v, after).p[0] == '0');
}

/* ĐT 3.835.678, ĐT 38356789: no road has a number of so many digits. */
static bool is_before_land_line(const struct candidate *c)
{
    struct digit_groups g = digit_groups_parse(c->v, c->i + 1, MOST_DIGITS);
    return !atom_glued(c->v, c->i + 1) && (g.digits == 7 || g.digits == 8);
}

static const struct evidence for_label[] = {
    {"no word for a telephone", is_other_word, EXCLUDED},  /* TH 0912345678 */
    {"a bracket around words", opens_no_number, EXCLUDED}, /* ĐT (xem trang 3) */
    {"the number of a road", numbers_road, EXCLUDED},      /* ĐT.741, ĐT01 */
    {"Tel and a colon", is_tel_with_colon, ENOUGH},        /* Tel: Văn phòng: 38… */
    {"a bracket or + before a number", is_before_opened_number, ENOUGH}, /* ĐT: (0203) 3.835.678 */
    {"a number after 0 or a mark", is_before_number, ENOUGH},            /* ĐT: 3835678 */
    {"a land line", is_before_land_line, ENOUGH},                        /* ĐT 3.835.678 */
    {0},
};

static uint32_t read_label(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t after = i + 1;
    while (after < i + 3 && (is_mark(v, after, ':') || is_mark(v, after, '.')))
        after++;
    if (!evidence_is_enough(for_label, v, i, &after))
        return 0;
    token_begin(out, v, CLASS_abbreviation, "word before a number to call", i, 1);
    say(out, "điện thoại");
    token_end(out);
    return 1;
}

/* 083.888.0123 082.233.3555, "0912345678 Email:": another number or the next label begins at atom i
 * without a mark. */
static bool begins_other(const struct view *v, uint32_t i)
{
    return !atom_glued(v, i) && (is_number(v, i) || (is_word(v, i) && is_capitalized(v, i)));
}

/* 0234.3822427-0905336685: the mark at atom i joins another number with an area code. */
static bool is_joined_number(const struct view *v, uint32_t i)
{
    return is_hyphen_or_dash(v, i) && is_number(v, i + 1) && atom_written(v, i + 1).p[0] == '0';
}

static uint32_t read_call(struct utterance *out, const struct view *v, uint32_t i,
                          const struct call *call)
{
    uint32_t n = call->start + call->groups.atoms - i;
    if (call->bracket && is_mark(v, i + n, ')') && call->groups.count == 1)
        return 0;
    token_begin(out, v, CLASS_phone, "telephone number", i, n);
    if (call->plus)
        say(out, "cộng");
    say_digit_groups(out, v, call->start, call->groups.atoms);
    token_end(out);
    if (begins_other(v, i + n) || is_joined_number(v, i + n))
        say_pause(out, ',');
    note_end(v, CLASS_phone, i + n);
    return n;
}

/* ---- *101#, *098*1#: what is dialled to ask the network ---- */

/* The number of atoms from the first * to the last * or #; 0: it is no such code. */
static uint32_t dialled_length(const struct view *v, uint32_t i)
{
    enum { MOST_GROUPS_DIALLED = 6 };
    uint32_t n = 0;
    while (n < 2 * MOST_GROUPS_DIALLED && (n == 0 || atom_glued(v, i + n)) &&
           is_mark(v, i + n, '*') && is_number(v, i + n + 1) && atom_glued(v, i + n + 1))
        n += 2;
    bool closed = n && atom_glued(v, i + n) && (is_mark(v, i + n, '#') || is_mark(v, i + n, '*'));
    return closed ? n + 1 : 0;
}

static uint32_t read_dialled(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = dialled_length(v, i);
    if (!n || is_number(v, i - 1))
        return 0;
    token_begin(out, v, CLASS_phone, "code that is dialled", i, n);
    for (uint32_t k = i; k < i + n; k++) {
        if (is_number(v, k))
            say_digits(out, atom_written(v, k));
        else
            say(out, is_mark(v, k, '*') ? "sao" : "thăng");
    }
    token_end(out);
    return n;
}

uint32_t read_phone(struct utterance *out, const struct view *v, uint32_t i)
{
    if (is_word(v, i))
        return read_label(out, v, i);
    if (is_mark(v, i, '*'))
        return read_dialled(out, v, i);
    struct call call = {.bracket = is_mark(v, i, '(')};
    call.plus = is_mark(v, i + call.bracket, '+');
    call.start = i + call.bracket + call.plus;
    if (!is_number(v, call.start) || (call.start > i && !atom_glued(v, call.start)))
        return 0;
    call.groups = phone_groups(v, call.start, call.plus);
    if (call.groups.count && evidence_is_enough(for_phone, v, i, &call))
        return read_call(out, v, i, &call);
    return call.start == i ? read_short(out, v, i) : 0;
}
