/* What nothing else reads: letter by letter, by the Vietnamese names of the letters. */
#include "text/classes/class.h"

#include "base/nfc.h"
#include "base/utf8.h"

void say_letters(struct speaker *s, struct sv word, bool foreign)
{
    bool alone = false;
    uint32_t code;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode(sv_sub(word, i, word.n - i), &code);
        if (i == 0)
            alone = n == word.n;
        say_letter(s, letter_base(code), alone, foreign);
    }
}

/* Letters that Vietnamese writes otherwise, by the letter they are built on: ü as u. */
uint32_t letter_base(uint32_t code)
{
    struct letter letter = letter_of(code);
    if (letter.id)
        return letter_code((enum letter_id)letter.id, TONE_NGANG);
    return nfc_base(code);
}

uint32_t read_letters(struct speaker *s, uint32_t i)
{
    const struct atom *a = atom_at(s, i);
    if (a->kind != ATOM_WORD)
        return 0;
    struct sv word = atom_written(s, i);
    bool touches =
        (i > s->begin && atom_glued(s, i) && (is_number(s, i - 1) || is_word(s, i - 1))) ||
        (atom_glued(s, i + 1) && is_number(s, i + 1));
    size_t before = s->article->words.n;
    /* A single letter is one; more are spelled for want of anything better. */
    token_begin(s, CLASS_letters, utf8_count(word) == 1 ? "letter" : "letter by letter", i, 1);
    if (utf8_count(word) == 1 && touches) {
        uint32_t code;
        utf8_decode(word, &code);
        say_letter(s, letter_base(code), false, false);
    } else {
        say_letters(s, word, false);
    }
    if (s->article->words.n == before)
        say(s, "ký tự lạ");
    token_end(s);
    if (utf8_count(word) > 1)
        s->spelled++;
    return 1;
}
