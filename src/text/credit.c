#include "text/credit.h"

#include "text/full_stop.h"

enum { NAME_ATOMS = 5, PLACE_ATOMS = 5 };

static const struct atom_range none = {0, 0};

/* Whether the atoms first .. end - 1 are the name of an agency. */
static bool is_agency(const struct view *v, uint32_t first, uint32_t end)
{
    if (!is_word(v, first) || end - first > NAME_ATOMS)
        return false;
    const struct packed_table *lines = rules_table(v->rules, TABLE_BOILERPLATE);
    return packed_kinds(lines, atoms_lower(v, first, end - 1)) & MATCH_AGENCY;
}

/* Whether the atoms first .. end - 1 are the address of a newspaper, which a dash follows:
 * (Baonghean.vn) - */
static bool is_host(const struct view *v, uint32_t first, uint32_t end)
{
    for (uint32_t k = first + 1; k < end; k++)
        if (!atom_glued(v, k))
            return false;
    const struct packed_table *web = rules_table(v->rules, TABLE_WEB);
    return is_mark(v, end - 2, '.') && is_hyphen_or_dash(v, end + 1) &&
           (packed_kinds(web, atom_lower(v, end - 1)) & ADDRESS_TOP);
}

/* The atom after an agency's name in brackets at atom i; i if there is none. */
static uint32_t after_bracket(const struct view *v, uint32_t i)
{
    uint32_t close = is_mark(v, i, '(') ? next_mark(v, i, ')', NAME_ATOMS + 2) : i;
    if (close == i)
        return i;
    return is_agency(v, i + 1, close) || is_host(v, i + 1, close) ? close + 1 : i;
}

/* A dash with a space on one side at least. */
static bool is_dash_here(const struct view *v, uint32_t i)
{
    return is_hyphen_or_dash(v, i) && !(atom_glued(v, i) && atom_glued(v, i + 1));
}

/* TTO - Sáng nay. */
static uint32_t after_name_and_dash(const struct view *v, uint32_t i)
{
    for (uint32_t n = 1; n <= NAME_ATOMS; n++)
        if (is_dash_here(v, i + n) && is_agency(v, i, i + n))
            return i + n + 1;
    return i;
}

struct atom_range credit_at_start(const struct view *v)
{
    uint32_t begin = v->begin, end = after_bracket(v, begin);
    if (end > begin)
        return (struct atom_range){begin, end + is_hyphen_or_dash(v, end)};
    end = after_name_and_dash(v, begin);
    if (end > begin)
        return (struct atom_range){begin, end};
    /* Hà Nội (TTXVN) - Sáng nay: the place is read. */
    for (uint32_t i = begin + 1; i <= begin + PLACE_ATOMS && is_capitalized(v, i - 1); i++) {
        end = after_bracket(v, i);
        if (end > i && is_hyphen_or_dash(v, end))
            return (struct atom_range){i, end};
    }
    return none;
}

static bool ends_sentence(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '.') || is_mark(v, i, '?') || is_mark(v, i, '!') || is_ellipsis(v, i) ||
           is_closing_quote(v, i);
}

struct atom_range credit_at_end(const struct view *v)
{
    uint32_t end = v->end;
    while (is_mark(v, end - 1, '.'))
        end--;
    uint32_t last = is_mark(v, end - 1, ')') ? end - 1 : end;
    for (uint32_t n = 1; n <= NAME_ATOMS; n++) {
        uint32_t first = last - n;
        bool begins = !atom_glued(v, first) || is_mark(v, first - 1, '(');
        if (!begins || !is_agency(v, first, last))
            continue;
        first -= word_is(v, first - 1, "theo");
        first -= last < end && is_mark(v, first - 1, '(');
        if (ends_sentence(v, first - 1))
            return (struct atom_range){first, v->end};
    }
    return none;
}

/* ---- where a credit ends ---- */

enum { CREDIT_ATOMS = 12, LEAST_AFTER = 4 };

static bool is_credit_word(const struct view *v, uint32_t i)
{
    return is_word(v, i) && (kinds_in_lower(v, i) & STOP_CREDIT);
}

/* What may be inside the name of an account or between two names: X/Gabriel Noronha, @kamza9x. */
static bool is_name_joint(const struct view *v, uint32_t i)
{
    return is_mark(v, i, '/') || is_mark(v, i, '@') || is_mark(v, i, '&') || is_mark(v, i, '_') ||
           is_tight_mark(v, i, '.') || is_hyphen_or_dash(v, i);
}

static bool is_small_word(const struct view *v, uint32_t i)
{
    return is_syllable(v, i) && !is_capitalized(v, i) && !is_credit_word(v, i);
}

/* Whether a sentence begins at the capitalised syllable or number `k` after the names from atom
 * `first` on: after a forgotten space, by a word that begins sentences, after a foreign name
 * ("Reuters Cảnh sát"), after "cung cấp", or where the name would have too many syllables ("Huy
 * Mạnh Khoảng 10h"). `run`: capitalised syllables in a row right before it. */
static bool begins_after_credit(const struct view *v, uint32_t k, uint32_t run, bool plain)
{
    enum { GIVEN_AND_FAMILY = 2 };
    bool number = is_number(v, k), next = is_small_word(v, k + 1);
    if (!is_word(v, k - 1) || atom_glued(v, k) || atom_glued(v, k + 1) ||
        !atom_exists(v, k + LEAST_AFTER))
        return false;
    bool foreign = !is_syllable(v, k - 1) || is_upper(v, k - 1);
    if (number)
        return foreign && next;
    if (!is_capitalized(v, k) || is_upper(v, k))
        return false;
    bool supplied = is_credit_word(v, k - 1) && (plain || is_credit_word(v, k - 2));
    if (atom_has(atom_at(v, k), ATOM_BREAK) || supplied)
        return true;
    if (!is_syllable(v, k))
        return false;
    /* Media Quốc hội Trong nghị quyết: the name goes on before a better place. */
    bool goes_on = kinds_of_next(v, k + 2) & STOP_START && is_capitalized(v, k + 2);
    if ((kinds_of_next(v, k) & STOP_START) && is_capitalized(v, k - 1))
        return !goes_on;
    next = next || is_number(v, k + 1);
    return next && (foreign || (plain && run >= GIVEN_AND_FAMILY));
}

/* Ảnh: Reuters "Chúng tôi sẽ …": a quotation of some words at atom k, behind a name. */
static bool quotes_after_credit(const struct view *v, uint32_t k)
{
    enum { FEW = 4 };
    uint32_t closing = is_mark(v, k, '"') ? '"' : 0x201D;
    return is_opening_quote(v, k) && !atom_glued(v, k) && atom_glued(v, k + 1) &&
           is_capitalized(v, k + 1) && is_capitalized(v, k - 1) &&
           atom_exists(v, k + LEAST_AFTER) && next_mark(v, k, closing, FEW) == k;
}

/* (Ảnh: Minh Anh) Sáng nay: where the sentence begins after the bracket at atom `open`, which
 * stands after a sentence or before a word that begins one; `open` if none begins. */
static uint32_t after_bracketed_credit(const struct view *v, uint32_t open)
{
    uint32_t close = next_mark(v, open, ')', CREDIT_ATOMS), next = close + 1;
    bool begins = close > open && is_capitalized(v, next) && is_syllable(v, next) &&
                  (!is_word(v, open - 1) || (kinds_of_next(v, next) & STOP_START));
    return begins && atom_exists(v, next + LEAST_AFTER) ? next : open;
}

uint32_t credit_line_end(const struct view *v, uint32_t colon)
{
    enum { MOST_BEFORE = 3 };
    uint32_t run = 0;
    bool capitals = true;
    if (v->block == BLOCK_TITLE || v->block == BLOCK_HEADING || !is_credit_word(v, colon - 1))
        return colon;
    uint32_t open = colon - 1;
    while (colon - open < MOST_BEFORE && is_word(v, open))
        open--;
    if (is_mark(v, open, '(')) {
        uint32_t next = after_bracketed_credit(v, open);
        return next > open ? next : colon;
    }
    for (uint32_t k = colon + 1; k <= colon + CREDIT_ATOMS && atom_exists(v, k); k++) {
        if (k > colon + 1 &&
            (begins_after_credit(v, k, run, capitals) || quotes_after_credit(v, k)))
            return k;
        bool name = is_capitalized(v, k);
        if (!name && !is_word(v, k) && !is_number(v, k) && !is_name_joint(v, k))
            return colon;
        run = name && is_syllable(v, k) && !is_upper(v, k) ? run + 1 : 0;
        capitals = capitals && !is_small_word(v, k);
    }
    return colon;
}
