/*
 * Declarations that fuzz.c and replay.c share. The functions of libFuzzer's interface have the
 * names that it gives them.
 */
#ifndef DOCBAO_TESTS_FUZZ_FUZZ_H
#define DOCBAO_TESTS_FUZZ_FUZZ_H

#include "fuzz/target.h"

/* Called once, before any input: chooses the target by the name of the program. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The target of a program of that path. Ends the program if there is none. */
const struct fuzz_target *fuzz_choose(const char *program);

#endif
