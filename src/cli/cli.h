/*
 * The parts that all verbs share: the options, the library, standard output, exit codes.
 *
 * Invariants: a verb returns an enum exit_code and prints nothing to standard output but through
 * `out`. Messages go to standard error.
 */
#ifndef DOCBAO_CLI_CLI_H
#define DOCBAO_CLI_CLI_H

#include <signal.h>

#include "base/user_paths.h"
#include "cli/json_writer.h"
#include "cli/options.h"
#include "cli/out.h"
#include "docbao/docbao.h"

/* As scripts see them. */
enum exit_code {
    EXIT_DONE = 0,
    EXIT_USAGE = 1,
    EXIT_NOTHING = 2,
    EXIT_PART = 3,
    EXIT_SIGNAL = 4,
};

/* The effect of a signal. */
enum on_signal {
    SIGNAL_EXITS,      /* the program ends at once: there is nothing to tidy up */
    SIGNAL_STOPS,      /* sound is stopped and tidied up; a second signal ends the program */
    SIGNAL_ONLY_STOPS, /* the same, but a file is under way that only tidying up removes */
};

struct cli {
    const struct options *options;
    struct docbao *docbao;
    const struct docbao_options *library; /* its options */
    struct out out;
    const char *lexicon;              /* the path of the user's own; NULL: not known */
    volatile sig_atomic_t *stop;      /* the docbao_options' own */
    volatile sig_atomic_t *on_signal; /* enum on_signal */
    uint64_t started_ns;              /* CLOCK_MONOTONIC at the first line of main */
    int read, failed;                 /* files */
    /* If set, receives messages instead of standard error. */
    void (*message)(void *user, const char *text);
    void *message_user;
    struct json_writer json; /* of the article that is printed */
    bool incomplete;         /* a part of an article is missing */
    bool misused;            /* a file failed for a reason all will fail for */
};

#define VERB(id, name, operands, does) int verb_##id(struct cli *c);
#include "cli/verbs.def"
#undef VERB

/* Begins anew: nothing of what was read, articles and tables, is kept. */
void cli_renew(struct cli *c);

/* Opens a file, counts it as read or failed, and reports the error. Returns NULL if it failed. */
struct docbao_article *cli_open(struct cli *c, const char *path);
/* The same for a file whose opening ended with this status. */
void cli_count(struct cli *c, enum docbao_status status);

/* The exit code of files alone: all, some or none of them were read. */
int cli_files_code(const struct cli *c);

/* Prints a message (base/message.h): to standard error after "docbao: ", or to cli.message. */
void cli_message(const struct cli *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints the library's last error. */
void cli_tell_error(const struct cli *c);

/* Notes if a diagnostic of the article (may be NULL) says that a part of it is missing. */
void cli_note_missing(struct cli *c, struct docbao_article *a);

/* Prints the diagnostics of an article from the first of these on, one line for each kind. With
 * --quiet only those of cli_tell_lexicon. */
void cli_tell_notes(const struct cli *c, struct docbao_article *a, uint32_t first);
/* Prints that a lexicon beside the article is used or not, whatever else is wanted: it changes what
 * is said. */
void cli_tell_lexicon(const struct cli *c, struct docbao_article *a);

#define TEXT_ARG(text) (int)(text).n, (text).p /* for "%.*s" */
/* A public text as base/ takes it. */
static inline struct sv cli_view(struct docbao_text text)
{
    return (struct sv){text.p, text.n};
}

/* A reading as people see it: without the pause mark after its last word. */
struct docbao_text cli_without_pause(struct docbao_text spoken);

/* What gave the reading of a token, in the language of messages; "" where that is no more than its
 * kind. */
const char *cli_rule(const struct docbao_token *t);

/* Flushes standard output and returns `code`. If that fails, prints an error (none if the reader
 * went away) and returns the exit code for it. */
int cli_finish_output(struct cli *c, int code);

/* The source of the articles to be spoken. */
struct queue {
    /* The next one, opened and counted, or NULL after the last. */
    struct docbao_article *(*next)(struct cli *c, void *user);
    /* Called after the last sentence of an article was written; may be NULL. */
    void (*heard)(struct cli *c, void *user, struct docbao_article *a);
    void *user;
    uint32_t count; /* how many there are; 0: not known */
};

/* Fills *out as the profile and the options say, for a file of that name; the result is 0, or an
 * exit code after an error was printed (cli/output.c). */
int cli_output(struct cli *c, const char *target, struct docbao_output *out);

/* Saves them (cli/speech.c). Fills *stats, unless it is NULL. */
int cli_save(struct cli *c, const struct queue *queue, const char *target,
             struct docbao_stats *stats);

/* Prints how the sound of a file came out, as the options say. */
void cli_tell_saved(const struct cli *c, const struct docbao_stats *stats);

/* The exit code for how speaking ended, after `frames` were output. Prints the error. */
int cli_speech_code(struct cli *c, enum docbao_status status, uint64_t frames, uint32_t rate);
/* Reports a sentence that could not be spoken. */
void cli_tell_lost(struct cli *c, struct docbao_article *a, uint32_t sentence, const char *why);

struct playlist;

/* Reads a playlist aloud, as the options say, with keys and all (cli/listen.c); the playlist stays
 * the caller's. `heard` (or NULL) is called for each article heard to its end. */
int cli_listen(struct cli *c, struct playlist *list,
               void (*heard)(void *user, struct docbao_article *a), void *user);

/* The `block` of docbao_options for docbao text: prints a block while the article is opened. */
void text_block(void *user, struct docbao_article *a, uint32_t index);

/* Print the analysis as one JSON object, without a line end (cli/json.c): the beginning, each block
 * in its order, the end. */
void json_begin_article(struct json_writer *w, struct docbao_article *a);
void json_put_block(struct json_writer *w, struct docbao_article *a, uint32_t index);
void json_end_article(struct json_writer *w, struct docbao_article *a);
/* The members "member" (of archives only) and "span". */
void json_put_place(struct json_writer *w, const char *member, struct docbao_span span);

#endif
