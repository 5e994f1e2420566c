/* docbao bulletin: a programme from a recipe. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "base/replacement.h"
#include "cli/cli.h"

/* Writes a recipe to begin with, to standard output or to a file that is not there yet. */
static int write_example(struct cli *c)
{
    struct docbao_text text = docbao_bulletin_example();
    const char *path = c->options->output;
    if (c->options->file_count)
        return usage_error("--init takes no recipe; -o says where to write one");
    if (!path || strcmp(path, "-") == 0) {
        out_bytes(&c->out, text.p, text.n);
        return EXIT_DONE;
    }
    if (access(path, F_OK) == 0)
        return usage_error("“%s” is there already, and stays as it is; give -o another name", path);
    if (!file_replace(path, cli_view(text))) {
        cli_message(c, "“%s” cannot be written: %s", path, file_fault(errno));
        return EXIT_NOTHING;
    }
    return EXIT_DONE;
}

static void tell(void *user, const struct docbao_error *note)
{
    const struct cli *c = user;
    if (c->options->quiet)
        return;
    if (*note->file)
        cli_message(c, "%s:%u: %s", note->file, note->line, note->message);
    else
        cli_message(c, "%s", note->message);
}

/* The day, where no --date says it. */
static void add_today(struct buf *out)
{
    time_t now = time(NULL);
    struct tm day;
    localtime_r(&now, &day);
    buf_addf(out, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

/* A profile of the recipe that is wrong is told with its line. */
static bool has_good_profile(struct cli *c, struct docbao_bulletin *b)
{
    struct docbao_output unused;
    char *folder = user_folder("profiles");
    bool good = !docbao_bulletin_profile(b) || !docbao_bulletin_output(b, folder, &unused);
    if (!good)
        cli_tell_error(c);
    free(folder);
    return good;
}

/* The profile of the recipe counts where none was given. */
static int choose_output(struct cli *c, struct docbao_bulletin *b, struct docbao_output *out)
{
    struct options options = *c->options;
    struct cli own = *c;
    if (!options.profile && !has_good_profile(c, b))
        return EXIT_USAGE;
    if (!options.profile)
        options.profile = docbao_bulletin_profile(b);
    own.options = &options;
    return cli_output(&own, options.output, out);
}

static int make(struct cli *c, struct docbao_bulletin *b, const struct docbao_output *output)
{
    const struct options *o = c->options;
    struct buf today = BUF_INIT;
    char *heard = user_state("heard"), *taken = user_state("bulletins");
    add_today(&today);
    struct docbao_bulletin_wish wish = {
        .target = o->output,
        .output = output,
        .tags = {.title = o->title,
                 .author = o->author,
                 .comment = o->comment,
                 .cover = o->cover,
                 .none = o->no_tags},
        .captions = o->captions,
        .run_sheet = o->run_sheet,
        .date = o->date ? o->date : today.p,
        .heard = heard,
        .taken = taken,
        .note = tell,
        .user = c,
    };
    struct docbao_stats stats;
    *c->on_signal = SIGNAL_ONLY_STOPS;
    enum docbao_status status = docbao_bulletin_make(b, &wish, &stats);
    *c->on_signal = SIGNAL_EXITS;
    c->read = status == DOCBAO_OK;
    cli_tell_saved(c, &stats);
    buf_free(&today);
    free(heard);
    free(taken);
    return cli_speech_code(c, status, stats.frames, stats.rate);
}

int verb_bulletin(struct cli *c)
{
    const struct options *o = c->options;
    struct docbao_bulletin *b;
    struct docbao_output output;
    if (o->init)
        return write_example(c);
    if (o->file_count != 1)
        return usage_error("docbao bulletin takes one recipe; --init writes one to begin with");
    if (!o->output || !*o->output)
        return usage_error("say where to save: -o OUT");
    if (file_is_same(o->files[0], o->output))
        return usage_error("the sound would replace “%s”, which is read; give -o another name",
                           o->output);
    if (docbao_bulletin_open(c->docbao, o->files[0], &b)) {
        cli_tell_error(c);
        return EXIT_USAGE;
    }
    int code = choose_output(c, b, &output);
    if (!code)
        code = make(c, b, &output);
    docbao_bulletin_close(b);
    return code;
}
