#include "base/sha256.h"

#include <nettle/sha2.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof((struct sha256){{0}}.state) &&
                   _Alignof(struct sha256_ctx) <= _Alignof(struct sha256),
               "the library's state fits");
_Static_assert(SHA256_BYTES == SHA256_DIGEST_SIZE, "SHA-256 has 256 bits");

static struct sha256_ctx *context(struct sha256 *h)
{
    return (struct sha256_ctx *)h->state;
}

void sha256_begin(struct sha256 *h)
{
    sha256_init(context(h));
}

void sha256_add(struct sha256 *h, struct sv bytes)
{
    sha256_update(context(h), bytes.n, (const uint8_t *)bytes.p);
}

/* Big-endian, eight bytes. */
static void add_length(struct sha256 *h, uint64_t length)
{
    unsigned char bytes[8];
    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(length >> 8 * (sizeof bytes - 1 - i));
    sha256_add(h, (struct sv){(const char *)bytes, sizeof bytes});
}

void sha256_add_part(struct sha256 *h, struct sv bytes)
{
    add_length(h, bytes.n);
    sha256_add(h, bytes);
}

void sha256_end(struct sha256 *h, unsigned char digest[SHA256_BYTES])
{
    sha256_digest(context(h), SHA256_BYTES, digest);
}

uint64_t sha256_number(struct sv bytes)
{
    struct sha256 h;
    unsigned char digest[SHA256_BYTES];
    uint64_t number = 0;
    sha256_begin(&h);
    sha256_add(&h, bytes);
    sha256_end(&h, digest);
    for (unsigned i = 0; i < sizeof number; i++)
        number = number << 8 | digest[i];
    return number;
}
