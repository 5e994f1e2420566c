/*
 * Playing for a listener: articles in, sound to a device out, and at once what the listener asks
 * for.
 *
 *     neighbour ─▶ sentences ─▶ pool ─▶ takes (audio with its words) ─▶ sink ─▶ marks (what is
 * heard)
 *
 * Invariants:
 * - No call waits; the caller waits for playback_descriptors and then calls playback_step. Only
 *   from there is the client called, and only once what it is told is heard.
 * - The take that is heard stays until the next one is: so a pause can go back to the start of its
 *   word without the engine.
 * - What was asked for takes effect at once: what the sink has not played yet is dropped (cut).
 * - Sound goes on from the start of a word after a pause, another speed, another voice, and after
 *   the device was lost.
 * - The articles the client gave must outlive the playback, but may be read anew inside
 *   playback_reread.
 */
#ifndef DOCBAO_SESSION_PLAYBACK_H
#define DOCBAO_SESSION_PLAYBACK_H

#include <poll.h>

#include "session/follow.h"
#include "sink/sink.h"
#include "synth/pool.h"

struct playback;

struct playback_options {
    const struct synth_engine *engine;
    const struct synth_settings *settings;
    uint32_t jobs;
    uint32_t deadline_ms;           /* as in struct pool_options */
    const struct sink_driver *sink; /* one that is listened to: `live` is set */
    const char *target;             /* of the sink; must outlive the playback */
    bool chime;                     /* between two articles */
    bool impatient;                 /* give up when a lost device stays away for ten seconds */
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
    void *user;
};

enum playing {
    PLAYBACK_PLAYING,
    PLAYBACK_PAUSED,
    PLAYBACK_FETCHING,
    PLAYBACK_AWAY,
    PLAYBACK_ENDED
};

/* Where the listener is. */
struct spot {
    struct article *article; /* NULL: nowhere yet */
    uint32_t sentence;
    uint32_t token; /* FOLLOW_NO_TOKEN: not known */
};

/* Forks the pool, opens the sink. Errors are pool_start's and the sink's. The caller closes *out
 * with playback_close. */
enum status playback_open(struct playback **out, const struct playback_options *options,
                          struct err *e);
/* Lets what was written be heard to its end where all was read, else fades out. NULL is allowed. */
void playback_close(struct playback *p);

/* From here on there may be steps. `rules` are those the articles were read with; both must
 * outlive the playback. */
void playback_begin(struct playback *p, const struct rules *rules,
                    const struct playback_client *client);

/* What to wait for: gives how many, lowers *timeout_ms (-1: no limit). */
enum { PLAYBACK_MOST_DESCRIPTORS = POOL_MOST_DESCRIPTORS + 1 };
uint32_t playback_descriptors(struct playback *p, struct pollfd *fds, int *timeout_ms);

/* Does all that can be done now. Errors: STATUS_DEVICE (there is no device; or it was lost for too
 * long), STATUS_USAGE (the engine does not start), STATUS_INPUT (nothing to speak, or not one
 * sentence of several could be spoken). */
enum status playback_step(struct playback *p, struct err *e);

enum playing playback_state(const struct playback *p);
/* Whether it was asked to pause, also while the device is away. */
bool playback_paused(const struct playback *p);
struct spot playback_spot(const struct playback *p);
/* How far into its sentence the listener is, at the present speed. */
uint32_t playback_inside_ms(const struct playback *p);
/* What is wrong with the device, or "". */
const char *playback_trouble(const struct playback *p);

/* Both are false where it was so already. */
bool playback_pause(struct playback *p);
bool playback_resume(struct playback *p);

/* Goes to a sentence, or to the end of the article (its number of sentences): what is behind it. */
void playback_go(struct playback *p, struct article *a, uint32_t sentence);

/* Settings of the same engine, from this word on. */
void playback_adjust(struct playback *p, const struct synth_settings *settings);

/* Calls `reread` for every article the client gave; it may change their sentences. Sound then goes
 * on from the word that was heard, or (`whole`) from the start of its sentence. */
void playback_reread(struct playback *p, void (*reread)(void *user, struct article *a), void *user,
                     bool whole);

/* From 0 to 100. */
void playback_volume(struct playback *p, uint32_t percent);

struct playback_stats {
    uint64_t first_block_ns, frames;
    uint32_t rate, sentences, lost, underruns, answers;
    uint64_t answer_most_ns, answer_sum_ns;
};

void playback_stats(const struct playback *p, struct playback_stats *stats);

#endif
