/*
 * The files of the playback share this header:
 *
 *     playback.c           opening, waiting, steps
 *     playback_commands.c  what the listener asks for
 *     playback_output.c    sound on its way to the output
 *     playback_reports.c   what the client is told when it is heard
 *
 * Invariants:
 * - `state` is changed by playback_apply alone, `progress` by progress_next alone.
 * - `cursor` and the reports refer to what was written since the last cut. A cut, a rewind and a
 *   restart set them back together.
 * - `here` has an article unless `progress` is PROGRESS_NOWHERE, or PROGRESS_BEYOND from there.
 * - If `progress` is PROGRESS_INSIDE or PROGRESS_AFTER, `heard_clip` is the present sentence's
 *   clip, and it is among the feeder's clips.
 */
#ifndef DOCBAO_SESSION_PLAYBACK_INTERNAL_H
#define DOCBAO_SESSION_PLAYBACK_INTERNAL_H

#include "session/live_output.h"
#include "session/marks.h"
#include "session/playback.h"
#include "session/progress.h"
#include "session/transport.h"

/* The place in the first clip where the sound begins. */
struct entry {
    uint32_t word;  /* of `times` */
    uint32_t token; /* or the first word of this token; DOCBAO_NO_TOKEN: `word` counts */
};

#define ENTRY_START ((struct entry){0, DOCBAO_NO_TOKEN})

enum cursor_phase {
    CURSOR_NEW,   /* at a clip whose gap is not known yet */
    CURSOR_GAP,   /* in the silence and the chime before it, or waiting for its entry */
    CURSOR_AUDIO, /* in its audio */
};

/* The place of the sound that goes to the output next. */
struct cursor {
    size_t clip; /* of the feeder's */
    enum cursor_phase phase;
    uint64_t gap; /* CURSOR_GAP: frames left of it */
    size_t frame; /* CURSOR_AUDIO: of the clip */
    size_t word;  /* CURSOR_AUDIO: of `times`, the next to report */
};

/* At the first clip, with no gap before it. */
#define CURSOR_FIRST ((struct cursor){.phase = CURSOR_GAP})

enum report_kind { REPORT_SENTENCE, REPORT_WORD, REPORT_END };

/* The client gets this report when the output has played `frame` since the last cut. */
struct report {
    uint64_t frame;
    enum report_kind kind;
    uint32_t clip; /* its id */
    uint32_t word; /* REPORT_WORD: of `times` */
};

struct playback {
    const struct playback_client *client;
    struct feeder feeder;
    struct live_output output;
    struct marks marks;
    bool has_chime;
    VEC(int16_t) chime; /* empty: none */

    enum transport_state state;
    struct playback_position target; /* of TRANSPORT_SEEK; its token is not used */
    struct entry entry;
    struct cursor cursor;
    bool has_work; /* the last step left something to do */

    struct playback_position here;
    enum progress progress;
    uint32_t heard_clip; /* its id */
    uint32_t heard_word; /* of its times */
    VEC(struct report) reports;
    size_t next_report;
    const struct article *told_article; /* the last one that the client was told of */
    enum docbao_playing told_state;

    uint64_t asked_ns; /* when a command was given that no changed sound answered yet, or 0 */
    uint32_t answers;
    uint64_t answer_most_ns, answer_sum_ns;
};

/* Follows the table of session/transport.h. False: the command is refused. */
bool playback_apply(struct playback *p, enum transport_event event);

/* Enters or leaves TRANSPORT_FETCHING. */
void playback_update_supply(struct playback *p);

/* The clip of that id and its index among the feeder's; or NULL. */
struct clip *playback_clip(const struct playback *p, uint32_t id, size_t *index);

/* ---- output ---- */

/* Whether everything that there is and will be was handed on. */
bool playback_all_handed_on(const struct playback *p);
/* Whether everything that there is now was handed on. */
bool playback_none_left(const struct playback *p);

/* Hands on one block of sound. *done: there was something to do. */
enum status playback_hand_on(struct playback *p, bool *done, struct err *e);

/* Drops the sound that was handed on but not heard. The output goes on with the word that was heard
 * last or, if its sentence was heard to the end, with the next sentence, without the silence before
 * it. */
void playback_rewind(struct playback *p);

/* The time of a command, and that of the first changed sound after it. */
void playback_note_request(struct playback *p);
void playback_note_answer(struct playback *p);

/* ---- reports ---- */

void playback_add_report(struct playback *p, uint64_t frame, enum report_kind kind,
                         const struct clip *clip, size_t word);
/* Tells the client about sentences and words that have begun to be heard. */
void playback_report(struct playback *p);
/* Tells the client that playback_state has changed, if it has. */
void playback_report_state(struct playback *p);

#endif
