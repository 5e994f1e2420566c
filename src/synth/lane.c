#include "synth/lane.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "synth/link.h"

void lane_init(struct lane *lane, struct ring *ring, uint32_t index)
{
    *lane = (struct lane){.ring = ring, .index = index, .socket = -1};
    lane->settings = lane->out = lane->reason = BUF_INIT;
}

void lane_clear(struct lane *lane)
{
    if (lane->socket >= 0)
        close(lane->socket);
    lane->socket = -1;
    lane->state = LANE_FREE;
    lane->hung_up = lane->dropped = false;
    buf_clear(&lane->out);
    lane->out_done = 0;
    lane->sent = lane->at = 0;
    lane->pending = lane->skip = 0;
    buf_clear(&lane->reason);
}

void lane_free(struct lane *lane)
{
    lane_clear(lane);
    buf_free(&lane->settings);
    buf_free(&lane->out);
    buf_free(&lane->reason);
}

/* ---- to the worker ---- */

/* The body ends with the NUL of the buffer; `tuned` (or NULL) stands before it. */
static void add_message(struct lane *lane, enum sentence_kind kind,
                        const struct sent_settings *tuned, const struct buf *body)
{
    size_t before = tuned ? sizeof *tuned : 0;
    const struct sentence_head head = {kind, body ? (uint32_t)(before + body->n + 1) : 0};
    buf_add(&lane->out, &head, sizeof head);
    if (body) {
        buf_add(&lane->out, tuned, before);
        buf_add_sv(&lane->out, buf_sv(body));
        buf_putc(&lane->out, '\0');
    }
}

void lane_send(struct lane *lane)
{
    while (lane_unsent(lane)) {
        ssize_t n = send(lane->socket, lane->out.p + lane->out_done, lane->out.n - lane->out_done,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (n < 0)
            break; /* the worker is gone: the zygote will report it */
        lane->out_done += (size_t)n;
    }
    buf_clear(&lane->out);
    lane->out_done = 0;
}

void lane_begin(struct lane *lane, uint64_t worker, int socket, const struct buf *settings)
{
    lane_clear(lane);
    lane->state = LANE_ASKED;
    lane->worker = worker;
    lane->socket = socket;
    buf_clear(&lane->settings);
    buf_add_sv(&lane->settings, buf_sv(settings));
    if (settings->n)
        add_message(lane, SENTENCE_SETTINGS, NULL, settings);
}

void lane_give(struct lane *lane, struct asked *asked)
{
    asked->lane = lane;
    asked->words = asked->frames = 0;
    if (!sv_eq(buf_sv(&lane->settings), buf_sv(&asked->settings))) {
        buf_clear(&lane->settings);
        buf_add_sv(&lane->settings, buf_sv(&asked->settings));
        add_message(lane, SENTENCE_SETTINGS, NULL, &asked->settings);
    }
    add_message(lane, SENTENCE_TEXT, &asked->tuned, &asked->text);
    lane->sent += asked->text.n + 1;
    lane->last = asked->number;
    lane->pending++;
    lane_send(lane);
}

void lane_abandon(struct lane *lane)
{
    lane->skip += lane->pending;
    lane->pending = 0;
    add_message(lane, SENTENCE_CANCEL, NULL, NULL);
    lane_send(lane);
    lane_pass_over(lane); /* a worker that waits for room goes on */
}

void lane_drain_wakes(struct lane *lane)
{
    char wakes[64];
    ssize_t n;
    do
        n = recv(lane->socket, wakes, sizeof wakes, MSG_DONTWAIT);
    while (n > 0 || (n < 0 && errno == EINTR));
    if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
        lane->hung_up = true;
}

/* ---- from the worker ---- */

static bool read_audio(struct asked *asked, const struct record *record,
                       const unsigned char *payload, struct pool_event *event)
{
    uint32_t start = asked->frames;
    asked->frames += record->a;
    if (asked->frames <= asked->frames_out)
        return false;
    uint32_t skip = asked->frames_out > start ? asked->frames_out - start : 0;
    event->kind = POOL_AUDIO;
    /* Payloads start at multiples of 16. */
    event->pcm = (const int16_t *)(const void *)payload + skip;
    event->frames = record->a - skip;
    asked->frames_out = asked->frames;
    return true;
}

static bool read_word_record(struct asked *asked, const struct record *record,
                             struct pool_event *event)
{
    asked->words++;
    if (asked->words <= asked->words_out)
        return false;
    event->kind = POOL_WORD;
    event->text_position = record->a;
    event->frame = record->b;
    asked->words_out = asked->words;
    return true;
}

/* A record of a sentence that nobody wants. */
static void skip_record(struct lane *lane, const struct record *record)
{
    if (record->kind == RECORD_SENTENCE || record->kind == RECORD_FAILED)
        lane->skip--;
    lane_release(lane);
}

static enum ring_state peek(struct lane *lane, struct record *record, const unsigned char **payload,
                            uint64_t *size)
{
    if (lane->state == LANE_FREE)
        return RING_EMPTY;
    return ring_peek(lane->ring, lane->worker, lane->at, record, payload, size);
}

void lane_pass_over(struct lane *lane)
{
    struct record record;
    const unsigned char *payload;
    uint64_t size;
    while (lane->skip && peek(lane, &record, &payload, &size) == RING_RECORD) {
        lane->at += size;
        skip_record(lane, &record);
    }
}

enum lane_read lane_read(struct lane *lane, struct asked *asked, struct pool_event *event)
{
    struct record record;
    const unsigned char *payload;
    uint64_t size;
    *event = (struct pool_event){.id = asked->id};
    lane_pass_over(lane);
    for (bool found = false; !found;) {
        enum ring_state state = peek(lane, &record, &payload, &size);
        if (state != RING_RECORD)
            return state == RING_EMPTY ? LANE_NOTHING : LANE_BROKEN;
        lane->at += size;
        if (record.kind == RECORD_AUDIO) {
            found = read_audio(asked, &record, payload, event);
        } else if (record.kind == RECORD_WORD) {
            found = read_word_record(asked, &record, event);
        } else if (record.kind == RECORD_REASON) {
            buf_add(&lane->reason, payload, record.a);
        } else {
            event->kind = record.kind == RECORD_SENTENCE ? POOL_SENTENCE : POOL_LOST;
            found = true;
        }
        if (!found)
            lane_release(lane);
    }
    return LANE_EVENT;
}

bool lane_fall_asleep(struct lane *lane)
{
    struct record record;
    const unsigned char *payload;
    uint64_t size;
    atomic_store(&lane->ring->reader_sleeps, 1);
    return lane->state != LANE_ENDED && peek(lane, &record, &payload, &size) == RING_EMPTY;
}

void lane_release(struct lane *lane)
{
    if (lane->state != LANE_FREE && ring_release(lane->ring, lane->at) &&
        lane->state == LANE_ASKED) {
        add_message(lane, SENTENCE_WAKE, NULL, NULL);
        lane_send(lane);
    }
}
