/*
 * Why a stretch of an article is not read, and what a diagnostic is about (reasons.def).
 *
 * Invariants: SKIP_NONE is 0 and means that the stretch is read. Within the program the values are
 * used; the words are for scripts, and for articles on their way between processes.
 */
#ifndef DOCBAO_ARTICLE_REASONS_H
#define DOCBAO_ARTICLE_REASONS_H

#include "base/sv.h"

enum skip_reason {
    SKIP_NONE,
#define SKIPPED(id, word, name, meaning) SKIP_##id,
#include "article/reasons.def"
    SKIP_REASONS
};

enum note_kind {
#define DIAGNOSTIC(id, word, name, meaning) NOTE_##id,
#include "article/reasons.def"
    NOTE_KINDS
};

/* The word of a reason, and of a kind of diagnostics: static strings. */
const char *skip_word(enum skip_reason reason);
const char *note_word(enum note_kind kind);

/* The reason with that word; SKIP_NONE if there is none. */
enum skip_reason skip_reason_of(struct sv word);

/* Sets *kind to the kind with that word; false if there is none. */
bool note_kind_of(struct sv word, enum note_kind *kind);

#endif
