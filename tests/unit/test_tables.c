/*
 * Every rule table inside the program: UTF-8 in NFC, Unix line ends, the columns its header names,
 * no row twice, and readings made of legal syllables only. Prints every fault, not just the first.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/embedded.h"
#include "base/nfc.h"
#include "base/table.h"
#include "base/utf8.h"
#include "lang/syllable.h"

/* The columns that hold readings, and what may stand there instead of syllables. A column named
 * "spoken" is a reading in every table and needs a row here only for its other values. */
static const struct reading_column {
    const char *file, *column;
    const char *also[2]; /* these values */
    bool optional;       /* nothing */
    bool phonemes;       /* [[...]] for a word */
} reading_columns[] = {
    {"abbreviations.tsv", "spoken", {"=spell", "=spell-foreign"}, false, false},
    {"code-issuers.tsv", "spoken", {"=spell", "=spell-foreign"}, false, false},
    {"letters.tsv", "name", {0}, false, false},
    {"letters.tsv", "alone", {0}, true, false},
    {"letters.tsv", "a-bờ-cờ", {0}, true, false},
    {"letters.tsv", "English", {0}, true, false},
    {"respellings.tsv", "written", {0}, false, false},
    {"respellings.tsv", "given", {0}, false, true},
};

enum { READING_COLUMNS = sizeof reading_columns / sizeof *reading_columns, MAX_COLUMNS = 16 };

struct checked {
    const char *name;
    struct sv bytes;
    struct sv columns[MAX_COLUMNS];
    uint32_t ncolumns;
    uint32_t faults;
    bool quiet; /* count the faults, print none */
};

static void fault(struct checked *c, uint32_t line, const char *what, struct sv detail)
{
    c->faults++;
    if (c->quiet)
        return;
    print_error("%s:%u: %s%s%.*s\n", c->name, line, what, detail.n ? ": " : "", SV_ARG(detail));
}

/* Whether the other checks can read it. */
static bool check_bytes(struct checked *c)
{
    size_t valid = utf8_valid_prefix(c->bytes);
    uint32_t line = 1;
    for (size_t i = 0; i < valid; i++)
        line += c->bytes.p[i] == '\n';
    if (valid < c->bytes.n) {
        fault(c, line, "not UTF-8", SV(""));
        return false;
    }
    if (!c->bytes.n || c->bytes.p[c->bytes.n - 1] != '\n')
        fault(c, line, "the last line has no end", SV(""));
    line = 0;
    struct sv rest = c->bytes;
    while (rest.p) {
        struct sv text = sv_cut(&rest, '\n');
        line++;
        struct buf nfc = BUF_INIT;
        nfc_append(&nfc, text);
        if (!sv_eq(buf_sv(&nfc), text))
            fault(c, line, "not NFC", text);
        buf_free(&nfc);
        for (size_t i = 0; i < text.n; i++) {
            if ((unsigned char)text.p[i] < ' ' && text.p[i] != '\t') {
                fault(c, line, "a control character (or a Windows line end)", text);
                break;
            }
        }
    }
    return true;
}

/* The first comment with a tab names the columns: "# written<tab>spoken". */
static void find_columns(struct checked *c)
{
    struct sv rest = c->bytes;
    while (rest.p) {
        struct sv line = sv_cut(&rest, '\n');
        if (!sv_starts(line, SV("#")) || sv_find(line, SV("\t")) < 0)
            continue;
        line = sv_trim(sv_sub(line, 1, line.n - 1));
        while (line.p && c->ncolumns < MAX_COLUMNS)
            c->columns[c->ncolumns++] = sv_trim(sv_cut(&line, '\t'));
        return;
    }
    fault(c, 1, "no comment names the columns, separated by tabs", SV(""));
}

static void check_cells(struct checked *c)
{
    struct sv rest = c->bytes;
    uint32_t number = 0;
    while (rest.p) {
        struct sv line = sv_cut(&rest, '\n');
        number++;
        if (!line.n || line.p[0] == '#')
            continue;
        uint32_t n = 0;
        for (struct sv cells = line; cells.p; n++) {
            struct sv cell = sv_cut(&cells, '\t');
            if (!sv_eq(cell, sv_trim(cell)))
                fault(c, number, "white space around a column", cell);
            if (n == 0 && !cell.n)
                fault(c, number, "the first column is empty", line);
            if (sv_find(cell, SV("  ")) >= 0)
                fault(c, number, "two spaces together", cell);
        }
        if (n > c->ncolumns)
            fault(c, number, "more columns than the header names", line);
    }
}

static void check_duplicates(struct checked *c)
{
    struct index seen = {0};
    struct sv rest = c->bytes;
    uint32_t number = 0;
    while (rest.p) {
        struct sv line = sv_trim(sv_cut(&rest, '\n'));
        number++;
        if (!line.n || line.p[0] == '#')
            continue;
        if (index_find(&seen, line))
            fault(c, number, "the same row stands above", line);
        index_add(&seen, line, number);
    }
    index_free(&seen);
}

static const struct reading_column *reading_column(const char *file, struct sv column)
{
    for (size_t i = 0; i < READING_COLUMNS; i++)
        if (!strcmp(reading_columns[i].file, file) && sv_is(column, reading_columns[i].column))
            return &reading_columns[i];
    return NULL;
}

static void check_reading(struct checked *c, uint32_t line, struct sv reading,
                          const struct reading_column *known)
{
    for (size_t i = 0; known && i < 2 && known->also[i]; i++)
        if (sv_is(reading, known->also[i]))
            return;
    if (!reading.n && !(known && known->optional))
        fault(c, line, "no reading", SV(""));
    while (reading.n) {
        struct sv word = sv_cut(&reading, ' ');
        bool phonemes = sv_starts(word, SV("[[")) && sv_ends(word, SV("]]"));
        if (!syllable_is_legal(word) && !(known && known->phonemes && phonemes))
            fault(c, line, "no Vietnamese syllable", word);
    }
}

static void check_readings(struct checked *c)
{
    struct table t;
    struct err e = ERR_INIT;
    if (table_parse(&t, c->name, c->bytes, c->ncolumns, &e) != STATUS_OK)
        fault(c, e.line, e.message.p, SV(""));
    for (uint32_t column = 0; column < c->ncolumns; column++) {
        const struct reading_column *known = reading_column(c->name, c->columns[column]);
        if (!known && !sv_is(c->columns[column], "spoken"))
            continue;
        for (size_t row = 0; row < table_rows(&t); row++)
            check_reading(c, t.lines.at[row], table_cell(&t, row, column), known);
    }
    table_free(&t);
    err_free(&e);
}

static uint32_t faults_of(const char *name, struct sv bytes, bool quiet)
{
    struct checked c = {.name = name, .bytes = bytes, .quiet = quiet};
    if (!check_bytes(&c))
        return c.faults;
    find_columns(&c);
    if (!c.ncolumns)
        return c.faults;
    check_cells(&c);
    check_duplicates(&c);
    check_readings(&c);
    return c.faults;
}

static void tables_are_sound(void **state)
{
    (void)state;
    uint32_t tables = 0, faults = 0;
    for (const struct embedded_file *f = embedded_files; f->name; f++) {
        if (!sv_ends(sv_of(f->name), SV(".tsv")))
            continue;
        tables++;
        faults += faults_of(f->name, (struct sv){(const char *)f->bytes, f->length}, false);
    }
    assert_true(tables > 0);
    assert_int_equal(faults, 0);
}

/* docs/tables.md has a row for every table, with the columns that its header names. */
static void tables_are_documented(void **state)
{
    (void)state;
    struct buf page = BUF_INIT;
    char block[4096];
    size_t n;
    uint32_t missing = 0;
    FILE *file = fopen(DOCBAO_SOURCE "/docs/tables.md", "rb");
    assert_non_null(file);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        buf_add(&page, block, n);
    fclose(file);
    for (const struct embedded_file *f = embedded_files; f->name; f++) {
        if (!sv_ends(sv_of(f->name), SV(".tsv")))
            continue;
        struct checked c = {.name = f->name, .bytes = {(const char *)f->bytes, f->length}};
        struct buf row = BUF_INIT;
        find_columns(&c);
        buf_addf(&row, "\n| `%s` | ", f->name);
        for (uint32_t i = 0; i < c.ncolumns; i++)
            buf_addf(&row, "%s%.*s", i ? ", " : "", SV_ARG(c.columns[i]));
        buf_adds(&row, " |");
        if (sv_find(buf_sv(&page), buf_sv(&row)) < 0) {
            print_error("docs/tables.md has no row that begins:%s\n", row.p);
            missing++;
        }
        buf_free(&row);
    }
    buf_free(&page);
    assert_int_equal(missing, 0);
}

static void listed_columns_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < READING_COLUMNS; i++) {
        struct checked c = {.name = reading_columns[i].file,
                            .bytes = embedded_find(sv_of(reading_columns[i].file))};
        assert_non_null(c.bytes.p);
        find_columns(&c);
        bool found = false;
        for (uint32_t column = 0; column < c.ncolumns; column++)
            found = found || sv_is(c.columns[column], reading_columns[i].column);
        if (!found)
            fail_msg("%s has no column %s", c.name, reading_columns[i].column);
    }
}

/* The check itself can fail. */
static void faults_are_found(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "# no columns\nkm ki\n",
        "# written\tspoken\nkm\tki lô mét",       /* no end of the last line */
        "# written\tspoken\r\nkm\tki lô mét\n",   /* Windows line ends */
        "# written\tspoken\nkm\tki lo\xCC\x82\n", /* not NFC */
        "# written\tspoken\nkm\tki l\xF4\n",      /* not UTF-8 */
        "# written\tspoken\nkm\tki lô mét\tba\n", /* a column too many */
        "# written\tspoken\nkm \tki lô mét\n",    /* a space at the end */
        "# written\tspoken\nkm\tki  lô mét\n",    /* two spaces */
        "# written\tspoken\n\tki lô mét\n",       /* nothing written */
        "# written\tspoken\nkm\t\n",              /* nothing spoken */
        "# written\tspoken\nkm\tkilomet\n",       /* no syllable */
        "# written\tspoken\nkm\t=spell\n",        /* allowed elsewhere only */
        "# written\tspoken\nkm\tki\nm\tmét\nkm\tki\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!faults_of("bad.tsv", sv_of(bad[i]), true))
            fail_msg("no fault found in bad table %zu", i);
    struct sv good = SV("# what\n# written\tspoken\nkm\tki lô mét\n");
    assert_int_equal(faults_of("good.tsv", good, false), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_sound),
        cmocka_unit_test(tables_are_documented),
        cmocka_unit_test(listed_columns_exist),
        cmocka_unit_test(faults_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
