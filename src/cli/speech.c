#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/save_progress.h"

enum { PROGRESS_AS_JSON = 1 }; /* of the words of --progress */

struct speech {
    struct cli *cli;
    const struct queue *queue;
    struct docbao_article *last; /* whose sentence began last */
    uint32_t last_sentence;
    uint32_t told; /* diagnostics of the article that was opened last */
    struct save_progress progress;
};

static struct docbao_article *next_article(void *user)
{
    struct speech *s = user;
    struct docbao_article *a = s->queue->next(s->cli, s->queue->user);
    if (!a)
        return NULL;
    cli_tell_notes(s->cli, a, 0);
    s->told = docbao_head_of(a).diagnostics;
    /* From here on there is a file to be removed. */
    *s->cli->on_signal = SIGNAL_ONLY_STOPS;
    return a;
}

/* An article is read to its end before the next one is opened. */
static void tell_rest(void *user, struct docbao_article *a)
{
    const struct speech *s = user;
    cli_tell_notes(s->cli, a, s->told);
}

/* `done` also comes after a stop: an article was written only if its last sentence began. */
static void done_article(void *user, struct docbao_article *a)
{
    struct speech *s = user;
    bool to_the_end = s->last == a && s->last_sentence + 1 == docbao_head_of(a).sentences;
    if (s->queue->heard && to_the_end && !*s->cli->stop)
        s->queue->heard(s->cli, s->queue->user, a);
    save_progress_done(&s->progress, a);
    docbao_close(a);
}

static void begin_sentence(void *user, struct docbao_article *a, uint32_t sentence)
{
    struct speech *s = user;
    s->last = a;
    s->last_sentence = sentence;
    save_progress_sentence(&s->progress, a, sentence);
}

void cli_tell_lost(struct cli *c, struct docbao_article *a, uint32_t sentence, const char *why)
{
    if (c->options->quiet)
        return;
    struct docbao_text name = docbao_head_of(a).name;
    cli_message(c, "%.*s:%u: a sentence could not be spoken: %s", (int)name.n, name.p,
                docbao_sentence_at(a, sentence).line, why);
}

static void lose_sentence(void *user, struct docbao_article *a, uint32_t sentence, const char *why)
{
    const struct speech *s = user;
    cli_tell_lost(s->cli, a, sentence, why);
}

static void print_stats(const struct cli *c, const struct docbao_stats *stats)
{
    double first_ms = 0;
    if (stats->first_block_ns > c->started_ns)
        first_ms = (double)(stats->first_block_ns - c->started_ns) / 1e6;
    fprintf(stderr,
            "{\"first_block_ms\": %.3f, \"sentences\": %u, \"frames\": %llu, \"rate\": %u, "
            "\"lost\": %u, \"cached\": %u",
            first_ms, stats->sentences, (unsigned long long)stats->frames, stats->rate, stats->lost,
            stats->cached);
    if (stats->levelled)
        fprintf(stderr,
                ", \"loudness\": %.2f, \"peak\": %.2f, \"gain_db\": %.2f, \"most_cut_db\": %.2f",
                stats->loudness, stats->peak, stats->gain_db, stats->most_cut_db);
    fprintf(stderr, "}\n");
}

/* A limiter that takes much away can be heard. */
static void tell_level(const struct cli *c, const struct docbao_stats *stats)
{
    if (stats->levelled && !c->options->quiet)
        cli_message(c,
                    "The loudness is %.1f LUFS, after a gain of %.1f dB; the limiter took at most "
                    "%.1f dB from a peak.",
                    stats->loudness, stats->gain_db, stats->most_cut_db);
}

void cli_tell_saved(const struct cli *c, const struct docbao_stats *stats)
{
    tell_level(c, stats);
    if (c->options->stats)
        print_stats(c, stats);
}

static int code_of(const struct cli *c, enum docbao_status status, uint64_t frames, uint32_t rate)
{
    switch (status) {
    case DOCBAO_OK:
        return cli_files_code(c);
    case DOCBAO_USAGE:
        return EXIT_USAGE;
    case DOCBAO_PARTIAL:
        return EXIT_PART;
    case DOCBAO_STOPPED:
        return EXIT_SIGNAL;
    case DOCBAO_DEVICE:
        /* A device may hold half a second that it never played. */
        return frames > rate / 2 ? EXIT_PART : EXIT_NOTHING;
    case DOCBAO_INPUT:
    case DOCBAO_OUTPUT:
        break;
    }
    return EXIT_NOTHING;
}

int cli_speech_code(struct cli *c, enum docbao_status status, uint64_t frames, uint32_t rate)
{
    /* If no file could be read, the error of each was printed before. */
    bool told = status == DOCBAO_STOPPED || (status == DOCBAO_INPUT && c->failed && !c->read);
    if (status && !told)
        cli_tell_error(c);
    return c->misused ? EXIT_USAGE : code_of(c, status, frames, rate);
}

/* The file stays as it is until the new one is whole, so there is time to think better of it. */
static void tell_replaced(const struct cli *c, const char *target)
{
    struct stat info;
    bool there = stat(target, &info) == 0 && S_ISREG(info.st_mode);
    if (there && isatty(STDERR_FILENO) && !c->options->quiet && !c->options->watch)
        cli_message(c,
                    "“%s” is there already, and is replaced once the new sound is whole; Ctrl+C "
                    "keeps it",
                    target);
}

int cli_save(struct cli *c, const struct queue *queue, const char *target,
             struct docbao_stats *given)
{
    struct speech s = {.cli = c, .queue = queue};
    const struct options *o = c->options;
    struct docbao_output output;
    int code = cli_output(c, target, &output);
    if (code)
        return code;
    if (strcmp(target, "-") == 0 && o->progress == PROGRESS_AS_JSON)
        return usage_error("--progress json and -o - would both print to standard output");
    tell_replaced(c, target);
    save_progress_begin(&s.progress, c, queue->count);
    struct docbao_speech speech = {
        .target = target,
        .output = &output,
        .tags = {.title = o->title,
                 .author = o->author,
                 .comment = o->comment,
                 .date = o->date,
                 .cover = o->cover,
                 .none = o->no_tags},
        .captions = o->captions,
        .hold_sound = o->single,
        .next = next_article,
        .read = tell_rest,
        .done = done_article,
        .sentence = begin_sentence,
        .lost = lose_sentence,
        .user = &s,
    };
    struct docbao_stats own, *stats = given ? given : &own;
    enum docbao_status status = docbao_speak(c->docbao, &speech, stats);
    *c->on_signal = SIGNAL_EXITS;
    save_progress_end(&s.progress, stats);
    cli_tell_saved(c, stats);
    return cli_speech_code(c, status, stats->frames, stats->rate);
}
