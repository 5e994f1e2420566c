/*
 * The terminal that keys come from.
 *
 * Invariants: it is left as it was found: by terminal_leave, which may be called at any time, and
 * before the program stops or ends. A terminal in whose background the program runs is not touched.
 */
#ifndef DOCBAO_CLI_TERMINAL_H
#define DOCBAO_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

struct terminal {
    int fd; /* -1: there is none */
    bool own_fd, saved;
    struct termios before;
};

/* Standard input where that is a terminal, else the terminal of the session, if anything is shown
 * on it. */
void terminal_open(struct terminal *t);
/* Keys come one by one, without echo. */
void terminal_keys(struct terminal *t);
/* Gives the terminal back as it was; and closes it, if it is not standard input. */
void terminal_leave(struct terminal *t);
void terminal_close(struct terminal *t);

/* The descriptor to wait at for keys; -1 while the program runs in the background, where reading
 * would stop it. */
int terminal_waits(const struct terminal *t);

/* Reads typed bytes, at most `room`, and returns their number. *end: the terminal went away; it has
 * none from then on. */
size_t terminal_read(struct terminal *t, char *bytes, size_t room, bool *end);

/* How many cells a line of the terminal has; 0: it is none, or does not say. */
unsigned terminal_columns(int fd);

#endif
