/* The files of a folder: which are articles. */
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

static void test_a_folder_that_is_not_there(void **state)
{
    (void)state;
    struct folder_names names = {NULL, 0, 0};
    assert_false(folder_list("/no/such/folder", &names));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(names.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_documents),
        cmocka_unit_test(test_a_folder_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
