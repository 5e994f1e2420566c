/*
 * Pictures in tags: JPEG and PNG, which all players know.
 *
 * Invariants: only the first bytes are looked at; the picture is never decoded.
 */
#ifndef DOCBAO_SINK_TAG_PICTURE_H
#define DOCBAO_SINK_TAG_PICTURE_H

#include <stdint.h>

#include "base/sv.h"

/* The most bytes of a picture: what fits a block of FLAC, also in base64. */
enum { PICTURE_MOST = 12 * 1024 * 1024, PICTURE_FRONT = 3 };

/* "image/jpeg" or "image/png" by its first bytes; NULL: it is neither, empty or too large. */
const char *picture_type(struct sv bytes);

/* The size in pixels, as the picture itself says; false: it says none. */
bool picture_size(struct sv bytes, uint32_t *width, uint32_t *height);

#endif
