/*
 * The analysis as JSON. The frame is written by hand, a token or sentence at a time, so that a
 * large document is never held twice; what stands in it is written by jansson, which knows how to
 * escape. Keys come in the order that scripts were promised.
 */
#include <jansson.h>
#include <stdlib.h>

#include "cli/cli.h"

enum { DUMP_FLAGS = JSON_ENCODE_ANY | JSON_REAL_PRECISION(4) };

static int put(const char *bytes, size_t n, void *out)
{
    out_bytes(out, bytes, n);
    return 0;
}

/* Prints and frees. NULL is jansson's way to say that memory ran out. */
static void dump(struct out *out, json_t *value)
{
    if (!value)
        abort();
    json_dump_callback(value, put, out, DUMP_FLAGS);
    json_decref(value);
}

static json_t *text_or_null(struct docbao_text text)
{
    return text.p ? json_stringn(text.p, text.n) : json_null();
}

static void member(struct out *out, const char *name, json_t *value)
{
    out_printf(out, "\"%s\": ", name);
    dump(out, value);
}

static json_t *span_of(struct docbao_span span)
{
    return json_pack("[II]", (json_int_t)span.off, (json_int_t)span.len);
}

static void dump_token(struct out *out, struct docbao_token t)
{
    dump(out,
         json_pack("{ss so ss% ss% ss}", "class", t.kind, "span", span_of(t.span), "written",
                   t.written.p, t.written.n, "spoken", t.spoken.p, t.spoken.n, "rule", t.rule));
}

static void dump_sentence(struct out *out, struct docbao_article *a, uint32_t index)
{
    struct docbao_sentence s = docbao_sentence_at(a, index);
    out_printf(out, "{");
    member(out, "span", span_of(s.span));
    out_printf(out, ", ");
    member(out, "written", text_or_null(s.written));
    out_printf(out, ", ");
    member(out, "spoken", text_or_null(s.spoken));
    out_printf(out, ", \"pause_ms\": %u,\n     \"tokens\": [", s.pause_ms);
    for (uint32_t i = 0; i < s.tokens; i++) {
        out_printf(out, i ? ",\n      " : "\n      ");
        dump_token(out, docbao_token_at(a, s.token0 + i));
    }
    out_printf(out, "]}");
}

static void dump_block(struct out *out, struct docbao_article *a, uint32_t index)
{
    struct docbao_block b = docbao_block_at(a, index);
    out_printf(out, "{\"kind\": \"%s\", ", b.kind);
    member(out, "span", span_of(b.span));
    out_printf(out, ", ");
    member(out, "text", text_or_null(b.text));
    out_printf(out, ",\n   \"sentences\": [");
    for (uint32_t i = 0; i < b.sentences; i++) {
        out_printf(out, i ? ",\n    " : "\n    ");
        dump_sentence(out, a, b.sentence0 + i);
    }
    out_printf(out, "]}");
}

static void dump_head(struct out *out, const struct docbao_head *head)
{
    out_printf(out, "{");
    member(out, "source", text_or_null(head->name));
    out_printf(out, ", ");
    member(out, "encoding",
           json_pack("{ss sf}", "name", head->encoding, "confidence", head->confidence));
    out_printf(out, ",\n ");
    member(out, "title", text_or_null(head->title));
    out_printf(out, ",\n ");
    member(out, "date", head->date ? json_string(head->date) : json_null());
    out_printf(out, ",\n ");
    member(out, "byline", text_or_null(head->byline));
}

static void dump_skipped(struct out *out, struct docbao_skipped s)
{
    dump(out, json_pack("{so ss% ss}", "span", span_of(s.span), "text", s.text.p, s.text.n,
                        "reason", s.reason));
}

static void dump_diagnostic(struct out *out, struct docbao_diagnostic d)
{
    dump(out,
         json_pack("{so ss ss}", "span", span_of(d.span), "kind", d.kind, "message", d.message));
}

void json_article(struct out *out, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    dump_head(out, &head);
    out_printf(out, ",\n \"blocks\": [");
    for (uint32_t i = 0; i < head.blocks && !out->failure; i++) {
        out_printf(out, i ? ",\n  " : "\n  ");
        dump_block(out, a, i);
    }
    out_printf(out, "],\n \"skipped\": [");
    for (uint32_t i = 0; i < head.skipped && !out->failure; i++) {
        out_printf(out, i ? ",\n  " : "\n  ");
        dump_skipped(out, docbao_skipped_at(a, i));
    }
    out_printf(out, "],\n \"diagnostics\": [");
    for (uint32_t i = 0; i < head.diagnostics && !out->failure; i++) {
        out_printf(out, i ? ",\n  " : "\n  ");
        dump_diagnostic(out, docbao_diagnostic_at(a, i));
    }
    out_printf(out, "]}");
}
