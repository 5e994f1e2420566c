/*
 * The description that a sound file carries: tags, a picture, chapters, loudness.
 *
 * Invariants:
 * - The file sink collects it and owns all of it. An encoder may look at it from its open to its
 *   close (struct encoder_task): the tags and the picture are complete at the first write (or at
 *   finish, if nothing is written), the chapters and the loudness at finish.
 * - All text is UTF-8 in NFC, on one line: without line ends, other controls, and white space at
 *   its ends.
 * - Chapters follow one another without a gap; the first begins at frame 0, the last ends with the
 *   sound. None is empty.
 */
#ifndef DOCBAO_SINK_DESCRIPTION_H
#define DOCBAO_SINK_DESCRIPTION_H

#include "base/arena.h"
#include "base/vec.h"
#include "sink/sink.h"

struct chapter {
    uint64_t start, end; /* frames of the sound that the encoder is given */
    struct sv title;     /* may be empty */
};

/* As ReplayGain 2 has it. */
struct loudness {
    bool known;
    double gain_db; /* that brings the sound to -18 LUFS */
    double peak;    /* 1.0: full scale */
};

struct description {
    bool has_tags; /* false: nothing is known, and nothing shall be said */
    struct sink_tags tags;
    VEC(struct chapter) chapters;
    struct loudness loudness;
    struct arena arena;
};

/* Takes the tags of the first article; those of later ones are ignored. */
void description_set_tags(struct description *d, const struct sink_tags *tags);

/* Takes the marks that begin a chapter: those of articles and headings. */
void description_add_mark(struct description *d, const struct sink_mark *mark);

/* The sound has this many frames: ends the last chapter. A single chapter without a title is
 * dropped. */
void description_end(struct description *d, uint64_t frames);

/* Appends the text as the invariants want it; bytes that are not UTF-8 are U+FFFD. */
void description_add_line(struct buf *out, struct sv text);

/* Frees what it holds, not the struct itself. */
void description_free(struct description *d);

#endif
