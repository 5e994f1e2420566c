/*
 * Formats other than plain text and HTML. They are recognised by their first bytes, captions by
 * their first lines, Markdown by the ending of the name.
 *
 * Invariants: at most one reader takes a document; a document that none knows stays as it is, to
 * be read as text.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_FORMAT_H
#define DOCBAO_ARTICLE_FORMAT_FORMAT_H

#include "article/format/draft.h"

struct format_options {
    bool raw;             /* nothing is skipped */
    bool picture;         /* the cover is wanted, too */
    uint64_t max_bytes;   /* of what is unpacked, all parts together */
    const char *encoding; /* of text that is stored as UTF-8: see format_encoding; NULL: guess */
};

/* The kind of the article's present source. */
enum format_result {
    FORMAT_TEXT,      /* still to be read as text */
    FORMAT_EXTRACTED, /* replaced by its text, UTF-8, to be read as plain text (PDF) */
    FORMAT_DRAFT,     /* read into the draft */
};

/* What an encoding named by the user (or NULL) means for text that is stored as UTF-8. TCVN3 is
 * then the encoding of the bytes that were once mistaken for Western letters. */
const char *format_encoding(const char *name);

/*
 * Before decoding: reads DOCX and EPUB into *draft, and extracts the text of PDF. *draft is set
 * only if *result is FORMAT_DRAFT; draft_finish frees it. Errors, with the file named: archives
 * that are damaged, locked, made to fill the memory, or of another kind; old Word files, RTF, and,
 * unless they are read raw, feeds, which are only recognised; STATUS_USAGE if a part of docbao is
 * not installed.
 */
enum status format_read_bytes(struct article *a, const struct format_options *options,
                              struct draft *draft, enum format_result *result, struct err *e);

/* After decoding: reads Markdown and captions into *draft. Returns FORMAT_DRAFT or FORMAT_TEXT. */
enum format_result format_read_text(struct article *a, const struct format_options *options,
                                    struct draft *draft);

/* The readers of single formats. */
enum format_result markdown_read(struct article *a, const struct format_options *options,
                                 struct draft *draft);
/* Whether the text begins as captions do: with WEBVTT, or with the times of the first cue. */
bool captions_are(struct sv text);
/* Reads captions (WebVTT, SRT) into the draft: the text of the cues, joined to paragraphs; times,
 * settings and notes are skipped. */
void captions_read(struct article *a, const struct format_options *options, struct draft *draft);
/* Replaces the source by the text of the pages, in UTF-8. Errors: those of format_read_bytes. */
enum status pdf_read(struct article *a, const struct format_options *options, struct err *e);

#endif
