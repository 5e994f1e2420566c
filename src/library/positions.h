/*
 * Where a listener left: a file that remembers a sentence for an article, and an article for a list
 * of files, shared by every docbao of a user.
 *
 * Invariants:
 * - The file is text, a line each, columns parted by tabs, the latest last:
 *       article  hash of its content  sentence, from 0  hash of the sentence
 *       list     hash of the names    which, from 0
 *   Hashes are 16 hexadecimal digits (library/fingerprint.h). Nothing of an article can be read
 *   from it.
 * - The file need not exist, and may hold anything: lines that cannot be understood are passed
 *   over, and dropped when the file is next written. Lines of other kinds, with more columns, and
 *   remarks (#) are kept, as long as they are text of ordinary length.
 * - The oldest lines are forgotten beyond some thousands, or what is before the last megabytes.
 * - Others may read and write it at the same time: nothing is lost. It is replaced as a whole: a
 *   writer that fails or is killed leaves it as it was.
 */
#ifndef DOCBAO_LIBRARY_POSITIONS_H
#define DOCBAO_LIBRARY_POSITIONS_H

#include "library/fingerprint.h"

/*
 * `article` is what fingerprint_article gave for `a`, which must have its sentences.
 * positions_recall finds the sentence that was remembered by its text, the one nearest to where it
 * was: the sentences may have been cut otherwise since. Where there is none, the one that now
 * stands there, at most the last. False: nothing is remembered, the file cannot be read, or there
 * is no sentence.
 */
bool positions_recall(const char *path, uint64_t article, const struct article *a,
                      uint32_t *sentence);

/*
 * Remembers, or forgets. A sentence behind the last counts as the last; nothing is remembered of an
 * article without one. Forgetting what is not there writes nothing. Error: STATUS_OUTPUT, also
 * where the file is there and cannot be read.
 */
enum status positions_remember(const char *path, uint64_t article, const struct article *a,
                               uint32_t sentence, struct err *e);
enum status positions_forget(const char *path, uint64_t article, struct err *e);

/* The same for a list, known by its names and their order; false also where `index` would not lie
 * below `count`. Errors: as above. */
bool positions_recall_list(const char *path, const char *const *names, uint32_t count,
                           uint32_t *index);
enum status positions_remember_list(const char *path, const char *const *names, uint32_t count,
                                    uint32_t index, struct err *e);

#endif
