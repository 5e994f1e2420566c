#include "sink/stage/staged_sink.h"

#include "sink/stage/chain.h"

struct staged_sink {
    const struct sink_driver *driver;
    void *state;
    struct chain *chain;
};

enum status staged_sink_open(struct staged_sink **out, const struct sink_driver *driver,
                             const char *target, const struct stage *stages, size_t count,
                             const struct sink_format *format, struct err *e)
{
    struct staged_sink *s = mem_zalloc(sizeof *s);
    struct stage_format in = {format->rate, format->channels};
    *out = NULL;
    s->driver = driver;
    enum status status = chain_open(&s->chain, stages, count, &in, e);
    if (!status) {
        struct stage_format given = chain_format(s->chain);
        struct sink_format taken = *format;
        taken.rate = given.rate;
        taken.channels = given.channels;
        status = driver->open(&s->state, target, &taken, e);
    }
    if (status) {
        staged_sink_close(s);
        return status;
    }
    *out = s;
    return STATUS_OK;
}

enum status staged_sink_tags(struct staged_sink *s, const struct sink_tags *tags, struct err *e)
{
    return sink_set_tags(s->driver, s->state, tags, e);
}

enum status staged_sink_mark(struct staged_sink *s, const struct sink_mark *mark, struct err *e)
{
    struct sink_mark moved = *mark;
    moved.frame = chain_frame(s->chain, mark->frame);
    return sink_add_mark(s->driver, s->state, &moved, e);
}

enum status staged_sink_write(struct staged_sink *s, const int16_t *pcm, uint32_t frames,
                              struct err *e)
{
    uint32_t count;
    const int16_t *sound = chain_process(s->chain, pcm, frames, &count);
    return count ? s->driver->write(s->state, sound, count, e) : STATUS_OK;
}

enum status staged_sink_finish(struct staged_sink *s, struct err *e)
{
    uint32_t count;
    const int16_t *sound = chain_flush(s->chain, &count);
    enum status status = count ? s->driver->write(s->state, sound, count, e) : STATUS_OK;
    return status ? status : s->driver->finish(s->state, e);
}

void staged_sink_close(struct staged_sink *s)
{
    if (!s)
        return;
    if (s->state)
        s->driver->close(s->state);
    chain_close(s->chain);
    free(s);
}
