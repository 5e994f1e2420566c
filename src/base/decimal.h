/*
 * Decimal numbers as people write them into options and settings: "-16", "0.5".
 *
 * Invariants: the point is "." in every locale; the whole text is one number, or it is none.
 */
#ifndef DOCBAO_BASE_DECIMAL_H
#define DOCBAO_BASE_DECIMAL_H

#include <stdbool.h>

/* Reads a sign (or none), digits, and maybe a point with digits behind it, whatever the locale.
 * False for anything else, also behind the number, and for more than nine digits on either side;
 * *value is then as it was. */
bool decimal_parse(const char *text, double *value);

#endif
