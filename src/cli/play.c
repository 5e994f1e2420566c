#include "cli/playlist.h"

int verb_play(struct cli *c)
{
    const struct options *o = c->options;
    struct playlist list = {.cli = c, .loop = o->loop};
    for (int i = 0; i < o->file_count; i++)
        playlist_add_file(&list, o->files[i]);
    if (o->shuffle)
        playlist_shuffle(&list);
    int code = cli_listen(c, &list, NULL, NULL);
    playlist_free(&list);
    return code;
}
