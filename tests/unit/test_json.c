/* The writer of JSON gives the bytes that yajl gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>
#include <yajl/yajl_gen.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "cli/json_writer.h"

/* The text that `fill` writes with our writer. */
static void written(void (*fill)(struct json_writer *w, const void *with), const void *with,
                    struct buf *into)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    struct out out;
    out_init(&out, fileno(file));
    struct json_writer w = {.out = &out};
    fill(&w, with);
    assert_true(out_flush(&out));
    out_free(&out);
    rewind(file);
    buf_clear(into);
    for (int c; (c = getc(file)) != EOF;)
        buf_putc(into, (char)c);
    fclose(file);
}

static void put_string(struct json_writer *w, const void *text)
{
    json_string(w, *(const struct sv *)text);
}

static void expect_as_yajl(struct sv text)
{
    struct buf ours = BUF_INIT;
    written(put_string, &text, &ours);
    yajl_gen json = yajl_gen_alloc(NULL);
    const unsigned char *theirs;
    size_t n;
    yajl_gen_string(json, (const unsigned char *)text.p, text.n);
    yajl_gen_get_buf(json, &theirs, &n);
    struct buf printable = BUF_INIT;
    buf_add_printable_json(&printable, (struct sv){(const char *)theirs, n});
    assert_true(sv_eq(buf_sv(&ours), buf_sv(&printable)));
    yajl_gen_free(json);
    buf_free(&ours);
    buf_free(&printable);
}

static void strings_are_escaped_as_by_yajl(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 0x2100; c = c == 0x5FF ? 0x2000 : c + 1) {
        /* At each place in a group of eight, and in what is left after one. */
        for (size_t at = 0; at < 19; at++) {
            struct buf text = BUF_INIT;
            for (size_t i = 0; i < 19; i++)
                buf_add_code(&text, i == at ? c : 'a');
            expect_as_yajl(buf_sv(&text));
            buf_free(&text);
        }
    }
    expect_as_yajl(SV(""));
    expect_as_yajl(SV("\"\\/\b\f\n\r\t\x1B\x7F “Đọc báo”"));
}

static void what_a_terminal_obeys_is_escaped(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct sv controls = SV("ấ\x7F\xC2\x9D\xE2\x80\xAE\xE2\x81\xA6\xD8\x9C“é”\xC2\xA0");
    written(put_string, &controls, &text);
    assert_string_equal(text.p, "\"ấ\\u007F\\u009D\\u202E\\u2066\\u061C“é”\xC2\xA0\"");
    buf_free(&text);
    buf_add_printable_json(&text, SV("{\"a\":\n\"\xF3\xA0\x80\x81\xFF\xC2\x9D\"}"));
    assert_string_equal(text.p, "{\"a\":\n\"\\uDB40\\uDC01\xEF\xBF\xBD\\u009D\"}");
    buf_free(&text);
}

static void put_all_kinds(struct json_writer *w, const void *with)
{
    (void)with;
    json_open(w, '[');
    json_open(w, '{');
    json_close(w, '}');
    json_open(w, '{');
    json_name(w, "a");
    json_number(w, 0);
    json_name(w, "b");
    json_open(w, '[');
    json_number(w, UINT64_MAX);
    json_string(w, (struct sv){NULL, 0});
    json_close(w, ']');
    json_name(w, "c");
    json_literal(w, SV("0.5"));
    json_close(w, '}');
    json_string(w, SV("x"));
    json_close(w, ']');
}

static void commas_stand_between_values_alone(void **state)
{
    (void)state;
    struct buf ours = BUF_INIT;
    written(put_all_kinds, NULL, &ours);
    assert_string_equal(ours.p, "[{},{\"a\":0,\"b\":[18446744073709551615,null],\"c\":0.5},\"x\"]");
    buf_free(&ours);
}

/* More than the output holds at once, in one piece and in many. */
static void put_long(struct json_writer *w, const void *text)
{
    json_open(w, '[');
    for (int i = 0; i < 3; i++)
        json_string(w, *(const struct sv *)text);
    json_close(w, ']');
}

static void long_strings_arrive_whole(void **state)
{
    (void)state;
    struct buf text = BUF_INIT, ours = BUF_INIT;
    while (text.n < 3 * OUT_ROOM / 2)
        buf_adds(&text, "0123456\t");
    struct sv view = buf_sv(&text);
    written(put_long, &view, &ours);
    /* "[", "]", two commas, and each string with its quotes and a longer tab. */
    assert_int_equal(ours.n, 4 + 3 * (2 + text.n / 8 * 9));
    buf_free(&text);
    buf_free(&ours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped_as_by_yajl),
        cmocka_unit_test(what_a_terminal_obeys_is_escaped),
        cmocka_unit_test(commas_stand_between_values_alone),
        cmocka_unit_test(long_strings_arrive_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
