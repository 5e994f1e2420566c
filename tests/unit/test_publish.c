/* Captions: how sentences are cut into cues, when words begin, and what the files hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sndfile.h>
#include <stdlib.h>
#include <unistd.h>

#include "tone.h"
#include "article/input/archive.h"
#include "article/read.h"
#include "base/base64.h"
#include "base/file.h"
#include "base/utf8.h"
#include "publish/captions.h"
#include "publish/cue.h"
#include "rules/rules.h"
#include "session/saver.h"
#include "text/normalize.h"

enum { US = 1000000 };

/* ---- an article ---- */

struct told {
    struct article article;
    struct rules *rules;
    struct captions *captions;
    bool given, fails;
    bool holds;        /* the page holds the sound */
    const char *kinds; /* NULL: all but the book */
    struct err err;
};

static void read_article(struct told *t, const char *text)
{
    static const struct read_options raw = {.raw = true};
    static const struct reading_options options = {
        .sentence_pause_ms = 350, .block_pause_ms = 650, .title_pause_ms = 900};
    *t = (struct told){.err = ERR_INIT};
    assert_int_equal(rules_load(&t->rules, NULL, &t->err), STATUS_OK);
    assert_int_equal(article_from_bytes(&t->article, "bai.txt", sv_of(text), &raw, &t->err),
                     STATUS_OK);
    normalize_article(&t->article, t->rules, &options);
}

static void forget(struct told *t)
{
    article_free(&t->article);
    rules_free(t->rules);
    err_free(&t->err);
}

/* ---- cues ---- */

/* A second a token, from second 10 on. */
static void time_sentence(struct timed *t, const struct article *a, uint32_t sentence)
{
    const struct sentence *s = &a->sentences.at[sentence];
    timed_begin(t, a, sentence, 10 * US);
    for (uint32_t i = 0; i < s->ntok; i++)
        timed_add(t, s->tok0 + i, (uint64_t)(10 + i) * US);
    timed_end(t, (uint64_t)(10 + s->ntok) * US, CUE_LINE);
}

static void add_line(struct buf *out, const struct timed *t, size_t from, size_t to)
{
    struct buf line = BUF_INIT;
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_putc(&line, ' ');
        buf_add_sv(&line, t->words.at[i].text);
    }
    assert_true(utf8_count(buf_sv(&line)) <= CUE_LINE);
    if (line.n) {
        buf_add_sv(out, buf_sv(&line));
        buf_putc(out, '\n');
    }
    buf_free(&line);
}

/* The lines of each cue after its times in seconds. */
static struct buf cues_of(const struct timed *t)
{
    struct buf out = BUF_INIT;
    uint64_t last = t->start;
    for (size_t first = 0; first < t->words.n;) {
        struct caption cue = cue_at(t, first);
        assert_int_equal(cue.first, first);
        assert_true(cue.past > first && cue.second > first && cue.second <= cue.past);
        assert_true(cue.start == last && cue.end >= cue.start);
        buf_addf(&out, "%u-%u\n", (unsigned)(cue.start / US), (unsigned)(cue.end / US));
        add_line(&out, t, cue.first, cue.second);
        add_line(&out, t, cue.second, cue.past);
        first = cue.past;
        last = cue.end;
    }
    assert_true(last == t->end);
    return out;
}

static void assert_cues(const char *text, const char *wanted)
{
    struct told told;
    struct timed t = {0};
    read_article(&told, text);
    time_sentence(&t, &told.article, 0);
    struct buf cues = cues_of(&t);
    assert_string_equal(cues.p, wanted);
    buf_free(&cues);
    timed_free(&t);
    forget(&told);
}

static void a_short_sentence_is_one_line(void **unused)
{
    (void)unused;
    assert_cues("Chợ mở cửa.", "10-13\nChợ mở cửa.\n");
}

static void two_lines_are_about_as_long(void **unused)
{
    (void)unused;
    assert_cues("Bà con tiểu thương nói rằng hàng hóa năm nay rất dồi dào.",
                "10-23\nBà con tiểu thương nói rằng\nhàng hóa năm nay rất dồi dào.\n");
}

static void a_line_ends_at_a_mark_where_it_can(void **unused)
{
    (void)unused;
    assert_cues("Hôm nay trời mưa, nên bà con đi chợ muộn hơn mọi ngày.",
                "10-23\nHôm nay trời mưa,\nnên bà con đi chợ muộn hơn mọi ngày.\n");
}

static void a_long_sentence_is_cut_at_a_mark(void **unused)
{
    (void)unused;
    assert_cues("Sáng nay, khi trời còn chưa sáng hẳn và đường còn vắng, bà con ở các làng quanh "
                "vùng đã gánh rau ra chợ.",
                "10-22\nSáng nay, khi trời còn chưa\nsáng hẳn và đường còn vắng,\n"
                "22-34\nbà con ở các làng quanh\nvùng đã gánh rau ra chợ.\n");
}

static void no_scrap_is_left_over(void **unused)
{
    (void)unused;
    assert_cues("Bà con ở các làng quanh vùng đã gánh rau ra chợ từ khi trời còn chưa sáng hẳn và "
                "xa vắng",
                "10-22\nBà con ở các làng quanh\nvùng đã gánh rau ra chợ\n"
                "22-32\ntừ khi trời còn chưa sáng hẳn và xa vắng\n");
}

static void a_word_that_fits_no_line_is_cut(void **unused)
{
    (void)unused;
    struct told told;
    struct timed t = {0};
    read_article(&told,
                 "Xem https://bao.example/mot-dia-chi-rat-dai/va-con-dai-hon-nua/va-nua.html.");
    time_sentence(&t, &told.article, 0);
    struct buf cues = cues_of(&t);
    assert_true(sv_find(buf_sv(&cues), SV("\nhttps://bao.example/mot-dia-chi-rat-dai/va\n")) > 0);
    buf_free(&cues);
    timed_free(&t);
    forget(&told);
}

/* ---- times ---- */

static void unknown_times_are_taken_from_the_text(void **unused)
{
    (void)unused;
    struct told told;
    struct timed t = {0};
    read_article(&told, "a b c d e");
    timed_begin(&t, &told.article, 0, 0);
    timed_add(&t, 1, 2 * US);
    timed_add(&t, 3, 1 * US); /* back: is not believed */
    timed_end(&t, 5 * US, CUE_LINE);
    static const uint64_t wanted[] = {0, 2 * US, 2 * US + US * 6 / 7, 2 * US + US * 12 / 7,
                                      2 * US + US * 18 / 7};
    assert_int_equal(t.words.n, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(t.words.at[i].us, wanted[i]);
    timed_free(&t);
    forget(&told);
}

/* ---- files ---- */

static bool next(void *user, struct article *after, int step, struct article **out)
{
    struct told *t = user;
    (void)after;
    (void)step;
    *out = t->given ? NULL : &t->article;
    t->given = true;
    return true;
}

static void on_sentence(void *user, struct article *a, uint32_t sentence, uint64_t us)
{
    captions_begin(((struct told *)user)->captions, a, sentence, us);
}

static void on_word(void *user, struct article *a, uint32_t sentence, uint32_t token, uint64_t us)
{
    (void)a;
    (void)sentence;
    if (token != DOCBAO_NO_TOKEN)
        captions_word(((struct told *)user)->captions, token, us);
}

static void on_end(void *user, struct article *a, uint32_t sentence, bool spoken, uint64_t us)
{
    (void)a;
    (void)sentence;
    captions_end(((struct told *)user)->captions, spoken, us);
}

static enum status on_complete(void *user, struct err *e)
{
    struct told *t = user;
    enum status status = captions_complete(t->captions, e);
    return t->fails ? err_set(e, STATUS_OUTPUT, "The disk is full.") : status;
}

/* Saves what the tone engine says of the text, with captions of all kinds. */
static enum status save(struct told *t, const char *path, const char *text)
{
    static const struct synth_settings settings = {"any", 170, 50, 50, 90, 100, 0, 0};
    bool fails = t->fails, holds = t->holds;
    const char *kinds = t->kinds;
    struct saver *s;
    struct saver_options options = {.engine = &synth_tone,
                                    .settings = &settings,
                                    .jobs = 1,
                                    .sound = {.sink = &sink_file, .target = path}};
    struct saver_client client = {.source = {.neighbour = next, .user = t},
                                  .sentence = on_sentence,
                                  .word = on_word,
                                  .sentence_end = on_end,
                                  .complete = on_complete,
                                  .user = t};
    struct err e = ERR_INIT;
    assert_int_equal(saver_open(&s, &options, &e), STATUS_OK);
    read_article(t, text);
    t->fails = fails;
    t->holds = holds;
    t->kinds = kinds;
    struct captions_options wanted = {.beside = t->kinds ? "a.epub" : path,
                                      .sound = path,
                                      .kinds = t->kinds ? t->kinds : "vtt,srt,lrc,json,html,vtt",
                                      .hold_sound = t->holds};
    assert_int_equal(captions_open(&t->captions, &wanted, &e), STATUS_OK);
    enum status status = saver_run(s, t->rules, &client, &e);
    if (!status || status == STATUS_PARTIAL)
        assert_int_equal(captions_commit(t->captions, &e), STATUS_OK);
    saver_close(s);
    captions_close(t->captions);
    err_free(&e);
    return status;
}

static struct buf read_file(const char *path)
{
    struct buf b = BUF_INIT;
    assert_true(file_read(path, &b));
    return b;
}

static void assert_file(const char *path, const char *wanted)
{
    struct buf b = read_file(path);
    assert_string_equal(b.p, wanted);
    buf_free(&b);
}

static int enter_folder(void **state)
{
    char name[] = "/tmp/docbao-publish-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0)
        return -1;
    *state = strdup(name);
    return 0;
}

static int leave_folder(void **state)
{
    static const char *const files[] = {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3", "a.vtt",
                                        "a.srt", "a.json", "a.lrc", "a.html", "a.epub"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    int failure = chdir("/") || rmdir(*state);
    free(*state);
    return failure;
}

static void all_kinds_say_the_same(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "Một & --> 3 <.\nBốn."), STATUS_OK);
    assert_file("a.vtt", "WEBVTT\n\n"
                         "1\n00:00:00.000 --> 00:00:00.300\n"
                         "Một <00:00:00.100>&amp; <00:00:00.133>--&gt; <00:00:00.200>3 "
                         "<00:00:00.250>&lt;.\n\n"
                         "2\n00:00:00.949 --> 00:00:01.049\nBốn.\n\n");
    assert_file("a.srt", "1\n00:00:00,000 --> 00:00:00,300\nMột & → 3 <.\n\n"
                         "2\n00:00:00,949 --> 00:00:01,049\nBốn.\n\n");
    assert_file("a.lrc", "[la:vi]\n[re:docbao]\n[00:00.00]Một & --> 3 <.\n[00:00.94]Bốn.\n"
                         "[00:01.04]\n");
    forget(&t);
}

static void json_has_every_word(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "Có \"25\" xe."), STATUS_OK);
    assert_file("a.json",
                "{\"articles\":[\n{\"name\":\"bai.txt\",\"sentences\":[\n"
                " {\"id\":\"s1-1\",\"start\":0.000,\"end\":0.500,\"text\":\"Có \\\"25\\\" xe.\","
                "\"source\":{\"offset\":0,\"length\":12},\"words\":[\n"
                "  {\"start\":0.000,\"end\":0.100,\"text\":\"Có\",\"spoken\":\"có\","
                "\"source\":{\"offset\":0,\"length\":3}},\n"
                "  {\"start\":0.100,\"end\":0.400,\"text\":\"25\",\"spoken\":\"hai mươi lăm\","
                "\"source\":{\"offset\":5,\"length\":2}},\n"
                "  {\"start\":0.400,\"end\":0.500,\"text\":\"xe\",\"spoken\":\"xe.\","
                "\"source\":{\"offset\":9,\"length\":2}}]}]}\n],\"end\":0.500}\n");
    forget(&t);
}

static void a_lost_sentence_has_no_caption(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "Một.\nNgã sâu.\nHai."), STATUS_PARTIAL);
    struct buf srt = read_file("a.srt");
    assert_true(sv_find(buf_sv(&srt), SV("Ngã")) < 0);
    assert_true(sv_find(buf_sv(&srt), SV("Hai.")) > 0);
    buf_free(&srt);
    forget(&t);
}

/* ---- the page ---- */

/* The text of the page: from <main> to </main>. */
static struct buf main_of(const char *path)
{
    struct buf page = read_file(path), text = BUF_INIT;
    const char *from = strstr(page.p, "<main"), *to = strstr(page.p, "</main>");
    assert_true(from && to);
    buf_add(&text, from, (size_t)(to - from));
    buf_free(&page);
    return text;
}

static void the_page_has_text_and_times(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "Một & <b>.\nHai 25. Ba."), STATUS_OK);
    struct buf text = main_of("a.html"), page = read_file("a.html");
    assert_string_equal(
        text.p, "<main id=\"docbao-text\">\n<article>\n<h1>bai.txt</h1>\n<p>\n"
                "<span id=\"s1-1\" data-from=\"0.000\" data-to=\"0.300\" data-words=\"0 100 200\">"
                "Một &amp; &lt;b&gt;.</span></p>\n<p>\n"
                "<span id=\"s1-2\" data-from=\"0.949\" data-to=\"1.349\" data-words=\"0 100\">"
                "Hai 25.</span>\n"
                "<span id=\"s1-3\" data-from=\"1.594\" data-to=\"1.694\" data-words=\"0\">"
                "Ba.</span></p>\n</article>\n");
    assert_non_null(strstr(page.p, "<audio controls preload=\"metadata\" src=\"a.wav\">"));
    assert_non_null(strstr(page.p, "customElements.define"));
    buf_free(&text);
    buf_free(&page);
    forget(&t);
}

/* A script in the page would end at the first end tag, wherever that stands. */
static void the_script_holds_no_tag_that_ends_it(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "</script><script>alert(1)</script>"), STATUS_OK);
    struct buf page = read_file("a.html");
    assert_int_equal(sv_count(buf_sv(&page), '\0'), 0);
    const char *script = strstr(page.p, "<script>\n");
    assert_non_null(script);
    assert_null(strstr(page.p, "<script>alert"));
    assert_string_equal(strstr(script, "</script>"), "</script>\n</body>\n</html>\n");
    buf_free(&page);
    forget(&t);
}

static void a_page_shows_what_was_lost(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "Một.\nNgã sâu.\nHai."), STATUS_PARTIAL);
    struct buf text = main_of("a.html");
    assert_non_null(strstr(text.p, "<span id=\"s1-2\">Ngã sâu.</span>"));
    assert_non_null(strstr(text.p, "<span id=\"s1-3\" data-from="));
    buf_free(&text);
    forget(&t);
}

static void a_long_word_stays_one_word(void **unused)
{
    (void)unused;
    struct told t = {0};
    assert_int_equal(save(&t, "a.wav", "Xem baobaobaobaobaobaobaobaobaobaobaobaobaobaobao."),
                     STATUS_OK);
    struct buf text = main_of("a.html");
    assert_non_null(strstr(text.p, ">Xem baobaobaobaobaobaobaobaobaobaobaobaobaobaobao.</span>"));
    assert_non_null(strstr(text.p, "data-words=\"0 100\""));
    buf_free(&text);
    forget(&t);
}

/* "YWJj" is "abc". */
static void a_page_can_hold_its_sound(void **unused)
{
    (void)unused;
    struct told t = {.holds = true};
    struct buf again = BUF_INIT;
    assert_int_equal(save(&t, "a.wav", "Một."), STATUS_OK);
    assert_true(access("a.wav", F_OK) != 0);
    struct buf page = read_file("a.html");
    t.holds = false;
    forget(&t);
    assert_int_equal(save(&t, "a.wav", "Một."), STATUS_OK);
    struct buf sound = read_file("a.wav");
    buf_adds(&again, "src=\"data:audio/wav;base64,");
    buf_add_base64(&again, buf_sv(&sound));
    buf_adds(&again, "\"></audio>\n<script>\n");
    assert_true(sv_find(buf_sv(&page), buf_sv(&again)) > 0);
    buf_free(&again);
    buf_free(&sound);
    buf_free(&page);
    forget(&t);
}

/* ---- the book ---- */

static struct buf member_of(const char *path, const char *member)
{
    struct buf bytes = read_file(path), text = BUF_INIT;
    struct archive book;
    struct err e = ERR_INIT;
    assert_int_equal(archive_open(&book, path, buf_sv(&bytes), 1 << 20, &e), STATUS_OK);
    assert_int_equal(archive_read(&book, member, &text, &e), STATUS_OK);
    archive_close(&book);
    buf_free(&bytes);
    err_free(&e);
    return text;
}

/* Each part of the sound begins where the one before ends; together they are as long as the
 * package says. */
static void the_parts_of_a_book_add_up(void **unused)
{
    (void)unused;
    struct told t = {.holds = true, .kinds = "epub"};
    double from, to, past = 0, whole;
    unsigned parts = 0;
    assert_int_equal(save(&t, "a.mp3", "Một & <hai>.\nNgã sâu.\nBốn 25. Năm."), STATUS_PARTIAL);
    assert_true(access("a.mp3", F_OK) != 0);
    struct buf times = member_of("a.epub", "EPUB/text.smil");
    struct buf package = member_of("a.epub", "EPUB/package.opf");
    for (const char *at = times.p; (at = strstr(at, "clipBegin=")); at++, parts++) {
        assert_int_equal(sscanf(at, "clipBegin=\"%lfs\" clipEnd=\"%lfs\"", &from, &to), 2);
        assert_true(from == past && to > from);
        past = to;
    }
    assert_int_equal(parts, 6);
    const char *duration = strstr(package.p, "media:duration\">");
    assert_non_null(duration);
    assert_int_equal(sscanf(duration, "media:duration\">%lfs", &whole), 1);
    assert_true(whole == past);
    buf_free(&times);
    buf_free(&package);
    forget(&t);
}

/* What is named in the times must be in the text. */
static void the_times_of_a_book_name_its_words(void **unused)
{
    (void)unused;
    struct told t = {.holds = true, .kinds = "epub"};
    assert_int_equal(save(&t, "a.mp3", "Một hai.\nBa."), STATUS_OK);
    struct buf times = member_of("a.epub", "EPUB/text.smil");
    struct buf text = member_of("a.epub", "EPUB/text.xhtml");
    static const char *const names[] = {"s1-1", "w1-1-1", "w1-1-2", "s1-2", "w1-2-1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "text.xhtml#%s\"", names[i]);
        assert_non_null(strstr(times.p, wanted));
        snprintf(wanted, sizeof wanted, "id=\"%s\"", names[i]);
        assert_non_null(strstr(text.p, wanted));
    }
    buf_free(&times);
    buf_free(&text);
    forget(&t);
}

static void a_sound_that_fails_leaves_no_captions(void **unused)
{
    (void)unused;
    struct told t = {.fails = true};
    assert_int_equal(save(&t, "a.wav", "Một."), STATUS_OUTPUT);
    assert_true(access("a.wav", F_OK) != 0);
    assert_true(access("a.vtt", F_OK) != 0);
    forget(&t);
}

static void what_is_no_place_is_refused(void **unused)
{
    (void)unused;
    struct captions *c;
    struct err e = ERR_INIT;
    static const struct {
        struct captions_options options;
        enum status status;
    } refused[] = {
        {{.beside = "-", .sound = "-", .kinds = "vtt"}, STATUS_USAGE},
        {{.beside = "/dev/null", .sound = "/dev/null", .kinds = "vtt"}, STATUS_USAGE},
        {{.beside = "a.wav", .sound = "a.wav", .kinds = "vtt,sub"}, STATUS_USAGE},
        {{.beside = "a.wav", .sound = "a.wav", .kinds = ""}, STATUS_USAGE},
        {{.beside = "no/such/a.wav", .sound = "no/such/a.wav", .kinds = "vtt"}, STATUS_OUTPUT},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(captions_open(&c, &refused[i].options, &e), refused[i].status);
        assert_null(c);
    }
    err_free(&e);
}

/* ---- against the sound ---- */

/* The seconds at which tones begin after a silence of a tenth of a second. */
static size_t find_onsets(const char *path, double *onsets, size_t most)
{
    enum { LOUD = 1500 };
    SF_INFO info = {0};
    SNDFILE *f = sf_open(path, SFM_READ, &info);
    assert_non_null(f);
    size_t n = 0;
    int16_t sample;
    sf_count_t at = 0, quiet = info.samplerate;
    for (; sf_readf_short(f, &sample, 1) == 1; at++) {
        if (abs(sample) > LOUD && quiet > info.samplerate / 10 && n < most)
            onsets[n++] = (double)at / info.samplerate;
        quiet = abs(sample) > LOUD ? 0 : quiet + 1;
    }
    sf_close(f);
    return n;
}

/* The delays of the encoders count: 50 ms in an MP3 whose players were not told. */
static void words_begin_where_they_are_heard(void **unused)
{
    static const char *const paths[] = {"a.wav", "a.flac", "a.ogg", "a.opus", "a.mp3"};
    (void)unused;
    for (size_t k = 0; k < sizeof paths / sizeof *paths; k++) {
        enum { TONES = 4 };
        struct told t = {0};
        double onsets[TONES + 1], start, srt_end;
        assert_int_equal(save(&t, paths[k], "Một.\nHai ba.\nBốn.\nNăm."), STATUS_OK);
        assert_int_equal(find_onsets(paths[k], onsets, TONES + 1), TONES);
        struct buf json = read_file("a.json");
        const char *at = json.p;
        for (size_t i = 0; i < TONES; i++) {
            at = strstr(at, "\",\"start\":");
            assert_non_null(at);
            assert_int_equal(sscanf(at, "\",\"start\":%lf,\"end\":%lf", &start, &srt_end), 2);
            if (onsets[i] > start + 0.02 || onsets[i] < start - 0.02)
                fail_msg("%s: tone %zu at %f, its caption at %f", paths[k], i, onsets[i], start);
            at++;
        }
        buf_free(&json);
        forget(&t);
    }
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_sentence_is_one_line),
        cmocka_unit_test(two_lines_are_about_as_long),
        cmocka_unit_test(a_line_ends_at_a_mark_where_it_can),
        cmocka_unit_test(a_long_sentence_is_cut_at_a_mark),
        cmocka_unit_test(no_scrap_is_left_over),
        cmocka_unit_test(a_word_that_fits_no_line_is_cut),
        cmocka_unit_test(unknown_times_are_taken_from_the_text),
        in_folder(all_kinds_say_the_same),
        in_folder(json_has_every_word),
        in_folder(a_lost_sentence_has_no_caption),
        in_folder(the_page_has_text_and_times),
        in_folder(the_script_holds_no_tag_that_ends_it),
        in_folder(a_page_shows_what_was_lost),
        in_folder(a_long_word_stays_one_word),
        in_folder(a_page_can_hold_its_sound),
        in_folder(the_parts_of_a_book_add_up),
        in_folder(the_times_of_a_book_name_its_words),
        in_folder(a_sound_that_fails_leaves_no_captions),
        in_folder(what_is_no_place_is_refused),
        in_folder(words_begin_where_they_are_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
