#include "synth/espeak/timing.h"

#include "lang/syllable.h"

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
    float ms[DIALECT_COUNT][2]; /* slow, fast */
};

static const struct sound sounds[TIMING_SOUNDS] = {
#define SOUND(kind, a, b, c, north_slow, north_fast, central_slow, central_fast, south_slow,       \
              south_fast)                                                                          \
    {TIMING_##kind,                                                                                \
     KEY_##kind(a, b, c),                                                                          \
     {{north_slow, north_fast}, {central_slow, central_fast}, {south_slow, south_fast}}},
#define POINT(...)
#include "synth/espeak/timing.def"
#undef SOUND
#undef POINT
};

struct point {
    uint8_t dialect;
    uint16_t rate;
    float weight[TIMING_CURVED];
};

static const struct point curve[] = {
#define SOUND(...)
#define POINT(dialect, rate, ...) {DIALECT_##dialect, rate, {__VA_ARGS__}},
#include "synth/espeak/timing.def"
#undef SOUND
#undef POINT
};

/* A variant cuts a little off every syllable, at every speed alike: measured with vi+Annie. */
static const double variant_ms = -2.4;

/* ---- the terms of a sentence ---- */

static uint32_t letters_key(const uint8_t *letters, unsigned n)
{
    uint32_t key = 0;
    for (unsigned i = 0; i < n && i < 3; i++)
        key |= (uint32_t)letters[i] << 8 * i;
    return key;
}

/* The first row of each kind; the rows of a kind are next to each other. */
static const uint8_t first_row[] = {
    [TIMING_EVERY] = TIMING_SOUND_EVERY_NONE_NONE_NONE,
    [TIMING_ONSET] = TIMING_SOUND_ONSET_NONE_NONE_NONE,
    [TIMING_NUCLEUS] = TIMING_SOUND_NUCLEUS_A_NONE_NONE,
    [TIMING_CODA] = TIMING_SOUND_CODA_NONE_NONE_NONE,
    [TIMING_TONE] = TIMING_SOUND_TONE_NGANG_NONE_NONE,
    [TIMING_OPEN] = TIMING_SOUND_OPEN_NONE_NONE_NONE,
    [TIMING_LAST] = TIMING_SOUND_LAST_NONE_NONE_NONE,
};

/* A sound without a row counts as an average one, which adds nothing. */
static void count_sound(enum timing_kind kind, uint32_t key, uint32_t *counts)
{
    for (unsigned i = first_row[kind]; i < TIMING_SOUNDS && sounds[i].kind == kind; i++)
        if (sounds[i].key == key) {
            counts[i]++;
            return;
        }
}

static void count_syllable(struct sv word, bool last, uint32_t *counts)
{
    struct syllable s;
    count_sound(TIMING_EVERY, 0, counts);
    if (!syllable_parse(word, &s))
        return;
    unsigned coda = (unsigned)s.onset + s.vowels;
    count_sound(TIMING_ONSET, letters_key(s.letters, s.onset), counts);
    count_sound(TIMING_NUCLEUS, letters_key(s.letters + s.onset, s.vowels), counts);
    count_sound(TIMING_CODA, letters_key(s.letters + coda, s.n - coda), counts);
    count_sound(TIMING_TONE, s.tone, counts);
    if (coda == s.n)
        count_sound(last ? TIMING_LAST : TIMING_OPEN, 0, counts);
}

/* The term that a mark after a word counts for, or TIMING_TERMS. */
static enum timing_term term_of(char mark, bool last)
{
    switch (mark) {
    case ',':
        return last ? TIMING_TERMS : TIMING_COMMA;
    case ';':
    case ':':
        return last ? TIMING_TERMS : TIMING_SEMICOLON;
    case '?':
    case '!':
        return last ? TIMING_ASKING : TIMING_QUESTION;
    default: /* espeak-ng makes no pause at a full stop before a small letter */
        return TIMING_TERMS;
    }
}

void timing_parts(const struct synth_word *words, size_t n, uint32_t counts[TIMING_SOUNDS],
                  double terms[TIMING_TERMS])
{
    memset(counts, 0, TIMING_SOUNDS * sizeof *counts);
    memset(terms, 0, TIMING_TERMS * sizeof *terms);
    terms[TIMING_SENTENCE] = n > 0;
    terms[TIMING_SYLLABLES] = (double)n;
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        count_syllable(words[i].spoken, last || words[i].pause, counts);
        enum timing_term term = term_of(words[i].pause, last);
        if (term != TIMING_TERMS)
            terms[term]++;
    }
}

void timing_count(enum dialect dialect, const struct synth_word *words, size_t n, double *terms)
{
    uint32_t counts[TIMING_SOUNDS];
    timing_parts(words, n, counts, terms);
    for (unsigned k = 0; k < TIMING_SOUNDS; k++) {
        terms[TIMING_SLOW] += counts[k] * (double)sounds[k].ms[dialect][0];
        terms[TIMING_FAST] += counts[k] * (double)sounds[k].ms[dialect][1];
    }
}

/* ---- the weights at a speed ---- */

void timing_weigh(enum dialect dialect, const struct synth_settings *settings, double *weights)
{
    const struct point *low = NULL, *high = NULL;
    for (size_t i = 0; i < sizeof curve / sizeof *curve; i++)
        if (curve[i].dialect == dialect && (!high || high->rate < settings->rate)) {
            low = high ? high : &curve[i];
            high = &curve[i];
        }
    /* Between two points of the curve everything is linear in the time of a word. */
    double share = 1;
    if (settings->rate >= high->rate)
        share = 0;
    else if (low != high)
        share = (1.0 / settings->rate - 1.0 / high->rate) / (1.0 / low->rate - 1.0 / high->rate);
    for (unsigned k = 0; k < TIMING_CURVED; k++)
        weights[k] = (double)low->weight[k] * share + (double)high->weight[k] * (1 - share);
    weights[TIMING_SYLLABLES] = strchr(settings->voice, '+') ? variant_ms : 0;
    /* Beyond the curve the sound of its last point is made faster, all of it alike. */
    for (unsigned k = 0; settings->rate > high->rate && k < TIMING_TERMS; k++)
        weights[k] = weights[k] * high->rate / settings->rate;
}
