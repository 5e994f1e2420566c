#include "session/outlet.h"

#include <time.h>

enum {
    MS_PER_SECOND = 1000,
    /* What a device may hold without having played any of it: one that fails so early was never
     * heard, and waiting for it makes no sense. */
    HELD_MS = 500,
    TICK_MS = 500,
    MOST_TICKS = 20,
    /* One that takes less than this and fails again has not come back: it only had room left. */
    BACK_SECONDS = 5,
    /* From a cut to the last sound, through the device's buffer: 80 ms at the most were measured.
     */
    FADE_MS = 100,
};

static const uint64_t ms_ns = 1000 * 1000;

uint64_t outlet_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 * 1000 * 1000 + (uint64_t)t.tv_nsec;
}

static enum status open_sink(struct outlet *o, struct err *e)
{
    struct sink_format format = {.rate = o->rate, .channels = 1};
    o->opened_at = o->frames;
    o->written = o->heard = 0;
    enum status status = o->driver->open(&o->state, o->target, &format, e);
    if (status)
        o->state = NULL;
    else
        o->driver->live->volume(o->state, o->volume);
    return status;
}

enum status outlet_open(struct outlet *o, uint32_t rate, struct err *e)
{
    o->rate = rate;
    o->trouble = BUF_INIT;
    return open_sink(o, e);
}

static void close_sink(struct outlet *o)
{
    if (!o->state)
        return;
    o->underruns += o->driver->live->underruns(o->state);
    o->driver->close(o->state);
    o->state = NULL;
}

static void await_fade(const struct outlet *o)
{
    int timeout = -1;
    bool device = o->state && !o->away && o->driver->live->descriptor(o->state, &timeout) >= 0;
    uint64_t until = o->cut_ns + FADE_MS * ms_ns, now = outlet_now_ns();
    if (device && o->cut_ns && now < until)
        nanosleep(&(struct timespec){0, (long)(until - now)}, NULL);
}

void outlet_close(struct outlet *o)
{
    await_fade(o);
    close_sink(o);
    if (o->rate)
        buf_free(&o->trouble);
}

/* ---- a device that is lost ---- */

static void next_tick(struct outlet *o)
{
    o->tick_ns = outlet_now_ns() + TICK_MS * ms_ns;
}

static enum status begin_away(struct outlet *o, enum outlet_news *news, struct err *e)
{
    if (e->status != STATUS_DEVICE || o->frames <= (uint64_t)o->rate * HELD_MS / MS_PER_SECOND)
        return e->status;
    if (o->frames - o->opened_at > (uint64_t)o->rate * BACK_SECONDS)
        o->ticks = 0;
    close_sink(o);
    buf_clear(&o->trouble);
    buf_add_sv(&o->trouble, buf_sv(&e->message));
    o->away = true;
    o->written = o->heard = 0;
    next_tick(o);
    *news = OUTLET_LOST;
    return STATUS_OK;
}

static bool takes_sound(struct outlet *o, struct err *e)
{
    uint64_t heard;
    if (o->driver->live->look(o->state, &heard, e)) {
        close_sink(o);
        return false;
    }
    return o->driver->live->room(o->state) > 0;
}

static enum status try_again(struct outlet *o, enum outlet_news *news, struct err *e)
{
    if (o->state && takes_sound(o, e)) {
        o->away = false;
        buf_clear(&o->trouble);
        *news = OUTLET_BACK;
        return STATUS_OK;
    }
    if (outlet_now_ns() < o->tick_ns)
        return STATUS_OK;
    next_tick(o);
    if (++o->ticks >= MOST_TICKS && o->impatient)
        return err_set(e, STATUS_DEVICE, "%s The device was waited for for %d seconds in vain.",
                       o->trouble.p, MOST_TICKS * TICK_MS / MS_PER_SECOND);
    enum status status = o->state ? STATUS_OK : open_sink(o, e);
    return status == STATUS_DEVICE ? STATUS_OK : status;
}

/* ---- sound ---- */

enum status outlet_look(struct outlet *o, enum outlet_news *news, struct err *e)
{
    *news = OUTLET_NOTHING;
    if (o->away)
        return try_again(o, news, e);
    uint64_t heard = o->heard;
    if (o->driver->live->look(o->state, &heard, e))
        return begin_away(o, news, e);
    o->heard = heard;
    return STATUS_OK;
}

uint32_t outlet_room(struct outlet *o)
{
    return o->away || !o->state ? 0 : o->driver->live->room(o->state);
}

enum status outlet_write(struct outlet *o, const int16_t *pcm, uint32_t frames,
                         enum outlet_news *news, struct err *e)
{
    *news = OUTLET_NOTHING;
    if (!o->first_ns)
        o->first_ns = outlet_now_ns();
    if (o->driver->write(o->state, pcm, frames, e))
        return begin_away(o, news, e);
    o->cut_ns = 0;
    o->frames += frames;
    o->written += frames;
    return STATUS_OK;
}

void outlet_cut(struct outlet *o)
{
    if (o->state && !o->away)
        o->driver->live->cut(o->state);
    if (o->written)
        o->cut_ns = outlet_now_ns();
    o->written = o->heard = 0;
}

void outlet_volume(struct outlet *o, uint32_t percent)
{
    o->volume = percent;
    if (o->state)
        o->driver->live->volume(o->state, percent);
}

int outlet_descriptor(struct outlet *o, int *timeout_ms)
{
    int until = TICK_MS;
    if (o->away && (*timeout_ms < 0 || *timeout_ms > until / 4))
        *timeout_ms = until / 4;
    return o->state ? o->driver->live->descriptor(o->state, timeout_ms) : -1;
}

uint32_t outlet_underruns(const struct outlet *o)
{
    return o->underruns + (o->state ? o->driver->live->underruns(o->state) : 0);
}
