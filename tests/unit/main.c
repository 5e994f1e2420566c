/*
 * tests NAME: runs the test program of unit/test_NAME.c and returns its exit code. Each runs in a
 * process of its own, so a test may crash, fork or change the environment.
 */
#include <stdio.h>
#include <string.h>

struct test {
    const char *name;
    int (*run)(void);
};

static const struct test tests[] = {
#define TEST(name) {#name, test_##name##_main},
#include "units.def"
#undef TEST
};

static const struct test *find(const char *name)
{
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (strcmp(tests[i].name, name) == 0)
            return &tests[i];
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const struct test *test = argc == 2 ? find(argv[1]) : NULL;
    if (test)
        return test->run();
    fprintf(stderr, "usage: tests NAME, one of:\n");
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        fprintf(stderr, "  %s\n", tests[i].name);
    return 1;
}
