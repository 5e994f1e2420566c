#include "base/system_text.h"

#include <errno.h>
#include <signal.h>

#include "base/message.h"

const char *system_error(int number)
{
    switch (number) {
#define SYSTEM_ERROR(error, text)                                                                  \
    case error:                                                                                    \
        return _(text);
#include "base/system_text.def"
    default:
        return strerror(number);
    }
}

const char *system_signal(int number)
{
    switch (number) {
#define SYSTEM_SIGNAL(signal, text)                                                                \
    case signal:                                                                                   \
        return _(text);
#include "base/system_text.def"
    default:
        return strsignal(number);
    }
}
