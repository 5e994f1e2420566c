/*
 * Names for people of the identifiers that scripts see: token classes (names.def), reasons why
 * something is skipped, and kinds of diagnostics (article/reasons.def).
 */
#ifndef DOCBAO_NAMES_H
#define DOCBAO_NAMES_H

/* The name of the identifier, translated; the identifier itself if it has none. */
const char *api_class_name(const char *id);
const char *api_reason_name(const char *id);
const char *api_diagnostic_name(const char *id);

#endif
