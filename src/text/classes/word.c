/* Syllables that are said as they are written: most words of a text. */
#include "text/classes/class.h"

/* Syllables that may be something else in small letters: a unit ("mỗi ha"), a Roman numeral ("thế
 * kỷ vi", "thế kỷ xi"). */
static bool is_doubtful(const struct view *v, uint32_t i)
{
    const struct atom *a = &v->atoms[i];
    char second = v->lower[a->text.off + 1];
    return a->text.len == 2 && ((a->code == 'h' && second == 'a') ||
                                (second == 'i' && (a->code == 'v' || a->code == 'x')));
}

/* Whether punctuation after a syllable ends it, and makes no address or compound of it. */
static bool ends_word(const struct atom *mark, const struct atom *word)
{
    uint32_t code = mark->code;
    return mark->kind == ATOM_PUNCT && code != '.' && code != '@' && code != '/' && code != '-' &&
           code != '_' && code != '&' && (code != ')' || word->text.len > 2);
}

uint32_t read_word(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = &v->atoms[i], *next = a + 1;
    if (!atom_has(a, ATOM_LEGAL) || (a->flags & (ATOM_UPPER | ATOM_MIXED)) || is_doubtful(v, i))
        return 0;
    if (i + 1 < v->end && (next->flags & ATOM_SPACED)) {
        /* Hong Kong, Tel Aviv: the first word of a foreign name may look like a syllable. */
        if (next->kind == ATOM_WORD && (a->flags & ATOM_CAPITAL) &&
            rules_begins_phrase(v->rules, atom_lower(v, i)))
            return 0;
    } else if (i + 1 < v->end && !ends_word(next, a)) {
        return 0;
    }
    say_word_itself(out, v, i);
    return 1;
}
