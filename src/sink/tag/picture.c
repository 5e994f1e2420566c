#include "sink/tag/picture.h"

const char *picture_type(struct sv bytes)
{
    if (bytes.n > PICTURE_MOST)
        return NULL;
    if (sv_starts(bytes, SV("\xFF\xD8\xFF")))
        return "image/jpeg";
    return sv_starts(bytes, SV("\x89PNG\r\n\x1A\n")) ? "image/png" : NULL;
}
