/*
 * Official papers in documents of Word, and papers that are cut or out of order. The layouts
 * tests/unit/pasted/van-ban-* and tests/unit/html/van-ban-* show what is read of whole ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>

#include "documents.h"

#define LEFT(inside) "<w:tc>" inside "</w:tc>"
#define TABLE_OF(cells) "<w:tbl><w:tr>" cells "</w:tr></w:tbl>"
#define LINE_BREAK "</w:t><w:br/><w:t>"
#define TAB "</w:t><w:tab/><w:t>"

static void two_cells_are_a_letterhead(void **state)
{
    (void)state;
    static const struct part parts[] = {
        {"word/document.xml",
         BODY(TABLE_OF(
             LEFT(PARAGRAPH("ỦY BAN NHÂN DÂN") PARAGRAPH("XÃ HÒA SƠN") PARAGRAPH("Số: 45/GM-UBND"))
                 LEFT(PARAGRAPH("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") PARAGRAPH(
                     "Độc lập – Tự do – Hạnh phúc") PARAGRAPH("Hòa Sơn, ngày 12 tháng 6 năm 2025")))
                  PARAGRAPH("GIẤY MỜI") PARAGRAPH("Dự hội nghị sơ kết")
                      PARAGRAPH("UBND xã mời các đồng chí dự họp.")
                          TABLE_OF(LEFT(PARAGRAPH("Nơi nhận:") PARAGRAPH("- Như trên;")
                                            PARAGRAPH("- Lưu: VT."))
                                       LEFT(PARAGRAPH("TM. ỦY BAN NHÂN DÂN") PARAGRAPH("CHỦ TỊCH")
                                                PARAGRAPH("(Đã ký)") PARAGRAPH("Trần Văn Bình"))))},
        {"docProps/core.xml", CORE("ỦY BAN NHÂN DÂN XÃ")},
        {NULL, NULL},
    };
    expect_parts("giấy mời.docx", parts,
                 "heading: ỦY BAN NHÂN DÂN\n\nXÃ HÒA SƠN\n"
                 "heading: GIẤY MỜI\n"
                 "paragraph: Số: 45/GM-UBND\n"
                 "heading: Dự hội nghị sơ kết\n"
                 "paragraph: Hòa Sơn, ngày 12 tháng 6 năm 2025\n"
                 "paragraph: UBND xã mời các đồng chí dự họp.\n"
                 "byline: TM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH\n\n(Đã ký)\n\nTrần Văn Bình\n"
                 "-properties: ỦY BAN NHÂN DÂN XÃ\n"
                 "-motto: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                 "-motto: Độc lập – Tự do – Hạnh phúc\n"
                 "-recipients: Nơi nhận:\n-recipients: - Như trên;\n-recipients: - Lưu: VT.\n"
                 "-signed: (Đã ký)\n");
}

static void line_breaks_and_tabs_divide_a_letterhead(void **state)
{
    (void)state;
    static const struct part breaks[] = {
        {"word/document.xml",
         BODY(TABLE_OF(LEFT(PARAGRAPH("UBND HUYỆN LAM GIANG" LINE_BREAK "PHÒNG NỘI VỤ" LINE_BREAK
                                      "Số: 88/PNV" LINE_BREAK "V/v rà soát danh sách"))
                           LEFT(PARAGRAPH("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" LINE_BREAK
                                          "Độc lập - Tự do - Hạnh phúc")))
                  PARAGRAPH("Kính gửi: UBND các xã") PARAGRAPH("Đề nghị các xã rà soát."))},
        {NULL, NULL},
    };
    static const struct part tabs[] = {
        {"word/document.xml",
         BODY(PARAGRAPH("TRẠM Y TẾ XÃ" TAB "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
                  PARAGRAPH("Số: 5/TB-TYT" TAB "Độc lập - Tự do - Hạnh phúc") PARAGRAPH("THÔNG BÁO")
                      PARAGRAPH("Lịch tiêm chủng tháng 3"))},
        {NULL, NULL},
    };
    expect_parts("a.docx", breaks,
                 "heading: UBND HUYỆN LAM GIANG\nheading: PHÒNG NỘI VỤ\n"
                 "paragraph: Số: 88/PNV\nheading: V/v rà soát danh sách\n"
                 "paragraph: Kính gửi: UBND các xã\nparagraph: Đề nghị các xã rà soát.\n"
                 "-motto: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                 "-motto: Độc lập - Tự do - Hạnh phúc\n");
    expect_parts("b.docx", tabs,
                 "heading: TRẠM Y TẾ XÃ\nheading: THÔNG BÁO\nparagraph: Số: 5/TB-TYT\n"
                 "heading: Lịch tiêm chủng tháng 3\n"
                 "-motto: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                 "-motto: Độc lập - Tự do - Hạnh phúc\n");
}

/* Reads the text aloud: it must begin with the sentences of `expected`, one on each line. */
static void expect_said(const char *text, const char *expected)
{
    struct article a;
    struct buf said = BUF_INIT;
    open_document(&a, "thử", sv_of(text), false);
    expect_promises(&a);
    for (size_t i = 0; i < a.sentences.n; i++)
        buf_addf(&said, "%.*s\n", SV_ARG(sv_at(buf_sv(&a.spoken), a.sentences.at[i].spoken)));
    if (!sv_starts(buf_sv(&said), sv_of(expected)))
        fail_msg("got:\n%sinstead of:\n%s", said.p, expected);
    buf_free(&said);
    article_free(&a);
}

#define BELOW_HEAD "Dự họp thôn\nKính gửi: ông A.\nMời ông dự họp.\n"

static void columns_run_together(void **state)
{
    (void)state;
    expect_said("UBND XÃ HÒA SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n"
                "Số: 45/GM-UBND Hòa Sơn, ngày 5 tháng 3 năm 2025\nGIẤY MỜI\n" BELOW_HEAD,
                "ủy ban nhân dân xã hòa sơn\ngiấy mời\nsố: bốn mươi lăm, ủy ban nhân dân\n"
                "dự họp thôn\n");
    expect_said("ĐẢNG BỘ XÃ HÒA SƠN ĐẢNG CỘNG SẢN VIỆT NAM\nSố 18-KH/ĐU\nKẾ HOẠCH\n" BELOW_HEAD,
                "đảng bộ xã hòa sơn\nkế hoạch\nsố mười tám, đảng ủy\n");
}

static void a_national_name_in_a_longer_one_is_read(void **state)
{
    (void)state;
    static const char said[] = "quốc hội nước cộng hòa xã hội chủ nghĩa việt nam\nnghị quyết\n";
    expect_said("QUỐC HỘI NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 45/2024/QH15\n"
                "Hà Nội, ngày 12 tháng 6 năm 2024\nNGHỊ QUYẾT\n" BELOW_HEAD,
                said);
    expect_said("QUỐC HỘI\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT "
                "NAM\nSố: 45/2024/QH15\tĐộc lập - Tự do - Hạnh phúc\nNGHỊ QUYẾT\n" BELOW_HEAD,
                said);
}

#define TWO_COLUMNS(number)                                                                             \
    "UBND XÃ HÒA SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" number "\tĐộc lập - Tự do - Hạnh " \
    "phúc\n"

/* Only its own number leaves the kind out, and only if the letters name that kind. */
static void the_kind_is_said_once(void **state)
{
    (void)state;
    expect_said(TWO_COLUMNS("Số: 7/2024/QĐ-UBND") "QUYẾT ĐỊNH\nVề việc khen thưởng\n"
                                                  "Căn cứ 8/2020/QĐ-UBND;\n",
                "ủy ban nhân dân xã hòa sơn\nquyết định\n"
                "số: bảy, năm hai nghìn không trăm hai mươi tư, ủy ban nhân dân\n"
                "về việc khen thưởng\n"
                "căn cứ tám, năm hai nghìn không trăm hai mươi, quyết định ủy ban nhân dân;\n");
    expect_said(TWO_COLUMNS("Số: 7/TB-UBND") "KẾT LUẬN\n" BELOW_HEAD,
                "ủy ban nhân dân xã hòa sơn\nkết luận\nsố: bảy, thông báo ủy ban nhân dân\n");
    expect_said(TWO_COLUMNS("Số: 7/TB-UBND") "V/v họp thôn\nKính gửi: ông A.\n",
                "ủy ban nhân dân xã hòa sơn\nsố: bảy, thông báo ủy ban nhân dân\n");
}

static void load(struct buf *out, const char *path)
{
    char chunk[4096];
    size_t got;
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s is missing", path);
    while ((got = fread(chunk, 1, sizeof chunk, f)) > 0)
        buf_add(out, chunk, got);
    fclose(f);
}

static void expect_promises_of(struct sv text)
{
    struct article a;
    struct err e = ERR_INIT;
    if (article_from_bytes(&a, "thử", text, &(struct read_options){0}, &e) == STATUS_OK)
        expect_promises(&a);
    article_free(&a);
    err_free(&e);
}

/* The text from its middle on, then its beginning. */
static void turn(struct buf *out, struct sv text, size_t middle)
{
    while (middle < text.n && text.p[middle] != '\n')
        middle++;
    buf_add_sv(out, sv_sub(text, middle, text.n - middle));
    buf_putc(out, '\n');
    buf_add_sv(out, sv_sub(text, 0, middle));
}

static void cut_and_turned_papers_keep_the_promises(void **state)
{
    (void)state;
    DIR *folder = opendir(DOCBAO_SOURCE "/tests/unit/pasted");
    size_t papers = 0;
    assert_non_null(folder);
    for (struct dirent *d = readdir(folder); d; d = readdir(folder)) {
        struct buf path = BUF_INIT, text = BUF_INIT;
        if (!sv_starts(sv_of(d->d_name), SV("van-ban-")) || !sv_ends(sv_of(d->d_name), SV(".txt")))
            continue;
        buf_addf(&path, "%s/tests/unit/pasted/%s", DOCBAO_SOURCE, d->d_name);
        load(&text, path.p);
        for (size_t cut = 1; cut <= text.n; cut += 1 + text.n / 29) {
            struct buf turned = BUF_INIT;
            turn(&turned, buf_sv(&text), cut);
            expect_promises_of(sv_sub(buf_sv(&text), 0, cut));
            expect_promises_of(buf_sv(&turned));
            buf_free(&turned);
        }
        papers++;
        buf_free(&path);
        buf_free(&text);
    }
    closedir(folder);
    assert_true(papers > 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_cells_are_a_letterhead),
        cmocka_unit_test(line_breaks_and_tabs_divide_a_letterhead),
        cmocka_unit_test(columns_run_together),
        cmocka_unit_test(a_national_name_in_a_longer_one_is_read),
        cmocka_unit_test(the_kind_is_said_once),
        cmocka_unit_test(cut_and_turned_papers_keep_the_promises),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
