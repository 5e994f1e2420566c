/*
 * The messages between the processes of the pool.
 *
 * caller - keeper    start a zygote / its process id and a link to it
 * caller - zygote    start a worker, end workers / the engine has started, a worker has ended
 * caller - worker    sentences, wakes / wakes (a byte stream)
 *
 * Invariants: both ends are the same program, so the structs are sent as they are in memory; each
 * message is sent whole. What a worker or a zygote sends is checked, because its engine may have
 * broken it.
 */
#ifndef DOCBAO_SYNTH_LINK_H
#define DOCBAO_SYNTH_LINK_H

#include "base/channel.h"

enum link_kind {
    LINK_START = 1, /* caller to keeper */
    LINK_STARTED,   /* keeper to caller: value is the zygote's process id; with a link to it */
    LINK_READY,  /* zygote, or worker if the engine is apart, to caller: value is the sample rate */
    LINK_BUILD,  /* zygote to caller: what it runs follows as text; empty: that is not known */
    LINK_FAILED, /* likewise: the engine cannot start; the reason follows as text */
    LINK_WORKER, /* caller to zygote: start this worker for this ring; with its end of their
                    socket. value != 0: at once, even past the limit */
    LINK_DROP,   /* caller to zygote: end the worker */
    LINK_DROP_ALL, /* caller to zygote: end all workers, forget those that wait */
    LINK_ONCE,     /* zygote to caller: from now on each worker speaks one sentence */
    LINK_ENDED,    /* zygote to caller: the worker has ended; value is its wait status */
};

struct link_message {
    uint32_t kind, ring;
    uint64_t worker;
    int64_t value;
};

/* A message to a worker is a head and then `length` bytes, the last of which is NUL. Settings come
 * before the first text to which they apply, if they are not those that the engine was started
 * with: a struct sent_settings and the name of the voice. A text begins with a struct sent_settings
 * too: how this sentence is spoken, or a rate of 0. */
enum sentence_kind {
    SENTENCE_NONE, /* a wake that was handled */
    SENTENCE_TEXT,
    SENTENCE_WAKE,
    SENTENCE_SETTINGS,
    SENTENCE_CANCEL, /* nobody wants the texts before this one */
};

struct sent_settings {
    uint32_t rate, pitch, range, volume, own_rate;
};

struct sentence_head {
    uint32_t kind, length;
};

/* Send and receive a message on a channel (base/channel.h). `text` may be empty; `fd` -1: none is
 * sent. */
static inline enum channel_result link_send(int link, const struct link_message *message,
                                            struct sv text, int fd, bool wait)
{
    struct sv head = {(const char *)message, sizeof *message};
    return channel_send(link, head, text, fd, wait);
}

static inline enum channel_result link_receive(int link, struct link_message *message,
                                               struct buf *text, int *fd, bool wait)
{
    return channel_receive(link, message, sizeof *message, text, fd, wait);
}

#endif
