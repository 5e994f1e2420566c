/*
 * The files of docbao/ share this header. It has the types that docbao.h leaves open.
 *
 * The rooms below use the public types where they are the same (docbao.h includes nothing of ours,
 * so every room may include it). The others are converted here: enum status, whose values are the
 * same, by api_result, articles by api_article, texts by api_text.
 */
#ifndef DOCBAO_INTERNAL_H
#define DOCBAO_INTERNAL_H

#include "docbao/docbao.h"

#include "article/input/fetch.h"
#include "article/read.h"
#include "article/view.h"
#include "base/child.h"
#include "library/repeats.h"
#include "library/store.h"
#include "session/feeder.h"
#include "synth/estimate.h"
#include "synth/voice.h"
#include "text/doubts.h"
#include "text/normalize.h"

struct docbao {
    struct docbao_options options;
    struct err err;
    struct docbao_error error; /* views of `err` */
    struct fetch_options fetch;
    struct ahead *ahead;    /* what will be opened next, or NULL */
    struct repeats repeats; /* of the articles opened so far */
    struct rules *rules;
    struct store *cache; /* NULL: there is none, or it was not used yet */
    bool tried_cache;
    struct pool *pool; /* left by the last speech; or NULL */
    struct voice voice;
    bool has_voice;
    struct voice_list voices;
    struct arena profile; /* the texts of the last profile that was read */
    struct buf why;
};

struct docbao_article {
    struct article a; /* first: api_article casts what session/ hands back */
    struct view_lines lines;
    /* The counts before the words were read: reading them again starts from these. */
    size_t skipped_before, diagnostics_before;
    bool was_read;
    uint64_t key; /* by api_key */
    bool has_key;
    struct estimate estimate; /* for the voice it was read for */
    struct reading *reading;  /* while its words are read, or NULL (words.c) */
    struct reading *recalled; /* with which they are read again when needed, or NULL */
    struct doubts doubts;     /* found by docbao_check */
    struct child parser;      /* the process that took it apart, if it was not waited for yet */
    /* Texts that accessors return and that the article does not hold in that form. */
    struct buf picture; /* from a file beside its page; a.picture is a view of it */
    struct buf name, title, byline, block, sentence, token, skipped, lowered, doubt, lexicon;
};

/* Every public call returns through this: it makes the error public. */
enum docbao_status api_result(struct docbao *d, enum status status);

/* Returns the number of engine processes to run at once. */
uint32_t api_jobs(const struct docbao *d);

/* For sentences that are spoken into a file; the engine is that of the voice, which must be there.
 */
struct feeder_options api_feeder_options(struct docbao *d, const struct synth_settings *settings);

/* The name of the default voice. */
extern const char api_default_voice[];

/* Load these unless they are loaded already. */
enum status api_need_rules(struct docbao *d);
enum status api_need_voice(struct docbao *d);

/* The engine settings for the voice, which was found, at this speed. They borrow from it. */
struct synth_settings api_settings(const struct docbao *d, uint32_t percent);

/* ---- reading the words (words.c) ---- */

/* Reads the words of an article, as the voice, the options and the lexicons say; again after one of
 * them has changed. Errors leave the article as it was. */
enum status api_read_words(struct docbao *d, struct docbao_article *a);
/* The same block by block: api_begin_words, then api_read_block until it returns false: everything
 * was read. */
enum status api_begin_words(struct docbao *d, struct docbao_article *a);
bool api_read_block(struct docbao_article *a);
/* Makes sure that all words are there, and stay: reads them again if some are recalled. */
enum status api_need_all_words(struct docbao *d, struct docbao_article *a);
/* Gives up what was begun, and recalls nothing any more; nothing happens where nothing was. */
void api_end_words(struct docbao_article *a);

/* Appends the path of the readings that may stand beside an article of that name; nothing where
 * there can be none. */
void api_lexicon_beside(const struct docbao *d, const char *article, struct buf *path);

/* Adds the sentences that were read since to the estimate of the article, which has a voice. */
void api_estimate(struct docbao_article *a);

/* The article's fingerprint (library/fingerprint.h), taken before repeats were removed. */
uint64_t api_key(struct docbao_article *a);

/* Conversions between the types of this room and the public ones. */
static inline struct docbao_text api_text(struct sv v)
{
    return (struct docbao_text){v.p, v.n};
}

static inline struct docbao_article *api_article(struct article *a)
{
    return (struct docbao_article *)a;
}

/* The span of the source, or of its member, that a span of the text comes from. */
struct docbao_span api_span(const struct docbao_article *a, struct span text);

/* ---- opening (open.c) ---- */

/* A zeroed article that nothing was read into yet, and the options of `d` as article/read.h takes
 * them. */
struct docbao_article *api_new_article(void);
struct read_options api_read_options(const struct docbao *d);
/* Makes *out an article and reads a file or URL into it; gives what docbao_expect has read, if it
 * is that. */
enum status api_open(struct docbao *d, const char *path, struct docbao_article **out);
/* Ends a public call that opens an article (NULL: there is none): reads its words, unless they are
 * read, or closes it if anything failed. */
enum docbao_status api_finish_open(struct docbao *d, struct docbao_article *a, enum status status,
                                   struct docbao_article **out);

#endif
