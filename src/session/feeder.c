#include "session/feeder.h"

#include "base/message.h"
#include "rules/style.h"
#include "text/recall.h"

enum {
    LOST_SILENCE_MS = 300,
    /* Bytes of the cache that clips hold: while they are written, a sentence or two; while the pool
     * is waited for, what leads to the next sentences for it. */
    NEAR_BYTES = 512 << 10,
    FAR_BYTES = 8 << 20,
    MS_PER_SECOND = 1000,
};

/* The pool that was left for this feeder, or a new one. */
static enum status begin_pool(struct feeder *f, const struct feeder_options *options,
                              const struct pool_options *pool, struct err *e)
{
    f->kept = options->kept;
    if (!f->kept || !*f->kept)
        return pool_start(&f->pool, options->engine, options->settings, pool, e);
    f->pool = *f->kept;
    *f->kept = NULL;
    return STATUS_OK;
}

static void end_pool(struct feeder *f)
{
    if (f->kept && f->pool && pool_renew(f->pool))
        *f->kept = f->pool;
    else
        pool_stop(f->pool); /* NULL is allowed */
    f->pool = NULL;
}

enum status feeder_open(struct feeder *f, const struct feeder_options *options, struct err *e)
{
    struct pool_options pool = {
        .jobs = options->jobs,
        .deadline_ms = options->deadline_ms,
        .start_ms = options->start_ms,
        .batch = options->batch,
        .spare = options->spare,
        .identify = options->store != NULL,
    };
    f->text = BUF_INIT;
    f->settings = *options->settings;
    pool.on_demand =
        sentence_cache_open(&f->cache, options->store, options->engine, options->settings);
    enum status status = begin_pool(f, options, &pool, e);
    if (status)
        f->pool = NULL;
    else
        sentence_cache_begin(&f->cache, f->pool);
    return status;
}

void feeder_begin(struct feeder *f, const struct rules *rules, const struct feeder_source *source)
{
    f->rules = rules;
    f->source = *source;
    f->article = NULL;
    f->waiting = f->ended = false;
}

enum status feeder_await_rate(struct feeder *f, struct err *e)
{
    f->rate = f->cache.rate;
    return f->rate ? STATUS_OK : pool_rate(f->pool, &f->rate, e);
}

void feeder_adjust(struct feeder *f, const struct synth_settings *settings)
{
    f->settings = *settings;
    f->tuned = false;
    pool_adjust(f->pool, settings);
}

void feeder_tune(struct feeder *f, const struct synth_settings *settings)
{
    f->settings = *settings;
    f->tuned = true;
}

uint32_t feeder_pause_ms(const struct feeder *f, const struct clip *clip, bool ends_article)
{
    uint32_t pause_ms = clip_sentence(clip)->pause_ms;
    if (ends_article && f->settings.article_pause_ms > pause_ms)
        pause_ms = f->settings.article_pause_ms;
    return f->settings.pause_percent ? pause_ms * f->settings.pause_percent / 100 : pause_ms;
}

/* ---- articles ---- */

static struct fed_article *find_article(const struct feeder *f, const struct article *a)
{
    for (size_t i = f->articles.n; i--;)
        if (f->articles.at[i].article == a)
            return &f->articles.at[i];
    return NULL;
}

static void remove_article(struct feeder *f, size_t index)
{
    f->articles.n--;
    memmove(f->articles.at + index, f->articles.at + index + 1,
            (f->articles.n - index) * sizeof *f->articles.at);
}

/* Makes the article the one used last. */
static struct fed_article *use_article(struct feeder *f, struct article *a)
{
    struct fed_article used = {.article = a, .start = START_UNKNOWN};
    struct fed_article *found = find_article(f, a);
    if (found) {
        used = *found;
        remove_article(f, (size_t)(found - f->articles.at));
    }
    struct fed_article *last = vec_push(&f->articles);
    *last = used;
    return last;
}

bool feeder_neighbour(struct feeder *f, struct article *a, int step, struct article **out)
{
    *out = NULL;
    bool known = f->source.neighbour(f->source.user, a, step, out);
    if (known && *out)
        use_article(f, *out);
    return known;
}

void feeder_heard(struct feeder *f, const struct article *a)
{
    struct fed_article *found = find_article(f, a);
    if (found)
        found->start = 0;
}

static uint32_t start_of(struct feeder *f, struct article *a)
{
    struct fed_article *fed = find_article(f, a);
    if (fed->start == START_UNKNOWN)
        fed->start = f->source.start ? f->source.start(f->source.user, a) : 0;
    return fed->start;
}

static bool is_needed(const struct feeder *f, const struct fed_article *fed,
                      struct feeder_held held)
{
    return fed->clips || fed->article == held.articles[0] || fed->article == held.articles[1] ||
           (fed->article == f->article && !f->ended);
}

void feeder_release(struct feeder *f, struct feeder_held held, size_t spare)
{
    if (!f->source.done)
        return;
    for (size_t i = f->articles.n; i--;) {
        struct article *a = f->articles.at[i].article;
        if (is_needed(f, &f->articles.at[i], held))
            continue;
        if (spare) {
            spare--;
            continue;
        }
        remove_article(f, i);
        f->source.done(f->source.user, a);
    }
}

/* ---- to the pool ---- */

/* Whether the article has that sentence. */
static bool has_sentence(const struct feeder *f, struct article *a, uint32_t sentence)
{
    while (sentence >= a->sentences.n)
        if (!f->source.more || !f->source.more(f->source.user, a))
            return false;
    return true;
}

/* Goes on to the next sentence of the article that is wanted. False: there is none. */
static bool next_sentence(struct feeder *f)
{
    if (f->source.wanted)
        f->sentence = f->source.wanted(f->source.user, f->article, f->sentence);
    return f->sentence != UINT32_MAX && has_sentence(f, f->article, f->sentence);
}

/* Goes to the next article with a sentence. False: there is none, or it is not known yet. */
static bool next_article(struct feeder *f)
{
    for (uint32_t empty = 0; !f->source.most_empty || empty < f->source.most_empty; empty++) {
        struct article *a;
        f->waiting = !feeder_neighbour(f, f->article, 1, &a);
        if (f->waiting)
            return false;
        if (!a)
            break;
        f->article = a;
        f->sentence = start_of(f, a);
        if (next_sentence(f))
            return true;
    }
    f->ended = true;
    pool_finish(f->pool);
    return false;
}

/* The words that the engine is given for the clip, in f->text. */
static void prepare_text(struct feeder *f, struct clip *clip)
{
    const struct sentence *sentence = clip_sentence(clip);
    const struct article *a = clip->article;
    recall_sentence(a, clip->sentence);
    reading_sentence_words(a, sentence, &clip->first_word);
    engine_words_of(a, sentence, &f->words);
    buf_clear(&f->text);
    vec_reserve(&clip->positions, f->words.n);
    clip->positions.n = f->words.n;
    const struct synth_engine *engine = pool_engine(f->pool);
    if (a->foreign)
        engine->prepare_foreign(f->words.at, f->words.n, &f->text, clip->positions.at);
    else
        engine->prepare(f->rules, (enum dialect)a->dialect, f->words.at, f->words.n, &f->text,
                        clip->positions.at);
}

static uint32_t add_points(uint32_t own, int32_t more)
{
    enum { MOST = 99 };
    int64_t sum = (int64_t)own + more;
    return sum < 0 ? 0 : sum > MOST ? MOST : (uint32_t)sum;
}

/* Sets the settings of the clip's sentence; false: they are those of all. */
static bool tune(const struct feeder *f, const struct clip *clip, struct synth_settings *tuned)
{
    const struct synth_engine *engine = pool_engine(f->pool);
    const struct style_figures s = style_figures(f->rules, clip_sentence(clip)->style);
    if (!engine->tune || (!f->tuned && s.rate == 100 && !s.pitch && !s.range))
        return false;
    uint32_t rate = (f->settings.rate * (uint32_t)s.rate + 50) / 100;
    *tuned = f->settings;
    tuned->rate = rate < engine->rate_min   ? engine->rate_min
                  : rate > engine->rate_max ? engine->rate_max
                                            : rate;
    tuned->pitch = add_points(tuned->pitch, s.pitch);
    tuned->range = add_points(tuned->range, s.range);
    return true;
}

static void feed_sentence(struct feeder *f)
{
    struct synth_settings tuned;
    struct clip *clip = clip_new(f->article, f->sentence++, f->next_id++);
    prepare_text(f, clip);
    *vec_push(&f->clips) = clip;
    use_article(f, f->article)->clips++;
    const struct synth_settings *own = tune(f, clip, &tuned) ? &tuned : NULL;
    if (sentence_cache_find(&f->cache, own, buf_sv(&f->text), &clip->kept, &clip->key))
        f->held += clip->kept.file.n;
    else if (own)
        pool_add_tuned(f->pool, clip->id, buf_sv(&f->text), own);
    else
        pool_add(f->pool, clip->id, buf_sv(&f->text));
}

/* The clip whose sound comes next: the last begun one, or the next if that one is complete; NULL:
 * there is none. */
static struct clip *next_clip(const struct feeder *f)
{
    struct clip *last = f->begun ? f->clips.at[f->begun - 1] : NULL;
    if (last && !last->complete)
        return last;
    return f->begun < f->clips.n ? f->clips.at[f->begun] : NULL;
}

static bool is_kept(const struct clip *clip)
{
    return clip && clip->kept.frames;
}

static size_t most_held(const struct feeder *f)
{
    return is_kept(next_clip(f)) ? NEAR_BYTES : FAR_BYTES;
}

void feeder_feed(struct feeder *f)
{
    while (!f->ended && pool_wants(f->pool) && f->held < most_held(f)) {
        bool more = f->article && next_sentence(f);
        if (!more && !next_article(f))
            return;
        feed_sentence(f);
    }
}

void feeder_seek(struct feeder *f, struct article *a, uint32_t sentence)
{
    f->begun = f->clips.n;
    feeder_drop(f, f->clips.n);
    pool_cancel(f->pool);
    sentence_cache_drop(&f->cache);
    f->waiting = f->ended = false;
    f->article = a;
    f->sentence = sentence;
    use_article(f, a);
}

/* ---- from the pool ---- */

bool feeder_is_busy(const struct feeder *f)
{
    return f->clips.n && !f->clips.at[f->clips.n - 1]->complete;
}

bool feeder_is_done(const struct feeder *f)
{
    return f->ended && !feeder_is_busy(f);
}

/* The next clip, which then has begun. */
static struct clip *coming_clip(struct feeder *f)
{
    struct clip *clip = next_clip(f);
    if (f->begun < f->clips.n && f->clips.at[f->begun] == clip) {
        f->begun++;
        f->sentences++;
        f->cached += is_kept(clip);
    }
    return clip;
}

static void lose(struct feeder *f, struct clip *clip, const char *why)
{
    f->lost++;
    clip->complete = true;
    buf_adds(&clip->loss, *why ? why : _("without a reason"));
    article_note(clip->article, clip_sentence(clip)->text, NOTE_LOST,
                 "the engine could not speak this sentence (%s)", why);
}

static void translate_event(struct feeder *f, const struct pool_event *from,
                            struct feeder_event *event)
{
    struct clip *clip = event->clip = coming_clip(f);
    switch (from->kind) {
    case POOL_AUDIO:
        event->kind = FEEDER_AUDIO;
        event->pcm = from->pcm;
        event->frames = from->frames;
        sentence_cache_add_audio(&f->cache, from->pcm, from->frames);
        break;
    case POOL_WORD:
        event->kind = FEEDER_WORD;
        clip_add_word(clip, from->text_position, from->frame);
        sentence_cache_add_word(&f->cache, from->text_position, from->frame);
        break;
    case POOL_LOST:
        sentence_cache_drop(&f->cache);
        event->kind = FEEDER_LOST;
        event->frames = f->rate * LOST_SILENCE_MS / MS_PER_SECOND;
        lose(f, clip, from->why);
        break;
    default:
        event->kind = FEEDER_COMPLETE;
        clip->complete = true;
        sentence_cache_keep(&f->cache, buf_sv(&clip->key));
    }
}

/* The next event of a clip from the cache: all words and all sound, then the end. */
static void give_kept(struct feeder *f, struct feeder_event *event)
{
    struct clip *clip = event->clip = coming_clip(f);
    const struct kept_sound *kept = &clip->kept;
    event->kind = FEEDER_COMPLETE;
    clip->complete = clip->kept_given;
    if (clip->complete)
        return;
    for (uint32_t i = 0; i < kept->words; i++) {
        struct kept_word word = kept_word_at(kept, i);
        clip_add_word(clip, word.text_position, word.frame);
    }
    event->kind = FEEDER_AUDIO;
    event->pcm = kept->pcm;
    event->frames = kept->frames;
    clip->kept_given = true;
}

enum status feeder_next(struct feeder *f, int timeout_ms, struct feeder_event *event, struct err *e)
{
    struct pool_event from;
    bool got = false;
    *event = (struct feeder_event){.kind = FEEDER_NOTHING};
    if (is_kept(next_clip(f))) {
        give_kept(f, event);
        return STATUS_OK;
    }
    enum status status = pool_next(f->pool, timeout_ms, &from, &got, e);
    if (!status && got && from.kind != POOL_IDLE)
        translate_event(f, &from, event);
    return status;
}

uint32_t feeder_descriptors(struct feeder *f, struct pollfd *fds)
{
    return pool_descriptors(f->pool, fds);
}

void feeder_drop(struct feeder *f, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct clip *clip = f->clips.at[i];
        find_article(f, clip->article)->clips--;
        f->held -= clip->kept.file.n;
        sentence_cache_release(&f->cache, &f->clips.at[i]->kept);
        if (f->source.more)
            article_forget(clip->article, clip->sentence + 1);
        clip_free(f->clips.at[i]);
    }
    f->begun -= n;
    f->clips.n -= n;
    if (n && f->clips.n)
        memmove(f->clips.at, f->clips.at + n, f->clips.n * sizeof *f->clips.at);
}

void feeder_abandon(struct feeder *f)
{
    f->begun = f->clips.n;
    feeder_drop(f, f->clips.n);
    f->ended = true;
    feeder_release(f, (struct feeder_held){{NULL}}, 0);
}

void feeder_close(struct feeder *f)
{
    feeder_abandon(f);
    sentence_cache_free(&f->cache);
    end_pool(f);
    vec_free(&f->clips);
    vec_free(&f->articles);
    vec_free(&f->words);
    buf_free(&f->text);
}
