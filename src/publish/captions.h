/*
 * Captions beside a sound file: WebVTT with the time of each word, SubRip, LRC, JSON with every
 * word, its reading, its time and its place in the source; and a page on which the text is read
 * along with the sound.
 *
 * Invariants:
 * - The files have the name of the sound file with another ending. They are put in their places by
 *   captions_commit only: a sound that fails leaves none.
 * - They are written as the sentences come; one sentence is in memory.
 * - Times are microseconds from the start of the sound, as a player of the file counts it: delays
 *   of encoders are told in the file (LAME tag, pre-skip, edit list), which players obey.
 * - A sound is of articles one after another, or of the parts of a programme, each of which has
 *   sentences of any articles, or none.
 * - A sentence that could not be spoken has no caption; in the page it stands without a time.
 * - The page has all that it needs, but for the sound if that is a file.
 */
#ifndef DOCBAO_PUBLISH_CAPTIONS_H
#define DOCBAO_PUBLISH_CAPTIONS_H

#include "article/article.h"

struct captions;

/* What the whole is called, by whom, and of which day; NULL: as its first article says. */
struct captions_whole {
    const char *title, *author, *date;
};

struct captions_options {
    const char *beside; /* a path; the files have it with their own endings */
    const char *sound;  /* the path of the sound file */
    const char *kinds;  /* "vtt", or several with commas */
    bool hold_sound;    /* the page shall hold the sound; captions_commit then removes its file */
    struct captions_whole whole;
};

/* Errors: STATUS_USAGE (no such kind, or the sound is a stream, beside which there is no place),
 * STATUS_OUTPUT; then *out is NULL. The caller closes *out with captions_close. The options are
 * needed during the call only, the texts of the whole until captions_close. */
enum status captions_open(struct captions **out, const struct captions_options *options,
                          struct err *e);

/* A part of a programme begins, with the sentences up to the next one. `title` must be there until
 * then; `is_read`: it is the title that its article reads. */
void captions_part(struct captions *c, const char *title, bool is_read, uint64_t us);

/* A sentence begins, a token of it, and it ends; `spoken`: it was not lost. */
void captions_begin(struct captions *c, const struct article *a, uint32_t sentence, uint64_t us);
void captions_word(struct captions *c, uint32_t token, uint64_t us);
void captions_end(struct captions *c, bool spoken, uint64_t us);

/* All is spoken: writes the ends of the files. Errors: STATUS_OUTPUT, also of what was written
 * before. */
enum status captions_complete(struct captions *c, struct err *e);

/* The sound is in its place: puts the files there too. Errors: STATUS_OUTPUT. */
enum status captions_commit(struct captions *c, struct err *e);

/* NULL is allowed. */
void captions_close(struct captions *c);

#endif
