#include "article/read.h"

#include "article/find/clean_html.h"
#include "article/find/clean_plain.h"
#include "article/find/document_page.h"
#include "article/find/masthead.h"
#include "article/find/paper.h"
#include "article/format/format.h"
#include "article/format/html.h"
#include "article/format/plain_references.h"
#include "article/input/decode.h"
#include "article/input/encoding.h"
#include "article/input/gzip.h"
#include "base/nfc.h"
#include "base/utf8.h"

static bool has_letter_or_digit(struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(text, i, text.n - i), &code);
        enum char_kind kind = char_kind_of(code);
        if (kind == CHAR_LETTER || kind == CHAR_DIGIT)
            return true;
        i += n ? n : 1;
    }
    return false;
}

/* Whether the bytes are those of a program, a picture or an archive: they hold many NULs, many
 * controls, or some of these among many bytes that are not text. Text in an old encoding has bad
 * bytes, but no controls; text that is filled up with NULs has no bad bytes; a program that holds
 * much text has fewer of everything. */
static bool looks_binary(const struct decode_counts *c)
{
    enum { FEW = 32 }; /* a short note may hold a stray control or two */
    return (c->nuls > FEW && c->nuls * 10 > c->characters) ||
           (c->nuls > FEW && c->nuls * 50 > c->characters && c->bad * 50 > c->characters) ||
           (c->controls > FEW && c->controls * 3 > c->characters) ||
           (c->controls > FEW && c->controls * 20 > c->characters && c->bad * 10 > c->characters);
}

/* The name of the encoding to use; NULL: guess. The encoding that a server names is only a hint.
 * Many servers call every page windows-1252 or UTF-8, so these names say nothing; another is
 * believed if the bytes allow it. */
static const char *believed_encoding(const struct article *a, const struct read_options *options)
{
    struct encoding said;
    if (options->encoding || !options->charset || !encoding_named(sv_of(options->charset), &said))
        return options->encoding;
    bool wide = said.form == FORM_UTF16LE || said.form == FORM_UTF16BE;
    if (wide && memchr(a->source.p, '\0', a->source.n))
        return options->charset;
    bool old = said.form == FORM_BYTES && said.letters != LETTERS_PLAIN;
    if (old && utf8_valid_prefix(a->source) < a->source.n)
        return options->charset;
    return NULL;
}

/* ---- one function for each thing a source can be ---- */

static enum status read_draft(struct draft *draft, struct err *e)
{
    if (draft->may_be_page)
        document_page_find(draft);
    if (!draft->is_book)
        masthead_find(draft);
    return draft_finish(draft, e);
}

static enum status read_page(struct article *a, const struct read_options *options, struct err *e)
{
    struct html_page page;
    enum status status = html_read(&page, a, e);
    if (!status)
        status = clean_html(&page, options->raw, e);
    html_page_free(&page);
    return status;
}

static void read_plain(struct article *a, const struct read_options *options)
{
    plain_references_decode(a);
    if (options->raw)
        clean_raw(a);
    else
        clean_plain(a);
}

static enum status decode(struct article *a, const char *encoding, struct err *e)
{
    struct decode_counts counts;
    enum status status = decode_source(a, encoding, &counts, e);
    if (status)
        return status;
    if (looks_binary(&counts)) {
        err_set(e, STATUS_INPUT,
                "does not look like text (%zu control characters and %zu bad bytes "
                "among %zu characters); give a text or HTML file",
                counts.controls, counts.bad, counts.characters);
        return load_error_in(a->name, e);
    }
    if (!has_letter_or_digit(a->text)) {
        err_set(e, STATUS_INPUT, "nothing to read: it holds no letter and no digit");
        return load_error_in(a->name, e);
    }
    return STATUS_OK;
}

static enum status read_source(struct article *a, const struct read_options *options, struct err *e)
{
    if (!a->source.n) {
        err_set(e, STATUS_INPUT, "is empty; nothing to read");
        return load_error_in(a->name, e);
    }
    struct format_options limits = {.raw = options->raw,
                                    .picture = options->picture,
                                    .max_bytes = load_limit(&options->load),
                                    .encoding = format_encoding(options->encoding)};
    struct draft draft;
    enum format_result result;
    enum status status = format_read_bytes(a, &limits, &draft, &result, e);
    if (status)
        return status;
    if (result == FORMAT_DRAFT)
        return read_draft(&draft, e);
    bool extracted = result == FORMAT_EXTRACTED;
    status = decode(a, extracted ? limits.encoding : believed_encoding(a, options), e);
    if (status)
        return status;
    if (format_read_text(a, &limits, &draft) == FORMAT_DRAFT)
        return read_draft(&draft, e);
    if (!extracted && html_is_page(a))
        return read_page(a, options, e);
    read_plain(a, options);
    return STATUS_OK;
}

/* ---- the whole ---- */

static void skip_tables(struct article *a)
{
    bool *tables = mem_zalloc(a->blocks.n * sizeof *tables);
    for (size_t i = 0; i < a->blocks.n; i++)
        tables[i] = a->blocks.at[i].kind == BLOCK_TABLE;
    article_drop(a, tables, SKIP_TABLE);
    free(tables);
}

/* Makes the bytes the source of the article, and reads it. */
static enum status read_bytes(struct article *a, struct buf *bytes,
                              const struct read_options *options, struct err *e)
{
    bool cut_short = options->cut_short;
    enum status status = gzip_unpack(a->name, load_limit(&options->load), bytes, &cut_short, e);
    if (status)
        return status;
    a->source.n = bytes->n;
    a->source_owned = buf_detach(bytes);
    a->source.p = a->source_owned;
    if (cut_short)
        article_note(a, NO_SPAN, NOTE_MISSING,
                     "the document is cut short: the rest of it has not come, or cannot be "
                     "unpacked; what came is read");
    status = read_source(a, options, e);
    if (!status && !options->raw)
        paper_find(a);
    if (!status && options->skip_tables && !options->raw)
        skip_tables(a);
    return status;
}

void article_begin(struct article *a, const char *name, const struct read_options *options)
{
    *a = (struct article){.spoken = BUF_INIT, .encoding = "UTF-8", .rules = options->rules};
    a->name = arena_dup(&a->arena, sv_of(name));
}

enum status article_take_bytes(struct article *out, const char *name, struct buf *bytes,
                               const struct read_options *options, struct err *e)
{
    article_begin(out, name, options);
    if (bytes->n > load_limit(&options->load))
        return load_too_large(name, load_limit(&options->load), e);
    return read_bytes(out, bytes, options, e);
}

enum status article_from_bytes(struct article *out, const char *name, struct sv bytes,
                               const struct read_options *options, struct err *e)
{
    struct buf copy = BUF_INIT;
    buf_add_sv(&copy, bytes);
    enum status status = article_take_bytes(out, name, &copy, options, e);
    buf_free(&copy);
    return status;
}

enum status article_from_text(struct article *out, const char *name, struct sv text,
                              const struct rules *rules, struct err *e)
{
    const struct read_options options = {.rules = rules, .raw = true};
    struct decode_counts counts;
    struct buf copy = BUF_INIT;
    article_begin(out, name, &options);
    buf_add_sv(&copy, text);
    out->source.n = copy.n;
    out->source_owned = buf_detach(&copy);
    out->source.p = out->source_owned;
    enum status status = decode_source(out, "UTF-8", &counts, e);
    if (!status)
        clean_raw(out);
    return status;
}
