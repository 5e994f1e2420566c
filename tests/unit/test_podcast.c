/* The feed of a podcast: when its episodes were published, and which there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/replacement.h"
#include "cli/podcast/feed.h"

static void dates_are_times(void **unused)
{
    static const struct {
        const char *date;
        time_t time;
    } dates[] = {
        {"2024-05-15T10:20:30+07:00", 1715743230},
        {"2024-05-15T03:20:30Z", 1715743230},
        {"2024-05-15T10:20:30", 1715743230},
        {"2024-05-15T10:20:30.125+0700", 1715743230},
        {"2024-05-15T10:20", 1715743200},
        {"2024-05-15 10:20", 1715743200},
        {"2024-05-14T22:20:30-05:00", 1715743230},
        {"2024-05-15", 1715706000},
        {"2024-05", 1714496400},
        {"2024", 1704042000},
    };
    static const char *const none[] = {"",           "15/5/2024",   "2024-13-01",
                                       "2024-05-40", "2024-05-15x", "nay"};
    time_t time;
    (void)unused;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        assert_true(batch_time(dates[i].date, &time));
        if (time != dates[i].time)
            fail_msg("%s: %lld", dates[i].date, (long long)time);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (batch_time(none[i], &time))
            fail_msg("%s is taken for a date", none[i]);
}

/* ---- a folder with a log ---- */

static char folder[] = "/tmp/docbao-podcast-XXXXXX";

static int enter_folder(void **unused)
{
    (void)unused;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **unused)
{
    static const char *const files[] = {"a.mp3", "b.mp3", "docbao.log.jsonl"};
    (void)unused;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    return chdir("/") || rmdir(folder);
}

static void write_log(const char *text)
{
    assert_true(file_replace("a.mp3", SV("12345")));
    assert_true(file_replace("b.mp3", SV("1234")));
    assert_true(file_replace("docbao.log.jsonl", sv_of(text)));
}

#define LINE(id, status, output, rest)                                                             \
    "{\"time\":\"2024-05-20T00:00:00Z\",\"source\":\"s\",\"id\":\"000000000000000" id              \
    "\",\"status\":\"" status "\",\"output\":\"" output "\",\"key\":\"abcdefabcdefabcdef\"" rest   \
    "}\n"
#define A(status, date)                                                                            \
    LINE("1", status, "a.mp3", ",\"date\":\"" date "\",\"bytes\":5,\"seconds\":7.2")
#define B(status, date) LINE("2", status, "b.mp3", ",\"date\":\"" date "\",\"bytes\":4")

/* The outputs of the episodes, in their order. */
static void expect_episodes(const char *log, const char *wanted)
{
    struct episodes e;
    struct buf found = BUF_INIT;
    write_log(log);
    episodes_read(&e, ".");
    for (size_t i = 0; i < e.all.n; i++)
        buf_addf(&found, "%s ", e.all.at[i].line.output);
    assert_string_equal(found.p, wanted);
    buf_free(&found);
    episodes_free(&e);
}

static void what_is_there_is_an_episode(void **unused)
{
    (void)unused;
    expect_episodes("", "");
    expect_episodes(A("done", "2024-05-15") B("done", "2024-05-16"), "b.mp3 a.mp3 ");
    expect_episodes(A("done", "2024-05-16") B("part", "2024-05-15"), "a.mp3 b.mp3 ");
    /* Without a date, the time at which it was made. */
    expect_episodes(A("done", "2024-05-16") B("done", ""), "b.mp3 a.mp3 ");
    expect_episodes(A("done", "2024-05-16") A("skipped", "") B("done", "2024-05-15")
                        A("failed", ""),
                    "a.mp3 b.mp3 ");
}

static void what_is_gone_is_none(void **unused)
{
    (void)unused;
    expect_episodes(A("failed", "2024-05-15") B("done", "2024-05-15"), "b.mp3 ");
    expect_episodes(A("done", "2024-05-15") A("expired", ""), "");
    expect_episodes(A("done", "2024-05-15") A("expired", "") A("done", "2024-05-15"), "a.mp3 ");
    expect_episodes(LINE("1", "done", "c.mp3", ",\"bytes\":5"), "");
    expect_episodes(LINE("1", "done", "a.mp3", ",\"bytes\":6"), "");
    expect_episodes(LINE("1", "done", "../a.mp3", ",\"bytes\":5"), "");
    expect_episodes("{\"id\":\"1\"}\nx\n{}\n", "");
}

#define MADE(time, output, status)                                                                 \
    "{\"time\":\"" time "\",\"source\":\"s\",\"id\":\"0000000000000001\",\"status\":\"" status     \
    "\",\"output\":\"" output "\",\"key\":\"abcdef\",\"bytes\":5}\n"
#define MAY_20 "2024-05-20T00:00:00Z"
#define MAY_25 "2024-05-25T00:00:00Z"

/* The first episode was published at this time, and so many files of other names are left. */
static void expect_time(const char *log, time_t time, size_t left)
{
    struct episodes e;
    write_log(log);
    episodes_read(&e, ".");
    assert_int_equal(e.all.n, 1);
    assert_int_equal(e.all.at[0].published, time);
    assert_int_equal(e.left.n, left);
    if (left)
        assert_string_equal(e.left.at[0].output, "b.mp3");
    episodes_free(&e);
}

static void what_is_made_again_is_no_newer(void **unused)
{
    enum { MAY_20_TIME = 1716163200, FIVE_DAYS = 5 * 24 * 60 * 60 };
    (void)unused;
    expect_time(MADE(MAY_20, "a.mp3", "done"), MAY_20_TIME, 0);
    expect_time(MADE(MAY_20, "a.mp3", "done") MADE(MAY_25, "a.mp3", "done"), MAY_20_TIME, 0);
    expect_time(MADE(MAY_20, "b.mp3", "done") MADE(MAY_25, "a.mp3", "part"), MAY_20_TIME, 1);
    expect_time(MADE(MAY_20, "a.mp3", "done") MADE(MAY_20, "a.mp3", "expired")
                    MADE(MAY_25, "a.mp3", "done"),
                MAY_20_TIME + FIVE_DAYS, 0);
    /* Where the clock was set back, the time before counts, but not one that is to come. */
    expect_time(MADE(MAY_25, "a.mp3", "failed") MADE(MAY_20, "a.mp3", "done"),
                MAY_20_TIME + FIVE_DAYS, 0);
    expect_time(MADE("2999-01-01T00:00:00Z", "a.mp3", "failed") MADE(MAY_20, "a.mp3", "done"),
                MAY_20_TIME, 0);
}

static void the_feed_escapes_what_it_must(void **unused)
{
    (void)unused;
    struct episodes e;
    struct buf feed = BUF_INIT;
    write_log(LINE("1", "done", "a.mp3",
                   ",\"title\":\"<b> & \\u0007\",\"date\":\"2024-05-15T03:20:30Z\",\"bytes\":5,"
                   "\"seconds\":7.2"));
    episodes_read(&e, ".");
    struct podcast podcast = {
        .base_url = "https://x.example/a&b/", .title = "T", .author = "A", .episodes = &e};
    podcast_feed(&podcast, &feed);
    static const char *const wanted[] = {
        "<title>&lt;b&gt; &amp; \xEF\xBF\xBD</title>",
        "<pubDate>Wed, 15 May 2024 03:20:30 +0000</pubDate>",
        ("<enclosure url=\"https://x.example/a&amp;b/a.mp3?v=abcdefabcdef\" length=\"5\" "
         "type=\"audio/mpeg\"/>"),
        "<itunes:duration>8</itunes:duration>",
        "<guid isPermaLink=\"false\">docbao:0000000000000001</guid>",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!strstr(feed.p, wanted[i]))
            fail_msg("not in the feed: %s\n%s", wanted[i], feed.p);
    assert_null(strstr(feed.p, "itunes:image"));
    buf_free(&feed);
    episodes_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_again_is_no_newer), cmocka_unit_test(dates_are_times),
        cmocka_unit_test(what_is_there_is_an_episode),    cmocka_unit_test(what_is_gone_is_none),
        cmocka_unit_test(the_feed_escapes_what_it_must),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
