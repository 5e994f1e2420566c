/*
 * What a speech is made into: a sound file, a page with its sound, or a book that is heard.
 *
 * Invariants: the sound of a page is a file beside it, with its name and the ending of a sound
 * format. A book holds its sound, and a page may: until then the sound is a file whose name begins
 * with a dot, which is removed once they have it.
 */
#ifndef DOCBAO_PUBLICATION_H
#define DOCBAO_PUBLICATION_H

#include "docbao/docbao.h"
#include "publish/captions.h"

struct publication {
    struct docbao_speech speech; /* with the target and the captions that are really made */
    struct buf sound, kinds;
    bool holds_sound;
};

/* The ending of the sound of a page or book ("mp3"), or NULL if the target is neither. */
const char *publication_sound(const char *target, const struct docbao_output *output);

/* Always close it, even if this fails. Errors: STATUS_USAGE (only a page can hold its sound). */
enum status publication_open(struct publication *p, const struct docbao_speech *speech,
                             struct err *e);

/* The captions that belong to it; *out is NULL if there are none. `whole` may be NULL: the first
 * article tells. Errors: those of captions_open. */
enum status publication_captions(const struct publication *p, const struct docbao_speech *speech,
                                 const struct captions_whole *whole, struct captions **out,
                                 struct err *e);

/* Frees all, and removes the sound if it was made to be held. */
void publication_close(struct publication *p);

#endif
