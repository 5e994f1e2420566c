#include "sink/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/child.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/module.h"
#include "base/vec.h"
#include "sink/decoder.h"
#include "sink/master/loudness.h"
#include "sink/master/spool.h"
#include "sink/stage/resampler.h"

enum {
    PIECE = CHANNEL_MOST / sizeof(float) / 2, /* samples in a message */
    STEPS_A_SECOND = 10,
    RATE_LEAST = 1000,
    RATE_MOST = 768000,
    MOST_CHANNELS = 2,
    TIMEOUT_SECONDS = 300,
};

static const uint64_t most_bytes = (uint64_t)2 << 30, decoder_memory = (uint64_t)1 << 30;
static const float highest = 8;            /* beyond it nothing is sound; 1 is full scale */
static const double room_for_peaks = 0.89; /* -1 dB */

struct recording {
    struct buf name;
    struct spool *spool;
    uint64_t frames;
    uint32_t channels, most_channels;
    float gain;
    /* While it is read. */
    const struct resampler_driver *resampler;
    void *resampling; /* NULL: the rates are equal */
    VEC(float) resampled;
    struct k_weight weights[MOST_CHANNELS];
    struct loudness_meter meter;
    uint32_t rate, step; /* step: frames of this step */
    double squares;
    float peak;
};

/* ---- the file, in this process ---- */

static enum status fail(const struct recording *r, const char *why, struct err *e)
{
    err_set(e, STATUS_INPUT, "The sound cannot be read: %s.", why);
    return err_at(e, r->name.p, 0, 0);
}

/* Maps the file: only the decoder looks into it. */
static enum status map_file(const struct recording *r, struct sv *bytes, struct err *e)
{
    struct stat s;
    int fd = open(r->name.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(r, file_fault(errno), e);
    bool sound = fstat(fd, &s) == 0 && S_ISREG(s.st_mode);
    bool fits = sound && s.st_size > 0 && (uint64_t)s.st_size <= most_bytes;
    void *map = fits ? mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    int number = errno;
    close(fd);
    if (!sound)
        return fail(r, _("it is not a file"), e);
    if (!fits)
        return fail(r, s.st_size ? _("it is larger than 2 GiB") : _("it is empty"), e);
    if (map == MAP_FAILED)
        return fail(r, file_fault(number), e);
    *bytes = (struct sv){map, (size_t)s.st_size};
    return STATUS_OK;
}

/* ---- the decoder, in a confined process ---- */

enum piece_kind { PIECE_SOUND = 1, PIECE_END, PIECE_FAILURE };

struct piece_head {
    uint32_t kind, rate, channels;
};

/* The second knows what the first does not, where it is installed. */
enum { DECODERS = 2 };

struct decoding {
    const struct decoder_driver *drivers[DECODERS];
    struct sv bytes;
};

static void send_piece(struct piece_head head, struct sv body)
{
    if (channel_send(CHILD_CHANNEL, (struct sv){(const char *)&head, sizeof head}, body, -1,
                     true) != CHANNEL_DONE)
        _exit(0);
}

static void decode(void *with)
{
    const struct decoding *d = with;
    static float sound[PIECE];
    uint32_t rate = 0, channels = 1;
    void *decoder = NULL;
    const struct decoder_driver *driver = NULL;
    for (size_t i = 0; i < DECODERS && d->drivers[i] && !decoder; i++) {
        driver = d->drivers[i];
        decoder = driver->open(d->bytes.p, d->bytes.n, &rate, &channels);
    }
    if (!decoder) {
        send_piece((struct piece_head){.kind = PIECE_FAILURE}, SV(""));
        return;
    }
    for (size_t n; (n = driver->read(decoder, sound, PIECE / channels)) > 0;)
        send_piece((struct piece_head){PIECE_SOUND, rate, channels},
                   (struct sv){(const char *)sound, n * channels * sizeof *sound});
    send_piece((struct piece_head){PIECE_END, rate, channels}, SV(""));
}

/* ---- what it sends ---- */

static void measure(struct recording *r, const float *frame)
{
    for (uint32_t c = 0; c < r->channels; c++) {
        double weighted = k_weight_next(&r->weights[c], frame[c]);
        r->squares += weighted * weighted / r->channels;
        r->peak = fmaxf(r->peak, fabsf(frame[c]));
    }
    if (++r->step < r->rate / STEPS_A_SECOND)
        return;
    loudness_step(&r->meter, r->squares / r->step);
    r->squares = r->step = 0;
}

static void keep(struct recording *r, const float *sound, size_t n)
{
    for (size_t i = 0; i < n; i++)
        measure(r, sound + i * r->channels);
    spool_write(r->spool, sound, n * r->channels * sizeof *sound);
    r->frames += n;
}

/* Takes frames of the file (NULL: there are no more). */
static void change_rate(struct recording *r, const float *sound, size_t n)
{
    size_t taken, given;
    bool moved = true;
    if (!r->resampling) {
        keep(r, sound, n);
        return;
    }
    while (moved && (n || !sound)) {
        r->resampled.n = 0;
        vec_reserve(&r->resampled, PIECE);
        moved = r->resampler->process(r->resampling, sound, n, &taken, r->resampled.at,
                                      PIECE / r->channels, &given);
        if (sound)
            sound += taken * r->channels;
        n -= taken;
        keep(r, r->resampled.at, given);
    }
}

static enum status begin_rate(struct recording *r, uint32_t from, struct err *e)
{
    if (from == r->rate || r->resampling)
        return STATUS_OK;
    enum status status = resampler_load(&r->resampler, from, r->rate, e);
    if (status)
        return status;
    r->resampling = r->resampler->open(from, r->rate, r->channels, true);
    return r->resampling ? STATUS_OK : fail(r, _("its rate cannot be changed"), e);
}

/* What a stranger made is no number until that is checked. */
static void take_samples(struct recording *r, uint32_t channels, const struct buf *body)
{
    float sound[PIECE];
    size_t n = body->n / sizeof *sound;
    memcpy(sound, body->p, n * sizeof *sound);
    for (size_t i = 0; i < n; i++)
        sound[i] = isfinite(sound[i]) ? fmaxf(-highest, fminf(highest, sound[i])) : 0;
    size_t frames = n / channels;
    for (size_t i = 0; i < frames && channels > r->channels; i++)
        sound[i] = (sound[2 * i] + sound[2 * i + 1]) / 2;
    change_rate(r, sound, frames);
}

static bool is_good_piece(const struct recording *r, const struct piece_head *head,
                          const struct buf *body)
{
    return head->kind == PIECE_SOUND && head->rate >= RATE_LEAST && head->rate <= RATE_MOST &&
           head->channels >= 1 && head->channels <= MOST_CHANNELS &&
           head->channels >= r->channels && body->n <= PIECE * sizeof(float) &&
           body->n % (head->channels * sizeof(float)) == 0;
}

static enum status take_piece(struct recording *r, const struct piece_head *head,
                              const struct buf *body, struct err *e)
{
    if (head->kind == PIECE_FAILURE)
        return fail(r, _("its format is not known, or it is damaged"), e);
    if (!is_good_piece(r, head, body))
        return fail(r, _("the process that takes it apart sent nonsense"), e);
    if (!r->channels)
        r->channels = head->channels < r->most_channels ? head->channels : r->most_channels;
    enum status status = begin_rate(r, head->rate, e);
    if (status)
        return status;
    take_samples(r, head->channels, body);
    return spool_status(r->spool, e);
}

static enum status fail_news(const struct recording *r, enum child_news news, struct err *e)
{
    if (news == CHILD_STOPPED)
        return err_set(e, STATUS_STOPPED, "Stopped.");
    return fail(r,
                news == CHILD_LATE ? _("taking it apart takes too long")
                                   : _("the process that takes it apart died"),
                e);
}

static enum status take_all(struct recording *r, struct child *child,
                            const volatile sig_atomic_t *stop, struct err *e)
{
    const struct child_wait wait = {
        .deadline_ns = clock_now_ns() + TIMEOUT_SECONDS * (int64_t)CLOCK_NS_PER_SECOND,
        .stop = stop,
    };
    struct piece_head head = {0};
    struct buf body = BUF_INIT;
    enum status status = STATUS_OK;
    while (!status && head.kind != PIECE_END) {
        buf_clear(&body);
        enum child_news news = child_receive(child, &head, sizeof head, &body, &wait);
        if (news != CHILD_MESSAGE)
            status = fail_news(r, news, e);
        else if (head.kind != PIECE_END)
            status = take_piece(r, &head, &body, e);
    }
    buf_free(&body);
    return status;
}

static enum status load_decoders(struct decoding *d, struct err *e)
{
    const void *found = NULL;
    struct err why = ERR_INIT, unused = ERR_INIT;
    enum status status = module_find("decoder", DECODER_SYMBOL, &found, &why);
    if (status)
        err_set(e, STATUS_USAGE,
                "Sound files cannot be read: %s. Install the library libsndfile (Debian and "
                "Ubuntu: apt install libsndfile1), or install docbao again.",
                why.message.p);
    d->drivers[0] = found;
    if (!status && module_find("decoder-av", DECODER_SYMBOL, &found, &unused) == STATUS_OK)
        d->drivers[1] = found;
    err_free(&why);
    err_free(&unused);
    return status;
}

static enum status read_all(struct recording *r, struct sv bytes, const volatile sig_atomic_t *stop,
                            struct err *e)
{
    struct decoding d = {.bytes = bytes};
    struct child child;
    enum status status = load_decoders(&d, e);
    if (status)
        return status;
    const struct child_plan plan = {
        .name = "docbao-decoder",
        .sandbox = {.kind = SANDBOX_PARSER,
                    .memory = decoder_memory,
                    .cpu_seconds = TIMEOUT_SECONDS + 1},
        .work = decode,
        .with = &d,
    };
    if (!child_start(&child, &plan))
        return fail(r, file_fault(errno), e);
    status = take_all(r, &child, stop, e);
    child_end(&child);
    if (!status && r->resampling)
        change_rate(r, NULL, 0);
    if (!status)
        status = spool_status(r->spool, e);
    if (!status && !r->frames)
        status = fail(r, _("there is no sound in it"), e);
    return status;
}

/* ---- the recording ---- */

static void end_resampling(struct recording *r)
{
    if (r->resampling)
        r->resampler->close(r->resampling);
    r->resampling = NULL;
    vec_free(&r->resampled);
}

enum status recording_open(struct recording **out, const struct recording_options *o, struct err *e)
{
    struct recording *r = mem_zalloc(sizeof *r);
    struct sv bytes = o->bytes;
    *out = NULL;
    r->name = BUF_INIT;
    buf_adds(&r->name, o->name);
    r->rate = o->rate;
    r->gain = 1;
    r->most_channels = o->channels;
    for (int c = 0; c < MOST_CHANNELS; c++)
        k_weight_open(&r->weights[c], o->rate);
    loudness_begin(&r->meter);
    enum status status = spool_open(&r->spool, o->target, e);
    if (!status && !bytes.p)
        status = map_file(r, &bytes, e);
    if (!status)
        status = read_all(r, bytes, o->stop, e);
    if (bytes.p && !o->bytes.p)
        munmap((void *)bytes.p, bytes.n);
    end_resampling(r);
    if (status)
        recording_close(r);
    else
        *out = r;
    if (!status)
        recording_rewind(r);
    return status;
}

uint64_t recording_frames(const struct recording *r)
{
    return r->frames;
}

uint32_t recording_channels(const struct recording *r)
{
    return r->channels;
}

void recording_level(struct recording *r, double lufs)
{
    double own;
    if (!loudness_of(&r->meter, &own))
        return;
    double gain = pow(10, (lufs - own) / 20);
    r->gain = (float)(r->peak * gain > room_for_peaks ? room_for_peaks / r->peak : gain);
}

void recording_rewind(struct recording *r)
{
    spool_rewind(r->spool);
}

size_t recording_read(struct recording *r, float *sound, size_t frames, uint32_t channels)
{
    size_t frame = r->channels * sizeof *sound;
    size_t n = spool_read(r->spool, sound, frames * frame) / frame;
    for (size_t i = 0; i < n * r->channels; i++)
        sound[i] *= r->gain;
    for (size_t i = n; i-- > 0 && channels > r->channels;)
        sound[2 * i] = sound[2 * i + 1] = sound[i];
    return n;
}

enum status recording_status(const struct recording *r, struct err *e)
{
    return spool_status(r->spool, e);
}

void recording_close(struct recording *r)
{
    if (!r)
        return;
    end_resampling(r);
    spool_close(r->spool);
    buf_free(&r->name);
    free(r);
}
