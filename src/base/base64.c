#include "base/base64.h"

#include <nettle/base64.h>

void buf_add_base64(struct buf *b, struct sv bytes)
{
    size_t n = BASE64_ENCODE_RAW_LENGTH(bytes.n);
    buf_reserve(b, n);
    base64_encode_raw(b->p + b->n, bytes.n, (const uint8_t *)bytes.p);
    b->n += n;
    b->p[b->n] = '\0';
}
