/* Messages: what comes from outside cannot reach a terminal as a command. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "article/article.h"
#include "base/err.h"
#include "base/message.h"
#include "base/utf8.h"

#define FFFD "\xEF\xBF\xBD"

static void replaces_what_a_terminal_obeys(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"\x1B]52;c;ZWNobw==\x07", FFFD "]52;c;ZWNobw==" FFFD}, /* OSC 52: sets the clipboard */
        {"\x1B[2J", FFFD "[2J"},                                /* clears the screen */
        {"a\x07"
         "b",
         "a" FFFD "b"}, /* bell */
        {"\xC2\x9B"
         "31m",
         FFFD "31m"}, /* CSI as a C1 control */
        {"\xC2\x9D"
         "0;x\xC2\x9C",
         FFFD "0;x" FFFD},                                       /* OSC and ST as C1 controls */
        {"a\nb\rc\td\x7F", "a" FFFD "b" FFFD "c" FFFD "d" FFFD}, /* lines, tabs, DEL */
        {"gpj.\xE2\x80\xAE"
         "exe",
         "gpj." FFFD "exe"},                                  /* right-to-left override */
        {"\xE2\x81\xA6x\xE2\x81\xA9", FFFD "x" FFFD},         /* isolates */
        {"\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD", FFFD FFFD FFFD}, /* zero width, BOM, soft hyphen */
        {"\xE2\x80\xA8\xE2\x80\xA9", FFFD FFFD},              /* line, paragraph separator */
        {"\xF3\xA0\x80\x81", FFFD},                           /* a tag character */
        {"\xFF\xC3(\xE1\xBB", FFFD FFFD "(" FFFD},            /* not UTF-8, cut short */
        {"\xC0\x9B[A", FFFD FFFD "[A"},                       /* ESC in too long a form */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b = BUF_INIT;
        buf_add_printable(&b, sv_of(rows[i].from));
        assert_string_equal(b.p, rows[i].to);
        assert_int_equal(utf8_valid_prefix(buf_sv(&b)), b.n);
        buf_free(&b);
    }
}

static void keeps_ordinary_text(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",          "plain",    "Đọc báo: “nghệ sĩ” — 5 °C …",
        "e\xCC\x81", "\xC2\xA0", "日本語 \xF0\x9F\x98\x80",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf b = BUF_INIT;
        buf_add_printable(&b, sv_of(texts[i]));
        assert_string_equal(b.p, texts[i]);
        buf_free(&b);
    }
}

static void every_code_point(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char bytes[4];
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        struct sv one = {bytes, utf8_encode(code, bytes)};
        struct buf b = BUF_INIT;
        buf_add_printable(&b, one);
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        bool direction = code == 0x061C || (code >= 0x200E && code <= 0x200F) ||
                         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        if (control || direction)
            assert_string_equal(b.p, FFFD);
        else
            assert_true(sv_eq(buf_sv(&b), one) || sv_is(buf_sv(&b), FFFD));
        buf_free(&b);
    }
}

static void messages_are_cleaned_where_they_are_made(void **state)
{
    (void)state;
    struct err e = ERR_INIT;
    err_set(&e, STATUS_INPUT, "%s cannot be read", "\x1B]0;x\x07");
    assert_string_equal(e.message.p, FFFD "]0;x" FFFD " cannot be read");
    /* A cut by a precision may split a character. */
    err_set(&e, STATUS_INPUT, "“%.*s”", 2, "\xE1\xBB\x81");
    assert_string_equal(e.message.p, "“" FFFD "”");
    err_set(&e, STATUS_DEVICE, "%s", "lost\nfor ever");
    assert_string_equal(e.message.p, "lost" FFFD "for ever");
    assert_int_equal(e.status, STATUS_DEVICE);
    err_free(&e);

    struct article a = {.spoken = BUF_INIT};
    article_note(&a, (struct span){0, 0}, NOTE_DAMAGED, "%s is damaged",
                 "a\xE2\x80\xAE"
                 "b");
    assert_string_equal(a.diagnostics.at[0].message, "a" FFFD "b is damaged");
    article_free(&a);
}

static void an_argument_may_be_part_of_the_buffer(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_adds(&b, "one");
    buf_add_message(&b, ", %s", b.p);
    assert_string_equal(b.p, "one, one");
    buf_free(&b);
}

static void counted_things_have_their_form(void **state)
{
    (void)state;
    assert_string_equal(message_plural("%u line", "%u lines", 1), "%u line");
    assert_string_equal(message_plural("%u line", "%u lines", 0), "%u lines");
    assert_string_equal(message_plural("%u line", "%u lines", 2), "%u lines");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replaces_what_a_terminal_obeys),
        cmocka_unit_test(keeps_ordinary_text),
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(messages_are_cleaned_where_they_are_made),
        cmocka_unit_test(an_argument_may_be_part_of_the_buffer),
        cmocka_unit_test(counted_things_have_their_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
