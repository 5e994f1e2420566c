/*
 * docbao-device.so: sound devices, through PortAudio.
 */
#include <ctype.h>
#include <portaudio.h>

#include "base/mem.h"
#include "sink/device.h"

enum {
    MOST_CHANNELS = 2,
    MOST_PIECES = 100, /* a second */
    SMALLEST_PIECE = 256,
};

/* Seconds. Short, so that a key is heard at once; long enough for a machine that is busy. */
static const double latency_seconds = 0.045;

static const double second_ns = 1e9;

struct device {
    const char *wanted;
    uint32_t voice_rate, voice_channels; /* that are wanted */
    PaDeviceIndex index;
    PaStream *stream;
    bool running;
};

static void report_none(struct device_fault *why)
{
    why->add_message(&why->text,
                     "No sound device was found. Connect or switch on one, or save the sound with "
                     "“docbao save FILE -o OUT.wav”.");
}

static uint32_t piece_for(uint32_t rate)
{
    uint32_t piece = SMALLEST_PIECE;
    while (piece * MOST_PIECES < rate)
        piece *= 2;
    return piece;
}

/* Returns the text that PortAudio, or the sound system under it, has for an error. */
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
    return can_play(i, d->voice_channels);
}

static void name_devices(const struct device *d, struct buf *out)
{
    const char *before = "";
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        if (!can_use(d, i))
            continue;
        buf_addf(out, "%s%d “%s”", before, i, device_name(i));
        before = ", ";
    }
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

static bool choose_device(struct device *d, struct device_fault *why)
{
    PaDeviceIndex usable = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++)
        usable += can_use(d, i);
    d->index = Pa_GetDefaultOutputDevice();
    if (!usable || (!*d->wanted && d->index == paNoDevice)) {
        report_none(why);
        return false;
    }
    if (!*d->wanted)
        return true;
    size_t fits;
    d->index = find_device(d, &fits);
    if (d->index != paNoDevice)
        return true;
    struct buf names = BUF_INIT;
    name_devices(d, &names);
    if (fits)
        why->add_message(&why->text, "“%s” fits more than one sound device. These can play: %s.",
                         d->wanted, names.p);
    else
        why->add_message(&why->text, "No sound device is called “%s”. These can play: %s.",
                         d->wanted, names.p);
    buf_free(&names);
    return false;
}

static bool start_system(struct device_fault *why)
{
    PaError error = Pa_Initialize();
    if (!error)
        return true;
    why->add_message(
        &why->text,
        "The sound system did not start: %s. To save the sound instead: “docbao save FILE -o "
        "OUT.wav”.",
        error_text(error));
    return false;
}

static bool list_devices(void (*each)(void *user, const struct device_entry *entry), void *user,
                         struct device_fault *why)
{
    if (!start_system(why))
        return false;
    size_t count = 0;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); i++) {
        if (!can_play(i, 1))
            continue;
        count++;
        each(user, &(struct device_entry){
                       .number = (uint32_t)i,
                       .name = device_name(i),
                       .is_default = i == Pa_GetDefaultOutputDevice(),
                       .rate = (uint32_t)Pa_GetDeviceInfo(i)->defaultSampleRate,
                   });
    }
    if (!count)
        report_none(why);
    return count > 0;
}

/* ---- opening ---- */

static PaError open_as(struct device *d, struct device_format *format)
{
    PaStreamParameters output = {.device = d->index,
                                 .channelCount = (int)format->channels,
                                 .sampleFormat = paInt16,
                                 .suggestedLatency = latency_seconds};
    return Pa_OpenStream(&d->stream, NULL, &output, format->rate, format->piece, paNoFlag, NULL,
                         NULL);
}

/* The voice's own rate, else the device's, else what every device takes. */
static PaError open_at_some_rate(struct device *d, uint32_t channels, struct device_format *format)
{
    double own = Pa_GetDeviceInfo(d->index)->defaultSampleRate;
    const uint32_t rates[] = {d->voice_rate, own > 0 ? (uint32_t)own : 48000, 48000, 44100};
    PaError error = paInvalidSampleRate;
    for (size_t i = 0; i < sizeof rates / sizeof *rates && error == paInvalidSampleRate; i++) {
        *format = (struct device_format){rates[i], channels, piece_for(rates[i])};
        error = open_as(d, format);
    }
    return error;
}

static bool open_stream(struct device *d, struct device_format *format, struct device_fault *why)
{
    PaError error = open_at_some_rate(d, d->voice_channels, format);
    if (error == paInvalidChannelCount && d->voice_channels < MOST_CHANNELS)
        error = open_at_some_rate(d, MOST_CHANNELS, format);
    if (!error)
        return true;
    if (error == paInvalidSampleRate)
        why->add_message(
            &why->text,
            "The sound device “%s” does not take %u frames a second, nor 48000, nor 44100. "
            "Choose another device, or save the sound with “docbao save FILE -o OUT.wav”.",
            device_name(d->index), d->voice_rate);
    else
        why->add_message(
            &why->text,
            "The sound device “%s” did not open: %s. Choose another device, or save the sound "
            "with “docbao save FILE -o OUT.wav”.",
            device_name(d->index), error_text(error));
    return false;
}

static struct device *open_device(const char *wanted, struct device_format *format,
                                  struct device_fault *why)
{
    struct device *d = mem_zalloc(sizeof *d);
    d->wanted = wanted;
    d->voice_rate = format->rate;
    d->voice_channels = format->channels;
    if (start_system(why) && choose_device(d, why) && open_stream(d, format, why))
        return d;
    free(d);
    return NULL;
}

static int64_t latency(const struct device *d)
{
    const PaStreamInfo *info = Pa_GetStreamInfo(d->stream);
    return info ? (int64_t)(info->outputLatency * second_ns) : 0;
}

static bool running(const struct device *d)
{
    return d->running;
}

/* ---- writing ---- */

static bool report_lost(const struct device *d, PaError error, struct device_fault *why)
{
    why->add_message(&why->text,
                     "The sound device “%s” was lost: %s. Connect it again, or choose another.",
                     device_name(d->index), error_text(error));
    return false;
}

static bool write_sound(struct device *d, const int16_t *pcm, uint32_t frames, bool *dry,
                        struct device_fault *why)
{
    PaError error = d->running ? paNoError : Pa_StartStream(d->stream);
    if (!error) {
        d->running = true;
        error = Pa_WriteStream(d->stream, pcm, frames);
    }
    *dry = error == paOutputUnderflowed;
    return !error || *dry || report_lost(d, error, why);
}

static bool stop_device(struct device *d, struct device_fault *why)
{
    PaError error = d->running ? Pa_StopStream(d->stream) : paNoError;
    d->running = false;
    return !error || report_lost(d, error, why);
}

static void close_device(struct device *d)
{
    if (d->running)
        Pa_AbortStream(d->stream);
    Pa_CloseStream(d->stream);
    free(d);
}

extern const struct device_driver docbao_device;

__attribute__((visibility("default"))) const struct device_driver docbao_device = {
    .open = open_device,
    .latency = latency,
    .running = running,
    .write = write_sound,
    .stop = stop_device,
    .close = close_device,
    .list = list_devices,
};
