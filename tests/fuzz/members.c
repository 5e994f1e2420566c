/*
 * Source: APPNOTE.TXT, the description of the zip format (PKWARE), 4.3.
 */
#include "fuzz/members.h"

#include "base/vec.h"

struct member {
    struct sv name, bytes;
};

VEC_TYPE(member_list, struct member);

/* ---- the text ---- */

/* Cuts off the next member: up to the next line "@@ NAME", or to the end. */
static struct sv cut_member(struct sv *rest)
{
    ptrdiff_t at = rest->p ? sv_find(*rest, SV("\n@@ ")) : -1;
    struct sv bytes = at < 0 ? *rest : sv_sub(*rest, 0, (size_t)at);
    *rest = at < 0 ? (struct sv){NULL, 0} : sv_sub(*rest, (size_t)at + 4, rest->n - (size_t)at - 4);
    return bytes;
}

static bool has_member(const struct member_list *all, struct sv name)
{
    for (size_t i = 0; i < all->n; i++)
        if (sv_eq(all->at[i].name, name))
            return true;
    return false;
}

static void add_member(struct member_list *all, struct sv name, struct sv bytes)
{
    enum { LONGEST_NAME = 1000 };
    if (name.n && name.n <= LONGEST_NAME && !has_member(all, name))
        *vec_push(all) = (struct member){name, bytes};
}

static void find_members(struct sv text, const char *first, const struct member_default *defaults,
                         struct member_list *all)
{
    add_member(all, sv_of(first), cut_member(&text));
    while (text.p) {
        struct sv member = cut_member(&text);
        struct sv name = sv_cut(&member, '\n');
        add_member(all, name, member.p ? member : (struct sv){"", 0});
    }
    for (const struct member_default *d = defaults; d->name; d++)
        add_member(all, sv_of(d->name), sv_of(d->text));
}

/* ---- the archive ---- */

static uint32_t crc_of(struct sv bytes)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < bytes.n; i++) {
        crc ^= (unsigned char)bytes.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

static void add_number(struct buf *out, uint32_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        buf_putc(out, (char)(value >> 8 * i));
}

/* The fields that the header in front of a member and its row in the list share. */
static void add_facts(struct buf *out, const struct member *m)
{
    enum { UTF8_NAME = 1 << 11 };
    add_number(out, 20, 2); /* the version that is needed */
    add_number(out, UTF8_NAME, 2);
    add_number(out, 0, 2);          /* stored as it is */
    add_number(out, 0x00210000, 4); /* 1 January 1980 */
    add_number(out, crc_of(m->bytes), 4);
    add_number(out, (uint32_t)m->bytes.n, 4);
    add_number(out, (uint32_t)m->bytes.n, 4);
    add_number(out, (uint32_t)m->name.n, 2);
    add_number(out, 0, 2); /* no extra field */
}

static void add_row(struct buf *list, const struct member *m, size_t at)
{
    buf_add(list, "PK\1\2", 4);
    add_number(list, 20, 2); /* the version that made it */
    add_facts(list, m);
    add_number(list, 0, 2); /* no comment */
    add_number(list, 0, 2); /* the first disk */
    add_number(list, 0, 2);
    add_number(list, 0, 4);
    add_number(list, (uint32_t)at, 4);
    buf_add_sv(list, m->name);
}

static void add_end(struct buf *out, size_t members, size_t list_at, size_t list_bytes)
{
    buf_add(out, "PK\5\6", 4);
    add_number(out, 0, 4);
    add_number(out, (uint32_t)members, 2);
    add_number(out, (uint32_t)members, 2);
    add_number(out, (uint32_t)list_bytes, 4);
    add_number(out, (uint32_t)list_at, 4);
    add_number(out, 0, 2);
}

void members_archive(struct sv text, const char *first, const struct member_default *defaults,
                     struct buf *out)
{
    struct member_list all = {0};
    struct buf list = BUF_INIT;
    find_members(text, first, defaults, &all);
    for (size_t i = 0; i < all.n; i++) {
        add_row(&list, &all.at[i], out->n);
        buf_add(out, "PK\3\4", 4);
        add_facts(out, &all.at[i]);
        buf_add_sv(out, all.at[i].name);
        buf_add_sv(out, all.at[i].bytes);
    }
    size_t list_at = out->n;
    buf_add_sv(out, buf_sv(&list));
    add_end(out, all.n, list_at, list.n);
    buf_free(&list);
    vec_free(&all);
}
