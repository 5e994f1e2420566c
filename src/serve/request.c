#include "serve/request.h"

#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* ---- byte ranges ---- */

/* Takes the digits at the front; false: there are none, or too many. */
static bool take_digits(struct sv *v, uint64_t *number)
{
    enum { MOST = 18 };
    size_t n = 0;
    for (*number = 0; n < v->n && ascii_is_digit(v->p[n]); n++)
        *number = n < MOST ? 10 * *number + (uint64_t)(v->p[n] - '0') : *number;
    *v = sv_from(*v, n);
    return n && n <= MOST;
}

/* "-500": the last bytes. */
static enum range_kind read_suffix(struct sv v, uint64_t size, uint64_t *offset, uint64_t *length)
{
    uint64_t wanted;
    if (!take_digits(&v, &wanted) || v.n)
        return RANGE_WHOLE;
    *length = wanted < size ? wanted : size;
    *offset = size - *length;
    return *length ? RANGE_PART : RANGE_NONE;
}

enum range_kind range_read(struct sv header, uint64_t size, uint64_t *offset, uint64_t *length)
{
    uint64_t last = UINT64_MAX;
    struct sv v = sv_trim(header);
    if (!sv_starts(v, SV("bytes=")))
        return RANGE_WHOLE;
    v = sv_from(v, SV("bytes=").n);
    if (sv_starts(v, SV("-")))
        return read_suffix(sv_from(v, 1), size, offset, length);
    if (!take_digits(&v, offset) || !sv_starts(v, SV("-")))
        return RANGE_WHOLE;
    v = sv_from(v, 1);
    if (v.n && (!take_digits(&v, &last) || v.n || last < *offset))
        return RANGE_WHOLE;
    if (*offset >= size)
        return RANGE_NONE;
    *length = (last < size ? last + 1 : size) - *offset;
    return RANGE_PART;
}

bool etag_is_listed(struct sv header, struct sv etag)
{
    while (header.n) {
        struct sv one = sv_trim(sv_cut(&header, ','));
        if (sv_is(one, "*"))
            return true;
        if (sv_starts(one, SV("W/")))
            one = sv_from(one, 2);
        if (sv_eq(one, etag))
            return true;
    }
    return false;
}

/* "q=0", "q=0.00": not at all. */
static bool is_no_weight(struct sv weight)
{
    if (!sv_starts(weight, SV("q=0")))
        return false;
    for (size_t i = SV("q=0").n; i < weight.n; i++)
        if (weight.p[i] != '0' && weight.p[i] != '.')
            return false;
    return true;
}

bool gzip_is_accepted(struct sv header)
{
    while (header.n) {
        struct sv parameters = sv_cut(&header, ',');
        struct sv coding = sv_trim(sv_cut(&parameters, ';'));
        if (sv_is(coding, "gzip"))
            return !is_no_weight(sv_trim(parameters));
    }
    return false;
}

/* ---- who may ask ---- */

void host_names_add(struct host_names *names, const char *name)
{
    *vec_push(names) = mem_copy(sv_of(name));
}

void host_names_free(struct host_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->at[i]);
    vec_free(names);
}

bool host_is_ours(const struct host_names *names, struct sv host)
{
    for (size_t i = 0; i < names->n; i++)
        if (host.n && strlen(names->at[i]) == host.n &&
            strncasecmp(names->at[i], host.p, host.n) == 0)
            return true;
    return false;
}

bool origin_is_ours(const struct host_names *names, struct sv origin)
{
    if (sv_starts(origin, SV("http://")))
        return host_is_ours(names, sv_from(origin, SV("http://").n));
    return sv_starts(origin, SV("https://")) &&
           host_is_ours(names, sv_from(origin, SV("https://").n));
}

bool secret_is_same(struct sv a, struct sv b)
{
    volatile unsigned char different = a.n != b.n || !a.n;
    size_t n = a.n < b.n ? a.n : b.n;
    for (size_t i = 0; i < n; i++)
        different |= (unsigned char)(a.p[i] ^ b.p[i]);
    return !different;
}

struct sv cookie_of(struct sv header, struct sv name)
{
    while (header.n) {
        struct sv value = sv_trim(sv_cut(&header, ';'));
        struct sv found = sv_cut(&value, '=');
        if (sv_eq(found, name) && value.p)
            return value;
    }
    return (struct sv){NULL, 0};
}

static int base64_value(char c)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? (int)(at - letters) : -1;
}

bool base64_decode(struct sv text, struct buf *out)
{
    uint32_t bits = 0;
    unsigned have = 0;
    while (text.n && text.p[text.n - 1] == '=')
        text.n--;
    for (size_t i = 0; i < text.n; i++) {
        int value = base64_value(text.p[i]);
        if (value < 0)
            return false;
        bits = bits << 6 | (uint32_t)value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buf_putc(out, (char)(bits >> have & 0xFF));
        }
    }
    return true;
}

/* ---- what is asked for ---- */

bool article_id_is_valid(struct sv id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!ascii_is_digit(id.p[i]) && !(id.p[i] >= 'a' && id.p[i] <= 'z'))
            return false;
    return id.n == ARTICLE_ID_LETTERS;
}

bool address_is_of_web(struct sv address)
{
    enum { MOST = 2000 };
    size_t scheme = sv_starts(address, SV("http://"))    ? SV("http://").n
                    : sv_starts(address, SV("https://")) ? SV("https://").n
                                                         : 0;
    if (!scheme || address.n <= scheme || address.n > MOST || address.p[scheme] == '/')
        return false;
    for (size_t i = 0; i < address.n; i++)
        if ((unsigned char)address.p[i] <= ' ' || address.p[i] == 0x7F)
            return false;
    return utf8_valid_prefix(address) == address.n;
}

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_decoded(struct sv text, struct buf *out)
{
    for (size_t i = 0; i < text.n; i++) {
        int high = text.p[i] == '%' && i + 2 < text.n ? hex_value(text.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.p[i + 2]) : -1;
        if (low >= 0) {
            buf_putc(out, (char)(high << 4 | low));
            i += 2;
        } else {
            buf_putc(out, (char)(text.p[i] == '+' ? ' ' : text.p[i]));
        }
    }
}

bool form_field(struct sv body, const char *name, struct buf *out)
{
    while (body.n) {
        struct sv value = sv_cut(&body, '&');
        if (!sv_is(sv_cut(&value, '='), name))
            continue;
        size_t before = out->n;
        add_decoded(value, out);
        struct sv added = {out->p + before, out->n - before};
        bool sound =
            (!added.n || !memchr(added.p, 0, added.n)) && utf8_valid_prefix(added) == added.n;
        buf_cut(out, sound ? out->n : before);
        return sound;
    }
    return false;
}
