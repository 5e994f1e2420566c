/* Drawing a frame of the screen. */
#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "cli/cells.h"

enum { WIDEST_TEXT = 100 };

struct style {
    attr_t attributes;
    short pair;
};

static struct style with(const struct screen_ui *s, attr_t attributes, short pair)
{
    return (struct style){attributes, s->colour ? pair : PLAIN};
}

/* ---- the frame ---- */

struct frame screen_frame(unsigned rows, unsigned columns)
{
    struct frame f = {.rows = rows, .columns = columns};
    unsigned margin = columns >= 24 ? 2 : 0;
    f.width = columns - 2 * margin;
    if (f.width > WIDEST_TEXT)
        f.width = WIDEST_TEXT;
    f.left = (columns - f.width) / 2;
    f.title = rows >= 16 ? 2 : rows >= 6 ? 1 : 0;
    f.bar = rows >= 16;
    f.text_row = f.title;
    f.height = rows - f.title;
    if (f.bar)
        f.height -= 3; /* an empty line, the bar, the status */
    else if (rows > 1)
        f.height -= 1;
    return f;
}

/* ---- text ---- */

/* Draws one cluster if it still fits; returns the column after it. */
static unsigned put_cluster(unsigned y, unsigned x, unsigned end, const char *text, size_t n,
                            size_t *bytes, struct style style)
{
    wchar_t show[CLUSTER_MOST + 1];
    struct cluster c = cluster_show(text, n, show);
    cchar_t cell;
    *bytes = c.bytes;
    if (!c.cells || x + c.cells > end)
        return x;
    if (setcchar(&cell, show, style.attributes, style.pair, NULL) == OK)
        mvadd_wch((int)y, (int)x, &cell); /* fails in the last corner, but draws there */
    return x + c.cells;
}

static unsigned put(unsigned y, unsigned x, unsigned end, const char *text, size_t n,
                    struct style style)
{
    for (size_t i = 0, bytes; i < n; i += bytes)
        x = put_cluster(y, x, end, text + i, n - i, &bytes, style);
    return x;
}

/* The same, but text that is too long is cut, with a mark. */
static unsigned put_cut(unsigned y, unsigned x, unsigned end, const char *text, struct style style)
{
    size_t n = strlen(text);
    if (x >= end)
        return x;
    if (x + cells_of(text, n) <= end)
        return put(y, x, end, text, n, style);
    x = put(y, x, end - 1, text, cells_fit(text, n, end - 1 - x), style);
    return put(y, x, end, "…", strlen("…"), style);
}

/* At the right end; gives the column where it begins, `end` where there is no room. */
static unsigned put_right(unsigned y, unsigned from, unsigned end, const char *text,
                          struct style style)
{
    unsigned cells = cells_of(text, strlen(text));
    if (!cells || from + cells > end)
        return end;
    put(y, end - cells, end, text, strlen(text), style);
    return end - cells;
}

static struct style style_of(const struct screen_ui *s, enum layout_kind kind, bool heard,
                             bool word)
{
    static const attr_t own[] = {
        [LAYOUT_TEXT] = A_NORMAL,
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

static bool within(struct text_range range, uint32_t offset)
{
    return offset >= range.from && offset < range.to;
}

/* The cursor is hidden, but magnifiers and braille displays follow it: it goes with the word. */
static void draw_article_line(const struct screen_ui *s, unsigned y, const struct layout_line *line,
                              int cursor[2])
{
    const struct reading *r = &s->reading;
    enum layout_kind kind = r->text.blocks.at[line->block].kind;
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
        x = put_cluster(y, x, end, r->text.text.p + i, line->to - i, &bytes,
                        style_of(s, kind, heard, word));
    }
}

static void draw_article(struct screen_ui *s, int cursor[2])
{
    const struct frame *f = &s->frame;
    struct reading *r = &s->reading;
    reading_fit(r, f->width, f->height);
    for (unsigned i = 0; i < f->height && r->top + i < r->text.lines.n; i++)
        draw_article_line(s, f->text_row + i, &r->text.lines.at[r->top + i], cursor);
    if (!f->title)
        return;
    unsigned end = f->left + f->width;
    unsigned queue = put_right(0, f->left, end, s->queue ? s->queue : "", with(s, A_DIM, PLAIN));
    if (r->title && reading_title_is_away(r))
        put_cut(0, f->left, queue < end ? queue - 2 : end, r->title, with(s, A_BOLD, PLAIN));
}

static void draw_bar(const struct screen_ui *s)
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

/* Scrolls as little as is needed for the marked lines to be seen. */
static void show_marked(struct page *p, unsigned height)
{
    uint32_t first = 0, end = 0;
    for (uint32_t i = 0; i < p->text.lines.n; i++) {
        if (p->text.lines.at[i].block < p->marked)
            first = i + 1;
        if (p->text.lines.at[i].block <= p->marked)
            end = i + 1;
    }
    if (p->top + height < end)
        p->top = end - height;
    if (p->top > first)
        p->top = first;
}

static void draw_page(struct screen_ui *s)
{
    const struct frame *f = &s->frame;
    struct page *p = &s->page;
    unsigned end = f->left + f->width;
    if (p->width != f->width)
        layout_wrap(&p->text, f->width, false);
    p->width = f->width;
    uint32_t lines = (uint32_t)p->text.lines.n;
    if (p->marks)
        show_marked(p, f->height);
    uint32_t most = lines > f->height ? lines - f->height : 0;
    if (p->top > most)
        p->top = most;
    if (f->title)
        put_cut(0, f->left, end, p->title, with(s, A_BOLD, PLAIN));
    for (unsigned i = 0; i < f->height && p->top + i < lines; i++) {
        const struct layout_line *line = &p->text.lines.at[p->top + i];
        bool marked = p->marks && line->block == p->marked;
        put(f->text_row + i, f->left, end, p->text.text.p + line->from, line->to - line->from,
            with(s, marked ? A_REVERSE : 0, PLAIN));
    }
    if (!f->bar || !most)
        return;
    struct buf place = BUF_INIT;
    buf_add_message(&place, "lines %u to %u of %u", p->top + 1, p->top + f->height, lines);
    put_cut(f->rows - 2, f->left, end, place.p, with(s, A_DIM, PLAIN));
    buf_free(&place);
}

static void draw_status(const struct screen_ui *s)
{
    const struct frame *f = &s->frame;
    unsigned y = f->rows - 1, end = f->left + f->width;
    struct style style = with(s, 0, PLAIN);
    if (s->player.playing == DOCBAO_AWAY)
        style = with(s, A_BOLD, ALARM);
    else if (s->player.playing == DOCBAO_PAUSED)
        style = with(s, A_BOLD, CALM);
    if (s->message || f->rows == 1)
        return;
    /* The key that closes a page matters more than the rest. */
    const char *hint = s->page.marks   ? _("Enter chooses, Esc closes")
                       : s->page.title ? _("Esc closes")
                                       : _("? help");
    unsigned kept = s->page.title ? cells_of(hint, strlen(hint)) + 2 : 0;
    unsigned room = end > f->left + kept ? end - kept : f->left;
    unsigned x = put_cut(y, f->left, room, s->words ? s->words : "", style);
    put_right(y, x > f->left ? x + 2 : x, end, hint, with(s, A_DIM, PLAIN));
}

/* Draws the whole text in as many rows as it takes, the last one above `below`; returns the first.
 * Rows that are not there are left out at the end. */
static unsigned put_above(const struct screen_ui *s, unsigned below, const char *text)
{
    const struct frame *f = &s->frame;
    struct layout lines = {.text = BUF_INIT};
    layout_add(&lines, sv_of(text), LAYOUT_TEXT);
    layout_wrap(&lines, f->width, false);
    unsigned n = lines.lines.n < below ? (unsigned)lines.lines.n : below;
    for (unsigned i = 0; i < n; i++) {
        const struct layout_line *line = &lines.lines.at[i];
        unsigned y = below - n + i;
        move((int)y, 0);
        clrtoeol();
        put(y, f->left, f->left + f->width, lines.text.p + line->from, line->to - line->from,
            with(s, A_BOLD, PLAIN));
    }
    layout_free(&lines);
    return below - n;
}

/* Draws the part of the answer around the cursor, from column `x` of the last row on. */
static void draw_answer(const struct screen_ui *s, unsigned x, int cursor[2])
{
    const struct frame *f = &s->frame;
    unsigned y = f->rows - 1, end = f->left + f->width;
    const char *typed = s->typed;
    size_t n = strlen(typed), start = 0;
    size_t at = s->cursor < n ? s->cursor : n;
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

/* Draws the question with the answer behind it; at least half of the line is for that, so a longer
 * question stands above it. Returns the first row. */
static unsigned draw_question(const struct screen_ui *s, int cursor[2])
{
    const struct frame *f = &s->frame;
    unsigned top = f->rows - 1, x = f->left, end = f->left + f->width / 2;
    move((int)top, 0);
    clrtoeol();
    if (cells_of(s->question, strlen(s->question)) < f->width / 2 || !top) {
        x = put_cut(top, x, end, s->question, with(s, A_BOLD, PLAIN));
        x += x + 1 < f->left + f->width;
    } else {
        top = put_above(s, top, s->question);
    }
    draw_answer(s, x, cursor);
    return top;
}

void screen_draw(struct screen_ui *s)
{
    int cursor[2] = {0, 0};
    erase();
    if (s->page.title)
        draw_page(s);
    else
        draw_article(s, cursor);
    if (s->frame.bar && !s->page.title)
        draw_bar(s);
    unsigned free_row = s->frame.rows;
    if (s->question)
        free_row = draw_question(s, cursor);
    else
        draw_status(s);
    if (s->message)
        put_above(s, free_row, s->message);
    move(cursor[0], cursor[1]);
    curs_set(s->question ? 1 : 0);
    refresh();
    s->changed = false;
}
