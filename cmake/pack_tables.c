/*
 * Writes the C file that holds the tables of assets/rules, packed (base/packed_table.h), for
 * rules/packed.h: pack_tables FOLDER OUT. A row that its table forbids is an error with its place.
 */
#include <errno.h>

#include "base/arena.h"
#include "base/file.h"
#include "rules/tables.h"

static size_t word_count(const struct packed_table *t)
{
    return 256 + (size_t)t->mask + 1 + (size_t)t->rows * packed_stride(t->columns);
}

static void write_text(FILE *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (i % 64 == 0)
            fputs("\n     \"", out);
        /* Octal, always three digits: what follows cannot become part of it. */
        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%03o", c);
        else
            fputc(c, out);
        if (i % 64 == 63 || i + 1 == n)
            fputc('"', out);
    }
    if (!n)
        fputs("\"\"", out);
}

/* The words and the text after them, in one object: cells hold the distance of their text. */
static void write_block(FILE *out, const char *name, const struct packed_table *t)
{
    size_t words = word_count(t);
    fprintf(out, "static const struct {\n    uint32_t words[%zu];\n    char text[%u];\n} %s = {{",
            words, t->length ? t->length : 1, name);
    for (size_t i = 0; i < words; i++)
        fprintf(out, "%s%u,", i % 16 ? "" : "\n", t->words[i]);
    fputs("},", out);
    write_text(out, (const char *)(t->words + words), t->length);
    fputs("};\n", out);
}

static void write_fields(FILE *out, const char *name, const struct packed_table *t)
{
    fprintf(out, "{%u, %u, %u, %u, %u, %s.words}", t->columns, t->rows, t->mask, t->key, t->length,
            name);
}

static enum status pack(const char *folder, enum rule_table which, struct packed_table *t,
                        struct err *e)
{
    struct packer packer = {.columns = table_packed_columns(which)};
    struct arena arena = {0};
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    enum status status;
    buf_addf(&path, "%s/%s", folder, table_definitions[which].file);
    if (file_read(path.p, &bytes)) {
        status = table_read(which, path.p, buf_sv(&bytes), NULL, &arena, &packer, e);
    } else {
        err_set(e, STATUS_INPUT, "cannot be read: %s", strerror(errno));
        status = err_at(e, path.p, 0, 0);
    }
    if (!status)
        packer_finish(&packer, table_key_column(which), t);
    packer_free(&packer);
    arena_free(&arena);
    buf_free(&bytes);
    buf_free(&path);
    return status;
}

static void write_tables(FILE *out, const struct packed_table *tables,
                         const struct packed_table *heads)
{
    char name[32];
    fputs("/* Made by cmake/pack_tables.c; do not edit. */\n#include \"rules/packed.h\"\n\n", out);
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        snprintf(name, sizeof name, "table_%u", i);
        write_block(out, name, &tables[i]);
    }
    write_block(out, "heads", heads);
    fputs("const struct packed_table packed_tables[TABLE_COUNT] = {\n", out);
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        snprintf(name, sizeof name, "table_%u", i);
        write_fields(out, name, &tables[i]);
        fputs(",\n", out);
    }
    fputs("};\nconst struct packed_table packed_heads = ", out);
    write_fields(out, "heads", heads);
    fputs(";\n", out);
}

int main(int count, char **arguments)
{
    struct packed_table tables[TABLE_COUNT], heads;
    struct err e = ERR_INIT;
    if (count != 3) {
        fputs("usage: pack_tables FOLDER OUT\n", stderr);
        return 1;
    }
    unsigned faults = 0;
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        if (pack(arguments[1], (enum rule_table)i, &tables[i], &e)) {
            fprintf(stderr, "%s:%u:%u: %s\n", e.file.p, e.line, e.column, e.message.p);
            faults++;
        }
    err_free(&e);
    if (faults)
        return 1;
    pack_heads(tables, &heads);
    FILE *out = fopen(arguments[2], "w");
    if (!out) {
        fprintf(stderr, "%s: %s\n", arguments[2], strerror(errno));
        return 1;
    }
    write_tables(out, tables, &heads);
    for (unsigned i = 0; i < TABLE_COUNT; i++)
        packed_free(&tables[i]);
    packed_free(&heads);
    return fclose(out) == 0 ? 0 : 1;
}
