/* Tells the listener, the screen and other programs what happens in the player. */
#include "cli/listen.h"

static bool neighbour(void *user, struct docbao_article *a, int step, struct docbao_article **out)
{
    struct listen *l = user;
    return playlist_neighbour(l->list, a, step, out);
}

static void on_article(void *user, struct docbao_article *a)
{
    struct listen *l = user;
    struct ui_status status = listen_status(l);
    if (l->ui->article)
        l->ui->article(l->shown, a);
    if (l->control)
        control_article(l->control, a, &status);
    playlist_entered(l->list);
    playlist_expect_next(l->list, a);
}

static void on_sentence(void *user, struct docbao_article *a, uint32_t sentence)
{
    struct listen *l = user;
    if (l->sleep_ns && listen_now_ns() >= l->sleep_ns) {
        l->sleep_ns = 0;
        docbao_player_do(l->player, DOCBAO_PAUSE, 0);
        listen_remember(l);
        listen_tell(l, "sleep timer: paused; SPACE goes on");
        listen_pause_was_told(l);
    }
    if (l->ui->sentence)
        l->ui->sentence(l->shown, a, sentence);
    if (l->control)
        control_sentence(l->control, a, sentence);
}

static void on_word(void *user, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    struct listen *l = user;
    if (l->ui->word)
        l->ui->word(l->shown, a, sentence, token);
    if (l->control)
        control_word(l->control, a, sentence, token);
}

static void on_heard(void *user, struct docbao_article *a)
{
    struct listen *l = user;
    if (l->positions)
        docbao_forget(l->cli->docbao, l->positions, a);
    if (l->heard)
        l->heard(l->heard_user, a);
}

static void on_lost(void *user, struct docbao_article *a, uint32_t sentence, const char *why)
{
    struct listen *l = user;
    cli_tell_lost(l->cli, a, sentence, why);
}

/* Of a pause for a question or a page nothing is said, nor of its end. */
static void tell_pause(struct listen *l, bool paused)
{
    if (paused && !l->page_open && !l->question.asking) {
        listen_tell(l, "paused");
        l->pause_told = true;
    } else if (!paused && l->pause_told) {
        listen_say(l, "going on");
        l->pause_told = false;
    }
}

static void on_changed(void *user)
{
    struct listen *l = user;
    struct docbao_player_status s = docbao_player_status(l->player);
    if (s.playing == l->playing)
        return;
    if (s.playing == DOCBAO_AWAY && !l->cli->options->quiet)
        cli_message(l->cli, "%s Waiting for it to come back.", s.trouble);
    else if (l->playing == DOCBAO_AWAY)
        listen_tell(l, "the sound device is back");
    else if (s.playing == DOCBAO_FETCHING)
        listen_tell(l, "waiting for the next article");
    else if (s.playing == DOCBAO_ENDED)
        listen_say(l, "the end");
    else
        tell_pause(l, s.playing == DOCBAO_PAUSED);
    l->playing = s.playing;
}

static void on_done(void *user, struct docbao_article *a)
{
    struct listen *l = user;
    if (l->shown && l->ui->closing)
        l->ui->closing(l->shown, a);
    playlist_done(l->list, a);
}

enum docbao_status listen_open_player(struct listen *l)
{
    struct docbao_listener listener = {
        .neighbour = neighbour,
        .start = listen_start,
        .article = on_article,
        .sentence = on_sentence,
        .word = on_word,
        .heard = on_heard,
        .lost = on_lost,
        .changed = on_changed,
        .done = on_done,
        .user = l,
    };
    struct docbao_player_options options = {.device = l->cli->options->device,
                                            .no_chime = l->cli->options->chime != 0,
                                            .impatient = listen_choose_ui(l) != &ui_screen};
    listen_recall_levels(l, &options);
    return docbao_player_open(l->cli->docbao, &options, &listener, &l->player);
}
