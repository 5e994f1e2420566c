/* The list of articles, to choose from: on a screen with the arrows, elsewhere by number. */
#include "cli/listen.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/message.h"
#include "cli/statusline.h"

enum {
    LOOK_MS = 800,
    USUAL_PERCENT = 100,
    PAGE_STEP = 10,
    PRINTED_MOST = 20, /* where the list is not chosen from with the arrows */
    PRINTED_BEFORE = 4,
};

static void add_length(const struct playlist_entry *entry, uint32_t speed, struct buf *text)
{
    if (!entry->length_ms) {
        buf_addf(text, " · %s", _("length not known yet"));
        return;
    }
    char *length = status_clock(entry->length_ms * USUAL_PERCENT / speed);
    buf_addf(text, " · %s", length);
    free(length);
}

/* "3. Title · 4:22 · now" */
static void add_entry(const struct listen *l, uint32_t index, uint32_t speed, bool now,
                      struct buf *text)
{
    const struct playlist_entry *entry = &l->list->entries[index];
    const char *title = entry->title ? entry->title : entry->name;
    buf_addf(text, "%u. %s", index + 1, title ? title : "");
    if (entry->failed)
        buf_addf(text, " · %s", _("cannot be read"));
    else
        add_length(entry, speed, text);
    if (now)
        buf_addf(text, " · %s", _("now"));
    buf_putc(text, '\n');
}

static char *list_text(const struct listen *l, uint32_t from, uint32_t to, uint32_t now)
{
    uint32_t speed = docbao_player_status(l->player).speed_percent;
    struct buf text = BUF_INIT;
    for (uint32_t i = from; i < to; i++)
        add_entry(l, i, speed, i == now, &text);
    return buf_detach(&text);
}

static void open_list(struct listen *l, uint32_t now)
{
    char *text = list_text(l, 0, l->list->count, now);
    listen_page(l, _("Articles"), text);
    l->list_open = true;
    l->list_at = now;
    l->ui->mark(l->shown, now);
    free(text);
}

/* Of a long list the part around the present article: all of it would have to be heard. */
static void print_list(struct listen *l, uint32_t now)
{
    uint32_t count = l->list->count;
    uint32_t shown = count < PRINTED_MOST ? count : PRINTED_MOST;
    uint32_t from = now > PRINTED_BEFORE ? now - PRINTED_BEFORE : 0;
    if (from > count - shown)
        from = count - shown;
    uint32_t to = from + shown;
    struct buf title = BUF_INIT;
    buf_add_message(&title, "Articles %u to %u of %u", from + 1, to, count);
    char *text = list_text(l, from, to, now);
    l->ui->page(l->shown, title.p, text);
    free(text);
    buf_free(&title);
}

static void ask_number(struct listen *l, uint32_t now)
{
    struct buf words = BUF_INIT;
    buf_add_message(&words, "Go to article (1 to %u, now %u):", l->list->count, now + 1);
    listen_ask(l, ASKING_ARTICLE, words.p, NULL);
    buf_free(&words);
}

/* The sound stops while files are looked at, which may take longer than it was made ahead. */
static void look(struct listen *l)
{
    bool was_playing = docbao_player_do(l->player, DOCBAO_PAUSE, 0);
    playlist_look(l->list, LOOK_MS);
    if (was_playing)
        docbao_player_do(l->player, DOCBAO_PLAY, 0);
}

const char *listen_list(struct listen *l)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return _("nothing is heard yet");
    if (!l->ui->page || l->terminal.fd < 0)
        return _("its value is missing");
    uint32_t now = listen_number(l, s.article);
    look(l);
    if (l->ui->mark) {
        open_list(l, now);
    } else {
        print_list(l, now);
        ask_number(l, now);
    }
    return NULL;
}

/* The arrows end at both ends of the list. */
static void go_by(struct listen *l, int64_t step)
{
    int64_t at = l->list_at + step, last = (int64_t)l->list->count - 1;
    l->list_at = (uint32_t)(at < 0 ? 0 : at > last ? last : at);
    l->ui->mark(l->shown, l->list_at);
}

static void close_list(struct listen *l, bool chosen)
{
    uint32_t index = l->list_at;
    l->ui->page_key(l->shown, KEYS_ESCAPE);
    listen_page_closed(l);
    const char *why = chosen ? listen_choose(l, index) : NULL;
    if (why)
        listen_tell(l, "%s", why);
}

void listen_list_key(struct listen *l, uint32_t key)
{
    switch (key) {
    case KEYS_UP:
        go_by(l, -1);
        break;
    case KEYS_DOWN:
        go_by(l, 1);
        break;
    case KEYS_PAGE_UP:
        go_by(l, -PAGE_STEP);
        break;
    case KEYS_PAGE_DOWN:
        go_by(l, PAGE_STEP);
        break;
    case KEYS_HOME:
        go_by(l, INT32_MIN);
        break;
    case KEYS_END:
        go_by(l, INT32_MAX);
        break;
    case KEYS_ENTER:
    case ' ':
        close_list(l, true);
        break;
    case KEYS_ESCAPE:
    case 'q':
    case 'l':
        close_list(l, false);
        break;
    }
}

/* Once it is read, which may take a while. */
static bool go_to_entry(struct listen *l, struct docbao_article *from, uint32_t index)
{
    playlist_choose(l->list, from, index);
    bool moved = docbao_player_do(l->player, DOCBAO_ARTICLE, 1);
    if (!moved)
        playlist_entered(l->list);
    l->sought = l->sought || moved;
    return moved;
}

const char *listen_choose(struct listen *l, uint32_t index)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    if (!s.article)
        return _("nothing is heard yet");
    if (index >= l->list->count)
        return _("there is no article of that number");
    if (index == listen_number(l, s.article))
        return NULL;
    if (l->list->entries[index].failed || !go_to_entry(l, s.article, index))
        return _("that article cannot be read");
    docbao_player_do(l->player, DOCBAO_PLAY, 0);
    return NULL;
}

bool listen_move_by_articles(struct listen *l, int32_t number)
{
    struct docbao_player_status s = docbao_player_status(l->player);
    bool one = number >= -1 && number <= 1;
    if (one && docbao_player_do(l->player, DOCBAO_ARTICLE, number)) {
        l->sought = true;
        return true;
    }
    if (!s.article || !number)
        return false;
    int64_t to = (int64_t)listen_number(l, s.article) + number;
    if (to < 0 || to >= l->list->count || l->list->entries[to].failed)
        return false;
    return go_to_entry(l, s.article, (uint32_t)to);
}
