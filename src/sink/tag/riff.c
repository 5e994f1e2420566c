#include "sink/tag/riff.h"

#include <math.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "sink/tag/bytes.h"
#include "sink/tag/id3.h"

/* ---- text in ASCII ---- */

struct stand_in {
    uint32_t code;
    const char *ascii;
};

static const struct stand_in stand_ins[] = {
    {0x0110, "D"},  {0x0111, "d"},   {0x2013, "-"},  {0x2014, "-"},  {0x2018, "'"},
    {0x2019, "'"},  {0x201C, "\""},  {0x201D, "\""}, {0x201E, "\""}, {0x00AB, "\""},
    {0x00BB, "\""}, {0x2026, "..."}, {0x00A0, " "},
};

static void add_ascii_code(struct buf *out, uint32_t code)
{
    for (size_t i = 0; i < sizeof stand_ins / sizeof *stand_ins; i++) {
        if (stand_ins[i].code == code) {
            buf_adds(out, stand_ins[i].ascii);
            return;
        }
    }
    uint32_t base = code < 0x80 ? code : nfc_base(code);
    if (base >= 'a' && base <= 'z' && char_is_capital(code))
        base -= 'a' - 'A';
    if (base < 0x80)
        buf_putc(out, (char)base);
    else if (!nfc_is_mark(code) && !char_is_format(code))
        buf_putc(out, '?');
}

void riff_add_ascii(struct buf *out, struct sv text)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t code;
        i += utf8_decode_valid(text.p + i, &code);
        add_ascii_code(out, code);
    }
}

/* A field of `width` bytes, filled up with zeros. */
static void add_field(struct buf *out, struct sv text, size_t width)
{
    struct buf ascii = BUF_INIT;
    riff_add_ascii(&ascii, text);
    size_t n = ascii.n < width ? ascii.n : width;
    buf_add(out, ascii.p, n);
    for (size_t i = n; i < width; i++)
        buf_putc(out, '\0');
    buf_free(&ascii);
}

static void add_zeros(struct buf *out, size_t n)
{
    add_field(out, SV(""), n);
}

/* ---- chunks ---- */

static size_t begin_chunk(struct buf *out, const char *name)
{
    buf_adds(out, name);
    le_add(out, 0, 4);
    return out->n;
}

/* Chunks begin at even places. */
static void end_chunk(struct buf *out, size_t start)
{
    size_t n = out->n - start;
    for (unsigned i = 0; i < 4; i++)
        out->p[start - 4 + i] = (char)(n >> 8 * i & 0xFF);
    if (n % 2)
        buf_putc(out, '\0');
}

static uint32_t hundredths(double value)
{
    return (uint16_t)(int16_t)lround(value * 100);
}

/* Version 2 has the loudness: first of five numbers that of the whole, third the true peak; those
 * that are not known have a value of their own. */
static void add_loudness(struct buf *out, const struct loudness *l)
{
    enum { NOT_KNOWN = 0x7FFF, REPLAY_GAIN_LUFS = -18 };
    if (!l->known) {
        add_zeros(out, 10);
        return;
    }
    le_add(out, hundredths(REPLAY_GAIN_LUFS - l->gain_db), 2);
    le_add(out, NOT_KNOWN, 2);
    le_add(out, l->peak > 0 ? hundredths(20 * log10(l->peak)) : NOT_KNOWN, 2);
    le_add(out, NOT_KNOWN, 2);
    le_add(out, NOT_KNOWN, 2);
}

static bool is_whole_day(struct sv date)
{
    return date.n >= 10 && date.p[4] == '-' && date.p[7] == '-';
}

static void add_bext(struct buf *out, const struct description *d, const struct riff_sound *sound)
{
    const struct sink_tags *t = &d->tags;
    size_t start = begin_chunk(out, "bext");
    add_field(out, t->title, 256);
    add_field(out, t->source.n ? t->source : t->author, 32);
    add_zeros(out, 32); /* no reference of the originator */
    add_field(out, is_whole_day(t->date) ? sv_sub(t->date, 0, 10) : SV(""), 10);
    add_zeros(out, 8 + 8); /* time of day, place on a time line */
    le_add(out, d->loudness.known ? 2 : 1, 2);
    add_zeros(out, 64); /* no UMID */
    add_loudness(out, &d->loudness);
    add_zeros(out, 180);
    buf_addf(out, "A=PCM,F=%u,W=%u,M=%s,T=docbao\r\n", sound->rate, sound->bits,
             sound->channels == 1 ? "mono" : "stereo");
    end_chunk(out, start);
}

/* May be aired at any time. */
static void add_cart(struct buf *out, const struct description *d)
{
    enum { FULL_SCALE = 32768 };
    const struct sink_tags *t = &d->tags;
    size_t start = begin_chunk(out, "cart");
    buf_adds(out, "0101");
    add_field(out, t->title, 64);
    add_field(out, t->author, 64);
    add_zeros(out, 5 * 64); /* cut, client, category, classification, out cue */
    buf_adds(out, "1900-01-0100:00:009999-12-3123:59:59");
    add_field(out, SV("docbao"), 64);
    add_zeros(out, 64 + 64);
    le_add(out, FULL_SCALE, 4);
    add_zeros(out, 64 + 276); /* no timers */
    add_field(out, t->comment, 1024);
    end_chunk(out, start);
}

void riff_add_front(struct buf *out, const struct description *d, const struct riff_sound *sound)
{
    add_bext(out, d, sound);
    add_cart(out, d);
}

/* The points have the numbers that ffmpeg gives to the chapters of `id3 `: it takes both for one.
 */
static void add_cues(struct buf *out, const struct description *d)
{
    size_t start = begin_chunk(out, "cue ");
    le_add(out, d->chapters.n, 4);
    for (size_t i = 0; i < d->chapters.n; i++) {
        uint64_t frame = d->chapters.at[i].start;
        le_add(out, i, 4);
        le_add(out, frame, 4);
        buf_adds(out, "data");
        le_add(out, 0, 8); /* one chunk of sound, one block */
        le_add(out, frame, 4);
    }
    end_chunk(out, start);
}

static void add_labels(struct buf *out, const struct description *d)
{
    size_t list = begin_chunk(out, "LIST");
    buf_adds(out, "adtl");
    for (size_t i = 0; i < d->chapters.n; i++) {
        size_t start = begin_chunk(out, "labl");
        le_add(out, i, 4);
        buf_add_sv(out, d->chapters.at[i].title);
        buf_putc(out, '\0');
        end_chunk(out, start);
    }
    end_chunk(out, list);
}

static void add_info_text(struct buf *out, const char *name, struct sv text)
{
    if (!text.n)
        return;
    size_t start = begin_chunk(out, name);
    buf_add_sv(out, text);
    buf_putc(out, '\0');
    end_chunk(out, start);
}

/* In small letters: for ffmpeg these are the names of INFO; mediainfo, which would show the texts
 * in the wrong letters, passes them over. */
static void add_info(struct buf *out, const struct sink_tags *t)
{
    size_t list = begin_chunk(out, "LIST");
    buf_adds(out, "INFO");
    add_info_text(out, "inam", t->title);
    add_info_text(out, "iart", t->author);
    add_info_text(out, "iprd", t->source);
    add_info_text(out, "icrd", t->date);
    add_info_text(out, "icmt", t->comment);
    end_chunk(out, list);
}

void riff_add_back(struct buf *out, const struct description *d, uint32_t rate)
{
    add_info(out, &d->tags);
    if (d->chapters.n) {
        add_cues(out, d);
        add_labels(out, d);
    }
    size_t start = begin_chunk(out, "id3 ");
    id3_add_tag(out, d, rate);
    end_chunk(out, start);
}
