/* Writes the sound of a bulletin, and what stands beside it. */
#include "docbao/bulletin.h"

#include <math.h>

#include "base/message.h"
#include "docbao/delivery.h"
#include "docbao/publication.h"
#include "docbao/tags.h"
#include "session/bed.h"
#include "session/sound.h"

enum { PIECE_FRAMES = 4096, MOST_CHANNELS = 2, US_PER_SECOND = 1000000 };

/* Below the speech. */
static const double usual_bed_db = -4, usual_duck_db = -16;

struct renderer {
    struct docbao_bulletin *b;
    struct fit fit;
    struct sound sound;
    struct captions *captions; /* or NULL */
    struct bed bed;
    double owed; /* a part of a frame that was rounded away */
    VEC(int16_t) pcm;
    uint32_t round;
    struct err *e;
};

/* ---- sound ---- */

static uint64_t now_us(const struct renderer *r)
{
    uint64_t frames = r->sound.frames, rate = r->sound.rate;
    return frames / rate * US_PER_SECOND + frames % rate * US_PER_SECOND / rate;
}

/* The frames of a stretch of silence. What is rounded off one is added to the next, so that the
 * end is where it should be. */
static uint64_t frames_of(struct renderer *r, double seconds)
{
    double exact = seconds * r->b->rate + r->owed;
    double whole = floor(exact > 0 ? exact : 0);
    r->owed = exact - whole;
    return (uint64_t)whole;
}

static enum status write_silence(struct renderer *r, uint64_t frames, struct bed_place place)
{
    int16_t pcm[PIECE_FRAMES * MOST_CHANNELS];
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? (uint32_t)frames : PIECE_FRAMES;
        memset(pcm, 0, piece * r->b->channels * sizeof *pcm);
        bed_mix(&r->bed, pcm, piece, place);
        enum status status = sound_write(&r->sound, pcm, piece, r->e);
        if (status)
            return status;
        frames -= piece;
        place.since = place.since == BED_NEVER ? BED_NEVER : place.since + piece;
        place.until = place.until == BED_NEVER ? BED_NEVER : place.until - piece;
        place.left = place.left == BED_NEVER ? BED_NEVER : place.left - piece;
    }
    return STATUS_OK;
}

/* All voices and sounds are of one loudness. */
static float voice_gain(const struct takes *t)
{
    static const double worth_it_lu = 0.5;
    double db = BULLETIN_LUFS - t->lufs;
    return t->has_lufs && fabs(db) > worth_it_lu ? (float)pow(10, db / 20) : 1;
}

static enum status write_speech(struct renderer *r, const struct takes *t, const int16_t *pcm,
                                uint32_t frames)
{
    static const struct bed_place spoken = {0, 0, BED_NEVER};
    enum { LOWEST = -32768, HIGHEST = 32767 };
    float gain = voice_gain(t);
    r->pcm.n = 0;
    vec_reserve(&r->pcm, ((size_t)frames + 1) * MOST_CHANNELS);
    for (uint32_t i = 0; i < frames; i++) {
        int16_t sample = (int16_t)lrintf(fmaxf(LOWEST, fminf(HIGHEST, (float)pcm[i] * gain)));
        for (uint32_t c = 0; c < r->b->channels; c++)
            r->pcm.at[r->pcm.n++] = sample;
    }
    bed_mix(&r->bed, r->pcm.at, frames, spoken);
    return sound_write(&r->sound, r->pcm.at, frames, r->e);
}

/* ---- sentences ---- */

static void add_words(struct renderer *r, const struct takes *t, const struct take *take,
                      uint64_t start_us)
{
    for (uint32_t i = 0; i < take->words; i++) {
        const struct word_time *w = &t->times.at[take->word0 + i];
        if (w->token != DOCBAO_NO_TOKEN)
            captions_word(r->captions, w->token,
                          start_us + (uint64_t)w->frame * US_PER_SECOND / t->rate);
    }
}

static enum status write_sentence(struct renderer *r, uint32_t index)
{
    const struct bulletin_sentence *s = &r->b->sentences.at[index];
    struct takes *t = &r->b->voices.at[s->voice].takes;
    const struct take *take = &t->takes.at[t->next];
    const int16_t *pcm;
    uint32_t frames;
    uint64_t start_us = now_us(r);
    enum status status = takes_next(t, &pcm, &frames, r->e);
    if (status)
        return status;
    if (r->captions)
        captions_begin(r->captions, &s->article->a, s->sentence, start_us);
    status = write_speech(r, t, pcm, frames);
    if (r->captions) {
        add_words(r, t, take, start_us);
        captions_end(r->captions, !take->lost, now_us(r));
    }
    return status;
}

/* A sentence that was spoken and then left out. */
static enum status pass_over(struct renderer *r, uint32_t index)
{
    const struct bulletin_sentence *s = &r->b->sentences.at[index];
    return s->recorded ? takes_next(&r->b->voices.at[s->voice].takes, NULL, NULL, r->e) : STATUS_OK;
}

static enum status write_sentences(struct renderer *r, const struct fit_part *part)
{
    enum status status = STATUS_OK;
    for (uint32_t i = part->first; i < part->first + part->sentences && !status; i++) {
        if (!fit_keeps(&r->fit, part, i)) {
            status = pass_over(r, i);
            continue;
        }
        status = write_sentence(r, i);
        uint64_t pause = frames_of(r, fit_pause_after(&r->fit, part, i) * r->b->pauses);
        if (!status && pause)
            status = write_silence(r, pause, (struct bed_place){1, pause, BED_NEVER});
    }
    return status;
}

/* ---- parts ---- */

static enum status write_recording(struct renderer *r, struct recording *recording, double db)
{
    enum { FULL_SCALE = 32768, HIGHEST = 32767 };
    float sound[PIECE_FRAMES * MOST_CHANNELS];
    int16_t pcm[PIECE_FRAMES * MOST_CHANNELS];
    uint32_t channels = r->b->channels;
    enum status status = STATUS_OK;
    recording_level(recording, BULLETIN_LUFS + db);
    recording_rewind(recording);
    for (size_t n; !status && (n = recording_read(recording, sound, PIECE_FRAMES, channels)) > 0;) {
        for (size_t i = 0; i < n * channels; i++)
            pcm[i] = (int16_t)lrintf(fmaxf(-FULL_SCALE, fminf(HIGHEST, sound[i] * FULL_SCALE)));
        status = sound_write(&r->sound, pcm, (uint32_t)n, r->e);
    }
    return status ? status : recording_status(recording, r->e);
}

/* The bed alone, before the speech and after it. */
static enum status write_bed(struct renderer *r, double seconds, bool before)
{
    uint64_t frames = frames_of(r, seconds);
    struct bed_place lead = {BED_NEVER, frames, BED_NEVER}, tail = {1, BED_NEVER, frames};
    return write_silence(r, frames, before ? lead : tail);
}

static enum status write_spoken(struct renderer *r, size_t index)
{
    const struct bulletin_part *own = &r->b->parts.at[index];
    const struct fit_part *part = &r->fit.parts[index];
    if (own->bed == BULLETIN_NO_SOUND)
        return write_sentences(r, part);
    struct recording *music = r->b->sounds.at[own->bed].recording;
    recording_level(music, BULLETIN_LUFS);
    bed_begin(&r->bed, music, r->b->rate, r->b->channels,
              recipe_number(own->recipe, RECIPE_KEY_bed_level, usual_bed_db),
              recipe_number(own->recipe, RECIPE_KEY_duck, usual_duck_db));
    enum status status = write_bed(r, BULLETIN_BED_BEFORE_S, true);
    if (!status)
        status = write_sentences(r, part);
    if (!status)
        status = write_bed(r, BULLETIN_BED_AFTER_S, false);
    r->bed.music = NULL;
    return status ? status : recording_status(music, r->e);
}

/* Whether the first that is said is the article's own title, which names the part. */
static bool reads_its_title(const struct renderer *r, size_t index)
{
    const struct fit_part *part = &r->fit.parts[index];
    const struct recipe_part *recipe = r->b->parts.at[index].recipe;
    bool article = recipe->section == RECIPE_article || recipe->section == RECIPE_articles;
    if (!article || !part->sentences || recipe_has(recipe, RECIPE_KEY_title))
        return false;
    const struct bulletin_sentence *first = &r->b->sentences.at[part->first];
    const struct block *block = &first->article->a.blocks.at[0];
    return block->kind == BLOCK_TITLE && first->sentence == block->sent0;
}

static enum status begin_part(struct renderer *r, size_t index)
{
    struct bulletin_part *own = &r->b->parts.at[index];
    if (r->captions && own->chapter)
        captions_part(r->captions, own->title, reads_its_title(r, index), now_us(r));
    struct sink_mark mark = {r->sound.frames, SINK_MARK_ARTICLE, sv_of(own->title)};
    if (r->round == 0)
        own->start = r->sound.frames;
    return own->chapter && !r->b->wish->tags.none ? sound_mark(&r->sound, &mark, r->e) : STATUS_OK;
}

static enum status pass_over_part(struct renderer *r, const struct fit_part *part)
{
    enum status status = STATUS_OK;
    for (uint32_t i = part->first; i < part->first + part->sentences && !status; i++)
        status = pass_over(r, i);
    return status;
}

static enum status write_part(struct renderer *r, size_t index)
{
    struct docbao_bulletin *b = r->b;
    struct bulletin_part *own = &b->parts.at[index];
    const struct fit_part *part = &r->fit.parts[index];
    enum status status = STATUS_OK;
    if (part->left_out)
        return pass_over_part(r, part);
    if (part->between > 0 && fit_has_between(&r->fit, index))
        status = write_recording(r, b->sounds.at[b->between].recording, 0);
    if (!status)
        status = begin_part(r, index);
    if (!status && own->sound != BULLETIN_NO_SOUND)
        status = write_recording(r, b->sounds.at[own->sound].recording,
                                 recipe_number(own->recipe, RECIPE_KEY_level, 0));
    else if (!status)
        status = write_spoken(r, index);
    if (r->round == 0)
        own->frames = r->sound.frames - own->start;
    return status;
}

static enum status write_gap(struct renderer *r, double seconds)
{
    return write_silence(r, frames_of(r, seconds),
                         (struct bed_place){BED_NEVER, BED_NEVER, BED_NEVER});
}

static enum status rewind_voices(struct renderer *r)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < r->b->voices.n && !status; i++)
        if (r->b->voices.at[i].percent)
            status = takes_rewind(&r->b->voices.at[i].takes, r->b->rate, r->e);
    return status;
}

static enum status check_stop(const struct renderer *r)
{
    const volatile sig_atomic_t *stop = r->b->d->options.stop;
    return stop && *stop ? err_set(r->e, STATUS_STOPPED, "Stopped.") : STATUS_OK;
}

static enum status write_round(struct renderer *r)
{
    size_t last = fit_last_part(&r->fit);
    enum status status = rewind_voices(r);
    for (size_t i = 0; i < r->fit.part_count && !status; i++) {
        status = write_part(r, i);
        if (!status && !r->fit.parts[i].left_out && i != last)
            status = write_gap(r, r->fit.parts[i].gap * r->b->pauses);
        if (!status)
            status = check_stop(r);
    }
    return status;
}

static enum status write_all(struct renderer *r)
{
    uint32_t repeat = (uint32_t)recipe_number(&r->b->recipe.whole, RECIPE_KEY_repeat, 1);
    enum status status = STATUS_OK;
    for (r->round = 0; r->round < repeat && !status; r->round++) {
        if (r->round)
            status = write_gap(r, bulletin_gap(r->b));
        if (!status)
            status = write_round(r);
    }
    return status;
}

/* ---- what the file says of itself ---- */

/* "Bản tin sáng, Thứ Hai, 30/11/2026". */
static void add_name(const struct docbao_bulletin *b, struct buf *out)
{
    const struct recipe_part *whole = &b->recipe.whole;
    struct err unused = ERR_INIT;
    buf_adds(out, recipe_text(whole, RECIPE_KEY_title,
                              recipe_text(whole, RECIPE_KEY_station, "Bản tin")));
    recipe_add_text(&b->recipe, whole, ", {weekday}, {date}", b->day, out, &unused);
    err_free(&unused);
}

static enum status set_tags(struct renderer *r, const struct sink_tags *given, struct sv name)
{
    const struct docbao_bulletin *b = r->b;
    const char *station = recipe_text(&b->recipe.whole, RECIPE_KEY_station, "");
    struct sink_tags tags = *given;
    if (b->wish->tags.none)
        return STATUS_OK;
    tags.title = tags.title.n ? tags.title : name;
    tags.author = tags.author.n ? tags.author : sv_of(station);
    tags.date = tags.date.n ? tags.date : sv_of(b->wish->date);
    tags.source = sv_of(station);
    tags.language = SV("vi");
    return sound_tags(&r->sound, &tags, r->e);
}

static enum status write_sheet(const struct renderer *r, const char *name)
{
    const struct docbao_bulletin *b = r->b;
    struct run_sheet sheet = {.title = name, .length = (double)r->sound.frames / r->sound.rate};
    if (!b->wish->run_sheet)
        return STATUS_OK;
    for (size_t i = 0; i < b->parts.n; i++) {
        const struct bulletin_part *part = &b->parts.at[i];
        if (!r->fit.parts[i].left_out)
            *vec_push(&sheet.rows) =
                (struct run_row){(double)part->start / r->sound.rate,
                                 (double)part->frames / r->sound.rate, part->title, part->reader};
    }
    enum status status = run_sheet_write(&sheet, b->wish->target, b->wish->run_sheet, r->e);
    run_sheet_free(&sheet);
    return status;
}

/* ---- the file ---- */

static enum status finish(struct renderer *r, const char *name)
{
    enum status status = r->captions ? captions_complete(r->captions, r->e) : STATUS_OK;
    if (!status)
        status = sound_finish(&r->sound, r->e);
    if (!status && r->captions)
        status = captions_commit(r->captions, r->e);
    return status ? status : write_sheet(r, name);
}

static enum status write_file(struct renderer *r, const struct sink_tags *tags, const char *name)
{
    enum status status = set_tags(r, tags, sv_of(name));
    if (!status)
        status = write_all(r);
    return status ? status : finish(r, name);
}

static void add_stats(const struct renderer *r, struct docbao_stats *stats)
{
    stats->first_block_ns = r->sound.first_ns;
    stats->frames = r->sound.frames;
    stats->rate = r->sound.rate;
    for (size_t i = 0; i < r->b->voices.n; i++) {
        const struct takes *t = &r->b->voices.at[i].takes;
        stats->sentences += (uint32_t)t->takes.n;
        stats->lost += t->lost;
        stats->cached += t->cached;
    }
}

static enum status render(struct renderer *r, const struct publication *p,
                          const struct docbao_speech *asked, const struct sink_tags *tags,
                          struct docbao_stats *stats)
{
    struct sink_level level = {0};
    const struct docbao_speech *speech = &p->speech;
    struct sink_delivery delivery = delivery_wanted(speech, &level);
    const struct sound_options options = {
        .sink = delivery_sink(speech, &delivery),
        .target = speech->target,
        .delivery = &delivery,
        .channels = r->b->channels,
        .stop = r->b->d->options.stop,
    };
    struct buf name = BUF_INIT;
    add_name(r->b, &name);
    const struct docbao_tags *given = &r->b->wish->tags;
    const char *station = recipe_text(&r->b->recipe.whole, RECIPE_KEY_station, NULL);
    const struct captions_whole whole = {given->title ? given->title : name.p,
                                         given->author ? given->author : station, r->b->wish->date};
    enum status status = publication_captions(p, asked, &whole, &r->captions, r->e);
    if (!status)
        status = sound_open(&r->sound, &options, r->b->rate, r->e);
    if (!status)
        status = write_file(r, tags, name.p);
    sound_close(&r->sound);
    add_stats(r, stats);
    delivery_add_level(stats, &level);
    captions_close(r->captions);
    buf_free(&name);
    return status;
}

enum status bulletin_render(struct docbao_bulletin *b, struct docbao_stats *stats)
{
    const struct docbao_bulletin_wish *w = b->wish;
    const struct docbao_speech speech = {
        .target = w->target, .output = w->output, .tags = w->tags, .captions = w->captions};
    struct renderer r = {.b = b, .fit = bulletin_fit(b), .e = &b->d->err};
    struct docbao_tags given = delivery_tags(&speech);
    struct sink_tags tags;
    struct buf cover = BUF_INIT;
    struct publication publication;
    enum status status = publication_open(&publication, &speech, &b->d->err);
    if (!status)
        status = tags_load(&given, &tags, &cover, &b->d->err);
    if (!status)
        status = render(&r, &publication, &speech, &tags, stats);
    publication_close(&publication);
    bed_end(&r.bed);
    vec_free(&r.pcm);
    buf_free(&cover);
    return status;
}
