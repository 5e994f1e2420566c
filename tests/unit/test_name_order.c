/* The order of names, as people expect it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/nfc.h"
#include "docbao/docbao.h"
#include "lang/name_order.h"

static void check_order(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(name_order(sv_of(names[i]), sv_of(names[i])), 0);
        for (size_t j = i + 1; j < n; j++) {
            if (name_order(sv_of(names[i]), sv_of(names[j])) >= 0)
                fail_msg("“%s” is not before “%s”", names[i], names[j]);
            assert_true(name_order(sv_of(names[j]), sv_of(names[i])) > 0);
            assert_true(docbao_compare_names(names[i], names[j]) < 0);
        }
    }
}

/* In these lists each name comes before all that follow it. */
static void test_numbers(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",       "1",      "2",       "10",      "100",    "999999999999999999999999",
        "a",      "Bai",    "bai",     "bai 1",   "bai01",  "bai1",
        "Bai1a",  "bai2",   "bai2.md", "bai2b",   "bai009", "BAI10",
        "bai10.", "bai10x", "baia",    "bai\xCC", "đây",
    };
    check_order(names, sizeof names / sizeof *names);
    static const char *const parts[] = {"Bài 0", "Bài 2", "Bài 10", "Bài mở đầu", "Phần 1"};
    check_order(parts, sizeof parts / sizeof *parts);
}

static void test_alphabet(void **state)
{
    (void)state;
    static const char *const letters[] = {
        "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n",
        "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z", "б", "я",
    };
    check_order(letters, sizeof letters / sizeof *letters);
    static const char *const capitals[] = {"AN", "Ăn",   "ÂN", "da", "DĂNG",
                                           "Đa", "đăng", "em", "Êm"};
    check_order(capitals, sizeof capitals / sizeof *capitals);
}

/* What stands behind the end of a name is no part of it. */
static void test_ends(void **state)
{
    (void)state;
    static const struct sv cut = {"bai10", 4}, other = {"bai1x", 4};
    assert_int_equal(name_order(cut, sv_of("bai1")), 0);
    assert_int_equal(name_order(cut, other), 0);
    assert_true(name_order(cut, sv_of("bai2")) < 0);
    static const struct sv odd = {"\xCC"
                                  "10",
                                  2},
                           like = {"\xCC"
                                   "1x",
                                   2}; /* no UTF-8 */
    assert_int_equal(name_order(odd, like), 0);
}

/* Tones decide only where all letters are the same; letters of the alphabet are no tones. */
static void test_tones(void **state)
{
    (void)state;
    static const char *const tones[] = {"ma", "mà", "mả", "mã", "má", "mạ", "mac", "mác"};
    check_order(tones, sizeof tones / sizeof *tones);
    static const char *const words[] = {"bạ", "ba cọc", "bà con"};
    check_order(words, sizeof words / sizeof *words);
    static const char *const more[] = {"bán", "bạn", "bang", "bàu", "bằng", "bần"};
    check_order(more, sizeof more / sizeof *more);
    static const char *const first[] = {"hòa bình", "hoa bính", "hóa bình"};
    assert_true(name_order(sv_of(first[1]), sv_of(first[0])) < 0);
    assert_true(name_order(sv_of(first[0]), sv_of(first[2])) < 0);
}

/* Marks of other languages, and composition, which file systems do not agree on. */
static void test_marks(void **state)
{
    (void)state;
    static const char *const names[] = {"mua", "müa", "mùa", "mưa"};
    check_order(names, sizeof names / sizeof *names);
    static const char *const composed = "Đường 2", *const apart =
                                                       "\xC4\x90u\xCC\x9Bo\xCC\x9B\xCC\x80ng 2";
    static const char *const before = "Đường 1", *const behind = "Đường 10";
    struct buf same = BUF_INIT;
    nfc_append(&same, sv_of(apart));
    assert_string_equal(same.p, composed);
    buf_free(&same);
    assert_true(name_order(sv_of(before), sv_of(apart)) < 0);
    assert_true(name_order(sv_of(apart), sv_of(behind)) < 0);
    assert_int_not_equal(name_order(sv_of(composed), sv_of(apart)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_alphabet),
        cmocka_unit_test(test_ends),    cmocka_unit_test(test_tones),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
