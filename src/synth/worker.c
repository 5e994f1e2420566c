#include "synth/worker.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/mem.h"
#include "synth/inbox.h"
#include "synth/restore.h"

/* The part of the first sentence that is spoken again to check the restored state: a second. */
enum { CHECK_FRAMES = 22050 };

/* A digest of the beginning of a sentence's sound. */
struct sample {
    uint64_t hash;
    uint32_t frames, most; /* so far, and those that count */
};

/* Nothing here is on the heap, which restore_apply puts back. */
struct worker {
    const struct worker_plan *plan;
    struct inbox inbox;
    struct ring_writer writer;
    const struct restore *restore; /* NULL before the first sentence */
    /* The present sentence, the first one: settings of its own, and its text. */
    struct mapped text, first;
    struct sample sample; /* of the first sentence */
    uint32_t spoken;      /* sentences */
    bool checked;
    struct err adjusted; /* why the settings could not be used; then no sentence is spoken */
};

/* ---- output ---- */

static void set_alarm(struct timeval left)
{
    struct itimerval timer = {.it_value = left};
    setitimer(ITIMER_REAL, &timer, NULL);
}

/* A reader that takes its time (a paused player) must not count against the sentence. */
static void sleep_for_room(void *with)
{
    struct worker *w = with;
    struct itimerval left;
    getitimer(ITIMER_REAL, &left);
    set_alarm((struct timeval){0, 0});
    inbox_wait_for_wake(&w->inbox);
    set_alarm(left.it_value);
}

static void wake_caller(void *with)
{
    const struct worker *w = with;
    /* If the socket is full, there are enough wakes in it. */
    send(w->plan->socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static bool sample_audio(void *to, const int16_t *pcm, uint32_t frames)
{
    struct sample *s = to;
    for (uint32_t i = 0; i < frames && s->frames < s->most; i++, s->frames++)
        s->hash = (s->hash ^ (uint16_t)pcm[i]) * 0x100000001b3; /* FNV-1a */
    return s->frames < s->most;
}

static bool sample_word(void *to, uint32_t text_position, uint32_t frame)
{
    (void)to;
    (void)text_position;
    (void)frame;
    return true;
}

static bool is_apart(const struct worker *w)
{
    return w->plan->settings != NULL;
}

static bool is_cancelled(struct worker *w)
{
    return w->plan->cancels && inbox_holds(&w->inbox, SENTENCE_CANCEL);
}

/* Whether the present sentence shall end here. Some sound of the first one is needed, or there is
 * nothing to compare (check_restore). */
static bool ends_early(struct worker *w)
{
    bool needed = !is_apart(w) && !w->spoken && !w->sample.frames;
    bool ends = !needed && is_cancelled(w);
    if (ends && !w->spoken)
        w->sample.most = w->sample.frames;
    return ends;
}

static bool ring_audio(void *to, const int16_t *pcm, uint32_t frames)
{
    struct worker *w = to;
    if (!w->spoken)
        sample_audio(&w->sample, pcm, frames);
    if (ends_early(w))
        return false;
    ring_write(&w->writer, (struct record){.kind = RECORD_AUDIO, .a = frames}, pcm, sizeof *pcm);
    return true;
}

static bool ring_word(void *to, uint32_t text_position, uint32_t frame)
{
    struct worker *w = to;
    if (ends_early(w))
        return false;
    ring_write(&w->writer, (struct record){RECORD_WORD, text_position, frame, 0}, NULL, 0);
    return true;
}

/* ---- the state before a sentence ---- */

static struct synth_settings unpack_settings(const struct mapped *m)
{
    struct sent_settings sent;
    memcpy(&sent, m->p, sizeof sent);
    return (struct synth_settings){
        .voice = m->p + sizeof sent,
        .rate = sent.rate,
        .pitch = sent.pitch,
        .range = sent.range,
        .volume = sent.volume,
        .own_rate = sent.own_rate,
    };
}

static const char *text_of(const struct mapped *sentence)
{
    return sentence->p + sizeof(struct sent_settings);
}

/* A library that lacks memory may go on with another sound and not say so. */
static enum status speak_or_leave(const struct worker *w, const struct mapped *sentence,
                                  const struct synth_output *out, struct err *e)
{
    const struct synth_settings own = unpack_settings(sentence);
    errno = 0;
    if (own.rate && w->plan->engine->tune) {
        w->plan->engine->tune(&own);
        restore_wipe_stack();
    }
    enum status status = w->plan->engine->speak(text_of(sentence), out, e);
    if (errno == ENOMEM)
        mem_exhausted();
    return status;
}

/* The first sentence is spoken from a fresh state. Its sound is compared with what the restored
 * state gives. Leaves the process if the next sentence cannot be spoken like the first. */
static void check_restore(struct worker *w)
{
    struct sample again = {.most = w->sample.most};
    struct err e = ERR_INIT;
    const struct synth_output out = {sample_audio, sample_word, &again, w->plan->deadline_ms};
    if (!w->sample.frames)
        _exit(0); /* there is nothing to compare: let a fresh process go on */
    restore_apply(w->restore);
    speak_or_leave(w, &w->first, &out, &e);
    if (again.hash != w->sample.hash || again.frames != w->sample.frames)
        _exit(WORKER_NOT_RESTORABLE);
    w->checked = true;
}

static void keep_first_text(struct worker *w)
{
    mapped_reserve(&w->first, w->text.n);
    memcpy(w->first.p, w->text.p, w->text.n);
    w->first.n = w->text.n;
}

static void prepare_state(struct worker *w)
{
    if (is_apart(w))
        return;
    if (w->plan->once) {
        restore_wipe_stack();
        return;
    }
    if (!w->spoken) {
        keep_first_text(w);
        w->restore = restore_save();
        restore_wipe_stack();
        return;
    }
    if (!w->restore)
        _exit(WORKER_NOT_RESTORABLE);
    if (!w->checked)
        check_restore(w);
    restore_apply(w->restore);
}

/* ---- sentences ---- */

static void adjust(struct worker *w)
{
    const struct synth_settings settings = unpack_settings(&w->text);
    w->adjusted.status = STATUS_OK; /* of those before */
    w->plan->engine->adjust(&settings, &w->adjusted);
}

static void write_end(struct worker *w, enum status status, const struct err *e)
{
    if (status != STATUS_OK) {
        struct record reason = {.kind = RECORD_REASON, .a = (uint32_t)e->message.n};
        ring_write(&w->writer, reason, e->message.p, 1);
    }
    atomic_fetch_add(&w->plan->ring->done, w->text.n - sizeof(struct sent_settings));
    struct record last = {.kind = status == STATUS_OK ? RECORD_SENTENCE : RECORD_FAILED};
    ring_write(&w->writer, last, NULL, 0);
}

/* One sentence, within its time. */
static enum status speak_timed(struct worker *w, struct err *e)
{
    uint64_t patience = worker_patience_ms(w->plan->deadline_ms, strlen(text_of(&w->text)));
    const struct synth_output out = {ring_audio, ring_word, w, (uint32_t)patience};
    if (is_apart(w)) /* it may have to be started again, and bounds its own waits */
        patience += w->plan->engine->start_ms;
    set_alarm((struct timeval){(time_t)(patience / 1000), (suseconds_t)(patience % 1000) * 1000});
    prepare_state(w);
    enum status status = speak_or_leave(w, &w->text, &out, e);
    set_alarm((struct timeval){0, 0});
    w->spoken++;
    return status;
}

static void speak_message(struct worker *w)
{
    struct err e = ERR_INIT;
    enum status status = STATUS_OK;
    if (w->adjusted.status) {
        write_end(w, w->adjusted.status, &w->adjusted);
        return;
    }
    if (*text_of(&w->text) && !is_cancelled(w))
        status = speak_timed(w, &e);
    write_end(w, status, &e);
    err_free(&e);
}

/* An engine that is apart: leaves the process if it cannot be started. */
static void start_apart(struct worker *w)
{
    struct err e = ERR_INIT;
    uint32_t rate = 0;
    enum status status = w->plan->engine->start(w->plan->settings, &rate, &e);
    struct link_message told = {.kind = LINK_READY, .value = rate};
    if (status)
        told = (struct link_message){.kind = LINK_FAILED, .value = status};
    if (link_send(w->plan->link, &told, buf_sv(&e.message), -1, true) != CHANNEL_DONE || status)
        _exit(1);
    close(w->plan->link);
}

_Noreturn void worker_run(const struct worker_plan *plan)
{
    struct worker w = {.plan = plan, .inbox = {.socket = plan->socket}, .adjusted = ERR_INIT};
    w.sample.most = CHECK_FRAMES;
    w.writer = (struct ring_writer){
        .ring = plan->ring,
        .batch = plan->batch,
        .sleep = sleep_for_room,
        .wake = wake_caller,
        .with = &w,
    };
    signal(SIGALRM, SIG_DFL);
    if (plan->settings)
        start_apart(&w);
    for (;;) {
        if (!inbox_has_message(&w.inbox))
            wake_caller(&w); /* there may be more to do */
        enum sentence_kind kind = inbox_next(&w.inbox, &w.text);
        if (kind == SENTENCE_SETTINGS)
            adjust(&w);
        if (kind != SENTENCE_TEXT)
            continue;
        speak_message(&w);
        if (plan->once)
            _exit(0);
    }
}
