/*
 * Words in other scripts: one name for a whole run of them and the marks between them, or, where
 * the user wants it, a skipped stretch. A single Greek letter (α, Ω) has its own name.
 */
#include "text/classes/class.h"

static bool is_script(const struct view *v, uint32_t i)
{
    return atom_at(v, i)->kind == ATOM_SCRIPT;
}

static uint32_t read_greek_letter(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct row *row = rules_find(v->rules, TABLE_LETTER_NAMES, atom_lower(v, i));
    if (!row || is_script(v, i + 1))
        return 0;
    token_begin(out, v, CLASS_letters, "letters.tsv", i, 1);
    say_sv(out, row_text(row, LETTER_NAMES_NAME));
    token_end(out);
    return 1;
}

uint32_t read_script(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = 0;
    if (!is_script(v, i))
        return 0;
    uint32_t letter = read_greek_letter(out, v, i);
    if (letter)
        return letter;
    while (is_script(v, i + n) || (atom_at(v, i + n)->kind == ATOM_PUNCT &&
                                   atom_at(v, i + n)->text.len && is_script(v, i + n + 1)))
        n++;
    if (out->options->scripts == DOCBAO_SCRIPTS_SKIP) {
        uint32_t end = atom_at(v, i + n - 1)->text.off + atom_at(v, i + n - 1)->text.len;
        uint32_t begin = atom_at(v, i)->text.off;
        article_skip(out->article, (struct span){begin, end - begin}, SKIP_SCRIPT);
        return n;
    }
    token_begin(out, v, CLASS_script, "other script", i, n);
    say(out, word_is(v, i - 1, "chữ") ? "nước ngoài" : "chữ nước ngoài");
    token_end(out);
    return n;
}
