#include "synth/synth.h"

const struct synth_engine *synth_engine_named(struct sv name)
{
    static const struct synth_engine *const engines[] = {&synth_espeak, &synth_tone};
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        if (sv_is(name, engines[i]->name))
            return engines[i];
    return NULL;
}
