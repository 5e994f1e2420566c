/* The public header: opening, errors, what the accessors give out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "docbao/docbao.h"

static struct docbao_article *open_text(struct docbao *d, const char *text)
{
    struct docbao_article *a;
    if (docbao_open_bytes(d, "test", text, strlen(text), &a) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    return a;
}

static void assert_text(struct docbao_text text, const char *expected)
{
    if (text.n != strlen(expected) || memcmp(text.p, expected, text.n) != 0)
        fail_msg("“%.*s” is not “%s”", (int)text.n, text.p, expected);
}

static void test_errors(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.max_bytes = 10});
    struct docbao_article *a = (struct docbao_article *)d;
    assert_int_equal(docbao_open_file(d, "no/such/file", &a), DOCBAO_INPUT);
    assert_null(a);
    const struct docbao_error *e = docbao_last_error(d);
    assert_int_equal(e->status, DOCBAO_INPUT);
    assert_non_null(strstr(e->file, "no/such/file"));
    assert_true(strlen(e->message) > 10);
    assert_int_equal(docbao_open_bytes(d, "empty", "", 0, &a), DOCBAO_INPUT);
    assert_int_equal(docbao_open_bytes(d, "large", "Một hai ba", 12, &a), DOCBAO_INPUT);
    docbao_free(d);
    d = docbao_new(&(struct docbao_options){.voice = "no-such-voice"});
    assert_int_equal(docbao_open_bytes(d, "x", "Một.", 5, &a), DOCBAO_USAGE);
    assert_non_null(strstr(docbao_last_error(d)->message, "no-such-voice"));
    docbao_free(d);
    docbao_free(NULL);
    docbao_close(NULL);
}

static void test_texts_are_folded_and_spans_are_of_the_source(void **state)
{
    (void)state;
    /* A no-break space, a line end inside a sentence, a decomposed letter. */
    const char source[] = "Trời\xC2\xA0 mu\xCC\x9B"
                          "a  to.\r\n\r\nHai.";
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, source);
    struct docbao_head head = docbao_head_of(a);
    assert_text(head.name, "test");
    assert_string_equal(head.encoding, "UTF-8");
    assert_null(head.title.p);
    assert_int_equal(head.blocks, 2);
    struct docbao_block b = docbao_block_at(a, 0);
    assert_string_equal(b.kind, "paragraph");
    assert_text(b.text, "Trời mưa to.");
    struct docbao_sentence s = docbao_sentence_at(a, b.sentence0);
    assert_text(s.written, "Trời mưa to.");
    assert_text(s.spoken, "trời mưa to.");
    assert_int_equal(s.line, 1);
    struct docbao_token t = docbao_token_at(a, s.token0 + 1);
    assert_text(t.written, "mưa");
    assert_false(t.changed);
    assert_int_equal(t.span.off, strlen("Trời") + 3);
    assert_int_equal(t.span.len, 5);
    s = docbao_sentence_at(a, docbao_block_at(a, 1).sentence0);
    assert_int_equal(s.line, 3);
    assert_int_equal(s.span.off, strlen(source) - 4);
    docbao_close(a);
    docbao_free(d);
}

/* The blocks that the callback saw. */
struct seen_blocks {
    uint32_t blocks, sentences, tokens;
};

static void see_block(void *user, struct docbao_article *a, uint32_t index)
{
    struct seen_blocks *seen = user;
    assert_int_equal(index, seen->blocks++);
    struct docbao_block b = docbao_block_at(a, index);
    assert_int_equal(b.sentence0, seen->sentences);
    seen->sentences += b.sentences;
    for (uint32_t i = 0; i < b.sentences; i++) {
        struct docbao_sentence s = docbao_sentence_at(a, b.sentence0 + i);
        seen->tokens += s.tokens;
        assert_true(s.tokens > 0);
        assert_int_equal(docbao_token_at(a, s.token0).written.p[0], s.written.p[0]);
    }
}

static void test_blocks_are_given_as_they_are_read(void **state)
{
    (void)state;
    const char *text = "Hội đồng nhân dân (HĐND) họp. Trời mưa to.\n\nHĐND bàn 2 việc.";
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, text);
    struct docbao_head whole = docbao_head_of(a);
    docbao_close(a);
    docbao_free(d);
    struct seen_blocks seen = {0};
    d = docbao_new(&(struct docbao_options){.raw = true, .block = see_block, .block_user = &seen});
    a = open_text(d, text);
    assert_int_equal(seen.blocks, whole.blocks);
    assert_int_equal(seen.sentences, whole.sentences);
    assert_int_equal(seen.tokens, whole.tokens);
    /* All of it is forgotten. */
    assert_int_equal(docbao_head_of(a).sentences, whole.sentences);
    struct docbao_sentence last = docbao_sentence_at(a, whole.sentences - 1);
    assert_text(last.written, "HĐND bàn 2 việc.");
    assert_int_equal(last.tokens, 0);
    assert_int_equal(last.spoken.n, 0);
    assert_int_equal(docbao_token_at(a, last.token0).spoken.n, 0);
    docbao_close(a);
    docbao_free(d);
}

static void assert_same_text(struct docbao_text a, struct docbao_text b)
{
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
}

static void assert_same_token(struct docbao_token a, struct docbao_token b)
{
    assert_string_equal(a.kind, b.kind);
    assert_string_equal(a.rule, b.rule);
    assert_same_text(a.written, b.written);
    assert_same_text(a.spoken, b.spoken);
}

/* A book may be asked for anything in any order, though its words are not all in memory. */
static void test_words_are_recalled(void **state)
{
    (void)state;
    enum { PARAGRAPHS = 3000 };
    struct buf text = BUF_INIT;
    for (int i = 0; i < PARAGRAPHS; i++)
        buf_addf(&text, "Chương %d: chợ họp lúc %dh30, giá %d.000 đồng. QXZ vắng.\n\n", i, i % 24,
                 i);
    struct docbao *whole = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao *spare = docbao_new(&(struct docbao_options){.raw = true, .recall_words = true});
    struct docbao_article *a = open_text(whole, text.p), *b = open_text(spare, text.p);
    struct docbao_head head = docbao_head_of(a);
    assert_int_equal(docbao_head_of(b).sentences, head.sentences);
    assert_int_equal(docbao_head_of(b).tokens, head.tokens);
    assert_int_equal(docbao_head_of(b).skipped, head.skipped);
    assert_int_equal(docbao_head_of(b).diagnostics, head.diagnostics);
    assert_int_equal(docbao_time_ms(a, 0, head.sentences, 100),
                     docbao_time_ms(b, 0, head.sentences, 100));
    for (uint32_t i = 0; i < head.sentences; i += 37) {
        uint32_t at = (uint32_t)((uint64_t)i * 7919 % head.sentences), from;
        struct docbao_sentence s = docbao_sentence_at(a, at), t = docbao_sentence_at(b, at);
        assert_same_text(s.spoken, t.spoken);
        from = t.token0 + t.tokens - 1;
        assert_same_token(docbao_token_at(a, from), docbao_token_at(b, from));
        assert_same_token(docbao_token_at(a, i), docbao_token_at(b, i));
    }
    uint32_t sentence, token, doubts, same;
    assert_true(docbao_find(b, "2999.000", 0, &sentence, &token));
    assert_text(docbao_token_at(b, token).written, "2999.000");
    assert_int_equal(docbao_check(whole, a, &doubts), DOCBAO_OK);
    assert_int_equal(docbao_check(spare, b, &same), DOCBAO_OK);
    assert_int_equal(doubts, same);
    docbao_close(a);
    docbao_close(b);
    docbao_free(whole);
    docbao_free(spare);
    buf_free(&text);
}

/* The process that takes a document apart may end later than its answer comes. */
static void test_no_process_is_left(void **state)
{
    (void)state;
    struct seen_blocks seen = {0};
    const struct docbao_options ways[] = {
        {.raw = true},
        {.raw = true, .block = see_block, .block_user = &seen},
        {.raw = true, .read_when_spoken = true},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct docbao *d = docbao_new(&ways[i]);
        docbao_close(open_text(d, "Trời mưa to."));
        docbao_free(d);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
        assert_int_equal(errno, ECHILD);
    }
    assert_int_equal(seen.blocks, 1);
}

static void test_other_scripts_can_be_skipped(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.scripts = DOCBAO_SCRIPTS_SKIP});
    struct docbao_article *a = open_text(d, "Chữ 你好，再见 ở đây.");
    assert_text(docbao_sentence_at(a, 0).spoken, "chữ ở đây.");
    assert_int_equal(docbao_head_of(a).skipped, 1);
    assert_text(docbao_skipped_at(a, 0).text, "你好，再见");
    assert_string_equal(docbao_skipped_at(a, 0).reason, "script");
    docbao_close(a);
    docbao_free(d);
}

static void test_a_bracket_that_repeats_is_skipped(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *a = open_text(d, "Hội đồng nhân dân (gọi tắt là HĐND) họp (HTX xã).");
    assert_int_equal(docbao_head_of(a).skipped, 1);
    assert_text(docbao_skipped_at(a, 0).text, "(gọi tắt là HĐND)");
    assert_string_equal(docbao_skipped_at(a, 0).reason, "repeated");
    docbao_close(a);
    docbao_free(d);
}

static void test_changed_tokens(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao_article *a = open_text(d, "Có 25 người, Hà Nội.");
    bool changed[] = {false, true, false, false, false};
    assert_int_equal(docbao_head_of(a).tokens, sizeof changed / sizeof *changed);
    for (uint32_t i = 0; i < sizeof changed / sizeof *changed; i++)
        assert_int_equal(docbao_token_at(a, i).changed, changed[i]);
    assert_text(docbao_token_at(a, 1).spoken, "hai mươi lăm");
    docbao_close(a);
    docbao_free(d);
}

static void test_names_are_valid_utf8(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao_article *a;
    assert_int_equal(docbao_open_bytes(d,
                                       "m\xFF"
                                       "a",
                                       "Một.", 6, &a),
                     DOCBAO_OK);
    assert_text(docbao_head_of(a).name, "m\xEF\xBF\xBD"
                                        "a");
    docbao_close(a);
    docbao_free(d);
}

static void test_voices(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    uint32_t count;
    assert_int_equal(docbao_voices(d, &count), DOCBAO_OK);
    assert_true(count > 0);
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_voice v = docbao_voice_at(d, i);
        assert_true(*v.name && *v.description && *v.dialect && *v.engine);
        assert_int_equal(v.works, *v.why == '\0');
    }
    docbao_free(d);
}

/* ---- speaking ---- */

struct listener {
    struct docbao_article *articles[2];
    uint32_t given, done, sentences, words, unpaired;
    struct docbao_span last_word;
    volatile sig_atomic_t *stop;
};

static struct docbao_article *next(void *user)
{
    struct listener *l = user;
    return l->given < 2 ? l->articles[l->given++] : NULL;
}

static void done(void *user, struct docbao_article *a)
{
    (void)a;
    ((struct listener *)user)->done++;
}

static void on_sentence(void *user, struct docbao_article *a, uint32_t sentence)
{
    struct listener *l = user;
    (void)a;
    (void)sentence;
    l->sentences++;
    l->last_word = (struct docbao_span){0, 0};
    if (l->stop)
        *l->stop = 1;
}

static void on_word(void *user, struct docbao_article *a, uint32_t sentence, uint32_t token,
                    struct docbao_span span)
{
    struct listener *l = user;
    struct docbao_sentence s = docbao_sentence_at(a, sentence);
    l->words++;
    l->unpaired += token == DOCBAO_NO_TOKEN;
    assert_true(span.off >= s.span.off && span.off + span.len <= s.span.off + s.span.len);
    assert_true(span.off >= l->last_word.off);
    l->last_word = span;
}

static void test_words_are_followed(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 2});
    struct listener l = {
        .articles = {open_text(d, "Có 25 người họa sĩ. Họ vẽ."), open_text(d, "Trời mưa to.")}};
    struct docbao_speech speech = {"/dev/null", NULL, next, done, on_sentence, on_word, .user = &l};
    struct docbao_stats stats;
    if (docbao_speak(d, &speech, &stats) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    assert_int_equal(l.sentences, 3);
    assert_int_equal(l.done, 2);
    assert_int_equal(l.words, 7 + 2 + 3); /* có hai mươi lăm người họa sĩ … */
    assert_int_equal(l.unpaired, 0);
    assert_int_equal(stats.sentences, 3);
    assert_int_equal(stats.lost, 0);
    assert_true(stats.frames > stats.rate);
    assert_true(stats.first_block_ns > 0);
    docbao_close(l.articles[0]);
    docbao_close(l.articles[1]);
    docbao_free(d);
}

/* What an article says of itself when it was read to its end, which is before all was spoken. */
struct reread {
    struct listener listener;
    struct docbao_article *article;
    uint32_t read, before, diagnostics;
};

static struct docbao_article *next_once(void *user)
{
    struct reread *r = user;
    return r->listener.given++ ? NULL : r->article;
}

static void on_read(void *user, struct docbao_article *a)
{
    struct reread *r = user;
    r->read++;
    r->before = r->listener.sentences;
    r->diagnostics = docbao_head_of(a).diagnostics;
}

static void test_articles_can_be_read_while_they_are_spoken(void **state)
{
    (void)state;
    const char *text = "Có 25 người họa sĩ ở HXQK.\nHọ vẽ.";
    struct docbao *d = docbao_new(&(struct docbao_options){.raw = true});
    struct docbao_article *whole = open_text(d, text);
    struct docbao_head head = docbao_head_of(whole);
    docbao_close(whole);
    docbao_free(d);
    d = docbao_new(&(struct docbao_options){.raw = true, .read_when_spoken = true});
    struct reread r = {.article = open_text(d, text)};
    assert_int_equal(docbao_head_of(r.article).sentences, 0);
    struct docbao_speech speech = {.target = "/dev/null",
                                   .next = next_once,
                                   .done = done,
                                   .sentence = on_sentence,
                                   .word = on_word,
                                   .read = on_read,
                                   .user = &r};
    if (docbao_speak(d, &speech, NULL) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    assert_int_equal(r.listener.sentences, 2);
    assert_int_equal(r.listener.done, 1);
    assert_true(r.listener.words > 10);
    assert_int_equal(r.listener.unpaired, 0);
    assert_int_equal(r.read, 1);
    assert_int_equal(r.before, 0);
    assert_int_equal(r.diagnostics, head.diagnostics);
    assert_true(head.diagnostics > 0); /* letters were spelled */
    assert_int_equal(docbao_head_of(r.article).sentences, head.sentences);
    assert_int_equal(docbao_head_of(r.article).tokens, head.tokens);
    docbao_close(r.article);
    docbao_free(d);
}

/* The one message about words that were spelled, "" where there is none. */
static void spelled_note(const char *text, struct buf *out)
{
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao_article *a = open_text(d, text);
    uint32_t count = docbao_head_of(a).diagnostics;
    buf_clear(out);
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_diagnostic note = docbao_diagnostic_at(a, i);
        if (strcmp(note.kind, "spelled") == 0)
            buf_adds(out, note.message);
    }
    docbao_close(a);
    docbao_free(d);
}

static void test_spelled_words_are_named(void **state)
{
    (void)state;
    struct buf note = BUF_INIT;
    spelled_note("Họp về XQZW.", &note);
    assert_non_null(strstr(note.p, "1 word was spelled letter by letter (XQZW);"));
    /* A word that comes again counts, and is named once. */
    spelled_note("Họp về XQZW, BCDFG và XQZW.", &note);
    assert_non_null(strstr(note.p, "3 words were spelled letter by letter (XQZW, BCDFG);"));
    spelled_note("XQZW, BCDFG, KJHZX, ZZXQ, PLMKR.", &note);
    assert_non_null(strstr(note.p, "(XQZW, BCDFG, KJHZX, ZZXQ, PLMKR);"));
    spelled_note("XQZW, BCDFG, KJHZX, ZZXQ, PLMKR, WQZRT, XQZW.", &note);
    assert_non_null(strstr(note.p, "7 words were spelled letter by letter "
                                   "(XQZW, BCDFG, KJHZX, ZZXQ, PLMKR …);"));
    spelled_note("Họp về UBND, nhóm A.", &note); /* a row reads it; a letter is a letter */
    assert_string_equal(note.p, "");
    buf_free(&note);
}

static void test_a_stop_is_seen(void **state)
{
    (void)state;
    volatile sig_atomic_t stop = 0;
    struct docbao *d = docbao_new(&(struct docbao_options){.stop = &stop});
    struct listener l = {.articles = {open_text(d, "Một. Hai. Ba."), open_text(d, "Bốn.")},
                         .stop = &stop};
    struct docbao_speech speech = {"/dev/null", NULL, next, done, on_sentence, .user = &l};
    assert_int_equal(docbao_speak(d, &speech, NULL), DOCBAO_STOPPED);
    assert_int_equal(l.sentences, 1);
    assert_int_equal(l.done, l.given);
    docbao_close(l.articles[0]);
    docbao_close(l.articles[1]);
    docbao_free(d);
}

static struct docbao_article *no_article(void *user)
{
    (void)user;
    return NULL;
}

static void test_nothing_to_speak(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){0});
    struct docbao_speech speech = {.target = "must-not-be-made.wav", .next = no_article};
    struct docbao_stats stats;
    assert_int_equal(docbao_speak(d, &speech, &stats), DOCBAO_INPUT);
    assert_int_equal(stats.frames, 0);
    docbao_free(d);
}

/* ---- listening ---- */

struct reader {
    struct docbao_article *article;
    uint32_t sentences, words, heard;
};

static bool only_article(void *user, struct docbao_article *a, int step,
                         struct docbao_article **out)
{
    (void)step;
    *out = a ? NULL : ((struct reader *)user)->article;
    return true;
}

static void count_sentence(void *user, struct docbao_article *a, uint32_t sentence)
{
    (void)a;
    (void)sentence;
    ((struct reader *)user)->sentences++;
}

static void count_word(void *user, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    (void)a;
    (void)sentence;
    assert_int_not_equal(token, DOCBAO_NO_TOKEN);
    ((struct reader *)user)->words++;
}

static void count_heard(void *user, struct docbao_article *a)
{
    (void)a;
    ((struct reader *)user)->heard++;
}

static void close_article(void *user, struct docbao_article *a)
{
    struct reader *r = user;
    assert_ptr_equal(a, r->article);
    docbao_close(a);
    r->article = NULL;
}

/* Steps until all was heard, or until a sentence begins. */
static void listen_until(struct docbao *d, struct docbao_player *p, const struct reader *r,
                         uint32_t sentences)
{
    for (;;) {
        struct pollfd fds[DOCBAO_MOST_DESCRIPTORS];
        int timeout = -1;
        if (docbao_player_step(p) != DOCBAO_OK)
            fail_msg("%s", docbao_last_error(d)->message);
        if (r->sentences >= sentences || docbao_player_status(p).playing == DOCBAO_ENDED)
            return;
        uint32_t n = docbao_player_descriptors(p, fds, &timeout);
        poll(fds, n, timeout);
    }
}

static void test_listening(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 2});
    struct reader r = {0};
    struct docbao_listener listener = {.neighbour = only_article,
                                       .sentence = count_sentence,
                                       .word = count_word,
                                       .heard = count_heard,
                                       .done = close_article,
                                       .user = &r};
    struct docbao_player *p;
    struct docbao_player_options options = {.device = "null:realtime"};
    assert_int_equal(docbao_player_open(d, &options, &listener, &p), DOCBAO_OK);
    r.article = open_text(d, "Có 25 người họa sĩ.\nHọ vẽ 1.234 bức.\nXong.");
    assert_false(docbao_player_do(p, DOCBAO_PAUSE, 0)); /* nothing has begun */
    listen_until(d, p, &r, 1);
    assert_true(docbao_player_do(p, DOCBAO_SENTENCE, 1));
    assert_int_equal(docbao_player_status(p).sentence, 1);
    assert_true(docbao_player_do(p, DOCBAO_SPEED, 400));
    assert_false(docbao_player_do(p, DOCBAO_SPEED, 401));
    assert_false(docbao_player_do(p, DOCBAO_SPEED, 49));
    listen_until(d, p, &r, 2);
    /* A Southern voice says other words: "ngàn". */
    assert_int_equal(docbao_player_voice(p, "no-such-voice"), DOCBAO_USAGE);
    assert_int_equal(docbao_player_voice(p, "nam-nu"), DOCBAO_OK);
    assert_string_equal(docbao_player_status(p).voice, "nam-nu");
    struct docbao_sentence s = docbao_sentence_at(r.article, 1);
    assert_non_null(memmem(s.spoken.p, s.spoken.n, "ngàn", strlen("ngàn")));
    assert_true(docbao_player_do(p, DOCBAO_PARAGRAPH, -1));
    assert_int_equal(docbao_player_status(p).sentence, 0);
    assert_false(docbao_player_do(p, DOCBAO_PARAGRAPH, -1));
    assert_false(docbao_player_do(p, DOCBAO_ARTICLE, 1));
    assert_true(docbao_player_do(p, DOCBAO_GO, 2));
    assert_false(docbao_player_do(p, DOCBAO_GO, 3));
    assert_false(docbao_player_do(p, DOCBAO_SENTENCE, 1));
    assert_true(docbao_player_do(p, DOCBAO_VOLUME, 0));
    listen_until(d, p, &r, UINT32_MAX);
    assert_int_equal(docbao_player_status(p).playing, DOCBAO_ENDED);
    assert_int_equal(r.heard, 1);
    struct docbao_player_stats stats;
    docbao_player_stats(p, &stats);
    assert_int_equal(stats.lost, 0);
    assert_true(stats.answers >= 1); /* commands that replace each other have one answer */
    assert_non_null(r.article);      /* the listener is still in it */
    docbao_player_close(p);
    assert_null(r.article);
    docbao_free(d);
}

/* Times are estimates: what holds is where a step leads from and to. */
static void test_seeking(void **state)
{
    (void)state;
    static const char text[] =
        "Một hai ba bốn năm sáu bảy tám chín mười, một hai ba bốn năm sáu bảy tám chín mười.\n"
        "Hai.\nBa.\nMột hai ba bốn năm sáu bảy tám chín mười, một hai ba bốn năm sáu bảy tám.";
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 1});
    struct reader r = {0};
    struct docbao_listener listener = {
        .neighbour = only_article, .sentence = count_sentence, .done = close_article, .user = &r};
    struct docbao_player *p;
    struct docbao_player_options options = {.device = "null:realtime"};
    assert_int_equal(docbao_player_open(d, &options, &listener, &p), DOCBAO_OK);
    r.article = open_text(d, text);
    assert_false(docbao_player_do(p, DOCBAO_SEEK, 1000)); /* nothing has begun */
    listen_until(d, p, &r, 1);
    docbao_player_do(p, DOCBAO_PAUSE, 0);
    assert_true(docbao_player_do(p, DOCBAO_GO, 0));
    uint64_t length = docbao_time_ms(r.article, 0, 1, 100);
    /* Into the midst of the sentence, and on from there, though it is not heard meanwhile. */
    assert_true(docbao_player_do(p, DOCBAO_SEEK, (int32_t)(length / 4)));
    struct docbao_player_status s = docbao_player_status(p);
    assert_int_equal(s.sentence, 0);
    assert_in_range(s.elapsed_ms, length / 8, length * 3 / 8);
    assert_in_range(s.token, 2, 8);
    assert_true(docbao_player_do(p, DOCBAO_SEEK, (int32_t)(length / 4)));
    assert_in_range(docbao_player_status(p).elapsed_ms, length * 3 / 8, length * 5 / 8);
    /* The smallest step is a word; so is one back. */
    uint32_t token = docbao_player_status(p).token;
    assert_true(docbao_player_do(p, DOCBAO_SEEK, 1));
    assert_int_equal(docbao_player_status(p).token, token + 1);
    assert_true(docbao_player_do(p, DOCBAO_SEEK, -1));
    assert_int_equal(docbao_player_status(p).token, token);
    /* To other sentences; before the start is the start, behind the end is nothing. */
    uint64_t third = docbao_time_ms(r.article, 0, 3, 100),
             here = docbao_player_status(p).elapsed_ms;
    assert_true(docbao_player_do(p, DOCBAO_SEEK, (int32_t)(third - here + 1)));
    assert_int_equal(docbao_player_status(p).sentence, 3);
    s = docbao_player_status(p);
    assert_false(docbao_player_do(p, DOCBAO_SEEK, (int32_t)(s.total_ms - s.elapsed_ms)));
    assert_false(docbao_player_do(p, DOCBAO_SEEK, INT32_MAX));
    assert_int_equal(docbao_player_status(p).token, s.token);
    assert_true(docbao_player_do(p, DOCBAO_SEEK, INT32_MIN));
    assert_int_equal(docbao_player_status(p).sentence, 0);
    assert_int_equal(docbao_player_status(p).elapsed_ms, 0);
    /* A word is heard where it leads. */
    assert_true(docbao_player_do(p, DOCBAO_SEEK, (int32_t)(length / 2)));
    docbao_player_do(p, DOCBAO_PLAY, 0);
    listen_until(d, p, &r, UINT32_MAX);
    assert_int_equal(docbao_player_status(p).playing, DOCBAO_ENDED);
    docbao_player_close(p);
    docbao_free(d);
}

static void test_the_sentence_at_a_time(void **state)
{
    (void)state;
    struct docbao *d = docbao_new(&(struct docbao_options){.jobs = 1});
    struct docbao_article *a = open_text(d, "Một hai ba bốn.\nHai.\nBa bốn năm.");
    for (uint32_t speed = 50; speed <= 250; speed += 50) {
        for (uint32_t i = 0; i < 3; i++) {
            uint64_t start = docbao_time_ms(a, 0, i, speed),
                     end = docbao_time_ms(a, 0, i + 1, speed);
            assert_true(end > start);
            assert_int_equal(docbao_sentence_at_ms(a, start, speed), i);
            assert_int_equal(docbao_sentence_at_ms(a, end - 1, speed), i);
        }
        assert_int_equal(docbao_sentence_at_ms(a, UINT64_MAX, speed), 2);
    }
    docbao_close(a);
    docbao_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_texts_are_folded_and_spans_are_of_the_source),
        cmocka_unit_test(test_blocks_are_given_as_they_are_read),
        cmocka_unit_test(test_words_are_recalled),
        cmocka_unit_test(test_no_process_is_left),
        cmocka_unit_test(test_other_scripts_can_be_skipped),
        cmocka_unit_test(test_a_bracket_that_repeats_is_skipped),
        cmocka_unit_test(test_changed_tokens),
        cmocka_unit_test(test_names_are_valid_utf8),
        cmocka_unit_test(test_voices),
        cmocka_unit_test(test_words_are_followed),
        cmocka_unit_test(test_articles_can_be_read_while_they_are_spoken),
        cmocka_unit_test(test_spelled_words_are_named),
        cmocka_unit_test(test_a_stop_is_seen),
        cmocka_unit_test(test_nothing_to_speak),
        cmocka_unit_test(test_listening),
        cmocka_unit_test(test_seeking),
        cmocka_unit_test(test_the_sentence_at_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
