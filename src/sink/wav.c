#include "sink/wav.h"

#include <endian.h>

#include "base/mem.h"
#include "sink/encoder.h"
#include "sink/tag/bytes.h"
#include "sink/tag/riff.h"

enum {
    SAMPLE_BYTES = sizeof(int16_t),
    PCM = 1,
    EXTENSIBLE = 0xFFFE,
    FORMAT_BYTES = 16,
    EXTENSIBLE_BYTES = 40,
    JUNK_BYTES = 60,
    SIZES_BYTES = 28,
    CHUNK_HEADER = 8,
};

/* A size that is given elsewhere, or not known. */
static const uint32_t no_size = UINT32_MAX;

/* ---- headers ---- */

static void add_chunk(struct buf *out, const char *name, uint32_t bytes)
{
    buf_adds(out, name);
    le_add(out, bytes, 4);
}

static void add_format(struct buf *out, uint32_t tag, uint32_t rate, uint32_t channels)
{
    uint32_t frame = channels * SAMPLE_BYTES;
    le_add(out, tag, 2);
    le_add(out, channels, 2);
    le_add(out, rate, 4);
    le_add(out, rate * frame, 4);
    le_add(out, frame, 2);
    le_add(out, SAMPLE_BYTES * 8, 2);
}

static void add_plain_format(struct buf *out, uint32_t rate, uint32_t channels)
{
    add_chunk(out, "fmt ", FORMAT_BYTES);
    add_format(out, PCM, rate, channels);
}

static void add_extensible_format(struct buf *out, uint32_t rate, uint32_t channels)
{
    static const unsigned char pcm_guid[] = {1,    0, 0, 0,    0, 0,    16,   0,
                                             0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71};
    enum { FRONT_LEFT = 1, FRONT_RIGHT = 2, FRONT_CENTER = 4 };
    add_chunk(out, "fmt ", EXTENSIBLE_BYTES);
    add_format(out, EXTENSIBLE, rate, channels);
    le_add(out, EXTENSIBLE_BYTES - FORMAT_BYTES - 2, 2);
    le_add(out, SAMPLE_BYTES * 8, 2);
    le_add(out, channels == 1 ? FRONT_CENTER : FRONT_LEFT | FRONT_RIGHT, 4);
    buf_add(out, pcm_guid, sizeof pcm_guid);
}

static uint64_t riff_bytes(const struct wav_layout *l)
{
    return l->bytes + l->front.n + l->back + WAV_FILE_HEADER - CHUNK_HEADER;
}

static void add_long_header(struct buf *out, const struct wav_layout *l)
{
    add_chunk(out, "RF64", no_size);
    buf_adds(out, "WAVE");
    add_chunk(out, "ds64", SIZES_BYTES);
    le_add(out, riff_bytes(l), 8);
    le_add(out, l->bytes, 8);
    le_add(out, l->bytes / (l->channels * SAMPLE_BYTES), 8);
    le_add(out, 0, 4);
    add_extensible_format(out, l->rate, l->channels);
    add_chunk(out, "PAD ", 0);
    buf_add_sv(out, l->front);
    add_chunk(out, "data", no_size);
}

void wav_add_file_header(struct buf *out, const struct wav_layout *l)
{
    static const char junk[JUNK_BYTES];
    if (riff_bytes(l) + CHUNK_HEADER >= UINT32_MAX) {
        add_long_header(out, l);
        return;
    }
    add_chunk(out, "RIFF", (uint32_t)riff_bytes(l));
    buf_adds(out, "WAVE");
    add_plain_format(out, l->rate, l->channels);
    add_chunk(out, "JUNK", JUNK_BYTES);
    buf_add(out, junk, sizeof junk);
    buf_add_sv(out, l->front);
    add_chunk(out, "data", (uint32_t)l->bytes);
}

/* Appends the header of a stream: WAV_STREAM_HEADER bytes. */
static void add_stream_header(struct buf *out, uint32_t rate, uint32_t channels)
{
    add_chunk(out, "RIFF", no_size);
    buf_adds(out, "WAVE");
    add_plain_format(out, rate, channels);
    add_chunk(out, "data", no_size);
}

/* ---- the encoder ---- */

struct wav {
    struct output *output;
    uint32_t rate, channels;
    bool stream;
    bool begun;      /* the first sound was written, or nothing but the end */
    uint64_t offset; /* where the next sound goes */
    uint64_t bytes;  /* of sound, so far */
    uint64_t room;   /* bytes of sound that a stream still takes */
    const struct description *description;
    struct buf front;
};

static enum status wav_open(void **state, const struct encoder_task *task, struct output *output,
                            struct err *e)
{
    struct wav *w = mem_zalloc(sizeof *w);
    (void)e;
    w->output = output;
    w->rate = task->rate;
    w->channels = task->channels;
    w->stream = output_is_stream(output);
    w->description = task->description;
    w->front = BUF_INIT;
    w->room = w->stream ? task->stream_limit : UINT64_MAX;
    *state = w;
    return STATUS_OK;
}

static void write_header(struct wav *w, uint64_t back)
{
    struct buf header = BUF_INIT;
    struct wav_layout layout = {
        .rate = w->rate,
        .channels = w->channels,
        .front = buf_sv(&w->front),
        .bytes = w->bytes,
        .back = back,
    };
    if (w->stream)
        add_stream_header(&header, w->rate, w->channels);
    else
        wav_add_file_header(&header, &layout);
    output_write(w->output, 0, header.p, header.n);
    buf_free(&header);
}

/* The chunks in front have the same length now and at the end. */
static void make_front(struct wav *w)
{
    struct riff_sound sound = {w->rate, w->channels, SAMPLE_BYTES * 8};
    buf_clear(&w->front);
    if (w->description->has_tags && !w->stream)
        riff_add_front(&w->front, w->description, &sound);
}

/* The header of a file is written at the end. */
static void begin(struct wav *w)
{
    if (w->begun)
        return;
    w->begun = true;
    make_front(w);
    if (w->stream)
        write_header(w, 0);
    w->offset = w->stream ? WAV_STREAM_HEADER : WAV_FILE_HEADER + w->front.n;
}

/* WAV is little-endian. */
static void write_samples(struct wav *w, const int16_t *pcm, size_t count)
{
    size_t bytes = count * SAMPLE_BYTES;
    if (htole16(1) == 1) {
        output_write(w->output, w->offset, pcm, bytes);
    } else {
        struct buf swapped = BUF_INIT;
        for (size_t i = 0; i < count; i++)
            le_add(&swapped, (uint16_t)pcm[i], 2);
        output_write(w->output, w->offset, swapped.p, bytes);
        buf_free(&swapped);
    }
    w->offset += bytes;
    w->bytes += bytes;
}

static enum status wav_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct wav *w = state;
    uint64_t fits = w->room / (w->channels * SAMPLE_BYTES);
    uint32_t taken = frames < fits ? frames : (uint32_t)fits;
    w->room -= (uint64_t)taken * w->channels * SAMPLE_BYTES;
    begin(w);
    write_samples(w, pcm, (size_t)taken * w->channels);
    enum status status = output_status(w->output, e);
    if (status || taken == frames)
        return status;
    return err_set(e, STATUS_PARTIAL,
                   "A WAV stream cannot be longer than 4 GiB: the rest of the sound was left "
                   "out. Save to a file instead, or choose .flac, .ogg, .opus or .mp3.");
}

static void finish_file(struct wav *w)
{
    struct buf back = BUF_INIT;
    if (w->description->has_tags)
        riff_add_back(&back, w->description, w->rate);
    output_write(w->output, w->offset, back.p, back.n);
    make_front(w);
    write_header(w, back.n);
    buf_free(&back);
}

static enum status wav_finish(void *state, struct err *e)
{
    struct wav *w = state;
    begin(w);
    if (!w->stream)
        finish_file(w);
    return output_status(w->output, e);
}

static void wav_close(void *state)
{
    struct wav *w = state;
    buf_free(&w->front);
    free(w);
}

const struct encoder encoder_wav = {wav_open, wav_write, wav_finish, wav_close};
