/* Listening. */
#include "docbao/internal.h"

#include "session/playback.h"
#include "text/recall.h"

_Static_assert((int)DOCBAO_MOST_DESCRIPTORS >= (int)PLAYBACK_MOST_DESCRIPTORS, "room for all");

enum { SPEED_LEAST = 50, SPEED_MOST = 400, SPEED_USUAL_MOST = 250, USUAL_PERCENT = 100 };

struct docbao_player {
    struct docbao *d;
    struct playback *playback;
    struct docbao_listener listener;
    struct playback_client client;
    uint32_t speed, volume;
    bool begun;
};

/* ---- events: playback calls these, and each calls the listener ---- */

static bool neighbour(void *user, struct article *a, int step, struct article **out)
{
    struct docbao_player *p = user;
    struct docbao_article *found = NULL;
    bool known = p->listener.neighbour(p->listener.user, a ? api_article(a) : NULL, step, &found);
    while (found && api_read_block(found))
        ;
    *out = found ? &found->a : NULL;
    return known;
}

static uint32_t first_sentence(void *user, struct article *a)
{
    struct docbao_player *p = user;
    return p->listener.start ? p->listener.start(p->listener.user, api_article(a)) : 0;
}

static void on_article(void *user, struct article *a)
{
    struct docbao_player *p = user;
    if (p->listener.article)
        p->listener.article(p->listener.user, api_article(a));
}

static void on_sentence(void *user, struct article *a, uint32_t sentence)
{
    struct docbao_player *p = user;
    if (p->listener.sentence)
        p->listener.sentence(p->listener.user, api_article(a), sentence);
}

static void on_word(void *user, struct article *a, uint32_t sentence, uint32_t token)
{
    struct docbao_player *p = user;
    if (p->listener.word)
        p->listener.word(p->listener.user, api_article(a), sentence, token);
}

static void on_heard(void *user, struct article *a)
{
    struct docbao_player *p = user;
    if (p->listener.heard)
        p->listener.heard(p->listener.user, api_article(a));
}

static void on_lost(void *user, struct article *a, uint32_t sentence, const char *why)
{
    struct docbao_player *p = user;
    if (p->listener.lost)
        p->listener.lost(p->listener.user, api_article(a), sentence, why);
}

static void on_changed(void *user)
{
    struct docbao_player *p = user;
    if (p->listener.changed)
        p->listener.changed(p->listener.user);
}

static void on_done(void *user, struct article *a)
{
    struct docbao_player *p = user;
    p->listener.done(p->listener.user, api_article(a));
}

static const struct playback_client callbacks = {
    .neighbour = neighbour,
    .start = first_sentence,
    .article = on_article,
    .sentence = on_sentence,
    .word = on_word,
    .heard = on_heard,
    .lost = on_lost,
    .changed = on_changed,
};

/* ---- opening, waiting, stepping ---- */

/* "null" and "null:PACE" are the sink without a device; anything else names one. */
static const struct sink_driver *device_named(const char **name)
{
    struct sv v = sv_of(*name);
    if (!sv_is(v, "null") && !sv_starts(v, SV("null:")))
        return &sink_player;
    *name += v.n > 4 ? 5 : 4;
    return &sink_null;
}

/* The highest speed of the voice, in percent of its own rate. */
static uint32_t fastest(const struct docbao *d)
{
    uint32_t most = voice_fastest(&d->voice) * USUAL_PERCENT / d->voice.rate;
    return most < SPEED_USUAL_MOST ? SPEED_USUAL_MOST : most < SPEED_MOST ? most : SPEED_MOST;
}

static void set_levels(struct docbao_player *p, const struct docbao_player_options *options)
{
    const struct docbao *d = p->d;
    uint32_t wanted = options->speed_percent, most = fastest(d);
    p->speed = d->options.rate_percent ? d->options.rate_percent : USUAL_PERCENT;
    if (wanted)
        p->speed = wanted < SPEED_LEAST ? SPEED_LEAST : wanted < most ? wanted : most;
    p->volume = USUAL_PERCENT;
    if (options->volume_percent && options->volume_percent < USUAL_PERCENT)
        p->volume = options->volume_percent;
}

static enum status open_playback(struct docbao_player *p,
                                 const struct docbao_player_options *options)
{
    struct docbao *d = p->d;
    enum status status = api_need_voice(d);
    if (status)
        return status;
    set_levels(p, options);
    struct synth_settings settings = api_settings(d, p->speed);
    const char *target = options->device ? options->device : "";
    const struct sink_driver *sink = device_named(&target);
    struct playback_options o = {
        .engine = synth_engine_named(sv_of(d->voice.engine)),
        .settings = &settings,
        .jobs = api_jobs(d),
        .sink = sink,
        .target = target,
        .volume_percent = p->volume,
        .chime = !options->no_chime,
        .impatient = options->impatient,
    };
    return playback_open(&p->playback, &o, &d->err);
}

enum docbao_status docbao_player_open(struct docbao *d, const struct docbao_player_options *options,
                                      const struct docbao_listener *listener,
                                      struct docbao_player **out)
{
    struct docbao_player *p = mem_zalloc(sizeof *p);
    p->d = d;
    p->listener = *listener;
    p->client = callbacks;
    p->client.user = p;
    p->client.done = listener->done ? on_done : NULL;
    enum status status = open_playback(p, options);
    *out = status ? NULL : p;
    if (status)
        docbao_player_close(p);
    return api_result(d, status);
}

void docbao_player_close(struct docbao_player *p)
{
    if (!p)
        return;
    playback_close(p->playback);
    free(p);
}

uint32_t docbao_player_descriptors(struct docbao_player *p, struct pollfd *fds, int *timeout_ms)
{
    if (!p->begun) {
        *timeout_ms = 0;
        return 0;
    }
    return playback_descriptors(p->playback, fds, timeout_ms);
}

enum docbao_status docbao_player_step(struct docbao_player *p)
{
    enum status status = STATUS_OK;
    if (!p->begun) {
        status = api_need_rules(p->d);
        if (status)
            return api_result(p->d, status);
        playback_begin(p->playback, p->d->rules, &p->client);
        p->begun = true;
    }
    return api_result(p->d, playback_step(p->playback, &p->d->err));
}

/* ---- times inside a sentence ---- */

/* A word of a sentence is taken to be heard when as many of its spoken words are over as of its
 * time. */
static uint32_t spoken_words(const struct article *a, const struct sentence *s, uint32_t tokens)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < tokens; i++)
        words += article_token(a, s->tok0 + i)->nword;
    return words;
}

/* The token that is heard so long after the start of the sentence; `length_ms` is all of its time.
 */
static uint32_t token_at_ms(const struct article *a, uint32_t sentence, uint64_t ms,
                            uint64_t length_ms)
{
    const struct sentence *s = &a->sentences.at[sentence];
    uint32_t last = DOCBAO_NO_TOKEN, words = 0;
    recall_sentence(a, sentence);
    uint64_t wanted = ms * spoken_words(a, s, s->ntok);
    for (uint32_t i = 0; i < s->ntok; i++) {
        uint32_t own = article_token(a, s->tok0 + i)->nword;
        if (own && (last == DOCBAO_NO_TOKEN || words * length_ms <= wanted))
            last = s->tok0 + i;
        words += own;
    }
    return last;
}

/* How long after the start of its sentence the listener is, in the times of the estimate. */
static uint64_t inside_ms(const struct docbao_player *p, struct playback_position at)
{
    uint64_t length =
        docbao_time_ms(api_article(at.article), at.sentence, at.sentence + 1, p->speed);
    uint64_t ms = playback_inside_ms(p->playback);
    if (ms || at.token == DOCBAO_NO_TOKEN)
        return ms < length ? ms : length;
    recall_sentence(at.article, at.sentence);
    const struct sentence *s = &at.article->sentences.at[at.sentence];
    uint32_t all = spoken_words(at.article, s, s->ntok);
    return all ? length * spoken_words(at.article, s, at.token - s->tok0) / all : 0;
}

struct docbao_player_status docbao_player_status(const struct docbao_player *p)
{
    struct playback_position at = playback_position(p->playback);
    struct docbao_player_status s = {
        .playing = playback_state(p->playback),
        .article = at.article ? api_article(at.article) : NULL,
        .sentence = at.sentence,
        .token = at.token,
        .speed_percent = p->speed,
        .volume_percent = p->volume,
        .voice = p->d->voice.name,
        .trouble = playback_trouble(p->playback),
        .paused_while_away = playback_is_paused(p->playback),
    };
    if (s.article) {
        uint32_t all = (uint32_t)at.article->sentences.n;
        s.total_ms = docbao_time_ms(s.article, 0, all, p->speed);
        s.elapsed_ms = docbao_time_ms(s.article, 0, at.sentence, p->speed) + inside_ms(p, at);
        if (s.elapsed_ms > s.total_ms)
            s.elapsed_ms = s.total_ms;
    }
    return s;
}

/* ---- commands ---- */

static bool go_to(struct docbao_player *p, int32_t number)
{
    struct playback_position at = playback_position(p->playback);
    if (!at.article || number < 0 || (uint32_t)number >= at.article->sentences.n)
        return false;
    playback_go(p->playback, at.article, (uint32_t)number);
    return true;
}

/* However rough the estimate is, a step on leads to a later word, and a step back to an earlier
 * one. `to` has a token of the sentence that the listener is in. */
static void pass_word(const struct article *a, struct playback_position at, int32_t ms,
                      struct playback_position *to)
{
    const struct sentence *s = &a->sentences.at[at.sentence];
    if (at.token == DOCBAO_NO_TOKEN || to->token == DOCBAO_NO_TOKEN)
        return;
    if (ms > 0 && to->token <= at.token) {
        bool last = at.token + 1 == s->tok0 + s->ntok;
        to->sentence += last;
        to->token = last ? DOCBAO_NO_TOKEN : at.token + 1;
    } else if (ms < 0 && to->token >= at.token) {
        to->token = at.token > s->tok0 ? at.token - 1 : s->tok0;
    }
}

static bool seek(struct docbao_player *p, int32_t ms)
{
    struct playback_position at = playback_position(p->playback);
    if (!at.article)
        return false;
    struct docbao_article *a = api_article(at.article);
    struct docbao_player_status now = docbao_player_status(p);
    int64_t time = (int64_t)now.elapsed_ms + ms;
    if (ms > 0 && time >= (int64_t)now.total_ms)
        return false;
    uint64_t goal = time > 0 ? (uint64_t)time : 0;
    struct playback_position to = {at.article, docbao_sentence_at_ms(a, goal, p->speed), 0};
    uint64_t start = docbao_time_ms(a, 0, to.sentence, p->speed);
    uint64_t length = docbao_time_ms(a, to.sentence, to.sentence + 1, p->speed);
    to.token = token_at_ms(at.article, to.sentence, goal - start, length);
    if (to.sentence == at.sentence)
        pass_word(at.article, at, ms, &to);
    if (to.sentence >= at.article->sentences.n)
        return false;
    playback_go_inside(p->playback, at.article, to.sentence, to.token);
    return true;
}

static bool set_speed(struct docbao_player *p, int32_t percent)
{
    if (percent < SPEED_LEAST || percent > (int32_t)fastest(p->d) || (uint32_t)percent == p->speed)
        return false;
    p->speed = (uint32_t)percent;
    struct synth_settings settings = api_settings(p->d, p->speed);
    playback_adjust(p->playback, &settings);
    on_changed(p);
    return true;
}

static bool set_volume(struct docbao_player *p, int32_t percent)
{
    if (percent < 0 || percent > USUAL_PERCENT || (uint32_t)percent == p->volume)
        return false;
    p->volume = (uint32_t)percent;
    playback_volume(p->playback, p->volume);
    on_changed(p);
    return true;
}

bool docbao_player_do(struct docbao_player *p, enum docbao_command command, int32_t number)
{
    if (!p->begun)
        return false;
    switch (command) {
    case DOCBAO_PAUSE:
        return playback_pause(p->playback);
    case DOCBAO_PLAY:
        return playback_resume(p->playback);
    case DOCBAO_SENTENCE:
        return playback_move(p->playback, NAVIGATE_SENTENCE, number);
    case DOCBAO_PARAGRAPH:
        return playback_move(p->playback, NAVIGATE_PARAGRAPH, number);
    case DOCBAO_PART:
        return playback_move(p->playback, NAVIGATE_PART, number);
    case DOCBAO_ARTICLE:
        return playback_move(p->playback, NAVIGATE_ARTICLE, number);
    case DOCBAO_GO:
        return go_to(p, number);
    case DOCBAO_SEEK:
        return seek(p, number);
    case DOCBAO_SPEED:
        return set_speed(p, number);
    case DOCBAO_VOLUME:
        return set_volume(p, number);
    }
    return false;
}

/* ---- reading anew ---- */

static void reread(void *user, struct article *a)
{
    struct docbao_player *p = user;
    /* On an error (a lexicon was broken meanwhile) the article keeps its old reading. */
    api_read_words(p->d, api_article(a));
}

enum docbao_status docbao_player_voice(struct docbao_player *p, const char *name)
{
    struct docbao *d = p->d;
    struct voice voice;
    enum status status = voice_find(&voice, sv_of(name), d->options.voices_folder, &d->err);
    if (status)
        return api_result(d, status);
    struct buf why = BUF_INIT;
    const struct synth_engine *engine = synth_engine_named(sv_of(voice.engine));
    if (!voice_is_alike(&voice, &d->voice))
        status = err_set(&d->err, STATUS_USAGE,
                         "The voice “%s” needs another engine; start again with --voice %s.", name,
                         name);
    else if (!engine->has_voice(voice.engine_voice, &why))
        status = err_set(&d->err, STATUS_USAGE, "The voice “%s” cannot be used: %s.", name, why.p);
    buf_free(&why);
    if (status) {
        voice_free(&voice);
        return api_result(d, status);
    }
    voice_free(&d->voice);
    d->voice = voice;
    struct synth_settings settings = api_settings(d, p->speed);
    if (p->begun) {
        playback_adjust(p->playback, &settings);
        playback_reread(p->playback, reread, p, false);
        on_changed(p);
    }
    return DOCBAO_OK;
}

enum docbao_status docbao_player_reread(struct docbao_player *p)
{
    if (p->begun)
        playback_reread(p->playback, reread, p, true);
    return DOCBAO_OK;
}

void docbao_player_stats(const struct docbao_player *p, struct docbao_player_stats *stats)
{
    playback_stats(p->playback, stats);
}
