/*
 * Playing for a listener: articles in, sound to a device out, and what the listener asks for done
 * at once.
 *
 *     source ─▶ feeder ─▶ clips ─▶ output ─▶ reports of what is heard ─▶ client
 *
 * What it does at each command and event is a table: session/transport.h. How far the listener is
 * with the present sentence is another: session/progress.h.
 *
 * Invariants:
 * - No call waits, except playback_close. The caller waits for playback_descriptors and then calls
 *   playback_step. The client is called from there, and is told of a part of the text only once it
 *   is heard; `neighbour`, `start` and `done` are also called by the commands, `done` by
 *   playback_close.
 * - A command takes effect at once: what was handed on and is not heard yet is dropped.
 * - Sound goes on from the start of a word after a pause, another speed, another voice, and after
 *   the device was lost.
 * - The clip that is heard is kept until the next one is heard, so that a pause can go back to the
 *   start of its word without the engine.
 * - An article stays open until it is given to `done`: once each, when it can no longer be reached
 *   without asking `neighbour` again, at the latest by playback_close. The article that the
 *   listener is in, and the one that `article` was called with last, are never given back before.
 *   If there is no `done`, all must stay open.
 * - After an error of playback_step only playback_close may be called.
 */
#ifndef DOCBAO_SESSION_PLAYBACK_H
#define DOCBAO_SESSION_PLAYBACK_H

#include <poll.h>

#include "session/feeder.h"
#include "session/navigate.h"
#include "sink/sink.h"

struct playback;

struct playback_options {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    uint32_t jobs, deadline_ms;     /* as in struct pool_options */
    const struct sink_driver *sink; /* its `live` is set */
    const char *target;             /* of the sink; must outlive the playback */
    uint32_t volume_percent;        /* to begin with; 0: 100 */
    bool chime;                     /* between two articles */
    bool impatient;                 /* give up if a lost device stays away for ten seconds */
};

/* As struct docbao_listener. `neighbour` must be given. */
struct playback_client {
    bool (*neighbour)(void *user, struct article *a, int step, struct article **out);
    uint32_t (*start)(void *user, struct article *a);
    void (*article)(void *user, struct article *a);
    void (*sentence)(void *user, struct article *a, uint32_t sentence);
    void (*word)(void *user, struct article *a, uint32_t sentence, uint32_t token);
    void (*heard)(void *user, struct article *a);
    void (*lost)(void *user, struct article *a, uint32_t sentence, const char *why);
    void (*changed)(void *user);
    /* The article is no longer needed: a place to close it. */
    void (*done)(void *user, struct article *a);
    void *user;
};

/* The listener's place. */
struct playback_position {
    struct article *article; /* NULL: nowhere yet */
    uint32_t sentence;
    uint32_t token; /* DOCBAO_NO_TOKEN: unknown */
};

/* Forks the pool. Errors are pool_start's. The caller closes *out with playback_close. */
enum status playback_open(struct playback **out, const struct playback_options *options,
                          struct err *e);
/* If all was read, the sound that was written is heard to its end; otherwise it fades out. NULL is
 * allowed. */
void playback_close(struct playback *p);

/* From here on there may be steps and commands. `rules` are those the articles were read with; both
 * must outlive the playback. */
void playback_begin(struct playback *p, const struct rules *rules,
                    const struct playback_client *client);

/* Gives the descriptors to wait for and returns their number. Lowers *timeout_ms (-1: no limit). */
enum { PLAYBACK_MOST_DESCRIPTORS = POOL_MOST_DESCRIPTORS + 1 };
uint32_t playback_descriptors(struct playback *p, struct pollfd *fds, int *timeout_ms);

/* Does all that can be done now. Errors: STATUS_DEVICE (there is no device, or it was lost for too
 * long), STATUS_USAGE (the engine does not start), STATUS_INPUT (nothing to speak, or no sentence
 * could be spoken), and those of the sink. */
enum status playback_step(struct playback *p, struct err *e);

/* ---- what is ---- */

enum docbao_playing playback_state(const struct playback *p);
/* Whether the listener asked for a pause, also while the device is away. */
bool playback_is_paused(const struct playback *p);
struct playback_position playback_position(const struct playback *p);
/* Returns the time from the start of the sentence to the listener's place, at the present speed. */
uint32_t playback_inside_ms(const struct playback *p);
/* Returns a message about the fault of the device, or "". */
const char *playback_trouble(const struct playback *p);

void playback_stats(const struct playback *p, struct docbao_player_stats *stats);

/* ---- commands ---- */

/* False: it is paused already, or is not paused. */
bool playback_pause(struct playback *p);
bool playback_resume(struct playback *p);

/* Goes to a sentence, or, if `sentence` is the article's number of sentences, to what follows it.
 */
void playback_go(struct playback *p, struct article *a, uint32_t sentence);

/* The same, to the word where this token of the sentence begins to be said. */
void playback_go_inside(struct playback *p, struct article *a, uint32_t sentence, uint32_t token);

/* Goes `number` units on, back if it is negative, to the start of the present one if it is 0.
 * False: there is no such unit, and nothing has changed. */
bool playback_move(struct playback *p, enum navigate_unit unit, int32_t number);

/* Other settings of the same engine, from this word on. */
void playback_adjust(struct playback *p, const struct synth_settings *settings);

/* Calls `reread` for every article that was not given back; it may change their sentences. Sound
 * then goes on from the word that was heard, or (`whole`) from the start of its sentence. */
void playback_reread(struct playback *p, void (*reread)(void *user, struct article *a), void *user,
                     bool whole);

/* From 0 to 100. */
void playback_volume(struct playback *p, uint32_t percent);

#endif
