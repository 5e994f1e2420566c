/*
 * Versions of one product, no fractions: Windows 7/8, Windows XP/7/8.1, Server 2008/2012, Office
 * 2007/2010/2013.
 */
#include "text/classes/name_forms.h"
#include "text/classes/numeral.h"
#include "text/classes/unit.h"

enum { MOST_VERSIONS = 6, MANY = 3, FIRST_YEAR = 1990, LAST_YEAR = 2100 };

struct versions {
    uint32_t n, end;
    bool dots, rising; /* one of them has a dot; each is above the last */
    bool years;        /* all are years, and no season: 2019/2020 */
};

static bool is_version_year(int32_t value)
{
    return value >= FIRST_YEAR && value <= LAST_YEAR;
}

/* The atoms of 8 or 8.1 at atom i; 0 for others. */
static uint32_t one_version(const struct view *v, uint32_t i)
{
    if (small_number(v, i) < 0 || digit_count(v, i) > 4)
        return 0;
    return is_inner_mark(v, i + 1, '.') && digit_count(v, i + 2) == 1 ? 3 : 1;
}

static bool parse_versions(const struct view *v, uint32_t i, struct versions *s)
{
    int32_t last = -1;
    *s = (struct versions){.end = i, .years = true, .rising = true};
    for (uint32_t n; s->n < MOST_VERSIONS && (n = one_version(v, s->end)) > 0; s->end++) {
        int32_t value = small_number(v, s->end);
        s->n++;
        s->dots |= n > 1;
        s->years &= n == 1 && is_version_year(value) && value != last + 1;
        s->rising &= value > last || n > 1;
        last = value;
        s->end += n;
        if (!is_tight_mark(v, s->end, '/'))
            break;
    }
    return s->n > 1 && !is_glued_on(v, s->end) && !is_mark(v, s->end, '/');
}

/* Windows, iOS: a word that Vietnamese does not have. */
static bool is_product(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    return is_word(v, i) && (a->flags & (ATOM_CAPITAL | ATOM_MIXED)) && !is_syllable(v, i) &&
           !is_upper(v, i);
}

/* XP/7/8: the versions go on from a name that is one of them. */
static bool goes_on_from_name(const struct view *v, uint32_t i)
{
    return is_tight_mark(v, i - 1, '/') && is_upper(v, i - 2) && is_product(v, i - 3);
}

static bool are_versions(const struct view *v, uint32_t i, const struct versions *s)
{
    struct unit u;
    if (s->n < MANY && unit_parse(v, s->end, &u))
        return false;
    if (goes_on_from_name(v, i))
        return true;
    if (!is_product(v, i - 1) || atom_glued(v, i))
        return false;
    return s->years || s->dots || (s->rising && (s->n >= MANY || cue_before(v, i, CUE_VERSION)));
}

uint32_t read_version_list(struct utterance *out, const struct view *v, uint32_t i)
{
    struct versions s;
    if (!parse_versions(v, i, &s) || !are_versions(v, i, &s))
        return 0;
    token_begin(out, v, CLASS_version, N_("versions in turn"), i, s.end - i);
    for (uint32_t k = i, n; k < s.end; k += n + 1) {
        n = one_version(v, k);
        say_number_atom(out, v, k);
        if (n > 1) {
            say(out, "chấm");
            say_number_atom(out, v, k + 2);
        }
        if (k + n < s.end)
            say_pause(out, ',');
    }
    token_end(out);
    return s.end - i;
}
