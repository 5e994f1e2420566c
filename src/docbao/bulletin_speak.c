/* The voices of a bulletin speak what is kept of it. */
#include "docbao/bulletin.h"

/* What one voice says, in the order of the programme. */
struct speaking {
    struct docbao_bulletin *b;
    struct fit fit;
    uint32_t voice;
    size_t part, sentence; /* the next one that may be its */
};

/* Goes on to the next sentence of the voice that is kept. False: there is none. */
static bool find_next(struct speaking *s)
{
    for (; s->part < s->fit.part_count; s->part++) {
        const struct fit_part *part = &s->fit.parts[s->part];
        for (; s->sentence < part->first + part->sentences; s->sentence++)
            if (s->b->sentences.at[s->sentence].voice == s->voice &&
                fit_keeps(&s->fit, part, (uint32_t)s->sentence))
                return true;
    }
    return false;
}

static bool next_article(void *user, struct article *after, int step, struct article **out)
{
    struct speaking *s = user;
    (void)after; /* `sentence` keeps count */
    (void)step;
    *out = find_next(s) ? &s->b->sentences.at[s->sentence].article->a : NULL;
    return true;
}

/* The same article may be meant twice in a row, once for its headline: then the numbers of its
 * sentences go back. */
static uint32_t wanted_sentence(void *user, struct article *a, uint32_t from)
{
    struct speaking *s = user;
    if (!find_next(s))
        return UINT32_MAX;
    struct bulletin_sentence *next = &s->b->sentences.at[s->sentence];
    if (&next->article->a != a || next->sentence < from)
        return UINT32_MAX;
    next->recorded = true;
    s->sentence++;
    return next->sentence;
}

static void lose(void *user, struct article *a, uint32_t sentence, const char *why)
{
    struct docbao_bulletin *b = ((struct speaking *)user)->b;
    struct docbao_article *own = api_article(a);
    struct docbao_text name = docbao_head_of(own).name;
    err_set(&b->d->err, STATUS_PARTIAL, "%.*s:%u: a sentence could not be spoken: %s", (int)name.n,
            name.p, docbao_sentence_at(own, sentence).line, why);
    bulletin_note(b, NULL, RECIPE_KEYS);
    b->partial = true;
}

static enum status record_voice(struct docbao_bulletin *b, uint32_t index, uint32_t percent)
{
    struct bulletin_voice *v = &b->voices.at[index];
    struct speaking s = {.b = b, .fit = bulletin_fit(b), .voice = index};
    uint32_t own = b->d->options.rate_percent ? b->d->options.rate_percent : 100;
    struct synth_settings settings = api_settings(v->d, own * percent / 100);
    const struct takes_options options = {
        .feeder = api_feeder_options(v->d, &settings),
        .rules = v->d->rules,
        .target = b->wish->target,
        .stop = b->d->options.stop,
        .lost = lose,
        .user = &s,
    };
    const struct feeder_source source = {
        .neighbour = next_article, .wanted = wanted_sentence, .user = &s};
    takes_free(&v->takes);
    v->percent = percent;
    return takes_record(&v->takes, &options, &source, &b->d->err);
}

static bool has_to_speak(struct docbao_bulletin *b, uint32_t voice)
{
    struct speaking s = {.b = b, .fit = bulletin_fit(b), .voice = voice};
    return find_next(&s);
}

/* The takes give the sentences their lengths. */
static void set_lengths(struct docbao_bulletin *b)
{
    for (uint32_t voice = 0; voice < b->voices.n; voice++) {
        const struct takes *t = &b->voices.at[voice].takes;
        size_t take = 0;
        for (size_t i = 0; i < b->sentences.n; i++)
            if (b->sentences.at[i].voice == voice && b->sentences.at[i].recorded)
                b->fit_sentences.at[i].seconds = (double)t->takes.at[take++].frames / t->rate;
    }
}

enum status bulletin_speak(struct docbao_bulletin *b, uint32_t percent)
{
    enum status status = STATUS_OK;
    b->percent = percent;
    for (size_t i = 0; i < b->sentences.n; i++)
        b->sentences.at[i].recorded = false;
    for (uint32_t voice = 0; voice < b->voices.n && !status; voice++)
        if (has_to_speak(b, voice))
            status = record_voice(b, voice, percent);
    if (!status)
        set_lengths(b);
    return status;
}
