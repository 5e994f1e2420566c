#include "publish/cover.h"

#include "base/message.h"
#include "base/module.h"
#include "base/sha256.h"

/* White letters have a contrast of at least 7 on each (WCAG 2.1, 1.4.6). */
static const uint32_t colours[] = {0x8C1C13, 0x14532D, 0x1E3A8A, 0x581C87, 0x7C2D12, 0x0F4C5C};

enum status cover_draw(const char *title, struct buf *png, struct err *e)
{
    const void *found;
    enum status status = module_find("picture", "docbao_picture", &found, e);
    if (status)
        return err_set(e, status, "A cover cannot be made: %s Give one with --cover.",
                       e->message.p);
    size_t which = sha256_number(sv_of(title)) % (sizeof colours / sizeof *colours);
    if (!((const struct cover_driver *)found)->draw(title, colours[which], png))
        return err_set(e, STATUS_OUTPUT, "A cover cannot be made: there is not enough memory.");
    return STATUS_OK;
}
