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

/* The same for libraries that take functions for their memory, with a pointer of the caller's. */
void *mem_for_library(void *unused, size_t size);
void *mem_regrow_for_library(void *unused, void *ptr, size_t size);
void mem_free_for_library(void *unused, void *ptr);

/* The exit code of a process that ran out of memory. */
enum { MEM_EXIT_CODE = 2 };

/* Says that the memory ran out and ends the process with MEM_EXIT_CODE. Nothing is tidied up: a
 * file that is being made must vanish by itself (base/replacement.h). */
_Noreturn void mem_exhausted(void);

#endif
