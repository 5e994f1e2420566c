/*
 * A source map: which bytes of a source each byte of a text was made from.
 *
 * The text is a sequence of runs. Byte i of a linear run was made from byte i of the run's source.
 * Every byte of a whole run was made from all of the run's source, as in a letter composed of
 * several characters, or an entity. Bytes of the source that produced no text, such as markup, lie
 * between the sources of two runs.
 *
 * Invariants:
 * - Runs are not empty, and cover the text from 0 to text_len without gaps.
 * - The sources of the runs are in order: none begins before the one in front of it.
 * - At most the last run is open: its source ends where that of the next run will begin.
 *
 * A map in which all is zero is the map of an empty text.
 */
#ifndef DOCBAO_ARTICLE_SOURCE_MAP_H
#define DOCBAO_ARTICLE_SOURCE_MAP_H

#include "base/sv.h"
#include "base/vec.h"

struct source_run {
    uint32_t text_off;   /* its text ends where the next run begins, or at text_len */
    uint32_t source_off; /* in bytes of the source */
    uint32_t source_len; /* of a whole run that is not open */
    bool linear;
};

struct source_map {
    VEC(struct source_run) runs;
    uint32_t text_len;
    bool open; /* the last run is */
};

/* Append `n` bytes of text. Nothing happens if n is 0. */

/* The text is a copy of source[from, from + n). A run that continues the last one extends it. */
void source_map_add_linear(struct source_map *m, size_t n, size_t from);

/* The text was made from these bytes as a whole. */
void source_map_add_whole(struct source_map *m, size_t n, struct span from);

/* The text was made, as a whole, from the bytes between `from` and the source of the run that is
 * added next. A second such run with the same `from` extends the first. */
void source_map_add_until_next(struct source_map *m, size_t n, size_t from);

/* Ends an open run at the end of the source. Must be called after the last run, and before the map
 * is used. */
void source_map_end(struct source_map *m, size_t source_len);

/* Removes the text from `text_len` on, and returns the new length. A whole run cannot be split: if
 * text_len lies inside one, the whole run is removed and the new length is less than text_len.
 * *source is set to what the removed text was made from. */
size_t source_map_take_back(struct source_map *m, size_t text_len, struct span *source);

/* The end of the last run's source; for an open run, its beginning. */
uint32_t source_map_source_end(const struct source_map *m);

/* The source of a span of the text: from the first byte's source to the end of the last byte's. An
 * empty span has an empty source, but inside a whole run it has the source of that run. The map
 * must not be empty. */
struct span source_map_find_source(const struct source_map *m, struct span text);

/* The inverse for one offset: the first byte of text that was made from the source at `source_off`
 * or after it. Inside the source of a whole run, the end of that run. */
uint32_t source_map_find_text(const struct source_map *m, uint32_t source_off);

/* Sets *out, an empty map, to the map from the text of `outer` to the source of `inner`, where the
 * source of `outer` is the text of `inner`. Both have ended; `inner` is not empty. */
void source_map_compose(struct source_map *out, const struct source_map *outer,
                        const struct source_map *inner);

/* Whether a map that came from elsewhere has ended and keeps the invariants, for a source of this
 * length. */
bool source_map_is_sound(const struct source_map *m, size_t source_len);

/* Frees what it holds, not the struct itself. */
void source_map_free(struct source_map *m);

#endif
