#include "sink/tag/picture.h"

#include "sink/tag/bytes.h"

const char *picture_type(struct sv bytes)
{
    if (bytes.n > PICTURE_MOST)
        return NULL;
    if (sv_starts(bytes, SV("\xFF\xD8\xFF")))
        return "image/jpeg";
    return sv_starts(bytes, SV("\x89PNG\r\n\x1A\n")) ? "image/png" : NULL;
}

/* The first chunk, IHDR, begins with the size (PNG specification, section 11.2.2). */
static bool size_of_png(struct sv bytes, uint32_t *width, uint32_t *height)
{
    enum { AT_WIDTH = 16, AT_HEIGHT = 20, END = 24 };
    const unsigned char *p = (const unsigned char *)bytes.p;
    if (bytes.n < END)
        return false;
    *width = be_get(p + AT_WIDTH, 4);
    *height = be_get(p + AT_HEIGHT, 4);
    return true;
}

/* Whether the marker begins a frame: SOF0 to SOF15, without DHT, JPG and DAC, which are among them
 * (ITU-T T.81, table B.1). */
static bool begins_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Segments: a marker, the length of what follows, and in a frame one byte before the size. */
static bool size_of_jpeg(struct sv bytes, uint32_t *width, uint32_t *height)
{
    enum { FILL = 0xFF, LAST = 0xD9, SCAN = 0xDA, FRAME = 9 };
    const unsigned char *p = (const unsigned char *)bytes.p;
    for (size_t at = 2; at + FRAME <= bytes.n && p[at] == FILL;) {
        unsigned marker = p[at + 1];
        if (marker == FILL) {
            at++;
        } else if (begins_frame(marker)) {
            *height = be_get(p + at + 5, 2);
            *width = be_get(p + at + 7, 2);
            return true;
        } else if (marker == LAST || marker == SCAN) {
            return false;
        } else {
            at += 2 + be_get(p + at + 2, 2);
        }
    }
    return false;
}

bool picture_size(struct sv bytes, uint32_t *width, uint32_t *height)
{
    const char *type = picture_type(bytes);
    if (!type)
        return false;
    return bytes.p[0] == '\x89' ? size_of_png(bytes, width, height)
                                : size_of_jpeg(bytes, width, height);
}
