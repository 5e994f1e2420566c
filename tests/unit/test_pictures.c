/* The picture of an article in a page that was saved: which one it is, and where it may be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/replacement.h"
#include "docbao/internal.h"
#include "sink/tag/picture.h"

#define PARAGRAPH                                                                                                       \
    "<p>Sáng 15/5, nhiều tiểu thương ở chợ Đồng Xuân cho biết lượng khách đã tăng trở lại " \
    "sau kỳ nghỉ dài, nhất là ở các gian hàng vải và đồ khô.</p>"

struct page {
    const char *head, *above, *within, *below;
};

static void add_page(struct buf *out, const struct page *p)
{
    buf_addf(out,
             "<html><head><title>Chợ Đồng Xuân đông khách trở lại sau kỳ nghỉ</title>%s</head>"
             "<body><header>%s<a href=/>Trang chủ</a><a href=/a>Thời sự</a></header>"
             "<article><h1>Chợ Đồng Xuân đông khách trở lại sau kỳ nghỉ</h1>" PARAGRAPH
             "%s" PARAGRAPH PARAGRAPH "</article>%s"
             "<footer><a href=/b>Liên hệ</a> Bản quyền của tờ báo</footer></body></html>",
             p->head, p->above, p->within, p->below);
}

/* ---- which one ---- */

static void expect_pictures(const struct page *p, const char *wanted)
{
    static const struct read_options options = {0};
    struct buf page = BUF_INIT, found = BUF_INIT;
    struct err e = ERR_INIT;
    struct article a;
    add_page(&page, p);
    assert_int_equal(article_from_bytes(&a, "bai.html", buf_sv(&page), &options, &e), STATUS_OK);
    for (size_t i = 0; i < a.pictures.n; i++)
        buf_addf(&found, "%s%s", i ? " " : "", a.pictures.at[i]);
    if (strcmp(found.p, wanted) != 0)
        fail_msg("“%s”, not “%s”, for %s%s%s%s", found.p, wanted, p->head, p->above, p->within,
                 p->below);
    article_free(&a);
    err_free(&e);
    buf_free(&page);
    buf_free(&found);
}

static void pictures_of_the_text_are_found(void **state)
{
    static const struct {
        const char *within, *wanted;
    } cases[] = {
        {"<p><img src='./Bai_files/cho.jpg'></p>", "Bai_files/cho.jpg"},
        {"<img src=Bai_files/cho.jpg>", "Bai_files/cho.jpg"},
        {"<img src='B%C3%A0i%201_files/cho.jpg?v=2'>", "Bài 1_files/cho.jpg"},
        {"<figure><picture><img src=f/cho.jpg></picture><figcaption>Chợ. Ảnh: Hà</figcaption>"
         "</figure>",
         "f/cho.jpg"},
        {"<img src=f/mot.jpg><figure><img src=f/hai.jpg></figure>", "f/hai.jpg f/mot.jpg"},
        /* A link to the same picture, only larger. */
        {"<a href='https://a.example/lon.jpg?w=9'><img src=f/cho.jpg></a>", "f/cho.jpg"},
        {"<img src=1><img src=2><img src=3><img src=4><img src=5>", "1 2 3 4"},
        /* Near misses: counters, signs, what leads to other articles or shops. */
        {"<img src=f/dem.gif width=1 height=1>", ""},
        {"<img src=f/zalo.png width=32>", ""},
        {"<img src=f/cho.jpg width='100%'>", "f/cho.jpg"},
        {"<img src=f/cho.jpg width=640 height=400>", "f/cho.jpg"},
        {"<noscript><img src=f/dem.jpg></noscript>", ""},
        {"<div style='display:none'><img src=f/dem.jpg></div>", ""},
        {"<div class=ads><img src=f/banner.jpg></div>", ""},
        {"<div class=ads><a href=https://shop.example/><img src=f/banner.jpg></a></div>", ""},
        {"<a href=https://shop.example/><img src=f/banner.jpg></a>", ""},
        {"<div class=related><ul><li><a href=/c><img src=f/nho.jpg>Tin khác cùng mục</a></li>"
         "</ul></div>",
         ""},
        {"<div class=related><img src=f/nho.jpg></div>", ""},
        {"<video src=f/phim.mp4></video>", ""},
        /* Near misses: not in the folder of the page. */
        {"<img src=https://a.example/cho.jpg>", ""},
        {"<img src=//a.example/cho.jpg>", ""},
        {"<img src=/etc/cho.jpg>", ""},
        {"<img src=file:///etc/cho.jpg>", ""},
        {"<img src='data:image/png;base64,AAAA'>", ""},
        {"<img src=../cho.jpg>", ""},
        {"<img src=f/../../cho.jpg>", ""},
        {"<img src=f/%2e%2e/%2e%2e/cho.jpg>", ""},
        {"<img src='C:\\cho.jpg'>", ""},
        {"<img src=f/../cho.jpg>", "cho.jpg"},
        {"<img src=''><img>", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_pictures(&(struct page){"", "", cases[i].within, ""}, cases[i].wanted);
}

static void pictures_around_the_text_are_not(void **state)
{
    (void)state;
    const char *sign = "<img src=f/logo.png>", *other = "<div><img src=f/chan.jpg></div>";
    expect_pictures(&(struct page){"", sign, "", other}, "");
    expect_pictures(&(struct page){"", sign, "<img src=f/cho.jpg>", other}, "f/cho.jpg");
}

static void what_the_head_names_comes_first(void **state)
{
    (void)state;
    const char *head =
        "<meta property=og:image content='https://cdn.example/2024/Anh-cho.jpg?w=9'>";
    expect_pictures(&(struct page){head, "<img src=f/anh-cho.jpg>", "<img src=f/hai.jpg>", ""},
                    "f/anh-cho.jpg f/hai.jpg");
    expect_pictures(&(struct page){head, "<img src=f/cho.jpg>", "<img src=f/hai.jpg>", ""},
                    "f/hai.jpg");
    /* Names that say nothing. */
    head = "<meta property=og:image content='https://cdn.example/1.j'>";
    expect_pictures(&(struct page){head, "<img src=f/1.j>", "<img src=f/hai.jpg>", ""},
                    "f/hai.jpg");
}

/* ---- the file ---- */

static void add_number(struct buf *out, uint32_t n, unsigned bytes)
{
    while (bytes--)
        buf_putc(out, (char)(n >> 8 * bytes & 0xFF));
}

/* The beginning of a picture, as far as anybody looks. */
static void write_png(const char *path, uint32_t width, uint32_t height)
{
    struct buf out = BUF_INIT;
    buf_add(&out, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
    add_number(&out, width, 4);
    add_number(&out, height, 4);
    assert_true(file_replace(path, buf_sv(&out)));
    buf_free(&out);
}

static void write_jpeg(const char *path, uint32_t width, uint32_t height)
{
    struct buf out = BUF_INIT;
    buf_add(&out, "\xFF\xD8\xFF\xE0\0\4ab\xFF\xFF\xC4\0\2\xFF\xC2\0\x11\10", 18);
    add_number(&out, height, 2);
    add_number(&out, width, 2);
    buf_add(&out, "\3\1\x22", 3);
    assert_true(file_replace(path, buf_sv(&out)));
    buf_free(&out);
}

/* Saves a page that shows these, and gives which of its pictures is taken: its width; 0: none. */
static uint32_t width_taken(const char *within, bool wanted)
{
    struct buf page = BUF_INIT;
    struct docbao_article *a;
    uint32_t width = 0, height;
    add_page(&page, &(struct page){"", "", within, ""});
    assert_true(file_replace("bai/Bài.html", buf_sv(&page)));
    struct docbao *d = docbao_new(&(struct docbao_options){.pictures = wanted});
    assert_int_equal(docbao_open_file(d, "bai/Bài.html", &a), DOCBAO_OK);
    bool taken = picture_size(a->a.picture, &width, &height);
    assert_int_equal(taken, a->a.picture.n > 0);
    docbao_close(a);
    docbao_free(d);
    buf_free(&page);
    return width;
}

static int enter_folder(void **state)
{
    char name[] = "/tmp/docbao-pictures-XXXXXX";
    if (!mkdtemp(name) || chdir(name) != 0)
        return -1;
    *state = strdup(name);
    return mkdir("bai", 0700) || mkdir("bai/f", 0700) || mkdir("ngoai", 0700);
}

static int leave_folder(void **state)
{
    static const char *const files[] = {
        "bai/f/ong",     "bai/f/lien-ket.png", "bai/f/trong.png", "bai/lon.jpg",
        "bai/f/cho.png", "bai/f/dem.png",      "bai/f/bien.png",  "bai/f/banner.png",
        "bai/Bài.html",  "ngoai/cho.png",      "bai/ra"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    int failure = rmdir("bai/f") || rmdir("bai") || rmdir("ngoai") || chdir("/") || rmdir(*state);
    free(*state);
    return failure;
}

static void only_what_shows_something_is_taken(void **state)
{
    (void)state;
    write_png("bai/f/cho.png", 640, 400);
    write_png("bai/f/dem.png", 1, 1);
    write_png("bai/f/bien.png", 199, 199);
    write_png("bai/f/banner.png", 728, 240);
    write_jpeg("bai/lon.jpg", 1200, 800);
    assert_int_equal(width_taken("<img src=f/cho.png>", true), 640);
    assert_int_equal(width_taken("<img src=f/cho.png>", false), 0);
    assert_int_equal(width_taken("<img src=./lon.jpg>", true), 1200);
    assert_int_equal(
        width_taken("<img src=f/dem.png><img src=f/khong-co.png><img src=lon.jpg>", true), 1200);
    assert_int_equal(width_taken("<img src=f/bien.png>", true), 0);
    assert_int_equal(width_taken("<img src=f/banner.png>", true), 0);
    assert_int_equal(width_taken("<img src=B%C3%A0i.html>", true), 0);
}

static void nothing_outside_is_opened(void **state)
{
    (void)state;
    write_png("ngoai/cho.png", 640, 400);
    assert_int_equal(symlink("../../ngoai/cho.png", "bai/f/lien-ket.png"), 0);
    assert_int_equal(symlink("../ngoai", "bai/ra"), 0);
    assert_int_equal(mkfifo("bai/f/ong", 0600), 0);
    assert_int_equal(width_taken("<img src=f/lien-ket.png>", true), 0);
    assert_int_equal(width_taken("<img src=ra/cho.png>", true), 0);
    assert_int_equal(width_taken("<img src=f/ong>", true), 0);
    assert_int_equal(width_taken("<img src=f>", true), 0);
    assert_int_equal(width_taken("<img src=../ngoai/cho.png>", true), 0);
}

static void paths_lead_down(void **state)
{
    static const char *const wrong[] = {"",           "/etc/passwd", "../ngoai/cho.png", "f/../f/a",
                                        "f//cho.png", "./f/cho.png", "f/cho.png/",       "f/"};
    struct buf out = BUF_INIT;
    (void)state;
    write_png("bai/f/cho.png", 640, 400);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(file_read_below("bai/Bài.html", sv_of(wrong[i]), 100, &out));
    assert_false(file_read_below("bai/Bài.html", (struct sv){"f/cho.png\0a", 11}, 100, &out));
    assert_false(file_read_below("bai/Bài.html", SV("f/cho.png"), 23, &out));
    assert_true(file_read_below("bai/Bài.html", SV("f/cho.png"), 24, &out));
    buf_free(&out);
}

static void damaged_pictures_have_no_size(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } wrong[] = {
        {"", 0},
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1", 23},
        {"\xFF\xD8\xFF\xC0\0\x11\10\1\0\1", 10},
        {"\xFF\xD8\xFF\xDA\0\2\xFF\xC0\0\x11\10\1\0\1\0", 15},
        {"\xFF\xD8\xFF\xE0\xFF\xFF\xFF\xC0\0\x11\10\1\0\1\0", 15},
        {"\xFF\xD8\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 15},
        {"\xFF\xD8\xFF\xE0\0\0\xFF\xE0\0\0\0\0\0\0\0", 15},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint32_t width, height;
        assert_false(picture_size((struct sv){wrong[i].bytes, wrong[i].n}, &width, &height));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_of_the_text_are_found),
        cmocka_unit_test(pictures_around_the_text_are_not),
        cmocka_unit_test(what_the_head_names_comes_first),
        cmocka_unit_test_setup_teardown(only_what_shows_something_is_taken, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(nothing_outside_is_opened, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(paths_lead_down, enter_folder, leave_folder),
        cmocka_unit_test(damaged_pictures_have_no_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
