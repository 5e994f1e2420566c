/* Scores, if the sentence has a cue for a match: 3-2, 2 - 0, sets 25-23 and 6/4, 2:1. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { HIGHEST_SCORE = 199, HIGHEST_GOALS = 15 };

struct pair {
    int32_t home, away;
    bool ok;
};

/* The dash of 3 -0: a match has no minus. */
static bool is_dash_of_digits(const struct view *v, uint32_t i)
{
    return is_dash(v, i) && atom_glued(v, i + 1) && digit_count(v, i - 1) == 1 &&
           digit_count(v, i + 1) == 1 && cue_in_sentence(v, CUE_SCORE);
}

/* 3-2, or with a colon 3:2. */
static struct pair pair_at(const struct view *v, uint32_t i)
{
    struct pair p = {small_number(v, i), small_number(v, i + 2), false};
    bool tie =
        is_range_dash(v, i + 1) || is_inner_mark(v, i + 1, ':') || is_dash_of_digits(v, i + 1);
    p.ok = tie && p.home >= 0 && p.away >= 0 && digit_count(v, i) <= 3 &&
           digit_count(v, i + 2) <= 3 && p.home <= HIGHEST_SCORE && p.away <= HIGHEST_SCORE &&
           !(atom_glued(v, i) && is_word(v, i - 1));
    return p;
}

/* 25/22, 19/25, 15/13: a set of volleyball or badminton. */
static bool is_rally_set_at(const struct view *v, uint32_t i)
{
    enum { SHORT_SET = 11, LONG_SET = 30 };
    int32_t a = small_number(v, i), b = small_number(v, i + 2);
    int32_t more = a > b ? a : b, less = a > b ? b : a;
    return is_inner_mark(v, i + 1, '/') && !is_glued_on(v, i + 3) && !is_mark(v, i + 3, '/') &&
           more >= SHORT_SET && more <= LONG_SET && less >= 0 && more >= less + 2;
}

/* Two single digits with a stroke between them: 6/4. */
static bool is_pair_of_digits(const struct view *v, uint32_t i)
{
    return is_inner_mark(v, i + 1, '/') && digit_count(v, i) == 1 && digit_count(v, i + 2) == 1 &&
           !is_glued_on(v, i + 3) && !is_inner_mark(v, i + 3, '/');
}

/* Six games, or seven against five or six. */
static bool is_set_at(const struct view *v, uint32_t i)
{
    enum { GAMES = 6 };
    int32_t a = small_number(v, i), b = small_number(v, i + 2);
    int32_t more = a > b ? a : b, less = a > b ? b : a;
    if (!is_pair_of_digits(v, i))
        return false;
    return (more == GAMES && less < GAMES - 1) || (more == GAMES + 1 && less >= GAMES - 1);
}

/* thắng dễ dàng 6/1, dẫn trước 3/0: shortly before it is a word that only a match has. 7/5 is a
 * feast: chiến thắng 7/5. */
static bool follows_result(const struct view *v, uint32_t i)
{
    enum { WORDS = 3 };
    bool pair =
        is_pair_of_digits(v, i) && !is_mark(v, i + 3, '/') && !cue_after(v, i + 3, CUE_COUNTED);
    for (uint32_t k = 1; k <= WORDS && pair && is_word(v, i - k); k++) {
        if (near_after(v, i - k, NEAR_RESULT))
            return !(rules_cues(v->rules, atoms_lower(v, i, i + 2)) & CUE_HOLIDAY);
        if (rules_cues(v->rules, atom_lower(v, i - k)) & (CUE_DATE | CUE_DATE_WEAK) &&
            !word_is(v, i - k, "trước"))
            return false;
    }
    return false;
}

/* The number of atoms of a tie-break in brackets after the set at atom i: 7-6(3), 6/7 (5), 7-6
 * (7-3), 7-6 (8/6); 0 if there is none. */
static uint32_t tie_break_length(const struct view *v, uint32_t i)
{
    enum { GAMES = 6, POINTS = 7, SINGLE = 3, PAIR = 5 };
    int32_t a = small_number(v, i), b = small_number(v, i + 2);
    uint32_t first = i + 4, joint = first + 1;
    if (a + b != 2 * GAMES + 1 || (a != GAMES && b != GAMES) || !is_mark(v, first - 1, '(') ||
        !is_number(v, first))
        return 0;
    if (is_mark(v, joint, ')'))
        return SINGLE;
    int32_t won = small_number(v, first), lost = small_number(v, joint + 1);
    int32_t more = won > lost ? won : lost, less = won > lost ? lost : won;
    bool joined = is_inner_mark(v, joint, '/') || is_range_dash(v, joint);
    return joined && more >= POINTS && less >= 0 && more >= less + 2 && is_mark(v, joint + 2, ')')
               ? PAIR
               : 0;
}

/* The atom after a set, its tie-break in brackets and the mark that joins the next: 6/7 (5), 6/2.
 */
static uint32_t after_set(const struct view *v, uint32_t i)
{
    uint32_t next = i + 3 + tie_break_length(v, i);
    return next + is_joint(v, next, ",;", CUE_AND);
}

/* dẫn từ 2/0, rồi 4/2: no fraction has nothing below its stroke, and the next pair of such a
 * score is none, too. */
static bool is_stroke_to_nil(const struct view *v, uint32_t i)
{
    uint32_t before = i - 4 - (word_is(v, i - 1, "rồi") && is_mark(v, i - 2, ','));
    if (!is_tight_mark(v, i + 1, '/') || digit_count(v, i) > 1 || digit_count(v, i + 2) != 1 ||
        is_glued_on(v, i + 3) || !cue_in_sentence(v, CUE_SCORE))
        return false;
    bool nil = sv_is(atom_written(v, i + 2), "0");
    bool next = word_is(v, i - 1, "rồi") && is_tight_mark(v, before + 1, '/') &&
                sv_is(atom_written(v, before + 2), "0");
    return nil || next;
}

bool is_stroke_score(const struct view *v, uint32_t i)
{
    if (is_stroke_to_nil(v, i))
        return true;
    bool tie_break = is_pair_of_digits(v, i) && tie_break_length(v, i);
    if (follows_result(v, i) || (tie_break && !cue_before(v, i, CUE_DATE | CUE_DATE_WEAK)))
        return true;
    bool rally = is_rally_set_at(v, i);
    bool named = is_number(v, i - 2) && near_before(v, i - 2, NEAR_SET); /* set 3: 15/13 */
    if (rally && named && is_mark(v, i - 1, ':'))
        return true;
    if (!rally && !is_set_at(v, i))
        return false;
    uint32_t next = after_set(v, i), before = i - 1;
    before -= is_joint(v, before, ",;", CUE_AND);
    if (last_ended_at(v, CLASS_score, before + 1))
        return true;
    /* Of rallies the list has at least one that is no day and month. */
    return cue_in_sentence(v, CUE_SCORE) &&
           (rally ? is_rally_set_at(v, next) || is_rally_set_at(v, before - 2)
                  : is_set_at(v, next) || is_set_at(v, before - 2));
}

/* The pair continues as something else: 4-3-3, 3-2,5, 2-3/5. */
static bool score_goes_on(const struct view *v, uint32_t i)
{
    if (!atom_glued(v, i)) /* 5 - 12 - 23 */
        return is_range_dash(v, i) && is_number(v, i + 1);
    if (is_word(v, i) || is_number(v, i))
        return true;
    bool tie = is_dash(v, i) || is_mark(v, i, ',') || is_mark(v, i, '/') || is_mark(v, i, '.') ||
               is_mark(v, i, ':');
    return tie && is_number(v, i + 1) && atom_glued(v, i + 1);
}

/* A quantity: 2-3 triệu, 2-3%, 2-3 bàn. A falling pair counts nothing: thắng 2-1 đội khách. */
static bool is_quantity_after_score(const struct view *v, uint32_t i, bool rises)
{
    struct unit u;
    bool only = word_is(v, i, "chỉ"), first = word_is(v, i, "đầu"); /* đầu is counted, too */
    if ((only || first) && cue_after(v, only ? i + 1 : i, CUE_SCORE_OPEN))
        return false; /* thua 1-6 chỉ sau 59 phút, dẫn 0-2 đầu set 2 */
    if (unit_parse(v, i, &u) || word_is_kind(v, i, UNIT_SCALE) || is_mark(v, i, '/'))
        return true;
    return rises && (unit_parse_below(v, i, &u) || cue_after(v, i, CUE_COUNTED));
}

/* No word follows that could be counted. */
static bool is_open(const struct view *v, uint32_t i)
{
    return !is_word(v, i) || is_capitalized(v, i) ||
           cue_after(v, i, CUE_DATE_OPEN | CUE_SCORE_OPEN);
}

/* Schalke 04, Việt Nam U23: the number of a club or team ends the name before atom i. */
static bool is_number_of_team(const struct view *v, uint32_t i)
{
    uint32_t name = i - 2;
    if (!digit_count(v, i - 1) || digit_count(v, i - 1) > 4 || !is_capitalized(v, name))
        return false;
    return atom_glued(v, i - 1) ? word_is(v, name, "u") : !is_syllable(v, name);
}

/* Hà Nội 2-1 Hải Phòng: a pair between two names needs no cue. */
static bool is_between_names(const struct view *v, uint32_t i, const struct pair *p)
{
    return p->home <= HIGHEST_GOALS && p->away <= HIGHEST_GOALS &&
           (is_capitalized(v, i - 1) || is_number_of_team(v, i)) && is_capitalized(v, i + 3) &&
           !is_mark(v, i + 1, ':');
}

/* Real Madrid - Barca 2 - 1, Hà Nội - HAGL: 3 - 0: two names with a dash between them are before
 * it, and it ends the clause. */
static bool is_behind_names(const struct view *v, uint32_t i, const struct pair *p)
{
    enum { MOST_WORDS = 4 };
    uint32_t k = i - 1 - is_mark(v, i - 1, ':'), last = k;
    if (p->home > HIGHEST_GOALS || p->away > HIGHEST_GOALS || is_word(v, i + 3) ||
        is_number(v, i + 3))
        return false;
    while (last - k < MOST_WORDS && is_capitalized(v, k))
        k--;
    return k < last && is_hyphen_or_dash(v, k) && !atom_glued(v, k) && is_capitalized(v, k - 1);
}

/* 3-6, 4-6 chóng vánh: a list of sets goes on. */
static bool follows_score(const struct view *v, uint32_t i)
{
    return is_joint(v, i - 1, ",", CUE_AND) && last_ended_at(v, CLASS_score, i - 1);
}

/* 25-23, 22-25: beside a pair that falls, in a list, this one is no range. */
static bool is_listed_with_falling(const struct view *v, uint32_t i)
{
    struct pair next = is_mark(v, i + 3, ',') ? pair_at(v, i + 4) : (struct pair){0};
    struct pair before = is_mark(v, i - 1, ',') ? pair_at(v, i - 4) : (struct pair){0};
    return (next.ok && next.home > next.away) || (before.ok && before.home > before.away);
}

/* Tôn Đức Thắng 146-148 Tôn Đức Thắng, điểm Tiếng Anh là 120-130: high numbers that rise are seldom
 * a score, and never where a street or "là" is beside them. */
static bool is_house_or_mark(const struct view *v, uint32_t i, const struct pair *p)
{
    enum { HIGH = 30 };
    return p->home > HIGH && p->home < p->away &&
           (word_is(v, i - 1, "là") || is_capitalized(v, i + 3));
}

static bool is_score(const struct view *v, uint32_t i, const struct pair *p)
{
    if (score_goes_on(v, i + 3) || is_quantity_after_score(v, i + 3, p->home < p->away) ||
        word_is(v, i - 1, "từ"))
        return false;
    bool set = tie_break_length(v, i) || follows_score(v, i);
    if (set || is_between_names(v, i, p) || is_behind_names(v, i, p) ||
        is_listed_with_falling(v, i))
        return true;
    if (!cue_in_sentence(v, CUE_SCORE))
        return false;
    if (is_house_or_mark(v, i, p))
        return false;
    /* A falling pair cannot be a range. A rising one may be: "2-3 cầu thủ". */
    return p->home >= p->away || cue_before(v, i, CUE_SCORE) || is_open(v, i + 3) ||
           follows_score(v, i);
}

/* 10-6, 100-98: without a pause these would be heard as sixteen and a hundred and ninety-eight. */
static bool needs_pause(const struct pair *p)
{
    enum { TEN = 10, HUNDRED = 100 };
    return p->home &&
           ((p->home % TEN == 0 && p->away < TEN) || (p->home % HUNDRED == 0 && p->away < HUNDRED));
}

/* Says the numbers in brackets after a set of seven games. */
static void say_tie_break(struct utterance *out, const struct view *v, uint32_t open)
{
    say_pause(out, ',');
    say(out, "loạt tai bơ rếch");
    say_number_atom(out, v, open + 1);
    if (!is_mark(v, open + 2, ')'))
        say_number_atom(out, v, open + 3);
}

uint32_t read_score(struct utterance *out, const struct view *v, uint32_t i)
{
    struct pair p = pair_at(v, i);
    if ((!p.ok || !is_score(v, i, &p)) && !is_stroke_score(v, i))
        return 0;
    uint32_t tie_break = tie_break_length(v, i), n = 3 + tie_break;
    token_begin(out, v, CLASS_score, "score, by a cue in the sentence", i, n);
    say_cardinal(out, (uint64_t)p.home);
    if (needs_pause(&p))
        say_pause(out, ',');
    say_cardinal(out, (uint64_t)p.away);
    if (tie_break)
        say_tie_break(out, v, i + 3);
    token_end(out);
    if (tie_break)
        pause_before_words(out, v, i + n);
    note_end(v, CLASS_score, i + n);
    v->notes->article[CLASS_score] = true; /* so minutes are those of a match */
    return n;
}
