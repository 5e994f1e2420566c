/* The user's own readings: matching, context, case, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>

#include "article/read.h"
#include "base/file.h"
#include "rules/rules.h"
#include "text/lexicon.h"
#include "text/lexicon_file.h"
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

static void test_longest_row_wins(void **state)
{
    (void)state;
    expect("QN FC\tđội quảng nam\nQN\tquảng nam\n", "QN FC và QN", "đội quảng nam và quảng nam");
    expect("CT\tcông trường\nCT\tchỉ tiêu\t>kế hoạch\n", "CT theo kế hoạch",
           "chỉ tiêu theo kế hoạch");
    expect("CT\tchỉ tiêu\t>kế hoạch\nCT\tcông trình\ttheo\n", "CT theo kế hoạch",
           "chỉ tiêu theo kế hoạch");
    expect("CT hai\tcông trường hai\nCT\tchỉ tiêu\t>kế hoạch\n", "CT hai theo kế hoạch",
           "công trường hai theo kế hoạch");
}

static void test_spaces_count(void **state)
{
    (void)state;
    expect("K+\tca cộng\n", "kênh K + phát", "kênh ca cộng phát");
    expect("KB+\tca mới\n", "kênh KB + phát", "kênh ca bê cộng phát");
    expect("QB NB\tđội mới\n", "đội QB-NB", "đội quy bê en nờ bê");
    expect("QB-NB\tđội mới\n", "đội QB NB", "đội quy bê en nờ bê");
    expect("QB  NB\tđội  mới\n", "đội QB NB", "đội đội mới");
    expect("a2\ta hai mới\n", "lớp 5A2", "lớp năm a hai");
    expect("QB\tquảng bình\n", "(QB), xe-QB", "quảng bình, xe quảng bình");
}

static void test_phrase_ends_with_the_sentence(void **state)
{
    (void)state;
    expect("về quê\tvề làng\n", "anh về quê", "anh về làng");
    expect("về quê\tvề làng\n", "anh về", "anh về");
}

static void test_capitals_inside(void **state)
{
    (void)state;
    expect("iXan\tích an\n", "máy iXan", "máy ích an");
    expect("iXan\tích an\n", "máy ixan", "máy ích xan");
    expect("máy iXan\tích an\n", "Máy iXan", "máy ai xan");
}

static void test_context_is_near(void **state)
{
    (void)state;
    expect("CT\tchỉ tiêu\tmã\n", "mã một hai ba bốn năm sáu bảy CT",
           "mã một hai ba bốn năm sáu bảy chỉ tiêu");
    expect("CT\tchỉ tiêu\tmã\nCT\tcông trường\n", "mã một hai ba bốn năm sáu bảy tám CT",
           "mã một hai ba bốn năm sáu bảy tám công trường");
    expect("CT\tchỉ tiêu\tmã\n", "CT một hai ba bốn năm sáu bảy mã",
           "chỉ tiêu một hai ba bốn năm sáu bảy mã");
    expect("CT\tchỉ tiêu\tmã\nCT\tcông trường\n", "CT một hai ba bốn năm sáu bảy tám mã",
           "công trường một hai ba bốn năm sáu bảy tám mã");
    expect("CT\tchỉ tiêu\t<mã\nCT\tcông trường\n", "CT mã", "công trường mã");
    expect("CT\tchỉ tiêu\t< MÃ  số\n", "mã số CT", "mã số chỉ tiêu");
}

static void test_spelled_phrase(void **state)
{
    (void)state;
    expect("D5\t=spell\n", "tuyến D5", "tuyến dê năm");
    expect("BN-DA 12\t=spell\n", "tàu BN-DA 12 về", "tàu bê en nờ dê a mười hai về");
    expect("S\t=spell\n", "hình S", "hình ét xì");
}

static void test_long_phrases(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct buf written = BUF_INIT;
    for (unsigned i = 0; i < 64; i++)
        buf_adds(&written, "hai ");
    assert_int_equal(lexicon_check(buf_sv(&written), SV("ba"), SV(""), &e), STATUS_OK);
    buf_adds(&written, "hai");
    assert_int_equal(lexicon_check(buf_sv(&written), SV("ba"), SV(""), &e), STATUS_USAGE);
    assert_int_equal(lexicon_check(SV("12"), SV("ba"), SV(">x"), &e), STATUS_OK);
    assert_int_equal(lexicon_check(SV("12"), SV("ba"), SV("> "), &e), STATUS_USAGE);
    assert_int_equal(lexicon_check(SV("a\xFF"), SV("ba"), SV(""), &e), STATUS_USAGE);
    assert_int_equal(lexicon_check(SV("a"), SV("ba"), SV("\xFF"), &e), STATUS_USAGE);
    buf_clear(&written);
    while (written.n <= 2000)
        buf_adds(&written, "ba ");
    assert_int_equal(lexicon_check(SV("a"), buf_sv(&written), SV(""), &e), STATUS_USAGE);
    buf_free(&written);
    err_free(&e);
}

static void test_empty_and_not(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct lexicon *lexicon = lexicon_new();
    assert_true(lexicon_is_empty(lexicon));
    char *path = write_lexicon("CT\tchỉ tiêu\n");
    assert_int_equal(lexicon_load(lexicon, path, &e), STATUS_OK);
    assert_false(lexicon_is_empty(lexicon));
    assert_int_equal(lexicon_load(lexicon, "/", &e), STATUS_USAGE);
    lexicon_free(lexicon);
    unlink(path);
    free(path);
    err_free(&e);
}

/* ---- changing the file ---- */

static void expect_file(const char *path, const char *text)
{
    struct buf bytes = BUF_INIT;
    assert_true(file_read(path, &bytes));
    assert_string_equal(bytes.p, text);
    buf_free(&bytes);
}

static void test_add_rows(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    char *path = write_lexicon("# ours\nCT\tchỉ tiêu\nCT\tcông trường\t>xây\nCT\tcũ\n");
    assert_int_equal(lexicon_file_add(path, SV(" CT "), SV("công ty"), SV(""), &e), STATUS_OK);
    expect_file(path, "# ours\nCT\tcông ty\nCT\tcông trường\t>xây\n");
    assert_int_equal(lexicon_file_add(path, SV("CT"), SV("chương trình"), SV(">xây"), &e),
                     STATUS_OK);
    expect_file(path, "# ours\nCT\tcông ty\nCT\tchương trình\t>xây\n");
    assert_int_equal(lexicon_file_add(path, SV("QB"), SV("quảng bình"), SV("<tỉnh"), &e),
                     STATUS_OK);
    expect_file(path, "# ours\nCT\tcông ty\nCT\tchương trình\t>xây\nQB\tquảng bình\t<tỉnh\n");
    unlink(path);
    assert_int_equal(lexicon_file_add(path, SV("QB"), SV("quảng bình"), SV(""), &e), STATUS_OK);
    expect_file(path, "# Your own readings.\n# written\tspoken\tcontext\nQB\tquảng bình\n");
    unlink(path);
    free(path);
}

static void test_refused_rows_change_nothing(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    char *path = write_lexicon("CT\tchỉ tiêu\n");
    const struct sv bad[][3] = {
        {SV("C\tT"), SV("ba"), SV("")},   {SV("C\nT"), SV("ba"), SV("")},
        {SV("#CT"), SV("ba"), SV("")},    {SV("CT"), SV("ba\tba"), SV("")},
        {SV("CT"), SV("ba"), SV("x\ty")}, {SV("CT"), SV("ba"), SV("#x")},
        {SV("CT"), SV("xyz"), SV("")},    {SV("C\xFF"), SV("ba"), SV("")},
        {SV("CT"), SV("b\xFF"), SV("")},  {SV("CT"), SV("ba"), SV("\xFF")},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(lexicon_file_add(path, bad[i][0], bad[i][1], bad[i][2], &e), STATUS_USAGE);
        expect_file(path, "CT\tchỉ tiêu\n");
    }
    uint32_t removed;
    assert_int_equal(lexicon_file_remove(path, SV("\xFF"), SV(""), &removed, &e), STATUS_USAGE);
    assert_int_equal(lexicon_file_remove(path, SV("CT"), SV("\xFF"), &removed, &e), STATUS_USAGE);
    assert_int_equal(lexicon_file_add("/", SV("CT"), SV("ba"), SV(""), &e), STATUS_USAGE);
    unlink(path);
    free(path);
    refuse("# CT\nC\x01T\tba\n", "control character");
    refuse("# CT\nCT\tba\tx\xC2\x85\n", "control character");
    refuse("# CT\n #CT\tba\n", "begins with #");
    path = write_lexicon("# ghi ch\xFA\nCT\tba\n");
    struct lexicon *lexicon = lexicon_new();
    assert_int_equal(lexicon_load(lexicon, path, &e), STATUS_USAGE);
    assert_non_null(strstr(e.message.p, "is not UTF-8"));
    lexicon_free(lexicon);
    unlink(path);
    free(path);
    path = write_lexicon("C\xFF\tba\n");
    assert_int_equal(lexicon_file_add(path, SV("CT"), SV("ba"), SV(""), &e), STATUS_USAGE);
    assert_int_equal(lexicon_file_remove(path, SV("CT"), SV(""), &removed, &e), STATUS_USAGE);
    unlink(path);
    free(path);
    err_free(&e);
}

static void test_remove_rows(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    uint32_t removed = 7;
    char *path = write_lexicon("# CT\nCT\tchỉ tiêu\nCT\tcông trường\t>xây\nCT\tcũ\t<mã\n\nQB\ta\n");
    assert_int_equal(lexicon_file_remove(path, SV("XX"), SV(""), &removed, &e), STATUS_OK);
    assert_int_equal(removed, 0);
    assert_int_equal(lexicon_file_remove(path, SV("CT"), SV(">xây"), &removed, &e), STATUS_OK);
    assert_int_equal(removed, 1);
    expect_file(path, "# CT\nCT\tchỉ tiêu\nCT\tcũ\t<mã\n\nQB\ta\n");
    assert_int_equal(lexicon_file_remove(path, SV(" CT"), SV(""), &removed, &e), STATUS_OK);
    assert_int_equal(removed, 2);
    expect_file(path, "# CT\n\nQB\ta\n");
    unlink(path);
    assert_int_equal(lexicon_file_remove(path, SV("CT"), SV(""), &removed, &e), STATUS_OK);
    assert_int_equal(removed, 0);
    assert_int_equal(access(path, F_OK), -1);
    free(path);
}

struct rows_seen {
    unsigned n, faults;
    uint32_t last_line;
};

static void count_row(void *user, const struct lexicon_row *row)
{
    struct rows_seen *seen = user;
    seen->n++;
    seen->faults += row->fault != NULL;
    seen->last_line = row->line;
}

static void test_each_row(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    struct rows_seen seen = {0};
    char *path = write_lexicon("# ours\nCT\tchỉ tiêu\nQB\txyz\nQN\tnam\t>xã\n");
    assert_int_equal(lexicon_file_each(path, count_row, &seen, &e), STATUS_OK);
    assert_int_equal(seen.n, 3);
    assert_int_equal(seen.faults, 1);
    assert_int_equal(seen.last_line, 4);
    unlink(path);
    free(path);
    path = write_lexicon("CT\tmột\thai\tba\n");
    assert_int_equal(lexicon_file_each(path, count_row, &seen, &e), STATUS_USAGE);
    assert_int_equal(seen.n, 3);
    unlink(path);
    assert_int_equal(lexicon_file_each(path, count_row, &seen, &e), STATUS_OK);
    assert_int_equal(lexicon_file_each("/", count_row, &seen, &e), STATUS_USAGE);
    free(path);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_phrases),
        cmocka_unit_test(test_case_counts_with_capitals),
        cmocka_unit_test(test_whole_words_only),
        cmocka_unit_test(test_context),
        cmocka_unit_test(test_spelled),
        cmocka_unit_test(test_first_row_wins),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_missing_file_is_empty),
        cmocka_unit_test(test_longest_row_wins),
        cmocka_unit_test(test_spaces_count),
        cmocka_unit_test(test_phrase_ends_with_the_sentence),
        cmocka_unit_test(test_capitals_inside),
        cmocka_unit_test(test_context_is_near),
        cmocka_unit_test(test_spelled_phrase),
        cmocka_unit_test(test_long_phrases),
        cmocka_unit_test(test_empty_and_not),
        cmocka_unit_test(test_add_rows),
        cmocka_unit_test(test_refused_rows_change_nothing),
        cmocka_unit_test(test_remove_rows),
        cmocka_unit_test(test_each_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
