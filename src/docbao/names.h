/*
 * Names for people of the identifiers that scripts see: token classes, reasons why something is
 * skipped, kinds of diagnostics.
 */
#ifndef DOCBAO_NAMES_H
#define DOCBAO_NAMES_H

/* The name of the identifier (names.def), translated; the identifier itself if it has none. */
const char *api_name_of(const char *id);

#endif
