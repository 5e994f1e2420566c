/*
 * Tables of a user: one that is accepted is loaded, and whatever it says, only Vietnamese is spoken
 * and nothing is lost.
 */
#include "rules/rules.h"

#include "base/arena.h"
#include "base/table.h"
#include "fuzz/check.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"

/* A text with what the rows are for, so that they are looked up. */
static void add_text(const struct table *t, struct buf *out)
{
    enum { ROWS_MAX = 20 };
    buf_adds(out, "Ngày 2/9/2025, ông A. và 5 km/h ở TP.HCM: Mbappé, iPhone 15.\n");
    for (size_t i = 0; i < table_rows(t) && i < ROWS_MAX; i++) {
        struct sv first = table_cell(t, i, 0), second = table_cell(t, i, t->columns > 1);
        buf_addf(out, "Hôm 5 %.*s 7 %.*s, %.*s5/6.\n%.*s\n", SV_ARG(first), SV_ARG(second),
                 SV_ARG(first), SV_ARG(first));
    }
}

/* Loads the table over the built-in ones, and reads a text with it. */
static void check_accepted(enum rule_table which, struct sv bytes)
{
    const char *file = table_definitions[which].file;
    const char *folders[] = {scratch_folder(), NULL};
    struct err e = ERR_INIT;
    struct rules *rules;
    struct table table;
    struct buf text = BUF_INIT;
    scratch_write(file, bytes);
    if (rules_load(&rules, folders, &e))
        broken_promise("accepted, but not loaded: %s", e.message.p);
    scratch_remove(file);
    if (table_parse(&table, file, bytes, table_definitions[which].column_count, &e) == STATUS_OK)
        add_text(&table, &text);
    struct fuzz_way way = {.name = "fuzz", .read.rules = rules, .rules = rules};
    check_article(buf_sv(&text), &way);
    table_free(&table);
    buf_free(&text);
    err_free(&e);
    rules_free(rules);
}

static void check_refused(const struct err *e, const char *file)
{
    check_error(e);
    if (e->status != STATUS_USAGE || !sv_is(buf_sv(&e->file), file) || !e->line)
        broken_promise("an error without its place: %s", e->message.p);
}

static void run(struct sv input)
{
    enum rule_table which = (enum rule_table)(fuzz_choices(&input) % TABLE_COUNT);
    const char *file = table_definitions[which].file;
    struct arena arena = {0};
    struct packer packer = {.columns = table_packed_columns(which)};
    struct err e = ERR_INIT;
    enum status status = table_read(which, file, input, NULL, &arena, &packer, &e);
    size_t rows = packer.kinds.n;
    packer_free(&packer);
    arena_free(&arena);
    if (status)
        check_refused(&e, file);
    else if (rows)
        check_accepted(which, input);
    err_free(&e);
}

/* Some rows of each built-in table. */
static void add_seeds(const struct seeds *seeds)
{
    enum { ROWS = 4 };
    for (unsigned i = 0; i < TABLE_COUNT; i++) {
        struct buf path = BUF_INIT, bytes = BUF_INIT, rows = BUF_INIT;
        buf_addf(&path, "%s/assets/rules/%s", DOCBAO_SOURCE, table_definitions[i].file);
        fuzz_read_file(path.p, &bytes);
        struct sv rest = buf_sv(&bytes);
        for (unsigned taken = 0; rest.p && taken < ROWS;) {
            struct sv line = sv_cut(&rest, '\n');
            if (!line.n || line.p[0] == '#')
                continue;
            buf_addf(&rows, "%.*s\n", SV_ARG(line));
            taken++;
        }
        seed_bytes(seeds, i, buf_sv(&rows));
        buf_free(&path);
        buf_free(&bytes);
        buf_free(&rows);
    }
}

const struct fuzz_target fuzz_rules = {run, add_seeds};
