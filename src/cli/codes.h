/*
 * UTF-8 as it comes from outside: one code point at a time.
 */
#ifndef DOCBAO_CLI_CODES_H
#define DOCBAO_CLI_CODES_H

#include <stddef.h>
#include <stdint.h>

/* The code point at the front of the bytes. Gives how many bytes it takes; 0: they end before it
 * does; -1: this is not UTF-8 (overlong, a surrogate, past U+10FFFF). */
int code_take(const char *bytes, size_t n, uint32_t *code);

#endif
