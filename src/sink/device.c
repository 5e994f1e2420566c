#include "sink/device.h"

#include <ctype.h>
#include <portaudio.h>

#include "base/mem.h"

enum {
    MOST_CHANNELS = 2,
    MOST_PIECES = 100, /* a second */
    SMALLEST_PIECE = 256,
};

/* Seconds. Short, so that a key is heard at once; long enough for a machine that is busy. */
static const double latency = 0.045;

static const double second_ns = 1e9;

struct device {
    const char *wanted;
    const struct sink_format *format;
    PaDeviceIndex index;
    PaStream *stream;
    bool running;
    uint32_t rate, channels; /* as it was opened */
    int16_t *both;           /* a piece with its one channel doubled */
    uint32_t both_frames;
};

static const char save_instead[] = " To save the sound instead: “docbao save FILE -o OUT.wav”.";
static const char none_found[] =
    "No sound device was found. Connect or switch on one, or save the sound with “docbao save "
    "FILE -o OUT.wav”.";

uint32_t device_piece(uint32_t rate)
{
    uint32_t piece = SMALLEST_PIECE;
    while (piece * MOST_PIECES < rate)
        piece *= 2;
    return piece;
}

/* What PortAudio, or the sound system under it, says about an error. */
static const char *error_text(PaError error)
{
    const PaHostErrorInfo *host =
        error == paUnanticipatedHostError ? Pa_GetLastHostErrorInfo() : NULL;
    return host && host->errorText && *host->errorText ? host->errorText : Pa_GetErrorText(error);
}

/* ---- choosing ---- */

static bool can_play(PaDeviceIndex i, uint32_t channels)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
    return info && info->maxOutputChannels >= (int)channels;
}

static const char *device_name(PaDeviceIndex i)
{
    const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
    return info && info->name ? info->name : "?";
}

static bool can_use(const struct device *d, PaDeviceIndex i)
{
    return can_play(i, d->format->channels);
}

static void name_devices(const struct device *d, struct buf *out)
{
    const char *before = " These can play: ";
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        if (!can_use(d, i))
            continue;
        buf_addf(out, "%s%d “%s”", before, i, device_name(i));
        before = ", ";
    }
    buf_adds(out, ".");
}

/* The device that is meant by a whole name, by its number, or by a part that only one name has. */
static PaDeviceIndex find_device(const struct device *d, size_t *fits)
{
    PaDeviceIndex count = Pa_GetDeviceCount(), part = paNoDevice;
    *fits = 0;
    for (PaDeviceIndex i = 0; i < count; i++)
        if (can_use(d, i) && strcmp(device_name(i), d->wanted) == 0)
            return i;
    char *end;
    long number = strtol(d->wanted, &end, 10);
    if (isdigit((unsigned char)*d->wanted) && !*end)
        return number < count && can_use(d, (PaDeviceIndex)number) ? (PaDeviceIndex)number
                                                                   : paNoDevice;
    for (PaDeviceIndex i = 0; i < count; i++) {
        if (can_use(d, i) && strcasestr(device_name(i), d->wanted)) {
            part = i;
            ++*fits;
        }
    }
    return *fits == 1 ? part : paNoDevice;
}

static bool choose_device(struct device *d, struct buf *why)
{
    PaDeviceIndex usable = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++)
        usable += can_use(d, i);
    d->index = Pa_GetDefaultOutputDevice();
    if (!usable || (!*d->wanted && d->index == paNoDevice)) {
        buf_adds(why, none_found);
        return false;
    }
    if (!*d->wanted)
        return true;
    size_t fits;
    d->index = find_device(d, &fits);
    if (d->index != paNoDevice)
        return true;
    buf_addf(why,
             fits ? "“%s” fits more than one sound device." : "No sound device is called “%s”.",
             d->wanted);
    name_devices(d, why);
    return false;
}

static bool start_system(struct buf *why)
{
    PaError error = Pa_Initialize();
    if (!error)
        return true;
    buf_addf(why, "The sound system did not start: %s.%s", error_text(error), save_instead);
    return false;
}

bool device_list(void (*each)(void *user, uint32_t number, const char *name, bool is_default,
                              uint32_t rate),
                 void *user, struct buf *why)
{
    if (!start_system(why))
        return false;
    size_t count = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        if (!can_play(i, 1))
            continue;
        count++;
        each(user, (uint32_t)i, device_name(i), i == Pa_GetDefaultOutputDevice(),
             (uint32_t)Pa_GetDeviceInfo(i)->defaultSampleRate);
    }
    if (!count)
        buf_adds(why, none_found);
    return count > 0;
}

/* ---- opening ---- */

static PaError open_as(struct device *d, uint32_t rate, uint32_t channels)
{
    PaStreamParameters output = {.device = d->index,
                                 .channelCount = (int)channels,
                                 .sampleFormat = paInt16,
                                 .suggestedLatency = latency};
    d->rate = rate;
    d->channels = channels;
    return Pa_OpenStream(&d->stream, NULL, &output, rate, device_piece(rate), paNoFlag, NULL, NULL);
}

/* The format's own rate, else the device's, else what every device takes. */
static PaError open_at_some_rate(struct device *d, uint32_t channels)
{
    double own = Pa_GetDeviceInfo(d->index)->defaultSampleRate;
    const uint32_t rates[] = {d->format->rate, own > 0 ? (uint32_t)own : 48000, 48000, 44100};
    PaError error = paInvalidSampleRate;
    for (size_t i = 0; i < sizeof rates / sizeof *rates && error == paInvalidSampleRate; i++)
        error = open_as(d, rates[i], channels);
    return error;
}

static bool open_stream(struct device *d, struct buf *why)
{
    uint32_t channels = d->format->channels;
    PaError error = open_at_some_rate(d, channels);
    if (error == paInvalidChannelCount && channels < MOST_CHANNELS)
        error = open_at_some_rate(d, MOST_CHANNELS);
    if (!error)
        return true;
    buf_addf(why, "The sound device “%s” ", device_name(d->index));
    if (error == paInvalidSampleRate)
        buf_addf(why, "does not take %u frames a second, nor 48000, nor 44100.", d->format->rate);
    else
        buf_addf(why, "did not open: %s.", error_text(error));
    buf_adds(why, " Choose another device, or save the sound with “docbao save FILE -o OUT.wav”.");
    return false;
}

struct device *device_open(const char *wanted, const struct sink_format *format, struct buf *why)
{
    struct device *d = mem_zalloc(sizeof *d);
    d->wanted = wanted;
    d->format = format;
    if (start_system(why) && choose_device(d, why) && open_stream(d, why))
        return d;
    free(d);
    return NULL;
}

uint32_t device_rate(const struct device *d)
{
    return d->rate;
}

int64_t device_latency(const struct device *d)
{
    const PaStreamInfo *info = Pa_GetStreamInfo(d->stream);
    return info ? (int64_t)(info->outputLatency * second_ns) : 0;
}

bool device_running(const struct device *d)
{
    return d->running;
}

/* ---- writing ---- */

static bool tell_lost(const struct device *d, PaError error, struct buf *why)
{
    buf_addf(why, "The sound device “%s” was lost: %s. Connect it again, or choose another.",
             device_name(d->index), error_text(error));
    return false;
}

/* One channel becomes two, where the device takes no less. */
static const int16_t *fit_channels(struct device *d, const int16_t *pcm, uint32_t frames)
{
    if (d->channels == d->format->channels)
        return pcm;
    if (frames > d->both_frames) {
        d->both = mem_regrow(d->both, frames, MOST_CHANNELS * sizeof *d->both);
        d->both_frames = frames;
    }
    for (uint32_t i = 0; i < frames; i++)
        d->both[MOST_CHANNELS * i] = d->both[MOST_CHANNELS * i + 1] = pcm[i];
    return d->both;
}

bool device_write(struct device *d, const int16_t *pcm, uint32_t frames, bool *dry, struct buf *why)
{
    PaError error = d->running ? paNoError : Pa_StartStream(d->stream);
    if (!error) {
        d->running = true;
        error = Pa_WriteStream(d->stream, fit_channels(d, pcm, frames), frames);
    }
    *dry = error == paOutputUnderflowed;
    return !error || *dry || tell_lost(d, error, why);
}

bool device_stop(struct device *d, struct buf *why)
{
    PaError error = d->running ? Pa_StopStream(d->stream) : paNoError;
    d->running = false;
    return !error || tell_lost(d, error, why);
}

void device_close(struct device *d)
{
    if (d->running)
        Pa_AbortStream(d->stream);
    Pa_CloseStream(d->stream);
    free(d->both);
    free(d);
}
