#include "docbao/names.h"

#include "base/message.h"

static const char *const classes[CLASS_COUNT] = {
#define NAME(class, name) [CLASS_##class] = (name),
#include "docbao/names.def"
#undef NAME
};

static const char *const reasons[SKIP_REASONS] = {
    [SKIP_NONE] = "",
#define SKIPPED(id, word, name, meaning) [SKIP_##id] = (name),
#include "article/reasons.def"
};

static const char *const diagnostics[NOTE_KINDS] = {
#define DIAGNOSTIC(id, word, name, meaning) [NOTE_##id] = (name),
#include "article/reasons.def"
};

const char *api_class_name(unsigned cls)
{
    return _(classes[cls]);
}

const char *api_reason_name(enum skip_reason reason)
{
    return _(reasons[reason]);
}

const char *api_diagnostic_name(enum note_kind kind)
{
    return _(diagnostics[kind]);
}
