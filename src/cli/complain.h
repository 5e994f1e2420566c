/*
 * Messages on standard error.
 *
 * Invariants: a message is one line that a terminal only displays.
 */
#ifndef DOCBAO_CLI_COMPLAIN_H
#define DOCBAO_CLI_COMPLAIN_H

#include "base/message.h"

/* Prints "docbao: ", the message (base/message.h) and a line end. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for a message that was formatted before. */
void complain_text(struct sv message);

#endif
