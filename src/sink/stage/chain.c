#include "sink/stage/chain.h"

struct chain_link {
    const struct stage_driver *driver;
    void *state;
    uint32_t channels; /* that go out */
    struct samples out;
};

struct chain {
    struct stage_format in, out;
    VEC(struct chain_link) links;
};

enum status chain_open(struct chain **out, const struct stage *stages, size_t count,
                       const struct stage_format *in, struct err *e)
{
    struct chain *c = mem_zalloc(sizeof *c);
    *out = NULL;
    c->in = c->out = *in;
    for (size_t i = 0; i < count; i++) {
        struct chain_link link = {.driver = stages[i].driver};
        enum status status = link.driver->open(&link.state, stages[i].settings, &c->out, e);
        if (status) {
            chain_close(c);
            return status;
        }
        link.channels = c->out.channels;
        *vec_push(&c->links) = link;
    }
    *out = c;
    return STATUS_OK;
}

struct stage_format chain_format(const struct chain *c)
{
    return c->out;
}

/* Sends sound through all stages; with `flush` each of them then gives the sound that it holds. */
static const int16_t *run_stages(struct chain *c, const int16_t *pcm, uint32_t *frames, bool flush)
{
    for (size_t i = 0; i < c->links.n; i++) {
        struct chain_link *link = &c->links.at[i];
        link->out.n = 0;
        if (*frames)
            link->driver->process(link->state, pcm, *frames, &link->out);
        if (flush && link->driver->flush)
            link->driver->flush(link->state, &link->out);
        pcm = link->out.at;
        *frames = (uint32_t)(link->out.n / link->channels);
    }
    return pcm;
}

const int16_t *chain_process(struct chain *c, const int16_t *pcm, uint32_t frames, uint32_t *count)
{
    *count = frames;
    return run_stages(c, pcm, count, false);
}

const int16_t *chain_flush(struct chain *c, uint32_t *count)
{
    *count = 0;
    return run_stages(c, NULL, count, true);
}

void chain_clear(struct chain *c)
{
    for (size_t i = 0; i < c->links.n; i++)
        if (c->links.at[i].driver->clear)
            c->links.at[i].driver->clear(c->links.at[i].state);
}

int64_t chain_latency(const struct chain *c)
{
    int64_t sum = 0;
    for (size_t i = 0; i < c->links.n; i++)
        if (c->links.at[i].driver->latency)
            sum += c->links.at[i].driver->latency(c->links.at[i].state);
    return sum;
}

uint64_t chain_frame(const struct chain *c, uint64_t frame)
{
    if (c->in.rate == c->out.rate)
        return frame;
    /* Whole seconds apart, so that no product overflows. */
    uint64_t seconds = frame / c->in.rate, rest = frame % c->in.rate;
    return seconds * c->out.rate + (rest * c->out.rate + c->in.rate / 2) / c->in.rate;
}

void chain_close(struct chain *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->links.n; i++) {
        c->links.at[i].driver->close(c->links.at[i].state);
        vec_free(&c->links.at[i].out);
    }
    vec_free(&c->links);
    free(c);
}
