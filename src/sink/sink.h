/*
 * Where audio goes: a device, a file, nothing.
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

struct sink_format {
    uint32_t rate;     /* frames a second */
    uint32_t channels; /* 1 or 2 */
    /* Nonzero once the caller wants to stop, set by a signal handler; or NULL. A write that waits
     * looks at it after every wait and whenever a signal interrupts one. */
    const volatile sig_atomic_t *stop;
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

/* What is known about an article. Unknown members are empty. */
struct sink_tags {
    struct sv title;
    struct sv author;
    struct sv source;   /* the name of the publication, or the address of the page */
    struct sv date;     /* ISO 8601 */
    struct sv language; /* BCP 47: "vi" */
    struct sv comment;
};

/*
 * What a sink that is listened to can do besides: nothing here waits, and neither does a write of
 * no more than `room` frames.
 */
struct sink_live {
    /* How many frames `write` takes now without waiting; 0: none yet. */
    uint32_t (*room)(void *state);
    /* Takes news. *heard: of the frames written since the last cut (or open), how many have been
     * heard by now. Errors: STATUS_DEVICE (there is no device, it was lost, it takes nothing any
     * more). */
    enum status (*look)(void *state, uint64_t *heard, struct err *e);
    /* What was written and is not heard yet is dropped; what sounds fades out within a few
     * milliseconds. Silence follows until the next write, whose start fades in. */
    void (*cut)(void *state);
    /* A descriptor that polls as readable when there is news, or -1. *timeout_ms is lowered to
     * when to look all the same. */
    int (*descriptor)(void *state, int *timeout_ms);
    /* From now on as loud as `percent` (0 to 100) says; 100 leaves every sample as it is. What was
     * written and not yet played is meant too. */
    void (*volume)(void *state, uint32_t percent);
    /* How often the sink had played all there was while more was to come, since open. */
    uint32_t (*underruns)(const void *state);
};

struct sink_driver {
    const char *name;
    /* `target` is the driver's own: a path, a device name; it may be "". Errors: STATUS_OUTPUT
     * (file), STATUS_DEVICE (device), STATUS_USAGE (a target that means nothing), each naming what
     * to do; STATUS_STOPPED. On an error *state is NULL. The player returns at once and opens its
     * device meanwhile: that there is none is told by the first write or by finish. */
    enum status (*open)(void **state, const char *target, const struct sink_format *format,
                        struct err *e);
    /* Writes all frames, waiting as long as the sink's pace asks. Errors: STATUS_OUTPUT,
     * STATUS_DEVICE; STATUS_PARTIAL where the sink can take no more but what it has is whole
     * (a stream past 4 GiB); STATUS_STOPPED after stop was asked for, or when the reader of a
     * stream went away (the caller has to ignore SIGPIPE to be told). */
    enum status (*write)(void *state, const int16_t *pcm, uint32_t frames, struct err *e);
    /* Lets all that was written be heard, or completes the file and puts it in its place. */
    enum status (*finish)(void *state, struct err *e);
    /* Frees all. Without a successful finish: silence at once, no file left behind, the old file
     * as it was. */
    void (*close)(void *state);
    const struct sink_live *live; /* NULL: nobody listens to this sink */
    /* NULL: the sink ignores tags. Called before the mark of each article, so at least once before
     * the first mark. A sink that has tags only for the whole uses the first. Errors: as write. */
    enum status (*tags)(void *state, const struct sink_tags *tags, struct err *e);
    /* NULL: the sink ignores marks. A mark is given before its frame is written; marks come in the
     * order of their frames and, at the same frame, the larger unit first. A cut drops the marks
     * of frames that have not been heard. Errors: as write. */
    enum status (*mark)(void *state, const struct sink_mark *mark, struct err *e);
};

/* Calls the driver's function, or does nothing where the driver ignores tags or marks. */
enum status sink_set_tags(const struct sink_driver *driver, void *state,
                          const struct sink_tags *tags, struct err *e);
enum status sink_add_mark(const struct sink_driver *driver, void *state,
                          const struct sink_mark *mark, struct err *e);

extern const struct sink_driver sink_null;   /* target "" or "realtime" (paced as a device) */
extern const struct sink_driver sink_file;   /* target: a path whose ending names the format,
                                                or "-" for a WAV stream on standard output */
extern const struct sink_driver sink_player; /* target: a PortAudio device name or index, or ""
                                                for the default device */

#endif
