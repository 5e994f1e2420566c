/*
 * The facts about a sound file for the radio automation Rivendell, in the XML that its `rdimport
 * --xml` reads from a file beside the sound: the one way by which text with the marks of letters
 * gets in.
 *
 * Invariants, from Rivendell's reader (RDCart::readXml), which is no XML parser:
 * - Every element stands on a line of its own, shorter than its buffer of 1,024 bytes.
 * - There is one cut; without one, nothing is read.
 * - Texts have at most as many characters as the columns of its database: 191, of the cut 64.
 */
#ifndef DOCBAO_SINK_TAG_RDXML_H
#define DOCBAO_SINK_TAG_RDXML_H

#include "sink/description.h"

/* Appends the file; `ms`: the length of the sound. */
void rdxml_add(struct buf *out, const struct description *d, uint64_t ms);

#endif
