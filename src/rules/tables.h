/*
 * The definitions of the rule tables (rules/tables.def): names, columns, kinds, and what a cell may
 * hold.
 *
 * Invariants: the kinds of one table have different bits of the 64 that a row keeps (row_kinds);
 * two tables may use the same set of kinds.
 */
#ifndef DOCBAO_RULES_TABLES_H
#define DOCBAO_RULES_TABLES_H

#include "base/err.h"
#include "base/packed_table.h"

#define TABLE(id, file, readers, ...) TABLE_##id,
#define COLUMN(table, id, name, ...)
#define END_TABLE(id)
enum rule_table {
#include "rules/tables.def"
    TABLE_COUNT
};

/* clang-format off */
/* The columns of each table: LETTER_NAMES_NAME is column 1 of TABLE_LETTER_NAMES. */
#define TABLE(id, file, readers, ...) enum {
#define COLUMN(table, id, name, ...) table##_##id,
#define END_TABLE(id) id##_COLUMNS };
#include "rules/tables.def"

/* The numbers of the bits. */
#define KINDS(set, first) enum set##_bit { set##_bits_before = (first) - 1,
#define KIND(id, name) id##_BIT,
#define END_KINDS(set) set##_bits_end };
#define AFTER(set) set##_bits_end
#include "rules/tables.def"
#undef AFTER

/* The sets of kinds: enum cue has CUE_DATE and so on. Where a value does not fit into an int, gcc
 * and clang make the enum wider, as C23 requires. Variables that hold kinds are uint64_t. */
#define KINDS(set, first) enum set {
#define KIND(id, name) id = UINT64_C(1) << id##_BIT,
#define END_KINDS(set) }; _Static_assert(set##_bits_end <= 64, "a row has 64 bits for kinds");
#include "rules/tables.def"
/* clang-format on */

/* The names of those sets: KINDS_cue. */
#define KINDS(set, first) KINDS_##set,
#define KIND(id, name)
#define END_KINDS(set)
#define LANG_KINDS(set) KINDS_##set,
#define LANG_KIND(id, name)
#define END_LANG_KINDS(set)
enum kind_set {
    KINDS_NONE,
#include "rules/tables.def"
    KIND_SETS
};

struct kind_name {
    const char *name;
    uint64_t bit;
};

/* The names of each set; ends with a NULL. Empty for KINDS_NONE. */
extern const struct kind_name *const kind_names[KIND_SETS];

/* The checks of a cell. All cells are NFC, without control characters, and have single spaces. */
enum cell_check {
    CHECK_TEXT,         /* any text */
    CHECK_LOWER,        /* text without capitals */
    CHECK_READING,      /* legal syllables in lower case, or one of the kinds */
    CHECK_SYLLABLE,     /* one such syllable */
    CHECK_RESPELLING,   /* syllables, or phonemes in [[ ]], in place of any of them */
    CHECK_PHONEMES,     /* printable ASCII */
    CHECK_SOUNDS,       /* onsets and vowels in Vietnamese spelling, or - */
    CHECK_KIND,         /* one of the kinds */
    CHECK_KINDS,        /* one or more of them, with spaces between */
    CHECK_CONTEXT,      /* kinds or letters in lower case, with spaces between */
    CHECK_PHRASES,      /* kinds or phrases in lower case, with ; between */
    CHECK_NUMBER,       /* a whole number from `least` to `most` */
    CHECK_CHARACTERS,   /* `least` to `most` characters */
    CHECK_LOWER_LETTER, /* one letter in lower case */
    CHECK_WESTERN,      /* `least` to `most` characters that windows-1252 has */
};

struct column_definition {
    const char *name;
    enum cell_check check;
    enum kind_set kinds;
    uint64_t allowed; /* of these kinds; 0: all */
    int least, most;
    bool optional; /* it may be empty */
    bool unique;   /* no two rows of a file may agree in all columns marked so */
};

/* The key by which rows are found. */
enum table_key {
    KEY_WRITTEN, /* the first column */
    KEY_LOWER,   /* the same in lower case */
    /* The first column, of rows with MATCH_EXACT or MATCH_AGENCY; of the others its first letters
     * (boilerplate_head). Kept in an additional last column. */
    KEY_BOILERPLATE,
};

struct table_definition {
    const char *file; /* in assets/rules and in the folders of the user */
    const struct column_definition *columns;
    uint32_t column_count;
    enum table_key key;
};

extern const struct table_definition table_definitions[TABLE_COUNT];

enum { BOILERPLATE_KEY = BOILERPLATE_COLUMNS };

/* The letters that a text begins with, of any alphabet; it may be empty. */
struct sv boilerplate_head(struct sv text);

/* The column of the packed table that is looked up, and the number of its columns. */
uint32_t table_key_column(enum rule_table which);
uint32_t table_packed_columns(enum rule_table which);

/*
 * Reads a file of rows into `out`, which must be for table_packed_columns. A row is left out where
 * `earlier` (may be NULL) has its first column: texts from other files, to which those of this one
 * are added. Cells are views of `bytes` or of `arena`. Errors (STATUS_USAGE) have the file, which
 * is called `name`, the line and the column: not UTF-8, a cell that its column forbids, a row too
 * many times.
 */
struct arena;
struct index;
enum status table_read(enum rule_table which, const char *name, struct sv bytes,
                       struct index *earlier, struct arena *arena, struct packer *out,
                       struct err *e);

/* Appends the rows of a packed table of this kind to `out`, but those whose first column is in
 * `earlier`. */
void table_copy(enum rule_table which, const struct packed_table *from, const struct index *earlier,
                struct packer *out);

/*
 * The heads of tables: words with which their keys begin. Most words of a text begin no key of any
 * of these tables, so that one look-up when a word is scanned spares many.
 */
#define HEAD_TABLES(X)                                                                             \
    X(CLAUSE_WORDS)                                                                                \
    X(CUES)                                                                                        \
    X(CURRENCIES)                                                                                  \
    X(ENGLISH_WORDS)                                                                               \
    X(LINE_WORDS)                                                                                  \
    X(LOANWORDS)                                                                                   \
    X(NEAR_WORDS)                                                                                  \
    X(ORIGINS)                                                                                     \
    X(PAPERS)                                                                                      \
    X(SENTENCE_ABBREVIATIONS)                                                                      \
    X(UNITS)

/* For each such table two bits: HEAD_CUES, some key is the word or begins with it; and
 * HEAD_LONGER(HEAD_CUES), some key goes on behind it. */
/* clang-format off */
#define HEAD_BIT(id) HEAD_##id##_BIT,
enum table_head_bit { HEAD_TABLES(HEAD_BIT) HEAD_BITS };
#undef HEAD_BIT
#define HEAD(id) HEAD_##id = 1 << HEAD_##id##_BIT,
enum table_head { HEAD_TABLES(HEAD) };
#undef HEAD
/* clang-format on */
#define HEAD_LONGER(head) ((unsigned)(head) << HEAD_BITS)
_Static_assert(2 * HEAD_BITS <= 32, "an atom has 32 bits for heads");

/* Packs the heads of the tables, in lower case, with these bits as their kinds: a table of one
 * column. The caller frees *out with packed_free. */
void pack_heads(const struct packed_table tables[TABLE_COUNT], struct packed_table *out);

#endif
