#include "base/mem.h"

#include <stdint.h>
#include <unistd.h>

/* By system calls alone, and in English: all else may want memory too. */
void mem_exhausted(void)
{
    static const char sentence[] = "docbao: out of memory; close other programs and try again\n";
    ssize_t unused = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)unused;
    _exit(MEM_EXIT_CODE);
}

void *mem_zalloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *mem_regrow(void *ptr, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        mem_exhausted();
    size_t bytes = count * size;
    void *p = realloc(ptr, bytes > 0 ? bytes : 1);
    if (!p)
        mem_exhausted();
    return p;
}

void *mem_for_library(void *unused, size_t size)
{
    return mem_regrow_for_library(unused, NULL, size);
}

void *mem_regrow_for_library(void *unused, void *ptr, size_t size)
{
    (void)unused;
    return mem_regrow(ptr, size, 1);
}

void mem_free_for_library(void *unused, void *ptr)
{
    (void)unused;
    free(ptr);
}

char *mem_copy(struct sv text)
{
    char *copy = mem_regrow(NULL, text.n + 1, 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    return copy;
}
