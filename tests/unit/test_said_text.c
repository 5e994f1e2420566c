/* What is said of a text for screen readers: names of characters and keys, punctuation, capitals,
 * and where in the given text each spoken word comes from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "article/read.h"
#include "base/utf8.h"
#include "docbao/said_text.h"
#include "lang/syllable.h"
#include "rules/rules.h"
#include "text/character_name.h"
#include "text/normalize.h"

static const struct reading_options options = {.everything = true};
static struct rules *rules;

/* The spoken words of an utterance; each byte of the given text that a token comes from is marked
 * in `from` (or NULL). */
static void say_utterance(const struct docbao_utterance *u, struct buf *out, char *from)
{
    struct said_text t;
    struct article a;
    struct err e = ERR_INIT;
    said_text_make(&t, u, rules, &options);
    assert_int_equal(utf8_valid_prefix(buf_sv(&t.prepared)), t.prepared.n);
    assert_int_equal(article_from_text(&a, "", buf_sv(&t.prepared), rules, &e), STATUS_OK);
    normalize_article(&a, rules, &options);
    for (size_t i = 0; i < a.sentences.n; i++) {
        if (i)
            buf_adds(out, " | ");
        buf_add_sv(out, article_spoken(&a, a.sentences.at[i].spoken));
    }
    for (size_t i = 0; i < a.tokens.n; i++) {
        struct docbao_span span = said_text_span(&t, article_source_span(&a, a.tokens.at[i].text));
        assert_true(span.len > 0 && span.off + span.len <= u->text.n);
        if (from)
            memset(from + span.off, '^', span.len);
    }
    article_free(&a);
    said_text_free(&t);
}

static void assert_said(const struct docbao_utterance *like, const char *text, const char *wanted)
{
    struct buf seen = BUF_INIT;
    struct docbao_utterance u = *like;
    u.text = (struct docbao_text){text, strlen(text)};
    say_utterance(&u, &seen, NULL);
    assert_string_equal(seen.p, wanted);
    buf_free(&seen);
}

struct said {
    const char *text, *wanted;
};

static void assert_all_said(const struct docbao_utterance *like, const struct said *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_said(like, cases[i].text, cases[i].wanted);
}

#define ALL_SAID(like, cases) assert_all_said(&(like), cases, sizeof(cases) / sizeof *(cases))

static void test_characters(void **state)
{
    (void)state;
    static const struct docbao_utterance like = {.manner = DOCBAO_AS_CHARACTERS};
    static const struct said cases[] = {
        {"a", "a"},
        {"á", "a sắc"},
        {"ế", "ê sắc"},
        {"ộ", "ô nặng"},
        {"ỹ", "i cờ rét ngã"},
        {"đ", "đê"},
        {"ơ", "ơ"},
        {"ư", "ư"},
        {"â", "ớ"},
        {"ă", "á"},
        {"S", "ét xì"},
        {"9", "chín"},
        {" ", "dấu cách"},
        {"\n", "xuống dòng"},
        {"\t", "táp"},
        {"\xC2\xA0", "dấu cách không ngắt"},
        {".", "chấm"},
        {",", "phẩy"},
        {"%", "phần trăm"},
        {"#", "thăng"},
        {"\"", "nháy kép"},
        {"→", "mũi tên phải"},
        {"₫", "đồng"},
        {"π", "pi"},
        {"Ω", "ô mê ga"},
        {"─", "kẻ ngang"},
        {"ü", "u có dấu"},
        {"ñ", "en nờ có dấu"},
        {"ж", "chữ nga giê"},
        {"Ж", "chữ nga giê"},
        {"漢", "chữ hán mã sáu ép phờ hai hai"},
        {"한", "chữ hàn mã dê năm năm xê"},
        {"😀", "mặt cười toét"},
        {"❤️", "trái tim màu đỏ"},
        {"🇻🇳", "cờ việt nam"},
        {"👨‍👩‍👧", "gia đình đàn ông phụ nữ con gái"},
        {"👍🏻", "dấu ra hiệu đồng ý, màu da sáng"},
        {"xin đi", "ích xì, i, en nờ; đê, i"},
        {"a.", "a, chấm"},
    };
    ALL_SAID(like, cases);
}

static void test_keys(void **state)
{
    (void)state;
    static const struct docbao_utterance like = {.manner = DOCBAO_AS_KEY};
    static const struct said cases[] = {
        {"control_shift_a", "con trôn síp a"},
        {"F5", "ép năm"},
        {"space", "dấu cách"},
        {"kp_enter", "bàn phím số en tơ"},
        {"kp-+", "bàn phím số cộng"},
        {"Page_Up", "trang trước"},
        {"alt_F4", "an ép bốn"},
        {"shift_Á", "síp a sắc"},
        {"underscore", "gạch dưới"},
        {"_", "gạch dưới"},
        {"+", "cộng"},
    };
    ALL_SAID(like, cases);
}

static const char sample[] = "Ngày 15/5, giá (mới) là 5%: a_b * \"c\" - d; 2 > 1.";

static void test_punctuation(void **state)
{
    (void)state;
    static const struct {
        enum docbao_punctuation punctuation;
        const char *wanted;
    } cases[] = {
        {DOCBAO_PUNCTUATION_NONE,
         "ngày mười lăm tháng năm, giá, mới, là năm phần trăm: a bê xê, dê; "
         "hai lớn hơn một."},
        {DOCBAO_PUNCTUATION_SOME,
         "ngày mười lăm tháng năm, giá, mới, là năm phần trăm: a gạch dưới "
         "bê sao xê, dê; hai lớn hơn một."},
        {DOCBAO_PUNCTUATION_MOST,
         "ngày mười lăm tháng năm, giá mở ngoặc mới đóng ngoặc là năm phần trăm hai chấm: a gạch "
         "dưới bê sao nháy kép xê nháy kép gạch ngang dê chấm phẩy; hai lớn hơn một."},
        {DOCBAO_PUNCTUATION_ALL,
         "ngày mười lăm xuyệt năm phẩy, giá mở ngoặc mới đóng ngoặc là năm phần trăm hai chấm: a "
         "gạch dưới bê sao nháy kép xê nháy kép gạch ngang dê chấm phẩy; hai lớn hơn một chấm."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct docbao_utterance like = {.punctuation = cases[i].punctuation};
        assert_said(&like, sample, cases[i].wanted);
    }
}

/* Nothing is silent but what only parts words. */
static void test_texts(void **state)
{
    (void)state;
    static const struct docbao_utterance like = {.manner = DOCBAO_AS_TEXT};
    static const struct said cases[] = {
        {"", ""},
        {"  \n ", ""},
        {".", "chấm."},
        {"***", "sao sao sao"},
        {"-----", "năm gạch ngang"},
        {"?!", "chấm hỏi? chấm than!"},
        {"Vui quá 😀!", "vui quá mặt cười toét!"},
        {"nước[1]", "nước, một,"},
        {"The president said that he would not go there", "đơ prê di đần xét đát hi út nót gâu đe"},
        {"a\xff"
         "b\xc3",
         "a bê"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct docbao_utterance u = like;
        struct buf seen = BUF_INIT;
        u.text = (struct docbao_text){cases[i].text, strlen(cases[i].text)};
        say_utterance(&u, &seen, NULL);
        if (strncmp(cases[i].text, "The ", 4) == 0)
            assert_true(seen.n > 20); /* how it is transcribed is not the question here */
        else
            assert_string_equal(seen.p, cases[i].wanted);
        buf_free(&seen);
    }
}

static void test_capitals(void **state)
{
    (void)state;
    static const struct docbao_utterance text = {.capitals = true};
    assert_said(&text, "ở Hà Nội, UBND họp", "ở hoa hà hoa nội, hoa ủy ban nhân dân họp");
    static const struct docbao_utterance characters = {.manner = DOCBAO_AS_CHARACTERS,
                                                       .capitals = true};
    assert_said(&characters, "Đa", "đê hoa, a");
}

static void test_places(void **state)
{
    (void)state;
    static const struct {
        const char *text, *from;
    } cases[] = {
        {"Xin chào.", "^^^ ^^^^^ "}, /* "à" has two bytes */
        {"a * 5%", "^ ^ ^^"},
        {"😀 vui", "^^^^ ^^^"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char from[64] = {0};
        struct buf seen = BUF_INIT;
        struct docbao_utterance u = {.text = {cases[i].text, strlen(cases[i].text)},
                                     .punctuation = DOCBAO_PUNCTUATION_SOME};
        memset(from, ' ', u.text.n);
        say_utterance(&u, &seen, from);
        assert_string_equal(from, cases[i].from);
        buf_free(&seen);
    }
}

/* Every character has a name of legal syllables. */
static void test_every_character_has_a_name(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 37) {
        char bytes[4];
        struct buf name = BUF_INIT;
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        struct sv text = {bytes, utf8_encode(code, bytes)};
        struct named_character c = named_character_at(rules, DOCBAO_LETTERS_BE, text);
        assert_int_equal(c.length, text.n);
        character_add_name(rules, DOCBAO_LETTERS_BE, &c, true, &name);
        assert_true(name.n > 0);
        for (struct sv rest = buf_sv(&name); rest.p;) {
            struct sv word = sv_cut(&rest, ' ');
            if (!syllable_is_legal(word))
                fail_msg("U+%04X: %s", (unsigned)code, name.p);
        }
        buf_free(&name);
    }
}

static void test_long_lines_are_divided(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    while (text.n < 50000)
        buf_adds(&text, "một hai ");
    while (text.n < 100000)
        buf_adds(&text, "dài");
    struct docbao_utterance u = {.text = {text.p, text.n}};
    struct said_text t;
    said_text_make(&t, &u, rules, &options);
    for (struct sv rest = buf_sv(&t.prepared); rest.p;)
        assert_true(sv_cut(&rest, '\n').n <= 4010);
    said_text_free(&t);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_punctuation),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_capitals),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_every_character_has_a_name),
        cmocka_unit_test(test_long_lines_are_divided),
    };
    struct err e = ERR_INIT;
    if (rules_load(&rules, NULL, &e))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rules_free(rules);
    return failed;
}
