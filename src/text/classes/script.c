/* Words in other scripts: named once a run, with the marks between them; a Greek letter alone (α,
 * Ω) has a name of its own. */
#include "text/classes/class.h"

static bool is_script(const struct speaker *s, uint32_t i)
{
    return atom_at(s, i)->kind == ATOM_SCRIPT;
}

static uint32_t read_greek_letter(struct speaker *s, uint32_t i)
{
    const struct row *row = rules_find(s->rules, TABLE_LETTER_NAMES, atom_lower(s, i));
    if (!row || is_script(s, i + 1))
        return 0;
    token_begin(s, CLASS_letters, "letters.tsv", i, 1);
    say_sv(s, row_text(row, LETTER_NAMES_NAME));
    token_end(s);
    return 1;
}

uint32_t read_script(struct speaker *s, uint32_t i)
{
    uint32_t n = 0;
    if (!is_script(s, i))
        return 0;
    uint32_t letter = read_greek_letter(s, i);
    if (letter)
        return letter;
    while (is_script(s, i + n) || (atom_at(s, i + n)->kind == ATOM_PUNCT &&
                                   atom_at(s, i + n)->text.len && is_script(s, i + n + 1)))
        n++;
    token_begin(s, CLASS_script, "other script", i, n);
    say(s, word_is(s, i - 1, "chữ") ? "nước ngoài" : "chữ nước ngoài");
    token_end(s);
    return n;
}
