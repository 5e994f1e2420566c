#include "sink/file.h"

#include <sndfile.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "sink/output.h"

enum {
    /* libsndfile gets sound in pieces: its Vorbis part keeps a whole write in memory. */
    PIECE_FRAMES = 4096,
    FRAME_BYTES = sizeof(int16_t),
    /* A WAV header of ours: RIFF size WAVE, fmt of 16 bytes, data size. */
    WAV_HEADER = 44,
    WAV_FORMAT_CHUNK = 24,
    /* The header libsndfile makes for a short RF64, before its data chunk. */
    RF64_HEADER = 104,
};

/* The most that the sizes in a WAV header can say. */
static const uint64_t wav_most_bytes = UINT32_MAX;

struct file_kind {
    const char *ending;
    int format; /* of libsndfile */
};

/* RF64: a WAV past 4 GiB would wrap its sizes. A short file becomes a plain WAV when complete. */
static const struct file_kind kinds[] = {
    {".wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_16},
    {".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
    {".ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
    {".mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const int stream_format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

struct file_sink {
    struct output *output;
    SNDFILE *encoder;
    uint32_t channels;
    int format;
    uint64_t position; /* where the encoder writes next */
    uint64_t length;   /* as the encoder sees it */
    bool opening;      /* the encoder is making its header */
    bool dropped;      /* nothing that the encoder writes is wanted any more */
    /* The header of a WAV stream, held back until the first sound: its sizes are not known. */
    struct buf header;
    bool header_sent;
    uint64_t room; /* bytes of sound that a WAV stream still takes */
};

/* ---- what the encoder sees as its file ---- */

static bool is_wav_stream(const struct file_sink *f)
{
    return f->format == stream_format;
}

static void hold_header(struct file_sink *f, const void *bytes, size_t n)
{
    size_t end = (size_t)f->position + n;
    while (f->header.n < end)
        buf_putc(&f->header, '\0');
    memcpy(f->header.p + f->position, bytes, n);
}

/* A pipe cannot be rewound to tell the sizes; all ones is how a stream says "not known". */
static bool send_header(struct file_sink *f)
{
    static const unsigned char unknown[] = {0xFF, 0xFF, 0xFF, 0xFF};
    struct buf *h = &f->header;
    f->header_sent = true;
    if (h->n == WAV_HEADER) {
        memcpy(h->p + 4, unknown, sizeof unknown);
        memcpy(h->p + h->n - 4, unknown, sizeof unknown);
    }
    return output_write(f->output, 0, h->p, h->n);
}

static bool pass_on(struct file_sink *f, const void *bytes, size_t n)
{
    if (f->dropped)
        return true;
    if (is_wav_stream(f) && !f->header_sent) {
        if (f->opening || f->position < f->header.n) {
            hold_header(f, bytes, n);
            return true;
        }
        if (!send_header(f))
            return false;
    }
    return output_write(f->output, f->position, bytes, n);
}

static sf_count_t io_write(const void *bytes, sf_count_t n, void *user)
{
    struct file_sink *f = user;
    if (!pass_on(f, bytes, (size_t)n))
        return 0;
    f->position += (uint64_t)n;
    if (f->length < f->position)
        f->length = f->position;
    return n;
}

static sf_count_t io_read(void *bytes, sf_count_t n, void *user)
{
    struct file_sink *f = user;
    if (output_is_stream(f->output))
        return 0;
    size_t got = output_read(f->output, f->position, bytes, (size_t)n);
    f->position += got;
    return (sf_count_t)got;
}

static sf_count_t io_length(void *user)
{
    const struct file_sink *f = user;
    return (sf_count_t)f->length;
}

static sf_count_t io_tell(void *user)
{
    const struct file_sink *f = user;
    return (sf_count_t)f->position;
}

static sf_count_t io_seek(sf_count_t offset, int whence, void *user)
{
    struct file_sink *f = user;
    sf_count_t from = 0;
    if (whence == SEEK_CUR)
        from = (sf_count_t)f->position;
    else if (whence == SEEK_END)
        from = (sf_count_t)f->length;
    if (from + offset < 0)
        return -1;
    f->position = (uint64_t)(from + offset);
    return from + offset;
}

/* ---- opening ---- */

/* Whether libsndfile was built with this kind: MP3 came late and may be left out. */
static bool is_built_in(const struct file_kind *kind)
{
    int count = 0;
    sf_command(NULL, SFC_GET_FORMAT_MAJOR_COUNT, &count, sizeof count);
    for (int i = 0; i < count; i++) {
        SF_FORMAT_INFO info = {.format = i};
        if (sf_command(NULL, SFC_GET_FORMAT_MAJOR, &info, sizeof info) == 0 &&
            info.format == (kind->format & SF_FORMAT_TYPEMASK))
            return true;
    }
    return false;
}

void sink_file_endings(struct buf *out)
{
    const struct file_kind *last = NULL;
    for (size_t i = 0; i < KINDS; i++) {
        if (!is_built_in(&kinds[i]))
            continue;
        if (last)
            buf_addf(out, "%s%s", last == kinds ? "" : ", ", last->ending);
        last = &kinds[i];
    }
    if (last)
        buf_addf(out, "%s%s", last == kinds ? "" : " or ", last->ending);
}

static const struct file_kind *kind_of(const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < KINDS; i++) {
        size_t ending = strlen(kinds[i].ending);
        if (n >= ending && strcasecmp(path + n - ending, kinds[i].ending) == 0)
            return is_built_in(&kinds[i]) ? &kinds[i] : NULL;
    }
    return NULL;
}

/* A stream with no telling name is a WAV stream; a file's name must tell. */
static enum status choose_format(struct file_sink *f, const char *target, bool stream,
                                 struct err *e)
{
    const struct file_kind *kind = kind_of(target);
    if (kind)
        f->format = kind->format;
    if (stream && (!kind || kind == kinds))
        f->format = stream_format;
    if (f->format)
        return STATUS_OK;
    struct buf endings = BUF_INIT;
    sink_file_endings(&endings);
    err_set(e, STATUS_USAGE, "Cannot tell which sound format “%s” shall have: end the name in %s.",
            target, endings.p);
    buf_free(&endings);
    return STATUS_USAGE;
}

/* An MP3 of varying bit rate tells its length at its head, where a stream cannot go back to;
 * players would guess it, some far too short. It answers 0 even where it works. */
static void settle_stream(struct file_sink *f)
{
    int mode = SF_BITRATE_MODE_CONSTANT;
    sf_command(f->encoder, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
}

static enum status open_encoder(struct file_sink *f, const char *target,
                                const struct sink_format *format, struct err *e)
{
    SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
    SF_INFO info = {
        .samplerate = (int)format->rate, .channels = (int)format->channels, .format = f->format};
    f->opening = true;
    f->encoder = sf_open_virtual(&io, SFM_WRITE, &info, f);
    f->opening = false;
    if (f->encoder) {
        sf_command(f->encoder, SFC_RF64_AUTO_DOWNGRADE, NULL, SF_TRUE);
        if (output_is_stream(f->output))
            settle_stream(f);
        return output_status(f->output, e);
    }
    if (output_status(f->output, e))
        return e->status;
    return err_set(e, STATUS_OUTPUT,
                   "Cannot save “%s” at %u frames a second: %s. Choose another format.", target,
                   format->rate, sf_strerror(NULL));
}

static void file_close(void *state);

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

enum status sink_file_open_limited(void **state, const char *target,
                                   const struct sink_format *format, uint64_t stream_limit,
                                   struct err *e)
{
    *state = NULL;
    enum status status = check_target(target, e);
    if (status)
        return status;
    struct file_sink *f = mem_zalloc(sizeof *f);
    f->header = BUF_INIT;
    f->channels = format->channels;
    f->room = stream_limit;
    status = output_open(&f->output, target, format->stop, e);
    if (!status)
        status = choose_format(f, target, output_is_stream(f->output), e);
    if (!status)
        status = open_encoder(f, target, format, e);
    if (status) {
        file_close(f);
        return status;
    }
    *state = f;
    return STATUS_OK;
}

static enum status file_open(void **state, const char *target, const struct sink_format *format,
                             struct err *e)
{
    return sink_file_open_limited(state, target, format, wav_most_bytes - WAV_HEADER, e);
}

/* ---- writing ---- */

static enum status encode(struct file_sink *f, const int16_t *pcm, uint32_t frames, struct err *e)
{
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        sf_count_t done = sf_writef_short(f->encoder, pcm, piece);
        if (output_status(f->output, e))
            return e->status;
        if (done != piece)
            return err_set(e, STATUS_OUTPUT, "The sound could not be encoded: %s.",
                           sf_strerror(f->encoder));
        pcm += (size_t)piece * f->channels;
        frames -= piece;
    }
    return STATUS_OK;
}

static enum status file_write(void *state, const int16_t *pcm, uint32_t frames, struct err *e)
{
    struct file_sink *f = state;
    if (!is_wav_stream(f))
        return encode(f, pcm, frames, e);
    uint64_t fits = f->room / (f->channels * FRAME_BYTES);
    uint32_t taken = frames < fits ? frames : (uint32_t)fits;
    f->room -= (uint64_t)taken * f->channels * FRAME_BYTES;
    enum status status = encode(f, pcm, taken, e);
    if (status || taken == frames)
        return status;
    return err_set(e, STATUS_PARTIAL,
                   "A WAV stream cannot be longer than 4 GiB: the rest of the sound was left "
                   "out. Save to a file instead, or choose .flac, .ogg or .mp3.");
}

/* ---- the end ---- */

/* libsndfile turns a short RF64 into a WAV with the extensible format chunk, which simple readers
 * refuse. Says the same with the plain one; the bytes it leaves over become padding:
 *     RIFF WAVE JUNK(24) fmt(40) fact(4) data   ⟶   RIFF WAVE fmt(16) JUNK(60) data */
static void make_plain_wav(struct file_sink *f)
{
    enum { JUNK = 12, FORMAT = 44, DATA = RF64_HEADER, CHUNK = 8 };
    char head[RF64_HEADER + 4];
    if (output_read(f->output, 0, head, sizeof head) != sizeof head || memcmp(head, "RIFF", 4) ||
        memcmp(head + JUNK, "JUNK", 4) || memcmp(head + FORMAT, "fmt ", 4) ||
        memcmp(head + DATA, "data", 4))
        return;
    char plain[DATA - JUNK] = {0};
    memcpy(plain, head + FORMAT, WAV_FORMAT_CHUNK);
    plain[4] = WAV_FORMAT_CHUNK - CHUNK;
    plain[CHUNK] = 1; /* PCM, little-endian as all of WAV */
    plain[CHUNK + 1] = 0;
    memcpy(plain + WAV_FORMAT_CHUNK, "JUNK", 4);
    plain[WAV_FORMAT_CHUNK + 4] = sizeof plain - WAV_FORMAT_CHUNK - CHUNK;
    output_write(f->output, JUNK, plain, sizeof plain);
}

static enum status file_finish(void *state, struct err *e)
{
    struct file_sink *f = state;
    if (is_wav_stream(f) && !f->header_sent)
        send_header(f); /* a failure is kept and told below */
    int failure = sf_close(f->encoder);
    f->encoder = NULL;
    if (output_status(f->output, e))
        return e->status;
    if (failure)
        return err_set(e, STATUS_OUTPUT, "The sound could not be completed: %s.",
                       sf_error_number(failure));
    if ((f->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RF64)
        make_plain_wav(f);
    return output_complete(f->output, e);
}

static void file_close(void *state)
{
    struct file_sink *f = state;
    f->dropped = true;
    if (f->encoder)
        sf_close(f->encoder);
    output_close(f->output);
    buf_free(&f->header);
    free(f);
}

const struct sink_driver sink_file = {
    .name = "file",
    .open = file_open,
    .write = file_write,
    .finish = file_finish,
    .close = file_close,
};
