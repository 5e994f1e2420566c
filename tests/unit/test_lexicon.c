/* The user's own readings: matching, context, case, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include "article/read.h"
#include "rules/rules.h"
#include "text/lexicon.h"
#include "text/normalize.h"

static char *write_lexicon(const char *rows)
{
    struct buf path = BUF_INIT;
    const char *folder = getenv("TMPDIR");
    buf_addf(&path, "%s/docbao-lexicon-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path.p);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, rows, strlen(rows)), strlen(rows));
    close(fd);
    return buf_detach(&path);
}

/* The reading of one raw line with these rows. */
static void expect(const char *rows, const char *written, const char *spoken)
{
    struct err e = ERR_INIT;
    struct rules *rules;
    struct article a;
    struct lexicon *lexicon = lexicon_new();
    char *path = write_lexicon(rows);
    assert_int_equal(lexicon_load(lexicon, path, &e), STATUS_OK);
    assert_int_equal(rules_load(&rules, NULL, &e), STATUS_OK);
    assert_int_equal(
        article_from_bytes(&a, "test", sv_of(written), &(struct read_options){.raw = true}, &e),
        STATUS_OK);
    normalize_article(&a, rules, &(struct reading_options){.lexicon = lexicon});
    assert_string_equal(a.spoken.p, spoken);
    article_free(&a);
    rules_free(rules);
    lexicon_free(lexicon);
    unlink(path);
    free(path);
    err_free(&e);
}

static void refuse(const char *rows, const char *part)
{
    struct err e = ERR_INIT;
    struct lexicon *lexicon = lexicon_new();
    char *path = write_lexicon(rows);
    assert_int_equal(lexicon_load(lexicon, path, &e), STATUS_USAGE);
    assert_non_null(strstr(e.message.p, part));
    assert_string_equal(e.file.p, path);
    assert_int_equal(e.line, 2);
    lexicon_free(lexicon);
    unlink(path);
    free(path);
    err_free(&e);
}

static void test_words_and_phrases(void **state)
{
    (void)state;
    expect("Sơn Nam\tsơn nàm\n", "báo Sơn Nam đưa", "báo sơn nàm đưa");
    expect("kpi\tcây pi ai\n", "đạt KPI, kpi", "đạt cây pi ai, cây pi ai");
    expect("KT-XH\tkinh tế và xã hội\n", "mục tiêu KT-XH.", "mục tiêu kinh tế và xã hội.");
    expect("QN\tquảng nam\nQN FC\tđội quảng nam\n", "QN FC và QN", "đội quảng nam và quảng nam");
    expect("K+\tca cộng\n", "kênh K+ phát", "kênh ca cộng phát");
    expect("a2\ta hai mới\n", "lớp A2 và A25", "lớp a hai mới và a hai mươi lăm");
}

static void test_case_counts_with_capitals(void **state)
{
    (void)state;
    expect("Ban\tban thường trực\n", "Ban họp với ban", "ban thường trực họp với ban");
    expect("ban\tbăng\n", "Ban họp với BAN", "băng họp với băng");
}

static void test_whole_words_only(void **state)
{
    (void)state;
    expect("an\tâm\n", "an toàn, Lan", "âm toàn, lan");
}

static void test_context(void **state)
{
    (void)state;
    const char *rows = "CT\tchỉ tiêu\t>kế hoạch\nCT\tcông trường\n";
    expect(rows, "CT theo kế hoạch", "chỉ tiêu theo kế hoạch");
    expect(rows, "kế hoạch của CT", "kế hoạch của công trường");
    expect("tp\ttê pê\t<mã\n", "mã tp", "mã tê pê");
}

static void test_spelled(void **state)
{
    (void)state;
    expect("HĐND\t=spell\n", "HĐND xã", "hát đê en nờ dê xã");
}

static void test_first_row_wins(void **state)
{
    (void)state;
    expect("xyz\tmột\nxyz\thai\n", "xyz", "một");
}

static void test_refused(void **state)
{
    (void)state;
    refuse("# ours\nHà\thaf\n", "no Vietnamese syllable");
    refuse("# ours\nHà\t\n", "no reading");
    refuse("# ours\n...\tba chấm\n", "nothing to be read");
    refuse("# ours\nHà\thà\t<\n", "no word");
    refuse("# ours\nHà\thà\tx\tthừa\n", "columns");
}

static void test_missing_file_is_empty(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct lexicon *lexicon = lexicon_new();
    assert_int_equal(lexicon_load(lexicon, "/no/such/folder/lexicon.tsv", &e), STATUS_OK);
    lexicon_free(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_phrases), cmocka_unit_test(test_case_counts_with_capitals),
        cmocka_unit_test(test_whole_words_only),  cmocka_unit_test(test_context),
        cmocka_unit_test(test_spelled),           cmocka_unit_test(test_first_row_wins),
        cmocka_unit_test(test_refused),           cmocka_unit_test(test_missing_file_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
