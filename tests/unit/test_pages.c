/*
 * Small pages as sketches, one a row: tests/unit/lines/pasted_pages.tsv and html_pages.tsv. A sign
 * stands for a line of its kind (add_line). In an HTML page it follows its element, "p:P", which
 * may have a class: "p.author:B"; "a" before the sign makes it a link: "h4:aT". "div.share{" opens
 * an element, "}" closes it. The answer has a word for each line in page order: the kind of its
 * block, or the reason why it is skipped in brackets; blocks that are not read in the order of the
 * page are not told apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "article/find/line.h"
#include "article/read.h"

static const char *const prose[] = {
    "Sáng sớm nay, người dân xóm Bến kéo nhau ra đê xem nước rút sau ba ngày mưa lớn.",
    "Theo ban quản lý, mực nước đã xuống dưới báo động và các chuyến đò chạy lại từ chiều.",
    "Bà con nói năm nay lũ về muộn hơn mọi năm, nhưng ai cũng đã kịp gặt xong ruộng lúa.",
    "Hợp tác xã đã huy động máy bơm từ các xã bên để cứu mấy chục héc ta rau màu ven sông.",
    "Trường học mở cửa trở lại vào đầu tuần sau, khi con đường qua cánh đồng hết ngập nước.",
    "Trạm y tế phát thuốc khử trùng giếng nước và nhắc mọi nhà đun sôi trước khi uống.",
    "Ông lái đò già kể rằng cả đời ông chưa từng thấy con nước nào rút nhanh như thế này.",
    "Huyện sẽ xây thêm một đoạn kè đá dài hơn hai trăm mét để giữ cho bờ khỏi lở tiếp.",
    "Mấy đoàn thiện nguyện từ thị trấn chở gạo, mì và áo phao về cho các hộ còn bị cô lập.",
    "Đến trưa nay, điện đã có lại ở gần hết các thôn, chỉ còn xóm ngoài bãi là chưa nối.",
};

static const char *const headlines[] = {
    "Chuyến đò đầu tiên sau cơn lũ ở xóm Bến ven sông Lam",
    "Giá lúa hè thu tăng mạnh tại các huyện đồng bằng",
    "Thị trấn khánh thành nhà văn hóa sau hai năm xây dựng",
    "Đội bóng chuyền nữ của tỉnh lần đầu vào vòng chung kết",
    "Khai mạc hội chợ nông sản sạch ở quảng trường trung tâm",
};

static const char *const few_words[] = {"Mùa lũ", "Chuyện quê", "Bến đò", "Con đê", "Cánh đồng"};
static const char *const menus[] = {"Trang chủ", "Báo in", "Biển đảo", "Bình dương", "An giang"};
static const char *const names[] = {"Hà Vy", "Lê Na", "Trần Minh"};
static const char *const items[] = {"- Thóc đã phơi khô", "- Máy gặt ba tầng", "- Ghe chở lúa"};

#define MANY(array) (array), sizeof(array) / sizeof *(array)
#define ONE(text) ((const char *const[]){text}), 1

static const struct sign {
    char sign;
    const char *const *lines; /* the first time the first, and so on */
    size_t n;
} signs[] = {
    {'P', MANY(prose)},
    {'T', MANY(headlines)},
    {'s', MANY(few_words)},
    {'m', MANY(menus)},
    {'B', MANY(names)},
    {'-', MANY(items)},
    {'D', ONE("Thứ Hai, 4/3/2024 08:05")},
    {'d', ONE("Thứ Ba, 5/3/2024")},
    {'h', ONE("08:05")},
    {'l', ONE("Tác giả: Lê Na")},
    {'S', ONE("Theo Báo Sớm Mai")},
    {'c', ONE("Nước rút, đò chạy.")},
    {'n', ONE("Giá 15 nghìn")},
    {'q', ONE("Bao giờ nước mới rút hết khỏi xóm Bến?")},
    {'A', ONE("Bến đò chiều nay. Ảnh: Lê Trung")},
    {'g', ONE("Ảnh: Lê Trung")},
    {'k', ONE("rồi lại ra bến chờ đò")},
    {'o', ONE("(BSM) - Chiều qua, đoàn công tác của huyện đã về thăm các hộ dân ven sông.")},
    {'e', ONE("Bà con ở các xã vùng bãi đang khẩn trương dọn bùn và sửa lại nhà cửa sau…")},
    {'b', ONE("Năm nay lúa được mùa lớn.")},
    {'X', ONE("Bình luận (3)")},
    {'R', ONE("Tin liên quan")},
    {'G', ONE("Từ khóa")},
    {'W', ONE("Google News")},
    {'H', ONE("Chia sẻ")},
    {'C', ONE("© 2024 Báo Sớm Mai")},
    {'r', ONE("Đọc tiếp")},
    {'>', ONE("Trang quê > Mùa lũ > Bến đò")},
    {'=', ONE("Chuyến đò đầu tiên sau cơn lũ ở xóm Bến ven sông Lam")},
    {'1', ONE("Ảnh 1/3")},
    {'2', ONE("Ảnh 2/3")},
    {'3', ONE("Ảnh 3/3")},
    {'K', ONE("KT. CHỦ TỊCH")},
    {'M', ONE("Mời bạn đón xem cảnh nước rút ở bến đò trên trang của báo vào sáng mai nhé.")},
    {'#', ONE("#bến đò #mùa lũ")},
    {'*', ONE("* * *")},
    {'V', ONE("ĐÒ NGỪNG CHẠY VÌ NƯỚC LỚN QUÁ")},
    {'v', ONE("LŨ2")},
    {'L', ONE("BÀ CON XÓM BẾN HÃY CẢNH GIÁC VỚI CON NƯỚC Ở KHÚC SÔNG CONG.")},
    {'y', ONE("Tại Hòa Sơn, ngày 18 tháng 9 năm 2024, trời tạnh")},
    {'Y', ONE("Ngày mùa của xóm, ngày 18 tháng 9")},
    {'j', ONE("Địa chỉ: xóm Bến")},
    {'J', ONE("Chuyện ở bến đò: nước rút")},
    {'(', ONE("(Còn nữa)")},
    {'i', ONE("1. Giá lúa hè thu")},
    {'t', ONE("Lúa tẻ   12   15")},
    {'u', ONE("Lúa nếp   20")},
    {'f', ONE("Vì sao năm nay con nước lại rút nhanh hơn hẳn mọi năm như vậy?")},
};

struct sketch {
    struct buf page;
    struct buf open; /* the elements that are open, each ended by '{' */
    size_t used[sizeof signs / sizeof *signs];
};

static void add_line(struct sketch *s, char sign)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].sign == sign) {
            buf_adds(&s->page, signs[i].lines[s->used[i]++ % signs[i].n]);
            return;
        }
    fail_msg("no sign: %c", sign);
}

static void add_tag(struct buf *out, struct sv element)
{
    struct sv tag = sv_cut(&element, '.');
    buf_addf(out, "<%.*s", SV_ARG(tag));
    if (element.p)
        buf_addf(out, " class=\"%.*s\"", SV_ARG(element));
    buf_putc(out, '>');
}

static void add_element(struct sketch *s, struct sv word)
{
    struct sv element = sv_cut(&word, ':'), tag = element;
    tag = sv_cut(&tag, '.');
    add_tag(&s->page, element);
    for (size_t i = 0; i < word.n; i++) {
        bool link = word.p[i] == 'a';
        i += link;
        buf_adds(&s->page, link ? "<a href=/x>" : "");
        add_line(s, word.p[i]);
        buf_adds(&s->page, link ? "</a>" : i + 1 < word.n ? " " : "");
    }
    buf_addf(&s->page, "</%.*s>\n", SV_ARG(tag));
}

static void close_element(struct sketch *s)
{
    size_t begin = --s->open.n;
    while (begin && s->open.p[begin - 1] != '{')
        begin--;
    buf_addf(&s->page, "</%.*s>\n", (int)(s->open.n - begin), s->open.p + begin);
    s->open.n = begin;
}

static void draw(struct sketch *s, struct sv words, bool html)
{
    for (struct sv word = line_next_word(&words); word.n; word = line_next_word(&words)) {
        if (!html && word.p[0] == '_') {
            buf_putc(&s->page, '\n');
        } else if (!html) {
            add_line(s, word.p[0]);
            buf_putc(&s->page, '\n');
        } else if (word.p[0] == '}') {
            close_element(s);
        } else if (word.p[word.n - 1] == '{') {
            struct sv tag = sv_sub(word, 0, word.n - 1);
            add_tag(&s->page, tag);
            buf_add_sv(&s->open, sv_cut(&tag, '.'));
            buf_putc(&s->open, '{');
        } else {
            add_element(s, word);
        }
    }
    while (s->open.n)
        close_element(s);
}

struct part {
    struct span text; /* first, for span_cmp */
    const char *word;
    bool skipped;
};

static void describe(struct buf *out, const struct article *a)
{
    static const char *const kinds[] = {"title", "date",  "sapo",    "heading", "paragraph",
                                        "list",  "table", "caption", "byline"};
    VEC(struct part) parts = {0};
    for (size_t i = 0; i < a->blocks.n; i++)
        *vec_push(&parts) = (struct part){a->blocks.at[i].text, kinds[a->blocks.at[i].kind], false};
    for (size_t i = 0; i < a->skipped.n; i++)
        if (a->skipped.at[i].reason != SKIP_DECORATION)
            *vec_push(&parts) =
                (struct part){a->skipped.at[i].text, skip_word(a->skipped.at[i].reason), true};
    qsort(parts.at, parts.n, sizeof *parts.at, span_cmp);
    for (size_t i = 0; i < parts.n; i++)
        buf_addf(out, parts.at[i].skipped ? "%s(%s)" : "%s%s", i ? " " : "", parts.at[i].word);
    buf_addf(out, " %s", a->date ? a->date : "-");
    vec_free(&parts);
}

static void read_sketch(struct buf *out, struct sv words, bool html)
{
    struct sketch s = {.page = BUF_INIT, .open = BUF_INIT};
    struct read_options options = {0};
    struct err e = ERR_INIT;
    struct article a;
    if (html)
        buf_adds(&s.page, "<!doctype html><html><body>\n");
    draw(&s, words, html);
    const char *name = html ? "page.html" : "page.txt";
    if (article_from_bytes(&a, name, buf_sv(&s.page), &options, &e) == STATUS_OK)
        describe(out, &a);
    else
        buf_adds(out, "none");
    article_free(&a);
    err_free(&e);
    buf_free(&s.page);
    buf_free(&s.open);
}

static void check_rows(const char *name, bool html)
{
    struct buf path = BUF_INIT, table = BUF_INIT, got = BUF_INIT;
    char chunk[4096];
    size_t rows = 0, wrong = 0, n;
    buf_addf(&path, "%s/tests/unit/lines/%s.tsv", DOCBAO_SOURCE, name);
    FILE *f = fopen(path.p, "rb");
    assert_non_null(f);
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&table, chunk, n);
    fclose(f);
    for (struct sv rest = buf_sv(&table); rest.n;) {
        struct sv want = sv_cut(&rest, '\n');
        if (!want.n || sv_starts(want, SV("# ")))
            continue;
        struct sv words = sv_cut(&want, '\t');
        buf_clear(&got);
        read_sketch(&got, words, html);
        rows++;
        if (sv_eq(buf_sv(&got), want))
            continue;
        wrong++;
        print_error("%s: \"%.*s\"\n   got: %.*s\nwanted: %.*s\n", name, SV_ARG(words),
                    SV_ARG(buf_sv(&got)), SV_ARG(want));
    }
    assert_true(rows > 0);
    assert_int_equal(wrong, 0);
    buf_free(&path);
    buf_free(&table);
    buf_free(&got);
}

static void pasted_sketches(void **state)
{
    (void)state;
    check_rows("pasted_pages", false);
}

static void html_sketches(void **state)
{
    (void)state;
    check_rows("html_pages", true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pasted_sketches),
        cmocka_unit_test(html_sketches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
