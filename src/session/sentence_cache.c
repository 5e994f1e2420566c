#include "session/sentence_cache.h"

/* A new number for each change of what is kept, and of what an engine's folder of src/synth makes
 * of a text (builds without build IDs have the same one for years). */
static const char version[] = "docbao sentence 2\n";

/* What is kept is the sound, then the words, then this. */
struct ending {
    uint32_t frames, words;
};

/* ---- opening ---- */

bool sentence_cache_open(struct sentence_cache *c, struct store *store,
                         const struct synth_engine *engine, const struct synth_settings *settings)
{
    *c = (struct sentence_cache){.store = store, .engine = engine};
    c->build = c->key = c->sound = c->voice = c->settings = BUF_INIT;
    buf_adds(&c->voice, settings->voice);
    buf_addf(&c->settings, "%s\n%s\n%u %u %u %u %u\n", engine->name, settings->voice,
             settings->rate, settings->pitch, settings->range, settings->volume,
             settings->own_rate);
    return store && engine_note_find(store, engine, c->voice.p, &c->build, &c->rate);
}

void sentence_cache_begin(struct sentence_cache *c, struct pool *pool)
{
    c->pool = pool;
}

void sentence_cache_free(struct sentence_cache *c)
{
    buf_free(&c->build);
    buf_free(&c->key);
    buf_free(&c->sound);
    buf_free(&c->voice);
    buf_free(&c->settings);
    vec_free(&c->words);
    for (size_t i = 0; i < c->spare.n; i++)
        buf_free(&c->spare.at[i]);
    vec_free(&c->spare);
}

/* ---- the key ---- */

/* Asks the engine, which has to be started for that. */
static void learn_build(struct sentence_cache *c)
{
    struct err e = ERR_INIT;
    uint32_t rate;
    buf_add_sv(&c->build, pool_build(c->pool));
    if (!pool_rate(c->pool, &rate, &e))
        engine_note_keep(c->store, c->engine, c->voice.p, buf_sv(&c->build), rate);
    err_free(&e);
}

/* No part holds a line end but the build, which is the last one before the text, and ends with an
 * empty line. */
static void begin_key(struct sentence_cache *c)
{
    if (!c->build.n)
        learn_build(c);
    buf_adds(&c->key, version);
    buf_add_sv(&c->key, buf_sv(&c->settings));
    buf_add_sv(&c->key, buf_sv(&c->build));
    buf_putc(&c->key, '\n');
    c->beginning = c->key.n;
}

/* Whether the engine runs that the key is for, as far as that is known without it. */
static bool is_usable(const struct sentence_cache *c)
{
    struct sv now;
    return c->build.n && (!pool_known_build(c->pool, &now) || sv_eq(now, buf_sv(&c->build)));
}

/* No text begins with a control character. */
static void make_key(struct sentence_cache *c, const struct synth_settings *tuned, struct sv text)
{
    buf_cut(&c->key, c->beginning);
    if (tuned)
        buf_addf(&c->key, "\001%u %u %u %u\n", tuned->rate, tuned->pitch, tuned->range,
                 tuned->volume);
    buf_add_sv(&c->key, text);
}

/* ---- finding ---- */

static bool parse_kept(struct kept_sound *k, struct sv value)
{
    struct ending end;
    if (value.n < sizeof end)
        return false;
    memcpy(&end, value.p + value.n - sizeof end, sizeof end);
    uint64_t sound = (uint64_t)end.frames * sizeof *k->pcm;
    uint64_t words = (uint64_t)end.words * sizeof(struct kept_word);
    if (!end.frames || sound + words + sizeof end != value.n)
        return false;
    k->pcm = (const int16_t *)(const void *)value.p;
    k->frames = end.frames;
    k->words = end.words;
    k->word_bytes = value.p + sound;
    return true;
}

struct kept_word kept_word_at(const struct kept_sound *k, uint32_t index)
{
    struct kept_word word;
    memcpy(&word, k->word_bytes + index * sizeof word, sizeof word);
    return word;
}

static bool are_ordered(const struct kept_sound *k)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < k->words; i++) {
        uint32_t frame = kept_word_at(k, i).frame;
        if (frame < last)
            return false;
        last = frame;
    }
    return true;
}

/* Memory that was used is there already; new memory is made page by page. */
static struct buf take_spare(struct sentence_cache *c)
{
    return c->spare.n ? c->spare.at[--c->spare.n] : BUF_INIT;
}

bool sentence_cache_find(struct sentence_cache *c, const struct synth_settings *tuned,
                         struct sv text, struct kept_sound *found, struct buf *key)
{
    struct sv value;
    if (!c->store || !text.n)
        return false;
    if (!c->beginning)
        begin_key(c);
    if (!is_usable(c))
        return false;
    make_key(c, tuned, text);
    found->file = take_spare(c);
    if (store_get(c->store, buf_sv(&c->key), &found->file, &value) && parse_kept(found, value) &&
        are_ordered(found))
        return true;
    sentence_cache_release(c, found);
    buf_add_sv(key, buf_sv(&c->key));
    return false;
}

void sentence_cache_release(struct sentence_cache *c, struct kept_sound *k)
{
    enum { MOST_SPARE = 8 };
    if (k->file.cap && c->spare.n < MOST_SPARE)
        *vec_push(&c->spare) = k->file;
    else
        buf_free(&k->file);
    *k = (struct kept_sound){.file = BUF_INIT};
}

/* ---- keeping ---- */

void sentence_cache_add_word(struct sentence_cache *c, uint32_t text_position, uint32_t frame)
{
    if (c->store)
        *vec_push(&c->words) = (struct kept_word){text_position, frame};
}

/* A sentence that is too long to be kept is not held whole. */
void sentence_cache_add_audio(struct sentence_cache *c, const int16_t *pcm, uint32_t frames)
{
    size_t bytes = frames * sizeof *pcm;
    if (c->store && c->sound.n <= store_most_pair(c->store))
        buf_add(&c->sound, pcm, bytes);
}

void sentence_cache_drop(struct sentence_cache *c)
{
    buf_clear(&c->sound);
    c->words.n = 0;
}

void sentence_cache_keep(struct sentence_cache *c, struct sv key)
{
    const struct ending end = {(uint32_t)(c->sound.n / sizeof(int16_t)), (uint32_t)c->words.n};
    if (key.n && c->sound.n && sv_eq(pool_build(c->pool), buf_sv(&c->build))) {
        buf_add(&c->sound, c->words.at, c->words.n * sizeof *c->words.at);
        buf_add(&c->sound, &end, sizeof end);
        store_put(c->store, key, buf_sv(&c->sound));
    }
    sentence_cache_drop(c);
}
