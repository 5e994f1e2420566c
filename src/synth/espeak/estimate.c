#include "synth/espeak/estimate.h"

#include "lang/syllable.h"

enum { DIALECTS = DIALECT_SOUTH + 1 };

/* Up to three letters as one number. */
#define LETTERS_KEY(a, b, c) (LETTER_##a | LETTER_##b << 8 | LETTER_##c << 16)
#define KEY_ONSET LETTERS_KEY
#define KEY_NUCLEUS LETTERS_KEY
#define KEY_CODA LETTERS_KEY
#define KEY_TONE(a, b, c) TONE_##a
#define KEY_EVERY(a, b, c) 0
#define KEY_OPEN(a, b, c) 0
#define KEY_LAST(a, b, c) 0

struct sound {
    uint8_t kind;
    uint32_t key;
    float ms[DIALECTS][2]; /* slow, fast */
};

static const struct sound sounds[ESTIMATE_SOUNDS] = {
#define SOUND(kind, a, b, c, north_slow, north_fast, central_slow, central_fast, south_slow,       \
              south_fast)                                                                          \
    {ESTIMATE_##kind,                                                                              \
     KEY_##kind(a, b, c),                                                                          \
     {{north_slow, north_fast}, {central_slow, central_fast}, {south_slow, south_fast}}},
#define POINT(...)
#include "synth/espeak/estimate.def"
#undef SOUND
#undef POINT
};

struct point {
    uint8_t dialect;
    uint16_t rate;
    float weight[ESTIMATE_CURVED];
};

static const struct point curve[] = {
#define SOUND(...)
#define POINT(dialect, rate, ...) {DIALECT_##dialect, rate, {__VA_ARGS__}},
#include "synth/espeak/estimate.def"
#undef SOUND
#undef POINT
};

/* A variant cuts a little off every syllable, at every speed alike: measured with vi+Annie. */
static const double variant_ms = -2.4;

/* ---- what a sentence consists of ---- */

static uint32_t key_of(const uint8_t *letters, unsigned n)
{
    uint32_t key = 0;
    for (unsigned i = 0; i < n && i < 3; i++)
        key |= (uint32_t)letters[i] << 8 * i;
    return key;
}

/* The rows of a kind stand together: from this one on. */
static const uint8_t first_row[] = {
    [ESTIMATE_EVERY] = ESTIMATE_SOUND_EVERY_NONE_NONE_NONE,
    [ESTIMATE_ONSET] = ESTIMATE_SOUND_ONSET_NONE_NONE_NONE,
    [ESTIMATE_NUCLEUS] = ESTIMATE_SOUND_NUCLEUS_A_NONE_NONE,
    [ESTIMATE_CODA] = ESTIMATE_SOUND_CODA_NONE_NONE_NONE,
    [ESTIMATE_TONE] = ESTIMATE_SOUND_TONE_NGANG_NONE_NONE,
    [ESTIMATE_OPEN] = ESTIMATE_SOUND_OPEN_NONE_NONE_NONE,
    [ESTIMATE_LAST] = ESTIMATE_SOUND_LAST_NONE_NONE_NONE,
};

/* A sound that has no row counts as the mean one: as nothing. */
static void count_sound(enum estimate_kind kind, uint32_t key, uint32_t *counts)
{
    for (unsigned i = first_row[kind]; i < ESTIMATE_SOUNDS && sounds[i].kind == kind; i++)
        if (sounds[i].key == key) {
            counts[i]++;
            return;
        }
}

static void count_syllable(struct sv word, bool last, uint32_t *counts)
{
    struct syllable s;
    count_sound(ESTIMATE_EVERY, 0, counts);
    if (!syllable_parse(word, &s))
        return;
    unsigned coda = (unsigned)s.onset + s.vowels;
    count_sound(ESTIMATE_ONSET, key_of(s.letters, s.onset), counts);
    count_sound(ESTIMATE_NUCLEUS, key_of(s.letters + s.onset, s.vowels), counts);
    count_sound(ESTIMATE_CODA, key_of(s.letters + coda, s.n - coda), counts);
    count_sound(ESTIMATE_TONE, s.tone, counts);
    if (coda == s.n)
        count_sound(last ? ESTIMATE_LAST : ESTIMATE_OPEN, 0, counts);
}

static enum estimate_term term_of(char mark, bool last)
{
    switch (mark) {
    case ',':
        return last ? ESTIMATE_TERMS : ESTIMATE_COMMA;
    case ';':
    case ':':
        return last ? ESTIMATE_TERMS : ESTIMATE_SEMICOLON;
    case '?':
    case '!':
        return last ? ESTIMATE_ASKING : ESTIMATE_STOP;
    default: /* the engine makes no pause at a full stop before a small letter */
        return ESTIMATE_TERMS;
    }
}

void estimate_count(const struct article *a, const struct sentence *s,
                    uint32_t counts[ESTIMATE_SOUNDS], double terms[ESTIMATE_TERMS])
{
    memset(counts, 0, ESTIMATE_SOUNDS * sizeof *counts);
    memset(terms, 0, ESTIMATE_TERMS * sizeof *terms);
    uint32_t first, n = reading_sentence_words(a, s, &first);
    terms[ESTIMATE_SENTENCE] = n > 0;
    terms[ESTIMATE_SYLLABLES] = n;
    terms[ESTIMATE_PAUSES] = s->pause_ms;
    for (uint32_t i = 0; i < n; i++) {
        struct span word = a->words.at[first + i].spoken;
        size_t end = (size_t)word.off + word.len;
        bool marked = end < (size_t)s->spoken.off + s->spoken.len && a->spoken.p[end] != ' ';
        bool last = i + 1 == n;
        count_syllable(sv_at(buf_sv(&a->spoken), word), last || marked, counts);
        enum estimate_term term = marked ? term_of(a->spoken.p[end], last) : ESTIMATE_TERMS;
        if (term != ESTIMATE_TERMS)
            terms[term]++;
    }
}

static void build_sums(struct estimate *e, const struct article *a)
{
    uint32_t counts[ESTIMATE_SOUNDS];
    double terms[ESTIMATE_TERMS] = {0};
    e->sums.n = (a->sentences.n + 1) * ESTIMATE_TERMS;
    vec_reserve(&e->sums, 0);
    memset(e->sums.at, 0, ESTIMATE_TERMS * sizeof *e->sums.at);
    for (size_t i = 0; i < a->sentences.n; i++) {
        estimate_count(a, &a->sentences.at[i], counts, terms);
        for (unsigned k = 0; k < ESTIMATE_SOUNDS; k++) {
            terms[ESTIMATE_SLOW] += counts[k] * (double)sounds[k].ms[a->dialect][0];
            terms[ESTIMATE_FAST] += counts[k] * (double)sounds[k].ms[a->dialect][1];
        }
        const double *before = e->sums.at + i * ESTIMATE_TERMS;
        for (unsigned k = 0; k < ESTIMATE_TERMS; k++)
            e->sums.at[(i + 1) * ESTIMATE_TERMS + k] = before[k] + terms[k];
    }
}

/* ---- how much of each counts at a speed ---- */

/* Between two points of the curve everything goes as the time a word has. */
static void weights_at(unsigned dialect, uint32_t rate, double weights[ESTIMATE_TERMS])
{
    const struct point *low = NULL, *high = NULL;
    for (size_t i = 0; i < sizeof curve / sizeof *curve; i++)
        if (curve[i].dialect == dialect && (!high || high->rate < rate)) {
            low = high ? high : &curve[i];
            high = &curve[i];
        }
    double share = 1;
    if (rate >= high->rate)
        share = 0;
    else if (low != high)
        share = (1.0 / rate - 1.0 / high->rate) / (1.0 / low->rate - 1.0 / high->rate);
    for (unsigned k = 0; k < ESTIMATE_CURVED; k++)
        weights[k] = (double)low->weight[k] * share + (double)high->weight[k] * (1 - share);
}

void estimate_begin(struct estimate *e, const struct voice *voice)
{
    e->rate = voice->rate;
    e->variant = strchr(voice->engine_voice, '+') != NULL;
    e->sums.n = 0;
}

uint64_t estimate_ms(struct estimate *e, const struct article *a, uint32_t from, uint32_t to,
                     uint32_t percent)
{
    uint32_t most = (uint32_t)a->sentences.n;
    to = to < most ? to : most;
    if (from >= to)
        return 0;
    if (!e->sums.n)
        build_sums(e, a);
    double weights[ESTIMATE_TERMS] = {
        [ESTIMATE_SYLLABLES] = e->variant ? variant_ms : 0,
        [ESTIMATE_PAUSES] = 1,
    };
    struct voice voice = {.rate = e->rate};
    weights_at(a->dialect, voice_settings(&voice, percent).rate, weights);
    const double *begin = e->sums.at + (size_t)from * ESTIMATE_TERMS;
    const double *end = e->sums.at + (size_t)to * ESTIMATE_TERMS;
    double ms = 0;
    for (unsigned k = 0; k < ESTIMATE_TERMS; k++)
        ms += (end[k] - begin[k]) * weights[k];
    return ms > 0 ? (uint64_t)(ms + 0.5) : 0;
}

void estimate_free(struct estimate *e)
{
    vec_free(&e->sums);
}
