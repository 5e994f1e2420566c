#include "session/sound.h"

#include "base/clock.h"

enum { SILENCE_FRAMES = 1024 };

enum status sound_open(struct sound *s, const struct sink_driver *driver, const char *target,
                       uint32_t rate, const volatile sig_atomic_t *stop, struct err *e)
{
    struct sink_format format = {.rate = rate, .channels = 1, .stop = stop};
    *s = (struct sound){.driver = driver, .rate = rate};
    return driver->open(&s->sink, target, &format, e);
}

enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    if (!s->first_ns)
        s->first_ns = (uint64_t)clock_now_ns();
    enum status status = s->driver->write(s->sink, pcm, frames, e);
    if (!status)
        s->frames += frames;
    return status;
}

enum status sound_silence(struct sound *s, uint64_t frames, struct err *e)
{
    static const int16_t silence[SILENCE_FRAMES];
    while (frames) {
        uint32_t piece = frames < SILENCE_FRAMES ? (uint32_t)frames : SILENCE_FRAMES;
        enum status status = sound_write(s, silence, piece, e);
        if (status)
            return status;
        frames -= piece;
    }
    return STATUS_OK;
}

enum status sound_tags(void *sound, const struct sink_tags *tags, struct err *e)
{
    const struct sound *s = sound;
    return sink_set_tags(s->driver, s->sink, tags, e);
}

enum status sound_mark(void *sound, const struct sink_mark *mark, struct err *e)
{
    const struct sound *s = sound;
    return sink_add_mark(s->driver, s->sink, mark, e);
}

enum status sound_finish(struct sound *s, struct err *e)
{
    return s->driver->finish(s->sink, e);
}

void sound_close(struct sound *s)
{
    if (!s->sink)
        return;
    s->driver->close(s->sink);
    s->sink = NULL;
}
