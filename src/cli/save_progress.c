#include "cli/save_progress.h"

#include "base/clock.h"
#include "base/message.h"
#include "cli/complain.h"

enum { PERCENT = 100, LEAST_SHARE = 2 /* percent, before the time left can be told */ };

static enum save_progress_kind kind_of(const struct options *o)
{
    enum { AUTO, JSON, OFF };
    if (o->progress == JSON)
        return SAVE_PROGRESS_JSON;
    bool wanted = o->progress == AUTO && !o->quiet && progress_line_is_possible();
    return wanted ? SAVE_PROGRESS_TERMINAL : SAVE_PROGRESS_OFF;
}

static void take_message(void *user, const char *text)
{
    struct save_progress *p = user;
    progress_line_erase(&p->line);
    complain_text(sv_of(text));
}

void save_progress_begin(struct save_progress *p, struct cli *c, uint32_t count)
{
    *p = (struct save_progress){.cli = c,
                                .kind = kind_of(c->options),
                                .line = PROGRESS_LINE_INIT,
                                .started_ns = clock_now_ns(),
                                .count = count};
    if (p->kind != SAVE_PROGRESS_TERMINAL)
        return;
    c->message = take_message;
    c->message_user = p;
}

/* ---- figures ---- */

static double elapsed(const struct save_progress *p)
{
    return (double)(clock_now_ns() - p->started_ns) / CLOCK_NS_PER_SECOND;
}

/* Of the article, 0 to 1. */
static double share_of_article(const struct save_progress *p, uint32_t sentence)
{
    struct docbao_block b = docbao_block_at(p->article, p->block);
    double inside = b.sentences ? (double)(sentence - b.sentence0) / b.sentences : 0;
    return p->all ? ((double)p->before + inside * b.span.len) / (double)p->all : 0;
}

/* Of all articles, each taken for as long as the others; negative: not known. */
static double share_of_all(const struct save_progress *p, double share)
{
    return p->count ? (p->number - 1 + share) / p->count : -1;
}

/* Seconds left if what is left takes as long as what was made; negative: not known yet. */
static double left(const struct save_progress *p, double share)
{
    return share * PERCENT < LEAST_SHARE ? -1 : elapsed(p) / share - elapsed(p);
}

/* ---- what is shown ---- */

static void draw(struct save_progress *p, double share)
{
    struct buf line = BUF_INIT, clock = BUF_INIT;
    double of_all = share_of_all(p, share);
    double rest = left(p, of_all);
    if (p->count != 1 && p->count)
        progress_line_add(&line, "%u of %u", p->number, p->count);
    else if (!p->count)
        progress_line_add(&line, "article %u", p->number);
    progress_line_add(&line, "%.0f %%", PERCENT * share);
    if (rest >= 0) {
        progress_line_add_clock(&clock, rest);
        progress_line_add(&line, "%s left", clock.p);
    }
    progress_line_add(&line, "%.*s", TEXT_ARG(docbao_head_of(p->article).name));
    progress_line_draw(&p->line, buf_sv(&line));
    buf_free(&line);
    buf_free(&clock);
}

static void put_decimal(struct json_writer *w, double number)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%.3f", number);
    json_literal(w, number < 0 ? SV("null") : buf_sv(&text));
    buf_free(&text);
}

static void open_event(struct save_progress *p, struct json_writer *w, const char *event)
{
    *w = (struct json_writer){.out = &p->cli->out};
    json_open(w, '{');
    json_name(w, "event");
    json_string(w, sv_of(event));
}

static void close_event(struct save_progress *p, struct json_writer *w)
{
    json_name(w, "elapsed_s");
    put_decimal(w, elapsed(p));
    json_close(w, '}');
    out_bytes(w->out, "\n", 1);
    out_flush(&p->cli->out);
}

static void print_share(struct save_progress *p, double share)
{
    struct json_writer w;
    double of_all = share_of_all(p, share);
    open_event(p, &w, "progress");
    json_name(&w, "name");
    json_string(&w, cli_view(docbao_head_of(p->article).name));
    json_name(&w, "article");
    json_number(&w, p->number);
    json_name(&w, "articles");
    if (p->count)
        json_number(&w, p->count);
    else
        json_literal(&w, SV("null"));
    json_name(&w, "share");
    put_decimal(&w, share);
    json_name(&w, "left_s");
    put_decimal(&w, left(p, of_all));
    close_event(p, &w);
}

/* ---- events ---- */

static void begin_article(struct save_progress *p, struct docbao_article *a)
{
    p->number++;
    p->article = a;
    p->block = 0;
    p->before = p->all = 0;
    if (p->kind == SAVE_PROGRESS_OFF)
        return;
    uint32_t blocks = docbao_head_of(a).blocks;
    for (uint32_t i = 0; i < blocks; i++)
        p->all += docbao_block_at(a, i).span.len;
}

/* To the block of the sentence: one that was read, and so has sentences. */
static void find_block(struct save_progress *p, uint32_t sentence)
{
    uint32_t blocks = docbao_head_of(p->article).blocks;
    while (p->block + 1 < blocks) {
        struct docbao_block b = docbao_block_at(p->article, p->block);
        if (b.sentences && sentence - b.sentence0 < b.sentences)
            return;
        p->before += b.span.len;
        p->block++;
    }
}

void save_progress_done(struct save_progress *p, const struct docbao_article *a)
{
    if (p->article == a)
        p->article = NULL;
}

void save_progress_sentence(struct save_progress *p, struct docbao_article *a, uint32_t sentence)
{
    if (a != p->article)
        begin_article(p, a);
    if (p->kind == SAVE_PROGRESS_OFF || !progress_line_is_due(&p->line))
        return;
    find_block(p, sentence);
    double share = share_of_article(p, sentence);
    if (p->kind == SAVE_PROGRESS_TERMINAL) {
        draw(p, share);
        return;
    }
    print_share(p, share);
    p->line.drawn_ns = clock_now_ns();
}

void save_progress_end(struct save_progress *p, const struct docbao_stats *stats)
{
    struct json_writer w;
    progress_line_erase(&p->line);
    progress_line_free(&p->line);
    if (p->kind == SAVE_PROGRESS_TERMINAL)
        p->cli->message = NULL;
    if (p->kind != SAVE_PROGRESS_JSON)
        return;
    open_event(p, &w, "end");
    json_name(&w, "sentences");
    json_number(&w, stats->sentences);
    json_name(&w, "lost");
    json_number(&w, stats->lost);
    json_name(&w, "sound_s");
    put_decimal(&w, stats->rate ? (double)stats->frames / stats->rate : 0);
    close_event(p, &w);
}
