/*
 * The analysis as JSON, printed as it is walked through: a large document is never held twice.
 * Keys come in the order that scripts were promised.
 */
#include <stdio.h>
#include <string.h>
#include <yajl/yajl_gen.h>

#include "cli/cli.h"

static void put_text(yajl_gen json, struct docbao_text text)
{
    if (text.p)
        yajl_gen_string(json, (const unsigned char *)text.p, text.n);
    else
        yajl_gen_null(json);
}

static void put_string(yajl_gen json, const char *string)
{
    put_text(json, (struct docbao_text){string, string ? strlen(string) : 0});
}

static void put_text_member(yajl_gen json, const char *key, struct docbao_text text)
{
    put_string(json, key);
    put_text(json, text);
}

static void put_string_member(yajl_gen json, const char *key, const char *string)
{
    put_string(json, key);
    put_string(json, string);
}

static void put_span_member(yajl_gen json, struct docbao_span span)
{
    put_string(json, "span");
    yajl_gen_array_open(json);
    yajl_gen_integer(json, span.off);
    yajl_gen_integer(json, span.len);
    yajl_gen_array_close(json);
}

/* Where the document consists of several files: which one the span is of. */
static void put_member(yajl_gen json, const char *member)
{
    if (member)
        put_string_member(json, "member", member);
}

static void put_token(yajl_gen json, struct docbao_token t)
{
    yajl_gen_map_open(json);
    put_string_member(json, "class", t.kind);
    put_span_member(json, t.span);
    put_text_member(json, "written", t.written);
    put_text_member(json, "spoken", t.spoken);
    put_string_member(json, "rule", t.rule);
    yajl_gen_map_close(json);
}

static void open_list_member(yajl_gen json, const char *key)
{
    put_string(json, key);
    yajl_gen_array_open(json);
}

static void put_sentence(yajl_gen json, struct docbao_article *a, uint32_t index)
{
    struct docbao_sentence s = docbao_sentence_at(a, index);
    yajl_gen_map_open(json);
    put_span_member(json, s.span);
    put_text_member(json, "written", s.written);
    put_text_member(json, "spoken", s.spoken);
    put_string(json, "pause_ms");
    yajl_gen_integer(json, s.pause_ms);
    open_list_member(json, "tokens");
    for (uint32_t i = 0; i < s.tokens; i++)
        put_token(json, docbao_token_at(a, s.token0 + i));
    yajl_gen_array_close(json);
    yajl_gen_map_close(json);
}

static void put_block(yajl_gen json, struct docbao_article *a, uint32_t index)
{
    struct docbao_block b = docbao_block_at(a, index);
    yajl_gen_map_open(json);
    put_string_member(json, "kind", b.kind);
    put_member(json, b.member);
    put_span_member(json, b.span);
    put_text_member(json, "text", b.text);
    open_list_member(json, "sentences");
    for (uint32_t i = 0; i < b.sentences; i++)
        put_sentence(json, a, b.sentence0 + i);
    yajl_gen_array_close(json);
    yajl_gen_map_close(json);
}

static void put_head(yajl_gen json, const struct docbao_head *head)
{
    char confidence[32];
    int n = snprintf(confidence, sizeof confidence, "%.4g", head->confidence);
    put_text_member(json, "source", head->name);
    put_string(json, "encoding");
    yajl_gen_map_open(json);
    put_string_member(json, "name", head->encoding);
    put_string(json, "confidence");
    yajl_gen_number(json, confidence, (size_t)n);
    yajl_gen_map_close(json);
    put_text_member(json, "title", head->title);
    put_string_member(json, "date", head->date);
    put_text_member(json, "byline", head->byline);
}

static void put_skipped(yajl_gen json, struct docbao_skipped s)
{
    yajl_gen_map_open(json);
    put_member(json, s.member);
    put_span_member(json, s.span);
    put_text_member(json, "text", s.text);
    put_string_member(json, "reason", s.reason);
    yajl_gen_map_close(json);
}

static void put_diagnostic(yajl_gen json, struct docbao_diagnostic d)
{
    yajl_gen_map_open(json);
    put_member(json, d.member);
    put_span_member(json, d.span);
    put_string_member(json, "kind", d.kind);
    put_string_member(json, "message", d.message);
    yajl_gen_map_close(json);
}

static void put_article(yajl_gen json, struct out *out, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    yajl_gen_map_open(json);
    put_head(json, &head);
    open_list_member(json, "blocks");
    for (uint32_t i = 0; i < head.blocks && !out->failure; i++)
        put_block(json, a, i);
    yajl_gen_array_close(json);
    open_list_member(json, "skipped");
    for (uint32_t i = 0; i < head.skipped && !out->failure; i++)
        put_skipped(json, docbao_skipped_at(a, i));
    yajl_gen_array_close(json);
    open_list_member(json, "diagnostics");
    for (uint32_t i = 0; i < head.diagnostics && !out->failure; i++)
        put_diagnostic(json, docbao_diagnostic_at(a, i));
    yajl_gen_array_close(json);
    yajl_gen_map_close(json);
}

static void put_piece(void *out, const char *bytes, size_t n)
{
    out_bytes(out, bytes, n);
}

void json_article(struct out *out, struct docbao_article *a)
{
    yajl_gen json = yajl_gen_alloc(NULL);
    if (!json)
        return;
    yajl_gen_config(json, yajl_gen_print_callback, put_piece, out);
    put_article(json, out, a);
    yajl_gen_free(json);
}
