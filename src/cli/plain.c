/*
 * Plain lines, for screen readers, braille and pipes: a line a sentence, nothing is ever redrawn.
 * The same without the sentences. And no interface at all.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cli/answer_line.h"
#include "cli/lines.h"
#include "cli/ui.h"

struct plain {
    FILE *out;
    bool quiet;
    int failed; /* errno of the first write that failed, or 0 */
    struct answer_line answer;
};

static void *open_plain(int terminal, FILE *out, bool quiet, const char **why)
{
    (void)why;
    struct plain *p = mem_zalloc(sizeof *p);
    *p = (struct plain){.out = out, .quiet = quiet};
    answer_line_init(&p->answer, terminal);
    return p;
}

static void close_plain(void *ui)
{
    struct plain *p = ui;
    answer_line_free(&p->answer);
    free(p);
}

/* A line that waits in a buffer is none that a listener could follow. */
static void flush(struct plain *p)
{
    if ((fflush(p->out) || ferror(p->out)) && !p->failed)
        p->failed = errno;
}

static void print_sentence(void *ui, struct docbao_article *a, uint32_t sentence)
{
    struct plain *p = ui;
    if (p->quiet || p->failed)
        return;
    struct docbao_text written = docbao_sentence_at(a, sentence).written;
    lines_print(p->out, (struct sv){written.p, written.n});
    flush(p);
}

static bool show_plain(void *ui, const struct ui_status *status)
{
    (void)status;
    const struct plain *p = ui;
    errno = p->failed;
    return !p->failed;
}

/* Not among the sentences: those may go down a pipe. */
static void tell_plain(void *ui, const char *message)
{
    struct plain *p = ui;
    if (p->quiet)
        return;
    answer_line_leave(&p->answer);
    lines_print(stderr, sv_of(message));
    answer_line_again(&p->answer);
}

static void print_page(void *ui, const char *title, const char *text)
{
    struct plain *p = ui;
    lines_print(p->out, sv_of(title));
    for (struct sv rest = sv_of(text); rest.n;)
        lines_print(p->out, sv_cut(&rest, '\n'));
    flush(p);
}

static void ask_plain(void *ui, const char *question, const char *typed, size_t cursor)
{
    struct plain *p = ui;
    answer_line_show(&p->answer, question, typed, cursor);
}

static void enter_plain(void *ui)
{
    struct plain *p = ui;
    answer_line_again(&p->answer);
}

const struct ui ui_plain = {
    .name = "plain",
    .open = open_plain,
    .close = close_plain,
    .enter = enter_plain,
    .sentence = print_sentence,
    .show = show_plain,
    .tell = tell_plain,
    .page = print_page,
    .ask = ask_plain,
};

const struct ui ui_keys = {
    .name = "keys",
    .open = open_plain,
    .close = close_plain,
    .enter = enter_plain,
    .show = show_plain,
    .tell = tell_plain,
    .page = print_page,
    .ask = ask_plain,
};

const struct ui ui_none = {
    .name = "none",
    .open = open_plain,
    .close = close_plain,
};
