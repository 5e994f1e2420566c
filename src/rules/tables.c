#include "rules/tables.h"

#include "base/table.h"
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

void pack_phrase_heads(const struct packed_table *loanwords, struct packed_table *out)
{
    struct packer heads = {.columns = 1};
    struct index seen = {0};
    for (uint32_t i = 0; i < loanwords->rows; i++) {
        struct sv key = row_text(packed_row(loanwords, i), LOANWORDS_WRITTEN), first = key;
        first.n = 0;
        while (first.n < key.n && !strchr(" -'", key.p[first.n]))
            first.n++;
        if (first.n == key.n || index_find(&seen, first))
            continue;
        index_add(&seen, first, 0);
        packer_add(&heads, 0)->text = first;
    }
    index_free(&seen);
    packer_finish(&heads, 0, out);
}
