#include "sd_docbao/module.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "sd_docbao/choice.h"
#include "sd_docbao/command.h"
#include "sd_docbao/reply.h"
#include "sd_docbao/settings.h"
#include "sd_docbao/ssml.h"
#include "sd_docbao/tick.h"

enum {
    READ_BYTES = 64 << 10,
    WRITE_BYTES = 4096, /* a pipe that has room at all has room for that */
    /* From one 703 to the next. The server (speech-dispatcher 0.11.4, speak_queue.c) loses a 703
     * that comes while its thread for stops still ends the one before, and then waits for ever. */
    STOPS_APART_MS = 40,
};

/* What is being said. */
struct message {
    struct ssml ssml;
    size_t run;   /* of ssml.runs */
    size_t mark;  /* of ssml.marks, the next */
    bool begun;   /* and not ended */
    bool paused;  /* at the next mark of speech-dispatcher it ends */
    bool stopped; /* it is silent, and 703 is due at module.next_stop_ns */
    /* Sound of the last event that was not answered yet. */
    const int16_t *pcm;
    uint32_t frames;
};

struct module {
    struct docbao *docbao;
    struct docbao_speaker *speaker; /* NULL before INIT */
    int in, out;
    struct command_reader commands;
    struct settings settings;
    struct message message;
    struct buf answers;
    size_t sent;          /* bytes of `answers` */
    int64_t next_stop_ns; /* the clock's time at which 703 may be answered again */
    bool closed;          /* nothing more will be answered */
    int code;
};

static void answer(struct module *m, const char *line)
{
    reply_line(&m->answers, line);
}

/* ---- the message ---- */

static void end_message(struct module *m, const char *event)
{
    docbao_speaker_stop(m->speaker);
    answer(m, event);
    ssml_free(&m->message.ssml);
    m->message = (struct message){.begun = false};
}

static void answer_stop(struct module *m)
{
    end_message(m, "703 STOP");
    m->next_stop_ns = clock_now_ns() + (int64_t)STOPS_APART_MS * CLOCK_NS_PER_MS;
}

/* Silence comes at once, the answer not too soon after the last one. */
static void stop_message(struct module *m)
{
    if (clock_now_ns() >= m->next_stop_ns) {
        answer_stop(m);
        return;
    }
    docbao_speaker_stop(m->speaker);
    m->message.stopped = true;
    m->message.frames = 0;
}

/* Answers the marks before this place of the text. True: at one of them the message was paused. */
static bool answer_marks(struct module *m, uint32_t at)
{
    struct message *now = &m->message;
    while (now->mark < now->ssml.marks.n && now->ssml.marks.at[now->mark].at <= at) {
        struct sv name = sv_at(buf_sv(&now->ssml.names), now->ssml.marks.at[now->mark++].name);
        reply_mark(&m->answers, name);
        if (now->paused && sv_starts(name, SV("__spd_"))) {
            end_message(m, "704 PAUSE");
            return true;
        }
    }
    return false;
}

static void end_well(struct module *m)
{
    if (!answer_marks(m, UINT32_MAX))
        end_message(m, "702 END");
}

/* False: nothing can be said. */
static bool say_run(struct module *m)
{
    struct message *now = &m->message;
    const struct ssml_run *run = &now->ssml.runs.at[now->run];
    struct sv text = sv_sub(buf_sv(&now->ssml.text), run->from, run->to - run->from);
    struct sv language = sv_at(buf_sv(&now->ssml.names), run->language);
    struct choice choice;
    choice_make(&choice, m->docbao, &m->settings, text, language, run->manner);
    enum docbao_status status = docbao_speaker_say(m->speaker, &choice.utterance);
    choice.utterance.voice = NULL; /* the chosen one may not work */
    if (status)
        status = docbao_speaker_say(m->speaker, &choice.utterance);
    choice_free(&choice);
    return !status;
}

static void begin_message(struct module *m)
{
    answer(m, "200 OK SPEAKING");
    answer(m, "701 BEGIN");
    m->message.begun = true;
    if (!say_run(m))
        end_well(m);
}

static void end_run(struct module *m)
{
    struct message *now = &m->message;
    if (now->run + 1 == now->ssml.runs.n) {
        end_well(m);
        return;
    }
    now->run++;
    if (!say_run(m))
        end_well(m);
}

/* ---- the sound ---- */

static bool begins_with_capital(struct sv text)
{
    uint32_t code;
    return text.n && utf8_decode(text, &code) && char_is_capital(code);
}

static void begin_word(struct module *m, struct docbao_span span)
{
    const struct message *now = &m->message;
    uint32_t at = now->ssml.runs.at[now->run].from + span.off;
    if (answer_marks(m, at))
        return;
    struct sv word = sv_from(buf_sv(&now->ssml.text), at);
    if (m->settings.capitals == CAPITALS_ICON && begins_with_capital(word)) {
        struct buf tick = BUF_INIT;
        uint32_t rate = docbao_speaker_rate(m->speaker);
        uint32_t frames = tick_make(&tick, rate);
        reply_sound(&m->answers, (const int16_t *)(const void *)tick.p, frames, rate);
        buf_free(&tick);
    }
}

static void answer_sound(struct module *m)
{
    struct message *now = &m->message;
    uint32_t frames = now->frames < REPLY_MOST_FRAMES ? now->frames : REPLY_MOST_FRAMES;
    reply_sound(&m->answers, now->pcm, frames, docbao_speaker_rate(m->speaker));
    now->frames -= frames;
    if (now->pcm)
        now->pcm += frames;
}

/* Answers the next thing that was spoken. False: nothing is there. */
static bool go_on(struct module *m)
{
    struct message *now = &m->message;
    if (!now->begun)
        return false;
    if (now->stopped && clock_now_ns() >= m->next_stop_ns) {
        answer_stop(m);
        return true;
    }
    if (now->frames) {
        answer_sound(m);
        return true;
    }
    struct docbao_spoken spoken = docbao_speaker_next(m->speaker);
    switch (spoken.kind) {
    case DOCBAO_SPOKEN_NOTHING:
        return false;
    case DOCBAO_SPOKEN_WORD:
        begin_word(m, spoken.span);
        break;
    case DOCBAO_SPOKEN_SOUND:
        now->pcm = spoken.pcm;
        now->frames = spoken.frames;
        break;
    case DOCBAO_SPOKEN_END:
        end_run(m);
        break;
    case DOCBAO_SPOKEN_LOST:
        answer_stop(m); /* "702 END" would say that it was heard */
    }
    return true;
}

/* ---- commands ---- */

static void open_speaker(struct module *m)
{
    if (!m->speaker && docbao_speaker_open(m->docbao, &m->speaker)) {
        buf_addf(&m->answers, "399-%s\n399 ERR CANT INIT MODULE\n",
                 docbao_last_error(m->docbao)->message);
        m->closed = true;
        m->code = 1;
        return;
    }
    answer(m, "299-docbao reads Vietnamese aloud.");
    answer(m, "299 OK LOADED SUCCESSFULLY");
}

/* The text of CHAR, KEY and SOUND_ICON is no markup. */
static void take_plain(struct ssml *out, struct sv text, enum docbao_manner manner)
{
    *out = (struct ssml){.text = BUF_INIT, .names = BUF_INIT};
    buf_add_sv(&out->text, text);
    *vec_push(&out->runs) = (struct ssml_run){.to = (uint32_t)text.n, .manner = manner};
}

static void take_message(struct module *m, const struct command *c)
{
    struct sv text = c->text;
    if (!text.n || !m->speaker) {
        answer(m, "301 ERROR CANT SPEAK");
        return;
    }
    if (c->kind != COMMAND_SPEAK && c->lines > 1) {
        answer(m, "305 DATA MORE THAN ONE LINE");
        return;
    }
    if (m->message.begun)
        answer_stop(m);
    if (c->kind != COMMAND_SPEAK && sv_is(text, "space"))
        text = SV(" ");
    if (c->kind == COMMAND_SPEAK)
        ssml_parse(&m->message.ssml, text);
    else
        take_plain(&m->message.ssml, text,
                   c->kind == COMMAND_CHAR  ? choice_char_manner(text)
                   : c->kind == COMMAND_KEY ? DOCBAO_AS_KEY
                                            : DOCBAO_AS_TEXT);
    begin_message(m);
}

static void answer_settings(struct module *m, enum settings_result result, const char *well)
{
    static const char *const faults[] = {[SETTINGS_BAD_SYNTAX] = "302 ERROR BAD SYNTAX",
                                         [SETTINGS_BAD_VALUE] =
                                             "303 ERROR INVALID PARAMETER OR VALUE"};
    answer(m, result == SETTINGS_DONE ? well : faults[result]);
}

static void quit(struct module *m)
{
    if (m->message.begun)
        answer_stop(m);
    answer(m, "210 OK QUIT");
    m->closed = true;
}

/* Acknowledges a command whose data follows. */
static void acknowledge(struct module *m, enum command_kind kind)
{
    switch (kind) {
    case COMMAND_SET:
        answer(m, "203 OK RECEIVING SETTINGS");
        break;
    case COMMAND_AUDIO:
        answer(m, "207 OK RECEIVING AUDIO SETTINGS");
        break;
    case COMMAND_LOGLEVEL:
        answer(m, "207 OK RECEIVING LOGLEVEL SETTINGS");
        break;
    default:
        answer(m, "202 OK RECEIVING MESSAGE");
    }
}

static void obey(struct module *m, const struct command *c)
{
    switch (c->kind) {
    case COMMAND_INIT:
        open_speaker(m);
        break;
    case COMMAND_SPEAK:
    case COMMAND_CHAR:
    case COMMAND_KEY:
    case COMMAND_SOUND_ICON:
        take_message(m, c);
        break;
    case COMMAND_STOP:
        if (m->message.begun)
            stop_message(m);
        break;
    case COMMAND_PAUSE:
        m->message.paused = m->message.begun;
        break;
    case COMMAND_SET:
        answer_settings(m, settings_take(&m->settings, c->text), "203 OK SETTINGS RECEIVED");
        choice_prepare(m->docbao, m->speaker, &m->settings);
        break;
    case COMMAND_AUDIO:
        answer_settings(m, settings_check_audio(c->text), "203 OK AUDIO INITIALIZED");
        break;
    case COMMAND_LOGLEVEL:
        answer(m, "203 OK LOGLEVEL SET");
        break;
    case COMMAND_LIST_VOICES:
        choice_list_voices(m->docbao, c->text, &m->answers);
        break;
    case COMMAND_DEBUG:
        answer(m, sv_starts(c->text, SV("ON")) ? "200 OK DEBUGGING ON" : "200 OK DEBUGGING OFF");
        break;
    case COMMAND_QUIT:
        quit(m);
        break;
    case COMMAND_UNKNOWN:
        answer(m, "300 ERR UNKNOWN COMMAND");
    }
}

static void take_commands(struct module *m)
{
    char bytes[READ_BYTES];
    ssize_t n = read(m->in, bytes, sizeof bytes);
    if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
        m->closed = true; /* the server is gone */
    if (n <= 0)
        return;
    command_add(&m->commands, bytes, (size_t)n);
    struct command c;
    while (!m->closed && command_next(&m->commands, &c)) {
        if (c.complete)
            obey(m, &c);
        else
            acknowledge(m, c.kind);
    }
}

/* ---- the loop ---- */

static void send_answers(struct module *m)
{
    size_t left = m->answers.n - m->sent;
    ssize_t n = write(m->out, m->answers.p + m->sent, left < WRITE_BYTES ? left : WRITE_BYTES);
    if (n < 0 && errno != EINTR && errno != EAGAIN) {
        m->closed = true;
        m->sent = m->answers.n;
    }
    if (n > 0)
        m->sent += (size_t)n;
    if (m->sent == m->answers.n) {
        buf_clear(&m->answers);
        m->sent = 0;
    }
}

/* Lowers *timeout_ms to the time that is left before a 703. */
static void wait_for_stop(const struct module *m, int *timeout_ms)
{
    int64_t left = m->next_stop_ns - clock_now_ns();
    if (m->message.stopped)
        *timeout_ms = left > 0 ? (int)(left / CLOCK_NS_PER_MS) + 1 : 0;
}

static void serve_once(struct module *m)
{
    struct pollfd fds[2 + DOCBAO_MOST_DESCRIPTORS];
    bool unsent = m->sent < m->answers.n;
    bool something = !unsent && go_on(m);
    unsent = m->sent < m->answers.n;
    int timeout_ms = something ? 0 : -1;
    fds[0] = (struct pollfd){.fd = m->in, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = unsent ? m->out : -1, .events = POLLOUT};
    nfds_t count = 2;
    if (!unsent && !something && m->message.begun)
        count += docbao_speaker_descriptors(m->speaker, fds + 2, &timeout_ms);
    if (!unsent && !something)
        wait_for_stop(m, &timeout_ms);
    if (poll(fds, count, timeout_ms) < 0)
        return;
    if (fds[0].revents)
        take_commands(m);
    if (fds[1].revents)
        send_answers(m);
}

/* What was answered last is still sent, if that can be done at once or nearly so. */
static void send_last(struct module *m)
{
    enum { PATIENCE_MS = 500 };
    struct pollfd out = {.fd = m->out, .events = POLLOUT};
    while (m->sent < m->answers.n && poll(&out, 1, PATIENCE_MS) > 0)
        send_answers(m);
}

int module_serve(struct docbao *d, int commands, int answers)
{
    struct module m = {.docbao = d, .in = commands, .out = answers, .answers = BUF_INIT};
    command_reader_init(&m.commands);
    settings_init(&m.settings);
    while (!m.closed)
        serve_once(&m);
    send_last(&m);
    docbao_speaker_close(m.speaker);
    if (m.message.begun)
        ssml_free(&m.message.ssml);
    command_reader_free(&m.commands);
    settings_free(&m.settings);
    buf_free(&m.answers);
    return m.code;
}
