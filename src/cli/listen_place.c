/* Remembers at the end where the listener stopped, and finds this place again at the start. */
#include "cli/listen.h"

#include <stdlib.h>

#include "base/mem.h"

uint32_t listen_number(const struct listen *l, const struct docbao_article *a)
{
    const struct playlist_entry *entry = playlist_entry_of(l->list, a);
    return entry ? (uint32_t)(entry - l->list->entries) : 0;
}

/* One sentence of overlap, so that a listener finds the thread again. */
uint32_t listen_start(void *user, struct docbao_article *a)
{
    struct listen *l = user;
    uint32_t sentence = 0;
    if (l->cli->options->from_start || !l->positions ||
        !docbao_recall(l->cli->docbao, l->positions, a, &sentence) || !sentence)
        return 0;
    listen_tell(l, "going on at sentence %u; --from-start begins at the start", sentence);
    return sentence - 1;
}

bool listen_has_list(const struct listen *l)
{
    return l->positions && l->list->count > 1 && l->list->entries[0].name &&
           !l->cli->options->shuffle;
}

static const char **names_of(const struct listen *l)
{
    const char **names = mem_zalloc(l->list->count * sizeof *names);
    for (uint32_t i = 0; i < l->list->count; i++)
        names[i] = l->list->entries[i].name;
    return names;
}

void listen_remember_list(struct listen *l, uint32_t index)
{
    const char **names = names_of(l);
    if (docbao_remember_list(l->cli->docbao, l->positions, names, l->list->count, index))
        cli_tell_error(l->cli);
    free(names);
}

void listen_recall_list(struct listen *l)
{
    uint32_t index = 0;
    if (!listen_has_list(l) || l->cli->options->from_start)
        return;
    const char **names = names_of(l);
    if (docbao_recall_list(l->cli->docbao, l->positions, names, l->list->count, &index) &&
        index < l->list->count)
        l->list->first = index;
    free(names);
}

void listen_remember(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article || !l->positions)
        return;
    if (docbao_remember(l->cli->docbao, l->positions, s.article, s.sentence))
        cli_tell_error(l->cli);
    if (listen_has_list(l))
        listen_remember_list(l, listen_number(l, s.article));
}
