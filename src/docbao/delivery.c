#include "docbao/delivery.h"

#include "sink/file.h"

enum { BITS_PER_KBIT = 1000, STEREO = 2 };

static struct sink_tone tone_of(const struct docbao_tone *t)
{
    return (struct sink_tone){t->low_hz,     t->high_hz, t->lift_db,     t->lift_from_hz,
                              t->lift_to_hz, t->ratio,   t->threshold_db};
}

static const struct docbao_output *output_of(const struct docbao_speech *speech)
{
    static const struct docbao_output nothing;
    return speech->output ? speech->output : &nothing;
}

struct docbao_tags delivery_tags(const struct docbao_speech *speech)
{
    struct docbao_tags t = speech->tags;
    const struct docbao_tags *usual = &output_of(speech)->tags;
    t.author = t.author ? t.author : usual->author;
    t.comment = t.comment ? t.comment : usual->comment;
    t.cover = t.cover ? t.cover : usual->cover;
    t.none = t.none || usual->none;
    return t;
}

struct sink_delivery delivery_wanted(const struct docbao_speech *speech, struct sink_level *level)
{
    const struct docbao_output *o = output_of(speech);
    return (struct sink_delivery){
        .ending = o->format,
        .bitrate = o->bitrate * BITS_PER_KBIT,
        .variable = o->variable_bitrate,
        .rdxml = o->rdxml && !delivery_tags(speech).none,
        .copy = speech->sound,
        .copy_user = speech->user,
        .rate = o->sample_rate,
        .channels = o->channels,
        .tone = tone_of(&o->tone),
        .has_loudness = o->has_loudness,
        .has_peak = o->has_peak,
        .lufs = o->channels == STEREO ? o->loudness_stereo : o->loudness,
        .peak_dbtp = o->peak,
        .level = level,
    };
}

static bool changes_sound(const struct sink_delivery *d)
{
    return d->rate || d->channels > 1 || d->has_loudness || d->has_peak || d->tone.low_hz > 0 ||
           d->tone.high_hz > 0 || d->tone.lift_db > 0 || d->tone.ratio > 1;
}

const struct sink_driver *delivery_sink(const struct docbao_speech *speech,
                                        const struct sink_delivery *delivery)
{
    if (!speech->target)
        return &sink_null;
    return changes_sound(delivery) ? &sink_mastered : &sink_file;
}

void delivery_add_level(struct docbao_stats *stats, const struct sink_level *level)
{
    stats->levelled = level->known;
    stats->loudness = level->lufs;
    stats->peak = level->peak_dbtp;
    stats->gain_db = level->gain_db;
    stats->most_cut_db = level->most_cut_db;
}
