/*
 * SANITIZER is 1 when the program is built with a compiler's address or memory sanitizer, 0
 * otherwise. Sanitizers replace malloc, keep the state of all memory elsewhere, report on standard
 * error, and make everything several times slower.
 *
 * Invariants: known when a file is compiled; a build has one value for all files.
 */
#ifndef DOCBAO_BASE_SANITIZER_H
#define DOCBAO_BASE_SANITIZER_H

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZER 1 /* gcc */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZER 1 /* clang */
#endif
#endif
#ifndef SANITIZER
#define SANITIZER 0
#endif

#endif
