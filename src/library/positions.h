/*
 * Remembers where a listener stopped: a file holds a sentence for each article, and an article for
 * each list of files. All docbao programs of a user share it.
 *
 * Invariants:
 * - The file is text with one entry in each line, columns separated by tabs, the latest last:
 *       article  hash of its content  sentence, from 0  hash of the sentence
 *       list     hash of the names    which one, from 0
 *   Hashes are 16 hexadecimal digits (library/fingerprint.h). The file does not reveal what the
 *   articles say.
 * - The file need not exist and may hold anything. Lines that cannot be understood are ignored, and
 *   dropped when the file is next written. Lines of other kinds, lines with more columns, and
 *   comments (#) are kept if they are text of ordinary length.
 * - Only the latest 5,000 lines and the last 8 MiB are kept.
 * - Other programs may read and write it at the same time: nothing is lost. It is replaced as a
 *   whole: a writer that fails or is killed leaves it unchanged.
 */
#ifndef DOCBAO_LIBRARY_POSITIONS_H
#define DOCBAO_LIBRARY_POSITIONS_H

#include "library/fingerprint.h"

/*
 * Finds the sentence that was remembered for the article. `article` is the fingerprint_article of
 * `a`, whose sentences must have been read. The sentence is found by its text, nearest to where it
 * was, since sentences may be divided differently now. If the text is not found, the result is the
 * sentence with the same number, or the last one. False: nothing is remembered, the file cannot be
 * read, or the article has no sentence.
 */
bool positions_recall(const char *path, uint64_t article, const struct article *a,
                      uint32_t *sentence);

/*
 * Remembers or forgets a sentence. A number after the last sentence counts as the last; for an
 * article without a sentence nothing is remembered. To forget what is not there writes nothing.
 * Error: STATUS_OUTPUT (the file cannot be written, or exists and cannot be read).
 */
enum status positions_remember(const char *path, uint64_t article, const struct article *a,
                               uint32_t sentence, struct err *e);
enum status positions_forget(const char *path, uint64_t article, struct err *e);

/* The same for a list of files, which is recognized by its names in their order. False also if the
 * remembered index is not below `count`. Errors: as above. */
bool positions_recall_list(const char *path, const char *const *names, uint32_t count,
                           uint32_t *index);
enum status positions_remember_list(const char *path, const char *const *names, uint32_t count,
                                    uint32_t index, struct err *e);

#endif
