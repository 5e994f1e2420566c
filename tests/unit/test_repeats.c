/* Text that the articles of one queue have in common is read once, and no content is dropped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library/repeats.h"
#include "docbao/docbao.h"
#include "documents.h"

/* ---- articles ---- */

#define NOTE "<p>Bài viết thuộc loạt bài về đời sống làng nghề hôm nay.</p>"
#define FOOTER                                                                                                    \
    "<p>Ban biên tập mong nhận được những câu chuyện làng nghề của bạn đọc gần xa.</p>" \
    "<p>Thực hiện: nhóm phóng viên</p>"
#define PAGE(title, inside)                                                                        \
    "<html><body><article><h1>" title "</h1>" inside "</article></body></html>"

#define POTTERY                                                                                                                     \
    "<p>Sáng sớm, lò gốm đã đỏ lửa. Người thợ già xoay bàn, đất mềm dần lên hình chiếc bình. Bên " \
    "hiên, mấy chục chiếc chum mới nặn xếp thành hàng, chờ nắng lên mới đem phơi ngoài sân.</p>"          \
    "<p>Nghề này ông học từ năm mười tuổi, và nay ông dạy lại cho các cháu trong xóm. Đứa nhỏ "         \
    "nhất mới lên tám, tay còn vụng mà mắt đã sáng lên mỗi lần bàn xoay quay tròn.</p>"
#define SILK                                                                                                                   \
    "<p>Tiếng khung cửi vang đều trong ngõ nhỏ. Mỗi ngày chị dệt được hai mét lụa. Tơ vàng óng "    \
    "mắc ngang khung, con thoi chạy qua chạy lại từ lúc gà gáy đến khi lên đèn.</p>"                        \
    "<p>Lụa làng bền và mát, khách phương xa tìm về đặt hàng cho mùa hè sắp tới. Chị bảo chỉ lo " \
    "thiếu người làm, vì lớp trẻ trong làng đã ra thành phố học nghề khác.</p>"
#define PAPER                                                                                                                    \
    "<p>Vỏ cây dó được ngâm, nấu rồi giã nhỏ trước khi seo thành từng tờ giấy mỏng. Người thợ " \
    "đứng bên bể nước cả buổi, hai tay nâng khuôn nhịp nhàng như ru một đứa trẻ.</p>"                  \
    "<p>Giấy dó giữ màu hàng trăm năm, nên người vẽ tranh vẫn tìm mua quanh năm. Mỗi tháng nhà "          \
    "ông bán được vài nghìn tờ, đủ sống và đủ vui với nghề của cha để lại.</p>"

static const char pottery[] = PAGE("Lò gốm bên sông", NOTE POTTERY FOOTER);
static const char silk[] = PAGE("Khung cửi trong ngõ nhỏ", NOTE SILK FOOTER);
static const char paper[] = PAGE("Tờ giấy dó trăm năm", NOTE PAPER FOOTER);

static struct sv first_word(const struct article *a, struct span span)
{
    struct sv text = sv_at(a->text, span), line = sv_cut(&text, '\n');
    return sv_cut(&line, ' ');
}

/* Opens an article as docbao.c does, and checks the promises. `expected`: the first word or two of
 * each block that is left, in order, parted by '|'; then what is skipped as repeated. */
static void come(struct repeats *r, const char *name, struct sv bytes, const char *expected)
{
    struct article a;
    open_document(&a, name, bytes, false);
    uint64_t key = fingerprint_article(&a);
    size_t blocks = a.blocks.n, skipped = 0;
    repeats_skip(r, &a, key);
    repeats_add(r, &a, key);
    struct buf got = BUF_INIT;
    for (size_t i = 0; i < a.blocks.n; i++) {
        buf_add_sv(&got, first_word(&a, a.blocks.at[i].text));
        buf_putc(&got, '|');
    }
    for (size_t i = 0; i < a.skipped.n; i++) {
        if (a.skipped.at[i].reason != SKIP_REPEATED)
            continue;
        skipped++;
        buf_adds(&got, " -");
        buf_add_sv(&got, first_word(&a, a.skipped.at[i].text));
    }
    if (!sv_is(buf_sv(&got), expected))
        fail_msg("%s: got “%s” instead of “%s”", name, got.p, expected);
    assert_int_equal(a.blocks.n + skipped, blocks);
    buf_free(&got);
    expect_promises(&a);
    article_free(&a);
}

static void what_all_have_is_read_once(void **state)
{
    (void)state;
    struct repeats r = {0};
    come(&r, "a", SV(pottery), "Lò|Bài|Sáng|Nghề|Ban|Thực|");
    come(&r, "b", SV(silk), "Khung|Tiếng|Lụa| -Bài -Ban -Thực");
    come(&r, "c", SV(paper), "Tờ|Vỏ|Giấy| -Bài -Ban -Thực");
    repeats_free(&r);
}

static void an_article_that_comes_again_is_as_it_was(void **state)
{
    (void)state;
    struct repeats r = {0};
    come(&r, "a", SV(pottery), "Lò|Bài|Sáng|Nghề|Ban|Thực|");
    come(&r, "a", SV(pottery), "Lò|Bài|Sáng|Nghề|Ban|Thực|");
    come(&r, "b", SV(silk), "Khung|Tiếng|Lụa| -Bài -Ban -Thực");
    come(&r, "a", SV(pottery), "Lò|Bài|Sáng|Nghề|Ban|Thực|");
    come(&r, "b", SV(silk), "Khung|Tiếng|Lụa| -Bài -Ban -Thực");
    repeats_free(&r);
}

/* The morning's story with a paragraph more. */
static void a_story_that_goes_on_is_read_in_full(void **state)
{
    (void)state;
    static const char later[] =
        PAGE("Lò gốm bên sông được công nhận",
             NOTE POTTERY "<p>Chiều nay, lò gốm được xã công nhận là điểm tham quan.</p>" FOOTER);
    struct repeats r = {0};
    come(&r, "a", SV(pottery), "Lò|Bài|Sáng|Nghề|Ban|Thực|");
    come(&r, "later", SV(later), "Lò|Bài|Sáng|Nghề|Chiều|Ban|Thực|");
    repeats_free(&r);
}

static void short_paragraphs_and_captions_may_come_again(void **state)
{
    (void)state;
    static const char one[] =
        PAGE("Chuyện người thợ gốm", "<p>Anh gật đầu.</p>" POTTERY "<p>Xin cảm ơn ông!</p>");
    static const char two[] = PAGE(
        "Chuyện người thợ lụa",
        "<p>Tôi hỏi anh có nhớ ngày đầu vào nghề không.</p><p>Anh gật đầu.</p>" SILK
        "<figure><img src='x.jpg' alt=''><figcaption>Người thợ bên khung cửi từ thời ông bà để "
        "lại</figcaption></figure><p>Chị kể thêm về những năm khó nhọc của cả làng.</p>"
        "<p>Xin cảm ơn ông!</p>");
    static const char three[] =
        PAGE("Chuyện người làm giấy", PAPER
             "<figure><img src='x.jpg' alt=''><figcaption>Người thợ bên khung cửi từ thời ông "
             "bà để lại</figcaption></figure><p>Sáng sớm, anh ra bờ suối rửa vỏ cây dó.</p>"
             "<p>Xin cảm ơn ông!</p>");
    struct repeats r = {0};
    come(&r, "one", SV(one), "Chuyện|Anh|Sáng|Nghề|Xin|");
    come(&r, "two", SV(two), "Chuyện|Tôi|Anh|Tiếng|Lụa|Người|Chị|Xin|");
    come(&r, "three", SV(three), "Chuyện|Vỏ|Giấy|Người|Sáng|Xin|");
    repeats_free(&r);
}

/* A short line that ends an article goes where it is no sentence. */
static void a_closing_line_goes(void **state)
{
    (void)state;
    struct repeats r = {0};
    static const char one[] = PAGE("Lò gốm bên sông", POTTERY "<p>Nhóm phóng viên làng nghề</p>");
    static const char two[] = PAGE("Khung cửi", SILK "<p>Nhóm phóng viên làng nghề</p>");
    static const char three[] = PAGE("Giấy dó", PAPER "<p>Đội phóng viên</p><p>Xin chào!</p>");
    static const char four[] = PAGE("Giấy dó và lụa", "<p>Hai làng nghề nằm hai bên một con sông, "
                                                      "đi lại bằng chuyến đò ngang mỗi sáng.</p>"
                                                      "<p>Đội phóng viên</p><p>Xin chào!</p>");
    come(&r, "one", SV(one), "Lò|Sáng|Nghề|Nhóm|");
    come(&r, "two", SV(two), "Khung|Tiếng|Lụa| -Nhóm");
    come(&r, "three", SV(three), "Giấy|Vỏ|Giấy|Đội|Xin|");
    come(&r, "four", SV(four), "Giấy|Hai|Đội|Xin|");
    repeats_free(&r);
}

static void headings_go_with_what_stands_under_them(void **state)
{
    (void)state;
    static const char one[] =
        PAGE("Lò gốm bên sông", POTTERY "<h2>Kết luận</h2><p>Nghề gốm còn sống lâu cùng làng.</p>"
                                        "<h2>Đôi lời cùng bạn</h2>" FOOTER);
    static const char two[] =
        PAGE("Khung cửi", SILK "<h2>Kết luận</h2><p>Lụa làng đang tìm được chỗ đứng mới.</p>"
                               "<h2>Đôi lời cùng bạn</h2>" FOOTER);
    static const char three[] =
        PAGE("Giấy dó", PAPER "<h2>Đôi lời cùng bạn</h2><p>Từ nay tòa soạn chuyển về số nhà khác "
                              "trên cùng một phố.</p>" FOOTER "<h2>Kết luận</h2>");
    struct repeats r = {0};
    come(&r, "one", SV(one), "Lò|Sáng|Nghề|Kết|Nghề|Đôi|Ban|Thực|");
    come(&r, "two", SV(two), "Khung|Tiếng|Lụa|Kết|Lụa| -Đôi -Ban -Thực");
    come(&r, "three", SV(three), "Giấy|Vỏ|Giấy|Đôi|Từ| -Ban -Thực -Kết");
    repeats_free(&r);
}

static void lists_and_tables_stay_whole(void **state)
{
    (void)state;
#define LIST "<ul><li>Đất sét lọc kỹ</li><li>Củi khô một xe</li>"
#define TABLE "<table><tr><th>Tháng</th><th>Số chiếc bình ra lò trong tháng</th></tr>"
    static const char one[] =
        PAGE("Lò gốm", POTTERY LIST "</ul><p>Còn đây là số bình của hai tháng vừa rồi.</p>" TABLE
                                    "<tr><td>9</td><td>40</td></tr></table>");
    static const char two[] =
        PAGE("Khung cửi", SILK LIST "<li>Men tro bếp</li></ul>" SILK TABLE
                                    "<tr><td>10</td><td>45</td></tr></table>");
    static const char three[] =
        PAGE("Giấy dó", PAPER LIST "</ul>" PAPER TABLE "<tr><td>9</td><td>40</td></tr></table>");
    struct repeats r = {0};
    come(&r, "one", SV(one), "Lò|Sáng|Nghề|Đất|Củi|Còn|Tháng|9|");
    come(&r, "two", SV(two), "Khung|Tiếng|Lụa|Đất|Củi|Men|Tiếng|Lụa|Tháng|10|");
    come(&r, "three", SV(three), "Giấy|Vỏ|Giấy|Vỏ|Giấy| -Đất -Củi -Tháng -9");
    repeats_free(&r);
}

static void one_block_only(void **state)
{
    (void)state;
    static const char line[] = "<p>Sáng nay trời nhiều mây, trưa hửng nắng, chiều có mưa rào.</p>";
    static const char other[] = "<p>Đêm qua gió mạnh làm đổ vài cây ven đường trong xã.</p>";
    struct repeats r = {0};
    come(&r, "a", SV(line), "Sáng|");
    come(&r, "b", SV(line), "Sáng|");
    come(&r, "c", SV(other), "Đêm|");
    repeats_free(&r);
}

static void parts_of_archives_go_too(void **state)
{
    (void)state;
#define MORE(text) PARAGRAPH(text) STYLED("Caption", "Ảnh: phóng viên")
#define ENDING PARAGRAPH("Tài liệu do ban văn hóa xã biên soạn và giữ bản quyền.")
    static const struct part one[] = {
        {"word/document.xml",
         BODY(STYLED("Title", "Nghề gốm") MORE("Lò gốm nằm bên sông, đỏ lửa quanh năm suốt tháng.")
                  PARAGRAPH("Người thợ già vẫn dạy nghề cho các cháu trong xóm.") ENDING)},
        {NULL, NULL}};
    static const struct part two[] = {
        {"word/document.xml",
         BODY(STYLED("Title", "Nghề lụa") MORE("Khung cửi vang đều trong ngõ nhỏ mỗi buổi sáng.")
                  PARAGRAPH("Mỗi ngày người thợ dệt được chừng hai mét lụa.") ENDING)},
        {NULL, NULL}};
    struct repeats r = {0};
    struct buf bytes = BUF_INIT;
    zip_parts(&bytes, one, NULL);
    come(&r, "one.docx", buf_sv(&bytes), "Nghề|Lò|Ảnh:|Người|Tài|");
    buf_clear(&bytes);
    zip_parts(&bytes, two, NULL);
    come(&r, "two.docx", buf_sv(&bytes), "Nghề|Khung|Ảnh:|Mỗi| -Tài");
    buf_free(&bytes);
    repeats_free(&r);
}

/* Parts of a block that were skipped before are dropped with it: an agency, hidden words. */
static void stretches_inside_a_block_go_with_it(void **state)
{
    (void)state;
#define HIDDEN                                                                                               \
    "<p>Bài viết thuộc loạt bài <span style='display:none'>ẩn đi</span>về đời sống làng " \
    "nghề.</p>"
#define CELLS                                                                                      \
    "<table><tr><th>Năm</th><th>Số <i hidden>ẩn đi</i>lò</th></tr>"                         \
    "<tr><td>2025</td><td>12 lò gốm</td></tr><tr><td>2026</td><td>15 lò gốm</td></tr></table>"
    static const char one[] = PAGE("Lò gốm", HIDDEN POTTERY CELLS);
    static const char two[] = PAGE("Khung cửi", HIDDEN SILK SILK CELLS);
    struct repeats r = {0};
    come(&r, "one", SV(one), "Lò|Bài|Sáng|Nghề|Năm|2025|2026|");
    come(&r, "two", SV(two), "Khung|Tiếng|Lụa|Tiếng|Lụa| -Bài -Năm -2025 -2026");
    repeats_free(&r);
    /* The same where tables are not wanted. */
    struct article a;
    struct err e = ERR_INIT;
    struct read_options options = {.skip_tables = true};
    assert_int_equal(article_from_bytes(&a, "a", SV(two), &options, &e), STATUS_OK);
    struct article whole;
    open_document(&whole, "a", SV(two), false);
    assert_true(fingerprint_article(&a) == fingerprint_article(&whole));
    assert_int_equal(a.blocks.n + 3, whole.blocks.n);
    expect_promises(&a);
    article_free(&a);
    article_free(&whole);
    err_free(&e);
}

static void many_articles_and_odd_ones(void **state)
{
    (void)state;
    struct repeats r = {0};
    for (unsigned i = 0; i < 500; i++) {
        struct buf text = BUF_INIT, expected = BUF_INIT;
        buf_addf(&text,
                 PAGE("Tin làng số %u", NOTE "<p>Tin%u: hôm nay xã có %u việc vui, nhà nào "
                                             "cũng góp một tay cho làng, từ việc sửa con đường đến "
                                             "việc dựng lại cổng đình.</p>"),
                 i, i, i);
        buf_addf(&expected, i ? "Tin|Tin%u:| -Bài" : "Tin|Bài|Tin%u:|", i);
        come(&r, "tin", buf_sv(&text), expected.p);
        buf_free(&text);
        buf_free(&expected);
    }
    assert_int_equal(r.count, 501);
    struct article none = {.spoken = BUF_INIT};
    repeats_skip(&r, &none, 1);
    repeats_add(&r, &none, 1);
    article_free(&none);
    repeats_free(&r);
}

/* Pages put together by chance from few parts: whatever goes, the promises are kept, and never more
 * than half of it goes. */
static void chance(void **state)
{
    (void)state;
    static const char *const parts[] = {
        NOTE,
        FOOTER,
        POTTERY,
        SILK,
        PAPER,
        HIDDEN,
        CELLS,
        "<h2>Kết luận</h2>",
        "<h2>Cách làm</h2>",
        "<p>Anh gật đầu.</p>",
        "<p>***</p>",
        "<ul><li>Đất sét lọc kỹ</li><li>Củi khô <b hidden>ướt</b>một xe</li></ul>",
        "<figure><img src='x.jpg' alt=''><figcaption>Người thợ bên lò gốm</figcaption></figure>",
        "<p><b>(TTXVN)</b> - Sáng nay làng nghề mở hội, khách về rất đông vui.</p>",
        "<p>Chuyện kể rằng 12 nghệ nhân đầu tiên đến đây từ năm 1802.</p>",
    };
    uint32_t seed = 11, went = 0;
    for (int queue = 0; queue < 60; queue++) {
        struct repeats r = {0};
        for (int page = 0; page < 6; page++) {
            struct buf text = BUF_INIT;
            buf_addf(&text, "<html><body><article><h1>Tin làng nghề số %d</h1>", page);
            for (int i = 0; i < 3 + queue % 8; i++) {
                seed = seed * 1664525u + 1013904223u;
                buf_adds(&text, parts[(seed >> 10) % (sizeof parts / sizeof *parts)]);
            }
            buf_adds(&text, "</article></body></html>");
            struct article a;
            open_document(&a, "tin", buf_sv(&text), false);
            uint64_t key = fingerprint_article(&a);
            size_t blocks = a.blocks.n;
            repeats_skip(&r, &a, key);
            went += (uint32_t)(blocks - a.blocks.n);
            assert_true(a.blocks.n > 1 || a.blocks.n == blocks);
            repeats_add(&r, &a, key);
            expect_promises(&a);
            article_free(&a);
            buf_free(&text);
        }
        repeats_free(&r);
    }
    assert_true(went > 50);
}

/* ---- through the public header ---- */

static uint32_t blocks_of(struct docbao *d, const char *text, uint32_t *repeated)
{
    struct docbao_article *a;
    assert_int_equal(docbao_open_bytes(d, "x", text, strlen(text), &a), DOCBAO_OK);
    struct docbao_head head = docbao_head_of(a);
    *repeated = 0;
    for (uint32_t i = 0; i < head.skipped; i++)
        *repeated += strcmp(docbao_skipped_at(a, i).reason, "repeated") == 0;
    docbao_close(a);
    return head.blocks;
}

static void only_as_asked(void **state)
{
    (void)state;
    static const struct docbao_options options[] = {
        {.skip_repeats = true}, {0}, {.skip_repeats = true, .raw = true}};
    for (size_t i = 0; i < 3; i++) {
        struct docbao *d = docbao_new(&options[i]);
        uint32_t repeated, first = blocks_of(d, pottery, &repeated);
        assert_int_equal(repeated, 0);
        uint32_t second = blocks_of(d, silk, &repeated);
        assert_int_equal(repeated, i == 0 ? 3 : 0);
        assert_int_equal(second + repeated, first);
        docbao_free(d);
    }
    /* An article that could not be opened does not count. */
    struct docbao *d = docbao_new(&(struct docbao_options){.skip_repeats = true, .voice = "x"});
    struct docbao_article *a;
    assert_int_equal(docbao_open_bytes(d, "x", pottery, strlen(pottery), &a), DOCBAO_USAGE);
    docbao_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_all_have_is_read_once),
        cmocka_unit_test(an_article_that_comes_again_is_as_it_was),
        cmocka_unit_test(a_story_that_goes_on_is_read_in_full),
        cmocka_unit_test(short_paragraphs_and_captions_may_come_again),
        cmocka_unit_test(a_closing_line_goes),
        cmocka_unit_test(headings_go_with_what_stands_under_them),
        cmocka_unit_test(lists_and_tables_stay_whole),
        cmocka_unit_test(one_block_only),
        cmocka_unit_test(parts_of_archives_go_too),
        cmocka_unit_test(stretches_inside_a_block_go_with_it),
        cmocka_unit_test(many_articles_and_odd_ones),
        cmocka_unit_test(chance),
        cmocka_unit_test(only_as_asked),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
