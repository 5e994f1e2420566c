/* docbao serve: the web server, from the command line. */
#include "serve/serve.h"

#include "base/message.h"
#include "cli/cli.h"
#include "cli/complain.h"

static void tell_ready(void *user, const char *address, bool guarded, const char *token_file)
{
    struct cli *c = user;
    out_printf(&c->out, "%s/\n", address);
    out_flush(&c->out);
    if (guarded && !c->options->quiet)
        cli_message(c, "Who opens the page is asked for the token, which is in “%s”.", token_file);
}

static void tell_failure(void *user, const char *sentence)
{
    (void)user;
    complain_text(sv_of(sentence));
}

/* The names that stand in Host headers, and in the page. */
static bool is_host(const char *name)
{
    return name[strspn(name,
                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:")] ==
               '\0' &&
           *name;
}

static int run(struct cli *c, const char *folder)
{
    const struct options *o = c->options;
    struct docbao_output output;
    int code = cli_output(c, "article.mp3", &output);
    if (code)
        return code;
    struct serve_plan plan = {
        .library = c->library,
        .output = &output,
        .lexicon = c->lexicon,
        .folder = folder,
        .listen = o->listen,
        .host = o->host,
        .port = SERVE_PORT,
        .shared = o->shared,
        .token = o->token_file,
        .keep_days = (uint32_t)o->keep,
        .keep_bytes = o->keep_bytes,
        .guarded = o->ask_token,
        .jobs = (uint32_t)o->jobs,
        .most_bytes = o->max_bytes,
        .stop = c->stop,
        .ready = tell_ready,
        .fail = tell_failure,
        .user = c,
    };
    *c->on_signal = SIGNAL_STOPS;
    user_make_folder(); /* for the readings */
    return serve_run(&plan) ? EXIT_DONE : EXIT_USAGE;
}

int verb_serve(struct cli *c)
{
    const struct options *o = c->options;
    if (o->host && !is_host(o->host))
        return usage_error("--host takes the name of this server as browsers show it, such as "
                           "nghe.example.vn");
    char *own = o->output ? NULL : user_state("serve");
    const char *folder = o->output ? o->output : own;
    if (!folder)
        return usage_error("there is no folder for what is served; name one with -o");
    int code = run(c, folder);
    free(own);
    return code;
}
