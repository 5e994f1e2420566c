#include "cli/batch/result.h"

#include "base/channel.h"
#include "base/utf8.h"

enum { MOST_TEXT = 4096 }; /* bytes of a text that is sent */

const char *const result_names[RESULT_STATUSES] = {"done", "part", "skipped", "failed"};

void result_init(struct result *r)
{
    *r = (struct result){.head = {.status = RESULT_FAILED}};
    for (unsigned i = 0; i < RESULT_TEXTS; i++)
        r->texts[i] = BUF_INIT;
}

void result_free(struct result *r)
{
    for (unsigned i = 0; i < RESULT_TEXTS; i++)
        buf_free(&r->texts[i]);
}

bool result_send(const struct result *r, int channel)
{
    struct buf body = BUF_INIT;
    for (unsigned i = 0; i < RESULT_TEXTS; i++) {
        struct sv text = utf8_shortened(buf_sv(&r->texts[i]), MOST_TEXT);
        buf_add(&body, text.p, strnlen(text.p, text.n));
        buf_putc(&body, '\0');
    }
    struct sv head = {(const char *)&r->head, sizeof r->head};
    bool sent = channel_send(channel, head, buf_sv(&body), -1, true) == CHANNEL_DONE;
    buf_free(&body);
    return sent;
}

bool result_take(struct result *r, struct sv body)
{
    for (unsigned i = 0; i < RESULT_TEXTS; i++) {
        if (!body.p || !memchr(body.p, '\0', body.n))
            return false;
        buf_clear(&r->texts[i]);
        buf_add_valid(&r->texts[i], sv_cut(&body, '\0'));
    }
    return r->head.status < RESULT_STATUSES;
}
