/* The session, with an engine of tones (0.1 s a word) and a sink that keeps what it gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "article/read.h"
#include "base/sanitizer.h"
#include "library/store.h"
#include "rules/rules.h"
#include "session/saver.h"
#include "article/view.h"
#include "tone.h"

enum {
    RATE = 22050,
    WORD = 2205, /* frames */
    SENTENCE_MS = 400,
    BLOCK_MS = 700,
};

/* The calls that the sink got, and the answer that it gives. */
static struct {
    VEC(int16_t) pcm;
    uint32_t opened, closed, finished;
    enum status answer; /* given once, when so many frames are there */
    uint64_t answer_at;
    bool takes_marks;
    struct buf calls; /* of tags and marks */
} sink;

static enum status keep_open(void **state, const char *target, const struct sink_format *format,
                             struct err *e)
{
    (void)e;
    assert_string_equal(target, "target");
    assert_int_equal(format->rate, RATE);
    assert_int_equal(format->channels, 1);
    sink.opened++;
    *state = &sink;
    return STATUS_OK;
}

static enum status keep_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    assert_ptr_equal(state, &sink);
    if (sink.answer && sink.pcm.n >= sink.answer_at) {
        enum status answer = sink.answer;
        sink.answer = STATUS_OK;
        return err_set(e, answer, "As told.");
    }
    for (uint32_t i = 0; i < frames; i++)
        *vec_push(&sink.pcm) = pcm[i];
    return STATUS_OK;
}

static enum status keep_finish(void *state, struct err *e)
{
    (void)e;
    assert_ptr_equal(state, &sink);
    sink.finished++;
    return STATUS_OK;
}

static void keep_close(void *state)
{
    assert_ptr_equal(state, &sink);
    sink.closed++;
}

/* A line for each call, in order: "frame kind text". */
static enum status keep_tags(void *state, const struct sink_tags *tags, struct err *e)
{
    (void)e;
    assert_ptr_equal(state, &sink);
    buf_addf(&sink.calls, "tags %.*s|%.*s|%.*s|%.*s|%.*s|%.*s\n", SV_ARG(tags->title),
             SV_ARG(tags->author), SV_ARG(tags->source), SV_ARG(tags->comment), SV_ARG(tags->date),
             SV_ARG(tags->language));
    return STATUS_OK;
}

static enum status keep_mark(void *state, const struct sink_mark *mark, struct err *e)
{
    static const char *const names[] = {"article", "heading", "paragraph", "sentence", "word"};
    (void)e;
    assert_ptr_equal(state, &sink);
    /* A mark comes just before its frame is written. */
    assert_int_equal(mark->frame, sink.pcm.n);
    buf_addf(&sink.calls, "%u %s %.*s\n", (unsigned)mark->frame, names[mark->kind],
             SV_ARG(mark->text));
    return STATUS_OK;
}

static const struct sink_driver marked_keeper = {
    .name = "marked keeper",
    .open = keep_open,
    .write = keep_write,
    .finish = keep_finish,
    .close = keep_close,
    .tags = keep_tags,
    .mark = keep_mark,
};

static const struct sink_driver keeper = {
    .name = "keeper",
    .open = keep_open,
    .write = keep_write,
    .finish = keep_finish,
    .close = keep_close,
};

static int reset(void **state)
{
    (void)state;
    vec_free(&sink.pcm);
    if (sink.calls.p)
        buf_free(&sink.calls);
    memset(&sink, 0, sizeof sink);
    sink.calls = BUF_INIT;
    return 0;
}

/* ---- articles, and the listener ---- */

struct heard {
    struct article articles[3];
    uint32_t count, given, done, sentences, lost;
    VEC(uint64_t) word_frames; /* how many the sink had when the word was told */
    VEC(struct span) words;
    struct rules *rules;
    struct docbao_stats stats;
    struct err err;
    bool streamed; /* the articles are read block by block, as they are spoken */
    struct normalizer *normalizers[3];
    size_t most_tokens, most_words, most_spoken; /* that an article held at once */
};

static bool next(void *user, struct article *after, int step, struct article **out)
{
    struct heard *h = user;
    assert_int_equal(step, 1);
    assert_ptr_equal(after, h->given ? &h->articles[h->given - 1] : NULL);
    *out = h->given < h->count ? &h->articles[h->given++] : NULL;
    return true;
}

static void done(void *user, struct article *a)
{
    struct heard *h = user;
    assert_true(a >= h->articles && a < h->articles + h->given);
    h->done++;
}

static void keep_most(size_t *most, size_t n)
{
    *most = n > *most ? n : *most;
}

static void on_sentence(void *user, struct article *a, uint32_t sentence, uint64_t us)
{
    (void)us;
    struct heard *h = user;
    (void)sentence;
    h->sentences++;
    keep_most(&h->most_tokens, a->tokens.n);
    keep_most(&h->most_words, a->words.n);
    keep_most(&h->most_spoken, a->spoken.n);
}

static void on_word(void *user, struct article *a, uint32_t sentence, uint32_t token, uint64_t us)
{
    struct heard *h = user;
    assert_int_equal(us, sink.pcm.n * 1000000 / RATE);
    (void)sentence;
    *vec_push(&h->word_frames) = sink.pcm.n;
    assert_int_not_equal(token, DOCBAO_NO_TOKEN);
    *vec_push(&h->words) = article_token(a, token)->text;
}

static void on_lost(void *user, struct article *a, uint32_t sentence, const char *why)
{
    (void)a;
    (void)sentence;
    assert_true(*why);
    ((struct heard *)user)->lost++;
}

/* The first line is the title, one in capitals a heading, the last one the byline. */
static void name_blocks(struct article *a)
{
    a->date = "2024-05-01";
    a->blocks.at[0].kind = BLOCK_TITLE;
    for (size_t i = 1; i < a->blocks.n; i++)
        if (sv_starts(sv_at(a->text, a->blocks.at[i].text), SV("PHẦN")))
            a->blocks.at[i].kind = BLOCK_HEADING;
    a->blocks.at[a->blocks.n - 1].kind = BLOCK_BYLINE;
}

static void add_article(struct heard *h, const char *text)
{
    static const struct read_options raw = {.raw = true};
    static const struct reading_options options = {.plain = true,
                                                   .sentence_pause_ms = SENTENCE_MS,
                                                   .block_pause_ms = BLOCK_MS,
                                                   .title_pause_ms = BLOCK_MS};
    struct article *a = &h->articles[h->count++];
    if (article_from_bytes(a, "https://bao.example/1", sv_of(text), &raw, &h->err) != STATUS_OK)
        fail_msg("%s", h->err.message.p);
    if (sink.takes_marks)
        name_blocks(a);
    if (h->streamed)
        h->normalizers[h->count - 1] = normalizer_new(a, h->rules, &options);
    else
        normalize_article(a, h->rules, &options);
}

static bool read_more(void *user, struct article *a)
{
    struct heard *h = user;
    return normalizer_read(h->normalizers[a - h->articles]);
}

/* The engine of tones, which counts the texts that it is asked to prepare. */
static uint32_t prepared;

static void count_prepare(const struct rules *rules, enum dialect dialect,
                          const struct synth_word *words, size_t n, struct buf *text,
                          uint32_t *positions)
{
    prepared++;
    synth_tone.prepare(rules, dialect, words, n, text, positions);
}

/* The store of the sentence cache, or NULL. */
static struct store *cache;
/* Where a pool is left for the next speech, or NULL. */
static struct pool **kept;
/* The engine does not start any more. */
static bool is_out_of_order;
static uint32_t pause_percent = 100;
static uint32_t article_pause_ms;

static enum status fail_to_start(const struct synth_settings *settings, uint32_t *rate,
                                 struct err *e)
{
    (void)settings;
    (void)rate;
    return err_set(e, STATUS_USAGE, "The engine is out of order.");
}

/* Speaks the texts (the rest NULL) on the sink above. The caller frees with forget. */
static enum status speak_as(struct heard *h, bool streamed, const char *one, const char *two,
                            const char *three)
{
    const struct synth_settings settings = {.voice = "any",
                                            .rate = 170,
                                            .pitch = 50,
                                            .range = 50,
                                            .volume = 90,
                                            .pause_percent = pause_percent,
                                            .article_pause_ms = article_pause_ms};
    static struct synth_engine engine; /* a pool may outlive this speech */
    engine = synth_tone;
    engine.prepare = count_prepare;
    if (is_out_of_order)
        engine.start = fail_to_start;
    prepared = 0;
    struct saver_options options = {
        .engine = &engine,
        .settings = &settings,
        .jobs = 2,
        .store = cache,
        .kept = kept,
        .tags = &(struct sink_tags){.title = SV("")},
        .sound = {.sink = sink.takes_marks ? &marked_keeper : &keeper, .target = "target"}};
    *h = (struct heard){.err = ERR_INIT, .streamed = streamed};
    struct saver *s;
    assert_int_equal(saver_open(&s, &options, &h->err), STATUS_OK);
    assert_int_equal(rules_load(&h->rules, NULL, &h->err), STATUS_OK);
    const char *texts[] = {one, two, three};
    for (size_t i = 0; i < 3 && texts[i]; i++)
        add_article(h, texts[i]);
    struct saver_client client = {
        .source = {.neighbour = next, .more = streamed ? read_more : NULL, .done = done, .user = h},
        .sentence = on_sentence,
        .word = on_word,
        .lost = on_lost,
        .user = h};
    enum status status = saver_run(s, h->rules, &client, &h->err);
    assert_int_equal(h->done, h->given);
    saver_stats(s, &h->stats);
    saver_close(s);
    assert_int_equal(sink.closed, sink.opened);
    return status;
}

static enum status speak(struct heard *h, const char *one, const char *two, const char *three)
{
    return speak_as(h, false, one, two, three);
}

static void forget(struct heard *h)
{
    for (uint32_t i = 0; i < h->count; i++) {
        normalizer_free(h->normalizers[i]);
        article_free(&h->articles[i]);
    }
    vec_free(&h->word_frames);
    vec_free(&h->words);
    rules_free(h->rules);
    err_free(&h->err);
}

static uint64_t frames_of_ms(uint64_t milliseconds)
{
    return milliseconds * RATE / 1000;
}

static bool is_silent(uint64_t from, uint64_t to)
{
    for (uint64_t i = from; i < to; i++)
        if (sink.pcm.at[i])
            return false;
    return true;
}

/* Exactly there: a saw has a frame of silence now and then, but no two. */
static void assert_silent(uint64_t from, uint64_t to)
{
    assert_true(is_silent(from, to));
    assert_false(is_silent(from - 2, from));
    assert_false(is_silent(to, to + 2));
}

/* ---- tests ---- */

static void test_pauses_stand_between_sentences(void **state)
{
    (void)state;
    struct heard h;
    assert_int_equal(speak(&h, "Một hai. Ba.\nBốn năm.", "Sáu.", NULL), STATUS_OK);
    uint64_t within = frames_of_ms(SENTENCE_MS), between = frames_of_ms(BLOCK_MS);
    assert_silent(2 * WORD, 2 * WORD + within);
    assert_silent(3 * WORD + within, 3 * WORD + within + between);
    assert_silent(5 * WORD + within + between, 5 * WORD + within + 2 * between);
    assert_int_equal(sink.pcm.n, 6 * WORD + within + 2 * between);
    assert_int_equal(h.stats.frames, sink.pcm.n);
    assert_int_equal(h.stats.rate, RATE);
    assert_int_equal(h.sentences, 4);
    assert_int_equal(prepared, 4); /* the text for the engine is made once a sentence */
    assert_int_equal(h.done, 2);
    assert_int_equal(sink.finished, 1);
    forget(&h);
}

static void test_pauses_shrink_with_the_speed(void **state)
{
    (void)state;
    struct heard h;
    pause_percent = 40;
    assert_int_equal(speak(&h, "Một hai. Ba.\nBốn năm.", NULL, NULL), STATUS_OK);
    pause_percent = 100;
    uint64_t within = frames_of_ms(SENTENCE_MS * 40 / 100);
    assert_silent(2 * WORD, 2 * WORD + within);
    assert_silent(3 * WORD + within, 3 * WORD + within + frames_of_ms(BLOCK_MS * 40 / 100));
    forget(&h);
}

/* One sentence each, and more: the memory of an article that was given back may be the next one's.
 */
static void test_articles_stand_further_apart(void **state)
{
    (void)state;
    struct heard h;
    article_pause_ms = 1800;
    assert_int_equal(speak(&h, "Một hai. Ba.", "Bốn.", "Năm."), STATUS_OK);
    article_pause_ms = 0;
    uint64_t within = frames_of_ms(SENTENCE_MS), between = frames_of_ms(1800);
    assert_silent(2 * WORD, 2 * WORD + within);
    assert_silent(3 * WORD + within, 3 * WORD + within + between);
    assert_silent(4 * WORD + within + between, 4 * WORD + within + 2 * between);
    assert_int_equal(sink.pcm.n, 5 * WORD + within + 2 * between);
    forget(&h);
}

static void test_words_are_told_when_they_are_heard(void **state)
{
    (void)state;
    struct heard h;
    assert_int_equal(speak(&h, "Một 25 hai. Ba.", NULL, NULL), STATUS_OK);
    static const char *const written[] = {"Một", "25", "25", "25", "hai", "Ba"};
    assert_int_equal(h.words.n, 6);
    for (size_t i = 0; i < 6; i++) {
        uint64_t pause = i == 5 ? frames_of_ms(SENTENCE_MS) : 0;
        assert_int_equal(h.word_frames.at[i], i * WORD + pause);
        assert_true(sv_is(sv_at(h.articles[0].text, h.words.at[i]), written[i]));
    }
    forget(&h);
}

static void test_a_lost_sentence_costs_itself(void **state)
{
    (void)state;
    struct heard h;
    assert_int_equal(speak(&h, "Một. Ngã sâu. Hai.", NULL, NULL), STATUS_PARTIAL);
    assert_int_equal(h.lost, 1);
    assert_int_equal(h.stats.lost, 1);
    assert_int_equal(h.stats.sentences, 3);
    uint64_t silence = 2 * frames_of_ms(SENTENCE_MS) + frames_of_ms(300);
    assert_int_equal(sink.pcm.n, 2 * WORD + silence);
    assert_silent(WORD, WORD + silence);
    assert_int_equal(sink.finished, 1);
    const struct article *a = &h.articles[0];
    assert_true(a->diagnostics.n > 0);
    assert_int_equal(a->diagnostics.at[a->diagnostics.n - 1].kind, NOTE_LOST);
    forget(&h);
}

static void test_all_lost_is_nothing(void **state)
{
    (void)state;
    struct heard h;
    assert_int_equal(speak(&h, "Ngã sâu.", NULL, NULL), STATUS_INPUT);
    assert_int_equal(sink.finished, 0);
    forget(&h);
}

static void test_no_article_opens_no_sink(void **state)
{
    (void)state;
    struct heard h;
    assert_int_equal(speak(&h, NULL, NULL, NULL), STATUS_INPUT);
    assert_int_equal(sink.opened, 0);
    forget(&h);
}

static void test_a_sink_that_fails_ends_it(void **state)
{
    struct heard h;
    static const enum status answers[] = {STATUS_OUTPUT, STATUS_STOPPED, STATUS_PARTIAL};
    for (size_t i = 0; i < 3; i++) {
        reset(state);
        sink.answer = answers[i];
        sink.answer_at = 1;
        assert_int_equal(speak(&h, "Một hai ba.", "Bốn.", NULL), answers[i]);
        assert_string_equal(h.err.message.p, "As told.");
        /* The sound that a stream gets before it is full is complete. */
        assert_int_equal(sink.finished, answers[i] == STATUS_PARTIAL);
        forget(&h);
    }
}

/* Speaks with the pool that is left, if there is one; the sound must be that of a new one. */
static enum status speak_again(const char *text)
{
    struct heard h;
    struct pool **left = kept;
    kept = NULL;
    reset(NULL);
    enum status expected = speak(&h, text, NULL, NULL);
    forget(&h);
    struct buf sound = BUF_INIT;
    buf_add(&sound, sink.pcm.at, sink.pcm.n * sizeof *sink.pcm.at);
    kept = left;
    reset(NULL);
    assert_int_equal(speak(&h, text, NULL, NULL), expected);
    forget(&h);
    struct sv again = {(const char *)sink.pcm.at, sink.pcm.n * sizeof *sink.pcm.at};
    assert_true(sv_eq(again, buf_sv(&sound)));
    buf_free(&sound);
    return expected;
}

static void test_a_pool_is_left_for_the_next_speech(void **state)
{
    (void)state;
    struct pool *pool = NULL;
    kept = &pool;
    assert_int_equal(speak_again("Một hai. Ba."), STATUS_OK);
    struct pool *first = pool;
    int zygote = pool_zygote_pid(pool);
    assert_int_equal(speak_again("Bốn. Năm sáu."), STATUS_OK);
    assert_int_equal(speak_again("Một. Ngã sâu. Hai."), STATUS_PARTIAL);
    assert_int_equal(speak_again("Bảy."), STATUS_OK);
    assert_ptr_equal(pool, first);
    assert_int_equal(pool_zygote_pid(pool), zygote);
    pool_stop(pool);
    kept = NULL;
}

/* Its sentences are dropped, its workers go. */
static void test_a_pool_is_left_in_the_middle(void **state)
{
    struct heard h;
    struct pool *pool = NULL;
    kept = &pool;
    reset(state);
    sink.answer = STATUS_OUTPUT;
    sink.answer_at = 1;
    assert_int_equal(speak(&h, "Một hai ba.\nBốn.\nNăm.\nSáu.", "Bảy.", NULL), STATUS_OUTPUT);
    forget(&h);
    assert_non_null(pool);
    assert_int_equal(speak_again("Hai. Ba."), STATUS_OK);
    kill(pool_zygote_pid(pool), SIGKILL);
    assert_int_equal(speak_again("Hai. Ba."), STATUS_OK);
    pool_stop(pool);
    kept = NULL;
}

static void test_a_pool_that_failed_is_not_left(void **state)
{
    struct heard h;
    struct pool *pool = NULL;
    kept = &pool;
    reset(state);
    is_out_of_order = true;
    assert_int_equal(speak(&h, "Một.", NULL, NULL), STATUS_USAGE);
    forget(&h);
    is_out_of_order = false;
    assert_null(pool);
    assert_int_equal(speak_again("Hai. Ba."), STATUS_OK);
    pool_stop(pool);
    kept = NULL;
}

static void test_marks_and_tags(void **state)
{
    (void)state;
    struct heard h;
    static const char expected[] =
        "tags Tin một.|An Bình|bao.example|https://bao.example/1|2024-05-01|vi\n"
        "0 article Tin một.\n"
        "0 heading Tin một.\n"
        "0 sentence Tin một.\n"
        "0 word Tin\n"
        "2205 word một\n"
        "19845 heading PHẦN hai\n" /* two words and 700 ms */
        "19845 sentence PHẦN hai\n"
        "19845 word PHẦN\n"
        "22050 word hai\n"
        "39690 paragraph Ba 25. Bốn.\n"
        "39690 sentence Ba 25.\n"
        "39690 word Ba\n"
        "41895 word 25\n" /* once, though it is three spoken words */
        "57330 sentence Bốn.\n"
        "57330 word Bốn\n"
        "74970 paragraph An Bình\n"
        "74970 sentence An Bình\n"
        "74970 word An\n"
        "77175 word Bình\n"
        "tags Tin hai.|Chi|bao.example|https://bao.example/1|2024-05-01|vi\n"
        "94815 article Tin hai.\n"
        "94815 heading Tin hai.\n"
        "94815 sentence Tin hai.\n"
        "94815 word Tin\n"
        "97020 word hai\n"
        "114660 paragraph Chi\n"
        "114660 sentence Chi\n"
        "114660 word Chi\n";
    sink.takes_marks = true;
    assert_int_equal(speak(&h, "Tin một.\nPHẦN hai\nBa   25. Bốn.\nAn Bình", "Tin hai.\nChi", NULL),
                     STATUS_OK);
    assert_string_equal(sink.calls.p, expected);
    forget(&h);
}

/* All that the sink and the client got; the sound is kept as bytes. */
static struct buf all_of(const struct heard *h)
{
    struct buf all = BUF_INIT;
    buf_add_sv(&all, buf_sv(&sink.calls));
    for (size_t i = 0; i < h->words.n; i++)
        buf_addf(&all, "%llu %u %u\n", (unsigned long long)h->word_frames.at[i], h->words.at[i].off,
                 h->words.at[i].len);
    buf_addf(&all, "%u %u %u\n", h->sentences, h->lost, h->done);
    buf_add(&all, sink.pcm.at, sink.pcm.n * sizeof *sink.pcm.at);
    return all;
}

/* An article with no sentence that is read. */
static const char unread[] = "These are the people who read the book of this house.";

/* Paragraphs of two sentences, with words that are several, what explains an abbreviation, and now
 * and then one that has no sentence. */
static void add_paragraphs(struct buf *text, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        buf_addf(text, "Kỳ %u họp. Hội đồng nhân dân (HĐND) xã có %u người.\n", i, i * 7);
        if (i % 5 == 0)
            buf_adds(text, "***\n");
    }
    buf_adds(text, "HĐND xã");
}

static void test_reading_while_speaking_changes_nothing(void **state)
{
    struct heard h;
    struct buf text = BUF_INIT, results[2];
    add_paragraphs(&text, 8);
    for (int streamed = 0; streamed < 2; streamed++) {
        reset(state);
        sink.takes_marks = true;
        assert_int_equal(speak_as(&h, streamed, unread, text.p, "Ngã sâu. Một.\nHai."),
                         STATUS_PARTIAL);
        results[streamed] = all_of(&h);
        forget(&h);
    }
    assert_int_equal(results[0].n, results[1].n);
    assert_memory_equal(results[0].p, results[1].p, results[0].n);
    buf_free(&results[0]);
    buf_free(&results[1]);
    buf_free(&text);
}

static void test_nothing_to_read_while_speaking(void **state)
{
    (void)state;
    struct heard h;
    assert_int_equal(speak_as(&h, true, unread, unread, NULL), STATUS_INPUT);
    assert_string_equal(h.err.message.p, "There is nothing to speak.");
    assert_int_equal(sink.opened, 0);
    forget(&h);
}

/* What a long article holds of its words while it is spoken does not depend on its length. */
static void test_what_was_spoken_is_forgotten(void **state)
{
    enum { PARAGRAPHS = SANITIZER ? 100 : 200 };
    struct heard h;
    size_t most[2];
    for (unsigned i = 0; i < 2; i++) {
        struct buf text = BUF_INIT;
        unsigned count = (i + 1) * PARAGRAPHS;
        reset(state);
        add_paragraphs(&text, count);
        assert_int_equal(speak_as(&h, true, text.p, NULL, NULL), STATUS_OK);
        const struct article *a = &h.articles[0];
        assert_int_equal(a->sentences.n, 2 * count + 1);
        assert_int_equal(a->tokens.n + a->words.n + a->spoken.n, 0);
        assert_true(article_token_count(a) > a->sentences.n * 3);
        assert_true(h.most_tokens > 0 && h.most_tokens < article_token_count(a) / 4);
        assert_true(h.most_words < article_word_count(a) / 4);
        assert_true(h.most_spoken < article_spoken_count(a) / 4);
        most[i] = h.most_tokens;
        forget(&h);
        buf_free(&text);
    }
    assert_true(most[1] < most[0] + most[0] / 2);
}

/* ---- the cache ---- */

static char cache_folder[40];

static void open_cache(void)
{
    snprintf(cache_folder, sizeof cache_folder, "/tmp/docbao-session-XXXXXX");
    assert_non_null(mkdtemp(cache_folder));
    cache = store_open(cache_folder, 100 << 20);
    assert_non_null(cache);
}

/* Removes every file, or every second one; in an order that is no order of the sentences. */
static void remove_cached(bool all)
{
    DIR *d = opendir(cache_folder);
    assert_non_null(d);
    unsigned count = 0;
    for (const struct dirent *entry; (entry = readdir(d));)
        if (entry->d_name[0] != '.' && (all || (entry->d_name[0] != 'g' && count++ % 2)))
            unlinkat(dirfd(d), entry->d_name, 0);
    closedir(d);
}

static void close_cache(void)
{
    remove_cached(true);
    rmdir(cache_folder);
    store_close(cache);
    cache = NULL;
}

/* Speaks and compares with what came without a cache; the result is how many were in it. */
static uint32_t speak_cached(void **state, bool streamed, const char *text, const struct buf *plain)
{
    struct heard h;
    reset(state);
    sink.takes_marks = true;
    assert_int_equal(speak_as(&h, streamed, text, "Ngã sâu. Một.\nHai.", NULL), STATUS_PARTIAL);
    struct buf all = all_of(&h);
    assert_int_equal(all.n, plain->n);
    assert_memory_equal(all.p, plain->p, all.n);
    uint32_t cached = h.stats.cached;
    assert_true(cached + h.stats.lost <= h.stats.sentences);
    buf_free(&all);
    forget(&h);
    return cached;
}

static void test_the_cache_changes_nothing(void **state)
{
    struct heard h;
    struct buf text = BUF_INIT;
    add_paragraphs(&text, SANITIZER ? 20 : 60);
    reset(state);
    sink.takes_marks = true;
    assert_int_equal(speak_as(&h, false, text.p, "Ngã sâu. Một.\nHai.", NULL), STATUS_PARTIAL);
    struct buf plain = all_of(&h);
    uint32_t spoken = h.stats.sentences - h.stats.lost;
    assert_int_equal(h.stats.cached, 0);
    forget(&h);
    open_cache();
    for (int streamed = 0; streamed < 2; streamed++) {
        remove_cached(true);
        assert_int_equal(speak_cached(state, streamed, text.p, &plain), 0);
        /* The lost one is not kept. */
        assert_int_equal(speak_cached(state, streamed, text.p, &plain), spoken);
        remove_cached(false);
        uint32_t cached = speak_cached(state, streamed, text.p, &plain);
        assert_true(cached > 0 && cached < spoken);
        assert_int_equal(speak_cached(state, streamed, text.p, &plain), spoken);
    }
    close_cache();
    buf_free(&plain);
    buf_free(&text);
}

/* An engine that is not needed is not started: nobody notices that it would not. */
static void test_no_engine_is_started_for_what_is_kept(void **state)
{
    struct heard h;
    open_cache();
    reset(state);
    assert_int_equal(speak(&h, "Một hai. Ba.", NULL, NULL), STATUS_OK);
    struct buf first = all_of(&h);
    forget(&h);
    is_out_of_order = true;
    reset(state);
    assert_int_equal(speak(&h, "Một hai. Ba.", NULL, NULL), STATUS_OK);
    struct buf second = all_of(&h);
    assert_int_equal(h.stats.cached, 2);
    assert_true(sv_eq(buf_sv(&first), buf_sv(&second)));
    forget(&h);
    reset(state);
    assert_int_equal(speak(&h, "Một hai. Bốn.", NULL, NULL), STATUS_USAGE);
    assert_string_equal(h.err.message.p, "The engine is out of order.");
    forget(&h);
    reset(state);
    setenv("LD_LIBRARY_PATH", "/nonexistent", 1);
    assert_int_equal(speak(&h, "Một hai. Ba.", NULL, NULL), STATUS_USAGE);
    unsetenv("LD_LIBRARY_PATH");
    forget(&h);
    is_out_of_order = false;
    buf_free(&first);
    buf_free(&second);
    close_cache();
}

/* Five minutes of a single word: it is spoken again, and what comes before and after is not. */
static void test_a_sentence_that_is_too_long_is_not_kept(void **state)
{
    struct heard h;
    open_cache();
    for (int i = 0; i < 2; i++) {
        reset(state);
        assert_int_equal(speak(&h, "Một. Long này. Hai.", NULL, NULL), STATUS_OK);
        assert_int_equal(h.stats.cached, i ? 2 : 0);
        assert_int_equal(sink.pcm.n, 3 * WORD + 300 * RATE + 2 * frames_of_ms(SENTENCE_MS));
        forget(&h);
    }
    close_cache();
}

/* What nobody has written counts as absent, though its checksum is right. */
static void test_a_kept_value_that_makes_no_sense_is_not_used(void **state)
{
    static const struct synth_settings settings = {"any", 170, 50, 50, 90, 100, 0, 0};
    static const uint32_t values[][4] = {
        {0, 0, 0, 0},          /* no sound */
        {0, 0, 100, 0},        /* less than it says */
        {0, 0, UINT32_MAX, 0}, /* far less */
        {0, 0, 0, UINT32_MAX}, /* far fewer words */
        {1, 1, 1, 1},          /* two bytes too much */
    };
    (void)state;
    struct err e = ERR_INIT;
    struct pool *pool;
    struct sentence_cache c = {0};
    open_cache();
    assert_int_equal(pool_start(&pool, &synth_tone, &settings,
                                &(struct pool_options){.jobs = 1, .identify = true}, &e),
                     STATUS_OK);
    sentence_cache_open(&c, cache, &synth_tone, &settings);
    sentence_cache_begin(&c, pool);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct kept_sound found = {.file = BUF_INIT};
        struct buf key = BUF_INIT;
        assert_false(sentence_cache_find(&c, NULL, SV("một"), &found, &key));
        store_put(cache, buf_sv(&key), (struct sv){(const char *)values[i], sizeof values[i]});
        buf_clear(&key);
        assert_false(sentence_cache_find(&c, NULL, SV("một"), &found, &key));
        assert_true(key.n > 0);
        buf_free(&key);
    }
    sentence_cache_free(&c);
    pool_stop(pool);
    close_cache();
    err_free(&e);
}

static void assert_folded(const char *text, const char *expected)
{
    struct buf scratch = BUF_INIT;
    struct sv folded = view_fold(sv_of(text), &scratch);
    if (!sv_is(folded, expected))
        fail_msg("“%s” is folded to “%.*s”, not “%s”", text, SV_ARG(folded), expected);
    buf_free(&scratch);
}

static void test_folding(void **state)
{
    (void)state;
    assert_folded("", "");
    assert_folded(" \n", "");
    assert_folded("một", "một");
    assert_folded("một hai", "một hai");
    assert_folded("  một \t hai\nba\n", "một hai ba");
    assert_folded("một\xC2\xA0hai", "một hai");
    assert_folded("một\xE3\x80\x80\xE2\x80\x89hai \xE2\x80\xA9", "một hai");
    assert_folded(" một hai", "một hai");
    assert_folded("à á", "à á");
}

static void test_lines(void **state)
{
    (void)state;
    struct view_lines lines = {0};
    struct sv text = SV("một\n\nba\n");
    uint32_t expected[] = {1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 4};
    assert_int_equal(text.n + 1, 11);
    for (uint32_t i = 0; i < 11; i++)
        assert_int_equal(view_line(&lines, text, i), expected[i]);
    vec_free(&lines.starts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_pauses_stand_between_sentences, reset),
        cmocka_unit_test_setup(test_pauses_shrink_with_the_speed, reset),
        cmocka_unit_test_setup(test_articles_stand_further_apart, reset),
        cmocka_unit_test_setup(test_words_are_told_when_they_are_heard, reset),
        cmocka_unit_test_setup(test_a_lost_sentence_costs_itself, reset),
        cmocka_unit_test_setup(test_all_lost_is_nothing, reset),
        cmocka_unit_test_setup(test_no_article_opens_no_sink, reset),
        cmocka_unit_test_setup(test_a_sink_that_fails_ends_it, reset),
        cmocka_unit_test(test_a_pool_is_left_for_the_next_speech),
        cmocka_unit_test(test_a_pool_is_left_in_the_middle),
        cmocka_unit_test(test_a_pool_that_failed_is_not_left),
        cmocka_unit_test_setup(test_marks_and_tags, reset),
        cmocka_unit_test_setup(test_reading_while_speaking_changes_nothing, reset),
        cmocka_unit_test_setup(test_nothing_to_read_while_speaking, reset),
        cmocka_unit_test_setup(test_what_was_spoken_is_forgotten, reset),
        cmocka_unit_test(test_the_cache_changes_nothing),
        cmocka_unit_test(test_no_engine_is_started_for_what_is_kept),
        cmocka_unit_test_setup(test_a_sentence_that_is_too_long_is_not_kept, reset),
        cmocka_unit_test(test_a_kept_value_that_makes_no_sense_is_not_used),
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
