/*
 * A user interface shows the listener what is read: a screen, plain lines, or nothing.
 *
 * Invariants:
 * - A user interface is a const struct of functions; its state is its own. It only shows: keys are
 *   read, and commands done, by cli/listen.c.
 * - An article that was shown stays open until `closing`, or close. It may be read anew (voice,
 *   lexicon): the number and order of its blocks stay, those of sentences and tokens may change;
 *   `reread` says so.
 * - Each function may be NULL where there is nothing to do, but open and close.
 */
#ifndef DOCBAO_CLI_UI_H
#define DOCBAO_CLI_UI_H

#include <stdio.h>

#include "docbao/docbao.h"

/* The contents of a status line. */
struct ui_status {
    struct docbao_player_status player;
    uint32_t article,
        articles;           /* the number in the queue, from 1; how many there are, 0: unknown */
    uint32_t sleep_minutes; /* left of the sleep timer, rounded up; 0: it is off */
};

struct ui {
    const char *name;
    bool shows_state; /* what a command has changed is seen without words */
    bool fills_in;    /* a proposed answer stands in the line that is typed, else beside it */
    /* `terminal` is what the keys come from (-1: there are none), `out` what to write to. NULL:
     * this terminal cannot do it, *why (static) says why not. */
    void *(*open)(int terminal, FILE *out, bool quiet, const char **why);
    /* Leaves the terminal as it was. */
    void (*close)(void *ui);
    /* Gives the terminal back for a while (Ctrl-Z), and takes it again. */
    void (*leave)(void *ui);
    void (*enter)(void *ui);
    /* These begin to be heard. `token` is DOCBAO_NO_TOKEN if the words are unknown. */
    void (*article)(void *ui, struct docbao_article *a);
    void (*sentence)(void *ui, struct docbao_article *a, uint32_t sentence);
    void (*word)(void *ui, struct docbao_article *a, uint32_t sentence, uint32_t token);
    void (*reread)(void *ui);
    /* The article is about to be closed. */
    void (*closing)(void *ui, struct docbao_article *a);
    /* Before each wait. Returns false when nothing more can be shown; errno says why: EPIPE where
     * the reader went away. */
    bool (*show)(void *ui, const struct ui_status *status);
    /* A line for the listener: "speed 110 %". Stays for some seconds, or is printed. */
    void (*tell)(void *ui, const char *message);
    /* A page of lines to be read at leisure; `page_key` scrolls it, and returns false for a key
     * that closes it (it is then closed). Without page_key the page is printed, and that is all. */
    void (*page)(void *ui, const char *title, const char *text);
    bool (*page_key)(void *ui, uint32_t key);
    /* Marks a line of the page that is open, from 0, and shows it. Only beside page_key. */
    void (*mark)(void *ui, uint32_t line);
    /* A line is being asked for: the question, what was typed so far, and the place of the cursor
     * in it in bytes. A NULL question: no more. */
    void (*ask)(void *ui, const char *question, const char *typed, size_t cursor);
    /* The size of the terminal has changed. */
    void (*resize)(void *ui);
};

extern const struct ui ui_screen; /* cli/screen.c: the whole article, by ncurses */
extern const struct ui ui_plain;  /* cli/plain.c: a line a sentence */
extern const struct ui ui_keys;   /* cli/plain.c: only what answers keys */
extern const struct ui ui_none;   /* cli/plain.c: nothing but warnings */

#endif
