#include "synth/command/config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"

enum {
    RATE_LEAST = 8000,
    RATE_MOST = 96000,
    PROCESSES_MOST = 64,
    HASHED_BYTES = 4 << 20, /* larger files (models) are told by their size and time */
};

/* ---- the lines ---- */

static const char *const keys[] = {"program", "run", "sample_rate", "read", "processes"};
enum key { KEY_PROGRAM, KEY_RUN, KEY_SAMPLE_RATE, KEY_READ, KEY_PROCESSES, KEYS };

static enum key key_named(struct sv name)
{
    for (unsigned i = 0; i < KEYS; i++)
        if (sv_is(name, keys[i]))
            return (enum key)i;
    return KEYS;
}

/* 0: it is no whole number within these limits. */
static uint32_t parse_number(struct sv value, uint32_t least, uint32_t most)
{
    uint64_t number = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9' || number > most)
            return 0;
        number = number * 10 + (uint64_t)(value.p[i] - '0');
    }
    return number >= least && number <= most ? (uint32_t)number : 0;
}

static bool check_number(const char *value, uint32_t least, uint32_t most, struct buf *problem)
{
    if (parse_number(sv_of(value), least, most))
        return true;
    buf_add_message(problem, "\"%s\" is not a whole number from %u to %u", value, least, most);
    return false;
}

bool command_check_line(const char *key, const char *value, struct buf *problem)
{
    switch (key_named(sv_of(key))) {
    case KEY_PROGRAM:
    case KEY_READ:
        return true;
    case KEY_RUN:
        if (strcmp(value, "kept") == 0 || strcmp(value, "each") == 0)
            return true;
        buf_add_message(problem, "\"%s\" is none of: %s", value, "kept, each");
        return false;
    case KEY_SAMPLE_RATE:
        return check_number(value, RATE_LEAST, RATE_MOST, problem);
    case KEY_PROCESSES:
        return check_number(value, 1, PROCESSES_MOST, problem);
    default:
        buf_add_message(problem, "a voice has no \"%s\" in [%s]", key, "command");
        return false;
    }
}

/* The value of a key; without p: there is no such line. */
static struct sv value_of(const char *section, enum key key)
{
    struct sv rest = sv_of(section), found = {NULL, 0};
    while (rest.p) {
        struct sv value = sv_cut(&rest, '\t');
        struct sv name = sv_cut(&value, '=');
        if (key_named(name) == key)
            found = value;
    }
    return found;
}

static bool is_each(const char *section)
{
    return sv_is(value_of(section, KEY_RUN), "each");
}

bool command_check_section(const char *section, struct buf *problem)
{
    if (!sv_trim(value_of(section, KEY_PROGRAM)).n)
        buf_adds(problem, _("[command] has no “program”"));
    else if (is_each(section) && !value_of(section, KEY_SAMPLE_RATE).n)
        buf_adds(problem, _("[command] has no “sample_rate”, which “run = each” needs"));
    else if (!is_each(section) && value_of(section, KEY_SAMPLE_RATE).n)
        buf_adds(problem, _("a program that is kept tells its sample rate itself; remove "
                            "“sample_rate”"));
    else
        return true;
    return false;
}

/* ---- words ---- */

/* The next word of a line; false: there is none. */
static bool next_word(struct sv *rest, struct buf *word)
{
    bool quoted = false, some = false;
    size_t i = 0;
    for (; i < rest->n && rest->p[i] == ' '; i++)
        ;
    for (; i < rest->n && (quoted || rest->p[i] != ' '); i++) {
        some = true;
        if (rest->p[i] == '"')
            quoted = !quoted;
        else
            buf_putc(word, rest->p[i]);
    }
    *rest = sv_from(*rest, i);
    return some;
}

static void expand_home(struct buf *word)
{
    const char *home = getenv("HOME");
    if (!home || (strcmp(word->p, "~") != 0 && !sv_starts(buf_sv(word), SV("~/"))))
        return;
    struct buf whole = BUF_INIT;
    buf_addf(&whole, "%s%s", home, word->p + 1);
    buf_free(word);
    *word = whole;
}

static void divide_line(struct sv line, struct command_words *out)
{
    struct buf word = BUF_INIT;
    while (next_word(&line, &word)) {
        expand_home(&word);
        *vec_push(out) = buf_detach(&word);
    }
    buf_free(&word);
}

void command_words_free(struct command_words *w)
{
    for (size_t i = 0; i < w->n; i++)
        free(w->at[i]);
    vec_free(w);
}

/* ---- the program ---- */

static bool is_program(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

/* Looks for a program as a shell does, but only in folders that have a whole path. */
static bool find_in_folders(const char *name, struct buf *path)
{
    const char *folders = getenv("PATH");
    struct sv rest = sv_of(folders ? folders : "/usr/local/bin:/usr/bin:/bin");
    while (rest.p) {
        struct sv folder = sv_cut(&rest, ':');
        buf_clear(path);
        buf_addf(path, "%.*s/%s", SV_ARG(folder), name);
        if (*path->p == '/' && is_program(path->p))
            return true;
    }
    return false;
}

static bool find_program(char **program, struct buf *why)
{
    struct buf path = BUF_INIT;
    bool named = strchr(*program, '/') != NULL;
    bool found =
        named ? **program == '/' && is_program(*program) : find_in_folders(*program, &path);
    if (named)
        buf_adds(&path, *program);
    if (!found && named && **program != '/')
        buf_add_message(why,
                        "the program \"%s\" must be named by its whole path, or by its name "
                        "alone",
                        *program);
    else if (!found)
        buf_add_message(why, "there is no program \"%s\"; install it, or name it by its whole path",
                        *program);
    free(*program);
    *program = buf_detach(&path);
    return found;
}

static bool check_readable(const struct command_words *readable, struct buf *why)
{
    for (size_t i = 0; i < readable->n; i++)
        if (readable->at[i][0] != '/' || access(readable->at[i], R_OK) != 0) {
            buf_add_message(why, "\"%s\", which [command] says the program reads, is not there",
                            readable->at[i]);
            return false;
        }
    return true;
}

bool command_config_read(struct command_config *out, const char *section, struct buf *why)
{
    struct sv processes = value_of(section, KEY_PROCESSES);
    *out = (struct command_config){.each = is_each(section)};
    out->sample_rate = parse_number(value_of(section, KEY_SAMPLE_RATE), RATE_LEAST, RATE_MOST);
    out->processes = processes.n ? parse_number(processes, 1, PROCESSES_MOST)
                     : out->each ? PROCESSES_MOST
                                 : 1;
    divide_line(value_of(section, KEY_PROGRAM), &out->arguments);
    divide_line(value_of(section, KEY_READ), &out->readable);
    bool good = out->arguments.n && find_program(&out->arguments.at[0], why);
    *vec_push(&out->arguments) = NULL;
    return good && check_readable(&out->readable, why);
}

void command_config_free(struct command_config *c)
{
    command_words_free(&c->arguments);
    command_words_free(&c->readable);
}

/* ---- the speed ---- */

bool command_config_has_speed(const struct command_config *c)
{
    for (size_t i = 1; i + 1 < c->arguments.n; i++)
        if (strstr(c->arguments.at[i], "{rate}") || strstr(c->arguments.at[i], "{words}"))
            return true;
    return false;
}

static bool fill_one(struct sv *rest, struct sv name, uint32_t number, struct buf *out)
{
    if (!sv_starts(*rest, name))
        return false;
    buf_addf(out, "%u", number);
    *rest = sv_from(*rest, name.n);
    return true;
}

void command_config_fill(const struct command_config *c, uint32_t percent, uint32_t words,
                         struct command_words *out)
{
    for (size_t i = 0; i + 1 < c->arguments.n; i++) {
        struct buf filled = BUF_INIT;
        struct sv rest = sv_of(c->arguments.at[i]);
        while (rest.n)
            if (!fill_one(&rest, SV("{rate}"), percent, &filled) &&
                !fill_one(&rest, SV("{words}"), words, &filled)) {
                buf_putc(&filled, *rest.p);
                rest = sv_from(rest, 1);
            }
        *vec_push(out) = buf_detach(&filled);
    }
    *vec_push(out) = NULL;
}

/* ---- files ---- */

static void identify_file(const char *path, struct buf *out)
{
    struct stat info;
    struct buf bytes = BUF_INIT;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return;
    if (info.st_size <= HASHED_BYTES && file_read(path, &bytes))
        buf_addf(out, "%zu %016llx %s\n", bytes.n, (unsigned long long)sv_hash(buf_sv(&bytes)),
                 path);
    else
        buf_addf(out, "%lld %lld.%09ld %s\n", (long long)info.st_size,
                 (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec, path);
    buf_free(&bytes);
}

/* A model's settings stand in a file beside it, whose name is longer. */
void command_config_identify(const struct command_config *c, struct buf *out)
{
    for (size_t i = 0; i + 1 < c->arguments.n; i++) {
        const char *path = strchr(c->arguments.at[i], '/');
        struct buf beside = BUF_INIT;
        if (!path)
            continue;
        identify_file(path, out);
        buf_addf(&beside, "%s.json", path);
        identify_file(beside.p, out);
        buf_free(&beside);
    }
}

static void add_path(const char *path, size_t n, struct buf *paths)
{
    buf_add(paths, path, n);
    buf_putc(paths, '\0');
}

void command_config_add_readable(const struct command_config *c, struct buf *paths)
{
    char *real = realpath(c->arguments.at[0], NULL);
    const char *programs[] = {c->arguments.at[0], real};
    for (size_t i = 0; i < 2; i++)
        if (programs[i]) /* a program in the folder of the system is allowed anyway */
            add_path(programs[i], strlen(programs[i]), paths);
    free(real);
    for (size_t i = 1; i + 1 < c->arguments.n; i++) {
        const char *path = strchr(c->arguments.at[i], '/'); /* also of --model=/… */
        struct buf beside = BUF_INIT;
        if (path && path[1]) {
            buf_addf(&beside, "%s.json", path);
            add_path(path, strlen(path), paths);
            add_path(beside.p, beside.n, paths);
        }
        buf_free(&beside);
    }
    for (size_t i = 0; i < c->readable.n; i++)
        add_path(c->readable.at[i], strlen(c->readable.at[i]), paths);
}
