/* Profiles: how a saved file shall be, in an INI file. */
#include "docbao/internal.h"

#include <errno.h>
#include <ini.h>

#include "base/decimal.h"
#include "base/embedded.h"
#include "base/file.h"
#include "base/message.h"
#include "docbao/publication.h"
#include "sink/file.h"

#define SUFFIX ".ini"

/* ---- values ---- */

struct profile_draft {
    struct docbao_output output;
    bool has_target, has_stereo;
    const char *file;    /* of the profile; a picture may stand beside it */
    struct arena *texts; /* that the output refers to */
    struct buf problem;  /* of the first bad line; empty: none */
};

static bool set_real(struct profile_draft *d, double *to, const char *value, double low,
                     double high)
{
    if (decimal_parse(value, to) && *to >= low && *to <= high)
        return true;
    buf_add_message(&d->problem, "\"%s\" is not a number from %g to %g", value, low, high);
    return false;
}

static bool set_whole(struct profile_draft *d, uint32_t *to, const char *value, double low,
                      double high)
{
    double number;
    if (!set_real(d, &number, value, low, high))
        return false;
    *to = (uint32_t)number;
    if (*to == number)
        return true;
    buf_add_message(&d->problem, "\"%s\" is not a whole number", value);
    return false;
}

static bool set_type(struct profile_draft *d, const char *value)
{
    struct buf name = BUF_INIT;
    buf_addf(&name, ".%s", value);
    d->output.format = sink_file_ending(name.p, NULL);
    buf_free(&name);
    if (d->output.format && strcmp(d->output.format, value) == 0)
        return true;
    buf_add_message(&d->problem, "\"%s\" is none of: wav, flac, ogg, opus, mp3, m4a, m4b", value);
    return false;
}

static bool set_bitrate_mode(struct profile_draft *d, const char *value)
{
    d->output.variable_bitrate = strcmp(value, "variable") == 0;
    if (d->output.variable_bitrate || strcmp(value, "constant") == 0)
        return true;
    buf_add_message(&d->problem, "\"%s\" is none of: constant, variable", value);
    return false;
}

static bool set_yes(struct profile_draft *d, bool *to, const char *value)
{
    *to = strcmp(value, "yes") == 0;
    if (*to || strcmp(value, "no") == 0)
        return true;
    buf_add_message(&d->problem, "\"%s\" is none of: yes, no", value);
    return false;
}

static bool set_text(struct profile_draft *d, const char **to, const char *value)
{
    *to = arena_dup(d->texts, sv_of(value));
    return true;
}

/* A path that is not absolute starts at the folder of the profile. */
static bool set_cover(struct profile_draft *d, const char *value)
{
    const char *slash = strrchr(d->file, '/');
    struct buf path = BUF_INIT;
    if (*value != '/' && slash)
        buf_add(&path, d->file, (size_t)(slash - d->file) + 1);
    buf_adds(&path, value);
    set_text(d, &d->output.tags.cover, path.p);
    buf_free(&path);
    return true;
}

static bool set_target(struct profile_draft *d, double *to, bool *has, const char *value)
{
    *has = set_real(d, to, value, DOCBAO_LOUDNESS_LEAST, DOCBAO_LOUDNESS_MOST);
    return *has;
}

/* ---- keys ---- */

enum profile_key {
#define KEY(id, name) KEY_##id,
#include "docbao/profile_keys.def"
#undef KEY
    KEY_COUNT
};

static const char *const keys[] = {
#define KEY(id, name) name,
#include "docbao/profile_keys.def"
#undef KEY
};

static bool set_tone(struct profile_draft *d, enum profile_key key, const char *value)
{
    struct docbao_tone *t = &d->output.tone;
    switch (key) {
    case KEY_low:
        return set_real(d, &t->low_hz, value, 20, 2000);
    case KEY_high:
        return set_real(d, &t->high_hz, value, 2000, 20000);
    case KEY_lift:
        return set_real(d, &t->lift_db, value, 0, 12);
    case KEY_lift_from:
        return set_real(d, &t->lift_from_hz, value, 200, 10000);
    case KEY_lift_to:
        return set_real(d, &t->lift_to_hz, value, 200, 10000);
    case KEY_compression:
        return set_real(d, &t->ratio, value, 1, 10);
    default:
        return set_real(d, &t->threshold_db, value, -60, 0);
    }
}

static bool set_tag(struct profile_draft *d, enum profile_key key, const char *value)
{
    struct docbao_tags *t = &d->output.tags;
    bool writes;
    switch (key) {
    case KEY_write:
        if (!set_yes(d, &writes, value))
            return false;
        t->none = !writes;
        return true;
    case KEY_author:
        return set_text(d, &t->author, value);
    case KEY_comment:
        return set_text(d, &t->comment, value);
    case KEY_cover:
        return set_cover(d, value);
    default:
        return set_yes(d, &d->output.rdxml, value);
    }
}

static bool set_value(struct profile_draft *d, enum profile_key key, const char *value)
{
    struct docbao_output *o = &d->output;
    switch (key) {
    case KEY_description:
        return true; /* for those who read the file */
    case KEY_type:
        return set_type(d, value);
    case KEY_rate:
        return set_whole(d, &o->sample_rate, value, DOCBAO_SAMPLE_RATE_LEAST,
                         DOCBAO_SAMPLE_RATE_MOST);
    case KEY_channels:
        return set_whole(d, &o->channels, value, 1, 2);
    case KEY_bitrate:
        return set_whole(d, &o->bitrate, value, DOCBAO_BITRATE_LEAST, DOCBAO_BITRATE_MOST);
    case KEY_bitrate_mode:
        return set_bitrate_mode(d, value);
    case KEY_target:
        return set_target(d, &o->loudness, &d->has_target, value);
    case KEY_stereo:
        return set_target(d, &o->loudness_stereo, &d->has_stereo, value);
    case KEY_peak:
        o->has_peak = true;
        return set_real(d, &o->peak, value, DOCBAO_PEAK_LEAST, DOCBAO_PEAK_MOST);
    default:
        return key >= KEY_write ? set_tag(d, key, value) : set_tone(d, key, value);
    }
}

static void say_unknown_key(struct profile_draft *d, const char *section, const char *name)
{
    struct buf all = BUF_INIT;
    for (unsigned i = 0; i < KEY_COUNT; i++)
        buf_addf(&all, "%s%s", i ? ", " : "", keys[i]);
    buf_add_message(&d->problem, "a profile has no \"%s\" in [%s]; it has %s", name, section,
                    all.p);
    buf_free(&all);
}

/* Called by the parser; 0 makes it remember the line. Only the first problem is reported. */
static int on_line(void *user, const char *section, const char *name, const char *value)
{
    struct profile_draft *d = user;
    struct buf key = BUF_INIT;
    unsigned found = 0;
    if (d->problem.n)
        return 0;
    buf_addf(&key, "%s.%s", section, name);
    while (found < KEY_COUNT && strcmp(key.p, keys[found]) != 0)
        found++;
    buf_free(&key);
    if (found < KEY_COUNT)
        return set_value(d, (enum profile_key)found, value);
    say_unknown_key(d, section, name);
    return 0;
}

/* ---- one file ---- */

/* Checks settings that depend on each other; a problem is one of the file as a whole. */
static void check_whole(struct profile_draft *d)
{
    struct docbao_output *o = &d->output;
    o->has_loudness = d->has_target || d->has_stereo;
    if (!d->has_stereo)
        o->loudness_stereo = o->loudness;
    if (!d->has_target)
        o->loudness = o->loudness_stereo;
    if (o->tone.lift_db > 0 &&
        !(o->tone.lift_from_hz > 0 && o->tone.lift_to_hz > o->tone.lift_from_hz))
        buf_adds(&d->problem, _("tone.lift needs a tone.lift_from and a higher tone.lift_to"));
    else if (o->tone.high_hz > 0 && o->tone.high_hz <= o->tone.low_hz)
        buf_adds(&d->problem, _("tone.high must be above tone.low"));
}

static enum status parse_profile(struct docbao_output *out, struct sv bytes, const char *file,
                                 struct arena *texts, struct err *e)
{
    struct profile_draft d = {.file = file, .texts = texts, .problem = BUF_INIT};
    struct buf text = BUF_INIT;
    enum status status = STATUS_OK;
    buf_add_sv(&text, bytes);
    int line = ini_parse_string(text.p, on_line, &d);
    if (line == 0)
        check_whole(&d);
    if (line != 0 || d.problem.n) {
        err_set(e, STATUS_USAGE, "The profile cannot be read: %s.",
                d.problem.n ? d.problem.p : _("this line is neither [section] nor name = value"));
        status = err_at(e, file, line > 0 ? (uint32_t)line : 0, 0);
    }
    buf_free(&text);
    buf_free(&d.problem);
    if (!status)
        *out = d.output;
    return status;
}

/* *found: false where there is no such file; the status is then of no meaning. */
static enum status read_profile(struct docbao_output *out, const char *path, bool *found,
                                struct arena *texts, struct err *e)
{
    struct buf bytes = BUF_INIT;
    enum status status = STATUS_OK;
    bool read = file_read(path, &bytes);
    *found = read || !file_is_absent(errno);
    if (read) {
        status = parse_profile(out, buf_sv(&bytes), path, texts, e);
    } else if (*found) {
        err_set(e, file_status(errno), "The profile cannot be read: %s.", file_fault(errno));
        status = err_at(e, path, 0, 0);
    }
    buf_free(&bytes);
    return status;
}

static enum status say_unknown_profile(const char *name, struct err *e)
{
    struct buf known = BUF_INIT;
    for (const struct embedded_file *f = embedded_files; f->name; f++) {
        struct sv file = sv_of(f->name);
        if (sv_ends(file, SV(SUFFIX)))
            buf_addf(&known, "%s%.*s", known.n ? ", " : "", (int)(file.n - strlen(SUFFIX)), file.p);
    }
    err_set(e, STATUS_USAGE,
            "There is no profile \"%s\"; there are: %s, and the files NAME.ini in the folder "
            "profiles of your configuration.",
            name, known.p);
    buf_free(&known);
    return STATUS_USAGE;
}

static enum status find_embedded(struct docbao_output *out, const char *name, struct arena *texts,
                                 struct err *e)
{
    struct buf file = BUF_INIT;
    buf_addf(&file, "%s" SUFFIX, name);
    struct sv embedded = embedded_find(buf_sv(&file));
    enum status status =
        embedded.p ? parse_profile(out, embedded, file.p, texts, e) : say_unknown_profile(name, e);
    buf_free(&file);
    return status;
}

/* One in the user's folder comes before an embedded one. */
static enum status find_profile(struct docbao_output *out, const char *name, const char *folder,
                                struct arena *texts, struct err *e)
{
    struct buf path = BUF_INIT;
    enum status status = STATUS_OK;
    bool found = false;
    if (!*name || *name == '.' || strchr(name, '/')) /* a name is not a path */
        return say_unknown_profile(name, e);
    buf_addf(&path, "%s/%s" SUFFIX, folder ? folder : "", name);
    if (folder)
        status = read_profile(out, path.p, &found, texts, e);
    buf_free(&path);
    return found ? status : find_embedded(out, name, texts, e);
}

enum docbao_status docbao_profile(struct docbao *d, const char *name, const char *folder,
                                  struct docbao_output *out)
{
    *out = (struct docbao_output){0};
    arena_free(&d->profile);
    return api_result(d, find_profile(out, name, folder, &d->profile, &d->err));
}

const char *docbao_format_of(const char *target, const struct docbao_output *output)
{
    const char *sound = publication_sound(target, output);
    return sound ? sound : sink_file_ending(target, output ? output->format : NULL);
}

/* Those that leave out a part of the sound. */
bool docbao_has_bitrate(const char *format)
{
    return format && sink_file_is_lossy(format);
}
