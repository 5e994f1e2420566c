#include "cli/cli.h"

/* A reader that went away ends the playing. */
void cli_show_sentence(void *cli, struct docbao_article *a, uint32_t sentence)
{
    struct cli *c = cli;
    out_text(&c->out, docbao_sentence_at(a, sentence).written);
    out_bytes(&c->out, "\n", 1);
    if (!out_flush(&c->out))
        *c->stop = 1;
}

int verb_play(struct cli *c)
{
    const char *device = c->options->device ? c->options->device : "";
    return cli_speak(c, DOCBAO_TO_DEVICE, device, c->options->quiet ? NULL : cli_show_sentence);
}
