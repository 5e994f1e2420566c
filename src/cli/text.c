#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"

static void print_line(struct out *out, struct docbao_text text)
{
    if (!text.n)
        return;
    out_text(out, text);
    out_bytes(out, "\n", 1);
}

/* Prints what is in front of the blocks of an article; `before`: articles printed already. */
static void begin_json(struct cli *c, struct docbao_article *a, int before)
{
    if (c->options->many)
        out_printf(&c->out, before ? ",\n" : "");
    c->json = (struct json_writer){.out = &c->out};
    json_begin_article(&c->json, a);
}

void text_block(void *user, struct docbao_article *a, uint32_t index)
{
    struct cli *c = user;
    if (c->out.failure)
        return;
    if (c->options->json) {
        if (!index)
            begin_json(c, a, c->read);
        json_put_block(&c->json, a, index);
        return;
    }
    struct docbao_block block = docbao_block_at(a, index);
    for (uint32_t j = 0; j < block.sentences; j++) {
        struct docbao_sentence s = docbao_sentence_at(a, block.sentence0 + j);
        print_line(&c->out, c->options->written ? s.written : s.spoken);
    }
}

static void explain_token(struct cli *c, const struct docbao_token *t)
{
    struct docbao_text spoken = cli_without_pause(t->spoken);
    const char *rule = cli_rule(t);
    if (*rule)
        out_message(&c->out, "line %u: %.*s → %.*s (%s, %s)", t->line, TEXT_ARG(t->written),
                    TEXT_ARG(spoken), t->kind_name, rule);
    else
        out_message(&c->out, "line %u: %.*s → %.*s (%s)", t->line, TEXT_ARG(t->written),
                    TEXT_ARG(spoken), t->kind_name);
}

/* Below the sentence, its tokens that are not read as they are written; nothing if there are none.
 */
static void explain_sentence(struct cli *c, struct docbao_article *a, uint32_t index)
{
    struct docbao_sentence s = docbao_sentence_at(a, index);
    bool begun = false;
    for (uint32_t i = 0; i < s.tokens; i++) {
        struct docbao_token t = docbao_token_at(a, s.token0 + i);
        if (!t.changed)
            continue;
        if (!begun) {
            out_bytes(&c->out, "\n", 1);
            out_message(&c->out, "sentence, line %u: %.*s", s.line, TEXT_ARG(s.written));
        }
        begun = true;
        explain_token(c, &t);
    }
}

static void explain_skipped(struct cli *c, struct docbao_article *a, uint32_t count)
{
    if (!count)
        return;
    out_bytes(&c->out, "\n", 1);
    out_message(&c->out, "not read:");
    for (uint32_t i = 0; i < count && !c->out.failure; i++) {
        struct docbao_skipped s = docbao_skipped_at(a, i);
        out_message(&c->out, "line %u: %.*s (%s)", s.line, TEXT_ARG(s.text), s.reason_name);
    }
}

static void explain_diagnostics(struct cli *c, struct docbao_article *a, uint32_t count)
{
    if (!count)
        return;
    out_bytes(&c->out, "\n", 1);
    out_message(&c->out, "notes:");
    for (uint32_t i = 0; i < count && !c->out.failure; i++) {
        struct docbao_diagnostic d = docbao_diagnostic_at(a, i);
        if (d.line)
            out_message(&c->out, "line %u: %s (%s)", d.line, d.message, d.kind_name);
        else
            out_message(&c->out, "%s (%s)", d.message, d.kind_name);
    }
}

static void explain(struct cli *c, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    out_message(&c->out, "source: %.*s", TEXT_ARG(head.name));
    out_message(&c->out, "encoding: %s, %.0f percent sure", head.encoding, head.confidence * 100);
    for (uint32_t i = 0; i < head.blocks && !c->out.failure; i++) {
        struct docbao_block block = docbao_block_at(a, i);
        for (uint32_t j = 0; j < block.sentences; j++)
            explain_sentence(c, a, block.sentence0 + j);
    }
    explain_skipped(c, a, head.skipped);
    explain_diagnostics(c, a, head.diagnostics);
}

/* The totals that --time prints for a file, or for all of them. */
struct length {
    uint64_t ms;
    uint32_t last_pause_ms; /* after the last sentence, where no pause is made */
    uint32_t sentences, words;
};

static void print_length(struct cli *c, const struct length *l, struct docbao_text name)
{
    uint64_t seconds = (l->ms - l->last_pause_ms + 500) / 1000;
    if (seconds >= 3600)
        out_printf(&c->out, "%" PRIu64 ":%02u:", seconds / 3600, (unsigned)(seconds / 60 % 60));
    else
        out_printf(&c->out, "%u:", (unsigned)(seconds / 60));
    out_printf(&c->out, "%02u\t%u\t%u\t", (unsigned)(seconds % 60), l->sentences, l->words);
    out_message(&c->out, "%.*s", TEXT_ARG(name));
}

static uint32_t count_words(struct docbao_text spoken)
{
    uint32_t words = spoken.n > 0;
    for (size_t i = 0; i < spoken.n; i++)
        words += spoken.p[i] == ' ';
    return words;
}

static void tell_length(struct cli *c, struct docbao_article *a, struct length *total)
{
    struct docbao_head head = docbao_head_of(a);
    uint32_t percent = c->options->rate ? (uint32_t)c->options->rate : 100;
    struct length l = {.sentences = head.sentences};
    l.ms = docbao_time_ms(a, 0, head.sentences, percent);
    for (uint32_t i = 0; i < head.sentences; i++) {
        struct docbao_sentence s = docbao_sentence_at(a, i);
        l.words += count_words(s.spoken);
        l.last_pause_ms = docbao_pause_ms(s.pause_ms, percent);
    }
    print_length(c, &l, head.name);
    uint32_t between = docbao_article_pause_ms(c->docbao, percent);
    if (total->sentences && l.sentences && between > total->last_pause_ms)
        total->ms += between - total->last_pause_ms;
    total->ms += l.ms;
    total->last_pause_ms = l.sentences ? l.last_pause_ms : total->last_pause_ms;
    total->sentences += l.sentences;
    total->words += l.words;
}

/* Prints what is not printed by text_block. */
static void print_article(struct cli *c, struct docbao_article *a, struct length *total)
{
    if (c->options->json || c->options->explain)
        cli_tell_lexicon(c, a);
    if (c->options->json) {
        if (!docbao_head_of(a).blocks)
            begin_json(c, a, c->read - 1);
        json_end_article(&c->json, a);
    } else if (c->options->explain) {
        if (c->read > 1)
            out_printf(&c->out, "\n");
        explain(c, a);
    } else if (c->options->time) {
        cli_tell_notes(c, a, 0);
        tell_length(c, a, total);
    } else {
        cli_tell_notes(c, a, 0);
    }
}

int verb_text(struct cli *c)
{
    const struct options *o = c->options;
    struct length total = {0};
    if (o->written + o->json + o->explain + o->time > 1)
        return usage_error("choose one of --written, --json, --explain and --time");
    bool array = o->json && o->many;
    if (array)
        out_printf(&c->out, "[");
    for (int i = 0; i < o->file_count && !c->out.failure && !c->misused; i++) {
        struct docbao_article *a = cli_open(c, o->files[i]);
        if (!a)
            continue;
        print_article(c, a, &total);
        docbao_close(a);
    }
    if (o->time && c->read && o->many)
        print_length(c, &total, (struct docbao_text){"total", 5});
    if (array || (o->json && c->read))
        out_printf(&c->out, array ? "]\n" : "\n");
    return cli_files_code(c);
}
