#include "lang/foreign_words.h"

#include "base/message.h"
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
        n = utf8_decode_valid(written.p + i, &code);
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
    bool split = respelled_syllable(lower, &syllables) || joined_split(lower, &syllables);
    buf_free(&syllables);
    return split;
}

bool foreign_compound(const struct transcription_tables *tables, struct sv lower, struct buf *out)
{
    enum { SHORTEST = 9, SHORTEST_PART = 4, LONGEST = 24 };
    if (lower.n < SHORTEST || lower.n > LONGEST)
        return false;
    for (size_t n = lower.n - SHORTEST_PART; n >= SHORTEST_PART; n--) {
        const struct row *first = packed_find(tables->loanwords, sv_sub(lower, 0, n));
        const struct row *second =
            first ? packed_find(tables->loanwords, sv_sub(lower, n, lower.n - n)) : NULL;
        if (!second)
            continue;
        buf_add_sv(out, row_text(first, LOANWORD_SPOKEN));
        buf_putc(out, ' ');
        buf_add_sv(out, row_text(second, LOANWORD_SPOKEN));
        return true;
    }
    return false;
}

/* flavonoids, templates: the plural of a word in small letters that has a row; its s is silent, but
 * not that of roses and boxes. */
static const struct row *row_of_plural(const struct transcription_tables *tables, struct sv written)
{
    enum { SHORTEST = 5 };
    bool plural = written.n >= SHORTEST && written.p[written.n - 1] == 's' && written.p[0] >= 'a' &&
                  written.p[0] <= 'z';
    size_t n = written.n;
    bool sounds = plural && written.p[n - 2] == 'e' && memchr("szxcgh", written.p[n - 3], 6);
    return plural && !sounds ? packed_find(tables->loanwords, sv_sub(written, 0, written.n - 1))
                             : NULL;
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
        return N_("syllable");
    }
    if (respelled_syllable(lower, out))
        return N_("syllable in another spelling");
    if (joined_split(lower, out))
        return N_("written together");
    if (web_name_syllable(lower, out))
        return N_("syllable without marks");
    if (foreign_compound(tables, lower, out))
        return N_("two words");
    row = row_of_plural(tables, written);
    if (row) {
        buf_add_sv(out, row_text(row, LOANWORD_SPOKEN));
        return "loanwords.tsv";
    }
    bool capital = utf8_decode(written, &first) && char_lower(first) != first;
    return transcribe(tables, lower, capital, around, out) ? "transcribe.tsv" : NULL;
}

/* The bytes up to the next capital that follows a small letter. */
static size_t part_length(struct sv written)
{
    uint32_t code;
    bool small = false;
    size_t i = 0;
    for (size_t n; i < written.n; i += n) {
        n = utf8_decode_valid(written.p + i, &code);
        bool upper = char_lower(code) != code;
        if (upper && small)
            return i;
        small = !upper;
    }
    return i;
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
        if (!whole_word(tables, sv_sub(written, i, n), sv_sub(lower, i, n), around, &parts)) {
            buf_free(&parts);
            return whole_word(tables, written, lower, around, out);
        }
    }
    buf_add_sv(out, buf_sv(&parts));
    buf_free(&parts);
    return N_("part by part");
}
