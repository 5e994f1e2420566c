/*
 * The user's own readings: a lexicon.
 *
 * A lexicon is a table (base/table.h) of written, spoken, context. `written` is a word or a phrase
 * and is matched whole; in small letters only it matches any case, with a capital only itself.
 * `spoken` is one or more Vietnamese syllables, or "=spell". `context` may be empty, or a word or
 * phrase that must be within a few words: "<x" before, ">x" after, "x" on either side.
 *
 * Invariants: every reading of a lexicon can be spoken. A longer phrase wins over a shorter one, a
 * row whose context fits over one without a context, a row that was loaded earlier over a later
 * one.
 */
#ifndef DOCBAO_TEXT_LEXICON_H
#define DOCBAO_TEXT_LEXICON_H

#include "base/err.h"
#include "text/view.h"

enum lexicon_column { LEXICON_WRITTEN, LEXICON_SPOKEN, LEXICON_CONTEXT, LEXICON_COLUMNS };

struct lexicon;

/* An empty one; the caller frees it with lexicon_free (NULL is allowed there). */
struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *l);

/* Whether no row was loaded. */
bool lexicon_is_empty(const struct lexicon *l);

/* Appends the text of a file with these bytes, in NFC, as the text of an article is. STATUS_USAGE:
 * they are not UTF-8. */
enum status lexicon_text(const char *path, struct sv bytes, struct buf *out, struct err *e);

/* Adds the rows of a file; one that does not exist has none. Errors (STATUS_USAGE, with file and
 * line): it cannot be read, or a row is not as lexicon_check wants it; then nothing was added. */
enum status lexicon_load(struct lexicon *l, const char *path, struct err *e);

/* The same for a file that nobody has named (file_read_unnamed). *why: NULL, or why it is not used;
 * nothing was added then. Also an error: the machine cannot read it now (STATUS_INPUT). */
enum status lexicon_load_unnamed(struct lexicon *l, const char *path, const char **why,
                                 struct err *e);

/* How many rows it has, and how many of the first `rows` were found by lexicon_find at least once.
 */
uint32_t lexicon_rows(const struct lexicon *l);
uint32_t lexicon_rows_found(const struct lexicon *l, uint32_t rows);

/* Whether a row could be in a lexicon; STATUS_USAGE and the reason if not. */
enum status lexicon_check(struct sv written, struct sv spoken, struct sv context, struct err *e);

/* What was found: its number of atoms, its reading or "=spell", and the row's file and line,
 * which live as long as the lexicon. */
struct lexicon_match {
    uint32_t atoms;
    struct sv spoken;
    const char *where;
};

/* Finds the longest phrase of the lexicon that begins at atom i; false if there is none. */
bool lexicon_find(const struct lexicon *l, const struct view *v, uint32_t i,
                  struct lexicon_match *match);

#endif
