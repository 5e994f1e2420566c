#include "text/classes/capitals.h"

#include "base/utf8.h"
#include "lang/foreign_words.h"
#include "lang/web_names.h"
#include "text/full_stop.h"

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

/* L.ANH, TR.NAM: a name behind an initial, which is no abbreviation. */
static bool follows_initial(const struct view *v, uint32_t i)
{
    return is_tight_mark(v, i - 1, '.') && is_initial_letter(v, i - 2) && is_word(v, i - 2) &&
           !is_glued_on(v, i - 2) && !rules_find(v->rules, TABLE_ABBREVIATIONS, atom_written(v, i));
}

bool capitals_are_word(const struct view *v, uint32_t i)
{
    if (is_surely_word(v, i) || follows_initial(v, i) || is_foreign_word(v, i - 1) ||
        is_foreign_word(v, i + 1))
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

/* ---- Dienmayxanh: a name in small letters ---- */

static bool is_one_of(struct sv letters, struct sv list)
{
    while (list.n)
        if (sv_eq(letters, sv_cut(&list, ' ')))
            return true;
    return false;
}

/* Whether consonants between two vowels can be the end of a syllable and the beginning of the
 * next. */
static bool are_between_syllables(struct sv consonants)
{
    enum { LONGEST_END = 2 };
    for (size_t n = 0; n <= LONGEST_END && n < consonants.n; n++)
        if ((!n || is_one_of(sv_sub(consonants, 0, n), SV("c ch m n ng nh p t"))) &&
            is_one_of(sv_sub(consonants, n, consonants.n - n),
                      SV("b c ch d g gh h k kh l m n ng ngh nh p ph q r s t th tr v x")))
            return true;
    return false;
}

static bool is_plain_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Letters that pinyin and Korean names do not have. */
static bool has_vietnamese_letters(struct sv lower)
{
    static const char *const signs[] = {"uong", "uoc", "uoi", "ieu", "ien", "iem",
                                        "iet",  "iep", "uye", "nh",  "ngh", "anh"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(lower.p, lower.n, signs[i], strlen(signs[i])))
            return true;
    return false;
}

/* Whether the letters may be Vietnamese syllables without marks, long ones or with letters that
 * only Vietnamese names have. Most foreign names are not: a quick test before the word is split. */
static bool may_be_syllables(struct sv lower)
{
    enum { LETTERS = 3 };
    char last = lower.p[lower.n - 1];
    size_t begin = 0, vowels = 0;
    if (!is_plain_vowel(last) && !strchr("cghmnpt", last))
        return false;
    for (size_t i = 0; i < lower.n; i++) {
        if (!is_plain_vowel(lower.p[i]))
            continue;
        if (i > begin && !are_between_syllables(sv_sub(lower, begin, i - begin)))
            return false;
        vowels += i > begin || !vowels; /* vowels together may be one syllable: hoa, hoayeu */
        begin = i + 1;
    }
    return lower.n - begin <= 2 && lower.n > vowels * LETTERS &&
           (vowels > 2 || has_vietnamese_letters(lower));
}

/* Three syllables or more of three letters each, or two long ones with letters that only Vietnamese
 * names have. */
static bool are_surely_words(struct sv lower, struct sv words)
{
    enum { LETTERS = 3, OF_PAIR = 4 };
    size_t n = sv_count(words, ' ') + 1;
    if (n == 2)
        return lower.n >= n * OF_PAIR && has_vietnamese_letters(lower);
    return n > 2 && lower.n > n * LETTERS;
}

bool words_are_joined(const struct view *v, uint32_t i, struct buf *spoken)
{
    enum { FEWEST_IN_SMALL = 8 };
    const struct web_tables tables = {rules_table(v->rules, TABLE_SYLLABLE_FREQUENCIES),
                                      rules_table(v->rules, TABLE_WEB)};
    struct sv written = atom_written(v, i), lower = atom_lower(v, i);
    bool upper = is_upper(v, i);
    if (!atom_has(atom_at(v, i), ATOM_PLAIN) ||
        (upper ? written.n < FEWEST_JOINED
               : written.n < FEWEST_IN_SMALL || !is_capitalized(v, i) ||
                     atom_has(atom_at(v, i), ATOM_MIXED) || !may_be_syllables(lower)))
        return false;
    size_t before = spoken->n;
    bool joined = web_name_split(&tables, lower, spoken);
    struct sv words = sv_sub(buf_sv(spoken), before, spoken->n - before);
    /* A name that can be said at once may be foreign: CANADA, TOYOTA. */
    if (joined &&
        (upper ? are_long_words(words, foreign_is_pronounceable(written, FEWEST_JOINED) ? 3 : 2)
               : are_surely_words(lower, words)))
        return true;
    buf_cut(spoken, before);
    return false;
}
