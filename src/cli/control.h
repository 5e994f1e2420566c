/*
 * --control SOCKET: other programs as listeners. JSON lines over a Unix socket: commands in (those
 * of commands.def), answers and events out; docs/control.md describes the format.
 *
 * Invariants: no call waits; a client that does not read is dropped, one that writes nonsense gets
 * an answer that says so; the socket's file is made by control_open (only its user may connect) and
 * removed by control_close; one that a dead docbao left is taken over, one in use is refused.
 */
#ifndef DOCBAO_CLI_CONTROL_H
#define DOCBAO_CLI_CONTROL_H

#include "cli/command.h"
#include "cli/ui.h"

struct control;

/* Executes the request. Returns NULL, or why it cannot be executed: a sentence in UTF-8, valid
 * until the next call. Every request has what it needs: given is true, but for `voice` without a
 * name (the next one) and where there is no value; `correct` has both texts. Numbers are any int32;
 * that of `go` counts sentences from 0, as the events do. "status" does not come here. */
typedef const char *control_do(void *user, const struct request *request);

/* On failure NULL, and one sentence on standard error says why. */
struct control *control_open(const char *path, control_do *does, void *user);
/* Sends what can be sent at once. NULL is allowed. */
void control_close(struct control *c);

enum { CONTROL_MOST_DESCRIPTORS = 17 }; /* the socket, and 16 clients */
/* Fills up to CONTROL_MOST_DESCRIPTORS of `fds` with what to wait for; returns how many. */
uint32_t control_descriptors(const struct control *c, struct pollfd *fds);
/* Takes what came, calls `does`, answers. *status answers the command "status", and is read when
 * that comes: `does` may bring it up to date. */
void control_serve(struct control *c, const struct ui_status *status);

/* Sends events to all clients, and keeps the last ones for clients that connect later. They may be
 * called from `does`. */
void control_article(struct control *c, struct docbao_article *a, const struct ui_status *status);
void control_sentence(struct control *c, struct docbao_article *a, uint32_t sentence);
void control_word(struct control *c, struct docbao_article *a, uint32_t sentence, uint32_t token);
/* To be called whenever something may have changed: an event only if something other than the
 * place (sentence, elapsed, total) has, since the last one. */
void control_status(struct control *c, const struct ui_status *status);

#endif
