#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

static void markdown_is_read(void **state)
{
    (void)state;
    expect_read(
        "a.md",
        SV("# Chợ *phiên*\n\nMột **hai** [ba](http://vi.vn/bon) &amp; n&agrave;y.\nDòng hai.\n\n"
           "- cá\n- rau\n   1. muống\n   2. dền\n\n"
           "Mục\n---\n\n```sh\nls -l\n```\n"
           "|A|B|\n|---|---|\n|một|hai|\n\n"
           "![Ảnh chợ](a.png)\n\nNgắt<br>dòng  \nba `mã` <u>gạch</u>.\n"),
        "title: Chợ phiên\n"
        "paragraph: Một hai ba & này. Dòng hai.\n"
        "list: cá\nlist: rau\nlist: 1. muống\nlist: 2. dền\n"
        "heading: Mục\n"
        "table: A; B\ntable: một; hai\n"
        "caption: Ảnh chợ\n"
        "paragraph: Ngắt\nparagraph: dòng\nparagraph: ba mã gạch.\n"
        "-code: ls -l\n");
    expect_read("a.MARKDOWN", SV("---\ntitle: Gì đó\n---\nMột đoạn.\n\n# Đầu đề\n"),
                "paragraph: Một đoạn.\nheading: Đầu đề\n-front matter: ---\ntitle: Gì đó\n---\n");
    expect_read("a.md", SV("    Đoạn thụt đầu dòng không phải là mã.\n"),
                "paragraph: Đoạn thụt đầu dòng không phải là mã.\n");
    /* Not clean in itself: what NFC joins stands in entity and text. */
    expect_read("a.md", SV("Ho&#x300;a a\u0309nh &#1; &#xFEFF;xong.\n"),
                "paragraph: Hòa ảnh   xong.\n");
}

static void markdown_keeps_its_places(void **state)
{
    (void)state;
    struct article a;
    open_document(&a, "a.md",
                  SV("\xEF\xBB\xBF# Mo\u0323\u0302t\r\n\r\nHai **b**a &amp;&nbsp;b\u1ED1n.\r\n"),
                  false);
    expect_source(&a, "Một", NULL, "Mo\u0323\u0302t");
    expect_source(&a, "ba", NULL, "b**a");
    expect_source(&a, "&", NULL, "&amp;");
    expect_source(&a, "bốn.", NULL, "bốn.");
    article_free(&a);
}

static void only_code_is_nothing_to_read(void **state)
{
    (void)state;
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {0};
    assert_int_equal(article_from_bytes(&a, "a.md", SV("```\nls\n```\n"), &options, &e),
                     STATUS_INPUT);
    assert_non_null(strstr(e.message.p, "nothing to read"));
    article_free(&a);
    err_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_is_read),
        cmocka_unit_test(markdown_keeps_its_places),
        cmocka_unit_test(only_code_is_nothing_to_read),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
