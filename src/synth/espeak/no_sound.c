/*
 * docbao-no-sound.so stands in for libpcaudio, by which espeak-ng plays sound. docbao plays the
 * sound itself, but libespeak-ng is linked to libpcaudio, and that brings thirty libraries of sound
 * servers, which take a third of the time to the first sound and start a thread and a connection.
 * This module has the name that the dynamic linker looks for (SONAME libpcaudio.so.0); if it is
 * loaded first, the linker uses it for libespeak-ng. Where the linker does not do that, or
 * espeak-ng is built without libpcaudio, it has no effect.
 *
 * Source: the functions and their results are those of pcaudio/audio.h.
 */
#include <errno.h>
#include <stddef.h>
#include <stdint.h>

struct audio_object;

#define EXPORTED __attribute__((visibility("default")))

EXPORTED struct audio_object *create_audio_device_object(const char *device, const char *name,
                                                         const char *description);
EXPORTED int audio_object_open(struct audio_object *object, int format, uint32_t rate,
                               uint8_t channels);
EXPORTED void audio_object_close(struct audio_object *object);
EXPORTED void audio_object_destroy(struct audio_object *object);
EXPORTED int audio_object_write(struct audio_object *object, const void *data, size_t bytes);
EXPORTED int audio_object_drain(struct audio_object *object);
EXPORTED int audio_object_flush(struct audio_object *object);
EXPORTED const char *audio_object_strerror(struct audio_object *object, int error);

struct audio_object *create_audio_device_object(const char *device, const char *name,
                                                const char *description)
{
    (void)device, (void)name, (void)description;
    return NULL; /* there is no device */
}

int audio_object_open(struct audio_object *object, int format, uint32_t rate, uint8_t channels)
{
    (void)object, (void)format, (void)rate, (void)channels;
    return ENODEV;
}

void audio_object_close(struct audio_object *object)
{
    (void)object;
}

void audio_object_destroy(struct audio_object *object)
{
    (void)object;
}

int audio_object_write(struct audio_object *object, const void *data, size_t bytes)
{
    (void)object, (void)data, (void)bytes;
    return ENODEV;
}

int audio_object_drain(struct audio_object *object)
{
    (void)object;
    return ENODEV;
}

int audio_object_flush(struct audio_object *object)
{
    (void)object;
    return ENODEV;
}

const char *audio_object_strerror(struct audio_object *object, int error)
{
    (void)object, (void)error;
    return "There is no sound device.";
}
