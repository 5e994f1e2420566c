/*
 * The files that the build puts inside the program: the voices (*.voice) and the profiles
 * (*.ini).
 *
 * Invariants: constant; the bytes live as long as the program.
 */
#ifndef DOCBAO_BASE_EMBEDDED_H
#define DOCBAO_BASE_EMBEDDED_H

#include "base/sv.h"

struct embedded_file {
    const char *name; /* without a folder: "bac-nam.voice" */
    const unsigned char *bytes;
    size_t length;
};

/* Ends with a row whose name is NULL; sorted by folder, then name. */
extern const struct embedded_file embedded_files[];

/* The bytes of the file of that name; p is NULL where there is none. */
struct sv embedded_find(struct sv name);

#endif
