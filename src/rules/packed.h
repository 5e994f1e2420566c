/*
 * The tables of assets/rules as the build packs them (cmake/pack_tables.c).
 */
#ifndef DOCBAO_RULES_PACKED_H
#define DOCBAO_RULES_PACKED_H

#include "rules/tables.h"

extern const struct packed_table packed_tables[TABLE_COUNT];

/* The result of pack_phrase_heads for them. */
extern const struct packed_table packed_phrase_heads;

#endif
