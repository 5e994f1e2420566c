#include "lang/syllable.h"

#include "base/utf8.h"

/* Codas: bits, since several may follow the vowels of a rime. */
enum coda {
    CODA_NONE = 1 << 0,
    CODA_C = 1 << 1,
    CODA_CH = 1 << 2,
    CODA_M = 1 << 3,
    CODA_N = 1 << 4,
    CODA_NG = 1 << 5,
    CODA_NH = 1 << 6,
    CODA_P = 1 << 7,
    CODA_T = 1 << 8,
    CODA_STOP = CODA_C | CODA_CH | CODA_P | CODA_T,
};

#define MNP_T (CODA_M | CODA_N | CODA_P | CODA_T)
#define BACK (MNP_T | CODA_C | CODA_NG)
#define PALATAL (CODA_CH | CODA_NH)

/* The onsets that a rime's vowels may follow. */
enum place {
    AFTER_ANY = 0,   /* any onset or none */
    AFTER_NONE = 1,  /* only without an onset: yê */
    AFTER_ONSET = 2, /* only with one: iê */
    AFTER_QU = 4,    /* only after qu */
    NOT_QU = 8,      /* not after qu: its medial is in the onset already */
    NOT_G = 16,      /* nor after g: no syllable has goe */
};

/* The vowel letters of a rime, the codas that may follow them and the onsets that may precede them.
 * A list of those that begin with one letter ends with codas == 0. */
struct vowels {
    uint8_t second, third;
    uint8_t place;
    uint16_t codas;
};

/* clang-format off */
static const struct vowels with_a[] = {
    {0, 0, AFTER_ANY, CODA_NONE | BACK | PALATAL},
    {LETTER_I, 0, AFTER_ANY, CODA_NONE},
    {LETTER_O, 0, AFTER_ANY, CODA_NONE},
    {LETTER_U, 0, AFTER_ANY, CODA_NONE},
    {LETTER_Y, 0, AFTER_ANY, CODA_NONE},
    {0}};
static const struct vowels with_a_breve[] = {{0, 0, AFTER_ANY, BACK}, {0}};
static const struct vowels with_a_circumflex[] = {
    {0, 0, AFTER_ANY, BACK},
    {LETTER_U, 0, AFTER_ANY, CODA_NONE},
    {LETTER_Y, 0, AFTER_ANY, CODA_NONE},
    {0}};
static const struct vowels with_e[] = {
    {0, 0, AFTER_ANY, CODA_NONE | BACK},
    {LETTER_O, 0, AFTER_ANY, CODA_NONE},
    {0}};
static const struct vowels with_e_circumflex[] = {
    {0, 0, AFTER_ANY, CODA_NONE | MNP_T | PALATAL},
    {LETTER_U, 0, AFTER_ANY, CODA_NONE},
    {0}};
static const struct vowels with_i[] = {
    {0, 0, AFTER_ANY, CODA_NONE | MNP_T | PALATAL},
    {LETTER_A, 0, AFTER_ANY, CODA_NONE},
    {LETTER_E_CIRCUMFLEX, 0, AFTER_ONSET, MNP_T | CODA_C | CODA_NG},
    {LETTER_E_CIRCUMFLEX, LETTER_U, AFTER_ONSET, CODA_NONE},
    {LETTER_U, 0, AFTER_ANY, CODA_NONE},
    {0}};
static const struct vowels with_o[] = {
    {0, 0, NOT_QU, CODA_NONE | BACK},
    {LETTER_A, 0, NOT_QU, CODA_NONE | BACK | PALATAL},
    {LETTER_A, LETTER_I, NOT_QU, CODA_NONE},
    {LETTER_A, LETTER_O, NOT_QU, CODA_NONE},
    {LETTER_A, LETTER_Y, NOT_QU, CODA_NONE},
    {LETTER_A_BREVE, 0, NOT_QU, BACK},
    {LETTER_E, 0, NOT_G, CODA_NONE | MNP_T | CODA_NG},
    {LETTER_E, LETTER_O, NOT_G, CODA_NONE},
    {LETTER_I, 0, NOT_QU, CODA_NONE},
    {LETTER_O, 0, NOT_QU, CODA_C | CODA_NG},
    {0}};
static const struct vowels with_o_circumflex[] = {
    {0, 0, AFTER_ANY, CODA_NONE | BACK},
    {LETTER_I, 0, AFTER_ANY, CODA_NONE},
    {LETTER_O_CIRCUMFLEX, 0, NOT_QU, CODA_NG},
    {0}};
static const struct vowels with_o_horn[] = {
    {0, 0, AFTER_ANY, CODA_NONE | BACK}, /* ơc: Phớc, a name */
    {LETTER_I, 0, AFTER_ANY, CODA_NONE},
    {0}};
static const struct vowels with_u[] = {
    {0, 0, NOT_QU, CODA_NONE | BACK},
    {LETTER_A, 0, NOT_QU, CODA_NONE},
    {LETTER_A_CIRCUMFLEX, 0, NOT_QU, CODA_N | CODA_NG | CODA_T},
    {LETTER_A_CIRCUMFLEX, LETTER_Y, NOT_QU, CODA_NONE},
    {LETTER_E_CIRCUMFLEX, 0, NOT_QU, CODA_NONE | PALATAL},
    {LETTER_E_CIRCUMFLEX, LETTER_U, NOT_QU, CODA_NONE},
    {LETTER_I, 0, NOT_QU, CODA_NONE},
    {LETTER_O_CIRCUMFLEX, 0, NOT_QU, CODA_C | CODA_M | CODA_N | CODA_NG | CODA_T},
    {LETTER_O_CIRCUMFLEX, LETTER_I, NOT_QU, CODA_NONE},
    {LETTER_O_HORN, 0, NOT_QU, CODA_NONE},
    {LETTER_Y, 0, NOT_QU, CODA_NONE | CODA_N | CODA_P | CODA_T | PALATAL},
    {LETTER_Y, LETTER_A, NOT_QU, CODA_NONE},
    {LETTER_Y, LETTER_E_CIRCUMFLEX, NOT_QU, CODA_N | CODA_T},
    {LETTER_Y, LETTER_U, NOT_QU, CODA_NONE},
    {0}};
static const struct vowels with_u_horn[] = {
    {0, 0, NOT_QU, CODA_NONE | BACK}, /* ưp: Cựp, a place */
    {LETTER_A, 0, NOT_QU, CODA_NONE},
    {LETTER_I, 0, NOT_QU, CODA_NONE},
    {LETTER_O_HORN, 0, NOT_QU, BACK},
    {LETTER_O_HORN, LETTER_I, NOT_QU, CODA_NONE},
    {LETTER_O_HORN, LETTER_U, NOT_QU, CODA_NONE},
    {LETTER_U, 0, NOT_QU, CODA_NONE},
    {0}};
static const struct vowels with_y[] = {
    {0, 0, AFTER_ANY, CODA_NONE},
    {0, 0, AFTER_QU, CODA_N | CODA_P | CODA_T | PALATAL},
    {LETTER_A, 0, AFTER_QU, CODA_NONE},
    {LETTER_E_CIRCUMFLEX, 0, AFTER_NONE, CODA_M | CODA_N | CODA_NG | CODA_T},
    {LETTER_E_CIRCUMFLEX, 0, AFTER_QU, CODA_N | CODA_T},
    {LETTER_E_CIRCUMFLEX, LETTER_U, AFTER_NONE, CODA_NONE},
    {LETTER_U, 0, AFTER_QU, CODA_NONE},
    {0}};

static const struct vowels *const rimes[LETTER_LAST_VOWEL + 1] = {
    [LETTER_A] = with_a, [LETTER_A_BREVE] = with_a_breve,
    [LETTER_A_CIRCUMFLEX] = with_a_circumflex, [LETTER_E] = with_e,
    [LETTER_E_CIRCUMFLEX] = with_e_circumflex, [LETTER_I] = with_i, [LETTER_O] = with_o,
    [LETTER_O_CIRCUMFLEX] = with_o_circumflex, [LETTER_O_HORN] = with_o_horn,
    [LETTER_U] = with_u, [LETTER_U_HORN] = with_u_horn, [LETTER_Y] = with_y};
/* clang-format on */

/* Reads the letters and the tone mark. False if there are other characters, or several marks. */
static bool parse_word_letters(struct sv word, struct syllable *s)
{
    *s = (struct syllable){0};
    for (size_t i = 0; i < word.n;) {
        uint32_t code;
        unsigned bytes = utf8_decode(sv_sub(word, i, word.n - i), &code);
        struct letter letter = letter_of(code);
        if (!bytes || letter.id == LETTER_NONE || letter.id >= LETTER_F || s->n == SYLLABLE_LETTERS)
            return false;
        if (letter.tone != TONE_NGANG) {
            if (s->tone != TONE_NGANG)
                return false;
            s->tone = letter.tone;
            s->tone_at = s->n;
        }
        s->letters[s->n++] = letter.id;
        i += bytes;
    }
    return s->n > 0;
}

static bool is_front(uint8_t id)
{
    return id == LETTER_E || id == LETTER_E_CIRCUMFLEX || id == LETTER_I || id == LETTER_Y;
}

/* gi: the i belongs to the onset before another vowel (gia, giờ), but to the rime in gì, gìn and,
 * by spelling, before ê and a coda (giêng = gi + iêng; giê, the letter's name, has none). */
static unsigned onset_of_gi(const struct syllable *s)
{
    bool more = s->n > 2 && letter_is_vowel(s->letters[2]);
    return more && (s->letters[2] != LETTER_E_CIRCUMFLEX || s->n == 3) ? 2 : 1;
}

/* gh ch kh nh ph th, ng, tr. Before e, ê and i it is gh, ngh, never g, ng. */
static bool is_onset_of_two(const uint8_t *l)
{
    if (l[1] == LETTER_H)
        return l[0] == LETTER_G ? is_front(l[2]) && l[2] != LETTER_Y
                                : l[0] == LETTER_C || l[0] == LETTER_K || l[0] == LETTER_N ||
                                      l[0] == LETTER_P || l[0] == LETTER_T;
    if (l[0] == LETTER_N && l[1] == LETTER_G)
        return !is_front(l[2]);
    return l[0] == LETTER_T && l[1] == LETTER_R;
}

/* Of an onset of one consonant; qu and gi have two letters. */
static int length_of_single_onset(const struct syllable *s)
{
    const uint8_t *l = s->letters;
    switch (l[0]) {
    case LETTER_Q:
        return l[1] == LETTER_U && s->n > 2 ? 2 : -1;
    case LETTER_G:
        if (l[1] == LETTER_I)
            return (int)onset_of_gi(s);
        return is_front(l[1]) ? -1 : 1;
    case LETTER_C:
        return is_front(l[1]) ? -1 : 1;
    case LETTER_K:
        return is_front(l[1]) ? 1 : -1;
    default:
        return 1;
    }
}

/* The number of letters of the onset; -1 if the first letters are not an onset that may precede the
 * others. */
static int onset_length(const struct syllable *s)
{
    const uint8_t *l = s->letters;
    unsigned n = 0;
    while (n < s->n && !letter_is_vowel(l[n]))
        n++;
    if (n == s->n || n > 3)
        return -1;
    if (n == 3)
        return l[0] == LETTER_N && l[1] == LETTER_G && l[2] == LETTER_H && is_front(l[3]) &&
                       l[3] != LETTER_Y
                   ? 3
                   : -1;
    if (n == 2)
        return is_onset_of_two(l) ? 2 : -1;
    return n == 1 ? length_of_single_onset(s) : 0;
}

/* The coda that the letters from `at` to the end spell; 0 if none. */
static unsigned coda_of(const struct syllable *s, unsigned at)
{
    const uint8_t *l = s->letters + at;
    switch (s->n - at) {
    case 0:
        return CODA_NONE;
    case 1:
        return l[0] == LETTER_C   ? CODA_C
               : l[0] == LETTER_M ? CODA_M
               : l[0] == LETTER_N ? CODA_N
               : l[0] == LETTER_P ? CODA_P
               : l[0] == LETTER_T ? CODA_T
                                  : 0;
    case 2:
        if (l[1] == LETTER_H)
            return l[0] == LETTER_C ? CODA_CH : l[0] == LETTER_N ? CODA_NH : 0;
        return l[0] == LETTER_N && l[1] == LETTER_G ? CODA_NG : 0;
    default:
        return 0;
    }
}

static bool place_fits(uint8_t place, const struct syllable *s)
{
    bool qu = s->onset == 2 && s->letters[0] == LETTER_Q;
    switch (place) {
    case AFTER_NONE:
        return s->onset == 0;
    case AFTER_ONSET:
        return s->onset > 0 && !qu;
    case AFTER_QU:
        return qu;
    case NOT_QU:
        return !qu;
    case NOT_G:
        return !qu && !(s->onset == 1 && s->letters[0] == LETTER_G);
    default:
        return true;
    }
}

static bool rime_fits(const struct syllable *s, unsigned coda)
{
    const uint8_t *l = s->letters + s->onset;
    uint8_t second = s->vowels > 1 ? l[1] : 0, third = s->vowels > 2 ? l[2] : 0;
    for (const struct vowels *v = rimes[l[0]]; v->codas; v++)
        if (v->second == second && v->third == third && (v->codas & coda) &&
            place_fits(v->place, s))
            return true;
    return false;
}

bool syllable_split(struct syllable *s)
{
    int onset = onset_length(s);
    if (onset < 0)
        return false;
    s->onset = (uint8_t)onset;
    unsigned at = s->onset;
    while (at < s->n && letter_is_vowel(s->letters[at]))
        at++;
    s->vowels = (uint8_t)(at - s->onset);
    unsigned coda = coda_of(s, at);
    if (s->vowels == 0 || s->vowels > 3 || !coda || !rime_fits(s, coda))
        return false;
    return !(coda & CODA_STOP) || s->tone == TONE_SAC || s->tone == TONE_NANG;
}

bool syllable_parse(struct sv word, struct syllable *out)
{
    struct syllable s;
    if (!parse_word_letters(word, &s) || !syllable_split(&s))
        return false;
    if (out)
        *out = s;
    return true;
}

bool syllable_parse_toned(struct sv word, enum tone tone, struct syllable *out)
{
    if (!parse_word_letters(word, out) || out->tone != TONE_NGANG)
        return false;
    out->tone = (uint8_t)tone;
    return syllable_split(out);
}

static bool has_quality_mark(uint8_t id)
{
    return id == LETTER_A_BREVE || id == LETTER_A_CIRCUMFLEX || id == LETTER_E_CIRCUMFLEX ||
           id == LETTER_O_CIRCUMFLEX || id == LETTER_O_HORN || id == LETTER_U_HORN;
}

/* oa, oe, uy without a coda: the older spelling marks the first vowel, the newer the second. */
static bool is_rising(const struct syllable *s)
{
    const uint8_t *l = s->letters + s->onset;
    return s->vowels == 2 && (unsigned)s->onset + s->vowels == s->n &&
           ((l[0] == LETTER_O && (l[1] == LETTER_A || l[1] == LETTER_E)) ||
            (l[0] == LETTER_U && l[1] == LETTER_Y));
}

unsigned syllable_tone_place(const struct syllable *s)
{
    const uint8_t *l = s->letters + s->onset;
    for (unsigned i = s->vowels; i-- > 0;)
        if (has_quality_mark(l[i]))
            return s->onset + i;
    bool open = (unsigned)s->onset + s->vowels == s->n;
    if (!open)
        return s->onset + s->vowels - 1u;
    if (s->vowels == 3)
        return s->onset + 1u;
    return s->onset + (is_rising(s) ? 1u : 0u);
}

bool syllable_tone_fits(const struct syllable *s)
{
    return s->tone == TONE_NGANG || s->tone_at == syllable_tone_place(s) ||
           (is_rising(s) && s->tone_at == s->onset);
}

void syllable_write(const struct syllable *s, unsigned tone_at, struct buf *out)
{
    for (unsigned i = 0; i < s->n; i++) {
        enum tone tone = i == tone_at ? (enum tone)s->tone : TONE_NGANG;
        buf_add_code(out, letter_code((enum letter_id)s->letters[i], tone));
    }
}
