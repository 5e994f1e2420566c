/* The log of a batch: what was written is known to the next run, whatever else is in the folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/replacement.h"
#include "cli/batch/log.h"

static char folder[] = "/tmp/docbao-log-XXXXXX";
static const struct shard whole = {0, 1};

static int make_folder(void **unused)
{
    (void)unused;
    return mkdtemp(folder) ? 0 : -1;
}

static void run_in_folder(const char *before, const char *behind)
{
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s%s%s", before, folder, behind);
    assert_int_equal(system(line.p), 0);
    buf_free(&line);
}

static int empty_folder(void **unused)
{
    (void)unused;
    run_in_folder("rm -rf ", "/*");
    return 0;
}

static int remove_folder(void **unused)
{
    (void)unused;
    run_in_folder("rm -rf ", "");
    return 0;
}

static void add(struct shard shard, uint64_t hash, enum result_status status, const char *key)
{
    struct batch_log log;
    struct result r;
    result_init(&r);
    r.head.status = status;
    r.head.bytes = 12345;
    buf_adds(&r.texts[RESULT_OUTPUT], "họp \"dân\".mp3");
    buf_adds(&r.texts[RESULT_KEY], key);
    buf_adds(&r.texts[RESULT_MESSAGE], "hai\ndòng\x01");
    assert_true(batch_log_open(&log, folder, shard));
    assert_true(batch_log_add(&log, &r, "tên\xFF\n", hash));
    batch_log_close(&log);
    result_free(&r);
}

/* NULL: nothing is known. */
static void expect_key(struct shard shard, uint64_t hash, const char *key)
{
    struct batch_log log;
    assert_true(batch_log_open(&log, folder, shard));
    const struct made *made = batch_log_find(&log, hash);
    assert_true((made != NULL) == (key != NULL));
    if (made) {
        assert_string_equal(log.texts.p + made->key, key);
        assert_string_equal(log.texts.p + made->output, "họp \"dân\".mp3");
        assert_int_equal(made->bytes, 12345);
    }
    batch_log_close(&log);
}

static void the_last_sound_counts(void **unused)
{
    (void)unused;
    expect_key(whole, 7, NULL);
    add(whole, 7, RESULT_DONE, "a");
    add(whole, 6, RESULT_DONE, "b");
    expect_key(whole, 7, "a");
    add(whole, 7, RESULT_SKIPPED, "c");
    expect_key(whole, 7, "c");
    add(whole, 7, RESULT_FAILED, "d"); /* the sound of before is still there */
    add(whole, 7, RESULT_PART, "e");
    expect_key(whole, 7, "c");
    expect_key(whole, 6, "b");
    expect_key(whole, 8, NULL);
}

static void all_logs_count_for_those_of_a_shard(void **unused)
{
    (void)unused;
    static const struct shard first = {0, 2}, second = {1, 2};
    add(first, 8, RESULT_DONE, "a");
    add(second, 9, RESULT_DONE, "b");
    add(whole, 11, RESULT_DONE, "c");
    expect_key(whole, 8, "a");
    expect_key(whole, 9, "b");
    expect_key(second, 11, "c");
    expect_key(second, 9, "b");
    expect_key(second, 8, NULL); /* the other one's */
}

static void put(const char *name, const char *text)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/%s", folder, name);
    assert_true(file_replace(path.p, sv_of(text)));
    buf_free(&path);
}

static void damaged_lines_tell_nothing(void **unused)
{
    (void)unused;
    put("docbao.log.jsonl",
        "\n[]\nnull\n{\"id\":\"0000000000000007\"}\n\xFF\xFE\n"
        "{\"id\":\"7\",\"status\":\"done\",\"output\":\"a\",\"key\":\"k\"}\n"
        "{\"id\":\"0000000000000007\",\"status\":\"done\",\"output\":5,\"key\":{}}\n"
        "{\"id\":\"0000000000000007\",\"status\":\"done\",\"outp");
    expect_key(whole, 7, NULL);
    add(whole, 7, RESULT_DONE, "a"); /* on a line of its own */
    expect_key(whole, 7, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_last_sound_counts, empty_folder),
        cmocka_unit_test_teardown(all_logs_count_for_those_of_a_shard, empty_folder),
        cmocka_unit_test_teardown(damaged_lines_tell_nothing, empty_folder),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
