#include "sd_docbao/reply.h"

void reply_line(struct buf *out, const char *line)
{
    buf_adds(out, line);
    buf_putc(out, '\n');
}

void reply_mark(struct buf *out, struct sv name)
{
    buf_adds(out, "700-");
    buf_add_sv(out, name);
    buf_adds(out, "\n700 INDEX MARK\n");
}

/* A line end inside the sound would end it. */
static void add_escaped(struct buf *out, unsigned char byte)
{
    enum { ESCAPE = 0x7d, INVERT = 0x20 };
    if (byte == ESCAPE || byte == '\n') {
        buf_putc(out, ESCAPE);
        byte ^= INVERT;
    }
    buf_putc(out, (char)byte);
}

void reply_sound(struct buf *out, const int16_t *pcm, uint32_t frames, uint32_t rate)
{
    buf_addf(out,
             "705-bits=16\n705-num_channels=1\n705-sample_rate=%u\n705-num_samples=%u\n"
             "705-big_endian=0\n705-AUDIO",
             rate, frames);
    buf_putc(out, '\0');
    buf_reserve(out, 2u * frames);
    for (uint32_t i = 0; i < frames; i++) {
        uint16_t sample = pcm ? (uint16_t)pcm[i] : 0;
        add_escaped(out, sample & 0xFF);
        add_escaped(out, sample >> 8);
    }
    buf_adds(out, "\n705 AUDIO\n");
}
