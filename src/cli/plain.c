/*
 * Plain lines, for screen readers, braille and pipes: a line a sentence, nothing is ever redrawn.
 * And no interface at all.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/message.h"
#include "cli/ui.h"

struct plain {
    FILE *out;
    bool quiet;
    int failed; /* errno of the first write that failed, or 0 */
};

static void *open_plain(int terminal, FILE *out, bool quiet, const char **why)
{
    (void)terminal;
    (void)why;
    struct plain *p = mem_zalloc(sizeof *p);
    *p = (struct plain){.out = out, .quiet = quiet};
    return p;
}

static void close_plain(void *ui)
{
    free(ui);
}

/* A line that waits in a buffer is none that a listener could follow. */
static void flush(struct plain *p)
{
    if ((fflush(p->out) || ferror(p->out)) && !p->failed)
        p->failed = errno;
}

/* The text may be the article's: the terminal must not obey it. */
static void print_text(FILE *out, struct sv text)
{
    struct buf printable = BUF_INIT;
    buf_add_printable(&printable, text);
    fwrite(printable.p, 1, printable.n, out);
    buf_free(&printable);
}

static void print_sentence(void *ui, struct docbao_article *a, uint32_t sentence)
{
    struct plain *p = ui;
    if (p->quiet || p->failed)
        return;
    struct docbao_text written = docbao_sentence_at(a, sentence).written;
    print_text(p->out, (struct sv){written.p, written.n});
    putc('\n', p->out);
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
    const struct plain *p = ui;
    if (!p->quiet)
        fprintf(stderr, "%s\n", message);
}

static void print_page(void *ui, const char *title, const char *text)
{
    struct plain *p = ui;
    fprintf(p->out, "%s\n", title);
    for (struct sv rest = sv_of(text); rest.n;) {
        print_text(p->out, sv_cut(&rest, '\n'));
        putc('\n', p->out);
    }
    flush(p);
}

static void print_question(void *ui, const char *question)
{
    struct plain *p = ui;
    print_text(p->out, sv_of(question));
    putc(' ', p->out);
    flush(p);
}

const struct ui ui_plain = {
    .name = "plain",
    .open = open_plain,
    .close = close_plain,
    .sentence = print_sentence,
    .show = show_plain,
    .tell = tell_plain,
    .page = print_page,
    .question = print_question,
};

const struct ui ui_none = {
    .name = "none",
    .open = open_plain,
    .close = close_plain,
};
