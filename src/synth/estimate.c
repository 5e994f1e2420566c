#include "synth/estimate.h"

/* Numbers kept for each sentence: the engine's terms, then the pauses. */
static size_t columns(const struct estimate *e)
{
    return e->engine->timing.terms + (size_t)1;
}

void estimate_begin(struct estimate *e, const struct voice *voice, enum dialect dialect)
{
    voice_free(&e->voice);
    voice_copy(&e->voice, voice);
    e->engine = synth_engine_named(sv_of(voice->engine));
    e->dialect = dialect;
    e->sums.n = 0;
}

static double weigh(const struct estimate *e, const double *terms,
                    const struct synth_settings *settings)
{
    double weights[SYNTH_TERMS_MAX + 1] = {0}, ms = 0;
    e->engine->timing.weigh(e->dialect, settings, weights);
    for (uint32_t k = 0; k < e->engine->timing.terms; k++)
        ms += terms[k] * weights[k];
    return ms;
}

/* A slower sentence is taken for one of more syllables, by what it is longer at the voice's own
 * rate. At 250 percent that is wrong by 3 percent of the sentence. */
static void stretch_terms(const struct estimate *e, uint32_t rate_percent, double *terms)
{
    struct synth_settings settings = voice_settings(&e->voice, 100);
    if (rate_percent == 100 || !e->engine->tune)
        return;
    double own = weigh(e, terms, &settings);
    settings.rate = settings.rate * rate_percent / 100;
    double longer = own > 0 ? weigh(e, terms, &settings) / own : 1;
    for (uint32_t k = 0; k < e->engine->timing.terms; k++)
        terms[k] *= longer;
}

void estimate_add(struct estimate *e, const struct synth_word *words, size_t n,
                  uint32_t rate_percent, uint32_t pause_ms)
{
    double terms[SYNTH_TERMS_MAX + 1] = {0};
    size_t width = columns(e), last = e->sums.n;
    if (!last) { /* the sums before the first sentence */
        vec_reserve(&e->sums, width);
        memset(e->sums.at, 0, width * sizeof *e->sums.at);
        last = e->sums.n = width;
    }
    e->engine->timing.count(e->dialect, words, n, terms);
    stretch_terms(e, rate_percent, terms);
    terms[width - 1] = pause_ms;
    vec_reserve(&e->sums, width);
    for (size_t k = 0; k < width; k++)
        e->sums.at[last + k] = e->sums.at[last - width + k] + terms[k];
    e->sums.n += width;
}

uint32_t estimate_sentences(const struct estimate *e)
{
    return e->sums.n ? (uint32_t)(e->sums.n / columns(e) - 1) : 0;
}

uint64_t estimate_ms(const struct estimate *e, uint32_t from, uint32_t to, uint32_t percent)
{
    uint32_t count = estimate_sentences(e);
    to = to < count ? to : count;
    if (from >= to)
        return 0;
    double weights[SYNTH_TERMS_MAX + 1] = {0};
    size_t width = columns(e);
    const struct synth_settings settings = voice_settings(&e->voice, percent);
    e->engine->timing.weigh(e->dialect, &settings, weights);
    weights[width - 1] = settings.pause_percent / 100.0;
    const double *begin = e->sums.at + from * width, *end = e->sums.at + to * width;
    double ms = 0;
    for (size_t k = 0; k < width; k++)
        ms += (end[k] - begin[k]) * weights[k];
    return ms > 0 ? (uint64_t)(ms + 0.5) : 0;
}

void estimate_free(struct estimate *e)
{
    voice_free(&e->voice);
    vec_free(&e->sums);
}
