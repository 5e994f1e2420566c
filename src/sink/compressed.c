#include <errno.h>

#include "base/mem.h"
#include "base/message.h"
#include "base/module.h"
#include "sink/codec.h"
#include "sink/encoder.h"

/* The requirements of each format. */
struct codec_part {
    const char *module, *library, *package; /* the package of Debian and Ubuntu */
};

static const struct codec_part parts[] = {
    [ENCODER_FLAC] = {"flac", "libsndfile", "libsndfile1"},
    [ENCODER_VORBIS] = {"vorbis", "libvorbisenc", "libvorbisenc2"},
    [ENCODER_OPUS] = {"opus", "libopusenc", "libopusenc0"},
    [ENCODER_MP3] = {"mp3", "libmp3lame", "libmp3lame0"},
    [ENCODER_M4A] = {"aac", "libavformat", "libavformat59"},
    [ENCODER_M4B] = {"aac", "libavformat", "libavformat59"},
};

struct compressed {
    const struct codec_driver *driver;
    void *codec; /* NULL: not open, or finished */
    struct output *output;
};

static const struct codec_driver *load_codec(enum encoder_format format, const char *target,
                                             struct err *e)
{
    const void *driver;
    struct err why = ERR_INIT;
    const struct codec_part *part = &parts[format];
    enum status status = module_find(part->module, CODEC_SYMBOL, &driver, &why);
    if (status)
        err_set(e, STATUS_USAGE,
                "“%s” cannot be saved: %s. Install the library %s (Debian and Ubuntu: apt install "
                "%s), or install docbao again; a name that ends in .wav needs neither.",
                target, why.message.p, part->library, part->package);
    err_free(&why);
    return status ? NULL : driver;
}

bool encoder_compressed_has(enum encoder_format format, const char *target, struct err *e)
{
    return load_codec(format, target, e) != NULL;
}

static bool write_bytes(void *user, uint64_t offset, const void *bytes, size_t n)
{
    return output_write(user, offset, bytes, n);
}

static size_t read_bytes(void *user, uint64_t offset, void *bytes, size_t n)
{
    return output_read(user, offset, bytes, n);
}

static void compressed_close(void *state)
{
    struct compressed *c = state;
    if (c->codec)
        c->driver->close(c->codec);
    free(c);
}

/* Of two failures, that of the output is the cause. */
static enum status open_codec(struct compressed *c, const struct encoder_task *task, struct err *e)
{
    const char *why = "";
    struct codec_task given = {
        .rate = task->rate,
        .channels = task->channels,
        .bitrate = task->bitrate,
        .variable = task->variable,
        .book = task->format == ENCODER_M4B,
        .description = task->description,
        .comments = task->comments,
        .output = {write_bytes, output_is_stream(c->output) ? NULL : read_bytes, c->output},
    };
    c->driver = load_codec(task->format, task->target, e);
    if (!c->driver)
        return e->status;
    errno = 0;
    c->codec = c->driver->open(&given, &why);
    if (output_status(c->output, e))
        return e->status;
    if (!c->codec && errno == ENOMEM)
        mem_exhausted(); /* libraries have words of their own for it */
    if (!c->codec)
        return err_set(
            e, STATUS_USAGE,
            "Cannot save “%s” at %u frames a second: %s. Choose other values, or another "
            "format.",
            task->target, task->rate, _(why));
    return STATUS_OK;
}

static enum status compressed_open(void **state, const struct encoder_task *task,
                                   struct output *output, struct err *e)
{
    struct compressed *c = mem_zalloc(sizeof *c);
    *state = NULL;
    c->output = output;
    enum status status = open_codec(c, task, e);
    if (status)
        compressed_close(c);
    else
        *state = c;
    return status;
}

static enum status compressed_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct compressed *c = state;
    const char *why = "";
    bool done = c->driver->write(c->codec, pcm, frames, &why);
    if (output_status(c->output, e))
        return e->status;
    if (!done)
        return err_set(e, STATUS_OUTPUT, "The sound could not be encoded: %s.", _(why));
    return STATUS_OK;
}

static enum status compressed_finish(void *state, struct err *e)
{
    struct compressed *c = state;
    const char *why = "";
    bool done = c->driver->finish(c->codec, &why);
    c->codec = NULL;
    if (output_status(c->output, e))
        return e->status;
    if (!done)
        return err_set(e, STATUS_OUTPUT, "The sound could not be completed: %s.", _(why));
    return STATUS_OK;
}

const struct encoder encoder_compressed = {compressed_open, compressed_write, compressed_finish,
                                           compressed_close};
