#include "synth/command/config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"
#include "synth/section.h"

enum {
    RATE_LEAST = 8000,
    RATE_MOST = 96000,
    PROCESSES_MOST = 64,
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
        return section_check_number(value, RATE_LEAST, RATE_MOST, problem);
    case KEY_PROCESSES:
        return section_check_number(value, 1, PROCESSES_MOST, problem);
    default:
        buf_add_message(problem, "a voice has no \"%s\" in [%s]", key, "command");
        return false;
    }
}

static bool is_each(const char *section)
{
    return sv_is(section_value(section, "run"), "each");
}

bool command_check_section(const char *section, struct buf *problem)
{
    if (!sv_trim(section_value(section, "program")).n)
        buf_adds(problem, _("[command] has no “program”"));
    else if (is_each(section) && !section_value(section, "sample_rate").n)
        buf_adds(problem, _("[command] has no “sample_rate”, which “run = each” needs"));
    else if (!is_each(section) && section_value(section, "sample_rate").n)
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

static void divide_line(struct sv line, struct command_words *out)
{
    struct buf word = BUF_INIT;
    while (next_word(&line, &word)) {
        struct buf path = BUF_INIT;
        section_add_path(buf_sv(&word), &path);
        *vec_push(out) = buf_detach(&path);
        buf_clear(&word);
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
    struct sv processes = section_value(section, "processes");
    *out = (struct command_config){.each = is_each(section)};
    out->sample_rate = section_number(section_value(section, "sample_rate"), RATE_LEAST, RATE_MOST);
    out->processes = processes.n ? section_number(processes, 1, PROCESSES_MOST)
                     : out->each ? PROCESSES_MOST
                                 : 1;
    divide_line(section_value(section, "program"), &out->arguments);
    divide_line(section_value(section, "read"), &out->readable);
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

/* A model's settings stand in a file beside it, whose name is longer. */
void command_config_identify(const struct command_config *c, struct buf *out)
{
    for (size_t i = 0; i + 1 < c->arguments.n; i++) {
        const char *path = strchr(c->arguments.at[i], '/');
        struct buf beside = BUF_INIT;
        if (!path)
            continue;
        section_identify_file(path, out);
        buf_addf(&beside, "%s.json", path);
        section_identify_file(beside.p, out);
        buf_free(&beside);
    }
}

void command_config_add_readable(const struct command_config *c, struct buf *paths)
{
    char *real = realpath(c->arguments.at[0], NULL);
    const char *programs[] = {c->arguments.at[0], real};
    for (size_t i = 0; i < 2; i++)
        if (programs[i]) /* a program in the folder of the system is allowed anyway */
            section_add_readable(programs[i], paths);
    free(real);
    for (size_t i = 1; i + 1 < c->arguments.n; i++) {
        const char *path = strchr(c->arguments.at[i], '/'); /* also of --model=/… */
        struct buf beside = BUF_INIT;
        if (path && path[1]) {
            buf_addf(&beside, "%s.json", path);
            section_add_readable(path, paths);
            section_add_readable(beside.p, paths);
        }
        buf_free(&beside);
    }
    for (size_t i = 0; i < c->readable.n; i++)
        section_add_readable(c->readable.at[i], paths);
}
