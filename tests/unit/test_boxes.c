/*
 * No word in the class of a box hides text: two paragraphs without a link are read, in boxes of all
 * names that the table html-words.tsv knows, wherever the box is in the page.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "article/read.h"
#include "rules/rules.h"

static const char text[] =
    "<p>Huyện Lam Giang vừa bước vào vụ gặt với hơn hai nghìn héc ta lúa chín rộ trên các cánh "
    "đồng ven sông.</p>"
    "<p>Chính quyền các xã đã huy động thêm máy gặt từ những vùng lân cận để kịp thu hoạch trước "
    "mùa mưa bão.</p>"
    "<p>Hợp tác xã đã ký hợp đồng bao tiêu với ba doanh nghiệp, mỗi vụ khoảng tám trăm tấn thóc đã "
    "phơi khô.</p>";

static const char *const paragraphs[] = {
    "Chuyên gia của viện lúa khuyên bà con giữ lại một phần thóc, chờ giá nhích lên vào cuối tháng "
    "sau rồi mới bán.",
    "Kỹ sư trẻ của huyện thì cho rằng nên bán ngay tại ruộng, vì công phơi và tiền thuê kho đã "
    "ngốn "
    "gần hết phần lãi.",
};

/* The page around the box, in front of it and after it. */
static const struct place {
    const char *before, *after;
} places[] = {
    {"<div>", "</div>"}, {text, ""}, {"", text}, {text, text}, {"<div><div>", text},
};

static bool reads(const struct article *a, const char *paragraph)
{
    for (size_t i = 0; i < a->blocks.n; i++)
        if (sv_is(sv_at(a->text, a->blocks.at[i].text), paragraph))
            return true;
    return false;
}

static void check_box(struct sv word, const struct place *place)
{
    struct read_options options = {0};
    struct buf page = BUF_INIT;
    struct err e = ERR_INIT;
    struct article a;
    buf_addf(&page,
             "<html><head><title>Vụ gặt ở Hòa Sơn - Sớm Mai</title></head><body><nav><a "
             "href=/>Trang chủ</a></nav><h1>Vụ gặt ở Hòa Sơn</h1>%s<div class=\"%.*s\"><p>%s</p>"
             "<p>%s</p></div>%s</body></html>",
             place->before, SV_ARG(word), paragraphs[0], paragraphs[1], place->after);
    assert_int_equal(article_from_bytes(&a, "page.html", buf_sv(&page), &options, &e), STATUS_OK);
    if (!reads(&a, paragraphs[0]) || !reads(&a, paragraphs[1]))
        fail_msg("hidden by its class \"%.*s\":\n%s", SV_ARG(word), page.p);
    article_free(&a);
    err_free(&e);
    buf_free(&page);
}

static void no_class_hides_two_paragraphs(void **state)
{
    (void)state;
    static const char *const others[] = {"page-footer", "share-content", "social-welfare",
                                         "subscribe", "popup-text"};
    struct rules *rules;
    struct err e = ERR_INIT;
    assert_int_equal(rules_load(&rules, NULL, &e), STATUS_OK);
    const struct packed_table *words = rules_table(rules, TABLE_HTML_WORDS);
    assert_true(words->rows > 0);
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        for (uint32_t i = 0; i < words->rows; i++)
            check_box(row_text(packed_row(words, i), HTML_WORDS_WORD), &places[p]);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            check_box(sv_of(others[i]), &places[p]);
    }
    rules_free(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_class_hides_two_paragraphs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
