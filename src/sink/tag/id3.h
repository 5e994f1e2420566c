/*
 * ID3v2.4 tags (id3.org, "ID3 tag version 2.4.0" and "Chapter Frame Addendum"), for MP3 and for the
 * chunk `id3 ` of WAV. No kept library writes all that is needed here: libid3tag and the C
 * interface of TagLib have no chapters, and libavformat leaves the title out of CTOC.
 *
 * Invariants: the same description gives the same bytes; a frame that has nothing to say is left
 * out.
 */
#ifndef DOCBAO_SINK_TAG_ID3_H
#define DOCBAO_SINK_TAG_ID3_H

#include "sink/description.h"

/* Appends the whole tag; `rate`: of the frames of the chapters. All text is UTF-8. */
void id3_add_tag(struct buf *out, const struct description *d, uint32_t rate);

#endif
