/*
 * Neural voices through sherpa-onnx: models of the kind VITS, as Piper has them.
 *
 * The engine is apart, because the library has threads. What is static here belongs to one worker.
 */
#include "synth/synth.h"

#include <unistd.h>

#include "base/message.h"
#include "synth/section.h"
#include "synth/sentence_sound.h"
#include "synth/sherpa/library.h"
#include "synth/syllable_time.h"

enum {
    START_MS = 30000,
    THREADS_MOST = 64,
    PROCESSES_MOST = 64,
    SPEAKERS_MOST = 100000,
    FULL_SCALE = 32767,
    PERCENT = 100,
};

/* What a model leaves to chance is left out, or the same text would not give the same bytes. The
 * library takes 0 for "as usual"; this vanishes beside any number that it is added to. */
static const float no_noise = 1e-30F;

static struct {
    struct buf section; /* that the model was loaded from */
    struct sherpa_library library;
    const struct sherpa_model *model;
    struct sentence_sound sound;
    struct buf bytes;
    int32_t speaker;
    uint32_t percent, tuned_percent; /* of the speed; tuned: of the next sentence, or 0 */
} driver;

/* ---- the section of the voice file ---- */

/* Files and folders; the first ones must be named. */
enum file_key { FILE_MODEL, FILE_TOKENS, FILE_DATA, FILE_LEXICON, FILE_LIBRARY, FILE_KEYS };
static const char *const file_keys[FILE_KEYS] = {"model", "tokens", "data", "lexicon", "library"};
enum { FILES_NEEDED = 2 };

static const struct {
    const char *key;
    uint32_t least, most;
} number_keys[] = {
    {"speaker", 1, SPEAKERS_MOST}, {"threads", 1, THREADS_MOST}, {"processes", 1, PROCESSES_MOST}};

static bool check_line(const char *key, const char *value, struct buf *problem)
{
    for (size_t i = 0; i < FILE_KEYS; i++)
        if (strcmp(key, file_keys[i]) == 0) {
            if (*value)
                return true;
            buf_adds(problem, _("the value is empty"));
            return false;
        }
    for (size_t i = 0; i < sizeof number_keys / sizeof *number_keys; i++)
        if (strcmp(key, number_keys[i].key) == 0)
            return section_check_number(value, number_keys[i].least, number_keys[i].most, problem);
    buf_add_message(problem, "a voice has no \"%s\" in [%s]", key, "sherpa");
    return false;
}

static bool check_section(const char *section, struct buf *problem)
{
    for (size_t i = 0; i < FILES_NEEDED; i++)
        if (!section_value(section, file_keys[i]).n) {
            buf_add_message(problem, "[sherpa] has no “%s”", file_keys[i]);
            return false;
        }
    bool one = !section_value(section, "data").n != !section_value(section, "lexicon").n;
    if (!one)
        buf_adds(problem,
                 _("[sherpa] needs either “data”, the folder espeak-ng-data, or “lexicon”"));
    return one;
}

/* The number that a key of number_keys has, or `usual`. */
static uint32_t number_of(const char *section, const char *key, uint32_t usual)
{
    uint32_t number = section_number(section_value(section, key), 1, UINT32_MAX);
    return number ? number : usual;
}

/* Appends the path that the key names; nothing if there is none. */
static void add_file(const char *section, enum file_key key, struct buf *out)
{
    section_add_path(section_value(section, file_keys[key]), out);
}

static bool has_voice(const char *section, struct buf *why)
{
    struct buf path = BUF_INIT;
    bool good = true;
    for (unsigned i = 0; i < FILE_KEYS && good; i++) {
        buf_clear(&path);
        add_file(section, (enum file_key)i, &path);
        good = !path.n || (*path.p == '/' && access(path.p, R_OK) == 0);
    }
    if (!good)
        buf_add_message(why, "\"%s\", which the section [sherpa] names, is not there", path.p);
    buf_free(&path);
    return good;
}

static void add_readable(const char *section, struct buf *paths)
{
    struct buf path = BUF_INIT;
    for (unsigned i = 0; i < FILE_KEYS; i++) {
        buf_clear(&path);
        add_file(section, (enum file_key)i, &path);
        char *slash = strrchr(path.p, '/');
        if (i == FILE_LIBRARY && slash) /* beside it is the one that it needs */
            buf_cut(&path, (size_t)(slash - path.p));
        if (path.n)
            section_add_readable(path.p, paths);
    }
    buf_free(&path);
}

static void identify(const struct synth_settings *settings, struct buf *out)
{
    struct buf path = BUF_INIT;
    for (unsigned i = 0; i < FILE_KEYS; i++) {
        buf_clear(&path);
        add_file(settings->voice, (enum file_key)i, &path);
        if (i == FILE_DATA) /* what it says changes with the words that espeak-ng knows */
            buf_adds(&path, "/vi_dict");
        section_identify_file(path.p, out);
    }
    buf_free(&path);
}

/* A model takes memory and uses the cores itself. */
static uint32_t most_workers(const char *section)
{
    return number_of(section, "processes", 1);
}

/* ---- loading ---- */

static enum status load_model(const char *section, struct err *e)
{
    struct buf files[FILE_KEYS];
    struct sherpa_settings settings = {
        .noise = no_noise,
        .noise_of_lengths = no_noise,
        .length = 1,
        .threads = (int32_t)number_of(section, "threads", 1),
        .provider = "cpu",
    };
    for (unsigned i = 0; i < FILE_KEYS; i++) {
        files[i] = BUF_INIT;
        add_file(section, (enum file_key)i, &files[i]);
    }
    settings.model = files[FILE_MODEL].p;
    settings.tokens = files[FILE_TOKENS].p;
    settings.data = files[FILE_DATA].p;
    settings.lexicon = files[FILE_LEXICON].p;
    driver.model = driver.library.create(&settings);
    enum status status = STATUS_OK;
    if (!driver.model)
        status = err_set(e, STATUS_USAGE,
                         "sherpa-onnx cannot use the model \"%s\" with its tokens and data; see "
                         "whether they belong together.",
                         settings.model);
    for (unsigned i = 0; i < FILE_KEYS; i++)
        buf_free(&files[i]);
    return status;
}

static enum status check_model(uint32_t *sample_rate, struct err *e)
{
    int32_t rate = driver.library.sample_rate(driver.model);
    int32_t speakers = driver.library.speakers(driver.model);
    if (rate < 8000 || rate > 96000)
        return err_set(e, STATUS_USAGE, "The model has a sample rate of %d; 8000 to 96000 can be.",
                       (int)rate);
    if (driver.speaker > 0 && driver.speaker >= speakers)
        return err_set(e, STATUS_USAGE, "The model has %d speakers, no speaker %d.", (int)speakers,
                       (int)driver.speaker + 1);
    *sample_rate = driver.sound.rate = (uint32_t)rate;
    return STATUS_OK;
}

static uint32_t percent_of(const struct synth_settings *settings)
{
    uint32_t own = settings->own_rate ? settings->own_rate : settings->rate;
    return (settings->rate * PERCENT + own / 2) / own;
}

static enum status use_settings(const struct synth_settings *settings, struct err *e)
{
    if (!sv_is(buf_sv(&driver.section), settings->voice))
        return err_set(e, STATUS_USAGE, "another voice needs another model; start again with it");
    driver.percent = percent_of(settings);
    driver.sound.volume = settings->volume;
    return STATUS_OK;
}

static void tune(const struct synth_settings *settings)
{
    driver.tuned_percent = percent_of(settings);
}

static enum status start(const struct synth_settings *settings, uint32_t *sample_rate,
                         struct err *e)
{
    struct buf why = BUF_INIT, library = BUF_INIT;
    driver.section = driver.bytes = BUF_INIT;
    buf_adds(&driver.section, settings->voice);
    driver.speaker = (int32_t)number_of(settings->voice, "speaker", 1) - 1;
    driver.sound.held = true;
    add_file(settings->voice, FILE_LIBRARY, &library);
    enum status status = STATUS_OK;
    if (!has_voice(settings->voice, &why))
        status = err_set(e, STATUS_USAGE, "The voice cannot be used: %s.", why.p);
    if (!status)
        status = library_open(&driver.library, library.p, e);
    if (!status)
        status = load_model(settings->voice, e);
    if (!status)
        status = check_model(sample_rate, e);
    if (!status)
        status = use_settings(settings, e);
    buf_free(&why);
    buf_free(&library);
    return status;
}

/* ---- speaking ---- */

/* To samples of 16 bits, least byte first. A model may go past full scale, or give no number. */
static void convert(const struct sherpa_sound *sound)
{
    buf_clear(&driver.bytes);
    for (int32_t i = 0; i < sound->n; i++) {
        float sample = sound->samples[i] * FULL_SCALE;
        float clipped = sample > FULL_SCALE    ? FULL_SCALE
                        : sample < -FULL_SCALE ? -FULL_SCALE
                                               : sample;
        uint16_t bits = (uint16_t)(int16_t)(clipped == clipped ? clipped : 0);
        buf_putc(&driver.bytes, (char)(bits & 0xFF));
        buf_putc(&driver.bytes, (char)(bits >> 8));
    }
}

static enum status speak(const char *text, const struct synth_output *out, struct err *e)
{
    uint32_t percent = driver.tuned_percent ? driver.tuned_percent : driver.percent;
    driver.tuned_percent = 0;
    const struct sherpa_sound *sound =
        driver.library.generate(driver.model, text, driver.speaker, (float)percent / PERCENT);
    if (!sound)
        return err_set(e, STATUS_PARTIAL, "sherpa-onnx could not say this");
    enum status status = STATUS_OK;
    convert(sound);
    sentence_sound_begin(&driver.sound, text, out);
    if (sound->n <= 0)
        status = err_set(e, STATUS_PARTIAL, "the model gave no sound");
    else if (!sentence_sound_add(&driver.sound, buf_sv(&driver.bytes)))
        status = err_set(e, STATUS_PARTIAL, "the model gives more sound than any sentence has");
    else
        sentence_sound_end(&driver.sound);
    driver.library.free_sound(sound);
    return status;
}

const struct synth_engine synth_sherpa = {
    .name = "sherpa",
    .rate_min = 40,
    .rate_max = 1600,
    .apart = true,
    .start_ms = START_MS,
    .dies_at_start = N_("sherpa-onnx ended again and again while it loaded the model; see whether "
                        "model, tokens and data belong together, or choose another voice."),
    .start = start,
    .add_readable = add_readable,
    .most_workers = most_workers,
    .adjust = use_settings,
    .tune = tune,
    .speak = speak,
    .identify = identify,
    .prepare = plain_text_prepare,
    .timing = {SYLLABLE_TIME_TERMS, syllable_time_count, syllable_time_weigh},
    .has_voice = has_voice,
    .check_line = check_line,
    .check_section = check_section,
};
