/*
 * The commands of a listener, however they arrive: by key, by --control, from the desktop.
 *
 * Invariants: commands.def has one row for each, which says its name, its value, its keys and its
 * help. A key has one command at most.
 */
#ifndef DOCBAO_CLI_COMMAND_H
#define DOCBAO_CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

enum command {
#define COMMAND(id, name, argument, type, step, keys, back, help) COMMAND_##id,
#include "cli/commands.def"
#undef COMMAND
    COMMAND_COUNT
};

enum command_argument { COMMAND_NONE, COMMAND_NUMBER, COMMAND_TEXT };

struct command_row {
    const char *name, *argument; /* argument: NULL where there is none */
    enum command_argument type;
    int32_t step;
    const char *keys, *back, *help;
};

extern const struct command_row command_rows[COMMAND_COUNT];

struct request {
    enum command command;
    bool given;         /* the value below was given; without it, ask for it or take the next */
    int32_t number;     /* COMMAND_NUMBER */
    const char *text;   /* COMMAND_TEXT */
    const char *spoken; /* of COMMAND_correct: the reading of `text`; NULL: not given */
};

/* ---- keys ---- */

/* A key: a code point, or one of these. */
enum key {
    KEYS_NONE = 0,
    KEYS_ENTER = '\n',
    KEYS_ESCAPE = 0x1B,
    KEYS_BACKSPACE = 0x7F,
    KEYS_LEFT = 0x110000, /* above every code point */
    KEYS_RIGHT,
    KEYS_UP,
    KEYS_DOWN,
    KEYS_PAGE_UP,
    KEYS_PAGE_DOWN,
    KEYS_HOME,
    KEYS_END,
    KEYS_DELETE,
    KEYS_UNKNOWN,
};

/* Takes the key at the front of the `n` bytes that a terminal has sent, gives how many bytes it
 * took; 0: it is not whole yet. `last`: nothing more will come at once (so an ESC is the key, not
 * the start of one). */
unsigned key_take(const char *bytes, unsigned n, bool last, uint32_t *key);

/* The command of the key; false if it has none. */
bool key_request(uint32_t key, struct request *request);

#endif
