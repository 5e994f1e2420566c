/* Playing for a listener, with an engine of tones (0.1 s a word) and an ear that the test moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "article/read.h"
#include "rules/rules.h"
#include "session/chime.h"
#include "session/navigate.h"
#include "session/playback.h"
#include "tone.h"

enum {
    RATE = 22050,
    WORD = 2205, /* frames */
    SENTENCE_MS = 400,
    BLOCK_MS = 700,
    ROOM = 4096,
    PATIENCE = 20000, /* waits of 1 ms in a row */
};

/* ---- the ear: a sink whose sound is heard when the test says so ---- */

static struct {
    VEC(int16_t) pcm; /* written; what was cut is taken away */
    size_t heard;     /* of pcm */
    size_t base;      /* heard at the last cut or open */
    uint32_t opened, closed, finished, cuts, volume;
    bool is_lost;
    uint32_t refused; /* so many times it cannot be opened */
} ear;

static enum status ear_open(void **state, const char *target, const struct sink_format *format,
                            struct err *e)
{
    assert_string_equal(target, "target");
    assert_int_equal(format->rate, RATE);
    *state = NULL;
    if (ear.refused) {
        ear.refused--;
        return err_set(e, STATUS_DEVICE, "Still away.");
    }
    ear.opened++;
    ear.is_lost = false;
    ear.base = ear.heard = ear.pcm.n;
    *state = &ear;
    return STATUS_OK;
}

static uint32_t ear_room(void *state)
{
    assert_ptr_equal(state, &ear);
    size_t ahead = ear.pcm.n - ear.heard;
    return ahead < ROOM ? (uint32_t)(ROOM - ahead) : 0;
}

static enum status ear_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    (void)e;
    assert_true(frames && frames <= ear_room(state));
    for (uint32_t i = 0; i < frames; i++)
        *vec_push(&ear.pcm) = pcm[i];
    return STATUS_OK;
}

static enum status ear_finish(void *state, struct err *e)
{
    (void)e;
    assert_ptr_equal(state, &ear);
    ear.finished++;
    return STATUS_OK;
}

static void ear_close(void *state)
{
    assert_ptr_equal(state, &ear);
    ear.closed++;
    ear.pcm.n = ear.heard;
}

static enum status ear_update(void *state, uint64_t *heard, struct err *e)
{
    assert_ptr_equal(state, &ear);
    if (ear.is_lost)
        return err_set(e, STATUS_DEVICE, "Gone.");
    *heard = ear.heard - ear.base;
    return STATUS_OK;
}

static void ear_cut(void *state)
{
    assert_ptr_equal(state, &ear);
    ear.pcm.n = ear.base = ear.heard;
    ear.cuts++;
}

static int ear_descriptor(void *state, int *timeout_ms)
{
    (void)state;
    (void)timeout_ms;
    return -1;
}

static uint32_t ear_underruns(const void *state)
{
    (void)state;
    return 0;
}

static void ear_volume(void *state, uint32_t percent)
{
    (void)state;
    ear.volume = percent;
}

static const struct sink_live ear_live = {
    .room = ear_room,
    .update = ear_update,
    .cut = ear_cut,
    .descriptor = ear_descriptor,
    .underruns = ear_underruns,
    .volume = ear_volume,
};

static const struct sink_driver ear_sink = {
    .name = "ear",
    .open = ear_open,
    .write = ear_write,
    .finish = ear_finish,
    .close = ear_close,
    .live = &ear_live,
};

/* ---- the listener ---- */

enum { MOST_ARTICLES = 3 };

struct listener {
    struct article articles[MOST_ARTICLES];
    uint32_t count, heard, lost, changes, articles_begun;
    uint32_t arriving;       /* so many times the next article is not there yet */
    VEC(uint32_t) sentences; /* as they were told: 100 * article + sentence */
    VEC(struct span) words;
    VEC(uint64_t) word_frames; /* the frames that were heard then */
    struct rules *rules;
    struct playback *playback;
    struct playback_client client;
    struct err err;
    enum status status;
};

static uint32_t index_of(const struct listener *l, const struct article *a)
{
    return (uint32_t)(a - l->articles);
}

static bool neighbour(void *user, struct article *a, int step, struct article **out)
{
    struct listener *l = user;
    int64_t index = a ? (int64_t)index_of(l, a) + step : 0;
    *out = NULL;
    if (a && step > 0 && l->arriving) {
        l->arriving--;
        return false;
    }
    if (index >= 0 && index < l->count)
        *out = &l->articles[index];
    return true;
}

static void on_article(void *user, struct article *a)
{
    (void)a;
    ((struct listener *)user)->articles_begun++;
}

static void on_sentence(void *user, struct article *a, uint32_t sentence)
{
    struct listener *l = user;
    *vec_push(&l->sentences) = 100 * index_of(l, a) + sentence;
}

static void on_word(void *user, struct article *a, uint32_t sentence, uint32_t token)
{
    struct listener *l = user;
    (void)sentence;
    assert_int_not_equal(token, DOCBAO_NO_TOKEN);
    *vec_push(&l->words) = a->tokens.at[token].text;
    *vec_push(&l->word_frames) = ear.heard;
}

static void on_heard(void *user, struct article *a)
{
    (void)a;
    ((struct listener *)user)->heard++;
}

static void on_lost(void *user, struct article *a, uint32_t sentence, const char *why)
{
    (void)a;
    (void)sentence;
    assert_true(*why);
    ((struct listener *)user)->lost++;
}

static void on_changed(void *user)
{
    ((struct listener *)user)->changes++;
}

static const struct synth_settings usual = {"any", 170, 50, 50, 90, 100, 0, 0};
static uint32_t article_pause_ms;

static void read_article(struct article *a, const struct rules *rules)
{
    static const struct reading_options options = {.plain = true,
                                                   .sentence_pause_ms = SENTENCE_MS,
                                                   .block_pause_ms = BLOCK_MS,
                                                   .title_pause_ms = BLOCK_MS};
    normalize_article(a, rules, &options);
}

static void add_article(struct listener *l, const char *text)
{
    static const struct read_options raw = {.raw = true};
    struct article *a = &l->articles[l->count++];
    if (article_from_bytes(a, "test", sv_of(text), &raw, &l->err) != STATUS_OK)
        fail_msg("%s", l->err.message.p);
    read_article(a, l->rules);
}

static void begin_with(struct listener *l, const char *one, const char *two, bool chime)
{
    vec_free(&ear.pcm);
    memset(&ear, 0, sizeof ear);
    *l = (struct listener){.err = ERR_INIT};
    struct synth_settings settings = usual;
    settings.article_pause_ms = article_pause_ms;
    struct playback_options options = {.engine = &synth_tone,
                                       .settings = &settings,
                                       .jobs = 2,
                                       .sink = &ear_sink,
                                       .target = "target",
                                       .chime = chime};
    assert_int_equal(playback_open(&l->playback, &options, &l->err), STATUS_OK);
    assert_int_equal(rules_load(&l->rules, NULL, &l->err), STATUS_OK);
    const char *texts[] = {one, two};
    for (size_t i = 0; i < 2 && texts[i]; i++)
        add_article(l, texts[i]);
    l->client = (struct playback_client){.neighbour = neighbour,
                                         .article = on_article,
                                         .sentence = on_sentence,
                                         .word = on_word,
                                         .heard = on_heard,
                                         .lost = on_lost,
                                         .changed = on_changed,
                                         .user = l};
    playback_begin(l->playback, l->rules, &l->client);
}

static void begin(struct listener *l, const char *one, const char *two)
{
    begin_with(l, one, two, false);
}

static void end(struct listener *l)
{
    playback_close(l->playback);
    assert_int_equal(ear.opened, ear.closed);
    for (uint32_t i = 0; i < l->count; i++)
        article_free(&l->articles[i]);
    vec_free(&l->sentences);
    vec_free(&l->words);
    vec_free(&l->word_frames);
    rules_free(l->rules);
    err_free(&l->err);
}

static void nap(void)
{
    nanosleep(&(struct timespec){0, 1000000}, NULL);
}

static bool step(struct listener *l)
{
    l->status = playback_step(l->playback, &l->err);
    return !l->status;
}

/* Hears `frames` more, or all there is; waits for the engine. */
static void hear(struct listener *l, size_t frames)
{
    size_t until = ear.heard + frames;
    for (int naps = 0; naps < PATIENCE && step(l);) {
        if (ear.heard >= until || playback_state(l->playback) == DOCBAO_ENDED)
            return;
        bool waits = ear.pcm.n == ear.heard;
        naps = waits ? naps + 1 : 0;
        if (waits)
            nap();
        size_t most = until < ear.pcm.n ? until : ear.pcm.n;
        ear.heard = ear.heard + 256 < most ? ear.heard + 256 : most;
    }
    if (!l->status)
        fail_msg("only %zu of %zu frames came", ear.heard, until);
}

static void hear_all(struct listener *l)
{
    hear(l, SIZE_MAX / 2);
    assert_int_equal(l->status, STATUS_OK);
}

static uint64_t frames_of_ms(uint64_t milliseconds)
{
    return milliseconds * RATE / 1000;
}

/* The sound of a text that is heard without any wish. */
VEC_TYPE(sound, int16_t);

static struct sound whole(const char *one, const char *two)
{
    struct listener l;
    begin(&l, one, two);
    hear_all(&l);
    struct sound s = {ear.pcm.at, ear.pcm.n, ear.pcm.cap};
    ear.pcm.at = NULL;
    ear.pcm.n = ear.pcm.cap = ear.heard = 0;
    end(&l);
    return s;
}

static void assert_same(const int16_t *got, const int16_t *expected, size_t frames)
{
    assert_memory_equal(got, expected, frames * sizeof *got);
}

static void assert_sentences(const struct listener *l, const uint32_t *expected, size_t n)
{
    assert_int_equal(l->sentences.n, n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(l->sentences.at[i], expected[i]);
}

#define assert_told(l, ...)                                                                        \
    assert_sentences(l, (const uint32_t[]){__VA_ARGS__},                                           \
                     sizeof((uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* ---- tests ---- */

static const char two_paragraphs[] = "Một hai ba. Bốn năm.\nSáu 25 tám.";

static void test_all_is_heard_and_told_when_it_is(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, two_paragraphs, "Chín.");
    hear_all(&l);
    uint64_t within = frames_of_ms(SENTENCE_MS), between = frames_of_ms(BLOCK_MS);
    assert_int_equal(ear.pcm.n, 11 * WORD + within + 2 * between);
    assert_told(&l, 0, 1, 2, 100);
    assert_int_equal(l.heard, 2);
    assert_int_equal(l.articles_begun, 2);
    assert_int_equal(playback_state(l.playback), DOCBAO_ENDED);
    /* A token is told once, however many words it is said with. */
    static const size_t at[] = {0, 1, 2, 3, 4, 5, 6, 9, 10};
    assert_int_equal(l.words.n, sizeof at / sizeof *at);
    for (size_t i = 0; i < l.words.n; i++) {
        uint64_t pauses = (i > 2 ? within : 0) + (i > 4 ? between : 0) + (i > 7 ? between : 0);
        uint64_t due = at[i] * WORD + pauses;
        assert_in_range(l.word_frames.at[i], due, due + 256);
    }
    struct docbao_player_stats stats;
    playback_stats(l.playback, &stats);
    assert_int_equal(stats.frames, ear.pcm.n);
    assert_int_equal(stats.sentences, 4);
    assert_int_equal(stats.lost, 0);
    end(&l);
    assert_int_equal(ear.finished, 1);
}

static void test_a_chime_between_articles(void **state)
{
    (void)state;
    struct sound all = whole("Một.", "Hai.");
    struct listener l;
    begin_with(&l, "Một.", "Hai.", true);
    hear_all(&l);
    size_t chime = chime_frames(RATE), before = WORD + frames_of_ms(BLOCK_MS);
    assert_int_equal(ear.pcm.n, all.n + chime);
    assert_same(ear.pcm.at, all.at, before);
    assert_same(ear.pcm.at + before + chime, all.at + before, all.n - before);
    /* Cut in its midst, it is over. */
    playback_go(l.playback, &l.articles[0], 0);
    size_t start = ear.heard;
    hear(&l, before + chime / 2);
    playback_pause(l.playback);
    playback_resume(l.playback);
    hear_all(&l);
    assert_int_equal(ear.pcm.n - start, all.n + chime / 2);
    end(&l);
    vec_free(&all);
}

/* The pause between two articles is a silence, whose end the chime may be. */
static void test_articles_stand_further_apart(void **state)
{
    (void)state;
    struct sound all = whole("Một.", "Hai.");
    size_t chime = chime_frames(RATE), before = WORD + frames_of_ms(BLOCK_MS);
    static const uint32_t pauses[] = {1500, 4000};
    for (int i = 0; i < 4; i++) {
        struct listener l;
        article_pause_ms = pauses[i / 2];
        begin_with(&l, "Một.", "Hai.", i % 2);
        hear_all(&l);
        size_t gap = frames_of_ms(article_pause_ms), least = frames_of_ms(BLOCK_MS);
        if (i % 2)
            least += chime;
        assert_int_equal(ear.pcm.n - 2 * WORD, gap > least ? gap : least);
        assert_same(ear.pcm.at, all.at, WORD);
        assert_same(ear.pcm.at + ear.pcm.n - WORD, all.at + before, WORD);
        end(&l);
    }
    article_pause_ms = 0;
    vec_free(&all);
}

static void test_a_pause_goes_back_to_the_word(void **state)
{
    (void)state;
    struct sound all = whole(two_paragraphs, NULL);
    struct listener l;
    begin(&l, two_paragraphs, NULL);
    hear(&l, WORD + 700);
    assert_true(playback_pause(l.playback));
    assert_false(playback_pause(l.playback));
    assert_int_equal(ear.pcm.n, WORD + 700); /* nothing more is heard */
    for (int i = 0; i < 20; i++)
        assert_true(step(&l));
    assert_int_equal(ear.pcm.n, WORD + 700);
    assert_int_equal(playback_state(l.playback), DOCBAO_PAUSED);
    assert_true(playback_resume(l.playback));
    hear_all(&l);
    assert_int_equal(ear.pcm.n, all.n + 700);
    assert_same(ear.pcm.at + WORD + 700, all.at + WORD, all.n - WORD);
    assert_told(&l, 0, 1, 2); /* the sentence that goes on is not told again */
    end(&l);
    vec_free(&all);
}

static void test_a_pause_between_sentences_repeats_nothing(void **state)
{
    (void)state;
    struct sound all = whole(two_paragraphs, NULL);
    struct listener l;
    begin(&l, two_paragraphs, NULL);
    hear(&l, 3 * WORD + 1000);
    playback_pause(l.playback);
    assert_true(step(&l));
    playback_resume(l.playback);
    hear_all(&l);
    /* The player does not wait for the rest of the silence. */
    size_t next = 3 * WORD + frames_of_ms(SENTENCE_MS);
    assert_int_equal(ear.pcm.n, 3 * WORD + 1000 + all.n - next);
    assert_same(ear.pcm.at + 3 * WORD + 1000, all.at + next, all.n - next);
    assert_told(&l, 0, 1, 2);
    end(&l);
    vec_free(&all);
}

static void test_another_speed_keeps_the_word(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một hai ba bốn năm.", NULL);
    hear(&l, 2 * WORD + 100);
    struct synth_settings fast = usual;
    fast.rate = 340; /* a word is a third as long: whole blocks of the engine */
    playback_adjust(l.playback, &fast);
    hear_all(&l);
    assert_int_equal(ear.pcm.n, 2 * WORD + 100 + 3 * (WORD / 3));
    assert_told(&l, 0);
    assert_int_equal(l.words.n, 6); /* "ba" is begun anew */
    struct docbao_player_stats stats;
    playback_stats(l.playback, &stats);
    assert_int_equal(stats.answers, 1);
    assert_true(stats.answer_most_ns > 0);
    end(&l);
}

static void test_speed_in_a_pause_is_kept_for_later(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một hai ba bốn năm.", NULL);
    hear(&l, WORD + 100);
    playback_pause(l.playback);
    struct synth_settings fast = usual;
    fast.rate = 340;
    playback_adjust(l.playback, &fast);
    for (int i = 0; i < 20; i++)
        step(&l);
    assert_int_equal(ear.pcm.n, WORD + 100);
    playback_resume(l.playback);
    hear_all(&l);
    assert_int_equal(ear.pcm.n, WORD + 100 + 4 * (WORD / 3));
    end(&l);
}

static void test_going_elsewhere_in_a_pause(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, two_paragraphs, NULL);
    hear(&l, WORD);
    playback_pause(l.playback);
    playback_go(l.playback, &l.articles[0], 2);
    step(&l);
    assert_told(&l, 0, 2); /* seen at once, though nothing is heard */
    assert_int_equal(ear.pcm.n, WORD);
    playback_go(l.playback, &l.articles[0], 1);
    step(&l);
    playback_resume(l.playback);
    hear_all(&l);
    assert_told(&l, 0, 2, 1, 2);
    end(&l);
}

static void test_going_into_a_sentence(void **state)
{
    (void)state;
    struct sound all = whole(two_paragraphs, NULL);
    struct listener l;
    begin(&l, two_paragraphs, NULL);
    hear(&l, WORD);
    playback_pause(l.playback);
    const struct sentence *s = &l.articles[0].sentences.at[2];
    uint32_t token = s->tok0 + 1; /* "25", which is said with three words */
    playback_go_inside(l.playback, &l.articles[0], 2, token);
    step(&l);
    assert_told(&l, 0, 2);
    assert_int_equal(playback_position(l.playback).token, token);
    /* The speed is another one before it is heard: the word stays. */
    playback_adjust(l.playback, &usual);
    playback_resume(l.playback);
    size_t start = ear.heard, words = l.words.n;
    hear_all(&l);
    size_t left = 4 * WORD;
    assert_int_equal(ear.pcm.n - start, left);
    assert_same(ear.pcm.at + start, all.at + all.n - left, left);
    assert_told(&l, 0, 2);
    assert_memory_equal(&l.words.at[words], &l.articles[0].tokens.at[token].text,
                        sizeof(struct span));
    end(&l);
    vec_free(&all);
}

static void test_going_elsewhere(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, two_paragraphs, "Chín. Mười.");
    hear(&l, WORD);
    playback_go(l.playback, &l.articles[0], 2);
    assert_int_equal(playback_position(l.playback).sentence, 2);
    hear(&l, WORD);
    playback_go(l.playback, &l.articles[1], 1);
    hear(&l, WORD / 2);
    playback_go(l.playback, &l.articles[0], 1);
    hear(&l, WORD / 2);
    playback_go(l.playback, &l.articles[0], 3); /* behind it */
    hear_all(&l);
    assert_told(&l, 0, 2, 101, 1, 100, 101);
    assert_int_equal(l.heard, 1);
    /* The end is not the end. */
    playback_go(l.playback, &l.articles[1], 1);
    assert_int_equal(playback_state(l.playback), DOCBAO_PLAYING);
    hear_all(&l);
    assert_int_equal(l.sentences.at[6], 101);
    end(&l);
}

static void test_a_lost_device_goes_on_at_the_word(void **state)
{
    (void)state;
    struct sound all = whole("Một hai ba bốn năm sáu bảy tám chín mười.", NULL);
    struct listener l;
    begin(&l, "Một hai ba bốn năm sáu bảy tám chín mười.", NULL);
    hear(&l, 6 * WORD + 500);
    ear.is_lost = true;
    ear.refused = 1;
    assert_true(step(&l));
    assert_int_equal(playback_state(l.playback), DOCBAO_AWAY);
    assert_string_equal(playback_trouble(l.playback), "Gone.");
    hear_all(&l);
    assert_int_equal(ear.opened, 2);
    assert_string_equal(playback_trouble(l.playback), "");
    assert_int_equal(ear.pcm.n, all.n + 500);
    assert_same(ear.pcm.at + 6 * WORD + 500, all.at + 6 * WORD, all.n - 6 * WORD);
    assert_true(l.changes >= 2);
    end(&l);
    vec_free(&all);
}

static void test_a_device_never_heard_is_an_error(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một hai ba.", NULL);
    ear.refused = 1;
    for (int i = 0; i < PATIENCE && step(&l); i++)
        nap();
    assert_int_equal(l.status, STATUS_DEVICE);
    end(&l);
    begin(&l, "Một hai ba.", NULL);
    hear(&l, WORD);
    ear.is_lost = true;
    assert_false(step(&l));
    assert_int_equal(l.status, STATUS_DEVICE);
    end(&l);
}

static void test_an_article_that_is_still_fetched(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một.", "Hai.");
    l.arriving = UINT32_MAX;
    hear(&l, WORD);
    for (int i = 0; i < PATIENCE && playback_state(l.playback) != DOCBAO_FETCHING; i++)
        assert_true(step(&l));
    assert_int_equal(playback_state(l.playback), DOCBAO_FETCHING);
    struct pollfd fds[PLAYBACK_MOST_DESCRIPTORS];
    int timeout = -1;
    playback_descriptors(l.playback, fds, &timeout);
    assert_in_range(timeout, 0, 100);
    l.arriving = 3;
    hear_all(&l);
    assert_told(&l, 0, 100);
    end(&l);
}

static uint32_t second_starts_late(void *user, struct article *a)
{
    return index_of(user, a) == 1 ? 2 : 0;
}

static void test_a_later_article_starts_where_it_was_left(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một hai ba.", "Bốn. Năm. Sáu. Bảy.");
    l.client.start = second_starts_late;
    playback_begin(l.playback, l.rules, &l.client);
    hear(&l, WORD);
    struct synth_settings fast = usual;
    fast.rate = 340;
    playback_adjust(l.playback, &fast); /* though it was made ready before */
    hear_all(&l);
    assert_told(&l, 0, 102, 103);
    playback_go(l.playback, &l.articles[0], 1); /* once heard, it begins at its start */
    hear_all(&l);
    assert_told(&l, 0, 102, 103, 100, 101, 102, 103);
    end(&l);
}

static void test_a_lost_sentence_costs_itself(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một. Ngã sâu. Hai.", NULL);
    hear_all(&l);
    assert_int_equal(l.lost, 1);
    assert_told(&l, 0, 1, 2);
    assert_int_equal(ear.pcm.n, 2 * WORD + frames_of_ms(2 * SENTENCE_MS + 300));
    assert_int_equal(l.articles[0].diagnostics.at[l.articles[0].diagnostics.n - 1].kind, NOTE_LOST);
    end(&l);
    begin(&l, "Ngã sâu.", NULL);
    hear(&l, SIZE_MAX / 2);
    assert_int_equal(l.status, STATUS_INPUT);
    end(&l);
}

static void test_nothing_to_speak(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, NULL, NULL);
    assert_false(step(&l));
    assert_int_equal(l.status, STATUS_INPUT);
    assert_int_equal(ear.opened, 0);
    end(&l);
}

static void reread(void *user, struct article *a)
{
    struct listener *l = user;
    a->sentences.n = a->tokens.n = a->words.n = 0;
    buf_clear(&a->spoken);
    read_article(a, l->rules);
}

static void test_reading_anew_keeps_the_place(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, two_paragraphs, "Chín.");
    hear(&l, 4 * WORD + frames_of_ms(SENTENCE_MS) + 100); /* in "năm" */
    playback_reread(l.playback, reread, &l, false);
    size_t before = ear.pcm.n;
    hear_all(&l);
    assert_told(&l, 0, 1, 2, 100);
    assert_int_equal(ear.pcm.n - before, 7 * WORD + 2 * frames_of_ms(BLOCK_MS));
    end(&l);
    begin(&l, two_paragraphs, NULL);
    hear(&l, 4 * WORD + frames_of_ms(SENTENCE_MS) + 100);
    playback_reread(l.playback, reread, &l, true);
    hear_all(&l);
    assert_told(&l, 0, 1, 1, 2); /* the whole sentence again */
    end(&l);
}

static void test_places(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, two_paragraphs, NULL);
    const struct article *a = &l.articles[0];
    uint32_t found = 9;
    assert_true(navigate_by(a, NAVIGATE_SENTENCE, 0, 1, &found) && found == 1);
    assert_false(navigate_by(a, NAVIGATE_SENTENCE, 2, 1, &found));
    assert_false(navigate_by(a, NAVIGATE_SENTENCE, 0, -1, &found));
    assert_true(navigate_by(a, NAVIGATE_PARAGRAPH, 0, 1, &found) && found == 2);
    assert_true(navigate_by(a, NAVIGATE_PARAGRAPH, 1, -1, &found) && found == 0);
    assert_true(navigate_by(a, NAVIGATE_PARAGRAPH, 2, -1, &found) && found == 0);
    assert_false(navigate_by(a, NAVIGATE_PARAGRAPH, 0, -1, &found));
    assert_false(navigate_by(a, NAVIGATE_PARAGRAPH, 2, 1, &found));
    assert_false(navigate_by(a, NAVIGATE_PART, 0, 1, &found));
    assert_true(navigate_by(a, NAVIGATE_PART, 2, -1, &found) && found == 0);
    assert_int_equal(navigate_last(a, NAVIGATE_SENTENCE), 2);
    assert_int_equal(navigate_last(a, NAVIGATE_PARAGRAPH), 2);
    assert_int_equal(navigate_last(a, NAVIGATE_PART), 0);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(navigate_to_offset(a, a->sentences.at[i].text.off), i);
    assert_int_equal(navigate_to_offset(a, UINT32_MAX), 2);
    end(&l);
}

/* ---- many articles ---- */

/* A queue of articles that are read when they are asked for and freed when they are given back. */
struct queue {
    struct listener *l;
    uint32_t count;
    struct article *open[1000];
    uint32_t live, most_live, heard;
    bool closing;
};

static uint32_t number_of(const struct queue *q, const struct article *a)
{
    uint32_t i = 0;
    while (i < q->count && q->open[i] != a)
        i++;
    assert_true(i < q->count);
    return i;
}

static bool queue_neighbour(void *user, struct article *a, int step, struct article **out)
{
    static const struct read_options raw = {.raw = true};
    static const struct reading_options no_pauses = {0};
    struct queue *q = user;
    int64_t index = a ? (int64_t)number_of(q, a) + step : 0;
    *out = NULL;
    if (index < 0 || index >= q->count)
        return true;
    if (!q->open[index]) {
        struct article *made = q->open[index] = mem_zalloc(sizeof *made);
        assert_int_equal(article_from_bytes(made, "test", SV("Một."), &raw, &q->l->err), STATUS_OK);
        normalize_article(made, q->l->rules, &no_pauses);
        q->live++;
        q->most_live = q->live > q->most_live ? q->live : q->most_live;
    }
    *out = q->open[index];
    return true;
}

static void queue_done(void *user, struct article *a)
{
    struct queue *q = user;
    uint32_t index = number_of(q, a);
    if (!q->closing)
        assert_ptr_not_equal(playback_position(q->l->playback).article, a);
    q->open[index] = NULL;
    q->live--;
    article_free(a);
    free(a);
}

static void queue_heard(void *user, struct article *a)
{
    struct queue *q = user;
    assert_int_equal(number_of(q, a), q->heard);
    q->heard++;
}

static void test_a_thousand_articles_are_not_kept(void **state)
{
    (void)state;
    struct listener l;
    struct queue q = {.l = &l, .count = 1000};
    begin(&l, NULL, NULL);
    l.client = (struct playback_client){
        .neighbour = queue_neighbour, .done = queue_done, .heard = queue_heard, .user = &q};
    playback_begin(l.playback, l.rules, &l.client);
    hear_all(&l);
    assert_int_equal(q.heard, q.count);
    print_message("at most %u articles were open\n", q.most_live);
    assert_true(q.most_live <= 64); /* some clips, and eight sentences a job on their way */
    /* Articles that were given back can be gone to again. */
    assert_true(playback_move(l.playback, NAVIGATE_ARTICLE, -1));
    assert_int_equal(number_of(&q, playback_position(l.playback).article), q.count - 2);
    for (int i = 0; i < 20; i++) {
        assert_true(playback_move(l.playback, NAVIGATE_ARTICLE, -1));
        assert_true(step(&l));
    }
    assert_int_equal(number_of(&q, playback_position(l.playback).article), q.count - 22);
    assert_true(q.most_live <= 64); /* some clips, and eight sentences a job on their way */
    q.closing = true;
    playback_close(l.playback);
    l.playback = NULL;
    assert_int_equal(q.live, 0);
    end(&l);
}

static void go_inside(struct listener *l, struct article *a, uint32_t random)
{
    uint32_t sentence = random % (uint32_t)a->sentences.n;
    const struct sentence *s = &a->sentences.at[sentence];
    playback_go_inside(l->playback, a, sentence, s->tok0 + random / 7 % s->ntok);
}

/* For any commands in any order, the player goes on, and ends. */
static void test_random_wishes(void **state)
{
    (void)state;
    struct listener l;
    begin(&l, "Một hai ba. Ngã sâu. Bốn 2.345 năm.\nSáu. Bảy tám.", "Chín. Mười một.");
    uint32_t seed = 12345;
    for (int i = 0; i < 400; i++) {
        seed = seed * 1103515245 + 12345;
        uint32_t r = seed >> 16;
        struct article *a = &l.articles[r % 2];
        struct synth_settings settings = usual;
        settings.rate = r % 3 ? 170 : 340;
        switch (r % 9) {
        case 0:
            playback_pause(l.playback);
            break;
        case 1:
        case 2:
            playback_resume(l.playback);
            break;
        case 3:
            playback_go(l.playback, a, r / 9 % (uint32_t)(a->sentences.n + 1));
            break;
        case 6:
            go_inside(&l, a, r / 9);
            break;
        case 4:
            playback_adjust(l.playback, &settings);
            break;
        case 5:
            playback_reread(l.playback, reread, &l, r & 512);
            break;
        default:
            for (uint32_t j = 0; j < r % 20; j++) {
                if (!step(&l))
                    fail_msg("%s", l.err.message.p);
                ear.heard = ear.heard + 700 < ear.pcm.n ? ear.heard + 700 : ear.pcm.n;
            }
        }
    }
    playback_resume(l.playback);
    hear_all(&l);
    end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_is_heard_and_told_when_it_is),
        cmocka_unit_test(test_a_chime_between_articles),
        cmocka_unit_test(test_articles_stand_further_apart),
        cmocka_unit_test(test_a_pause_goes_back_to_the_word),
        cmocka_unit_test(test_a_pause_between_sentences_repeats_nothing),
        cmocka_unit_test(test_another_speed_keeps_the_word),
        cmocka_unit_test(test_speed_in_a_pause_is_kept_for_later),
        cmocka_unit_test(test_going_into_a_sentence),
        cmocka_unit_test(test_going_elsewhere),
        cmocka_unit_test(test_going_elsewhere_in_a_pause),
        cmocka_unit_test(test_a_lost_device_goes_on_at_the_word),
        cmocka_unit_test(test_a_device_never_heard_is_an_error),
        cmocka_unit_test(test_an_article_that_is_still_fetched),
        cmocka_unit_test(test_a_later_article_starts_where_it_was_left),
        cmocka_unit_test(test_a_lost_sentence_costs_itself),
        cmocka_unit_test(test_nothing_to_speak),
        cmocka_unit_test(test_reading_anew_keeps_the_place),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_a_thousand_articles_are_not_kept),
        cmocka_unit_test(test_random_wishes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
