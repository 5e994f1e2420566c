#include "lang/transcription.h"

#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/sounds.h"

enum { MOST_LETTERS = 64, LONGEST_GROUP = 6, LONGEST_SIGN = 7, MOST_ORIGINS = 16 };
enum { SOUNDS = 1, ORIGIN = 2, BEFORE = 3, AFTER = 4 }; /* columns of transcribe.tsv */
enum { SIGN_ORIGIN = 1, SIGN_WEIGHT = 2 };              /* of origins.tsv */
enum { PART_SPOKEN = 1, PART_ORIGIN = 2 };              /* of foreign-syllables.tsv */
enum { CERTAIN = 2 };                                   /* the score from which a guess counts */

/* The word with ^ in front and $ behind; letter i stands at text.p[at[i]]. */
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

/* A letter that the table knows stays; another one is taken for what it is built on. */
static void add_letter(struct word_letters *w, const struct rules *rules, uint32_t code)
{
    char utf8[4];
    unsigned n = utf8_encode(code, utf8);
    const struct rule *row = rules_find(rules, TABLE_TRANSCRIBE, (struct sv){utf8, n}, NULL);
    if (!row) {
        struct letter letter = letter_of(code);
        code = letter.id ? letter_code((enum letter_id)letter.id, TONE_NGANG) : nfc_base(code);
        n = utf8_encode(code, utf8);
        row = rules_find(rules, TABLE_TRANSCRIBE, (struct sv){utf8, n}, NULL);
    }
    if (!row)
        return;
    uint32_t sound;
    bool said = utf8_decode(row->cell[SOUNDS], &sound);
    add_code(w, code,
             is_plain_vowel(code) ||
                 (code >= 0x80 && said && letter_is_vowel(letter_of(sound).id)));
}

static bool take_word(struct word_letters *w, const struct rules *rules, struct sv lower)
{
    uint32_t code;
    add_code(w, '^', false);
    for (size_t i = 0, bytes; i < lower.n; i += bytes) {
        bytes = utf8_decode(sv_sub(lower, i, lower.n - i), &code);
        if (!bytes || w->n > MOST_LETTERS)
            return false;
        add_letter(w, rules, code);
    }
    add_code(w, '$', false);
    return w->n > 2;
}

/* Where a word comes from. */

struct scores {
    struct sv origin[MOST_ORIGINS];
    int32_t score[MOST_ORIGINS];
    uint32_t n;
};

static void add_score(struct scores *s, struct sv origin, int32_t weight)
{
    uint32_t i = 0;
    while (i < s->n && !sv_eq(s->origin[i], origin))
        i++;
    if (i == MOST_ORIGINS)
        return;
    if (i == s->n) {
        s->origin[s->n] = origin;
        s->score[s->n++] = 0;
    }
    s->score[i] += weight;
}

static int32_t weight_of(struct sv cell)
{
    int32_t weight = 0;
    bool minus = cell.n && cell.p[0] == '-';
    for (size_t i = minus ? 1 : 0; i < cell.n && cell.p[i] >= '0' && cell.p[i] <= '9' && i < 4; i++)
        weight = weight * 10 + (cell.p[i] - '0');
    return minus ? -weight : weight;
}

/* Adds up what each group of letters is a sign of; the origin with the highest score, or none. */
static struct sv guess_origin(const struct rules *rules, const struct word_letters *w, bool name)
{
    struct scores s = {.n = 0};
    if (!name)
        add_score(&s, SV("en"), CERTAIN);
    for (uint32_t i = 0; i < w->n; i++) {
        for (uint32_t n = 1; n <= LONGEST_SIGN && i + n <= w->n; n++) {
            const struct index_entry *next;
            const struct rule *row = rules_find(rules, TABLE_ORIGINS, letters_at(w, i, n), &next);
            for (; row; row = rules_next(rules, TABLE_ORIGINS, &next))
                add_score(&s, row->cell[SIGN_ORIGIN], weight_of(row->cell[SIGN_WEIGHT]));
        }
    }
    int32_t best = CERTAIN - 1;
    struct sv origin = {"", 0};
    for (uint32_t i = 0; i < s.n; i++)
        if (s.score[i] > best) {
            best = s.score[i];
            origin = s.origin[i];
        }
    return origin;
}

/* Languages that have few syllables: Chinese, Korean. */

static const struct rule *part_of(const struct rules *rules, struct sv letters, struct sv origin)
{
    const struct index_entry *next;
    const struct rule *row = rules_find(rules, TABLE_FOREIGN_SYLLABLES, letters, &next);
    while (row && !sv_eq(row->cell[PART_ORIGIN], origin))
        row = rules_next(rules, TABLE_FOREIGN_SYLLABLES, &next);
    return row;
}

/* The whole word in syllables of that language, the fewest and among those the longest first. */
static bool write_parts(const struct rules *rules, const struct word_letters *w, struct sv origin,
                        struct buf *out)
{
    uint8_t count[MOST_LETTERS + 3] = {0}, length[MOST_LETTERS + 3];
    uint32_t end = w->n - 1;
    for (uint32_t i = end; i-- > 1;) {
        for (uint32_t n = LONGEST_GROUP; n > 0; n--) {
            if (i + n > end || (i + n < end && !count[i + n]))
                continue;
            unsigned parts = 1u + (i + n < end ? count[i + n] : 0u);
            if ((!count[i] || parts < count[i]) && part_of(rules, letters_at(w, i, n), origin)) {
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
        buf_add_sv(out, part_of(rules, letters_at(w, i, length[i]), origin)->cell[PART_SPOKEN]);
    }
    return true;
}

/* Letters by rule. */

/* Whether the list of the cell, separated by spaces, holds the word; an empty list holds all. */
static bool list_holds(struct sv list, struct sv word)
{
    if (!list.n)
        return true;
    while (list.p)
        if (sv_eq(sv_cut(&list, ' '), word))
            return true;
    return false;
}

static bool stands_before(const struct word_letters *w, uint32_t i, struct sv what)
{
    struct sv before = sv_sub(buf_sv(&w->text), 1, w->at[i] - 1u);
    if (sv_is(what, "#"))
        return i == 1;
    if (sv_is(what, "V") || sv_is(what, "C"))
        return i > 1 && w->vowel[i - 1] == (what.p[0] == 'V');
    return sv_ends(before, what);
}

static bool stands_after(const struct word_letters *w, uint32_t i, struct sv what)
{
    if (sv_is(what, "#"))
        return i + 1 == w->n;
    if (sv_is(what, "V") || sv_is(what, "C"))
        return i + 1 < w->n && w->vowel[i] == (what.p[0] == 'V');
    return sv_starts(sv_sub(buf_sv(&w->text), w->at[i], w->text.n - w->at[i]), what);
}

/* Whether one of the conditions of a cell holds; an empty cell asks for nothing. */
static bool fits(const struct word_letters *w, uint32_t i, struct sv cell,
                 bool stands(const struct word_letters *, uint32_t, struct sv))
{
    if (!cell.n)
        return true;
    while (cell.p)
        if (stands(w, i, sv_cut(&cell, ' ')))
            return true;
    return false;
}

static const struct rule *rule_for(const struct rules *rules, const struct word_letters *w,
                                   uint32_t i, uint32_t n, struct sv origin)
{
    const struct index_entry *next;
    const struct rule *row = rules_find(rules, TABLE_TRANSCRIBE, letters_at(w, i, n), &next);
    for (; row; row = rules_next(rules, TABLE_TRANSCRIBE, &next))
        if (list_holds(row->cell[ORIGIN], origin) && fits(w, i, row->cell[BEFORE], stands_before) &&
            fits(w, i + n, row->cell[AFTER], stands_after))
            return row;
    return NULL;
}

static void take_sounds(const struct rules *rules, const struct word_letters *w, struct sv origin,
                        struct sounds *sounds)
{
    uint32_t end = w->n - 1;
    for (uint32_t i = 1; i < end;) {
        uint32_t n = end - i < LONGEST_GROUP ? end - i : LONGEST_GROUP;
        const struct rule *row = NULL;
        while (n > 0 && !(row = rule_for(rules, w, i, n, origin)))
            n--;
        if (row)
            sounds_add(sounds, row->cell[SOUNDS]);
        i += n ? n : 1;
    }
}

bool transcribe(const struct rules *rules, struct sv lower, bool name, struct buf *out)
{
    struct word_letters w = {.text = BUF_INIT};
    struct buf syllables = BUF_INIT;
    bool done = false;
    if (take_word(&w, rules, lower)) {
        struct sv origin = guess_origin(rules, &w, name);
        done = origin.n && write_parts(rules, &w, origin, &syllables);
        if (!done) {
            struct sounds sounds = {0};
            take_sounds(rules, &w, origin, &sounds);
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
