/* docbao lexicon: the user's own readings, from the command line. */
#include <string.h>

#include "base/message.h"
#include "cli/cli.h"
#include "cli/complain.h"

static int tell(struct cli *c, enum docbao_status status)
{
    if (!status)
        return EXIT_DONE;
    cli_tell_error(c);
    return status == DOCBAO_OUTPUT ? EXIT_NOTHING : EXIT_USAGE;
}

static const char *context_of(const struct cli *c)
{
    return c->options->context ? c->options->context : "";
}

static int add(struct cli *c, char **words)
{
    user_make_folder(); /* a new home may have none */
    return tell(c, docbao_lexicon_add(c->docbao, c->lexicon, words[0], words[1], context_of(c)));
}

static int remove_rows(struct cli *c, char **words)
{
    uint32_t removed;
    int code =
        tell(c, docbao_lexicon_remove(c->docbao, c->lexicon, words[0], context_of(c), &removed));
    if (code || removed)
        return code;
    complain("%s has no reading for “%s”; docbao lexicon list shows what it has", c->lexicon,
             words[0]);
    return EXIT_NOTHING;
}

static void print_row(void *user, const struct docbao_lexicon_row *row)
{
    struct cli *c = user;
    out_printable(&c->out, row->written);
    out_bytes(&c->out, "\t", 1);
    out_printable(&c->out, row->spoken);
    if (row->context.n) {
        out_bytes(&c->out, "\t", 1);
        out_printable(&c->out, row->context);
    }
    out_bytes(&c->out, "\n", 1);
}

static int list(struct cli *c, char **words)
{
    (void)words;
    return tell(c, docbao_lexicon_each(c->docbao, c->lexicon, print_row, c));
}

struct count {
    struct cli *cli;
    uint32_t rows, faults;
};

static void check_row(void *user, const struct docbao_lexicon_row *row)
{
    struct count *count = user;
    count->rows++;
    if (!row->fault)
        return;
    count->faults++;
    complain("%s:%u: %s", count->cli->lexicon, row->line, row->fault);
}

static int check(struct cli *c, char **words)
{
    (void)words;
    struct count count = {.cli = c};
    int code = tell(c, docbao_lexicon_each(c->docbao, c->lexicon, check_row, &count));
    if (!code)
        out_message(&c->out,
                    message_plural("%u reading, %u of them faulty",
                                   "%u readings, %u of them faulty", count.rows),
                    count.rows, count.faults);
    return code ? code : count.faults ? EXIT_USAGE : EXIT_DONE;
}

int verb_lexicon(struct cli *c)
{
    static const struct {
        const char *name;
        int words;
        int (*run)(struct cli *c, char **words);
    } actions[] = {
        {"add", 2, add}, {"remove", 1, remove_rows}, {"list", 0, list}, {"check", 0, check}};
    char **words = c->options->files;
    if (!c->lexicon)
        return usage_error("there is no configuration folder; name a file with --lexicon");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(words[0], actions[i].name) != 0)
            continue;
        if (c->options->file_count - 1 != actions[i].words)
            return usage_error("docbao lexicon %s takes %d words; put a phrase in quotation marks",
                               actions[i].name, actions[i].words);
        return actions[i].run(c, words + 1);
    }
    return usage_error("docbao lexicon knows add, remove, list and check, not “%s”", words[0]);
}
