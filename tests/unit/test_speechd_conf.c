/* The lines for the module in the user's speechd.conf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/speechd_conf.h"

#define BEGIN "# docbao setup screen-reader: begin\n"
#define END "# docbao setup screen-reader: end\n"
#define MODULE "AddModule \"docbao\" \"sd_docbao\" \"docbao.conf\"\n"
#define MARKS "SymbolsPreproc \"no\"\n"
#define OURS BEGIN MODULE END

static void assert_change(void (*change)(struct sv conf, struct buf *out), const char *conf,
                          const char *wanted)
{
    struct buf seen = BUF_INIT;
    change(sv_of(conf), &seen);
    assert_string_equal(seen.p, wanted);
    buf_free(&seen);
}

static void test_lines_are_added_once(void **state)
{
    (void)state;
    assert_change(speechd_conf_with, "", "");
    assert_change(speechd_conf_with, "A 1\n#AddModule x\n", "A 1\n#AddModule x\n");
    assert_change(speechd_conf_with, "AddModule x\n", "AddModule x\n" OURS);
    assert_change(speechd_conf_with, "AddModule x", "AddModule x\n" OURS);
    assert_change(speechd_conf_with, "AddModule x\n" OURS, "AddModule x\n" OURS);
    assert_change(speechd_conf_with, OURS "AddModule x\n", "AddModule x\n" OURS);
    assert_change(speechd_conf_with, "SymbolsPreproc \"char\"\n",
                  "SymbolsPreproc \"char\"\n" BEGIN MARKS END);
    assert_change(speechd_conf_with, "symbolspreproc all\nAddModule x\n",
                  "symbolspreproc all\nAddModule x\n" BEGIN MODULE MARKS END);
    assert_change(speechd_conf_with, "SymbolsPreproc \"char\"\nSymbolsPreproc \"no\"\n",
                  "SymbolsPreproc \"char\"\nSymbolsPreproc \"no\"\n");
    assert_change(speechd_conf_with, "#SymbolsPreproc \"char\"\nSymbolsPreprocFile \"a\"\n",
                  "#SymbolsPreproc \"char\"\nSymbolsPreprocFile \"a\"\n");
    assert_change(speechd_conf_with, OURS, "");
}

static void test_only_our_lines_are_removed(void **state)
{
    (void)state;
    assert_change(speechd_conf_without, "", "");
    assert_change(speechd_conf_without, "A 1\nB", "A 1\nB");
    assert_change(speechd_conf_without, "A 1\n" OURS "B\n", "A 1\nB\n");
    assert_change(speechd_conf_without, OURS OURS, "");
    /* Where the last line is missing, nobody knows which are ours. */
    assert_change(speechd_conf_without, "A\n" BEGIN "B\n", "A\n" BEGIN "B\n");
}

static void test_modules_that_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *conf;
        bool names;
    } cases[] = {
        {"", false},
        {"#AddModule \"a\"\n", false},
        {"AddModules \"a\"\n", false},
        {"LogLevel 3\n", false},
        {OURS, false},
        {"x\nAddModule \"a\" \"b\"", true},
        {"  ADDMODULE\t\"a\"\n", true},
        {OURS "addmodule \"a\"\n", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(speechd_conf_names_modules(sv_of(cases[i].conf)), cases[i].names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_added_once),
        cmocka_unit_test(test_only_our_lines_are_removed),
        cmocka_unit_test(test_modules_that_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
