#include "sink/sink.h"

enum status sink_set_tags(const struct sink_driver *driver, void *state,
                          const struct sink_tags *tags, struct err *e)
{
    return driver->tags ? driver->tags(state, tags, e) : STATUS_OK;
}

enum status sink_add_mark(const struct sink_driver *driver, void *state,
                          const struct sink_mark *mark, struct err *e)
{
    return driver->mark ? driver->mark(state, mark, e) : STATUS_OK;
}
