#include "synth/inbox.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STEP = 64 << 10 };

void mapped_reserve(struct mapped *m, size_t room)
{
    if (room <= m->room)
        return;
    room = (room + STEP - 1) / STEP * STEP;
    void *at = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        _exit(1);
    if (m->p) {
        memcpy(at, m->p, m->n);
        munmap(m->p, m->room);
    }
    m->p = at;
    m->room = room;
}

/* Receives something; false if `wait` is false and nothing is there. The caller is gone, or has no
 * more work for this process, if its end is closed. A wake that was never read makes that
 * ECONNRESET. */
static bool receive_more(struct inbox *in, bool wait)
{
    struct mapped *m = &in->received;
    if (in->begin == m->n)
        in->begin = m->n = 0;
    mapped_reserve(m, m->n + STEP / 2);
    ssize_t n;
    do
        n = recv(in->socket, m->p + m->n, m->room - m->n, wait ? 0 : MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return false;
    if (n <= 0)
        _exit(0);
    m->n += (size_t)n;
    return true;
}

/* The message at `at`, if it has come whole. */
static bool message_at(const struct inbox *in, size_t at, struct sentence_head *head)
{
    if (in->received.n - at < sizeof *head)
        return false;
    memcpy(head, in->received.p + at, sizeof *head);
    return in->received.n - at - sizeof *head >= head->length;
}

/* Skips wakes; true if another message is there. */
static bool skip_wakes(struct inbox *in, struct sentence_head *head)
{
    while (message_at(in, in->begin, head)) {
        if (head->kind != SENTENCE_WAKE && head->kind != SENTENCE_NONE)
            return true;
        in->begin += sizeof *head;
    }
    return false;
}

bool inbox_has_message(struct inbox *in)
{
    struct sentence_head head;
    return skip_wakes(in, &head) || (receive_more(in, false) && skip_wakes(in, &head));
}

bool inbox_holds(struct inbox *in, enum sentence_kind kind)
{
    struct sentence_head head;
    while (receive_more(in, false))
        ;
    for (size_t at = in->begin; message_at(in, at, &head); at += sizeof head + head.length)
        if (head.kind == (uint32_t)kind)
            return true;
    return false;
}

enum sentence_kind inbox_next(struct inbox *in, struct mapped *body)
{
    struct sentence_head head;
    while (!skip_wakes(in, &head))
        receive_more(in, true);
    body->n = 0;
    mapped_reserve(body, head.length);
    memcpy(body->p, in->received.p + in->begin + sizeof head, head.length);
    body->n = head.length;
    in->begin += sizeof head + head.length;
    return (enum sentence_kind)head.kind;
}

void inbox_wait_for_wake(struct inbox *in)
{
    struct sentence_head head;
    for (size_t at = in->begin;;) {
        while (!message_at(in, at, &head)) {
            size_t ahead = at - in->begin; /* receive_more() may move the received bytes */
            receive_more(in, true);
            at = in->begin + ahead;
        }
        if (head.kind == SENTENCE_WAKE) {
            const struct sentence_head none = {SENTENCE_NONE, 0};
            memcpy(in->received.p + at, &none, sizeof none);
            break;
        }
        at += sizeof head + head.length;
    }
}
