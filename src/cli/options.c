#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/message.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "base/closest.h"
#include "cli/complain.h"

enum option_type { FLAG, WORD, NUMBER, CHOICE };

#define EVERY (~0u)
#define WITH(verb) (1u << VERB_##verb)

struct option_row {
    const char *name;
    int letter;           /* 0: none */
    const char *argument; /* NULL: none */
    enum option_type type;
    uint64_t least, most; /* of a number */
    unsigned verbs;       /* bits: those it belongs to */
    const char *help;
    size_t offset; /* of its field */
};

static const struct option_row rows[] = {
#define OPTION(field, name, letter, argument, type, least, most, verbs, help)                      \
    {name, letter, argument, type, least, most, verbs, help, offsetof(struct options, field)},
#include "cli/options.def"
#undef OPTION
};
enum {
    ROWS = sizeof rows / sizeof *rows,
    LONG_BASE = 256, /* getopt values of long options start above every character */
};

struct verb_row {
    const char *name, *operands, *does;
};

static const struct verb_row verbs[] = {
#define VERB(id, name, operands, does) {name, operands, does},
#include "cli/verbs.def"
#undef VERB
};

int usage_error(const char *format, ...)
{
    struct buf what = BUF_INIT;
    va_list args;
    va_start(args, format);
    buf_add_message_args(&what, format, args);
    va_end(args);
    complain("%s; see docbao --help", what.p);
    buf_free(&what);
    return EXIT_USAGE;
}

/* The verb of that name, or VERB_COUNT. */
static enum verb verb_named(const char *name)
{
    unsigned verb = 0;
    while (verb < VERB_COUNT && strcmp(verbs[verb].name, name) != 0)
        verb++;
    return (enum verb)verb;
}

/* ---- values ---- */

static bool parse_number(const struct option_row *row, const char *value, uint64_t *number)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(value, &end, 10);
    /* strtoull takes a sign and spaces; we do not. */
    bool digits = value[strspn(value, "0123456789")] == '\0' && *value;
    if (!digits || *end || errno || n < row->least || n > row->most) {
        usage_error("--%s takes a number from %llu to %llu, not “%s”", row->name,
                    (unsigned long long)row->least, (unsigned long long)row->most, value);
        return false;
    }
    *number = n;
    return true;
}

static bool parse_choice(const struct option_row *row, const char *value, unsigned *choice)
{
    size_t length = strlen(value);
    const char *word = row->argument;
    for (unsigned i = 0;; i++) {
        size_t n = strcspn(word, "|");
        if (n == length && memcmp(word, value, n) == 0) {
            *choice = i;
            return true;
        }
        if (!word[n])
            break;
        word += n + 1;
    }
    usage_error("--%s takes one of %s, not “%s”", row->name, row->argument, value);
    return false;
}

static bool set_option(struct options *options, const struct option_row *row, const char *value)
{
    void *field = (char *)options + row->offset;
    switch (row->type) {
    case FLAG:
        *(option_FLAG *)field = true;
        return true;
    case WORD:
        *(option_WORD *)field = value;
        return true;
    case NUMBER:
        return parse_number(row, value, field);
    case CHOICE:
        return parse_choice(row, value, field);
    }
    return false;
}

/* ---- the command line ---- */

static void describe_to_getopt(struct option *longs, char *letters)
{
    *letters++ = ':'; /* makes getopt distinguish a missing argument from an unknown option */
    for (size_t i = 0; i < ROWS; i++) {
        int has = rows[i].argument ? required_argument : no_argument;
        longs[i] = (struct option){rows[i].name, has, NULL, LONG_BASE + (int)i};
        if (!rows[i].letter)
            continue;
        *letters++ = (char)rows[i].letter;
        if (rows[i].argument)
            *letters++ = ':';
    }
    longs[ROWS] = (struct option){0};
    *letters = '\0';
}

static size_t row_of(int value)
{
    if (value >= LONG_BASE)
        return (size_t)(value - LONG_BASE);
    size_t i = 0;
    while (rows[i].letter != value)
        i++;
    return i;
}

/* `option` as it was written: "--profle=loa". */
static void refuse_option(const char *option)
{
    struct buf name = BUF_INIT;
    buf_adds(&name, option + strspn(option, "-"));
    buf_cut(&name, strcspn(name.p, "="));
    const char *meant = closest_name(name.p, &rows[0].name, ROWS, sizeof rows[0]);
    if (meant)
        usage_error("there is no option %s (do you mean --%s?)", option, meant);
    else
        usage_error("there is no option %s", option);
    buf_free(&name);
}

static bool bad_option(int result, char **argv)
{
    if (result == ':')
        usage_error("the option %s needs a value", argv[optind - 1]);
    else if (optopt && optopt < LONG_BASE)
        usage_error("there is no option -%c", optopt);
    else if (optopt)
        usage_error("the option --%s takes no value", rows[row_of(optopt)].name);
    else
        refuse_option(argv[optind - 1]);
    return false;
}

static bool parse_options(struct options *options, int argc, char **argv, bool *given)
{
    struct option longs[ROWS + 1];
    char letters[2 * ROWS + 2];
    describe_to_getopt(longs, letters);
    opterr = 0;
    for (int result; (result = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (result == '?' || result == ':')
            return bad_option(result, argv);
        size_t row = row_of(result);
        if (!set_option(options, &rows[row], optarg))
            return false;
        given[row] = true;
    }
    return true;
}

/* A word that is no verb is a file to be played, if it is one or at least looks like one. */
static bool is_file(const char *word)
{
    struct stat info;
    return strcmp(word, "-") == 0 || strpbrk(word, "/.") || stat(word, &info) == 0;
}

/* The verb that the word may be meant for, or NULL. */
static const char *closest_verb(const char *word)
{
    return closest_name(word, &verbs[0].name, VERB_COUNT, sizeof verbs[0]);
}

/* docbao help VERB is docbao VERB --help. */
static bool find_helped(struct options *options)
{
    const char *word = options->file_count > 1 ? options->files[1] : NULL;
    options->help = true;
    options->verb = word ? verb_named(word) : VERB_COUNT;
    options->verb_given = options->verb < VERB_COUNT;
    if (!word || options->verb_given)
        return true;
    const char *meant = closest_verb(word);
    if (meant)
        usage_error("there is no verb “%s” (do you mean %s?)", word, meant);
    else
        usage_error("there is no verb “%s”", word);
    return false;
}

static bool refuse_word(const char *word)
{
    const char *meant = closest_verb(word);
    if (meant)
        usage_error("“%s” is neither a verb nor a file (do you mean %s?)", word, meant);
    else
        usage_error("“%s” is neither a verb nor a file", word);
    return false;
}

static bool find_verb(struct options *options)
{
    options->verb = VERB_play;
    if (!options->file_count)
        return true;
    const char *word = options->files[0];
    if (strcmp(word, "help") == 0)
        return find_helped(options);
    enum verb verb = verb_named(word);
    if (verb == VERB_COUNT)
        return is_file(word) || refuse_word(word);
    options->verb = verb;
    options->verb_given = true;
    options->files++;
    options->file_count--;
    return true;
}

static bool fits_verb(const struct options *options, const bool *given)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (!given[i] || rows[i].verbs & 1u << options->verb)
            continue;
        usage_error("--%s does not go with docbao %s", rows[i].name, verbs[options->verb].name);
        return false;
    }
    return true;
}

bool options_parse(struct options *options, int argc, char **argv)
{
    *options = (struct options){0};
    bool given[ROWS] = {false};
    if (!parse_options(options, argc, argv, given))
        return false;
    options->files = argv + optind;
    options->file_count = argc - optind;
    if (!find_verb(options))
        return false;
    options->many = options->file_count > 1;
    return options->help || options->version || fits_verb(options, given);
}

bool options_take_articles(enum verb verb)
{
    return verb == VERB_play || verb == VERB_save || verb == VERB_text || verb == VERB_check;
}

/* ---- help ---- */

/* "-v, --voice NAME" */
static int print_option(const struct option_row *row, struct out *out)
{
    int width = row->letter ? out_printf(out, "  -%c, ", row->letter) : out_printf(out, "      ");
    width += out_printf(out, "--%s", row->name);
    if (row->argument)
        width += out_printf(out, " %s", row->argument);
    return width;
}

/* Prints the words from column `at` on; further lines begin at `indent`. */
static void print_words(struct out *out, unsigned at, unsigned indent, struct sv words)
{
    enum { WIDTH = 80 };
    const char *before = "";
    while (words.n) {
        struct sv word = sv_cut(&words, ' ');
        unsigned cells = (unsigned)utf8_count(word);
        if (*before && at + 1 + cells > WIDTH) {
            out_printf(out, "\n%*s", (int)indent, "");
            at = indent;
            before = "";
        }
        out_printf(out, "%s%.*s", before, SV_ARG(word));
        at += (unsigned)strlen(before) + cells;
        before = " ";
    }
    out_bytes(out, "\n", 1);
}

static void help_option(const struct option_row *row, bool all_verbs, struct out *out)
{
    enum { HELP_COLUMN = 32 };
    struct buf words = BUF_INIT;
    int width = print_option(row, out);
    width += out_printf(out, "%*s", width < HELP_COLUMN - 2 ? HELP_COLUMN - width : 2, "");
    buf_adds(&words, _(row->help));
    bool common = !all_verbs || (row->verbs & READING) == READING;
    const char *before = " (";
    for (unsigned v = 0; !common && v < VERB_COUNT; v++) {
        if (!(row->verbs & 1u << v))
            continue;
        buf_addf(&words, "%s%s", before, verbs[v].name);
        before = ", ";
    }
    if (!common)
        buf_putc(&words, ')');
    print_words(out, (unsigned)width, HELP_COLUMN, buf_sv(&words));
    buf_free(&words);
}

static void help_verb(const char *name, const char *operands, const char *does, struct out *out)
{
    out_printf(out, "docbao %s%s%s\n    ", name, *operands ? " " : "", operands);
    print_words(out, 4, 4, sv_of(does));
}

void options_help(enum verb verb, struct out *out)
{
    if (verb == VERB_COUNT)
        out_printf(out, "%s\n\n", _("docbao reads Vietnamese articles aloud."));
    for (unsigned v = 0; v < VERB_COUNT; v++)
        if (verb == VERB_COUNT || verb == v)
            help_verb(verbs[v].name, verbs[v].operands, _(verbs[v].does), out);
    if (verb == VERB_COUNT)
        help_verb("help", "VERB", _("tells about one of these"), out);
    out_printf(out, "\n");
    if (verb == VERB_COUNT || options_take_articles(verb))
        print_words(out, 0, 0,
                    sv_of(_("A FILE may be -, standard input, or a URL, or a folder or a playlist "
                            "(.m3u) of articles.")));
    else if (strstr(verbs[verb].operands, "FILE"))
        print_words(out, 0, 0, sv_of(_("A FILE may be -, standard input, or a URL.")));
    out_printf(out, "%s\n", _("Options:"));
    for (size_t i = 0; i < ROWS; i++)
        if (verb == VERB_COUNT || rows[i].verbs & 1u << verb)
            help_option(&rows[i], verb == VERB_COUNT, out);
    out_bytes(out, "\n", 1);
    print_words(out, 0, 0,
                sv_of(_("Exit codes: 0 done; 1 wrong use, or a part could not start; 2 nothing "
                        "could be read, heard or written; 3 done in part; 4 ended by a signal.")));
}
