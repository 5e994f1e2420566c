#include "article/read.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "article/find/clean_html.h"
#include "article/find/clean_plain.h"
#include "article/input/decode.h"
#include "article/input/encoding.h"
#include "article/format/format.h"
#include "base/nfc.h"
#include "base/utf8.h"

uint64_t read_limit(const struct read_options *options)
{
    uint64_t limit = options->max_bytes ? options->max_bytes : (uint64_t)64 << 20;
    return limit < UINT32_MAX ? limit : UINT32_MAX;
}

static enum status fail_at(const struct article *a, struct err *e)
{
    return err_at(e, sv_is(sv_of(a->name), "-") ? "standard input" : a->name, 0, 0);
}

static enum status too_large(const struct article *a, uint64_t limit, struct err *e)
{
    err_set(e, STATUS_INPUT,
            "larger than %llu bytes, the most that is read; allow more with --max-bytes N (at most "
            "4294967295) or split it",
            (unsigned long long)limit);
    return fail_at(a, e);
}

static enum status open_failed(const struct article *a, int number, struct err *e)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        err_set(e, STATUS_INPUT, "there is no such file; check the name and the folder");
        break;
    case EACCES:
    case EPERM:
        err_set(e, STATUS_INPUT, "you may not read it; ask its owner, or check with ls -l");
        break;
    default:
        err_set(e, STATUS_INPUT, "cannot be opened: %s", strerror(number));
    }
    return fail_at(a, e);
}

/* Reads all that the descriptor gives, in growing chunks, and one byte past the limit at most. */
static enum status read_all(struct article *a, int fd, uint64_t limit, struct buf *bytes,
                            struct err *e)
{
    struct stat info;
    if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        err_set(e, STATUS_INPUT, "is a folder, not a file; name a file in it");
        return fail_at(a, e);
    }
    if (S_ISREG(info.st_mode) && (uint64_t)info.st_size > limit)
        return too_large(a, limit, e);
    size_t room = S_ISREG(info.st_mode) ? (size_t)info.st_size + 1 : 65536;
    for (;;) {
        buf_reserve(bytes, room);
        ssize_t n = read(fd, bytes->p + bytes->n, room);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            err_set(e, STATUS_INPUT, "reading broke off after %zu bytes: %s", bytes->n,
                    strerror(errno));
            return fail_at(a, e);
        }
        if (n == 0)
            return STATUS_OK;
        buf_cut(bytes, bytes->n + (size_t)n);
        if (bytes->n > limit)
            return too_large(a, limit, e);
        room = bytes->n / 2 > 65536 ? bytes->n / 2 : 65536;
    }
}

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

/* Programs, pictures and archives: many NULs, many controls, or some of these among many bytes
 * that are no text. Text in an old encoding has bad bytes, but no controls; text filled up with
 * NULs has no bad bytes; a program that holds much text has fewer of everything. */
static bool looks_binary(const struct decode_counts *c)
{
    enum { FEW = 32 }; /* a stray control or two make no program of a short note */
    return (c->nuls > FEW && c->nuls * 10 > c->characters) ||
           (c->nuls > FEW && c->nuls * 50 > c->characters && c->bad * 50 > c->characters) ||
           (c->controls > FEW && c->controls * 3 > c->characters) ||
           (c->controls > FEW && c->controls * 20 > c->characters && c->bad * 10 > c->characters);
}

/* The name of the encoding to go by; NULL: find out. What a server says is a hint: it is believed
 * where it is no mere default (many call every page windows-1252 or UTF-8) and the bytes allow it.
 */
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

static enum status understand(struct article *a, const struct read_options *options, struct err *e)
{
    if (!a->source.n) {
        err_set(e, STATUS_INPUT, "is empty; nothing to read");
        return fail_at(a, e);
    }
    struct format_options limits = {.raw = options->raw,
                                    .max_bytes = read_limit(options),
                                    .encoding = format_encoding(options->encoding)};
    enum format_result result;
    struct decode_counts counts;
    enum status status = format_unpack(a, &limits, &result, e);
    if (status != STATUS_OK || result == FORMAT_READ)
        return status;
    bool extracted = result == FORMAT_EXTRACTED;
    status =
        decode_source(a, extracted ? limits.encoding : believed_encoding(a, options), &counts, e);
    if (status != STATUS_OK)
        return status;
    if (looks_binary(&counts)) {
        err_set(e, STATUS_INPUT,
                "does not look like text (%zu control characters and %zu bad bytes "
                "among %zu characters); give a text or HTML file",
                counts.controls, counts.bad, counts.characters);
        return fail_at(a, e);
    }
    if (!has_letter_or_digit(a->text)) {
        err_set(e, STATUS_INPUT, "nothing to read: it holds no letter and no digit");
        return fail_at(a, e);
    }
    status = format_read_text(a, &limits, &result, e);
    if (status != STATUS_OK || result == FORMAT_READ)
        return status;
    if (!extracted && looks_like_html(a))
        return clean_html(a, options->raw, e);
    if (options->raw)
        clean_raw(a);
    else
        clean_plain(a);
    return STATUS_OK;
}

/* Takes the tables out of what is read. */
static void skip_tables(struct article *a)
{
    bool *tables = mem_zalloc(a->blocks.n * sizeof *tables);
    for (size_t i = 0; i < a->blocks.n; i++)
        tables[i] = a->blocks.at[i].kind == BLOCK_TABLE;
    article_drop(a, tables, "table");
    free(tables);
}

static enum status understand_as_asked(struct article *a, const struct read_options *options,
                                       struct err *e)
{
    enum status status = understand(a, options, e);
    if (!status && options->skip_tables && !options->raw)
        skip_tables(a);
    return status;
}

static void start(struct article *a, const char *name)
{
    *a = (struct article){.spoken = BUF_INIT, .encoding = "UTF-8"};
    a->name = arena_dup(&a->arena, sv_of(name));
}

/* Makes the bytes the article's own. */
static void adopt(struct article *a, struct buf *bytes)
{
    a->source.n = bytes->n;
    a->source_owned = buf_detach(bytes);
    a->source.p = a->source_owned;
}

static enum status load_url(struct article *out, const struct read_options *options,
                            struct buf *bytes, struct buf *charset, struct err *e)
{
    static const struct fetch_options defaults;
    return fetch_url(out->name, read_limit(options), options->fetch ? options->fetch : &defaults,
                     bytes, charset, e);
}

static enum status load_file(struct article *out, const struct read_options *options,
                             struct buf *bytes, struct err *e)
{
    bool standard_input = sv_is(sv_of(out->name), "-");
    int fd = standard_input ? STDIN_FILENO : open(out->name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return open_failed(out, errno, e);
    enum status status = read_all(out, fd, read_limit(options), bytes, e);
    if (!standard_input)
        close(fd);
    return status;
}

enum status article_load(struct article *out, const char *path, const struct read_options *options,
                         struct buf *charset, struct err *e)
{
    start(out, path);
    struct buf bytes = BUF_INIT;
    enum status status = fetch_is_url(path) ? load_url(out, options, &bytes, charset, e)
                                            : load_file(out, options, &bytes, e);
    adopt(out, &bytes);
    return status;
}

enum status article_read(struct article *out, const char *path, const struct read_options *options,
                         struct err *e)
{
    struct buf charset = BUF_INIT;
    enum status status = article_load(out, path, options, &charset, e);
    struct read_options told = *options;
    if (!told.charset && charset.n)
        told.charset = charset.p; /* as if the caller had said it */
    if (!status)
        status = understand_as_asked(out, &told, e);
    buf_free(&charset);
    return status;
}

enum status article_from_bytes(struct article *out, const char *name, struct sv bytes,
                               const struct read_options *options, struct err *e)
{
    start(out, name);
    if (bytes.n > read_limit(options))
        return too_large(out, read_limit(options), e);
    struct buf copy = BUF_INIT;
    buf_add_sv(&copy, bytes);
    adopt(out, &copy);
    return understand_as_asked(out, options, e);
}
