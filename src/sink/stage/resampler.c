#include "sink/stage/resampler.h"

#include <errno.h>

#include "base/mem.h"
#include "base/module.h"

enum status resampler_load(const struct resampler_driver **driver, uint32_t from, uint32_t to,
                           struct err *e)
{
    const void *found;
    struct err why = ERR_INIT;
    enum status status = module_find("resample", RESAMPLER_SYMBOL, &found, &why);
    if (status)
        err_set(e, STATUS_USAGE,
                "Sound of %u frames a second cannot be turned into %u frames a second: %s. Install "
                "the library soxr (Debian and Ubuntu: apt install libsoxr0), or install docbao "
                "again.",
                from, to, why.message.p);
    err_free(&why);
    *driver = status ? NULL : found;
    return status;
}

void *resampler_open(const struct resampler_driver *driver, uint32_t from, uint32_t to,
                     uint32_t channels, bool real, struct err *e)
{
    errno = 0;
    void *resampler = driver->open(from, to, channels, real);
    if (!resampler && errno == ENOMEM)
        mem_exhausted();
    if (!resampler)
        err_set(e, STATUS_USAGE,
                "Sound of %u frames a second cannot be turned into %u frames a second.", from, to);
    return resampler;
}
