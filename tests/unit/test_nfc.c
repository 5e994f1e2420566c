#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <utf8proc.h>

#include "base/nfc.h"
#include "base/utf8.h"

static bool is_scalar(uint32_t code)
{
    return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

/* The library's own normalization, the reference. */
static char *reference(struct sv text)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n,
                                      &out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    assert_true(n >= 0);
    return (char *)out;
}

static bool same_as_reference(struct sv text)
{
    struct buf ours = BUF_INIT;
    nfc_append(&ours, text);
    char *theirs = reference(text);
    bool same = sv_is(buf_sv(&ours), theirs);
    free(theirs);
    buf_free(&ours);
    return same;
}

static void quick_check_knows_every_code_point(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        char bytes[5] = {0};
        if (!is_scalar(code))
            continue;
        struct sv v = {bytes, utf8_encode(code, bytes)};
        char *nfc = reference(v);
        bool changes = !sv_is(v, nfc);
        bool mark = utf8proc_get_property((utf8proc_int32_t)code)->combining_class != 0;
        free(nfc);
        if ((changes || mark) && !nfc_needs_work(code))
            fail_msg("U+%04X should need work", code);
        assert_int_equal(nfc_is_mark(code), mark);
        assert_true(same_as_reference(v));
    }
}

/* The last part of every composite must need work: it may join what stands before. */
static void quick_check_knows_what_joins(void **state)
{
    (void)state;
    for (uint32_t code = 0xC0; code <= 0x10FFFF; code++) {
        utf8proc_int32_t parts[8];
        if (!is_scalar(code) || nfc_needs_work(code))
            continue;
        utf8proc_ssize_t n =
            utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8, UTF8PROC_DECOMPOSE, NULL);
        for (utf8proc_ssize_t i = 1; i < n; i++)
            if (!nfc_needs_work((uint32_t)parts[i]))
                fail_msg("U+%04X, part of U+%04X, should need work", (unsigned)parts[i], code);
    }
}

static void quick_check_is_quick_for_common_text(void **state)
{
    (void)state;
    struct sv text = SV("Người đọc báo ĐƯỢC nghe: “ặ Ậ ữ ỵ”, 3/4 – ½ … € 中文 한국어 кириллица 📰");
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        i += utf8_decode(sv_sub(text, i, text.n - i), &code);
        assert_false(nfc_needs_work(code));
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Letters, marks of many classes, Hangul parts, Indic vowels, singletons. */
static uint32_t random_code(uint32_t *seed)
{
    static const uint32_t pool[] = {
        'a',    'e',    'o',    'u',     'A',     'y',     ' ',     0xE2,    0xEA,   0xF4,
        0x103,  0x1A1,  0x1B0,  0x1EA5,  0x1EA1,  0x300,   0x301,   0x303,   0x309,  0x323,
        0x302,  0x306,  0x31B,  0x327,   0x345,   0x344,   0x5B0,   0x591,   0x1100, 0x1161,
        0x11A8, 0xAC00, 0xAC01, 0x1112,  0x1175,  0x11C2,  0x9C7,   0x9BE,   0x9D7,  0x212B,
        0x2126, 0x958,  0xFB1D, 0x1D15E, 0xF900,  0x1F71,  0x3099,  0x304B,  0x1112, 0x0DD9,
        0x0DCF, 0x0DCA, 0x1025, 0x102E,  0x110A5, 0x110BA, 0x1D165, 0x1D16E,
    };
    uint32_t n = next_random(seed);
    if (n % 16)
        return pool[n / 16 % (sizeof pool / sizeof *pool)];
    uint32_t code = next_random(seed) % 0x30000;
    return is_scalar(code) && code ? code : 'x';
}

static void random_sequences_agree(void **state)
{
    (void)state;
    uint32_t seed = 20240229;
    for (int round = 0; round < 200000; round++) {
        struct buf text = BUF_INIT;
        bool needs = false;
        uint32_t length = 1 + next_random(&seed) % 12;
        for (uint32_t i = 0; i < length; i++) {
            uint32_t code = random_code(&seed);
            needs = needs || nfc_needs_work(code);
            buf_add_code(&text, code);
        }
        if (!same_as_reference(buf_sv(&text)))
            fail_msg("round %d: \"%s\"", round, text.p);
        char *nfc = reference(buf_sv(&text));
        if (!needs)
            assert_string_equal(nfc, text.p);
        free(nfc);
        buf_free(&text);
    }
}

static void a_long_run_of_marks_is_ordered(void **state)
{
    (void)state;
    uint32_t seed = 7;
    static const uint32_t marks[] = {0x301, 0x323, 0x31B, 0x302, 0x327, 0x345};
    struct buf text = BUF_INIT;
    buf_putc(&text, 'o');
    for (int i = 0; i < 2000; i++)
        buf_add_code(&text, marks[next_random(&seed) % 6]);
    assert_true(same_as_reference(buf_sv(&text)));
    buf_free(&text);
}

static void nothing_is_swallowed(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    nfc_append(&out, SV("\uAC00\u11A7x\u11A7\u0301"));
    assert_string_equal(out.p, "\uAC00\u11A7x\u11A7\u0301");
    buf_free(&out);
}

static void kinds_of_characters(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 0x2000; code++) {
        int category = utf8proc_category((utf8proc_int32_t)code);
        bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
        assert_int_equal(char_kind_of(code) == CHAR_LETTER, letter);
        assert_int_equal(char_lower(code), utf8proc_tolower((utf8proc_int32_t)code));
        assert_int_equal(char_upper(code), utf8proc_toupper((utf8proc_int32_t)code));
    }
    assert_int_equal(char_kind_of(0x1EB7), CHAR_LETTER);
    assert_int_equal(char_kind_of('7'), CHAR_DIGIT);
    assert_int_equal(char_kind_of(0xBD), CHAR_DIGIT);
    assert_int_equal(char_kind_of('%'), CHAR_PUNCT);
    assert_int_equal(char_kind_of('+'), CHAR_SYMBOL);
    assert_int_equal(char_kind_of(0x301), CHAR_MARK);
    assert_int_equal(char_kind_of(0x200B), CHAR_SPACE);
    assert_int_equal(char_kind_of(0xE000), CHAR_OTHER);
    assert_true(char_is_format(0xAD));
    assert_false(char_is_format('-'));
    assert_int_equal(char_lower(0x1EB6), 0x1EB7);
    assert_int_equal(char_upper(0x111), 0x110);
}

/* The inline part looks at the first bytes alone; it may miss nothing below U+4000. */
static void space_is_found_in_a_hurry(void **state)
{
    (void)state;
    for (uint32_t code = 1; code < 0x4000; code++) {
        char bytes[4];
        struct sv v = {bytes, utf8_encode(code, bytes)};
        if (code < 0x80)
            assert_int_equal(char_space_at(v), code == ' ' || (code >= '\t' && code <= '\r'));
        else if ((unsigned char)bytes[0] == 0xC2 || (unsigned char)bytes[0] >= 0xE1)
            assert_int_equal(char_space_at(v), char_kind_of(code) == CHAR_SPACE ? v.n : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quick_check_knows_every_code_point),
        cmocka_unit_test(quick_check_knows_what_joins),
        cmocka_unit_test(quick_check_is_quick_for_common_text),
        cmocka_unit_test(random_sequences_agree),
        cmocka_unit_test(a_long_run_of_marks_is_ordered),
        cmocka_unit_test(nothing_is_swallowed),
        cmocka_unit_test(kinds_of_characters),
        cmocka_unit_test(space_is_found_in_a_hurry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
