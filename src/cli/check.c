/* docbao check: what an editor should look at before an article is heard. */
#include "cli/check.h"

#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/replacement.h"
#include "base/system_text.h"

struct check {
    struct cli *cli;
    int next; /* of the files */
    struct docbao_stats stats;
    struct check_times times; /* of the article that is spoken */
    uint32_t articles, doubts;
    bool failed;     /* an article could not be checked */
    struct buf page; /* of --html */
};

/* ---- times ---- */

static uint64_t now_ms(const struct check *k)
{
    return k->stats.rate ? k->stats.frames * 1000 / k->stats.rate : 0;
}

static uint64_t *unknown_times(uint32_t count)
{
    uint64_t *times = mem_zalloc(((size_t)count + 1) * sizeof *times);
    for (uint32_t i = 0; i <= count; i++)
        times[i] = TIME_UNKNOWN;
    return times;
}

static void begin_times(struct check *k, struct docbao_article *a)
{
    struct docbao_head head = docbao_head_of(a);
    k->times = (struct check_times){.sentences = unknown_times(head.sentences),
                                    .tokens = unknown_times(head.tokens)};
}

static void free_times(struct check *k)
{
    free(k->times.sentences);
    free(k->times.tokens);
    k->times = (struct check_times){.sentences = NULL};
}

uint64_t check_time(const struct check_times *times, const struct docbao_doubt *d)
{
    if (d->token != DOCBAO_NO_TOKEN && times->tokens[d->token] != TIME_UNKNOWN)
        return times->tokens[d->token];
    return d->sentence == DOCBAO_NO_SENTENCE ? TIME_UNKNOWN : times->sentences[d->sentence];
}

static void begin_sentence(void *user, struct docbao_article *a, uint32_t sentence)
{
    struct check *k = user;
    if (!k->times.sentences) {
        begin_times(k, a);
        k->times.begin = now_ms(k);
    }
    k->times.sentences[sentence] = now_ms(k);
}

static void begin_word(void *user, struct docbao_article *a, uint32_t sentence, uint32_t token,
                       struct docbao_span span)
{
    struct check *k = user;
    (void)a;
    (void)sentence;
    (void)span;
    if (token != DOCBAO_NO_TOKEN && k->times.tokens[token] == TIME_UNKNOWN)
        k->times.tokens[token] = now_ms(k);
}

/* ---- as text ---- */

static void print_time(struct check *k, const struct docbao_doubt *d)
{
    uint64_t at = check_time(&k->times, d);
    if (at == TIME_UNKNOWN)
        return;
    at -= k->times.begin;
    out_printf(&k->cli->out, "%u:%02u ", (unsigned)(at / 60000), (unsigned)(at / 1000 % 60));
}

static void print_reading(struct out *out, const struct docbao_doubt *d)
{
    if (d->spoken.n)
        out_message(out, "line %u: %.*s → %.*s", d->line, TEXT_ARG(d->written),
                    TEXT_ARG(d->spoken));
    else if (d->line)
        out_message(out, "line %u: %.*s", d->line, TEXT_ARG(d->written));
    else
        out_message(out, "%s", d->kind_name);
}

static void print_indent(struct out *out)
{
    out_bytes(out, "    ", 4);
}

/* Of what is a token, the rule says no more than the kind. */
static void print_kind(struct out *out, const struct docbao_doubt *d)
{
    bool reason = *d->why && d->token == DOCBAO_NO_TOKEN;
    print_indent(out);
    if (d->count > 1)
        out_message(out, "%s; %u times", d->kind_name, d->count);
    else if (reason)
        out_message(out, "%s: %s", d->kind_name, d->why);
    else
        out_message(out, "%s", d->kind_name);
}

/* A tab of the text stays one. */
static void print_labelled(struct out *out, const char *label, struct docbao_text text)
{
    struct sv rest = {text.p, text.n};
    if (!text.n)
        return;
    print_indent(out);
    out_printf(out, "%s ", label);
    while (rest.n) {
        struct sv cell = sv_cut(&rest, '\t');
        out_printable(out, (struct docbao_text){cell.p, cell.n});
        out_bytes(out, "\t", rest.n > 0);
    }
    out_bytes(out, "\n", 1);
}

static void print_doubt(struct check *k, struct docbao_article *a, uint32_t index)
{
    struct out *out = &k->cli->out;
    struct docbao_doubt d = docbao_doubt_at(a, index);
    print_time(k, &d);
    print_reading(out, &d);
    print_kind(out, &d);
    print_labelled(out, _("otherwise:"), d.other);
    if (d.token != DOCBAO_NO_TOKEN)
        print_labelled(out, _("in:"), docbao_sentence_at(a, d.sentence).written);
    print_labelled(out, _("lexicon:"), d.lexicon);
}

static void print_doubts(struct check *k, struct docbao_article *a, uint32_t count)
{
    struct docbao_head head = docbao_head_of(a);
    if (k->articles)
        out_bytes(&k->cli->out, "\n", 1);
    out_message(&k->cli->out,
                message_plural("%.*s: %u place to look at", "%.*s: %u places to look at", count),
                TEXT_ARG(head.name), count);
    for (uint32_t i = 0; i < count && !k->cli->out.failure; i++)
        print_doubt(k, a, i);
}

/* ---- as JSON ---- */

static void put_text(struct json_writer *w, struct docbao_text text)
{
    json_string(w, text.n ? cli_view(text) : (struct sv){NULL, 0});
}

static void put_time(struct json_writer *w, const struct check *k, const struct docbao_doubt *d)
{
    uint64_t at = check_time(&k->times, d);
    if (at == TIME_UNKNOWN)
        json_string(w, (struct sv){NULL, 0});
    else
        json_number(w, at - k->times.begin);
}

static void put_doubt(struct check *k, struct json_writer *w, struct docbao_article *a,
                      uint32_t index)
{
    struct docbao_doubt d = docbao_doubt_at(a, index);
    json_open(w, '{');
    json_name(w, "kind");
    json_string(w, sv_of(d.kind));
    json_name(w, "why");
    json_string(w, sv_of(d.why));
    json_put_place(w, d.member, d.span);
    json_name(w, "line");
    json_number(w, d.line);
    json_name(w, "time_ms");
    put_time(w, k, &d);
    json_name(w, "written");
    put_text(w, d.written);
    json_name(w, "spoken");
    put_text(w, d.spoken);
    json_name(w, "other");
    put_text(w, d.other);
    json_name(w, "lexicon");
    put_text(w, d.lexicon);
    json_name(w, "count");
    json_number(w, d.count);
    json_name(w, "sentence");
    put_text(w, d.sentence == DOCBAO_NO_SENTENCE ? (struct docbao_text){NULL, 0}
                                                 : docbao_sentence_at(a, d.sentence).written);
    json_close(w, '}');
}

static void put_doubts(struct check *k, struct docbao_article *a, uint32_t count)
{
    struct json_writer *w = &k->cli->json;
    struct docbao_head head = docbao_head_of(a);
    json_open(w, '{');
    json_name(w, "source");
    json_string(w, cli_view(head.name));
    json_name(w, "title");
    put_text(w, head.title);
    json_name(w, "doubts");
    json_open(w, '[');
    for (uint32_t i = 0; i < count && !k->cli->out.failure; i++)
        put_doubt(k, w, a, i);
    json_close(w, ']');
    json_close(w, '}');
}

/* ---- articles ---- */

static struct docbao_article *next_article(void *user)
{
    struct check *k = user;
    const struct options *o = k->cli->options;
    struct docbao_article *a = NULL;
    while (!a && k->next < o->file_count && !k->cli->misused && !*k->cli->stop)
        a = cli_open(k->cli, o->files[k->next++]);
    if (a)
        cli_tell_lexicon(k->cli, a);
    return a;
}

/* Its last sentence was spoken, or it had none, or nothing was spoken at all. */
static void finish_article(void *user, struct docbao_article *a)
{
    struct check *k = user;
    uint32_t count = 0;
    if (!k->times.sentences)
        begin_times(k, a);
    k->times.end = now_ms(k);
    if (*k->cli->stop)
        count = 0;
    else if (docbao_check(k->cli->docbao, a, &count) != DOCBAO_OK) {
        cli_tell_error(k->cli);
        k->failed = true;
    } else if (k->cli->options->html) {
        check_page_add(&k->page, a, count, &k->times);
    } else if (k->cli->options->json) {
        put_doubts(k, a, count);
    } else {
        print_doubts(k, a, count);
    }
    k->articles++;
    k->doubts += count;
    free_times(k);
    docbao_close(a);
}

/* Checks the articles without speaking them. `why`: of the voice that does not work. */
static enum docbao_status check_silently(struct check *k, const char *why)
{
    struct docbao_article *a = next_article(k);
    if (!a)
        return DOCBAO_OK; /* each file was reported */
    cli_message(k->cli, "%s", why);
    cli_message(k->cli, "The articles are checked without the voice: times are not known.");
    for (; a; a = next_article(k))
        finish_article(k, a);
    return DOCBAO_OK;
}

/* Speaks all articles, so that times are known and sentences that are lost. Where no voice works,
 * they are checked all the same. */
static enum docbao_status check_articles(struct check *k, const char *sound)
{
    struct docbao_speech speech = {
        .target = sound,
        .next = next_article,
        .done = finish_article,
        .sentence = begin_sentence,
        .word = begin_word,
        .user = k,
    };
    enum docbao_status status = docbao_speak(k->cli->docbao, &speech, &k->stats);
    if (status != DOCBAO_USAGE || k->next || sound)
        return status;
    char *why = mem_copy(sv_of(docbao_last_error(k->cli->docbao)->message));
    status = check_silently(k, why);
    free(why);
    return status;
}

/* ---- the verb ---- */

static int code_of(const struct check *k, enum docbao_status status)
{
    if (status == DOCBAO_STOPPED || *k->cli->stop)
        return EXIT_SIGNAL;
    if (status == DOCBAO_USAGE || k->failed)
        return EXIT_USAGE;
    if (status == DOCBAO_OUTPUT)
        return EXIT_NOTHING;
    int code = cli_files_code(k->cli);
    if (code != EXIT_DONE || !k->doubts || !k->cli->options->strict)
        return code;
    cli_message(k->cli,
                message_plural("%u place should be looked at.", "%u places should be looked at.",
                               k->doubts),
                k->doubts);
    return EXIT_PART;
}

static int check_as_page(struct check *k)
{
    const char *path = k->cli->options->html;
    struct buf sound = BUF_INIT, address = BUF_INIT;
    file_add_beside(&sound, path, ".wav");
    file_add_address(&address, sound.p);
    check_page_begin(&k->page, address.p);
    *k->cli->on_signal = SIGNAL_ONLY_STOPS;
    enum docbao_status status = check_articles(k, sound.p);
    *k->cli->on_signal = SIGNAL_EXITS;
    check_page_end(&k->page);
    int code = cli_speech_code(k->cli, status, k->stats.frames, k->stats.rate);
    if (k->articles && code != EXIT_SIGNAL && !file_replace(path, buf_sv(&k->page))) {
        cli_message(k->cli, "“%s” cannot be written: %s.", path, system_error(errno));
        code = EXIT_NOTHING;
    }
    if (code == EXIT_DONE || code == EXIT_PART)
        code = code_of(k, status);
    buf_free(&address);
    buf_free(&sound);
    return code;
}

static int check_as_text(struct check *k)
{
    bool array = k->cli->options->json && k->cli->options->many;
    k->cli->json = (struct json_writer){.out = &k->cli->out};
    if (array)
        json_open(&k->cli->json, '[');
    enum docbao_status status = check_articles(k, NULL);
    if (array)
        json_close(&k->cli->json, ']');
    if (k->cli->options->json && (array || k->articles))
        out_bytes(&k->cli->out, "\n", 1);
    bool told = status == DOCBAO_OK || status == DOCBAO_STOPPED || status == DOCBAO_PARTIAL ||
                status == DOCBAO_INPUT; /* nothing to speak: each file was reported */
    if (!told)
        cli_tell_error(k->cli);
    return code_of(k, status);
}

int verb_check(struct cli *c)
{
    struct check k = {.cli = c, .page = BUF_INIT};
    if (c->options->html && c->options->json)
        return usage_error("choose one of --html and --json");
    int code = c->options->html ? check_as_page(&k) : check_as_text(&k);
    buf_free(&k.page);
    return code;
}
