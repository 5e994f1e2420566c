#include "sink/stage/stage.h"

struct channels {
    uint32_t in, out;
};

static enum status channels_open(void **state, const void *settings, struct stage_format *format,
                                 struct err *e)
{
    const struct channels_settings *wanted = settings;
    *state = NULL;
    if (wanted->channels != format->channels && format->channels != 1)
        return err_set(e, STATUS_USAGE, "Sound of %u channels cannot be turned into %u channels.",
                       format->channels, wanted->channels);
    struct channels *c = mem_zalloc(sizeof *c);
    *c = (struct channels){format->channels, wanted->channels};
    format->channels = wanted->channels;
    *state = c;
    return STATUS_OK;
}

static void channels_process(void *state, const int16_t *pcm, uint32_t frames, struct samples *out)
{
    const struct channels *c = state;
    uint32_t copies = c->out / c->in;
    vec_reserve(out, (size_t)frames * c->out);
    for (size_t i = 0; i < (size_t)frames * c->in; i++)
        for (uint32_t copy = 0; copy < copies; copy++)
            out->at[out->n++] = pcm[i];
}

static void channels_close(void *state)
{
    free(state);
}

const struct stage_driver stage_channels = {
    .name = "channels",
    .open = channels_open,
    .process = channels_process,
    .close = channels_close,
};
