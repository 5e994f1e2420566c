#include "text/breath.h"

enum {
    LONG_SENTENCE = 40, /* words, above which a sentence needs breaths of ours */
    STRETCH = 12,       /* words between a breath and any other pause, at least */
    WINDOW = 24,        /* words within which a better place is waited for */
    WEAK_STRETCH = 16,  /* the same before a word that often joins mere words */
    PHRASE = 3,         /* words of the longest row of the table */
};

/* About how many words an atom is heard as. */
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

/* A mark at which the speaker pauses anyway; not the one inside a number or abbreviation. */
static bool is_pause_mark(const struct view *v, uint32_t i)
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
        return !atom_glued(v, i) && !atom_glued(v, i + 1);
    default:
        return false;
    }
}

/* The longest row of the table that begins at atom i: what it is, and its words. */
static uint32_t clause_at(const struct view *v, uint32_t i, uint32_t *words)
{
    uint32_t n = 0;
    *words = 1;
    while (n < PHRASE && is_word(v, i + n) && !(atom_at(v, i + n)->flags & ATOM_CAPITAL))
        n++;
    for (; n > 0; n--) {
        const struct span first = atom_at(v, i)->text, last = atom_at(v, i + n - 1)->text;
        struct sv phrase = {v->lower + first.off, last.off + last.len - first.off};
        uint32_t kinds = rules_clause_kinds(v->rules, phrase);
        if (kinds) {
            *words = n;
            return kinds;
        }
    }
    return 0;
}

/* Enough words behind atom i before the next pause. */
static bool has_room(const struct view *v, uint32_t i)
{
    unsigned words = 0;
    for (uint32_t k = i; k < v->end && k < i + WINDOW && words < STRETCH; k++) {
        if (is_pause_mark(v, k))
            return false;
        words += weight(atom_at(v, k));
    }
    return words >= STRETCH;
}

/* A joining word between two words of the sentence: not in a name ("Giáo dục và Đào tạo"), not
 * between numbers ("5 và 6"), not glued to anything. */
static bool is_place(const struct view *v, uint32_t i, uint32_t kinds, uint32_t words)
{
    if ((kinds & CLAUSE_NONE) || atom_glued(v, i) || atom_glued(v, i + words))
        return false;
    const struct atom *before = atom_at(v, i - 1), *behind = atom_at(v, i + words);
    if (before->kind == ATOM_NUMBER && behind->kind == ATOM_NUMBER)
        return false;
    if (before->kind == ATOM_WORD &&
        (rules_clause_kinds(v->rules, atom_lower(v, i - 1)) & ~(uint32_t)CLAUSE_NONE))
        return false; /* "và | để": the breath belongs before both */
    bool name = (before->flags & ATOM_CAPITAL) || (atom_at(v, i - 2)->flags & ATOM_CAPITAL);
    return !((kinds & CLAUSE_WEAK) && name && (behind->flags & ATOM_CAPITAL)) && has_room(v, i);
}

static unsigned rank(uint32_t kinds)
{
    return kinds & CLAUSE_GOOD ? 3 : kinds & CLAUSE_FAIR ? 2 : kinds & CLAUSE_WEAK ? 1 : 0;
}

uint32_t breath_next(const struct view *v, uint32_t from)
{
    unsigned heard = 0, best_rank = 0;
    uint32_t best = NO_BREATH, words;
    for (uint32_t i = from; i < v->end; i += words) {
        words = 1;
        if (is_pause_mark(v, i)) {
            if (best_rank)
                return best;
            heard = 0;
            continue;
        }
        if (best_rank && heard > WINDOW)
            return best;
        /* A row that begins just before the stretch is full must not be cut in two. */
        uint32_t kinds = heard + PHRASE > STRETCH ? clause_at(v, i, &words) : 0;
        unsigned least = kinds & CLAUSE_WEAK ? WEAK_STRETCH : STRETCH;
        if (rank(kinds) > best_rank && heard >= least && is_place(v, i, kinds, words)) {
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
