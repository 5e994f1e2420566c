/* The module docbao-espeak.so. */
#include "synth/espeak/library.h"

extern const struct espeak_library docbao_espeak __attribute__((visibility("default")));

const struct espeak_library docbao_espeak = {
    .initialize = espeak_Initialize,
    .set_voice_by_name = espeak_SetVoiceByName,
    .set_voice_by_file = espeak_SetVoiceByFile,
    .set_parameter = espeak_SetParameter,
    .set_synth_callback = espeak_SetSynthCallback,
    .synth = espeak_Synth,
};
