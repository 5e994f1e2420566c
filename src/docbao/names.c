#include "docbao/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/message.h"

struct name {
    const char *id, *name;
};

static const struct name names[] = {
#define NAME(id, name) {id, name},
#include "docbao/names.def"
#undef NAME
};

static int compare_ids(const void *key, const void *item)
{
    const struct name *name = item;
    return strcmp(key, name->id);
}

const char *api_name_of(const char *id)
{
    const struct name *hit =
        bsearch(id, names, sizeof names / sizeof *names, sizeof *names, compare_ids);
    return hit ? _(hit->name) : id;
}
