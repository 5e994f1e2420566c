#include "text/breath.h"

#include "text/full_stop.h"

enum {
    LONG_SENTENCE = 40, /* words, above which a sentence gets breaths */
    STRETCH = 12,       /* least number of words between a breath and any other pause */
    WINDOW = 24,        /* words to look ahead for a better place */
    WEAK_STRETCH = 16,  /* the same as STRETCH, before a word that often joins only words */
    PHRASE = 4,         /* most words in a row of the table */
};

/* About how many words an atom sounds like. */
static unsigned weight(const struct atom *a)
{
    enum { MOST = 5 };
    unsigned long_form = a->text.len < MOST ? a->text.len : MOST;
    switch (a->kind) {
    case ATOM_WORD:
        return (a->flags & ATOM_UPPER) && !(a->flags & ATOM_LEGAL) ? long_form : 1;
    case ATOM_NUMBER:
        return long_form;
    default:
        return 0;
    }
}

/* Punctuation that gives a pause anyway, unless it is inside a number or abbreviation. */
static bool pauses_anyway(const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    if (a->kind != ATOM_PUNCT)
        return false;
    switch (a->code) {
    case '(':
    case ')':
    case '[':
    case ']':
    case 0x2014:
    case 0x2026:
        return true;
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
        return !atom_glued(v, i + 1) || !is_number(v, i + 1);
    case '.':
        return a->text.len > 1;
    case '-':
    case 0x2013:
        return !atom_glued(v, i) || !atom_glued(v, i + 1);
    default:
        return false;
    }
}

/* The kinds of the longest row of the table that begins at atom i, and how many words it has. */
static uint64_t clause_at(const struct view *v, uint32_t i, uint32_t *words)
{
    uint32_t n = 0;
    *words = 1;
    if (!begins_key(v, i, HEAD_CLAUSE_WORDS))
        return 0;
    while (n < PHRASE && is_word(v, i + n) && !(n > 0 && is_capitalized(v, i + n)))
        n++;
    for (; n > 0; n--) {
        uint64_t kinds = rules_clause_kinds(v->rules, atoms_lower(v, i, i + n - 1));
        if (kinds) {
            *words = n;
            return kinds;
        }
    }
    return 0;
}

/* Whether enough words follow atom i before the next pause. */
static bool has_words_after(const struct view *v, uint32_t i)
{
    unsigned words = 0;
    for (uint32_t k = i; k < i + WINDOW && words < STRETCH; k++) {
        if (pauses_anyway(v, k))
            return false;
        words += weight(atom_at(v, k));
    }
    return words >= STRETCH;
}

/* Whether the word before a joining word belongs together with it: "và | để", where the breath
 * belongs before both, and "đã | giúp". */
static bool belongs_to_next(const struct view *v, uint32_t before)
{
    return is_word(v, before) && begins_key(v, before, HEAD_CLAUSE_WORDS) &&
           (rules_clause_kinds(v->rules, atom_lower(v, before)) & ~(uint64_t)CLAUSE_NONE);
}

/* Whether atom i is inside a short quotation, as the title of something is. */
static bool is_in_title(const struct view *v, uint32_t i)
{
    enum { LONGEST = 16 };
    uint32_t back = 1, ahead = 0;
    while (back < LONGEST && atom_exists(v, i - back) && !is_punct(v, i - back))
        back++;
    if (!is_opening_quote(v, i - back) || !atom_glued(v, i - back + 1))
        return false;
    while (ahead < LONGEST && atom_exists(v, i + ahead) && !is_punct(v, i + ahead))
        ahead++;
    return is_closing_quote(v, i + ahead) || is_mark(v, i + ahead, '"');
}

/* A joining word between two words of the sentence. It does not begin a title ("cuốn Trước khi
 * trời sáng"), is not between numbers ("5 để 6"), nothing is glued to it, and a weak one does not
 * follow a name, which may be its subject ("Hà Nội giúp"). */
static bool is_breath_place(const struct view *v, uint32_t i, uint64_t kinds, uint32_t words)
{
    if (is_capitalized(v, i) || atom_glued(v, i) || atom_glued(v, i + words) || is_in_title(v, i))
        return false;
    if ((is_number(v, i - 1) && is_number(v, i + words)) || belongs_to_next(v, i - 1))
        return false;
    /* VFF nên từ chức, chúng ta nên mở: it is "should" behind its subject */
    bool should = word_is(v, i, "nên") &&
                  (is_capitalized(v, i - 1) || word_is(v, i - 1, "ta") ||
                   word_is(v, i - 1, "tôi") || (kinds_in_lower(v, i - 1) & STOP_PERSON));
    return !should && !((kinds & CLAUSE_WEAK) && is_capitalized(v, i - 1)) && has_words_after(v, i);
}

static unsigned rank(uint64_t kinds)
{
    return kinds & CLAUSE_GOOD ? 3 : kinds & CLAUSE_FAIR ? 2 : kinds & CLAUSE_WEAK ? 1 : 0;
}

uint32_t breath_next(const struct view *v, uint32_t from)
{
    unsigned heard = 0, best_rank = 0;
    uint32_t best = NO_BREATH, words;
    for (uint32_t i = from; i < v->end; i += words) {
        words = 1;
        if (pauses_anyway(v, i)) {
            if (best_rank)
                return best;
            heard = 0;
            continue;
        }
        if (best_rank && heard > WINDOW)
            return best;
        /* A row may begin just before enough words have passed; it must not be split. */
        uint64_t kinds = heard + PHRASE > STRETCH ? clause_at(v, i, &words) : 0;
        unsigned least = kinds & CLAUSE_WEAK ? WEAK_STRETCH : STRETCH;
        if (rank(kinds) > best_rank && heard >= least && is_breath_place(v, i, kinds, words)) {
            best = i;
            best_rank = rank(kinds);
            if (kinds & CLAUSE_GOOD)
                return best;
        }
        for (uint32_t k = 0; k < words; k++)
            heard += weight(atom_at(v, i + k));
    }
    return best;
}

uint32_t breath_first(const struct view *v)
{
    unsigned words = 0;
    for (uint32_t i = v->begin; i < v->end; i++) {
        words += weight(&v->atoms[i]);
        if (words > LONG_SENTENCE)
            return breath_next(v, v->begin);
    }
    return NO_BREATH;
}
