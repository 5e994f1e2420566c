#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/message.h"
#include "base/system_text.h"
#include "cli/complain.h"

void cli_renew(struct cli *c)
{
    docbao_free(c->docbao);
    c->docbao = docbao_new(c->library);
    c->read = c->failed = 0;
    c->incomplete = c->misused = false;
}

struct docbao_article *cli_open(struct cli *c, const char *path)
{
    struct docbao_article *a;
    cli_count(c, docbao_open_file(c->docbao, path, &a));
    cli_note_missing(c, a);
    return a;
}

void cli_count(struct cli *c, enum docbao_status status)
{
    if (!status) {
        c->read++;
        return;
    }
    if (status != DOCBAO_STOPPED)
        cli_tell_error(c);
    c->failed++;
    c->misused = status == DOCBAO_USAGE;
}

void cli_note_missing(struct cli *c, struct docbao_article *a)
{
    uint32_t count = a ? docbao_head_of(a).diagnostics : 0;
    for (uint32_t i = 0; i < count; i++)
        c->incomplete = c->incomplete || strcmp(docbao_diagnostic_at(a, i).kind, "missing") == 0;
}

int cli_files_code(const struct cli *c)
{
    if (c->misused)
        return EXIT_USAGE;
    if (!c->failed)
        return c->incomplete ? EXIT_PART : EXIT_DONE;
    return c->read ? EXIT_PART : EXIT_NOTHING;
}

void cli_message(const struct cli *c, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&text, format, args);
    va_end(args);
    if (c->message)
        c->message(c->message_user, text.p);
    else
        complain_text(buf_sv(&text));
    buf_free(&text);
}

void cli_tell_error(const struct cli *c)
{
    const struct docbao_error *e = docbao_last_error(c->docbao);
    if (*e->file && e->line && e->column)
        cli_message(c, "%s:%u:%u: %s", e->file, e->line, e->column, e->message);
    else if (*e->file && e->line)
        cli_message(c, "%s:%u: %s", e->file, e->line, e->message);
    else
        cli_message(c, *e->file ? "%s: %s" : "%s%s", e->file, e->message);
}

/* Whether this is the first diagnostic of its kind from `first` on; *same: how many more of them
 * follow. */
static bool is_first_of_kind(struct docbao_article *a, uint32_t first, uint32_t index,
                             uint32_t count, uint32_t *same)
{
    const char *kind = docbao_diagnostic_at(a, index).kind;
    for (uint32_t i = first; i < index; i++)
        if (strcmp(docbao_diagnostic_at(a, i).kind, kind) == 0)
            return false;
    *same = 0;
    for (uint32_t i = index + 1; i < count; i++)
        *same += strcmp(docbao_diagnostic_at(a, i).kind, kind) == 0;
    return true;
}

static void tell_note(const struct cli *c, struct docbao_text name,
                      const struct docbao_diagnostic *d, uint32_t same)
{
    struct buf place = BUF_INIT;
    buf_addf(&place, d->line ? "%.*s:%u" : "%.*s", (int)name.n, name.p, d->line);
    if (same)
        cli_message(c, "%s: %s (and %u more like it: %s)", place.p, d->message, same, d->kind);
    else
        cli_message(c, "%s: %s", place.p, d->message);
    buf_free(&place);
}

/* The diagnostics from `first` on that are of that kind, or of all others. What is lost while an
 * article is spoken was told then. */
static void tell_kind(const struct cli *c, struct docbao_article *a, uint32_t first,
                      const char *kind, bool others)
{
    struct docbao_head head = docbao_head_of(a);
    for (uint32_t i = first; i < head.diagnostics; i++) {
        uint32_t same;
        struct docbao_diagnostic d = docbao_diagnostic_at(a, i);
        if ((strcmp(d.kind, kind) == 0) != others && strcmp(d.kind, "lost") != 0 &&
            is_first_of_kind(a, first, i, head.diagnostics, &same))
            tell_note(c, head.name, &d, same);
    }
}

void cli_tell_lexicon(const struct cli *c, struct docbao_article *a)
{
    tell_kind(c, a, 0, "lexicon", false);
}

void cli_tell_notes(const struct cli *c, struct docbao_article *a, uint32_t first)
{
    tell_kind(c, a, first, "lexicon", false);
    if (!c->options->quiet)
        tell_kind(c, a, first, "lexicon", true);
}

int cli_finish_output(struct cli *c, int code)
{
    if (out_flush(&c->out))
        return code;
    if (c->out.failure == EPIPE)
        return EXIT_SIGNAL;
    complain("standard output cannot be written: %s; send it elsewhere",
             system_error(c->out.failure));
    return EXIT_NOTHING;
}

const char *cli_rule(const struct docbao_token *t)
{
    const char *rule = _(t->rule);
    return strcmp(rule, t->kind_name) == 0 ? "" : rule;
}

struct docbao_text cli_without_pause(struct docbao_text spoken)
{
    while (spoken.n && memchr(",.;:?!", spoken.p[spoken.n - 1], 6))
        spoken.n--;
    return spoken;
}
