/* The files of a folder: which are articles, and their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>

#include "cli/folder.h"

static void test_documents(void **state)
{
    (void)state;
    static const char *const are[] = {"bai.txt", "Bài.TXT", "a.html", "b.HTM", "c.xhtml",
                                      "d.md",    "e.docx",  "g.epub", "h.pdf", "i.txt.gz"};
    static const char *const are_not[] = {"",      "txt",   ".txt",  "a.txt~",       "a.mp3",
                                          "a.vtt", "a.doc", "a.tsv", "a.lexicon.tsv"};
    for (size_t i = 0; i < sizeof are / sizeof *are; i++)
        assert_true(folder_is_document(sv_of(are[i])));
    for (size_t i = 0; i < sizeof are_not / sizeof *are_not; i++)
        assert_false(folder_is_document(sv_of(are_not[i])));
}

/* Each name comes before the next one. */
static void test_order(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",       "1",      "2",       "10",      "100",    "999999999999999999999999",
        "a",      "Bai",    "bai",     "bai 1",   "bai01",  "bai1",
        "Bai1a",  "bai2",   "bai2.md", "bai2b",   "bai009", "BAI10",
        "bai10.", "bai10x", "baia",    "bai\xCC", "đây",
    };
    size_t n = sizeof names / sizeof *names;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(folder_compare_naturally(&names[i], &names[i]), 0);
        for (size_t j = i + 1; j < n; j++) {
            if (folder_compare_naturally(&names[i], &names[j]) >= 0)
                fail_msg("“%s” is not before “%s”", names[i], names[j]);
            assert_true(folder_compare_naturally(&names[j], &names[i]) > 0);
        }
    }
    static const char *const ten = "bai10", *const two = "bai2";
    assert_true(folder_compare_bytes(&ten, &two) < 0);
}

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    struct folder_names names = {NULL, 0, 0};
    assert_false(folder_list("/no/such/folder", folder_compare_bytes, &names));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(names.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_a_folder_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
