#include "article/input/zip_rebuild.h"

enum {
    HEAD = 30,          /* bytes of the head of a member, without its name */
    HAS_DESCRIPTOR = 8, /* a flag: sum and sizes stand behind the member */
    MOST = 65535,       /* members */
};

#define MEMBER_MARK SV("PK\x03\x04")
#define DESCRIPTOR_MARK SV("PK\x07\x08")
#define LIST_MARK SV("PK\x01\x02")

/* A member as its head describes it. */
struct member {
    uint32_t off, flags, sum, packed, size, name_length, extra_length;
};

static uint32_t number_at(struct sv v, size_t at, unsigned bytes)
{
    uint32_t number = 0;
    for (unsigned i = bytes; i-- > 0;)
        number = number << 8 | (unsigned char)v.p[at + i];
    return number;
}

static void append_number(struct buf *out, uint32_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buf_putc(out, (char)(number >> (8 * i)));
}

/* Finds the end of a member whose head does not give it: the mark of what follows. */
static size_t find_end(struct sv v, size_t from)
{
    for (size_t i = from; i + 4 <= v.n; i++) {
        const char *p = memchr(v.p + i, 'P', v.n - i);
        i = p ? (size_t)(p - v.p) : v.n;
        struct sv rest = sv_sub(v, i, v.n - i);
        if (sv_starts(rest, MEMBER_MARK) || sv_starts(rest, DESCRIPTOR_MARK) ||
            sv_starts(rest, LIST_MARK))
            return i;
    }
    return v.n;
}

/* The sizes in the form for large archives (zip64), in the extra field. */
static void read_large_sizes(struct sv v, struct member *m)
{
    size_t extra = (size_t)m->off + HEAD + m->name_length;
    if (m->packed != UINT32_MAX || m->extra_length < 20 || number_at(v, extra, 2) != 1)
        return;
    m->size = number_at(v, extra + 4, 4);
    m->packed = number_at(v, extra + 12, 4);
}

/* Reads the head at m->off. Returns the end of the member; 0: the head is cut short. */
static size_t read_member(struct sv v, struct member *m)
{
    if (v.n - m->off < HEAD)
        return 0;
    m->flags = number_at(v, m->off + 6, 2);
    m->sum = number_at(v, m->off + 14, 4);
    m->packed = number_at(v, m->off + 18, 4);
    m->size = number_at(v, m->off + 22, 4);
    m->name_length = number_at(v, m->off + 26, 2);
    m->extra_length = number_at(v, m->off + 28, 2);
    size_t from = (size_t)m->off + HEAD + m->name_length + m->extra_length;
    if (from >= v.n)
        return 0;
    read_large_sizes(v, m);
    bool unknown = (m->flags & HAS_DESCRIPTOR && !m->packed) || m->packed == UINT32_MAX;
    size_t end = unknown ? find_end(v, from) : from + m->packed;
    end = end > v.n ? v.n : end;
    m->packed = (uint32_t)(end - from);
    if (unknown && v.n - end >= 16 && sv_starts(sv_sub(v, end, v.n - end), DESCRIPTOR_MARK)) {
        m->sum = number_at(v, end + 4, 4);
        m->size = number_at(v, end + 12, 4);
    }
    return end;
}

static void add_entry(struct buf *list, struct sv v, const struct member *m)
{
    buf_add_sv(list, LIST_MARK);
    append_number(list, 20, 2); /* the version that wrote it */
    buf_add(list, v.p + m->off + 4, 2);
    append_number(list, m->flags & ~(uint32_t)HAS_DESCRIPTOR, 2);
    buf_add(list, v.p + m->off + 8, 6); /* method, time, date */
    append_number(list, m->sum, 4);
    append_number(list, m->packed, 4);
    append_number(list, m->size, 4);
    append_number(list, m->name_length, 2);
    for (int i = 0; i < 3; i++) /* no extra field, no comment, no attributes */
        append_number(list, 0, 4);
    append_number(list, m->off, 4);
    buf_add(list, v.p + m->off + HEAD, m->name_length);
}

bool zip_rebuild(struct sv archive, struct buf *out)
{
    struct buf list = BUF_INIT;
    uint32_t count = 0;
    size_t at = 0;
    if (archive.n >= UINT32_MAX / 2)
        return false;
    while (count < MOST) {
        struct sv rest = sv_sub(archive, at, archive.n - at);
        ptrdiff_t next = sv_find(rest, MEMBER_MARK);
        struct member m = {.off = (uint32_t)(at + (next < 0 ? 0 : (size_t)next))};
        size_t end = next < 0 ? 0 : read_member(archive, &m);
        if (!end)
            break;
        add_entry(&list, archive, &m);
        count++;
        at = end;
    }
    if (count) {
        buf_add_sv(out, archive);
        buf_add_sv(out, buf_sv(&list));
        buf_add_sv(out, SV("PK\x05\x06"));
        append_number(out, 0, 4);
        append_number(out, count, 2);
        append_number(out, count, 2);
        append_number(out, (uint32_t)list.n, 4);
        append_number(out, (uint32_t)archive.n, 4);
        append_number(out, 0, 2);
    }
    buf_free(&list);
    return count > 0;
}
