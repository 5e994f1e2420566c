/* The list of voices. */
#include "docbao/internal.h"

enum docbao_status docbao_voices(struct docbao *d, uint32_t *count)
{
    *count = 0;
    voice_list_free(&d->voices);
    enum status status = voice_list(&d->voices, d->options.voices_folder, &d->err);
    if (!status)
        *count = (uint32_t)d->voices.voices.n;
    return api_result(d, status);
}

struct docbao_voice docbao_voice_at(struct docbao *d, uint32_t index)
{
    const struct voice *v = &d->voices.voices.at[index];
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    buf_clear(&d->why);
    return (struct docbao_voice){
        .name = v->name,
        .description = v->description,
        .dialect = voice_dialect_name(v->dialect),
        .engine = v->engine,
        .works = engine->has_voice(v->engine_voice, &d->why),
        .why = d->why.p,
    };
}
