/*
 * Which items of feeds were heard: a file with a key a line, the latest last, shared by every
 * docbao of a user.
 */
#ifndef DOCBAO_LIBRARY_HEARD_H
#define DOCBAO_LIBRARY_HEARD_H

#include "base/err.h"
#include "base/vec.h"

struct heard {
    struct buf bytes;
    VEC(struct sv) keys; /* sorted; views of `bytes` */
};

/* Reads the file; one that does not exist holds nothing. Sets *out whole. Error: STATUS_USAGE. */
enum status heard_load(struct heard *out, const char *path, struct err *e);
void heard_free(struct heard *h);

bool heard_has(const struct heard *h, struct sv key);

/*
 * Adds a key (one line, not empty) to the file, which is made with its folders where there is none,
 * and replaced as a whole. Others may do the same at the same time: no key is lost, none stands
 * there twice. The oldest are forgotten beyond some thousands. Error: STATUS_OUTPUT.
 */
enum status heard_add(const char *path, struct sv key, struct err *e);

#endif
