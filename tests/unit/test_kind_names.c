/*
 * The names for people: the lists are sorted, as bisection needs, and name every class and every
 * reason that a table may give. cmake/check_reasons.sh looks for the reasons that the code gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/message.h"
#include "docbao/names.h"
#include "rules/tables.h"
#include "text/token_class.h"

static const char *const classes[] = {
#define NAME(id, name) id,
#include "docbao/names.def"
#undef NAME
};

static const char *const reasons[] = {
#define SKIPPED(id, name, meaning) id,
#include "article/reasons.def"
};

static const char *const diagnostics[] = {
#define DIAGNOSTIC(id, name, meaning) id,
#include "article/reasons.def"
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void assert_sorted(const char *const *ids, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(ids[i - 1], ids[i]) >= 0)
            fail_msg("%s may not stand after %s", ids[i], ids[i - 1]);
}

static void sorted_without_repetition(void **state)
{
    (void)state;
    assert_sorted(classes, COUNT(classes));
    assert_sorted(reasons, COUNT(reasons));
    assert_sorted(diagnostics, COUNT(diagnostics));
}

static void assert_named(const char *id, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(ids[i], id) == 0)
            return;
    fail_msg("%s has no name for people", id);
}

static void every_class_has_a_name(void **state)
{
    (void)state;
    static const char *const read[] = {
#define CLASS(name, starts) #name,
#define CLASS_ONLY(name) #name,
#include "text/classes.def"
    };
    for (size_t i = 0; i < COUNT(read); i++)
        assert_named(read[i], classes, COUNT(classes));
}

static void every_reason_of_a_table_has_a_name(void **state)
{
    (void)state;
    for (const struct kind_name *k = kind_names[KINDS_boilerplate_reason]; k->name; k++)
        assert_named(k->name, reasons, COUNT(reasons));
}

static void names_are_found(void **state)
{
    (void)state;
    assert_string_equal(api_class_name("unread"), "not read");
    assert_string_equal(api_reason_name("front matter"), "front matter");
    assert_string_equal(api_diagnostic_name("lost"), "lost");
    assert_string_equal(api_reason_name("no such id"), "no such id");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorted_without_repetition),
        cmocka_unit_test(every_class_has_a_name),
        cmocka_unit_test(every_reason_of_a_table_has_a_name),
        cmocka_unit_test(names_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
