#include "lang/foreign_words.h"

#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/joined_words.h"
#include "lang/syllable.h"
#include "lang/transcription.h"
#include "lang/web_names.h"

enum { TURNS_LETTERS = 4, MOST_CONSONANTS = 2, LONG = 7, LONGEST_COMPOUND = 24 };

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
    if (letters >= LONG && longest <= MOST_CONSONANTS + 1 && vowels * 4 >= letters)
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

/* The t and h of "bethany": two letters that are seldom of two words. */
static bool is_one_sound(char first, char second)
{
    return (second == 'h' && memchr("cgpst", first, 5)) || (first == 'q' && second == 'u') ||
           (first == 'c' && second == 'k');
}

bool foreign_compound(const struct transcription_tables *tables, struct sv lower, struct buf *out)
{
    enum { SHORTEST = 8, SHORTEST_PART = 4 };
    if (lower.n < SHORTEST || lower.n > LONGEST_COMPOUND)
        return false;
    for (size_t n = lower.n - SHORTEST_PART; n >= SHORTEST_PART; n--) {
        if (is_one_sound(lower.p[n - 1], lower.p[n]))
            continue;
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

/* The longest end of the word that has a row as the end of a compound (-bank), and where it begins.
 */
static const struct row *row_of_end(const struct transcription_tables *tables, struct sv lower,
                                    size_t *at)
{
    enum { SHORTEST_FIRST = 3, SHORTEST_END = 3, LONGEST_END = 9 };
    const struct row *row = NULL;
    struct buf key = BUF_INIT;
    size_t n = lower.n < SHORTEST_FIRST + LONGEST_END ? SHORTEST_FIRST : lower.n - LONGEST_END;
    for (; n + SHORTEST_END <= lower.n && !row; n++) {
        buf_clear(&key);
        buf_putc(&key, '-');
        buf_add_sv(&key, sv_sub(lower, n, lower.n - n));
        row = packed_find(tables->loanwords, buf_sv(&key));
        *at = n;
    }
    buf_free(&key);
    return row;
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

/* A word as it stands in a table or splits into what does. */
static const char *known_word(const struct transcription_tables *tables, struct sv lower,
                              struct buf *out)
{
    const struct row *row = packed_find(tables->loanwords, lower);
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
    return foreign_compound(tables, lower, out) ? N_("two words") : NULL;
}

/* A plural, or the sounds of the letters. */
static const char *sounded_word(const struct transcription_tables *tables, struct sv written,
                                struct sv lower, const struct surroundings *around, struct buf *out)
{
    const struct row *row = row_of_plural(tables, written);
    uint32_t first;
    if (row) {
        buf_add_sv(out, row_text(row, LOANWORD_SPOKEN));
        return "loanwords.tsv";
    }
    bool capital = utf8_decode(written, &first) && char_lower(first) != first;
    return transcribe(tables, lower, capital, around, out) ? "transcribe.tsv" : NULL;
}

/* agribank, skynews: the end of a compound, and what is before it, in which no other end counts. */
static bool compound_with_end(const struct transcription_tables *tables, struct sv written,
                              struct sv lower, const struct surroundings *around, struct buf *out)
{
    size_t at, before = out->n;
    const struct row *row = lower.n <= LONGEST_COMPOUND ? row_of_end(tables, lower, &at) : NULL;
    if (!row || (!known_word(tables, sv_sub(lower, 0, at), out) &&
                 !sounded_word(tables, sv_sub(written, 0, at), sv_sub(lower, 0, at), around, out)))
        return false;
    if (out->n > before)
        buf_putc(out, ' ');
    buf_add_sv(out, row_text(row, LOANWORD_SPOKEN));
    return true;
}

/* A word without a capital inside. */
static const char *whole_word(const struct transcription_tables *tables, struct sv written,
                              struct sv lower, const struct surroundings *around, struct buf *out)
{
    const char *rule = known_word(tables, lower, out);
    if (!rule && compound_with_end(tables, written, lower, around, out))
        rule = N_("two words");
    return rule ? rule : sounded_word(tables, written, lower, around, out);
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

/* Whether every part is a Vietnamese syllable, perhaps without its marks: BienDao. */
static bool are_syllables(struct sv written, struct sv lower)
{
    struct buf marked = BUF_INIT;
    bool all = true;
    for (size_t i = 0, n; i < written.n && all; i += n) {
        n = part_length(sv_sub(written, i, written.n - i));
        struct sv part = sv_sub(lower, i, n);
        all = syllable_is_legal(part) || web_name_syllable(part, &marked);
    }
    buf_free(&marked);
    return all;
}

/* The part before a capital in a foreign name, by a row of its own: the Mc of McIver, the De of
 * DeVito. */
static bool write_row_of_prefix(const struct transcription_tables *tables, struct sv part,
                                struct buf *out)
{
    struct buf key = BUF_INIT;
    buf_add_sv(&key, part);
    buf_putc(&key, '-');
    const struct row *row = packed_find(tables->loanwords, buf_sv(&key));
    buf_free(&key);
    if (row)
        buf_add_sv(out, row_text(row, LOANWORD_SPOKEN));
    return row;
}

/* By a row, or the d of DaSilva, which is a đ. False for other parts. */
static bool write_prefix(const struct transcription_tables *tables, struct sv part, struct buf *out)
{
    if (write_row_of_prefix(tables, part, out))
        return true;
    if (part.p[0] != 'd' || !syllable_is_legal(part))
        return false;
    buf_adds(out, "đ");
    buf_add_sv(out, sv_sub(part, 1, part.n - 1));
    return true;
}

static bool write_parts(const struct transcription_tables *tables, struct sv written,
                        struct sv lower, const struct surroundings *around, struct buf *out)
{
    bool foreign = !are_syllables(written, lower);
    for (size_t i = 0, n; i < written.n; i += n) {
        n = part_length(sv_sub(written, i, written.n - i));
        struct sv part = sv_sub(lower, i, n);
        if (i)
            buf_putc(out, ' ');
        bool done = foreign && i + n < written.n && write_prefix(tables, part, out);
        if (!done && !whole_word(tables, sv_sub(written, i, n), part, around, out))
            return false;
    }
    return true;
}

const char *foreign_word(const struct transcription_tables *tables, struct sv written,
                         struct sv lower, const struct surroundings *around, struct buf *out)
{
    size_t n = part_length(written);
    const struct row *row = packed_find(tables->loanwords, lower);
    /* Mac belongs to the name after it. */
    if (n == written.n || row || sv_is(sv_sub(lower, 0, n), "mac"))
        return whole_word(tables, written, lower, around, out);
    struct buf parts = BUF_INIT;
    bool done = write_parts(tables, written, lower, around, &parts);
    if (done)
        buf_add_sv(out, buf_sv(&parts));
    buf_free(&parts);
    return done ? N_("part by part") : whole_word(tables, written, lower, around, out);
}
