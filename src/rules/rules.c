#include "rules/rules.h"

#include <dirent.h>
#include <errno.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "lang/syllable.h"

struct table_kind {
    const char *name;
    uint32_t columns;
    int reading; /* the column that must consist of syllables, or -1 */
};

static const struct table_kind kinds[TABLE_COUNT] = {
    [TABLE_ABBREVIATIONS] = {"abbreviations.tsv", 4, 1},
    [TABLE_CLAUSE_WORDS] = {"clause-words.tsv", 2, -1},
    [TABLE_CODE_ISSUERS] = {"code-issuers.tsv", 2, 1},
    [TABLE_CODE_TYPES] = {"code-types.tsv", 2, 1},
    [TABLE_CUES] = {"cues.tsv", 2, 0},
    [TABLE_CURRENCIES] = {"currencies.tsv", 3, 1},
    [TABLE_DEFINITION_HEADS] = {"definition-heads.tsv", 2, -1},
    [TABLE_FOREIGN_SYLLABLES] = {"foreign-syllables.tsv", 3, 1},
    [TABLE_LETTERS] = {"letters.tsv", 5, 1},
    [TABLE_LOANWORDS] = {"loanwords.tsv", 2, 1},
    [TABLE_ORIGINS] = {"origins.tsv", 3, -1},
    [TABLE_RESPELLINGS] = {"respellings.tsv", 2, -1},
    [TABLE_SENTENCE_ABBREVIATIONS] = {"sentence-abbreviations.tsv", 2, -1},
    [TABLE_SOUTHERN_SOUNDS] = {"southern-sounds.tsv", 3, -1},
    [TABLE_SYMBOLS] = {"symbols.tsv", 3, 1},
    [TABLE_TRANSCRIBE] = {"transcribe.tsv", 5, -1},
    [TABLE_UNITS] = {"units.tsv", 3, 1},
    [TABLE_WEB] = {"web.tsv", 3, 1},
};

struct loaded {
    VEC(struct rule) rows;
    struct index index;
};

struct rules {
    struct loaded tables[TABLE_COUNT];
    const struct rule *letters[LETTER_COUNT];
    struct index cues, stops, clauses; /* key to bits */
    struct index phrases;              /* first words of loanwords of several words */
    struct arena arena;
};

/* A reading is made of syllables; "=word" asks for a way of reading instead. */
static bool reading_is_sound(struct sv reading, struct sv *culprit)
{
    if (reading.n && reading.p[0] == '=')
        return true;
    while (reading.p && reading.n) {
        *culprit = sv_cut(&reading, ' ');
        if (!syllable_is_legal(*culprit))
            return false;
    }
    return true;
}

static enum status check_reading(const struct table *t, size_t row, int column, struct err *e)
{
    struct sv reading = table_cell(t, row, (uint32_t)column), culprit;
    if (reading_is_sound(reading, &culprit))
        return STATUS_OK;
    err_set(
        e, STATUS_USAGE,
        "\"%.*s\" is no Vietnamese syllable, so the reading \"%.*s\" cannot be spoken; write it "
        "as it sounds, with tone marks",
        SV_ARG(culprit), SV_ARG(reading));
    return err_at(e, t->name, t->lines.at[row], (uint32_t)column + 1);
}

/* Adds the rows whose keys are not there yet from an earlier file. */
static void take_rows(struct loaded *l, const struct table *t)
{
    size_t before = l->rows.n;
    for (size_t i = 0; i < table_rows(t); i++) {
        struct sv key = table_cell(t, i, 0);
        const struct index_entry *entry = index_find(&l->index, key);
        if (entry && entry->row < before)
            continue;
        struct rule *row = vec_push(&l->rows);
        *row = (struct rule){0};
        for (uint32_t c = 0; c < t->columns; c++)
            row->cell[c] = table_cell(t, i, c);
        index_add(&l->index, key, (uint32_t)(l->rows.n - 1));
    }
}

/* Loanwords are looked up in lower case, however they are written in the table. */
static struct sv lower_key(struct arena *arena, struct sv key)
{
    struct buf lower = BUF_INIT;
    uint32_t code;
    for (size_t i = 0, n; i < key.n; i += n) {
        n = utf8_decode(sv_sub(key, i, key.n - i), &code);
        if (!n)
            break;
        buf_add_code(&lower, char_lower(code));
    }
    struct sv kept = {arena_dup(arena, buf_sv(&lower)), lower.n};
    buf_free(&lower);
    return kept;
}

static enum status load_bytes(struct rules *r, enum rule_table which, const char *name,
                              struct sv bytes, bool check, struct err *e)
{
    struct table t;
    int column = kinds[which].reading;
    enum status status = table_parse(&t, name, bytes, kinds[which].columns, e);
    for (size_t i = 0; status == STATUS_OK && check && column >= 0 && i < table_rows(&t); i++)
        status = check_reading(&t, i, column, e);
    for (size_t i = 0; which == TABLE_LOANWORDS && i < table_rows(&t); i++)
        t.cells.at[i * t.columns] = lower_key(&r->arena, table_cell(&t, i, 0));
    if (status == STATUS_OK)
        take_rows(&r->tables[which], &t);
    table_free(&t);
    return status;
}

/* The user's table of that name, if there is one; checked, as nobody has tested it. */
static enum status load_overlay(struct rules *r, enum rule_table which, const char *folder,
                                struct err *e)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    enum status status = STATUS_OK;
    buf_addf(&path, "%s/%s", folder, kinds[which].name);
    if (file_read(path.p, &bytes)) {
        struct sv kept = {arena_dup(&r->arena, buf_sv(&bytes)), bytes.n};
        status = load_bytes(r, which, arena_dup(&r->arena, buf_sv(&path)), kept, true, e);
    }
    buf_free(&path);
    buf_free(&bytes);
    return status;
}

static enum status check_folder(const char *folder, struct err *e)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return err_set(e, STATUS_USAGE, "%s: %s; give the folder that holds your tables (*.tsv)",
                       folder, strerror(errno));
    closedir(dir);
    return STATUS_OK;
}

static void index_phrases(struct rules *r)
{
    const struct loaded *l = &r->tables[TABLE_LOANWORDS];
    for (size_t i = 0; i < l->rows.n; i++) {
        struct sv key = l->rows.at[i].cell[0], first = key;
        first.n = 0;
        while (first.n < key.n && !strchr(" -'", key.p[first.n]))
            first.n++;
        if (first.n < key.n && !index_find(&r->phrases, first))
            index_add(&r->phrases, first, 0);
    }
}

bool rules_begins_phrase(const struct rules *r, struct sv lower)
{
    return index_find(&r->phrases, lower) != NULL;
}

static void index_letters(struct rules *r)
{
    for (unsigned id = 1; id < LETTER_COUNT; id++) {
        char utf8[4];
        unsigned n = utf8_encode(letter_code((enum letter_id)id, TONE_NGANG), utf8);
        r->letters[id] = rules_find(r, TABLE_LETTERS, (struct sv){utf8, n}, NULL);
    }
}

/* The second column of a table says what the word in the first one is: one bit a row. */
struct kind_name {
    const char *name;
    uint32_t bit;
};

static const struct kind_name cue_names[] = {
    {"date", CUE_DATE},           {"score", CUE_SCORE},          {"ratio", CUE_RATIO},
    {"roman", CUE_ROMAN},         {"phone", CUE_PHONE},          {"lunar", CUE_LUNAR},
    {"address", CUE_ADDRESS},     {"version", CUE_VERSION},      {"date-after", CUE_DATE_AFTER},
    {"date-weak", CUE_DATE_WEAK}, {"date-open", CUE_DATE_OPEN},  {"holiday", CUE_HOLIDAY},
    {"counted", CUE_COUNTED},     {"weekday", CUE_WEEKDAY},      {"document", CUE_DOCUMENT},
    {"digits", CUE_DIGITS},       {"fineness", CUE_FINENESS},    {"roman-weak", CUE_ROMAN_WEAK},
    {"roman-far", CUE_ROMAN_FAR}, {"point", CUE_POINT},          {"clause", CUE_CLAUSE},
    {"clock", CUE_CLOCK},         {"amount", CUE_AMOUNT},        {"spelled", CUE_SPELLED},
    {"height", CUE_HEIGHT},       {"score-open", CUE_SCORE_OPEN}};

static const struct kind_name stop_names[] = {
    {"place", STOP_PLACE},   {"title", STOP_TITLE},     {"number", STOP_NUMBER},
    {"any", STOP_ANY},       {"initial", STOP_INITIAL}, {"heading", STOP_HEADING},
    {"person", STOP_PERSON}, {"thing", STOP_THING},     {"start", STOP_START},
    {"given", STOP_GIVEN},   {"name", STOP_NAME}};

static const struct kind_name clause_names[] = {
    {"good", CLAUSE_GOOD}, {"fair", CLAUSE_FAIR}, {"weak", CLAUSE_WEAK}, {"none", CLAUSE_NONE}};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static enum status index_kinds(struct rules *r, enum rule_table table,
                               const struct kind_name *names, size_t n, struct index *out,
                               struct err *e)
{
    struct loaded *l = &r->tables[table];
    for (size_t i = 0; i < l->rows.n; i++) {
        uint32_t bit = 0;
        for (size_t k = 0; k < n; k++)
            if (sv_is(l->rows.at[i].cell[1], names[k].name))
                bit = names[k].bit;
        if (!bit)
            return err_set(e, STATUS_USAGE, "%s: \"%.*s\" is no kind of word there",
                           kinds[table].name, SV_ARG(l->rows.at[i].cell[1]));
        index_add(out, l->rows.at[i].cell[0], bit);
    }
    return STATUS_OK;
}

static enum status index_all_kinds(struct rules *r, struct err *e)
{
    enum status status = index_kinds(r, TABLE_CUES, cue_names, COUNT_OF(cue_names), &r->cues, e);
    if (status == STATUS_OK)
        status = index_kinds(r, TABLE_SENTENCE_ABBREVIATIONS, stop_names, COUNT_OF(stop_names),
                             &r->stops, e);
    if (status == STATUS_OK)
        status = index_kinds(r, TABLE_CLAUSE_WORDS, clause_names, COUNT_OF(clause_names),
                             &r->clauses, e);
    return status;
}

enum status rules_load(struct rules **out, const char *const *folders, struct err *e)
{
    struct rules *r = mem_zalloc(sizeof *r);
    enum status status = STATUS_OK;
    *out = r;
    for (const char *const *f = folders; f && *f && status == STATUS_OK; f++)
        status = check_folder(*f, e);
    for (unsigned i = 0; i < TABLE_COUNT && status == STATUS_OK; i++) {
        struct sv bytes = embedded_find(sv_of(kinds[i].name));
        for (const char *const *f = folders; f && *f && status == STATUS_OK; f++)
            status = load_overlay(r, (enum rule_table)i, *f, e);
        if (status == STATUS_OK && bytes.p)
            status = load_bytes(r, (enum rule_table)i, kinds[i].name, bytes, false, e);
    }
    index_letters(r);
    index_phrases(r);
    if (status == STATUS_OK)
        status = index_all_kinds(r, e);
    if (status != STATUS_OK) {
        rules_free(r);
        *out = NULL;
    }
    return status;
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        vec_free(&r->tables[i].rows);
        index_free(&r->tables[i].index);
    }
    index_free(&r->phrases);
    index_free(&r->cues);
    index_free(&r->stops);
    index_free(&r->clauses);
    arena_free(&r->arena);
    free(r);
}

const struct rule *rules_find(const struct rules *r, enum rule_table table, struct sv key,
                              const struct index_entry **next)
{
    const struct index_entry *entry = index_find(&r->tables[table].index, key);
    if (next)
        *next = entry;
    return entry ? &r->tables[table].rows.at[entry->row] : NULL;
}

const struct rule *rules_next(const struct rules *r, enum rule_table table,
                              const struct index_entry **next)
{
    *next = index_next(&r->tables[table].index, *next);
    return *next ? &r->tables[table].rows.at[(*next)->row] : NULL;
}

static uint32_t bits_of(const struct index *index, struct sv key)
{
    uint32_t bits = 0;
    for (const struct index_entry *x = index_find(index, key); x; x = index_next(index, x))
        bits |= x->row;
    return bits;
}

uint32_t rules_cues(const struct rules *r, struct sv lower)
{
    return bits_of(&r->cues, lower);
}

uint32_t rules_stop_kinds(const struct rules *r, struct sv word)
{
    return bits_of(&r->stops, word);
}

uint32_t rules_clause_kinds(const struct rules *r, struct sv lower)
{
    return bits_of(&r->clauses, lower);
}

const struct rule *rules_letter(const struct rules *r, enum letter_id id)
{
    return r->letters[id];
}
