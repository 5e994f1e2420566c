/* Remembers at the end where the listener stopped, and finds this place again at the start. */
#include "cli/listen.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/message.h"
#include "cli/statusline.h"

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

bool listen_remember(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article || !l->positions)
        return false;
    enum docbao_status status =
        docbao_remember(l->cli->docbao, l->positions, s.article, s.sentence);
    if (status)
        cli_tell_error(l->cli);
    if (listen_has_list(l))
        listen_remember_list(l, listen_number(l, s.article));
    return !status;
}

void listen_tell_left(struct listen *l, bool remembered)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article || s.playing == DOCBAO_ENDED || !l->has_keys || l->cli->options->quiet)
        return;
    struct docbao_head head = docbao_head_of(s.article);
    char *place = status_clock(s.elapsed_ms), *length = status_clock(s.total_ms);
    const char *format =
        remembered ? N_("%.*s: left at sentence %u of %u (%s of %s); next time docbao "
                        "reads on from there")
                   : N_("%.*s: left at sentence %u of %u (%s of %s); Q instead of q remembers the "
                        "place");
    cli_message(l->cli, format, TEXT_ARG(head.name), s.sentence + 1, head.sentences, place, length);
    free(place);
    free(length);
}
