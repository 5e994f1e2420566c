/*
 * docbao-gzip.so: text packed by gzip, by zlib.
 */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "article/input/gzip.h"

enum { PIECE = 65536 };

/* Unpacks one stream; returns what zlib says at its end. */
static int unpack_stream(z_stream *z, char *piece, bool (*take)(void *, const char *, size_t),
                         void *user, bool *refused)
{
    int result = Z_OK;
    while (result == Z_OK && !*refused) {
        z->next_out = (unsigned char *)piece;
        z->avail_out = PIECE;
        result = inflate(z, Z_NO_FLUSH);
        size_t n = PIECE - z->avail_out;
        *refused = n && !take(user, piece, n);
    }
    return result;
}

/* Several streams may follow one another; what is none is passed over, as gzip does. */
static enum gzip_result unpack(const void *bytes, size_t n,
                               bool (*take)(void *user, const char *bytes, size_t n), void *user)
{
    enum { GZIP = 16 }; /* for inflateInit2: with the head and the end of gzip */
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes, .avail_in = (unsigned)n};
    char *piece = malloc(PIECE);
    bool refused = false;
    int result = piece && n <= UINT32_MAX ? inflateInit2(&z, MAX_WBITS + GZIP) : Z_MEM_ERROR;
    while (result == Z_OK) {
        result = unpack_stream(&z, piece, take, user, &refused);
        bool more = result == Z_STREAM_END && z.avail_in > 2 && !refused &&
                    memcmp(z.next_in, "\x1f\x8b", 2) == 0;
        if (!more)
            break;
        result = inflateReset(&z);
    }
    inflateEnd(&z);
    free(piece);
    return refused ? GZIP_REFUSED : result == Z_STREAM_END ? GZIP_WHOLE : GZIP_CUT_SHORT;
}

extern const struct gzip_driver docbao_gzip;

__attribute__((visibility("default"))) const struct gzip_driver docbao_gzip = {unpack};
