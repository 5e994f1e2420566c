/* Speaking into a file. */
#include "docbao/internal.h"

#include <unistd.h>

#include "docbao/tags.h"
#include "session/saver.h"

uint32_t api_jobs(const struct docbao *d)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return d->options.jobs ? d->options.jobs : n > 0 ? (uint32_t)n : 1;
}

static bool next_article(void *user, struct article *after, int step, struct article **out)
{
    const struct docbao_speech *speech = user;
    (void)after; /* `next` keeps count */
    (void)step;
    struct docbao_article *a = speech->next(speech->user);
    *out = a ? &a->a : NULL;
    return true;
}

static void done_article(void *user, struct article *a)
{
    const struct docbao_speech *speech = user;
    if (speech->done)
        speech->done(speech->user, api_article(a));
}

static void begin_sentence(void *user, struct article *a, uint32_t sentence)
{
    const struct docbao_speech *speech = user;
    speech->sentence(speech->user, api_article(a), sentence);
}

static void begin_word(void *user, struct article *a, uint32_t sentence, uint32_t token)
{
    const struct docbao_speech *speech = user;
    struct span text =
        token == DOCBAO_NO_TOKEN ? a->sentences.at[sentence].text : a->tokens.at[token].text;
    speech->word(speech->user, api_article(a), sentence, token, api_span(api_article(a), text));
}

static void lose_sentence(void *user, struct article *a, uint32_t sentence, const char *why)
{
    const struct docbao_speech *speech = user;
    speech->lost(speech->user, api_article(a), sentence, why);
}

static enum status start_saver(struct docbao *d, const struct docbao_speech *speech,
                               const struct sink_tags *tags, struct saver **saver)
{
    *saver = NULL;
    enum status status = api_need_voice(d);
    if (status)
        return status;
    uint32_t percent = d->options.rate_percent ? d->options.rate_percent : 100;
    struct synth_settings settings = voice_settings(&d->voice, percent);
    struct saver_options options = {
        .engine = synth_engine_named(sv_of(d->voice.engine)),
        .settings = &settings,
        .jobs = api_jobs(d),
        .tags = tags,
        .no_tags = speech->tags.none,
        .sound = {.sink = &sink_file, .target = speech->target, .stop = d->options.stop},
    };
    return saver_open(saver, &options, &d->err);
}

enum docbao_status docbao_speak(struct docbao *d, const struct docbao_speech *speech,
                                struct docbao_stats *stats)
{
    struct saver *saver = NULL;
    struct docbao_stats s = {0};
    struct sink_tags tags;
    struct buf cover = BUF_INIT;
    enum status status = tags_load(&speech->tags, &tags, &cover, &d->err);
    if (!status)
        status = start_saver(d, speech, &tags, &saver);
    if (!status)
        status = api_need_rules(d);
    if (!status) {
        struct saver_client client = {
            .source = {.neighbour = next_article, .done = done_article, .user = (void *)speech},
            .sentence = speech->sentence ? begin_sentence : NULL,
            .word = speech->word ? begin_word : NULL,
            .lost = speech->lost ? lose_sentence : NULL,
            .user = (void *)speech,
        };
        status = saver_run(saver, d->rules, &client, &d->err);
        saver_stats(saver, &s);
    }
    saver_close(saver);
    buf_free(&cover);
    if (stats)
        *stats = s;
    return api_result(d, status);
}
