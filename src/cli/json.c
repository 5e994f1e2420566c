/* The analysis as JSON. Members come in the order that docs promise to scripts. */
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/json_writer.h"

static void put_span(struct json_writer *w, struct docbao_span span)
{
    json_name(w, "span");
    json_open(w, '[');
    json_number(w, span.off);
    json_number(w, span.len);
    json_close(w, ']');
}

/* The name of a file, which need not be UTF-8. */
static void put_file(struct json_writer *w, const char *name)
{
    struct buf valid = BUF_INIT;
    buf_add_valid(&valid, sv_of(name));
    json_string(w, buf_sv(&valid));
    buf_free(&valid);
}

/* The part of an archive that the span lies in. */
static void put_member(struct json_writer *w, const char *member)
{
    if (!member)
        return;
    json_name(w, "member");
    put_file(w, member);
}

void json_put_place(struct json_writer *w, const char *member, struct docbao_span span)
{
    put_member(w, member);
    put_span(w, span);
}

static void put_token(struct json_writer *w, const struct docbao_token *t)
{
    json_open(w, '{');
    json_name(w, "class");
    json_string(w, sv_of(t->kind));
    put_span(w, t->span);
    json_name(w, "written");
    json_string(w, cli_view(t->written));
    json_name(w, "spoken");
    json_string(w, cli_view(t->spoken));
    json_name(w, "rule");
    json_string(w, sv_of(t->rule));
    json_close(w, '}');
}

static void put_sentence(struct json_writer *w, struct docbao_article *a, uint32_t index)
{
    struct docbao_sentence s = docbao_sentence_at(a, index);
    json_open(w, '{');
    put_span(w, s.span);
    json_name(w, "written");
    json_string(w, cli_view(s.written));
    json_name(w, "spoken");
    json_string(w, cli_view(s.spoken));
    json_name(w, "pause_ms");
    json_number(w, s.pause_ms);
    json_name(w, "tokens");
    json_open(w, '[');
    for (uint32_t i = 0; i < s.tokens; i++) {
        struct docbao_token token = docbao_token_at(a, s.token0 + i);
        put_token(w, &token);
    }
    json_close(w, ']');
    json_close(w, '}');
}

void json_put_block(struct json_writer *w, struct docbao_article *a, uint32_t index)
{
    struct docbao_block b = docbao_block_at(a, index);
    json_open(w, '{');
    json_name(w, "kind");
    json_string(w, sv_of(b.kind));
    json_put_place(w, b.member, b.span);
    json_name(w, "text");
    json_string(w, cli_view(b.text));
    json_name(w, "sentences");
    json_open(w, '[');
    for (uint32_t i = 0; i < b.sentences; i++)
        put_sentence(w, a, b.sentence0 + i);
    json_close(w, ']');
    json_close(w, '}');
}

static void put_head(struct json_writer *w, const struct docbao_head *head)
{
    char confidence[32];
    int n = snprintf(confidence, sizeof confidence, "%.4g", head->confidence);
    json_name(w, "source");
    json_string(w, cli_view(head->name));
    json_name(w, "encoding");
    json_open(w, '{');
    json_name(w, "name");
    json_string(w, sv_of(head->encoding));
    json_name(w, "confidence");
    json_literal(w, (struct sv){confidence, (size_t)n});
    json_close(w, '}');
    json_name(w, "title");
    json_string(w, cli_view(head->title));
    json_name(w, "date");
    json_string(w, sv_of(head->date));
    json_name(w, "byline");
    json_string(w, cli_view(head->byline));
}

static void put_skipped(struct json_writer *w, const struct docbao_skipped *s)
{
    json_open(w, '{');
    json_put_place(w, s->member, s->span);
    json_name(w, "text");
    json_string(w, cli_view(s->text));
    json_name(w, "reason");
    json_string(w, sv_of(s->reason));
    json_close(w, '}');
}

static void put_diagnostic(struct json_writer *w, const struct docbao_diagnostic *d)
{
    json_open(w, '{');
    json_put_place(w, d->member, d->span);
    json_name(w, "kind");
    json_string(w, sv_of(d->kind));
    json_name(w, "message");
    json_string(w, sv_of(d->message));
    json_close(w, '}');
}

void json_begin_article(struct json_writer *w, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    json_open(w, '{');
    put_head(w, &head);
    json_name(w, "blocks");
    json_open(w, '[');
}

void json_end_article(struct json_writer *w, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    json_close(w, ']');
    json_name(w, "skipped");
    json_open(w, '[');
    for (uint32_t i = 0; i < head.skipped && !w->out->failure; i++) {
        struct docbao_skipped skipped = docbao_skipped_at(a, i);
        put_skipped(w, &skipped);
    }
    json_close(w, ']');
    json_name(w, "diagnostics");
    json_open(w, '[');
    for (uint32_t i = 0; i < head.diagnostics && !w->out->failure; i++) {
        struct docbao_diagnostic diagnostic = docbao_diagnostic_at(a, i);
        put_diagnostic(w, &diagnostic);
    }
    json_close(w, ']');
    json_close(w, '}');
}
