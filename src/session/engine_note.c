#include "session/engine_note.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/module.h"

/* The value is this, then the build. */
struct note {
    uint64_t files; /* a hash of their state */
    uint32_t rate, unused;
};

static bool loader_is_led_astray(void)
{
    static const char *const variables[] = {"LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (getenv(variables[i]))
            return true;
    return false;
}

/* All that decides which files an engine uses. */
static void make_note_key(const struct synth_engine *engine, const char *voice, struct buf *key)
{
    struct buf folder = BUF_INIT;
    if (engine->add_folder)
        engine->add_folder(&folder);
    buf_addf(key, "docbao engine 1\n%s\n%s\n%s\n", engine->name, voice, folder.p);
    module_add_builds(key);
    buf_free(&folder);
}

/* ---- the state of the files ---- */

struct files_state {
    uint64_t hash;
    time_t newest;
    bool known; /* each file is named by its whole path */
};

static void add_file_state(struct files_state *s, const char *path)
{
    struct stat info;
    memset(&info, 0, sizeof info);
    stat(path, &info); /* one that is not there may come */
    const uint64_t parts[] = {
        s->hash,
        info.st_dev,
        info.st_ino,
        (uint64_t)info.st_size,
        (uint64_t)info.st_mtim.tv_sec,
        (uint64_t)info.st_mtim.tv_nsec,
        (uint64_t)info.st_ctim.tv_sec,
        (uint64_t)info.st_ctim.tv_nsec,
    };
    s->hash = sv_hash((struct sv){(const char *)parts, sizeof parts});
    if (info.st_ctim.tv_sec > s->newest)
        s->newest = info.st_ctim.tv_sec;
}

/* A line of a build ends with a space and the path of a file. The program is in the key. */
static void add_line(struct files_state *s, struct sv line)
{
    struct buf path = BUF_INIT;
    ptrdiff_t space = sv_find(line, SV(" /"));
    s->known = s->known && space >= 0;
    buf_add_sv(&path,
               space < 0 ? line : sv_sub(line, (size_t)space + 1, line.n - (size_t)space - 1));
    if (strcmp(path.p, "/proc/self/exe") != 0)
        add_file_state(s, path.p);
    buf_free(&path);
}

static struct files_state state_of(struct sv build)
{
    struct files_state s = {.known = build.n > 0};
    add_file_state(&s, "/etc/ld.so.cache");
    while (build.n)
        add_line(&s, sv_cut(&build, '\n'));
    return s;
}

/* ---- the note ---- */

bool engine_note_find(struct store *s, const struct synth_engine *engine, const char *voice,
                      struct buf *build, uint32_t *rate)
{
    struct buf key = BUF_INIT, file = BUF_INIT;
    struct note note = {0};
    struct sv value;
    if (loader_is_led_astray())
        return false;
    make_note_key(engine, voice, &key);
    bool found = store_get(s, buf_sv(&key), &file, &value) && value.n > sizeof note;
    if (found) {
        memcpy(&note, value.p, sizeof note);
        struct sv text = sv_sub(value, sizeof note, value.n - sizeof note);
        struct files_state state = state_of(text);
        found = note.rate && state.known && state.hash == note.files;
        if (found)
            buf_add_sv(build, text);
    }
    *rate = note.rate;
    buf_free(&key);
    buf_free(&file);
    return found;
}

/* Files that were changed just now may be others than those that the engine has read. */
void engine_note_keep(struct store *s, const struct synth_engine *engine, const char *voice,
                      struct sv build, uint32_t rate)
{
    enum { SETTLED_SECONDS = 60 };
    struct files_state state = state_of(build);
    struct buf key = BUF_INIT, value = BUF_INIT;
    const struct note note = {.files = state.hash, .rate = rate};
    if (state.known && !loader_is_led_astray() && time(NULL) - state.newest > SETTLED_SECONDS) {
        make_note_key(engine, voice, &key);
        buf_add(&value, &note, sizeof note);
        buf_add_sv(&value, build);
        store_put(s, buf_sv(&key), buf_sv(&value));
    }
    buf_free(&key);
    buf_free(&value);
}
