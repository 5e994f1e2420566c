/* Media keys and panels. */
#include "docbao/internal.h"

#include "session/desktop.h"

struct docbao_desktop {
    struct desktop *desktop;
};

enum docbao_status
docbao_desktop_open(struct docbao *d,
                    void (*command)(void *user, enum docbao_desktop_command command, int64_t value),
                    void *user, struct docbao_desktop **out)
{
    struct docbao_desktop *made = mem_zalloc(sizeof *made);
    enum status status = desktop_open(&made->desktop, command, user, &d->err);
    *out = status ? NULL : made;
    if (status)
        free(made);
    return api_result(d, status);
}

void docbao_desktop_close(struct docbao_desktop *d)
{
    if (!d)
        return;
    desktop_close(d->desktop);
    free(d);
}

void docbao_desktop_wants(struct docbao_desktop *d, struct pollfd *fd, int *timeout_ms)
{
    desktop_wants(d->desktop, fd, timeout_ms);
}

bool docbao_desktop_serve(struct docbao_desktop *d)
{
    return desktop_serve(d->desktop);
}

void docbao_desktop_tell(struct docbao_desktop *d, const struct docbao_desktop_status *status,
                         bool sought)
{
    desktop_update(d->desktop, status, sought);
}
