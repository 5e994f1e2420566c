#include "article/reasons.h"

#include <stdlib.h>

static const char *const skipped[] = {
#define SKIPPED(id, name, meaning) id,
#include "article/reasons.def"
};

static const char *const notes[] = {
#define DIAGNOSTIC(id, name, meaning) id,
#include "article/reasons.def"
};

static int compare_with_word(const void *key, const void *item)
{
    const struct sv *id = key;
    const char *const *word = item;
    return sv_cmp(*id, sv_of(*word));
}

static const char *find_word(struct sv id, const char *const *words, size_t count)
{
    const char *const *hit = bsearch(&id, words, count, sizeof *words, compare_with_word);
    return hit ? *hit : NULL;
}

const char *reason_of_skipping(struct sv id)
{
    return find_word(id, skipped, sizeof skipped / sizeof *skipped);
}

const char *reason_of_note(struct sv id)
{
    return find_word(id, notes, sizeof notes / sizeof *notes);
}
