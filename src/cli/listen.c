/* The loop of a listener: waits for sound, keys, other programs and signals at once. */
#include "cli/listen.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/system_text.h"
#include "cli/complain.h"

enum {
    SHOW_MS = 200,  /* a screen's clock */
    ESCAPE_MS = 40, /* an ESC that nothing follows so long is the key */
    MOST_DESCRIPTORS = DOCBAO_MOST_DESCRIPTORS + CONTROL_MOST_DESCRIPTORS + 3,
    UI_AUTO = 0,
    UI_SCREEN,
    UI_PLAIN,
    UI_KEYS,
    UI_NONE,
};

uint64_t listen_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- what is shown ---- */

struct ui_status listen_status(const struct listen *l)
{
    static const uint64_t minute_ns = 60ull * 1000 * 1000 * 1000;
    struct ui_status s = {.player = docbao_player_status(l->player), .articles = l->list->count};
    if (s.player.article)
        s.article = listen_number(l, s.player.article) + 1;
    uint64_t now = listen_now_ns();
    if (l->sleep_ns > now)
        s.sleep_minutes = (uint32_t)((l->sleep_ns - now + minute_ns - 1) / minute_ns);
    return s;
}

static void tell(struct listen *l, const char *format, va_list args)
{
    if (!l->shown || !l->ui->tell)
        return;
    struct buf text = BUF_INIT;
    buf_add_message_args(&text, format, args);
    l->ui->tell(l->shown, text.p);
    buf_free(&text);
}

void listen_tell(struct listen *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(l, format, args);
    va_end(args);
}

void listen_say(struct listen *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (l->has_keys && !l->ui->shows_state)
        tell(l, format, args);
    va_end(args);
}

/* Shows a warning on the screen, and keeps it for standard error after the screen is closed. */
static void take_message(void *user, const char *text)
{
    struct listen *l = user;
    buf_adds(&l->messages, text);
    buf_putc(&l->messages, '\n');
    listen_tell(l, "%s", text);
}

static void tell_messages(const struct listen *l)
{
    for (struct sv rest = buf_sv(&l->messages); rest.n;)
        complain_text(sv_cut(&rest, '\n'));
}

void listen_pause_was_told(struct listen *l)
{
    l->pause_told = true;
    l->playing = docbao_player_status(l->player).playing;
}

void listen_page(struct listen *l, const char *title, const char *text)
{
    if (!l->ui->page)
        return;
    bool paused = docbao_player_do(l->player, DOCBAO_PAUSE, 0);
    l->page_paused = l->page_open ? l->page_paused : paused;
    l->page_open = l->ui->page_key != NULL;
    l->list_open = false;
    l->ui->page(l->shown, title, text);
    if (paused && !l->page_open) {
        listen_tell(l, "paused: SPACE goes on");
        listen_pause_was_told(l);
    }
}

void listen_page_closed(struct listen *l)
{
    l->page_open = l->list_open = false;
    if (l->page_paused)
        docbao_player_do(l->player, DOCBAO_PLAY, 0);
}

/* ---- the loop ---- */

struct waited {
    struct pollfd fds[MOST_DESCRIPTORS];
    uint32_t n, keys, signals, desktop; /* indices of these; n: not waited for */
    uint32_t control;                   /* the first of the socket's */
};

static uint32_t add_wait(struct waited *w, int fd, short events)
{
    w->fds[w->n] = (struct pollfd){.fd = fd, .events = events};
    return w->n++;
}

static void lower(int *timeout_ms, int to)
{
    if (*timeout_ms < 0 || *timeout_ms > to)
        *timeout_ms = to;
}

static int collect(struct listen *l, struct waited *w)
{
    int timeout = -1;
    w->n = docbao_player_descriptors(l->player, w->fds, &timeout);
    w->signals = add_wait(w, l->signals, POLLIN);
    int keys = terminal_waits(&l->terminal);
    if (keys >= 0 && l->in_background)
        listen_enter_terminal(l); /* it was brought to the front without a signal */
    l->in_background = l->terminal.fd >= 0 && keys < 0;
    w->keys = add_wait(w, keys, POLLIN);
    w->desktop = add_wait(w, -1, 0);
    if (l->desktop)
        docbao_desktop_wants(l->desktop, &w->fds[w->desktop], &timeout);
    w->control = w->n;
    if (l->control)
        w->n += control_descriptors(l->control, w->fds + w->n);
    if (l->ui == &ui_screen)
        lower(&timeout, SHOW_MS);
    if (l->key_count)
        lower(&timeout, ESCAPE_MS);
    return timeout;
}

/* Signals that end the program are taken only while it waits, so none is missed before. */
static int wait_for(struct listen *l, struct waited *w, int timeout)
{
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, &before);
    struct timespec limit = {timeout / 1000, timeout % 1000 * 1000000L};
    int n = -1;
    if (!*l->cli->stop)
        n = ppoll(w->fds, w->n, timeout < 0 ? NULL : &limit, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return n;
}

/* In any case, the player's own clock may be due. */
static void serve_desktop(struct listen *l)
{
    if (l->desktop && !docbao_desktop_serve(l->desktop)) {
        docbao_desktop_close(l->desktop);
        l->desktop = NULL;
    }
}

static void serve(struct listen *l, const struct waited *w, int ready)
{
    if (l->key_count && listen_now_ns() - l->typed_ns >= ESCAPE_MS * 1000000ull)
        listen_take_keys(l, true);
    serve_desktop(l);
    if (ready <= 0)
        return;
    if (w->fds[w->signals].revents)
        listen_take_signals(l);
    if (w->fds[w->keys].revents)
        listen_read_keys(l);
    for (uint32_t i = w->control; i < w->n; i++) {
        if (w->fds[i].revents) {
            control_serve(l->control, &l->status);
            break;
        }
    }
}

static void show(struct listen *l)
{
    l->status = listen_status(l);
    listen_open_desktop(l);
    if (l->ui->show && !l->ui->show(l->shown, &l->status))
        l->gone = errno ? errno : EPIPE;
    if (l->control)
        control_status(l->control, &l->status);
    listen_tell_desktop(l);
}

static enum docbao_status run(struct listen *l)
{
    struct waited w;
    for (;;) {
        enum docbao_status status = docbao_player_step(l->player);
        if (status)
            return status;
        show(l);
        if (*l->cli->stop || l->gone)
            return DOCBAO_STOPPED;
        if (l->done || docbao_player_status(l->player).playing == DOCBAO_ENDED)
            return DOCBAO_OK;
        int timeout = collect(l, &w);
        serve(l, &w, wait_for(l, &w, timeout));
    }
}

/* ---- beginning and ending ---- */

/* The first article is read before the screen opens, so that its errors go to standard error. */
static void open_first(struct listen *l)
{
    struct docbao_article *a;
    playlist_neighbour(l->list, NULL, 1, &a);
}

const struct ui *listen_choose_ui(const struct listen *l)
{
    const struct options *o = l->cli->options;
    const char *term = getenv("TERM");
    bool can = terminal_waits(&l->terminal) >= 0 && isatty(STDOUT_FILENO) && term && *term &&
               strcmp(term, "dumb") != 0;
    if (o->ui == UI_SCREEN || (o->ui == UI_AUTO && can && !o->quiet))
        return &ui_screen;
    return o->ui == UI_NONE ? &ui_none : o->ui == UI_KEYS ? &ui_keys : &ui_plain;
}

static bool open_ui(struct listen *l)
{
    struct cli *c = l->cli;
    const char *why = "";
    l->ui = listen_choose_ui(l);
    l->shown = l->ui->open(l->terminal.fd, stdout, c->options->quiet, &why);
    if (!l->shown && c->options->ui == UI_AUTO) {
        l->ui = &ui_plain;
        l->shown = l->ui->open(l->terminal.fd, stdout, c->options->quiet, &why);
    }
    if (!l->shown) {
        usage_error("--ui %s cannot be used here: %s", l->ui->name, why);
        return false;
    }
    terminal_keys(&l->terminal);
    l->has_keys = l->terminal.fd >= 0;
    if (l->ui == &ui_screen) {
        c->message = take_message;
        c->message_user = l;
    }
    return true;
}

static void open_signals(struct listen *l, sigset_t *before)
{
    sigset_t taken;
    sigemptyset(&taken);
    sigaddset(&taken, SIGWINCH);
    if (l->terminal.fd >= 0) {
        sigaddset(&taken, SIGTSTP);
        sigaddset(&taken, SIGCONT);
    }
    sigprocmask(SIG_BLOCK, &taken, before);
    l->signals = signalfd(-1, &taken, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void print_stats(const struct listen *l)
{
    struct docbao_player_stats s;
    docbao_player_stats(l->player, &s);
    double first_ms = 0, most_ms = (double)s.answer_most_ns / 1e6;
    if (s.first_block_ns > l->cli->started_ns)
        first_ms = (double)(s.first_block_ns - l->cli->started_ns) / 1e6;
    double mean_ms = s.answers ? (double)s.answer_sum_ns / 1e6 / s.answers : 0;
    fprintf(stderr,
            "{\"first_block_ms\": %.3f, \"sentences\": %u, \"frames\": %llu, \"rate\": %u, "
            "\"lost\": %u, \"underruns\": %u, \"answers\": %u, \"answer_mean_ms\": %.3f, "
            "\"answer_most_ms\": %.3f}\n",
            first_ms, s.sentences, (unsigned long long)s.frames, s.rate, s.lost, s.underruns,
            s.answers, mean_ms, most_ms);
}

static void close_all(struct listen *l)
{
    bool ended = docbao_player_status(l->player).playing == DOCBAO_ENDED;
    if (!ended)
        docbao_player_do(l->player, DOCBAO_PAUSE,
                         0); /* silence comes first, the rest may take time */
    if (l->desktop)
        docbao_desktop_close(l->desktop);
    if (l->control)
        control_close(l->control);
    if (l->shown)
        l->ui->close(l->shown);
    l->shown = NULL;
    terminal_close(&l->terminal);
    l->cli->message = NULL;
    tell_messages(l);
}

static int code_of(struct listen *l, enum docbao_status status)
{
    struct docbao_player_stats s;
    docbao_player_stats(l->player, &s);
    if (l->gone && l->gone != EPIPE && l->gone != EIO) {
        cli_message(l->cli, "standard output cannot be written: %s; send it elsewhere",
                    system_error(l->gone));
        return EXIT_NOTHING;
    }
    int code = cli_speech_code(l->cli, status, s.frames, s.rate);
    return code == EXIT_DONE && s.lost ? EXIT_PART : code;
}

/* A listener at a terminal was interrupted, or the terminal was closed; no script's pipe was. */
static bool listener_left(const struct listen *l)
{
    bool closed = l->ui == &ui_screen || l->gone == EIO;
    return l->has_keys && (closed || *l->cli->stop);
}

static int play_to_end(struct listen *l)
{
    struct cli *c = l->cli;
    sigset_t before;
    *c->on_signal = SIGNAL_EXITS;
    open_first(l);
    *c->on_signal = SIGNAL_ONLY_STOPS; /* a screen has to be left in good order */
    if (!open_ui(l))
        return EXIT_USAGE;
    open_signals(l, &before);
    int code = EXIT_USAGE;
    bool asked = c->options->control != NULL;
    if (asked)
        l->control = control_open(c->options->control, listen_do, l);
    if (l->control || !asked) {
        listen_tell_levels(l);
        enum docbao_status status = run(l);
        listen_keep_levels(l);
        bool remembered = false;
        if (l->remember || (status == DOCBAO_STOPPED && listener_left(l)))
            remembered = listen_remember(l);
        else if (status == DOCBAO_OK && !l->done && listen_has_list(l) && l->list->first)
            listen_remember_list(l, 0);
        close_all(l);
        listen_tell_left(l, remembered);
        *c->on_signal = SIGNAL_STOPS;
        code = code_of(l, status);
    } else {
        close_all(l);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return code;
}

static void close_listen(struct listen *l)
{
    docbao_player_close(l->player);
    terminal_close(&l->terminal);
    if (l->signals >= 0)
        close(l->signals);
    listen_answer_free(l);
    free(l->positions);
    free(l->levels);
    free(l->search);
    buf_free(&l->messages);
}

int cli_listen(struct cli *c, struct playlist *list,
               void (*heard)(void *user, struct docbao_article *a), void *user)
{
    struct listen l = {.cli = c,
                       .list = list,
                       .heard = heard,
                       .heard_user = user,
                       .terminal = {.fd = -1},
                       .signals = -1,
                       .messages = BUF_INIT,
                       .positions = user_state("positions"),
                       .levels = user_state("levels")};
    if (c->options->ui != UI_NONE)
        terminal_open(&l.terminal);
    listen_recall_list(&l);
    int code;
    if (listen_open_player(&l)) {
        cli_tell_error(c);
        code = EXIT_USAGE;
    } else {
        code = play_to_end(&l);
        if (c->options->stats)
            print_stats(&l);
    }
    close_listen(&l);
    return code;
}
