/*
 * The states of a player, and what each command and event does in each of them.
 *
 * PLAYING       sound is handed on as soon as there is any
 * PAUSED        no sound is handed on
 * FETCHING      like PLAYING, but everything was handed on and the next article is not there yet
 * AWAY          the device was lost and is tried again and again
 * AWAY_PAUSED   the same, and PAUSED once it is back
 * ENDED         everything was heard and there is no next article
 * ENDED_PAUSED  the same, and PAUSED once the listener moves
 *
 * The next state, by the present state (columns) and the event (rows):
 *
 *           PLAYING   PAUSED        FETCHING  AWAY         AWAY_PAUSED  ENDED         ENDED_PAUSED
 * PAUSE     PAUSED    -             PAUSED    AWAY_PAUSED  -            ENDED_PAUSED  -
 * RESUME    -         PLAYING       -         -            AWAY         -             ENDED
 * SEEK      PLAYING   PAUSED        PLAYING   AWAY         AWAY_PAUSED  PLAYING       PAUSED
 * LOST      AWAY      AWAY_PAUSED   AWAY      .            .            AWAY          AWAY_PAUSED
 * BACK      .         .             .         PLAYING      PAUSED       .             .
 * STARVED   FETCHING  .             .         .            .            .             .
 * SUPPLIED  .         .             PLAYING   .            .            .             .
 * END       ENDED     ENDED_PAUSED  ENDED     .            .            .             .
 *
 * "-": the command is refused. ".": nothing happens. Otherwise PAUSE does TRANSPORT_CUT, RESUME
 * TRANSPORT_GO_ON, SEEK TRANSPORT_RESTART and LOST TRANSPORT_REWIND; the other events only change
 * the state.
 *
 * Invariants:
 * - A command is refused, or leads to a state that is paused (PAUSE) or is not (RESUME). No other
 *   event changes whether a state is paused.
 * - SEEK is never refused and leaves ENDED and FETCHING.
 * - Only BACK leaves the states that are away.
 */
#ifndef DOCBAO_SESSION_TRANSPORT_H
#define DOCBAO_SESSION_TRANSPORT_H

#include <stdbool.h>

enum transport_state {
    TRANSPORT_PLAYING,
    TRANSPORT_PAUSED,
    TRANSPORT_FETCHING,
    TRANSPORT_AWAY,
    TRANSPORT_AWAY_PAUSED,
    TRANSPORT_ENDED,
    TRANSPORT_ENDED_PAUSED,
    TRANSPORT_STATES
};

enum transport_event {
    /* The listener's commands. */
    TRANSPORT_PAUSE,
    TRANSPORT_RESUME,
    TRANSPORT_SEEK, /* go on elsewhere, or here with other sound */
    /* Things that happen by themselves. */
    TRANSPORT_LOST,     /* the device was lost */
    TRANSPORT_BACK,     /* it accepts sound again */
    TRANSPORT_STARVED,  /* all was handed on, and the next article is not there yet */
    TRANSPORT_SUPPLIED, /* it is not so */
    TRANSPORT_END,      /* all was heard, and there is no next article */
    TRANSPORT_EVENTS
};

enum transport_action {
    TRANSPORT_NOTHING,
    TRANSPORT_REFUSE,  /* the command changes nothing */
    TRANSPORT_CUT,     /* drop the sound that is not heard yet; the word that is heard comes next */
    TRANSPORT_GO_ON,   /* hand sound on again */
    TRANSPORT_RESTART, /* drop all sound and have it made anew */
    TRANSPORT_REWIND, /* the sound that was not heard is gone; the word that was heard comes next */
};

struct transport_step {
    enum transport_state next;
    enum transport_action action;
};

/* The next state and what is to be done, by the table. */
struct transport_step transport_next(enum transport_state state, enum transport_event event);

/* Whether the listener asked for a pause. */
bool transport_is_paused(enum transport_state state);
/* Whether the device is lost, or all was heard. */
bool transport_is_away(enum transport_state state);
bool transport_is_ended(enum transport_state state);

#endif
