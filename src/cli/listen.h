/*
 * Listening at the command line: what the loop (listen.c), the terminal (listen_keys.c), the events
 * of the player (listen_events.c), the commands (listen_do.c), the questions (listen_ask.c) and the
 * rest share.
 *
 * Invariants: one thread; commands come by key, over --control and from the desktop, and all go
 * through listen_do.
 */
#ifndef DOCBAO_CLI_LISTEN_H
#define DOCBAO_CLI_LISTEN_H

#include "base/buf.h"
#include "cli/command.h"
#include "cli/control.h"
#include "cli/playlist.h"
#include "cli/terminal.h"
#include "cli/ui.h"

/* The question being asked. */
enum asking {
    ASKING_NOTHING,
    ASKING_SEARCH,
    ASKING_SENTENCE,
    ASKING_ARTICLE,
    ASKING_WRITTEN,
    ASKING_SPOKEN,
};

struct question {
    enum asking asking;
    char *words; /* the question */
    char *typed; /* so far; by malloc */
    size_t length, cursor;
    char *proposed; /* the answer that an empty line gives; or NULL */
    char *written;  /* ASKING_SPOKEN: the answer to ASKING_WRITTEN */
    bool was_playing;
};

struct listen {
    struct cli *cli;
    struct playlist *list;
    void (*heard)(void *user, struct docbao_article *a);
    void *heard_user;
    struct docbao_player *player;
    const struct ui *ui;
    void *shown; /* the state of `ui`; NULL: not open */
    struct terminal terminal;
    bool in_background; /* the program is, of its terminal */
    uint64_t typed_ns;  /* when the last byte came */
    bool has_keys;      /* there was a terminal at the start */
    char keys[512];     /* typed, and not yet understood */
    unsigned key_count;
    struct question question;
    bool page_open, page_paused;
    bool list_open;   /* the page is the list of articles */
    uint32_t list_at; /* the one that is marked, from 0 */
    struct control *control;
    struct ui_status status; /* after the last command or step, for --control */
    struct docbao_desktop *desktop;
    bool desktop_tried;
    int signals;
    char *positions; /* the file of places where a listener left; NULL: there is none */
    char *search;    /* the last search */
    char *levels;    /* the file of the speed and the volume chosen last; NULL: there is none */
    bool chose_speed, chose_volume;
    uint64_t sleep_ns;   /* when the sleep timer ends (CLOCK_MONOTONIC); 0: it is off */
    struct buf messages; /* what a screen has shown, a line each, for standard error afterwards */
    enum docbao_playing playing; /* as last reported */
    bool pause_told;
    bool done, remember;
    int gone; /* nothing more can be shown: errno; else 0 */
    bool sought;
};

/* Nanoseconds on the monotonic clock; the state of all for those who show it. */
uint64_t listen_now_ns(void);
struct ui_status listen_status(const struct listen *l);

/* A line for the listener. */
void listen_tell(struct listen *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same for one who has keys, and no screen that shows it anyway. */
void listen_say(struct listen *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The listener knows of the pause that has just begun: it is not told again. */
void listen_pause_was_told(struct listen *l);

/* Executes the request. Returns NULL, or why it cannot be executed, valid until the next call. */
const char *listen_do(void *listen, const struct request *request);

/* ---- the player (listen_events.c) ---- */

/* The way to show what is spoken that the options and the terminal allow. */
const struct ui *listen_choose_ui(const struct listen *l);
/* Opens l->player; what happens to it is told to the listener. */
enum docbao_status listen_open_player(struct listen *l);

/* ---- the terminal (listen_keys.c) ---- */

/* Reads what was typed. */
void listen_read_keys(struct listen *l);
/* Handles the keys that were read; `last`: no more bytes follow at once. */
void listen_take_keys(struct listen *l, bool last);
/* Takes the terminal back, after the program was stopped or in the background. */
void listen_enter_terminal(struct listen *l);
/* Handles the signals of l->signals. */
void listen_take_signals(struct listen *l);

/* ---- where a listener left (listen_place.c) ---- */

/* The number of an article in the queue, from 0. */
uint32_t listen_number(const struct listen *l, const struct docbao_article *a);
/* As the `start` of struct docbao_listener. */
uint32_t listen_start(void *listen, struct docbao_article *a);
/* The place that Q and an end from outside remember. False: it could not be kept. */
bool listen_remember(struct listen *l);
/* Tells a listener at a terminal, after the end, where it was, and whether that is remembered. */
void listen_tell_left(struct listen *l, bool remembered);
/* Whether which article of the queue it was is remembered as well; then which it was. */
bool listen_has_list(const struct listen *l);
void listen_remember_list(struct listen *l, uint32_t index);
void listen_recall_list(struct listen *l);

/* ---- speed and volume of the next time (listen_levels.c) ---- */

/* Puts the speed and the volume that were chosen last, if any, into the options. */
void listen_recall_levels(const struct listen *l, struct docbao_player_options *options);
/* Tells a listener who does not see it that they are not as usual. */
void listen_tell_levels(struct listen *l);
/* Keeps what was chosen. */
void listen_keep_levels(struct listen *l);

/* ---- the desktop (listen_desktop.c) ---- */

/* Only once there is sound: a bus may be slow, and a first word must not wait for it. */
void listen_open_desktop(struct listen *l);
/* Announces what has changed in `status`. */
void listen_tell_desktop(struct listen *l);

/* Shows a page; sound waits until it is closed. */
void listen_page(struct listen *l, const char *title, const char *text);
/* The page was closed. */
void listen_page_closed(struct listen *l);

/* ---- the list of articles (listen_list.c) ---- */

/* Shows it, to choose from. Returns NULL, or why not. */
const char *listen_list(struct listen *l);
/* Handles a key while it is open. */
void listen_list_key(struct listen *l, uint32_t key);
/* Goes to an article of the queue, from 0. Returns NULL, or why not. */
const char *listen_choose(struct listen *l, uint32_t index);
/* Goes so many articles on, back if negative. False: there is none. */
bool listen_move_by_articles(struct listen *l, int32_t number);

/* Begins to ask; sound waits for the answer. `proposed` may be NULL. */
void listen_ask(struct listen *l, enum asking asking, const char *words, const char *proposed);
/* Takes a key while something is asked for. */
void listen_answer_key(struct listen *l, uint32_t key);
/* The question is over without an answer. */
void listen_answer_cancel(struct listen *l);
void listen_answer_free(struct listen *l);
/* Executes the command that asked, with the answer as its value (listen_do.c). False: the answer
 * was refused, the listener was told why, and is asked again with it. */
bool listen_answered(struct listen *l, enum asking asking, const char *answer);

/* The text of these pages; the caller frees it. */
char *explain_sentence_page(struct docbao_article *a, uint32_t sentence);
char *explain_keys_page(void);

#endif
