/*
 * Plain lines, for screen readers, braille and pipes: a line a sentence, nothing is ever redrawn.
 * And no interface at all.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    struct plain *p = malloc(sizeof *p);
    if (!p)
        abort();
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

static void print_sentence(void *ui, struct docbao_article *a, uint32_t sentence)
{
    struct plain *p = ui;
    if (p->quiet || p->failed)
        return;
    struct docbao_text written = docbao_sentence_at(a, sentence).written;
    fwrite(written.p, 1, written.n, p->out);
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
    size_t n = strlen(text);
    fprintf(p->out, "%s\n%s", title, text);
    if (n && text[n - 1] != '\n')
        putc('\n', p->out);
    flush(p);
}

static void print_question(void *ui, const char *question)
{
    struct plain *p = ui;
    fprintf(p->out, "%s ", question);
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
