#include "sink/tag/id3.h"

#include "sink/tag/bytes.h"
#include "sink/tag/picture.h"

enum {
    UTF8_TEXT = 3,
    /* CTOC counts its entries in one byte; more chapters are grouped. */
    MOST_ENTRIES = 255,
    TOP_LEVEL = 2,
    ORDERED = 1,
    MS_PER_SECOND = 1000,
    DATE_LENGTH = sizeof "2016-05-15" - 1,
};

/* Seven bits a byte. */
static uint32_t syncsafe(size_t n)
{
    return (uint32_t)((n & 0x7F) | (n >> 7 & 0x7F) << 8 | (n >> 14 & 0x7F) << 16 |
                      (n >> 21 & 0x7F) << 24);
}

/* The length of a frame is known when it ends: begin_frame gives its place. */
static size_t begin_frame(struct buf *out, const char *name)
{
    size_t start = out->n;
    buf_adds(out, name);
    be_add(out, 0, 6);
    return start;
}

static void end_frame(struct buf *out, size_t start)
{
    uint32_t size = syncsafe(out->n - start - 10);
    for (unsigned i = 0; i < 4; i++)
        out->p[start + 4 + i] = (char)(size >> (24 - 8 * i) & 0xFF);
}

static void add_text(struct buf *out, const char *name, struct sv text)
{
    if (!text.n)
        return;
    size_t start = begin_frame(out, name);
    buf_putc(out, UTF8_TEXT);
    buf_add_sv(out, text);
    end_frame(out, start);
}

static void add_comment(struct buf *out, struct sv text)
{
    if (!text.n)
        return;
    size_t start = begin_frame(out, "COMM");
    buf_putc(out, UTF8_TEXT);
    buf_adds(out, "vie");
    buf_putc(out, '\0'); /* no description */
    buf_add_sv(out, text);
    end_frame(out, start);
}

static void add_named(struct buf *out, const char *name, struct sv value)
{
    size_t start = begin_frame(out, "TXXX");
    buf_putc(out, UTF8_TEXT);
    buf_adds(out, name);
    buf_putc(out, '\0');
    buf_add_sv(out, value);
    end_frame(out, start);
}

static void add_picture(struct buf *out, struct sv picture)
{
    const char *type = picture_type(picture);
    if (!type)
        return;
    size_t start = begin_frame(out, "APIC");
    buf_putc(out, UTF8_TEXT);
    buf_adds(out, type);
    buf_putc(out, '\0');
    buf_putc(out, PICTURE_FRONT);
    buf_putc(out, '\0'); /* no description */
    buf_add_sv(out, picture);
    end_frame(out, start);
}

/* ---- chapters ---- */

static void add_name(struct buf *out, const char *kind, size_t number)
{
    buf_addf(out, "%s%zu", kind, number);
    buf_putc(out, '\0');
}

static void add_chapter(struct buf *out, const struct chapter *c, size_t number, uint32_t rate)
{
    size_t start = begin_frame(out, "CHAP");
    add_name(out, "chp", number);
    be_add(out, c->start * MS_PER_SECOND / rate, 4);
    be_add(out, c->end * MS_PER_SECOND / rate, 4);
    be_add(out, UINT64_MAX, 8); /* no offsets in bytes */
    add_text(out, "TIT2", c->title);
    end_frame(out, start);
}

/* The contents with the entries `first` to below `end`. */
static void add_contents(struct buf *out, size_t number, unsigned flags, const char *kind,
                         size_t first, size_t end, struct sv title)
{
    size_t start = begin_frame(out, "CTOC");
    add_name(out, "toc", number);
    buf_putc(out, (char)(flags | ORDERED));
    buf_putc(out, (char)(end - first));
    for (size_t i = first; i < end; i++)
        add_name(out, kind, i);
    add_text(out, "TIT2", title);
    end_frame(out, start);
}

static void add_chapters(struct buf *out, const struct description *d, uint32_t rate)
{
    size_t n = d->chapters.n, groups = (n + MOST_ENTRIES - 1) / MOST_ENTRIES;
    struct sv title = d->tags.title.n ? d->tags.title : SV("Mục lục");
    if (groups == 1)
        add_contents(out, 0, TOP_LEVEL, "chp", 0, n, title);
    else if (groups && groups <= MOST_ENTRIES)
        add_contents(out, 0, TOP_LEVEL, "toc", 1, groups + 1, title);
    for (size_t i = 0; groups > 1 && i < groups; i++) {
        size_t end = (i + 1) * MOST_ENTRIES;
        add_contents(out, i + 1, 0, "chp", i * MOST_ENTRIES, end < n ? end : n, title);
    }
    for (size_t i = 0; i < n; i++)
        add_chapter(out, &d->chapters.at[i], i, rate);
}

/* ---- all of it ---- */

static struct sv day_of(struct sv date)
{
    return sv_sub(date, 0, date.n < DATE_LENGTH ? date.n : DATE_LENGTH);
}

static void add_loudness(struct buf *out, const struct loudness *l)
{
    struct buf value = BUF_INIT;
    buf_addf(&value, "%.2f dB", l->gain_db);
    add_named(out, "REPLAYGAIN_TRACK_GAIN", buf_sv(&value));
    buf_clear(&value);
    buf_addf(&value, "%.6f", l->peak);
    add_named(out, "REPLAYGAIN_TRACK_PEAK", buf_sv(&value));
    buf_free(&value);
}

static void add_frames(struct buf *out, const struct description *d, uint32_t rate)
{
    const struct sink_tags *t = &d->tags;
    add_text(out, "TIT2", t->title);
    add_text(out, "TPE1", t->author);
    add_text(out, "TALB", t->source);
    add_text(out, "TDRC", day_of(t->date));
    add_text(out, "TLAN", sv_is(t->language, "vi") ? SV("vie") : t->language);
    add_comment(out, t->comment);
    if (d->loudness.known)
        add_loudness(out, &d->loudness);
    add_chapters(out, d, rate);
    add_picture(out, t->picture);
}

void id3_add_tag(struct buf *out, const struct description *d, uint32_t rate)
{
    struct buf frames = BUF_INIT;
    add_frames(&frames, d, rate);
    buf_adds(out, "ID3");
    be_add(out, 0x040000, 3); /* version 2.4.0, no flags */
    be_add(out, syncsafe(frames.n), 4);
    buf_add_sv(out, buf_sv(&frames));
    buf_free(&frames);
}
