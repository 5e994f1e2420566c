#include "cli/batch/progress.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "cli/batch/log.h"
#include "cli/complain.h"

/* ---- figures ---- */

static double seconds_since(int64_t start_ns)
{
    return (double)(clock_now_ns() - start_ns) / CLOCK_NS_PER_SECOND;
}

static uint32_t finished(const struct progress *p)
{
    uint32_t sum = 0;
    for (unsigned i = 0; i < RESULT_STATUSES; i++)
        sum += p->counts[i];
    return sum;
}

static uint32_t made(const struct progress *p)
{
    return p->counts[RESULT_DONE] + p->counts[RESULT_PART];
}

/* How many times as fast as it is heard. */
static double speed(const struct progress *p)
{
    double taken = p->making_ns ? seconds_since(p->making_ns) : 0;
    return taken > 0 ? p->seconds / taken : 0;
}

/* The time left, if what is left takes as long as what was made; negative: not known yet. */
static double seconds_left(const struct progress *p)
{
    uint32_t worked = made(p) + p->counts[RESULT_FAILED];
    double left = (double)p->sources->all.n - finished(p);
    return worked ? seconds_since(p->making_ns) / worked * left : -1;
}

/* ---- the line on a terminal ---- */

static void add_figures(const struct progress *p, struct buf *line)
{
    double left = seconds_left(p);
    struct buf clock = BUF_INIT;
    progress_line_add(line, "%u of %zu", finished(p), p->sources->all.n);
    if (p->counts[RESULT_FAILED])
        progress_line_add(line, "%u failed", p->counts[RESULT_FAILED]);
    if (speed(p) > 0)
        progress_line_add(line, "%.0f × real time", speed(p));
    if (left >= 0) {
        progress_line_add_clock(&clock, left);
        progress_line_add(line, "%s left", clock.p);
    }
    buf_free(&clock);
    progress_line_add(line, "%s", source_name(p->sources, &p->sources->all.at[p->current]));
}

static void draw(struct progress *p)
{
    struct buf line = BUF_INIT;
    add_figures(p, &line);
    progress_line_draw(&p->line, buf_sv(&line));
    buf_free(&line);
}

/* ---- JSON ---- */

static void put_decimal(struct json_writer *w, double number)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%.2f", number);
    json_literal(w, buf_sv(&text));
    buf_free(&text);
}

static void open_event(struct progress *p, struct json_writer *w, const char *event)
{
    *w = (struct json_writer){.out = &p->cli->out};
    json_open(w, '{');
    json_name(w, "event");
    json_string(w, sv_of(event));
}

static void put_figures(struct progress *p, struct json_writer *w)
{
    json_name(w, "done");
    json_number(w, p->counts[RESULT_DONE]);
    json_name(w, "part");
    json_number(w, p->counts[RESULT_PART]);
    json_name(w, "skipped");
    json_number(w, p->counts[RESULT_SKIPPED]);
    json_name(w, "failed");
    json_number(w, p->counts[RESULT_FAILED]);
    json_name(w, "total");
    json_number(w, p->sources->all.n);
    json_name(w, "sound_s");
    put_decimal(w, p->seconds);
    json_name(w, "elapsed_s");
    put_decimal(w, seconds_since(p->started_ns));
    json_name(w, "speed");
    put_decimal(w, speed(p));
    json_name(w, "left_s");
    if (seconds_left(p) < 0)
        json_literal(w, SV("null"));
    else
        put_decimal(w, seconds_left(p));
}

static void close_event(struct progress *p, struct json_writer *w)
{
    json_close(w, '}');
    out_bytes(w->out, "\n", 1);
    out_flush(&p->cli->out);
}

/* ---- events ---- */

static enum progress_kind kind_of(const struct options *o)
{
    static const enum progress_kind kinds[] = {PROGRESS_LINES, PROGRESS_JSON, PROGRESS_OFF};
    enum progress_kind kind = kinds[o->progress];
    if (kind == PROGRESS_LINES && o->quiet)
        return PROGRESS_OFF;
    return kind == PROGRESS_LINES && progress_line_is_possible() ? PROGRESS_TERMINAL : kind;
}

void progress_begin(struct progress *p, struct cli *c, const struct sources *sources,
                    const char *log, uint32_t jobs)
{
    *p = (struct progress){.kind = kind_of(c->options),
                           .cli = c,
                           .sources = sources,
                           .log = log,
                           .started_ns = clock_now_ns(),
                           .line = PROGRESS_LINE_INIT};
    if (p->kind != PROGRESS_JSON)
        return;
    struct json_writer w;
    open_event(p, &w, "begin");
    json_name(&w, "total");
    json_number(&w, sources->all.n);
    json_name(&w, "jobs");
    json_number(&w, jobs);
    close_event(p, &w);
}

void progress_article(struct progress *p, uint32_t index)
{
    p->current = index;
    if (!p->making_ns)
        p->making_ns = clock_now_ns();
}

static void count(struct progress *p, const struct result *r)
{
    p->counts[r->head.status]++;
    if (r->head.status == RESULT_DONE || r->head.status == RESULT_PART) {
        p->seconds += r->head.seconds;
        p->lost += r->head.lost;
    } else if (r->head.status == RESULT_SKIPPED && finished(p) == p->counts[RESULT_SKIPPED]) {
        p->making_ns = clock_now_ns(); /* what was only looked at tells nothing of the speed */
    }
}

static void remember_failure(struct progress *p, const struct result *r)
{
    if (p->failures.n == PROGRESS_MOST_NAMES)
        return;
    *vec_push(&p->failures) =
        (struct progress_failure){r->head.index, mem_copy(buf_sv(&r->texts[RESULT_MESSAGE]))};
}

static void tell_line(const struct progress *p, const struct result *r)
{
    struct buf clock = BUF_INIT;
    if (r->head.status != RESULT_DONE && r->head.status != RESULT_PART)
        return;
    progress_line_add_clock(&clock, r->head.seconds);
    complain("%u of %zu: %s, %s", finished(p), p->sources->all.n, r->texts[RESULT_OUTPUT].p,
             clock.p);
    buf_free(&clock);
}

/* Most messages name the file themselves. */
static bool is_named(const char *name, const char *message)
{
    return sv_find(sv_of(message), sv_of(name)) >= 0;
}

static void tell_failure(const struct progress *p, const struct result *r)
{
    const char *name = source_name(p->sources, &p->sources->all.at[r->head.index]);
    const char *message = r->texts[RESULT_MESSAGE].p;
    if (is_named(name, message))
        complain_text(sv_of(message));
    else
        complain("%s: %s", name, message);
}

void progress_result(struct progress *p, const struct result *r)
{
    const struct source *source = &p->sources->all.at[r->head.index];
    bool bad = r->head.status == RESULT_FAILED || r->head.status == RESULT_PART;
    count(p, r);
    if (bad) {
        progress_line_erase(&p->line);
        tell_failure(p, r);
    }
    if (r->head.status == RESULT_FAILED)
        remember_failure(p, r);
    if (p->kind == PROGRESS_LINES)
        tell_line(p, r);
    if (p->kind != PROGRESS_JSON)
        return;
    struct json_writer w;
    open_event(p, &w, "article");
    batch_log_put(&w, r, source_name(p->sources, source), source->hash);
    json_name(&w, "progress");
    json_open(&w, '{');
    put_figures(p, &w);
    json_close(&w, '}');
    close_event(p, &w);
}

void progress_tick(struct progress *p)
{
    if (p->kind == PROGRESS_TERMINAL && progress_line_is_due(&p->line))
        draw(p);
}

/* ---- the summary ---- */

static void print_row(struct out *out, const char *label, uint32_t count)
{
    enum { LABEL_CELLS = 10 };
    unsigned cells = (unsigned)utf8_count(sv_of(label));
    if (count)
        out_printf(out, "%s%*s%6u\n", label, cells < LABEL_CELLS ? (int)(LABEL_CELLS - cells) : 1,
                   "", count);
}

static void print_sound(const struct progress *p, struct out *out)
{
    struct buf sound = BUF_INIT, taken = BUF_INIT;
    progress_line_add_clock(&sound, p->seconds);
    progress_line_add_clock(&taken, seconds_since(p->started_ns));
    if (made(p))
        out_message(out, "%s of sound were made in %s: %.0f × real time.", sound.p, taken.p,
                    speed(p));
    buf_free(&sound);
    buf_free(&taken);
}

static void print_failures(const struct progress *p, struct out *out)
{
    uint32_t more = p->counts[RESULT_FAILED] - (uint32_t)p->failures.n;
    if (p->failures.n)
        out_message(out, "not made:");
    for (size_t i = 0; i < p->failures.n; i++) {
        const struct progress_failure *f = &p->failures.at[i];
        const char *name = source_name(p->sources, &p->sources->all.at[f->index]);
        out_printf(out, "  ");
        if (is_named(name, f->why))
            out_message(out, "%s", f->why);
        else
            out_message(out, "%s: %s", name, f->why);
    }
    if (more)
        out_message(out,
                    message_plural("and %u more: the log, %s, names it",
                                   "and %u more: the log, %s, names them", more),
                    more, p->log);
}

static void print_summary(const struct progress *p)
{
    struct out *out = &p->cli->out;
    print_row(out, _("done"), p->counts[RESULT_DONE]);
    print_row(out, _("in part"), p->counts[RESULT_PART]);
    print_row(out, _("skipped"), p->counts[RESULT_SKIPPED]);
    print_row(out, _("failed"), p->counts[RESULT_FAILED]);
    print_row(out, _("left"), (uint32_t)p->sources->all.n - finished(p));
    print_sound(p, out);
    if (p->lost)
        out_message(out,
                    message_plural("%u sentence could not be spoken.",
                                   "%u sentences could not be spoken.", p->lost),
                    p->lost);
    print_failures(p, out);
}

void progress_end(struct progress *p)
{
    progress_line_erase(&p->line);
    if (p->kind == PROGRESS_JSON) {
        struct json_writer w;
        open_event(p, &w, "end");
        put_figures(p, &w);
        close_event(p, &w);
    } else if (!p->cli->options->quiet) {
        print_summary(p);
    }
    for (size_t i = 0; i < p->failures.n; i++)
        free(p->failures.at[i].why);
    vec_free(&p->failures);
    progress_line_free(&p->line);
}
