/*
 * Marks: the frames at which the parts of the text begin, passed to a sink (sink/sink.h).
 *
 * Invariants:
 * - Marks come in the order of their frames. At one frame the larger unit comes first: article,
 *   heading or paragraph, sentence, word.
 * - Each article begins with its tags, then its mark.
 * - A word mark is for a token of the written text, however many words it is spoken with. A word
 *   whose token is unknown gets none.
 * - A sink that uses neither marks nor tags costs nothing.
 */
#ifndef DOCBAO_SESSION_MARKS_H
#define DOCBAO_SESSION_MARKS_H

#include "session/clip.h"
#include "sink/sink.h"

/* The functions of struct sink_driver, and what they are called with. */
struct marks_target {
    const struct sink_tags *given; /* those that are not empty stand in place of the articles' own;
                                      NULL: neither tags nor marks are wanted */
    enum status (*tags)(void *to, const struct sink_tags *tags, struct err *e);
    enum status (*mark)(void *to, const struct sink_mark *mark, struct err *e);
    void *to;
};

/* Zeroed: all marks are dropped. */
struct marks {
    struct marks_target target;
    bool used, words;              /* whether any are wanted, and those of words */
    const struct article *article; /* the last one marked; NULL: none yet */
    uint32_t block, token;         /* of it, the last ones marked */
    struct buf folded;
};

/* `driver` is the one that will be called in the end: if it has neither tags nor mark, nothing is
 * done. The caller frees with marks_free. */
void marks_begin(struct marks *m, const struct sink_driver *driver,
                 const struct marks_target *target);
/* Frees what it holds, not the struct itself. */
void marks_free(struct marks *m);

/* The sentence of the clip begins at this frame. Errors are the sink's. */
enum status marks_sentence(struct marks *m, uint64_t frame, const struct clip *clip, struct err *e);

/* A word begins at this frame. Errors are the sink's. */
enum status marks_word(struct marks *m, uint64_t frame, const struct clip *clip, uint32_t token,
                       struct err *e);

#endif
