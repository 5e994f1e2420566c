/* Speaking into a file, or into nothing. */
#include "docbao/internal.h"

#include "base/processors.h"
#include "docbao/delivery.h"
#include "docbao/publication.h"
#include "docbao/tags.h"
#include "session/saver.h"

uint32_t api_jobs(const struct docbao *d)
{
    return d->options.jobs ? d->options.jobs : processors_allowed();
}

/* A speech while its articles are spoken. */
struct speaking {
    const struct docbao *d;
    const struct docbao_speech *speech;
    const struct saver *saver;
    struct captions *captions;         /* or NULL */
    struct docbao_stats stats, *shown; /* shown: the caller's, or &stats */
};

static bool next_article(void *user, struct article *after, int step, struct article **out)
{
    const struct docbao_speech *speech = ((struct speaking *)user)->speech;
    (void)after; /* `next` keeps count */
    (void)step;
    struct docbao_article *a = speech->next(speech->user);
    *out = a ? &a->a : NULL;
    return true;
}

/* Reads a block of an article that is read while it is spoken. */
static bool read_more(void *user, struct article *a)
{
    const struct speaking *s = user;
    const volatile sig_atomic_t *stop = s->d->options.stop;
    struct docbao_article *own = api_article(a);
    if (!own->reading || (stop && *stop))
        return false;
    bool more = api_read_block(own);
    if (!more)
        child_reap(&own->parser);
    if (!more && s->speech->read)
        s->speech->read(s->speech->user, own);
    return more;
}

static void done_article(void *user, struct article *a)
{
    const struct docbao_speech *speech = ((struct speaking *)user)->speech;
    if (speech->done)
        speech->done(speech->user, api_article(a));
}

static const struct docbao_speech *with_stats(struct speaking *s)
{
    saver_stats(s->saver, s->shown);
    return s->speech;
}

static void begin_sentence(void *user, struct article *a, uint32_t sentence, uint64_t us)
{
    struct speaking *s = user;
    const struct docbao_speech *speech = with_stats(s);
    if (s->captions)
        captions_begin(s->captions, a, sentence, us);
    if (speech->sentence)
        speech->sentence(speech->user, api_article(a), sentence);
}

static void begin_word(void *user, struct article *a, uint32_t sentence, uint32_t token,
                       uint64_t us)
{
    struct speaking *s = user;
    const struct docbao_speech *speech = with_stats(s);
    bool known = token != DOCBAO_NO_TOKEN;
    struct span text = known ? article_token(a, token)->text : a->sentences.at[sentence].text;
    if (s->captions && known)
        captions_word(s->captions, token, us);
    if (speech->word)
        speech->word(speech->user, api_article(a), sentence, token, api_span(api_article(a), text));
}

static void end_sentence(void *user, struct article *a, uint32_t sentence, bool spoken, uint64_t us)
{
    const struct speaking *s = user;
    (void)a;
    (void)sentence;
    captions_end(s->captions, spoken, us);
}

static enum status complete_captions(void *user, struct err *e)
{
    return captions_complete(((struct speaking *)user)->captions, e);
}

static void lose_sentence(void *user, struct article *a, uint32_t sentence, const char *why)
{
    const struct docbao_speech *speech = with_stats(user);
    speech->lost(speech->user, api_article(a), sentence, why);
}

static struct saver_client client_of(struct speaking *s)
{
    const struct docbao_speech *speech = s->speech;
    return (struct saver_client){
        .source = {.neighbour = next_article,
                   .more = s->d->options.read_when_spoken ? read_more : NULL,
                   .done = done_article,
                   .user = s},
        .sentence = speech->sentence || s->captions ? begin_sentence : NULL,
        .word = speech->word || s->captions ? begin_word : NULL,
        .sentence_end = s->captions ? end_sentence : NULL,
        .complete = s->captions ? complete_captions : NULL,
        .lost = speech->lost ? lose_sentence : NULL,
        .user = s,
    };
}

/* Opened once, and then kept open: an article of many may be short. */
static struct store *cache_of(struct docbao *d)
{
    enum { USUAL_BYTES = 512 << 20 };
    uint64_t most = d->options.cache_bytes ? d->options.cache_bytes : USUAL_BYTES;
    if (!d->cache && d->options.cache_folder && !d->tried_cache)
        d->cache = store_open(d->options.cache_folder, most);
    d->tried_cache = true;
    return d->cache;
}

/* Nobody listens while a file is made, so that a machine that is very busy costs time, and no
 * sentence. */
enum { SENTENCE_DEADLINE_MS = 60 * 1000 };

struct feeder_options api_feeder_options(struct docbao *d, const struct synth_settings *settings)
{
    return (struct feeder_options){
        .engine = synth_engine_named(sv_of(d->voice.engine)),
        .settings = settings,
        .jobs = api_jobs(d),
        .deadline_ms = SENTENCE_DEADLINE_MS,
        .batch = true,
        .store = cache_of(d),
    };
}

static enum status start_saver(struct docbao *d, const struct docbao_speech *speech,
                               const struct sink_tags *tags, const struct sink_delivery *delivery,
                               struct saver **saver)
{
    *saver = NULL;
    enum status status = api_need_voice(d);
    if (status)
        return status;
    uint32_t percent = d->options.rate_percent ? d->options.rate_percent : 100;
    struct synth_settings settings = api_settings(d, percent);
    struct saver_options options = {
        .engine = synth_engine_named(sv_of(d->voice.engine)),
        .settings = &settings,
        .jobs = api_jobs(d),
        .deadline_ms = SENTENCE_DEADLINE_MS,
        .store = cache_of(d),
        .kept = d->options.keep_engine ? &d->pool : NULL,
        .tags = tags,
        .sound = {.sink = delivery_sink(speech, delivery),
                  .target = speech->target ? speech->target : "",
                  .delivery = delivery,
                  .stop = d->options.stop},
    };
    return saver_open(saver, &options, &d->err);
}

/* Speaks into the file and then puts the captions beside it. */
static enum status run_saver(struct docbao *d, struct saver *saver, struct speaking *s)
{
    struct saver_client client = client_of(s);
    s->saver = saver;
    enum status status = saver_run(saver, d->rules, &client, &d->err);
    saver_stats(saver, s->shown);
    if (!s->captions || (status && status != STATUS_PARTIAL))
        return status;
    enum status committed = captions_commit(s->captions, &d->err);
    return committed ? committed : status;
}

/* Speaks what is to be made, `p`, of the speech `asked`. */
static enum status speak_publication(struct docbao *d, const struct publication *p,
                                     const struct docbao_speech *asked, struct speaking *s)
{
    struct saver *saver = NULL;
    struct sink_tags tags;
    struct buf cover = BUF_INIT;
    struct sink_level level = {0};
    struct docbao_tags given = delivery_tags(&p->speech);
    struct sink_delivery delivery = delivery_wanted(&p->speech, &level);
    enum status status = tags_load(&given, &tags, &cover, &d->err);
    if (!status)
        status = publication_captions(p, asked, NULL, &s->captions, &d->err);
    if (!status)
        status = start_saver(d, &p->speech, given.none ? NULL : &tags, &delivery, &saver);
    if (!status)
        status = api_need_rules(d);
    if (!status)
        status = run_saver(d, saver, s);
    saver_close(saver);
    delivery_add_level(s->shown, &level);
    captions_close(s->captions);
    buf_free(&cover);
    return status;
}

enum docbao_status docbao_speak(struct docbao *d, const struct docbao_speech *speech,
                                struct docbao_stats *stats)
{
    struct publication publication;
    struct speaking s = {.d = d, .speech = speech};
    s.shown = stats ? stats : &s.stats;
    *s.shown = (struct docbao_stats){0};
    enum status status = publication_open(&publication, speech, &d->err);
    if (!status)
        status = speak_publication(d, &publication, speech, &s);
    publication_close(&publication);
    return api_result(d, status);
}
