/* FLAC: "fLaC", then blocks of metadata (RFC 9639, section 8), then frames. */
#include "sink/tag/bytes.h"
#include "sink/tag/tag.h"
#include "sink/tag/vorbis.h"

enum {
    MARK_BYTES = 4,
    BLOCK_HEADER = 4,
    LAST_BLOCK = 0x80,
    BLOCK_PADDING = 1,
    BLOCK_COMMENTS = 4,
    BLOCK_PICTURE = 6,
    MOST_BLOCK = 0xFFFFFF,
};

struct flac_head {
    struct buf kept;   /* the blocks that stay */
    struct buf vendor; /* that the encoder named */
    uint64_t end;      /* where the frames begin */
};

static void add_block(struct buf *out, unsigned type, struct sv content)
{
    be_add(out, type, 1);
    be_add(out, content.n, 3);
    buf_add_sv(out, content);
}

static void keep_vendor(struct flac_head *h, struct sv comments)
{
    uint32_t n = comments.n < 4 ? 0 : le_get((const unsigned char *)comments.p, 4);
    if (n && n <= comments.n - 4)
        buf_add_sv(&h->vendor, sv_sub(comments, 4, n));
}

/* False: this is no block. *last: no more follow. */
static bool read_block(struct output *file, struct flac_head *h, bool *last)
{
    unsigned char header[BLOCK_HEADER];
    if (output_read(file, h->end, header, BLOCK_HEADER) != BLOCK_HEADER)
        return false;
    struct buf content = BUF_INIT;
    unsigned type = header[0] & ~LAST_BLOCK;
    uint32_t n = be_get(header + 1, 3);
    buf_reserve(&content, n);
    content.n = output_read(file, h->end + BLOCK_HEADER, content.p, n);
    bool whole = content.n == n;
    if (whole && type == BLOCK_COMMENTS)
        keep_vendor(h, buf_sv(&content));
    else if (whole && type != BLOCK_PADDING)
        add_block(&h->kept, type, buf_sv(&content));
    buf_free(&content);
    *last = header[0] & LAST_BLOCK;
    h->end += BLOCK_HEADER + n;
    return whole;
}

static bool read_head(struct output *file, struct flac_head *h)
{
    char mark[MARK_BYTES];
    bool last = false;
    if (output_read(file, 0, mark, MARK_BYTES) != MARK_BYTES || memcmp(mark, "fLaC", 4) != 0)
        return false;
    h->end = MARK_BYTES;
    while (!last)
        if (!read_block(file, h, &last))
            return false;
    return true;
}

/* The comments come last: theirs is the mark of the last block. */
static void add_head(struct buf *out, const struct flac_head *h, const struct description *d,
                     uint32_t rate)
{
    struct buf content = BUF_INIT;
    struct vorbis_options options = {.rate = rate};
    buf_adds(out, "fLaC");
    buf_add_sv(out, buf_sv(&h->kept));
    vorbis_add_picture(&content, d->tags.picture);
    if (content.n)
        add_block(out, BLOCK_PICTURE, buf_sv(&content));
    buf_clear(&content);
    vorbis_add_comments(&content, buf_sv(&h->vendor), d, &options);
    if (content.n <= MOST_BLOCK)
        add_block(out, LAST_BLOCK | BLOCK_COMMENTS, buf_sv(&content));
    else
        add_block(out, LAST_BLOCK | BLOCK_PADDING, SV(""));
    buf_free(&content);
}

void tag_flac(struct output *file, const struct description *d, uint32_t rate)
{
    struct flac_head h = {BUF_INIT, BUF_INIT, 0};
    struct buf head = BUF_INIT;
    if (read_head(file, &h)) {
        add_head(&head, &h, d, rate);
        if (output_resize(file, 0, h.end, head.n))
            output_write(file, 0, head.p, head.n);
    }
    buf_free(&h.kept);
    buf_free(&h.vendor);
    buf_free(&head);
}
