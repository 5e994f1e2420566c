/*
 * espeak-ng through its library. Its state is global, so this file has mutable globals; they are
 * used only in the zygote and its workers, which have one thread each.
 */
#include "synth/synth.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/module.h"

#include "base/message.h"
#include "base/utf8.h"
#include "synth/espeak/engine_text.h"
#include "synth/espeak/library.h"
#include "synth/speed.h"
#include "synth/espeak/timing.h"

enum {
    /* A syllable has at most 7 letters, none longer than 3 bytes; phoneme strings of our tables
     * are about as short. Longer runs are what has crashed the library. */
    WORD_BYTES_MAX = 64,
    /* Audio in a callback: the shortest that the library allows, so that the first comes soon. */
    BLOCK_MS = 49,
    /* Words a minute: what the library speaks by itself, and with docbao-speed.so. At 450 and more
     * it has a method of its own, worse and dearer. */
    OWN_RATE_MOST = 449,
    RATE_MOST = 720,
};

/* Voices of ours. */
static const struct {
    const char *name, *packaged, *attributes;
} own_voices[] = {
#define OWN_VOICE(name, packaged, attributes) {name, packaged, attributes},
#include "synth/espeak/own_voices.def"
#undef OWN_VOICE
};
enum { OWN_VOICES = sizeof own_voices / sizeof *own_voices };

static struct {
    const struct espeak_library *library;
    int own_files[OWN_VOICES];      /* in memory; -1: it could not be made */
    const struct synth_output *out; /* while a sentence is spoken */
    uint32_t rate;
    const struct speed_driver *speed;
    void *faster;     /* the sentence on its way through it; NULL: it is not made faster */
    double usual, by; /* how many times faster sentences are made, and this one */
    uint32_t frames;  /* of this sentence so far, from the library */
    uint32_t given;   /* and to the caller */
    bool stopped;     /* the caller wants no more of it */
} driver;

/* ---- voices ---- */

/* Given a file, the library does not search its whole folder of voices. */
static const struct {
    const char *voice, *file;
} known_files[] = {
    {"vi", "aav/vi"},
    {"vi-vn-x-central", "aav/vi-VN-x-central"},
    {"vi-vn-x-south", "aav/vi-VN-x-south"},
};

/* Languages with Latin letters: only these letters are given to the library. The first row of a
 * language is taken where a country is not named, or has no voice. */
static const struct {
    const char *language, *file;
} foreign_files[] = {
    {"en-US", "gmw/en-US"}, {"en-GB", "gmw/en"},      {"fr-FR", "roa/fr"}, {"de-DE", "gmw/de"},
    {"es-ES", "roa/es"},    {"es-419", "roa/es-419"}, {"it-IT", "roa/it"}, {"pt-PT", "roa/pt"},
    {"pt-BR", "roa/pt-BR"}, {"nl-NL", "gmw/nl"},      {"id-ID", "poz/id"}, {"ms-MY", "poz/ms"},
    {"pl-PL", "zlw/pl"},    {"cs-CZ", "zlw/cs"},      {"sv-SE", "gmq/sv"}, {"da-DK", "gmq/da"},
    {"nb-NO", "gmq/nb"},    {"fi-FI", "urj/fi"},      {"hu-HU", "urj/hu"}, {"tr-TR", "trk/tr"},
    {"ro-RO", "roa/ro"},    {"sk-SK", "zlw/sk"},      {"hr-HR", "zls/hr"}, {"eo", "art/eo"},
};

static const char *file_of_language(struct sv language)
{
    for (size_t i = 0; i < sizeof foreign_files / sizeof *foreign_files; i++)
        if (sv_is(language, foreign_files[i].language))
            return foreign_files[i].file;
    return NULL;
}

/* The number of a voice of ours, or OWN_VOICES. */
static unsigned own_voice(struct sv voice)
{
    unsigned i = 0;
    while (i < OWN_VOICES && !sv_is(voice, own_voices[i].name))
        i++;
    return i;
}

/* The file of the packaged data that the voice is, or is made of. */
static const char *file_of_voice(struct sv voice)
{
    unsigned own = own_voice(voice);
    if (own < OWN_VOICES)
        voice = sv_of(own_voices[own].packaged);
    for (size_t i = 0; i < sizeof known_files / sizeof *known_files; i++)
        if (sv_is(voice, known_files[i].voice))
            return known_files[i].file;
    return NULL;
}

static bool is_data_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Finds espeak-ng's data as the library does, but without the library. */
static void add_data_folder(struct buf *path)
{
    static const char *const variables[] = {"ESPEAK_DATA_PATH", "HOME"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *folder = getenv(variables[i]);
        if (!folder)
            continue;
        size_t before = path->n;
        buf_addf(path, "%s/espeak-ng-data", folder);
        if (is_data_folder(path->p))
            return;
        buf_cut(path, before);
        if (i == 0 && is_data_folder(folder)) {
            buf_adds(path, folder);
            return;
        }
    }
    buf_adds(path, DOCBAO_ESPEAK_DATA);
}

static bool data_has(const char *folder, struct sv name)
{
    struct buf path = BUF_INIT;
    if (!name.n)
        return false;
    add_data_folder(&path);
    buf_addf(&path, "/%s/%.*s", folder, SV_ARG(name));
    /* A name is not a path. */
    bool there = !memchr(name.p, '.', name.n) && access(path.p, R_OK) == 0;
    buf_free(&path);
    return there;
}

/* Checks the files, because the library silently uses the plain voice if a variant is missing. */
static bool espeak_has_voice(const char *name, struct buf *why)
{
    struct sv variant = sv_of(name);
    struct sv voice = sv_cut(&variant, '+');
    const char *file = file_of_voice(voice);
    if (!data_has("", (struct sv){"phontab", 7}))
        buf_adds(why, _("the data of espeak-ng is missing; install the package espeak-ng-data"));
    else if (file && !data_has("lang", sv_of(file)))
        buf_add_message(why, "espeak-ng has no voice \"%.*s\"; install the package espeak-ng-data",
                        SV_ARG(voice));
    else if (!file)
        buf_add_message(why,
                        "espeak-ng's voice \"%.*s\" is not a Vietnamese one we know (vi, "
                        "vi-vn-x-central, vi-vn-x-south, docbao-central, docbao-south)",
                        SV_ARG(voice));
    else if (variant.p && !data_has("voices/!v", variant))
        buf_add_message(why,
                        "espeak-ng has no variant \"%.*s\"; install the package espeak-ng-data, or "
                        "choose another variant",
                        SV_ARG(variant));
    else
        return true;
    return false;
}

static void espeak_languages(void (*each)(void *user, const char *language, const char *voice),
                             void *user)
{
    for (size_t i = 0; i < sizeof foreign_files / sizeof *foreign_files; i++)
        if (data_has("lang", sv_of(foreign_files[i].file)))
            each(user, foreign_files[i].language, foreign_files[i].language);
}

static enum status load_language(const char *file, const char *name, struct err *e)
{
    if (data_has("lang", sv_of(file)) && driver.library->set_voice_by_name(file) == EE_OK)
        return STATUS_OK;
    return err_set(e, STATUS_USAGE,
                   "espeak-ng cannot load its voice \"%s\"; reinstall espeak-ng-data.", name);
}

static enum status load_packaged(const char *file, const char *name, struct err *e)
{
    if (driver.library->set_voice_by_name(file) == EE_OK)
        return STATUS_OK;
    return err_set(e, STATUS_USAGE,
                   "espeak-ng cannot load its voice \"%s\"; reinstall espeak-ng-data.", name);
}

static enum status load_own_voice(const char *path, const char *name, struct err *e)
{
    if (driver.library->set_voice_by_file(path) == EE_OK)
        return STATUS_OK;
    return err_set(
        e, STATUS_USAGE,
        "espeak-ng cannot load the voice \"%s\", which needs the file system /proc; mount "
        "it, or choose a Northern voice.",
        name);
}

static enum status load_voice(const char *name, struct err *e)
{
    const char *foreign = file_of_language(sv_of(name));
    if (foreign)
        return load_language(foreign, name, e);
    struct buf why = BUF_INIT;
    enum status status = STATUS_OK;
    if (!espeak_has_voice(name, &why)) {
        status = err_set(e, STATUS_USAGE, "The voice cannot be used: %s.", why.p);
        buf_free(&why);
        return status;
    }
    struct sv variant = sv_of(name);
    struct sv voice = sv_cut(&variant, '+');
    unsigned own = own_voice(voice);
    if (own < OWN_VOICES)
        buf_addf(&why, "/proc/self/fd/%d", driver.own_files[own]);
    else
        buf_adds(&why, file_of_voice(voice));
    if (variant.p)
        buf_addf(&why, "+%.*s", SV_ARG(variant));
    status = own < OWN_VOICES ? load_own_voice(why.p, name, e) : load_packaged(why.p, name, e);
    buf_free(&why);
    return status;
}

/* The library loads a voice by its path, of which it reads 59 bytes in small letters: too little
 * for the path of an installed file. */
static void make_own_voices(void)
{
    for (unsigned i = 0; i < OWN_VOICES; i++) {
        struct sv text = sv_of(own_voices[i].attributes);
        int fd = memfd_create(own_voices[i].name, MFD_CLOEXEC);
        bool whole = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n;
        driver.own_files[i] = whole ? fd : -1;
    }
}

/* ---- what it speaks from ---- */

static void add_file(const char *folder, struct sv name, struct buf *out)
{
    struct buf path = BUF_INIT, bytes = BUF_INIT;
    buf_addf(&path, "%s/%.*s", folder, SV_ARG(name));
    bool there = file_read(path.p, &bytes);
    buf_addf(out, "%zu %016llx %s\n", there ? bytes.n : 0,
             there ? (unsigned long long)sv_hash(buf_sv(&bytes)) : 0, path.p);
    buf_free(&path);
    buf_free(&bytes);
}

/* The files that the library reads for the voice. */
static void espeak_identify(const struct synth_settings *settings, struct buf *out)
{
    static const char *const names[] = {"phontab",     "phonindex", "phondata",
                                        "intonations", "vi_dict",   "config"};
    struct buf folder = BUF_INIT, file = BUF_INIT;
    struct sv variant = sv_of(settings->voice);
    struct sv voice = sv_cut(&variant, '+');
    add_data_folder(&folder);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_file(folder.p, sv_of(names[i]), out);
    buf_addf(&file, "lang/%s", file_of_voice(voice));
    add_file(folder.p, buf_sv(&file), out);
    if (variant.p) {
        buf_clear(&file);
        buf_addf(&file, "voices/!v/%.*s", SV_ARG(variant));
        add_file(folder.p, buf_sv(&file), out);
    }
    buf_free(&folder);
    buf_free(&file);
}

/* ---- speaking ---- */

static bool report_words(const espeak_EVENT *event)
{
    for (; event->type != espeakEVENT_LIST_TERMINATED; event++) {
        /* Events with no length are bogus. */
        if (event->type != espeakEVENT_WORD || event->length == 0)
            continue;
        uint32_t position = event->text_position > 0 ? (uint32_t)event->text_position - 1 : 0;
        uint64_t frame =
            (uint64_t)(event->audio_position > 0 ? event->audio_position : 0) * driver.rate / 1000;
        frame = (uint64_t)((double)frame / driver.by + 0.5);
        if (frame < driver.given)
            frame = driver.given; /* not before audio that was given already */
        if (!driver.out->word(driver.out->to, position, (uint32_t)frame))
            return false;
    }
    return true;
}

static bool give(const int16_t *pcm, uint32_t frames)
{
    driver.given += frames;
    driver.stopped = !driver.out->audio(driver.out->to, pcm, frames);
    return !driver.stopped;
}

/* Gives what there is of faster sound, at most as much as the speed makes of what came. */
static bool give_faster(void)
{
    enum { ROOM = 1024 };
    int16_t pcm[ROOM];
    uint32_t most = (uint32_t)(driver.frames / driver.by + 0.5);
    while (driver.given < most && !driver.stopped) {
        uint32_t left = most - driver.given;
        uint32_t n = driver.speed->take(driver.faster, pcm, left < ROOM ? left : ROOM);
        if (!n)
            break;
        give(pcm, n);
    }
    return !driver.stopped;
}

/* Called by the library; 1 stops it. */
static int on_block(short *pcm, int frames, espeak_EVENT *events)
{
    if (!driver.out)
        return 1;
    if (!report_words(events))
        return 1;
    if (!pcm || frames <= 0)
        return 0;
    driver.frames += (uint32_t)frames;
    if (!driver.faster)
        return give(pcm, (uint32_t)frames) ? 0 : 1;
    return driver.speed->add(driver.faster, pcm, (uint32_t)frames) && give_faster() ? 0 : 1;
}

static void espeak_tune(const struct synth_settings *settings)
{
    bool faster = settings->rate > OWN_RATE_MOST;
    uint32_t rate = faster ? OWN_RATE_MOST : settings->rate;
    driver.by = faster && driver.speed ? (double)settings->rate / OWN_RATE_MOST : 1;
    driver.library->set_parameter(espeakRATE, (int)rate, 0);
    driver.library->set_parameter(espeakPITCH, (int)settings->pitch, 0);
    driver.library->set_parameter(espeakRANGE, (int)settings->range, 0);
    driver.library->set_parameter(espeakVOLUME, (int)settings->volume, 0);
}

/* Speech that is faster than the library's own needs the module. */
static enum status use_settings(const struct synth_settings *settings, struct err *e)
{
    espeak_tune(settings);
    driver.usual = driver.by;
    if (settings->rate <= OWN_RATE_MOST || driver.speed)
        return STATUS_OK;
    const void *found;
    struct err why = ERR_INIT;
    module_find("speed", SPEED_SYMBOL, &found, &why);
    err_set(e, STATUS_USAGE,
            "espeak-ng alone cannot speak so fast: %s. Install the library sonic (Debian and "
            "Ubuntu: apt install libsonic0) or docbao again, or choose --rate 250 or less.",
            why.message.p);
    err_free(&why);
    return STATUS_USAGE;
}

static uint32_t espeak_fastest(void)
{
    return module_is_installed("speed") ? RATE_MOST : OWN_RATE_MOST;
}

static void load_speed(void)
{
    const void *found;
    struct err ignored = ERR_INIT;
    module_find("speed", SPEED_SYMBOL, &found, &ignored);
    driver.speed = found;
    err_free(&ignored);
}

static enum status espeak_start(const struct synth_settings *settings, uint32_t *sample_rate,
                                struct err *e)
{
    /* The library connects to a sound server though it plays nothing, starts a thread for it and
     * waits if the server hangs. So it is given a module of ours in place of its library for sound,
     * and, should that fail, the name of a server that does not exist. */
    struct err ignored = ERR_INIT;
    const void *found;
    module_find("no-sound", "create_audio_device_object", &found, &ignored);
    err_free(&ignored);
    setenv("PULSE_SERVER", "unix:/nonexistent", 1);
    enum status status = module_find("espeak", ESPEAK_LIBRARY_SYMBOL, &found, e);
    if (status)
        return err_set(e, status, "espeak-ng cannot speak: %s", e->message.p);
    driver.library = found;
    int got = driver.library->initialize(AUDIO_OUTPUT_SYNCHRONOUS, BLOCK_MS, NULL,
                                         espeakINITIALIZE_DONT_EXIT);
    if (got <= 0)
        return err_set(e, STATUS_USAGE,
                       "espeak-ng cannot start: its data is missing or of another version; "
                       "install the packages espeak-ng and espeak-ng-data.");
    make_own_voices();
    load_speed();
    status = load_voice(settings->voice, e);
    if (!status)
        status = use_settings(settings, e);
    driver.library->set_synth_callback(on_block);
    *sample_rate = driver.rate = (uint32_t)got;
    return status;
}

/* Loading a voice takes milliseconds and resets the parameters. */
static enum status espeak_adjust(const struct synth_settings *settings, struct err *e)
{
    enum status status = load_voice(settings->voice, e);
    return status ? status : use_settings(settings, e);
}

static bool is_speakable(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= '0' && code <= '9') ||
           (code < 0x80 && code && strchr(" ,.;:?!-[]", (int)code)) ||
           (code >= 0xC0 && code <= 0x24F) || (code >= 0x1E00 && code <= 0x1EFF);
}

/* A word of another language may hold one apostrophe, between two letters: the library was crashed
 * by many. */
static bool is_apostrophe(struct sv text, size_t at, unsigned before)
{
    return text.p[at] == '\'' && before == 0 && at > 0 && at + 1 < text.n &&
           text.p[at - 1] != ' ' && text.p[at + 1] != ' ' && text.p[at + 1] != '\'';
}

/* `prepare` lets only Vietnamese through. It is checked once more, because other bytes are commands
 * to the library, or crash it. */
static enum status check_engine_text(struct sv text, struct err *e)
{
    bool phonemes = false;
    size_t word = 0;
    unsigned apostrophes = 0; /* of the word */
    for (struct sv rest = text; rest.n;) {
        uint32_t code;
        unsigned length = utf8_decode(rest, &code);
        phonemes = sv_starts(rest, SV("[[")) || (phonemes && !sv_starts(rest, SV("]]")));
        if (!phonemes && is_apostrophe(text, text.n - rest.n, apostrophes)) {
            apostrophes++;
            word++;
            rest = sv_from(rest, 1);
            continue;
        }
        if (code == ' ')
            apostrophes = 0;
        if (!length || !(phonemes ? code > ' ' && code < 0x7F : is_speakable(code)))
            return err_set(e, STATUS_INPUT,
                           "U+%04X is not Vietnamese and was not given to espeak-ng", code);
        word = code == ' ' ? 0 : word + length;
        if (word > WORD_BYTES_MAX)
            return err_set(e, STATUS_INPUT,
                           "a word of more than %d bytes was not given to espeak-ng",
                           WORD_BYTES_MAX);
        rest = sv_sub(rest, length, rest.n - length);
    }
    return STATUS_OK;
}

/* False: there is no memory. */
static bool begin_sentence(const struct synth_output *out)
{
    driver.out = out;
    driver.frames = driver.given = 0;
    driver.stopped = false;
    driver.faster = driver.by > 1 ? driver.speed->open(driver.rate, driver.by) : NULL;
    return driver.faster || driver.by <= 1;
}

/* Gives the rest of it, if all of its sound came. False: there is no memory. */
static bool end_sentence(bool whole)
{
    bool good = true;
    if (driver.faster && whole && !driver.stopped) {
        good = driver.speed->end(driver.faster);
        give_faster();
    }
    if (driver.faster)
        driver.speed->close(driver.faster);
    driver.faster = NULL;
    driver.out = NULL;
    return good;
}

static enum status speak_checked(const char *text, const struct synth_output *out, struct err *e)
{
    /* Phoneme input could be abused by hostile text: it is on only for text with phonemes of ours.
     */
    unsigned flags = espeakCHARS_UTF8 | (strstr(text, "[[") ? espeakPHONEMES : 0);
    espeak_ERROR result = EE_OK;
    bool good = begin_sentence(out);
    if (good)
        result =
            driver.library->synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, flags, NULL, NULL);
    good = end_sentence(good && result == EE_OK) && good;
    if (result != EE_OK)
        return err_set(e, STATUS_PARTIAL, "espeak-ng gave up (error %d)", (int)result);
    return good ? STATUS_OK : err_set(e, STATUS_PARTIAL, "there was no memory for faster speech");
}

static enum status espeak_speak(const char *text, const struct synth_output *out, struct err *e)
{
    enum status status = check_engine_text(sv_of(text), e);
    if (!status)
        status = speak_checked(text, out, e);
    driver.by = driver.usual; /* what `tune` changed was for this sentence */
    return status;
}

const struct synth_engine synth_espeak = {
    .name = "espeak",
    .rate_min = 80,
    .rate_max = RATE_MOST,
    .fastest = espeak_fastest,
    .dies_at_start =
        N_("The speech engine died again and again while starting; try another voice, or "
           "reinstall espeak-ng and its data."),
    .start = espeak_start,
    .add_folder = add_data_folder,
    .identify = espeak_identify,
    .adjust = espeak_adjust,
    .tune = espeak_tune,
    .speak = espeak_speak,
    .prepare = engine_text_prepare,
    .prepare_foreign = engine_text_prepare_foreign,
    .languages = espeak_languages,
    .timing = {TIMING_TERMS, timing_count, timing_weigh},
    .has_voice = espeak_has_voice,
};
