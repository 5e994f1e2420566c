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
    expect_read(
        "a.MARKDOWN", SV("---\ntitle: Gì đó\n---\nMột đoạn.\n\n# Đầu đề\n"),
        "title: Gì đó\nparagraph: Một đoạn.\nheading: Đầu đề\n-front matter: ---\ntitle:\n");
    expect_read("a.md", SV("    Đoạn thụt đầu dòng không phải là mã.\n"),
                "paragraph: Đoạn thụt đầu dòng không phải là mã.\n");
    /* Not clean in itself: what NFC joins stands in entity and text. */
    expect_read("a.md", SV("Ho&#x300;a a\u0309nh &#1; &#xFEFF;xong.\n"),
                "paragraph: Hòa ảnh   xong.\n");
}

static void settings_at_the_head(void **state)
{
    (void)state;
    struct article a;
    static const char yaml[] =
        "---\nauthor: 'Lê Thị Sáu'\ntitle: \"Chợ: quê\"\ndate: 2024-11-21 "
        "10:00:00 +0700\ntags: [a, b]\n---\n\n# Chợ: quê\n\n## Mục\n\nMột.\n";
    expect_read("a.md", SV(yaml),
                "title: Chợ: quê\nheading: Mục\nparagraph: Một.\nbyline: Lê Thị Sáu\n"
                "-front matter: ---\nauthor: '\n-front matter: '\ntitle: \"\n"
                "-front matter: \"\ndate: 2024-11-21 10:00:00 +0700\ntags: [a, b]\n---\n"
                "-repeated: Chợ: quê\n");
    open_document(&a, "a.md", SV(yaml), false);
    assert_string_equal(a.date, "2024-11-21T10:00:00+07:00");
    article_free(&a);
    expect_read("a.md", SV("+++\ntitle = \"Chợ quê\"\ndate = hôm qua\n+++\nMột.\n"),
                "title: Chợ quê\nparagraph: Một.\n-front matter: +++\ntitle = \"\n"
                "-front matter: \"\ndate = hôm qua\n+++\n");
    expect_read("a.md", SV("---\ntitle: >-\n  Chợ quê\nauthor: admin\n...\nMột.\n"),
                "paragraph: Một.\n-front matter: ---\ntitle: >-\n  Chợ quê\nauthor: admin\n...\n");
    expect_read("a.md", SV("---\nMột.\n\nHai: ba.\n"), "paragraph: Một.\nparagraph: Hai: ba.\n");
}

static void footnotes_are_listed(void **state)
{
    (void)state;
    expect_read(
        "a.md",
        SV("Sáng[^1] nay **chợ**[^a-b] họp^[chú trong dòng].\n[^1]: Chú\n\n[^a-b]: Một dòng\n"
           "nữa.\n\n    Đoạn hai.\n\nCuối [^ba] và x^2 + y^2.\n\n```\n[^1]: mã\n```\n"
           "[^c]: Hết.\n"),
        "paragraph: Sáng [^1] nay chợ [^a-b] họp ^[chú trong dòng].\n"
        "paragraph: Cuối [^ba] và x^2 + y^2.\n"
        "-notes: [^1]: Chú\n-notes: [^a-b]: Một dòng\nnữa.\n\n    Đoạn hai.\n-code: [^1]: mã\n"
        "-notes: [^c]: Hết.\n-notes: [^1]\n-notes: [^a-b]\n-notes: ^[chú trong dòng]\n"
        "-notes: [^ba]\n");
}

static void raised_text(void **state)
{
    (void)state;
    expect_read("a.md",
                SV("Cỡ 10^6^ con, 5 km<sup>2</sup>, năm 1930<sup>3</sup>, lần 2^nd^, a ^ b ^ c.\n"),
                "paragraph: Cỡ 10⁶ con, 5 km², năm 1930 3, lần 2nd, a ^ b ^ c.\n-notes: 3\n");
}

static void blocks_of_html(void **state)
{
    (void)state;
    expect_read(
        "a.md",
        SV("Trước.\n\n<div class=\"x\"><p>Chợ &amp; "
           "<b>bến</b></p>\n<ul><li>cá<li>rau</ul></div>\n\n"
           "<!-- không -->\n\n<p align=center>\n\nGiữa *dòng*.\n\n</p>\n\n"
           "<table><tr><td>Cá<td>80</table>\n\nSau <kbd>phím</kbd> &copy; 5 < 6.\n"),
        "paragraph: Trước.\nparagraph: Chợ & bến\nlist: cá\nlist: rau\nparagraph: Giữa dòng.\n"
        "table: Cá; 80\nparagraph: Sau phím © 5 < 6.\n");
    expect_read("a.md",
                SV("<ol start=3><li>cá</li><li value=\"7\">tôm</li>\n<li><p>cua</p>\n"
                   "<ul><li>đồng</li></ul></li>\n<li>9. ốc</li></ol>\n"
                   "<ol type=i reversed><li hidden>x</li><li>rau</li><li>củ</li></ol>\n"
                   "<ol style=\"list-style-type: none\"><li>quả</li></ol>\n"),
                "list: 3. cá\nlist: 7. tôm\nlist: 8. cua\nlist: đồng\nlist: 9. ốc\n"
                "list: iii) rau\nlist: ii) củ\nlist: quả\n-hidden: x\n");
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
        cmocka_unit_test(settings_at_the_head),
        cmocka_unit_test(footnotes_are_listed),
        cmocka_unit_test(raised_text),
        cmocka_unit_test(blocks_of_html),
        cmocka_unit_test(markdown_keeps_its_places),
        cmocka_unit_test(only_code_is_nothing_to_read),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
