/*
 * The encoding windows-1252: Latin-1 with letters, quotes and dashes in place of most of the
 * controls from 0x80 to 0x9F.
 *
 * Invariants: constant. Source: the Encoding Standard of WHATWG, index windows-1252.
 */
#ifndef DOCBAO_BASE_WINDOWS_1252_H
#define DOCBAO_BASE_WINDOWS_1252_H

#include <stdint.h>

enum { NOT_A_BYTE = -1 };

/* The code point of a byte (0 to 255); 0 for the bytes above 0x7F that have none. */
uint16_t windows_1252_code(unsigned byte);

/* The byte that windows-1252, or Latin-1, shows as this code point; NOT_A_BYTE: none. */
int windows_1252_byte(uint32_t code);

#endif
