/*
 * The three main dialects of Vietnamese.
 *
 * Invariants: the numbers are indices into tables with DIALECT_COUNT columns.
 */
#ifndef DOCBAO_LANG_DIALECT_H
#define DOCBAO_LANG_DIALECT_H

enum dialect { DIALECT_NORTH, DIALECT_CENTRAL, DIALECT_SOUTH };

enum { DIALECT_COUNT = DIALECT_SOUTH + 1 };

#endif
