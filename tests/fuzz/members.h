/*
 * Archives written as text, so that a fuzzer can change what is in them: the first member, then the
 * others, each after a line "@@ NAME".
 */
#ifndef DOCBAO_TESTS_FUZZ_MEMBERS_H
#define DOCBAO_TESTS_FUZZ_MEMBERS_H

#include "base/buf.h"

/* A member that the archive has unless the text gives one of that name. */
struct member_default {
    const char *name, *text;
};

/* Appends a zip archive, in which nothing is packed, of the members in the text. The first has the
 * name `first`. `defaults` ends with a row without a name. */
void members_archive(struct sv text, const char *first, const struct member_default *defaults,
                     struct buf *out);

#endif
