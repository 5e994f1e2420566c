#include "lang/transcription.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/letter.h"
#include "lang/sounds.h"

enum { MOST_LETTERS = 64, LONGEST_GROUP = 6, LONGEST_SIGN = 7, MOST_ORIGINS = 16 };
enum { CERTAIN = 2 }; /* the score from which a guess counts */

/* The word with ^ before it and $ after it; letter i is at text.p[at[i]]. */
struct word_letters {
    struct buf text;
    uint32_t at[MOST_LETTERS + 3];
    bool vowel[MOST_LETTERS + 2];
    uint32_t n; /* with ^ and $ */
};

static struct sv letters_at(const struct word_letters *w, uint32_t i, uint32_t n)
{
    return (struct sv){w->text.p + w->at[i], w->at[i + n] - w->at[i]};
}

static bool is_plain_vowel(uint32_t code)
{
    return code == 'a' || code == 'e' || code == 'i' || code == 'o' || code == 'u' || code == 'y';
}

static void add_code(struct word_letters *w, uint32_t code, bool vowel)
{
    w->at[w->n] = (uint32_t)w->text.n;
    w->vowel[w->n++] = vowel;
    buf_add_code(&w->text, code);
    w->at[w->n] = (uint32_t)w->text.n;
}

static const struct row *sounds_of(const struct packed_table *sounds, uint32_t code)
{
    char utf8[4];
    unsigned n = utf8_encode(code, utf8);
    return packed_find(sounds, (struct sv){utf8, n});
}

/* Adds a letter as the table has it, or else its base letter, or else nothing. */
static void add_letter(struct word_letters *w, const struct packed_table *sounds, uint32_t code)
{
    const struct row *row = sounds_of(sounds, code);
    if (!row) {
        struct letter letter = letter_of(code);
        code = letter.id ? letter_code((enum letter_id)letter.id, TONE_NGANG) : nfc_base(code);
        row = sounds_of(sounds, code);
    }
    if (!row)
        return;
    uint32_t sound;
    bool said = utf8_decode(row_text(row, SOUNDS_SPOKEN), &sound);
    add_code(w, code,
             is_plain_vowel(code) ||
                 (code >= 0x80 && said && letter_is_vowel(letter_of(sound).id)));
}

static bool split_letters(struct word_letters *w, const struct packed_table *sounds,
                          struct sv lower)
{
    uint32_t code;
    add_code(w, '^', false);
    for (size_t i = 0, bytes; i < lower.n; i += bytes) {
        bytes = utf8_decode(sv_sub(lower, i, lower.n - i), &code);
        if (!bytes || w->n > MOST_LETTERS)
            return false;
        add_letter(w, sounds, code);
    }
    add_code(w, '$', false);
    return w->n > 2;
}

/* Where a word comes from. */

struct scores {
    uint32_t origin[MOST_ORIGINS]; /* bits of enum origin, one each */
    int32_t score[MOST_ORIGINS];
    uint32_t n;
};

static void add_score(struct scores *s, uint32_t origin, int32_t weight)
{
    uint32_t i = 0;
    while (i < s->n && s->origin[i] != origin)
        i++;
    if (i == MOST_ORIGINS)
        return;
    if (i == s->n) {
        s->origin[s->n] = origin;
        s->score[s->n++] = 0;
    }
    s->score[i] += weight;
}

/* Adds up what each group of letters is a sign of. Returns the origin with the highest score, of
 * equal ones the first seen; 0: none. */
static uint32_t guess_origin(const struct packed_table *signs, const struct word_letters *w,
                             bool name)
{
    struct scores s = {.n = 0};
    if (!name)
        add_score(&s, ORIGIN_ENGLISH, CERTAIN);
    for (uint32_t i = 0; i < w->n; i++) {
        for (uint32_t n = 1; n <= LONGEST_SIGN && i + n <= w->n; n++) {
            const struct row *row = packed_find(signs, letters_at(w, i, n));
            for (; row; row = row_next(row))
                add_score(&s, row_kinds(row), row_number(row, SIGN_WEIGHT));
        }
    }
    int32_t best = CERTAIN - 1;
    uint32_t origin = 0;
    for (uint32_t i = 0; i < s.n; i++)
        if (s.score[i] > best) {
            best = s.score[i];
            origin = s.origin[i];
        }
    return origin;
}

/* Languages that have few syllables: Chinese, Korean. */

static const struct row *part_of(const struct packed_table *syllables, struct sv letters,
                                 uint32_t origin)
{
    const struct row *row = packed_find(syllables, letters);
    while (row && row_kinds(row) != origin)
        row = row_next(row);
    return row;
}

/* Appends the whole word in syllables of that language: the fewest, among those the longest
 * first. */
static bool write_parts(const struct packed_table *syllables, const struct word_letters *w,
                        uint32_t origin, struct buf *out)
{
    uint8_t count[MOST_LETTERS + 3] = {0}, length[MOST_LETTERS + 3];
    uint32_t end = w->n - 1;
    for (uint32_t i = end; i-- > 1;) {
        for (uint32_t n = LONGEST_GROUP; n > 0; n--) {
            if (i + n > end || (i + n < end && !count[i + n]))
                continue;
            unsigned parts = 1u + (i + n < end ? count[i + n] : 0u);
            if ((!count[i] || parts < count[i]) &&
                part_of(syllables, letters_at(w, i, n), origin)) {
                count[i] = (uint8_t)parts;
                length[i] = (uint8_t)n;
            }
        }
    }
    if (!count[1])
        return false;
    for (uint32_t i = 1; i < end; i += length[i]) {
        if (out->n)
            buf_putc(out, ' ');
        const struct row *part = part_of(syllables, letters_at(w, i, length[i]), origin);
        buf_add_sv(out, row_text(part, FOREIGN_SYLLABLE_SPOKEN));
    }
    return true;
}

/* Letters by rule. */

static bool is_vowel_at(const struct word_letters *w, uint32_t i)
{
    return i > 0 && i + 1 < w->n && w->vowel[i];
}

static bool is_consonant_at(const struct word_letters *w, uint32_t i)
{
    return i > 0 && i + 1 < w->n && !w->vowel[i];
}

/* Whether the text ends in one of the items of a list with spaces between. */
static bool ends_in_one(struct sv text, struct sv list)
{
    while (list.n)
        if (sv_ends(text, sv_cut(&list, ' ')))
            return true;
    return false;
}

static bool starts_with_one(struct sv text, struct sv list)
{
    while (list.n)
        if (sv_starts(text, sv_cut(&list, ' ')))
            return true;
    return false;
}

/* Whether what is before letter i is what the row asks for. */
static bool fits_before(const struct word_letters *w, uint32_t i, const struct row *row)
{
    uint32_t asked = row_kinds(row) & BEFORE_ALL;
    struct sv letters = row_text(row, SOUNDS_BEFORE);
    if (!asked && !letters.n)
        return true;
    return ((asked & BEFORE_NOTHING) && i == 1) ||
           ((asked & BEFORE_VOWEL) && is_vowel_at(w, i - 1)) ||
           ((asked & BEFORE_CONSONANT) && is_consonant_at(w, i - 1)) ||
           ends_in_one(sv_sub(buf_sv(&w->text), 1, w->at[i] - 1u), letters);
}

/* The same for what is after the row's letters, from letter i on. */
static bool fits_after(const struct word_letters *w, uint32_t i, const struct row *row)
{
    uint32_t asked = row_kinds(row) & AFTER_ALL;
    struct sv letters = row_text(row, SOUNDS_AFTER);
    if (!asked && !letters.n)
        return true;
    return ((asked & AFTER_NOTHING) && i + 1 == w->n) ||
           ((asked & AFTER_VOWEL) && is_vowel_at(w, i)) ||
           ((asked & AFTER_CONSONANT) && is_consonant_at(w, i)) ||
           starts_with_one(sv_sub(buf_sv(&w->text), w->at[i], w->text.n - w->at[i]), letters);
}

static bool fits_origin(const struct row *row, uint32_t origin)
{
    uint32_t asked = row_kinds(row) & ORIGIN_ALL;
    return !asked || (asked & origin);
}

static const struct row *rule_for(const struct packed_table *sounds, const struct word_letters *w,
                                  uint32_t i, uint32_t n, uint32_t origin)
{
    const struct row *row = packed_find(sounds, letters_at(w, i, n));
    while (row &&
           !(fits_origin(row, origin) && fits_before(w, i, row) && fits_after(w, i + n, row)))
        row = row_next(row);
    return row;
}

static void add_sounds(const struct packed_table *table, const struct word_letters *w,
                       uint32_t origin, struct sounds *sounds)
{
    uint32_t end = w->n - 1;
    for (uint32_t i = 1; i < end;) {
        uint32_t n = end - i < LONGEST_GROUP ? end - i : LONGEST_GROUP;
        const struct row *row = NULL;
        while (n > 0 && !(row = rule_for(table, w, i, n, origin)))
            n--;
        if (row)
            sounds_add(sounds, row_text(row, SOUNDS_SPOKEN));
        i += n ? n : 1;
    }
}

bool transcribe(const struct transcription_tables *tables, struct sv lower, bool name,
                struct buf *out)
{
    struct word_letters w = {.text = BUF_INIT};
    struct buf syllables = BUF_INIT;
    bool done = false;
    if (split_letters(&w, tables->sounds, lower)) {
        uint32_t origin = guess_origin(tables->signs, &w, name);
        done = origin && write_parts(tables->syllables, &w, origin, &syllables);
        if (!done) {
            struct sounds sounds = {0};
            add_sounds(tables->sounds, &w, origin, &sounds);
            done = sounds_write(&sounds, &syllables);
            vec_free(&sounds);
        }
    }
    if (done)
        buf_add_sv(out, buf_sv(&syllables));
    buf_free(&syllables);
    buf_free(&w.text);
    return done;
}
