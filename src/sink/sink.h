/*
 * Sinks accept the sound: a device, a file, or one that drops it.
 *
 * Invariants:
 * - A sink is a const struct of functions; its state is its own.
 * - Audio is signed 16-bit, interleaved, at the rate and channels given to open.
 * - The order of calls is: open; then for each article tags, and writes and marks; finish, close.
 * - After any error only close may be called. close is always called once and never leaves a
 *   partial file, a running process or a temporary file.
 * - Text that is passed in tags and marks is UTF-8 and belongs to the caller. It is valid only
 *   during the call: a sink that needs it later copies it.
 */
#ifndef DOCBAO_SINK_SINK_H
#define DOCBAO_SINK_SINK_H

#include <signal.h>

#include "base/err.h"

/* What is done to the tone (sink/master/tone.h); all zero: nothing. */
struct sink_tone {
    double low_hz, high_hz; /* the band that is kept; 0: no limit */
    double lift_db;         /* how much is lifted between the next two; 0: nothing */
    double lift_from_hz, lift_to_hz;
    double ratio;        /* of the compressor: 2 halves, in dB, what is above the threshold */
    double threshold_db; /* below full scale */
};

/* What was found and done when sound was brought to a loudness. */
struct sink_level {
    bool known;       /* false: it was not asked for, or there is only silence */
    double lufs;      /* integrated loudness (ITU-R BS.1770-4) */
    double peak_dbtp; /* no true peak is higher */
    double gain_db;
    double most_cut_db; /* the most that the limiter took from any sample */
};

/* How a file shall be made; all zero: in the format that its name says, with the sound as it is. */
struct sink_delivery {
    const char *ending; /* of the format ("mp3") where the name has none that is known; or NULL */
    uint32_t bitrate;   /* bits a second; 0: what suits speech */
    bool variable;      /* the bit rate may follow the sound */
    bool rdxml;         /* sink/tag/rdxml.h: beside the file, with the ending .xml */
    /* Gets the bytes of a file in their order, as soon as they are made; what is put in front of
     * them, or is changed, when the sound is complete (tags, lengths) is not among them. NULL:
     * nobody does. */
    void (*copy)(void *user, const void *bytes, size_t n);
    void *copy_user;
    /* The rest is what sink_mastered does, and sink_file does not look at. */
    uint32_t rate, channels; /* 0: as they come */
    struct sink_tone tone;
    bool has_loudness, has_peak;
    double lufs, peak_dbtp;   /* without has_peak, but with has_loudness: -1 dBTP */
    struct sink_level *level; /* filled by finish */
};

struct sink_format {
    uint32_t rate;     /* frames a second */
    uint32_t channels; /* 1 or 2 */
    /* A signal handler sets it to nonzero when the caller wants to stop; or NULL. A write that
     * waits checks it after every wait and whenever a signal interrupts one. */
    const volatile sig_atomic_t *stop;
    const struct sink_delivery *delivery; /* of a file; outlives the sink; NULL: all zero */
};

/* A unit of the text, from the largest to the smallest. A heading and a paragraph are on the same
 * level. */
enum sink_mark_kind {
    SINK_MARK_ARTICLE,
    SINK_MARK_HEADING,
    SINK_MARK_PARAGRAPH, /* any block that is neither the article's title nor a heading */
    SINK_MARK_SENTENCE,
    SINK_MARK_WORD,
};

/* Says that the sound of a unit of the text starts at a frame. */
struct sink_mark {
    uint64_t frame; /* of those written since open or the last cut, at the rate of the format */
    enum sink_mark_kind kind;
    struct sv text; /* as it is written in the article, not as it is spoken; of an article its
                       title; may be empty */
};

/* The facts known about an article. Unknown members are empty. */
struct sink_tags {
    struct sv title;
    struct sv author;
    struct sv source;        /* the name of the publication, or the site of the page */
    struct sv date;          /* ISO 8601 */
    struct sv language;      /* BCP 47: "vi" */
    struct sv comment;       /* the address of the page */
    struct sv picture;       /* the bytes of a JPEG or PNG file */
    struct sv spare_picture; /* the same, of tags that are given: where there is no picture */
};

/*
 * More functions of a sink that is listened to. None of them waits, and neither does a write of no
 * more than `room` frames.
 */
struct sink_live {
    /* Returns the number of frames that `write` takes now without waiting; 0: none yet. */
    uint32_t (*room)(void *state);
    /* Brings the state up to date. *heard: how many of the frames written since the last cut (or
     * open) have been heard. Errors: STATUS_DEVICE (there is no device, it was lost, or it takes no
     * more sound). */
    enum status (*update)(void *state, uint64_t *heard, struct err *e);
    /* Drops what was written and is not heard yet. What is being heard fades out within a few
     * milliseconds; the next write fades in. */
    void (*cut)(void *state);
    /* A descriptor that polls as readable when `update` has something to do, or -1. Lowers
     * *timeout_ms (-1: no limit) to when `update` should be called even if it does not. */
    int (*descriptor)(void *state, int *timeout_ms);
    /* Sets the volume, 0 to 100 percent, also of what was written and is not played yet. At 100
     * every sample stays as it is. */
    void (*volume)(void *state, uint32_t percent);
    /* Returns the number of times since open that the sink had nothing left to play while more was
     * to come. */
    uint32_t (*underruns)(const void *state);
};

struct sink_driver {
    const char *name;
    /* Each driver says below what its `target` is. Errors: STATUS_OUTPUT (file), STATUS_DEVICE
     * (device), STATUS_USAGE (the target means nothing, or a part is not installed), each with what
     * to do; STATUS_STOPPED. On an error *state is NULL. The player returns at once and opens its
     * device meanwhile: the first write or finish reports that there is none. */
    enum status (*open)(void **state, const char *target, const struct sink_format *format,
                        struct err *e);
    /* Writes all frames; a device waits until it has room for them. Errors: STATUS_OUTPUT,
     * STATUS_DEVICE; STATUS_PARTIAL when the sink can take no more but what it has is whole (a
     * stream of 4 GiB); STATUS_STOPPED when format.stop was set, or when the reader of a stream
     * went away (the caller must ignore SIGPIPE). */
    enum status (*write)(void *state, const int16_t *pcm, uint32_t frames, struct err *e);
    /* Waits until all that was written is heard, or completes the file and puts it in its place.
     * Errors: as write. */
    enum status (*finish)(void *state, struct err *e);
    /* Frees all. Without a successful finish: silence at once, no new file left, the old file
     * as it was. */
    void (*close)(void *state);
    const struct sink_live *live; /* NULL: this sink is not listened to */
    /* NULL: the sink ignores tags. Called before the mark of each article, so at least once before
     * the first mark. A sink that has tags only for the whole uses the first. Errors: as write. */
    enum status (*tags)(void *state, const struct sink_tags *tags, struct err *e);
    /* NULL: the sink ignores marks. A mark is given before its frame is written; marks come in the
     * order of their frames and, at the same frame, the larger unit first. A cut drops the marks
     * of frames that have not been heard. Errors: as write. */
    enum status (*mark)(void *state, const struct sink_mark *mark, struct err *e);
    /* NULL: the sink ignores it. The level of the sound as it will be; before the first write. */
    void (*level)(void *state, const struct sink_level *level);
    /* It wants the marks of articles and headings only; others may be given all the same. */
    bool only_parts;
};

/* Calls the driver's function, or does nothing where the driver ignores tags or marks. */
enum status sink_set_tags(const struct sink_driver *driver, void *state,
                          const struct sink_tags *tags, struct err *e);
enum status sink_add_mark(const struct sink_driver *driver, void *state,
                          const struct sink_mark *mark, struct err *e);

/* Plays nothing. Target: "realtime" to keep the pace of a device, or "". */
extern const struct sink_driver sink_null;
/* Target: a path whose ending names the format, or "-" for a WAV stream on standard output. */
extern const struct sink_driver sink_file;
/* The same, for a `delivery` with more than a format: changes tone, rate, loudness and channels on
 * the way. Where the loudness or the peak matters, the file gets all its sound at the end. */
extern const struct sink_driver sink_mastered;
/* Target: the name or the number of a sound device, or "" for the default one. */
extern const struct sink_driver sink_player;

#endif
