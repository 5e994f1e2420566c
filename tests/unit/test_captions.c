#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "documents.h"

static void cues_are_joined(void **state)
{
    (void)state;
    static const char srt[] =
        "1\r\n00:00:01,000 --> 00:00:03,500\r\n{\\an8}<i>Sáng nay</i> chợ\r\nhọp sớm,\r\n\r\n"
        "2\r\n00:00:03,600 --> 00:00:05,000 X1:63 X2:223\r\nai cũng <font "
        "color=\"red\">vui.</font>\r\n"
        "\r\n3\r\n00:00:05,100 --> 00:00:06,000\r\nTrời &amp; đất < 5 độ.\r\n"
        "4\r\n00:00:09,000 --> 00:00:10,000\r\n- Chào bác.\r\n- Chào cháu.\r\n";
    expect_read("a.srt", SV(srt),
                "paragraph: 1\n00:00:01,000 --> 00:00:03,500 Sáng nay chợ họp sớm, 2\n00:00:03,600 "
                "--> 00:00:05,000 X1:63 X2:223 ai cũng vui. 3\n00:00:05,100 --> 00:00:06,000 Trời "
                "& đất < 5 độ.\nparagraph: - Chào bác.\nparagraph: - Chào cháu.\n"
                "-timecode: 4\n00:00:09,000 --> 00:00:10,000\n"
                "-timecode: 1\n00:00:01,000 --> 00:00:03,500\n"
                "-timecode: 2\n00:00:03,600 --> 00:00:05,000 X1:63 X2:223\n"
                "-timecode: 3\n00:00:05,100 --> 00:00:06,000\n");
}

static void what_is_said_is_one_sentence(void **state)
{
    (void)state;
    struct article a;
    struct reading_options options = {.dialect = DIALECT_NORTH};
    open_document(&a, "phim",
                  SV("\n1\n00:00:01,000 --> 00:00:02,000\nChợ họp\n\n2\n00:00:02,000 --> "
                     "00:00:03,000\nlúc 5 giờ.\n"),
                  false);
    normalize_article(&a, rules, &options);
    assert_int_equal(a.sentences.n, 1);
    assert_string_equal(a.spoken.p, "chợ họp lúc năm giờ.");
    article_free(&a);
}

static void webvtt_is_read(void **state)
{
    (void)state;
    static const char vtt[] =
        "WEBVTT Kind: captions\nLanguage: vi\n\nNOTE Người dịch: Lan\n\nSTYLE\n::cue { color: red "
        "}\n\n"
        "mở đầu\n00:01.000 --> 00:02.000 align:start\n<v.loud Lan>Chào bác&nbsp;Tư.</v>\n\n"
        "00:02.000 --> 00:03.000\n<v Tư>Chào <c.vang>cháu</c>\n\n"
        "00:03.000 --> 00:04.000\nChào cháu\n<00:03.500><c>Lan.</c>\n";
    expect_read("a", SV(vtt),
                "paragraph: Lan Chào bác Tư. 00:02.000 --> 00:03.000\n"
                "paragraph: Tư Chào cháu 00:03.000 --> 00:04.000 Chào cháu Lan.\n"
                "-markup: WEBVTT Kind: captions\nLanguage: vi\n-comments: NOTE Người dịch: Lan\n"
                "-markup: STYLE\n::cue { color: red }\n"
                "-timecode: mở đầu\n00:01.000 --> 00:02.000 align:start\n-speaker: Lan\n"
                "-timecode: 00:02.000 --> 00:03.000\n-speaker: Tư\n"
                "-timecode: 00:03.000 --> 00:04.000\n-repeated: Chào cháu\n");
}

static void what_only_looks_like_captions(void **state)
{
    (void)state;
    expect_read("a.txt", SV("1\n\nMột đoạn văn --> hai đoạn văn.\n"),
                "paragraph: 1\nparagraph: Một đoạn văn --> hai đoạn văn.\n");
    struct article a;
    open_document(&a, "a.txt", SV("12:30 --> 13:45\nGiờ nghỉ trưa của chợ.\n"), false);
    expect_promises(&a);
    article_free(&a);
}

/* Each cut is read, and loses nothing. */
static void cut_short_anywhere(void **state)
{
    (void)state;
    static const char vtt[] =
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Lan>Chào &amp; bác\n\nNOTE\nx\n"
        "00:02.000 --> 00:03.000\n{\\an8}Tư.\n";
    for (size_t n = 1; n < sizeof vtt; n++) {
        struct article a;
        struct err e = ERR_INIT;
        struct read_options options = {.raw = n % 2};
        if (!article_from_bytes(&a, "a.vtt", sv_sub(SV(vtt), 0, n), &options, &e))
            expect_promises(&a);
        err_free(&e);
        article_free(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cues_are_joined),    cmocka_unit_test(what_is_said_is_one_sentence),
        cmocka_unit_test(webvtt_is_read),     cmocka_unit_test(what_only_looks_like_captions),
        cmocka_unit_test(cut_short_anywhere),
    };
    return cmocka_run_group_tests(tests, load_rules, free_rules);
}
