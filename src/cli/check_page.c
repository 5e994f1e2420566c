/* The page of docbao check: the doubts of each article, then its text; a click plays a sentence. */
#include "base/embedded.h"
#include "base/mem.h"
#include "base/message.h"
#include "cli/check.h"

static void add_character(struct buf *page, char c)
{
    if (c == '"')
        buf_adds(page, "&quot;");
    else
        buf_add_markup(page, (struct sv){&c, 1});
}

/* Control characters are replaced (base/message.h), but for the tab of a lexicon's row. */
static void add_escaped(struct buf *page, struct docbao_text text)
{
    struct buf printable = BUF_INIT;
    struct sv rest = {text.p, text.n};
    while (rest.n) {
        if (printable.n)
            buf_putc(&printable, '\t');
        buf_add_printable(&printable, sv_cut(&rest, '\t'));
    }
    for (size_t i = 0; i < printable.n; i++)
        add_character(page, printable.p[i]);
    buf_free(&printable);
}

static void add_escaped_string(struct buf *page, const char *text)
{
    add_escaped(page, (struct docbao_text){text, strlen(text)});
}

/* <tag lang="vi">text</tag> */
static void add_element(struct buf *page, const char *tag, struct docbao_text text)
{
    buf_addf(page, "<%s lang=\"vi\">", tag);
    add_escaped(page, text);
    buf_addf(page, "</%s>", tag);
}

static void add_asset(struct buf *page, const char *name)
{
    buf_add_sv(page, embedded_find(sv_of(name)));
}

void check_page_begin(struct buf *page, const char *sound)
{
    buf_adds(page, "<!DOCTYPE html>\n<html lang=\"");
    /* Translators: the code of your language, as in HTML and in the name of your file. */
    add_escaped_string(page, _("en"));
    buf_adds(page, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<title>");
    add_escaped_string(page, _("Places to look at"));
    buf_adds(page, "</title>\n<style>\n");
    add_asset(page, "base.css");
    add_asset(page, "check.css");
    buf_adds(
        page,
        "</style>\n</head>\n<body>\n<main>\n<audio controls preload=\"metadata\" aria-label=\"");
    add_escaped_string(page, _("Listen"));
    buf_adds(page, "\" src=\"");
    add_escaped_string(page, sound);
    buf_adds(page, "\"></audio>\n");
}

void check_page_end(struct buf *page)
{
    buf_adds(page, "</main>\n<script>\n");
    add_asset(page, "check.js");
    buf_adds(page, "</script>\n</body>\n</html>\n");
}

/* ---- places in the sound ---- */

/* The end of a sentence: where the next one that was spoken begins. */
static uint64_t end_of_sentence(const struct check_times *times, uint32_t sentence, uint32_t count)
{
    for (uint32_t i = sentence + 1; i < count; i++)
        if (times->sentences[i] != TIME_UNKNOWN)
            return times->sentences[i];
    return times->end;
}

static void add_place(struct buf *page, struct docbao_article *a, const struct check_times *times,
                      uint32_t sentence)
{
    uint64_t from = times->sentences[sentence];
    if (from == TIME_UNKNOWN)
        return;
    uint64_t to = end_of_sentence(times, sentence, docbao_head_of(a).sentences);
    buf_addf(page, " data-from=\"%llu.%03u\" data-to=\"%llu.%03u\"",
             (unsigned long long)(from / 1000), (unsigned)(from % 1000),
             (unsigned long long)(to / 1000), (unsigned)(to % 1000));
}

static void add_play_button(struct buf *page, struct docbao_article *a,
                            const struct check_times *times, const struct docbao_doubt *d)
{
    uint64_t at = check_time(times, d);
    if (at == TIME_UNKNOWN)
        return;
    unsigned minutes = (unsigned)(at / 60000), seconds = (unsigned)(at / 1000 % 60);
    buf_adds(page, "<button type=\"button\"");
    add_place(page, a, times, d->sentence);
    buf_adds(page, " aria-label=\"");
    struct buf label = BUF_INIT;
    buf_addf(&label, _("Play the sentence at %u:%02u"), minutes, seconds);
    add_escaped_string(page, label.p);
    buf_free(&label);
    buf_addf(page, "\">▶ %u:%02u</button> ", minutes, seconds);
}

/* ---- doubts ---- */

static void add_line(struct buf *page, const char *label, const char *tag, struct docbao_text text)
{
    if (!text.n)
        return;
    buf_adds(page, "<p>");
    add_escaped_string(page, label);
    buf_putc(page, ' ');
    add_element(page, tag, text);
    buf_adds(page, "</p>\n");
}

static void add_reason(struct buf *page, const struct docbao_doubt *d)
{
    struct buf reason = BUF_INIT;
    buf_adds(page, "<p>");
    if (*d->why && d->token == DOCBAO_NO_TOKEN)
        buf_addf(&reason, "%s: %s", d->kind_name, d->why);
    else
        buf_adds(&reason, d->kind_name);
    if (d->count > 1)
        buf_addf(&reason, " × %u", d->count);
    add_escaped_string(page, reason.p);
    buf_adds(page, "</p>\n");
    buf_free(&reason);
}

static void add_doubt(struct buf *page, struct docbao_article *a, const struct check_times *times,
                      uint32_t index)
{
    struct docbao_doubt d = docbao_doubt_at(a, index);
    buf_adds(page, "<li>");
    add_play_button(page, a, times, &d);
    if (d.written.n)
        add_element(page, "b", d.written);
    if (d.spoken.n) {
        buf_adds(page, " → ");
        add_element(page, "i", d.spoken);
    }
    add_reason(page, &d);
    add_line(page, _("otherwise:"), "i", d.other);
    add_line(page, _("lexicon:"), "code", d.lexicon);
    buf_adds(page, "</li>\n");
}

/* ---- text ---- */

/* Marks the tokens of the article that are doubts. The caller frees the result. */
static bool *doubted_tokens(struct docbao_article *a, uint32_t doubts)
{
    bool *doubted = mem_zalloc(docbao_head_of(a).tokens + 1);
    for (uint32_t i = 0; i < doubts; i++) {
        uint32_t token = docbao_doubt_at(a, i).token;
        if (token != DOCBAO_NO_TOKEN)
            doubted[token] = true;
    }
    return doubted;
}

/* The text of the sentence with its doubts marked. Its tokens are in it in their order. */
static void add_marked(struct buf *page, struct docbao_article *a, const struct docbao_sentence *s,
                       const bool *doubted)
{
    struct docbao_text rest = s->written;
    for (uint32_t i = 0; i < s->tokens; i++) {
        struct docbao_token t = docbao_token_at(a, s->token0 + i);
        ptrdiff_t at = sv_find((struct sv){rest.p, rest.n}, (struct sv){t.written.p, t.written.n});
        if (at < 0)
            continue;
        add_escaped(page, (struct docbao_text){rest.p, (size_t)at});
        if (doubted[s->token0 + i])
            add_element(page, "mark", t.written);
        else
            add_escaped(page, t.written);
        rest.p += (size_t)at + t.written.n;
        rest.n -= (size_t)at + t.written.n;
    }
    add_escaped(page, rest);
}

static void add_block(struct buf *page, struct docbao_article *a, uint32_t index,
                      const struct check_times *times, const bool *doubted)
{
    struct docbao_block block = docbao_block_at(a, index);
    const char *tag = strcmp(block.kind, "title") == 0     ? "h2"
                      : strcmp(block.kind, "heading") == 0 ? "h3"
                                                           : "p";
    buf_addf(page, "<%s>", tag);
    for (uint32_t i = 0; i < block.sentences; i++) {
        struct docbao_sentence s = docbao_sentence_at(a, block.sentence0 + i);
        buf_adds(page, "<span class=\"sentence\"");
        add_place(page, a, times, block.sentence0 + i);
        buf_putc(page, '>');
        add_marked(page, a, &s, doubted);
        buf_adds(page, "</span> ");
    }
    buf_addf(page, "</%s>\n", tag);
}

void check_page_add(struct buf *page, struct docbao_article *a, uint32_t doubts,
                    const struct check_times *times)
{
    struct docbao_head head = docbao_head_of(a);
    add_element(page, "h1", head.title.n ? head.title : head.name);
    buf_adds(page, "\n<ol class=\"doubts\">\n");
    for (uint32_t i = 0; i < doubts; i++)
        add_doubt(page, a, times, i);
    buf_adds(page, "</ol>\n<div class=\"article\" lang=\"vi\">\n");
    bool *doubted = doubted_tokens(a, doubts);
    for (uint32_t i = 0; i < docbao_head_of(a).blocks; i++)
        add_block(page, a, i, times, doubted);
    free(doubted);
    buf_adds(page, "</div>\n");
}
