/*
 * The rule tables, loaded and indexed.
 *
 * Invariants: a table's rows with the same key stand in the order of the file; where the user's
 * table has rows for a key, ours for that key are not there. Cells are views that live as long as
 * the rules. Nothing changes after loading.
 */
#ifndef DOCBAO_TEXT_RULES_H
#define DOCBAO_TEXT_RULES_H

#include "base/table.h"
#include "text/letter.h"
#include "text/reading.h"

enum rule_table {
    TABLE_ABBREVIATIONS, /* written, spoken, cues, subject */
    TABLE_CODE_ISSUERS,  /* written, spoken */
    TABLE_CODE_TYPES,    /* written, spoken */
    TABLE_CUES,          /* word or phrase, what it is a cue of */
    TABLE_CURRENCIES,    /* written, spoken */
    TABLE_LETTERS,       /* letter, name, name alone, a-bờ-cờ name, English name */
    TABLE_LOANWORDS,     /* written, spoken */
    TABLE_RESPELLINGS,   /* written, what the engine is given */
    TABLE_SYMBOLS,       /* symbol, spoken, where */
    TABLE_UNITS,         /* written, spoken, kind */
    TABLE_WEB,           /* part of an address, spoken, "top" for a top-level domain */
    TABLE_COUNT
};

enum { RULE_COLUMNS = 5 };

/* One row: its cells, the missing ones empty. */
struct rule {
    struct sv cell[RULE_COLUMNS];
};

/* What a word may be a cue of: bits. */
enum cue {
    CUE_DATE = 1 << 0,    /* before a day and month: ngày 15/5 */
    CUE_SCORE = 1 << 1,   /* in the sentence: thắng 3-2 */
    CUE_RATIO = 1 << 2,   /* before a ratio: tỷ lệ 1/500 */
    CUE_ROMAN = 1 << 3,   /* before a Roman numeral: khóa XIII */
    CUE_PHONE = 1 << 4,   /* before a number to call: gọi 113 */
    CUE_LUNAR = 1 << 5,   /* in the sentence: âm lịch */
    CUE_ADDRESS = 1 << 6, /* before a house number: số 12/3A */
    CUE_VERSION = 1 << 7, /* before 4.0: công nghiệp */
    CUE_DATE_AFTER = 1 << 8, /* behind a day and month: 2/9 là Quốc khánh */
};

/* The first row with that key, or NULL; `next` (may be NULL) takes the place for rules_next. */
const struct rule *rules_find(const struct rules *r, enum rule_table table, struct sv key,
                              const struct index_entry **next);
/* The following row with the same key, or NULL. */
const struct rule *rules_next(const struct rules *r, enum rule_table table,
                              const struct index_entry **next);

/* What the word or phrase is a cue of: bits of enum cue. */
uint32_t rules_cues(const struct rules *r, struct sv lower);

/* The row of a letter. */
const struct rule *rules_letter(const struct rules *r, enum letter_id id);

#endif
