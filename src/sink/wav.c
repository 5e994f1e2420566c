#include "sink/wav.h"

#include <endian.h>

#include "base/mem.h"
#include "sink/encoder.h"

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

static void add_u16(struct buf *out, uint32_t value)
{
    buf_putc(out, (char)(value & 0xFF));
    buf_putc(out, (char)(value >> 8 & 0xFF));
}

static void add_u32(struct buf *out, uint32_t value)
{
    add_u16(out, value);
    add_u16(out, value >> 16);
}

static void add_u64(struct buf *out, uint64_t value)
{
    add_u32(out, (uint32_t)value);
    add_u32(out, (uint32_t)(value >> 32));
}

static void add_chunk(struct buf *out, const char *name, uint32_t bytes)
{
    buf_adds(out, name);
    add_u32(out, bytes);
}

static void add_format(struct buf *out, uint32_t tag, uint32_t rate, uint32_t channels)
{
    uint32_t frame = channels * SAMPLE_BYTES;
    add_u16(out, tag);
    add_u16(out, channels);
    add_u32(out, rate);
    add_u32(out, rate * frame);
    add_u16(out, frame);
    add_u16(out, SAMPLE_BYTES * 8);
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
    add_u16(out, EXTENSIBLE_BYTES - FORMAT_BYTES - 2);
    add_u16(out, SAMPLE_BYTES * 8);
    add_u32(out, channels == 1 ? FRONT_CENTER : FRONT_LEFT | FRONT_RIGHT);
    buf_add(out, pcm_guid, sizeof pcm_guid);
}

static void add_long_header(struct buf *out, uint32_t rate, uint32_t channels, uint64_t bytes)
{
    add_chunk(out, "RF64", no_size);
    buf_adds(out, "WAVE");
    add_chunk(out, "ds64", SIZES_BYTES);
    add_u64(out, bytes + WAV_FILE_HEADER - CHUNK_HEADER);
    add_u64(out, bytes);
    add_u64(out, bytes / (channels * SAMPLE_BYTES));
    add_u32(out, 0);
    add_extensible_format(out, rate, channels);
    add_chunk(out, "PAD ", 0);
    add_chunk(out, "data", no_size);
}

void wav_add_file_header(struct buf *out, uint32_t rate, uint32_t channels, uint64_t bytes)
{
    static const char junk[JUNK_BYTES];
    if (bytes + WAV_FILE_HEADER >= UINT32_MAX) {
        add_long_header(out, rate, channels, bytes);
        return;
    }
    add_chunk(out, "RIFF", (uint32_t)bytes + WAV_FILE_HEADER - CHUNK_HEADER);
    buf_adds(out, "WAVE");
    add_plain_format(out, rate, channels);
    add_chunk(out, "JUNK", JUNK_BYTES);
    buf_add(out, junk, sizeof junk);
    add_chunk(out, "data", (uint32_t)bytes);
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
    bool begun;      /* the header of a stream is written */
    uint64_t offset; /* where the next sound goes */
    uint64_t room;   /* bytes of sound that a stream still takes */
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
    w->offset = w->stream ? WAV_STREAM_HEADER : WAV_FILE_HEADER;
    w->room = w->stream ? task->stream_limit : UINT64_MAX;
    *state = w;
    return STATUS_OK;
}

static void write_header(struct wav *w)
{
    struct buf header = BUF_INIT;
    if (w->stream)
        add_stream_header(&header, w->rate, w->channels);
    else
        wav_add_file_header(&header, w->rate, w->channels, w->offset - WAV_FILE_HEADER);
    output_write(w->output, 0, header.p, header.n);
    buf_free(&header);
    w->begun = true;
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
            add_u16(&swapped, (uint16_t)pcm[i]);
        output_write(w->output, w->offset, swapped.p, bytes);
        buf_free(&swapped);
    }
    w->offset += bytes;
}

static enum status wav_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct wav *w = state;
    uint64_t fits = w->room / (w->channels * SAMPLE_BYTES);
    uint32_t taken = frames < fits ? frames : (uint32_t)fits;
    w->room -= (uint64_t)taken * w->channels * SAMPLE_BYTES;
    if (w->stream && !w->begun)
        write_header(w);
    write_samples(w, pcm, (size_t)taken * w->channels);
    enum status status = output_status(w->output, e);
    if (status || taken == frames)
        return status;
    return err_set(e, STATUS_PARTIAL,
                   "A WAV stream cannot be longer than 4 GiB: the rest of the sound was left "
                   "out. Save to a file instead, or choose .flac, .ogg, .opus or .mp3.");
}

static enum status wav_finish(void *state, struct err *e)
{
    struct wav *w = state;
    if (!w->begun)
        write_header(w);
    return output_status(w->output, e);
}

static void wav_close(void *state)
{
    free(state);
}

const struct encoder encoder_wav = {wav_open, wav_write, wav_finish, wav_close};
