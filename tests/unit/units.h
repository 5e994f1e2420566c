/*
 * The entry points of the unit tests: test_NAME_main for each unit/test_NAME.c. The build lists
 * them in units.def, includes this header into every test and renames its main.
 */
#ifndef DOCBAO_TESTS_UNITS_H
#define DOCBAO_TESTS_UNITS_H

#define TEST(name) int test_##name##_main(void);
#include "units.def"
#undef TEST

#endif
