/*
 * The commands that speech-dispatcher sends to a module: lines, some of them with lines of data up
 * to a line that is a single full stop.
 *
 * Invariants:
 * - Bytes may come in pieces of any length. What was added is kept until command_next has taken it.
 * - A command with data is given twice: when it begins, because it must be acknowledged then, and
 *   when it is complete.
 * - Of a line or of data that is longer than COMMAND_MOST_BYTES only the beginning is used.
 */
#ifndef DOCBAO_SD_COMMAND_H
#define DOCBAO_SD_COMMAND_H

#include "base/buf.h"

enum { COMMAND_MOST_BYTES = 4 << 20 };

enum command_kind {
    COMMAND_UNKNOWN,
    COMMAND_INIT,
    COMMAND_SPEAK, /* from here to COMMAND_LOGLEVEL: with data */
    COMMAND_CHAR,
    COMMAND_KEY,
    COMMAND_SOUND_ICON,
    COMMAND_SET,
    COMMAND_AUDIO,
    COMMAND_LOGLEVEL,
    COMMAND_STOP,
    COMMAND_PAUSE,
    COMMAND_LIST_VOICES,
    COMMAND_DEBUG,
    COMMAND_QUIT,
};

struct command {
    enum command_kind kind;
    bool complete;  /* false: its data follows */
    struct sv text; /* the data, without the last line end; or what follows the command's name.
                       Valid until the next call */
    uint32_t lines; /* of the data */
};

struct command_reader {
    struct buf in, data;
    size_t taken;           /* bytes of `in` */
    enum command_kind open; /* whose data is being read, or COMMAND_UNKNOWN */
    uint32_t lines;
    bool in_long_line; /* the rest of a line that is too long is passed over */
};

void command_reader_init(struct command_reader *r);
void command_reader_free(struct command_reader *r);
void command_add(struct command_reader *r, const char *bytes, size_t n);

/* Takes the next command. False: there is none yet. */
bool command_next(struct command_reader *r, struct command *out);

#endif
