#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>

#include "article/read.h"
#include "base/nfc.h"
#include "base/utf8.h"

static const struct read_options plain = {0};
static const char *const kinds[] = {"title", "date",  "sapo",    "heading", "paragraph",
                                    "list",  "table", "caption", "byline"};

static bool counts(uint32_t code)
{
    enum char_kind kind = char_kind_of(code);
    return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_SYMBOL || kind == CHAR_OTHER;
}

/* Blocks are disjoint; skipped stretches are disjoint, and each lies outside all blocks or inside
 * one; together they hold every letter, digit and symbol; blocks stand in reading order. */
static void check_promises(const struct article *a)
{
    char *owner = mem_zalloc(a->text.n + 1); /* 1: block, 2: skipped, 3: both */
    int previous = -1;
    for (size_t i = 0; i < a->blocks.n; i++) {
        struct block b = a->blocks.at[i];
        assert_true(b.text.len && b.text.off + b.text.len <= a->text.n);
        int order = b.kind <= BLOCK_SAPO ? b.kind : b.kind == BLOCK_BYLINE ? 9 : 5;
        assert_true(order > previous || (order == 5 && previous == 5));
        previous = order;
        for (uint32_t k = b.text.off; k < b.text.off + b.text.len; k++) {
            assert_int_equal(owner[k], 0);
            owner[k] = 1;
        }
    }
    for (size_t i = 0; i < a->skipped.n; i++) {
        struct span s = a->skipped.at[i].text;
        assert_true(s.len && s.off + s.len <= a->text.n && a->skipped.at[i].reason);
        for (uint32_t k = s.off; k < s.off + s.len; k++) {
            assert_true(owner[k] < 2 && owner[k] == owner[s.off] - (k > s.off ? 2 : 0));
            owner[k] += 2;
        }
    }
    for (size_t i = 0; i < a->text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(a->text, i, a->text.n - i), &code);
        if (counts(code) && !owner[i])
            fail_msg("lost at %zu: \"%.*s\"", i, (int)(a->text.n - i < 40 ? a->text.n - i : 40),
                     a->text.p + i);
        i += n;
    }
    free(owner);
}

static void read_text(struct article *a, struct sv text)
{
    struct err e = ERR_INIT;
    if (article_from_bytes(a, "thử", text, &plain, &e) != STATUS_OK)
        fail_msg("%s", e.message.p);
    err_free(&e);
    check_promises(a);
}

/* White space folded to one space, the written form of the sidecars. */
static void fold(struct buf *out, struct sv v)
{
    bool space = false;
    for (size_t i = 0; i < v.n; i++) {
        bool white = v.p[i] == ' ' || v.p[i] == '\n';
        if (!white || !space)
            buf_putc(out, white ? ' ' : v.p[i]);
        space = white;
    }
}

/* "kind<TAB>text" lines of the blocks, in their order. */
static void describe_blocks(struct buf *out, const struct article *a)
{
    for (size_t i = 0; i < a->blocks.n; i++) {
        buf_addf(out, "%s\t", kinds[a->blocks.at[i].kind]);
        fold(out, sv_at(a->text, a->blocks.at[i].text));
        buf_putc(out, '\n');
    }
}

/* Bars and the like are left out. */
static void describe_skipped(struct buf *out, const struct article *a)
{
    for (size_t i = 0; i < a->skipped.n; i++) {
        if (a->skipped.at[i].reason == SKIP_DECORATION)
            continue;
        buf_adds(out, "skip\t");
        fold(out, sv_at(a->text, a->skipped.at[i].text));
        buf_putc(out, '\n');
    }
}

static char *load(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    struct buf b = BUF_INIT;
    char chunk[4096];
    size_t got;
    if (!f)
        return NULL;
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(&b, chunk, got);
    fclose(f);
    *n = b.n;
    return buf_detach(&b);
}

/* The lines of a sidecar that are skips, or that are not; title, date and sapo as they stand. */
static void pick(struct buf *out, struct sv sidecar, bool skips)
{
    while (sidecar.p) {
        struct sv line = sv_cut(&sidecar, '\n');
        if (!line.n || line.p[0] == '#' || sv_starts(line, SV("skip\t")) != skips)
            continue;
        buf_add_sv(out, line);
        buf_putc(out, '\n');
    }
}

static void compare_with_sidecar(const char *text_path, const char *sidecar_path)
{
    size_t n = 0, m = 0;
    char *text = load(text_path, &n), *sidecar = load(sidecar_path, &m);
    if (text && sidecar) {
        struct article a;
        struct buf want = BUF_INIT, got = BUF_INIT;
        read_text(&a, (struct sv){text, n});
        pick(&want, (struct sv){sidecar, m}, false);
        describe_blocks(&got, &a);
        assert_string_equal(got.p, want.p);
        buf_clear(&want);
        buf_clear(&got);
        pick(&want, (struct sv){sidecar, m}, true);
        describe_skipped(&got, &a);
        assert_string_equal(got.p, want.p);
        buf_free(&want);
        buf_free(&got);
        article_free(&a);
    }
    free(text);
    free(sidecar);
}

/* Calls `visit` with the path of every assets/samples/NAME.txt, and NAME. */
static void each_sample(void (*visit)(const char *path, struct sv name))
{
    DIR *folder = opendir(DOCBAO_SOURCE "/assets/samples");
    assert_non_null(folder);
    for (struct dirent *d = readdir(folder); d; d = readdir(folder)) {
        struct sv name = sv_of(d->d_name);
        if (!sv_ends(name, SV(".txt")))
            continue;
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/assets/samples/%s", DOCBAO_SOURCE, d->d_name);
        name.n -= 4;
        visit(path.p, name);
        buf_free(&path);
    }
    closedir(folder);
}

static void visit_sidecar(const char *path, struct sv name)
{
    struct buf sidecar = BUF_INIT;
    buf_addf(&sidecar, "%s/assets/samples/%.*s.expected.tsv", DOCBAO_SOURCE, SV_ARG(name));
    compare_with_sidecar(path, sidecar.p);
    buf_free(&sidecar);
}

static void samples_come_out_right(void **state)
{
    (void)state;
    each_sample(visit_sidecar);
}

static void try_part(struct sv part)
{
    struct article a;
    struct err e = ERR_INIT;
    if (article_from_bytes(&a, "thử", part, &plain, &e) == STATUS_OK)
        check_promises(&a);
    article_free(&a);
    err_free(&e);
}

static void shuffle_lines(struct buf *out, struct sv text, uint32_t seed)
{
    VEC(struct sv) lines = {0};
    while (text.p)
        *vec_push(&lines) = sv_cut(&text, '\n');
    for (size_t i = lines.n; i > 1; i--) {
        seed = seed * 1664525u + 1013904223u;
        size_t k = (seed >> 8) % i;
        struct sv other = lines.at[k];
        lines.at[k] = lines.at[i - 1];
        lines.at[i - 1] = other;
    }
    for (size_t i = 0; i < lines.n; i++) {
        buf_add_sv(out, lines.at[i]);
        buf_putc(out, '\n');
    }
    vec_free(&lines);
}

static void visit_mangled(const char *path, struct sv name)
{
    (void)name;
    size_t n;
    char *text = load(path, &n);
    for (size_t cut = 1; cut < n; cut += 1 + n / 97) {
        try_part((struct sv){text, cut});
        try_part((struct sv){text + cut, n - cut});
    }
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct buf mixed = BUF_INIT;
        shuffle_lines(&mixed, (struct sv){text, n}, seed);
        try_part(buf_sv(&mixed));
        buf_free(&mixed);
    }
    free(text);
}

static void nothing_is_lost_in_mangled_samples(void **state)
{
    (void)state;
    each_sample(visit_mangled);
}

static void expect_blocks(const char *text, const char *want)
{
    struct article a;
    struct buf got = BUF_INIT;
    read_text(&a, sv_of(text));
    describe_blocks(&got, &a);
    assert_string_equal(got.p, want);
    buf_free(&got);
    article_free(&a);
}

#define LONG_A                                                                                     \
    "Sáng sớm nay, người dân xóm Bến kéo nhau ra đê xem nước rút sau ba ngày mưa lớn liên tiếp."
#define LONG_B                                                                                     \
    "Theo ban quản lý, mực nước đã xuống dưới mức báo động và các chuyến đò sẽ chạy lại từ chiều."
#define LONG_C                                                                                     \
    "Bà con nói năm nay lũ về muộn hơn mọi năm, nhưng ai cũng đã kịp gặt xong ruộng lúa của mình."

static void a_lone_line_is_read(void **state)
{
    (void)state;
    expect_blocks("HĐND huyện", "paragraph\tHĐND huyện\n");
    expect_blocks("Chia sẻ", "paragraph\tChia sẻ\n");
    expect_blocks("7", "paragraph\t7\n");
    expect_blocks("12/03/2024", "paragraph\t12/03/2024\n");
    expect_blocks("Ngày xuân con én đưa thoi\nThiều quang chín chục đã ngoài sáu mươi",
                  "paragraph\tNgày xuân con én đưa thoi\n"
                  "paragraph\tThiều quang chín chục đã ngoài sáu mươi\n");
}

static void plain_paragraphs_are_all_read(void **state)
{
    (void)state;
    expect_blocks(LONG_A "\n" LONG_B "\n" LONG_C "\n",
                  "paragraph\t" LONG_A "\nparagraph\t" LONG_B "\nparagraph\t" LONG_C "\n");
    expect_blocks("Chương 1\n" LONG_A "\nNgười ấy lặng im.\n",
                  "title\tChương 1\nparagraph\t" LONG_A "\nparagraph\tNgười ấy lặng im.\n");
    expect_blocks("Chuyến đò sau cơn lũ\n\n" LONG_A "\n\n" LONG_B "\n",
                  "title\tChuyến đò sau cơn lũ\nparagraph\t" LONG_A "\nparagraph\t" LONG_B "\n");
}

static void expect_date(const char *line, const char *block, const char *iso)
{
    struct buf text = BUF_INIT;
    struct article a;
    buf_addf(&text, "Chuyến đò đầu tiên sau cơn lũ ở xóm Bến\n%s\n%s\n%s\n", line, LONG_A, LONG_B);
    read_text(&a, buf_sv(&text));
    const struct block *date = article_block(&a, BLOCK_DATE);
    if (!date || !sv_is(sv_at(a.text, date->text), block))
        fail_msg("\"%s\": no date block \"%s\"", line, block);
    assert_string_equal(a.date, iso);
    buf_free(&text);
    article_free(&a);
}

static void publication_lines(void **state)
{
    (void)state;
    expect_date("Thứ 6, 24/05/2024 | 08:21:16 [GMT +7] A A", "Thứ 6, 24/05/2024",
                "2024-05-24T08:21:16+07:00");
    expect_date("Thứ ba, 5/3/2024, 00:05 (GMT+7)", "Thứ ba, 5/3/2024", "2024-03-05T00:05+07:00");
    expect_date("05/03/2024    09:51", "05/03/2024", "2024-03-05T09:51");
    expect_date("05-03-2024 - 00:01 AM | Chuyện quê", "05-03-2024", "2024-03-05T00:01");
    expect_date("05-03-2024 - 01:30 PM | Chuyện quê", "05-03-2024", "2024-03-05T13:30");
    expect_date("09:15 | 05/03/2024", "05/03/2024", "2024-03-05T09:15");
    expect_date("Chủ nhật, 3/3/2024", "Chủ nhật, 3/3/2024", "2024-03-03");
    expect_date("Ngày đăng: 3/3/2024", "3/3/2024", "2024-03-03");
    expect_date("Cập nhật lúc 16h05, ngày 3/3/2024", "3/3/2024", "2024-03-03T16:05");
    expect_date("Thứ Hai, ngày 4 tháng 3 năm 2024", "Thứ Hai, ngày 4 tháng 3 năm 2024",
                "2024-03-04");
    expect_date("CHỦ NHẬT, 03.03.2024 07:00 UTC+7", "CHỦ NHẬT, 03.03.2024",
                "2024-03-03T07:00+07:00");
}

static void boxes_inside_the_body_are_skipped(void **state)
{
    (void)state;
    expect_blocks("Chuyến đò đầu tiên sau cơn lũ ở xóm Bến\n05/03/2024 09:51\n"
                  "(Báo Bến) - " LONG_A "\n" LONG_B "\nXem thêm\n"
                  "Ba ngôi làng ven sông dựng lại nhà sau bão lớn\nQuảng cáo\n"
                  "Nước rút chậm\n" LONG_C "\nMột góc đê. Ảnh: Hà Vy\n" LONG_A "\n"
                  "Hà Vy\nBình luận (3)\nHay quá, cảm ơn tác giả.\n",
                  "title\tChuyến đò đầu tiên sau cơn lũ ở xóm Bến\ndate\t05/03/2024\n"
                  "sapo\t(Báo Bến) - " LONG_A "\nparagraph\t" LONG_B "\nheading\tNước rút chậm\n"
                  "paragraph\t" LONG_C "\ncaption\tMột góc đê. Ảnh: Hà Vy\nparagraph\t" LONG_A
                  "\nbyline\tHà Vy\n");
}

static void bylines(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Hà Vy",           "Hà Vy (tổng hợp)", "HÀ VY - LÊ NA", "PV",     "N.V.A",
        "Bài, ảnh: Hà Vy", "Hà Vy, Lê Na",     "Theo Báo Bến",  "Nhóm PV"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf text = BUF_INIT, want = BUF_INIT;
        buf_addf(&text,
                 "Chuyến đò đầu tiên sau cơn lũ ở xóm Bến\n05/03/2024\n%s\n%s\n%s\nChia sẻ\n",
                 LONG_A, LONG_B, names[i]);
        buf_addf(&want,
                 "title\tChuyến đò đầu tiên sau cơn lũ ở xóm Bến\ndate\t05/03/2024\nsapo\t%s\n"
                 "paragraph\t%s\nbyline\t%s\n",
                 LONG_A, LONG_B, names[i]);
        expect_blocks(text.p, want.p);
        buf_free(&text);
        buf_free(&want);
    }
}

static void hostile_sizes_stay_linear(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct article a;
    for (int i = 0; i < 300000; i++)
        buf_adds(&text, "Thời sự\n");
    read_text(&a, buf_sv(&text));
    article_free(&a);
    buf_clear(&text);
    for (int i = 0; i < 200000; i++)
        buf_adds(&text, "một câu dài không có dòng mới. ");
    read_text(&a, buf_sv(&text));
    assert_int_equal(a.blocks.n, 1);
    article_free(&a);
    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_putc(&text, 'x');
    read_text(&a, buf_sv(&text));
    assert_int_equal(a.blocks.n, 1);
    article_free(&a);
    buf_free(&text);
}

/* A text that was taken from the source of a page: the references are decoded, and their places in
 * the source are known. */
static void references_are_decoded(void **state)
{
    (void)state;
    static const char text[] = "Máy bay&nbsp;x&aacute;c định&nbspmục tiêu, &quot;lớn&quot;.\n\n"
                               "AT&T; R&D, H&M; a&copy=1, &shy;&#0; &amp;lt;.";
    struct article a;
    read_text(&a, sv_of(text));
    assert_true(sv_find(a.text, SV("Máy bay xác định mục tiêu, \"lớn\".")) == 0);
    assert_true(sv_find(a.text, SV("AT&T; R&D, H&M; a&copy=1, &shy;&#0; &lt;.")) > 0);
    ptrdiff_t at = sv_find(a.text, SV("xác"));
    struct span source = article_source_span(&a, (struct span){(uint32_t)at, 4});
    assert_true(sv_eq(sv_at(a.source, source), SV("x&aacute;c")));
    article_free(&a);
}

/* The text that a reference becomes is composed, and means what it looks like, as in a page. */
static void decoded_references_are_composed(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"đo bằng &#8491; một", "đo bằng Å một"},
        {"cấp c&#xAC00;\u11A8 một", "cấp c각 một"},
        {"chữ &#xAC00;&#x1161;&#x301; lạ", "chữ 가&#x1161;&#x301; lạ"},
        {"nước vi&#234;\u0323t nam", "nước việt nam"},
        {"nước vi&ecirc;\u0323\u0323t nam", "nước việ\u0323t nam"},
        {"ra &ETH;à N&#7861;ng, VN&ETH;", "ra Đà Nẵng, VNĐ"},
        {"máy bay 737&#8209;800, 7&hyphen;8", "máy bay 737-800, 7-8"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct article a;
        read_text(&a, sv_of(texts[i][0]));
        assert_string_equal(a.text.p, texts[i][1]);
        article_free(&a);
    }
    struct article a;
    read_text(&a, SV("nước vi&#234;\u0323t nam"));
    ptrdiff_t at = sv_find(a.text, SV("ệ"));
    struct span source = article_source_span(&a, (struct span){(uint32_t)at, 3});
    assert_true(sv_eq(sv_at(a.source, source), SV("&#234;\u0323")));
    article_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_come_out_right),
        cmocka_unit_test(nothing_is_lost_in_mangled_samples),
        cmocka_unit_test(a_lone_line_is_read),
        cmocka_unit_test(plain_paragraphs_are_all_read),
        cmocka_unit_test(publication_lines),
        cmocka_unit_test(boxes_inside_the_body_are_skipped),
        cmocka_unit_test(bylines),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(decoded_references_are_composed),
        cmocka_unit_test(hostile_sizes_stay_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
