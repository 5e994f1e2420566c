#include "synth/command/answer.h"

enum { HEAD = 5, TEXT_MOST = 4096, STEP = 64 << 10 };

static uint32_t number_at(const char *bytes)
{
    const unsigned char *b = (const unsigned char *)bytes;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

uint32_t answer_number(const struct answer *a, unsigned index)
{
    return number_at(a->payload.p + index * sizeof(uint32_t));
}

static bool has_good_length(enum answer_kind kind, uint32_t length)
{
    switch (kind) {
    case ANSWER_HELLO:
        return length == 3 * sizeof(uint32_t);
    case ANSWER_PCM:
        return length > 0 && length <= ANSWER_BYTES_MOST && length % 2 == 0;
    case ANSWER_WORD:
        return length == 2 * sizeof(uint32_t);
    case ANSWER_END:
        return length == sizeof(uint32_t);
    case ANSWER_ERROR:
        return length <= TEXT_MOST;
    }
    return false;
}

/* Reads until the buffer holds `n` bytes. */
static enum status fill(struct process *p, uint64_t silence_ms, struct buf *buffer, size_t n,
                        struct err *e)
{
    while (buffer->n < n) {
        size_t more = n - buffer->n < STEP ? n - buffer->n : STEP;
        switch (process_read(p, more, silence_ms, buffer)) {
        case PROCESS_DONE:
            break;
        case PROCESS_LATE:
            return err_set(e, STATUS_PARTIAL, "the program did not answer within %u ms",
                           (unsigned)(p->waited_ms < p->patience_ms ? silence_ms : p->patience_ms));
        case PROCESS_CLOSED:
            process_end(p);
            return err_set(e, STATUS_PARTIAL, "%s", p->ending.p);
        }
    }
    return STATUS_OK;
}

enum answer_state answer_parse(struct sv bytes, struct answer *out, size_t *size)
{
    *size = HEAD;
    if (bytes.n < HEAD)
        return ANSWER_MORE;
    uint32_t length = number_at(bytes.p);
    unsigned char kind = (unsigned char)bytes.p[HEAD - 1];
    *out = (struct answer){(enum answer_kind)kind, {NULL, length}};
    if (!has_good_length(out->kind, length))
        return ANSWER_BAD;
    *size += length;
    if (bytes.n < *size)
        return ANSWER_MORE;
    out->payload = sv_sub(bytes, HEAD, length);
    return ANSWER_WHOLE;
}

enum status answer_read(struct process *p, uint64_t silence_ms, struct buf *buffer,
                        struct answer *out, struct err *e)
{
    size_t size;
    enum answer_state state;
    buf_clear(buffer);
    while ((state = answer_parse(buf_sv(buffer), out, &size)) == ANSWER_MORE) {
        enum status status = fill(p, silence_ms, buffer, size, e);
        if (status)
            return status;
    }
    if (state == ANSWER_BAD)
        return err_set(e, STATUS_PARTIAL,
                       "the program sent what is no frame of sound (kind %u, %u bytes)",
                       (unsigned)out->kind, (unsigned)out->payload.n);
    return STATUS_OK;
}
