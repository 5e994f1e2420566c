#include "synth/synth.h"

static const struct synth_engine *const engines[] = {
#define ENGINE(name) &synth_##name,
#include "synth/engines.def"
#undef ENGINE
};

const struct synth_engine *synth_engine_named(struct sv name)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (sv_is(name, engines[i]->name))
            return engines[i];
    return NULL;
}

void synth_engine_names(struct buf *out)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        buf_addf(out, "%s%s", i ? ", " : "", engines[i]->name);
}
