#include "docbao/tags.h"

#include <errno.h>

#include "base/ascii.h"
#include "base/file.h"
#include "sink/tag/picture.h"

/* "2024", "2024-05" or "2024-05-15". */
static bool is_date(const char *date)
{
    static const char pattern[] = "dddd-dd-dd";
    size_t n = strlen(date);
    if (n != 4 && n != 7 && n != 10)
        return false;
    for (size_t i = 0; i < n; i++)
        if (pattern[i] == 'd' ? !ascii_is_digit(date[i]) : date[i] != '-')
            return false;
    return true;
}

static enum status load_cover(const char *path, struct buf *cover, struct err *e)
{
    if (!file_read(path, cover))
        return err_set(e, STATUS_USAGE, "The picture “%s” cannot be read: %s.", path,
                       file_fault(errno));
    if (!picture_type(buf_sv(cover)))
        return err_set(
            e, STATUS_USAGE,
            "“%s” cannot be the cover: it is no JPEG or PNG picture of at most %u bytes.", path,
            (unsigned)PICTURE_MOST);
    return STATUS_OK;
}

static struct sv text_of(const char *text)
{
    return text ? sv_of(text) : SV("");
}

enum status tags_load(const struct docbao_tags *given, struct sink_tags *tags, struct buf *cover,
                      struct err *e)
{
    const char *path = given->cover ? given->cover : given->spare_cover;
    enum status status = STATUS_OK;
    if (given->date && *given->date && !is_date(given->date))
        return err_set(e, STATUS_USAGE,
                       "“%s” is no date: write year, month and day as in 2024-05-15.", given->date);
    if (path)
        status = load_cover(path, cover, e);
    *tags = (struct sink_tags){
        .title = text_of(given->title),
        .author = text_of(given->author),
        .date = text_of(given->date),
        .comment = text_of(given->comment),
        .picture = given->cover ? buf_sv(cover) : SV(""),
        .spare_picture = given->cover ? SV("") : buf_sv(cover),
    };
    return status;
}
