/*
 * The cover of a podcast: its title on a coloured square, as a PNG picture.
 *
 * Invariants: the same title, with the same libraries and fonts, gives the same bytes.
 */
#ifndef DOCBAO_PUBLISH_COVER_H
#define DOCBAO_PUBLISH_COVER_H

#include "base/buf.h"
#include "base/err.h"

/* The least side that directories of podcasts accept is 1400 pixels. */
enum { COVER_SIDE = 1400 };

/* The module docbao-picture.so exports this as `docbao_picture`. */
struct cover_driver {
    /* Appends the picture. `title` is UTF-8; `colour`: red, green and blue of the ground, on which
     * white letters can be read. False: there is not enough memory. */
    bool (*draw)(const char *title, uint32_t colour, struct buf *png);
};

/* Appends the picture. Errors: STATUS_USAGE (the module is not installed). */
enum status cover_draw(const char *title, struct buf *png, struct err *e);

#endif
