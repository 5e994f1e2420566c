#include "cli/podcast/feed.h"

#include <math.h>

#include "base/file.h"
#include "base/message.h"

static void add_element(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, "<%s>", name);
    buf_add_printable_markup(out, sv_of(text));
    buf_addf(out, "</%s>\n", name);
}

/* The address of a file of the folder; what stands in an attribute has no quotation mark. */
static void add_address(struct buf *out, const struct podcast *p, const char *name)
{
    buf_add_markup(out, sv_of(p->base_url));
    file_add_address(out, name);
}

/* RFC 5322, in English whatever the language. */
static void add_time(struct buf *out, const char *name, time_t time)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct tm t;
    if (!gmtime_r(&time, &t))
        return;
    buf_addf(out, "<%s>%s, %02d %s %04d %02d:%02d:%02d +0000</%s>\n", name, days[t.tm_wday],
             t.tm_mday, months[t.tm_mon], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec, name);
}

static void add_channel(const struct podcast *p, struct buf *out)
{
    buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
                  "xmlns:atom=\"http://www.w3.org/2005/Atom\" "
                  "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" "
                  "xmlns:podcast=\"https://podcastindex.org/namespace/1.0\">\n<channel>\n");
    add_element(out, "title", p->title);
    add_element(out, "link", p->base_url);
    add_element(out, "description", p->title);
    buf_adds(out, "<language>vi</language>\n<generator>docbao</generator>\n"
                  "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"");
    add_address(out, p, PODCAST_FEED);
    buf_adds(out, "\"/>\n");
    add_element(out, "itunes:author", p->author);
    buf_adds(out, "<itunes:explicit>false</itunes:explicit>\n<itunes:category text=\"News\"/>\n");
    if (p->cover) {
        buf_adds(out, "<itunes:image href=\"");
        add_address(out, p, p->cover);
        buf_adds(out, "\"/>\n<image><url>");
        add_address(out, p, p->cover);
        buf_adds(out, "</url>");
        add_element(out, "title", p->title);
        add_element(out, "link", p->base_url);
        buf_adds(out, "</image>\n");
    }
    if (p->episodes->all.n)
        add_time(out, "lastBuildDate", p->episodes->all.at[0].published);
}

/* ---- episodes ---- */

static void add_beside(struct buf *out, const struct podcast *p, const char *output,
                       const char *ending)
{
    struct buf name = BUF_INIT;
    file_add_beside(&name, output, ending);
    add_address(out, p, name.p);
    buf_free(&name);
}

/* The bytes of the sound tell its version: the key is made of all that decides them. */
static void add_sound(const struct podcast *p, const struct batch_line *l, struct buf *out)
{
    enum { VERSION = 12 };
    const char *dot = strrchr(l->output, '.');
    const char *type = dot && strcmp(dot, ".m4a") == 0 ? "audio/x-m4a" : "audio/mpeg";
    buf_adds(out, "<enclosure url=\"");
    add_address(out, p, l->output);
    buf_addf(out, "?v=%.*s\" length=\"%llu\" type=\"%s\"/>\n", (int)VERSION, l->key,
             (unsigned long long)l->bytes, type);
}

static bool is_address(const char *source)
{
    return strncmp(source, "https://", 8) == 0 || strncmp(source, "http://", 7) == 0;
}

static void add_episode(const struct podcast *p, const struct episode *e, struct buf *out)
{
    const struct batch_line *l = &e->line;
    const char *title = *l->title ? l->title : l->output;
    buf_adds(out, "<item>\n");
    add_element(out, "title", title);
    add_element(out, "description", *l->lead ? l->lead : title);
    if (is_address(l->source))
        add_element(out, "link", l->source);
    buf_addf(out, "<guid isPermaLink=\"false\">docbao:%s</guid>\n", l->id);
    add_time(out, "pubDate", e->published);
    add_sound(p, l, out);
    buf_addf(out, "<itunes:duration>%.0f</itunes:duration>\n", ceil(l->seconds));
    buf_adds(out, "<podcast:transcript type=\"text/vtt\" language=\"vi\" url=\"");
    add_beside(out, p, l->output, ".vtt");
    buf_adds(out, "\"/>\n<podcast:chapters type=\"application/json+chapters\" url=\"");
    add_beside(out, p, l->output, ".chapters.json");
    buf_adds(out, "\"/>\n</item>\n");
}

void podcast_feed(const struct podcast *p, struct buf *out)
{
    add_channel(p, out);
    for (size_t i = 0; i < p->episodes->all.n; i++)
        add_episode(p, &p->episodes->all.at[i], out);
    buf_adds(out, "</channel>\n</rss>\n");
}
