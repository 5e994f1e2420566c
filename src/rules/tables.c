#include "rules/tables.h"

#include "base/arena.h"
#include "base/nfc.h"
#include "base/table.h"
#include "base/utf8.h"
#include "lang/transcription.h"
#include "lang/web_names.h"

/* clang-format off */
#define KINDS(set, first) static const struct kind_name names_of_##set[] = {
#define KIND(id, name) {name, id},
#define END_KINDS(set) {NULL, 0}};
#define LANG_KINDS(set) KINDS(set, 0)
#define LANG_KIND(id, name) {name, id},
#define END_LANG_KINDS(set) END_KINDS(set)
#include "rules/tables.def"

static const struct kind_name no_names[] = {{NULL, 0}};

#define KINDS(set, first) [KINDS_##set] = names_of_##set,
#define KIND(id, name)
#define END_KINDS(set)
#define LANG_KINDS(set) KINDS(set, 0)
#define LANG_KIND(id, name)
#define END_LANG_KINDS(set)
const struct kind_name *const kind_names[KIND_SETS] = {
    [KINDS_NONE] = no_names,
#include "rules/tables.def"
};

#define TABLE(id, file, readers, ...) static const struct column_definition columns_of_##id[] = {
#define COLUMN(table, id, column, ...) {.name = column, __VA_ARGS__},
#define END_TABLE(id) };
#include "rules/tables.def"

#define TABLE(id, name, readers, ...) [TABLE_##id] = { \
    .file = name, .columns = columns_of_##id, .column_count = id##_COLUMNS, __VA_ARGS__},
#define COLUMN(table, id, name, ...)
#define END_TABLE(id)
const struct table_definition table_definitions[TABLE_COUNT] = {
#include "rules/tables.def"
};
/* clang-format on */

uint32_t table_key_column(enum rule_table which)
{
    return table_definitions[which].key == KEY_BOILERPLATE ? BOILERPLATE_KEY : 0;
}

uint32_t table_packed_columns(enum rule_table which)
{
    const struct table_definition *d = &table_definitions[which];
    return d->column_count + (d->key == KEY_BOILERPLATE);
}

static bool is_letter_byte(char c)
{
    return (unsigned char)c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

struct sv boilerplate_head(struct sv text)
{
    size_t n = 0;
    while (n < text.n && is_letter_byte(text.p[n]))
        n++;
    return sv_sub(text, 0, n);
}

void table_copy(enum rule_table which, const struct packed_table *from, const struct index *earlier,
                struct packer *out)
{
    for (uint32_t i = 0; i < from->rows; i++) {
        const struct row *row = packed_row(from, i);
        if (earlier && index_find(earlier, row_text(row, 0)))
            continue;
        struct packer_cell *cells = packer_add(out, row_kinds(row));
        for (uint32_t c = 0; c < from->columns; c++) {
            bool number = c < table_definitions[which].column_count &&
                          table_definitions[which].columns[c].check == CHECK_NUMBER;
            cells[c].text = row_text(row, c);
            cells[c].number = number ? row_number(row, c) : 0;
        }
    }
}

/* The letters and marks at the front of a key, in lower case: an atom of a text that begins with
 * the key (text/atoms.h). In origins.tsv ^ stands for the begin of a word. */
static void head_of_key(struct sv key, struct buf *head)
{
    buf_clear(head);
    key = sv_from(key, sv_starts(key, SV("^")));
    while (key.n) {
        uint32_t code;
        unsigned n = utf8_decode(key, &code);
        enum char_kind kind = char_kind_of(code);
        if (kind != CHAR_LETTER && kind != CHAR_MARK)
            return;
        buf_add_code(head, char_lower(code));
        key = sv_from(key, n);
    }
}

struct head_list {
    struct arena arena; /* their texts */
    struct index seen;
    struct packer packer;
};

static void add_heads(struct head_list *list, const struct packed_table *table, unsigned bit)
{
    struct buf head = BUF_INIT;
    for (uint32_t i = 0; i < table->rows; i++) {
        struct sv key = row_text(packed_row(table, i), table->key);
        head_of_key(key, &head);
        if (!head.n)
            continue;
        const struct index_entry *seen = index_find(&list->seen, buf_sv(&head));
        uint32_t row = seen ? seen->row : (uint32_t)list->packer.kinds.n;
        if (!seen) {
            struct sv text = {arena_dup(&list->arena, buf_sv(&head)), head.n};
            index_add(&list->seen, text, row);
            packer_add(&list->packer, 0)->text = text;
        }
        list->packer.kinds.at[row] |= bit | (key.n > head.n ? HEAD_LONGER(bit) : 0);
    }
    buf_free(&head);
}

void pack_heads(const struct packed_table tables[TABLE_COUNT], struct packed_table *out)
{
    struct head_list list = {.packer = {.columns = 1}};
#define ADD_HEADS(id) add_heads(&list, &tables[TABLE_##id], HEAD_##id);
    HEAD_TABLES(ADD_HEADS)
#undef ADD_HEADS
    packer_finish(&list.packer, 0, out);
    index_free(&list.seen);
    arena_free(&list.arena);
}
