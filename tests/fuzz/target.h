/*
 * The targets of the fuzzer. targets/NAME.c is the target NAME, and defines
 *
 *     const struct fuzz_target fuzz_NAME = {run, add_seeds};
 *
 * Invariants:
 * - All targets are in one program. The name under which it is called chooses the target:
 *   fuzz_NAME.
 * - `run` keeps nothing from one input to the next but what never changes, so that an input that
 *   breaks something breaks it again when it is run alone.
 */
#ifndef DOCBAO_TESTS_FUZZ_TARGET_H
#define DOCBAO_TESTS_FUZZ_TARGET_H

#include "base/buf.h"

/* Takes the inputs that a target begins with. */
struct seeds {
    void (*take)(void *user, struct sv input);
    void *user;
};

struct fuzz_target {
    /* Reads an input: any bytes whatsoever. Returns if all that must hold did (check.h). */
    void (*run)(struct sv input);
    /* Gives inputs of the kind that is expected, which the fuzzer then changes. */
    void (*add_seeds)(const struct seeds *seeds);
};

/* Adds an input: a byte of choices, and what follows it. */
void seed_text(const struct seeds *seeds, unsigned choices, const char *text);
void seed_bytes(const struct seeds *seeds, unsigned choices, struct sv bytes);

/* Adds each file of the project that the pattern matches (glob(7)), such as
 * "assets/samples/dong-*": the first with the first of the choices, and so on, round and round. */
void seed_files(const struct seeds *seeds, const char *choices, size_t count, const char *pattern);

/* Appends the bytes of a file. Ends the program if it cannot be read. */
void fuzz_read_file(const char *path, struct buf *out);

/* Takes the first byte of an input, the choices; 0 if the input is empty. */
unsigned fuzz_choices(struct sv *input);

#endif
