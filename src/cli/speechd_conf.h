/*
 * What of speechd.conf matters for our module:
 * - Where it has AddModule lines, speech-dispatcher starts only those modules; without any it looks
 *   for all.
 * - With SymbolsPreproc, as Debian has it, speech-dispatcher itself replaces marks by words before
 * a module sees them: "15/5/2024" by "15 trên 5 trên 2024", which nobody can read as a date again.
 *
 * Invariants:
 * - Only the lines between our two markers are ever added or removed; every other byte stays.
 */
#ifndef DOCBAO_CLI_SPEECHD_CONF_H
#define DOCBAO_CLI_SPEECHD_CONF_H

#include "base/buf.h"

/* Whether it names modules, ours aside. */
bool speechd_conf_names_modules(struct sv conf);

/* Whether it has marks replaced by words, our lines aside. */
bool speechd_conf_replaces_marks(struct sv conf);

/* Appends the text without our lines. */
void speechd_conf_without(struct sv conf, struct buf *out);

/* Appends the text with the lines that it needs at its end, once; none where it needs none. */
void speechd_conf_with(struct sv conf, struct buf *out);

#endif
