/*
 * Character references: what they mean, where they end, and what is none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/format/entity.h"

static void expect(const char *text, uint32_t code, size_t length)
{
    uint32_t got = 0;
    size_t n = entity_decode(sv_of(text), &got);
    if (n != length || (n && got != code))
        fail_msg("%s is U+%04X in %zu bytes, not U+%04X in %zu", text, got, n, code, length);
}

static void names_and_numbers_are_decoded(void **state)
{
    (void)state;
    expect("&amp;", '&', 5);
    expect("&aacute;n", 0xE1, 8);
    expect("&Aacute;", 0xC1, 8);
    expect("&#225;", 0xE1, 6);
    expect("&#xE1;", 0xE1, 6);
    expect("&#Xe1;", 0xE1, 6);
    expect("&#7897;i", 0x1ED9, 7);
    expect("&#000225;", 0xE1, 9);
    expect("&hellip;", 0x2026, 8);
    expect("&apos;", '\'', 6);
    expect("&nbsp;", 0xA0, 6);
    expect("&#128240;", 0x1F4F0, 9);
}

static void names_of_html_5_are_known(void **state)
{
    (void)state;
    expect("&abreve;", 0x103, 8);
    expect("&dstrok;", 0x111, 8);
    expect("&percnt;", '%', 8);
    expect("&AMP;", '&', 5);
}

static void a_semicolon_may_be_missing(void **state)
{
    (void)state;
    expect("&#225 ", 0xE1, 5);
    expect("&#xE1z", 0xE1, 5);
    expect("&nbsp<", 0xA0, 5);
    expect("&nbspxác", 0xA0, 5); /* no parameter of an address has this name */
    expect("&nbsp=2", 0, 0);
    expect("&amp hai", '&', 4);
    expect("&eacute", 0xE9, 7);
    expect("&hellip ", 0, 0); /* not a name of Latin-1 */
    expect("&abreve ", 0, 0);
    expect("&copy=2", 0, 0); /* of an address */
    expect("&copy2", 0, 0);
    expect("&percnt ", 0, 0);
}

static void other_ampersands_are_text(void **state)
{
    (void)state;
    static const char *const none[] = {
        "&",        "&;",         "& ",      "&bogus;", "&#;",    "&#x;", "&#0;",
        "&#xD800;", "&#x110000;", "T&T",     "&T ",     "a&amp;", "&#a;", "&#99999999999999999999;",
        "&Bogus;",  "&aacut;",    "&AACUTE;"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        expect(none[i], 0, 0);
}

static void old_numbers_are_those_of_windows(void **state)
{
    (void)state;
    expect("&#150;", 0x2013, 6);
    expect("&#147;", 0x201C, 6);
    expect("&#x85;", 0x2026, 6);
    expect("&#160;", 0xA0, 6);
    expect("&#8209;", '-', 7); /* a hyphen where no line may end */
}

/* No byte behind the end is read: the text is not terminated. */
static void a_reference_ends_with_its_text(void **state)
{
    (void)state;
    uint32_t code;
    assert_int_equal(entity_decode((struct sv){"&aacute;", 7}, &code), 7);
    assert_int_equal(entity_decode((struct sv){"&aacute;", 6}, &code), 0);
    assert_int_equal(entity_decode((struct sv){"&#2255", 5}, &code), 5);
    assert_int_equal(code, 225);
}

static void the_newer_names_are_told_apart(void **state)
{
    (void)state;
    uint32_t code = 0;
    assert_int_equal(entity_decode_newer(SV("&abreve;"), &code), 8);
    assert_int_equal(code, 0x103);
    assert_int_equal(entity_decode_newer(SV("&nbsp "), &code), 5);
    assert_int_equal(entity_decode_newer(SV("&aacute;"), &code), 0);
    assert_int_equal(entity_decode_newer(SV("&#225;"), &code), 0);
    assert_int_equal(entity_decode_newer(SV("&bogus;"), &code), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_numbers_are_decoded),
        cmocka_unit_test(names_of_html_5_are_known),
        cmocka_unit_test(a_semicolon_may_be_missing),
        cmocka_unit_test(other_ampersands_are_text),
        cmocka_unit_test(old_numbers_are_those_of_windows),
        cmocka_unit_test(a_reference_ends_with_its_text),
        cmocka_unit_test(the_newer_names_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
