/*
 * Measures how long the engine takes for a sentence, and how well that is estimated in advance
 * (src/synth/espeak/timing.def).
 *
 *   bench_time fit FILE... >timing.def
 *       Measures the engine on the articles and on sentences made of frequent syllables, at every
 *       point of the curve, and prints the figures of timing.def that fit best.
 *   bench_time check FILE...
 *       Compares the estimates with the engine's own time: each voice, ten speeds. One line each:
 *       voice, percent; of the articles of 15 s and more the mean and the largest error; of their
 *       sentences the median error, that of nine in ten, and how many are off by over a tenth, all
 *       in per cent. Leaves with 1 if an article is off by more than five.
 */
#include <math.h>
#include <stdio.h>

#include "article/parser.h"
#include "rules/rules.h"
#include "session/engine_words.h"
#include "synth/espeak/timing.h"
#include "synth/estimate.h"
#include "synth/pool.h"
#include "text/normalize.h"
#include "lang/syllable.h"

enum {
    MADE_SENTENCES = 700,
    COLUMNS = TIMING_SOUNDS + TIMING_CURVED - TIMING_SENTENCE,
    JOBS = 2,
    SHORTEST_ARTICLE_MS = 15000,
};

static const char *const voices[] = {"bac-nam", "trung-nam", "nam-nam",
                                     "bac-nu",  "trung-nu",  "nam-nu"}; /* dialects in order */
static const uint32_t points[] = {84, 100, 130, 170, 210, 250, 300, 350, 400, 449};
enum { POINTS = sizeof points / sizeof *points, DIALECTS = DIALECT_COUNT };

VEC_TYPE(numbers, double);

static _Noreturn void die(const char *what, const char *detail)
{
    fprintf(stderr, "bench_time: %s: %s\n", what, detail);
    exit(2);
}

/* ---- measuring ---- */

struct bench {
    struct rules *rules;
    struct voice voice;
    struct err e;
};

static void open_voice(struct bench *b, const char *name)
{
    if (voice_find(&b->voice, sv_of(name), NULL, &b->e))
        die(name, b->e.message.p);
}

static void read_words(struct bench *b, struct article *a)
{
    normalize_article(a, b->rules,
                      &(struct reading_options){
                          .dialect = (enum dialect)b->voice.dialect,
                          .plain = true,
                          .sentence_pause_ms = (uint16_t)b->voice.sentence_pause_ms,
                          .block_pause_ms = (uint16_t)b->voice.block_pause_ms,
                          .title_pause_ms = (uint16_t)b->voice.title_pause_ms,
                      });
}

static void read_article(struct bench *b, const char *path, struct article *a)
{
    *a = (struct article){.spoken = BUF_INIT};
    if (parser_read(a, path, &(struct read_options){0}, NULL, &b->e))
        die(path, b->e.message.p);
    read_words(b, a);
}

static void feed(struct bench *b, struct pool *pool, const struct article *a, uint32_t index)
{
    struct buf text = BUF_INIT;
    VEC(uint32_t) positions = {0};
    struct engine_words words = {0};
    engine_words_of(a, &a->sentences.at[index], &words);
    vec_reserve(&positions, words.n + 1);
    synth_espeak.prepare(b->rules, (enum dialect)a->dialect, words.at, words.n, &text,
                         positions.at);
    pool_add(pool, index, buf_sv(&text));
    vec_free(&positions);
    vec_free(&words);
    buf_free(&text);
}

/* Appends the milliseconds of sound for each sentence, as session/ would have them made. */
static void measure(struct bench *b, const struct article *a, uint32_t rate, struct numbers *ms)
{
    struct synth_settings settings = voice_settings(&b->voice, 100);
    settings.rate = rate;
    struct pool *pool;
    struct pool_event event = {0};
    uint32_t frames_a_second, fed = 0, n = (uint32_t)a->sentences.n;
    size_t begin = ms->n;
    if (pool_start(&pool, &synth_espeak, &settings, &(struct pool_options){.jobs = JOBS}, &b->e) ||
        pool_rate(pool, &frames_a_second, &b->e))
        die("espeak-ng", b->e.message.p);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(ms) = 0;
    for (uint32_t done = 0; done < n;) {
        while (fed < n && pool_wants(pool))
            feed(b, pool, a, fed++);
        if (fed == n)
            pool_finish(pool);
        bool got = false;
        if (pool_next(pool, -1, &event, &got, &b->e))
            die("espeak-ng", b->e.message.p);
        if (got && event.kind == POOL_AUDIO)
            ms->at[begin + event.id] += event.frames * 1000.0 / frames_a_second;
        done += got && (event.kind == POOL_SENTENCE || event.kind == POOL_LOST);
    }
    pool_stop(pool);
}

/* ---- sentences of frequent syllables: each sound often enough, in any neighbourhood ---- */

VEC_TYPE(syllables, struct sv);

/* The same on every machine. */
static uint32_t next_random(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)*seed * below >> 32);
}

/* Those with marks, the more frequent more often. */
static void marked_syllables(struct syllables *to)
{
    static const unsigned times[] = {1, 3, 10, 33, 105}; /* by weight */
    const struct packed_table *t = rules_table(NULL, TABLE_FREQUENT_SYLLABLES);
    for (uint32_t i = 0; i < t->rows; i++) {
        const struct row *row = packed_row(t, i);
        for (unsigned k = 0; k < times[row_number(row, FREQUENT_SYLLABLES_WEIGHT)]; k++)
            *vec_push(to) = row_text(row, FREQUENT_SYLLABLES_SYLLABLE);
    }
}

/* Those without a tone mark, as often as in the article. */
static void plain_syllables(const struct article *a, struct syllables *to)
{
    for (size_t i = 0; i < a->words.n; i++) {
        struct sv word = sv_at(buf_sv(&a->spoken), a->words.at[i].spoken);
        struct syllable s;
        if (syllable_parse(word, &s) && s.tone == TONE_NGANG)
            *vec_push(to) = word;
    }
}

static void make_sentence(const struct syllables *marked, const struct syllables *plain,
                          uint32_t *seed, struct buf *text)
{
    static const uint8_t lengths[] = {2, 3, 4, 6, 8, 10, 12, 15, 18, 22};
    uint32_t n = lengths[next_random(seed, sizeof lengths)];
    for (uint32_t i = 0; i < n; i++) {
        const struct syllables *from = next_random(seed, 4) ? marked : plain;
        buf_add_sv(text, from->at[next_random(seed, (uint32_t)from->n)]);
        if (i && i + 1 < n && !next_random(seed, 11))
            buf_putc(text, ",,,,;;::?!"[next_random(seed, 10)]);
        buf_putc(text, i + 1 < n ? ' ' : "..?!"[next_random(seed, 4)]);
    }
    buf_adds(text, "\n\n");
}

static void make_article(struct bench *b, const struct article *sample, struct article *a)
{
    struct syllables marked = {0}, plain = {0};
    struct buf text = BUF_INIT;
    uint32_t seed = 1;
    marked_syllables(&marked);
    plain_syllables(sample, &plain);
    for (int i = 0; i < MADE_SENTENCES; i++)
        make_sentence(&marked, &plain, &seed, &text);
    *a = (struct article){.spoken = BUF_INIT};
    if (article_from_bytes(a, "made", buf_sv(&text), &(struct read_options){.raw = true}, &b->e))
        die("made", b->e.message.p);
    read_words(b, a);
    vec_free(&marked);
    vec_free(&plain);
    buf_free(&text);
}

/* ---- least squares ---- */

/* Solves the normal equations in place: `n` rows of n + 1. */
static void solve(double *m, unsigned n)
{
    unsigned width = n + 1;
    for (unsigned i = 0; i < n; i++) {
        unsigned best = i;
        for (unsigned k = i; k < n; k++)
            if (fabs(m[k * width + i]) > fabs(m[best * width + i]))
                best = k;
        for (unsigned j = 0; j < width; j++) {
            double swap = m[i * width + j];
            m[i * width + j] = m[best * width + j];
            m[best * width + j] = swap;
        }
        for (unsigned k = 0; k < n; k++) {
            double factor = k == i ? 0 : m[k * width + i] / m[i * width + i];
            for (unsigned j = i; factor != 0 && j < width; j++)
                m[k * width + j] -= factor * m[i * width + j];
        }
    }
    for (unsigned i = 0; i < n; i++)
        m[i * width + n] /= m[i * width + i];
}

/* The data for the fit: for each sentence, how often each sound and mark occurs, and its weight. */
struct data {
    struct numbers counts; /* COLUMNS a sentence */
    struct numbers trust;  /* one a sentence */
    struct numbers ms[POINTS];
    size_t n;
};

/* A short sentence counts by its relative error, a long one by its absolute one. */
static double weight_of(const struct data *d, size_t i, double ms)
{
    return ms > 0 ? d->trust.at[i] / (ms * ms / 1e6 + 0.3) : 0;
}

/* Fits ms by `n` columns; `column` gives one of a sentence. The ridge keeps what is rare near 0. */
static void fit(const struct data *d, const double *ms, unsigned n, const double *values,
                double ridge, double *result)
{
    unsigned width = n + 1;
    double *m = mem_zalloc((size_t)n * width * sizeof *m);
    for (unsigned i = 0; i < n; i++)
        m[i * width + i] = ridge;
    for (size_t s = 0; s < d->n; s++) {
        const double *row = values + s * n;
        double weight = weight_of(d, s, ms[s]);
        for (unsigned i = 0; i < n; i++) {
            for (unsigned j = 0; row[i] != 0 && j < n; j++)
                m[i * width + j] += weight * row[i] * row[j];
            m[i * width + n] += weight * row[i] * ms[s];
        }
    }
    solve(m, n);
    for (unsigned i = 0; i < n; i++)
        result[i] = m[i * width + n];
    free(m);
}

static void add_sentences(struct data *d, const struct article *a, double trust)
{
    uint32_t sounds[TIMING_SOUNDS];
    double terms[TIMING_TERMS];
    struct engine_words words = {0};
    for (size_t i = 0; i < a->sentences.n; i++) {
        engine_words_of(a, &a->sentences.at[i], &words);
        timing_parts(words.at, words.n, sounds, terms);
        for (unsigned k = 0; k < TIMING_SOUNDS; k++)
            *vec_push(&d->counts) = sounds[k];
        for (unsigned k = TIMING_SENTENCE; k < TIMING_CURVED; k++)
            *vec_push(&d->counts) = terms[k];
        *vec_push(&d->trust) = trust;
        d->n++;
    }
    vec_free(&words);
}

/* ---- fit ---- */

/* All that is printed of a dialect. */
struct result {
    double sounds[2][COLUMNS]; /* slow, fast */
    double curve[POINTS][TIMING_CURVED];
};

static void fit_curve(const struct data *d, struct result *r)
{
    struct numbers values = {0};
    for (size_t s = 0; s < d->n; s++) {
        const double *counts = d->counts.at + s * COLUMNS;
        for (int side = 0; side < 2; side++) {
            double *sum = vec_push(&values);
            *sum = 0;
            for (unsigned k = 0; k < TIMING_SOUNDS; k++)
                *sum += counts[k] * r->sounds[side][k];
        }
        for (unsigned k = TIMING_SOUNDS; k < COLUMNS; k++)
            *vec_push(&values) = counts[k];
    }
    for (unsigned i = 0; i < POINTS; i++)
        fit(d, d->ms[i].at, TIMING_CURVED, values.at, 1e-9, r->curve[i]);
    vec_free(&values);
}

static void fit_dialect(struct bench *b, const char *voice, char **files, int count,
                        struct result *r)
{
    struct data d = {0};
    struct article made = {0}, a;
    open_voice(b, voice);
    for (int i = 0; i <= count; i++) {
        if (i < count)
            read_article(b, files[i], &a);
        else
            a = made;
        if (!i)
            make_article(b, &a, &made);
        add_sentences(&d, &a, i < count ? 2 : 1);
        for (unsigned k = 0; k < POINTS; k++)
            measure(b, &a, points[k], &d.ms[k]);
        article_free(&a);
    }
    for (unsigned k = 0; k < POINTS; k++)
        if (points[k] == TIMING_SLOW_RATE || points[k] == TIMING_FAST_RATE)
            fit(&d, d.ms[k].at, COLUMNS, d.counts.at, 0.02,
                r->sounds[points[k] == TIMING_FAST_RATE]);
    fit_curve(&d, r);
    vec_free(&d.counts);
    vec_free(&d.trust);
    for (unsigned k = 0; k < POINTS; k++)
        vec_free(&d.ms[k]);
    voice_free(&b->voice);
}

static const char *const sound_names[] = {
#define SOUND(kind, a, b, c, ...) #kind ", " #a ", " #b ", " #c,
#define POINT(...)
#include "synth/espeak/timing.def"
#undef SOUND
#undef POINT
};

static const char head[] =
    "/*\n"
    " * How long espeak-ng takes for each sound, fitted by least squares.\n"
    " *\n"
    " * SOUND(kind, up to three letters, then milliseconds at 100 words a minute and at 350, for "
    "the\n"
    " * North, the Centre and the South). EVERY is the time of any syllable; the other rows add to "
    "it or\n"
    " * subtract from it.\n"
    " * POINT(dialect, words a minute, the weights of the slow and of the fast figure at that "
    "speed, then\n"
    " * milliseconds for a sentence, for each , inside it, each ; or :, each ? or !, and for a ? "
    "or ! at\n"
    " * its end).\n"
    " *\n"
    " * Measured with espeak-ng 1.51 and its voices vi, docbao-central and docbao-south. Do not "
    "change\n"
    " * by hand; tests/bench/time.c prints this file:\n"
    " *     build/tests/bench_time fit assets/samples/dong-xuan.txt assets/samples/kinh-te.txt \\\n"
    " *         assets/samples/the-thao.txt assets/samples/van-ban.txt tests/bench/time-fit.txt\n"
    " */\n"
    "/* clang-format off */\n";

static int fit_all(struct bench *b, char **files, int count)
{
    static const char *const names[DIALECTS] = {"NORTH", "CENTRAL", "SOUTH"};
    struct result r[DIALECTS];
    for (unsigned i = 0; i < DIALECTS; i++)
        fit_dialect(b, voices[i], files, count, &r[i]);
    fputs(head, stdout);
    for (unsigned k = 0; k < TIMING_SOUNDS; k++) {
        printf("SOUND(%s", sound_names[k]);
        for (unsigned i = 0; i < DIALECTS * 2; i++)
            printf(", %ld", lround(r[i / 2].sounds[i % 2][k]));
        printf(")\n");
    }
    for (unsigned i = 0; i < DIALECTS; i++)
        for (unsigned p = 0; p < POINTS; p++) {
            printf("POINT(%s, %u", names[i], points[p]);
            for (unsigned k = 0; k < TIMING_SENTENCE; k++)
                printf(", %.3ff", (double)lround(r[i].curve[p][k] * 1000) / 1000);
            for (unsigned k = TIMING_SENTENCE; k < TIMING_CURVED; k++)
                printf(", %ld", lround(r[i].curve[p][k]));
            printf(")\n");
        }
    return 0;
}

/* ---- check ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Relative errors, as fractions. */
struct errors {
    struct numbers articles, sentences;
};

static void estimate_article(struct estimate *e, const struct voice *voice, const struct article *a)
{
    struct engine_words words = {0};
    estimate_begin(e, voice, (enum dialect)a->dialect);
    for (size_t i = 0; i < a->sentences.n; i++) {
        engine_words_of(a, &a->sentences.at[i], &words);
        estimate_add(e, words.at, words.n, 100, a->sentences.at[i].pause_ms);
    }
    vec_free(&words);
}

/* The pause after a sentence, in ms, at this speed. */
static double pause_after(const struct bench *b, const struct article *a, uint32_t i,
                          uint32_t percent)
{
    return a->sentences.at[i].pause_ms * voice_settings(&b->voice, percent).pause_percent / 100.0;
}

static void check_article(struct bench *b, const char *path, uint32_t percent, struct errors *to)
{
    struct article a;
    struct estimate estimate = {0};
    struct numbers ms = {0};
    double whole = 0;
    read_article(b, path, &a);
    estimate_article(&estimate, &b->voice, &a);
    measure(b, &a, voice_settings(&b->voice, percent).rate, &ms);
    for (uint32_t i = 0; i < ms.n; i++)
        whole += ms.at[i] + pause_after(b, &a, i, percent);
    bool counts = whole >= SHORTEST_ARTICLE_MS;
    for (uint32_t i = 0; i < ms.n && counts; i++) {
        double told = (double)estimate_ms(&estimate, i, i + 1, percent);
        if (ms.at[i] > 0)
            *vec_push(&to->sentences) =
                fabs(told - pause_after(b, &a, i, percent) - ms.at[i]) / ms.at[i];
    }
    if (counts)
        *vec_push(&to->articles) =
            fabs((double)estimate_ms(&estimate, 0, UINT32_MAX, percent) - whole) / whole;
    vec_free(&ms);
    estimate_free(&estimate);
    article_free(&a);
}

static bool tell(const char *voice, uint32_t percent, struct errors *e)
{
    double sum = 0;
    size_t n = e->articles.n, m = e->sentences.n, off = 0;
    if (!n || !m)
        die("check", "no article of 15 s and more");
    qsort(e->articles.at, n, sizeof(double), by_size);
    qsort(e->sentences.at, m, sizeof(double), by_size);
    for (size_t i = 0; i < n; i++)
        sum += e->articles.at[i];
    for (size_t i = 0; i < m; i++)
        off += e->sentences.at[i] > 0.1;
    printf("%-10s%4u%8.1f%6.1f%8.1f%6.1f%6.1f\n", voice, percent, sum / (double)n * 100,
           e->articles.at[n - 1] * 100, e->sentences.at[m / 2] * 100,
           e->sentences.at[m * 9 / 10] * 100, (double)off / (double)m * 100);
    return e->articles.at[n - 1] <= 0.05;
}

static int check_all(struct bench *b, char **files, int count)
{
    static const uint32_t percents[] = {50, 75, 100, 125, 150, 200, 250, 300, 350, 400};
    bool good = true;
    printf("                article       sentence\nvoice     rate    mean  most  median   90 %%  "
           "over\n");
    for (unsigned v = 0; v < sizeof voices / sizeof *voices; v++) {
        open_voice(b, voices[v]);
        for (unsigned i = 0; i < sizeof percents / sizeof *percents; i++) {
            struct errors e = {0};
            for (int f = 0; f < count; f++)
                check_article(b, files[f], percents[i], &e);
            good &= tell(voices[v], percents[i], &e);
            vec_free(&e.articles);
            vec_free(&e.sentences);
        }
        voice_free(&b->voice);
    }
    return !good;
}

int main(int argc, char **argv)
{
    struct bench b = {.e = ERR_INIT};
    if (argc < 3 || (strcmp(argv[1], "fit") != 0 && strcmp(argv[1], "check") != 0))
        die("usage", "fit FILE... | check FILE...");
    if (rules_load(&b.rules, NULL, &b.e))
        die(b.e.file.p, b.e.message.p);
    int code =
        argv[1][0] == 'f' ? fit_all(&b, argv + 2, argc - 2) : check_all(&b, argv + 2, argc - 2);
    rules_free(b.rules);
    err_free(&b.e);
    return code;
}
