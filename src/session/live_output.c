#include "session/live_output.h"

#include "base/clock.h"

enum {
    MS_PER_SECOND = 1000,
    /* A device may accept so much without playing any of it. One that fails earlier was never
     * heard, and it makes no sense to wait for it. */
    HELD_MS = 500,
    TRY_MS = 500,
    TRIES_MAX = 20,
    /* A device that fails again after less sound has not come back: it only had room left. */
    BACK_SECONDS = 5,
    /* From a cut to the last sound through the device's buffer: at most 80 ms were measured. */
    FADE_MS = 100,
};

static uint64_t now_ns(void)
{
    return (uint64_t)clock_now_ns();
}

static enum status open_sink(struct live_output *o, struct err *e)
{
    struct sink_format format = {.rate = o->rate, .channels = 1};
    o->opened_at = o->frames;
    o->written = o->heard = 0;
    enum status status = o->driver->open(&o->sink, o->target, &format, e);
    if (status)
        o->sink = NULL;
    else
        o->driver->live->volume(o->sink, o->volume);
    return status;
}

enum status live_output_open(struct live_output *o, uint32_t rate, struct err *e)
{
    o->rate = rate;
    o->trouble = BUF_INIT;
    return open_sink(o, e);
}

static void close_sink(struct live_output *o)
{
    if (!o->sink)
        return;
    o->underruns += o->driver->live->underruns(o->sink);
    o->driver->close(o->sink);
    o->sink = NULL;
}

static void await_fade(const struct live_output *o)
{
    int timeout = -1;
    bool device = o->sink && !o->away && o->driver->live->descriptor(o->sink, &timeout) >= 0;
    uint64_t until = o->cut_ns + (uint64_t)FADE_MS * CLOCK_NS_PER_MS, now = now_ns();
    if (device && o->cut_ns && now < until)
        nanosleep(&(struct timespec){0, (long)(until - now)}, NULL);
}

void live_output_close(struct live_output *o)
{
    await_fade(o);
    close_sink(o);
    if (o->rate)
        buf_free(&o->trouble);
}

/* ---- a device that is lost ---- */

static void plan_try(struct live_output *o)
{
    o->next_try_ns = now_ns() + (uint64_t)TRY_MS * CLOCK_NS_PER_MS;
}

/* Decides whether the failure in `e` is the loss of the device, which can be waited for. */
static enum status lose_device(struct live_output *o, enum live_output_change *change,
                               struct err *e)
{
    if (e->status != STATUS_DEVICE || o->frames <= (uint64_t)o->rate * HELD_MS / MS_PER_SECOND)
        return e->status;
    if (o->frames - o->opened_at > (uint64_t)o->rate * BACK_SECONDS)
        o->tries = 0;
    close_sink(o);
    buf_clear(&o->trouble);
    buf_add_sv(&o->trouble, buf_sv(&e->message));
    o->away = true;
    o->written = o->heard = 0;
    plan_try(o);
    *change = LIVE_OUTPUT_LOST;
    return STATUS_OK;
}

static bool accepts_sound(struct live_output *o, struct err *e)
{
    uint64_t heard;
    if (o->driver->live->update(o->sink, &heard, e)) {
        close_sink(o);
        return false;
    }
    return o->driver->live->room(o->sink) > 0;
}

/* A device that is lost or not there yet is no error here. */
static enum status except_loss(enum status status)
{
    return status == STATUS_DEVICE ? STATUS_OK : status;
}

static enum status try_again(struct live_output *o, enum live_output_change *change, struct err *e)
{
    if (o->sink && accepts_sound(o, e)) {
        o->away = false;
        buf_clear(&o->trouble);
        *change = LIVE_OUTPUT_BACK;
        return STATUS_OK;
    }
    if (now_ns() < o->next_try_ns)
        return STATUS_OK;
    plan_try(o);
    if (++o->tries >= TRIES_MAX && o->impatient)
        return err_set(e, STATUS_DEVICE, "%s The device was waited for for %d seconds in vain.",
                       o->trouble.p, TRIES_MAX * TRY_MS / MS_PER_SECOND);
    enum status status = o->sink ? STATUS_OK : open_sink(o, e);
    return except_loss(status);
}

/* ---- sound ---- */

enum status live_output_update(struct live_output *o, enum live_output_change *change,
                               struct err *e)
{
    *change = LIVE_OUTPUT_SAME;
    if (o->away)
        return try_again(o, change, e);
    uint64_t heard = o->heard;
    if (o->driver->live->update(o->sink, &heard, e))
        return lose_device(o, change, e);
    o->heard = heard;
    return STATUS_OK;
}

uint32_t live_output_room(struct live_output *o)
{
    return o->away || !o->sink ? 0 : o->driver->live->room(o->sink);
}

enum status live_output_write(struct live_output *o, const int16_t *pcm, uint32_t frames,
                              enum live_output_change *change, struct err *e)
{
    *change = LIVE_OUTPUT_SAME;
    if (!o->first_ns)
        o->first_ns = now_ns();
    if (o->driver->write(o->sink, pcm, frames, e))
        return lose_device(o, change, e);
    o->cut_ns = 0;
    o->frames += frames;
    o->written += frames;
    return STATUS_OK;
}

enum status live_output_tags(void *output, const struct sink_tags *tags, struct err *e)
{
    const struct live_output *o = output;
    return o->away || !o->sink ? STATUS_OK
                               : except_loss(sink_set_tags(o->driver, o->sink, tags, e));
}

enum status live_output_mark(void *output, const struct sink_mark *mark, struct err *e)
{
    const struct live_output *o = output;
    return o->away || !o->sink ? STATUS_OK
                               : except_loss(sink_add_mark(o->driver, o->sink, mark, e));
}

void live_output_cut(struct live_output *o)
{
    if (o->sink && !o->away)
        o->driver->live->cut(o->sink);
    if (o->written)
        o->cut_ns = now_ns();
    o->written = o->heard = 0;
}

void live_output_set_volume(struct live_output *o, uint32_t percent)
{
    o->volume = percent;
    if (o->sink)
        o->driver->live->volume(o->sink, percent);
}

int live_output_descriptor(struct live_output *o, int *timeout_ms)
{
    enum { AWAY_MS = TRY_MS / 4 };
    if (o->away && (*timeout_ms < 0 || *timeout_ms > AWAY_MS))
        *timeout_ms = AWAY_MS;
    return o->sink ? o->driver->live->descriptor(o->sink, timeout_ms) : -1;
}

uint32_t live_output_underruns(const struct live_output *o)
{
    return o->underruns + (o->sink ? o->driver->live->underruns(o->sink) : 0);
}
