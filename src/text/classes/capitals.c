#include "text/classes/capitals.h"

#include "base/utf8.h"
#include "lang/foreign_words.h"
#include "lang/web_names.h"

enum { FEWEST_JOINED = 5, MOST_LETTERS = 3, FEWEST_OF_PAIR = 5, REACH = 3 };

/* A syllable in capitals, perhaps without its marks: TUONG of NGUYEN TUONG VI. */
static bool is_syllable_in_capitals(const struct view *v, uint32_t i)
{
    if (!is_upper(v, i) || is_one_letter(v, i))
        return false;
    struct buf marked = BUF_INIT;
    bool syllable = is_syllable(v, i) || web_name_syllable(atom_lower(v, i), &marked);
    buf_free(&marked);
    return syllable;
}

/* Whether a letter has a mark, but not only the stroke of Đ, which abbreviations have. */
static bool has_marks(struct sv word)
{
    uint32_t code;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode_valid(word.p + i, &code);
        if (code >= 0x80 && letter_of(code).id != LETTER_D_STROKE)
            return true;
    }
    return false;
}

static bool is_surely_word(const struct view *v, uint32_t i)
{
    struct sv word = atom_written(v, i);
    return has_marks(word) || utf8_count(word) > MOST_LETTERS;
}

/* XEM CLIP, BAO VIETNAMNET: a foreign word in capitals is beside it, or an acronym that is said as
 * a word: it has no syllable for each letter. */
static bool is_foreign_word(const struct view *v, uint32_t i)
{
    size_t letters = atom_at(v, i)->text.len;
    if (!is_upper(v, i) || letters <= MOST_LETTERS)
        return false;
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i));
    if (row)
        return !(row_kinds(row) & (SPELLED | SPELLED_FOREIGN)) &&
               (sv_count(row_text(row, ABBREVIATIONS_SPOKEN), ' ') + 1) * 2 <= letters;
    return rules_find(v->rules, TABLE_LOANWORDS, atom_lower(v, i));
}

bool capitals_are_word(const struct view *v, uint32_t i)
{
    if (is_surely_word(v, i) || is_foreign_word(v, i - 1) || is_foreign_word(v, i + 1))
        return true;
    uint32_t first = i, last = i;
    size_t letters = 0;
    while (i - first < REACH && is_syllable_in_capitals(v, first - 1))
        first--;
    while (last - i < REACH && is_syllable_in_capitals(v, last + 1))
        last++;
    for (uint32_t k = first; k <= last; k++) {
        if (is_surely_word(v, k))
            return true;
        letters += utf8_count(atom_written(v, k));
    }
    /* SAO MAI, THU AN. */
    return last > first && letters >= FEWEST_OF_PAIR;
}

/* Whether each of two or more words has so many letters at least. */
static bool are_long_words(struct sv words, size_t letters)
{
    size_t n = 0;
    for (; words.p; n++)
        if (utf8_count(sv_cut(&words, ' ')) < letters)
            return false;
    return n > 1;
}

bool capitals_are_joined(const struct view *v, uint32_t i, struct buf *spoken)
{
    const struct web_tables tables = {rules_table(v->rules, TABLE_SYLLABLE_FREQUENCIES),
                                      rules_table(v->rules, TABLE_WEB)};
    struct sv written = atom_written(v, i);
    if (written.n < FEWEST_JOINED || !atom_has(atom_at(v, i), ATOM_UPPER | ATOM_PLAIN))
        return false;
    /* A name that can be said at once may be foreign: CANADA, TOYOTA. */
    size_t letters = foreign_is_pronounceable(written, FEWEST_JOINED) ? 3 : 2;
    size_t before = spoken->n;
    if (web_name_split(&tables, atom_lower(v, i), spoken) &&
        are_long_words(sv_sub(buf_sv(spoken), before, spoken->n - before), letters))
        return true;
    buf_cut(spoken, before);
    return false;
}
