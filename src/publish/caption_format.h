/*
 * How a kind of captions is written.
 *
 * Invariants: a format keeps no state but struct caption_state; what it appends is valid UTF-8. A
 * kind is one format, or several whose files become members of one book (book.h).
 */
#ifndef DOCBAO_PUBLISH_CAPTION_FORMAT_H
#define DOCBAO_PUBLISH_CAPTION_FORMAT_H

#include "base/buf.h"
#include "publish/captions.h"
#include "publish/cue.h"

/* What one file has seen so far. */
struct caption_state {
    struct sv sound;                    /* the path of the sound file */
    bool holds_sound;                   /* the file shall hold the sound, too */
    uint32_t articles, sentences, cues; /* sentences: of the article, without lost ones */
    uint32_t all;                       /* sentences of all articles, without lost ones */
    int kind;                           /* of the block of the sentence */
    bool begins_block;                  /* the sentence is its first one */
    uint32_t number;                    /* of the sentence in the article or part, from 1 */
    const char *part;                   /* the title of the part of a programme; or NULL */
    bool part_is_read;                  /* its article reads it */
    uint32_t parts;                     /* that have begun before */
    struct captions_whole whole;
};

/* No block of the article: before the first sentence, and behind the last. */
enum { NO_BLOCK = -1 };

struct caption_format {
    const char *kind;
    const char *ending; /* of the file beside the sound; or NULL */
    const char *member; /* the name of the file in the book; or NULL */
    /* Each appends to `out`, or is NULL. */
    void (*begin)(struct buf *out);
    void (*part)(struct buf *out, uint64_t us, struct caption_state state);
    void (*article)(struct buf *out, const struct article *a, struct caption_state state);
    /* The next sentence is in another block, or there is none: the kinds of both, or NO_BLOCK. */
    void (*block)(struct buf *out, int before, int now);
    void (*cue)(struct buf *out, const struct timed *t, const struct caption *cue,
                struct caption_state state);
    void (*sentence)(struct buf *out, const struct timed *t, struct caption_state state);
    void (*end)(struct buf *out, struct caption_state state, uint64_t us);
    /* Behind the sound, if the file holds it. */
    void (*after_sound)(struct buf *out);
    bool lost_too; /* `sentence` is called for lost sentences, too (t->lost) */
};

/* The last has no kind. */
extern const struct caption_format caption_formats[];

/* Appends a time: "hh:mm:ss", the mark, and the milliseconds. */
void caption_add_time(struct buf *out, uint64_t us, char mark);

/* One line of a cue, or both with a space. */
void caption_add_words(struct buf *out, const struct timed *t, size_t from, size_t to);

/* Appends the title of the part; or that of the article: which is read, else what the document
 * calls itself, else the name of its file. Returns whether it is read. */
bool caption_add_title(struct buf *out, const struct article *a, struct caption_state state);

/* The title of the whole, or that of its first article. */
void caption_add_whole_title(struct buf *out, const struct article *a, struct caption_state state);

/* Appends the name of the sentence in all files: "s1-2" is the second one of the first article. */
void caption_add_id(struct buf *out, struct caption_state state);

/* The same of a word of it, from 0: "w1-2-1". */
void caption_add_word_id(struct buf *out, size_t word, struct caption_state state);

/* JSON (caption_json.c). */
void caption_json_article(struct buf *out, const struct article *a, struct caption_state state);
void caption_json_sentence(struct buf *out, const struct timed *t, struct caption_state state);
void caption_json_end(struct buf *out, struct caption_state state, uint64_t us);

/* JSON chapters of podcasts (caption_json.c). */
void caption_chapters_begin(struct buf *out);
void caption_chapters_part(struct buf *out, uint64_t us, struct caption_state state);
void caption_chapters_sentence(struct buf *out, const struct timed *t, struct caption_state state);
void caption_chapters_end(struct buf *out, struct caption_state state, uint64_t us);

/* The page to read along (caption_page.c). */
void page_article(struct buf *out, const struct article *a, struct caption_state state);
void page_block(struct buf *out, int before, int now);
void page_sentence(struct buf *out, const struct timed *t, struct caption_state state);
void page_end(struct buf *out, struct caption_state state, uint64_t us);
void page_after_sound(struct buf *out);

/* The members of a book (caption_book.c). */
void book_package_article(struct buf *out, const struct article *a, struct caption_state state);
void book_package_end(struct buf *out, struct caption_state state, uint64_t us);
void book_contents_article(struct buf *out, const struct article *a, struct caption_state state);
void book_contents_sentence(struct buf *out, const struct timed *t, struct caption_state state);
void book_contents_end(struct buf *out, struct caption_state state, uint64_t us);
void book_text_article(struct buf *out, const struct article *a, struct caption_state state);
void book_text_sentence(struct buf *out, const struct timed *t, struct caption_state state);
void book_text_end(struct buf *out, struct caption_state state, uint64_t us);
void book_times_begin(struct buf *out);
void book_times_sentence(struct buf *out, const struct timed *t, struct caption_state state);
void book_times_end(struct buf *out, struct caption_state state, uint64_t us);

#endif
