/* The names for people: docbao/names.def is sorted, as bisection needs, and names every class. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/message.h"
#include "docbao/names.h"
#include "text/token_class.h"

static const char *const ids[] = {
#define NAME(id, name) id,
#include "docbao/names.def"
#undef NAME
};

enum { COUNT = sizeof ids / sizeof *ids };

static void sorted_without_repetition(void **state)
{
    (void)state;
    for (size_t i = 1; i < COUNT; i++)
        assert_true(strcmp(ids[i - 1], ids[i]) < 0);
}

static bool is_named(const char *id)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(ids[i], id) == 0)
            return true;
    }
    return false;
}

static void every_class_and_reason_of_ours(void **state)
{
    (void)state;
    static const char *const classes[] = {
#define CLASS(name, starts) #name,
#define CLASS_ONLY(name) #name,
#include "text/classes.def"
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!is_named(classes[i]))
            fail_msg("docbao/names.def has no row for the class %s", classes[i]);
    }
    assert_true(is_named("front matter"));
    assert_string_equal(api_name_of("front matter"), "front matter");
    assert_string_equal(api_name_of("no such id"), "no such id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_without_repetition),
        cmocka_unit_test(every_class_and_reason_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
