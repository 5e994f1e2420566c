/* Short texts at once, for screen readers. */
#include "docbao/internal.h"

#include "base/clock.h"
#include "docbao/foreign_text.h"
#include "docbao/said_text.h"
#include "session/feeder.h"
#include "text/lexicon.h"

enum {
    /* The engine is started anew when it has given nothing for so long. While it starts, and the
     * second time, it gets longer: the machine may only be busy, and then starting it again makes
     * that worse. */
    STALL_MS = 180,
    START_MS = 3000,
    STALL_AGAIN_MS = 2000,
    DEADLINE_MS = 4000, /* of the pool, which has more patience */
    MOST_TRIES = 1,
    MS_PER_SECOND = 1000,
};

/* A text that is said, as an article. */
struct saying {
    struct article a; /* first: the feeder hands it back */
    struct said_text text;
    struct reading_options options;
    struct normalizer *normalizer;
};

struct docbao_speaker {
    struct docbao *d;
    struct voice voice;
    struct lexicon *lexicon;
    struct feeder feeder;
    bool open;                      /* the feeder is */
    uint32_t rate;                  /* frames a second */
    struct synth_settings settings; /* of what is being said */
    const char *foreign_voice;      /* of what is being said; NULL: it is Vietnamese */
    struct saying *next;            /* not given to the feeder yet */
    struct saying *now;             /* what is being said; NULL: nothing */
    bool restarting;                /* `now` outlives the feeder */
    int64_t news_ns;                /* when the engine gave something, or was asked first */
    uint32_t tries;                 /* that failed without news between them */
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
    saying->options = (struct reading_options){
        .dialect = s->voice.dialect,
        .codes = s->d->options.codes,
        .letters = s->d->options.letters,
        .scripts = DOCBAO_SCRIPTS_NAME,
        .everything = true,
        .plain = true,
        .lexicon = lexicon_is_empty(s->lexicon) ? NULL : s->lexicon,
    };
    set_pauses(&saying->options, &s->voice);
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
    if (!s->restarting || saying != s->now)
        free_saying(saying);
}

/* ---- starting ---- */

static enum status open_feeder(struct docbao_speaker *s)
{
    const struct synth_settings settings = voice_settings(&s->voice, 100);
    const struct feeder_options options = {
        .engine = synth_engine_named(sv_of(s->voice.engine)),
        .settings = &settings,
        .jobs = 2,
        .spare = true,
        .deadline_ms = DEADLINE_MS,
    };
    const struct feeder_source source = {
        .neighbour = next_saying, .more = read_saying, .done = done_saying, .user = s};
    s->feeder = (struct feeder){0};
    enum status status = feeder_open(&s->feeder, &options, &s->d->err);
    s->open = !status;
    if (!status)
        feeder_begin(&s->feeder, s->d->rules, &source);
    else
        feeder_close(&s->feeder);
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
    voice_copy(&s->voice, &d->voice);
    s->settings = voice_settings(&s->voice, 100);
    status = open_feeder(s);
    if (!status)
        status = feeder_await_rate(&s->feeder, &d->err);
    s->rate = s->feeder.rate;
    return status;
}

enum docbao_status docbao_speaker_open(struct docbao *d, struct docbao_speaker **out)
{
    struct docbao_speaker *s = mem_zalloc(sizeof *s);
    s->d = d;
    s->lexicon = lexicon_new();
    enum status status = start(s);
    *out = status ? NULL : s;
    if (status)
        docbao_speaker_close(s);
    return api_result(d, status);
}

static void close_feeder(struct docbao_speaker *s)
{
    if (s->open)
        feeder_close(&s->feeder);
    s->open = false;
    s->clip = NULL;
    s->pcm_frames = 0;
}

void docbao_speaker_close(struct docbao_speaker *s)
{
    if (!s)
        return;
    close_feeder(s);
    free_saying(s->next);
    lexicon_free(s->lexicon);
    voice_free(&s->voice);
    free(s);
}

uint32_t docbao_speaker_rate(const struct docbao_speaker *s)
{
    return s->rate;
}

/* ---- other languages ---- */

struct language_search {
    struct sv wanted;
    const char *voice; /* the best so far, or NULL */
    bool exact;
};

static char plain_letter(char c)
{
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool same_language(struct sv a, struct sv b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (plain_letter(a.p[i]) != plain_letter(b.p[i]))
            return false;
    return true;
}

/* en of en-US. */
static struct sv without_country(struct sv language)
{
    for (size_t i = 0; i < language.n; i++)
        if (language.p[i] == '-' || language.p[i] == '_')
            return sv_sub(language, 0, i);
    return language;
}

static void compare_language(void *user, const char *language, const char *voice)
{
    struct language_search *s = user;
    struct sv own = sv_of(language);
    bool exact = same_language(own, s->wanted);
    bool near = same_language(without_country(own), without_country(s->wanted));
    if (s->exact || (!exact && (!near || s->voice)))
        return;
    s->voice = voice;
    s->exact = exact;
}

static const char *voice_for_language(const struct docbao_speaker *s, const char *language)
{
    const struct synth_engine *engine = synth_engine_named(sv_of(s->voice.engine));
    struct language_search search = {.wanted = sv_of(language)};
    if (language && engine->languages && engine->prepare_foreign)
        engine->languages(compare_language, &search);
    return search.voice;
}

struct language_list {
    void (*each)(void *user, const char *language);
    void *user;
};

static void list_language(void *user, const char *language, const char *voice)
{
    const struct language_list *list = user;
    (void)voice;
    list->each(list->user, language);
}

void docbao_languages(struct docbao *d, void (*each)(void *user, const char *language), void *user)
{
    struct language_list list = {each, user};
    if (api_need_voice(d))
        return;
    const struct synth_engine *engine = synth_engine_named(sv_of(d->voice.engine));
    if (engine->languages)
        engine->languages(list_language, &list);
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

static void set_settings(struct docbao_speaker *s, const struct docbao_utterance *u)
{
    enum { PITCH_MOST = 99, FOREIGN_VOLUME = 65 };
    const struct synth_engine *engine = synth_engine_named(sv_of(s->voice.engine));
    struct synth_settings own = voice_settings(&s->voice, 100);
    own.rate = rate_between(&s->voice, engine->rate_min, u->rate);
    own.pause_percent = voice_pause_percent(100 * own.rate / s->voice.rate);
    own.pitch = between(0, own.pitch, PITCH_MOST, u->pitch);
    own.range = between(0, own.range, PITCH_MOST, u->range);
    s->foreign_voice = voice_for_language(s, u->language);
    if (s->foreign_voice) {
        /* As loud as ours, and as they are meant to be. */
        own.voice = s->foreign_voice;
        own.volume = FOREIGN_VOLUME;
        own.pitch = between(0, PITCH_MOST / 2, PITCH_MOST, u->pitch);
        own.range = between(0, PITCH_MOST / 2, PITCH_MOST, u->range);
    }
    own.volume = between(0, own.volume, own.volume, u->quieter > 0 ? -u->quieter : 0);
    s->settings = own;
}

static enum status use_voice(struct docbao_speaker *s, const char *name)
{
    const struct docbao_options *o = &s->d->options;
    const char *wanted = name ? name : o->voice ? o->voice : api_default_voice;
    struct voice voice;
    if (strcmp(wanted, s->voice.name) == 0)
        return STATUS_OK;
    enum status status = voice_find(&voice, sv_of(wanted), o->voices_folder, &s->d->err);
    if (status)
        return status;
    if (!voice_is_alike(&voice, &s->voice)) {
        status = err_set(&s->d->err, STATUS_USAGE,
                         "The voice “%s” needs another engine; start again with --voice %s.",
                         wanted, wanted);
        voice_free(&voice);
        return status;
    }
    voice_free(&s->voice);
    s->voice = voice;
    return STATUS_OK;
}

void docbao_speaker_stop(struct docbao_speaker *s)
{
    struct feeder *f = &s->feeder;
    free_saying(s->next);
    s->next = NULL;
    if (s->open && s->now && f->article) {
        /* Goes on after its end: nothing of it is left. */
        struct article *a = f->article;
        s->now = NULL;
        feeder_seek(f, a, (uint32_t)a->sentences.n);
    }
    s->now = NULL;
    s->clip = NULL;
    s->pcm_frames = s->pause = 0;
}

enum docbao_status docbao_speaker_say(struct docbao_speaker *s, const struct docbao_utterance *u)
{
    docbao_speaker_stop(s);
    enum status status = use_voice(s, u->voice);
    if (!status && !s->open)
        status = open_feeder(s);
    if (status)
        return api_result(s->d, status);
    set_settings(s, u);
    feeder_adjust(&s->feeder, &s->settings);
    s->now = s->next = new_saying(s, u);
    s->tries = 0;
    s->skip = 0;
    s->last_token = DOCBAO_NO_TOKEN;
    s->news_ns = clock_now_ns();
    feeder_feed(&s->feeder);
    feeder_release(&s->feeder, (struct feeder_held){{NULL}}, 0);
    return api_result(s->d, STATUS_OK);
}

/* ---- the engine starts anew ---- */

/* Starts another engine, and goes on with what was not given yet. */
static void revive(struct docbao_speaker *s)
{
    struct saying *now = s->now;
    uint32_t sentence = s->clip ? s->clip->sentence : 0;
    uint32_t skip = s->clip ? s->frames : 0;
    size_t words = s->clip ? s->words : 0;
    if (!s->clip && s->feeder.clips.n)
        sentence = s->feeder.clips.at[0]->sentence;
    bool given = !s->next; /* to the feeder */
    s->restarting = true;
    s->feeder.source.more = NULL; /* nothing is forgotten of what will be said again */
    close_feeder(s);
    s->restarting = false;
    s->news_ns = clock_now_ns();
    if (++s->tries > MOST_TRIES || open_feeder(s)) {
        s->now = NULL;
        if (given)
            free_saying(now);
        return;
    }
    s->feeder.rate = s->rate;
    feeder_adjust(&s->feeder, &s->settings);
    if (given)
        feeder_seek(&s->feeder, &now->a, sentence);
    s->skip = skip;
    s->words = words;
}

static int64_t patience_ns(const struct docbao_speaker *s)
{
    bool ready = s->open && pool_is_ready(s->feeder.pool);
    const struct synth_engine *engine = synth_engine_named(sv_of(s->voice.engine));
    int64_t ms = !ready ? START_MS : s->tries ? STALL_AGAIN_MS : STALL_MS;
    if (engine->apart) /* it is slow to start, and bounds its own waits */
        ms += (int64_t)engine->start_ms + DEADLINE_MS;
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
    s->pause = feeder_pause_ms(&s->feeder, s->clip, false) * s->rate / MS_PER_SECOND;
    s->skip = 0;
    s->clip = NULL;
    feeder_drop(&s->feeder, 1);
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

/* False: there is nothing more at present. */
static bool take_event(struct docbao_speaker *s)
{
    struct feeder_event event;
    feeder_feed(&s->feeder);
    enum status status = feeder_next(&s->feeder, 0, &event, &s->d->err);
    if (status) {
        revive(s);
        return true;
    }
    if (event.kind == FEEDER_NOTHING)
        return false;
    begin_clip(s, event.clip);
    s->news_ns = clock_now_ns();
    if (event.kind == FEEDER_AUDIO)
        take_sound(s, &event);
    if (event.kind == FEEDER_LOST && !s->tries)
        revive(s);
    return true;
}

static bool is_done(const struct docbao_speaker *s)
{
    return !s->now || (s->open && !s->next && s->feeder.waiting && !s->feeder.clips.n);
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
            revive(s);
        }
    }
    s->now = NULL;
    s->pause = 0;
    out.kind = DOCBAO_SPOKEN_END;
    return out;
}

uint32_t docbao_speaker_descriptors(struct docbao_speaker *s, struct pollfd *fds, int *timeout_ms)
{
    if (!s->open)
        return 0;
    if (s->now) {
        int64_t left = patience_ns(s) - (clock_now_ns() - s->news_ns);
        int64_t ms = left < 0 ? 0 : left / CLOCK_NS_PER_MS + 1;
        if (*timeout_ms < 0 || ms < *timeout_ms)
            *timeout_ms = (int)ms;
    }
    return feeder_descriptors(&s->feeder, fds);
}
