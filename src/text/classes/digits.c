/*
 * Numbers that name an account, a person, a ticket ...: read digit by digit. Mã số 12345, vàng
 * 9999.
 */
#include "text/classes/class.h"
#include "text/classes/digit_groups.h"
#include "text/classes/evidence.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

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

/* FT25072760181: letters are glued to a number that nobody would count; VN30F2503: to two. */
static bool is_tied_to_letters(const struct view *v, uint32_t i)
{
    enum { FEWEST = 6, FEWEST_AFTER_NUMBER = 4 };
    if (!digit_count(v, i) || !atom_glued(v, i) || !is_word(v, i - 1))
        return false;
    bool number = is_number(v, i - 2) && atom_glued(v, i - 1) && is_upper(v, i - 1);
    return digit_count(v, i) >= (number ? FEWEST_AFTER_NUMBER : FEWEST);
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
    bool low = near_before(v, prize + 1, NEAR_LOW_PRIZE);
    bool length = digit_count(v, i) >= (low ? 3 : fewest) && digit_count(v, i) <= MOST;
    bool end = !is_word(v, i + 1) || word_is(v, i + 1, "trị");
    /* mùa giải năm 2016: a year, unless other numbers have won in the sentence */
    bool year = low && fewest == FEWEST && small_number(v, i) >= 1900 && small_number(v, i) <= 2100;
    if (!length || !end || !is_word(v, prize) || year)
        return false;
    if (sv_is(atom_written(v, prize), "ĐB") || phrase_is(v, prize - 1, "đặc biệt"))
        return true;
    uint32_t near = phrase_is(v, prize - 1, "chữ số") ? FAR : 3;
    for (uint32_t k = 1; k < near; k++)
        if (word_is(v, prize - k, "giải"))
            return true;
    return false;
}

/* nhẫn 999.9, vàng 999,9: the same with a mark. */
static uint32_t read_dotted_fineness(struct utterance *out, const struct view *v, uint32_t i)
{
    if (!sv_is(atom_written(v, i), "999") ||
        !(is_tight_mark(v, i + 1, '.') || is_tight_mark(v, i + 1, ',')) ||
        !sv_is(atom_written(v, i + 2), "9") || is_glued_on(v, i + 3) ||
        !cue_before(v, i, CUE_FINENESS))
        return 0;
    token_begin(out, v, CLASS_digits, "fineness of gold", i, 3);
    say_digits(out, SV("9999"));
    token_end(out);
    note_end(v, CLASS_digits, i + 3);
    return 3;
}

/* TK 19031234567: a number behind it that is long; TK 19 is a century. */
static bool is_account(const struct view *v, uint32_t i)
{
    enum { FEWEST = 6 };
    return digit_count(v, i) >= FEWEST && word_is(v, i - 1 - is_mark(v, i - 1, ':'), "tk");
}

/* 318146.170325.112901: the code of a transfer from bank to bank; no thousands have six digits. */
static bool is_transfer(const struct view *v, uint32_t i)
{
    enum { GROUP = 6 };
    return digit_count(v, i) == GROUP && is_tight_mark(v, i + 1, '.') &&
           digit_count(v, i + 2) == GROUP;
}

/* 0914 xxx 789: what is behind the hidden part of a number. */
static bool is_behind_hidden_part(const struct view *v, uint32_t i)
{
    struct sv word = atom_lower(v, i - 1);
    for (size_t k = 0; k < word.n; k++)
        if (word.p[k] != 'x')
            return false;
    return word.n > 1 && is_word(v, i - 1) && is_number(v, i - 2);
}

/* 7102205025xxx: a number of which a part is hidden. */
static bool has_hidden_end(const struct view *v, uint32_t i)
{
    enum { FEWEST = 6 };
    struct sv word = atom_lower(v, i + 1);
    return digit_count(v, i) >= FEWEST && is_glued_on(v, i + 1) && sv_starts(word, SV("xx"));
}

/* Bạch Mã 312,4mm, sông Mã 186 mm: the name of a place before a quantity. */
static bool follows_place(const struct candidate *c)
{
    uint32_t before = c->i - 1;
    struct numeral number;
    struct unit u;
    return word_is(c->v, before, "mã") && is_capitalized(c->v, before) && before > c->v->begin &&
           numeral_parse(c->v, c->i, &number) && unit_parse(c->v, c->i + number.atoms, &u);
}

static bool is_unnamed(const struct candidate *c)
{
    return !continues_identifiers(c->v, c->i) && !cue_before(c->v, c->i, CUE_DIGITS) &&
           !is_fineness(c->v, c->i) && !has_far_cue(c->v, c->i) &&
           !is_tied_to_letters(c->v, c->i) && !is_winning_number(c->v, c->i) &&
           !is_account(c->v, c->i) && !is_transfer(c->v, c->i) &&
           !is_behind_hidden_part(c->v, c->i) && !has_hidden_end(c->v, c->i);
}

static bool has_stroke_after(const struct candidate *c)
{
    return is_mark(c->v, c->i + 1, '/');
}

static bool counts_at_its_end(const struct candidate *c)
{
    const struct digit_groups *g = c->parts;
    if (has_hidden_end(c->v, c->i + g->atoms - 1))
        return false;
    return is_quantity(c->v, c->i + g->atoms - 1);
}

static bool has_three_digits(const struct candidate *c)
{
    const struct digit_groups *g = c->parts;
    return g->digits >= 3;
}

/* A short number that messages are sent to is written without marks: what has them is an amount. */
static bool is_sent(const struct candidate *c)
{
    const struct digit_groups *g = c->parts;
    return g->atoms > 1 && cue_before(c->v, c->i, CUE_SENT);
}

static bool sends_things(const struct candidate *c)
{
    return word_is(c->v, c->i - 1, "gửi") && is_before_things(c->v, c->i);
}

static const struct evidence for_identifier[] = {
    {"no cue before it", is_unnamed, EXCLUDED},                /* 1.900.123 đồng */
    {"the name of a place", follows_place, EXCLUDED},          /* sông Mã 186 mm */
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
    /* gửi 5656 (200đ/tin): what is in brackets is no part of the number. */
    bool bracket = is_mark(v, i + 1, '(') && cue_before(v, i, CUE_SENT);
    struct digit_groups g = digit_groups_parse(v, i, bracket ? digit_count(v, i) : LONGEST);
    if (!evidence_is_enough(for_identifier, v, i, &g))
        return 0;
    token_begin(out, v, CLASS_digits, "number that names, by its cue", i, g.atoms);
    say_digit_groups(out, v, i, g.atoms);
    token_end(out);
    if (is_mark(v, i + g.atoms, '.') && is_glued_on(v, i + g.atoms + 1))
        say_pause(out, ','); /* 112901.Nguyen */
    note_end(v, CLASS_digits, i + g.atoms);
    return g.atoms;
}

uint32_t read_digits(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_dotted_fineness(out, v, i);
    return n ? n : read_identifier(out, v, i);
}
