#include "text/classes/mixed_case.h"

#include "lang/foreign_words.h"
#include "lang/syllable.h"
#include "text/classes/class.h"

enum { MOST_SPELLED = 4 };

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static size_t capitals_at(struct sv word, size_t i)
{
    size_t n = 0;
    while (i + n < word.n && is_capital(word.p[i + n]))
        n++;
    return n;
}

/* The length of the part at byte i: capitals (the VN of VNPay), small letters (the mac of macOS),
 * or small letters with one capital before them (Pay). */
static size_t part_length(struct sv word, size_t i)
{
    size_t capitals = capitals_at(word, i), n = capitals;
    while (i + n < word.n && !is_capital(word.p[i + n]))
        n++;
    if (capitals < 2 || n == capitals)
        return n;
    return capitals - 1;
}

/* Vn before a name is said like VN: VnEconomy. */
static bool is_letters(struct sv part)
{
    return capitals_at(part, 0) == part.n || sv_is(part, "Vn");
}

/* The i of a product keeps its English name, and the e before a name: iOS, iCloud, eShop; eKYC is
 * spelled. */
static bool is_letter_of_product(struct sv word, size_t i)
{
    struct sv part = sv_sub(word, i, part_length(word, i));
    return sv_is(part, "i") || (sv_is(part, "e") && capitals_at(word, i + 1) == 1);
}

/* Whether some part is letters: two capitals, one that ends the word, or the letter of a product
 * before a name. A lone small letter among capitals only decorates a name (FUNiX). */
static bool has_letters(struct sv word)
{
    bool letters = false;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = part_length(word, i);
        bool capitals = is_letters(sv_sub(word, i, n));
        if (i && n == 2 && !capitals && word.n > MOST_SPELLED)
            return false;
        letters = letters || (capitals && (n >= 2 || i + n == word.n)) ||
                  (!i && is_letter_of_product(word, 0));
    }
    return letters;
}

/* SoC, PoW, pH: small letters among capitals in a word too short for parts. HuyR has a name in it.
 */
static bool is_spelled(struct sv word, struct sv lower)
{
    enum { SYLLABLE = 3 };
    size_t last = word.n - 1;
    if (last == SYLLABLE && syllable_is_legal(sv_sub(lower, 0, SYLLABLE)))
        return false;
    return word.n <= MOST_SPELLED && is_capital(word.p[last]) && !is_capital(word.p[last - 1]);
}

/* Says the letter by its English name. */
static void say_letter_of_product(struct utterance *out, char letter)
{
    const struct row *row = rules_letter(out->rules, letter == 'i' ? LETTER_I : LETTER_E);
    if (row)
        say_sv(out, row_text(row, LETTER_NAMES_ENGLISH));
}

/* Whether the words begin with the letters: việt nam for VN. In a name two such letters are
 * spelled: VNPay; three lost the space behind them: HCMTheo. */
static bool is_expansion(struct sv letters, struct sv reading)
{
    for (size_t i = 0; i < letters.n; i++) {
        struct sv word = sv_cut(&reading, ' ');
        if (!word.n || (word.p[0] | 0x20) != (letters.p[i] | 0x20))
            return false;
    }
    return true;
}

/* The reading of capitals without a cue, if they have one: AI. Empty if they have none. */
static struct sv own_reading(const struct view *v, struct sv part)
{
    const struct row *row = rules_find(v->rules, TABLE_ABBREVIATIONS, part);
    while (row && row_text(row, ABBREVIATIONS_CUES).n)
        row = row_next(row);
    bool said = row && !(row_kinds(row) & (SPELLED | SPELLED_FOREIGN));
    return said ? row_text(row, ABBREVIATIONS_SPOKEN) : SV("");
}

static void say_capitals(struct utterance *out, const struct view *v, struct sv part,
                         struct sv lower)
{
    struct sv reading = own_reading(v, part);
    const struct row *loanword = rules_find(v->rules, TABLE_LOANWORDS, lower);
    bool stands_for = reading.n && is_expansion(part, reading), apart = stands_for && part.n > 2;
    if (apart)
        say_pause(out, ',');
    if (reading.n && apart == stands_for)
        say_sv(out, reading);
    else if (loanword)
        say_sv(out, row_text(loanword, LOANWORDS_SPOKEN));
    else
        say_letters(out, part, true);
    if (apart)
        say_pause(out, ',');
}

/* The ie of ieMHR: two small vowels before capitals are letters, too. */
static bool is_small_vowels(struct sv part)
{
    return part.n == 2 && memchr("aeiou", part.p[0], 5) && memchr("aeiou", part.p[1], 5);
}

static void say_part(struct utterance *out, const struct view *v, struct sv part, struct sv lower)
{
    struct buf spoken = BUF_INIT;
    if (part.n == 1)
        say_letters(out, part, true);
    else if (is_small_vowels(part))
        say_letters(out, part, true);
    else if (is_letters(part))
        say_capitals(out, v, part, lower);
    else if (foreign_word(rules_transcription(v->rules), part, lower, NULL, &spoken))
        say_sv(out, buf_sv(&spoken));
    else
        say_letters(out, part, true);
    buf_free(&spoken);
}

uint32_t read_mixed_case(struct utterance *out, const struct view *v, uint32_t i)
{
    const struct atom *a = atom_at(v, i);
    struct sv word = atom_written(v, i), lower = atom_lower(v, i);
    if (!atom_has(a, ATOM_PLAIN) || (a->flags & ATOM_UPPER) ||
        !(a->flags & (ATOM_CAPITAL | ATOM_MIXED)) || word.n < 2 || !has_letters(word) ||
        rules_find(v->rules, TABLE_LOANWORDS, lower))
        return 0;
    bool spelled = is_spelled(word, lower);
    token_begin(out, v, spelled ? CLASS_letters : CLASS_foreign,
                spelled ? N_("letter by letter") : N_("part by part"), i, 1);
    if (spelled)
        say_letters(out, word, true);
    for (size_t k = 0, n; k < word.n && !spelled; k += n) {
        n = part_length(word, k);
        if (is_letter_of_product(word, k))
            say_letter_of_product(out, word.p[k]);
        else
            say_part(out, v, sv_sub(word, k, n), sv_sub(lower, k, n));
    }
    token_end(out);
    return 1;
}
