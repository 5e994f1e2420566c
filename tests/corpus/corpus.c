/*
 * Lists of what is read in texts, for people who check and complete the readings:
 *
 *   corpus [--article] [--rules DIR] LIST FILE...
 *
 * LIST is a name of lists.def, "totals", or "all". A FILE ("-": standard input) is text. A line
 * that begins with "@@" begins an article; a file without one is one article. Every line is a
 * paragraph; with --article, the article is looked for in it first, as for a listener. The tables
 * in DIR overlay the built-in ones.
 *
 * Prints lines of the list, its name, count, what is written, what is said, why, and up to three
 * places, with tabs between them (a tab in a place is a space). The totals are a name and a number
 * a line: the spelled words are also given a million tokens.
 */
#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

#include "base/file.h"
#include "corpus/lists.h"

static const char *const names[] = {
#define LIST(name, holds) #name,
#include "corpus/lists.def"
};

struct corpus {
    struct docbao *docbao;
    struct findings *findings;
    struct totals totals;
    bool failed;
};

static void print_usage(void)
{
    fputs("usage: corpus [--article] [--rules DIR] LIST FILE...\n"
          "  totals: articles, sentences, tokens, words, and how much was spelled\n"
          "  all: the totals and all lists\n",
          stderr);
#define LIST(name, holds) fprintf(stderr, "  %s: %s\n", #name, holds);
#include "corpus/lists.def"
}

/* ---- reading ---- */

static void add_article(struct corpus *c, const char *path, struct sv text)
{
    struct docbao_article *a;
    if (!sv_trim(text).n)
        return;
    if (docbao_open_bytes(c->docbao, path, text.p, text.n, &a) != DOCBAO_OK) {
        fprintf(stderr, "%s: %s\n", path, docbao_last_error(c->docbao)->message);
        c->failed = true;
        return;
    }
    lists_collect(c->findings, &c->totals, a);
    docbao_close(a);
}

/* The articles of a file: from one line that begins with "@@" to the next one. */
static void add_articles(struct corpus *c, const char *path, struct sv text)
{
    const char *begin = text.p;
    while (text.n) {
        const char *start = text.p;
        struct sv line = sv_cut(&text, '\n');
        if (!sv_starts(line, SV("@@")))
            continue;
        add_article(c, path, (struct sv){begin, (size_t)(start - begin)});
        begin = line.p + line.n + (text.p != NULL);
    }
}

static void add_file(struct corpus *c, const char *path)
{
    struct buf text = BUF_INIT;
    bool read = strcmp(path, "-") == 0 ? file_read_descriptor(STDIN_FILENO, SIZE_MAX, &text)
                                       : file_read(path, &text);
    if (!read) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        c->failed = true;
    }
    buf_adds(&text, "\n@@"); /* the end of the last article */
    add_articles(c, path, buf_sv(&text));
    buf_free(&text);
}

/* ---- printing ---- */

static void print_cell(struct sv text)
{
    for (size_t i = 0; i < text.n; i++)
        putchar(text.p[i] == '\t' || text.p[i] == '\n' ? ' ' : text.p[i]);
}

static void print_finding(void *user, const struct finding *f)
{
    (void)user;
    printf("%s\t%" PRIu32, names[f->list], f->count);
    const struct sv cells[] = {f->written, f->spoken, f->why};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        putchar('\t');
        print_cell(cells[i]);
    }
    for (size_t i = 0; i < CONTEXTS && f->contexts[i].n; i++) {
        putchar('\t');
        print_cell(f->contexts[i]);
    }
    putchar('\n');
}

static void count_spelled(void *user, const struct finding *f)
{
    *(uint64_t *)user += f->count;
}

static void print_totals(struct corpus *c)
{
    uint64_t spelled = 0;
    findings_each(c->findings, LIST_spelled, count_spelled, &spelled);
    const struct totals *t = &c->totals;
    printf("articles\t%" PRIu64 "\nsentences\t%" PRIu64 "\ntokens\t%" PRIu64 "\nwords\t%" PRIu64
           "\nspelled\t%" PRIu64 "\nspelled in a million tokens\t%" PRIu64 "\n",
           t->articles, t->sentences, t->tokens, t->words, spelled,
           t->tokens ? spelled * 1000000 / t->tokens : 0);
}

static void print_list(struct corpus *c, const char *wanted)
{
    bool all = strcmp(wanted, "all") == 0;
    if (all || strcmp(wanted, "totals") == 0)
        print_totals(c);
    for (unsigned list = 0; list < LIST_COUNT; list++)
        if (all || strcmp(wanted, names[list]) == 0)
            findings_each(c->findings, list, print_finding, NULL);
}

static bool is_list(const char *wanted)
{
    bool known = strcmp(wanted, "all") == 0 || strcmp(wanted, "totals") == 0;
    for (unsigned list = 0; list < LIST_COUNT; list++)
        known = known || strcmp(wanted, names[list]) == 0;
    return known;
}

/* Reads the options, gives the index of the first argument behind them. */
static int read_arguments(int argc, char **argv, struct docbao_options *options)
{
    int i = 1;
    options->raw = true;
    for (; i < argc; i++) {
        if (strcmp(argv[i], "--article") == 0)
            options->raw = false;
        else if (strcmp(argv[i], "--rules") == 0 && i + 1 < argc)
            options->rules_folders[0] = argv[++i];
        else
            break;
    }
    return i;
}

int main(int argc, char **argv)
{
    struct docbao_options options = {0};
    int first = read_arguments(argc, argv, &options);
    if (argc < first + 2 || !is_list(argv[first])) {
        print_usage();
        return 2;
    }
    struct corpus c = {.docbao = docbao_new(&options), .findings = findings_new()};
    for (int i = first + 1; i < argc; i++)
        add_file(&c, argv[i]);
    print_list(&c, argv[first]);
    findings_free(c.findings);
    docbao_free(c.docbao);
    return c.failed || fflush(stdout) != 0;
}
