/* The whole article on the terminal, by ncurses, with the sentence and word being heard. */
#include "cli/screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "cli/command.h"
#include "cli/statusline.h"

enum { MESSAGE_MS = 3000, MS_PER_BYTE = 15 };

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

static void drop_message(struct screen_ui *s)
{
    free(s->message);
    s->message = NULL;
}

static void close_page(struct screen_ui *s)
{
    free(s->page.title);
    layout_free(&s->page.text);
    s->page = (struct page){.title = NULL};
    s->changed = true;
}

static void close_screen(void *ui)
{
    struct screen_ui *s = ui;
    screen_close_terminal(s);
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

/* ---- what is heard ---- */

static void go(struct screen_ui *s, struct docbao_article *a, uint32_t sentence, uint32_t token)
{
    if (a && reading_go(&s->reading, a, sentence, token))
        s->changed = true;
}

static void begin_article(void *ui, struct docbao_article *a)
{
    struct screen_ui *s = ui;
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
    struct screen_ui *s = ui;
    reading_again(&s->reading);
    s->changed = true;
}

/* ---- status and messages ---- */

/* The next article may get the same address: nothing of this one may be kept. */
static void forget_article(void *ui, struct docbao_article *a)
{
    struct screen_ui *s = ui;
    if (s->reading.article == a)
        reading_free(&s->reading);
}

static void take_status(struct screen_ui *s, const struct ui_status *status)
{
    struct buf queue = BUF_INIT;
    const struct frame *f = &s->frame;
    bool alone = status->articles == 1 || (!status->articles && status->article <= 1);
    if (!alone)
        buf_addf(&queue, "%u", status->article);
    if (!alone && status->articles)
        buf_addf(&queue, "/%u", status->articles);
    s->changed |= s->player.playing != status->player.playing;
    s->player = status->player;
    s->changed |= renew(&s->queue, buf_detach(&queue));
    s->changed |= renew(&s->times, status_times(status));
    s->changed |= renew(&s->words, status_words(status, !f->bar, f->width));
    go(s, status->player.article, status->player.sentence, status->player.token);
}

static bool show(void *ui, const struct ui_status *status)
{
    struct screen_ui *s = ui;
    if (screen_is_gone(s)) {
        errno = EPIPE;
        return false;
    }
    if (s->away)
        return true;
    take_status(s, status);
    if (s->message && now_ms() >= s->message_ends_ms) {
        drop_message(s);
        s->changed = true;
    }
    if (s->changed)
        screen_draw(s);
    return true;
}

static void tell(void *ui, const char *message)
{
    struct screen_ui *s = ui;
    /* A long one takes longer to read. */
    s->message_ends_ms = now_ms() + MESSAGE_MS + strlen(message) * MS_PER_BYTE;
    renew(&s->message, mem_copy(sv_of(message)));
    s->changed = true;
}

/* ---- pages and questions ---- */

static void open_page(void *ui, const char *title, const char *text)
{
    struct screen_ui *s = ui;
    close_page(s);
    s->page.title = mem_copy(sv_of(title));
    for (struct sv rest = sv_of(text); rest.n;)
        layout_add(&s->page.text, sv_cut(&rest, '\n'), LAYOUT_TEXT);
}

static void mark(void *ui, uint32_t line)
{
    struct screen_ui *s = ui;
    s->page.marks = true;
    s->page.marked = line;
    s->changed = true;
}

static bool page_key(void *ui, uint32_t key)
{
    struct screen_ui *s = ui;
    uint32_t *top = &s->page.top, height = s->frame.height;
    uint32_t step = height > 1 ? height - 1 : 1;
    uint32_t lines = (uint32_t)s->page.text.lines.n;
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

/* What was said of a refused answer is taken away with the question. */
static void ask(void *ui, const char *question, const char *typed, size_t cursor)
{
    struct screen_ui *s = ui;
    if (s->question && !question)
        drop_message(s);
    free(s->question);
    free(s->typed);
    s->question = question ? mem_copy(sv_of(question)) : NULL;
    s->typed = mem_copy(sv_of(question && typed ? typed : ""));
    s->cursor = cursor;
    s->changed = true;
}

const struct ui ui_screen = {
    .name = "screen",
    .shows_state = true,
    .fills_in = true,
    .open = screen_open,
    .close = close_screen,
    .leave = screen_leave,
    .enter = screen_enter,
    .article = begin_article,
    .sentence = begin_sentence,
    .word = begin_word,
    .reread = reread,
    .closing = forget_article,
    .show = show,
    .tell = tell,
    .page = open_page,
    .page_key = page_key,
    .mark = mark,
    .ask = ask,
    .resize = screen_resize,
};
