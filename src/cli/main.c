#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/language.h"
#include "base/message.h"
#include "base/module.h"
#include "base/sandbox.h"
#include "base/sanitizer.h"
#include "cli/operands.h"

static volatile sig_atomic_t stop;
static volatile sig_atomic_t on_signal = SIGNAL_EXITS;

static void take_signal(int number)
{
    (void)number;
    if (on_signal == SIGNAL_EXITS || (on_signal == SIGNAL_STOPS && stop))
        _exit(EXIT_SIGNAL);
    stop = 1;
}

/* Without SA_RESTART: a signal ends waits. A signal that was ignored (nohup) stays ignored. Called
 * twice: see below. */
static void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = take_signal}, old;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &action, NULL);
    /* A reader that went away is seen as EPIPE, and a file that may not grow (ulimit -f) as EFBIG,
     * so that what is under way can be tidied up. */
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
}

/* The first thing that the program does, before the libraries begin: a signal before it finds
 * nothing begun, and ends the process as the system does. (Sanitizers must begin first.) */
#if !SANITIZER
static void (*const first[])(void)
    __attribute__((section(".preinit_array"), used)) = {catch_signals};
#endif

/* A standard stream that is closed would be the next file that is opened, and get what was meant
 * for people. In its place comes what fails when it is used the right way round. */
static void fill_closed_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(EXIT_USAGE);
}

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static int run_verb(struct cli *c)
{
    switch (c->options->verb) {
#define VERB(id, name, operands, does)                                                             \
    case VERB_##id:                                                                                \
        return verb_##id(c);
#include "cli/verbs.def"
#undef VERB
    case VERB_COUNT:
        break;
    }
    return EXIT_USAGE;
}

/* The user's own files and folders; NULL: there is none. By malloc. */
struct user_paths {
    char *rules, *voices, *lexicon, *cache;
};

static bool makes_many(const struct options *o)
{
    return o->verb == VERB_batch || o->verb == VERB_podcast;
}

/* A person at a terminal may not know that the program waits. A batch tells its progress. */
static bool tells_waits(const struct options *o)
{
    return isatty(STDERR_FILENO) && !o->quiet && !makes_many(o);
}

static void tell_waits(void *user, const char *name)
{
    cli_message(user, "%s: nothing to read has come yet; waiting for it (Ctrl+C gives up)", name);
}

static struct docbao_options library_options(struct cli *c, const struct user_paths *own)
{
    const struct options *o = c->options;
    return (struct docbao_options){
        .voice = o->voice,
        .rate_percent = (uint32_t)o->rate,
        .raw = o->raw,
        .encoding = o->encoding,
        .codes = o->codes ? DOCBAO_CODES_SPELL : DOCBAO_CODES_EXPAND,
        .max_bytes = o->max_bytes,
        /* These have a process for each article that is worked on. */
        .jobs = makes_many(o) || o->verb == VERB_serve ? 1 : (uint32_t)o->jobs,
        .keep_engine = makes_many(o),
        .letters = (enum docbao_letters)o->letters,
        .scripts = (enum docbao_scripts)o->scripts,
        .skip_tables = o->tables != 0,
        .style = (enum docbao_style)o->style,
        .block = o->verb == VERB_text && !o->explain && !o->time ? text_block : NULL,
        .block_user = c,
        .read_when_spoken = o->verb == VERB_save || o->verb == VERB_serve || makes_many(o) ||
                            (o->verb == VERB_feed && o->output),
        .recall_words = o->verb == VERB_play || (o->verb == VERB_feed && !o->output),
        .pictures = (o->verb == VERB_save || makes_many(o)) && !o->cover && !o->no_tags,
        /* A listener hears the same footer again only if articles are read one after another. */
        .skip_repeats = o->verb == VERB_play || o->verb == VERB_feed,
        .rules_folders = {o->rules ? o->rules : own->rules, o->rules ? own->rules : NULL},
        .lexicon = c->lexicon,
        .no_lexicon_beside = o->no_lexicon || o->verb == VERB_serve,
        .cache_folder = own->cache,
        .cache_bytes = o->cache_size << 20,
        .voices_folder = own->voices,
        .allow_local = o->allow_local,
        .cookie_file = o->cookie_file,
        .timeout_s = (uint32_t)o->timeout,
        .stop = c->stop,
        .waits = tells_waits(o) ? tell_waits : NULL,
        .waits_user = c,
    };
}

static int run_with_library(struct cli *c)
{
    const struct options *o = c->options;
    /* A batch makes far more sound than is kept. */
    bool keeps = !o->no_cache && !makes_many(o);
    struct user_paths own = {.rules = user_folder("rules"),
                             .voices = user_folder("voices"),
                             .lexicon = user_file("lexicon.tsv"),
                             .cache = keeps ? user_cache("sentences") : NULL};
    c->lexicon = o->no_lexicon ? NULL : o->lexicon ? o->lexicon : own.lexicon;
    struct docbao_options options = library_options(c, &own);
    c->library = &options;
    c->docbao = docbao_new(&options);
    int code = run_verb(c);
    docbao_free(c->docbao);
    free(own.rules);
    free(own.voices);
    free(own.lexicon);
    free(own.cache);
    return code;
}

/* The parts that a packager may leave out, or that may be missing. */
static void print_missing_parts(struct out *out)
{
    static const char *const parts[] = {DOCBAO_MODULES, NULL};
    struct buf missing = BUF_INIT;
    for (size_t i = 0; parts[i]; i++)
        if (!module_is_installed(parts[i]))
            buf_addf(&missing, "%s%s", missing.n ? ", " : "", parts[i]);
    if (missing.n)
        out_message(out, "Parts that are not installed: %s.", missing.p);
    else
        out_message(out, "All parts are installed.");
    buf_free(&missing);
}

/* The version, and how far this machine can confine the processes that handle documents. */
static void print_version(struct out *out)
{
    struct sandbox_support support = sandbox_support();
    out_printf(out, "docbao %s\n", DOCBAO_VERSION);
    struct buf line = BUF_INIT;
    if (support.calls && support.landlock)
        buf_add_message(&line,
                        "Documents are taken apart in confined processes: by seccomp and Landlock "
                        "%d.",
                        support.landlock);
    else if (support.calls)
        buf_add_message(&line, "Documents are taken apart in confined processes: by seccomp; this "
                               "kernel has no Landlock.");
    else if (support.landlock)
        buf_add_message(&line,
                        "Documents are taken apart in confined processes: by Landlock %d; seccomp "
                        "is not there.",
                        support.landlock);
    else
        buf_add_message(&line, "Documents are taken apart in processes of their own that are not "
                               "confined: this machine has neither seccomp nor Landlock.");
    out_printf(out, "%s\n", line.p);
    buf_free(&line);
    print_missing_parts(out);
    out_message(out, "Built with %s.", DOCBAO_LIBRARIES);
}

/* Of operands that stand for nothing each was reported. */
static int run_with_articles(struct cli *c, struct options *o)
{
    struct operands operands = {0};
    operands_expand(&operands, c, o);
    int code = o->file_count ? run_with_library(c) : EXIT_NOTHING;
    operands_free(&operands);
    return code;
}

static int run(struct cli *c, struct options *o)
{
    if (o->help) {
        options_help(o->verb_given ? o->verb : VERB_COUNT, &c->out);
        return EXIT_DONE;
    }
    if (o->version) {
        print_version(&c->out);
        return EXIT_DONE;
    }
    if (o->no_lexicon && (o->lexicon || o->verb == VERB_lexicon))
        return usage_error("--no-lexicon is for articles, and not together with --lexicon");
    bool lists = o->verb == VERB_voices || o->verb == VERB_devices || o->verb == VERB_serve;
    if (lists && o->file_count)
        return usage_error("docbao voices, devices and serve take no FILE");
    if (o->verb == VERB_setup)
        return verb_setup(c);
    if (!lists && !o->file_count && !o->init)
        return usage_error(o->verb == VERB_lexicon
                               ? N_("docbao lexicon needs add, remove, list or check")
                               : N_("no FILE was given (- is standard input)"));
    return options_take_articles(o->verb) ? run_with_articles(c, o) : run_with_library(c);
}

#if SANITIZER
/* What a library keeps as long as the program runs is no leak of ours: the list of fonts. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
#endif

int main(int argc, char **argv)
{
    uint64_t started_ns = now_ns();
    fill_closed_streams();
    catch_signals();
    language_choose();
    struct options options;
    if (!options_parse(&options, argc, argv))
        return EXIT_USAGE;
    if (options.json) /* the same for everyone */
        language_english();
    struct cli c = {
        .options = &options,
        .stop = &stop,
        .on_signal = &on_signal,
        .started_ns = started_ns,
    };
    out_init(&c.out, STDOUT_FILENO);
    int code = cli_finish_output(&c, run(&c, &options));
    out_free(&c.out);
    /* All is written and tidied up. What libraries do at the end of a program is for their checks,
     * and takes as long as to read a short text. */
    if (!SANITIZER) {
        fflush(stdout);
        _exit(code);
    }
    return code;
}
