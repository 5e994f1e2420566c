/*
 * Writes what follows from the tables of verbs and options (src/cli/verbs.def, options.def):
 *
 *     write_options manual TEMPLATE   the manual page; TEMPLATE has lines @VERBS@ and @OPTIONS@
 *     write_options bash|zsh|fish     the completion for that shell
 *
 * to standard output. Texts are in the language of the environment.
 */
#include <errno.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/language.h"
#include "base/message.h"

enum type { FLAG, WORD, NUMBER, CHOICE };

#define EVERY (~0u)
#define WITH(verb) (1u << VERB_##verb)

enum verb {
#define VERB(id, name, operands, does) VERB_##id,
#include "cli/verbs.def"
#undef VERB
    VERB_COUNT
};

static const struct verb_row {
    const char *name, *operands, *does;
} verbs[] = {
#define VERB(id, name, operands, does) {name, operands, does},
#include "cli/verbs.def"
#undef VERB
};

static const struct option_row {
    const char *name;
    int letter;           /* 0: none */
    const char *argument; /* NULL: none */
    enum type type;
    unsigned verbs; /* bits: those it belongs to */
    const char *help;
} options[] = {
#define OPTION(field, name, letter, argument, type, least, most, verbs, help)                      \
    {name, letter, argument, type, verbs, help},
#include "cli/options.def"
#undef OPTION
};

enum { OPTIONS = sizeof options / sizeof *options };

/* ---- what the shells complete a value with ---- */

enum values { VALUES_NONE, VALUES_FILES, VALUES_FOLDERS, VALUES_WORDS, VALUES_VOICES };

/* The words that are complete values, with spaces between them. */
static const struct value_row {
    const char *option;
    enum values values;
    const char *words;
} value_rows[] = {
    {"voice", VALUES_VOICES, NULL},
    {"encoding", VALUES_WORDS, "UTF-8 windows-1258 VISCII TCVN3 VNI"},
    {"profile", VALUES_WORDS, "loa podcast phat-thanh luu-tru"},
    {"captions", VALUES_WORDS, "vtt srt lrc json chapters html"},
    {"run-sheet", VALUES_WORDS, "txt html csv"},
    {"loudness", VALUES_WORDS, "none -23 -19 -16"},
    {"rules", VALUES_FOLDERS, NULL},
    {"lexicon", VALUES_FILES, NULL},
    {"cookie-file", VALUES_FILES, NULL},
    {"control", VALUES_FILES, NULL},
    {"output", VALUES_FILES, NULL},
    {"cover", VALUES_FILES, NULL},
    {"html", VALUES_FILES, NULL},
};

/* How an option's value is completed; the words are appended to `words`. */
static enum values values_of(const struct option_row *row, struct buf *words)
{
    if (row->type == CHOICE) {
        for (const char *p = row->argument; *p; p++)
            buf_putc(words, *p == '|' ? ' ' : *p);
        return VALUES_WORDS;
    }
    for (size_t i = 0; i < sizeof value_rows / sizeof *value_rows; i++) {
        if (strcmp(value_rows[i].option, row->name) != 0)
            continue;
        if (value_rows[i].words)
            buf_adds(words, value_rows[i].words);
        return value_rows[i].values;
    }
    return VALUES_NONE;
}

static bool goes_with(const struct option_row *row, unsigned verb)
{
    return row->verbs & 1u << verb;
}

/* ---- the manual page, in mdoc ---- */

/* A part of a line of text, as mdoc takes it: a backslash would be a command. */
static void add_roff(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\\')
            buf_adds(out, "\\e");
        else
            buf_putc(out, text.p[i]);
}

/* How long mandoc takes a word to be: it writes other characters than ASCII as \[u1EBF]. */
static size_t roff_length(struct sv word)
{
    size_t length = 0;
    for (size_t i = 0; i < word.n; i++) {
        unsigned char byte = (unsigned char)word.p[i];
        length += byte < 0x80 ? 1 : byte >= 0xC0 ? sizeof "\\[u1EBF]" - 1 : 0;
    }
    return length;
}

/* Lines of text, as short as mandoc -Tlint wants them. A full stop that begins one would be a
 * command. */
static void add_roff_lines(struct buf *out, const char *text)
{
    enum { MOST = 78 };
    size_t column = 0;
    for (struct sv rest = sv_of(text); rest.n;) {
        struct sv word = sv_cut(&rest, ' ');
        size_t length = roff_length(word);
        bool fits = column && column + 1 + length <= MOST;
        if (column)
            buf_putc(out, fits ? ' ' : '\n');
        if (!fits && (*word.p == '.' || *word.p == '\''))
            buf_adds(out, "\\&");
        column = fits ? column + 1 + length : length;
        add_roff(out, word);
    }
    buf_putc(out, '\n');
}

/* An argument of a macro. */
static void add_macro_argument(struct buf *out, const char *text)
{
    buf_adds(out, " \"");
    add_roff(out, sv_of(text));
    buf_putc(out, '"');
}

static void add_verbs(struct buf *out)
{
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        buf_addf(out, ".It Nm Cm %s", verbs[v].name);
        if (*verbs[v].operands) {
            buf_adds(out, " Ar");
            add_macro_argument(out, verbs[v].operands);
        }
        buf_putc(out, '\n');
        add_roff_lines(out, _(verbs[v].does));
    }
}

static void add_verbs_of_option(struct buf *out, const struct option_row *row)
{
    const char *before = ".Pq";
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        if (!goes_with(row, v))
            continue;
        buf_addf(out, "%s Cm %s", before, verbs[v].name);
        before = " ,";
    }
    buf_putc(out, '\n');
}

static void add_options(struct buf *out)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        buf_adds(out, ".It");
        if (options[i].letter)
            buf_addf(out, " Fl %c ,", options[i].letter);
        buf_addf(out, " Fl -%s", options[i].name);
        if (options[i].argument) {
            buf_adds(out, " Ar");
            add_macro_argument(out, options[i].argument);
        }
        buf_putc(out, '\n');
        add_roff_lines(out, _(options[i].help));
        if (options[i].verbs != EVERY && options[i].verbs != READING)
            add_verbs_of_option(out, &options[i]);
    }
}

static int write_manual(const char *template, struct buf *out)
{
    struct buf text = BUF_INIT;
    bool ok = file_read(template, &text);
    if (!ok)
        fprintf(stderr, "write_options: %s: %s\n", template, strerror(errno));
    for (struct sv rest = buf_sv(&text); ok && rest.n;) {
        struct sv line = sv_cut(&rest, '\n');
        if (sv_is(line, "@VERBS@")) {
            add_verbs(out);
        } else if (sv_is(line, "@OPTIONS@")) {
            add_options(out);
        } else {
            buf_add_sv(out, line);
            buf_putc(out, '\n');
        }
    }
    buf_free(&text);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- completions ---- */

/* A text in single quotes, as all three shells read it (fish: \' and \\). */
static void add_quoted(struct buf *out, const char *text, const char *quote)
{
    buf_putc(out, '\'');
    for (; *text; text++)
        if (*text == '\'')
            buf_adds(out, quote);
        else
            buf_putc(out, *text);
    buf_putc(out, '\'');
}

/* Whether the word stands in the operands of a verb as it is typed, as "add" does, unlike WRITTEN.
 */
static bool is_typed(struct sv word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] != '-' && (word.p[i] < 'a' || word.p[i] > 'z'))
            return false;
    return word.n && word.p[0] != '-';
}

/* Appends the words that may follow the verb, from "add WRITTEN SPOKEN | remove WRITTEN | list". */
static void add_operand_words(struct buf *out, const struct verb_row *verb)
{
    bool begins = true;
    for (struct sv rest = sv_of(verb->operands); rest.n;) {
        struct sv word = sv_cut(&rest, ' ');
        if (begins && is_typed(word)) {
            buf_adds(out, out->n ? " " : "");
            buf_add_sv(out, word);
        }
        begins = sv_is(word, "|");
    }
}

/* What a verb takes besides options. False: files, or the like; else the words, of which there may
 * be none. */
static bool takes_words(const struct verb_row *verb, struct buf *words)
{
    add_operand_words(words, verb);
    return words->n || !*verb->operands || *verb->operands == '[';
}

static void add_verb_names(struct buf *out)
{
    for (unsigned v = 0; v < VERB_COUNT; v++)
        buf_addf(out, "%s ", verbs[v].name);
    buf_adds(out, "help");
}

/* Fills bash's list of completions with the lines that `command` prints. */
static void add_bash_lines(struct buf *out, const char *command)
{
    buf_addf(out, "mapfile -t COMPREPLY < <(%s -- \"$word\")", command);
}

/* A line for each option with a value: what may follow it. */
static void add_bash_value(struct buf *out, const struct option_row *row)
{
    struct buf words = BUF_INIT, command = BUF_INIT;
    enum values values = values_of(row, &words);
    if (values == VALUES_FILES)
        buf_adds(&command, "compgen -f");
    else if (values == VALUES_FOLDERS)
        buf_adds(&command, "compgen -d");
    else if (values == VALUES_WORDS)
        buf_addf(&command, "compgen -W '%s'", words.p);
    else if (values == VALUES_VOICES)
        buf_adds(&command, "compgen -W \"$(\"$1\" voices 2>/dev/null | cut -f 1)\"");
    buf_addf(out, "    --%s", row->name);
    if (row->letter)
        buf_addf(out, " | -%c", row->letter);
    buf_adds(out, ") ");
    if (values == VALUES_FILES || values == VALUES_FOLDERS)
        buf_adds(out, "compopt -o filenames; ");
    if (command.n) {
        add_bash_lines(out, command.p);
        buf_adds(out, "; ");
    }
    buf_adds(out, "return ;;\n");
    buf_free(&words);
    buf_free(&command);
}

static void add_bash_options(struct buf *out)
{
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        struct buf words = BUF_INIT;
        const char *before = "";
        buf_addf(out, "    %s) ", verbs[v].name);
        if (takes_words(&verbs[v], &words))
            buf_addf(out, "files=no operands='%s' ", words.n ? words.p : "");
        buf_adds(out, "options='");
        buf_free(&words);
        for (size_t i = 0; i < OPTIONS; i++)
            if (goes_with(&options[i], v)) {
                buf_addf(out, "%s--%s", before, options[i].name);
                before = " ";
            }
        buf_adds(out, "' ;;\n");
    }
}

static int write_bash(struct buf *out)
{
    buf_adds(out, "# Completion of docbao for bash.\n"
                  "_docbao()\n"
                  "{\n"
                  "    local word=$2 before=$3 verb=play options operands files=yes each\n"
                  "    COMPREPLY=()\n"
                  "    case $before in\n");
    for (size_t i = 0; i < OPTIONS; i++)
        if (options[i].argument)
            add_bash_value(out, &options[i]);
    buf_adds(out, "    esac\n"
                  "    for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                  "        case \" ");
    add_verb_names(out);
    buf_adds(out, " \" in\n"
                  "        *\" $each \"*) verb=$each; break ;;\n"
                  "        esac\n"
                  "    done\n"
                  "    case $verb in\n");
    add_bash_options(out);
    buf_adds(out, "    help) mapfile -t COMPREPLY < <(compgen -W '");
    add_verb_names(out);
    buf_adds(out, "' -- \"$word\"); return ;;\n"
                  "    esac\n"
                  "    if [[ $word == -* ]]; then\n"
                  "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
                  "        return\n"
                  "    fi\n"
                  "    if [[ $files = no ]]; then\n"
                  "        [[ $before != \"$verb\" ]] ||\n"
                  "            mapfile -t COMPREPLY < <(compgen -W \"$operands\" -- \"$word\")\n"
                  "        return\n"
                  "    fi\n"
                  "    compopt -o filenames\n"
                  "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                  "    ((COMP_CWORD > 1)) || COMPREPLY+=($(compgen -W '");
    add_verb_names(out);
    buf_adds(out, "' -- \"$word\"))\n"
                  "}\n"
                  "complete -F _docbao docbao\n");
    return EXIT_SUCCESS;
}

/* The part of a zsh option after its name: "[help]:argument:action", quoted. Brackets and colons
 * would end the help. */
static void add_zsh_help(struct buf *out, const char *help)
{
    buf_putc(out, '[');
    for (; *help; help++) {
        if (*help == '[' || *help == ']' || *help == ':' || *help == '\\')
            buf_putc(out, '\\');
        buf_putc(out, *help);
    }
    buf_putc(out, ']');
}

static void add_zsh_action(struct buf *out, const struct option_row *row)
{
    struct buf words = BUF_INIT;
    enum values values = values_of(row, &words);
    buf_addf(out, ":%s:", row->type == CHOICE ? row->name : row->argument);
    if (values == VALUES_FILES)
        buf_adds(out, "_files");
    else if (values == VALUES_FOLDERS)
        buf_adds(out, "_files -/");
    else if (values == VALUES_WORDS)
        buf_addf(out, "(%s)", words.p);
    else if (values == VALUES_VOICES)
        buf_adds(out, "($(docbao voices 2>/dev/null | cut -f 1))");
    buf_free(&words);
}

static void add_zsh_option(struct buf *out, const struct option_row *row)
{
    struct buf text = BUF_INIT;
    add_zsh_help(&text, _(row->help));
    if (row->argument)
        add_zsh_action(&text, row);
    if (row->letter)
        buf_addf(out, "            {-%c,--%s}", row->letter, row->name);
    else
        buf_addf(out, "            --%s", row->name);
    add_quoted(out, text.p, "'\\''");
    buf_adds(out, " \\\n");
    buf_free(&text);
}

/* What the verb help does, in quotes. */
static void add_help_verb(struct buf *out, const char *before)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s%s", before, _("tells about one of these"));
    add_quoted(out, text.p, "'\\''");
    buf_free(&text);
}

static void add_zsh_verb_list(struct buf *out)
{
    struct buf text = BUF_INIT;
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        buf_clear(&text);
        buf_addf(&text, "%s:%s", verbs[v].name, _(verbs[v].does));
        buf_adds(out, "        ");
        add_quoted(out, text.p, "'\\''");
        buf_adds(out, "\n");
    }
    buf_adds(out, "        ");
    add_help_verb(out, "help:");
    buf_free(&text);
}

static void add_zsh_case(struct buf *out, unsigned verb)
{
    struct buf words = BUF_INIT;
    buf_addf(out, "    %s)\n        _arguments -s -S \\\n", verbs[verb].name);
    for (size_t i = 0; i < OPTIONS; i++)
        if (goes_with(&options[i], verb))
            add_zsh_option(out, &options[i]);
    if (takes_words(&verbs[verb], &words))
        buf_addf(out, "            '*: :(%s)'\n        ;;\n", words.n ? words.p : "");
    else
        buf_adds(out, "            '*:FILE:_files'\n        ;;\n");
    buf_free(&words);
}

static int write_zsh(struct buf *out)
{
    buf_adds(out, "#compdef docbao\n"
                  "# Completion of docbao for zsh.\n"
                  "_docbao() {\n"
                  "    local verb=play each\n"
                  "    local -a verbs=(\n");
    add_zsh_verb_list(out);
    buf_adds(out, "\n    )\n"
                  "    for each in ${words[2,CURRENT-1]}; do\n"
                  "        if (( ${verbs[(I)$each:*]} )); then verb=$each; break; fi\n"
                  "    done\n"
                  "    case $verb in\n");
    for (unsigned v = 0; v < VERB_COUNT; v++)
        add_zsh_case(out, v);
    buf_adds(out, "    help)\n"
                  "        verbs=(${verbs:#help:*})\n"
                  "        _describe verb verbs\n"
                  "        return\n"
                  "        ;;\n"
                  "    esac\n"
                  "    (( CURRENT > 2 )) || _describe verb verbs\n"
                  "}\n"
                  "_docbao \"$@\"\n");
    return EXIT_SUCCESS;
}

/* Where there is no verb, it is play: its options are those that no other verb excludes. */
static void add_fish_condition(struct buf *out, const struct option_row *row)
{
    bool play = goes_with(row, VERB_play);
    buf_addf(out, " -n '%s__fish_seen_subcommand_from", play ? "not " : "");
    for (unsigned v = 0; v < VERB_COUNT; v++)
        if (goes_with(row, v) != play)
            buf_addf(out, " %s", verbs[v].name);
    buf_adds(out, play ? " help'" : "'");
}

static void add_fish_option(struct buf *out, const struct option_row *row)
{
    buf_adds(out, "complete -c docbao");
    if (row->verbs != EVERY)
        add_fish_condition(out, row);
    buf_addf(out, " -l %s", row->name);
    if (row->letter)
        buf_addf(out, " -s %c", row->letter);
    struct buf words = BUF_INIT;
    enum values values = row->argument ? values_of(row, &words) : VALUES_NONE;
    if (values == VALUES_FILES)
        buf_adds(out, " -r -F");
    else if (values == VALUES_FOLDERS)
        buf_adds(out, " -x -a '(__fish_complete_directories)'");
    else if (values == VALUES_WORDS)
        buf_addf(out, " -x -a '%s'", words.p);
    else if (values == VALUES_VOICES)
        buf_adds(out, " -x -a '(docbao voices 2>/dev/null | cut -f 1,2)'");
    else if (row->argument)
        buf_adds(out, " -x");
    buf_adds(out, " -d ");
    add_quoted(out, _(row->help), "\\'");
    buf_putc(out, '\n');
    buf_free(&words);
}

/* What follows a verb that takes no files: one of these words. */
static void add_fish_words(struct buf *out, const char *verb, const char *words)
{
    buf_addf(out, "complete -c docbao -f -n '__fish_seen_subcommand_from %s'\n", verb);
    if (*words)
        buf_addf(out,
                 "complete -c docbao -n '__fish_seen_subcommand_from %s; and not "
                 "__fish_seen_subcommand_from %s' -a '%s'\n",
                 verb, words, words);
}

static void add_fish_operands(struct buf *out)
{
    struct buf words = BUF_INIT;
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        buf_clear(&words);
        if (takes_words(&verbs[v], &words))
            add_fish_words(out, verbs[v].name, words.n ? words.p : "");
    }
    buf_clear(&words);
    for (unsigned v = 0; v < VERB_COUNT; v++)
        buf_addf(&words, "%s%s", v ? " " : "", verbs[v].name);
    add_fish_words(out, "help", words.p);
    buf_free(&words);
}

static int write_fish(struct buf *out)
{
    buf_adds(out, "# Completion of docbao for fish.\n");
    for (unsigned v = 0; v < VERB_COUNT; v++) {
        buf_addf(out, "complete -c docbao -n __fish_use_subcommand -a %s -d ", verbs[v].name);
        add_quoted(out, _(verbs[v].does), "\\'");
        buf_putc(out, '\n');
    }
    buf_adds(out, "complete -c docbao -n __fish_use_subcommand -a help -d ");
    add_quoted(out, _("tells about one of these"), "\\'");
    buf_putc(out, '\n');
    add_fish_operands(out);
    for (size_t i = 0; i < OPTIONS; i++)
        add_fish_option(out, &options[i]);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    language_choose();
    struct buf out = BUF_INIT;
    const char *what = argc > 1 ? argv[1] : "";
    int result = EXIT_FAILURE;
    if (argc == 3 && strcmp(what, "manual") == 0)
        result = write_manual(argv[2], &out);
    else if (argc == 2 && strcmp(what, "bash") == 0)
        result = write_bash(&out);
    else if (argc == 2 && strcmp(what, "zsh") == 0)
        result = write_zsh(&out);
    else if (argc == 2 && strcmp(what, "fish") == 0)
        result = write_fish(&out);
    else
        fprintf(stderr, "usage: write_options manual TEMPLATE | bash | zsh | fish\n");
    if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
        result = EXIT_FAILURE;
    buf_free(&out);
    return result;
}
