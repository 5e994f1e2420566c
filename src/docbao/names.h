/*
 * The names that people read of token classes (names.def), of the reasons why something is skipped,
 * and of kinds of diagnostics (article/reasons.def), translated.
 *
 * Invariants: a name is a label of one or two words; it is never NULL, and static.
 */
#ifndef DOCBAO_NAMES_H
#define DOCBAO_NAMES_H

#include "article/reasons.h"
#include "text/token_class.h"

const char *api_class_name(unsigned cls); /* an enum token_class */
const char *api_reason_name(enum skip_reason reason);
const char *api_diagnostic_name(enum note_kind kind);

#endif
