/*
 * The section of a voice file that belongs to an engine, as the engine gets it: "key=value", with a
 * tab between two (synth_engine.check_section).
 */
#ifndef DOCBAO_SYNTH_SECTION_H
#define DOCBAO_SYNTH_SECTION_H

#include "base/buf.h"

/* The value of a key, the last if there are several; without p: there is no such line. A view of
 * the section. */
struct sv section_value(const char *section, const char *key);

/* The whole number; 0: the value is no number within these limits, which are 1 and more. */
uint32_t section_number(struct sv value, uint32_t least, uint32_t most);

/* Checks a value that must be such a number; if it is not, appends the reason to `problem`. */
bool section_check_number(const char *value, uint32_t least, uint32_t most, struct buf *problem);

/* Appends a path, in which "~/" at the beginning is the home folder of the user. */
void section_add_path(struct sv path, struct buf *out);

/* Appends a line as of synth_engine.identify, if there is a file of this path: what tells its
 * bytes, or, for a large file, its size and time, from others. */
void section_identify_file(const char *path, struct buf *out);

/* Appends the path and a NUL, as synth_engine.add_readable wants it. */
void section_add_readable(const char *path, struct buf *paths);

#endif
