/*
 * The analysis as JSON, printed as it is walked through: a large document is never held twice.
 * Keys come in the order that scripts were promised. jansson writes what needs care (escapes,
 * reals); most strings need none and are printed as they are.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static void put(struct out *out, const char *literal)
{
    out_bytes(out, literal, strlen(literal));
}

static void put_number(struct out *out, uint32_t number)
{
    char digits[10]; /* of 4294967295 */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    out_bytes(out, digits + at, sizeof digits - at);
}

static int put_piece(const char *bytes, size_t n, void *out)
{
    out_bytes(out, bytes, n);
    return 0;
}

/* Prints and frees. NULL is jansson's way to say that memory ran out. */
static void put_json(struct out *out, json_t *value)
{
    if (!value)
        abort();
    json_dump_callback(value, put_piece, out, JSON_ENCODE_ANY | JSON_REAL_PRECISION(4));
    json_decref(value);
}

static bool is_plain(struct docbao_text text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 || c == 0x7F || c == '"' || c == '\\')
            return false;
    }
    return true;
}

/* Behind `key` a string, or null where the text is not known. */
static void put_text(struct out *out, const char *key, struct docbao_text text)
{
    put(out, key);
    if (!text.p) {
        put(out, "null");
    } else if (is_plain(text)) {
        put(out, "\"");
        out_text(out, text);
        put(out, "\"");
    } else {
        put_json(out, json_stringn(text.p, text.n));
    }
}

static void put_string(struct out *out, const char *key, const char *string)
{
    put_text(out, key, (struct docbao_text){string, string ? strlen(string) : 0});
}

static void put_span(struct out *out, const char *key, struct docbao_span span)
{
    put(out, key);
    put(out, "[");
    put_number(out, span.off);
    put(out, ", ");
    put_number(out, span.len);
    put(out, "]");
}

static void put_token(struct out *out, struct docbao_token t)
{
    put_string(out, "{\"class\": ", t.kind);
    put_span(out, ", \"span\": ", t.span);
    put_text(out, ", \"written\": ", t.written);
    put_text(out, ", \"spoken\": ", t.spoken);
    put_string(out, ", \"rule\": ", t.rule);
    put(out, "}");
}

static void put_sentence(struct out *out, struct docbao_article *a, uint32_t index)
{
    struct docbao_sentence s = docbao_sentence_at(a, index);
    put_span(out, "{\"span\": ", s.span);
    put_text(out, ", \"written\": ", s.written);
    put_text(out, ", \"spoken\": ", s.spoken);
    put(out, ", \"pause_ms\": ");
    put_number(out, s.pause_ms);
    put(out, ",\n     \"tokens\": [");
    for (uint32_t i = 0; i < s.tokens; i++) {
        put(out, i ? ",\n      " : "\n      ");
        put_token(out, docbao_token_at(a, s.token0 + i));
    }
    put(out, "]}");
}

static void put_block(struct out *out, struct docbao_article *a, uint32_t index)
{
    struct docbao_block b = docbao_block_at(a, index);
    put_string(out, "{\"kind\": ", b.kind);
    put_span(out, ", \"span\": ", b.span);
    put_text(out, ", \"text\": ", b.text);
    put(out, ",\n   \"sentences\": [");
    for (uint32_t i = 0; i < b.sentences; i++) {
        put(out, i ? ",\n    " : "\n    ");
        put_sentence(out, a, b.sentence0 + i);
    }
    put(out, "]}");
}

static void put_head(struct out *out, const struct docbao_head *head)
{
    put_text(out, "{\"source\": ", head->name);
    put_string(out, ",\n \"encoding\": {\"name\": ", head->encoding);
    put(out, ", \"confidence\": ");
    put_json(out, json_real(head->confidence));
    put_text(out, "},\n \"title\": ", head->title);
    put_string(out, ",\n \"date\": ", head->date);
    put_text(out, ",\n \"byline\": ", head->byline);
}

static void put_skipped(struct out *out, struct docbao_skipped s)
{
    put_span(out, "{\"span\": ", s.span);
    put_text(out, ", \"text\": ", s.text);
    put_string(out, ", \"reason\": ", s.reason);
    put(out, "}");
}

static void put_diagnostic(struct out *out, struct docbao_diagnostic d)
{
    put_span(out, "{\"span\": ", d.span);
    put_string(out, ", \"kind\": ", d.kind);
    put_string(out, ", \"message\": ", d.message);
    put(out, "}");
}

void json_article(struct out *out, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    put_head(out, &head);
    put(out, ",\n \"blocks\": [");
    for (uint32_t i = 0; i < head.blocks && !out->failure; i++) {
        put(out, i ? ",\n  " : "\n  ");
        put_block(out, a, i);
    }
    put(out, "],\n \"skipped\": [");
    for (uint32_t i = 0; i < head.skipped && !out->failure; i++) {
        put(out, i ? ",\n  " : "\n  ");
        put_skipped(out, docbao_skipped_at(a, i));
    }
    put(out, "],\n \"diagnostics\": [");
    for (uint32_t i = 0; i < head.diagnostics && !out->failure; i++) {
        put(out, i ? ",\n  " : "\n  ");
        put_diagnostic(out, docbao_diagnostic_at(a, i));
    }
    put(out, "]}");
}
