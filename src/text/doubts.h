/*
 * Doubts: the places of an article that an editor should look at before it is heard.
 *
 * Invariants:
 * - They come in the order of the article: by the place at which each begins.
 * - A written form that gets the same reading for the same reason more than once is one doubt, at
 *   its first place, with a count.
 * - The article is not changed. The same article, rules and options give the same doubts.
 */
#ifndef DOCBAO_TEXT_DOUBTS_H
#define DOCBAO_TEXT_DOUBTS_H

#include "article/article.h"
#include "base/arena.h"
#include "text/options.h"

struct rules;

enum doubt_kind {
#define DOUBT(id, identifier, name) DOUBT_##id,
#include "text/doubts.def"
    DOUBT_KINDS
};

/* For what is no part of a sentence, or no token. */
#define DOUBT_NOWHERE UINT32_MAX

struct doubt {
    enum doubt_kind kind;
    struct span text;  /* of the article's text; empty: the document as a whole */
    uint32_t sentence; /* or DOUBT_NOWHERE */
    uint32_t token;    /* or DOUBT_NOWHERE */
    uint32_t count;    /* how often it occurs */
    struct sv other;   /* a reading that was not chosen ("=spell": its letters), or empty */
    const char *why;   /* of what is skipped its reason, of a fault of the document its message,
                          of the others the rule; as long as the article */
};

struct doubts { /* all zero: none */
    VEC(struct doubt) list;
    struct arena arena; /* the texts of `other` */
};

/* The most spoken syllables of a sentence that is not called very long: some 30 seconds. */
enum { DOUBT_LONG_SENTENCE = 90 };

/* Sets *out to the doubts of an article whose words were read with these rules and options. The
 * caller frees it with doubts_free. */
void doubts_find(struct doubts *out, const struct article *a, const struct rules *rules,
                 const struct reading_options *options);
/* Frees what it holds, not the struct itself. */
void doubts_free(struct doubts *d);

/* What is said for a token, without the pause mark after its last word. */
struct sv doubts_spoken(const struct article *a, const struct token *t);

#endif
