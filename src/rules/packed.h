/*
 * The tables of assets/rules as the build packs them (cmake/pack_tables.c).
 *
 * Invariants: constant, and checked when they were packed: a row that its table forbids fails the
 * build.
 */
#ifndef DOCBAO_RULES_PACKED_H
#define DOCBAO_RULES_PACKED_H

#include "rules/tables.h"

extern const struct packed_table packed_tables[TABLE_COUNT];

/* The result of pack_heads for them. */
extern const struct packed_table packed_heads;

#endif
