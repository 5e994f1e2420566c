#include "session/sound.h"

#include "base/clock.h"

enum { SILENCE_FRAMES = 1024, MOST_CHANNELS = 2 };

enum status sound_open(struct sound *s, const struct sound_options *options, uint32_t rate,
                       struct err *e)
{
    uint32_t channels = options->channels ? options->channels : 1;
    struct sink_format format = {
        .rate = rate, .channels = channels, .stop = options->stop, .delivery = options->delivery};
    *s = (struct sound){.rate = rate, .channels = channels};
    return staged_sink_open(&s->sink, options->sink, options->target, options->stages,
                            options->stage_count, &format, e);
}

enum status sound_write(struct sound *s, const int16_t *pcm, uint32_t frames, struct err *e)
{
    if (!s->first_ns)
        s->first_ns = (uint64_t)clock_now_ns();
    enum status status = staged_sink_write(s->sink, pcm, frames, e);
    if (!status)
        s->frames += frames;
    return status;
}

enum status sound_silence(struct sound *s, uint64_t frames, struct err *e)
{
    static const int16_t silence[SILENCE_FRAMES * MOST_CHANNELS];
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
    return staged_sink_tags(s->sink, tags, e);
}

enum status sound_mark(void *sound, const struct sink_mark *mark, struct err *e)
{
    const struct sound *s = sound;
    return staged_sink_mark(s->sink, mark, e);
}

enum status sound_finish(struct sound *s, struct err *e)
{
    return staged_sink_finish(s->sink, e);
}

void sound_close(struct sound *s)
{
    staged_sink_close(s->sink);
    s->sink = NULL;
}
