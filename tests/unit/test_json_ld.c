/*
 * JSON-LD: which object is the article, and what broken scripts still say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/format/json_ld.h"

static void expect_text(const char *what, const struct buf *got, const char *want)
{
    if (!sv_is(buf_sv(got), want))
        fail_msg("%s is \"%s\", not \"%s\"", what, got->p, want);
}

/* The article's date, headline and people; "" where there are none. */
static void expect(const char *script, const char *date, const char *headline, const char *people)
{
    struct json_ld ld;
    json_ld_read(&ld, sv_of(script));
    expect_text("the date", &ld.date, date);
    expect_text("the headline", &ld.headline, headline);
    expect_text("people", &ld.people, people);
    json_ld_free(&ld);
}

static void an_article_is_read(void **state)
{
    (void)state;
    expect("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Lũ rút\","
           "\"datePublished\":\"2024-03-05\",\"author\":{\"@type\":\"Person\",\"name\":\"Hà Vy\"}}",
           "2024-03-05", "Lũ rút", "Hà Vy");
    expect("{\"author\":[{\"name\":\"Hà Vy\"},{\"name\":\"Lê An\"}],\"@type\":\"BlogPosting\"}", "",
           "", "Hà Vy;Lê An");
    expect("{\"@type\":\"Person\",\"headline\":\"Không\",\"author\":{\"name\":\"Ai\"}}", "", "",
           "");
}

static void a_type_may_be_one_of_several_or_an_address(void **state)
{
    (void)state;
    expect("{\"@type\":[\"Thing\",\"NewsArticle\"],\"datePublished\":\"2024-01-02\"}", "2024-01-02",
           "", "");
    expect(
        "{\"@type\":\"http://schema.org/ReportageNewsArticle\",\"datePublished\":\"2024-01-02\"}",
        "2024-01-02", "", "");
    expect("{\"@type\":[\"Thing\",\"Organization\"],\"datePublished\":\"2024-01-02\"}", "", "", "");
}

static void graphs_arrays_and_nested_objects_are_searched(void **state)
{
    (void)state;
    expect("{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Báo\"},{\"@type\":\"WebPage\","
           "\"datePublished\":\"2020-01-01\"},{\"@type\":\"Article\","
           "\"datePublished\":\"2024-01-02\"}]}",
           "2024-01-02", "", "");
    expect("[{\"@type\":\"Organization\"},[{\"@type\":\"NewsArticle\",\"headline\":\"Tít\"}]]", "",
           "Tít", "");
    expect("{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"headline\":\"Tít\"}}",
           "", "Tít", "");
    expect("{\"@type\":\"WebPage\",\"hasArticle\":{\"@type\":\"Article\",\"headline\":\"Tít\"}}",
           "", "Tít", "");
}

static void a_comment_is_not_the_article(void **state)
{
    (void)state;
    expect("{\"@type\":\"NewsArticle\",\"comment\":[{\"@type\":\"Comment\","
           "\"datePublished\":\"2024-05-06\",\"author\":{\"name\":\"Bạn đọc\"}}],"
           "\"datePublished\":\"2024-01-02\",\"author\":{\"name\":\"Hà Vy\"}}",
           "2024-01-02", "", "Hà Vy");
    expect("[{\"datePublished\":\"2024-05-06\",\"author\":{\"name\":\"Bạn đọc\"},"
           "\"@type\":\"UserComments\"},{\"@type\":\"NewsArticle\",\"headline\":\"Lũ rút\"}]",
           "", "Lũ rút", "");
    expect("{\"@graph\":[{\"@type\":\"Comment\",\"datePublished\":\"2024-05-06\"},"
           "{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-01-02\"}]}",
           "2024-01-02", "", "");
    expect("{\"@type\":\"NewsArticle\",\"comment\":{\"@type\":\"Comment\","
           "\"datePublished\":\"2024-05-06\"},\"headline\":\"Tít\"}",
           "", "Tít", "");
}

static void another_article_is_not_the_article(void **state)
{
    (void)state;
    expect("{\"@type\":\"NewsArticle\",\"relatedLink\":{\"@type\":\"NewsArticle\","
           "\"datePublished\":\"2023-05-06\",\"headline\":\"Khác\"},\"headline\":\"Tít\"}",
           "", "Tít", "");
    expect("[{\"@type\":\"WebPage\",\"x\":{\"@type\":\"NewsArticle\",\"headline\":\"Khác\"}},"
           "{\"@type\":\"NewsArticle\",\"headline\":\"Tít\"}]",
           "", "Tít", ""); /* the outermost */
    expect("[{\"@type\":\"Article\",\"headline\":\"Một\"},{\"@type\":\"Article\",\"headline\":"
           "\"Hai\"}]",
           "", "Một", ""); /* the first */
}

static void lists_of_articles_are_lists(void **state)
{
    (void)state;
    struct json_ld ld;
    json_ld_read(&ld,
                 SV("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"ListItem\","
                    "\"item\":{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-06\"}}]}"));
    assert_true(ld.has_list && !ld.has_article);
    expect_text("the date", &ld.date, "");
    expect_text("the page's date", &ld.page_date, "");
    json_ld_free(&ld);
}

static void a_page_may_have_a_date_of_its_own(void **state)
{
    (void)state;
    struct json_ld ld;
    json_ld_read(&ld, SV("{\"@type\":\"WebPage\",\"comment\":{\"datePublished\":\"2024-05-06\"},"
                         "\"datePublished\":\"2024-01-02\"}"));
    assert_false(ld.has_article);
    expect_text("the page's date", &ld.page_date, "2024-01-02");
    json_ld_free(&ld);
}

static void usual_faults_are_mended(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "{\"@type\":\"Article\",\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\",}",
        "{\"@type\":[\"Article\",],,\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\"}",
        "<!-- {\"@type\":\"Article\",\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\"} -->",
        "//"
        "<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\"}\n"
        "//]]>",
        "{<!-- of the \"editor\" -->\"@type\":\"Article\",\"headline\":\"Tít\","
        "\"datePublished\":\"2024-01-02\"}",
        "{\"@type\":\"Article\", /* see \"x\" */ \"headline\":\"Tít\",// and {\n"
        "\"datePublished\":\"2024-01-02\"}",
        "var ld = {\"@type\":\"Article\",\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\"};",
        "{\"description\":\"a\tb\nc\\'d\",\"@type\":\"Article\",\"headline\":\"Tít\","
        "\"datePublished\":\"2024-01-02\"}",
        "{\"description\":\"nói \"không\" rồi đi\",\"@type\":\"Article\",\"headline\":\"Tít\","
        "\"datePublished\":\"2024-01-02\"}",
        "{\"@type\":\"Article\",\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\",\"x\":{\"y\":"
        "[",
        "{\"@type\":\"Article\",\"headline\":\"Tít\",\"datePublished\":\"2024-01-02\",\"x\":"
        "nothing}",
        "{\"wordCount\":123456789012345678901234567890,\"@type\":\"Article\",\"headline\":\"Tít\","
        "\"datePublished\":\"2024-01-02\"}",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        expect(scripts[i], "2024-01-02", "Tít", "");
}

static void escapes_are_undone_and_entities_are_left(void **state)
{
    (void)state;
    expect("{\"@type\":\"Article\",\"headline\":\"T\\u00edt \\\"m\\u1ed9t\\\" \\ud83d\\udcf0\","
           "\"datePublished\":\"2024-01-02T09:51:00&#43;07:00\"}",
           "2024-01-02T09:51:00&#43;07:00", "Tít \"một\" 📰", "");
}

/* Neither deep nesting nor what is no JSON does harm. */
static void hostile_scripts_are_passed_over(void **state)
{
    (void)state;
    struct buf deep = BUF_INIT;
    for (int i = 0; i < 100000; i++)
        buf_adds(&deep, i % 2 ? "[" : "{\"a\":");
    buf_adds(&deep, "{\"@type\":\"Article\",\"headline\":\"Tít\"}");
    expect(deep.p, "", "", "");
    buf_free(&deep);
    static const char *const scripts[] = {"",       "\"",          "{",
                                          "}",      "]]]]",        "{\"a",
                                          "{\"a\\", "null",        "\"@type\"",
                                          ",,,",    "{\"@type\"}", "<!--",
                                          "//",     "/*",          "{\"@type\":\"Art\\u"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        expect(scripts[i], "", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_is_read),
        cmocka_unit_test(a_type_may_be_one_of_several_or_an_address),
        cmocka_unit_test(graphs_arrays_and_nested_objects_are_searched),
        cmocka_unit_test(a_comment_is_not_the_article),
        cmocka_unit_test(another_article_is_not_the_article),
        cmocka_unit_test(lists_of_articles_are_lists),
        cmocka_unit_test(a_page_may_have_a_date_of_its_own),
        cmocka_unit_test(usual_faults_are_mended),
        cmocka_unit_test(escapes_are_undone_and_entities_are_left),
        cmocka_unit_test(hostile_scripts_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
