#include "cli/cli.h"

/* The files of the command line; `user`: the index of the next one. */
static struct docbao_article *next_file(struct cli *c, void *user)
{
    int *next = user;
    struct docbao_article *a = NULL;
    while (!a && *next < c->options->file_count && !c->misused && !*c->stop)
        a = cli_open(c, c->options->files[(*next)++]);
    if (a && *next < c->options->file_count)
        docbao_expect(c->docbao, c->options->files[*next]);
    return a;
}

int verb_save(struct cli *c)
{
    if (!c->options->output || !*c->options->output)
        return usage_error("say where to save: -o OUT");
    int next = 0;
    struct queue files = {.next = next_file, .user = &next};
    return cli_save(c, &files, c->options->output);
}
