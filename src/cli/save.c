#include "cli/cli.h"

int verb_save(struct cli *c)
{
    if (!c->options->output || !*c->options->output)
        return usage_error("say where to save: -o OUT");
    return cli_speak(c, DOCBAO_TO_FILE, c->options->output, NULL);
}
