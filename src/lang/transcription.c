#include "lang/transcription.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/letter.h"
#include "lang/sounds.h"

enum { MOST_LETTERS = 64, LONGEST_GROUP = 6, LONGEST_SIGN = 5, LONGEST_CONTEXT = 11 };

/* Beside the signs of a word itself (origins.tsv), which have weights in the same measure. */
enum {
    SMALL_LETTER_SCORE = 12, /* for English: a word that is no name */
    PLACE_SCORE = 7,         /* the sentence speaks of a place there */
    OTHER_NAME_SHARE = 2     /* of the score of the other parts of a name: one half */
};

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

/* Adds a letter as the table has it, or else its base letter, or else nothing. a to z need no row:
 * without one they are silent anyway. */
static void add_letter(struct word_letters *w, const struct packed_table *sounds, uint32_t code)
{
    if (code >= 'a' && code <= 'z') {
        add_code(w, code, is_plain_vowel(code));
        return;
    }
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
        bytes = utf8_decode_valid(lower.p + i, &code);
        if (w->n > MOST_LETTERS)
            return false;
        add_letter(w, sounds, code);
    }
    add_code(w, '$', false);
    return w->n > 2;
}

/* The origin of a word. */

/* The origins from here on are kinds of the one before, ORIGIN_OTHER. */
enum { OTHERS = 14 };
_Static_assert(ORIGIN_OTHER == 1 << (OTHERS - 1), "the order of the origins");

/* The number of the highest bit; 0 for none. */
static unsigned origin_number(uint32_t origin)
{
    return 31u - (unsigned)__builtin_clz(origin | 1);
}

static void add_sign(const struct packed_table *signs, struct sv letters, struct origin_scores *s)
{
    for (const struct row *row = packed_find(signs, letters); row; row = row_next(row))
        s->of[origin_number(row_kinds(row))] += row_number(row, SIGN_WEIGHT);
}

/* Adds up what each group of letters is a sign of, and the whole word. */
static void add_signs(const struct packed_table *signs, const struct word_letters *w,
                      struct origin_scores *s)
{
    for (uint32_t i = 0; i < w->n; i++)
        for (uint32_t n = 1; n <= LONGEST_SIGN && i + n <= w->n; n++)
            add_sign(signs, letters_at(w, i, n), s);
    if (w->n > LONGEST_SIGN)
        add_sign(signs, buf_sv(&w->text), s);
}

struct origin_scores origin_scores_of(const struct transcription_tables *tables, struct sv lower)
{
    struct origin_scores s = {{0}};
    struct word_letters w = {.text = BUF_INIT};
    if (split_letters(&w, tables->sounds, lower))
        add_signs(tables->signs, &w, &s);
    buf_free(&w.text);
    return s;
}

static void add_surroundings(const struct surroundings *around, struct origin_scores *s)
{
    for (unsigned i = 0; i < ORIGINS; i++)
        s->of[i] += around->names.of[i] / OTHER_NAME_SHARE +
                    (int32_t)(around->places >> i & 1) * PLACE_SCORE;
}

/* The origin with the highest score, of equal ones the first. */
static uint32_t guess_origin(const struct transcription_tables *tables,
                             const struct word_letters *w, struct sv lower, bool name,
                             const struct surroundings *around)
{
    struct origin_scores s = {{0}};
    unsigned best = 0;
    bool known = around && around->known && sv_eq(around->known_word, lower);
    uint32_t *taken = known && name ? around->taken : NULL;
    if (taken && *taken)
        return *taken;
    if (known)
        s = *around->known;
    else
        add_signs(tables->signs, w, &s);
    if (!name)
        s.of[origin_number(ORIGIN_ENGLISH)] += SMALL_LETTER_SCORE;
    if (around)
        add_surroundings(around, &s);
    for (unsigned i = OTHERS; i < ORIGINS; i++)
        s.of[i] += s.of[OTHERS - 1];
    for (unsigned i = 1; i < ORIGINS; i++)
        if (s.of[i] > s.of[best])
            best = i;
    if (taken)
        *taken = 1u << best;
    return 1u << best;
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

/* English: letters say phonemes, phonemes are said in syllables. */

/* Adds the letters a to z of the word, others by their base letter. */
static void add_plain(const struct word_letters *w, struct buf *out)
{
    uint32_t code;
    for (uint32_t i = 1; i + 1 < w->n; i++) {
        utf8_decode(letters_at(w, i, 1), &code);
        code = nfc_base(code);
        if (code >= 'a' && code <= 'z')
            buf_putc(out, (char)code);
    }
}

static struct sv phonemes_at(const struct packed_table *english, struct sv padded, size_t i)
{
    struct sv phonemes = SV("-");
    for (size_t n = 1; n <= LONGEST_CONTEXT; n++) {
        const struct row *row = packed_find(english, sv_sub(padded, i - (n - 1) / 2, n));
        if (!row)
            break;
        phonemes = row_text(row, ENGLISH_PHONEMES);
    }
    return phonemes;
}

static void add_phonemes(const struct packed_table *english, const struct word_letters *w,
                         struct buf *out)
{
    struct buf padded = BUF_INIT;
    buf_adds(&padded, "^^^^^");
    add_plain(w, &padded);
    size_t end = padded.n;
    buf_adds(&padded, "$$$$$");
    for (size_t i = LONGEST_CONTEXT / 2; i < end; i++) {
        struct sv phonemes = phonemes_at(english, buf_sv(&padded), i);
        if (!sv_is(phonemes, "-"))
            buf_add_sv(out, phonemes);
    }
    buf_free(&padded);
}

static bool has_vowel(const struct word_letters *w)
{
    for (uint32_t i = 0; i < w->n; i++)
        if (w->vowel[i])
            return true;
    return false;
}

static bool write_english(const struct transcription_tables *tables, const struct word_letters *w,
                          struct buf *out)
{
    struct word_letters spoken = {.text = BUF_INIT};
    struct sounds sounds = {0};
    struct buf phonemes = BUF_INIT;
    add_phonemes(tables->english, w, &phonemes);
    bool done = split_letters(&spoken, tables->phonemes, buf_sv(&phonemes));
    if (done) {
        add_sounds(tables->phonemes, &spoken, ORIGIN_ENGLISH, &sounds);
        done = sounds_write(&sounds, out);
    }
    vec_free(&sounds);
    buf_free(&spoken.text);
    buf_free(&phonemes);
    return done;
}

static bool write_letters(const struct transcription_tables *tables, const struct word_letters *w,
                          uint32_t origin, struct buf *out)
{
    struct sounds sounds = {0};
    add_sounds(tables->sounds, w, origin, &sounds);
    bool done = sounds_write(&sounds, out);
    vec_free(&sounds);
    return done;
}

bool transcribe(const struct transcription_tables *tables, struct sv lower, bool name,
                const struct surroundings *around, struct buf *out)
{
    struct word_letters w = {.text = BUF_INIT};
    struct buf syllables = BUF_INIT;
    bool done = false;
    if (split_letters(&w, tables->sounds, lower) && has_vowel(&w)) {
        uint32_t origin = guess_origin(tables, &w, lower, name, around);
        done = write_parts(tables->syllables, &w, origin, &syllables) ||
               (origin == ORIGIN_ENGLISH && write_english(tables, &w, &syllables)) ||
               write_letters(tables, &w, origin, &syllables);
    }
    if (done)
        buf_add_sv(out, buf_sv(&syllables));
    buf_free(&syllables);
    buf_free(&w.text);
    return done;
}
