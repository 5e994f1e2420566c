/*
 * The section [command] of a voice file: which program speaks, and how.
 *
 * Invariants:
 * - No shell takes part: the line of the program is divided at spaces, and "..." holds one argument
 *   together. A "~/" at the beginning of an argument is the user's home folder. Nothing else has a
 *   meaning of its own, but for {rate} and {words} in a program that runs once a sentence.
 * - The program is the path of an executable file, found when the configuration is read.
 */
#ifndef DOCBAO_SYNTH_COMMAND_CONFIG_H
#define DOCBAO_SYNTH_COMMAND_CONFIG_H

#include "base/buf.h"
#include "base/vec.h"

VEC_TYPE(command_words, char *);

struct command_config {
    struct command_words arguments; /* of the program, which is the first; ended by NULL */
    struct command_words readable;  /* files and folders that the program needs */
    bool each;                      /* it runs once a sentence, and its output is the sound */
    uint32_t sample_rate;           /* frames a second, if `each` */
    uint32_t processes;             /* at once */
};

/* As synth_engine.check_line and check_section. */
bool command_check_line(const char *key, const char *value, struct buf *problem);
bool command_check_section(const char *section, struct buf *problem);

/* Reads a section that was checked. False: appends to `why` what is missing on this machine. The
 * caller frees *out with command_config_free in any case. */
bool command_config_read(struct command_config *out, const char *section, struct buf *why);
void command_config_free(struct command_config *c);

/* Whether an argument has a place for the speed: then the program can change it. */
bool command_config_has_speed(const struct command_config *c);

/* The arguments with {rate}, the percentage, and {words}, words a minute, filled in; the caller
 * frees them with command_words_free. */
void command_config_fill(const struct command_config *c, uint32_t percent, uint32_t words,
                         struct command_words *out);
void command_words_free(struct command_words *w);

/* Appends lines as of synth_engine.identify: the program, and each argument that is a file. */
void command_config_identify(const struct command_config *c, struct buf *out);

/* Appends the folder of the program and all that it may read, each followed by a NUL. */
void command_config_add_readable(const struct command_config *c, struct buf *paths);

#endif
