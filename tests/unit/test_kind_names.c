/*
 * The names for people: every class has one, and every reason that a table may give is in the list
 * of reasons.
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

static const char *const reasons[] = {
#define SKIPPED(id, word, name, meaning) word,
#include "article/reasons.def"
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

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
    for (unsigned cls = 0; cls < CLASS_COUNT; cls++)
        assert_non_null(api_class_name(cls));
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
    assert_string_equal(api_class_name(CLASS_unread), "not read");
    assert_string_equal(api_reason_name(SKIP_FRONT_MATTER), "front matter");
    assert_string_equal(api_diagnostic_name(NOTE_LOST), "lost");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_has_a_name),
        cmocka_unit_test(every_reason_of_a_table_has_a_name),
        cmocka_unit_test(names_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
