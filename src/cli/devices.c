#include "base/message.h"
#include "cli/cli.h"

static void print_device(void *user, const struct docbao_device *device)
{
    struct cli *c = user;
    out_printf(&c->out, "%u\t", device->number);
    out_printable_string(&c->out, device->name);
    out_printf(&c->out, "\t%u\t%s\n", device->rate, device->is_default ? _("default") : "");
}

int verb_devices(struct cli *c)
{
    enum docbao_status status = docbao_devices(c->docbao, print_device, c);
    if (status)
        cli_tell_error(c);
    return status ? EXIT_NOTHING : EXIT_DONE;
}
