/*
 * A bed: music under speech, which goes down before somebody speaks and comes back behind.
 *
 *     music ─┬─▶ full ─╮ down in 0.3 s ╭─ duck, under the speech, and 0.45 s more ─╮ up in 0.8 s
 * ╭─▶ …
 *
 * Invariants:
 * - Whoever writes the sound knows when the speech begins again, so that the music is down before
 *   it does: nothing is guessed from levels.
 * - A bed that is shorter than what it lies under begins again.
 * - It begins and ends softly, however it is cut.
 */
#ifndef DOCBAO_SESSION_BED_H
#define DOCBAO_SESSION_BED_H

#include "base/vec.h"
#include "sink/recording.h"

#define BED_NEVER UINT64_MAX

struct bed {
    struct recording *music; /* NULL: there is none */
    uint32_t rate, channels;
    float full, duck; /* factors of the music */
    uint64_t done;    /* frames since it began */
    uint64_t at;      /* of the music */
    uint32_t rounds;  /* how often it began again */
    VEC(float) piece;
};

/* Begins under sound of that rate and so many channels, no fewer than the music has; the music is
 * at its level for the speech (recording_level), `full_db` and `duck_db` are above it. */
void bed_begin(struct bed *b, struct recording *music, uint32_t rate, uint32_t channels,
               double full_db, double duck_db);

/* Where the next frames are: how many frames ago the last speech ended (0: it is spoken now), in
 * how many it begins again, and in how many the bed ends; BED_NEVER: not known, or never. */
struct bed_place {
    uint64_t since, until, left;
};

/* Mixes the music into the frames. */
void bed_mix(struct bed *b, int16_t *pcm, uint32_t frames, struct bed_place place);

/* Frees what it holds; the music stays the caller's. */
void bed_end(struct bed *b);

#endif
