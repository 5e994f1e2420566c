#include "docbao/said_text.h"

static struct sv given(const struct docbao_utterance *u)
{
    return (struct sv){u->text.p, u->text.n};
}

static void add_itself(struct said_text *t, struct sv text, size_t from, size_t n)
{
    buf_add(&t->prepared, text.p + from, n);
    source_map_add_linear(&t->map, n, from);
}

void said_text_make(struct said_text *out, const struct docbao_utterance *u,
                    const struct rules *rules, const struct reading_options *options)
{
    struct sv text = given(u);
    (void)rules;
    (void)options;
    *out = (struct said_text){.prepared = BUF_INIT};
    add_itself(out, text, 0, text.n);
    source_map_end(&out->map, text.n);
}

void said_text_free(struct said_text *t)
{
    buf_free(&t->prepared);
    source_map_free(&t->map);
}

struct docbao_span said_text_span(const struct said_text *t, struct span prepared)
{
    if (!t->map.runs.n)
        return (struct docbao_span){0, 0};
    struct span span = source_map_find_source(&t->map, prepared);
    return (struct docbao_span){span.off, span.len};
}
