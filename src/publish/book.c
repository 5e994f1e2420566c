#include "publish/book.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/replacement.h"

void book_add(struct book *b, const char *path, const char *member, int text)
{
    b->path = path;
    *vec_push(&b->members) = (struct archive_part){.name = member, .file = text};
}

static struct archive_part part_of_text(const char *name, struct sv text, bool stored)
{
    return (struct archive_part){.name = name, .bytes = text, .file = -1, .stored = stored};
}

/* The type comes first and unpacked, so that it stands at the same place in every book (OCF 3.2,
 * 4.3). The sound cannot be packed any further. */
static void add_all(const struct book *b, int sound, struct archive_parts *parts)
{
    static const char container[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<container "
        "xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n<rootfiles>\n"
        "<rootfile full-path=\"EPUB/package.opf\" "
        "media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";
    *vec_push(parts) = part_of_text("mimetype", SV("application/epub+zip"), true);
    *vec_push(parts) = part_of_text("META-INF/container.xml", SV(container), false);
    for (size_t i = 0; i < b->members.n; i++)
        *vec_push(parts) = b->members.at[i];
    *vec_push(parts) = part_of_text("EPUB/book.css", embedded_find(SV("book.css")), false);
    *vec_push(parts) =
        (struct archive_part){.name = "EPUB/sound.mp3", .file = sound, .stored = true};
}

static enum status report(const struct book *b, int failure, struct err *e)
{
    return err_set(e, STATUS_OUTPUT,
                   "Cannot write “%s”: %s. Make room there, or name another destination.", b->path,
                   file_fault(failure));
}

static enum status write_book(const struct book *b, int sound, struct err *e)
{
    struct archive_parts parts = {0};
    struct replacement file = REPLACEMENT_INIT;
    add_all(b, sound, &parts);
    int failure = replacement_open(&file, b->path);
    enum status status = failure ? report(b, failure, e) : STATUS_OK;
    if (!status)
        status = archive_pack(&parts, file.fd, &failure, e);
    if (!status && !failure)
        failure = replacement_commit(&file);
    if (!status && failure)
        status = report(b, failure, e);
    replacement_free(&file);
    vec_free(&parts);
    return status;
}

enum status book_pack(struct book *b, struct err *e)
{
    int sound = open(b->sound, O_RDONLY | O_CLOEXEC);
    enum status status = sound < 0 ? err_set(e, STATUS_OUTPUT, "Cannot read “%s” again: %s.",
                                             b->sound, file_fault(errno))
                                   : write_book(b, sound, e);
    if (sound >= 0)
        close(sound);
    vec_free(&b->members);
    return status;
}
