/*
 * The module: takes commands, and answers with sound and events.
 *
 * Invariants:
 * - It never waits for anything but its descriptors: commands, room for its answers, the engine.
 *   Between two pieces of sound it looks at the commands.
 * - Each SPEAK, CHAR, KEY and SOUND_ICON that was accepted gets 701 BEGIN, and then exactly one of
 *   702 END, 703 STOP and 704 PAUSE.
 * - Nothing but answers is written to the descriptor of the answers.
 */
#ifndef DOCBAO_SD_MODULE_H
#define DOCBAO_SD_MODULE_H

#include "docbao/docbao.h"

/* Serves until QUIT or the end of the commands, and returns the exit code of the program. */
int module_serve(struct docbao *d, int commands, int answers);

#endif
