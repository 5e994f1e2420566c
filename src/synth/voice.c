#include "synth/voice.h"

#include <dirent.h>
#include <errno.h>
#include <ini.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/message.h"

#define SUFFIX ".voice"

enum {
    PAUSE_MOST_MS = 60000,
    LINE_BYTES_MAX = 197, /* the parser has room for 200, with the line end */
};

static const char *const dialect_names[] = {N_("north"), N_("central"), N_("south"), NULL};
static const char *const gender_names[] = {"male", "female", NULL};

/* ---- one value ---- */

/* The parts that the parser has read so far. */
struct draft {
    struct voice voice;
    uint64_t seen;      /* a bit for each key */
    struct buf section; /* the lines of the engine's own section */
    struct buf last;    /* the name of the last of them */
    struct sv of;       /* the engine whose section that is */
    struct buf problem; /* of the first bad line; empty: none */
};

static char *copy_text(const char *text)
{
    struct buf copy = BUF_INIT;
    buf_adds(&copy, text);
    return buf_detach(&copy);
}

static bool set_text(struct draft *d, char **to, const char *value)
{
    if (!*value) {
        buf_adds(&d->problem, _("the value is empty"));
        return false;
    }
    free(*to);
    *to = copy_text(value);
    return true;
}

static bool set_number(struct draft *d, uint32_t *to, const char *value, uint32_t low,
                       uint32_t high)
{
    char *end;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || errno || number < low || number > high) {
        buf_add_message(&d->problem, "\"%s\" is not a whole number from %u to %u", value, low,
                        high);
        return false;
    }
    *to = (uint32_t)number;
    return true;
}

static bool set_choice(struct draft *d, unsigned *to, const char *value, const char *const *names)
{
    for (unsigned i = 0; names[i]; i++)
        if (strcmp(value, names[i]) == 0) {
            *to = i;
            return true;
        }
    struct buf all = BUF_INIT;
    for (unsigned i = 0; names[i]; i++)
        buf_addf(&all, "%s%s", i ? ", " : "", names[i]);
    buf_add_message(&d->problem, "\"%s\" is none of: %s", value, all.p);
    buf_free(&all);
    return false;
}

static bool set_engine(struct draft *d, const char *value)
{
    if (!synth_engine_named(sv_of(value))) {
        struct buf names = BUF_INIT;
        synth_engine_names(&names);
        buf_add_message(&d->problem, "there is no engine \"%s\"; there is: %s", value, names.p);
        buf_free(&names);
        return false;
    }
    return set_text(d, &d->voice.engine, value);
}

/* ---- the keys ---- */

static const char *const keys[] = {
    "voice.description", "voice.engine", "voice.engine_voice",   "voice.dialect", "voice.gender",
    "speech.rate",       "speech.pitch", "speech.range",         "speech.volume", "pause.sentence",
    "pause.block",       "pause.title",  "voice.description.en", "pause.article", "voice.licence",
};
enum {
    KEY_ENGINE_VOICE = 2,
    KEY_PITCH = 6,
    KEY_RANGE,
    KEY_VOLUME,
    KEY_COUNT = sizeof keys / sizeof *keys,
    KEY_PAUSE_ARTICLE = 13,
    NEEDED = KEY_COUNT - 3, /* those after it may be missing */
};

/* The engine has a section of its own in the file, which says what it needs instead of these. */
static bool is_in_section(unsigned key)
{
    return key == KEY_ENGINE_VOICE || key == KEY_PITCH || key == KEY_RANGE;
}

/* NULL: it is not known yet. */
static const struct synth_engine *engine_of(const struct draft *d)
{
    return d->voice.engine ? synth_engine_named(sv_of(d->voice.engine)) : NULL;
}

/* 50 to 400 per cent of it stay within the limits of the engine. */
static bool set_rate(struct draft *d, const char *value)
{
    const struct synth_engine *engine = engine_of(d);
    bool apart = engine && engine->apart;
    return set_number(d, &d->voice.rate, value, apart ? 80 : 160, apart ? 400 : 179);
}

static bool set_value(struct draft *d, unsigned key, const char *value)
{
    struct voice *v = &d->voice;
    unsigned choice = 0;
    bool good = false;
    switch (key) {
    case 0:
        return set_text(d, &v->description, value);
    case 1:
        return set_engine(d, value);
    case 2:
        return set_text(d, &v->engine_voice, value);
    case 3:
        good = set_choice(d, &choice, value, dialect_names);
        v->dialect = (enum dialect)choice;
        return good;
    case 4:
        good = set_choice(d, &choice, value, gender_names);
        v->gender = (enum voice_gender)choice;
        return good;
    case 5:
        return set_rate(d, value);
    case 6:
        return set_number(d, &v->pitch, value, 0, 99);
    case 7:
        return set_number(d, &v->range, value, 0, 99);
    case 8:
        return set_number(d, &v->volume, value, 0, 100);
    case 9:
        return set_number(d, &v->sentence_pause_ms, value, 0, PAUSE_MOST_MS);
    case 10:
        return set_number(d, &v->block_pause_ms, value, 0, PAUSE_MOST_MS);
    case 11:
        return set_number(d, &v->title_pause_ms, value, 0, PAUSE_MOST_MS);
    case 12:
        return set_text(d, &v->description_en, value);
    case KEY_PAUSE_ARTICLE:
        return set_number(d, &v->article_pause_ms, value, 0, PAUSE_MOST_MS);
    default:
        return set_text(d, &v->licence, value);
    }
}

/* A line of the section that bears the name of an engine. One that begins with a space goes on with
 * the value of the line before it. */
static bool take_own_line(struct draft *d, const struct synth_engine *engine, const char *name,
                          const char *value)
{
    if (strchr(value, '\t')) {
        buf_adds(&d->problem, _("the value holds a tab"));
        return false;
    }
    if (!engine->check_line(name, value, &d->problem))
        return false;
    d->of = sv_of(engine->name);
    if (strcmp(name, d->last.p) == 0)
        buf_addf(&d->section, " %s", value);
    else
        buf_addf(&d->section, "%s%s=%s", d->section.n ? "\t" : "", name, value);
    buf_clear(&d->last);
    buf_adds(&d->last, name);
    return true;
}

/* Called by the parser; 0 makes it remember the line. Only the first problem is reported. */
static int on_line(void *user, const char *section, const char *name, const char *value)
{
    struct draft *d = user;
    struct buf key = BUF_INIT;
    bool good = false, known = false;
    const struct synth_engine *own = synth_engine_named(sv_of(section));
    if (d->problem.n)
        return 0;
    if (own && own->check_line)
        return take_own_line(d, own, name, value);
    buf_addf(&key, "%s.%s", section, name);
    for (unsigned i = 0; i < KEY_COUNT && !known; i++)
        if (strcmp(key.p, keys[i]) == 0) {
            known = true;
            good = set_value(d, i, value);
            d->seen |= UINT64_C(1) << i;
        }
    if (!known)
        buf_add_message(&d->problem, "a voice has no \"%s\" in [%s]", name, section);
    buf_free(&key);
    return good;
}

/* ---- one file ---- */

/* A voice of an engine with a section of its own has no line for what that engine cannot do. */
static enum status complete_section(struct draft *d, const char *file, struct err *e)
{
    const struct synth_engine *engine = engine_of(d);
    struct buf problem = BUF_INIT;
    enum status status = STATUS_OK;
    bool own = engine && engine->check_section;
    if (d->section.n && (!own || !sv_is(d->of, engine->name))) {
        err_set(e, STATUS_USAGE, "The section [%.*s] is for voices of that engine only.",
                SV_ARG(d->of));
        status = err_at(e, file, 0, 0);
    } else if (own && !engine->check_section(d->section.p, &problem)) {
        err_set(e, STATUS_USAGE, "The voice cannot be used: %s.", problem.p);
        status = err_at(e, file, 0, 0);
    }
    for (unsigned i = 0; own && !status && i < NEEDED; i++)
        if (is_in_section(i) && d->seen & UINT64_C(1) << i) {
            err_set(e, STATUS_USAGE, "The engine %s has no “%s”; remove that line.", engine->name,
                    strchr(keys[i], '.') + 1);
            status = err_at(e, file, 0, 0);
        }
    buf_free(&problem);
    if (!own || status)
        return status;
    d->voice.engine_voice = buf_detach(&d->section);
    d->voice.pitch = d->voice.range = 50;
    if (!(d->seen & UINT64_C(1) << KEY_VOLUME))
        d->voice.volume = 100;
    d->seen |= 1 << KEY_ENGINE_VOICE | 1 << KEY_PITCH | 1 << KEY_RANGE | 1 << KEY_VOLUME;
    return STATUS_OK;
}

static enum status check_complete(const struct draft *d, const char *file, struct err *e)
{
    for (unsigned i = 0; i < NEEDED; i++)
        if (!(d->seen & UINT64_C(1) << i)) {
            struct sv rest = sv_of(keys[i]);
            struct sv section = sv_cut(&rest, '.');
            err_set(e, STATUS_USAGE, "The voice has no \"%.*s\" in [%.*s].", SV_ARG(rest),
                    SV_ARG(section));
            return err_at(e, file, 0, 0);
        }
    return STATUS_OK;
}

/* The number of the first line that is too long for the parser, which would cut it; 0: none is. */
static uint32_t find_long_line(struct sv text)
{
    for (uint32_t number = 1; text.p; number++)
        if (sv_cut(&text, '\n').n > LINE_BYTES_MAX)
            return number;
    return 0;
}

static void fill_in(struct draft *d)
{
    struct voice *v = &d->voice;
    if (!(d->seen & UINT64_C(1) << KEY_PAUSE_ARTICLE))
        v->article_pause_ms =
            v->title_pause_ms < PAUSE_MOST_MS / 2 ? 2 * v->title_pause_ms : PAUSE_MOST_MS;
}

static enum status parse_voice(struct voice *out, struct sv name, struct sv bytes, const char *file,
                               struct err *e)
{
    struct draft d = {.problem = BUF_INIT, .section = BUF_INIT, .last = BUF_INIT};
    struct buf text = BUF_INIT, copy = BUF_INIT;
    enum status status = STATUS_OK;
    buf_add_sv(&text, bytes);
    buf_add_sv(&copy, name);
    d.voice.name = buf_detach(&copy);
    int line = (int)find_long_line(bytes);
    if (line)
        buf_add_message(&d.problem,
                        "the line is longer than %d bytes; go on in the next line, after a space",
                        LINE_BYTES_MAX);
    else
        line = ini_parse_string(text.p, on_line, &d);
    if (line != 0) {
        err_set(e, STATUS_USAGE, "The voice cannot be read: %s.",
                d.problem.n ? d.problem.p : _("this line is neither [section] nor name = value"));
        status = err_at(e, file, line > 0 ? (uint32_t)line : 0, 0);
    } else {
        status = complete_section(&d, file, e);
        if (!status)
            status = check_complete(&d, file, e);
        fill_in(&d);
    }
    buf_free(&text);
    buf_free(&d.problem);
    buf_free(&d.section);
    buf_free(&d.last);
    if (status == STATUS_OK)
        *out = d.voice;
    else
        voice_free(&d.voice);
    return status;
}

enum found { FOUND_NOT, FOUND_GOOD, FOUND_BAD };

static enum found parse_found(struct voice *out, struct sv name, struct sv bytes, const char *file,
                              struct err *e)
{
    return parse_voice(out, name, bytes, file, e) ? FOUND_BAD : FOUND_GOOD;
}

/* What runs a program is taken only from where the user himself has put it. */
static bool is_trusted(const struct voice *v, const char *path, struct err *e)
{
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    struct buf bytes = BUF_INIT;
    const char *why = NULL;
    bool trusted = !engine->check_section || file_read_unnamed(path, &bytes, &why);
    buf_free(&bytes);
    if (!trusted) {
        err_set(e, STATUS_USAGE, "The voice names a program, and is not used: %s.",
                why ? why : file_fault(ENOENT));
        err_at(e, path, 0, 0);
    }
    return trusted;
}

static enum found read_voice_file(struct voice *out, struct sv name, const char *path,
                                  struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum found found = FOUND_BAD;
    if (file_read(path, &bytes)) {
        found = parse_found(out, name, buf_sv(&bytes), path, e);
        if (found == FOUND_GOOD && !is_trusted(out, path, e)) {
            voice_free(out);
            found = FOUND_BAD;
        } else if (found == FOUND_GOOD) {
            out->path = copy_text(path);
        }
    } else if (file_is_absent(errno)) {
        found = FOUND_NOT;
    } else {
        err_set(e, file_status(errno), "The voice cannot be read: %s.", file_fault(errno));
        err_at(e, path, 0, 0);
    }
    buf_free(&bytes);
    return found;
}

static enum found find_one(struct voice *out, struct sv name, const char *folder, struct err *e)
{
    struct buf path = BUF_INIT;
    enum found found = FOUND_NOT;
    if (folder) {
        buf_addf(&path, "%s/%.*s" SUFFIX, folder, SV_ARG(name));
        found = read_voice_file(out, name, path.p, e);
    }
    if (found == FOUND_NOT) {
        buf_clear(&path);
        buf_addf(&path, "%.*s" SUFFIX, SV_ARG(name));
        struct sv embedded = embedded_find(buf_sv(&path));
        if (embedded.p)
            found = parse_found(out, name, embedded, path.p, e);
    }
    buf_free(&path);
    return found;
}

/* ---- all names ---- */

struct names {
    VEC(char *) at;
};

static void add_voice_name(struct names *names, const char *file)
{
    struct sv name = sv_of(file);
    if (!sv_ends(name, SV(SUFFIX)) || name.n == strlen(SUFFIX))
        return;
    name.n -= strlen(SUFFIX);
    for (size_t i = 0; i < names->at.n; i++)
        if (sv_is(name, names->at.at[i]))
            return;
    struct buf copy = BUF_INIT;
    buf_add_sv(&copy, name);
    *vec_push(&names->at) = buf_detach(&copy);
}

static int compare_voice_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void collect_names(struct names *names, const char *folder)
{
    for (const struct embedded_file *f = embedded_files; f->name; f++)
        add_voice_name(names, f->name);
    DIR *dir = folder ? opendir(folder) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        add_voice_name(names, entry->d_name);
    if (dir)
        closedir(dir);
    if (names->at.n)
        qsort(names->at.at, names->at.n, sizeof *names->at.at, compare_voice_names);
}

static void names_free(struct names *names)
{
    for (size_t i = 0; i < names->at.n; i++)
        free(names->at.at[i]);
    vec_free(&names->at);
}

static enum status say_unknown(struct sv name, const char *folder, struct err *e)
{
    struct names names = {0};
    struct buf known = BUF_INIT;
    collect_names(&names, folder);
    for (size_t i = 0; i < names.at.n; i++)
        buf_addf(&known, "%s%s", i ? ", " : "", names.at.at[i]);
    err_set(e, STATUS_USAGE, "There is no voice \"%.*s\"; there are: %s.", SV_ARG(name), known.p);
    buf_free(&known);
    names_free(&names);
    return STATUS_USAGE;
}

/* ---- the interface ---- */

enum status voice_find(struct voice *out, struct sv name, const char *folder, struct err *e)
{
    /* A name is not a path. */
    bool odd = name.n == 0 || name.p[0] == '.' || memchr(name.p, '/', name.n) ||
               memchr(name.p, '\0', name.n);
    switch (odd ? FOUND_NOT : find_one(out, name, folder, e)) {
    case FOUND_GOOD:
        return STATUS_OK;
    case FOUND_BAD:
        return e->status;
    default:
        return say_unknown(name, folder, e);
    }
}

/* Describes the fault in the file of the voice, with its place. */
static char *problem_of(const struct err *e)
{
    struct buf problem = BUF_INIT;
    if (e->line)
        buf_addf(&problem, "%s:%u: %s", e->file.p, e->line, e->message.p);
    else
        buf_addf(&problem, "%s: %s", e->file.p, e->message.p);
    return buf_detach(&problem);
}

void voice_list(struct voice_list *out, const char *folder)
{
    struct names names = {0};
    struct err e = ERR_INIT;
    *out = (struct voice_list){0};
    collect_names(&names, folder);
    for (size_t i = 0; i < names.at.n; i++) {
        struct voice_entry entry = {0};
        if (voice_find(&entry.voice, sv_of(names.at.at[i]), folder, &e) != STATUS_OK) {
            entry.voice = (struct voice){.name = copy_text(names.at.at[i])};
            entry.problem = problem_of(&e);
        }
        *vec_push(&out->voices) = entry;
    }
    names_free(&names);
    err_free(&e);
}

uint32_t voice_fastest(const struct voice *v)
{
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    uint32_t most = engine->fastest ? engine->fastest() : engine->rate_max;
    return 4 * v->rate < most ? 4 * v->rate : most;
}

uint32_t voice_pause_percent(uint32_t rate_percent)
{
    return rate_percent > 100 ? 100 * 100 / rate_percent : 100;
}

struct synth_settings voice_settings(const struct voice *v, uint32_t rate_percent)
{
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    uint32_t rate = (v->rate * rate_percent + 50) / 100;
    if (rate < engine->rate_min)
        rate = engine->rate_min;
    if (rate > engine->rate_max)
        rate = engine->rate_max;
    return (struct synth_settings){v->engine_voice,
                                   rate,
                                   v->pitch,
                                   v->range,
                                   v->volume,
                                   voice_pause_percent(rate_percent),
                                   v->article_pause_ms,
                                   v->rate};
}

bool voice_is_alike(const struct voice *a, const struct voice *b)
{
    return strcmp(a->engine, b->engine) == 0 && (!synth_engine_named(sv_of(a->engine))->apart ||
                                                 strcmp(a->engine_voice, b->engine_voice) == 0);
}

const char *voice_dialect_name(enum dialect dialect)
{
    return dialect_names[dialect];
}

void voice_copy(struct voice *to, const struct voice *from)
{
    *to = *from;
    to->name = copy_text(from->name);
    to->description = copy_text(from->description);
    to->description_en = from->description_en ? copy_text(from->description_en) : NULL;
    to->engine = copy_text(from->engine);
    to->engine_voice = copy_text(from->engine_voice);
    to->licence = from->licence ? copy_text(from->licence) : NULL;
    to->path = from->path ? copy_text(from->path) : NULL;
}

void voice_free(struct voice *v)
{
    free(v->name);
    free(v->description);
    free(v->description_en);
    free(v->engine);
    free(v->engine_voice);
    free(v->licence);
    free(v->path);
    *v = (struct voice){0};
}

void voice_list_free(struct voice_list *list)
{
    for (size_t i = 0; i < list->voices.n; i++) {
        voice_free(&list->voices.at[i].voice);
        free(list->voices.at[i].problem);
    }
    vec_free(&list->voices);
}
