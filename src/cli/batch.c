/* docbao batch: many articles, a sound file for each. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/decimal.h"
#include "base/processors.h"
#include "base/system_text.h"
#include "cli/batch/batch.h"
#include "cli/batch/crew.h"
#include "cli/batch/progress.h"
#include "cli/complain.h"

#define DEFAULT_NAME "{date}-{slug}"
#define DEFAULT_FORMAT "mp3"

struct batch {
    struct cli *cli;
    struct shard shard;
    struct name_template names;
    struct sources sources;
    struct batch_log log;
    struct work work;
    struct buf template, ending;
    struct progress progress;
    bool unlogged;    /* a line of the log could not be written */
    uint32_t misused; /* articles in a row that failed for a reason of all, none was made before */
};

/* ---- what was asked for ---- */

static bool take_number(struct sv text, uint32_t *number)
{
    enum { MOST_DIGITS = 9 };
    *number = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        *number = *number * 10 + (uint32_t)(text.p[i] - '0');
    }
    return text.n && text.n <= MOST_DIGITS;
}

static bool take_shard(struct batch *b, const char *text)
{
    struct sv rest = sv_of(text);
    struct sv first = sv_cut(&rest, '/');
    uint32_t index, count;
    if (take_number(first, &index) && take_number(rest, &count) && index && index <= count) {
        b->shard = (struct shard){index - 1, count};
        return true;
    }
    usage_error("--shard takes a part and their number, such as 2/8, not “%s”", text);
    return false;
}

/* The ending of the template is that of all files; without one it is that of the profile. */
static bool take_name(struct batch *b, const char *text)
{
    const char *format = docbao_format_of(text, NULL);
    buf_adds(&b->template, text);
    if (format)
        buf_cut(&b->template, (size_t)(strrchr(text, '.') - text));
    else
        format = b->work.output.format ? b->work.output.format : DEFAULT_FORMAT;
    buf_addf(&b->ending, ".%s", format);
    return name_template_parse(&b->names, buf_sv(&b->template));
}

/* The profile and the options, for a file with the ending that the template has. */
static int take_output(struct batch *b)
{
    const struct options *o = b->cli->options;
    const char *name = o->name ? o->name : DEFAULT_NAME;
    struct buf target = BUF_INIT;
    const char *format = docbao_format_of(name, NULL);
    buf_addf(&target, "a%s%s", format ? "." : "", format ? format : "");
    int code = cli_output(b->cli, target.p, &b->work.output);
    buf_free(&target);
    if (code)
        return code;
    return take_name(b, name) ? EXIT_DONE : EXIT_USAGE;
}

static bool make_folder(const char *path)
{
    struct stat info;
    if (mkdir(path, 0777) == 0 || (stat(path, &info) == 0 && S_ISDIR(info.st_mode)))
        return true;
    complain("The folder “%s” cannot be made: %s.", path, system_error(errno));
    return false;
}

static bool find_sources(struct batch *b)
{
    const struct options *o = b->cli->options;
    struct sources_options options = {
        .shard = b->shard,
        .twins = b->names.distinction == NAMES_SHOWN_BY_LIST,
        .null = o->null,
        .output = o->output,
    };
    for (int i = 0; i < o->file_count; i++)
        if (!sources_add(&b->sources, b->cli, o->files[i], &options))
            return false;
    sources_finish(&b->sources);
    if (!b->sources.count)
        complain("there is no article to be read in what was named");
    return b->sources.count > 0;
}

static unsigned digits_of(uint32_t number)
{
    unsigned digits = 1;
    while (number /= 10)
        digits++;
    return digits < 4 ? 4 : digits;
}

/* ---- work ---- */

static bool take_result(void *user, const struct result *r)
{
    struct batch *b = user;
    const struct source *source = &b->sources.all.at[r->head.index];
    enum { ENOUGH = 8 };
    if (!batch_log_add(&b->log, r, source_name(&b->sources, source), source->hash) &&
        !b->unlogged) {
        b->unlogged = true;
        complain("“%s” cannot be written: %s; what is not in it will be made again", b->log.path.p,
                 system_error(errno));
    }
    progress_result(&b->progress, r);
    b->misused = r->head.misused ? b->misused + 1 : 0;
    uint32_t others = b->progress.counts[RESULT_DONE] + b->progress.counts[RESULT_PART];
    return others || b->misused < ENOUGH;
}

static void begin_article(void *user, uint32_t index)
{
    progress_article(&((struct batch *)user)->progress, index);
}

static void tick(void *user)
{
    progress_tick(&((struct batch *)user)->progress);
}

static int code_of(const struct batch *b, enum crew_end end)
{
    const uint32_t *counts = b->progress.counts;
    if (*b->cli->stop)
        return EXIT_SIGNAL;
    if (end != CREW_DONE)
        return EXIT_USAGE;
    if (counts[RESULT_FAILED] && counts[RESULT_FAILED] == b->sources.all.n)
        return b->misused ? EXIT_USAGE : EXIT_NOTHING;
    bool part = counts[RESULT_FAILED] || counts[RESULT_PART] || b->unlogged || b->cli->incomplete;
    return part ? EXIT_PART : EXIT_DONE;
}

static int run(struct batch *b, uint32_t jobs)
{
    struct crew_client client = {
        .take = take_result, .begin = begin_article, .tick = tick, .user = b};
    progress_begin(&b->progress, b->cli, &b->sources, b->log.path.p, jobs);
    *b->cli->on_signal = SIGNAL_STOPS;
    enum crew_end end = crew_run(&b->work, jobs, &client);
    int why = errno;
    *b->cli->on_signal = SIGNAL_EXITS;
    int code = code_of(b, end);
    progress_end(&b->progress);
    if (end == CREW_CANNOT_START)
        complain("No process could be started to work on the articles: %s.", system_error(why));
    return code;
}

static int prepare(struct batch *b)
{
    const struct options *o = b->cli->options;
    int code = take_output(b);
    if (code)
        return code;
    b->work.ending = b->ending.p;
    b->work.template = b->template.p;
    if (!work_prepare(&b->work))
        return EXIT_USAGE;
    if (!make_folder(o->output) || !find_sources(b))
        return EXIT_NOTHING;
    if (!batch_log_open(&b->log, o->output, b->shard)) {
        complain("“%s” cannot be written: %s", b->log.path.p, system_error(errno));
        return EXIT_NOTHING;
    }
    b->work.digits = digits_of(b->sources.count);
    return EXIT_DONE;
}

int batch_make(struct cli *c, const struct batch_wish *wish)
{
    const struct options *o = c->options;
    struct batch b = {.cli = c, .shard = {0, 1}, .template = BUF_INIT, .ending = BUF_INIT};
    if (!o->output || !*o->output || strcmp(o->output, "-") == 0)
        return usage_error("say in which folder to save: -o DIR");
    if (o->shard && !take_shard(&b, o->shard))
        return EXIT_USAGE;
    b.work.cli = c;
    b.work.oldest = wish->oldest;
    b.work.oldest_time = wish->oldest_time;
    b.work.spare_cover = wish->spare_cover;
    b.work.sources = &b.sources;
    b.work.log = &b.log;
    b.work.names = &b.names;
    b.work.folder = o->output;
    b.sources.names = b.log.texts = b.log.path = BUF_INIT;
    int code = prepare(&b);
    uint32_t jobs = o->jobs ? (uint32_t)o->jobs : processors_allowed();
    if (jobs > b.sources.all.n)
        jobs = (uint32_t)b.sources.all.n;
    if (!code)
        code = run(&b, jobs);
    batch_log_close(&b.log);
    sources_free(&b.sources);
    name_template_free(&b.names);
    buf_free(&b.template);
    buf_free(&b.ending);
    return code;
}

int verb_batch(struct cli *c)
{
    return batch_make(c, &(struct batch_wish){.oldest = NULL});
}
