#include "synth/child.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/vec.h"
#include "synth/link.h"

struct child {
    const struct synth_engine *engine;
    int socket;
    uint32_t deadline_ms;
    struct slot_writer writer;
    VEC(char *) texts; /* received and not yet spoken, from `next` on */
    size_t next;
    bool ended;          /* no text will follow */
    struct err adjusted; /* why the settings could not be taken; then no sentence is spoken */
};

static void set_alarm(struct timeval left)
{
    struct itimerval timer = {.it_value = left};
    setitimer(ITIMER_REAL, &timer, NULL);
}

/* The caller is gone or has dropped the unit where its socket is closed: there is nobody to work
 * for, and nothing of this process worth saving. */
static void receive_bytes(struct child *c, char *to, size_t n)
{
    while (n > 0) {
        ssize_t got = recv(c->socket, to, n, 0);
        if (got == 0 || (got < 0 && errno != EINTR))
            _exit(0);
        if (got > 0) {
            to += got;
            n -= (size_t)got;
        }
    }
}

static void adjust(struct child *c, const char *bytes)
{
    struct sent_settings sent;
    memcpy(&sent, bytes, sizeof sent);
    struct synth_settings settings = {
        .voice = bytes + sizeof sent,
        .rate = sent.rate,
        .pitch = sent.pitch,
        .range = sent.range,
        .volume = sent.volume,
    };
    c->engine->adjust(&settings, &c->adjusted);
}

static void receive_message(struct child *c)
{
    struct sentence_head head;
    receive_bytes(c, (char *)&head, sizeof head);
    if (head.kind == SENTENCE_END)
        c->ended = true;
    if (head.kind != SENTENCE_TEXT && head.kind != SENTENCE_SETTINGS)
        return;
    char *text = mem_zalloc((size_t)head.length + 1);
    receive_bytes(c, text, head.length);
    if (head.kind == SENTENCE_SETTINGS) {
        adjust(c, text);
        free(text);
        return;
    }
    *vec_push(&c->texts) = text;
}

/* A reader that takes its time (a paused player) must not count against the sentence. */
static void sleep_for_room(void *with)
{
    struct itimerval left;
    getitimer(ITIMER_REAL, &left);
    set_alarm((struct timeval){0, 0});
    receive_message(with);
    set_alarm(left.it_value);
}

static void wake_reader(void *with)
{
    struct child *c = with;
    /* A full socket holds wakes enough. */
    send(c->socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static bool take_audio(void *to, const int16_t *pcm, uint32_t frames)
{
    struct child *c = to;
    slot_write(&c->writer, (struct record){.kind = RECORD_AUDIO, .a = frames}, pcm, sizeof *pcm);
    return true;
}

static bool take_word(void *to, uint32_t text_position, uint32_t frame)
{
    struct child *c = to;
    slot_write(&c->writer, (struct record){RECORD_WORD, text_position, frame, 0}, NULL, 0);
    return true;
}

static void speak(struct child *c, const char *text)
{
    struct err e = ERR_INIT;
    const struct synth_output out = {take_audio, take_word, c};
    enum status status = c->adjusted.status;
    if (status)
        err_set(&e, status, "%s", c->adjusted.message.p);
    else if (*text) {
        uint64_t patience = child_patience_ms(c->deadline_ms, strlen(text));
        set_alarm(
            (struct timeval){(time_t)(patience / 1000), (suseconds_t)(patience % 1000) * 1000});
        status = c->engine->speak(text, &out, &e);
        set_alarm((struct timeval){0, 0});
    }
    if (status != STATUS_OK) {
        struct record reason = {.kind = RECORD_REASON, .a = (uint32_t)e.message.n};
        slot_write(&c->writer, reason, e.message.p, 1);
    }
    struct record last = {.kind = status == STATUS_OK ? RECORD_SENTENCE : RECORD_FAILED};
    slot_write(&c->writer, last, NULL, 0);
    err_free(&e);
}

_Noreturn void child_run(const struct synth_engine *engine, struct slot *slot, int socket,
                         uint32_t deadline_ms)
{
    struct child c = {.engine = engine, .socket = socket, .deadline_ms = deadline_ms};
    c.adjusted = ERR_INIT;
    c.writer = (struct slot_writer){
        .slot = slot, .sleep = sleep_for_room, .wake = wake_reader, .with = &c};
    signal(SIGALRM, SIG_DFL);
    for (;;) {
        while (c.next == c.texts.n && !c.ended)
            receive_message(&c);
        if (c.next == c.texts.n)
            _exit(0);
        speak(&c, c.texts.at[c.next]);
        free(c.texts.at[c.next++]);
    }
}
