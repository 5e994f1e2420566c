/* The list of voices. */
#include "docbao/internal.h"

#include "base/message.h"

enum docbao_status docbao_voices(struct docbao *d, uint32_t *count)
{
    voice_list_free(&d->voices);
    voice_list(&d->voices, d->options.voices_folder);
    *count = (uint32_t)d->voices.voices.n;
    return api_result(d, STATUS_OK);
}

/* In English where messages are. */
static const char *description_of(const struct voice *v)
{
    bool english = strcmp(_("en"), "en") == 0;
    return english && v->description_en ? v->description_en : v->description;
}

struct docbao_voice docbao_voice_at(struct docbao *d, uint32_t index)
{
    const struct voice_entry *entry = &d->voices.voices.at[index];
    const struct voice *v = &entry->voice;
    if (entry->problem)
        return (struct docbao_voice){.name = v->name,
                                     .description = "",
                                     .dialect = "",
                                     .engine = "",
                                     .why = entry->problem,
                                     .licence = "",
                                     .path = ""};
    const struct synth_engine *engine = synth_engine_named(sv_of(v->engine));
    buf_clear(&d->why);
    return (struct docbao_voice){
        .name = v->name,
        .description = description_of(v),
        .dialect = voice_dialect_name(v->dialect),
        .engine = v->engine,
        .works = engine->has_voice(v->engine_voice, &d->why),
        .why = d->why.p,
        .apart = engine->apart,
        .licence = v->licence ? v->licence : "",
        .path = v->path ? v->path : "",
    };
}
