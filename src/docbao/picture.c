#include "docbao/picture.h"

#include "base/file.h"
#include "sink/tag/picture.h"

/* No sign, portrait of an author, or banner: og:image has 200 pixels at least (ogp.me, Facebook's
 * "Images in Link Shares"), advertisements are up to eight times as wide as high. */
static bool shows_something(struct sv bytes)
{
    enum { LEAST = 200, LEAST_HEIGHT = 120, WIDEST = 3, HIGHEST = 3 };
    uint32_t width, height;
    return picture_size(bytes, &width, &height) && width >= LEAST && height >= LEAST_HEIGHT &&
           width / WIDEST <= height && height / HIGHEST <= width;
}

void picture_take(struct docbao_article *a)
{
    struct sv name = sv_of(a->a.name);
    if (a->a.picture.n || sv_is(name, "-") || fetch_is_web(name))
        return;
    for (size_t i = 0; i < a->a.pictures.n && !a->a.picture.n; i++) {
        buf_clear(&a->picture);
        if (file_read_below(a->a.name, sv_of(a->a.pictures.at[i]), PICTURE_MOST, &a->picture) &&
            shows_something(buf_sv(&a->picture)))
            a->a.picture = buf_sv(&a->picture);
    }
}
