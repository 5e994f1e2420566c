/*
 * Waits until files change.
 *
 * Invariants:
 * - What counts is what the system tells of each file: where it is, its size, its times. So a
 * change is seen however it was made: in place, by another file that takes the name, by removing it
 * and making it again, on a file system that reports nothing. inotify only ends a wait sooner than
 * a second.
 * - A change is reported when it is over: all has stayed as it is for 0.3 seconds, and nobody has a
 *   file open for writing, as far as the system tells (after ten quiet seconds that counts no
 *   more).
 */
#ifndef DOCBAO_CLI_WATCH_H
#define DOCBAO_CLI_WATCH_H

#include <signal.h>
#include <stdbool.h>

struct watch;

/* The caller frees it with watch_free. */
struct watch *watch_new(void);
/* NULL is allowed. */
void watch_free(struct watch *w);

/* Adds a file, or a folder with the files in it; it need not exist. NULL adds nothing. */
void watch_add(struct watch *w, const char *path);

/* Remembers the files as they are: before they are read, so that no change is missed. */
void watch_note(struct watch *w);

/* Waits until they are other than was noted, and quiet. False: *stop has become nonzero. */
bool watch_wait(struct watch *w, const volatile sig_atomic_t *stop);

#endif
