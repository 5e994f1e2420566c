/* The user's own readings (text/lexicon.h). They come before all classes. */
#include "text/classes/class.h"
#include "text/classes/numeral.h"
#include "text/lexicon.h"

static void spell_atoms(struct utterance *out, const struct view *v, uint32_t i, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        if (is_word(v, i + k))
            say_letters(out, atom_written(v, i + k), false);
        else if (is_number(v, i + k))
            say_number_atom(out, v, i + k);
    }
}

/* Kept out of line, so that a run without a lexicon pays one comparison an atom. */
__attribute__((noinline)) static uint32_t read_own(struct utterance *out, const struct view *v,
                                                   uint32_t i)
{
    struct lexicon_match match;
    if (!lexicon_find(out->options->lexicon, v, i, &match))
        return 0;
    const char *rule = arena_dup(&out->article->arena, sv_of(match.where));
    token_begin(out, v, CLASS_lexicon, rule, i, match.atoms);
    if (sv_is(match.spoken, "=spell"))
        spell_atoms(out, v, i, match.atoms);
    else
        say_sv(out, match.spoken);
    token_end(out);
    return match.atoms;
}

uint32_t read_lexicon(struct utterance *out, const struct view *v, uint32_t i)
{
    return out->options->lexicon ? read_own(out, v, i) : 0;
}
