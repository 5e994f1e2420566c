#include "article/view.h"

#include "base/nfc.h"
#include "base/utf8.h"

static size_t skip_space(struct sv v, size_t from)
{
    for (unsigned n; from < v.n && (n = char_space_at(sv_sub(v, from, v.n - from)));)
        from += n;
    return from;
}

struct sv view_fold(struct sv text, struct buf *scratch)
{
    buf_clear(scratch);
    size_t kept = 0; /* the text up to here is in scratch, or was folded away */
    for (size_t i = 0; i < text.n;) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c > ' ' && c < 0x80) || !char_space_at(sv_sub(text, i, text.n - i))) {
            i++;
            continue;
        }
        size_t end = skip_space(text, i);
        bool inside = i > 0 && end < text.n;
        if (!inside || end - i > 1 || text.p[i] != ' ') {
            buf_add(scratch, text.p + kept, i - kept);
            if (inside)
                buf_putc(scratch, ' ');
            kept = end;
        }
        i = end;
    }
    if (!kept)
        return text;
    buf_add(scratch, text.p + kept, text.n - kept);
    return buf_sv(scratch);
}

struct sv view_valid(struct sv bytes, struct buf *scratch)
{
    buf_clear(scratch);
    buf_add_valid(scratch, bytes);
    return buf_sv(scratch);
}

bool view_is_changed(struct sv written, struct sv spoken, struct buf *scratch)
{
    while (spoken.n && strchr(",.;:?!", spoken.p[spoken.n - 1]))
        spoken.n--;
    if (sv_eq(written, spoken))
        return false;
    buf_clear(scratch);
    for (size_t i = 0; i < written.n;) {
        uint32_t code;
        unsigned n = utf8_decode(sv_sub(written, i, written.n - i), &code);
        buf_add_code(scratch, char_lower(code));
        i += n ? n : 1;
    }
    return !sv_eq(buf_sv(scratch), spoken);
}

static void find_lines(struct view_lines *lines, struct sv text)
{
    *vec_push(&lines->starts) = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *end = memchr(text.p + i, '\n', text.n - i);
        if (!end)
            return;
        i = (size_t)(end - text.p);
        *vec_push(&lines->starts) = (uint32_t)i + 1;
    }
}

uint32_t view_line(struct view_lines *lines, struct sv text, uint32_t offset)
{
    if (!lines->starts.n)
        find_lines(lines, text);
    size_t low = lines->last, high = lines->starts.n;
    if (lines->starts.at[low] > offset)
        low = 0;
    else if (low + 1 == high || lines->starts.at[low + 1] > offset)
        high = low + 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->starts.at[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    lines->last = low;
    return (uint32_t)low + 1;
}
