/* Sound devices. */
#include "docbao/internal.h"

#include "sink/player.h"

struct device_listener {
    void (*each)(void *user, const struct docbao_device *device);
    void *user;
};

static void tell_device(void *to, uint32_t number, const char *name, bool is_default, uint32_t rate)
{
    const struct device_listener *listener = to;
    listener->each(listener->user, &(struct docbao_device){number, name, is_default, rate});
}

enum docbao_status docbao_devices(struct docbao *d,
                                  void (*each)(void *user, const struct docbao_device *device),
                                  void *user)
{
    struct device_listener listener = {each, user};
    return api_result(d, sink_player_devices(tell_device, &listener, &d->err));
}
