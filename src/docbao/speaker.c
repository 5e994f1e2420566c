/* Short texts at once, for screen readers. */
#include "docbao/internal.h"

#include "base/clock.h"
#include "docbao/foreign_text.h"
#include "docbao/languages.h"
#include "docbao/said_text.h"
#include "session/feeder.h"
#include "text/lexicon.h"

enum {
    /* The engine is started anew when it has given nothing for so long. The second time it is given
     * longer: the machine may only be busy, and then starting it again makes that worse. */
    STALL_MS = 180,
    STALL_AGAIN_MS = 2000,
    DEADLINE_MS = 4000, /* of the pool, which has more patience */
    MOST_TRIES = 2,
    /* Of a start: the pool tries it again in time. */
    START_MS = 220,
    STARTS_MS = 4000,
    LOOK_MS = 50, /* how often it is looked at */
    /* An engine that is apart loads a model, and makes a sentence as a whole. */
    APART_START_MS = 2000,
    APART_STALL_MS = 1500,
    APART_MOST_FAILURES = 3, /* in a row: then it is given up for a while */
    APART_REST_MS = 60000,
    MS_PER_SECOND = 1000,
};

/* A text that is said, as an article. */
struct saying {
    struct article a; /* first: the feeder hands it back */
    struct said_text text;
    struct reading_options options;
    struct normalizer *normalizer;
};

/* An engine with the voice that it speaks with. */
struct tongue {
    struct voice voice; /* no name: there is none yet */
    struct feeder feeder;
    bool open;        /* the feeder is */
    struct buf given; /* the engine's name of the voice that the pool has */
    /* Of one that is apart: */
    uint32_t failures; /* in a row */
    int64_t failed_ns; /* the last of them */
    bool late;         /* it takes long to start: nobody waits for it */
};

struct docbao_speaker {
    struct docbao *d;
    struct tongue own, apart; /* the voice of the options, and one that is apart */
    struct tongue *tongue;    /* that speaks */
    struct lexicon *lexicon;
    int rate, pitch, range, quieter; /* as in struct docbao_utterance, of what is being said */
    struct synth_settings settings;  /* of that, for the engine */
    const char *foreign_voice;       /* of what is being said; NULL: it is Vietnamese */
    struct saying *next;             /* not given to the feeder yet */
    struct saying *now;              /* what is being said; NULL: nothing */
    bool moving;                     /* `now` is taken from a feeder and outlives that */
    bool lost;                       /* the rest of what was being said */
    int64_t news_ns;                 /* when the engine gave something, or was asked first */
    uint32_t tries;                  /* that failed without news between them */
    /* The clip that is being given to the caller. */
    struct clip *clip;
    const int16_t *pcm; /* sound of it that is left */
    uint32_t pcm_frames;
    uint32_t frames;     /* of it that were given, or passed over */
    size_t words;        /* of its times that were given */
    uint32_t skip;       /* frames of it that were given before the engine was started anew */
    uint32_t last_token; /* that a word was given for */
    uint32_t pause;      /* frames of silence that are due before the next sentence */
};

static const struct synth_engine *engine_of(const struct tongue *t)
{
    return synth_engine_named(sv_of(t->voice.engine));
}

/* ---- texts as articles ---- */

static void free_saying(struct saying *saying)
{
    if (!saying)
        return;
    normalizer_free(saying->normalizer);
    said_text_free(&saying->text);
    article_free(&saying->a);
    free(saying);
}

/* Screen readers go from one short text to the next: pauses are half of those of an article. They
 * shrink with the speed by the rule of all (feeder_pause_ms). */
static void set_pauses(struct reading_options *options, const struct voice *v)
{
    options->sentence_pause_ms = (uint16_t)(v->sentence_pause_ms / 2);
    options->block_pause_ms = (uint16_t)(v->block_pause_ms / 2);
    options->title_pause_ms = options->block_pause_ms;
}

static struct saying *new_saying(struct docbao_speaker *s, const struct docbao_utterance *u)
{
    struct saying *saying = mem_zalloc(sizeof *saying);
    const struct voice *v = &s->tongue->voice;
    saying->options = (struct reading_options){
        .dialect = v->dialect,
        .codes = s->d->options.codes,
        .letters = s->d->options.letters,
        .scripts = DOCBAO_SCRIPTS_NAME,
        .everything = true,
        .plain = true,
        .lexicon = lexicon_is_empty(s->lexicon) ? NULL : s->lexicon,
    };
    set_pauses(&saying->options, v);
    if (s->foreign_voice)
        said_text_as_it_is(&saying->text, u);
    else
        said_text_make(&saying->text, u, s->d->rules, &saying->options);
    struct err ignored = ERR_INIT;
    article_from_text(&saying->a, "", buf_sv(&saying->text.prepared), s->d->rules, &ignored);
    err_free(&ignored);
    if (s->foreign_voice)
        foreign_text_read(&saying->a, &saying->options);
    else
        saying->normalizer = normalizer_new(&saying->a, s->d->rules, &saying->options);
    return saying;
}

/* ---- the source of the feeder ---- */

static bool next_saying(void *user, struct article *a, int step, struct article **out)
{
    struct docbao_speaker *s = user;
    (void)a;
    (void)step;
    *out = s->next ? &s->next->a : NULL;
    s->next = NULL;
    return *out != NULL; /* false: there may be one later */
}

static bool read_saying(void *user, struct article *a)
{
    const struct docbao_speaker *s = user;
    return s->now && a == &s->now->a && s->now->normalizer && normalizer_read(s->now->normalizer);
}

static void done_saying(void *user, struct article *a)
{
    const struct docbao_speaker *s = user;
    struct saying *saying = (struct saying *)a;
    if (!s->moving || saying != s->now)
        free_saying(saying);
}

/* ---- starting ---- */

static void begin_feeder(struct docbao_speaker *s, struct tongue *t)
{
    const struct feeder_source source = {
        .neighbour = next_saying, .more = read_saying, .done = done_saying, .user = s};
    feeder_begin(&t->feeder, s->d->rules, &source);
}

static enum status open_tongue(struct docbao_speaker *s, struct tongue *t)
{
    const struct synth_settings settings = voice_settings(&t->voice, 100);
    const struct synth_engine *engine = engine_of(t);
    const struct feeder_options options = {
        .engine = engine,
        .settings = &settings,
        .jobs = engine->apart ? 1 : 2,
        .spare = true,
        .deadline_ms = DEADLINE_MS,
        .start_ms = engine->apart ? 0 : START_MS,
    };
    t->feeder = (struct feeder){0};
    enum status status = feeder_open(&t->feeder, &options, &s->d->err);
    t->open = !status;
    t->late = false;
    buf_clear(&t->given);
    buf_adds(&t->given, settings.voice);
    if (!status)
        begin_feeder(s, t);
    else
        feeder_close(&t->feeder);
    return status;
}

/* Drops the clip that is being given. */
static void drop_clip(struct docbao_speaker *s)
{
    s->clip = NULL;
    s->pcm_frames = 0;
}

static void close_tongue(struct docbao_speaker *s, struct tongue *t)
{
    if (t->open)
        feeder_close(&t->feeder);
    t->open = false;
    if (t == s->tongue)
        drop_clip(s);
}

/* Errors: the engine cannot start. */
static enum status await_start(struct docbao_speaker *s)
{
    enum status status = open_tongue(s, &s->own);
    if (!status)
        status = feeder_await_rate(&s->own.feeder, &s->d->err);
    if (status)
        close_tongue(s, &s->own);
    return status;
}

static enum status start(struct docbao_speaker *s)
{
    struct docbao *d = s->d;
    enum status status = api_need_rules(d);
    if (!status && d->options.lexicon)
        status = lexicon_load(s->lexicon, d->options.lexicon, &d->err);
    if (!status)
        status = api_need_voice(d);
    if (status)
        return status;
    voice_copy(&s->own.voice, &d->voice);
    status = await_start(s);
    return status == STATUS_INPUT ? await_start(s) : status; /* a process did not answer */
}

enum docbao_status docbao_speaker_open(struct docbao *d, struct docbao_speaker **out)
{
    struct docbao_speaker *s = mem_zalloc(sizeof *s);
    s->d = d;
    s->lexicon = lexicon_new();
    s->own.given = s->apart.given = BUF_INIT;
    s->tongue = &s->own;
    enum status status = start(s);
    *out = status ? NULL : s;
    if (status)
        docbao_speaker_close(s);
    return api_result(d, status);
}

static void free_tongue(struct docbao_speaker *s, struct tongue *t)
{
    close_tongue(s, t);
    voice_free(&t->voice);
    buf_free(&t->given);
}

void docbao_speaker_close(struct docbao_speaker *s)
{
    if (!s)
        return;
    free_tongue(s, &s->own);
    free_tongue(s, &s->apart);
    free_saying(s->next);
    lexicon_free(s->lexicon);
    free(s);
}

uint32_t docbao_speaker_rate(const struct docbao_speaker *s)
{
    return s->tongue->feeder.rate;
}

/* ---- what is said ---- */

/* From `own` towards the least or the most, by -100 to 100 percent of the way. */
static uint32_t between(uint32_t least, uint32_t own, uint32_t most, int percent)
{
    int64_t part = percent < -100 ? -100 : percent > 100 ? 100 : percent;
    int64_t way = part < 0 ? (int64_t)own - least : (int64_t)most - own;
    return (uint32_t)(own + way * part / 100);
}

/* Upwards, the first half of the way is about what it is to 250 percent, at which most listeners
 * stop; then it bends up to the fastest. */
static uint32_t rate_between(const struct voice *v, uint32_t least, int percent)
{
    int64_t part = percent > 100 ? 100 : percent;
    uint32_t most = voice_fastest(v), usual = v->rate * 5 / 2;
    if (part <= 0)
        return between(least, v->rate, v->rate, percent);
    usual = usual < most ? usual : most;
    int64_t more = (int64_t)(most - usual) * part * part * part / 1000000;
    return between(least, v->rate, usual, percent) + (uint32_t)more;
}

/* Sets the settings for what is being said. */
static void set_settings(struct docbao_speaker *s)
{
    enum { PITCH_MOST = 99, FOREIGN_VOLUME = 65 };
    const struct voice *v = &s->tongue->voice;
    struct synth_settings own = voice_settings(v, 100);
    own.rate = rate_between(v, engine_of(s->tongue)->rate_min, s->rate);
    own.pause_percent = voice_pause_percent(100 * own.rate / v->rate);
    own.pitch = between(0, own.pitch, PITCH_MOST, s->pitch);
    own.range = between(0, own.range, PITCH_MOST, s->range);
    if (s->foreign_voice) {
        /* As loud as ours, and as they are meant to be. */
        own.voice = s->foreign_voice;
        own.volume = FOREIGN_VOLUME;
        own.pitch = between(0, PITCH_MOST / 2, PITCH_MOST, s->pitch);
        own.range = between(0, PITCH_MOST / 2, PITCH_MOST, s->range);
    }
    own.volume = between(0, own.volume, own.volume, s->quieter > 0 ? -s->quieter : 0);
    s->settings = own;
}

/* Another voice takes another worker; all else is told with each sentence. */
static void give_settings(struct docbao_speaker *s)
{
    struct tongue *t = s->tongue;
    const struct synth_engine *engine = engine_of(t);
    if (engine->apart || !engine->tune) {
        feeder_adjust(&t->feeder, &s->settings);
        return;
    }
    if (!sv_is(buf_sv(&t->given), s->settings.voice)) {
        struct synth_settings usual = voice_settings(&t->voice, 100);
        usual.voice = s->settings.voice;
        feeder_adjust(&t->feeder, &usual);
        buf_clear(&t->given);
        buf_adds(&t->given, s->settings.voice);
    }
    feeder_tune(&t->feeder, &s->settings);
}

/* ---- whose voice ---- */

static bool has_voice(const struct tongue *t, const char *name)
{
    return t->voice.name && strcmp(t->voice.name, name) == 0;
}

static void set_voice(struct tongue *t, struct voice *voice)
{
    voice_free(&t->voice);
    t->voice = *voice;
}

/* Has one of the two take this voice. */
static enum status place_voice(struct docbao_speaker *s, struct voice *voice, struct tongue **out)
{
    bool apart = synth_engine_named(sv_of(voice->engine))->apart;
    *out = &s->own;
    if (!voice_is_alike(voice, &s->own.voice)) {
        if (!apart)
            return err_set(&s->d->err, STATUS_USAGE,
                           "The voice “%s” needs another engine; start again with --voice %s.",
                           voice->name, voice->name);
        *out = &s->apart;
        if (!s->apart.voice.name || !voice_is_alike(voice, &s->apart.voice)) {
            close_tongue(s, &s->apart);
            s->apart.failures = 0;
        }
    }
    set_voice(*out, voice);
    return STATUS_OK;
}

/* The one that has this voice, which it may be given now. */
static enum status find_tongue(struct docbao_speaker *s, const char *name, struct tongue **out)
{
    const struct docbao_options *o = &s->d->options;
    const char *wanted = name ? name : o->voice ? o->voice : api_default_voice;
    struct voice voice;
    *out = has_voice(&s->apart, wanted) ? &s->apart : &s->own;
    if (has_voice(*out, wanted))
        return STATUS_OK;
    enum status status = voice_find(&voice, sv_of(wanted), o->voices_folder, &s->d->err);
    if (status)
        return status;
    status = place_voice(s, &voice, out);
    if (status)
        voice_free(&voice);
    return status;
}

static bool is_given_up(const struct tongue *t)
{
    return t->failures >= APART_MOST_FAILURES &&
           clock_now_ns() - t->failed_ns < (int64_t)APART_REST_MS * CLOCK_NS_PER_MS;
}

/* Chooses who speaks, and sees that it can. */
static enum status choose_tongue(struct docbao_speaker *s, const struct docbao_utterance *u)
{
    s->foreign_voice = voice_for_language(engine_of(&s->own), u->language);
    s->tongue = &s->own;
    if (!s->foreign_voice) {
        enum status status = find_tongue(s, u->voice, &s->tongue);
        if (status)
            return status;
    }
    if (is_given_up(s->tongue) || (!s->tongue->open && open_tongue(s, s->tongue)))
        s->tongue = &s->own;
    return s->tongue->open ? STATUS_OK : open_tongue(s, s->tongue);
}

void docbao_speaker_prepare(struct docbao_speaker *s, const char *voice)
{
    struct tongue *t;
    if (!s->now && !find_tongue(s, voice, &t) && !t->open && !is_given_up(t))
        open_tongue(s, t);
}

/* ---- saying ---- */

void docbao_speaker_stop(struct docbao_speaker *s)
{
    struct feeder *f = &s->tongue->feeder;
    free_saying(s->next);
    s->next = NULL;
    if (s->tongue->open && s->now && f->article) {
        /* Goes on after its end: nothing of it is left. */
        struct article *a = f->article;
        s->now = NULL;
        feeder_seek(f, a, (uint32_t)a->sentences.n);
    }
    s->now = NULL;
    s->pause = 0;
    drop_clip(s);
}

enum docbao_status docbao_speaker_say(struct docbao_speaker *s, const struct docbao_utterance *u)
{
    docbao_speaker_stop(s);
    enum status status = choose_tongue(s, u);
    if (status)
        return api_result(s->d, status);
    s->rate = u->rate;
    s->pitch = u->pitch;
    s->range = u->range;
    s->quieter = u->quieter;
    set_settings(s);
    give_settings(s);
    s->now = s->next = new_saying(s, u);
    s->tries = 0;
    s->skip = 0;
    s->lost = false;
    s->last_token = DOCBAO_NO_TOKEN;
    s->news_ns = clock_now_ns();
    feeder_feed(&s->tongue->feeder);
    feeder_release(&s->tongue->feeder, (struct feeder_held){{NULL}}, 0);
    return api_result(s->d, STATUS_OK);
}

/* ---- the engine starts anew ---- */

static bool is_ready(const struct docbao_speaker *s)
{
    return s->tongue->open && pool_is_ready(s->tongue->feeder.pool);
}

/* The sentence that is being said, or comes next. */
static uint32_t present_sentence(const struct docbao_speaker *s)
{
    const struct feeder *f = &s->tongue->feeder;
    return s->clip ? s->clip->sentence : f->clips.n ? f->clips.at[0]->sentence : 0;
}

/* Starts another engine, and goes on with what was not given yet. */
static void revive(struct docbao_speaker *s)
{
    struct saying *now = s->now;
    struct tongue *t = s->tongue;
    uint32_t sentence = present_sentence(s), rate = t->feeder.rate;
    uint32_t skip = s->clip ? s->frames : 0;
    size_t words = s->clip ? s->words : 0;
    bool given = !s->next; /* to the feeder */
    s->moving = true;
    t->feeder.source.more = NULL; /* nothing is forgotten of what will be said again */
    close_tongue(s, t);
    s->moving = false;
    s->news_ns = clock_now_ns();
    if (++s->tries > MOST_TRIES || open_tongue(s, t)) {
        s->now = NULL;
        s->lost = true;
        if (given)
            free_saying(now);
        return;
    }
    t->feeder.rate = rate;
    give_settings(s);
    if (given)
        feeder_seek(&t->feeder, &now->a, sentence);
    s->skip = skip;
    s->words = words;
}

/* Takes what is being said from an engine that goes on with its start. */
static void take_back(struct docbao_speaker *s)
{
    struct feeder *f = &s->tongue->feeder;
    s->moving = true;
    f->source.more = NULL; /* nothing is forgotten */
    pool_cancel(f->pool);
    feeder_abandon(f);
    s->moving = false;
    begin_feeder(s, s->tongue);
    drop_clip(s);
    s->apart.late = true;
}

/* Another process is there for the next text. */
static void start_apart_anew(struct docbao_speaker *s, bool dead)
{
    struct tongue *t = &s->apart;
    t->failures = dead ? APART_MOST_FAILURES : t->failures + 1;
    t->failed_ns = clock_now_ns();
    s->moving = true;
    t->feeder.source.more = NULL;
    close_tongue(s, t);
    s->moving = false;
    if (!is_given_up(t))
        open_tongue(s, t);
}

/* The voice of the options goes on with the sentence: one that is apart has failed, or takes too
 * long to start. */
static void fall_back(struct docbao_speaker *s, bool dead)
{
    uint32_t sentence = present_sentence(s);
    struct saying *now = s->now;
    bool given = !s->next;
    if (dead || is_ready(s))
        start_apart_anew(s, dead);
    else
        take_back(s);
    s->tongue = &s->own;
    if (!s->own.open && open_tongue(s, &s->own)) {
        s->now = NULL;
        s->lost = true;
        if (given)
            free_saying(now);
        return;
    }
    set_settings(s);
    give_settings(s);
    if (given)
        feeder_seek(&s->own.feeder, &now->a, sentence);
    s->news_ns = clock_now_ns();
    s->pause = s->skip = 0;
    s->words = 0;
}

static int64_t patience_ns(const struct docbao_speaker *s)
{
    const struct tongue *t = s->tongue;
    int64_t ms = is_ready(s) ? (s->tries ? STALL_AGAIN_MS : STALL_MS) : STARTS_MS;
    if (t == &s->apart)
        ms = is_ready(s) ? APART_STALL_MS : t->late ? 0 : APART_START_MS;
    else if (engine_of(t)->apart) /* there is no other, and it bounds its own waits */
        ms += (int64_t)engine_of(t)->start_ms + DEADLINE_MS;
    return ms * CLOCK_NS_PER_MS;
}

static bool is_stalled(const struct docbao_speaker *s)
{
    return s->now && clock_now_ns() - s->news_ns >= patience_ns(s);
}

/* ---- to the caller ---- */

static struct docbao_spoken nothing(void)
{
    return (struct docbao_spoken){.kind = DOCBAO_SPOKEN_NOTHING};
}

static struct docbao_spoken sound(const int16_t *pcm, uint32_t frames)
{
    return (struct docbao_spoken){.kind = DOCBAO_SPOKEN_SOUND, .pcm = pcm, .frames = frames};
}

/* The next word of the clip, if it begins at or before the frame that comes next. */
static bool take_word(struct docbao_speaker *s, struct docbao_spoken *out)
{
    while (s->words < s->clip->times.n) {
        const struct word_time *time = &s->clip->times.at[s->words];
        if (time->frame > s->frames && s->pcm_frames)
            return false;
        if (time->frame > s->frames && !s->clip->complete)
            return false;
        s->words++;
        if (time->token == DOCBAO_NO_TOKEN || time->token == s->last_token)
            continue;
        s->last_token = time->token;
        struct span text = article_token(s->clip->article, time->token)->text;
        struct span prepared = article_source_span(s->clip->article, text);
        *out = (struct docbao_spoken){.kind = DOCBAO_SPOKEN_WORD,
                                      .span = said_text_span(&s->now->text, prepared)};
        return true;
    }
    return false;
}

/* The frames before the next word. */
static uint32_t frames_to_word(const struct docbao_speaker *s)
{
    if (s->words >= s->clip->times.n)
        return s->pcm_frames;
    uint32_t to_word = s->clip->times.at[s->words].frame - s->frames;
    return to_word < s->pcm_frames ? to_word : s->pcm_frames;
}

/* What is left of the last event. */
static bool take_rest(struct docbao_speaker *s, struct docbao_spoken *out)
{
    if (!s->clip)
        return false;
    if (s->pause && (s->pcm_frames || s->words < s->clip->times.n)) {
        *out = sound(NULL, s->pause);
        s->pause = 0;
        return true;
    }
    if (take_word(s, out))
        return true;
    uint32_t frames = s->pcm_frames ? frames_to_word(s) : 0;
    if (!frames)
        return false;
    *out = sound(s->pcm, frames);
    s->pcm += frames;
    s->pcm_frames -= frames;
    s->frames += frames;
    return true;
}

static void begin_clip(struct docbao_speaker *s, struct clip *clip)
{
    if (s->clip == clip)
        return;
    s->clip = clip;
    s->frames = 0;
    if (!s->skip)
        s->words = 0;
}

static void end_clip(struct docbao_speaker *s)
{
    struct feeder *f = &s->tongue->feeder;
    s->pause = feeder_pause_ms(f, s->clip, false) * f->rate / MS_PER_SECOND;
    s->skip = 0;
    s->clip = NULL;
    s->tongue->failures = 0;
    feeder_drop(f, 1);
}

/* Passes over what was given before the engine was started anew. */
static void take_sound(struct docbao_speaker *s, const struct feeder_event *event)
{
    uint32_t left = s->skip > s->frames ? s->skip - s->frames : 0;
    uint32_t skip = left < event->frames ? left : event->frames;
    s->pcm = event->pcm + skip;
    s->pcm_frames = event->frames - skip;
    s->frames += skip;
}

/* What is to be done when an engine has failed. `dead`: it can do nothing more. */
static void recover(struct docbao_speaker *s, bool dead)
{
    if (s->tongue == &s->apart)
        fall_back(s, dead);
    else
        revive(s);
}

/* False: there is nothing more at present. */
static bool take_event(struct docbao_speaker *s)
{
    struct feeder_event event;
    struct feeder *f = &s->tongue->feeder;
    feeder_feed(f);
    enum status status = feeder_next(f, 0, &event, &s->d->err);
    bool sounds = !status && (event.kind == FEEDER_WORD || event.kind == FEEDER_AUDIO);
    if (sounds && !f->rate)
        status = feeder_await_rate(f, &s->d->err); /* the engine has told it already */
    if (status) {
        recover(s, true);
        return true;
    }
    if (event.kind == FEEDER_NOTHING)
        return false;
    begin_clip(s, event.clip);
    s->news_ns = clock_now_ns();
    if (event.kind == FEEDER_AUDIO)
        take_sound(s, &event);
    if (event.kind == FEEDER_LOST && (s->tongue == &s->apart || !s->tries))
        recover(s, false);
    return true;
}

static bool is_done(const struct docbao_speaker *s)
{
    const struct feeder *f = &s->tongue->feeder;
    return !s->now || (s->tongue->open && !s->next && f->waiting && !f->clips.n);
}

struct docbao_spoken docbao_speaker_next(struct docbao_speaker *s)
{
    struct docbao_spoken out = nothing();
    if (!s->now)
        return out;
    for (;;) {
        if (take_rest(s, &out))
            return out;
        if (s->clip && s->clip->complete)
            end_clip(s);
        else if (is_done(s))
            break;
        else if (!take_event(s)) {
            if (is_done(s))
                break;
            if (!is_stalled(s))
                return out;
            recover(s, false);
        }
    }
    s->now = NULL;
    s->pause = 0;
    out.kind = s->lost ? DOCBAO_SPOKEN_LOST : DOCBAO_SPOKEN_END;
    return out;
}

uint32_t docbao_speaker_descriptors(struct docbao_speaker *s, struct pollfd *fds, int *timeout_ms)
{
    if (!s->tongue->open)
        return 0;
    if (s->now) {
        int64_t left = patience_ns(s) - (clock_now_ns() - s->news_ns);
        int64_t ms = left < 0 ? 0 : left / CLOCK_NS_PER_MS + 1;
        if (ms > LOOK_MS && !is_ready(s))
            ms = LOOK_MS;
        if (*timeout_ms < 0 || ms < *timeout_ms)
            *timeout_ms = (int)ms;
    }
    return feeder_descriptors(&s->tongue->feeder, fds);
}
