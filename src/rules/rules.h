/*
 * The rule tables, packed at build time, with the tables of the user's folders laid over them.
 *
 * Invariants:
 * - Rows with the same key are in the order of the file; rows of an earlier folder are before those
 *   of a later one, and ours last.
 * - Where a folder has rows for a first column, the rows of later folders and ours that have the
 *   same first column are not there. This is the meaning of an overlay for every table.
 * - Rows and their texts live as long as the rules. Nothing changes after loading.
 */
#ifndef DOCBAO_RULES_RULES_H
#define DOCBAO_RULES_RULES_H

#include "lang/letter.h"
#include "lang/transcription.h"
#include "lang/web_names.h"
#include "rules/tables.h"

struct rules;

/*
 * Takes the tables that the build has packed; files of the same names in `folders` (ended by NULL;
 * or NULL) overlay them, those of an earlier folder those of a later one. Errors (STATUS_USAGE): a
 * folder that cannot be opened; a row that its table forbids, with file, line and column
 * (rules/tables.h). The caller frees *out, which is NULL after an error, with rules_free.
 */
enum status rules_load(struct rules **out, const char *const *folders, struct err *e);
/* Frees the tables that were laid over; NULL is allowed. */
void rules_free(struct rules *r);

/* The table; of rules that are NULL, the built-in one. */
const struct packed_table *rules_table(const struct rules *r, enum rule_table table);

/* The first row with that key, or NULL; row_next gives the others. */
const struct row *rules_find(const struct rules *r, enum rule_table table, struct sv key);

/* Returns the readings that the word or phrase is a cue of: bits of enum cue. */
uint64_t rules_cues(const struct rules *r, struct sv lower);
/* The kinds of near-words.tsv that it has: bits of enum near. */
uint64_t rules_near(const struct rules *r, struct sv lower);
/* Returns the effect of a word on a full stop beside it: bits of enum stop_kind. */
uint64_t rules_stop_kinds(const struct rules *r, struct sv word);
/* Whether one may breathe before the word or phrase: bits of enum clause_kind. */
uint64_t rules_clause_kinds(const struct rules *r, struct sv lower);

/* The words with which the keys of some tables begin (rules/tables.h), with bits of enum
 * table_head. */
const struct packed_table *rules_heads(const struct rules *r);

/* Whether a key of that table (one of enum table_head) may be at the front of the text, in any
 * case. True also where the text begins with no letter, or with a very long word. */
bool rules_may_begin(const struct rules *r, struct sv text, unsigned head);

/* The row of a letter, or NULL. */
const struct row *rules_letter(const struct rules *r, enum letter_id id);

/* The tables for foreign words; valid as long as the rules. */
const struct transcription_tables *rules_transcription(const struct rules *r);

#endif
