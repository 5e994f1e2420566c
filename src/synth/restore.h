/*
 * Puts the process back into an earlier state, so that one worker can speak sentence after
 * sentence and each sounds as if a fresh process had spoken it.
 *
 * An engine keeps state that it cannot reset (counters, random numbers, the last frames of sound),
 * in static data, on the heap and inside libc. Restoring only part of it corrupts the heap, so all
 * of it is restored together:
 * - the writable data of every shared library (not the parts that the loader owns: RELRO and
 *   .got.plt, nor the loader's own data),
 * - the heap of the C library, and its end ("program break"),
 * - the stack below the caller: filled with zeros, since engines read locals they never set.
 * It takes a comparison of some hundred KiB, and copies only the pages that differ.
 *
 * Invariants:
 * - The data of the program itself, the stack of the caller, memory from mmap and open files are
 *   not touched. So whatever must outlive restore_apply belongs there, not on the heap.
 * - The process has one thread and uses glibc. Elsewhere restore_save returns NULL, and the pool
 *   starts a process for each sentence instead (synth/worker.h also checks that a restored worker
 *   gives the same sound, before it relies on it).
 * - Blocks too large for the heap (64 KiB and more, restore_prepare) are taken to be constant
 *   after the start: an engine's tables. They are neither saved nor compared.
 */
#ifndef DOCBAO_SYNTH_RESTORE_H
#define DOCBAO_SYNTH_RESTORE_H

#include <stdbool.h>

/* Whether restore_save can work in this build of the program. */
bool restore_is_possible(void);

/* Before the engine is loaded: tunes malloc so that the heap stays small, and does not move its
 * end during a sentence. */
void restore_prepare(void);

struct restore;

/* Saves the state; NULL if that is not possible here, or if the state is larger than is worth
 * comparing. It is never freed: it lives as long as the process. */
struct restore *restore_save(void);

/* Puts the saved state back. Pointers into the heap that were made since are then invalid. */
void restore_apply(const struct restore *r);

/* Fills the unused stack with zeros. restore_apply does it, too. */
void restore_wipe_stack(void);

#endif
