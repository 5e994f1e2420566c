/*
 * Lexicons: what is accepted can be spoken, written again row by row, read again, and removed.
 */
#include "text/lexicon.h"

#include "base/vec.h"
#include "fuzz/check.h"
#include "fuzz/scratch.h"
#include "fuzz/target.h"
#include "text/lexicon_file.h"

struct rows {
    struct buf text; /* of all cells */
    VEC(struct span) cells;
    size_t faulty;
};

static void keep_cell(struct rows *rows, struct sv cell)
{
    *vec_push(&rows->cells) = (struct span){(uint32_t)rows->text.n, (uint32_t)cell.n};
    buf_add_sv(&rows->text, cell);
}

static void on_row(void *user, const struct lexicon_row *row)
{
    struct rows *rows = user;
    if (row->fault) {
        check_sentence(sv_of(row->fault));
        rows->faulty++;
        return;
    }
    keep_cell(rows, row->written);
    keep_cell(rows, row->spoken);
    keep_cell(rows, row->context);
}

static enum status find_rows(struct rows *rows, const char *path, struct err *e)
{
    *rows = (struct rows){.text = BUF_INIT};
    return lexicon_file_each(path, on_row, rows, e);
}

static void free_rows(struct rows *rows)
{
    buf_free(&rows->text);
    vec_free(&rows->cells);
}

static struct sv cell_at(const struct rows *rows, size_t row, enum lexicon_column column)
{
    return sv_at(buf_sv(&rows->text), rows->cells.at[row * LEXICON_COLUMNS + column]);
}

static size_t count_rows(const struct rows *rows)
{
    return rows->cells.n / LEXICON_COLUMNS;
}

/* ---- what is accepted ---- */

/* Reads what the lexicon is for, with it. */
static void check_spoken(const struct rows *rows, const struct lexicon *lexicon)
{
    struct buf text = BUF_INIT;
    struct fuzz_way way = {.name = "fuzz", .read.raw = true, .reading.lexicon = lexicon};
    for (size_t i = 0; i < count_rows(rows); i++) {
        struct sv context = cell_at(rows, i, LEXICON_CONTEXT);
        buf_addf(&text, "%.*s %.*s, %.*s.\n", SV_ARG(context),
                 SV_ARG(cell_at(rows, i, LEXICON_WRITTEN)), SV_ARG(context));
    }
    check_article(buf_sv(&text), &way);
    buf_free(&text);
}

static void write_again(const struct rows *rows, const char *copy)
{
    struct err e = ERR_INIT;
    for (size_t i = 0; i < count_rows(rows); i++)
        if (lexicon_file_add(copy, cell_at(rows, i, LEXICON_WRITTEN),
                             cell_at(rows, i, LEXICON_SPOKEN), cell_at(rows, i, LEXICON_CONTEXT),
                             &e))
            broken_promise("row %zu is accepted, but cannot be added: %s", i + 1, e.message.p);
    err_free(&e);
}

/* Each row is in the copy, but those that a later one replaced. */
static void check_copy(const struct rows *rows, const struct rows *copied)
{
    for (size_t i = 0; i < count_rows(rows); i++) {
        bool found = false;
        for (size_t k = 0; k < count_rows(copied) && !found; k++)
            found = sv_eq(cell_at(rows, i, LEXICON_WRITTEN), cell_at(copied, k, LEXICON_WRITTEN)) &&
                    sv_eq(cell_at(rows, i, LEXICON_CONTEXT), cell_at(copied, k, LEXICON_CONTEXT));
        if (!found)
            broken_promise("row %zu was added, but is not there", i + 1);
    }
    if (copied->faulty || count_rows(copied) > count_rows(rows))
        broken_promise("%zu rows became %zu", count_rows(rows), count_rows(copied));
}

static void remove_all(const struct rows *rows, const char *copy)
{
    struct err e = ERR_INIT;
    struct rows left;
    for (size_t i = 0; i < count_rows(rows); i++) {
        uint32_t removed;
        if (lexicon_file_remove(copy, cell_at(rows, i, LEXICON_WRITTEN), (struct sv){"", 0},
                                &removed, &e))
            broken_promise("row %zu cannot be removed: %s", i + 1, e.message.p);
    }
    if (find_rows(&left, copy, &e) || count_rows(&left))
        broken_promise("%zu rows are left", count_rows(&left));
    free_rows(&left);
    err_free(&e);
}

static void check_accepted(const struct rows *rows)
{
    struct buf copy = BUF_INIT;
    struct err e = ERR_INIT;
    struct rows copied;
    struct lexicon *lexicon = lexicon_new();
    scratch_remove("copy.tsv");
    scratch_path("copy.tsv", &copy);
    write_again(rows, copy.p);
    if (find_rows(&copied, copy.p, &e) || lexicon_load(lexicon, copy.p, &e))
        broken_promise("written, but not read again: %s", e.message.p);
    check_copy(rows, &copied);
    check_spoken(rows, lexicon);
    remove_all(rows, copy.p);
    free_rows(&copied);
    lexicon_free(lexicon);
    err_free(&e);
    buf_free(&copy);
}

/* ---- the target ---- */

static void run(struct sv input)
{
    struct buf path = BUF_INIT;
    struct err e = ERR_INIT, of_rows = ERR_INIT;
    struct lexicon *lexicon = lexicon_new();
    struct rows rows;
    scratch_write("lexicon.tsv", input);
    scratch_path("lexicon.tsv", &path);
    enum status status = lexicon_load(lexicon, path.p, &e);
    enum status listed = find_rows(&rows, path.p, &of_rows);
    if (status)
        check_error(&e);
    if (listed)
        check_error(&of_rows);
    if (!status && !lexicon_is_empty(lexicon) != (count_rows(&rows) > 0))
        broken_promise("the lexicon and the list of its rows are not the same");
    if (!status && (listed || rows.faulty))
        broken_promise("accepted, but not listed: %s", of_rows.message.p);
    if (!status)
        check_spoken(&rows, lexicon);
    if (!listed && count_rows(&rows))
        check_accepted(&rows);
    lexicon_free(lexicon);
    free_rows(&rows);
    err_free(&e);
    err_free(&of_rows);
    buf_free(&path);
}

static void add(const struct seeds *seeds, const char *text)
{
    seeds->take(seeds->user, sv_of(text));
}

static void add_seeds(const struct seeds *seeds)
{
    add(seeds, "# written\tspoken\tcontext\nUBKT\tủy ban kiểm tra\nphở\tphở\t<bát\n"
               "VAR\t=spell\nVAR\tva a rờ\t>trọng tài\nSea Games\txi ghêm\tđại hội\n");
    add(seeds, "a\tá\n\na b\tà ba\t< x \nA\tạ\t>\n7\tbảy\nF-16\tép mười sáu\tmáy bay\r\n");
    add(seeds, "x\t#\tb\n#y\tý\nz\tzét\nw\t\nđ\tđê\tê\tthừa\n");
}

const struct fuzz_target fuzz_lexicon = {run, add_seeds};
