#include "publish/run_sheet.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/message.h"
#include "base/replacement.h"
#include "base/utf8.h"

/* "14:59.5" */
static void add_clock(struct buf *out, double seconds)
{
    enum { MINUTE = 60, TENTHS = 10 };
    unsigned tenths = (unsigned)(seconds * TENTHS + 0.5), whole = tenths / TENTHS;
    buf_addf(out, "%u:%02u.%u", whole / MINUTE, whole % MINUTE, tenths % TENTHS);
}

/* ---- text ---- */

/* A cell of so many characters, and a gap. */
static void add_cell(struct buf *out, struct sv text, size_t width)
{
    buf_add_printable(out, text);
    for (size_t n = utf8_count(text); n < width + 2; n++)
        buf_putc(out, ' ');
}

static void add_times(struct buf *out, const struct run_row *row)
{
    struct buf cell = BUF_INIT;
    const double times[] = {row->start, row->length};
    for (size_t i = 0; i < 2; i++) {
        buf_clear(&cell);
        add_clock(&cell, times[i]);
        buf_addf(out, "%9s  ", cell.p);
    }
    buf_free(&cell);
}

static size_t widest_reader(const struct run_sheet *sheet)
{
    size_t width = utf8_count(sv_of(_("Reader")));
    for (size_t i = 0; i < sheet->rows.n; i++) {
        size_t n = utf8_count(sv_of(sheet->rows.at[i].reader));
        width = n > width ? n : width;
    }
    return width;
}

static void add_text(const struct run_sheet *sheet, struct buf *out)
{
    size_t width = widest_reader(sheet);
    buf_add_printable(out, sv_of(sheet->title));
    buf_adds(out, "\n\n");
    for (size_t i = 0; i < sheet->rows.n; i++) {
        const struct run_row *row = &sheet->rows.at[i];
        add_times(out, row);
        add_cell(out, sv_of(row->reader), width);
        buf_add_printable(out, sv_of(row->title));
        buf_putc(out, '\n');
    }
    add_times(out, &(struct run_row){.start = sheet->length});
    buf_addf(out, "%s\n", _("End"));
}

/* ---- a page ---- */

static void add_row_markup(struct buf *out, const struct run_row *row)
{
    buf_adds(out, "<tr><td>");
    add_clock(out, row->start);
    buf_adds(out, "</td><td>");
    add_clock(out, row->length);
    buf_adds(out, "</td><td>");
    buf_add_printable_markup(out, sv_of(row->reader));
    buf_adds(out, "</td><td>");
    buf_add_printable_markup(out, sv_of(row->title));
    buf_adds(out, "</td></tr>\n");
}

static void add_head_markup(struct buf *out, const char *title)
{
    buf_adds(out, "<!DOCTYPE html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    buf_add_printable_markup(out, sv_of(title));
    buf_adds(out, "</title>\n<style>\n"
                  ":root { color-scheme: light dark; font: 1rem/1.4 system-ui, sans-serif }\n"
                  "body { max-width: 50rem; margin: 1rem auto; padding: 0 1rem }\n"
                  "table { border-collapse: collapse; width: 100% }\n"
                  "th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid "
                  "#8888; vertical-align: top }\n"
                  "td:nth-child(-n+2), th:nth-child(-n+2) { text-align: right; "
                  "font-variant-numeric: tabular-nums }\n"
                  "tr { break-inside: avoid }\n</style>\n<h1>");
    buf_add_printable_markup(out, sv_of(title));
    buf_adds(out, "</h1>\n");
}

static void add_page(const struct run_sheet *sheet, struct buf *out)
{
    const char *const names[] = {_("Start"), _("Length"), _("Reader"), _("Title")};
    add_head_markup(out, sheet->title);
    buf_adds(out, "<table>\n<thead><tr>");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_adds(out, "<th scope=\"col\">");
        buf_add_printable_markup(out, sv_of(names[i]));
        buf_adds(out, "</th>");
    }
    buf_adds(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < sheet->rows.n; i++)
        add_row_markup(out, &sheet->rows.at[i]);
    buf_adds(out, "</tbody>\n<tfoot>");
    add_row_markup(out, &(struct run_row){sheet->length, 0, _("End"), ""});
    buf_adds(out, "</tfoot>\n</table>\n</html>\n");
}

/* ---- CSV ---- */

/* A leading =, +, - or @ would be a formula in a spreadsheet. */
static void add_csv_cell(struct buf *out, struct sv text)
{
    bool formula = text.n && strchr("=+-@", *text.p);
    buf_adds(out, formula ? "\"'" : "\"");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.p[i] == '\n' ? ' ' : text.p[i]);
    }
    buf_putc(out, '"');
}

/* The names of the columns are for programs, and the same in every language. Without the mark
 * of UTF-8 Excel would read the letters in the encoding of the system. */
static void add_csv(const struct run_sheet *sheet, struct buf *out)
{
    buf_adds(out, "\uFEFFstart,length,title,reader\r\n");
    for (size_t i = 0; i < sheet->rows.n; i++) {
        const struct run_row *row = &sheet->rows.at[i];
        buf_addf(out, "%.3f,%.3f,", row->start, row->length);
        add_csv_cell(out, sv_of(row->title));
        buf_putc(out, ',');
        add_csv_cell(out, sv_of(row->reader));
        buf_adds(out, "\r\n");
    }
}

/* ---- the files ---- */

static const struct sheet_kind {
    const char *name, *ending;
    void (*add)(const struct run_sheet *sheet, struct buf *out);
} sheet_kinds[] = {
    {"txt", ".sheet.txt", add_text},
    {"html", ".sheet.html", add_page},
    {"csv", ".sheet.csv", add_csv},
};

static const struct sheet_kind *kind_of(struct sv name)
{
    for (size_t i = 0; i < sizeof sheet_kinds / sizeof *sheet_kinds; i++)
        if (sv_is(name, sheet_kinds[i].name))
            return &sheet_kinds[i];
    return NULL;
}

enum status run_sheet_check(const char *sound, const char *kinds, struct err *e)
{
    struct sv rest = sv_of(kinds);
    struct stat s;
    if (strcmp(sound, "-") == 0 || (stat(sound, &s) == 0 && !S_ISREG(s.st_mode)))
        return err_set(e, STATUS_USAGE,
                       "The run sheet stands beside a sound file, and “%s” is none: name a file to "
                       "save to.",
                       sound);
    while (rest.p) {
        struct sv name = sv_cut(&rest, ',');
        if (!kind_of(name))
            return err_set(e, STATUS_USAGE,
                           "There is no run sheet “%.*s”: choose among txt, html and csv.",
                           SV_ARG(name));
    }
    return STATUS_OK;
}

static enum status write_kind(const struct run_sheet *sheet, const char *sound,
                              const struct sheet_kind *kind, struct err *e)
{
    struct buf path = BUF_INIT, text = BUF_INIT;
    file_add_beside(&path, sound, kind->ending);
    kind->add(sheet, &text);
    bool written = file_replace(path.p, buf_sv(&text));
    enum status status = STATUS_OK;
    if (!written)
        status = err_set(e, STATUS_OUTPUT,
                         "Cannot write “%s”: %s. Make room there, or name another destination.",
                         path.p, file_fault(errno));
    buf_free(&path);
    buf_free(&text);
    return status;
}

enum status run_sheet_write(const struct run_sheet *sheet, const char *sound, const char *kinds,
                            struct err *e)
{
    struct sv rest = sv_of(kinds);
    enum status status = run_sheet_check(sound, kinds, e);
    while (rest.p && !status)
        status = write_kind(sheet, sound, kind_of(sv_cut(&rest, ',')), e);
    return status;
}

void run_sheet_free(struct run_sheet *sheet)
{
    vec_free(&sheet->rows);
}
