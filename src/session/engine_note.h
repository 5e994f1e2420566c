/*
 * Remembers in the store which build of an engine this machine runs, so that a run that finds all
 * of its sentences in the cache need not start the engine to know.
 *
 * Invariants:
 * - What is remembered holds for the files that it was learnt from: the program, each library and
 *   each file of data, by device, inode, size and times. After any of them was changed, or the list
 *   of the libraries of this machine, the engine has to be asked again.
 * - Where the environment leads the loader to other libraries, nothing is remembered.
 */
#ifndef DOCBAO_SESSION_ENGINE_NOTE_H
#define DOCBAO_SESSION_ENGINE_NOTE_H

#include "library/store.h"
#include "synth/synth.h"

/* Appends the build (pool_build) and sets the rate (frames a second). False: they are not known;
 * `build` is as before. */
bool engine_note_find(struct store *s, const struct synth_engine *engine, const char *voice,
                      struct buf *build, uint32_t *rate);

/* Remembers what the engine that was just started has told. */
void engine_note_keep(struct store *s, const struct synth_engine *engine, const char *voice,
                      struct sv build, uint32_t rate);

#endif
