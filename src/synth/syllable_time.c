#include "synth/syllable_time.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "lang/syllable.h"

/* ---- ordinary spelling ---- */

void plain_text_prepare(const struct rules *rules, enum dialect dialect,
                        const struct synth_word *words, size_t n, struct buf *text,
                        uint32_t *positions)
{
    uint32_t position = 0;
    size_t start = text->n;
    (void)rules;
    (void)dialect;
    for (size_t i = 0; i < n; i++) {
        positions[i] = UINT32_MAX;
        if (!syllable_is_legal(words[i].spoken))
            continue;
        if (text->n > start) {
            buf_putc(text, ' ');
            position++;
        }
        positions[i] = position;
        buf_add_sv(text, words[i].spoken);
        position += (uint32_t)utf8_count(words[i].spoken);
        if (words[i].pause) {
            buf_putc(text, words[i].pause);
            position++;
        }
    }
}

bool plain_text_next(struct sv *rest, uint32_t *position, struct plain_word *word)
{
    if (!rest->n)
        return false;
    struct sv part = sv_cut(rest, ' ');
    word->position = *position;
    *position += (uint32_t)utf8_count(part) + 1;
    word->pause = part.n && strchr(",.;:?!", part.p[part.n - 1]) ? part.p[part.n - 1] : '\0';
    word->spoken = word->pause ? sv_sub(part, 0, part.n - 1) : part;
    return true;
}

/* ---- weights ---- */

/* Milliseconds at SYLLABLE_TIME_RATE. */
enum {
    SYLLABLE_MS = 205,
    STOPPED_MS = -35, /* ends in p, t, c, ch */
    NASAL_MS = 20,    /* ends in m, n, ng, nh */
    LONG_MS = 15,     /* two or three vowels */
    BARE_MS = -25,    /* no onset */
    LAST_MS = 70,     /* before a pause, or the end */
    COMMA_MS = 220,
    SEMICOLON_MS = 300,
    STOP_MS = 350,
};

static double syllable_ms(struct sv spoken, bool last)
{
    struct syllable s;
    double ms = SYLLABLE_MS + (last ? LAST_MS : 0);
    if (!syllable_parse(spoken, &s))
        return ms;
    unsigned coda = (unsigned)s.onset + s.vowels;
    uint8_t ending = coda < s.n ? s.letters[coda] : LETTER_A;
    bool nasal = ending == LETTER_M || ending == LETTER_N;
    ms += coda == s.n ? 0 : nasal ? NASAL_MS : STOPPED_MS;
    ms += s.vowels > 1 ? LONG_MS : 0;
    return ms + (s.onset ? 0 : BARE_MS);
}

/* Of the pause that an engine makes at the mark inside a sentence. */
static double pause_ms(char mark)
{
    switch (mark) {
    case ',':
        return COMMA_MS;
    case ';':
    case ':':
        return SEMICOLON_MS;
    case '.':
    case '?':
    case '!':
        return STOP_MS;
    default:
        return 0;
    }
}

void syllable_time_count(enum dialect dialect, const struct synth_word *words, size_t n,
                         double *terms)
{
    (void)dialect;
    terms[0] = 0;
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        terms[0] += syllable_ms(words[i].spoken, last || words[i].pause);
        terms[0] += last ? 0 : pause_ms(words[i].pause);
    }
}

void syllable_time_weigh(enum dialect dialect, const struct synth_settings *settings,
                         double *weights)
{
    (void)dialect;
    weights[0] = (double)SYLLABLE_TIME_RATE / settings->rate;
}

/* ---- division of a sound ---- */

struct timed_word {
    uint32_t position;
    double begin, end; /* milliseconds of the model; the rest up to the next one is a pause */
};

/* A silence inside the sound, and the place in the model that it was found to be. */
struct silence {
    uint32_t begin, end; /* frames */
};

struct division {
    VEC(struct timed_word) words;
    VEC(struct silence) silences;
    uint32_t begin, end; /* frames: without the silence at both ends */
};

static void add_words(struct division *d, const char *text)
{
    struct sv rest = sv_of(text);
    struct plain_word word;
    uint32_t position = 0;
    double at = 0;
    while (plain_text_next(&rest, &position, &word)) {
        bool last = !rest.n;
        double end = at + syllable_ms(word.spoken, last || word.pause);
        *vec_push(&d->words) = (struct timed_word){word.position, at, end};
        at = end + (last ? 0 : pause_ms(word.pause));
    }
}

enum { STEPS_A_SECOND = 100, SILENT_STEPS = 3, LOUDNESS_SHARE = 40 };

/* The loudest sample of each hundredth of a second tells silence from sound. */
static uint32_t loudest(const int16_t *pcm, uint32_t n)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t size = (uint32_t)(pcm[i] < 0 ? -(int32_t)pcm[i] : pcm[i]);
        most = size > most ? size : most;
    }
    return most;
}

/* Finds the silences; those at both ends become the ends of the division. */
static void find_silences(struct division *d, const int16_t *pcm, uint32_t frames, uint32_t rate)
{
    uint32_t step = rate / STEPS_A_SECOND, limit = loudest(pcm, frames) / LOUDNESS_SHARE;
    uint32_t quiet_from = 0;
    d->begin = 0;
    d->end = frames;
    if (!step || !limit)
        return;
    bool some = false;
    for (uint32_t at = 0; at < frames; at += step) {
        uint32_t n = frames - at < step ? frames - at : step;
        if (loudest(pcm + at, n) <= limit)
            continue;
        if (!some)
            d->begin = at;
        else if (at - quiet_from >= SILENT_STEPS * step)
            *vec_push(&d->silences) = (struct silence){quiet_from, at};
        some = true;
        quiet_from = at + n;
        d->end = quiet_from;
    }
}

/* One piece of the sound, between two pauses that are known: the words from `from` to before `to`
 * are spread over its frames in proportion. Frames of the words go to `starts`. */
static void spread(const struct division *d, size_t from, size_t to, uint32_t begin, uint32_t end,
                   uint32_t *starts)
{
    if (from >= to)
        return;
    double first = d->words.at[from].begin, length = d->words.at[to - 1].end - first;
    for (size_t i = from; i < to; i++)
        starts[i] =
            begin + (uint32_t)((d->words.at[i].begin - first) / length * (double)(end - begin));
}

/* Where a silence is sought: so far from the place where the model expects it (a part of the time
 * since the last pause, and milliseconds), and the length that one further off by a frame must have
 * more to be preferred. Set by trial against espeak-ng's times. */
static const double reach_share = 0.3, reach_ms = 150, distance_cost = 0.5;

/* The silence that fits the pause after word `i` best, given that words from `from` begin at frame
 * `begin`: a long one near the place where the model expects it. NULL: none is near. */
static const struct silence *silence_after(const struct division *d, size_t from, size_t i,
                                           uint32_t begin)
{
    const struct timed_word *words = d->words.at;
    double left = words[d->words.n - 1].end - words[from].begin;
    double frames_a_ms = (double)(d->end - begin) / left;
    double expected = begin + (words[i].end - words[from].begin) * frames_a_ms;
    double reach = ((words[i].end - words[from].begin) * reach_share + reach_ms) * frames_a_ms;
    const struct silence *best = NULL;
    double most = 0;
    for (size_t k = 0; k < d->silences.n; k++) {
        const struct silence *s = &d->silences.at[k];
        double off = s->begin > expected ? s->begin - expected : expected - s->begin;
        if (s->begin <= begin || off > reach)
            continue;
        double score = s->end - s->begin - off * distance_cost;
        if (best && score <= most)
            continue;
        best = s;
        most = score;
    }
    return best;
}

static void divide(const struct division *d, uint32_t *starts)
{
    size_t from = 0;
    uint32_t begin = d->begin;
    for (size_t i = 0; i + 1 < d->words.n; i++) {
        bool pause = d->words.at[i + 1].begin > d->words.at[i].end;
        const struct silence *s = pause ? silence_after(d, from, i, begin) : NULL;
        if (!s)
            continue;
        spread(d, from, i + 1, begin, s->begin, starts);
        from = i + 1;
        begin = s->end;
    }
    spread(d, from, d->words.n, begin, d->end, starts);
}

void syllable_time_divide(const char *text, const int16_t *pcm, uint32_t frames, uint32_t rate,
                          bool (*word)(void *to, uint32_t text_position, uint32_t frame), void *to)
{
    struct division d = {0};
    add_words(&d, text);
    find_silences(&d, pcm, frames, rate);
    uint32_t *starts = d.words.n ? mem_zalloc(d.words.n * sizeof *starts) : NULL;
    if (starts)
        divide(&d, starts);
    for (size_t i = 0; i < d.words.n; i++)
        if (!word(to, d.words.at[i].position, starts[i]))
            break;
    free(starts);
    vec_free(&d.words);
    vec_free(&d.silences);
}
