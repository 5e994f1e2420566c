#include "article/format/member_path.h"

#include "base/ascii.h"

/* Appends the reference without fragment and query, percent-encoding decoded. */
static void decode_reference(struct sv v, struct buf *out)
{
    for (size_t i = 0; i < v.n && v.p[i] != '#' && v.p[i] != '?'; i++) {
        int high = v.p[i] == '%' && i + 2 < v.n ? ascii_hex_value(v.p[i + 1]) : -1;
        int low = high >= 0 ? ascii_hex_value(v.p[i + 2]) : -1;
        bool escaped = low >= 0 && (high || low);
        buf_putc(out, escaped ? (char)(high * 16 + low) : v.p[i]);
        i += escaped ? 2 : 0;
    }
}

/* Removes the last folder of a path that ends with a slash; false: there is none. */
static bool go_up(struct buf *path, size_t top)
{
    if (path->n == top)
        return false;
    size_t n = path->n - 1;
    while (n > top && path->p[n - 1] != '/')
        n--;
    buf_cut(path, n);
    return true;
}

bool member_path_append(struct buf *out, const char *from, struct sv reference)
{
    struct buf decoded = BUF_INIT;
    size_t top = out->n;
    bool inside = sv_find(reference, SV("://")) < 0;
    const char *slash = strrchr(from, '/');
    decode_reference(reference, &decoded);
    struct sv rest = buf_sv(&decoded);
    if (rest.n && rest.p[0] != '/' && slash)
        buf_add(out, from, (size_t)(slash - from) + 1);
    while (inside && rest.p) {
        struct sv part = sv_cut(&rest, '/');
        if (sv_is(part, ".."))
            inside = go_up(out, top);
        else if (part.n && !sv_is(part, ".")) {
            buf_add_sv(out, part);
            if (rest.p)
                buf_putc(out, '/');
        }
    }
    buf_free(&decoded);
    return inside && out->n > top && !memchr(out->p + top, '\0', out->n - top);
}
