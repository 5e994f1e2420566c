/*
 * The user's speechd.conf, as far as it names modules: where it has AddModule lines,
 * speech-dispatcher starts only those modules; without any it looks for all.
 *
 * Invariants:
 * - Only the lines between our two markers are ever added or removed; every other byte stays.
 */
#ifndef DOCBAO_CLI_SPEECHD_CONF_H
#define DOCBAO_CLI_SPEECHD_CONF_H

#include "base/buf.h"

/* Whether it names modules, ours aside. */
bool speechd_conf_names_modules(struct sv conf);

/* Appends the text without our lines. */
void speechd_conf_without(struct sv conf, struct buf *out);

/* Appends the text with our lines at its end, once. */
void speechd_conf_with(struct sv conf, struct buf *out);

#endif
