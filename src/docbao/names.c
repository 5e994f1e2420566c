#include "docbao/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/message.h"

struct name {
    const char *id, *name;
};

static const struct name classes[] = {
#define NAME(id, name) {id, name},
#include "docbao/names.def"
#undef NAME
};

static const struct name reasons[] = {
#define SKIPPED(id, name, meaning) {id, name},
#include "article/reasons.def"
};

static const struct name diagnostics[] = {
#define DIAGNOSTIC(id, name, meaning) {id, name},
#include "article/reasons.def"
};

static int compare_ids(const void *key, const void *item)
{
    const struct name *name = item;
    return strcmp(key, name->id);
}

static const char *name_of(const char *id, const struct name *names, size_t count)
{
    const struct name *hit = bsearch(id, names, count, sizeof *names, compare_ids);
    return hit ? _(hit->name) : id;
}

const char *api_class_name(const char *id)
{
    return name_of(id, classes, sizeof classes / sizeof *classes);
}

const char *api_reason_name(const char *id)
{
    return name_of(id, reasons, sizeof reasons / sizeof *reasons);
}

const char *api_diagnostic_name(const char *id)
{
    return name_of(id, diagnostics, sizeof diagnostics / sizeof *diagnostics);
}
