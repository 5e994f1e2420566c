/*
 * The files bulletin*.c share this header: a programme is made from a recipe in these steps.
 *
 *     recipe ─▶ parts (articles opened, sounds read) ─▶ choice ─▶ takes, voice by voice
 *            ─▶ length ─▶ one sound, chapters, captions, run sheet
 *
 * Invariants:
 * - A part is either speech, a run of sentences of the programme, or a recording, or both are
 *   empty: then it is left out.
 * - Sentences are in the order in which they are heard; so are the takes of each voice.
 * - Each voice has a struct docbao of its own, with which its articles are opened, because a voice
 *   decides how words are read.
 */
#ifndef DOCBAO_DOCBAO_BULLETIN_H
#define DOCBAO_DOCBAO_BULLETIN_H

#include "docbao/internal.h"

#include "library/heard.h"
#include "publish/fit.h"
#include "publish/recipe.h"
#include "publish/run_sheet.h"
#include "session/takes.h"
#include "sink/recording.h"

struct bulletin_voice {
    const char *name; /* in the arena */
    struct docbao *d;
    struct takes takes;
    uint32_t percent; /* of its rate: with which the takes were made; 0: there are none */
};

struct bulletin_sentence {
    struct docbao_article *article;
    uint32_t sentence, voice;
    bool recorded; /* there is a take of it */
};

/* A sound of a file, used by one part or several. */
struct bulletin_sound {
    const char *path; /* in the arena */
    struct recording *recording;
};

#define BULLETIN_NO_SOUND SIZE_MAX

/* The loudness of the voices (docs/producing.md), and so of all that stands beside them. */
#define BULLETIN_LUFS (-22.2)

/* Seconds: between two parts where the recipe does not say it; a bed before the speech and after
 * it.
 */
#define BULLETIN_GAP_S 1.2
#define BULLETIN_BED_BEFORE_S 2.0
#define BULLETIN_BED_AFTER_S 3.0

struct bulletin_part {
    const struct recipe_part *recipe;
    const char *title, *reader; /* in the arena */
    size_t sound, bed;          /* or BULLETIN_NO_SOUND */
    bool chapter;
    uint64_t start, frames; /* in the sound, the first time it is heard */
};

/* An item of a feed that became an article. */
struct bulletin_item {
    struct docbao_feed *feed;
    uint32_t index;
    size_t part;
};

struct docbao_bulletin {
    struct docbao *d;
    struct recipe recipe;
    const struct docbao_bulletin_wish *wish;
    int32_t day;
    bool partial; /* something that was asked for is missing */
    struct arena arena;
    VEC(struct bulletin_voice) voices;
    VEC(struct docbao_article *) articles; /* all that were opened */
    VEC(struct docbao_feed *) feeds;
    VEC(struct bulletin_item) items;
    struct heard taken; /* with names of bulletin_taken */
    VEC(struct bulletin_sound) sounds;
    size_t between; /* the sound between two articles, or BULLETIN_NO_SOUND */
    VEC(struct bulletin_part) parts;
    VEC(struct fit_part) fit_parts; /* of the same indices */
    VEC(struct bulletin_sentence) sentences;
    VEC(struct fit_sentence) fit_sentences; /* of the same indices */
    uint32_t turn;                          /* articles so far, for voices in turn */
    uint32_t rate;                          /* of the sound; 0: that of the first voice */
    uint32_t most_channels;                 /* that sounds may have: those of the output */
    uint32_t channels;                      /* 2 if one of the sounds has two, else 1 */
    double pauses;                          /* by which all of them are multiplied */
    uint32_t percent;                       /* the speed of all voices */
};

/* Tells something about a key of the recipe (RECIPE_KEYS: about the part; no part: of no place).
 * The message is set in b->d->err. */
void bulletin_note(struct docbao_bulletin *b, const struct recipe_part *p, enum recipe_key key);

/* The error of one of the voices becomes that of the bulletin. */
enum status bulletin_take_error(struct docbao_bulletin *b, const struct docbao *of);

/* Appends the name by which it is remembered that an item was in this bulletin: its day, its
 * recipe, and the key of the item. */
void bulletin_taken(const struct docbao_bulletin *b, struct sv key, struct buf *out);

struct fit bulletin_fit(struct docbao_bulletin *b);

/* The voice of that name, opened. Errors: STATUS_USAGE (there is none). */
enum status bulletin_voice(struct docbao_bulletin *b, const char *name, uint32_t *index);

/* Opens all that the recipe names (bulletin_parts.c, bulletin_articles.c). */
enum status bulletin_collect(struct docbao_bulletin *b);
enum status bulletin_add_articles(struct docbao_bulletin *b, const struct recipe_part *p);
enum status bulletin_add_headlines(struct docbao_bulletin *b, size_t part);
/* Adds a part, without any sentence; returns its index. */
size_t bulletin_add_part(struct docbao_bulletin *b, const struct recipe_part *p, const char *title);
/* Adds a range of sentences of an article to the end of a part. */
void bulletin_add_sentences(struct docbao_bulletin *b, size_t part, struct docbao_article *a,
                            uint32_t voice, struct span range);
/* Opens a text: every line is a paragraph, and all is read. It has the name of the recipe. */
enum status bulletin_open_text(struct docbao_bulletin *b, uint32_t voice, const char *title,
                               struct sv text, struct docbao_article **out);
/* The voice that the part names, or that whose turn it is. */
enum status bulletin_voice_of(struct docbao_bulletin *b, const struct recipe_part *p, uint32_t turn,
                              uint32_t *voice);

/* Seconds between two parts, or two rounds, where nothing else is said. */
double bulletin_gap(const struct docbao_bulletin *b);
/* Chooses, speaks and measures, until the length is right (bulletin_length.c). */
enum status bulletin_settle(struct docbao_bulletin *b);
/* Speaks what is kept, at this speed (bulletin_speak.c). */
enum status bulletin_speak(struct docbao_bulletin *b, uint32_t percent);

/* Writes the sound and all beside it (bulletin_render.c). */
enum status bulletin_render(struct docbao_bulletin *b, struct docbao_stats *stats);

#endif
