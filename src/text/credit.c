#include "text/credit.h"

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
