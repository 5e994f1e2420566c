/*
 * Addresses of this machine or its own network, which documents must not lead to.
 *
 * Invariants: in doubt an address is local. No name is resolved here.
 * Sources: the registries of special-purpose addresses of IANA (RFC 6890).
 */
#ifndef DOCBAO_BASE_ADDRESS_H
#define DOCBAO_BASE_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

/*
 * Whether the address is anything but one of the public internet: loopback, private, link-local,
 * shared (carrier) and reserved ones, multicast, in IPv4 and IPv6, and IPv6 addresses that
 * contain such IPv4 ones. An address that is neither IPv4 nor IPv6, or cut off, counts as local.
 */
bool address_is_local(const struct sockaddr *address, size_t length);

#endif
