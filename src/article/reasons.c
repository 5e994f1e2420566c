#include "article/reasons.h"

static const char *const skip_words[SKIP_REASONS] = {
    [SKIP_NONE] = "",
#define SKIPPED(id, word, name, meaning) [SKIP_##id] = (word),
#include "article/reasons.def"
};

static const char *const note_words[NOTE_KINDS] = {
#define DIAGNOSTIC(id, word, name, meaning) [NOTE_##id] = (word),
#include "article/reasons.def"
};

const char *skip_word(enum skip_reason reason)
{
    return skip_words[reason];
}

const char *note_word(enum note_kind kind)
{
    return note_words[kind];
}

enum skip_reason skip_reason_of(struct sv word)
{
    for (unsigned i = SKIP_NONE + 1; i < SKIP_REASONS; i++)
        if (sv_is(word, skip_words[i]))
            return (enum skip_reason)i;
    return SKIP_NONE;
}

bool note_kind_of(struct sv word, enum note_kind *kind)
{
    for (unsigned i = 0; i < NOTE_KINDS; i++) {
        *kind = (enum note_kind)i;
        if (sv_is(word, note_words[i]))
            return true;
    }
    return false;
}
