/*
 * What the verbs share: the options, the library, standard output, exit codes.
 */
#ifndef DOCBAO_CLI_CLI_H
#define DOCBAO_CLI_CLI_H

#include <signal.h>

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

/* What a signal does. */
enum on_signal {
    SIGNAL_EXITS,      /* the program ends at once: there is nothing to tidy up */
    SIGNAL_STOPS,      /* sound is stopped and tidied up; a second signal ends the program */
    SIGNAL_ONLY_STOPS, /* the same, but a file is under way that only tidying up removes */
};

struct cli {
    const struct options *options;
    struct docbao *docbao;
    struct out out;
    const char *lexicon;              /* the path of the user's own; NULL: not known */
    volatile sig_atomic_t *stop;      /* the docbao_options' own */
    volatile sig_atomic_t *on_signal; /* enum on_signal */
    uint64_t started_ns;              /* CLOCK_MONOTONIC at the first line of main */
    int read, failed;                 /* files */
    /* Who shows what is told, in place of standard error; or NULL. */
    void (*message)(void *user, const char *text);
    void *message_user;
    bool misused; /* a file failed for a reason all will fail for */
};

#define VERB(id, name, operands, does) int verb_##id(struct cli *c);
#include "cli/verbs.def"
#undef VERB

/* Opens a file, counts it as read or failed, tells the error. NULL: failed. */
struct docbao_article *cli_open(struct cli *c, const char *path);
/* The same for what was opened already: counts it, tells the error. */
void cli_count(struct cli *c, enum docbao_status status);

/* The exit code of files alone: all, some or none of them were read. */
int cli_files_code(const struct cli *c);

/* Tells something, as printf: to standard error behind "docbao: ", or to cli.message. */
void cli_message(const struct cli *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Tells the library's last error. */
void cli_tell_error(const struct cli *c);

/* Tells what is worth knowing about an article, a line a kind, unless --quiet. */
void cli_tell_notes(const struct cli *c, struct docbao_article *a);

/* A reading as it is told to people: the pause behind its last word is no part of it. */
struct docbao_text cli_without_pause(struct docbao_text spoken);

/* Flushes standard output. Where that fails tells it (a reader that went away: silently) and
 * returns the exit code for it, else `code`. */
int cli_finish_output(struct cli *c, int code);

/* Where the articles to be spoken come from. */
struct queue {
    /* The next one, opened and counted, or NULL after the last. */
    struct docbao_article *(*next)(struct cli *c, void *user);
    /* An article was written to its last sentence; NULL: nobody wants to know. */
    void (*heard)(struct cli *c, void *user, struct docbao_article *a);
    void *user;
};

/* Saves them (cli/speech.c). */
int cli_save(struct cli *c, const struct queue *queue, const char *target);

/* The exit code for how speaking ended; `frames` were handed on. Tells the error. */
int cli_speech_code(struct cli *c, enum docbao_status status, uint64_t frames, uint32_t rate);
/* Tells which sentence could not be spoken. */
void cli_tell_lost(struct cli *c, struct docbao_article *a, uint32_t sentence, const char *why);

struct playlist;

/* Reads a playlist aloud, as the options say, with keys and all (cli/listen.c); the playlist stays
 * the caller's. `heard` (or NULL) is called for each article heard to its end. */
int cli_listen(struct cli *c, struct playlist *list,
               void (*heard)(void *user, struct docbao_article *a), void *user);

/* Prints the analysis as one JSON object, without a line end behind it (cli/json.c). */
void json_article(struct out *out, struct docbao_article *a);

/* The user's own folder of that name ("voices", "rules"), or NULL where there is none. The caller
 * frees it with free(). */
char *user_folder(const char *name);

/* The path of the file of that name where programs keep what they remember; NULL where there is no
 * home folder. The caller frees it. */
char *user_state(const char *name);

/* Makes the user's configuration folder where there is none; what fails shows when it is written
 * to. */
void user_make_folder(void);

/* The path of the user's own file of that name, which need not exist; NULL where there is no home
 * folder. The caller frees it. */
char *user_file(const char *name);

#endif
