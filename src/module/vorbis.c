/*
 * docbao-vorbis.so: Ogg Vorbis, through libvorbisenc and libogg.
 */
#include <stdlib.h>
#include <string.h>
#include <vorbis/vorbisenc.h>

#include "sink/codec.h"

#include "base/message.h"

enum {
    PIECE_FRAMES = 1024,
    /* Names the stream inside its file; any number will do, but always the same. */
    SERIAL = 0x64626F21,
    FULL_SCALE = 32768,
};

/* The quality where no bit rate is asked for: about 60 kbit/s for speech of one channel. */
static const float usual_quality = 0.4F;

struct codec {
    struct codec_output output;
    const struct sv *said; /* what the comments of a stream hold */
    uint32_t channels;
    uint64_t position; /* where the next page goes */
    bool begun;        /* the head is written */
    vorbis_info info;
    vorbis_comment comments;
    vorbis_dsp_state dsp;
    vorbis_block block;
    ogg_stream_state ogg;
};

static const char *const failed = N_("libvorbis fails");
static const char *const refused = N_("the output cannot be written");

static bool write_page(struct codec *c, const ogg_page *page)
{
    size_t head = (size_t)page->header_len, body = (size_t)page->body_len;
    if (!c->output.write(c->output.user, c->position, page->header, head) ||
        !c->output.write(c->output.user, c->position + head, page->body, body))
        return false;
    c->position += head + body;
    return true;
}

/* The pages that are full; with `flush` also the last one. */
static bool write_pages(struct codec *c, bool flush)
{
    ogg_page page;
    while (flush ? ogg_stream_flush(&c->ogg, &page) : ogg_stream_pageout(&c->ogg, &page))
        if (!write_page(c, &page))
            return false;
    return true;
}

/* The packet of the comments: a mark, the vendor with its length, what is said, a bit. `made` has
 * no comments, and stays as it is where nothing is said. Returns what the caller frees, or NULL
 * where there is no memory. */
static unsigned char *add_comments(ogg_packet *made, const struct sv *said)
{
    enum { NO_COMMENTS = 4, FRAMING = 1 };
    size_t before = (size_t)made->bytes - NO_COMMENTS - FRAMING;
    unsigned char *packet = malloc(before + said->n + FRAMING);
    if (!packet)
        return NULL;
    memcpy(packet, made->packet, before);
    memcpy(packet + before, said->p, said->n);
    packet[before + said->n] = 1;
    made->packet = packet;
    made->bytes = (long)(before + said->n + FRAMING);
    return packet;
}

static bool send_packets(struct codec *c, ogg_packet *packets, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (ogg_stream_packetin(&c->ogg, &packets[i]))
            return false;
    return true;
}

/* The three packets before the sound, on pages of their own. */
static bool begin_vorbis(struct codec *c, const char **why)
{
    enum { HEADERS = 3, COMMENTS = 1 };
    ogg_packet packets[HEADERS];
    if (c->begun)
        return true;
    c->begun = true;
    *why = failed;
    if (vorbis_analysis_headerout(&c->dsp, &c->comments, &packets[0], &packets[1], &packets[2]))
        return false;
    unsigned char *said = c->said->n ? add_comments(&packets[COMMENTS], c->said) : NULL;
    bool sent = (said || !c->said->n) && send_packets(c, packets, HEADERS);
    free(said);
    if (!sent)
        return false;
    *why = refused;
    return write_pages(c, true);
}

/* Sends what the encoder has ready. */
static bool drain(struct codec *c, const char **why)
{
    ogg_packet packet;
    while (vorbis_analysis_blockout(&c->dsp, &c->block) == 1) {
        vorbis_analysis(&c->block, NULL);
        vorbis_bitrate_addblock(&c->block);
        while (vorbis_bitrate_flushpacket(&c->dsp, &packet)) {
            ogg_stream_packetin(&c->ogg, &packet);
            *why = refused;
            if (!write_pages(c, false))
                return false;
        }
    }
    return true;
}

static bool prepare_encoder(struct codec *c, const struct codec_task *task)
{
    long rate = (long)task->rate, channels = (long)task->channels, bits = (long)task->bitrate;
    vorbis_info_init(&c->info);
    bool set = bits ? vorbis_encode_init(&c->info, channels, rate, -1, bits, -1) == 0
                    : vorbis_encode_init_vbr(&c->info, channels, rate, usual_quality) == 0;
    if (!set) {
        vorbis_info_clear(&c->info);
        return false;
    }
    vorbis_comment_init(&c->comments);
    vorbis_analysis_init(&c->dsp, &c->info);
    vorbis_block_init(&c->dsp, &c->block);
    ogg_stream_init(&c->ogg, SERIAL);
    return true;
}

static void *open_vorbis(const struct codec_task *task, const char **why)
{
    struct codec *c = calloc(1, sizeof *c);
    *why = N_("out of memory");
    if (!c)
        return NULL;
    c->output = task->output;
    c->said = task->comments;
    c->channels = task->channels;
    if (prepare_encoder(c, task))
        return c;
    *why = N_("Vorbis has no such bit rate at this sample rate");
    free(c);
    return NULL;
}

static bool write_vorbis(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    if (!begin_vorbis(c, why))
        return false;
    while (frames) {
        uint32_t piece = frames < PIECE_FRAMES ? frames : PIECE_FRAMES;
        float **to = vorbis_analysis_buffer(&c->dsp, (int)piece);
        for (uint32_t i = 0; i < piece; i++)
            for (uint32_t channel = 0; channel < c->channels; channel++)
                to[channel][i] = (float)*pcm++ / FULL_SCALE;
        vorbis_analysis_wrote(&c->dsp, (int)piece);
        if (!drain(c, why))
            return false;
        frames -= piece;
    }
    return true;
}

static void close_vorbis(void *codec)
{
    struct codec *c = codec;
    ogg_stream_clear(&c->ogg);
    vorbis_block_clear(&c->block);
    vorbis_dsp_clear(&c->dsp);
    vorbis_comment_clear(&c->comments);
    vorbis_info_clear(&c->info);
    free(c);
}

static bool finish_vorbis(void *codec, const char **why)
{
    struct codec *c = codec;
    bool done = begin_vorbis(c, why);
    vorbis_analysis_wrote(&c->dsp, 0);
    done = done && drain(c, why);
    if (done && !write_pages(c, true)) {
        *why = refused;
        done = false;
    }
    close_vorbis(c);
    return done;
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .open = open_vorbis,
    .write = write_vorbis,
    .finish = finish_vorbis,
    .close = close_vorbis,
};
