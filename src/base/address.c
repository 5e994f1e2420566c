/*
 * Sources: the IANA registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890), RFC 1918
 * (private), RFC 6598 (shared), RFC 3927 and RFC 4291 (link-local), RFC 4193 (unique local),
 * RFC 6052 and RFC 8215 (NAT64), RFC 3056 (6to4).
 */
#include "base/address.h"

#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

struct block4 {
    uint32_t network;
    unsigned bits;
};

#define NETWORK(a, b, c, d, bits)                                                                  \
    {                                                                                              \
        (uint32_t)(a) << 24 | (b) << 16 | (c) << 8 | (d), bits                                     \
    }

static const struct block4 local4[] = {
    NETWORK(0, 0, 0, 0, 8),       /* this network */
    NETWORK(10, 0, 0, 0, 8),      /* private */
    NETWORK(100, 64, 0, 0, 10),   /* shared */
    NETWORK(127, 0, 0, 0, 8),     /* loopback */
    NETWORK(169, 254, 0, 0, 16),  /* link-local */
    NETWORK(172, 16, 0, 0, 12),   /* private */
    NETWORK(192, 0, 0, 0, 24),    /* protocol assignments */
    NETWORK(192, 0, 2, 0, 24),    /* documentation */
    NETWORK(192, 168, 0, 0, 16),  /* private */
    NETWORK(198, 18, 0, 0, 15),   /* measurements */
    NETWORK(198, 51, 100, 0, 24), /* documentation */
    NETWORK(203, 0, 113, 0, 24),  /* documentation */
    NETWORK(224, 0, 0, 0, 4),     /* multicast */
    NETWORK(240, 0, 0, 0, 4),     /* reserved, broadcast */
};

static bool is_local4(uint32_t address)
{
    for (size_t i = 0; i < sizeof local4 / sizeof *local4; i++)
        if ((address ^ local4[i].network) >> (32 - local4[i].bits) == 0)
            return true;
    return false;
}

static uint32_t word_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_local6(const uint8_t *a)
{
    static const uint8_t zeros[12];
    static const uint8_t mapped[12] = {[10] = 0xFF, [11] = 0xFF};
    static const uint8_t nat64[12] = {0x00, 0x64, 0xFF, 0x9B};
    if (memcmp(a, zeros, 12) == 0 || memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0)
        return is_local4(word_at(a + 12)); /* ::1 and :: are 0.0.0.1 and 0.0.0.0 */
    if (a[0] == 0x20 && a[1] == 0x02)      /* 2002::/16, 6to4 */
        return is_local4(word_at(a + 2));
    /* All of today's internet is in 2000::/3; without it: fc00::/7 unique local, fe80::/10
     * link-local, fec0::/10 site-local, ff00::/8 multicast, 64:ff9b:1::/48 NAT64 at home, 100::/64
     * discarded. */
    if ((a[0] & 0xE0) != 0x20)
        return true;
    if (word_at(a) == 0x20010000) /* 2001:0::/32, Teredo: the address inside it is not known */
        return true;
    return word_at(a) == 0x20010DB8; /* documentation */
}

bool address_is_local(const struct sockaddr *address, size_t length)
{
    if (length >= sizeof(struct sockaddr_in) && address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return is_local4(ntohl(in.sin_addr.s_addr));
    }
    if (length >= sizeof(struct sockaddr_in6) && address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;
        memcpy(&in6, address, sizeof in6);
        return is_local6(in6.sin6_addr.s6_addr);
    }
    return true;
}
