/* Ogg: pages of packets. The headers come first: what the stream is, the comments, and of Vorbis
 * its tables. The pages behind them get new numbers and checksums. */
#include "base/mem.h"
#include "sink/tag/bytes.h"
#include "sink/tag/tag.h"
#include "sink/tag/vorbis.h"

enum {
    PAGE_HEADER = 27,
    MOST_SEGMENTS = 255,
    FULL_SEGMENT = 255,
    MOST_PAGE = PAGE_HEADER + MOST_SEGMENTS + MOST_SEGMENTS * FULL_SEGMENT,
    AT_FLAGS = 5,
    AT_TIME = 6,
    AT_SERIAL = 14,
    AT_NUMBER = 18,
    AT_CHECKSUM = 22,
    AT_SEGMENTS = 26,
    CONTINUED = 1,
    COMMENTS = 1, /* the second packet */
    MOST_PACKETS = 3,
};

struct ogg {
    struct output *file;
    uint32_t table[256];           /* of the checksum */
    unsigned char page[MOST_PAGE]; /* the last one read or made */
    size_t page_bytes;
    struct buf packets[MOST_PACKETS];
    unsigned count, whole; /* packets before the sound; those that are read */
    uint64_t end;          /* of the pages read */
    uint32_t pages;        /* read so far */
};

/* ---- pages ---- */

static void fill_table(uint32_t table[256])
{
    for (uint32_t i = 0; i < 256; i++) {
        table[i] = i << 24;
        for (int bit = 0; bit < 8; bit++)
            table[i] = table[i] << 1 ^ (table[i] & 0x80000000 ? 0x04C11DB7 : 0);
    }
}

static void set_le(unsigned char *p, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        p[i] = (unsigned char)(value >> 8 * i);
}

/* Gives the page this number, and its checksum. */
static void number_page(struct ogg *o, uint32_t number)
{
    uint32_t sum = 0;
    set_le(o->page + AT_NUMBER, number);
    set_le(o->page + AT_CHECKSUM, 0);
    for (size_t i = 0; i < o->page_bytes; i++)
        sum = sum << 8 ^ o->table[sum >> 24 ^ o->page[i]];
    set_le(o->page + AT_CHECKSUM, sum);
}

/* Reads the page at this place. False: there is none. */
static bool read_page(struct ogg *o, uint64_t place)
{
    enum { MOST_HEADER = PAGE_HEADER + MOST_SEGMENTS };
    size_t got = output_read(o->file, place, o->page, MOST_HEADER);
    if (got < PAGE_HEADER || memcmp(o->page, "OggS", 4) != 0)
        return false;
    size_t segments = o->page[AT_SEGMENTS], n = PAGE_HEADER + segments;
    if (got < n)
        return false;
    for (size_t i = 0; i < segments; i++)
        n += o->page[PAGE_HEADER + i];
    o->page_bytes = n;
    return n <= got || output_read(o->file, place + got, o->page + got, n - got) == n - got;
}

/* ---- the headers ---- */

/* Takes the packets of the page. False: it holds more than headers. */
static bool take_packets(struct ogg *o)
{
    size_t segments = o->page[AT_SEGMENTS], at = PAGE_HEADER + segments;
    for (size_t i = 0; i < segments; i++) {
        unsigned n = o->page[PAGE_HEADER + i];
        if (o->whole == o->count)
            return false;
        buf_add(&o->packets[o->whole], o->page + at, n);
        at += n;
        o->whole += n < FULL_SEGMENT;
        if (o->whole == 1 && o->count == MOST_PACKETS)
            o->count = sv_starts(buf_sv(&o->packets[0]), SV("OpusHead")) ? 2 : MOST_PACKETS;
    }
    return true;
}

static bool read_head(struct ogg *o)
{
    o->count = MOST_PACKETS;
    while (o->whole < o->count) {
        if (!read_page(o, o->end) || !take_packets(o))
            return false;
        o->end += o->page_bytes;
        o->pages++;
    }
    return true;
}

/* "\3vorbis" or "OpusTags", then the comments; Vorbis has a bit more behind them. */
static bool renew_comments(struct ogg *o, const struct description *d, uint32_t rate)
{
    struct buf *packet = &o->packets[COMMENTS], made = BUF_INIT;
    bool opus = o->count == 2;
    struct sv mark = opus ? SV("OpusTags") : SV("\3vorbis");
    struct sv rest = buf_sv(packet);
    if (!sv_starts(rest, mark) || rest.n < mark.n + 4)
        return false;
    rest = sv_sub(rest, mark.n, rest.n - mark.n);
    uint32_t vendor = le_get((const unsigned char *)rest.p, 4);
    if (vendor > rest.n - 4)
        return false;
    struct vorbis_options options = {.rate = rate, .picture = true, .r128 = opus};
    buf_add_sv(&made, mark);
    vorbis_add_comments(&made, sv_sub(rest, 4, vendor), d, &options);
    if (!opus)
        buf_putc(&made, 1);
    buf_free(packet);
    *packet = made;
    return true;
}

/* A page of what is left of the packets; they are taken from `packet` and `offset` on. */
static void make_page(struct ogg *o, unsigned *packet, size_t *offset)
{
    struct buf content = BUF_INIT;
    size_t segments = 0;
    o->page[AT_FLAGS] = *offset ? CONTINUED : 0;
    while (segments < MOST_SEGMENTS && *packet < o->count) {
        const struct buf *from = &o->packets[*packet];
        size_t left = from->n - *offset, n = left < FULL_SEGMENT ? left : FULL_SEGMENT;
        o->page[PAGE_HEADER + segments++] = (unsigned char)n;
        buf_add(&content, from->p + *offset, n);
        *offset += n;
        if (n < FULL_SEGMENT) {
            ++*packet;
            *offset = 0;
        }
    }
    o->page[AT_SEGMENTS] = (unsigned char)segments;
    memcpy(o->page + PAGE_HEADER + segments, content.p, content.n);
    o->page_bytes = PAGE_HEADER + segments + content.n;
    buf_free(&content);
}

/* A page on which no packet ends has no time (RFC 3533, section 6). */
static void set_time(struct ogg *o)
{
    bool ends = o->page[AT_SEGMENTS] < MOST_SEGMENTS;
    for (size_t i = 0; !ends && i < MOST_SEGMENTS; i++)
        ends = o->page[PAGE_HEADER + i] < FULL_SEGMENT;
    memset(o->page + AT_TIME, ends ? 0 : 0xFF, AT_SERIAL - AT_TIME);
}

/* Appends the pages of all headers; gives how many. The first page stays as it is. */
static uint32_t add_pages(struct ogg *o, struct buf *out)
{
    unsigned packet = COMMENTS;
    size_t offset = 0;
    uint32_t pages = 1;
    read_page(o, 0);
    buf_add(out, o->page, o->page_bytes);
    while (packet < o->count) {
        make_page(o, &packet, &offset);
        set_time(o);
        number_page(o, pages++);
        buf_add(out, o->page, o->page_bytes);
    }
    return pages;
}

/* ---- the sound ---- */

static void renumber(struct ogg *o, uint64_t place, uint32_t number)
{
    while (read_page(o, place)) {
        number_page(o, number++);
        output_write(o->file, place + AT_NUMBER, o->page + AT_NUMBER, AT_SEGMENTS - AT_NUMBER);
        place += o->page_bytes;
    }
}

static void tag_pages(struct ogg *o, const struct description *d, uint32_t rate)
{
    struct buf head = BUF_INIT;
    if (read_head(o) && renew_comments(o, d, rate)) {
        uint32_t pages = add_pages(o, &head);
        if (output_resize(o->file, 0, o->end, head.n)) {
            output_write(o->file, 0, head.p, head.n);
            if (pages != o->pages)
                renumber(o, head.n, pages);
        }
    }
    buf_free(&head);
}

void tag_ogg(struct output *file, const struct description *d, uint32_t rate)
{
    struct ogg *o = mem_zalloc(sizeof *o);
    o->file = file;
    for (size_t i = 0; i < MOST_PACKETS; i++)
        o->packets[i] = BUF_INIT;
    fill_table(o->table);
    tag_pages(o, d, rate);
    for (size_t i = 0; i < MOST_PACKETS; i++)
        buf_free(&o->packets[i]);
    free(o);
}
