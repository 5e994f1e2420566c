#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "cli/watch.h"

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

/* Whether the sound would replace a text that it is made of; then an error was printed. */
static bool replaces_source(const struct options *o)
{
    for (int i = 0; i < o->file_count; i++)
        if (file_is_same(o->files[i], o->output)) {
            usage_error("the sound would replace “%s”, which is read; give -o another name",
                        o->files[i]);
            return true;
        }
    return false;
}

static int save_files(struct cli *c, struct docbao_stats *stats)
{
    int next = 0;
    struct queue files = {
        .next = next_file, .user = &next, .count = (uint32_t)c->options->file_count};
    return cli_save(c, &files, c->options->output, stats);
}

/* ---- saving again when something changes ---- */

static bool is_address(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+");
    return n > 1 && strncmp(name + n, "://", 3) == 0;
}

/* Whether all can be watched; if not, an error was printed. */
static bool can_be_watched(const struct options *o)
{
    if (strcmp(o->output, "-") == 0) {
        usage_error("--watch makes a file anew each time; give -o a file, not standard output");
        return false;
    }
    for (int i = 0; i < o->file_count; i++) {
        if (strcmp(o->files[i], "-") == 0) {
            usage_error("--watch waits until files change, and standard input is none; save it to "
                        "a file and name that");
            return false;
        }
        if (is_address(o->files[i])) {
            usage_error("--watch waits until files change, and nobody tells when “%s” does; save "
                        "the page to a file and name that",
                        o->files[i]);
            return false;
        }
    }
    return true;
}

/* The readings that may stand beside an article: for bai.txt, bai.lexicon.tsv. */
static void watch_lexicon_beside(struct watch *w, const char *article)
{
    struct buf path = BUF_INIT;
    file_add_beside(&path, article, ".lexicon.tsv");
    watch_add(w, path.p);
    buf_free(&path);
}

/* The user's own file or folder of that name in the configuration folder. */
static void watch_own(struct watch *w, const char *folder, const char *name, const char *ending)
{
    struct buf inner = BUF_INIT;
    buf_addf(&inner, "%s%s%s%s", folder, name ? "/" : "", name ? name : "", ending);
    char *path = user_file(inner.p);
    watch_add(w, path);
    free(path);
    buf_free(&inner);
}

/* All that the result depends on and that a user changes. */
static struct watch *watch_sources(const struct cli *c)
{
    const struct options *o = c->options;
    struct watch *w = watch_new();
    for (int i = 0; i < o->file_count; i++) {
        watch_add(w, o->files[i]);
        if (!o->no_lexicon)
            watch_lexicon_beside(w, o->files[i]);
    }
    watch_add(w, c->lexicon);
    watch_add(w, o->rules);
    watch_add(w, o->cover);
    watch_own(w, "rules", NULL, "");
    if (o->voice)
        watch_own(w, "voices", o->voice, ".voice");
    if (o->profile)
        watch_own(w, "profiles", o->profile, ".ini");
    return w;
}

static const char *missing_file(const struct options *o)
{
    for (int i = 0; i < o->file_count; i++)
        if (access(o->files[i], F_OK) != 0)
            return o->files[i];
    return NULL;
}

static bool is_saved(int code)
{
    return code == EXIT_DONE || code == EXIT_PART;
}

static void tell_new(const struct cli *c, const struct docbao_stats *stats)
{
    uint32_t made = stats->sentences - stats->cached;
    if (!c->options->quiet)
        cli_message(c,
                    message_plural("“%s” is saved: %u of %u sentences was new.",
                                   "“%s” is saved: %u of %u sentences were new.", made),
                    c->options->output, made, stats->sentences);
}

/* A file that is not there is waited for: nothing can be made of it. */
static int save_again(struct cli *c)
{
    struct docbao_stats stats;
    const char *missing = missing_file(c->options);
    if (missing) {
        cli_message(c, "“%s” is gone; it is waited for.", missing);
        return EXIT_DONE;
    }
    cli_renew(c);
    int code = save_files(c, &stats);
    if (is_saved(code))
        tell_new(c, &stats);
    return code;
}

static int save_and_watch(struct cli *c)
{
    struct docbao_stats stats;
    struct watch *w = watch_sources(c);
    watch_note(w);
    int code = save_files(c, &stats);
    bool watching = is_saved(code);
    if (watching) {
        tell_new(c, &stats);
        if (!c->options->quiet)
            cli_message(c, "It is saved again whenever the text changes; Ctrl-C ends that.");
    }
    while (watching && watch_wait(w, c->stop)) {
        watch_note(w);
        code = save_again(c);
        watching = code != EXIT_SIGNAL;
    }
    watch_free(w);
    return watching ? EXIT_SIGNAL : code;
}

int verb_save(struct cli *c)
{
    const struct options *o = c->options;
    if (!o->output || !*o->output)
        return usage_error("say where to save: -o OUT");
    if (replaces_source(o))
        return EXIT_USAGE;
    if (!o->watch)
        return save_files(c, NULL);
    return can_be_watched(o) ? save_and_watch(c) : EXIT_USAGE;
}
