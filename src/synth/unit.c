#include "synth/unit.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "synth/link.h"

struct unit *unit_new(void)
{
    struct unit *u = mem_zalloc(sizeof *u);
    u->socket = -1;
    u->out = u->reason = u->settings = BUF_INIT;
    return u;
}

void unit_add(struct unit *u, uint32_t id, struct sv text)
{
    char *copy = mem_zalloc(text.n + 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    *vec_push(&u->sentences) = (struct asked){id, (uint32_t)text.n, copy};
    u->bytes += text.n;
}

static void disconnect(struct unit *u)
{
    if (u->socket >= 0)
        close(u->socket);
    u->socket = -1;
}

void unit_free(struct unit *u)
{
    disconnect(u);
    for (size_t i = 0; i < u->sentences.n; i++)
        free(u->sentences.at[i].text);
    vec_free(&u->sentences);
    buf_free(&u->out);
    buf_free(&u->reason);
    buf_free(&u->settings);
    free(u);
}

void unit_restart(struct unit *u, size_t base)
{
    disconnect(u);
    u->state = UNIT_WAITING;
    u->hung_up = u->dropped = u->end_fed = u->settings_fed = false;
    buf_clear(&u->out);
    u->out_done = 0;
    u->at = 0;
    u->base = u->fed = base;
    u->stream = (struct place){base, 0, 0};
    u->reason_over = true;
}

void unit_asked(struct unit *u, uint64_t number, int socket)
{
    u->state = UNIT_ASKED;
    u->number = number;
    u->socket = socket;
    unit_feed(u);
}

static void add_head(struct unit *u, enum sentence_kind kind, uint32_t length)
{
    const struct sentence_head head = {kind, length};
    buf_add(&u->out, &head, sizeof head);
}

static void send_out(struct unit *u)
{
    while (unit_unsent(u)) {
        ssize_t n = send(u->socket, u->out.p + u->out_done, u->out.n - u->out_done,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return;
        if (n < 0)
            break; /* the child has gone: its end will be told */
        u->out_done += (size_t)n;
    }
    buf_clear(&u->out);
    u->out_done = 0;
}

void unit_feed(struct unit *u)
{
    if (u->state != UNIT_ASKED)
        return;
    if (u->settings.n && !u->settings_fed) {
        add_head(u, SENTENCE_SETTINGS, (uint32_t)u->settings.n);
        buf_add_sv(&u->out, buf_sv(&u->settings));
    }
    u->settings_fed = true;
    for (; u->fed < u->sentences.n; u->fed++) {
        const struct asked *asked = &u->sentences.at[u->fed];
        add_head(u, SENTENCE_TEXT, asked->length);
        buf_add(&u->out, asked->text, asked->length);
    }
    if (u->closed && !u->end_fed) {
        add_head(u, SENTENCE_END, 0);
        u->end_fed = true;
    }
    send_out(u);
}

void unit_drain_wakes(struct unit *u)
{
    char wakes[64];
    ssize_t n;
    do
        n = recv(u->socket, wakes, sizeof wakes, MSG_DONTWAIT);
    while (n > 0 || (n < 0 && errno == EINTR));
    if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK))
        u->hung_up = true;
}

static bool read_audio(struct unit *u, const struct record *record, const unsigned char *payload,
                       struct pool_event *event)
{
    uint32_t start = u->stream.frames;
    u->stream.frames += record->a;
    if (unit_replays(u) || u->stream.frames <= u->given.frames)
        return false;
    uint32_t skip = u->given.frames > start ? u->given.frames - start : 0;
    event->kind = POOL_AUDIO;
    /* Payloads start at multiples of 16. */
    event->pcm = (const int16_t *)(const void *)payload + skip;
    event->frames = record->a - skip;
    u->given.frames = u->stream.frames;
    return true;
}

static bool read_word_record(struct unit *u, const struct record *record, struct pool_event *event)
{
    u->stream.words++;
    if (unit_replays(u) || u->stream.words <= u->given.words)
        return false;
    event->kind = POOL_WORD;
    event->text_position = record->a;
    event->frame = record->b;
    u->given.words = u->stream.words;
    return true;
}

static bool read_end(struct unit *u, const struct record *record, struct pool_event *event)
{
    bool known = unit_replays(u);
    u->stream = (struct place){u->stream.sentence + 1, 0, 0};
    if (known) {
        buf_clear(&u->reason);
        return false;
    }
    u->given = u->stream;
    event->kind = record->kind == RECORD_SENTENCE ? POOL_SENTENCE : POOL_LOST;
    event->why = u->reason.p;
    u->reason_over = true;
    return true;
}

static enum slot_state unit_peek(struct unit *u, struct record *record,
                                 const unsigned char **payload, uint64_t *size)
{
    /* Without a child, what is in the slot belongs to one that is given up. */
    if (u->state == UNIT_WAITING)
        return SLOT_EMPTY;
    return slot_peek(u->slot, u->number, u->at, record, payload, size);
}

bool unit_fall_asleep(struct unit *u)
{
    struct record record;
    const unsigned char *payload;
    uint64_t size;
    if (u->slot)
        atomic_store(&u->slot->reader_sleeps, 1);
    return u->state != UNIT_ENDED && unit_peek(u, &record, &payload, &size) == SLOT_EMPTY;
}

enum unit_read unit_read(struct unit *u, struct pool_event *event)
{
    struct record record;
    const unsigned char *payload;
    uint64_t size;
    bool found = false;
    *event = (struct pool_event){0};
    if (u->reason_over)
        buf_clear(&u->reason);
    u->reason_over = false;
    while (!found) {
        enum slot_state state = unit_peek(u, &record, &payload, &size);
        if (state == SLOT_EMPTY)
            return UNIT_NOTHING;
        if (state == SLOT_BROKEN || u->stream.sentence >= u->sentences.n)
            return UNIT_BROKEN;
        event->id = u->sentences.at[u->stream.sentence].id;
        u->at += size;
        if (record.kind == RECORD_AUDIO)
            found = read_audio(u, &record, payload, event);
        else if (record.kind == RECORD_WORD)
            found = read_word_record(u, &record, event);
        else if (record.kind == RECORD_REASON)
            buf_add(&u->reason, payload, record.a);
        else
            found = read_end(u, &record, event);
        if (!found)
            unit_release(u);
    }
    return UNIT_EVENT;
}

void unit_release(struct unit *u)
{
    if (u->slot && slot_release(u->slot, u->at) && u->state == UNIT_ASKED) {
        add_head(u, SENTENCE_WAKE, 0);
        send_out(u);
    }
}

void unit_lose(struct unit *u, struct pool_event *event)
{
    *event = (struct pool_event){.kind = POOL_LOST, .id = u->sentences.at[u->given.sentence].id};
    u->given = (struct place){u->given.sentence + 1, 0, 0};
    event->why = u->reason.p;
    unit_restart(u, u->given.sentence);
}
