/*
 * docbao: turns a Vietnamese article into speech. The one public header.
 *
 * Invariants:
 * - A struct docbao is a set of options with what they need (voices, rule tables), loaded when
 *   first wanted. A struct docbao_article is one article, read and analysed; it must be closed
 *   before the struct docbao that opened it is freed. One thread at a time uses them.
 * - Every span given out is in bytes of the source: the document as it was read. Of an archive
 *   (DOCX, EPUB) it is in bytes of the member named with it; a block and all in it are of
 *   one member. Of a PDF it is in bytes of its extracted text.
 * - Every text given out is valid UTF-8, NFC, not terminated. Texts of the document have their
 *   white space folded to single spaces. A text is valid until the next call of the same function
 *   on the same article, and no longer than the article.
 * - Blocks are in reading order; the sentences of a block, and the tokens of a sentence, are
 *   together and in order. Spans of tokens and of skipped stretches are disjoint.
 * - Same source, same options: same analysis, same audio, whatever the number of jobs. With
 *   skip_repeats, the articles opened before, and their order, count too.
 * - Nothing is read from the environment, nothing is printed. Running out of memory ends the
 *   program.
 */
#ifndef DOCBAO_H
#define DOCBAO_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct docbao;
struct docbao_article;

enum docbao_status {
    DOCBAO_OK = 0,
    DOCBAO_USAGE,   /* the call or the options are wrong, or a part could not start */
    DOCBAO_INPUT,   /* nothing could be read or heard */
    DOCBAO_OUTPUT,  /* the destination cannot be written */
    DOCBAO_DEVICE,  /* no sound device, or it was lost */
    DOCBAO_PARTIAL, /* done, but not all of it */
    DOCBAO_STOPPED, /* the caller asked to stop */
};

/* An error: a sentence or two that say what happened and what to do. */
struct docbao_error {
    enum docbao_status status;
    const char *message;   /* without a final newline */
    const char *file;      /* where, or "" */
    uint32_t line, column; /* from 1; 0: not known */
};

/* The reading of codes such as 05-CT/TW: by their meaning, or letter by letter. */
enum docbao_codes { DOCBAO_CODES_EXPAND, DOCBAO_CODES_SPELL };

/* The names of letters: a bê xê, a bờ cờ, or the English ones. */
enum docbao_letters { DOCBAO_LETTERS_BE, DOCBAO_LETTERS_BO, DOCBAO_LETTERS_ENGLISH };

/* Words in other scripts: named ("chữ nước ngoài"), or skipped with a reason. */
enum docbao_scripts { DOCBAO_SCRIPTS_NAME, DOCBAO_SCRIPTS_SKIP };

/* Titles, quotations, captions and lists each in a way of their own, with pauses by the length of
 * the sentence; or everything alike. */
enum docbao_style { DOCBAO_STYLE_NATURAL, DOCBAO_STYLE_PLAIN };

/* All zero is a good set of options. Strings must outlive the struct docbao. */
struct docbao_options {
    const char *voice;     /* a name of docbao_voice_at; NULL: the default voice */
    uint32_t rate_percent; /* of the voice's own rate, 50 to 400; 0: 100 */
    bool raw;              /* find no article: every line is a paragraph, nothing skipped */
    const char *encoding;  /* of a source: "TCVN3"; NULL: find out */
    enum docbao_codes codes;
    enum docbao_letters letters;
    enum docbao_scripts scripts;
    enum docbao_style style;
    /* Called when a block of an article that is being opened was read, for each in its order; its
     * tokens and what is spoken are forgotten afterwards, which saves most of the memory. `a` is
     * the article; only its head, this block with its sentences and tokens may be asked for, and of
     * the head not what is counted. An opened article then has sentences, but none of its tokens,
     * and can neither be spoken nor timed. NULL: all stays. */
    void (*block)(void *user, struct docbao_article *a, uint32_t index);
    void *block_user;
    /* Opened articles have no sentences yet: docbao_speak reads a block when it needs the next
     * sentence, and forgets the tokens of sentences and what is spoken when they were written, so
     * that a long article takes little more memory than its text. docbao_player reads what is left
     * of an article at once. Not with `block`. */
    bool read_when_spoken;
    /* The words of a long article (a book) are forgotten after it was opened, and read again when
     * they are asked for or spoken, some pages at a time: it takes little more memory than its
     * text, and anything may still be asked for in any order. What is spoken of one sentence or
     * token is then valid until another is asked for. */
    bool recall_words;
    /* The cover of a book is kept, and becomes that of a sound file. So does the picture of an
     * article in a page that a browser saved: the name of the page is then the path of a file, in
     * whose folder, or below it, the picture is read. */
    bool pictures;
    bool skip_tables; /* tables are skipped, with a reason, not read row by row */
    /* Of the articles opened one after another, what an earlier one had too (a footer, a note of
     * the editors) is skipped, with the reason "repeated"; titles, dates, leads and bylines never
     * are, nor what is mostly an earlier article again. Not with `raw`. */
    bool skip_repeats;
    uint64_t max_bytes; /* of a source; 0: 64 MiB */
    uint32_t jobs;      /* engine processes at once; 0: as many as processors may be used */
    bool keep_engine;   /* it runs on after a docbao_speak, for the next one, until docbao_free */
    /* Tables in these folders overlay the built-in ones, those of an earlier folder those of a
     * later one; ended by NULL. */
    const char *rules_folders[3];
    /* The user's own readings, one file for all articles; NULL: none. One beside an article, with
     * the article's name and the ending .lexicon.tsv, comes before it; a diagnostic of the kind
     * "lexicon" says how many of its rows apply, or that it is not used because another user could
     * have written it. */
    const char *lexicon;
    /* A folder where docbao_speak keeps the sound of sentences, and finds it again when the same
     * sentence is to be spoken in the same way; it is made where there is none. Several programs
     * may use it at once. What cannot be kept costs time and nothing else. NULL: nothing is kept.
     */
    const char *cache_folder;
    uint64_t cache_bytes;      /* the most that it may hold; 0: 512 MiB */
    bool no_lexicon_beside;    /* use none that stands beside an article */
    const char *voices_folder; /* voices here are added to the built-in ones; NULL: none */
    bool allow_local;          /* URLs may lead to this machine and its own network */
    const char *cookie_file;   /* sent to the servers of URLs; NULL: none */
    uint32_t timeout_s;        /* for the whole of one URL; 0: 60 */
    /* Nonzero, as set by a signal handler, ends docbao_speak soon, and the transfer of a URL at
     * once; NULL: never. */
    const volatile sig_atomic_t *stop;
    /* Called once for a file that is a pipe, a terminal or a device and gives nothing for five
     * seconds; it is waited for all the same. Not for what docbao_expect reads. NULL: nothing. */
    void (*waits)(void *user, const char *name);
    void *waits_user;
};

/* Never NULL. The caller frees it with docbao_free (NULL is allowed there). */
struct docbao *docbao_new(const struct docbao_options *options);
void docbao_free(struct docbao *d);

/* The error of the last call on `d` that did not return DOCBAO_OK; valid until the next one. */
const struct docbao_error *docbao_last_error(const struct docbao *d);

/*
 * Reads and analyses a file ("-": standard input; http:// or https://: from there), or bytes, which
 * are copied. On DOCBAO_OK *out is the article, which the caller closes with docbao_close;
 * otherwise *out is NULL. Errors: DOCBAO_INPUT (missing, a folder, too large, nothing to read in
 * it, a server that does not give it), DOCBAO_USAGE (a rule table, the voice or the name of the
 * encoding is not as it should be), DOCBAO_STOPPED.
 */
enum docbao_status docbao_open_file(struct docbao *d, const char *path,
                                    struct docbao_article **out);
enum docbao_status docbao_open_bytes(struct docbao *d, const char *name, const void *bytes,
                                     size_t length, struct docbao_article **out);
/* Frees the article, and all views of it. NULL is allowed. */
void docbao_close(struct docbao_article *a);

/* The file or URL that will be opened next: it is read in the background from now on. Only the last
 * one counts. For docbao_speech.next: not before the engine started. */
void docbao_expect(struct docbao *d, const char *path);
/* False while what is expected is still being read. */
bool docbao_arrived(const struct docbao *d);

/* As strcmp, in the order in which people expect the names of files: numbers by their value ("bài
 * 2" before "bài 10"), letters by the Vietnamese alphabet, tones after all letters, in any locale.
 */
int docbao_compare_names(const char *a, const char *b);

struct docbao_text {
    const char *p; /* NULL: not known */
    size_t n;
};

struct docbao_span {
    uint32_t off, len;
};

struct docbao_head {
    struct docbao_text name; /* as given by the caller; bytes that are not UTF-8 are U+FFFD */
    const char *encoding;    /* "UTF-8" */
    double confidence;       /* 0 to 1 */
    struct docbao_text title, byline;
    const char *date; /* ISO 8601, or NULL */
    uint32_t blocks, sentences, tokens, skipped, diagnostics;
};

struct docbao_block {
    const char *kind;   /* title date sapo heading paragraph list table caption byline */
    const char *member; /* of an archive: "word/document.xml"; NULL: the document is one file */
    struct docbao_span span;
    struct docbao_text text;
    uint32_t sentence0, sentences;
};

struct docbao_sentence {
    struct docbao_span span;
    struct docbao_text written, spoken;
    uint32_t token0, tokens;
    uint32_t line;     /* of the document, from 1 */
    uint32_t pause_ms; /* the silence after it */
};

struct docbao_token {
    const char *kind;      /* the class: word cardinal date ... */
    const char *kind_name; /* for people */
    const char *rule;      /* what gave the reading; "" where nothing but the word itself */
    struct docbao_span span;
    struct docbao_text written;
    struct docbao_text spoken; /* with the pause mark after its last word */
    uint32_t line;
    bool changed; /* it is read otherwise than it is written, but for capitals */
};

struct docbao_skipped {
    const char *member; /* as of a block */
    struct docbao_span span;
    struct docbao_text text;
    const char *reason;      /* one word, for scripts: "menu" */
    const char *reason_name; /* for people */
    uint32_t line;
};

struct docbao_diagnostic {
    const char *member; /* as of a block */
    struct docbao_span span;
    const char *kind;      /* one word, for scripts: "encoding" */
    const char *kind_name; /* for people */
    const char *message;   /* for people */
    uint32_t line;         /* 0: the document as a whole */
};

/*
 * Feeds (RSS, RDF, Atom, JSON Feed): lists of articles, from a file or a URL. `heard`: the file
 * that remembers what was heard, which need not exist; NULL: nothing was. An item is opened from
 * where it links to, or, where that cannot be read and the feed holds the whole text, from the
 * feed. Errors: those of docbao_open_file, and DOCBAO_INPUT for what is no feed. The caller closes
 * *out (NULL after an error) with docbao_feed_close, before the struct docbao is freed.
 */
struct docbao_feed;

enum docbao_status docbao_feed_open(struct docbao *d, const char *path, const char *heard,
                                    struct docbao_feed **out);
/* NULL is allowed. */
void docbao_feed_close(struct docbao_feed *f);
/* Whether its end is missing, and so may be items. */
bool docbao_feed_is_cut_short(const struct docbao_feed *f);

struct docbao_feed_item {
    struct docbao_text title, link; /* empty where there is none */
    struct docbao_text key;         /* tells it from the items of all feeds; empty: nothing does */
    struct docbao_text date;        /* ISO 8601, or as written, or empty */
    bool heard;                     /* when the feed was opened */
};

/* The number of items; one of them, from 0, in the order of the feed, with views that live as long
 * as the feed; the article of one, which the caller closes with docbao_close. */
uint32_t docbao_feed_count(const struct docbao_feed *f);
struct docbao_feed_item docbao_feed_at(const struct docbao_feed *f, uint32_t index);
enum docbao_status docbao_feed_article(struct docbao *d, const struct docbao_feed *f,
                                       uint32_t index, struct docbao_article **out);
/* As docbao_expect, for where the item links to. */
void docbao_feed_expect(struct docbao *d, const struct docbao_feed *f, uint32_t index);
/* Remembers in the file that the item was heard; other programs may do so at the same time.
 * Error: DOCBAO_OUTPUT. */
enum docbao_status docbao_feed_remember(struct docbao *d, const struct docbao_feed *f,
                                        uint32_t index, const char *heard);

/* The contents of an article. Indices run from 0 to below the counts of docbao_head_of. */
struct docbao_head docbao_head_of(struct docbao_article *a);
struct docbao_block docbao_block_at(struct docbao_article *a, uint32_t index);
struct docbao_sentence docbao_sentence_at(struct docbao_article *a, uint32_t index);
struct docbao_token docbao_token_at(struct docbao_article *a, uint32_t index);
struct docbao_skipped docbao_skipped_at(struct docbao_article *a, uint32_t index);
struct docbao_diagnostic docbao_diagnostic_at(struct docbao_article *a, uint32_t index);

/* What an editor should look at before the article is heard. */
struct docbao_doubt {
    const char *kind;      /* one word, for scripts: "spelled" */
    const char *kind_name; /* for people */
    const char *why;       /* the rule of the reading; of what is skipped the name of its reason; of
                              a fault of the document its message; or "" */
    const char *member;    /* as of a block */
    struct docbao_span span;
    struct docbao_text written;
    struct docbao_text spoken; /* without a pause mark; empty where nothing is said */
    /* Another reading that the tables know, "=spell" where it is letter by letter; or empty. */
    struct docbao_text other;
    /* The row of a lexicon, without a line end, that changes the reading to the other one, or,
     * where there is none, keeps it until someone corrects the row; or empty. */
    struct docbao_text lexicon;
    uint32_t sentence; /* or DOCBAO_NO_SENTENCE */
    uint32_t token;    /* or DOCBAO_NO_TOKEN */
    uint32_t count;    /* how often it occurs; the rest is of the first place */
    uint32_t line;     /* 0: the document as a whole */
};

#define DOCBAO_NO_SENTENCE UINT32_MAX

/* Collects the doubts of an article, in its order; after docbao_speak also the sentences that were
 * lost. Error: DOCBAO_USAGE (the rule tables). */
enum docbao_status docbao_check(struct docbao *d, struct docbao_article *a, uint32_t *count);
/* After docbao_check. */
struct docbao_doubt docbao_doubt_at(struct docbao_article *a, uint32_t index);

struct docbao_voice {
    const char *name, *description, *dialect, *engine;
    bool works;
    const char *why;     /* why it does not, or "" */
    const char *licence; /* as the voice's file has it, or "" */
    const char *path;    /* of that file; "" if the voice is built in */
    /* It has a program or a model of its own: it takes seconds to start, and no other voice can be
     * taken in its place, or it in theirs, while something is said. */
    bool apart;
};

/* Loads the list of voices. Errors (DOCBAO_USAGE): a voice file that does not parse. */
enum docbao_status docbao_voices(struct docbao *d, uint32_t *count);
/* After docbao_voices; the strings are valid until the next call. */
struct docbao_voice docbao_voice_at(struct docbao *d, uint32_t index);

/*
 * The user's own readings: the rows of a lexicon, a file at `path` that need not exist. `written`
 * is a word or phrase, matched whole, in any case unless it holds a capital; `spoken` Vietnamese
 * syllables, or "=spell"; `context` ("" for none) a word that must occur within a few words: "<x"
 * before, ">x" after, "x" on either side. Errors: DOCBAO_USAGE (a reading that cannot be spoken, a
 * file that cannot be read), DOCBAO_OUTPUT (it cannot be written; it is then as it was).
 */
enum docbao_status docbao_lexicon_add(struct docbao *d, const char *path, const char *written,
                                      const char *spoken, const char *context);
/* Removes all rows of `written`, or the one with that context; *removed: how many. */
enum docbao_status docbao_lexicon_remove(struct docbao *d, const char *path, const char *written,
                                         const char *context, uint32_t *removed);

struct docbao_lexicon_row {
    uint32_t line; /* from 1 */
    struct docbao_text written, spoken, context;
    const char *fault; /* why it cannot be used, or NULL */
};

/* Calls `each` for every row of the file, the faulty ones too. */
enum docbao_status
docbao_lexicon_each(struct docbao *d, const char *path,
                    void (*each)(void *user, const struct docbao_lexicon_row *row), void *user);

/* For docbao_speech.word: the engine's words could not be paired with the tokens. */
#define DOCBAO_NO_TOKEN UINT32_MAX

/* What is done to the tone of saved sound; all zero: nothing. */
struct docbao_tone {
    double low_hz, high_hz; /* the band that is kept; 0: no limit */
    double lift_db;         /* by how much the part between the next two is lifted; 0: not */
    double lift_from_hz, lift_to_hz;
    double ratio;        /* of the compressor; 0 or 1: none */
    double threshold_db; /* above it the compressor works; below full scale */
};

enum {
    DOCBAO_SAMPLE_RATE_LEAST = 8000,
    DOCBAO_SAMPLE_RATE_MOST = 192000,
    DOCBAO_BITRATE_LEAST = 8, /* kbit/s */
    DOCBAO_BITRATE_MOST = 512,
    DOCBAO_LOUDNESS_LEAST = -50, /* LUFS */
    DOCBAO_LOUDNESS_MOST = -8,
    DOCBAO_PEAK_LEAST = -20, /* dBTP */
    DOCBAO_PEAK_MOST = 0,
};

/* What a sound file says of itself. NULL: what the first article says. */
struct docbao_tags {
    const char *title, *author, *comment;
    const char *date;        /* ISO 8601: "2024-05-15", or only the year, or year and month */
    const char *cover;       /* a file with a JPEG or PNG picture */
    const char *spare_cover; /* the same, for where no cover is given, nor the article has any */
    bool none;               /* nothing at all, not even chapters */
};

/*
 * How a saved file shall be. All zero: in the format that the ending of its name says, with the
 * sound as the voice gives it. With a loudness or a peak, all of the sound must be known before the
 * first of it is written: it waits in a file without a name beside the destination.
 */
struct docbao_output {
    /* "wav", "flac", "ogg", "opus", "mp3", "m4a" or "m4b", where the name has no ending of these;
     * NULL: none. Static. */
    const char *format;
    uint32_t sample_rate;  /* 0: the voice's own */
    uint32_t channels;     /* 1, or 2 that are equal; 0: 1 */
    uint32_t bitrate;      /* kbit/s; 0: what suits speech */
    bool variable_bitrate; /* where the format has both */
    bool has_loudness, has_peak;
    /* The integrated loudness in LUFS (ITU-R BS.1770-4), for one channel and for two. */
    double loudness, loudness_stereo;
    double peak; /* the highest true peak, in dBTP; without it, but with a loudness: -1 */
    struct docbao_tone tone;
    /* For every file, where the tags of struct docbao_speech do not say it. */
    struct docbao_tags tags;
    /* Facts for Rivendell's `rdimport --xml`, beside the file with the ending .xml. */
    bool rdxml;
};

/* Fills *out from the profile of that name: the file NAME.ini in the folder (or NULL), or a
 * built-in one. Its texts are valid until the next call. Errors (DOCBAO_USAGE): there is none, or
 * it is broken, with file and line. */
enum docbao_status docbao_profile(struct docbao *d, const char *name, const char *folder,
                                  struct docbao_output *out);

/* The format in which a target would be saved: that of its ending, or else of `output` (or NULL).
 * NULL: none is known; then "-" and streams are WAV, and a file cannot be saved. */
const char *docbao_format_of(const char *target, const struct docbao_output *output);

/* Whether sound of this format (NULL: none) may be given a bit rate. */
bool docbao_has_bitrate(const char *format);

/* Articles to be spoken into a file one after another, and callbacks. Only `next` must be
 * given. */
struct docbao_speech {
    /* A path whose ending names the format, or "-" for a WAV stream on standard output; NULL: the
     * sound is made and dropped. The ending .html makes a page on which the text is read along; its
     * sound is beside it, with the ending of the format of `output` or else .mp3. The ending .epub
     * makes a book that is heard, with its sound inside. */
    const char *target;
    const struct docbao_output *output; /* NULL: all zero */
    /* The next article, or NULL after the last. Called only after the engine was started, so that
     * it starts while the first article is read. */
    struct docbao_article *(*next)(void *user);
    /* The article is no longer needed: a place to close it. Called once for each. */
    void (*done)(void *user, struct docbao_article *a);
    /* A sentence starts to be written. */
    void (*sentence)(void *user, struct docbao_article *a, uint32_t sentence);
    /* A word starts: its token, and the span to show; DOCBAO_NO_TOKEN and the sentence's span
     * where they are unknown. */
    void (*word)(void *user, struct docbao_article *a, uint32_t sentence, uint32_t token,
                 struct docbao_span span);
    /* The engine lost a sentence; a short silence replaces it. */
    void (*lost)(void *user, struct docbao_article *a, uint32_t sentence, const char *why);
    /* With read_when_spoken: all of the article was read, so that its diagnostics and what is
     * skipped are complete; some of its sentences are still to be written. Not called if speaking
     * ends before. */
    void (*read)(void *user, struct docbao_article *a);
    /* Gets the bytes of the target, a file, as soon as they are made, in their order, so that it
     * can be listened to before it is there: without what is only known at the end (tags, lengths
     * in the head). With a loudness or a peak nothing is made before the end. */
    void (*sound)(void *user, const void *bytes, size_t n);
    void *user;
    struct docbao_tags tags; /* all zero: as `output` or the articles say */
    /* Files with captions that are made beside the target, with its name and another ending: of
     * "vtt", "srt", "lrc", "json", "chapters" and "html" those named, with commas; NULL: none. The
     * target must not be a stream. */
    const char *captions;
    bool hold_sound; /* the page holds its sound: there is no other file */
};

struct docbao_stats {
    uint64_t first_block_ns; /* CLOCK_MONOTONIC when the first audio was handed on; 0: never */
    uint64_t frames;         /* accepted by the destination, silence included */
    uint32_t rate;           /* frames a second; 0: not known */
    uint32_t sentences;      /* that were begun */
    uint32_t lost;           /* of those */
    uint32_t cached;         /* of those: their sound was in the cache */
    /* Where a loudness or a peak was asked for and there was more than silence, how the sound came
     * out: loudness and highest true peak, the gain, and the most that the limiter took from any
     * sample, in dB. */
    bool levelled;
    double loudness, peak, gain_db, most_cut_db;
};

/*
 * Speaks the articles, returns when all is written. `stats` (or NULL) is filled whatever the
 * result, and is up to date whenever a function of `speech` is called: what it tells of begins at
 * stats->frames. DOCBAO_PARTIAL: sentences were lost, or the destination took only a part.
 * DOCBAO_STOPPED: no file left. DOCBAO_OUTPUT: the destination failed, at the start or
 * (stats->frames > 0) later. DOCBAO_USAGE: the voice does not work here. DOCBAO_INPUT: there was
 * nothing to speak.
 */
enum docbao_status docbao_speak(struct docbao *d, const struct docbao_speech *speech,
                                struct docbao_stats *stats);

/* ---- bulletins ---- */

/*
 * A bulletin is put together from a recipe (docs/bulletin.md, docbao-recipe(5)): an opening,
 * jingles, headlines, articles, other sound, a closing; in one or several voices, to a length.
 *
 * Invariants: what the recipe names and is not there (an article, a jingle) is left out, and told
 * by `note`; the rest is made, and the result is DOCBAO_PARTIAL. A recipe that contradicts itself
 * is an error with file and line.
 */
struct docbao_bulletin;

/* Reads a recipe. The caller closes *out (NULL after an error) with docbao_bulletin_close, before
 * `d` is freed. Errors: DOCBAO_USAGE, with file and line. */
enum docbao_status docbao_bulletin_open(struct docbao *d, const char *recipe,
                                        struct docbao_bulletin **out);
/* NULL is allowed. */
void docbao_bulletin_close(struct docbao_bulletin *b);

/* The profile that the recipe names, or NULL. */
const char *docbao_bulletin_profile(const struct docbao_bulletin *b);
/* docbao_profile of that one. Errors: those of docbao_profile, with file and line. */
enum docbao_status docbao_bulletin_output(struct docbao_bulletin *b, const char *folder,
                                          struct docbao_output *out);

/* A recipe to begin with, with comments in Vietnamese. Static. */
struct docbao_text docbao_bulletin_example(void);

struct docbao_bulletin_wish {
    const char *target; /* as of struct docbao_speech; not NULL */
    const struct docbao_output *output;
    struct docbao_tags tags; /* all zero: as the recipe says */
    const char *captions;    /* as of struct docbao_speech */
    /* Files with the run sheet beside the target: of "txt", "html" and "csv" those named, with
     * commas; NULL: none. */
    const char *run_sheet;
    const char *date;  /* of the bulletin: "2026-11-30" */
    const char *heard; /* for feeds, as of docbao_feed_open; or NULL */
    /* The file that remembers what was in which bulletin, which need not exist: made again on the
     * same day, from the same recipe, one has the same news. NULL: there is none. */
    const char *taken;
    /* Called for what an editor should know: what was left out, and why. `file` and `line` are the
     * place in the recipe, where there is one. May be NULL. */
    void (*note)(void *user, const struct docbao_error *note);
    void *user;
};

/* Makes the bulletin; once for each docbao_bulletin_open. What feeds gave is remembered as heard
 * once the file is complete. Status and `stats` (or NULL) as of docbao_speak; DOCBAO_USAGE also for
 * a recipe that cannot be followed. */
enum docbao_status docbao_bulletin_make(struct docbao_bulletin *b,
                                        const struct docbao_bulletin_wish *wish,
                                        struct docbao_stats *stats);

/*
 * Keys tell whether a sound file would come out as another did, without making it: SHA-256 of all
 * that decides its bytes. Equal keys mean equal files. The settings are all but the document: the
 * options, voice, tables and lexicon of `d`, the output, tags and captions of `speech`, the build
 * of the program, the data of the engine. Of `speech->target` only the format counts. Errors of
 * docbao_settings_key: DOCBAO_USAGE (the voice or a table is not as it should be).
 */
struct docbao_key {
    unsigned char bytes[32];
};

enum docbao_status docbao_settings_key(struct docbao *d, const struct docbao_speech *speech,
                                       struct docbao_key *out);
/* The document of that name with these bytes, and the lexicon that stands beside it. */
void docbao_document_key(struct docbao *d, const struct docbao_key *settings, const char *name,
                         struct docbao_text bytes, struct docbao_key *out);
/* An article from the network, by what was found in it: the page around it changes all the time.
 * The places of "json" captions in the page do not count. */
void docbao_article_key(const struct docbao_key *settings, const struct docbao_article *a,
                        struct docbao_key *out);

/* Draws a cover with a title, for podcasts: a PNG of 1400 by 1400 pixels, unless `path` holds just
 * that already. Errors: DOCBAO_USAGE (the part that draws is not installed), DOCBAO_OUTPUT. */
enum docbao_status docbao_cover(struct docbao *d, const char *title, const char *path);

/* ---- short texts at once: for screen readers ---- */

/*
 * A speaker says one short text after another with an engine that stays ready, and hands the sound
 * to the caller.
 *
 * Invariants:
 * - Only docbao_speaker_open and docbao_speaker_close wait. The caller waits for the descriptors of
 *   docbao_speaker_descriptors; then it calls docbao_speaker_next until that gives
 *   DOCBAO_SPOKEN_NOTHING.
 * - Every text ends with one DOCBAO_SPOKEN_END or DOCBAO_SPOKEN_LOST, unless it is dropped by
 *   docbao_speaker_stop or the next docbao_speaker_say.
 * - An engine that dies or does not answer for a fifth of a second is started anew, and goes on
 *   where it was. If that fails too, the rest of the text is lost, and the next one is spoken.
 * - The engine of a voice that is apart (struct docbao_voice) is started when the voice is first
 *   asked for, and stays ready while no other such voice is. If it dies, does not start within two
 *   seconds, or gives nothing for one and a half, the voice of the options says the sentence again,
 *   and the rest of the text.
 * - Nothing of the text is left out: what an article would not be read with (footnotes, sentences
 *   in English) is read.
 */
struct docbao_speaker;

/* Which marks are named, besides those that are always read ("5%"). */
enum docbao_punctuation {
    DOCBAO_PUNCTUATION_NONE,
    DOCBAO_PUNCTUATION_SOME,
    DOCBAO_PUNCTUATION_MOST,
    DOCBAO_PUNCTUATION_ALL,
};

enum docbao_manner {
    DOCBAO_AS_TEXT,
    DOCBAO_AS_CHARACTERS, /* each character by its name: "á" a sắc, "." chấm */
    DOCBAO_AS_KEY,        /* a key or several: "control_shift_a", "F5", "space" */
};

/* A text to say. All zero but the text is a good set. */
struct docbao_utterance {
    struct docbao_text text; /* copied; what is not UTF-8 in it is U+FFFD */
    enum docbao_manner manner;
    const char *voice;    /* a name of docbao_voice_at; NULL: that of the options */
    const char *language; /* of the text, if another voice of the engine shall read it: "en-US";
                             NULL, or a language that the engine does not have: Vietnamese */
    /* -100 to 100: from the slowest and lowest that the engine can do to the fastest and highest;
     * 0 is the voice's own. */
    int rate, pitch, range;
    int quieter; /* 0 to 100: by how many percent of the voice's own volume */
    enum docbao_punctuation punctuation;
    bool capitals; /* "hoa" is said before a word that begins with a capital */
};

/* Loads all that is needed, starts the engine and waits until it has started. The caller closes
 * *out (NULL after an error) with docbao_speaker_close, before `d` is freed. Errors: DOCBAO_USAGE
 * (the voice does not work here, a table or the lexicon is not as it should be). */
enum docbao_status docbao_speaker_open(struct docbao *d, struct docbao_speaker **out);
void docbao_speaker_close(struct docbao_speaker *s); /* NULL is allowed */

/* Starts the engine of the voice, if it is apart and not ready, so that the first text is heard
 * sooner. Does nothing while something is being said. */
void docbao_speaker_prepare(struct docbao_speaker *s, const char *voice);

/* Frames a second, of the sound that was given last. */
uint32_t docbao_speaker_rate(const struct docbao_speaker *s);

/* Drops what is being said, and begins with this text. Errors: DOCBAO_USAGE (the voice); nothing is
 * said then. */
enum docbao_status docbao_speaker_say(struct docbao_speaker *s, const struct docbao_utterance *u);
/* Drops what is being said. */
void docbao_speaker_stop(struct docbao_speaker *s);

enum docbao_spoken_kind {
    DOCBAO_SPOKEN_NOTHING, /* nothing is there now */
    DOCBAO_SPOKEN_WORD,    /* the sound of `span` of the text begins with the next frame */
    DOCBAO_SPOKEN_SOUND,
    DOCBAO_SPOKEN_END,  /* all of the text was given */
    DOCBAO_SPOKEN_LOST, /* the rest of it was lost: the engine has failed */
};

struct docbao_spoken {
    enum docbao_spoken_kind kind;
    struct docbao_span span; /* bytes of the text as it was given to docbao_speaker_say */
    const int16_t *pcm;      /* one channel, valid until the next call; NULL: silence */
    uint32_t frames;
};

/* Takes what comes next, without waiting. */
struct docbao_spoken docbao_speaker_next(struct docbao_speaker *s);

enum { DOCBAO_MOST_DESCRIPTORS = 192 };
/* Fills up to DOCBAO_MOST_DESCRIPTORS of `fds` with what to wait for after DOCBAO_SPOKEN_NOTHING,
 * returns how many; lowers *timeout_ms (-1: no limit) to when to call again all the same. */
uint32_t docbao_speaker_descriptors(struct docbao_speaker *s, struct pollfd *fds, int *timeout_ms);

/* Calls `each` for every language besides Vietnamese that a text may be spoken in here: "en-US". */
void docbao_languages(struct docbao *d, void (*each)(void *user, const char *language), void *user);

/* ---- listening ---- */

/*
 * A player reads articles aloud to a device and does at once what a listener asks for.
 *
 * Invariants:
 * - No call waits, but docbao_player_close, which lets what was written be heard (at most half a
 *   second). The caller waits: for the descriptors of docbao_player_descriptors beside its own;
 *   then it calls docbao_player_step. The listener is called from there; `neighbour` and `changed`
 *   also from the commands below.
 * - Times, words and sentences are reported when they are heard, not when they are synthesized.
 * - Articles that `neighbour` gave must stay open until they are given to `done`, or, without a
 *   `done`, until the player is closed.
 */
struct docbao_player;

struct docbao_listener {
    /* The article `step` (1 or -1) after `a`, or the first one if `a` is NULL; *out NULL: there
     * is none. False: not known yet, since it is still being fetched; ask again soon. Must be
     * given. */
    bool (*neighbour)(void *user, struct docbao_article *a, int step, struct docbao_article **out);
    /* The sentence to start at when an article is reached for the first time; NULL: 0. */
    uint32_t (*start)(void *user, struct docbao_article *a);
    /* An article, a sentence, a word begins to be heard. token: DOCBAO_NO_TOKEN where the words
     * are unknown. May be NULL, as those below. */
    void (*article)(void *user, struct docbao_article *a);
    void (*sentence)(void *user, struct docbao_article *a, uint32_t sentence);
    void (*word)(void *user, struct docbao_article *a, uint32_t sentence, uint32_t token);
    /* An article was heard to its end. */
    void (*heard)(void *user, struct docbao_article *a);
    /* As in struct docbao_speech. */
    void (*lost)(void *user, struct docbao_article *a, uint32_t sentence, const char *why);
    /* Something in docbao_player_status other than the place has changed. */
    void (*changed)(void *user);
    /* The player no longer needs the article: a place to close it. Called once each time that
     * `neighbour` gave an article that the player did not have, at the latest by
     * docbao_player_close; never for the article that is being heard or was shown last. An article
     * that is given again after it counts as a new one. NULL: all stay open. */
    void (*done)(void *user, struct docbao_article *a);
    void *user;
};

struct docbao_player_options {
    const char *device; /* as the target of docbao_speech for a device */
    bool no_chime;      /* none between two articles */
    /* To begin with, as DOCBAO_SPEED and DOCBAO_VOLUME take them; what the voice cannot do is cut
     * to what it can. 0: the rate of struct docbao_options, and 100. */
    uint32_t speed_percent, volume_percent;
    /* Give up when a lost device does not come back within ten seconds. */
    bool impatient;
};

/* Starts the engine and opens the device in the background; no article is asked for yet. The caller
 * closes *out with docbao_player_close, before `d` is freed. */
enum docbao_status docbao_player_open(struct docbao *d, const struct docbao_player_options *options,
                                      const struct docbao_listener *listener,
                                      struct docbao_player **out);
/* Ends the sound at once, and frees. NULL is allowed. */
void docbao_player_close(struct docbao_player *p);

/* Fills up to DOCBAO_MOST_DESCRIPTORS of `fds` with what to wait for, returns how many; lowers
 * *timeout_ms (-1: no limit) to when a step is due all the same. */
uint32_t docbao_player_descriptors(struct docbao_player *p, struct pollfd *fds, int *timeout_ms);

/* Does all that can be done now. Errors end the playing: DOCBAO_DEVICE (no device; or, for the
 * impatient, it was lost for ten seconds), DOCBAO_USAGE (the engine does not start), DOCBAO_INPUT
 * (there is no article, or none with a sentence; or no sentence could be spoken). */
enum docbao_status docbao_player_step(struct docbao_player *p);

enum docbao_playing {
    DOCBAO_PLAYING,
    DOCBAO_PAUSED,
    DOCBAO_FETCHING, /* the next article is not there yet */
    DOCBAO_AWAY,     /* the device was lost, and is looked for again and again */
    DOCBAO_ENDED,    /* all was heard */
};

struct docbao_player_status {
    enum docbao_playing playing;
    struct docbao_article *article; /* NULL: none yet */
    uint32_t sentence;              /* the one being heard, or to be heard next */
    uint32_t token;                 /* DOCBAO_NO_TOKEN: not known */
    uint32_t speed_percent, volume_percent;
    const char *voice;
    uint64_t elapsed_ms, total_ms; /* of the article at this speed, estimated */
    const char *trouble;           /* a message about the fault of the device, or "" */
    bool paused_while_away;        /* DOCBAO_AWAY: it will be paused when the device is back */
};

/* How the player is now; `trouble` is valid until the next step. */
struct docbao_player_status docbao_player_status(const struct docbao_player *p);

enum docbao_command {
    DOCBAO_PAUSE,
    DOCBAO_PLAY,      /* go on, from the start of the word */
    DOCBAO_SENTENCE,  /* these four: `number` 1 the next, -1 the one before, 0 this one again */
    DOCBAO_PARAGRAPH, /* -1: to the start of this one first */
    DOCBAO_PART,      /* the same by headings; without one, by articles */
    DOCBAO_ARTICLE,
    DOCBAO_GO,     /* to sentence `number` (from 0) of this article */
    DOCBAO_SPEED,  /* to `number` percent, 50 to 400, from this word on */
    DOCBAO_VOLUME, /* to `number` percent, 0 to 100 */
    /* By `number` milliseconds in this article, back if it is negative, to a word; not beyond the
     * end. Times are those of docbao_player_status, so estimated. */
    DOCBAO_SEEK,
};

/* False: that cannot be done (there is no next sentence), and nothing has changed. */
bool docbao_player_do(struct docbao_player *p, enum docbao_command command, int32_t number);
/* Takes another voice, from this word on. Errors: DOCBAO_USAGE; the voice is then as it was. */
enum docbao_status docbao_player_voice(struct docbao_player *p, const char *name);
/* The lexicon was changed: reads all articles anew, and repeats the present sentence. */
enum docbao_status docbao_player_reread(struct docbao_player *p);

struct docbao_player_stats {
    uint64_t first_block_ns; /* as in struct docbao_stats */
    uint64_t frames;
    uint32_t rate, sentences, lost, underruns;
    /* From a command that changes the sound to the first changed block handed on. */
    uint32_t answers;
    uint64_t answer_most_ns, answer_sum_ns;
};

/* Fills *stats with the figures so far. */
void docbao_player_stats(const struct docbao_player *p, struct docbao_player_stats *stats);

/* Sound devices. Calls `each` for every one that can play. Errors: DOCBAO_DEVICE (there is none,
 * the sound system does not start). */
struct docbao_device {
    uint32_t number;
    const char *name;
    bool is_default;
    uint32_t rate; /* its own, frames a second */
};
enum docbao_status docbao_devices(struct docbao *d,
                                  void (*each)(void *user, const struct docbao_device *device),
                                  void *user);

/* How long the sentences from `from` to below `to` (cut to what there is) take at that speed, the
 * pause after each included, estimated without speaking them. Cheap after the first
 * call, whatever the speed and the number of sentences. */
uint64_t docbao_time_ms(struct docbao_article *a, uint32_t from, uint32_t to,
                        uint32_t speed_percent);

/* A pause of so many milliseconds, at this speed. */
uint32_t docbao_pause_ms(uint32_t pause_ms, uint32_t speed_percent);
/* The pause between two articles, in ms, at this speed; the pause after the first of them may be
 * longer, and then counts. Without a voice that was found, 0. */
uint32_t docbao_article_pause_ms(const struct docbao *d, uint32_t speed_percent);

/* The other way round: the sentence that is heard so long after the start of the article; the last
 * one where that is beyond its end. */
uint32_t docbao_sentence_at_ms(struct docbao_article *a, uint64_t ms, uint32_t speed_percent);

/* The first sentence from `from` on, going round at the end, that holds `wanted`, in small letters
 * or capitals; a `wanted` without any mark is found under every mark ("cong" in "công"). *token is
 * the one it begins in. False: there is none. */
bool docbao_find(struct docbao_article *a, const char *wanted, uint32_t from, uint32_t *sentence,
                 uint32_t *token);
/* The same backwards: the last sentence before `before`, going round at the start. */
bool docbao_find_back(struct docbao_article *a, const char *wanted, uint32_t before,
                      uint32_t *sentence, uint32_t *token);

/*
 * Remembers the place where a listener left in the file at `path`, which need not exist; every
 * docbao of a user shares it. Articles and sentences are known by their content. docbao_recall:
 * false where nothing is remembered of the article (or the file cannot be read). docbao_remember,
 * docbao_forget: DOCBAO_OUTPUT where the file cannot be written.
 */
bool docbao_recall(struct docbao *d, const char *path, struct docbao_article *a,
                   uint32_t *sentence);
enum docbao_status docbao_remember(struct docbao *d, const char *path, struct docbao_article *a,
                                   uint32_t sentence);
enum docbao_status docbao_forget(struct docbao *d, const char *path, struct docbao_article *a);
/* The same for a list of files: which of them, from 0. */
bool docbao_recall_list(struct docbao *d, const char *path, const char *const *names,
                        uint32_t count, uint32_t *index);
enum docbao_status docbao_remember_list(struct docbao *d, const char *path,
                                        const char *const *names, uint32_t count, uint32_t index);

/*
 * The desktop: media keys and panels, over the session bus (MPRIS). `command` is called from
 * docbao_desktop_serve only.
 */
struct docbao_desktop;

enum docbao_desktop_command {
    DOCBAO_DESKTOP_PLAY,
    DOCBAO_DESKTOP_PAUSE,
    DOCBAO_DESKTOP_TOGGLE,
    DOCBAO_DESKTOP_STOP,
    DOCBAO_DESKTOP_NEXT,
    DOCBAO_DESKTOP_PREVIOUS,
    DOCBAO_DESKTOP_QUIT,
    DOCBAO_DESKTOP_SEEK,   /* by `value` milliseconds */
    DOCBAO_DESKTOP_PLACE,  /* to `value` milliseconds from the article's start */
    DOCBAO_DESKTOP_SPEED,  /* to `value` percent */
    DOCBAO_DESKTOP_VOLUME, /* to `value` percent */
};

struct docbao_desktop_status {
    enum docbao_playing playing;
    uint32_t track; /* of the queue, from 0 */
    struct docbao_text title, byline;
    const char *url; /* of the article: "file:///..." or as given; "" where there is none */
    uint64_t place_ms, length_ms;
    uint32_t speed_percent, volume_percent;
    bool has_next, has_previous;
};

/* Errors: DOCBAO_USAGE (there is no session bus, or the part that speaks to it is not installed);
 * the message says which. The caller closes *out with docbao_desktop_close. */
enum docbao_status
docbao_desktop_open(struct docbao *d,
                    void (*command)(void *user, enum docbao_desktop_command command, int64_t value),
                    void *user, struct docbao_desktop **out);
void docbao_desktop_close(struct docbao_desktop *desktop);
/* Sets *fd to what to wait for; lowers *timeout_ms. */
void docbao_desktop_wants(struct docbao_desktop *desktop, struct pollfd *fd, int *timeout_ms);
/* Answers the requests of the bus. False: the bus is gone. */
bool docbao_desktop_serve(struct docbao_desktop *desktop);
/* Announces what has changed; `sought`: the listener jumped to this place. */
void docbao_desktop_tell(struct docbao_desktop *desktop, const struct docbao_desktop_status *status,
                         bool sought);

#ifdef __cplusplus
}
#endif

#endif
