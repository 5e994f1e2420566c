#include "sink/tag/id3.h"
#include "sink/tag/tag.h"

void tag_mp3(struct output *file, const struct description *d, uint32_t rate)
{
    struct buf tag = BUF_INIT;
    id3_add_tag(&tag, d, rate);
    if (output_resize(file, 0, 0, tag.n))
        output_write(file, 0, tag.p, tag.n);
    buf_free(&tag);
}
