/* The desktop's media keys and panels: its commands are those of the keys. */
#include "cli/listen.h"

#include <string.h>

enum { USUAL_PERCENT = 100, DESKTOP_ON = 1, DESKTOP_OFF };

/* There a time is one of the article at its normal speed. A leap beyond the end stays in the
 * article: to its last sentence. */
static void seek(struct listen *l, enum docbao_desktop_command command, int64_t ms)
{
    static const int64_t most = INT32_MAX;
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return;
    ms = ms < -most ? -most : ms > most ? most : ms;
    int64_t by = ms * USUAL_PERCENT / s.speed_percent;
    if (command == DOCBAO_DESKTOP_PLACE)
        by -= (int64_t)s.elapsed_ms;
    by = by < -most ? -most : by > most ? most : by;
    uint32_t last = docbao_head_of(s.article).sentences - 1;
    l->sought = docbao_player_do(l->player, DOCBAO_SEEK, (int32_t)by) ||
                docbao_player_do(l->player, DOCBAO_GO, (int32_t)last) || l->sought;
}

static void desktop_do(void *user, enum docbao_desktop_command command, int64_t value)
{
    struct listen *l = user;
    struct request r = {.given = true, .number = (int32_t)value};
    static const enum command same[] = {
        [DOCBAO_DESKTOP_PLAY] = COMMAND_play,     [DOCBAO_DESKTOP_PAUSE] = COMMAND_pause,
        [DOCBAO_DESKTOP_TOGGLE] = COMMAND_toggle, [DOCBAO_DESKTOP_STOP] = COMMAND_pause,
        [DOCBAO_DESKTOP_NEXT] = COMMAND_article,  [DOCBAO_DESKTOP_PREVIOUS] = COMMAND_article,
        [DOCBAO_DESKTOP_QUIT] = COMMAND_remember, [DOCBAO_DESKTOP_SPEED] = COMMAND_speed,
        [DOCBAO_DESKTOP_VOLUME] = COMMAND_volume, [DOCBAO_DESKTOP_SEEK] = COMMAND_seek,
        [DOCBAO_DESKTOP_PLACE] = COMMAND_seek,
    };
    r.command = same[command];
    if (command == DOCBAO_DESKTOP_NEXT || command == DOCBAO_DESKTOP_PREVIOUS) {
        r.number = command == DOCBAO_DESKTOP_NEXT ? 1 : -1;
        /* With one article alone the keys of the media would do nothing. */
        if (l->list->count < 2)
            r.command = COMMAND_paragraph;
    }
    if (r.command == COMMAND_seek)
        seek(l, command, value);
    else
        listen_do(l, &r);
}

/* Only once there is sound: a bus may be slow, and a first word must not wait for it. */
void listen_open_desktop(struct listen *l)
{
    struct cli *c = l->cli;
    if (l->desktop_tried || c->options->desktop == DESKTOP_OFF ||
        !docbao_player_status(l->player).article)
        return;
    l->desktop_tried = true;
    if (docbao_desktop_open(c->docbao, desktop_do, l, &l->desktop)) {
        l->desktop = NULL;
        if (c->options->desktop == DESKTOP_ON)
            cli_tell_error(c);
    }
}

void listen_tell_desktop(struct listen *l)
{
    const struct ui_status *s = &l->status;
    if (!l->desktop || !s->player.article)
        return;
    struct docbao_head head = docbao_head_of(s->player.article);
    struct docbao_desktop_status status = {
        .playing = s->player.playing,
        .track = s->article - 1,
        .title = head.title.p ? head.title : head.name,
        .byline = head.byline,
        .url = l->list->entries[s->article - 1].name,
        /* There a place moves on by the speed: it is one of the article at its normal speed. */
        .place_ms = s->player.elapsed_ms * s->player.speed_percent / USUAL_PERCENT,
        .length_ms = s->player.total_ms * s->player.speed_percent / USUAL_PERCENT,
        .speed_percent = s->player.speed_percent,
        .volume_percent = s->player.volume_percent,
        .has_next = true,
        .has_previous = true,
    };
    if (!status.url || !strstr(status.url, "://"))
        status.url = "";
    docbao_desktop_tell(l->desktop, &status, l->sought);
    l->sought = false;
}
