/*
 * docbao-picture.so: pictures with text, by cairo and Pango.
 */
#include <pango/pangocairo.h>

#include "publish/cover.h"

#include "base/mem.h"

static const double margin = COVER_SIDE * 0.09;

static cairo_status_t add_bytes(void *png, const unsigned char *bytes, unsigned n)
{
    buf_add(png, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static double part(uint32_t colour, unsigned shift)
{
    return (colour >> shift & 0xFF) / 255.0;
}

/* Waves of sound at the foot: arcs around the corner. */
static void draw_ground(cairo_t *to, uint32_t colour)
{
    cairo_set_source_rgb(to, part(colour, 16), part(colour, 8), part(colour, 0));
    cairo_paint(to);
    cairo_set_source_rgba(to, 1, 1, 1, 0.22);
    cairo_set_line_width(to, COVER_SIDE * 0.02);
    for (unsigned i = 1; i <= 4; i++) {
        cairo_arc(to, 0, COVER_SIDE, i * COVER_SIDE * 0.08, -G_PI_2, 0);
        cairo_stroke(to);
    }
}

/* The size of letters at which the title fills the square without leaving it. */
static void fit(PangoLayout *layout, PangoFontDescription *font)
{
    enum { LARGEST = COVER_SIDE / 7, SMALLEST = COVER_SIDE / 40, STEP = 4 };
    const int most = (int)(COVER_SIDE - 2 * margin - COVER_SIDE * 0.2);
    int width, height;
    for (int size = LARGEST; size >= SMALLEST; size -= STEP) {
        pango_font_description_set_absolute_size(font, size * (double)PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_layout_get_pixel_size(layout, &width, &height);
        if (height <= most && width <= COVER_SIDE - 2 * margin)
            return;
    }
    pango_layout_set_height(layout, most * PANGO_SCALE); /* the rest becomes … */
}

static void draw_title(cairo_t *to, const char *title)
{
    PangoLayout *layout = pango_cairo_create_layout(to);
    PangoFontDescription *font = pango_font_description_from_string("Sans Bold");
    pango_layout_set_width(layout, (int)(COVER_SIDE - 2 * margin) * PANGO_SCALE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
    pango_layout_set_text(layout, title, -1);
    fit(layout, font);
    if (pango_layout_get_height(layout) > 0)
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    cairo_set_source_rgb(to, 1, 1, 1);
    cairo_move_to(to, margin, margin);
    pango_cairo_show_layout(to, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static bool draw(const char *title, uint32_t colour, struct buf *png)
{
    cairo_surface_t *picture =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, COVER_SIDE, COVER_SIDE);
    cairo_t *to = cairo_create(picture);
    draw_ground(to, colour);
    draw_title(to, title);
    bool drawn = cairo_status(to) == CAIRO_STATUS_SUCCESS &&
                 cairo_surface_write_to_png_stream(picture, add_bytes, png) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(to);
    cairo_surface_destroy(picture);
    return drawn;
}

extern const struct cover_driver docbao_picture;

__attribute__((visibility("default"))) const struct cover_driver docbao_picture = {
    .draw = draw,
};
