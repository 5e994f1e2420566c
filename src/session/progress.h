/*
 * Tracks how far the listener is with the present sentence.
 *
 * NOWHERE  there is no present sentence: nothing was heard or asked for yet
 * SOUGHT   it will be heard next, and the client has not been told of it
 * TOLD     it will be heard next, from somewhere inside, and the client has been told of it
 * INSIDE   it is being heard
 * AFTER    it was heard to its end, and the next one has not begun
 * BEYOND   it was left for what follows its article
 *
 *           SEEK     SEEK_BEYOND  REMAKE   TELL   BEGIN    END
 * NOWHERE   SOUGHT   BEYOND       .        .      INSIDE   .
 * SOUGHT    .        BEYOND       .        TOLD   INSIDE   .
 * TOLD      SOUGHT   BEYOND       .        .      INSIDE   .
 * INSIDE    SOUGHT   BEYOND       TOLD     .      .        AFTER
 * AFTER     SOUGHT   BEYOND       .        .      INSIDE   .
 * BEYOND    SOUGHT   .            .        .      INSIDE   .
 *
 * ".": the state stays.
 *
 * Invariants: the table above is all; progress_next has no other effect.
 */
#ifndef DOCBAO_SESSION_PROGRESS_H
#define DOCBAO_SESSION_PROGRESS_H

enum progress {
    PROGRESS_NOWHERE,
    PROGRESS_SOUGHT,
    PROGRESS_TOLD,
    PROGRESS_INSIDE,
    PROGRESS_AFTER,
    PROGRESS_BEYOND,
    PROGRESS_STATES
};

enum progress_event {
    PROGRESS_SEEK,        /* another sentence is the present one, from its start */
    PROGRESS_SEEK_BEYOND, /* the listener goes past the end of the article */
    PROGRESS_REMAKE,      /* the sound of the present sentence is made anew */
    PROGRESS_TELL,        /* the client is told of the present sentence before it is heard */
    PROGRESS_BEGIN,       /* a sentence begins to be heard and is the present one */
    PROGRESS_END,         /* the present sentence was heard to its end */
    PROGRESS_EVENTS
};

/* The next state by the table. */
enum progress progress_next(enum progress progress, enum progress_event event);

#endif
