/*
 * Paths of the members of an archive.
 *
 * Invariants: a path that is appended has no "." and no "..", and begins with no slash.
 */
#ifndef DOCBAO_ARTICLE_FORMAT_MEMBER_PATH_H
#define DOCBAO_ARTICLE_FORMAT_MEMBER_PATH_H

#include "base/buf.h"

/*
 * Appends the path of what `reference` means in the member `from`; both paths are from the root of
 * the archive. The reference is a relative URL, perhaps with a fragment, or a path that begins with
 * a slash. Returns false if it is not inside the archive.
 */
bool member_path_append(struct buf *out, const char *from, struct sv reference);

#endif
