#include <stdio.h>

#include "cli/cli.h"

struct speech {
    struct cli *cli;
    const struct queue *queue;
    enum docbao_destination to;
    void (*sentence)(void *cli, struct docbao_article *a, uint32_t sentence);
    struct docbao_article *last; /* whose sentence began last */
    uint32_t last_sentence;
};

static struct docbao_article *next_article(void *user)
{
    struct speech *s = user;
    struct docbao_article *a = s->queue->next(s->cli, s->queue->user);
    if (!a)
        return NULL;
    cli_tell_notes(s->cli, a);
    /* From here on there is sound to be silenced, or a file to be removed. */
    *s->cli->on_signal = s->to == DOCBAO_TO_FILE ? SIGNAL_ONLY_STOPS : SIGNAL_STOPS;
    return a;
}

/* Done with is not yet heard: its last sentence must have begun, and nobody stopped. */
static void done_article(void *user, struct docbao_article *a)
{
    struct speech *s = user;
    bool to_the_end = s->last == a && s->last_sentence + 1 == docbao_head_of(a).sentences;
    if (s->queue->heard && to_the_end && !*s->cli->stop)
        s->queue->heard(s->cli, s->queue->user, a);
    docbao_close(a);
}

static void begin_sentence(void *user, struct docbao_article *a, uint32_t sentence)
{
    struct speech *s = user;
    if (s->sentence)
        s->sentence(s->cli, a, sentence);
    s->last = a;
    s->last_sentence = sentence;
}

static void lose_sentence(void *user, struct docbao_article *a, uint32_t sentence, const char *why)
{
    const struct speech *s = user;
    if (s->cli->options->quiet)
        return;
    struct docbao_text name = docbao_head_of(a).name;
    fprintf(stderr, "docbao: %.*s:%u: a sentence could not be spoken: %s\n", (int)name.n, name.p,
            docbao_sentence_at(a, sentence).line, why);
}

static void warn(void *user, const char *message)
{
    const struct speech *s = user;
    if (!s->cli->options->quiet)
        fprintf(stderr, "docbao: %s Waiting for it to come back.\n", message);
}

static void print_stats(const struct cli *c, const struct docbao_stats *stats)
{
    double first_ms = 0;
    if (stats->first_block_ns > c->started_ns)
        first_ms = (double)(stats->first_block_ns - c->started_ns) / 1e6;
    fprintf(stderr,
            "{\"first_block_ms\": %.3f, \"sentences\": %u, \"frames\": %llu, \"rate\": %u, "
            "\"lost\": %u, \"underruns\": %u}\n",
            first_ms, stats->sentences, (unsigned long long)stats->frames, stats->rate, stats->lost,
            stats->underruns);
}

static int code_of(const struct cli *c, enum docbao_status status, const struct docbao_stats *stats)
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
        /* A device may hold a fifth of a second that it never played. */
        return stats->frames > stats->rate / 5 ? EXIT_PART : EXIT_NOTHING;
    case DOCBAO_INPUT:
    case DOCBAO_OUTPUT:
        break;
    }
    return EXIT_NOTHING;
}

int cli_speak_queue(struct cli *c, const struct queue *queue, enum docbao_destination to,
                    const char *target,
                    void (*sentence)(void *cli, struct docbao_article *a, uint32_t sentence))
{
    struct speech s = {.cli = c, .queue = queue, .to = to, .sentence = sentence};
    struct docbao_speech speech = {
        .to = to,
        .target = target,
        .next = next_article,
        .done = done_article,
        .sentence = begin_sentence,
        .lost = lose_sentence,
        .warning = warn,
        .user = &s,
    };
    struct docbao_stats stats;
    enum docbao_status status = docbao_speak(c->docbao, &speech, &stats);
    *c->on_signal = SIGNAL_EXITS;
    if (c->options->stats)
        print_stats(c, &stats);
    /* Where no file could be read, each of them was told already. */
    bool told = status == DOCBAO_STOPPED || (status == DOCBAO_INPUT && !c->read);
    if (status && !told)
        cli_tell_error(c);
    return c->misused ? EXIT_USAGE : code_of(c, status, &stats);
}

/* The files of the command line; `user`: the index of the next one. */
static struct docbao_article *next_file(struct cli *c, void *user)
{
    int *next = user;
    struct docbao_article *a = NULL;
    while (!a && *next < c->options->file_count && !c->misused && !*c->stop)
        a = cli_open(c, c->options->files[(*next)++]);
    if (a && *next < c->options->file_count)
        docbao_expect(c->docbao, c->options->files[*next]);
    return a;
}

int cli_speak(struct cli *c, enum docbao_destination to, const char *target,
              void (*sentence)(void *cli, struct docbao_article *a, uint32_t sentence))
{
    int next = 0;
    struct queue files = {.next = next_file, .user = &next};
    return cli_speak_queue(c, &files, to, target, sentence);
}
