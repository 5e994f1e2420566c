/*
 * docbao-decoder-av.so: reads what libsndfile does not know, such as what telephones record (AAC in
 * MP4, AMR in 3GP), through libavformat and libavcodec.
 */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
#include <stdbool.h>
#include <stdlib.h>

#include "sink/decoder.h"
#include "sink/decoder_bytes.h"

/* No formats that are lists of other files. */
static const char formats[] = "mov,mp4,m4a,3gp,aac,amr,matroska,webm,asf,caf,mp3,ogg,flac,wav,aiff";

enum { IO_BYTES = 64 * 1024, STEREO = 2 };

struct decoder {
    struct decoder_bytes bytes;
    AVIOContext *io;
    AVFormatContext *file;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
    int stream;
    bool stereo;
    int at; /* of the frame: samples that were given */
};

/* ---- what libavformat sees as its file ---- */

static int read_bytes(void *user, uint8_t *bytes, int n)
{
    struct decoder *d = user;
    int64_t given = decoder_bytes_read(&d->bytes, bytes, n);
    return given ? (int)given : AVERROR_EOF;
}

static int64_t seek_to(void *user, int64_t offset, int whence)
{
    struct decoder *d = user;
    if (whence == AVSEEK_SIZE)
        return d->bytes.length;
    int64_t position = decoder_bytes_seek(&d->bytes, offset, whence);
    return position < 0 ? AVERROR(EINVAL) : position;
}

/* ---- opening ---- */

static void close_sound(void *decoder)
{
    struct decoder *d = decoder;
    avformat_close_input(&d->file);
    if (d->io)
        av_freep(&d->io->buffer);
    avio_context_free(&d->io);
    avcodec_free_context(&d->codec);
    av_packet_free(&d->packet);
    av_frame_free(&d->frame);
    free(d);
}

static int open_file(struct decoder *d)
{
    uint8_t *buffer = av_malloc(IO_BYTES);
    d->io = avio_alloc_context(buffer, IO_BYTES, 0, d, read_bytes, NULL, seek_to);
    d->file = avformat_alloc_context();
    d->packet = av_packet_alloc();
    d->frame = av_frame_alloc();
    if (!buffer || !d->io || !d->file || !d->packet || !d->frame)
        return AVERROR(ENOMEM);
    d->file->pb = d->io;
    d->file->format_whitelist = av_strdup(formats);
    int result = avformat_open_input(&d->file, NULL, NULL, NULL);
    return result < 0 ? result : avformat_find_stream_info(d->file, NULL);
}

static int open_codec(struct decoder *d)
{
    const AVCodec *codec = NULL;
    d->stream = av_find_best_stream(d->file, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
    if (d->stream < 0)
        return d->stream;
    d->codec = avcodec_alloc_context3(codec);
    if (!d->codec)
        return AVERROR(ENOMEM);
    d->codec->thread_count = 1;
    d->codec->pkt_timebase = d->file->streams[d->stream]->time_base;
    int result = avcodec_parameters_to_context(d->codec, d->file->streams[d->stream]->codecpar);
    return result < 0 ? result : avcodec_open2(d->codec, codec, NULL);
}

static void *open_sound(const void *bytes, size_t n, uint32_t *rate, uint32_t *channels)
{
    struct decoder *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    av_log_set_level(AV_LOG_QUIET);
    d->bytes = (struct decoder_bytes){.at = bytes, .length = (int64_t)n};
    int result = open_file(d);
    if (result >= 0)
        result = open_codec(d);
    if (result >= 0) {
        *rate = (uint32_t)d->codec->sample_rate;
        d->stereo = d->codec->ch_layout.nb_channels == STEREO;
        *channels = d->stereo ? STEREO : 1;
        return d;
    }
    close_sound(d);
    return NULL;
}

/* ---- sound ---- */

/* A sample of one channel, 1 being full scale. */
static float sample_of(const AVFrame *f, int channels, int channel, int index)
{
    enum AVSampleFormat format = f->format;
    bool planar = av_sample_fmt_is_planar(format);
    const uint8_t *plane = f->extended_data[planar ? channel : 0];
    int at = planar ? index : index * channels + channel;
    switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
        return (float)(plane[at] - 128) / 128;
    case AV_SAMPLE_FMT_S16:
        return (float)((const int16_t *)plane)[at] / 32768;
    case AV_SAMPLE_FMT_S32:
        return (float)((const int32_t *)plane)[at] / 2147483648.0F;
    case AV_SAMPLE_FMT_FLT:
        return ((const float *)plane)[at];
    case AV_SAMPLE_FMT_DBL:
        return (float)((const double *)plane)[at];
    default:
        return 0;
    }
}

/* The next packet of the stream goes to the decoder; at the end, that it is the end. */
static int feed(struct decoder *d)
{
    int result;
    while ((result = av_read_frame(d->file, d->packet)) >= 0) {
        bool ours = d->packet->stream_index == d->stream;
        if (ours)
            result = avcodec_send_packet(d->codec, d->packet);
        av_packet_unref(d->packet);
        /* What is damaged is passed over. */
        if (ours && result != AVERROR_INVALIDDATA)
            return result;
    }
    return avcodec_send_packet(d->codec, NULL);
}

static bool next_frame(struct decoder *d)
{
    int result;
    d->at = 0;
    av_frame_unref(d->frame);
    while ((result = avcodec_receive_frame(d->codec, d->frame)) == AVERROR(EAGAIN))
        if (feed(d) < 0)
            return false;
    return result >= 0;
}

static float mean_of(const AVFrame *f, int channels, int index)
{
    float sum = 0;
    for (int c = 0; c < channels; c++)
        sum += sample_of(f, channels, c, index);
    return sum / (float)channels;
}

/* The frame at `index`. In some files a part has other channels than the rest. */
static void read_frame(const struct decoder *d, int index, float *to)
{
    int channels = d->frame->ch_layout.nb_channels;
    if (d->stereo && channels == STEREO)
        for (int c = 0; c < STEREO; c++)
            to[c] = sample_of(d->frame, channels, c, index);
    else
        to[0] = to[d->stereo] = mean_of(d->frame, channels, index);
}

static size_t read_sound(void *decoder, float *sound, size_t room)
{
    struct decoder *d = decoder;
    size_t given = 0, width = d->stereo ? STEREO : 1;
    while (given < room) {
        if (d->at >= d->frame->nb_samples && !next_frame(d))
            break;
        for (; d->at < d->frame->nb_samples && given < room; d->at++)
            read_frame(d, d->at, sound + width * given++);
    }
    return given;
}

extern const struct decoder_driver docbao_decoder;

__attribute__((visibility("default"))) const struct decoder_driver docbao_decoder = {
    .open = open_sound,
    .read = read_sound,
    .close = close_sound,
};
