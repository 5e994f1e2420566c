#include "cli/answer_line.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/message.h"
#include "cli/cells.h"

void answer_line_init(struct answer_line *a, int fd)
{
    *a = (struct answer_line){.fd = fd, .typed = BUF_INIT};
}

void answer_line_free(struct answer_line *a)
{
    free(a->question);
    buf_free(&a->typed);
}

/* In one call, so that a screen reader gets it as one. */
static void print(const struct answer_line *a, struct sv text)
{
    if (text.n && write(a->fd, text.p, text.n) < 0 && write(STDERR_FILENO, text.p, text.n) < 0)
        return; /* nobody sees it: the answer counts all the same */
}

static void add_times(struct buf *out, char c, unsigned n)
{
    while (n--)
        buf_putc(out, c);
}

/* The bytes that both begin with, in whole clusters. */
static size_t same_start(struct sv a, struct sv b)
{
    size_t at = 0;
    while (at < a.n && at < b.n) {
        size_t n = cluster_at(a.p + at, a.n - at).bytes;
        if (n != cluster_at(b.p + at, b.n - at).bytes || memcmp(a.p + at, b.p + at, n) != 0)
            break;
        at += n;
    }
    return at;
}

/* From what is shown to this text and cursor. */
static void change(struct answer_line *a, struct sv typed, size_t cursor, struct buf *out)
{
    struct sv old = buf_sv(&a->typed);
    size_t same = same_start(old, typed);
    if (a->cursor > same)
        add_times(out, '\b', cells_of(old.p + same, a->cursor - same));
    else
        buf_add_sv(out, sv_sub(old, a->cursor, same - a->cursor));
    buf_add_sv(out, sv_from(typed, same));
    unsigned before = cells_of(old.p, old.n), now = cells_of(typed.p, typed.n);
    unsigned over = before > now ? before - now : 0;
    add_times(out, ' ', over);
    add_times(out, '\b', over + now - cells_of(typed.p, cursor));
}

static void keep(struct answer_line *a, struct sv typed, size_t cursor)
{
    struct buf copy = BUF_INIT;
    buf_add_sv(&copy, typed);
    buf_free(&a->typed);
    a->typed = copy;
    a->cursor = cursor;
}

void answer_line_show(struct answer_line *a, const char *question, const char *typed, size_t cursor)
{
    bool same = question && a->question && strcmp(question, a->question) == 0;
    if (same) {
        struct buf out = BUF_INIT;
        change(a, sv_of(typed), cursor, &out);
        print(a, buf_sv(&out));
        buf_free(&out);
        keep(a, sv_of(typed), cursor);
        return;
    }
    answer_line_leave(a);
    free(a->question);
    a->question = question ? mem_copy(sv_of(question)) : NULL;
    keep(a, sv_of(question ? typed : ""), question ? cursor : 0);
    answer_line_again(a);
}

void answer_line_leave(struct answer_line *a)
{
    if (a->question)
        print(a, SV("\n"));
}

void answer_line_again(const struct answer_line *a)
{
    struct buf out = BUF_INIT;
    if (!a->question)
        return;
    buf_add_printable(&out, sv_of(a->question));
    buf_putc(&out, ' ');
    buf_add_sv(&out, buf_sv(&a->typed));
    add_times(&out, '\b', cells_of(a->typed.p, a->typed.n) - cells_of(a->typed.p, a->cursor));
    print(a, buf_sv(&out));
    buf_free(&out);
}
