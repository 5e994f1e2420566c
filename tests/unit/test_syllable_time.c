/*
 * The times of words where an engine tells none (synth/syllable_time.h), against espeak-ng, which
 * tells the true ones: the same sound, once with its times, and once with ours.
 */
#include "pool_run.h"

#include "article/parser.h"
#include "base/sanitizer.h"
#include "rules/rules.h"
#include "session/engine_words.h"
#include "synth/syllable_time.h"
#include "synth/voice.h"
#include "text/normalize.h"

enum { MEDIAN_MOST_MS = 120 };

/* ---- ordinary spelling ---- */

static const struct synth_word some_words[] = {
    {{"đường", 9}, ','}, {{"xyz", 3}, '\0'}, {{"họa", 5}, '\0'}, {{"veo", 3}, '.'}};

static void test_ordinary_spelling(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    uint32_t positions[4], position = 0;
    plain_text_prepare(NULL, DIALECT_NORTH, some_words, 4, &text, positions);
    assert_string_equal(text.p, "đường, họa veo.");
    assert_int_equal(positions[0], 0);
    assert_int_equal(positions[1], UINT32_MAX); /* no Vietnamese syllable */
    assert_int_equal(positions[2], 7);
    assert_int_equal(positions[3], 11);
    struct sv rest = buf_sv(&text);
    struct plain_word word;
    for (size_t i = 0; i < 4; i++) {
        if (positions[i] == UINT32_MAX)
            continue;
        assert_true(plain_text_next(&rest, &position, &word));
        assert_true(sv_eq(word.spoken, some_words[i].spoken));
        assert_int_equal(word.pause, some_words[i].pause);
        assert_int_equal(word.position, positions[i]);
    }
    assert_false(plain_text_next(&rest, &position, &word));
    buf_free(&text);
}

/* ---- division ---- */

struct told {
    VEC(uint32_t) positions;
    VEC(uint32_t) frames;
};

static bool take_word(void *to, uint32_t position, uint32_t frame)
{
    struct told *told = to;
    *vec_push(&told->positions) = position;
    *vec_push(&told->frames) = frame;
    return true;
}

static void told_free(struct told *told)
{
    vec_free(&told->positions);
    vec_free(&told->frames);
}

static void check_division(const char *text, const int16_t *pcm, uint32_t frames, size_t words)
{
    struct told told = {0};
    syllable_time_divide(text, pcm, frames, 22050, take_word, &told);
    assert_int_equal(told.frames.n, words);
    for (size_t i = 0; i < words; i++) {
        assert_true(told.frames.at[i] <= frames);
        assert_true(!i || told.frames.at[i] >= told.frames.at[i - 1]);
        assert_true(!i || told.positions.at[i] > told.positions.at[i - 1]);
    }
    told_free(&told);
}

/* Whatever the sound is, the times are in order and within it. */
static void test_any_sound_can_be_divided(void **state)
{
    (void)state;
    enum { FRAMES = 44100 };
    static int16_t pcm[FRAMES];
    check_division("một hai, ba.", pcm, FRAMES, 3); /* silence */
    check_division("một hai, ba.", pcm, 1, 3);
    check_division("một", pcm, 0, 1);
    check_division("", pcm, FRAMES, 0);
    uint32_t seed = 1;
    for (unsigned round = 0; round < 200; round++) {
        for (uint32_t i = 0; i < FRAMES; i++) {
            if (i % 2205 == 0)
                seed = seed * 1664525 + 1013904223;
            pcm[i] = seed >> 30 ? (int16_t)(i % 100 * 300 - 15000) : 0;
        }
        check_division("một, hai, ba; bốn năm sáu: bảy, tám chín! mười.", pcm, FRAMES, 10);
    }
}

/* A pause that is heard is where the mark is, however long the words around it are. */
static void test_a_pause_belongs_to_its_mark(void **state)
{
    (void)state;
    enum { FRAMES = 60000, PAUSE_FROM = 25000, PAUSE_TO = 35000 };
    static int16_t pcm[FRAMES];
    for (uint32_t i = 0; i < FRAMES; i++)
        pcm[i] =
            i < 2000 || (i >= PAUSE_FROM && i < PAUSE_TO) ? 0 : (int16_t)(i % 2 ? 9000 : -9000);
    struct told told = {0};
    syllable_time_divide("một hai ba, bốn năm sáu bảy", pcm, FRAMES, 22050, take_word, &told);
    assert_in_range(told.frames.at[0], 1700, 2300);
    assert_in_range(told.frames.at[3], PAUSE_TO - 300, PAUSE_TO + 300);
    assert_true(told.frames.at[2] < PAUSE_FROM - 3000);
    told_free(&told);
}

/* ---- against true times ---- */

struct errors {
    VEC(uint32_t) ms;
};

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* The sentence as both engines would get it, and what espeak-ng made of it. */
struct trial {
    struct buf plain, espeak;
    VEC(uint32_t) plain_at, espeak_at; /* positions of each word */
    struct heard heard;
};

static void compare_times(const struct trial *t, struct errors *errors)
{
    struct told told = {0};
    uint32_t frames = (uint32_t)(t->heard.pcm.n / sizeof(int16_t));
    syllable_time_divide(t->plain.p, (const int16_t *)(const void *)t->heard.pcm.p, frames, 22050,
                         take_word, &told);
    for (size_t i = 0, k = 0, w = 0; i < t->plain_at.n; i++) {
        while (k < told.positions.n && told.positions.at[k] < t->plain_at.at[i])
            k++;
        while (w < t->heard.words.n && t->heard.words.at[w].position < t->espeak_at.at[i])
            w++;
        if (k >= told.positions.n || w >= t->heard.words.n ||
            told.positions.at[k] != t->plain_at.at[i] ||
            t->heard.words.at[w].position != t->espeak_at.at[i])
            continue;
        int64_t off = (int64_t)told.frames.at[k] - t->heard.words.at[w].frame;
        *vec_push(&errors->ms) = (uint32_t)((off < 0 ? -off : off) * 1000 / 22050);
    }
    told_free(&told);
}

static void prepare_trial(struct trial *t, const struct rules *rules, const struct article *a,
                          size_t sentence)
{
    struct engine_words words = {0};
    *t = (struct trial){.plain = BUF_INIT, .espeak = BUF_INIT};
    engine_words_of(a, &a->sentences.at[sentence], &words);
    vec_reserve(&t->plain_at, words.n + 1);
    vec_reserve(&t->espeak_at, words.n + 1);
    t->plain_at.n = t->espeak_at.n = words.n;
    plain_text_prepare(rules, (enum dialect)a->dialect, words.at, words.n, &t->plain,
                       t->plain_at.at);
    synth_espeak.prepare(rules, (enum dialect)a->dialect, words.at, words.n, &t->espeak,
                         t->espeak_at.at);
    vec_free(&words);
}

static void free_trial(struct trial *t)
{
    buf_free(&t->plain);
    buf_free(&t->espeak);
    vec_free(&t->plain_at);
    vec_free(&t->espeak_at);
}

static void speak_trials(struct trial *trials, size_t n, const struct synth_settings *settings)
{
    struct err e = ERR_INIT;
    struct pool *p = NULL;
    const char **texts = mem_zalloc((n + 1) * sizeof *texts);
    for (size_t i = 0; i < n; i++)
        texts[i] = trials[i].espeak.p;
    const struct pool_options options = {.jobs = 2, .batch = true};
    assert_int_equal(pool_start(&p, &synth_espeak, settings, &options, &e), STATUS_OK);
    struct run r = {.engine = &synth_espeak};
    run_in(&r, p, texts, n);
    pool_stop(p);
    for (size_t i = 0; i < n; i++)
        trials[i].heard = r.heard.at[i];
    vec_free(&r.heard);
    free(texts);
}

static void measure(const char *path, const struct voice *voice, uint32_t percent,
                    struct errors *errors)
{
    struct err e = ERR_INIT;
    struct rules *rules = NULL;
    struct article a = {.spoken = BUF_INIT};
    const struct reading_options reading = {.dialect = voice->dialect};
    assert_int_equal(rules_load(&rules, NULL, &e), STATUS_OK);
    assert_int_equal(parser_read(&a, path, &(struct read_options){0}, NULL, &e), STATUS_OK);
    normalize_article(&a, rules, &reading);
    size_t n = a.sentences.n;
    struct trial *trials = mem_zalloc((n + 1) * sizeof *trials);
    for (size_t i = 0; i < n; i++)
        prepare_trial(&trials[i], rules, &a, i);
    const struct synth_settings settings = voice_settings(voice, percent);
    speak_trials(trials, n, &settings);
    for (size_t i = 0; i < n; i++) {
        compare_times(&trials[i], errors);
        buf_free(&trials[i].heard.pcm);
        buf_free(&trials[i].heard.why);
        vec_free(&trials[i].heard.words);
        free_trial(&trials[i]);
    }
    free(trials);
    article_free(&a);
    rules_free(rules);
}

static void test_the_median_error_is_small(void **state)
{
    (void)state;
    static const struct {
        const char *voice;
        uint32_t percent;
    } rows[] = {{"bac-nam", 100}, {"bac-nu", 100},  {"nam-nam", 100}, {"trung-nu", 100},
                {"bac-nam", 70},  {"bac-nam", 150}, {"nam-nu", 200}};
    static const char *const samples[] = {"kinh-te.txt", "the-thao.txt", "van-ban.txt",
                                          "dong-xuan.txt"};
    struct err e = ERR_INIT;
    for (size_t i = 0; i < (SANITIZER ? 1 : sizeof rows / sizeof *rows); i++) {
        struct errors errors = {0};
        struct voice voice;
        assert_int_equal(voice_find(&voice, sv_of(rows[i].voice), NULL, &e), STATUS_OK);
        for (size_t k = 0; k < (SANITIZER ? 1 : sizeof samples / sizeof *samples); k++) {
            char path[300];
            snprintf(path, sizeof path, "%s/assets/samples/%s", DOCBAO_SOURCE, samples[k]);
            measure(path, &voice, rows[i].percent, &errors);
        }
        qsort(errors.ms.at, errors.ms.n, sizeof *errors.ms.at, compare_numbers);
        assert_true(errors.ms.n > 100);
        uint32_t median = errors.ms.at[errors.ms.n / 2], most = errors.ms.at[errors.ms.n * 9 / 10];
        print_message("%s at %u%%: %zu words, median error %u ms, nine of ten below %u ms\n",
                      rows[i].voice, rows[i].percent, errors.ms.n, median, most);
        assert_true(median <= MEDIAN_MOST_MS);
        vec_free(&errors.ms);
        voice_free(&voice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ordinary_spelling),
        cmocka_unit_test(test_any_sound_can_be_divided),
        cmocka_unit_test(test_a_pause_belongs_to_its_mark),
        cmocka_unit_test(test_the_median_error_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
