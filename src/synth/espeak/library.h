/*
 * docbao-espeak.so (library.c) exports these functions of libespeak-ng, which the driver calls.
 * libespeak-ng brings fifty libraries of sound servers with it, so only the process that speaks
 * loads it.
 */
#ifndef DOCBAO_SYNTH_ESPEAK_LIBRARY_H
#define DOCBAO_SYNTH_ESPEAK_LIBRARY_H

#include <espeak-ng/speak_lib.h>

#define ESPEAK_LIBRARY_SYMBOL "docbao_espeak"

/* As in espeak-ng/speak_lib.h, without the prefix espeak_. */
struct espeak_library {
    int (*initialize)(espeak_AUDIO_OUTPUT output, int block_ms, const char *path, int options);
    espeak_ERROR (*set_voice_by_name)(const char *name);
    espeak_ERROR (*set_voice_by_file)(const char *path);
    espeak_ERROR (*set_parameter)(espeak_PARAMETER parameter, int value, int relative);
    void (*set_synth_callback)(t_espeak_callback *callback);
    espeak_ERROR (*synth)(const void *text, size_t size, unsigned position,
                          espeak_POSITION_TYPE position_type, unsigned end_position, unsigned flags,
                          unsigned *identifier, void *user_data);
};

#endif
