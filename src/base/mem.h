/*
 * Memory that cannot fail: out of memory ends the program at one place, with one sentence.
 * Invariant: none of these returns NULL, whatever the size.
 */
#ifndef DOCBAO_BASE_MEM_H
#define DOCBAO_BASE_MEM_H

#include "base/sv.h"

/* `size` zeroed bytes; the caller frees them with free(). */
void *mem_zalloc(size_t size);

/* `ptr` (or NULL) grown to `count` items of `size` bytes each; overflow of the product ends the
 * program too. The caller frees the result with free(). */
void *mem_regrow(void *ptr, size_t count, size_t size);

/* A copy of the text, ended by NUL; the caller frees it with free(). */
char *mem_copy(struct sv text);

/* Says that memory ran out and aborts: the one out-of-memory hook. */
_Noreturn void mem_exhausted(size_t wanted);

#endif
