#include "text/classes/unmarked_name.h"

#include "text/full_stop.h"

enum { MOST_WORDS = 4 };

/* The words of a name: atoms first to last. */
struct name_run {
    uint32_t first, last;
};

/* A capitalised word without marks that may be in such a name; all or none of its words are in
 * capitals: NGUYEN VAN NAM. */
static bool is_part(const struct view *v, uint32_t i)
{
    return is_word(v, i) && atom_has(atom_at(v, i), ATOM_PLAIN | ATOM_CAPITAL);
}

static bool is_same_case(const struct view *v, uint32_t i, uint32_t k)
{
    return is_one_letter(v, k) || is_upper(v, i) == is_upper(v, k);
}

static bool goes_on(const struct view *v, uint32_t i)
{
    return is_part(v, i) && !atom_glued(v, i);
}

static struct name_run run_around(const struct view *v, uint32_t i)
{
    struct name_run run = {i, i};
    while (i - run.first < MOST_WORDS && !atom_glued(v, run.first) && is_part(v, run.first - 1) &&
           is_same_case(v, i, run.first - 1))
        run.first--;
    while (run.last - i < MOST_WORDS && goes_on(v, run.last + 1) &&
           is_same_case(v, i, run.last + 1))
        run.last++;
    return run;
}

/* The first row of the word that is of one of the kinds. */
static const struct row *row_of(const struct view *v, uint32_t i, uint32_t kinds)
{
    const struct row *row = rules_find(v->rules, TABLE_UNMARKED_NAMES, atom_lower(v, i));
    while (row && !(row_kinds(row) & kinds))
        row = row_next(row);
    return row;
}

static bool are_names(const struct view *v, uint32_t first, uint32_t last)
{
    for (uint32_t k = first; k <= last; k++)
        /* Nguyen Van A */
        if (!row_of(v, k, UNMARKED_GIVEN | UNMARKED_MIDDLE) &&
            !(is_one_letter(v, k) && k == last && k > first))
            return false;
    return true;
}

/* Whether a name begins with the surname at atom `at` and goes on to the end of the run: Tran Van
 * Nam, Ho Thi Lan, Hoang Duc; Hoang Long may be no name without its marks. */
static bool begins_name(const struct view *v, uint32_t at, uint32_t last)
{
    const struct row *row = row_of(v, at, UNMARKED_SURE | UNMARKED_SURNAME | UNMARKED_WEAK);
    if (!row || at == last || !are_names(v, at + 1, last))
        return false;
    bool middle = at + 2 <= last && row_of(v, at + 1, UNMARKED_MIDDLE);
    bool sure = row_kinds(row) & UNMARKED_SURE;
    bool surname = row_kinds(row) & UNMARKED_SURNAME;
    return sure || middle || (surname && (at + 2 <= last || !is_syllable(v, last)));
}

/* Mai Trinh: the word is a given name as it is written, too. */
static bool is_given_as_written(const struct view *v, uint32_t i)
{
    const struct row *row = row_of(v, i, UNMARKED_GIVEN);
    return row && sv_eq(row_text(row, UNMARKED_NAMES_SPOKEN), atom_lower(v, i));
}

/* Whether the run ends with a surname that belongs to the name before it: Kevin Tran, Tuan Le. */
static bool ends_with_surname(const struct view *v, const struct name_run *run)
{
    uint32_t given = run->last - 1;
    bool credit = is_mark(v, run->first - 1, ':'); /* Ảnh: Reuters Do mưa lớn */
    if (given == run->first && !is_syllable(v, given) && !credit &&
        row_of(v, run->last, UNMARKED_LAST))
        return true;
    return run->last > run->first && row_of(v, run->last, UNMARKED_SURE | UNMARKED_SURNAME) &&
           (!is_syllable(v, given) ||
            (row_of(v, given, UNMARKED_GIVEN) && !is_given_as_written(v, run->last)));
}

/* Cuong Tran Studio: what comes after a sure surname that has a name before it is no part of it,
 * unless it is a name. */
static void cut_behind_surname(const struct view *v, uint32_t i, struct name_run *run)
{
    for (uint32_t k = i > run->first ? i : run->first + 1; k < run->last; k++)
        if (row_of(v, k, UNMARKED_SURE) && !are_names(v, k + 1, k + 1))
            run->last = k;
}

/* "ông Tran nói": a sure surname by itself after a word with marks or in small letters, or one that
 * is no syllable as it is (Nguyen). */
static bool is_lone_surname(const struct view *v, uint32_t i)
{
    if (is_upper(v, i))
        return false;
    /* Ngọc Tran is a name with its marks; Ông Tran begins a sentence. */
    bool name = is_capitalized(v, i - 1) && !(kinds_in_lower(v, i - 1) & STOP_PERSON);
    bool behind = is_syllable(v, i - 1) && !name && !atom_glued(v, i);
    return !goes_on(v, i + 1) && (behind || !is_syllable(v, i)) && row_of(v, i, UNMARKED_SURE) &&
           !(is_part(v, i - 1) && !atom_glued(v, i));
}

static struct sv reading(const struct view *v, uint32_t i, uint32_t kinds)
{
    const struct row *row = row_of(v, i, kinds);
    return row ? row_text(row, UNMARKED_NAMES_SPOKEN) : SV("");
}

/* The reading in the run of words that the word is in. */
static struct sv reading_in_run(const struct view *v, uint32_t i)
{
    const uint32_t surname = UNMARKED_SURE | UNMARKED_SURNAME | UNMARKED_LAST;
    struct name_run run = run_around(v, i);
    cut_behind_surname(v, i, &run);
    /* Van is văn in the middle of a name, vân at its end. */
    uint32_t name = UNMARKED_GIVEN | (i < run.last ? UNMARKED_MIDDLE : 0);
    for (uint32_t at = run.first; at <= i; at++)
        if (begins_name(v, at, run.last))
            return reading(v, i, at == i ? surname | UNMARKED_WEAK : name);
    if (!ends_with_surname(v, &run))
        return SV("");
    bool named = i == run.last || are_names(v, i, run.last - 1);
    return named ? reading(v, i, i == run.last ? surname : name) : SV("");
}

/* của Leo: a capital inside a sentence. "Leo núi" is a sport. (Theo begins what a paper says: the
 * people of that name have rows of their own in loanwords.tsv.) */
static bool is_foreign_name(const struct view *v, uint32_t i)
{
    if (is_upper(v, i) || atom_glued(v, i) || !row_of(v, i, UNMARKED_FOREIGN))
        return false;
    bool name = is_foreign_name_part(v, i + 1);
    bool inside = is_word(v, i - 1) && !is_capitalized(v, i - 1);
    if (name)
        return (inside || is_mark(v, i - 1, ',')) && !near_after(v, i + 1, NEAR_NO_PLACE);
    return inside && !cue_after(v, i + 1, CUE_CLIMBED);
}

struct sv unmarked_name(const struct view *v, uint32_t i)
{
    if (!is_part(v, i) || !rules_find(v->rules, TABLE_UNMARKED_NAMES, atom_lower(v, i)))
        return SV("");
    if (is_foreign_name(v, i))
        return reading(v, i, UNMARKED_FOREIGN);
    if (is_lone_surname(v, i))
        return reading(v, i, UNMARKED_SURE);
    bool beside = goes_on(v, i + 1) || (!atom_glued(v, i) && is_part(v, i - 1));
    return beside ? reading_in_run(v, i) : SV("");
}
