/* The terminal: keys, and its signals. */
#include "cli/listen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Handles a key while a page is open. */
static void page_key(struct listen *l, uint32_t key)
{
    if (!l->ui->page_key(l->shown, key))
        listen_page_closed(l);
}

static void take_key(struct listen *l, uint32_t key)
{
    struct request r;
    if (l->question.asking) {
        listen_answer_key(l, key);
    } else if (l->list_open) {
        listen_list_key(l, key);
    } else if (l->page_open) {
        page_key(l, key);
    } else if (key_request(key, &r)) {
        const char *why = listen_do(l, &r);
        if (why)
            listen_tell(l, "%s", why);
    }
}

static void drop_keys(struct listen *l, unsigned n)
{
    l->key_count -= n;
    memmove(l->keys, l->keys + n, l->key_count);
}

void listen_take_keys(struct listen *l, bool last)
{
    while (l->key_count && !l->done) {
        uint32_t key = KEYS_NONE;
        unsigned n = key_take(l->keys, l->key_count, last || l->key_count == sizeof l->keys, &key);
        if (!n)
            return;
        drop_keys(l, n);
        if (key != KEYS_NONE)
            take_key(l, key);
    }
}

void listen_read_keys(struct listen *l)
{
    bool end;
    l->key_count += (unsigned)terminal_read(&l->terminal, l->keys + l->key_count,
                                            sizeof l->keys - l->key_count, &end);
    /* No answer will come: the question is over. */
    if (end && l->question.asking)
        listen_answer_cancel(l);
    l->typed_ns = listen_now_ns();
    listen_take_keys(l, false);
}

static void leave_terminal(struct listen *l)
{
    if (l->ui->leave)
        l->ui->leave(l->shown);
    terminal_leave(&l->terminal);
}

void listen_enter_terminal(struct listen *l)
{
    if (l->ui->enter)
        l->ui->enter(l->shown);
    terminal_keys(&l->terminal);
}

/* Ctrl-Z: the sound pauses, the terminal is given back, and both are taken again. */
static void stop_for_a_while(struct listen *l)
{
    bool was_playing = docbao_player_do(l->player, DOCBAO_PAUSE, 0);
    leave_terminal(l);
    raise(SIGSTOP);
    listen_enter_terminal(l);
    if (was_playing)
        docbao_player_do(l->player, DOCBAO_PLAY, 0);
}

void listen_take_signals(struct listen *l)
{
    struct signalfd_siginfo info;
    while (read(l->signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGTSTP)
            stop_for_a_while(l);
        else if (info.ssi_signo == SIGCONT)
            listen_enter_terminal(l);
        else if (info.ssi_signo == SIGWINCH && l->ui->resize)
            l->ui->resize(l->shown);
    }
}
