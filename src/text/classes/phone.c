/*
 * Telephone numbers: 0912.345.678, (0203) 3.835.678, 1900 1234, +84 912 345 678, gọi 113. Numbers
 * that name an account or a person are read digit by digit, too.
 */
#include "text/classes/class.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_GROUPS = 6, FEWEST_DIGITS = 8, MOST_DIGITS = 13 };

static bool is_phone_joint(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '.') || is_mark(v, i, '-') || is_mark(v, i, 0x2013) ||
           is_mark(v, i, ')') || is_mark(v, i, '(');
}

/* The number of atoms of the marks between two groups: one mark without spaces, or a bracket beside
 * it; 0 if there is none. */
static uint32_t phone_joint_length(const struct view *v, uint32_t i)
{
    if (is_number(v, i))
        return 0;
    uint32_t n = 0;
    while (n < 2 && is_phone_joint(v, i + n))
        n++;
    bool bracket = is_mark(v, i, '(') || is_mark(v, i, ')') || is_mark(v, i + n - 1, ')');
    bool tight = atom_glued(v, i) && atom_glued(v, i + n);
    return n && is_number(v, i + n) && (bracket || tight) ? n : 0;
}

struct groups {
    uint32_t atoms, digits, count;
};

/* The groups of digits from atom i on, with at most `most` digits. */
static struct groups parse_digit_groups(const struct view *v, uint32_t i, uint32_t most)
{
    struct groups g = {0};
    while (g.count < MOST_GROUPS) {
        uint32_t joint = g.count ? phone_joint_length(v, i + g.atoms) : 0;
        uint32_t at = i + g.atoms + joint, here = digit_count(v, at);
        bool decimals = !joint && is_tight_mark(v, at + 1, ',') && is_number(v, at + 2);
        bool group = here && (g.count == 0 || joint ||
                              (!atom_glued(v, at) && here >= 2 && !decimals)); /* 9999 75,6 triệu */
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

/* Up to five digits, and no zero in front: 500, 35000. */
static bool is_short_amount(const struct view *v, uint32_t i)
{
    enum { MOST = 5 };
    return digit_count(v, i) <= MOST && atom_written(v, i).p[0] != '0' && !is_service_number(v, i);
}

/* Whether the number at atom i is a quantity: 500 người, 18.000, 5%, đường dây 220 kV. */
static bool is_quantity(const struct view *v, uint32_t i)
{
    const struct atom *next = atom_at(v, i + 1);
    struct unit u;
    if (next->kind == ATOM_WORD)
        return atom_glued(v, i + 1) || (is_short_amount(v, i) && unit_parse(v, i + 1, &u)) ||
               (!is_capitalized(v, i + 1) && cue_after(v, i + 1, CUE_COUNTED | CUE_AMOUNT));
    if (next->kind == ATOM_SYMBOL || is_mark(v, i + 1, '%'))
        return next->code != COPYRIGHT_SIGN;
    return atom_glued(v, i + 1) && is_number(v, i + 2) && atom_glued(v, i + 2) &&
           !is_mark(v, i + 1, '/') && !is_mark(v, i + 1, ',');
}

/* ---- short numbers ---- */

static bool has_no_short_length(const struct candidate *c)
{
    uint32_t digits = digit_count(c->v, c->i);
    return digits < 3 || digits > 5;
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

/* lực lượng 500 dân quân, gọi 1200 tân binh: a word in small letters that may be counted is behind
 * a number that no service has. */
static bool is_before_things(const struct candidate *c)
{
    enum { EMERGENCY = 111, LAST = 119 };
    const struct view *v = c->v;
    uint32_t next = c->i + 1;
    int32_t value = small_number(v, c->i);
    bool service = (value >= EMERGENCY && value <= LAST) || value % 10;
    return !service && is_short_amount(v, c->i) && is_syllable(v, next) &&
           !is_capitalized(v, next) && !cue_after(v, next, CUE_SCORE_OPEN);
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
    {"things behind it", is_before_things, EXCLUDED},            /* gọi 1200 tân binh */
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

/* ---- numbers that name an account, a person ... ---- */

/* vàng 9999: the fineness of gold */
static bool is_fineness(const struct view *v, uint32_t i)
{
    struct sv digits = atom_written(v, i);
    if (digit_count(v, i) < 3)
        return false;
    for (size_t k = 0; k < digits.n; k++)
        if (digits.p[k] != '9')
            return false;
    return cue_before(v, i, CUE_FINENESS) && !is_quantity(v, i);
}

/* "Mã ngành xét tuyển là 7720101": some words are between the cue and a number of five digits or
 * more that has no thousands. */
static bool has_far_cue(const struct view *v, uint32_t i)
{
    enum { FAR = 9, FEWEST = 5 };
    if (digit_count(v, i) < FEWEST)
        return false;
    for (uint32_t k = i - 1; i - k <= FAR && is_word(v, k); k--)
        if (word_is(v, k, "lô") || ((rules_cues(v->rules, atom_lower(v, k)) |
                                     rules_cues(v->rules, atoms_lower(v, k, k + (k + 1 < i)))) &
                                    CUE_DIGITS))
            return true;
    return false;
}

/* FT25072760181: letters are glued to a number that nobody would count. */
static bool is_tied_to_letters(const struct view *v, uint32_t i)
{
    enum { FEWEST = 6 };
    return digit_count(v, i) >= FEWEST && atom_glued(v, i) && is_word(v, i - 1);
}

/* vé số 123456, 234567 và 345678: a list of numbers of one length. */
static bool continues_identifiers(const struct view *v, uint32_t i)
{
    uint32_t joint = i - 1;
    return (is_joint(v, joint, ",;", CUE_AND | CUE_OR) || is_range_dash(v, joint)) &&
           last_ended_at(v, CLASS_digits, joint) && digit_count(v, i) == digit_count(v, joint - 1);
}

/* giải nhất 54321, giải nhì 12345 - 67890: a ticket that won, never a sum of money; after it also
 * giải bảy 451. */
static bool is_winning_number(const struct view *v, uint32_t i)
{
    enum { FEWEST = 5, MOST = 6, FAR = 6 };
    uint32_t colon = is_mark(v, i - 1, ':'), prize = i - 1 - colon;
    uint32_t fewest = v->notes->last_end[CLASS_digits] == NO_ATOM ? FEWEST : 3;
    bool low =
        word_is(v, prize - 1, "giải") && (word_is(v, prize, "tư") || word_is(v, prize, "năm") ||
                                          word_is(v, prize, "sáu") || word_is(v, prize, "bảy"));
    bool length = digit_count(v, i) >= (low ? 3 : fewest) && digit_count(v, i) <= MOST;
    bool end = !is_word(v, i + 1) || word_is(v, i + 1, "trị");
    if (!length || !end || !is_word(v, prize))
        return false;
    if (sv_is(atom_written(v, prize), "ĐB") || phrase_is(v, prize - 1, "đặc biệt"))
        return true;
    uint32_t near = phrase_is(v, prize - 1, "chữ số") ? FAR : 3;
    for (uint32_t k = 1; k < near; k++)
        if (word_is(v, prize - k, "giải"))
            return true;
    return false;
}

/* nhẫn 999.9: the same with a full stop. */
static uint32_t read_dotted_fineness(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!sv_is(atom_written(v, i), "999") || !is_tight_mark(v, i + 1, '.') ||
        !sv_is(atom_written(v, i + 2), "9") || is_glued_on(v, i + 3) ||
        !cue_before(v, i, CUE_FINENESS))
        return 0;
    token_begin(out, v, CLASS_digits, "fineness of gold", i, 3);
    say_digits(out, SV("9999"));
    token_end(out);
    note_end(v, CLASS_digits, i + 3);
    return 3;
}

static bool is_unnamed(const struct candidate *c)
{
    return !continues_identifiers(c->v, c->i) && !cue_before(c->v, c->i, CUE_DIGITS) &&
           !is_fineness(c->v, c->i) && !has_far_cue(c->v, c->i) &&
           !is_tied_to_letters(c->v, c->i) && !is_winning_number(c->v, c->i);
}

static bool has_stroke_after(const struct candidate *c)
{
    return is_mark(c->v, c->i + 1, '/');
}

static bool counts_at_its_end(const struct candidate *c)
{
    const struct groups *g = c->parts;
    return is_quantity(c->v, c->i + g->atoms - 1);
}

static bool has_three_digits(const struct candidate *c)
{
    const struct groups *g = c->parts;
    return g->digits >= 3;
}

/* A short number that messages are sent to is written without marks: what has them is an amount. */
static bool is_sent(const struct candidate *c)
{
    const struct groups *g = c->parts;
    return g->atoms > 1 && cue_before(c->v, c->i, CUE_SENT);
}

static bool sends_things(const struct candidate *c)
{
    return word_is(c->v, c->i - 1, "gửi") && is_before_things(c);
}

static const struct evidence for_identifier[] = {
    {"no cue before it", is_unnamed, EXCLUDED},                /* 1.900.123 đồng */
    {"a stroke after it", has_stroke_after, EXCLUDED},         /* số 12/2020 */
    {"its end counts something", counts_at_its_end, EXCLUDED}, /* vàng 1.500 USD */
    {"an amount that is sent", is_sent, EXCLUDED},             /* gửi 2.000 quyển vở */
    {"things that are sent", sends_things, EXCLUDED},          /* gửi 1500 thùng quà */
    {"three digits or more", has_three_digits, ENOUGH},        /* mật khẩu 1234 */
    {0},
};

static uint32_t read_identifier(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { LONGEST = 24 };
    struct groups g = parse_digit_groups(v, i, LONGEST);
    if (!evidence_is_enough(for_identifier, v, i, &g))
        return 0;
    token_begin(out, v, CLASS_digits, "number that names, by its cue", i, g.atoms);
    say_groups(out, v, i, g.atoms);
    token_end(out);
    note_end(v, CLASS_digits, i + g.atoms);
    return g.atoms;
}

/* ---- telephone numbers ---- */

/* A possible telephone number, with its bracket or plus sign. */
struct call {
    bool bracket, plus;
    uint32_t start; /* the first number */
    struct groups groups;
};

static bool is_bracket_without_code(const struct candidate *c)
{
    const struct call *call = c->parts;
    uint32_t after = call->start + 1;
    return call->bracket && !is_mark(c->v, after, ')') && !phone_joint_length(c->v, after);
}

/* 02-11-19-28-35-41: pairs of digits that go on where a telephone number would end. */
static bool is_row_of_pairs(const struct candidate *c)
{
    const struct call *call = c->parts;
    uint32_t end = call->start + call->groups.atoms;
    uint32_t next = end + phone_joint_length(c->v, end);
    return call->groups.digits == 2 * call->groups.count && digit_count(c->v, call->start) == 2 &&
           digit_count(c->v, next) == 2 && call->groups.count > 3;
}

static bool begins_with_zero(const struct candidate *c)
{
    const struct call *call = c->parts;
    return atom_written(c->v, call->start).p[0] == '0' && call->groups.digits > FEWEST_DIGITS &&
           call->groups.digits <= 12;
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
    const struct groups *g = &call->groups;
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
    const struct groups *g = &call->groups;
    return g->count > 1 && g->digits <= 9 && is_mark(c->v, call->start + 1, '.') &&
           digit_count(c->v, call->start + g->atoms - 1) == 3;
}

/* A number of seven digits of the land line, after a colon or a word that is only a label. No price
 * ends like this. */
static bool is_labelled_land_line(const struct candidate *c)
{
    const struct call *call = c->parts;
    const struct groups *g = &call->groups;
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

/* 080.43162: no number with decimals begins so. */
static bool is_government_line(const struct candidate *c)
{
    enum { FEWEST = 5 };
    const struct call *call = c->parts;
    uint32_t i = call->start;
    return digit_count(c->v, i) == 3 && atom_written(c->v, i).p[0] == '0' &&
           is_tight_mark(c->v, i + 1, '.') && call->groups.digits == 3 + FEWEST;
}

/* A number of the land line after another number to call, without its area code. */
static bool continues_land_lines(const struct candidate *c)
{
    const struct call *call = c->parts;
    const struct groups *g = &call->groups;
    return (g->digits == 7 || g->digits == 8) && continues_list(c);
}

static const struct evidence for_phone[] = {
    {"a bracket around no area code", is_bracket_without_code, EXCLUDED},   /* (2024) */
    {"a row of pairs", is_row_of_pairs, EXCLUDED},                          /* 02-11-19-28-35-41 */
    {"0 and nine to twelve digits", begins_with_zero, CERTAIN},             /* 0912.345.678 */
    {"+ and nine digits or more", begins_with_plus, CERTAIN},               /* +84 912 345 678 */
    {"84 in a bracket", has_country_code_in_bracket, CERTAIN},              /* (84-24) 3825 1234 */
    {"84, the area and the number", begins_with_country_code, CERTAIN},     /* 84-24-22105148 */
    {"a service number", is_service_call, CERTAIN},                         /* 1900 1234 */
    {"a bracket, or fewer than 7 digits", is_bracketed_or_short, EXCLUDED}, /* năm 1900 */
    {"it counts something", is_counted_call, EXCLUDED},              /* gọi 1.500 thanh niên */
    {"a land line after its label", is_labelled_land_line, CERTAIN}, /* điện thoại: 3.835.678 */
    {"a land line in a list", continues_land_lines, CERTAIN},        /* 3.9294.091, 3.9294.092 */
    {"an office with a number", is_labelled_office, CERTAIN},        /* Tel: Văn phòng: 3835678 */
    {"0, a stop and five digits", is_government_line, CERTAIN},      /* 080.43162 */
    {"thousands with full stops", has_thousands, EXCLUDED},          /* gọi 1.500.000 */
    {"a cue before it", has_phone_label, ENOUGH},                    /* điện thoại 3835678 */
    {0},
};

/* The groups of one number. A service number ends before the next one: 1900 1234 1800 ... */
static struct groups phone_groups(const struct view *v, uint32_t start, bool plus)
{
    uint32_t most = plus ? MOST_DIGITS : is_service_number(v, start) ? 10 : 12;
    if (!plus && atom_written(v, start).p[0] == '0')
        most = 11;
    return parse_digit_groups(v, start, most);
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

static bool is_dotted_road_number(const struct candidate *c)
{
    uint32_t after = after_label(c);
    return is_mark(c->v, c->i + 1, '.') && digit_count(c->v, after) == 3;
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
    struct groups g = parse_digit_groups(c->v, c->i + 1, MOST_DIGITS);
    return !atom_glued(c->v, c->i + 1) && (g.digits == 7 || g.digits == 8);
}

static const struct evidence for_label[] = {
    {"no word for a telephone", is_other_word, EXCLUDED},                /* TH 0912345678 */
    {"a bracket around words", opens_no_number, EXCLUDED},               /* ĐT (xem trang 3) */
    {"the number of a road", is_dotted_road_number, EXCLUDED},           /* ĐT.741 */
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
    say_groups(out, v, call->start, call->groups.atoms);
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
    uint32_t n = call.start == i ? read_dotted_fineness(out, v, i) : 0;
    n = n || call.start > i ? n : read_identifier(out, v, i);
    if (n)
        return n;
    call.groups = phone_groups(v, call.start, call.plus);
    if (call.groups.count && evidence_is_enough(for_phone, v, i, &call))
        return read_call(out, v, i, &call);
    return call.start == i ? read_short(out, v, i) : 0;
}
