/* Foreign words: by the table of loanwords, the longest phrase first. */
#include "text/classes/class.h"

enum { PHRASE_WORDS = 4 };

/* How many atoms a phrase of n words takes from atom i on, words parted by a space or a hyphen. */
static uint32_t phrase_atoms(const struct speaker *s, uint32_t i, uint32_t words)
{
    uint32_t n = 1;
    for (uint32_t k = 1; k < words; k++) {
        if (is_mark(s, i + n, '-') && atom_glued(s, i + n))
            n++;
        if (!is_word(s, i + n))
            return 0;
        n++;
    }
    return n;
}

uint32_t read_foreign(struct speaker *s, uint32_t i)
{
    if (!is_word(s, i))
        return 0;
    for (uint32_t words = PHRASE_WORDS; words > 0; words--) {
        uint32_t n = phrase_atoms(s, i, words);
        if (!n)
            continue;
        struct sv written = atoms_written(s, i, i + n - 1);
        struct sv lower = {s->lower + (written.p - s->article->text.p), written.n};
        const struct rule *row = rules_find(s->rules, TABLE_LOANWORDS, lower, NULL);
        if (!row)
            continue;
        token_begin(s, CLASS_foreign, "loanwords.tsv", i, n);
        say_sv(s, row->cell[1]);
        token_end(s);
        return n;
    }
    /* A syllable that came here (in capitals, or with something glued to it) is a word. */
    if (!atom_has(atom_at(s, i), ATOM_LEGAL))
        return 0;
    token_begin(s, CLASS_word, "word", i, 1);
    say_sv(s, atom_lower(s, i));
    token_end(s);
    return 1;
}
