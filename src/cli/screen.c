/*
 * The whole article on the terminal, by ncurses, with the sentence and the word that are heard.
 *
 * Curses only draws here: keys are read, and signals handled, by whoever opened the screen. Each
 * frame is drawn whole into the memory of curses, which sends to the terminal what has changed; a
 * frame in which nothing has changed is not drawn.
 */
#define NCURSES_WIDECHAR 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "cli/cells.h"
#include "cli/command.h"
#include "cli/reading.h"
#include "cli/statusline.h"
#include "cli/ui.h"

enum { MESSAGE_MS = 3000, WIDEST_TEXT = 100 };

/* Pairs of colours: the terminal's own background, always. */
enum { PLAIN, MARK, CALM, ALARM };

struct look {
    attr_t attributes;
    short pair;
};

struct page { /* title NULL: there is none */
    char *title;
    struct layout text;
    unsigned width; /* 0: the lines are to be laid out */
    uint32_t top;
};

/* Where things are. */
struct frame {
    unsigned rows, columns;
    unsigned left, width;  /* of all text */
    unsigned body, height; /* the first line of the article, how many there are */
    unsigned title;        /* lines above it: 0, 1 (the title) or 2 (an empty one below it) */
    bool bar;              /* a line with the progress above the status line */
};

struct screen {
    SCREEN *curses;
    FILE *in, *out;
    bool colour, away, changed;
    struct frame frame;
    struct reading reading;
    struct page page;
    char *question, *typed; /* question NULL: nothing is asked for */
    size_t cursor;
    char *message; /* NULL: there is none */
    uint64_t message_ends_ms;
    char *words, *times, *queue; /* of the status, as they were last drawn */
    struct docbao_player_status player;
};

/* ---- small things ---- */

static void *must(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Takes `value` in place of *kept; whether they differ. */
static bool renew(char **kept, char *value)
{
    bool differs = !*kept || strcmp(*kept, value) != 0;
    free(*kept);
    *kept = value;
    return differs;
}

static struct look with(const struct screen *s, attr_t attributes, short pair)
{
    return (struct look){attributes, s->colour ? pair : PLAIN};
}

/* ---- the frame ---- */

static struct frame frame_of(unsigned rows, unsigned columns)
{
    struct frame f = {.rows = rows, .columns = columns};
    unsigned margin = columns >= 24 ? 2 : 0;
    f.width = columns - 2 * margin;
    if (f.width > WIDEST_TEXT)
        f.width = WIDEST_TEXT;
    f.left = (columns - f.width) / 2;
    f.title = rows >= 16 ? 2 : rows >= 6 ? 1 : 0;
    f.bar = rows >= 16;
    f.body = f.title;
    f.height = rows - f.title;
    if (f.bar)
        f.height -= 3; /* an empty line, the bar, the status */
    else if (rows > 1)
        f.height -= 1;
    return f;
}

static bool read_size(FILE *out, unsigned *rows, unsigned *columns)
{
    struct winsize size;
    if (ioctl(fileno(out), TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col)
        return false;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return true;
}

/* ---- drawing ---- */

/* Draws one cluster, if it still fits, and gives the column behind it. */
static unsigned put_cluster(unsigned y, unsigned x, unsigned end, const char *text, size_t n,
                            size_t *bytes, struct look look)
{
    wchar_t show[CLUSTER_MOST + 1];
    struct cluster c = cluster_show(text, n, show);
    cchar_t cell;
    *bytes = c.bytes;
    if (!c.cells || x + c.cells > end)
        return x;
    if (setcchar(&cell, show, look.attributes, look.pair, NULL) == OK)
        mvadd_wch((int)y, (int)x, &cell); /* fails in the last corner, but draws there */
    return x + c.cells;
}

static unsigned put(unsigned y, unsigned x, unsigned end, const char *text, size_t n,
                    struct look look)
{
    for (size_t i = 0, bytes; i < n; i += bytes)
        x = put_cluster(y, x, end, text + i, n - i, &bytes, look);
    return x;
}

/* The same, but what is too long is cut, and shows so. */
static unsigned put_cut(unsigned y, unsigned x, unsigned end, const char *text, struct look look)
{
    size_t n = strlen(text);
    if (x >= end)
        return x;
    if (x + cells_of(text, n) <= end)
        return put(y, x, end, text, n, look);
    x = put(y, x, end - 1, text, cells_fit(text, n, end - 1 - x), look);
    return put(y, x, end, "…", strlen("…"), look);
}

/* At the right end; gives the column where it begins, `end` where there is no room. */
static unsigned put_right(unsigned y, unsigned from, unsigned end, const char *text,
                          struct look look)
{
    unsigned cells = cells_of(text, strlen(text));
    if (!cells || from + cells > end)
        return end;
    put(y, end - cells, end, text, strlen(text), look);
    return end - cells;
}

static struct look look_of(const struct screen *s, enum layout_kind kind, bool heard, bool word)
{
    static const attr_t own[] = {
        [LAYOUT_BODY] = A_NORMAL,
        [LAYOUT_TITLE] = A_BOLD,
        [LAYOUT_HEADING] = A_BOLD,
        [LAYOUT_ASIDE] = A_DIM,
    };
    attr_t attributes = heard ? A_BOLD : own[kind];
    /* Bold as they are, and without a margin for the mark: titles need another sign. */
    if (heard && own[kind] == A_BOLD && s->frame.left < 2)
        attributes |= A_UNDERLINE;
    if (word)
        attributes |= A_REVERSE;
    return with(s, attributes, PLAIN);
}

static bool within(struct spot spot, uint32_t offset)
{
    return offset >= spot.from && offset < spot.to;
}

/* The cursor is hidden, but magnifiers and braille displays follow it: it goes with the word. */
static void draw_article_line(const struct screen *s, unsigned y, const struct layout_line *line,
                              int cursor[2])
{
    const struct reading *r = &s->reading;
    enum layout_kind kind = r->text.blocks[line->block].kind;
    unsigned x = s->frame.left, end = x + s->frame.width;
    bool heard_here = line->from < r->heard.to && line->to > r->heard.from;
    if (heard_here && x >= 2)
        put(y, x - 2, x, "│", strlen("│"), with(s, A_BOLD, MARK));
    for (size_t i = line->from, bytes; i < line->to; i += bytes) {
        bool word = within(r->word, (uint32_t)i);
        bool heard = word || within(r->heard, (uint32_t)i);
        if (i == (r->word.to > r->word.from ? r->word.from : r->heard.from)) {
            cursor[0] = (int)y;
            cursor[1] = (int)x;
        }
        x = put_cluster(y, x, end, r->text.text + i, line->to - i, &bytes,
                        look_of(s, kind, heard, word));
    }
}

static void draw_article(struct screen *s, int cursor[2])
{
    const struct frame *f = &s->frame;
    struct reading *r = &s->reading;
    reading_fit(r, f->width, f->height);
    for (unsigned i = 0; i < f->height && r->top + i < r->text.line_count; i++)
        draw_article_line(s, f->body + i, &r->text.lines[r->top + i], cursor);
    if (!f->title)
        return;
    unsigned end = f->left + f->width;
    unsigned queue = put_right(0, f->left, end, s->queue ? s->queue : "", with(s, A_DIM, PLAIN));
    if (r->title && reading_title_is_away(r))
        put_cut(0, f->left, queue < end ? queue - 2 : end, r->title, with(s, A_BOLD, PLAIN));
}

static void draw_bar(const struct screen *s)
{
    const struct frame *f = &s->frame;
    unsigned y = f->rows - 2, end = f->left + f->width;
    unsigned times = put_right(y, f->left, end, s->times ? s->times : "", with(s, 0, PLAIN));
    if (times < f->left + 12)
        return;
    unsigned length = (times < end ? times - 2 : end) - f->left;
    const struct docbao_player_status *p = &s->player;
    uint64_t elapsed = p->elapsed_ms < p->total_ms ? p->elapsed_ms : p->total_ms;
    unsigned done = p->total_ms ? (unsigned)(elapsed * length / p->total_ms) : 0;
    for (unsigned i = 0; i < length; i++) {
        bool is_done = i < done;
        put(y, f->left + i, end, is_done ? "━" : "─", 3,
            is_done ? with(s, A_BOLD, MARK) : with(s, A_DIM, PLAIN));
    }
}

static void draw_page(struct screen *s)
{
    const struct frame *f = &s->frame;
    struct page *p = &s->page;
    unsigned end = f->left + f->width;
    if (p->width != f->width)
        layout_wrap(&p->text, f->width, false);
    p->width = f->width;
    uint32_t lines = (uint32_t)p->text.line_count;
    uint32_t most = lines > f->height ? lines - f->height : 0;
    if (p->top > most)
        p->top = most;
    if (f->title)
        put_cut(0, f->left, end, p->title, with(s, A_BOLD, PLAIN));
    for (unsigned i = 0; i < f->height && p->top + i < lines; i++) {
        const struct layout_line *line = &p->text.lines[p->top + i];
        put(f->body + i, f->left, end, p->text.text + line->from, line->to - line->from,
            with(s, 0, PLAIN));
    }
    char *place = NULL;
    if (f->bar && most &&
        asprintf(&place, "lines %u to %u of %u", p->top + 1, p->top + f->height, lines) < 0)
        abort();
    if (place)
        put_cut(f->rows - 2, f->left, end, place, with(s, A_DIM, PLAIN));
    free(place);
}

static void draw_status(const struct screen *s)
{
    const struct frame *f = &s->frame;
    unsigned y = f->rows - 1, end = f->left + f->width;
    struct look look = with(s, 0, PLAIN);
    if (s->player.playing == DOCBAO_AWAY)
        look = with(s, A_BOLD, ALARM);
    else if (s->player.playing == DOCBAO_PAUSED)
        look = with(s, A_BOLD, CALM);
    if (s->message) {
        put_cut(y, f->left, end, s->message, with(s, A_BOLD, PLAIN));
        return;
    }
    if (f->rows == 1)
        return;
    /* How to get out of a page matters more than the rest. */
    const char *hint = s->page.title ? "Esc closes" : "? help";
    unsigned kept = s->page.title ? cells_of(hint, strlen(hint)) + 2 : 0;
    unsigned room = end > f->left + kept ? end - kept : f->left;
    unsigned x = put_cut(y, f->left, room, s->words ? s->words : "", look);
    put_right(y, x > f->left ? x + 2 : x, end, hint, with(s, A_DIM, PLAIN));
}

/* The question, and of what was typed the part around the cursor. */
static void draw_question(const struct screen *s, int cursor[2])
{
    const struct frame *f = &s->frame;
    unsigned y = f->rows - 1, end = f->left + f->width;
    const char *typed = s->typed;
    size_t n = strlen(typed), start = 0;
    size_t at = s->cursor < n ? s->cursor : n;
    /* At least half of the line is for the answer. */
    unsigned x = put_cut(y, f->left, f->left + f->width / 2, s->question, with(s, A_BOLD, PLAIN));
    if (x + 1 < end)
        x++;
    unsigned before = cells_of(typed, at);
    while (start < at && x + before >= end) {
        struct cluster c = cluster_at(typed + start, at - start);
        before -= c.cells;
        start += c.bytes;
    }
    put(y, x, end, typed + start, n - start, with(s, 0, PLAIN));
    cursor[0] = (int)y;
    cursor[1] = (int)(x + before < f->columns ? x + before : f->columns - 1);
}

static void draw(struct screen *s)
{
    int cursor[2] = {0, 0};
    erase();
    if (s->page.title)
        draw_page(s);
    else
        draw_article(s, cursor);
    if (s->frame.bar && !s->page.title)
        draw_bar(s);
    if (s->question) {
        move((int)s->frame.rows - 1, 0);
        clrtoeol();
        draw_question(s, cursor);
    } else {
        if (s->message && s->frame.rows == 1)
            erase();
        draw_status(s);
    }
    move(cursor[0], cursor[1]);
    curs_set(s->question ? 1 : 0);
    refresh();
    s->changed = false;
}

/* ---- opening ---- */

static bool take_utf8_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Why this terminal cannot do it; NULL: nothing speaks against it yet. */
static const char *obstacle(int terminal, FILE *out)
{
    unsigned rows, columns;
    const char *term = getenv("TERM");
    if (terminal < 0)
        return "there is no terminal to take keys from";
    if (!isatty(fileno(out)))
        return "the output is no terminal";
    if (!term || !*term)
        return "TERM, which names the kind of the terminal, is not set";
    if (strcmp(term, "dumb") == 0)
        return "TERM says that the terminal can only print lines";
    if (!read_size(out, &rows, &columns))
        return "the terminal does not tell its size";
    if (!take_utf8_locale())
        return "there is no UTF-8 locale on this system, not even C.UTF-8";
    return NULL;
}

/* Curses catches signals that nobody else catches. All of them are the program's own business:
 * while it starts, none may look uncaught. */
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

static void set_up(struct screen *s)
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

static void resize_screen(void *ui)
{
    struct screen *s = ui;
    unsigned rows, columns;
    if (s->away || !read_size(s->out, &rows, &columns))
        return;
    resizeterm((int)rows, (int)columns);
    clearok(curscr, TRUE); /* terminals move their text about in ways of their own */
    s->frame = frame_of(rows, columns);
    s->changed = true;
}

static void *open_screen(int terminal, FILE *out, bool quiet, const char **why)
{
    (void)quiet; /* what is shown here is what was asked for */
    *why = obstacle(terminal, out);
    if (*why)
        return NULL;
    int copy = dup(terminal);
    FILE *in = copy < 0 ? NULL : fdopen(copy, "r");
    SCREEN *curses = in ? start_curses(out, in) : NULL;
    if (!curses) {
        *why = in ? "the kind of the terminal, TERM, is not known here"
                  : "the terminal cannot be opened for reading";
        if (in)
            fclose(in);
        return NULL;
    }
    struct screen *s = must(malloc(sizeof *s));
    *s = (struct screen){.curses = curses, .in = in, .out = out};
    const char *place = tigetstr("cup");
    set_up(s);
    resize_screen(s);
    if (place && place != (const char *)-1)
        return s;
    *why = "the terminal cannot move its cursor";
    ui_screen.close(s);
    return NULL;
}

static void close_page(struct screen *s)
{
    free(s->page.title);
    layout_free(&s->page.text);
    s->page = (struct page){.title = NULL};
    s->changed = true;
}

static void close_screen(void *ui)
{
    struct screen *s = ui;
    if (!s->away)
        endwin();
    delscreen(s->curses);
    fclose(s->in);
    close_page(s);
    reading_free(&s->reading);
    free(s->question);
    free(s->typed);
    free(s->message);
    free(s->words);
    free(s->times);
    free(s->queue);
    free(s);
}

static void leave_screen(void *ui)
{
    struct screen *s = ui;
    if (!s->away)
        endwin();
    s->away = true;
}

static void enter_screen(void *ui)
{
    struct screen *s = ui;
    s->away = false;
    resize_screen(s);
    clearok(curscr, TRUE);
    draw(s);
}

/* ---- what is heard ---- */

static void go(struct screen *s, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    if (a && reading_go(&s->reading, a, sentence, token))
        s->changed = true;
}

static void begin_article(void *ui, struct docbao_article *a)
{
    struct screen *s = ui;
    if (a != s->reading.article)
        go(s, a, 0, DOCBAO_NO_TOKEN);
}

static void begin_sentence(void *ui, struct docbao_article *a, uint32_t sentence)
{
    go(ui, a, sentence, DOCBAO_NO_TOKEN);
}

static void begin_word(void *ui, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    go(ui, a, sentence, token);
}

static void reread(void *ui)
{
    struct screen *s = ui;
    reading_again(&s->reading);
    s->changed = true;
}

/* ---- what is told ---- */

static void take_status(struct screen *s, const struct ui_status *status)
{
    char *queue = NULL;
    const struct frame *f = &s->frame;
    bool alone = status->articles == 1 || (!status->articles && status->article <= 1);
    int made = alone              ? asprintf(&queue, "%s", "")
               : status->articles ? asprintf(&queue, "%u/%u", status->article, status->articles)
                                  : asprintf(&queue, "%u", status->article);
    if (made < 0)
        abort();
    s->changed |= s->player.playing != status->player.playing;
    s->player = status->player;
    s->changed |= renew(&s->queue, queue);
    s->changed |= renew(&s->times, status_times(status));
    s->changed |= renew(&s->words, status_words(status, !f->bar, f->width));
    go(s, status->player.article, status->player.sentence, status->player.token);
}

/* Whether the terminal was closed: curses does not tell that its writes fail. */
static bool is_gone(const struct screen *s)
{
    struct pollfd terminal = {.fd = fileno(s->out)};
    return poll(&terminal, 1, 0) > 0 && terminal.revents & (POLLHUP | POLLERR | POLLNVAL);
}

static bool show(void *ui, const struct ui_status *status)
{
    struct screen *s = ui;
    if (is_gone(s)) {
        errno = EPIPE;
        return false;
    }
    if (s->away)
        return true;
    take_status(s, status);
    if (s->message && now_ms() >= s->message_ends_ms) {
        free(s->message);
        s->message = NULL;
        s->changed = true;
    }
    if (s->changed)
        draw(s);
    return true;
}

static void tell(void *ui, const char *message)
{
    struct screen *s = ui;
    s->message_ends_ms = now_ms() + MESSAGE_MS;
    renew(&s->message, must(strdup(message)));
    s->changed = true;
}

/* ---- pages and questions ---- */

static void open_page(void *ui, const char *title, const char *text)
{
    struct screen *s = ui;
    close_page(s);
    s->page.title = must(strdup(title));
    while (*text) {
        size_t n = strcspn(text, "\n");
        layout_add(&s->page.text, text, n, LAYOUT_BODY);
        text += n + (text[n] == '\n');
    }
}

static bool page_key(void *ui, uint32_t key)
{
    struct screen *s = ui;
    uint32_t *top = &s->page.top, height = s->frame.height;
    uint32_t step = height > 1 ? height - 1 : 1;
    uint32_t lines = (uint32_t)s->page.text.line_count;
    s->changed = true;
    switch (key) {
    case KEYS_UP:
        *top -= *top > 0;
        break;
    case KEYS_DOWN:
        *top += 1; /* too far is put right when it is drawn */
        break;
    case KEYS_PAGE_UP:
        *top = *top > step ? *top - step : 0;
        break;
    case KEYS_PAGE_DOWN:
        *top += step;
        break;
    case KEYS_HOME:
        *top = 0;
        break;
    case KEYS_END:
        *top = lines;
        break;
    case KEYS_ESCAPE:
    case KEYS_ENTER:
    case ' ':
    case 'q':
        close_page(s);
        return false;
    }
    return true;
}

static void ask(void *ui, const char *question, const char *typed, size_t cursor)
{
    struct screen *s = ui;
    free(s->question);
    free(s->typed);
    s->question = question ? must(strdup(question)) : NULL;
    s->typed = must(strdup(question && typed ? typed : ""));
    s->cursor = cursor;
    s->changed = true;
}

const struct ui ui_screen = {
    .name = "screen",
    .open = open_screen,
    .close = close_screen,
    .leave = leave_screen,
    .enter = enter_screen,
    .article = begin_article,
    .sentence = begin_sentence,
    .word = begin_word,
    .reread = reread,
    .show = show,
    .tell = tell,
    .page = open_page,
    .page_key = page_key,
    .ask = ask,
    .resize = resize_screen,
};
