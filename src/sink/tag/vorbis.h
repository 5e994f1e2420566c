/*
 * Vorbis comments (xiph.org, "Ogg Vorbis I format specification: comment field"), which FLAC and
 * Opus have too, and the picture block of FLAC, which goes into them as text in Ogg.
 *
 * Invariants: the same description gives the same bytes; a comment that has nothing to say is left
 * out.
 */
#ifndef DOCBAO_SINK_TAG_VORBIS_H
#define DOCBAO_SINK_TAG_VORBIS_H

#include "sink/description.h"

struct vorbis_options {
    uint32_t rate; /* of the frames of the chapters */
    bool picture;  /* the picture is among the comments */
    bool r128;     /* loudness as Opus has it (RFC 7845, section 5.2.1) */
};

/* Appends the comments: how many there are, then each with its length. There are at most 999
 * chapters: the names of chapters have three digits. */
void vorbis_add_list(struct buf *out, const struct description *d,
                     const struct vorbis_options *options);

/* Appends vendor and comments, without a framing bit. */
void vorbis_add_comments(struct buf *out, struct sv vendor, const struct description *d,
                         const struct vorbis_options *options);

/* Appends the content of a picture block; nothing if there is no picture. */
void vorbis_add_picture(struct buf *out, struct sv picture);

#endif
