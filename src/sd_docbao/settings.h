/*
 * What speech-dispatcher sets: NAME=VALUE, one a line.
 */
#ifndef DOCBAO_SD_SETTINGS_H
#define DOCBAO_SD_SETTINGS_H

#include "docbao/docbao.h"
#include "base/buf.h"

enum capitals { CAPITALS_NONE, CAPITALS_SPELL, CAPITALS_ICON };

struct settings {
    int rate, pitch, pitch_range, volume; /* -100 to 100 */
    enum docbao_punctuation punctuation;
    bool spelling;
    enum capitals capitals;
    struct buf voice_type; /* "male1" */
    struct buf voice;      /* the name of a voice; empty: none was chosen */
    struct buf language;
};

void settings_init(struct settings *s);
void settings_free(struct settings *s);

enum settings_result { SETTINGS_DONE, SETTINGS_BAD_SYNTAX, SETTINGS_BAD_VALUE };

/* Takes the lines of a SET command. What is wrong is passed over, and the last fault is the result;
 * the rest holds. */
enum settings_result settings_take(struct settings *s, struct sv lines);

/* Whether the lines of an AUDIO command ask for what this module does: sound through the server. */
enum settings_result settings_check_audio(struct sv lines);

#endif
