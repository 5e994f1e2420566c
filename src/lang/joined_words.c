#include "lang/joined_words.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "lang/syllable.h"

enum { MOST_LETTERS = 32 };

/* A word by letters; letter i is bytes at[i] to at[i + 1]. */
struct joined {
    struct sv word;
    uint32_t at[MOST_LETTERS + 1];
    uint8_t id[MOST_LETTERS];
    uint32_t n;
    uint16_t cost[MOST_LETTERS + 1]; /* of the best split from here on; 0: none */
    uint8_t length[MOST_LETTERS];    /* letters of its first syllable */
    bool by_tones;                   /* known to be Vietnamese by its tone marks only */
};

/* Other languages use é, è and à too; đ, ă, ơ, ư, ê, ô, â and the tones hỏi and nặng hardly occur
 * there. */
static bool is_vietnamese(struct letter letter)
{
    bool quality = letter.id == LETTER_A_BREVE || letter.id == LETTER_A_CIRCUMFLEX ||
                   letter.id == LETTER_E_CIRCUMFLEX || letter.id == LETTER_O_CIRCUMFLEX ||
                   letter.id == LETTER_O_HORN || letter.id == LETTER_U_HORN ||
                   letter.id == LETTER_D_STROKE;
    return quality || letter.tone == TONE_HOI || letter.tone == TONE_NANG;
}

/* Whether the word has letters that only Vietnamese has, or two tone marks: tìnhhình. */
static bool scan_word(struct joined *j, struct sv word)
{
    bool marked = false;
    unsigned tones = 0;
    j->word = word;
    j->n = 0;
    for (size_t i = 0; i < word.n;) {
        uint32_t code;
        unsigned bytes = utf8_decode_valid(word.p + i, &code);
        struct letter letter = letter_of(code);
        if (letter.id == LETTER_NONE || j->n == MOST_LETTERS)
            return false;
        marked = marked || is_vietnamese(letter);
        tones += letter.tone != TONE_NGANG;
        j->at[j->n] = (uint32_t)i;
        j->id[j->n++] = letter.id;
        i += bytes;
    }
    j->at[j->n] = (uint32_t)word.n;
    j->by_tones = !marked && tones == 2 && !letter_is_vowel(j->id[0]);
    return marked || j->by_tones;
}

/* Costs of a split: each syllable; a syllable whose spelling had to be changed; a syllable inside
 * the word that begins with a vowel (Lê-nin, not Lên-in). */
enum { COST_SYLLABLE = 4, COST_CHANGED = 4, COST_VOWEL = 1 };

/* Appends the syllable that the letters i to i + n - 1 spell to out. Returns its cost; 0 if they
 * are not a syllable. */
static unsigned write_part(const struct joined *j, uint32_t i, uint32_t n, struct buf *out)
{
    struct sv part = sv_sub(j->word, j->at[i], j->at[i + n] - j->at[i]);
    unsigned cost = COST_SYLLABLE + (i > 0 && letter_is_vowel(j->id[i]) ? COST_VOWEL : 0);
    if (n == 1 && !letter_is_vowel(j->id[i]))
        return 0;
    if (syllable_is_legal(part)) {
        buf_add_sv(out, part);
        return cost;
    }
    struct buf older = BUF_INIT;
    struct syllable s;
    buf_add_sv(&older, part);
    if (n > 1 && j->id[i + n - 1] == LETTER_K)
        older.p[older.n - 1] = 'c';
    bool legal =
        syllable_parse(buf_sv(&older), &s) || syllable_parse_toned(buf_sv(&older), TONE_SAC, &s);
    if (legal)
        syllable_write(&s, syllable_tone_place(&s), out);
    buf_free(&older);
    return legal ? cost + COST_CHANGED : 0;
}

static bool find_split(struct joined *j, struct buf *scratch)
{
    memset(j->cost, 0, sizeof j->cost);
    for (uint32_t i = j->n; i-- > 0;) {
        uint32_t most = j->n - i < SYLLABLE_LETTERS ? j->n - i : SYLLABLE_LETTERS;
        for (uint32_t n = most; n > 0; n--) {
            bool last = i + n == j->n;
            if (!last && !j->cost[i + n])
                continue;
            buf_clear(scratch);
            unsigned cost = write_part(j, i, n, scratch);
            if (cost && !last)
                cost += j->cost[i + n];
            if (!cost || (j->cost[i] && cost >= j->cost[i]))
                continue;
            j->cost[i] = (uint16_t)cost;
            j->length[i] = (uint8_t)n;
        }
    }
    /* Two syllables, each with an onset and a tone: not élève, not Hélène. */
    return j->cost[0] > 0 && (!j->by_tones || j->cost[0] == 2 * COST_SYLLABLE);
}

bool joined_split(struct sv lower, struct buf *out)
{
    struct joined j;
    struct buf scratch = BUF_INIT;
    bool found = scan_word(&j, lower) && find_split(&j, &scratch);
    for (uint32_t i = 0; found && i < j.n; i += j.length[i]) {
        if (i)
            buf_putc(out, ' ');
        write_part(&j, i, j.length[i], out);
    }
    buf_free(&scratch);
    return found;
}

/* ---- one syllable ---- */

/* Onsets that sound alike; which is right depends on the vowel after them. */
static const struct {
    const char *written, *right;
} onsets[] = {{"qư", "qu"}, {"k", "c"},    {"q", "c"},    {"c", "k"}, {"gh", "g"},
              {"g", "gh"},  {"ngh", "ng"}, {"ng", "ngh"}, {"q", "k"}};

/* Appends the rest of the word after another onset, if that is a legal syllable. */
static bool write_with_onset(const char *onset, struct sv rest, struct buf *out)
{
    size_t before = out->n;
    struct syllable s;
    buf_adds(out, onset);
    buf_add_sv(out, rest);
    if (syllable_parse(sv_sub(buf_sv(out), before, out->n - before), &s))
        return true;
    buf_cut(out, before);
    return false;
}

/* Appends a syllable as it is, or with its onset spelled as its vowel asks for. */
static bool write_respelled(struct sv lower, struct buf *out)
{
    if (write_with_onset("", lower, out))
        return true;
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        struct sv onset = sv_of(onsets[i].written);
        if (sv_starts(lower, onset) &&
            write_with_onset(onsets[i].right, sv_sub(lower, onset.n, lower.n - onset.n), out))
            return true;
    }
    return false;
}

/* Vowels whose hook or circumflex was forgotten; the syllable has no other reading. */
static void mend_vowels(uint8_t *id, uint32_t n)
{
    for (uint32_t i = 0; i + 2 < n; i++) {
        bool after_q = i > 0 && id[i - 1] == LETTER_Q;
        if (id[i] == LETTER_U && id[i + 1] == LETTER_O_HORN && !after_q)
            id[i] = LETTER_U_HORN; /* đuợc */
        else if (id[i] == LETTER_U_HORN && id[i + 1] == LETTER_O)
            id[i + 1] = LETTER_O_HORN; /* nưóc */
        else if ((id[i] == LETTER_I || id[i] == LETTER_Y) && id[i + 1] == LETTER_E)
            id[i + 1] = LETTER_E_CIRCUMFLEX; /* tiéng */
    }
}

/* Writes the word again with its vowels mended. False if it has another letter. */
static bool write_mended(struct sv lower, struct buf *out)
{
    uint8_t id[SYLLABLE_LETTERS], tone[SYLLABLE_LETTERS];
    uint32_t n = 0, code;
    for (size_t i = 0, bytes; i < lower.n; i += bytes, n++) {
        bytes = utf8_decode_valid(lower.p + i, &code);
        struct letter letter = letter_of(code);
        if (!letter.id || n == SYLLABLE_LETTERS)
            return false;
        id[n] = letter.id;
        tone[n] = letter.tone;
    }
    mend_vowels(id, n);
    for (uint32_t i = 0; i < n; i++)
        buf_add_code(out, letter_code((enum letter_id)id[i], (enum tone)tone[i]));
    return true;
}

/* đuợc, nguời, nưóc, tiéng. */
static bool write_with_mended_vowels(struct sv lower, struct buf *out)
{
    struct buf mended = BUF_INIT;
    struct syllable s;
    bool legal = write_mended(lower, &mended) && syllable_parse(buf_sv(&mended), &s);
    if (legal)
        syllable_write(&s, syllable_tone_place(&s), out);
    buf_free(&mended);
    return legal;
}

/* Appends the consonant with ơ: k is cơ. */
static void write_consonant(uint32_t code, struct buf *out)
{
    buf_add_code(out, code == 'k' ? 'c' : code);
    buf_adds(out, "ơ ");
}

/* The tone that a combining mark writes; TONE_NGANG: it is none of them. */
static enum tone tone_of_mark(uint32_t code)
{
    static const struct {
        uint16_t code;
        uint8_t tone;
    } marks[] = {{0x300, TONE_HUYEN},
                 {0x301, TONE_SAC},
                 {0x303, TONE_NGA},
                 {0x309, TONE_HOI},
                 {0x323, TONE_NANG}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].code == code)
            return (enum tone)marks[i].tone;
    return TONE_NGANG;
}

/* nhà̀: the tone is written twice on one letter. */
static bool write_without_second_tone(struct sv lower, struct buf *out)
{
    size_t before = out->n;
    uint8_t tone = TONE_NGANG;
    bool twice = false;
    for (struct sv rest = lower; rest.n;) {
        uint32_t code;
        unsigned n = utf8_decode(rest, &code);
        bool again = n && tone != TONE_NGANG && tone_of_mark(code) == tone;
        if (!again)
            buf_add(out, rest.p, n ? n : 1);
        twice |= again;
        tone = letter_of(code).tone;
        rest = sv_from(rest, n ? n : 1);
    }
    if (twice && syllable_is_legal((struct sv){out->p + before, out->n - before}))
        return true;
    buf_cut(out, before);
    return false;
}

bool respelled_syllable(struct sv lower, struct buf *out)
{
    uint32_t code;
    if (ascii_only(lower) || syllable_is_legal(lower))
        return false;
    if (write_without_second_tone(lower, out) || write_respelled(lower, out) ||
        write_with_mended_vowels(lower, out))
        return true;
    size_t before = out->n;
    unsigned n = utf8_decode(lower, &code);
    struct letter letter = letter_of(code);
    if (!n || !letter.id || letter_is_vowel(letter.id) || letter.id >= LETTER_F || code == 'q')
        return false;
    write_consonant(code, out);
    if (write_respelled(sv_sub(lower, n, lower.n - n), out))
        return true;
    buf_cut(out, before);
    return false;
}
