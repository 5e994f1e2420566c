/*
 * Voices that the user asks for by name ("bac-nu"). Each is a small file that says which engine and
 * which of its voices is used, the speed, the pitch, the pauses and the dialect.
 *
 * Invariants:
 * - The file NAME.voice describes the voice NAME. A file in the user's folder hides an embedded
 *   one of the same name.
 * - A voice that was found has every field set, and every value within the engine's limits.
 * - The voice of an engine that runs what the file names (synth_engine.check_section) is read only
 *   from the folder, and only where nobody but the user could have written it. A name is never a
 *   path, so a file that lies beside an article is no voice.
 */
#ifndef DOCBAO_SYNTH_VOICE_H
#define DOCBAO_SYNTH_VOICE_H

#include "base/err.h"
#include "base/vec.h"
#include "synth/synth.h"

enum voice_gender { VOICE_MALE, VOICE_FEMALE };

struct voice {
    char *name, *description;
    char *description_en; /* in English, or NULL */
    char *engine;
    /* The engine's name of it; or, if the engine has a section of its own in the file, its lines:
     * "key=value", with a tab between two. */
    char *engine_voice;
    char *licence; /* of the voice's data, or NULL */
    char *path;    /* of its file; NULL: it is built in */
    enum dialect dialect;
    enum voice_gender gender;
    /* Words a minute: 160 to 179, or, if the engine is apart, 80 to 400. */
    uint32_t rate;
    uint32_t pitch, range, volume; /* as in struct synth_settings */
    uint32_t sentence_pause_ms, block_pause_ms, title_pause_ms;
    uint32_t article_pause_ms; /* twice the title's where the file does not say */
};

/* A voice in a list. */
struct voice_entry {
    struct voice voice; /* only the name, if there is a problem */
    char *problem;      /* why its file cannot be used, with the place; NULL: none */
};

struct voice_list {
    VEC(struct voice_entry) voices; /* sorted by name */
};

/* The voice of that name; `folder` may be NULL. Errors (STATUS_USAGE): there is no such voice, and
 * the message lists those there are; or its file is broken, and the error has file and line. The
 * caller frees the voice with voice_free; after an error there is nothing to free. */
enum status voice_find(struct voice *out, struct sv name, const char *folder, struct err *e);

/* All voices, also those whose file is broken. The caller frees the list with voice_list_free. */
void voice_list(struct voice_list *out, const char *folder);

/* The engine settings for this voice at `rate_percent` of its own rate, within the limits of the
 * engine. They borrow from the voice. */
struct synth_settings voice_settings(const struct voice *v, uint32_t rate_percent);

/* Whether sentences for one voice can be given to a pool that was started for the other. */
bool voice_is_alike(const struct voice *a, const struct voice *b);

/* The most words a minute that the voice speaks on this machine, at most 400 percent of its own. */
uint32_t voice_fastest(const struct voice *v);

/* The one rule for pauses: the part of them, in percent, that is made at this percentage of the
 * voice's own rate. They shrink with the speed, or fast speech would be cut to pieces; slow speech
 * needs no longer ones. */
uint32_t voice_pause_percent(uint32_t rate_percent);

/* "north", "central" or "south". */
const char *voice_dialect_name(enum dialect dialect);

/* Sets `to` to a copy with its own strings. */
void voice_copy(struct voice *to, const struct voice *from);
/* Frees what it holds, not the struct itself. */
void voice_free(struct voice *v);
/* Frees what it holds, not the struct itself. */
void voice_list_free(struct voice_list *list);

#endif
