/*
 * docbao-aac.so: AAC in MP4 (.m4a, .m4b), through libavcodec and libavformat.
 */
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>

#include "sink/codec.h"

#include "base/message.h"
#include "base/utf8.h"

enum {
    IO_BYTES = 64 * 1024,
    FULL_SCALE = 32768,
    USUAL_BITRATE = 64000,
    USUAL_BITRATE_STEREO = 96000,
    TWO_CHANNELS = 2,
};

struct codec {
    struct codec_output output;
    const struct description *description;
    AVFormatContext *file;
    AVCodecContext *encoder;
    AVFrame *frame;
    AVPacket *packet;
    uint32_t channels;
    int filled;                /* frames of sound in `frame` */
    int64_t time;              /* of the next one */
    uint64_t position, length; /* of the file, as libavformat sees it */
    bool begun;                /* the head is written */
    bool book;                 /* .m4b */
    bool dropped;              /* nothing that libavformat writes is wanted any more */
};

/* ---- what libavformat sees as its file ---- */

static int write_encoded(void *user, uint8_t *bytes, int n)
{
    struct codec *c = user;
    if (!c->dropped && !c->output.write(c->output.user, c->position, bytes, (size_t)n))
        return AVERROR(EIO);
    c->position += (uint64_t)n;
    if (c->length < c->position)
        c->length = c->position;
    return n;
}

static int64_t seek_to(void *user, int64_t offset, int whence)
{
    struct codec *c = user;
    if (whence == AVSEEK_SIZE)
        return (int64_t)c->length;
    uint64_t from = whence == SEEK_CUR ? c->position : whence == SEEK_END ? c->length : 0;
    c->position = from + (uint64_t)offset;
    return (int64_t)c->position;
}

/* ---- opening ---- */

static void close_aac(void *codec)
{
    struct codec *c = codec;
    c->dropped = true;
    av_packet_free(&c->packet);
    av_frame_free(&c->frame);
    avcodec_free_context(&c->encoder);
    if (c->file && c->file->pb) {
        av_freep(&c->file->pb->buffer);
        avio_context_free(&c->file->pb);
    }
    avformat_free_context(c->file);
    av_free(c);
}

static bool open_encoder(struct codec *c, const struct codec_task *task)
{
    const AVCodec *aac = avcodec_find_encoder(AV_CODEC_ID_AAC);
    c->encoder = avcodec_alloc_context3(aac);
    if (!c->encoder)
        return false;
    uint32_t usual = task->channels == TWO_CHANNELS ? USUAL_BITRATE_STEREO : USUAL_BITRATE;
    c->encoder->sample_fmt = AV_SAMPLE_FMT_FLTP;
    c->encoder->sample_rate = (int)task->rate;
    av_channel_layout_default(&c->encoder->ch_layout, (int)task->channels);
    c->encoder->bit_rate = task->bitrate ? task->bitrate : usual;
    c->encoder->time_base = (AVRational){1, (int)task->rate};
    /* The same bytes with every version: no name of the encoder in the file. */
    c->encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    av_opt_set(c->encoder->priv_data, "aac_coder", "fast", 0); /* four times as fast */
    return avcodec_open2(c->encoder, aac, NULL) >= 0;
}

/* "ipod" is the variant of MP4 that audio players know. */
static bool open_file(struct codec *c)
{
    unsigned char *buffer = av_malloc(IO_BYTES);
    if (avformat_alloc_output_context2(&c->file, NULL, "ipod", NULL) < 0 || !buffer) {
        av_free(buffer);
        return false;
    }
    c->file->flags |= AVFMT_FLAG_BITEXACT;
    c->file->pb = avio_alloc_context(buffer, IO_BYTES, 1, c, NULL, write_encoded, seek_to);
    AVStream *stream = c->file->pb ? avformat_new_stream(c->file, NULL) : NULL;
    if (!stream)
        return false;
    stream->time_base = c->encoder->time_base;
    return avcodec_parameters_from_context(stream->codecpar, c->encoder) >= 0;
}

static bool open_frame(struct codec *c)
{
    c->packet = av_packet_alloc();
    c->frame = av_frame_alloc();
    if (!c->packet || !c->frame)
        return false;
    c->frame->format = c->encoder->sample_fmt;
    c->frame->sample_rate = c->encoder->sample_rate;
    c->frame->nb_samples = c->encoder->frame_size;
    return av_channel_layout_copy(&c->frame->ch_layout, &c->encoder->ch_layout) >= 0 &&
           av_frame_get_buffer(c->frame, 0) >= 0;
}

static void *open_aac(const struct codec_task *task, const char **why)
{
    *why = N_("this format cannot be written as a stream");
    if (!task->output.read)
        return NULL;
    av_log_set_level(AV_LOG_QUIET);
    struct codec *c = av_mallocz(sizeof *c);
    *why = N_("libavcodec cannot do this");
    if (!c)
        return NULL;
    c->output = task->output;
    c->description = task->description;
    c->channels = task->channels;
    c->book = task->book;
    if (open_encoder(c, task) && open_file(c) && open_frame(c))
        return c;
    close_aac(c);
    return NULL;
}

/* ---- tags ---- */

static bool set_tag(AVDictionary **tags, const char *name, struct sv text)
{
    char *copy = text.n ? av_strndup(text.p, text.n) : NULL;
    return !text.n || av_dict_set(tags, name, copy, AV_DICT_DONT_STRDUP_VAL) >= 0;
}

static bool set_tags(struct codec *c)
{
    enum { AUDIOBOOK = '2' };
    const struct sink_tags *t = &c->description->tags;
    AVDictionary **tags = &c->file->metadata;
    static const char audiobook[] = {AUDIOBOOK, '\0'};
    return set_tag(tags, "title", t->title) && set_tag(tags, "artist", t->author) &&
           set_tag(tags, "album", t->source) && set_tag(tags, "date", t->date) &&
           set_tag(tags, "comment", t->comment) &&
           set_tag(&c->file->streams[0]->metadata, "language", sv_of("vie")) &&
           (!c->book || av_dict_set(tags, "media_type", audiobook, 0) >= 0);
}

/* For libavformat the picture is a stream of one packet. */
static bool add_picture(struct codec *c)
{
    struct sv picture = c->description->tags.picture;
    if (!picture.n)
        return true;
    AVStream *stream = avformat_new_stream(c->file, NULL);
    if (!stream)
        return false;
    stream->disposition = AV_DISPOSITION_ATTACHED_PIC;
    stream->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
    stream->codecpar->width = stream->codecpar->height = 1; /* wanted, and not written */
    stream->codecpar->codec_id =
        picture.p[0] == '\x89' ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG; /* it is one of these */
    return true;
}

static bool write_picture(struct codec *c)
{
    struct sv picture = c->description->tags.picture;
    if (c->file->nb_streams < 2)
        return true;
    AVPacket *packet = av_packet_alloc();
    bool done = packet && av_new_packet(packet, (int)picture.n) >= 0;
    if (done) {
        memcpy(packet->data, picture.p, picture.n);
        packet->stream_index = 1;
        packet->flags = AV_PKT_FLAG_KEY;
        done = av_write_frame(c->file, packet) >= 0;
    }
    av_packet_free(&packet);
    return done;
}

/* One of the two lists of chapters in the file holds 255 bytes a title. */
static struct sv short_title(struct sv title)
{
    enum { MOST = 255 };
    return utf8_shortened(title, MOST);
}

static AVChapter *make_chapter(const struct codec *c, const struct chapter *from, int64_t id)
{
    AVChapter *chapter = av_mallocz(sizeof *chapter);
    if (!chapter)
        return NULL;
    chapter->id = id;
    chapter->time_base = c->encoder->time_base;
    chapter->start = (int64_t)from->start;
    chapter->end = (int64_t)from->end;
    if (!set_tag(&chapter->metadata, "title", short_title(from->title)))
        av_freep(&chapter);
    return chapter;
}

/* libavformat frees them. */
static bool add_chapters(struct codec *c)
{
    size_t n = c->description->has_tags ? c->description->chapters.n : 0;
    if (!n)
        return true;
    c->file->chapters = av_calloc(n, sizeof *c->file->chapters);
    for (size_t i = 0; i < n && c->file->chapters; i++) {
        AVChapter *chapter = make_chapter(c, &c->description->chapters.at[i], (int64_t)i);
        if (!chapter)
            return false;
        c->file->chapters[c->file->nb_chapters++] = chapter;
    }
    return c->file->chapters != NULL;
}

/* ---- sound ---- */

static bool begin_aac(struct codec *c, const char **why)
{
    if (c->begun)
        return true;
    c->begun = true;
    bool described = !c->description->has_tags || (set_tags(c) && add_picture(c));
    AVDictionary *options = NULL;
    if (c->book)
        av_dict_set(&options, "brand", "M4B ", 0);
    *why = N_("libavformat cannot write the head of the file");
    bool done = described && avformat_write_header(c->file, &options) >= 0 && write_picture(c);
    av_dict_free(&options);
    return done;
}

/* Hands a frame to the encoder (NULL: there are no more), writes what is ready. */
static bool encode(struct codec *c, const AVFrame *frame, const char **why)
{
    *why = N_("libavcodec cannot encode the sound");
    if (avcodec_send_frame(c->encoder, frame) < 0)
        return false;
    while (avcodec_receive_packet(c->encoder, c->packet) >= 0) {
        av_packet_rescale_ts(c->packet, c->encoder->time_base, c->file->streams[0]->time_base);
        c->packet->stream_index = 0;
        if (av_interleaved_write_frame(c->file, c->packet) < 0)
            return false;
    }
    return true;
}

/* The last frame may be shorter. */
static bool send_frame(struct codec *c, const char **why)
{
    c->frame->nb_samples = c->filled;
    c->frame->pts = c->time;
    c->time += c->filled;
    c->filled = 0;
    bool done = encode(c, c->frame, why);
    c->frame->nb_samples = c->encoder->frame_size;
    *why = N_("out of memory");
    return done && av_frame_make_writable(c->frame) >= 0;
}

static bool write_aac(void *codec, const int16_t *pcm, uint32_t frames, const char **why)
{
    struct codec *c = codec;
    if (!begin_aac(c, why))
        return false;
    for (uint32_t i = 0; i < frames; i++) {
        for (uint32_t channel = 0; channel < c->channels; channel++)
            ((float *)c->frame->extended_data[channel])[c->filled] = (float)*pcm++ / FULL_SCALE;
        c->filled++;
        if (c->filled == c->encoder->frame_size && !send_frame(c, why))
            return false;
    }
    return true;
}

static bool finish_aac(void *codec, const char **why)
{
    struct codec *c = codec;
    bool done = begin_aac(c, why) && (!c->filled || send_frame(c, why)) && encode(c, NULL, why);
    if (done && (!add_chapters(c) || av_write_trailer(c->file) < 0)) {
        *why = N_("libavformat cannot complete the file");
        done = false;
    }
    close_aac(c);
    return done;
}

extern const struct codec_driver docbao_codec;

__attribute__((visibility("default"))) const struct codec_driver docbao_codec = {
    .open = open_aac,
    .write = write_aac,
    .finish = finish_aac,
    .close = close_aac,
};
