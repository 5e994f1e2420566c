/*
 * What the files of the public body share: what docbao.h leaves open.
 */
#ifndef DOCBAO_DOCBAO_BODY_H
#define DOCBAO_DOCBAO_BODY_H

#include "docbao/docbao.h"

#include "article/input/fetch.h"
#include "article/read.h"
#include "library/repeats.h"
#include "article/view.h"
#include "synth/estimate.h"
#include "synth/voice.h"
#include "text/normalize.h"

struct docbao {
    struct docbao_options options;
    struct err err;
    struct docbao_error error; /* views of `err` */
    struct fetch_options fetch;
    struct prefetch *prefetch; /* what will be opened next, or NULL */
    struct repeats repeats;    /* of the articles opened so far */
    struct rules *rules;
    struct voice voice;
    bool has_voice;
    struct voice_list voices;
    struct buf why;
};

struct docbao_article {
    struct article a; /* first: what session/ hands back is turned into ours by a cast */
    struct view_lines lines;
    /* How many there were before the words were read: reading anew begins from there. */
    size_t skipped_before, diagnostics_before;
    bool was_read;
    uint64_t key; /* by body_key */
    bool has_key;
    struct estimate estimate; /* for the voice it was read for */
    /* What the accessors give out where it does not stand in the article as it is. */
    struct buf name, title, byline, block, sentence, token, skipped, lowered;
};

/* The end of every public call: makes the error public. */
enum docbao_status body_tell(struct docbao *d, enum status status);

/* How many engine processes to have at once. */
uint32_t body_jobs(const struct docbao *d);

/* Loads what is wanted and not there yet. */
enum status body_need_rules(struct docbao *d);
enum status body_need_voice(struct docbao *d);

/* The words for an article: as the voice, the options and the lexicons say. May be done again when
 * one of them has changed. Errors leave the article as it was. */
enum status body_read(struct docbao *d, struct docbao_article *a);

/* What the article is known by (library/fingerprint.h), as it was before repeats were taken out. */
uint64_t body_key(struct docbao_article *a);

static inline struct docbao_text text_of(struct sv v)
{
    return (struct docbao_text){v.p, v.n};
}

static inline struct docbao_article *body_ours(struct article *a)
{
    return (struct docbao_article *)a;
}

/* The span of the source, or of its member, that a span of the text comes from. */
struct docbao_span body_span(const struct docbao_article *a, struct span text);

#endif
