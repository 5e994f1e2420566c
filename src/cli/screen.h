/*
 * The screen: what its files share. screen.c is the user interface (cli/ui.h), screen_draw.c draws
 * a frame, screen_terminal.c opens the terminal and gives it back.
 *
 * Curses only draws here: keys are read, and signals handled, by whoever opened the screen. Each
 * frame is drawn whole into the memory of curses, which sends to the terminal what has changed; a
 * frame in which nothing has changed is not drawn.
 *
 * Invariants: the terminal is as it was before whenever screen_leave or screen_close_terminal has
 * been called.
 */
#ifndef DOCBAO_CLI_SCREEN_H
#define DOCBAO_CLI_SCREEN_H

#define NCURSES_WIDECHAR 1
#include <ncurses.h>

#include "cli/reading.h"
#include "cli/ui.h"

/* Pairs of colours: the terminal's own background, always. */
enum { PLAIN, MARK, CALM, ALARM };

struct page { /* title NULL: there is none */
    char *title;
    struct layout text;
    unsigned width; /* 0: the lines are to be laid out */
    uint32_t top;
    bool marks;
    uint32_t marked; /* block of the text, if `marks` */
};

/* The positions of the parts of the screen, in rows and columns. */
struct frame {
    unsigned rows, columns;
    unsigned left, width;      /* of all text */
    unsigned text_row, height; /* the first row of the article, and how many there are */
    unsigned title;            /* rows above it: 0, 1 (the title) or 2 (an empty one below) */
    bool bar;                  /* a row with the progress above the status line */
};

struct screen_ui {
    SCREEN *curses;
    FILE *in, *out;
    bool colour, away, changed;
    struct frame frame;
    struct reading reading;
    struct page page;
    char *question, *typed; /* question NULL: nothing is asked for */
    size_t cursor;
    char *message; /* NULL: there is none */
    uint64_t message_ends_ms;
    char *words, *times, *queue; /* of the status, as they were last drawn */
    struct docbao_player_status player;
};

/* Gives the positions of the parts on a terminal of this size (screen_draw.c). */
struct frame screen_frame(unsigned rows, unsigned columns);
/* Draws the frame, if anything has changed (screen_draw.c). */
void screen_draw(struct screen_ui *s);

/* As those of struct ui (screen_terminal.c). */
void *screen_open(int terminal, FILE *out, bool quiet, const char **why);
void screen_leave(void *ui);
void screen_enter(void *ui);
void screen_resize(void *ui);
/* Gives the terminal back, without freeing what is shown. */
void screen_close_terminal(struct screen_ui *s);
/* Whether the terminal was closed: curses does not report that its writes fail. */
bool screen_is_gone(const struct screen_ui *s);

#endif
