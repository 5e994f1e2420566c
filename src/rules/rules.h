/*
 * The rule tables, loaded and indexed.
 *
 * Invariants: a table's rows with the same key stand in the order of the file; where the user's
 * table has rows for a key, ours for that key are not there. Cells are views that live as long as
 * the rules. Nothing changes after loading.
 */
#ifndef DOCBAO_RULES_RULES_H
#define DOCBAO_RULES_RULES_H

#include "base/table.h"
#include "lang/letter.h"
#include "text/normalize.h"

enum rule_table {
    TABLE_ABBREVIATIONS,          /* written, spoken, cues, subject */
    TABLE_CLAUSE_WORDS,           /* word or phrase, how good a place to breathe is before it */
    TABLE_CODE_ISSUERS,           /* written, spoken */
    TABLE_CODE_TYPES,             /* written, spoken */
    TABLE_CUES,                   /* word or phrase, what it is a cue of */
    TABLE_CURRENCIES,             /* written, spoken */
    TABLE_DEFINITION_HEADS,       /* first words of a name, "any" where small letters will do */
    TABLE_FOREIGN_SYLLABLES,      /* letters, spoken, origin */
    TABLE_LETTERS,                /* letter, name, name alone, a-bờ-cờ name, English name */
    TABLE_LOANWORDS,              /* written, spoken */
    TABLE_ORIGINS,                /* letters, origin, weight */
    TABLE_RESPELLINGS,            /* written, what the engine is given */
    TABLE_SENTENCE_ABBREVIATIONS, /* word, what it says of a full stop beside it */
    TABLE_SOUTHERN_SOUNDS,        /* onset or rime, which of them, phonemes */
    TABLE_SYMBOLS,                /* symbol, spoken, where */
    TABLE_TRANSCRIBE,             /* letters, sounds, origin, before, after */
    TABLE_UNITS,                  /* written, spoken, kind */
    TABLE_WEB,                    /* part of an address, spoken, "top" for a top-level domain */
    TABLE_COUNT
};

enum { RULE_COLUMNS = 5 };

/* One row: its cells, the missing ones empty. */
struct rule {
    struct sv cell[RULE_COLUMNS];
};

/* What a word may be a cue of: bits. */
enum cue {
    CUE_DATE = 1 << 0,        /* before a day and month: ngày 15/5 */
    CUE_SCORE = 1 << 1,       /* in the sentence: thắng 3-2 */
    CUE_RATIO = 1 << 2,       /* before a ratio: tỷ lệ 1/500 */
    CUE_ROMAN = 1 << 3,       /* before a Roman numeral: khóa XIII */
    CUE_PHONE = 1 << 4,       /* before a number to call: gọi 113 */
    CUE_LUNAR = 1 << 5,       /* in the sentence: âm lịch */
    CUE_ADDRESS = 1 << 6,     /* before a house number: số 12/3A */
    CUE_VERSION = 1 << 7,     /* before 4.0: công nghiệp */
    CUE_DATE_AFTER = 1 << 8,  /* behind a day and month: 2/9 là Quốc khánh */
    CUE_DATE_WEAK = 1 << 9,   /* before one, or before a fraction: từ 1/7 */
    CUE_DATE_OPEN = 1 << 10,  /* behind one, no thing that is counted: 15/6 tại */
    CUE_HOLIDAY = 1 << 11,    /* is one, as 30/4 */
    CUE_COUNTED = 1 << 12,    /* behind a number that counts: 2/9 xã */
    CUE_WEEKDAY = 1 << 13,    /* before T7 */
    CUE_DOCUMENT = 1 << 14,   /* before a document's number: nghị định 10/2022 */
    CUE_DIGITS = 1 << 15,     /* before what is read digit by digit: mã số 12345 */
    CUE_FINENESS = 1 << 16,   /* before 9999: vàng */
    CUE_ROMAN_WEAK = 1 << 17, /* before a Roman numeral or a word: nhóm VI */
    CUE_ROMAN_FAR = 1 << 18,  /* some words before one: vua Charles I */
    CUE_POINT = 1 << 19,      /* before a number of parts: tiểu mục 1.2 */
    CUE_CLAUSE = 1 << 20,     /* before a letter of a law: điểm c */
    CUE_HEIGHT = 1 << 21,     /* shortly before a length: cao 1m2 */
    CUE_SCORE_OPEN = 1 << 22, /* behind a score, no thing that is counted: 1-2 chung cuộc */
    CUE_CLOCK = 1 << 23,      /* before a time of day: lúc 15g */
    CUE_SPELLED = 1 << 25,    /* is spelled before a glued number: VN30 */
    CUE_AMOUNT = 1 << 24,     /* behind a number that is no month: mỗi tháng 4 triệu */
};

/* What a word says of a full stop beside it: bits (assets/rules/sentence-abbreviations.tsv). */
enum stop_kind {
    STOP_PLACE = 1 << 0,
    STOP_TITLE = 1 << 1,
    STOP_NUMBER = 1 << 2,
    STOP_ANY = 1 << 3,
    STOP_INITIAL = 1 << 4,
    STOP_HEADING = 1 << 5,
    STOP_PERSON = 1 << 6,
    STOP_THING = 1 << 7,
    STOP_START = 1 << 8,
    STOP_GIVEN = 1 << 9,
    STOP_NAME = 1 << 10,
};

/* How good a place to breathe is before a word: bits (assets/rules/clause-words.tsv). */
enum clause_kind {
    CLAUSE_GOOD = 1 << 0,
    CLAUSE_FAIR = 1 << 1,
    CLAUSE_WEAK = 1 << 2,
    CLAUSE_NONE = 1 << 3, /* none, though a part of it is in the table */
};

/* The first row with that key, or NULL; `next` (may be NULL) takes the place for rules_next. */
const struct rule *rules_find(const struct rules *r, enum rule_table table, struct sv key,
                              const struct index_entry **next);
/* The following row with the same key, or NULL. */
const struct rule *rules_next(const struct rules *r, enum rule_table table,
                              const struct index_entry **next);

/* What the word or phrase is a cue of: bits of enum cue. */
uint32_t rules_cues(const struct rules *r, struct sv lower);
/* What a word says of a full stop beside it: bits of enum stop_kind. */
uint32_t rules_stop_kinds(const struct rules *r, struct sv word);
/* Whether one may breathe before the word or phrase: bits of enum clause_kind. */
uint32_t rules_clause_kinds(const struct rules *r, struct sv lower);

/* Whether some phrase of the loanwords begins with this word. */
bool rules_begins_phrase(const struct rules *r, struct sv lower);

/* The row of a letter. */
const struct rule *rules_letter(const struct rules *r, enum letter_id id);

#endif
