/*
 * How the processes of the pool talk: messages that arrive whole, and file descriptors with them.
 *
 * caller ── keeper    "start a zygote" / its pid and a link to it
 * caller ── zygote    units to fork a child for / the engine has started, a child has ended
 * caller ── child     the sentences of the unit, wakes / wakes (a byte stream)
 */
#ifndef DOCBAO_SYNTH_LINK_H
#define DOCBAO_SYNTH_LINK_H

#include "base/buf.h"

enum link_kind {
    LINK_START = 1, /* caller to keeper */
    LINK_STARTED,   /* keeper to caller: value is the zygote's pid; a link to it comes along */
    LINK_READY,     /* zygote to caller: value is the sample rate */
    LINK_FAILED,    /* zygote to caller: the engine cannot start; the reason follows as text */
    LINK_UNIT,      /* caller to zygote: fork a child for this unit, this slot; its end of the
                       unit's socket comes along. value != 0: at once, even past the limit */
    LINK_DROP,      /* caller to zygote: end the unit's child */
    LINK_DROP_ALL,  /* caller to zygote: end all children, forget what waits */
    LINK_ENDED,     /* zygote to caller: the unit's child has ended; value is its wait status */
};

struct link_message {
    uint32_t kind, slot;
    uint64_t unit;
    int64_t value;
};

/* What goes to a child over its socket: a head, then `length` bytes of text. SENTENCE_SETTINGS
 * comes before the first text, where the settings are not those that the engine was started with: a
 * struct sent_settings and the name of the voice. */
enum sentence_kind { SENTENCE_TEXT = 1, SENTENCE_END, SENTENCE_WAKE, SENTENCE_SETTINGS };

struct sent_settings {
    uint32_t rate, pitch, range, volume;
};

struct sentence_head {
    uint32_t kind, length;
};

/* Two joined ends, closed on exec, that keep message borders. */
bool link_pair(int ends[2]);

enum link_result { LINK_DONE, LINK_WOULD_BLOCK, LINK_CLOSED };

/* `fd` -1: none comes along. `text` may be empty. */
enum link_result link_send(int link, const struct link_message *message, struct sv text, int fd,
                           bool wait);
/* `text` and `fd` may be NULL; *fd is -1 where none came; the caller closes it. */
enum link_result link_receive(int link, struct link_message *message, struct buf *text, int *fd,
                              bool wait);

#endif
