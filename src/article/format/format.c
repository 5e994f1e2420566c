#include "article/format/format.h"

#include "article/format/docx.h"
#include "article/format/epub.h"
#include "article/format/feed.h"
#include "article/input/archive.h"
#include "article/input/encoding.h"
#include "article/input/load.h"
#include "base/ascii.h"

enum kind { TEXT, ZIP, PDF, RTF, OLD_OFFICE };

static enum kind kind_of(struct sv source)
{
    enum { HEAD = 1024 }; /* some programs write a few lines before "%PDF-" */
    struct sv head = sv_sub(source, 0, source.n < HEAD ? source.n : HEAD);
    if (sv_starts(head, SV("PK\x03\x04")) || sv_starts(head, SV("PK\x05\x06")))
        return ZIP;
    if (sv_starts(head, SV("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
        return OLD_OFFICE;
    if (sv_starts(head, SV("{\\rtf")))
        return RTF;
    bool pdf = sv_starts(head, SV("%PDF-")) ||
               (sv_find(head, SV("%PDF-1.")) >= 0 && memchr(source.p, '\0', source.n));
    return pdf ? PDF : TEXT;
}

const char *format_encoding(const char *name)
{
    struct encoding encoding;
    if (!name || !encoding_named(sv_of(name), &encoding))
        return name; /* decoding reports it */
    encoding.form = FORM_UTF8;
    return encoding_name(encoding);
}

/* Word stores a locked DOCX in the container of its old files. */
static enum status refuse_old_office(const struct article *a, struct err *e)
{
    struct sv locked = {"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32};
    if (sv_find(a->source, locked) >= 0)
        err_set(e, STATUS_INPUT,
                "is an Office file protected by a password; open it, take the password off and "
                "save it again");
    else
        err_set(e, STATUS_INPUT,
                "is an old Office file (.doc, .xls or .ppt), which is not read; open it in Word or "
                "LibreOffice and save it as .docx");
    return load_error_in(a->name, e);
}

static enum status refuse_archive(const struct article *a, const struct archive *z, struct err *e)
{
    if (archive_has(z, "content.xml"))
        err_set(e, STATUS_INPUT,
                "is an OpenDocument file, which is not read; open it in LibreOffice and save it as "
                ".docx");
    else if (archive_has(z, "xl/workbook.xml") || archive_has(z, "ppt/presentation.xml"))
        err_set(e, STATUS_INPUT,
                "is a table or a presentation, which is not read; save its text as .docx or .txt");
    else
        err_set(e, STATUS_INPUT,
                "is a zip archive that is neither a DOCX nor an EPUB file; unpack it and give a "
                "file of it");
    return load_error_in(a->name, e);
}

/* It is text, but not one to be read. */
static enum status refuse_feed(const struct article *a, struct err *e)
{
    if (!feed_begins(a->source))
        return STATUS_OK;
    err_set(e, STATUS_INPUT,
            "is a feed, a list of articles; docbao feed reads them, docbao batch saves them");
    return load_error_in(a->name, e);
}

/* The members that are read become the source of the article, in place of the archive. */
static enum status read_archive(struct article *a, const struct format_options *options,
                                struct draft *draft, struct err *e)
{
    struct archive z;
    struct sv packed = a->source;
    char *owned = NULL;
    enum status status = archive_open(&z, a->name, packed, options->max_bytes, e);
    if (!status) {
        if (z.cut_short)
            article_note(a, NO_SPAN, NOTE_MISSING,
                         "the archive is cut short: its end has not come; what came of it is read");
        a->source = (struct sv){NULL, 0};
        owned = a->source_owned;
        a->source_owned = NULL;
        struct docx_package package;
        if (docx_package_read(&package, &z))
            status = docx_read(a, &z, &package, options, draft, e);
        else if (archive_has(&z, "META-INF/container.xml"))
            status = epub_read(a, &z, options, draft, e);
        else
            status = refuse_archive(a, &z, e);
        docx_package_free(&package);
    }
    archive_close(&z);
    free(owned);
    return status;
}

enum status format_read_bytes(struct article *a, const struct format_options *options,
                              struct draft *draft, enum format_result *result, struct err *e)
{
    *result = FORMAT_TEXT;
    switch (kind_of(a->source)) {
    case ZIP:
        *result = FORMAT_DRAFT;
        return read_archive(a, options, draft, e);
    case PDF:
        *result = FORMAT_EXTRACTED;
        return pdf_read(a, options, e);
    case OLD_OFFICE:
        return refuse_old_office(a, e);
    case RTF:
        err_set(e, STATUS_INPUT,
                "is an RTF file, which is not read; open it in Word or LibreOffice and save it as "
                ".docx");
        return load_error_in(a->name, e);
    default:
        return options->raw ? STATUS_OK : refuse_feed(a, e);
    }
}

enum format_result format_read_text(struct article *a, const struct format_options *options,
                                    struct draft *draft)
{
    static const struct sv extensions[] = {SV(".md"), SV(".markdown")};
    struct sv name = sv_of(a->name);
    if (captions_are(a->text)) {
        captions_read(a, options, draft);
        return FORMAT_DRAFT;
    }
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (name.n > extensions[i].n && ascii_ends(name, extensions[i]))
            return markdown_read(a, options, draft);
    return FORMAT_TEXT;
}
