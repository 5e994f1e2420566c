/*
 * The text of a status line, cut to a width. Items that do not fit are left out, the least wanted
 * first.
 *
 * Invariants: an item is shown whole or not at all; widths are cells (cli/cells.h).
 */
#ifndef DOCBAO_CLI_STATUSLINE_H
#define DOCBAO_CLI_STATUSLINE_H

#include "cli/ui.h"

/* "playing · bac-nam · speed 110 % · sleep in 15 min", with the times in it or not. The caller
 * frees. */
char *status_words(const struct ui_status *status, bool with_times, unsigned cells);
/* "3:05", "1:02:03". The caller frees. */
char *status_clock(uint64_t ms);
/* "3:05 / 12:34 · 9:29 left"; "" where nothing is known. The caller frees. */
char *status_times(const struct ui_status *status);

#endif
