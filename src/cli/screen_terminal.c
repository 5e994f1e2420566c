/* The terminal of the screen: whether it can show one, taking it and giving it back. */
#include "cli/screen.h"

#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"

static bool read_size(FILE *out, unsigned *rows, unsigned *columns)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
        return false;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}

static bool take_utf8_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Returns the reason why this terminal cannot show it; NULL: none is known yet. */
static const char *obstacle(int terminal, FILE *out)
{
    unsigned rows, columns;
    const char *term = getenv("TERM");
    if (terminal < 0)
        return _("there is no terminal to take keys from");
    if (!isatty(fileno(out)))
        return _("the output is no terminal");
    if (!term || !*term)
        return _("TERM, which names the kind of the terminal, is not set");
    if (strcmp(term, "dumb") == 0)
        return _("TERM says that the terminal can only print lines");
    if (!read_size(out, &rows, &columns))
        return _("the terminal does not tell its size");
    if (!take_utf8_locale())
        return _("there is no UTF-8 locale on this system, not even C.UTF-8");
    return NULL;
}

/* Curses installs handlers for signals that have none. The program handles them itself, so none may
 * look unhandled while curses starts. */
static SCREEN *start_curses(FILE *out, FILE *in)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    enum { SIGNALS = sizeof signals / sizeof *signals };
    struct sigaction before[SIGNALS], ignored = {.sa_handler = SIG_IGN};
    for (unsigned i = 0; i < SIGNALS; i++)
        if (sigaction(signals[i], NULL, &before[i]) == 0 && before[i].sa_handler == SIG_DFL)
            sigaction(signals[i], &ignored, NULL);
    SCREEN *curses = newterm(NULL, out, in);
    for (unsigned i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
    return curses;
}

/* Ctrl-S is for terminals that print and print; here it would only freeze the picture. */
static void switch_flow_control_off(int fd)
{
    struct termios modes;
    if (tcgetattr(fd, &modes))
        return;
    modes.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(fd, TCSANOW, &modes);
    def_prog_mode(); /* so that it is still so after Ctrl-Z */
}

static void set_up(struct screen_ui *s)
{
    const char *no_color = getenv("NO_COLOR");
    cbreak();
    noecho();
    nodelay(stdscr, TRUE);
    scrollok(stdscr, FALSE);
    /* Without this a refresh would stop halfway when a key is pressed. */
    typeahead(-1);
    switch_flow_control_off(fileno(s->out));
    if ((no_color && *no_color) || !has_colors() || start_color() == ERR)
        return;
    s->colour = use_default_colors() == OK && COLORS >= 8 && COLOR_PAIRS > ALARM;
    if (s->colour) {
        init_pair(MARK, COLOR_CYAN, -1);
        init_pair(CALM, COLOR_YELLOW, -1);
        init_pair(ALARM, COLOR_RED, -1);
    }
}

void screen_resize(void *ui)
{
    struct screen_ui *s = ui;
    unsigned rows, columns;
    if (s->away || !read_size(s->out, &rows, &columns))
        return;
    resizeterm((int)rows, (int)columns);
    clearok(curscr, TRUE); /* terminals move their text about in ways of their own */
    s->frame = screen_frame(rows, columns);
    s->changed = true;
}

void *screen_open(int terminal, FILE *out, bool quiet, const char **why)
{
    (void)quiet; /* the terminal shows here what was asked for */
    *why = obstacle(terminal, out);
    if (*why)
        return NULL;
    int copy = dup(terminal);
    FILE *in = copy < 0 ? NULL : fdopen(copy, "r");
    SCREEN *curses = in ? start_curses(out, in) : NULL;
    if (!curses) {
        *why = in ? _("the kind of the terminal, TERM, is not known here")
                  : _("the terminal cannot be opened for reading");
        if (in)
            fclose(in);
        return NULL;
    }
    struct screen_ui *s = mem_zalloc(sizeof *s);
    *s = (struct screen_ui){.curses = curses, .in = in, .out = out};
    const char *place = tigetstr("cup");
    set_up(s);
    screen_resize(s);
    if (place && place != (const char *)-1)
        return s;
    *why = _("the terminal cannot move its cursor");
    screen_close_terminal(s);
    free(s);
    return NULL;
}

void screen_close_terminal(struct screen_ui *s)
{
    if (!s->away)
        endwin();
    delscreen(s->curses);
    fclose(s->in);
}

void screen_leave(void *ui)
{
    struct screen_ui *s = ui;
    if (!s->away)
        endwin();
    s->away = true;
}

void screen_enter(void *ui)
{
    struct screen_ui *s = ui;
    s->away = false;
    screen_resize(s);
    clearok(curscr, TRUE);
    screen_draw(s);
}

/* Whether the terminal was closed: curses does not report that its writes fail. */
bool screen_is_gone(const struct screen_ui *s)
{
    struct pollfd terminal = {.fd = fileno(s->out)};
    return poll(&terminal, 1, 0) > 0 && terminal.revents & (POLLHUP | POLLERR | POLLNVAL);
}
