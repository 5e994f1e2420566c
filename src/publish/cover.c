#include "publish/cover.h"

#include <errno.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/message.h"
#include "base/module.h"
#include "base/sha256.h"

enum { TIMEOUT_SECONDS = 60 };

/* White letters have a contrast of at least 7 on each (WCAG 2.1, 1.4.6). */
static const uint32_t colours[] = {0x8C1C13, 0x14532D, 0x1E3A8A, 0x581C87, 0x7C2D12, 0x0F4C5C};

struct drawing {
    const struct cover_driver *driver;
    const char *title;
    uint32_t colour;
};

enum piece_kind { PIECE_OF_PICTURE = 1, PIECE_LAST };

/* ---- in a process of its own, because Pango starts threads, which no process has that forks ----
 */

static void send_piece(enum piece_kind kind, struct sv bytes)
{
    uint32_t head = kind;
    if (channel_send(CHILD_CHANNEL, (struct sv){(const char *)&head, sizeof head}, bytes, -1,
                     true) != CHANNEL_DONE)
        _exit(0);
}

static void draw(void *with)
{
    const struct drawing *d = with;
    struct buf png = BUF_INIT;
    if (!d->driver->draw(d->title, d->colour, &png))
        return;
    for (struct sv rest = buf_sv(&png); rest.n;) {
        struct sv piece = sv_sub(rest, 0, rest.n < CHANNEL_MOST / 2 ? rest.n : CHANNEL_MOST / 2);
        send_piece(PIECE_OF_PICTURE, piece);
        rest = sv_from(rest, piece.n);
    }
    send_piece(PIECE_LAST, SV(""));
    buf_free(&png);
}

/* ---- in this process ---- */

/* Appends what the process sends. False: it did not send all of it. */
static bool take_picture(struct child *child, struct buf *png)
{
    const struct child_wait wait = {.deadline_ns = clock_now_ns() +
                                                   TIMEOUT_SECONDS * (int64_t)CLOCK_NS_PER_SECOND};
    uint32_t head = 0;
    while (child_receive(child, &head, sizeof head, png, &wait) == CHILD_MESSAGE)
        if (head == PIECE_LAST)
            return true;
    return false;
}

static enum status draw_apart(struct drawing *d, struct buf *png, struct err *e)
{
    const struct child_plan plan = {
        .name = "docbao-picture",
        .sandbox = {.kind = SANDBOX_PROGRAM, .cpu_seconds = TIMEOUT_SECONDS},
        .work = draw,
        .with = d,
    };
    struct child child;
    if (!child_start(&child, &plan))
        return err_set(e, STATUS_OUTPUT, "A cover cannot be made: %s.", file_fault(errno));
    bool drawn = take_picture(&child, png);
    child_end(&child);
    return drawn ? STATUS_OK
                 : err_set(e, STATUS_OUTPUT,
                           "A cover cannot be made: the process that draws it ended, perhaps for "
                           "want of memory.");
}

enum status cover_draw(const char *title, struct buf *png, struct err *e)
{
    const void *found;
    enum status status = module_find("picture", "docbao_picture", &found, e);
    if (status)
        return err_set(e, status, "A cover cannot be made: %s Give one with --cover.",
                       e->message.p);
    size_t which = sha256_number(sv_of(title)) % (sizeof colours / sizeof *colours);
    struct drawing d = {found, title, colours[which]};
    return draw_apart(&d, png, e);
}
