/*
 * Parts of a sentence that are not read: how a word is pronounced (/ðen/, [ˈhæpi]), footnote
 * marks ([1], nguồn¹), links of a wiki ([sửa | sửa mã nguồn]), formulas in TeX, sentences in
 * English. Each is listed as skipped.
 */
#include "text/classes/class.h"

#include "base/utf8.h"
#include "text/english.h"

enum { MOST_ATOMS = 256, MOST_SOUNDS = 16, MOST_LINK = 8 };

static uint32_t skip_atoms(struct utterance *out, const struct view *v, uint32_t i, uint32_t n,
                           enum skip_reason reason)
{
    const struct atom *first = atom_at(v, i), *last = atom_at(v, i + n - 1);
    uint32_t end = last->text.off + last->text.len;
    article_skip(out->article, (struct span){first->text.off, end - first->text.off}, reason);
    return n;
}

/* The atoms from the opening mark at atom i to the closing one; 0: it does not come soon. */
static uint32_t up_to(const struct view *v, uint32_t i, uint32_t closing, uint32_t most)
{
    uint32_t last = next_mark(v, i, closing, most - 1);
    return last > i ? last - i + 1 : 0;
}

/* ---- pronunciation ---- */

/* Whether the code point is a letter of the phonetic alphabet that no word has: ə, ʃ, ð, ˈ. */
static bool is_phonetic(uint32_t code)
{
    return (code >= 0x250 && code <= 0x2FF) || code == 0xE6 || code == 0xF0 || code == 0x14B ||
           code == 0x3B8;
}

static bool has_phonetic_letter(const struct view *v, uint32_t i, uint32_t n)
{
    struct sv text = atoms_written(v, i, i + n - 1);
    uint32_t code;
    for (size_t at = 0; at < text.n;) {
        at += utf8_decode_valid(text.p + at, &code);
        if (is_phonetic(code))
            return true;
    }
    return false;
}

/* Sounds in plain letters: /ten/, /hi:/, /'pen/. One letter alone is named: âm /r/. */
static bool is_plain_sounds(const struct view *v, uint32_t i, uint32_t n)
{
    uint32_t letters = 0;
    for (uint32_t k = i; k < i + n; k++) {
        if (is_word(v, k) && atom_has(atom_at(v, k), ATOM_PLAIN) && !is_capitalized(v, k))
            letters += atom_at(v, k)->text.len;
        else if (!is_mark(v, k, ':') && !is_mark(v, k, '\'') && !is_mark(v, k, '.') &&
                 !is_mark(v, k, 0x2019))
            return false;
    }
    return letters > 1;
}

/* 'numerate' /'nju:mərət/: a space is before the first stroke and none after it, and the other way
 * round at the second one. A letter after "âm" is what the sentence is about. */
static uint32_t read_pronunciation(struct utterance *out, const struct view *v, uint32_t i)
{
    bool bracket = is_mark(v, i, '[');
    if ((!bracket && !is_mark(v, i, '/')) || !atom_glued(v, i + 1))
        return 0;
    uint32_t n = up_to(v, i, bracket ? ']' : '/', MOST_SOUNDS);
    bool tight = i > v->begin && atom_glued(v, i) && !is_punct(v, i - 1);
    bool letter = n == 3 && is_one_letter(v, i + 1) && word_is(v, i - 1, "âm");
    if (n < 3 || tight || letter || is_glued_on(v, i + n))
        return 0;
    bool sounds = has_phonetic_letter(v, i + 1, n - 2) ||
                  (!bracket && atom_glued(v, i + n - 1) && is_plain_sounds(v, i + 1, n - 2));
    return sounds ? skip_atoms(out, v, i, n, SKIP_PRONUNCIATION) : 0;
}

/* ---- notes and links ---- */

/* [sửa | sửa mã nguồn], [cần dẫn nguồn]: a row says that such a line is a link or a button. */
static bool is_link(const struct view *v, uint32_t i, uint32_t n)
{
    const struct row *row = rules_find(v->rules, TABLE_BOILERPLATE, atoms_lower(v, i, i + n - 1));
    while (row && !(row_kinds(row) & MATCH_EXACT))
        row = row_next(row);
    return row && (row_kinds(row) & (REASON_LINKS | REASON_WIDGET));
}

/* nước[1], nước.[12]: a number in brackets. At the start of a line it is the number of an item. */
static uint32_t read_bracket(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { DIGITS = 3 };
    if (!is_mark(v, i, '['))
        return 0;
    uint32_t n = up_to(v, i, ']', MOST_LINK);
    if (n < 3)
        return 0;
    if (n == 3 && i > 0 && is_number(v, i + 1) && digit_count(v, i + 1) <= DIGITS)
        return skip_atoms(out, v, i, n, SKIP_FOOTNOTE);
    return is_link(v, i + 1, n - 2) ? skip_atoms(out, v, i, n, SKIP_LINKS) : 0;
}

/* Whether a raised number after atom i is a note: after a syllable that is no unit (m², ha²) and no
 * variable (x²), or after punctuation. */
static bool may_have_note(const struct view *v, uint32_t i)
{
    if (is_punct(v, i))
        return is_mark(v, i, '.') || is_mark(v, i, ',') || is_closing_quote(v, i);
    return is_syllable(v, i) && !is_one_letter(v, i) &&
           !rules_find(v->rules, TABLE_UNITS, atom_written(v, i));
}

static uint32_t read_raised(struct utterance *out, const struct view *v, uint32_t i)
{
    enum { DIGITS = 3 };
    if (!is_raised_digit(v, i) || !atom_glued(v, i) || !may_have_note(v, i - 1))
        return 0;
    uint32_t n = 1;
    while (n < DIGITS && is_raised_digit(v, i + n) && atom_glued(v, i + n))
        n++;
    return is_glued_on(v, i + n) ? 0 : skip_atoms(out, v, i, n, SKIP_FOOTNOTE);
}

/* ---- formulas ---- */

/* {\displaystyle x^{2}}: braces within braces. */
static uint32_t read_formula(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t depth = 0;
    if (!is_mark(v, i, '{') || !is_mark(v, i + 1, '\\'))
        return 0;
    for (uint32_t n = 1; n <= MOST_ATOMS && atom_exists(v, i + n - 1); n++) {
        depth += is_mark(v, i + n - 1, '{');
        depth -= is_mark(v, i + n - 1, '}');
        if (!depth)
            return skip_atoms(out, v, i, n, SKIP_FORMULA);
    }
    return 0;
}

static uint32_t read_unread_mark(struct utterance *out, const struct view *v, uint32_t i)
{
    uint32_t n = read_pronunciation(out, v, i);
    if (!n)
        n = read_bracket(out, v, i);
    if (!n)
        n = read_raised(out, v, i);
    return n ? n : read_formula(out, v, i);
}

uint32_t read_unread(struct utterance *out, const struct view *v, uint32_t i)
{
    if (out->options->everything)
        return 0;
    if (!is_word(v, i))
        return read_unread_mark(out, v, i);
    if (!english_may_begin(v, i))
        return 0;
    uint32_t n = english_sentence(v, i);
    return n ? skip_atoms(out, v, i, n, SKIP_FOREIGN) : 0;
}
