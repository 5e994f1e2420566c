/*
 * Speech engines, as the rest of the program sees them.
 *
 * Invariants:
 * - An engine is a const struct, and all that belongs to it is in one folder, src/synth/NAME/. No
 *   file outside that folder includes a header from it.
 * - `start`, `identify`, `adjust`, `tune` and `speak` run only in the processes of the pool
 * (synth/pool.h), so an engine may keep global state, crash or hang without harm to the caller. The
 * other functions run in the caller: they keep no state and load no library.
 * - An engine is started once, and its processes are copies of that one; or it is *apart*: each
 *   worker starts one of its own and keeps it. That is for engines that are programs, or have
 *   threads, which a fork does not copy. What such an engine says may depend on what it said
 *   before.
 * - An engine knows nothing of articles: it is given spoken words and the pauses after them.
 * - Audio is signed 16-bit mono at the engine's own sample rate.
 */
#ifndef DOCBAO_SYNTH_SYNTH_H
#define DOCBAO_SYNTH_SYNTH_H

#include "base/err.h"
#include "lang/dialect.h"

struct rules;

struct synth_settings {
    const char *voice; /* the engine's own name of the voice */
    uint32_t rate;     /* words a minute, within the engine's limits */
    uint32_t pitch;    /* 0 to 99, 50 is the middle */
    uint32_t range;    /* of the pitch: 0 to 99, 50 is the middle */
    uint32_t volume;   /* 0 to 100 */
    /* Of the pauses between sentences, which the engine does not make; 0: all. */
    uint32_t pause_percent;
    uint32_t article_pause_ms; /* between two articles at least; 0: as between two paragraphs */
    uint32_t own_rate;         /* words a minute at the voice's own speed; 0: `rate` */
};

/* A spoken word: a legal Vietnamese syllable in lower case, and the punctuation mark after it. */
struct synth_word {
    struct sv spoken; /* borrowed */
    char pause;       /* one of , . ; : ? ! or 0 */
};

/* `speak` gives its results to these functions. Both return false if no more is wanted. */
struct synth_output {
    bool (*audio)(void *to, const int16_t *pcm, uint32_t frames);
    /* The word at code point `text_position` (from 0) of the text is heard from `frame` of the
     * sentence on. Words come in order, each before the audio it points into. */
    bool (*word)(void *to, uint32_t text_position, uint32_t frame);
    void *to;
    /* The time that the sentence has. An engine that waits for another process gives up then; time
     * in which it waits for these functions does not count. */
    uint32_t patience_ms;
};

/*
 * The model of an engine's time for a sentence: a weighted sum of counts ("terms"). The counts
 * depend on the words alone and the weights on the settings alone, so the time of any range of
 * sentences at any speed costs the same few operations (synth/estimate.h).
 */
enum { SYNTH_TERMS_MAX = 16 };

struct synth_timing {
    uint32_t terms; /* at most SYNTH_TERMS_MAX */
    /* Sets the terms of one sentence. */
    void (*count)(enum dialect dialect, const struct synth_word *words, size_t n, double *terms);
    /* Sets the milliseconds that one of each term takes. */
    void (*weigh)(enum dialect dialect, const struct synth_settings *settings, double *weights);
};

struct synth_engine {
    const char *name;
    uint32_t rate_min, rate_max; /* words a minute */
    /* The most on this machine, which may lack a part for it. NULL: rate_max. */
    uint32_t (*fastest)(void);
    bool apart; /* see the invariants */
    /* Of an engine that is apart, the longest time that `start` takes. */
    uint32_t start_ms;
    /* The message if the engine dies at every start: a whole sentence. */
    const char *dies_at_start;

    /* Once in each zygote process, or, if it is apart, in each worker: loads the engine and the
     * voice, and gives its native sample rate in frames a second. Errors (STATUS_USAGE): the
     * engine, its data or the voice is missing; the message says what to install. */
    enum status (*start)(const struct synth_settings *settings, uint32_t *sample_rate,
                         struct err *e);
    /* Appends, to an empty buffer, the one folder that its processes may read after `start`: from
     * then on they are confined (base/sandbox.h). NULL: none. */
    void (*add_folder)(struct buf *path);
    /* Of an engine that is apart, and confined before `start`: appends the files and folders that
     * it needs beside those of the system, each followed by a NUL. */
    void (*add_readable)(const char *voice, struct buf *paths);
    /* The most workers at once with this voice. NULL: no limit. */
    uint32_t (*most_workers)(const char *voice);
    /* Changes the settings in a worker, before a sentence. Errors: as of `start`. */
    enum status (*adjust)(const struct synth_settings *settings, struct err *e);
    /* Changes rate, pitch, range and volume, not the voice, for the next sentence: that costs
     * nothing. NULL: all sentences are spoken alike. */
    void (*tune)(const struct synth_settings *settings);
    /* Speaks one sentence in a worker. `text` is a result of `prepare`, NUL-terminated. */
    enum status (*speak)(const char *text, const struct synth_output *out, struct err *e);

    /* After `start`, in a process that ends then: appends what tells the data that it speaks from,
     * with these settings, from any other: lines that end with a space and the path of a file.
     * NULL: there is none. Of an engine that is apart it may be called anywhere, also before. */
    void (*identify)(const struct synth_settings *settings, struct buf *out);

    /* Appends to `text` what `speak` needs to say these words, and sets positions[0..n) to the code
     * point (from 0, of what was appended) at which each word starts; UINT32_MAX for a word that
     * the engine cannot be given and that was left out. */
    void (*prepare)(const struct rules *rules, enum dialect dialect, const struct synth_word *words,
                    size_t n, struct buf *text, uint32_t *positions);
    /* The same for words of another language: letters and digits, an apostrophe between letters.
     * NULL: the engine has no other languages. */
    void (*prepare_foreign)(const struct synth_word *words, size_t n, struct buf *text,
                            uint32_t *positions);
    /* Calls `each` for every other language that this machine can speak ("en-US") with the voice
     * for it, which lives on. NULL: there is none. */
    void (*languages)(void (*each)(void *user, const char *language, const char *voice),
                      void *user);
    struct synth_timing timing;
    /* Whether this machine has the voice; if not, appends the reason to `why`. */
    bool (*has_voice)(const char *voice, struct buf *why);
    /* An engine whose voices are not names, but are described in a section of their own of the
     * voice file (synth/voice.h): checks one line of it; if it is wrong, appends the reason to
     * `problem`. NULL: voices are names. */
    bool (*check_line)(const char *key, const char *value, struct buf *problem);
    /* Checks all lines of the section, joined as struct synth_settings.voice has them: "key=value",
     * with a tab between two. */
    bool (*check_section)(const char *voice, struct buf *problem);
};

#define ENGINE(name) extern const struct synth_engine synth_##name;
#include "synth/engines.def"
#undef ENGINE

/* The engine of that name, or NULL. */
const struct synth_engine *synth_engine_named(struct sv name);

/* Appends the names of all engines, separated by ", ". */
void synth_engine_names(struct buf *out);

#endif
