/*
 * The doubts of an article: each kind with near misses, their order and count, and the row of a
 * lexicon that changes the reading.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "docbao/docbao.h"

static struct sv view(struct docbao_text text)
{
    return (struct sv){text.p, text.n};
}

static struct docbao *new_docbao(bool raw, const char *lexicon)
{
    return docbao_new(&(struct docbao_options){.raw = raw, .lexicon = lexicon});
}

static struct docbao_article *open_text(struct docbao *d, const char *text)
{
    struct docbao_article *a;
    if (docbao_open_bytes(d, "test", text, strlen(text), &a) != DOCBAO_OK)
        fail_msg("%s", docbao_last_error(d)->message);
    return a;
}

/* "kind written > spoken / other; " for each doubt. */
static void add_doubts(struct docbao *d, const char *text, struct buf *out)
{
    uint32_t count;
    struct docbao_article *a = open_text(d, text);
    assert_int_equal(docbao_check(d, a, &count), DOCBAO_OK);
    for (uint32_t i = 0; i < count; i++) {
        struct docbao_doubt doubt = docbao_doubt_at(a, i);
        buf_addf(out, "%s %.*s", doubt.kind, SV_ARG(view(doubt.written)));
        if (doubt.spoken.n)
            buf_addf(out, " > %.*s", SV_ARG(view(doubt.spoken)));
        if (doubt.other.n)
            buf_addf(out, " / %.*s", SV_ARG(view(doubt.other)));
        buf_adds(out, doubt.count > 1 ? " many; " : "; ");
    }
    docbao_close(a);
}

static const struct {
    const char *text, *doubts;
} cases[] = {
    {"Hôm nay trời đẹp.", ""},
    /* Spelled because nothing is known; what is always spelled is no doubt. */
    {"Hội XYQZ họp với ABC.", "spelled XYQZ > ích xì i cờ rét quy dét; "},
    /* An abbreviation with other meanings, without and with a cue; one with a single meaning. */
    {"MTV nói.", "no-cue MTV > em mờ tê vê / một thành viên; "},
    {"Xe BKS 95T-119.", "meanings BKS > biển kiểm soát / ban kiểm soát; "},
    {"UBND tỉnh họp.", ""},
    /* A foreign name by rules; a row of loanwords.tsv is none. */
    {"Ông Grabowiecki nói.", "foreign Grabowiecki > gơ ra bô vi ét xơ ki; "},
    {"Ông Putin nói.", ""},
    /* Numbers without a word beside them that decides. */
    {"Họ 3-5 thì hơn.", "number 3-5 > ba đến năm / ba tháng năm; "},
    {"Chợ 3/4 đông.", "number 3/4 > ba phần tư / ba tháng tư; "},
    {"Ngày 3/4 họp.", ""},
    {"Có 3/4 số hộ.", ""},
    {"Từ 3-5 người.", ""},
    {"Đội nhà thắng 3-1.", ""},
    {"Lúc 14/25 thì hơn.", ""}, /* no day of a year */
    /* The same again counts. */
    {"Họ 3-5 thì hơn. Họ 3-5 thì kém.", "number 3-5 > ba đến năm / ba tháng năm many; "},
    {"Hội XYQZ họp. Họ 3-5 thì hơn. Hội XYQZ nghỉ.",
     "spelled XYQZ > ích xì i cờ rét quy dét many; number 3-5 > ba đến năm / ba tháng năm; "},
};

static void each_kind_is_found(void **state)
{
    (void)state;
    struct docbao *d = new_docbao(true, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf doubts = BUF_INIT;
        buf_adds(&doubts, "");
        add_doubts(d, cases[i].text, &doubts);
        if (strcmp(doubts.p, cases[i].doubts) != 0)
            fail_msg("%s\nexpected: %s\nfound:    %s", cases[i].text, cases[i].doubts, doubts.p);
        buf_free(&doubts);
    }
    docbao_free(d);
}

static const char page[] =
    "Chợ Đồng Xuân mở lại\n\n"
    "Sáng nay, các tiểu thương đã dọn hàng về chợ và mở cửa đón khách trở lại sau hai tháng.\n\n"
    "Chia sẻ\n\n"
    "The traders of the old market were happy to open their shops again today.\n\n"
    "Ban quản lý chợ cho biết mọi việc đã xong và không còn quầy nào phải đóng cửa.\n\n"
    "Bình luận\n";

/* A sentence that is left out is named; buttons of the page and what follows the article are not.
 */
static void skipped_text_is_found_inside_the_article(void **state)
{
    (void)state;
    struct docbao *d = new_docbao(false, NULL);
    struct buf doubts = BUF_INIT;
    add_doubts(d, page, &doubts);
    assert_string_equal(doubts.p, "skipped The traders of the old market were happy to open their "
                                  "shops again today.; ");
    buf_free(&doubts);
    docbao_free(d);
}

/* So many times "một hai", and a full stop. */
static void add_sentence(struct buf *text, int pairs)
{
    buf_adds(text, "Xin");
    for (int i = 0; i < pairs; i++)
        buf_adds(text, " bạn hãy");
    buf_adds(text, ".");
}

static void long_sentences_are_found(void **state)
{
    (void)state;
    struct docbao *d = new_docbao(true, NULL);
    struct buf text = BUF_INIT, doubts = BUF_INIT;
    add_sentence(&text, 44); /* 89 syllables */
    buf_adds(&doubts, "");
    add_doubts(d, text.p, &doubts);
    assert_string_equal(doubts.p, "");
    buf_clear(&text);
    add_sentence(&text, 45);
    add_doubts(d, text.p, &doubts);
    assert_true(sv_starts(buf_sv(&doubts), SV("long Xin bạn")));
    buf_free(&text);
    buf_free(&doubts);
    docbao_free(d);
}

/* ---- the row of a lexicon ---- */

/* The doubt of that text, which has one, and its row. */
static void take_row(const char *text, struct buf *other, struct buf *row)
{
    struct docbao *d = new_docbao(true, NULL);
    struct docbao_article *a = open_text(d, text);
    uint32_t count;
    docbao_check(d, a, &count);
    assert_int_equal(count, 1);
    struct docbao_doubt doubt = docbao_doubt_at(a, 0);
    buf_add_sv(other, view(doubt.other.n ? doubt.other : doubt.spoken));
    buf_add_sv(row, view(doubt.lexicon));
    buf_putc(row, '\n');
    docbao_close(a);
    docbao_free(d);
}

static void the_row_gives_the_other_reading(void **state)
{
    (void)state;
    static const char *const texts[] = {"MTV nói.", "Họ 3-5 thì hơn.", "Hội XYQZ họp.",
                                        "Ông Grabowiecki nói.", "Chợ 3/4 đông."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char path[] = "/tmp/docbao-check-XXXXXX";
        struct buf other = BUF_INIT, row = BUF_INIT;
        int fd = mkstemp(path);
        take_row(texts[i], &other, &row);
        assert_int_equal(write(fd, row.p, row.n), (ssize_t)row.n);
        close(fd);
        struct docbao *d = new_docbao(true, path);
        struct docbao_article *a = open_text(d, texts[i]);
        struct sv spoken = view(docbao_sentence_at(a, 0).spoken);
        if (sv_find(spoken, buf_sv(&other)) < 0)
            fail_msg("%s: with the row “%s” it is “%.*s”", texts[i], row.p, SV_ARG(spoken));
        uint32_t count;
        docbao_check(d, a, &count);
        assert_int_equal(count, 0); /* what a lexicon says is no doubt */
        docbao_close(a);
        docbao_free(d);
        unlink(path);
        buf_free(&other);
        buf_free(&row);
    }
}

/* Spans lead to the document; lines and sentences are those of the place. */
static void places_are_right(void **state)
{
    (void)state;
    static const char text[] = "Hôm nay đẹp.\nHội XYQZ họp.\n";
    struct docbao *d = new_docbao(true, NULL);
    struct docbao_article *a = open_text(d, text);
    uint32_t count;
    docbao_check(d, a, &count);
    assert_int_equal(count, 1);
    struct docbao_doubt doubt = docbao_doubt_at(a, 0);
    assert_int_equal(doubt.line, 2);
    assert_int_equal(doubt.sentence, 1);
    assert_memory_equal(text + doubt.span.off, "XYQZ", 4);
    assert_int_equal(doubt.span.len, 4);
    assert_true(sv_eq(view(docbao_token_at(a, doubt.token).written), SV("XYQZ")));
    docbao_close(a);
    docbao_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_found),
        cmocka_unit_test(skipped_text_is_found_inside_the_article),
        cmocka_unit_test(long_sentences_are_found),
        cmocka_unit_test(the_row_gives_the_other_reading),
        cmocka_unit_test(places_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
