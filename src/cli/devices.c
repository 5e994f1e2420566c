#include "cli/cli.h"

static void print_device(void *user, const struct docbao_device *device)
{
    struct cli *c = user;
    out_printf(&c->out, "%u\t%s\t%u\t%s\n", device->number, device->name, device->rate,
               device->is_default ? "default" : "");
}

int verb_devices(struct cli *c)
{
    enum docbao_status status = docbao_devices(c->docbao, print_device, c);
    if (status)
        cli_tell_error(c);
    return status ? EXIT_NOTHING : EXIT_DONE;
}
