/*
 * An article: the document as it was read, its text, and what later rooms add to it.
 *
 * Invariants:
 * - `source` holds the bytes of the document and never changes. For an archive (DOCX, EPUB) these
 *   are the unpacked members that were read, one after another; for a PDF, its text.
 * - `text` is the cleaned text: valid UTF-8, NFC, lines ended by '\n', without a byte order mark,
 *   control characters (a run of them becomes a space, or a COLUMN_GAP if it holds a tab),
 *   zero-width characters and soft hyphens. A byte that could not be decoded is U+FFFD.
 * - All spans in the article are in bytes of `text`; article_source_span converts them to bytes of
 *   `source`. Spans of blocks and of skipped stretches are disjoint (but a stretch skipped
 *   inside a block, such as an agency prefix, lies within that block), and every letter, digit
 *   and symbol of `text` lies in one of them.
 * - Blocks are in reading order: title, date, sapo, then the others in page order, byline last.
 *   There is at most one title, date, sapo and byline. The letterhead of an official paper is
 *   headings and paragraphs, in the order in which it is read (find/paper.h).
 * - Sentences, tokens and words are flat arrays that text/ fills. Those of one block (sentence,
 *   token) are adjacent and in order. They are referred to by index, because arrays move when they
 *   grow. An index counts from the start of the article, also after article_forget has removed
 *   what was at the front: whoever may meet such an article uses article_token, article_word and
 *   article_spoken.
 * - article_free frees everything at once.
 */
#ifndef DOCBAO_ARTICLE_ARTICLE_H
#define DOCBAO_ARTICLE_ARTICLE_H

#include "article/reasons.h"
#include "article/source_map.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

enum block_kind {
    BLOCK_TITLE,
    BLOCK_DATE,
    BLOCK_SAPO,
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_LIST,
    BLOCK_TABLE,
    BLOCK_CAPTION,
    BLOCK_BYLINE,
};

struct block {
    uint8_t kind;
    struct span text;
    uint32_t sent0, nsent;
};

struct sentence {
    struct span text;   /* without white space at its ends */
    struct span spoken; /* bytes of article.spoken */
    uint32_t tok0, ntok;
    uint16_t pause_ms;
    uint16_t style; /* enum style of rules/tables.def; 0: it is read plainly */
};

struct token {
    uint8_t cls;      /* enum token_class, of text/ */
    const char *rule; /* static or in the arena: the rule or row that gave the reading */
    struct span text;
    struct span spoken; /* bytes of article.spoken, with the pause mark that follows */
    uint32_t word0, nword;
};

struct word {
    struct span spoken; /* bytes of article.spoken, without a pause mark */
    uint32_t token;
};

struct skipped {
    struct span text;
    enum skip_reason reason; /* never SKIP_NONE */
};

struct diagnostic {
    struct span text;
    enum note_kind kind;
    const char *message; /* for people */
};

/* One of the parts of a document: a file in an archive. */
struct member {
    const char *name;  /* in the arena: "word/document.xml" */
    uint32_t off, len; /* bytes of article.source */
};

struct rules;
struct recall;

/* This many spaces, or more, separate two columns of a line. */
#define COLUMN_GAP "   "

struct article {
    const char *name; /* the file as named by the user, "-" for standard input */
    struct sv source;
    struct sv text;
    const struct rules *rules;  /* used while it is read; NULL: the built-in tables */
    struct source_map map;      /* from text to source; empty: text and source are the same */
    VEC(struct member) members; /* in the order of the source; empty if it is not an archive */
    const char *encoding;       /* "UTF-8" */
    double confidence;          /* 0 to 1 */
    const char *title;          /* of an article without a title block, or NULL */
    const char *date;           /* ISO 8601, or NULL */
    struct sv picture;          /* the cover of a book, as it is in the file; or empty */
    /* Paths of pictures that the article of a page shows, from the folder of the page on; the
     * likeliest comes first. A stranger has named them. In the arena. */
    VEC(const char *) pictures;
    /* Of an official paper, its kind ("GIẤY MỜI") and its number, which is read after the kind and
     * need not repeat it; len 0: there is none. */
    struct span paper_kind, paper_number;
    VEC(struct block) blocks;
    VEC(struct skipped) skipped;
    VEC(struct diagnostic) diagnostics;
    VEC(struct sentence) sentences;
    VEC(struct token) tokens;
    VEC(struct word) words;
    bool foreign;      /* the words are those of another language, as they are written */
    uint8_t dialect;   /* of the reading: enum dialect, of text/ */
    struct buf spoken; /* the reading of every sentence, one after another */
    /* article_forget removed this many sentences, tokens, words, and bytes of `spoken` from the
     * front of the arrays. */
    struct {
        uint32_t sentences, tokens, words, spoken;
    } gone;
    /* The words are read again when they are needed (text/recall.h): whoever may meet such an
     * article uses recall_sentence before it asks for them. NULL: they are not. */
    struct recall *recall;
    struct arena arena;
    char *source_owned, *text_owned;
};

/* How many tokens and words there are, and bytes of spoken text, with those that were forgotten. */
static inline uint32_t article_token_count(const struct article *a)
{
    return a->gone.tokens + (uint32_t)a->tokens.n;
}
static inline uint32_t article_word_count(const struct article *a)
{
    return a->gone.words + (uint32_t)a->words.n;
}
static inline uint32_t article_spoken_count(const struct article *a)
{
    return a->gone.spoken + (uint32_t)a->spoken.n;
}

/* By index; one that was forgotten must not be asked for. */
static inline struct token *article_token(const struct article *a, uint32_t index)
{
    return &a->tokens.at[index - a->gone.tokens];
}
static inline const struct word *article_word(const struct article *a, uint32_t index)
{
    return &a->words.at[index - a->gone.words];
}
/* The text of a span of the spoken text; empty if it was forgotten. */
static inline struct sv article_spoken(const struct article *a, struct span span)
{
    if (span.off < a->gone.spoken)
        return (struct sv){NULL, 0};
    return sv_sub(buf_sv(&a->spoken), span.off - a->gone.spoken, span.len);
}

/* The sentences before this one are not needed any more: they have no tokens and no spoken text
 * from now on. A long article that is used from its front to its end so takes little more memory
 * than its text. */
void article_forget(struct article *a, uint32_t sentence);

/* Replaces the text by one that was made from it; `made` leads from the new text to the old one.
 * Takes the bytes of `text`; the map is ended and still the caller's. */
void article_replace_text(struct article *a, struct buf *text, struct source_map *made);

/* The span of `source` that this span of `text` was made from. */
struct span article_source_span(const struct article *a, struct span text);

/* The name of the member in which a span of the source begins; the span is changed to bytes of that
 * member. NULL if there are no members. */
const char *article_member(const struct article *a, struct span *source);

/* The first block of that kind, or NULL. */
const struct block *article_block(const struct article *a, enum block_kind kind);

/* Appends what is read of the first block of that kind: its text without the lines that are
 * skipped inside it; without a title block, a->title. False: there is none. */
bool article_add_read(const struct article *a, enum block_kind kind, struct buf *out);

/* Records a stretch that is not read, without the white space at its ends. A stretch without any
 * letter, digit or symbol is not recorded. */
void article_skip(struct article *a, struct span text, enum skip_reason reason);

/* Removes the blocks whose `gone` is true (one bool a block). Each becomes one skipped stretch,
 * which replaces the stretches that were skipped inside it. Call it before text/ has filled the
 * sentences. */
void article_drop(struct article *a, const bool *gone, enum skip_reason reason);

/* For notes on the document as a whole. */
#define NO_SPAN ((struct span){0, 0})

/* Records a diagnostic with its message (base/message.h). */
void article_note(struct article *a, struct span text, enum note_kind kind, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Frees all that the article holds, but not *a itself. */
void article_free(struct article *a);

#endif
