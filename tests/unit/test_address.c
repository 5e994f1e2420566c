#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/address.h"

static bool is_local(const char *written)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, written, &in.sin_addr) == 1)
        return address_is_local((struct sockaddr *)&in, sizeof in);
    assert_int_equal(inet_pton(AF_INET6, written, &in6.sin6_addr), 1);
    return address_is_local((struct sockaddr *)&in6, sizeof in6);
}

/* The first and the last of each block, and what stands before and behind it. */
static void local_addresses_are_known(void **state)
{
    (void)state;
    static const char *const local[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:127.0.0.1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "4000::1",
    };
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        if (!is_local(local[i]))
            fail_msg("%s counts as public", local[i]);
}

static void public_addresses_are_known(void **state)
{
    (void)state;
    static const char *const public[] = {
        "1.0.0.0",         "9.255.255.255",   "11.0.0.0",         "100.63.255.255",
        "100.128.0.0",     "126.255.255.255", "128.0.0.0",        "169.253.255.255",
        "169.255.0.0",     "172.15.255.255",  "172.32.0.0",       "192.0.1.0",
        "192.167.255.255", "192.169.0.0",     "198.17.255.255",   "198.20.0.0",
        "223.255.255.255", "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8", "2002:808:808::1",
        "2001:1::1",       "2404:6800::1",    "2600::1",          "3fff:ffff::1",
    };
    for (size_t i = 0; i < sizeof public / sizeof *public; i++)
        if (is_local(public[i]))
            fail_msg("%s counts as local", public[i]);
}

static void what_is_no_address_counts_as_local(void **state)
{
    (void)state;
    struct sockaddr_in in = {.sin_family = AF_INET};
    in.sin_addr.s_addr = htonl(0x08080808);
    assert_false(address_is_local((struct sockaddr *)&in, sizeof in));
    assert_true(address_is_local((struct sockaddr *)&in, sizeof in - 1));
    in.sin_family = AF_UNIX;
    assert_true(address_is_local((struct sockaddr *)&in, sizeof in));
    in.sin_family = AF_INET6; /* too short for one */
    assert_true(address_is_local((struct sockaddr *)&in, sizeof in));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(local_addresses_are_known),
        cmocka_unit_test(public_addresses_are_known),
        cmocka_unit_test(what_is_no_address_counts_as_local),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
