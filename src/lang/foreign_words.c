#include "lang/foreign_words.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/joined_words.h"
#include "lang/syllable.h"
#include "lang/transcription.h"
#include "lang/web_names.h"

enum { TURNS_LETTERS = 4, MOST_CONSONANTS = 2 };

static bool is_vowel(uint32_t code)
{
    struct letter letter = letter_of(code);
    uint32_t base = letter.id ? letter_code((enum letter_id)letter.id, TONE_NGANG) : nfc_base(code);
    return letter_is_vowel(letter.id) || letter_is_vowel(letter_of(base).id);
}

bool foreign_is_pronounceable(struct sv written, size_t fewest)
{
    uint32_t code, letters = 0, vowels = 0, run = 0, longest = 0;
    bool turns = true, last = false;
    for (size_t i = 0, n; i < written.n; i += n) {
        n = utf8_decode(sv_sub(written, i, written.n - i), &code);
        if (!n)
            return false;
        bool vowel = is_vowel(code);
        if (letters > 0 && vowel == last)
            turns = false;
        run = vowel ? 0 : run + 1;
        if (run > longest)
            longest = run;
        vowels += vowel;
        last = vowel;
        letters++;
    }
    if (letters == TURNS_LETTERS && turns)
        return true;
    return letters >= fewest && longest <= MOST_CONSONANTS && vowels * 3 >= letters;
}

bool foreign_is_vietnamese(struct sv lower)
{
    struct buf syllables = BUF_INIT;
    bool split = joined_split(lower, &syllables);
    buf_free(&syllables);
    return split;
}

/* A word without a capital inside. */
static const char *whole_word(const struct transcription_tables *tables, struct sv written,
                              struct sv lower, const struct surroundings *around, struct buf *out)
{
    const struct row *row = packed_find(tables->loanwords, lower);
    uint32_t first;
    if (row) {
        buf_add_sv(out, row_text(row, LOANWORD_SPOKEN));
        return "loanwords.tsv";
    }
    if (syllable_is_legal(lower)) {
        buf_add_sv(out, lower);
        return "syllable";
    }
    if (joined_split(lower, out))
        return "written together";
    if (web_name_syllable(lower, out))
        return "syllable without marks";
    bool capital = utf8_decode(written, &first) && char_lower(first) != first;
    return transcribe(tables, lower, capital, around, out) ? "transcribe.tsv" : NULL;
}

static bool is_upper_at(struct sv written, size_t i, size_t *bytes)
{
    uint32_t code = 0;
    *bytes = i < written.n ? utf8_decode(sv_sub(written, i, written.n - i), &code) : 0;
    return *bytes && char_lower(code) != code;
}

/* The bytes up to the next capital that follows a small letter (Vin|Fast), or that a small letter
 * follows after several capitals (VN|Pay). */
static size_t part_length(struct sv written)
{
    bool last = true;
    size_t i = 0, capitals = 0, bytes, after;
    for (; i < written.n; i += bytes) {
        bool upper = is_upper_at(written, i, &bytes);
        if (!bytes)
            return written.n;
        bool small_next = i + bytes < written.n && !is_upper_at(written, i + bytes, &after);
        if (upper && (!last || (capitals >= 2 && small_next)))
            return i;
        capitals = upper ? capitals + 1 : 0;
        last = upper;
    }
    return i;
}

/* Names the letters of a part in capitals, as VN in VNPay; false if it is no such part. */
static bool spell_capitals(const struct transcription_tables *tables, struct sv written,
                           struct sv lower, struct buf *out)
{
    size_t length = out->n, bytes;
    if (utf8_count(written) < 2 || foreign_is_pronounceable(written, 4))
        return false;
    for (size_t i = 0; i < written.n; i += bytes) {
        const struct row *row = NULL;
        if (is_upper_at(written, i, &bytes))
            row = packed_find(tables->letters, sv_sub(lower, i, bytes));
        if (!row) {
            buf_cut(out, length);
            return false;
        }
        if (i)
            buf_putc(out, ' ');
        buf_add_sv(out, row_text(row, LETTER_SPOKEN));
    }
    return true;
}

/* One of several parts. */
static bool add_part(const struct transcription_tables *tables, struct sv written, struct sv lower,
                     const struct surroundings *around, struct buf *out)
{
    return (!packed_find(tables->loanwords, lower) &&
            spell_capitals(tables, written, lower, out)) ||
           whole_word(tables, written, lower, around, out);
}

const char *foreign_word(const struct transcription_tables *tables, struct sv written,
                         struct sv lower, const struct surroundings *around, struct buf *out)
{
    size_t n = part_length(written);
    const struct row *row = packed_find(tables->loanwords, lower);
    /* Mc and Mac belong to the name after them. */
    bool prefix = sv_is(sv_sub(lower, 0, n), "mc") || sv_is(sv_sub(lower, 0, n), "mac");
    if (n == written.n || row || prefix)
        return whole_word(tables, written, lower, around, out);
    struct buf parts = BUF_INIT;
    for (size_t i = 0; i < written.n; i += n) {
        n = part_length(sv_sub(written, i, written.n - i));
        if (parts.n)
            buf_putc(&parts, ' ');
        if (!add_part(tables, sv_sub(written, i, n), sv_sub(lower, i, n), around, &parts)) {
            buf_free(&parts);
            return whole_word(tables, written, lower, around, out);
        }
    }
    buf_add_sv(out, buf_sv(&parts));
    buf_free(&parts);
    return "part by part";
}
