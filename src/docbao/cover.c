/* The cover of a podcast. */
#include "docbao/internal.h"

#include <errno.h>

#include "base/file.h"
#include "base/replacement.h"
#include "publish/cover.h"

enum docbao_status docbao_cover(struct docbao *d, const char *title, const char *path)
{
    struct buf png = BUF_INIT;
    enum status status = cover_draw(title, &png, &d->err);
    if (!status && !file_update(path, buf_sv(&png)))
        status = err_set(&d->err, STATUS_OUTPUT,
                         "Cannot write “%s”: %s. Make room there, or name another destination.",
                         path, file_fault(errno));
    buf_free(&png);
    return api_result(d, status);
}
