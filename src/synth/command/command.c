/*
 * Any program as an engine. A program is kept for all sentences: a line of JSON goes in for each,
 * frames come out (synth/command/answer.h). Or it runs once for each sentence: the text goes in,
 * and the sound comes out, as WAV or bare.
 *
 * The engine is apart: what is static here belongs to one worker, which has one program.
 */
#include "synth/synth.h"

#include <errno.h>

#include "base/message.h"
#include "base/module.h"
#include "base/system_text.h"
#include "synth/command/answer.h"
#include "synth/command/config.h"
#include "synth/sentence_sound.h"
#include "synth/command/wav.h"
#include "synth/syllable_time.h"

enum {
    START_MS = 20000,
    SILENCE_MS = 5000, /* between two frames of a sentence */
    FAILURES_MOST = 3, /* in a row; then the program is not started again */
    RATE_LEAST = 8000,
    RATE_MOST = 96000,
    VERSION = 1,
    PERCENT = 100,
};

static struct {
    struct command_config config;
    struct buf section; /* that it was read from */
    struct process process;
    struct buf bytes; /* of the answer that is read */
    struct sentence_sound sound;
    uint32_t rate; /* frames a second; 0: no program has told it yet */
    uint32_t abilities;
    uint32_t percent, words; /* of the speed */
    /* Of the next sentence alone; 0: as that of all. */
    uint32_t tuned_percent, tuned_words;
    uint32_t id;       /* of the last sentence */
    uint32_t failures; /* in a row */
} driver;

/* ---- the configuration ---- */

static bool has_voice(const char *voice, struct buf *why)
{
    struct command_config config;
    bool good = command_config_read(&config, voice, why);
    command_config_free(&config);
    return good;
}

static void add_readable(const char *voice, struct buf *paths)
{
    struct command_config config;
    struct buf why = BUF_INIT;
    if (command_config_read(&config, voice, &why))
        command_config_add_readable(&config, paths);
    module_add_own_folder(paths); /* where it is looked for */
    buf_putc(paths, '\0');
    module_add_path("speed", paths);
    buf_putc(paths, '\0');
    command_config_free(&config);
    buf_free(&why);
}

static uint32_t most_workers(const char *voice)
{
    struct command_config config;
    struct buf why = BUF_INIT;
    command_config_read(&config, voice, &why);
    uint32_t most = config.processes;
    command_config_free(&config);
    buf_free(&why);
    return most;
}

static void identify(const struct synth_settings *settings, struct buf *out)
{
    struct command_config config;
    struct buf why = BUF_INIT;
    if (command_config_read(&config, settings->voice, &why))
        command_config_identify(&config, out);
    command_config_free(&config);
    buf_free(&why);
}

/* ---- a program that is kept ---- */

static enum status check_hello(const struct answer *a, struct err *e)
{
    uint32_t rate = a->kind == ANSWER_HELLO ? answer_number(a, 1) : 0;
    if (a->kind != ANSWER_HELLO || answer_number(a, 0) != VERSION || rate < RATE_LEAST ||
        rate > RATE_MOST)
        return err_set(e, STATUS_PARTIAL,
                       "the program did not begin with a hello of version %d and a sample rate "
                       "from %d to %d",
                       VERSION, RATE_LEAST, RATE_MOST);
    if (driver.rate && driver.rate != rate)
        return err_set(e, STATUS_PARTIAL,
                       "the program, started again, has another sample rate (%u, not %u)", rate,
                       driver.rate);
    driver.rate = rate;
    driver.abilities = answer_number(a, 2);
    return STATUS_OK;
}

static enum status start_program(struct err *e)
{
    struct answer hello;
    process_be_patient(&driver.process, START_MS);
    if (!process_start(&driver.process, driver.config.arguments.at)) {
        int why = errno;
        process_end(&driver.process);
        return err_set(e, STATUS_PARTIAL, "\"%s\" cannot be started: %s",
                       driver.config.arguments.at[0], system_error(why));
    }
    enum status status = answer_read(&driver.process, START_MS, &driver.bytes, &hello, e);
    if (!status)
        status = check_hello(&hello, e);
    if (status)
        process_end(&driver.process);
    return status;
}

/* ---- the speed ---- */

static bool can_change_speed(void)
{
    return driver.config.each ? command_config_has_speed(&driver.config)
                              : (driver.abilities & ABLE_SPEED) != 0;
}

/* What the program is asked for. */
static uint32_t asked_percent(void)
{
    if (!can_change_speed())
        return PERCENT;
    return driver.tuned_percent ? driver.tuned_percent : driver.percent;
}

/* ---- one sentence of a program that is kept ---- */

static void add_marks(struct buf *out, const char *text)
{
    struct sv rest = sv_of(text);
    struct plain_word word;
    uint32_t position = 0;
    for (bool first = true; plain_text_next(&rest, &position, &word); first = false)
        buf_addf(out, first ? "%u" : ",%u", word.position);
}

/* Sends the sentence. A text for an engine holds nothing that JSON would write otherwise; that is
 * checked, because this is where it leaves our hands. */
static enum status send_sentence(const char *text, struct err *e)
{
    struct buf line = BUF_INIT;
    for (const char *c = text; *c; c++)
        if (*c == '"' || *c == '\\' || (unsigned char)*c < ' ')
            return err_set(e, STATUS_INPUT, "the text holds a character that is not spoken");
    buf_addf(&line, "{\"id\":%u,\"text\":\"%s\",\"rate\":%u,\"marks\":[", ++driver.id, text,
             asked_percent());
    add_marks(&line, text);
    buf_adds(&line, "]}\n");
    enum process_result result = process_write(&driver.process, buf_sv(&line));
    buf_free(&line);
    if (result == PROCESS_LATE)
        return err_set(e, STATUS_PARTIAL, "the program does not read what it is sent");
    return STATUS_OK; /* that it is gone shows when its answer is read */
}

static enum status refuse(const char *what, struct err *e)
{
    return err_set(e, STATUS_PARTIAL, "%s", what);
}

/* Takes one answer. *ended: it was the last of the sentence. */
static enum status take_answer(const struct answer *a, bool *ended, struct err *e)
{
    switch (a->kind) {
    case ANSWER_PCM:
        if (sentence_sound_add(&driver.sound, a->payload))
            return STATUS_OK;
        return refuse(_("the program gives more sound than any sentence has"), e);
    case ANSWER_WORD:
        if (sentence_sound_word(&driver.sound, answer_number(a, 0), answer_number(a, 1)))
            return STATUS_OK;
        return refuse(_("the program tells words that are not there, or out of order"), e);
    case ANSWER_END:
    case ANSWER_ERROR:
        *ended = a->kind == ANSWER_ERROR || answer_number(a, 0) == driver.id;
        if (*ended)
            return STATUS_OK;
        return refuse(_("the program ends a sentence that it was not given"), e);
    default:
        return refuse(_("the program says hello a second time"), e);
    }
}

/* STATUS_OK: the program goes on; *said then tells whether it could speak the sentence. */
static enum status read_answers(uint32_t patience_ms, bool *begun, struct answer *last,
                                struct err *e)
{
    bool ended = false;
    enum status status = STATUS_OK;
    while (!status && !ended) {
        status =
            answer_read(&driver.process, *begun ? SILENCE_MS : patience_ms, &driver.bytes, last, e);
        *begun = *begun || !status;
        if (!status)
            status = take_answer(last, &ended, e);
    }
    return status;
}

static enum status speak_once(const struct synth_output *out, bool *begun, struct err *e)
{
    struct answer last;
    process_be_patient(&driver.process, out->patience_ms);
    enum status status = send_sentence(driver.sound.text, e);
    if (status == STATUS_INPUT)
        return status;
    if (!status)
        status = read_answers(out->patience_ms, begun, &last, e);
    if (status) {
        process_end(&driver.process);
        return status;
    }
    if (last.kind == ANSWER_ERROR)
        return err_set(e, STATUS_PARTIAL, "the program says: %.*s", SV_ARG(last.payload));
    sentence_sound_end(&driver.sound);
    return STATUS_OK;
}

static enum status need_program(struct err *e)
{
    if (driver.process.pid)
        return STATUS_OK;
    if (driver.failures >= FAILURES_MOST)
        return err_set(e, STATUS_PARTIAL,
                       "the program has failed %d times in a row, and is not started again",
                       FAILURES_MOST);
    return start_program(e);
}

/* A program that has gone while it had nothing to do is started again; one that goes because of a
 * sentence costs this sentence. */
static enum status speak_kept(const char *text, const struct synth_output *out, struct err *e)
{
    bool begun = false, fresh = !driver.process.pid;
    enum status status = need_program(e);
    if (status)
        return status;
    driver.sound.held = !(driver.abilities & ABLE_WORDS);
    driver.sound.rate = driver.rate;
    sentence_sound_begin(&driver.sound, text, out);
    status = speak_once(out, &begun, e);
    bool gone = status && !begun && !fresh && driver.process.waited_ms < out->patience_ms;
    if (!gone || status == STATUS_INPUT)
        return status;
    status = need_program(e);
    return status ? status : speak_once(out, &begun, e);
}

/* ---- a program that runs once a sentence ---- */

/* What has come so far, without the head of a WAV. *done bytes of driver.bytes were taken. */
static enum status take_stream(bool *headless, struct err *e)
{
    uint32_t rate = driver.rate;
    size_t head = 0;
    if (!*headless) {
        enum wav_state state = wav_read_head(buf_sv(&driver.bytes), &rate, &head);
        if (state == WAV_MORE)
            return STATUS_OK;
        if (state == WAV_BAD)
            return refuse(_("the program gives a WAV that is not of one channel and 16 bits"), e);
        if (rate != driver.rate)
            return err_set(e, STATUS_PARTIAL,
                           "the program gives %u frames a second; write “sample_rate = %u”", rate,
                           rate);
        *headless = true;
        buf_drop(&driver.bytes, head);
    }
    size_t whole = driver.bytes.n & ~(size_t)1;
    if (whole && !sentence_sound_add(&driver.sound, (struct sv){driver.bytes.p, whole}))
        return refuse(_("the program gives more sound than any sentence has"), e);
    buf_drop(&driver.bytes, whole);
    return STATUS_OK;
}

static enum status read_stream(uint32_t patience_ms, struct err *e)
{
    enum { STEP = 32 << 10 };
    bool headless = false;
    enum process_result result;
    enum status status = STATUS_OK;
    buf_clear(&driver.bytes);
    while (!status && (result = process_read(&driver.process, STEP, patience_ms, &driver.bytes)) ==
                          PROCESS_DONE)
        status = take_stream(&headless, e);
    if (status)
        return status;
    if (result == PROCESS_LATE)
        return err_set(e, STATUS_PARTIAL, "the program did not answer within %u ms", patience_ms);
    process_end(&driver.process);
    if (!driver.sound.frames)
        return err_set(e, STATUS_PARTIAL, "the program gave no sound: %s", driver.process.ending.p);
    return STATUS_OK;
}

static enum status speak_each(const char *text, const struct synth_output *out, struct err *e)
{
    struct command_words arguments = {0};
    struct buf line = BUF_INIT;
    enum status status = STATUS_OK;
    bool tuned = driver.tuned_percent != 0;
    command_config_fill(&driver.config, asked_percent(), tuned ? driver.tuned_words : driver.words,
                        &arguments);
    driver.sound.held = true;
    driver.sound.rate = driver.rate;
    sentence_sound_begin(&driver.sound, text, out);
    process_be_patient(&driver.process, out->patience_ms);
    if (!process_start(&driver.process, arguments.at))
        status = err_set(e, STATUS_PARTIAL, "\"%s\" cannot be started: %s", arguments.at[0],
                         system_error(errno));
    buf_addf(&line, "%s\n", text);
    if (!status) {
        process_write(&driver.process, buf_sv(&line));
        process_finish_input(&driver.process);
        status = read_stream(out->patience_ms, e);
        process_end(&driver.process);
    }
    if (!status)
        sentence_sound_end(&driver.sound);
    buf_free(&line);
    command_words_free(&arguments);
    return status;
}

/* ---- the engine ---- */

/* What the program cannot do, docbao does: it makes its sound faster or slower. */
static enum status use_stretching(struct err *e)
{
    const void *found = NULL;
    struct err why = ERR_INIT;
    bool own = driver.percent == PERCENT || can_change_speed();
    driver.sound.by = (double)driver.percent / PERCENT;
    enum status status = own ? STATUS_OK : module_find("speed", SPEED_SYMBOL, &found, &why);
    driver.sound.speed = found;
    if (status)
        err_set(e, STATUS_USAGE,
                "The program of this voice has one speed only, and docbao cannot change it: %s. "
                "Install the library sonic (Debian and Ubuntu: apt install libsonic0) or docbao "
                "again, or choose --rate 100.",
                why.message.p);
    err_free(&why);
    return status;
}

static enum status use_settings(const struct synth_settings *settings, struct err *e)
{
    uint32_t own = settings->own_rate ? settings->own_rate : settings->rate;
    if (!sv_is(buf_sv(&driver.section), settings->voice))
        return err_set(e, STATUS_USAGE, "another voice needs another program; start again with it");
    driver.percent = (settings->rate * PERCENT + own / 2) / own;
    driver.words = settings->rate;
    driver.sound.volume = settings->volume;
    return use_stretching(e);
}

/* For the next sentence. Pitch is not the program's part; a speed that it does not have is left. */
static void command_tune(const struct synth_settings *settings)
{
    uint32_t own = settings->own_rate ? settings->own_rate : settings->rate;
    if (!can_change_speed())
        return;
    driver.tuned_percent = (settings->rate * PERCENT + own / 2) / own;
    driver.tuned_words = settings->rate;
}

static enum status command_start(const struct synth_settings *settings, uint32_t *sample_rate,
                                 struct err *e)
{
    struct buf why = BUF_INIT;
    enum status status = STATUS_OK;
    driver.section = driver.bytes = BUF_INIT;
    process_init(&driver.process);
    buf_adds(&driver.section, settings->voice);
    if (!command_config_read(&driver.config, settings->voice, &why))
        status = err_set(e, STATUS_USAGE, "The voice cannot be used: %s.", why.p);
    else if (driver.config.each)
        driver.rate = driver.config.sample_rate;
    else if (start_program(e)) {
        buf_adds(&why, e->message.p);
        status = err_set(e, STATUS_USAGE, "The voice cannot be used: %s.", why.p);
    }
    buf_free(&why);
    if (!status)
        status = use_settings(settings, e);
    *sample_rate = driver.rate;
    return status;
}

static enum status command_speak(const char *text, const struct synth_output *out, struct err *e)
{
    enum status status;
    if (driver.config.each) {
        status = speak_each(text, out, e);
    } else {
        status = speak_kept(text, out, e);
        driver.failures = driver.process.pid ? 0 : driver.failures + 1;
    }
    driver.tuned_percent = 0;
    return status;
}

const struct synth_engine synth_command = {
    .name = "command",
    .rate_min = 40,
    .rate_max = 1600,
    .apart = true,
    .start_ms = START_MS,
    .dies_at_start = N_("The process for the program of this voice died again and again while "
                        "starting."),
    .start = command_start,
    .add_readable = add_readable,
    .most_workers = most_workers,
    .adjust = use_settings,
    .tune = command_tune,
    .speak = command_speak,
    .identify = identify,
    .prepare = plain_text_prepare,
    .timing = {SYLLABLE_TIME_TERMS, syllable_time_count, syllable_time_weigh},
    .has_voice = has_voice,
    .check_line = command_check_line,
    .check_section = command_check_section,
};
