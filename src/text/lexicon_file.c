#include "text/lexicon_file.h"

#include <errno.h>

#include "base/file.h"
#include "base/nfc.h"
#include "base/replacement.h"
#include "base/system_text.h"
#include "base/table.h"
#include "base/utf8.h"
#include "text/lexicon.h"

static const char heading[] = "# Your own readings.\n"
                              "# written\tspoken\tcontext\n";

/* Reads the file, in NFC. Empty if there is no file. */
static enum status read_lexicon_text(const char *path, struct buf *out, struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum status status = STATUS_OK;
    if (file_read(path, &bytes))
        status = lexicon_text(path, buf_sv(&bytes), out, e);
    else if (!file_is_absent(errno))
        status = err_set(e, file_status(errno), "%s cannot be read: %s", path, file_fault(errno));
    buf_free(&bytes);
    return status;
}

static enum status write_lexicon_text(const char *path, const struct buf *text, struct err *e)
{
    if (file_replace(path, buf_sv(text)))
        return STATUS_OK;
    return err_set(e, STATUS_OUTPUT, "%s cannot be written: %s", path, system_error(errno));
}

static bool is_row_of(struct sv line, struct sv written, struct sv context, bool any_context)
{
    if (!line.n || line.p[0] == '#')
        return false;
    struct sv first = sv_trim(sv_cut(&line, '\t'));
    sv_cut(&line, '\t');
    struct sv third = line.p ? sv_trim(line) : (struct sv){"", 0};
    return sv_eq(first, written) && (any_context || sv_eq(third, context));
}

/* Copies the lines. The first row with that written form and context is replaced by `row`, the
 * others are left out; with row == NULL all are. Returns how many there were. */
static uint32_t replace_rows(struct sv text, struct sv written, struct sv context, bool any_context,
                             const struct buf *row, struct buf *out)
{
    uint32_t found = 0;
    while (text.p && text.n) {
        struct sv line = sv_cut(&text, '\n');
        if (!is_row_of(line, written, context, any_context)) {
            buf_add_sv(out, line);
            buf_putc(out, '\n');
        } else if (!found++ && row) {
            buf_add_sv(out, buf_sv(row));
        }
    }
    return found;
}

static struct sv in_nfc(struct sv v, struct buf *out)
{
    nfc_append(out, sv_trim(v));
    return buf_sv(out);
}

static enum status add_lexicon_row(const char *path, struct sv written, struct sv spoken,
                                   struct sv context, struct err *e)
{
    enum status status = lexicon_check(written, spoken, context, e);
    if (status)
        return status;
    struct buf text = BUF_INIT, row = BUF_INIT, out = BUF_INIT;
    status = read_lexicon_text(path, &text, e);
    buf_addf(&row, "%.*s\t%.*s", SV_ARG(written), SV_ARG(spoken));
    if (context.n)
        buf_addf(&row, "\t%.*s", SV_ARG(context));
    buf_putc(&row, '\n');
    if (!status && !text.n)
        buf_adds(&out, heading);
    if (!status && !replace_rows(buf_sv(&text), written, context, false, &row, &out))
        buf_add_sv(&out, buf_sv(&row));
    if (!status)
        status = write_lexicon_text(path, &out, e);
    buf_free(&text);
    buf_free(&row);
    buf_free(&out);
    return status;
}

static bool all_valid(struct sv a, struct sv b, struct sv c)
{
    return utf8_valid_prefix(a) == a.n && utf8_valid_prefix(b) == b.n &&
           utf8_valid_prefix(c) == c.n;
}

enum status lexicon_file_add(const char *path, struct sv written, struct sv spoken,
                             struct sv context, struct err *e)
{
    if (!all_valid(written, spoken, context))
        return err_set(e, STATUS_USAGE, "the words are not UTF-8; use a UTF-8 terminal");
    struct buf w = BUF_INIT, s = BUF_INIT, c = BUF_INIT;
    enum status status =
        add_lexicon_row(path, in_nfc(written, &w), in_nfc(spoken, &s), in_nfc(context, &c), e);
    buf_free(&w);
    buf_free(&s);
    buf_free(&c);
    return status;
}

enum status lexicon_file_remove(const char *path, struct sv written, struct sv context,
                                uint32_t *removed, struct err *e)
{
    *removed = 0;
    if (!all_valid(written, context, SV("")))
        return err_set(e, STATUS_USAGE, "the words are not UTF-8; use a UTF-8 terminal");
    struct buf text = BUF_INIT, out = BUF_INIT, w = BUF_INIT, c = BUF_INIT;
    enum status status = read_lexicon_text(path, &text, e);
    if (!status)
        *removed = replace_rows(buf_sv(&text), in_nfc(written, &w), in_nfc(context, &c), !context.n,
                                NULL, &out);
    if (!status && *removed)
        status = write_lexicon_text(path, &out, e);
    buf_free(&text);
    buf_free(&out);
    buf_free(&w);
    buf_free(&c);
    return status;
}

enum status lexicon_file_each(const char *path,
                              void (*each)(void *user, const struct lexicon_row *row), void *user,
                              struct err *e)
{
    struct buf text = BUF_INIT;
    struct table t = {0};
    enum status status = read_lexicon_text(path, &text, e);
    if (!status)
        status = table_parse(&t, path, buf_sv(&text), LEXICON_COLUMNS, e);
    for (size_t i = 0; !status && i < table_rows(&t); i++) {
        struct err fault = ERR_INIT;
        struct lexicon_row row = {.line = t.lines.at[i],
                                  .written = table_cell(&t, i, LEXICON_WRITTEN),
                                  .spoken = table_cell(&t, i, LEXICON_SPOKEN),
                                  .context = table_cell(&t, i, LEXICON_CONTEXT)};
        if (lexicon_check(row.written, row.spoken, row.context, &fault))
            row.fault = fault.message.p;
        each(user, &row);
        err_free(&fault);
    }
    table_free(&t);
    buf_free(&text);
    return status;
}
