/*
 * Tries a module of speech-dispatcher as the server would use it.
 */
#ifndef DOCBAO_CLI_MODULE_TRIAL_H
#define DOCBAO_CLI_MODULE_TRIAL_H

#include "base/buf.h"

/* Starts the program and has it say something. False: it gave no sound within ten seconds, and
 * `why` has what it said instead, or nothing. */
bool module_trial(const char *program, struct buf *why);

#endif
