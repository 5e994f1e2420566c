#include "sink/file.h"

#include <errno.h>
#include <math.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/replacement.h"
#include "sink/encoder.h"
#include "sink/tag/id3.h"
#include "sink/tag/rdxml.h"
#include "sink/tag/tag.h"
#include "sink/tag/vorbis.h"
#include "sink/wav.h"

struct file_format {
    const char *ending;
    enum encoder_format format;
};

static const struct file_format file_formats[] = {
    {".wav", ENCODER_WAV},   {".flac", ENCODER_FLAC}, {".ogg", ENCODER_VORBIS},
    {".opus", ENCODER_OPUS}, {".mp3", ENCODER_MP3},   {".m4a", ENCODER_M4A},
    {".m4b", ENCODER_M4B},
};
enum { FORMATS = sizeof file_formats / sizeof *file_formats };

struct file_sink {
    struct output *output;
    const struct encoder *encoder;
    enum encoder_format format;
    uint32_t rate;
    void *state; /* of the encoder; NULL: not open */
    struct description description;
    struct buf comments; /* of a stream; `said` is what is in it */
    struct sv said;
    bool begun;       /* the first sound was written, or nothing but the end */
    bool let_go;      /* of a stream of FLAC: its head was sent */
    uint64_t frames;  /* written */
    struct buf rdxml; /* the path of the file for Rivendell; empty: none is wanted */
};

/* ---- which format ---- */

static bool can_make(const struct file_format *f)
{
    struct err unused = ERR_INIT;
    bool can = f->format == ENCODER_WAV || encoder_compressed_has(f->format, "", &unused);
    err_free(&unused);
    return can;
}

/* Appends the endings that can be saved to here: ".wav, .flac, .ogg or .mp3". */
static void add_endings(struct buf *out)
{
    struct buf others = BUF_INIT;
    const struct file_format *last = NULL;
    for (size_t i = 0; i < FORMATS; i++) {
        if (!can_make(&file_formats[i]))
            continue;
        if (last)
            buf_addf(&others, "%s%s", others.n ? ", " : "", last->ending);
        last = &file_formats[i];
    }
    if (others.n)
        buf_add_message(out, "%s or %s", others.p, last->ending);
    else if (last)
        buf_adds(out, last->ending);
    buf_free(&others);
}

static const struct file_format *format_named(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(file_formats[i].ending + 1, name) == 0)
            return &file_formats[i];
    return NULL;
}

static const struct file_format *format_of(const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < FORMATS; i++) {
        size_t ending = strlen(file_formats[i].ending);
        if (n >= ending && strcasecmp(path + n - ending, file_formats[i].ending) == 0)
            return &file_formats[i];
    }
    return NULL;
}

static enum status refuse_ending(const char *target, struct err *e)
{
    struct buf endings = BUF_INIT;
    add_endings(&endings);
    err_set(e, STATUS_USAGE, "Cannot tell which sound format “%s” shall have: end the name in %s.",
            target, endings.p);
    buf_free(&endings);
    return STATUS_USAGE;
}

static const struct file_format *named_or_usual(const char *target, const char *usual)
{
    const struct file_format *named = format_of(target);
    return named || !usual ? named : format_named(usual);
}

const char *sink_file_ending(const char *target, const char *ending)
{
    const struct file_format *f = named_or_usual(target, ending);
    return f ? f->ending + 1 : NULL;
}

bool sink_file_is_lossy(const char *ending)
{
    const struct file_format *f = format_named(ending);
    return f && f->format != ENCODER_WAV && f->format != ENCODER_FLAC;
}

/* A stream whose name has no ending of ours is a WAV stream; a file's name must say the format. */
static enum status choose_format(const char *target, bool stream, const char *usual,
                                 enum encoder_format *format, struct err *e)
{
    const struct file_format *named = named_or_usual(target, usual);
    if (!named && !stream)
        return refuse_ending(target, e);
    *format = named ? named->format : ENCODER_WAV;
    if (*format != ENCODER_WAV && !encoder_compressed_has(*format, target, e))
        return e->status;
    return STATUS_OK;
}

/* ---- opening ---- */

static void file_close(void *state)
{
    struct file_sink *f = state;
    if (f->state)
        f->encoder->close(f->state);
    output_close(f->output);
    description_free(&f->description);
    buf_free(&f->comments);
    buf_free(&f->rdxml);
    free(f);
}

/* Checks what can be checked before the destination is touched. */
static enum status check_target(const char *target, struct err *e)
{
    if (!*target)
        return err_set(e, STATUS_USAGE, "The name of the file to save to is empty.");
    if (strcmp(target, "-") == 0 && isatty(STDOUT_FILENO))
        return err_set(e, STATUS_OUTPUT,
                       "Standard output is a terminal, which cannot take sound. Send it to a "
                       "program with “|”, or name a file.");
    return STATUS_OK;
}

static enum status open_encoder(struct file_sink *f, struct encoder_task *task, const char *usual,
                                struct err *e)
{
    enum status status =
        choose_format(task->target, output_is_stream(f->output), usual, &task->format, e);
    if (status)
        return status;
    f->format = task->format;
    f->rate = task->rate;
    if (f->format == ENCODER_FLAC)
        output_hold(f->output); /* the comments stand in its head, which is renewed */
    f->encoder = task->format == ENCODER_WAV ? &encoder_wav : &encoder_compressed;
    return f->encoder->open(&f->state, task, f->output, e);
}

/* Facts that stand beside a file need a file to stand beside. */
static enum status place_rdxml(struct file_sink *f, const char *target, struct err *e)
{
    if (output_is_stream(f->output))
        return err_set(
            e, STATUS_USAGE,
            "The file for Rivendell stands beside a sound file, and “%s” is none: name a "
            "file to save to.",
            target);
    file_add_beside(&f->rdxml, target, ".xml");
    return STATUS_OK;
}

enum status sink_file_open_limited(void **state, const char *target,
                                   const struct sink_format *format, uint64_t stream_limit,
                                   struct err *e)
{
    *state = NULL;
    enum status status = check_target(target, e);
    if (status)
        return status;
    static const struct sink_delivery nothing_asked;
    const struct sink_delivery *delivery = format->delivery ? format->delivery : &nothing_asked;
    struct file_sink *f = mem_zalloc(sizeof *f);
    f->comments = f->rdxml = BUF_INIT;
    struct encoder_task task = {.target = target,
                                .rate = format->rate,
                                .channels = format->channels,
                                .bitrate = delivery->bitrate,
                                .variable = delivery->variable,
                                .stream_limit = stream_limit,
                                .description = &f->description,
                                .comments = &f->said};
    status = output_open(&f->output, target, format->stop, e);
    if (!status && delivery->copy)
        output_copy(f->output, delivery->copy, delivery->copy_user);
    if (!status && delivery->rdxml)
        status = place_rdxml(f, target, e);
    if (!status)
        status = open_encoder(f, &task, delivery->ending, e);
    if (status) {
        file_close(f);
        return status;
    }
    *state = f;
    return STATUS_OK;
}

/* The sizes in a header have 32 bits. */
static enum status file_open(void **state, const char *target, const struct sink_format *format,
                             struct err *e)
{
    return sink_file_open_limited(state, target, format, UINT32_MAX - WAV_STREAM_HEADER, e);
}

/* ---- tags ---- */

static bool is_ogg(const struct file_sink *f)
{
    return f->format == ENCODER_VORBIS || f->format == ENCODER_OPUS;
}

/* What a stream can say when its sound begins: its chapters are not known yet. */
static struct description first_words(const struct file_sink *f)
{
    struct description first = f->description;
    first.chapters.n = 0;
    return first;
}

/* Before the first sound: MP3 has its tag in front, and the encoders of Ogg write the comments. */
static void begin_stream(struct file_sink *f)
{
    if (f->begun)
        return;
    f->begun = true;
    if (!output_is_stream(f->output) || !f->description.has_tags)
        return;
    struct description first = first_words(f);
    struct buf tag = BUF_INIT;
    struct vorbis_options options = {
        .rate = f->rate, .picture = true, .r128 = f->format == ENCODER_OPUS};
    if (f->format == ENCODER_MP3) {
        id3_add_tag(&tag, &first, f->rate);
        output_begin_stream(f->output, buf_sv(&tag));
    } else if (is_ogg(f)) {
        vorbis_add_list(&f->comments, &first, &options);
        f->said = buf_sv(&f->comments);
    }
    buf_free(&tag);
}

/* Behind the first sound: the head of FLAC is there now. */
static enum status let_stream_go(struct file_sink *f, struct err *e)
{
    struct description first = first_words(f);
    if (f->format != ENCODER_FLAC || !output_is_stream(f->output) || f->let_go)
        return STATUS_OK;
    f->let_go = true;
    if (first.has_tags)
        tag_flac(f->output, &first, f->rate);
    output_let_go(f->output);
    return output_status(f->output, e);
}

/* Some encoders write the tags themselves. */
static enum status add_tags(struct file_sink *f, struct err *e)
{
    if (!f->description.has_tags || output_is_stream(f->output))
        return STATUS_OK;
    if (f->format == ENCODER_MP3)
        tag_mp3(f->output, &f->description, f->rate);
    else if (f->format == ENCODER_FLAC)
        tag_flac(f->output, &f->description, f->rate);
    else if (is_ogg(f))
        tag_ogg(f->output, &f->description, f->rate);
    return output_status(f->output, e);
}

/* ---- sound ---- */

static enum status file_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct file_sink *f = state;
    begin_stream(f);
    f->frames += frames;
    enum status status = f->encoder->write(f->state, pcm, frames, e);
    return status ? status : let_stream_go(f, e);
}

static enum status file_tags(void *state, const struct sink_tags *tags, struct err *e)
{
    struct file_sink *f = state;
    (void)e;
    description_set_tags(&f->description, tags);
    return STATUS_OK;
}

static enum status file_mark(void *state, const struct sink_mark *mark, struct err *e)
{
    struct file_sink *f = state;
    (void)e;
    description_add_mark(&f->description, mark);
    return STATUS_OK;
}

/* ReplayGain 2: the gain that brings the sound to -18 LUFS. */
static void file_level(void *state, const struct sink_level *level)
{
    static const double replay_lufs = -18;
    struct file_sink *f = state;
    f->description.loudness = (struct loudness){
        .known = level->known,
        .gain_db = replay_lufs - level->lufs,
        .peak = pow(10, level->peak_dbtp / 20),
    };
}

static enum status write_rdxml(const struct file_sink *f, struct err *e)
{
    enum { MS_PER_SECOND = 1000 };
    struct buf text = BUF_INIT;
    if (!f->rdxml.n)
        return STATUS_OK;
    rdxml_add(&text, &f->description, f->frames * MS_PER_SECOND / f->rate);
    bool done = file_replace(f->rdxml.p, buf_sv(&text));
    buf_free(&text);
    if (done)
        return STATUS_OK;
    return err_set(e, STATUS_OUTPUT, "The file for Rivendell, “%s”, cannot be written: %s.",
                   f->rdxml.p, file_fault(errno));
}

static enum status file_finish(void *state, struct err *e)
{
    struct file_sink *f = state;
    begin_stream(f);
    description_end(&f->description, f->frames);
    enum status status = f->encoder->finish(f->state, e);
    if (!status)
        status = let_stream_go(f, e);
    if (!status)
        status = add_tags(f, e);
    if (!status)
        status = output_complete(f->output, e);
    return status ? status : write_rdxml(f, e);
}

const struct sink_driver sink_file = {
    .name = "file",
    .open = file_open,
    .write = file_write,
    .finish = file_finish,
    .close = file_close,
    .tags = file_tags,
    .mark = file_mark,
    .level = file_level,
    .only_parts = true,
};
