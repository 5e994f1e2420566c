#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"

static bool is_scalar(uint32_t code)
{
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

static void every_scalar_survives(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t back;
        if (!is_scalar(code))
            continue;
        unsigned n = utf8_encode(code, bytes);
        assert_int_equal(utf8_decode((struct sv){bytes, n}, &back), n);
        assert_int_equal(back, code);
        assert_int_equal(utf8_valid_prefix((struct sv){bytes, n}), n);
        if (n > 1) { /* cut short: one bad sequence of all that is left */
            assert_int_equal(utf8_decode((struct sv){bytes, n - 1}, &back), 0);
            assert_int_equal(utf8_bad_length((struct sv){bytes, n - 1}), n - 1);
        }
    }
}

static void bad_sequences_are_maximal(void **state)
{
    (void)state;
    static const struct {
        struct sv bytes;
        unsigned length;
    } cases[] = {
        {{"\x80", 1}, 1},
        {{"\xC0\xAF", 2}, 1},
        {{"\xC1\xBF", 2}, 1},
        {{"\xE0\x9F\xBF", 3}, 1},
        {{"\xED\xA0\x80", 3}, 1},
        {{"\xE1\x80\x41", 3}, 2},
        {{"\xF0\x8F\xBF\xBF", 4}, 1},
        {{"\xF4\x90\x80\x80", 4}, 1},
        {{"\xF1\x80\x80z", 4}, 3},
        {{"\xF5\x80\x80\x80", 4}, 1},
        {{"\xFF", 1}, 1},
        {{"\xC4z", 2}, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t code;
        assert_int_equal(utf8_decode(cases[i].bytes, &code), 0);
        assert_int_equal(code, UTF8_REPLACEMENT);
        assert_int_equal(utf8_bad_length(cases[i].bytes), cases[i].length);
        assert_int_equal(utf8_valid_prefix(cases[i].bytes), 0);
    }
}

static void counts_code_points(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(SV("")), 0);
    assert_int_equal(utf8_count(SV("Đọc báo")), 7);
    struct buf b = BUF_INIT;
    buf_add_code(&b, 0x1EB7);
    buf_add_code(&b, 0x1F4F0);
    assert_string_equal(b.p, "ặ📰");
    buf_free(&b);
}

static void is_shortened_between_characters(void **state)
{
    static const char *const begins[] = {"", "a", "a", "a", "aặ", "aặb", "aặb"};
    (void)state;
    for (size_t most = 0; most < sizeof begins / sizeof *begins; most++) {
        struct sv short_text = utf8_shortened(SV("aặb"), most);
        assert_int_equal(short_text.n, strlen(begins[most]));
        assert_memory_equal(short_text.p, begins[most], short_text.n);
    }
    assert_int_equal(utf8_shortened(SV("ặ"), 2).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_survives),
        cmocka_unit_test(bad_sequences_are_maximal),
        cmocka_unit_test(counts_code_points),
        cmocka_unit_test(is_shortened_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
