#include "sink/tag/vorbis.h"

#include <math.h>

#include "sink/tag/bytes.h"
#include "sink/tag/picture.h"

enum {
    MOST_CHAPTERS = 999,
    MS_PER_SECOND = 1000,
    MS_PER_MINUTE = 60 * MS_PER_SECOND,
    MS_PER_HOUR = 60 * MS_PER_MINUTE,
};

struct comments {
    struct buf *out;
    uint32_t count;
};

static void add(struct comments *c, const char *name, struct sv value)
{
    size_t n = strlen(name);
    if (!value.n)
        return;
    le_add(c->out, n + 1 + value.n, 4);
    buf_add(c->out, name, n);
    buf_putc(c->out, '=');
    buf_add_sv(c->out, value);
    c->count++;
}

static void add_chapter(struct comments *c, size_t number, const struct chapter *chapter,
                        uint32_t rate)
{
    uint64_t ms = chapter->start * MS_PER_SECOND / rate;
    struct buf name = BUF_INIT, time = BUF_INIT;
    buf_addf(&name, "CHAPTER%03zu", number + 1);
    buf_addf(&time, "%02u:%02u:%02u.%03u", (unsigned)(ms / MS_PER_HOUR),
             (unsigned)(ms / MS_PER_MINUTE % 60), (unsigned)(ms / MS_PER_SECOND % 60),
             (unsigned)(ms % MS_PER_SECOND));
    add(c, name.p, buf_sv(&time));
    buf_adds(&name, "NAME");
    add(c, name.p, chapter->title);
    buf_free(&name);
    buf_free(&time);
}

static void add_loudness(struct comments *c, const struct loudness *l, bool r128)
{
    enum { R128_BELOW_REPLAY_GAIN = 5, STEPS_PER_DB = 256 };
    struct buf value = BUF_INIT;
    if (r128) {
        buf_addf(&value, "%ld", lround((l->gain_db - R128_BELOW_REPLAY_GAIN) * STEPS_PER_DB));
        add(c, "R128_TRACK_GAIN", buf_sv(&value));
        buf_free(&value);
        return;
    }
    buf_addf(&value, "%.2f dB", l->gain_db);
    add(c, "REPLAYGAIN_TRACK_GAIN", buf_sv(&value));
    buf_clear(&value);
    buf_addf(&value, "%.6f", l->peak);
    add(c, "REPLAYGAIN_TRACK_PEAK", buf_sv(&value));
    buf_free(&value);
}

static void add_base64(struct buf *out, struct sv bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)bytes.p;
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        uint32_t three = (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) |
                         (left > 2 ? p[i + 2] : 0);
        buf_putc(out, digits[three >> 18]);
        buf_putc(out, digits[three >> 12 & 63]);
        buf_putc(out, left > 1 ? digits[three >> 6 & 63] : '=');
        buf_putc(out, left > 2 ? digits[three & 63] : '=');
    }
}

static void add_picture_comment(struct comments *c, struct sv picture)
{
    struct buf block = BUF_INIT, text = BUF_INIT;
    vorbis_add_picture(&block, picture);
    add_base64(&text, buf_sv(&block));
    add(c, "METADATA_BLOCK_PICTURE", buf_sv(&text));
    buf_free(&block);
    buf_free(&text);
}

void vorbis_add_list(struct buf *out, const struct description *d,
                     const struct vorbis_options *options)
{
    struct buf list = BUF_INIT;
    struct comments c = {&list, 0};
    const struct sink_tags *t = &d->tags;
    add(&c, "TITLE", t->title);
    add(&c, "ARTIST", t->author);
    add(&c, "ALBUM", t->source);
    add(&c, "DATE", t->date);
    add(&c, "LANGUAGE", t->language);
    add(&c, "DESCRIPTION", t->comment);
    if (d->loudness.known)
        add_loudness(&c, &d->loudness, options->r128);
    for (size_t i = 0; i < d->chapters.n && i < MOST_CHAPTERS; i++)
        add_chapter(&c, i, &d->chapters.at[i], options->rate);
    if (options->picture)
        add_picture_comment(&c, t->picture);
    le_add(out, c.count, 4);
    buf_add_sv(out, buf_sv(&list));
    buf_free(&list);
}

void vorbis_add_comments(struct buf *out, struct sv vendor, const struct description *d,
                         const struct vorbis_options *options)
{
    le_add(out, vendor.n, 4);
    buf_add_sv(out, vendor);
    vorbis_add_list(out, d, options);
}

void vorbis_add_picture(struct buf *out, struct sv picture)
{
    const char *type = picture_type(picture);
    if (!type)
        return;
    be_add(out, PICTURE_FRONT, 4);
    be_add(out, strlen(type), 4);
    buf_adds(out, type);
    be_add(out, 0, 4); /* no description */
    be_add(out, 0, 8); /* width and height, then depth and colours: as the picture says */
    be_add(out, 0, 8);
    be_add(out, picture.n, 4);
    buf_add_sv(out, picture);
}
