#include "rules/rules.h"

#include <dirent.h>
#include <errno.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/nfc.h"
#include "base/system_text.h"
#include "base/table.h"
#include "base/utf8.h"
#include "rules/packed.h"

_Static_assert((int)TRANSCRIBE_SOUNDS == (int)SOUNDS_SPOKEN, "one set of columns");
_Static_assert((int)TRANSCRIBE_BEFORE == (int)SOUNDS_BEFORE, "one set of columns");
_Static_assert((int)TRANSCRIBE_AFTER == (int)SOUNDS_AFTER, "one set of columns");
_Static_assert((int)PHONEMES_SOUNDS == (int)SOUNDS_SPOKEN, "one set of columns");
_Static_assert((int)PHONEMES_BEFORE == (int)SOUNDS_BEFORE, "one set of columns");
_Static_assert((int)PHONEMES_AFTER == (int)SOUNDS_AFTER, "one set of columns");
_Static_assert((int)ENGLISH_SPOKEN == (int)ENGLISH_PHONEMES, "one set of columns");
_Static_assert((int)ORIGINS_WEIGHT == (int)SIGN_WEIGHT, "one set of columns");
_Static_assert((int)FOREIGN_SYLLABLES_SPOKEN == (int)FOREIGN_SYLLABLE_SPOKEN, "one set of columns");
_Static_assert((int)LOANWORDS_SPOKEN == (int)LOANWORD_SPOKEN, "one set of columns");

struct rules {
    struct packed_table tables[TABLE_COUNT];
    struct packed_table heads;  /* of these tables; see rules_heads */
    bool overlaid[TABLE_COUNT]; /* this table is ours to free; then the heads are, too */
    const struct row *letters[LETTER_COUNT];
    struct transcription_tables transcription;
};

static enum status check_folder(const char *folder, struct err *e)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return err_set(e, file_status(errno),
                       "%s: %s; give the folder that holds your tables (*.tsv)", folder,
                       system_error(errno));
    closedir(dir);
    return STATUS_OK;
}

/* A table while the user's files are laid over it. */
struct overlay {
    struct arena arena; /* their bytes */
    struct index earlier;
    struct packer packer;
    bool found; /* at least one file */
};

/* Adds the rows of the folder's table of that name, if it has one. */
static enum status read_overlay(struct overlay *o, enum rule_table which, const char *folder,
                                struct err *e)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    enum status status = STATUS_OK;
    buf_addf(&path, "%s/%s", folder, table_definitions[which].file);
    if (!file_read(path.p, &bytes)) {
        if (!file_is_absent(errno))
            status =
                err_set(e, file_status(errno), "%s cannot be read: %s", path.p, file_fault(errno));
    } else {
        struct sv kept = {arena_dup(&o->arena, buf_sv(&bytes)), bytes.n};
        o->found = true;
        status = table_read(which, path.p, kept, &o->earlier, &o->arena, &o->packer, e);
    }
    buf_free(&path);
    buf_free(&bytes);
    return status;
}

static enum status overlay_table(struct rules *r, enum rule_table which, const char *const *folders,
                                 struct err *e)
{
    struct overlay o = {.packer = {.columns = table_packed_columns(which)}};
    enum status status = STATUS_OK;
    for (const char *const *f = folders; f && *f && !status; f++)
        status = read_overlay(&o, which, *f, e);
    if (!status && o.found) {
        table_copy(which, &packed_tables[which], &o.earlier, &o.packer);
        packer_finish(&o.packer, table_key_column(which), &r->tables[which]);
        r->overlaid[which] = true;
    }
    packer_free(&o.packer);
    index_free(&o.earlier);
    arena_free(&o.arena);
    return status;
}

static void find_letters(struct rules *r)
{
    for (unsigned id = 1; id < LETTER_COUNT; id++) {
        char utf8[4];
        unsigned n = utf8_encode(letter_code((enum letter_id)id, TONE_NGANG), utf8);
        r->letters[id] = rules_find(r, TABLE_LETTER_NAMES, (struct sv){utf8, n});
    }
}

static bool is_overlaid(const struct rules *r)
{
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        if (r->overlaid[i])
            return true;
    return false;
}

static void derive(struct rules *r)
{
    r->heads = packed_heads;
    if (is_overlaid(r))
        pack_heads(r->tables, &r->heads);
    find_letters(r);
    r->transcription = (struct transcription_tables){
        .sounds = &r->tables[TABLE_TRANSCRIBE],
        .phonemes = &r->tables[TABLE_PHONEMES],
        .english = &r->tables[TABLE_ENGLISH],
        .signs = &r->tables[TABLE_ORIGINS],
        .syllables = &r->tables[TABLE_FOREIGN_SYLLABLES],
        .loanwords = &r->tables[TABLE_LOANWORDS],
    };
}

enum status rules_load(struct rules **out, const char *const *folders, struct err *e)
{
    struct rules *r = mem_zalloc(sizeof *r);
    enum status status = STATUS_OK;
    memcpy(r->tables, packed_tables, sizeof r->tables);
    for (const char *const *f = folders; f && *f && !status; f++)
        status = check_folder(*f, e);
    for (unsigned i = 0; i < TABLE_COUNT && folders && *folders && !status; i++)
        status = overlay_table(r, (enum rule_table)i, folders, e);
    if (!status)
        derive(r);
    else
        rules_free(r);
    *out = status ? NULL : r;
    return status;
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    if (is_overlaid(r) && r->heads.words)
        packed_free(&r->heads);
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        if (r->overlaid[i])
            packed_free(&r->tables[i]);
    free(r);
}

const struct packed_table *rules_table(const struct rules *r, enum rule_table table)
{
    return r ? &r->tables[table] : &packed_tables[table];
}

const struct row *rules_find(const struct rules *r, enum rule_table table, struct sv key)
{
    return packed_find(&r->tables[table], key);
}

uint64_t rules_cues(const struct rules *r, struct sv lower)
{
    return packed_kinds(&r->tables[TABLE_CUES], lower);
}

uint64_t rules_near(const struct rules *r, struct sv lower)
{
    return packed_kinds(&r->tables[TABLE_NEAR_WORDS], lower);
}

uint64_t rules_stop_kinds(const struct rules *r, struct sv word)
{
    return packed_kinds(&r->tables[TABLE_SENTENCE_ABBREVIATIONS], word);
}

uint64_t rules_clause_kinds(const struct rules *r, struct sv lower)
{
    return packed_kinds(&r->tables[TABLE_CLAUSE_WORDS], lower);
}

const struct packed_table *rules_heads(const struct rules *r)
{
    return &r->heads;
}

bool rules_may_begin(const struct rules *r, struct sv text, unsigned head)
{
    enum { LONGEST = 32, MOST_BYTES = 4 };
    char word[LONGEST];
    unsigned n = 0;
    while (text.n && n + MOST_BYTES <= LONGEST) {
        uint32_t code;
        unsigned bytes = utf8_decode(text, &code);
        enum char_kind kind = char_kind_of(code);
        if (kind != CHAR_LETTER && kind != CHAR_MARK)
            break;
        n += utf8_encode(char_lower(code), word + n);
        text = sv_from(text, bytes);
    }
    if (!n || n + MOST_BYTES > LONGEST)
        return true;
    return packed_kinds(r ? &r->heads : &packed_heads, (struct sv){word, n}) & head;
}

const struct row *rules_letter(const struct rules *r, enum letter_id id)
{
    return r->letters[id];
}

const struct transcription_tables *rules_transcription(const struct rules *r)
{
    return &r->transcription;
}
