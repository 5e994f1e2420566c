/* The public body: speaking into a file. */
#include "docbao_body.h"

#include <unistd.h>

#include "session/follow.h"
#include "session/session.h"

/* ---- speaking ---- */

enum {
    DEVICE_BLOCK = 1024, /* frames: 46 ms at 22,050 Hz */
};

static uint32_t processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (uint32_t)n : 1;
}

static struct article *next_article(void *user)
{
    const struct docbao_speech *speech = user;
    struct docbao_article *a = speech->next(speech->user);
    return a ? &a->a : NULL;
}

static void done_article(void *user, struct article *a)
{
    const struct docbao_speech *speech = user;
    if (speech->done)
        speech->done(speech->user, body_ours(a));
}

static void begin_sentence(void *user, struct article *a, uint32_t sentence)
{
    const struct docbao_speech *speech = user;
    speech->sentence(speech->user, body_ours(a), sentence);
}

static void begin_word(void *user, struct article *a, uint32_t sentence, uint32_t token)
{
    const struct docbao_speech *speech = user;
    struct span text =
        token == FOLLOW_NO_TOKEN ? a->sentences.at[sentence].text : a->tokens.at[token].text;
    speech->word(speech->user, body_ours(a), sentence, token, body_span(body_ours(a), text));
}

static void lose_sentence(void *user, struct article *a, uint32_t sentence, const char *why)
{
    const struct docbao_speech *speech = user;
    speech->lost(speech->user, body_ours(a), sentence, why);
}

static void warn(void *user, const char *message)
{
    const struct docbao_speech *speech = user;
    speech->warning(speech->user, message);
}

/* "null" and "null:PACE" are the sink without a device; anything else names one. */
static void choose_sink(struct session_options *options, const struct docbao_speech *speech)
{
    options->target = speech->target ? speech->target : "";
    options->sink = &sink_file;
    if (speech->to == DOCBAO_TO_FILE)
        return;
    options->block = DEVICE_BLOCK;
    struct sv name = sv_of(options->target);
    bool null = sv_is(name, "null") || sv_starts(name, SV("null:"));
    options->sink = null ? &sink_null : &sink_player;
    if (null)
        options->target += name.n > 4 ? 5 : 4;
}

static enum status start_session(struct docbao *d, const struct docbao_speech *speech,
                                 struct session **session)
{
    *session = NULL;
    enum status status = body_need_voice(d);
    if (status)
        return status;
    uint32_t percent = d->options.rate_percent ? d->options.rate_percent : 100;
    struct synth_settings settings = voice_settings(&d->voice, percent);
    struct session_options options = {
        .engine = synth_engine_named(sv_of(d->voice.engine)),
        .settings = &settings,
        .jobs = d->options.jobs ? d->options.jobs : processors(),
        .stop = d->options.stop,
    };
    choose_sink(&options, speech);
    return session_open(session, &options, &d->err);
}

enum docbao_status docbao_speak(struct docbao *d, const struct docbao_speech *speech,
                                struct docbao_stats *stats)
{
    struct session *session;
    struct session_stats s = {0};
    enum status status = start_session(d, speech, &session);
    if (!status)
        status = body_need_rules(d);
    if (!status) {
        struct session_client client = {
            .next = next_article,
            .done = done_article,
            .sentence = speech->sentence ? begin_sentence : NULL,
            .word = speech->word ? begin_word : NULL,
            .lost = speech->lost ? lose_sentence : NULL,
            .warning = speech->warning ? warn : NULL,
            .user = (void *)speech,
        };
        status = session_run(session, d->rules, &client, &d->err);
        session_stats(session, &s);
    }
    session_close(session);
    if (stats)
        *stats = (struct docbao_stats){s.first_block_ns, s.frames, s.rate,
                                       s.sentences,      s.lost,   s.underruns};
    return body_tell(d, status);
}
